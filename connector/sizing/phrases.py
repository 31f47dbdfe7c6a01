"""How people say what an issue takes, in English and French. § stands for a time such as "2-3 hours" or "at most a day".

The phrases are matched on plain sentences: lower case, no accents, one space between words, no markup. Words that only
hedge or bound a time ("about", "environ", "less than") belong to § and are not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_THIS = (
    r"(?:this|it|that|(?:this|the|that) (?:whole |entire |little |small )?(?:thing|issue|task|ticket|fix|bug fix|change|work|job|one|feature|story|card|refactoring|"
    r"refactor|implementation|cleanup|clean-up|port|rewrite|migration|pull request|pr|item|chore|spike|patch|all)|all of (?:this|it)|everything|"
    r"(?:the )?(?:implementation|fix|implementing (?:it|this)|fixing (?:it|this)|doing (?:it|this)|writing (?:it|this)|solving (?:it|this)))"
)
_WILL = (
    r"(?:(?: (?:should|will|would|might|may|could|can|shall|ought to|is going to|is likely to|is expected to|is estimated to|must)|['](?:ll|d)|wo|should|would)"
    r"(?:n't| not)?(?: (?:only|probably|likely|really|not|take you|at most|all|then|maybe|definitely|easily|well|also)){0,2})"
)
_YOU = r"(?: (?:you|me|us|someone|somebody|anyone|anybody|one|one person|one developer|a (?:new |first-time |single |good |junior |senior |experienced )?(?:\w+)))?"
_ONE = r"(?:you|i|we|one|someone|somebody|anyone|anybody|(?:a|an|one|any) (?:\w+ ){0,2}(?:person|newcomer|beginner|contributor|developer|dev|volunteer|student|maintainer|programmer|novice))"
_ABOUT_IT = r"(?: (?:this|it|that|this one|the (?:issue|task|ticket|work|job|fix)|this (?:issue|task|ticket)))"
_CE = (
    r"(?:ca|cela|ceci|ce|il|elle|l'ensemble|le tout|tout|tout (?:cela|ca|ceci)|(?:ce|cette|cet|le|la|l'|l) ?(?:petite? |gros |grosse )?"
    r"(?:ticket|tache|travail|travaux|correction|correctif|changement|modification|modif|evolution|demande|sujet|chantier|developpement|implementation|refonte|"
    r"migration|ajout|reecriture|nettoyage|realisation|fonctionnalite|mise a jour|mise en place|intervention|chose|issue|anomalie|boulot))"
)
_COSTS = r"(?:prendre|demander|necessiter|occuper|couter|requerir|exiger|representer|durer|reclamer|mobiliser|tenir en|tenir dans|tenir sur|se faire en)"
_WILL_COST = r"(?:prendra(?:it)?|demandera(?:it)?|necessitera(?:it)?|occupera(?:it)?|coutera(?:it)?|requerra(?:it)?|exigera(?:it)?|representera(?:it)?|reclamera(?:it)?|mobilisera(?:it)?|devrait (?:pas )?prendre)"
_COST = r"(?:prend|demande|necessite|occupe|coute|requiert|exige|represente|reclame|mobilise)"
_VOUS = r"(?:(?:vous|te|t'|me|m'|nous|lui|leur) ?)?"
_DONE = r"(?:done|finished|completed|fixed|solved|resolved|implemented|closed|written|wrapped up|knocked out|coded|tackled|handled|sorted)"
_FAIT = (
    r"(?:faite?s?|finie?s?|terminee?s?|reglee?s?|bouclee?s?|pliee?s?|torchee?s?|expediee?s?|traitee?s?|corrigee?s?|resolue?s?|realisee?s?|"
    r"implementee?s?|codee?s?|ecrite?s?|achevee?s?|mene a bien|prete?s?)"
)
_WORK = (
    r"(?:work|working time|effort|development|dev|coding|programming|implementation|engineering|labou?r|workload|focused work|actual work|hacking|writing|time (?:for|to)|"
    r"my time|your time|dev time|developer time|development time)"
)
_TRAVAIL = r"(?:travail|boulot|taf|dev|developpement|code|codage|effort|labeur|main d'oeuvre|charge|programmation|travaux|redaction|realisation)"
_OF_WORK = r"your|my|our|his|her|the team|total|all|one|someone|average|moyenne|plus|tout|charge|temps|time|a (?:dev|day)|vot\w+|parallele|binome|solo|pair|concentration|suivi|reserve|maximum"
_TO_WORK = (
    r"(?:implement|fix|do|complete|write|code|build|develop|add|finish|solve|resolve|refactor|make|get (?:this|it) done|get done|migrate|port|"
    r"address|tackle|handle|clean|rewrite|document|test|work on|close|put together|figure out|land|knock)"
)
_FAIRE = (
    r"(?:(?:le|la|l'|les |tout )?(?:faire|corriger|coder|implementer|realiser|ecrire|terminer|finir|resoudre|traiter|developper|regler|boucler|mettre en place|ajouter|migrer|"
    r"refaire|rediger|documenter|tester|nettoyer))"
)
_START = r"(?:^|[,;:(.] ?|- |(?:so|and|then|please|just|also|well|ok|easy|probably|donc|alors|et|merci de|puis) )"

SAID = (
    # I estimate seven hours; my guess is a day; estimated at 3h.
    r"\b(?:i|we)(?:'d| would|'ve| have)?(?: roughly| currently)? (?:say|guess|estimate|estimated|reckon|bet on|expect|budget|bet|quote|put)(?: (?:this|it|that))?(?: (?:at|to be|to take|for|takes?|needs?))? §",
    r"\b(?:estimated|estimate|guesstimated|sized|scoped|quoted|rated|valued|evaluated)(?: (?:this|it|that|the (?:work|task|issue|effort)))?(?: (?:at|to be|to take|as|to|is|of|for this is|to need))? §",
    r"\b(?:guess|estimate|estimation|guesstimate|ballpark|bet|effort|gut feeling|hunch|workload)(?: \w+)?(?: is|'s|:| would be| of| -)(?: that)?(?: (?:it|this|that)(?:'s| is| takes| will take| would take| should take))? §",
    r"\b(?:at a guess|ballpark|off the top of my head|finger in the air|back of the envelope|rule of thumb|rough estimate|wild guess|my guess|in total)[,: -]{1,3}§(?! (?:later|ago))",
    r"\best\.? ?:? ?§",
    r"(?:⏱|⏲|⏳|⌛|🕐|🕑|🕒|🕓|🕔|🕕|🕖|🕗|🕘|🕙|🕚|🕛|🕜|🕝|🕞|🕟|🕠|🕡|🕢|🕣|🕤|🕥|🕦|🕧) ?:? ?§",
    # Count five hours; plan a day for this; budget half a day; time-boxed to 4 h.
    rf"{_START}(?:you (?:should|can|may|will|must|need to|have to)(?: \w+ly)? |let's |better |we(?:'d| should| would)? |i(?:'d| would)? )?(?:count|plan|budget|reckon|allocate|set aside|block(?: out)?|put aside|figure on|count on|plan on|count with|bank on|plan for|reckon with|give it|give yourself|allow yourself)(?: in)? §",
    rf"{_START}(?:allow|expect|reserve|schedule|plan in|keep)(?: (?:it|this|the task) to take)?(?: yourself)? §(?=(?: for (?:this|it|the (?:work|task|whole|job)|implementation|everything|a newcomer)|[.!,]?$| if| to (?:do|complete|finish|fix|implement|write)| of (?:work|effort|dev|coding)))",
    r"\bexpect (?:to spend|to need|to invest|it to take|this to take|to take|to work) §",
    r"\b(?:you(?:'ll| will| would| should|'d)?|don't|do not|please don't|not|no one should|nobody should|shouldn't|should not|should)(?: (?:probably|need to|have to|expect to|likely|not|please))? (?:spend|invest|waste|put in)(?: (?:you|up to))? §",
    r"\btime-?box(?:ed|ing)?(?: (?:this|it|the (?:work|spike|task|research|investigation)))?(?: (?:to|at|of|is|for|it to))?:? §",
    r"\b(?:a|in a) § (?:timebox|time-box|spike)\b",
    r"\b(?:limit yourself|limit the work|limit the effort|cap (?:it|this|the effort|the work)|stop working|please stop|give up|budget|effort is (?:capped|limited)|work is (?:capped|limited)) (?:to|at|after|of|is) §",
    # Two hours of work; a 15-minute job; half a day's work.
    rf"§(?:'s?| s)? (?:worth of |of |in )?(?:\w+ly |pure |net |actual |solid |focused |concentrated |full-time |hard |steady |manual |your |dedicated |careful |continuous |uninterrupted )?{_WORK}\b(?! (?:day|days|week|hours|permit|schedule|limit|log|experience)\b)",
    r"\b(?:an?|about|it's|is|one|quick|easy|small|simple|little|than|maybe|perhaps|than an?|only|just|it is|:|another|roughly) ?§[ -](?:long |ish )?(?:task|job|fix|change|project|effort|thing|undertaking|piece of work|ticket|affair|exercise|hack)s?\b",
    r"^§[ -](?:task|job|fix|change|project|effort|hack)s?\b",
    r"\b(?:task|job|work|project|effort|workload|fix|piece of work|undertaking|matter) of §",
    # Half an hour is enough; an afternoon should do; 2 hours to implement; about 3 hours for a newcomer.
    rf"{_START}(?:i'd say |maybe |takes? |needs? )?§ to {_TO_WORK}\b(?! (?:request|before))",
    rf"{_START}(?:i'd say |maybe )?§,? (?:for|if you(?:'re| are)|if (?:someone|somebody)|depending on your|with some|with a little) ?(?:{_ONE}|(?:somebody|someone) who|new|familiar|experience|an? (?:experienced|new|junior|senior|first)|(?:the|this) (?:whole|issue|task|job))",
    rf"(?:{_START}|\b)§ (?:estimated|estimate|est\.|guesstimate|estimation|timebox|time-box)(?=[ .,;)!]|$)(?! (?:time|delivery|arrival))",
    r"\b(?:quick|easy|small|simple|tiny|trivial|short|little|beginner) (?:one|fix|task|win|job|change|ticket|issue|thing|patch)[,:(. -]{1,3}§(?=[ .,!)]|$)",
    # J'évalue le travail à sept heures; je dirais deux jours; estimé à 3 h.
    r"\b(?:j'|nous |on |je l'|je |l'on )?(?:estim|evalu|chiffr)(?:e|es|ee|ees|ons|erais|ait|ions)(?: (?:le|la|l'|ce|cette|cela|ca|les|tout)(?: ?\w+){0,3})? (?:a|entre)? ?§",
    r"\b(?:estimation|estime|estimee|charge|evaluation|effort|ampleur|chiffrage|duree du travail|temps de travail|duree estimee|temps estime|estimation de la charge)(?: (?:est|serait|sera|:|-|de|d'|a|initiale|grossiere|rapide)){1,3} ?§",
    r"\b(?:je (?:dirais|parierais|mise(?:rais)?(?: sur)?|table(?:rais)?(?: sur)?|pense a|pars sur|mettrais|vois)|on (?:dirait|table sur|part sur|mise sur)|disons|tablez sur|tabler sur|partir sur|partons sur) §",
    r"\b(?:a vue de nez|a la louche|au doigt mouille|grosso modo|au pif|au jug[eé]|a la grosse|estimation rapide|a mon avis|selon moi)[,: ]{1,2}(?:je dirais |c'est |il faut |ce sera )?§",
    # Comptez trois heures; prévoir une journée; il y en a pour deux heures; temps limité à 4 h.
    rf"(?:{_START}|\b(?:faut|faudra|faudrait|peut|pouvez|pourra|devez|devriez|je|on|vous|d'y) (?:en )?(?:donc |plutot |bien )?)(?:y )?(?:compter|comptez|compte|comptons|prevoir|prevoyez|prevois|prevoit|prevu|reserver|reservez|allouer|allouez|consacrer|consacrez|bloquer|bloquez|s'accorder|accordez-vous|donnez-vous|tabler|y passer|y passerez|budgeter|budgetez)(?:-y| y| ici| pour (?:ca|cela))? (?:sur )?§(?! (?:de (?:delai|pause|marge|preavis|retard|conservation)|avant|apres|entre|plus))",
    r"\b(?:il (?:faut|faudra|faudrait|fallait)|faut|faudra)(?: bien| donc| sans doute)? §(?=(?: de (?:travail|boulot|dev|code)| pour (?:tout |ecrire|faire|corriger|coder|ce |cette )| a (?:une?|quelqu)))",
    r"\b(?:limite[rz]?|limitee|limitons|plafonne[rz]?|plafonnee|borne[rz]?|bornee)(?:-vous)?(?: (?:le|l'|la|votre|ce|cette)? ?(?:travail|effort|temps|tache|recherche|exploration|charge|temps passe))? a §",
    r"\btemps (?:limite|imparti|maximal|maximum|alloue|max)(?: (?:a|de|est de|:))? §",
    r"\b(?:pas|plus|jamais|inutile d'y) (?:y )?(?:passer|passez|passe|consacrer|consacrez)(?: pas)?(?: y)? §",
    r"\b(?:n'y|ne) (?:passez|consacrez|passer|consacrer|passons)(?: pas)? §",
    r"\b(?:affaire|question|tache|travail|boulot|chantier|travaux|petit travail|effort|charge) (?:de |d'|sur |en )?§(?! par)",
    # Deux heures de travail; une journée pour un débutant.
    rf"§ (?:de|d'|en|pour le|pour la|a) ?(?:{_TRAVAIL})\b(?! (?:par|effectif par|distant|a distance))",
    rf"{_START}(?:il faut |compter )?§ (?:pour|a) (?:{_FAIRE})\b",
    rf"{_START}§ (?:pour|par) (?:un[e]? (?:debutante?|personne|developpeu\w+|novice|benevole|contributeur|contributrice|nouvelle|nouveau|habituee?|junior|experte?)|quelqu'un|tout faire|le tout|l'ensemble|ce ticket|cette tache)",
    rf"{_START}§,? (?:si vous (?:decouvrez|connaissez|debutez|etes)|selon votre|suivant votre|quand on (?:connait|decouvre|debute)|en (?:decouvrant|connaissant))",
    r"\b(?:petit|petite|rapide|simple|facile)s? (?:tache|ticket|correction|boulot|travail|chose)[,:( -]{1,3}§(?=[ .,!)]|$)",
    r"§ (?:estimee?s?|d'estimation|a prevoir|necessaires?|prevue?s?)(?=[ .,;)!]|$)",
    # This ticket takes a day; vous en aurez pour une heure.
    r"\b(?:this|the|that) (?:\w+ )?(?:issue|task|ticket|fix|change|job|story) (?:takes|needs|requires|represents|involves|is|means|amounts to|comes to|costs) §",
    r"\bi(?:'d| would)? (?:say|think|guess|reckon|estimate|believe|expect|suppose|bet|assume)(?: that)? (?:this|it|that)(?: \w+)?(?:'s| is| takes| needs| requires| will take| should take| would take| represents) §",
    rf"\b(?:ce|cette|cet) (?:\w+ )?(?:ticket|tache|travail|correction|correctif|changement|modification|evolution|chantier|developpement|sujet|issue)(?: ne)? (?:{_COST}|vaut|fait|pese|tient en|tient sur)(?: pas)? §",
    rf"\b(?:je (?:pense|crois|dirais)|a mon avis,?|j'estime|selon moi,?)(?: que)? {_CE} {_VOUS}(?:{_COST}|fait) §",
    r"\b(?:en|y) (?:avez|aurez|aurai[st]|auriez|as|auras|a|aura|ai|aurai|avoir|aviez)(?: \w+ment)?(?: pas)?(?: que)? pour §",
    r"\b(?:travail|tache|realisation|developpement|chantier|correction|implementation) (?:d'une duree|de l'ordre|d'environ|estimee?)(?: de| d')? ?§",
)
"""Phrases that speak of the work itself."""
TAKES = (
    # This should take two hours; it won't need more than a day.
    rf"\b{_THIS}{_WILL} (?:take|need|require|cost|consume|occupy|be doable in|be done in|fit (?:in|into)|involve|amount to|keep){_YOU} §",
    rf"\b(?:should|shouldn't|will|won't|would|wouldn't|might|could|may)(?: not)?(?: \w+ly)? take (?:you|me|us|someone|somebody|anyone|{_ONE}) §",
    r"\b(?:should|shouldn't) (?:not )?take §$",
    rf"^(?:should|would|will|might|may|could|probably|likely)(?:n't| not)?(?: (?:only|probably|likely|not|definitely)){{0,2}} (?:take|need|require|takes){_YOU} §",
    rf"\b(?:i|we|you)(?:'ll|'d| will| would| should| can| could)(?: probably| likely)? need {_YOU}?§",
    # Doable in an hour; can be done within a day; fits in an afternoon.
    rf"\b(?:doable|feasible|achievable|manageable|solvable|fixable|implementable) (?:in|within|under|by \w+ in|for {_ONE} in)? ?§",
    rf"\b(?:{_THIS}|you|can|could|should|would|might|will|easily|ll|'s|probably|to|all|get (?:this|it)|have (?:this|it)|quickly)(?: (?:probably|easily|likely|all|also|well|surely|certainly|definitely))?(?: be)?(?: (?:probably|easily|likely|all|quickly))? {_DONE}(?: by {_ONE})? (?:in|within)? ?§",
    rf"^(?:easily |quickly )?{_DONE} (?:in|within) §[.!,]?",
    rf"\b{_ONE} (?:can|could|should|would|might|will|may)(?: \w+ly)?(?: be able to)? (?:do|finish|complete|fix|solve|implement|resolve|tackle|handle|write|get|knock out|close|wrap up){_ABOUT_IT}(?: done| out| up)?(?: \w+ly)? (?:in|within) ?§",
    rf"\b{_THIS}(?:{_WILL})? (?:fits?|be squeezed|be packed) (?:in|into|within|inside)? ?§",
    # Cela prendra deux heures; ce travail demande plus d'un jour; vous en aurez pour une heure.
    rf"\b{_CE}(?: ne| n')? ?(?:devrai(?:en)?t|doit|pourrait|peut|va|vont|risque de|devra)(?: \w+ment)?(?: pas| jamais)? ?{_VOUS}(?:pas )?{_COSTS}(?: {_VOUS})?(?: \w+ment)? §",
    rf"(?:^|\b{_CE}(?: ne| n')? ?){_VOUS}{_WILL_COST}(?: pas)?(?: a (?:un|une|quelqu'un) ?\w*)? §",
    # Une journée suffit; faisable en une heure; tient en une journée.
    r"(?:^|[,;:(-] ?|\b(?:i think|think|guess|probably|maybe|believe|assume|say|that) )§ (?:is|are|should be|will be|would be|ought to be|seems?|might be|should|ought to|will|would)? ?(?:more than |really |quite |probably )?(?:enough|sufficient|plenty|suffice|suffices|do|cover it|be ok)\b(?! to (?:load|reproduce|crash|see|trigger))",
    r"(?:^|[,;:(-] ?|\b(?:que|qu'|pense|crois|dirais|en|alors|donc) ?)§ (?:me |nous |vous |te |lui )?(?:\w+ment )?(?:suffi(?:t|sent|ra|ront|rai(?:en)?t)|devrai(?:en)?t (?:\w+ment )?(?:suffire|y suffire|faire l'affaire|aller)|doivent suffire|doit suffire|pourra(?:it)? suffire|fera l'affaire|feront l'affaire|(?:semblent?|sont|est|seront|sera) (?:largement )?suffisante?s?)",
    r"\b(?:faisables?|realisables?|jouables?|achevables?|executables?|corrigeables?|solubles?|implementables?)(?: (?:par|pour) \w+ ?\w*)?(?: \w+ment)?(?: en| dans| sur| par \w+ en)? ?§",
    rf"(?:^|[,;:(] ?|\b(?:c'est|sera|serait|etre|se|ca|cela|tout|vite|rapidement|tache|ticket|travail) )(?:\w+ment |vite )?{_FAIT}(?: \w+ment)? en ?§",
    rf"\b(?:se (?:fait|fera|ferait|faire|traite|regle|corrige|code|boucle|realise|plie)|(?:on|vous|je|tu|quelqu'un|un \w+|une \w+) (?:peut|pouvez|peux|pourra|devrait|devriez|pourrait|doit)(?: \w+ment)? {_FAIRE}(?: (?:ca|cela|ce ticket|cette tache|ceci))?) (?:en|sur)? ?§",
    rf"\b(?:{_CE}|qui) (?:doit |devrait |peut |pourrait )?(?:tient|tenir|tiendra|tiendrait|rentre|rentrer|rentrera|entre) (?:\w+ment )?(?:en|dans|sur)? ?§",
)
"""Phrases that may speak of a program as well: "it should take 2 hours to load". What stands around them decides."""

SPEAKS_OF_OTHER = re.compile(
    rf" (?:(?:of|de) |d')(?!(?:{_WORK}|{_TRAVAIL}|{_OF_WORK})\b)\w|"
    r" ?(?:later|ago|old|earlier|before|after(?:wards)?|prior|left|remaining|apart|long|behind|late|until|since|"
    r"delay|time-?out|window|intervals?|periods?|trial|limit|deadline|notice|grace|cache|ttl|cycle|meeting|hackathon|event|sprint|video|"
    r"plus tard|plus tot|avant|apres|auparavant|restant\w*|"
    rf"to (?!{_TO_WORK}\b)\w|(?:pour|a) (?:se |s'|les |la |le |l')?(?!{_FAIRE}\b)\w{{2,}}(?:er|ir|re)\b(?<!traiter)(?<!janvier))\b"
)
"""After a time: it is none of work."""
IS_SPENT = re.compile(
    r"\b(?:spent|lost|lose|wasted|took|taken|already|so far|after|since|for the (?:last|past)|in the (?:last|past)|last|past|next|"
    r"perdu|passe(?:es|s)?|deja|depuis|apres|au bout d[e']|pendant|durant|d'ici|dernier\w*|prochain\w*|il y a|mis|met|mettait|"
    r"waited|waiting|worked|travaille|attend\w*)\b"
)
"""Before a time, in its part of the sentence."""
IS_A_PROGRAM = re.compile(
    r"\b(?:time-?out|deadline|interval|delay|cookie|cache|ttl|session|uptime|downtime|cron|expire[sd]?|respond|reply|replies|response|reponse|repond\w*|sla|"
    r"remaining|restante?|inactiv\w*|stale|overdue|remind\w*|rappel|instead|rather|build|pipeline|test suite|queries|query|requests?|script|upload|"
    r"download|import|export|sync|server|serveur|backup|sauvegarde|chargement|loading|compilation|must|needs? to|has to|have to|doit|doivent)\b"
)
"""Before a time: a program takes it, or somebody waits for it."""
IS_COMPARED = re.compile(
    r"\bbut (?:it |now |actually |currently ){0,2}(?:takes?|took|lasts?|needs?)\b|\binstead of\b|\brather than\b|\bau lieu de?\b|\bmais (?:elle|il|ca|cela) (?:prend|met|dure)"
)
IS_SLOW = re.compile(
    r"\b(?:slow\w*|lente?s?|lenteur|performance|latency|time-?outs?|hangs?|freezes?|bloque|takes? (?:too|so|very)|rame|ralenti\w*|durations?|durees?|delais?|delays?|countdown|timers?)\b"
)
"""A title with one of these: what takes long is a program."""
WORKS = re.compile(
    r"\b(?:work|takes?|estimat\w*|est|approx\w*|time|effort|swag|size|solve[ds]?|resolve[ds]?|fix(?:ed)?|do|doable|done|finish\w*|complet\w*|implement\w*|"
    r"contributor|contributeur|duration|fits?|worth|break|development|dev|coding|newcomer|beginner|tasks?|jobs?|changes?|requires?|needs?|workload|timebox\w*|"
    r"charge|duree|temps|travail|tache|taches|prend|prendre|prendra|demande|necessite|faisable|realisable|fait|developpement|debutant\w*|compter|comptez|prevoir|"
    r"realisation|boulot|tient|estime\w*|correction|code|codage|person-?days?|jours?-hommes?)\b"
)
"""In a label's description: the time is one of work."""
WAITS = re.compile(
    r"\b(?:stale|inactiv\w*|activity|activite|respon[sd]\w*|repl(?:y|ies)|repon[sd]\w*|sla|deadline|echeance|overdue|wait\w*|remind\w*|rappel\w*|"
    r"clos(?:ed|ing)|ferme[er]?|ago|old|expire\w*|every|timeout|uptime|cooldown|hackathon|triaged?|trier|triee?s?|sous)\b"
)
"""In a label's description: the time is none of work."""
IS_ABOUT_TIMES = re.compile(
    r"\b(?:durations?|durees?|time-?outs?|delais?|delays?|slow\w*|lente?s?|lenteur|timers?|minuteu\w+|countdown|compte a rebours|expir\w+|events?|evenements?|meetings?|reunions?|"
    r"reminders?|rappels?|time ?sheets?|feuilles? de temps|time track\w+|estimat\w+|arrival|delivery|livraison|videos?|courses?|trips?|trajets?|schedul\w+|interval\w*|eta|"
    r"cookies?|cache|sessions?|tokens?|jetons?|performance|latency|lag|cron|uptime|workshops?|ateliers?|hackathons?|webinars?|hours|heures|stages?|conges?|absences?|opening)\b"
)
"""A title with one of these may be about times itself: there a time needs a clearer word than "Time:"."""


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for several phrases."""
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases))
