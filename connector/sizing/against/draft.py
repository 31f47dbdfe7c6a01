"""The text of the issue is not finished: whoever wrote it asks to wait for the rest."""

from __future__ import annotations

import re

from connector.sizing.against.common import CE, FICHE, ISSUE
from connector.sizing.against.phrases import lines
from connector.sizing.against.prose import flat

LABELS = lines("""
    draft
    wip draft
    brouillon
    ebauche
    unfinished
    incomplete
    not ready [yet]
    not yet ready
    unready
    being written
    under construction
    placeholder
    stub
    do not (start|take|implement) [yet]
    don't (start|take|implement) [yet]
    incomplet
    inacheve
    pas [encore] pret
    non pret
    en [cours de] redaction
    redaction en cours
    a (completer|rediger|ecrire|detailler|specifier|cadrer)
    ne pas (prendre|traiter|commencer|demarrer)
    en construction
    (spec|specs) (manquante|manquantes)
    specification manquante
""")  # fmt: skip
TITLE = re.compile(
    r"^\W{0,6}(?:wip|draft|brouillon|[eé]bauche|stub|incomplete?|unfinished|work in progress|do not merge|(?:please )?do ?n[o']?t (?:start|take|pick|work)[^\n:\])]{0,30}|"
    r"not ready|ne pas (?:prendre|traiter|commencer|demarrer|toucher)[^\n:\])]{0,40}|en construction|en cours de redaction|redaction en cours|"
    r"a (?:completer|rediger|detailler)|premier jet|tbd|tbc)\b\s{0,2}(?:[:\])|]| -)"
    r"|^\W{0,3}(?:wip|do not merge)\b(?! (?:prefix|label|badge|commit|status|pill|marker|column|flag|limit|title|requests?)\w{0,2}\b)"
    r"|^\W{0,3}\[(?:placeholder|stub|en cours)"
    r"|[\[(](?:wip|draft|brouillon|ebauche|incomplete?|stub|placeholder|a completer|a rediger|en cours de redaction|not ready[^\n\])]{0,10}|tbd)\W{0,3}$"
    r"|🚧",
    re.IGNORECASE,
)
EMPTY_PART = re.compile(
    r"^(?![ \t]{0,3}#)\W{0,8}(?:tbd|tba|tbc|t\.b\.d\.?|to be (?:defined|determined|completed|written|continued|specified|filled(?: in)?|added|announced|done)|"
    r"(?:to|will) follow|(?:details?|description|specs?|more|rest|mock-?ups?|maquettes?|criteria|criteres|contenu|content|steps|etapes)(?: ?: ?| )(?:see later|voir plus tard|plus tard|to follow|to come|will follow|coming(?: soon)?|later|tbd|pending)|coming soon|"
    r"a (?:completer|definir|rediger|ecrire|preciser|venir|detailler|remplir|specifier|determiner)|idem|en attente|"
    r"(?:details?|description|suite|specs?|maquettes?) (?:a (?:venir|suivre|completer|rediger)|plus tard|en cours|bientot)|reste a (?:ecrire|rediger|definir))"
    r"[^\w\n:]{0,8}(?:\([^)\n]{0,60}\)\W{0,3})?$",
    re.IGNORECASE,
)
"""A whole line that only stands for what is missing."""
HOLE = re.compile(r"^[ \t>]{0,8}(?:[-*+•]|\d{1,2}[.)])[^\w\n]{0,6}(?:\?{2,3}|…|\.\.\.)[^\w\n]{0,6}$|^\W{0,6}\?{2,3}\W{0,3}$|\|\s{0,9}(?:\?{1,3}|…|\.\.\.|\?)\s{0,9}\|", re.IGNORECASE)  # fmt: skip
_MAY_BE_HOLE = re.compile(r"\?|…|\.\.\.")
LONGEST_LINE = 200
SIGN = re.compile(r"^[^\w\n]{0,8}🚧")

SAYS = lines("""
    -- this issue is a draft, a placeholder, not ready
    (this|the|our|following|below) [whole|entire] [({ISSUE})] (is|are) [still|only|just|currently|really|mostly|
        merely|but|at this point] [a|an|very] [very] [first|rough|early|quick|mere|partial] (draft|placeholder|stub|
        sketch|outline|skeleton|wip|braindump|unfinished|incomplete|work in progress)
    (this|the) ({ISSUE}) (is|are) [still] (being|getting) [re] (written|drafted|prepared|edited|specified|defined|
        refined|rewritten|fleshed|reworked)
    (this|the) ({ISSUE}) (is not|isn't|are not|aren't|not) [yet|quite|fully|really|entirely] [yet] (ready|complete*|
        final|finished|done|written|fleshed|refined|actionable|specified|workable)
    (this|the) ({ISSUE}) (still|yet) (needs|has|lacks|misses|requires) .. (written|filled|completed|details|
        description|spec|specification|criteria|mockup*|mock-up*|design*|fleshing)
    (this|the) ({ISSUE}) (needs|has) to be (written|completed|filled|fleshed|specified|refined|rewritten|detailed)
    ^not [yet|quite] ready (yet|for|to be|to start|to work|$)
    ^(not|isn't) ready (yet|for)
    ^[just|only|still] [a] (placeholder|stub|rough draft|first draft|early draft|unfinished|incomplete|wip|
        work in progress|braindump|brain dump) /
    (just|only|merely) [a] (placeholder|stub|skeleton|rough sketch|rough outline) !text
    placeholder (issue|ticket|for now|until|so that|so we|so i)
    ^[just|only|a|some|my] [a|some|very] (rough|raw|quick|first|initial|unsorted|early) (notes|draft|sketch|dump|
        jottings|outline|ideas) /
    [rough|raw|quick] (braindump|brain dump)
    (still|currently|being) [being] (drafted|written up|fleshed out|specced|spec'd|put together) (by|in|on|here|$)
    (i'm|i am|we're|we are|am) [still] [busy] (writing|drafting|editing|collecting|gathering|preparing|completing|
        compiling|filling in|filling out|fleshing|specifying|working out) .. (issue|ticket|list|spec|specs|
        specification|details|description|requirements|up|criteria|screens|examples|mockups|text)
    (he|she|they|Name) (is|are) [still] (writing|drafting|editing|collecting|gathering|preparing|completing|compiling|
        filling) .. (issue|ticket|list|spec|specs|specification|details|description|requirements|up|criteria|screens|
        examples|mockups|text)
    -- parts are missing
    (description|details|specs|spec|specification|specifications|acceptance criteria|criteria|requirements|mockups|
        mock-ups|mockup|wireframes|wireframe|screenshots|scope|steps|text|rest|list|section) [is|are|:] [still|yet|
        all] (to be|to come|to follow|tbd|tba|tbc|missing from this|being|pending|unfinished|incomplete|outstanding|
        yet to) (written|completed|defined|added|filled|provided|specified|drafted|supplied|finalised|finalized|$)
    (description|details|spec|specs|specification|acceptance criteria|requirements|mockups|mock-ups|wireframes) (is|
        are) (still|yet|currently) [to be|not|being] (missing|written|completed|defined|added|ready|there|drafted|
        supplied|finalised|finalized|incomplete|unfinished|empty|open)
    ^(unfinished|incomplete|to be completed|to be filled in|to be written|to be continued|to be refined|
        to be fleshed out|tbd|tbc) /
    to be (completed|filled in|filled out|fleshed out|written|continued|specified|expanded|detailed) (after|once|
        later|soon|tomorrow|tonight|next week|this week|following the|after the|when i|when we|by me|by us)
    to be (completed|filled in|fleshed out|continued) /
    (details|description|spec|specs|specification|rest|mockups|the rest|more details|more information|screenshots|
        examples|write-up) (to follow|will follow|to come|will come|coming soon|coming later|will be added|
        will be provided|will be filled|follow soon|follow later|follow tomorrow|pending|tbd)
    will be (added|filled|completed|specified|written|provided|described|detailed) (here|later|below) (soon|later|
        in the|next|this|tomorrow|when|once|after|in a|$)
    (will|i'll|we'll|i will|we will|going to|gonna|need to|have to|let me) [later|still] (fill in|fill out|flesh out|
        write up|expand on|elaborate|fill this in|flesh this out|write this up) .. (later|soon|tomorrow|tonight|today|
        this week|next week|weekend|in the coming|coming days|in a few|after|when|once|asap|shortly|monday|tuesday|
        wednesday|thursday|friday)
    (will|i'll|we'll|i will|we will|going to|gonna|let me) [later|still] (complete|rewrite|add|put in|finish|specify|
        update|edit|detail|provide|extend|write) [the|this|some|more|missing|all the] [missing|remaining] (issue|
        ticket|description|details|spec|specs|specification|rest|examples|list|text|criteria|mockups|mock-ups|
        wireframes|screenshots|information|steps) .. (later|soon|tomorrow|tonight|today|this week|next week|weekend|
        in the coming|coming days|in a few|after|when|once|asap|shortly|monday|tuesday|wednesday|thursday|friday)
    (missing|needs|lacks|awaiting|without) [a|the|an|proper|still|more] (spec|specification|acceptance criteria|
        write-up|writeup) [before|first|$|so|yet|and]
    (empty|unwritten|blank) for now
    -- do not take it yet
    (don't|do not|not to|please don't|nobody should|nobody) (pick|take|start|touch|grab|claim|implement|begin|tackle|
        work) [on|working|work] [with] [this|it|that|up|the] [issue|ticket|task|one|up|on this|on it] [just|
        quite] (yet|until|before|for now|at this point|at the moment|right now|so far|as is|as it stands|while|till)
    ^[please] (don't|do not) (start|take|pick|claim|touch|implement|work on) [this|it] [issue|ticket|task|
        one] [up] (yet|please|/)
    (please|kindly|let's) (wait|hold off|hold on|bear with|hold) [with me|with us] (until|for|before|while|till|
        as) .. (final|finished|complete*|ready|written|done|version|description|spec|details|finish|complete|list|
        writing|text)
    wait for the (final|full|complete|finished|definitive) (version|description|spec|text|list|specification|ticket|
        issue)
    (give|leave) me (a few|some|a couple|until|a bit|one) .. (days|time|hours|week|weekend|tomorrow|monday|finish|
        complete|write)
    (will|i'll|i will|we'll|she'll|he'll|they'll) (ping|remove|announce|let you know|let everyone know|tell|update|
        shout|notify|post|say|drop|lift|comment) .. (when|once|as soon as) .. (final|finished|complete|completed|
        ready|written|done|worked on|actionable|started|picked|taken)
    (once|until|as soon as) (the description|the details|the ticket|the spec|the ticket|the issue|everything|
        the text) [is|can be|has been] [fully|all] (final|finished|complete|completed|written|fleshed|specified|
        worked on|actionable|picked up)
    (not|n't) (actionable|ready to be worked|ready for work|ready for development|ready to be picked|ready to pick|
        ready to start|ready for implementation|up for grabs) [yet]
    -- a note to oneself
    (creating|opening|filing|writing|making|noting|putting|posting|dumping|dropping|jotting|parking|
        leaving) .. (so that i|so i|so we|so that we|before i|before we|lest i|lest we|in order not to) .. forget
    so (i|we) (don't|do not|won't) forget
    before (i|we) forget
    (jotting|dumping|noting|scribbling|throwing|writing) (this|it|that|these|my thoughts|things|some notes|
        a few notes|ideas) [all|down|here] (down|here|for now|quickly)
    note to (self|myself)
    notes so far
""", ISSUE=ISSUE) + lines("""
    -- le ticket n'est pas fini
    ({CE}) (est|n'est|reste|demeure|n'est encore|sert) [encore|que|qu'|toujours|pour l'instant|pour le moment|
        actuellement|juste|seulement|uniquement] [de|un|une|qu'un|qu'une|en|a l'etat de|au stade de|a] [simple|
        premier|premiere] (brouillon|ebauche|incomplet*|inacheve*|provisoire|version|jet|canevas|squelette|esquisse|
        construction|cours de redaction|cours d'ecriture|redaction|completer|rediger|trame|pense-bete|point de depart|
        marque-page)
    ({CE}) (n'est|est|ne sont|n'est toujours) [donc|encore] pas [encore|tout a fait|vraiment] (pret*|complet*|fini*|
        termine*|finalise*|abouti*|redige*|definiti*|exploitable|realisable|mur)
    ^(pas|n'est pas|c'est pas|ce n'est pas) [encore|tout a fait] (pret|prete|fini|finie|complet|complete|termine*)
    ^(brouillon|ebauche|incomplet|incomplete|inacheve|inachevee|a completer|a rediger|a ecrire|a detailler|
        en construction|en chantier|en cours de redaction|en cours d'ecriture|redaction en cours|premier jet|
        premiere ebauche|version provisoire|pense-bete|en vrac|notes en vrac|travail en cours) /
    ({FICHE}|description|specification|cahier des charges|texte) [encore] (en cours de redaction|en cours d'ecriture|
        en cours de specification|en cours de cadrage|en redaction|en construction|a completer|a rediger|inacheve*|
        incomplet*|provisoire)
    (redige|ecris|complete|prepare|dresse|rassemble|liste|recense|collecte|finalise|peaufine) encore .. (liste|ticket|
        fiche|description|cahier|details|specification*|maquettes|ecrans|cas|texte|exemples|besoins)
    (je suis|nous sommes|est|on est) [encore] en train (de|d') (rediger|ecrire|completer|preparer|dresser|rassembler|
        specifier|detailler|finaliser|lister) .. (liste|ticket|fiche|description|cahier|details|specification*|
        maquettes|ecrans|cas|texte|exemples|besoins|tout ca)
    -- il en manque
    il (manque|reste) (encore|toujours) .. (detail*|maquette*|spec*|description|critere*|capture*|ecrire|rediger|
        completer|preciser|definir|specifier|liste|texte)
    (manque|manquent) (encore|toujours) (la|le|les|l'|des|une) .. (detail*|maquette*|spec*|description|critere*|
        cahier|liste|texte|regles)
    (criteres d'acceptation|criteres|description|specification|specifications|specs|spec|details|detail|maquettes|
        cahier des charges|regles|suite|contenu|perimetre|texte) [sont|est|:|restent|reste] [encore|toujours|tous|
        toutes] (a ecrire|a rediger|a completer|a venir|a definir|a preciser|a fournir|a suivre|a specifier|
        en cours de redaction|en cours d'ecriture|non redige*|pas encore)
    (description|specification|specifications|specs|details|maquettes|criteres|suite|reste|texte) (viendr*|arriver*|
        suivr*|seront ajoute*|sera ajoute*|sera complete*|seront complete*|sera redige*|seront fourni*|suit|suivent|
        arrivent|plus tard|bientot)
    a (completer|rediger|ecrire|detailler|etoffer|reprendre au propre) (apres|avec|par|avant|quand|lors|d'ici|
        plus tard|demain|des|ensuite|au retour|a l'issue|suite|une fois|prochainement)
    (sera|seront) (complete*|detaille*|redige*|precise*|etoffe*) (apres|plus tard|demain|bientot|prochainement|
        ulterieurement|ensuite|ici|d'ici|la semaine|dans|quand|par|cette|des)
    (je|on|nous|j'y) [le|la|les|l'|y] (complete|completerai|completer*|reecri*|detaille|detaillerai|detailler*|
        precise|preciserai|remplirai|remplis|remplir*|redige|redigerai|rediger*|etoffe|etofferai|reviens|reviendrai|
        mettrai|ajouterai|finirai|finis de rediger|reprends au propre) .. (plus tard|demain|ce soir|week-end|bientot|
        prochainement|cette semaine|semaine prochaine|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|apres|quand|
        des que|proprement|dans la journee|d'ici|jours|ensuite|asap|au propre)
    (rien d'ecrit|rien de redige|vide) pour (l'instant|le moment)
    -- ne pas le prendre
    ne [pas|rien] (prendre|traiter|commencer|demarrer|toucher|developper|coder|s'y mettre|attaquer|s'en saisir|
        s'en emparer|implementer|assigner|travailler) [pas] [ce ticket|cette fiche|cette tache|ce sujet|a ce ticket|
        dessus|la-dessus] (encore|pour l'instant|pour le moment|en l'etat|tel quel|telle quelle|tout de suite|
        maintenant|svp|s'il vous plait|merci)
    ^[merci de|priere de|veuillez|svp] ne pas (prendre|traiter|commencer|demarrer|s'y mettre|attaquer|developper|
        s'en saisir|toucher) [ce ticket|cette fiche|cette tache|la fiche|le ticket] [$|encore|avant]
    ne (prenez|traitez|commencez|demarrez|touchez|travaillez|vous en occupez|developpez) (pas|rien) [a|sur] [encore|
        ce|cette|la|le] [ticket|fiche|tache]
    (merci de|priere de|veuillez|il faut|svp|prenez le temps de) (patienter|attendre) .. (version|redaction|suite|
        details|description|fini*|complet*|pret*|termine*|redige*|definitive|reste|texte|liste)
    (laissez|laisse|laissez-moi|donnez-moi|accordez-moi) [moi|nous] [encore|juste] (quelques|le temps|finir|terminer|
        completer|un peu|deux|jusqu'a|une semaine|le week-end)
    (je|on|nous) [vous|te] [le] (previen*|previendr*|signaler*|retirer*|retire|annoncer*|dirai|dira|ferai signe|
        fais signe|tiens au courant|tiendrai au courant|enlever*|previens|avertir*|indiquer*|notifier*) [ici|tous|
        le bandeau|cette ligne|cette mention|l'etiquette] (quand|lorsque|lorsqu'*|des que|des qu'*|une fois|
        quand ce sera|au moment) .. (pret*|complet*|fini*|definiti*|final*|termine*|redige*|traite*|prend*|pris*|
        au propre|commencer)
    version (definitive|finale|complete|aboutie) .. (sera|suivra|suit|viendra|arrivera|arrive|annoncee|publiee|
        plus tard|bientot|a venir)
    (attendre|attendez|attendons) (la|une|le) (version|redaction|suite|description|texte) (definiti*|final*|complet*|
        finale)
    (ne|pas|non) [pas] (traitable|prenable|pret a etre (pris|traite|developpe)|prete a etre (prise|traitee|
        developpee)|exploitable|realisable) en l'etat
    -- un pense-bete
    (je|on|j'*) [le|la|l'|vous] (note|jette|pose|depose|mets|ouvre|cree|griffonne|consigne|garde) (ca|ceci|cela|
        l'idee|ici|la|juste|vite|le ticket|la fiche|ce ticket|cette fiche|tout) .. (oublier|oublie|memoire|de cote|
        en vrac|vite fait|y revenir|y reviendrai|plus tard|tant que j'y pense)
    (pour|histoire de|afin de) ne pas [l'|les|y] oublier
    avant [de|d'|que] [l'|j'|on] (oublier|oublie)
""", CE=CE, FICHE=FICHE)  # fmt: skip
LIFTED = lines("""
    (description|issue|ticket|spec|text|this|it) (is|has been) now (complete|completed|final|ready|finished|written)
    no longer (a draft|draft|wip|a placeholder|incomplete|work in progress)
    (ticket|fiche|description|texte|specification|redaction) [est] (desormais|maintenant|enfin|a present|
        dorenavant) (pret*|complet*|termine*|fini*|redige*|finalise*)
    n'est plus [un|une|en] (brouillon|ebauche|incomplet*|cours de redaction)
    ready (for dev|for development|to be worked on|to start) yes
""")  # fmt: skip

TOGETHER = lines("""
    (don't|do not|ne|please don't) [pas] (begin|start|commencez|commencer|demarrez|lancez) [pas] [_] (before|until|
        while|avant|tant que) (this|the|cet|ce|cette|le|la|la mention|l'avis) [_] (notice|line|note|banner|sentence|
        mention|warning|remark|avis|ligne|bandeau|phrase|message|avertissement|text|texte|description|spec*|fiche|
        ticket)
    (specification|specifications|spec|specs|description|ticket|issue|fiche|texte|text|cahier des charges) [is|est|
        still|encore] (under construction|being drafted|in the making|en chantier|en construction|en preparation|
        en cours)
    ^[to do|todo|still|encore] [reste] (to be described|describe|to describe|fill in|fill this in|write this up|
        write up|a decrire|decrire|a documenter|a remplir|a rediger|remplir|a completer) /
    (needed|wanted|fallait|voulais|avais besoin d'*) [_] [_] (a number|an id|a link|a ticket number|
        something to refer to|un numero|un identifiant|une reference|un lien) [_] (for|to|pour|afin)
    (provisional|subject to change|not final|not binding|may still change|will still change|provisoire|
        provisoires|susceptible de changer|sujet a modification*|pas definitif|non definitif|peut encore changer|
        va encore changer|a titre provisoire) & (ticket|issue|this text|everything|description|fiche|le texte|le reste|the rest)
    (only|just|que|seulement|juste) [_] (the|a|le|un|l') (title|titre|headline|intitule|heading) [_] [_] (so far|yet|
        for now|pour l'instant|pose|known|exists|la|is clear|est connu)
    (rest|remainder|reste|suite|remaining part*) [_] [_] [_] (follow*|come|comes|coming|viendra|viendront|suivra|
        suivront|arrive|arrivera|later|plus tard|added|ajoute*|written|complete*) [_] [_] (after|when|once|soon|later|
        apres|quand|des que|plus tard|bientot|monday|lundi|next|/)
    (meeting|talking to|speaking to|interviewing|seeing|asking|rencontre|voir|vois|interroge|reunion avec|
        atelier avec|entretien*) [_] [_] (users|team|coordinators|board|client|treasurer|volunteers|them|utilisateur*|
        equipe|coordinat*|bureau|client|tresori*|benevoles|adherents) & (provisional|provisoire|title|titre|rest|
        reste|details|later|complete*|description|fill|before|avant de|ensuite|then)
    (empty shell|only a shell|just a shell|bare bones|coquille vide|simple coquille|page blanche pour l'instant|
        nothing but a title|title only|titre seulement)
    (leave|keep|let) (it|this|this one|this ticket|this issue) [_] (alone|for now|rest|be) [_] (for|until|while|
        please|meanwhile|/)
    (hands off|pas touche|do not touch this|don't touch this|don't touch it|merci de ne pas y toucher|
        ne pas y toucher|n'y touchez pas|laissez-le de cote|laissez-la de cote) [_] (yet|for|until|please|pour|avant|
        tant|encore|/)
    (writing|wording|redaction|specification|description|work on the text|ecriture) [of|de|on] [_] [_] [_] [_] (is|se|
        est|n'est|isn't) [_] (ongoing|in progress|not over|not finished|poursuit|en cours|pas terminee|pas finie|
        continue|still going on|unfinished)
    (not|nothing|rien|n't|pas) [n'est|is|has been|encore|at all|been|yet] [at all|encore|been|yet] (specified|
        described|spelled out|fleshed out|written down|specifie*|decrit*|redige*|detaille*) [_] [_] (yet|encore|
        at all|so far|pour l'instant|/)
    (acceptance criteria|criteria|spec|specs|specification|description|mock-up|mock-ups|mockups|wireframes|details|
        criteres d'acceptation|criteres|cahier des charges|maquettes|maquette) [_] [_] (missing|absent*|manquant*|
        lacking|outstanding|to follow|will follow|suivront|suivra|a suivre|en attente|not there yet|pas encore la)
    (will|shall|is going to|fournira|donnera|apportera|enverra|livrera|ajoutera|dessinera|redigera|ecrira|
        completera) [supply|provide|deliver|send|add|draw|write|post|complete] [the|us|les|la|le|des|ici] [missing|
        _] (screens|details|text|texts|spec|specs|mock-ups|mockups|wording|description|list|drawings|designs|content|
        criteria|rest|ecrans|details|texte|textes|maquettes|description|liste|contenu|criteres|suite|reste|dessins|
        cahier) [_] [_] [_] (before|by|later|soon|next|after|in|tomorrow|end|week|avant|d'ici|plus tard|bientot|apres|
        fin|semaine|demain|here|ici|/)
    (come back|be back|i'll return|reviendrai|reviens|je repasserai) [and|to|pour|pour en] [_] (finish|complete|write|
        fill|flesh|expand|edit|finir|completer|rediger|ecrire|terminer|reprendre) [_] [_] (writing|this|it|ticket|
        issue|text|description|redaction|ecrire|ce|le|la|texte|fiche|/)
    ^[just|only|simply|very|a|une|un|simple|juste] [a|quick|rough|very|une|un|simple|rapide|premiere|petite] (sketch|
        outline|stub|skeleton|placeholder|esquisse|ebauche|canevas|squelette|pense-bete|brouillon|draft) [only|
        for now|so far|pour l'instant|pour le moment|so that|pour que|afin] /
    ^[just|only] [a] (stub|placeholder|skeleton) (so|for|until|to|that|pour|afin|en attendant)
    ^(unfinished|incomplete|provisional|preliminary|half-finished|half-written) [_] (ticket|issue|text|description|
        story|card|spec|request|list)
    ^(ticket|fiche|description|texte|demande|liste) [encore] (inacheve*|incomplet*|provisoire*|en cours de redaction|
        pour memoire|cree* pour memoire|ouvert* pour memoire|a completer|vide pour l'instant|preliminaire)
    (ticket|fiche) (cree*|ouvert*|pose*) [_] (pour memoire|pour ne pas oublier|en attendant|pour reserver)
    (content|contents|text|description|body|details|contenu|texte|description|detail) [is|are|est|
        sont] (to be written|to be filled in|to be supplied|to be provided|will change|may still change|still to come|
        not final|a rediger|a ecrire|a fournir|va changer|peut encore changer|va encore changer|non definiti*|a venir)
    (i|we|je|on|nous) [still|dois|devons|doit] (have to|need to|must|encore|want to) [still|encore] (talk to|ask|
        speak to|speak with|talk with|check with|collect|gather|write|think about|think it|find out|clarify|sort out|
        ask around|interview|draw|en parler|demander|consulter|voir avec|recueillir|rassembler|ecrire|rediger|
        reflechir|me renseigner|nous renseigner|preciser|dessiner|interroger|y reflechir) & (before|first|then|until|
        avant|d'abord|ensuite|then it|ready|build|buildable|implement*|actionable|realisable|exploitable|completer|
        complete|start*|pick*|final|commenc*|lanc*)
    (hold off|hold on|hold your horses|wait|hang on|patience|attendre|attendez|patientez|patienter|d'attendre|
        de patienter) & (until i|until we|till i|before i|until the text|until the description|until the spec|
        until the mock-up*|i've added|i have added|i've written|i have written|que j'aie|que j'ai|que je|
        que nous ayons|que le texte|que la description|que la maquette|que les maquettes|que la fiche|que le ticket|
        until this is|until it is) & (add*|writ*|finish*|complet*|describ*|spec*|wording|text*|detail*|list*|draw*|
        ajout*|ecri*|redig*|complet*|fini*|termin*|maquett*|pret*|precis*|ready|final)
    (don't|do not|ne) [vous|te|nous] (pick|take|start|begin|lancez|lancer|attaquez|prenez|jetez|commencez|
        demarrez) [pas] [vous|it|this] [pas] [dans|dedans|dessus|la-dedans|it|this|cette|ce|on it|tout de suite|
        encore] & (not yet|n't yet|pas encore|yet|mur|mure|ripe|finished|ready|complet*|pret*|final|unfinished|fini*|
        change|changer|draft|brouillon|attend*|wait*)
    (will|i'll|we'll|going to|je vais|j'*|je|nous|on) [_] (expand|complete|finish|detail|extend|rewrite|flesh|
        describe|fill|update|write|clean up|completer*|complete|mettrai|ecrirai|redigerai|detaillerai|finirai|
        reprendrai|ajouterai|preciserai|etofferai|terminerai|reecrirai|completerai) & (description|ticket|issue|text|
        spec*|detail*|this|fiche|texte|cahier|la suite|le reste|criteria|criteres|mock-up*|maquette*|wording|
        requirements|besoins) & (back from|when i'm back|once i'm back|holiday*|vacation|return|next week|tomorrow|
        tonight|this weekend|later|soon|after the|a mon retour|mon retour|conges|vacances|semaine prochaine|demain|
        ce soir|ce week-end|plus tard|bientot|prochainement|des que|apres la|apres le|quand j'*)
    (cahier des charges|spec|specs|specification*|requirements|description|list of|liste|mock-up*|mockup*|wireframe*|
        maquette*|criteria|criteres|text|texte|wording|fiche|ticket|demande|this issue|the issue|this ticket) [_] (is|
        are|has|have|est|sont|n'est|ne sont|n'a|isn't|aren't|reste*|hasn't|haven't) [_] [_] (not|pas|yet to|still|
        encore|never|incomplet*|unfinished|a|toujours) [been|be|encore|yet|ete|en] [_] (finished|complete*|supplied|
        written|provided|final*|done|ready|delivered|drawn|defined|termine*|complet*|fini*|fourni*|ecrit*|redige*|
        pret*|defini*|mur|mure|mures|abouti*|dessine*|valide*|completer|rediger|finir|preciser|cours de)
    (requirements|details|use cases|ideas|screenshots|texts|specs|besoins|cas d'usage|textes|details|exigences|
        captures) (are|sont) [_] [still|encore] [being|en cours|en train] [de|d'] (collected|gathered|written|
        clarified|drafted|worked out|discussed with|etre|collecte|recueil|redaction|recensement|recueillis|collectes)
    (remain*|left|reste|restent|il reste|still) [encore] (to|a) (list|describe|specify|write down|write up|detail|
        add the|lister|decrire|specifier|rediger|detailler|preciser|ecrire) [_] [_] (field*|screen*|case*|detail*|
        step*|rule*|text*|criteri*|champ*|ecran*|cas|etape*|regle*|critere*)
""")  # fmt: skip


def has_holes(text: str) -> bool:
    """Whether a line only stands for what is missing, or several lines have nothing but question marks or dots."""
    short = {line for line in text.splitlines() if len(line) < LONGEST_LINE}
    if any(EMPTY_PART.match(flat(line)) or SIGN.match(line) for line in short):
        return True
    holes = [line for line in text.splitlines() if _MAY_BE_HOLE.search(line) and len(line) < LONGEST_LINE]
    return sum(1 for line in holes if HOLE.search(line)) >= 2
