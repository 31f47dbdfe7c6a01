"""It is not decided: opinions or votes are wanted, options are on the table, or it only asks a question."""

from __future__ import annotations

import re

from connector.sizing.against.phrases import lines

TITLE = re.compile(
    r"^\W{0,6}(?:rfc|rfd|proposal|question|discussion|discuss|brainstorm\w*|poll|vote|survey|debate|idea|thoughts?|opinions?|feedback|consultation|ideas|"
    r"request for (?:comments?|feedback|discussion|opinions?|input)|call for (?:comments?|feedback|opinions?|ideas|input|votes?)|(?:feedback|opinions?|input|ideas|comments?) (?:wanted|needed|requested|welcome|please)|"
    r"to be (?:discussed|decided)|needs (?:discussion|decision)|for discussion|open question|help us decide|your (?:opinions?|thoughts|say|vote|feedback)|"
    r"proposition|debat|sondage|idee|idees|vos avis|votre avis|avis|concertation|reflexion|appel a (?:commentaires?|avis|idees|contributions?|suggestions?|discussion|temoignages?)|"
    r"(?:demande|recueil) d'avis|a (?:discuter|debattre|decider|trancher|arbitrer|valider ensemble)|a vous de choisir|votez|questionnement|interrogation|remue-meninges)\b\W{0,2}\s?[:\])|–-]"
    r"|^\W{0,6}(?:rfc(?! ?\d{3,5}\b(?! ?:))|request for comments?|appel a (?:commentaires?|avis|idees))\b"
    r"|[\[(](?:rfc|discussion|discuss|proposal|idea|question|a discuter|a debattre|a decider|idee|feedback wanted)\W{0,3}$"
    r"|^\W{0,4}(?:vos|votre|your) (?:avis|opinions?|thoughts|feedback|idees|preferences?)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"^\W{0,4}(?:how (?:do|can|to|should|does|is|are|would|many|much)|why|what|which|who|when|where|is it|is there|are there|is this|is that|are we|can (?:i|we|you|this|it|the)|should|shall|"
    r"do (?:we|you|i|people)|does|did|would|could (?:we|it|this|there|i)|may (?:i|we)|might|any (?:plans?|news|update|way|chance|idea|thoughts?|interest|reason)|anyone|anybody|has any|have you|"
    r"isn't|shouldn't|wouldn't|aren't|don't we|comment|pourquoi|est-ce|faut-il|peut-on|doit-on|y a-t-il|y aurait-il|devrait-on|devrions|pourrait-on|pourrions|serait-il|serait-ce|existe-t-il|"
    r"quand|combien|qui|que |qu'|ou (?:est|se|sont|trouver|puis)|quel|quelle|quels|quelles|lequel|laquelle|et si|a-t-on|veut-on|souhaite-t-on|garde-t-on|[\w'-]{2,20}-t?-?(?:on|nous|il|elle|je|vous)\b)"
    r"[^\n]{0,300}\?\W{0,3}$"
    r"|^\W{0,4}(?:where|how|which|what|when|who|whether|whose|why) (?:should|shall|do we|would|could|to handle|to deal)\b[^\n:]{3,120}$"
    r"|^\W{0,4}(?:should|shall) we\b[^\n]{3,160}$"
    r"|^\W{0,4}(?:\S{1,30} ){1,9}\S{1,30}\s?\?\W{0,3}$"
    r"|\b(?:or|ou|vs\.?|versus|ou bien)\b[^\n]{0,200}\?\W{0,3}$"
    r"|^\W{0,4}(?:which|quel(?:le)?s?|lequel|laquelle) (?!que\b|qu')[^\n:.]{3,80}\b(?:for|pour|to use|should we|utiliser|choisir|adopter|retenir|do we)\b[^\n]{0,100}$"
    r"|^\W{0,4}(?:une?|des|and|et|a|an|more|fewer|plus d[e']|moins d[e']) [^\n]{3,100}\s\?\W{0,3}$",
    re.IGNORECASE,
)
"""A title that asks. It says nothing where the text gives the answer."""
REQUEST = re.compile(
    r"^\W{0,4}(?:could|can|would|will) (?:you|someone|somebody|anyone|we) (?:please|kindly|mind|fix|correct|add|change|repair|remove|update)\b"
    r"|^\W{0,4}(?:pourriez|pouvez|pourrais|peux|voulez|auriez)-(?:vous|tu)\b[^\n]{0,40}\b(?:reparer|corriger|ajouter|changer|retirer|mettre|modifier|supprimer|remplacer)\b",
    re.IGNORECASE,
)
"""A title that only asks politely for the work."""

VOTE = re.compile(r"(?:👍|:\+1:|\+1)[^\n]{0,40}(?:👎|:-1:)")

SAYS = lines("""
    -- what do you think
    what (do|does|would|are) (you|people|others|we|everyone|everybody|folks|the team|the others|your|y'all) [all|guys|
        both|others|other] (think|say|prefer|thoughts|views|opinions|feel|reckon|suggest|want)
    (any|your) (thoughts|opinions|objections|opinion) (on|about|here|welcome|against|regarding|appreciated|please|
        from|for|are|$)
    (thoughts|opinions|comments|feedback|ideas|input|views|votes|arguments|objections|remarks|preferences) [on this|
        here|and ideas|and opinions|and experiences|below|are|from everyone|from everybody|from you|more than|very|
        very much|highly|would be|always] (welcome|wanted|appreciated|requested|needed|please|needed|encouraged|
        sought) [!(in|by)]
    ^(thoughts|opinions|comments|feedback|objections|preferences|votes) [anyone|anybody|please|on this] $
    (love|like|appreciate|want|welcome|looking for|seeking|collecting|gathering|asking for|requesting|awaiting|
        interested in) [to|hear|get|some|more|have|first|early|the|any|also] [hear|get|have] [some|more|your|
        everyone's|everybody's|other|people's|the community's|community|the team's|different|early|honest] (feedback|
        opinions|opinion|thoughts|arguments|input|point of view|perspective|perspectives|preferences|votes|
        experiences|ideas from|comments) (from|on|before|about|of|first|here|regarding|please|$)
    (let|tell|telling) (me|us) [know|please] (what you|which|your|how you|if you agree|whether you|what you'd|
        what you would|what bothers) [think|prefer|opinion|opinions|would|of|one|point|points|like|feel]
    (share|give|add|leave|post|voice|state|send us|write|express|drop) [us|me|also|please] (your|their) (opinion|
        opinions|thoughts|experience|experiences|view|views|vote|votes|feedback|preference|preferences|ideas|
        arguments|point of view) [below|here|in]
    (happy|curious|keen|eager|interested|open) to (hear|know|read|learn) (arguments|what|other|your|opinions|ideas|
        from you|from others|how others|thoughts|whether)
    (looking forward to|awaiting|waiting for) your (opinions|thoughts|feedback|comments|votes|views|input)
    (before|until) (anybody|anyone|someone|somebody|we|i|people) [actually] (writes|write|starts|start|starts writing|
        begins|codes|implements|implement|begin) (any code|code|coding|on it|implementing)
    does (anyone|anybody|everyone|everybody) (object|agree|have an opinion|have objections|have a preference|
        feel strongly|disagree|mind if we)
    -- votes
    (please|let's|you can|everybody can|everyone can|members can) [now|all] vote (for|with|by|on|below|here|until|
        using|/)
    (vote|voting|poll|survey|ballot) [is|are|will be|runs|remains|stays|closes|ends|takes place] (open|below|closes|
        ends|until|runs|ongoing|here|attached|running|pending|under way|underway|takes place|will be held|on|
        next) (until|till|at|on|in|for|$)
    (until|after|before|pending|awaiting|result of) the (vote|poll|survey|ballot) (ends|closes|is over|result|$)
    cast your vote
    (react|vote|answer|reply) with [a] [👍|👎|thumbs|an emoji|a reaction|🎉|❤️] [up|or|👎]
    thumbs up (or|if|for) [down|yes|you]
    -- not decided
    (needs|need|requires|require|needing|deserves|wants|pending|awaiting) [more|further|some|a|an|first|to be|broader|
        proper|much] [more|team|community|wider|design|product] (discussion|design decision|decision|decisions|
        consensus|debate|agreement|discussing|discussed|debated|brainstorming|more thought|further thought|
        thinking through|thinking about|decided|agreed) (first|before|from|on|with|in|about|here|by|among|as|whether|
        $)
    (we|i|team|board|committee|maintainers|somebody|someone) [still|first|also|all|should|really] (need to|have to|
        must|should|needs to|has to|will have to|would need to) [still|first|also|really] (decide|agree|discuss|
        debate|settle|figure out whether|figure out if|figure out which|make up our|make up their|make up its|
        choose between|choose which|pick one|pick between|weigh|reach a|reach consensus|find a consensus|be decided|
        be discussed|be debated|be agreed|be settled|clarify whether|clarify if|think about whether|come to a|vote on|
        talk about whether|talk about this|talk this)
    (still|remains|remain|left) to be (decided|agreed|discussed|settled|debated|defined|determined|voted|chosen|
        sorted out|thought through|clarified)
    (yet|has|have|needs|need|is|are|first) [yet|still] to be (decided|agreed upon|agreed on|discussed|debated|voted)
    ^to be (decided|agreed|discussed|settled|debated|voted|determined|chosen) (by|at|in|on|with|upon|first|during|$)
    (no|any|without|lacks|lack of|not reached|not reach|reach|haven't found|not found|there's no|not have) [a|any|
        real|clear|final|common] (consensus|agreement|decision|conclusion|common ground|unanimity|majority) [has|have|
        was|is|could] [been|be] (yet|so far|reached|found|made|taken|at this stage|at this point|for now|until|either|
        on|about|among|$)
    (decision|decisions) [is|are|:|has|will|about this|on this|still|should|whether] [still|not|yet|to] (pending|open|
        outstanding|none|needed|required|to be taken|to be made|be taken|be made|not been|postponed|not yet|tbd|
        unclear|missing|expected|awaited|been made)
    (is|are|still|remain*|we're|i'm|quite) undecided [on|about|whether|between|/]
    (not decided|not yet decided|haven't decided|hasn't decided|hasn't been decided|haven't agreed|not agreed|
        couldn't agree|can't agree|cannot agree|could not agree|don't agree|do not agree|disagree|disagrees|disagreed|
        divided|in two minds|of two minds|on the fence|torn between|undetermined|unresolved|up in the air|not settled|
        isn't settled|nothing is settled|nothing is decided|not convinced) (yet|on|about|whether|between|over|here|
        as to|if|how|which|what|that|so far|this|in the team|among|,|$)
    (team|maintainers|opinions|board|committee|we|people|members|voices|contributors) [is|are|seem|seems|still|a bit|
        quite|rather] (split|divided|torn|undecided|differ|diverge|disagree|vary|undecided) (on|about|over|between|
        here|whether|$)
    (open|unresolved|unanswered|outstanding) (questions|question|points|issues to settle) (remain|are|:|to|left|below|
        that|$)
    (will|to|shall|going to|should|must) [be] (decide|decided|settle|settled|discuss|discussed|debated|debate|vote|
        voted|make up its mind|make up their mind|make up our minds|ruled|arbitrated|make a decision|take a decision|
        reach a decision|pick one) [this|it|on|about|that|upon|on it|on this] (at|in|after|during|before|next|on|by|
        when|together|once) [the|our|next|a|its] [next] (meeting|call|steering|committee|board|assembly|summer|vote|
        summit|sync|retreat|monday|tuesday|wednesday|thursday|friday|week|month|session|general|community|maintainers|
        weekly|monthly|quarter|feedback|discussion|autumn|spring|winter|release|hackathon|conference|council)
    (up|open|opened|opening) (for|to) (discussion|debate|a vote|grabs debate|suggestions|ideas|opinions|comments|
        alternatives)
    (under|in|still in|being) (discussion|debate|consideration|discussed|debated|considered) (by|in|at|among|whether|
        $)
    (options|alternatives|possibilities|scenarios|approaches|proposals|candidates|variants|solutions) [we have|are|
        considered|so far|that|that i see] (on the table|under discussion|under consideration|being considered|
        to choose from|come to mind|are possible|are conceivable|i can think of|to discuss|i see|up for)
    (several|two|three|four|multiple|many|a few|different|various|some|both|other) (options|alternatives|
        possibilities|approaches|proposals|scenarios|designs|mock-ups|mockups|variants|ways|solutions|candidates|
        routes|directions|schools of thought|camps) [are|exist|have|were|here|to|we|i|that|come|possible|:|to do|
        to go|forward] [possible|possible here|been proposed|been suggested|could|can|see|considered|come|to mind|
        imaginable|conceivable|in the running|on the table|each|exist|have been|choose|forward]  [to] (proposed|
        suggested|possible|on the table|to mind|considered|choose from|exist|in the running|imaginable|conceivable|
        we could|i see|under)
    (which|what) (one|option|of them|of these|of the two|variant|approach|solution|design|version|do you|would you|
        should we|shall we|do we|way) (do|would|should|shall|does) (you|we|people|everyone) [all] (prefer|favour|
        favor|like|choose|pick|want|use|go|take|adopt|keep)
    -- is it wanted at all
    (not|n't|un) [really|entirely|quite|completely|fully|at all|so|yet|100] (sure|unsure|certain|convinced|
        clear) [yet|at all] (if|whether|that|about) (we|this|it|that|the idea|people|users|anybody|anyone|everyone|
        everybody) [would|really|is|even|should|will|actually|do|does|be] [_] [_] [_] (want*|make sense|makes sense|
        making sense|good idea|worth it|worth doing|worth the|desirable|is useful|be useful|interested|like it|
        needed at all|the right way|something we)
    (not|n't|un) [really|entirely|quite] (sure|certain|convinced|clear) [yet] (if|whether) we should
    (unsure|uncertain|unclear|wondering|wonder) (if|whether) (we|this|it|that) [would|really|is|even|should|will|
        actually|do|does] .. (want*|make sense|makes sense|good idea|worth it|worth the|worth doing|desirable|
        useful to)
    (is|would|could) (this|it|that) [be] [really|even] (something we want|a good idea|worth it|worth doing|worth the|
        desirable|in scope|welcome|of interest) (to|if|at all|or|$)
    (do|should) we [really|even|still|actually] (want|need|keep|drop|support|want to|rather) .. (at all|or|instead|
        any more|anymore|any longer)
    (should|shall|could) we .. (or|instead|rather) .. _
    (thinking|think) (out loud|aloud)
    (just|only|merely) [an|a|some|floating|throwing|tossing|putting|loose] (idea|thought|floating|food for thought|
        musing|suggestion to discuss|brainstorming|thinking)
    (floating|throwing|tossing|pitching) (this|an idea|the idea|it|ideas) [out|here|around] [there|for|as]
    putting (this|the idea|an idea) out there
    (open|opening|opened|start|starting|started|kick off|kicking off|launch|launching|begin|restart) [up] (the|a|this|
        an) [open|broader|public|wider] (debate|discussion|conversation|brainstorm*|consultation|poll|vote) (about|on|
        here|to|before|now|first|about|whether|with|$)
    (let's|let us|we should|we need to|we must|we have to|please|wanted to|would like to|i'd like to|
        we'd like to) [first|all|please] (discuss|debate|brainstorm|talk about|talk through|think about whether|
        vote on) (this|it|that|how|whether|here|which|what|the|if|first|in|before|options|together|at)
    (discuss|discussed|debate) (first|here first|before (anyone|anybody|implement*|start*|coding))
    (to be|for) discussed (first|at|in|with|by|$)
    (for|needs|this is a|open for|meant as a|starting a) (discussion|debate) (only|first|before|issue|thread|:|$)
    (request for|call for|requesting|rfc) (comments|feedback|discussion|opinions|input)
    (submitted|put|presented|offered) (to|for|up for|before) (everybody|everyone|the community|all members|discussion|
        a vote|debate|public|comment|comments|consultation|members|vote)
""") + lines("""
    -- qu'en pensez-vous
    (qu'en|qu'est-ce que vous en|vous en|que|ce que vous en|ce que vous|ce que l'equipe en) (pensez-vous|pensez|
        penses-tu|pensent|dites-vous|diriez-vous|pense-t-on|en pensez-vous|preferez-vous|preferez|en dites|en penses)
    (vos|votre|des|d'autres|tous les|les|l') (avis|opinions|opinion|idees|remarques|retours|commentaires|preferences|
        preference|ressenti|point de vue|points de vue|reactions|suggestions) [la-dessus|sur|sont|m'interesse*|nous|
        m'|serai*|ici|d'autres] (bienvenu*|sur|interesse*|sont bienvenus|attendus|seraient|compte*|m'interesse*|
        ci-dessous|la question|le sujet|avant|la-dessus|$)
    (donnez|dites|partagez|exprimez|faites|indiquez|laissez|postez|ecrivez|proposez|ajoutez|apportez) [nous|moi|ici|
        part de|ci-dessous|part] (votre avis|vos avis|votre opinion|ce que vous|ce qui vous|laquelle|lequel|lesquels|
        vos remarques|vos preferences|votre preference|vos arguments|vos idees|vos retours|vos reactions|
        votre experience|votre ressenti|si vous etes)
    (laquelle|lequel|lesquelles|quelle option|quelle solution|quelle variante|quelle version|quel choix|quelle piste|
        que) [vous] (preferez-vous|preferez|choisir|choisiriez-vous|retenir|retient-on|choisit-on|garder|prefere-t-on|
        a votre|vous semble|prend-on|garde-t-on|faut-il|devrait-on|voulez-vous|trouvez-vous)
    (j'*|je|nous|on) [bien|d'abord] (aimerais|voudrais|souhaite|souhaiterais|aimerait|voudrait|aimerions|souhaitons|
        recueille*|sollicite*|attends|cherche|collecte*|demande) [bien|d'abord|recueillir|avoir|connaitre|entendre|
        lire|savoir] [recueillir|avoir|connaitre] [d'abord] (votre avis|vos avis|l'avis|des avis|vos retours|les avis|
        vos opinions|vos reactions|ce que vous|vos idees|votre opinion|vos remarques|votre point de vue|l'opinion)
    (avis|opinions|idees|commentaires|remarques|retours|reactions|arguments|contributions a la reflexion) [et idees|
        et suggestions|sont|tous|tres|seront] (bienvenu*|sollicite*|attendu*|demande*|souhaite*|recherche*|
        les bienvenus|apprecie*)
    ^(des avis|un avis|vos avis|votre avis|avis|opinions|des idees|des objections|des remarques|
        qu'en dites-vous) (la-dessus|sur la question|a ce sujet|$)
    (qui est|etes-vous|tout le monde est|quelqu'un) (pour|contre|d'accord|favorable|oppose|s'y oppose) (ou|et|$)
    (pour|contre) (ou|et) contre
    -- votes
    (vote|sondage|scrutin|consultation) [est|reste|sera|se|a|le|en|,] [ouvert|lance|cloture|en] (ouvert|ouverte|
        en cours|se termine|se tiendra|a lieu|aura lieu|prevu|prevue|lance|ci-dessous|jusqu'*|sera|prendra fin|
        est ouvert|dure|se tient|a venir|reste ouvert)
    (votez|merci de voter|pensez a voter|a vos votes|on vote|nous voterons|on votera|je vous invite a voter|
        mettre au vote|mis au vote|soumettre au vote|soumis au vote|passera au vote|voter)  [avec|pour|par|en|
        ci-dessous|jusqu'*|ici|au|lors|a|sur|!(pour afficher)]
    (laisse|laissons|ouvre|ouvrons|lance|lancons|propose|proposons) (le|un|ce) (sondage|vote|debat|fil de discussion|
        tour de table|remue-meninges)
    -- rien n'est decide
    (il|on|nous) [faut|faudra|faudrait|doit|devons|devra|reste|restera] [encore|d'abord|donc|a|en|se] [d'abord|en|
        que l'on|que nous|encore|y] [d'abord] (decider|discuter|trancher|debattre|se mettre d'accord|
        nous mettre d'accord|choisir entre|arbitrer|statuer|se prononcer|en parler|reflechir|valider le principe|
        s'accorder|s'entendre|mettre d'accord|decidions|tranche|decide|discute|mette d'accord|
        definir ensemble) !(de l'|du)
    (faut|faudra|faudrait|doit|devons|devra|reste|restera) [encore|d'abord|donc|a|en|se] [d'abord|en|que l'on|
        que nous|encore|y|s'] (decider|discuter|trancher|debattre|mettre d'accord|arbitrer|statuer|se prononcer|
        en parler en reunion|s'accorder|s'entendre sur) (si|de|du|quel*|entre|en|sur|ce|la|le|les|comment|qui|quand|
        ensemble|d'abord|avant|$)
    [est|reste|sont|encore|restent|point|sujet|question] a (discuter|debattre|trancher|decider|arbitrer|statuer|
        valider) [en|lors|avec|au|a la|ensemble|d'abord|en reunion|collectivement|par|pendant|avant|entre|encore|
        $] (reunion|prochaine|l'equipe|le bureau|bureau|comite|la|l'assemblee|tous|plusieurs|de|du|$)
    ^a (discuter|debattre|trancher|decider|arbitrer|voir ensemble|mediter|reflechir)
    [ne] [rien|n'*|ne] (rien|pas|aucune decision|aucun choix|aucun consensus|aucun accord|aucun arbitrage) [n'*|
        ne] [est|a|encore|sont|avons|ete|avons pas|pour l'instant|toujours|de] [encore|ete|pas|
        pour l'instant] [ete] (decide*|tranche*|arrete*|acte*|arbitre*|choisi*|defini*|fixe*|valide*|prise|fait|
        statue|a ce stade|emerge*|degage*|trouve*|pour l'instant|pour le moment) !en
    (pas|aucun|aucune|sans|absence de|ni) [encore] [de|d'*] (consensus|accord|unanimite|decision|majorite|arbitrage|
        position commune) [encore|a ce stade|pour l'instant|pour le moment|sur|entre|dans l'equipe|a ce jour|n'*|ne|
        claire|trouve|au sein|prise|arretee|$] [a|se|est|degage|pris*|trouve|emerge]
    ^aucune a ce (stade|jour)
    (equipe|bureau|avis|comite|opinions|benevoles|membres|nous|conseil|mainteneurs) [est|sont|sommes|reste|restent|
        tres|encore|assez|plutot] [tres|encore|assez|plutot] (partage*|divise*|divergent|diverge|indecis*|hesite*|
        pas d'accord|en desaccord|mitige*)
    (on|nous|je|l'equipe|le bureau) [n'*|ne] [y] (hesite|hesitons|balance|tergiverse|ne sait pas|ne savons pas|
        ne sommes pas d'accord|n'est pas d'accord|suis partage|n'arrive pas|n'arrivons pas) [encore|toujours|pas|
        pas encore|entre|si|a] (encore|entre|sur|si|a trancher|a se decider|a decider|a choisir|a nous mettre|$)
    (hesite|hesitons|hesitation|hesitations|choisir|choix|arbitrage|arbitrer) [encore|a faire] entre
    (on|nous|le bureau|le comite|l'assemblee|l'equipe|le conseil|le ca|la commission|le cotech) [en|y] (tranchera|
        tranchons|decidera|deciderons|statuera|discutera|discuterons|debattra|debattrons|votera|voterons|reparlera|
        reparlerons|se prononcera|se prononce|se decide|choisira|choisirons|arbitrera|doit se prononcer|doit trancher|
        doit decider|doit statuer|se reunit pour)
    (sera|seront) [encore] (decide*|tranche*|discute*|debattu*|vote*|arbitre*|arrete*|soumis* au vote|mis* au vote|
        statue*) [par|au|lors|a la|en|apres|ensemble|le|pendant|collectivement]
    (avant que|en attendant que|jusqu'a ce que) (le|la|l') (bureau|comite|assemblee|conseil|equipe|ca|commission|
        federation) [ne] (se prononce|tranche|decide|statue|vote|vote|arbitre|se decide|valide)
    (reste|restent|demeure) [encore|donc] a (decider|trancher|definir|choisir|discuter|debattre|arbitrer|determiner|
        s'accorder|savoir si|se mettre d'accord|clarifier)
    (questions|question|points|point) (ouvertes|ouverte|en suspens|ouverts|a trancher|a debattre|a discuter|
        non tranche*|non resolu*|a arbitrer|en debat|a clarifier ensemble)
    (deux|trois|quatre|plusieurs|differentes|differents|diverses) (pistes|options|maquettes|scenarios|possibilites|
        solutions|approches|propositions|variantes|hypotheses|choix|alternatives|ecoles|visions) [sont|possibles|
        existent|s'*|a|envisage*|se|:|envisageables|en|ont|me|nous] [possibles|envisage*|en lice|a l'etude|
        sur la table|s'offrent|existent|a discuter|a departager|etudie*|ouvertes|proposees|concurrentes|
        ete] (possibles|envisage*|lice|etude|table|offrent|existent|discuter|departager|etudie*|proposees|
        concurrentes|presentent|opposent|affrontent|debat|comparer|a b|balance|$)
    (scenarios|options|pistes|solutions|hypotheses) (envisage*|possibles|a l'etude|sur la table|a departager|
        a discuter|en debat|a comparer|en balance|proposees au vote)
    -- est-ce souhaitable
    (suis|sommes|est|n'est|sont|c'est|suis-je|n'etant) (pas|plus) [tout a fait|vraiment|completement|encore] (sur|
        sure|surs|certain|certaine|convaincu|convaincue|
        persuade|persuadee|clair) [que|qu'*|si|de] (ce|cela|ca|on|nous|il|l'idee|c'est|ce soit|il faille|de vouloir|
        de l'interet|l'on|la)
    (est-ce|serait-ce|est-il|serait-il) [vraiment|que ce serait|que c'est] (souhaitable|une bonne idee|utile|
        pertinent|opportun|judicieux|raisonnable|vraiment)
    (on|nous) (pourrait|pourrions) .. (ou pas|ou non|ou alors|ou bien|voire|qu'en)
    ou (pas|non) $
    (simple|juste|c'est|une|lance*|jette*|soumets|soumet|propose|evoque) [une|l'|cette|comme] (idee|reflexion|
        suggestion|piste) [comme ca|en l'air|a discuter|a debattre|pour lancer|pour ouvrir|lancee|a creuser|en vrac|
        au debat|a la cantonade|a murir|$] (comme ca|en l'air|discuter|debattre|lancer|ouvrir|cantonade|murir|creuser|
        debat|vrac|$)
    (je|j') (lance|jette|soumets|pose la|propose de lancer|ouvre) [ici] (l'idee|cette idee|le debat|la discussion|
        la reflexion|la question|un debat|une discussion|une reflexion|un fil)
    (debattons|discutons|parlons|reflechissons|decidons) [en|y|de|ensemble|ici|avant]
    (ouvrir|ouvre|ouverture|lancer|lance|entamer|engager) [du|le|un|ce|la|une] (debat|discussion|reflexion|
        concertation|consultation)
    (merite|necessite|demande|requiert|besoin d'*|appelle|exige|suppose) [d'abord|d'*|encore] [etre|une|un|
        de] (discussion|debat|reflexion|concertation|decision|arbitrage|discute*|debattu*|tranche*|vraie discussion|
        consensus|debattue)
    (soumis|soumise|soumets|soumettons|propose|proposee|presente) [ici|ce texte|cette idee] (a la communaute|a tous|
        a toutes|a tout le monde|a discussion|a debat|au debat|a consultation|a l'avis|a votre avis|a vos|au vote|
        aux membres|a la discussion|aux adherents)
    (appel|invitation) a (commentaires|avis|contributions a la|idees|discussion|debat|temoignages|reactions)
    (en discussion|en debat|en cours de discussion|en cours de reflexion|en reflexion|a l'etude|fait debat|
        fait l'objet d'un debat|encore en discussion) (avec|au|dans|chez|entre|par|par le|$)
    (a|pour) (votre|ton) avis
""")  # fmt: skip
LIFTED = lines("""
    (we|they|team|board|committee|it|nous|on) [have|has|had|was|all|'ve|avons|a|ont] [now|finally|already|enfin|
        maintenant] (decided|agreed|chosen|settled|tranche|decide|choisi) /
    (we|they|it|board|team|committee|maintainers|everybody|everyone|vote|has been|have|was|been|is|finally|
        after discussion|i) [have|has|had|all|was|been|'ve|then|finally|now|already|unanimously] (decided|agreed|
        voted|settled on|chose|opted|approved|accepted|resolved to|concluded|ruled) (to|on|that|for|with|in|at|by|it|
        against|the|upon|we|last|not|yesterday|go|unanimously|and)
    (decision|outcome|conclusion|result|resolution|consensus|verdict) [is|was|of the vote|of the poll|
        of the discussion|reached|taken|from the meeting] (we|use|keep|go|option|yes|the|a|to|was|is|that|made|taken|
        drop|remove|do|implement|csv|accepted|approved) !(still|pending|not|open|none|will|be)
    (decided|agreed|settled|accepted|approved|voted) [we|:|upon|go|on|by|in|with|last|the|use|at|to|as|yesterday|
        already] (we|use|go|in|on|by|at|with|the board|the team|the committee|last|option|as|keep|upon) !(not)
    (go for it|go ahead|green light|yes please|yes please do|good idea go|makes sense go|let's do it|let's do this|
        let's go|yes it would|good point)
    (discussion|debate|vote|poll|voting|consultation) [about|on|of] .. (closed|over|finished|took place|ended|done|
        concluded|is settled)
    (after|following) (discussion|some discussion|long discussion|debate|the vote|a vote) (we|it|the|they|in)
    [we|already] discussed (this|it|the|and) .. (final|decided|agreed|chose|conclusion|outcome|settled)
    (no|without|needs no|not need) [more|further|need for] [any] (discussion|decision|debate) [is|was] (needed|
        necessary|required|to take|to be taken)
    (nothing|no decision) [left] [to] (decide|discuss|to decide)
    (option|variant|proposal|approach|solution) _ (won|was chosen|was selected|was retained|is chosen|has been chosen|
        it is|wins|was accepted|was picked)
    (c'est|est|a ete|ete|sont|sujet|point|ont ete|etait|deja) [donc|maintenant|desormais|enfin|bien|deja|
        tout] (tranche*|decide*|acte*|valide*|accepte*|arrete* en|arbitre*|adopte*|approuve*) (par|en|:|lors|au|a|le|
        on|nous|pour|de|donc|et|ce|,|$)
    (l'equipe|le bureau|on|nous|le comite|l'assemblee|le conseil|la commission|reunion) (a|avons|ont) [donc|
        finalement|enfin|bien] (decide|tranche|choisi|valide|vote|retenu|arrete|adopte|opte|accepte|approuve)
    ^[:] (decide|valide|accepte|tranche|acte|adopte|approuve|decision prise|arbitrage rendu|convenu) [par|en|lors|au|
        a|le|on|nous|avec|que|:|pour|de|donc|et|bonne]
    (vote|sondage|debat|discussion|consultation) [sur|est|du|de|a eu|maintenant|le] .. (termine*|clos|close|cloture*|
        fini*|acheve*|tranche*|lieu en|lieu le)
    (bonne idee|allez-y|feu vert|oui volontiers|accepte|on y va|c'est parti|validee|c'est oui)
    (aucune|pas de|plus de|aucun) [autre] (decision|discussion|debat|arbitrage|choix) [a|n'*|necessaire|ne] (prendre|
        necessaire|utile|faire|trancher|avoir|est)
    (option|variante|proposition|piste|solution|maquette) _ [a ete|est|a] (retenue|choisie|gagne|adoptee|validee|
        acceptee|l'emporte)
    (retenu|retenue|choisi|choisie|adopte|adoptee) (par|a l'|lors|en reunion|en assemblee|au vote)
    [en a|avons|on en a|nous en avons|deja] (discute|parle|debattu) [en|et|avec|la|lors] .. (tranche|decide|garde|
        gardons|retenu|choisi|accord|conclusion|valide)
""")  # fmt: skip

TOGETHER = lines("""
    (what|which|que|quoi|qu'est-ce que|lequel|laquelle) [one|option] [would|feriez-vous|choisiriez-vous|
        prendriez-vous|vous] (would you|you would|feriez-vous|choisiriez-vous|prendriez-vous|recommanderiez-vous|
        prefereriez-vous|vous choisiriez|vous prefereriez) [_] [_]
    (que|quoi|comment|lequel|laquelle) (feriez-vous|choisiriez-vous|prendriez-vous|recommandez-vous|conseillez-vous|
        verriez-vous)
    what would you (choose|do|pick|prefer|suggest|recommend|like|say|go for)
    (two|three|several|deux|trois|plusieurs) (possibilities|options|ways|variants|alternatives|ideas|choices|
        possibilites|pistes|facons|variantes|idees|choix) & (what would|which|what do you|que choisi*|laquelle|lequel|
        prefer*|choose|choisir|opinion*|avis|why|pourquoi|votre)
    (supporters|fans|defenders|partisans|adeptes|defenseurs|advocates|camps) & (each|both|its|their|either|two|
        three|chacun|chacune|ses|leurs|deux|trois|in the team|dans l'equipe) & (option*|draft*|design*|mock-up*|
        maquette*|proposal*|version*|variant*|idea*|solution*|proposition*|idee*|home|accueil|each|both|chac*|has|
        have|a|ont)
    (last word|final say|final word|casting vote|dernier mot|choix final|mot de la fin|decision finale) & (will|have|
        has|auront|aura|appartien*|revien*|meeting|assembl*|member*|adherent*|membre*|board|bureau|committee|comite)
    (some|certains|certaines|half|la moitie|one|les uns|a few) [_] [_] [_] (say|think|want|prefer|find|would|like|
        favour|disent|pensent|veulent|preferent|trouvent|voudraient|sont pour|aimeraient) & (others|other half|d'autres|les autres|the rest|l'autre moitie|not) [_] [_] (say|think|want|prefer|find|would|don't|like|no|
        favour|disent|pensent|veulent|preferent|trouvent|voudraient|sont contre|non|pas|aimeraient)
    (i|je|we|nous|on) [honestly|really|frankly|still|franchement|vraiment|n'*|ne] (don't|do not|sais|savons|n'ai|
        n'avons|have no|sait) [_] [know|pas|idea|idee] [_] (what|which|whether|if|how many|ce qui|si|quel*|combien|
        lequel|laquelle|sur) [_] [_] [_] [_] (reasonable|best|better|right|want*|prefer*|raisonnable|mieux|meilleur*|
        juste|souhait*|prefer*|approach|option|choose|choisir|way)
    (back and forth|can't decide|cannot decide|can't choose|can't settle|couldn't decide|keep changing our minds|
        changing our mind|n'arrive pas a se decider|n'arrivons pas a|pas a choisir|n'arrive pas a trancher|
        on tourne en rond|on change d'avis|difficile de choisir|hard to choose|torn)
    (weigh in|chime in|have your say|speak up|your take|your call|your preference|your favourite|your favorite|
        donnez votre point de vue|dites-nous|votre preference|votre prefere*|votre choix|votre position|exprimez-vous|
        manifestez-vous|reagissez) [_] [_] (please|on|about|before|below|here|by|is|svp|ci-dessous|ici|avant|sur|/|?)
    (what's|what is|what are|quelle est|quel est|quelles sont|quels sont) (your|votre|vos|everyone's|
        the general) (preference*|opinion*|view*|feeling*|take|favourite*|avis|choix|position|ressenti|idees)
    (float*|lance*|jete*|throw*|toss*|lancer|emettre) [_] [_] (thought|idea|ideas|idee|idees|suggestion|
        ballon d'essai|trial balloon)
    (idee|pensee|suggestion|thought|idea) (lance*|jete*|en l'air|comme ca|en passant|a voix haute|out loud|thrown|
        floated)
    (why not|pourquoi ne pas|pourquoi pas|et si on|et si nous|what if we|how about|what about) _ .. .. ?
    (should we|shall we|do we want|do we need|do we really|would we|could we|is this something we|are we sure|
        is it worth|is it still worth|faut-il|devons-nous|devrait-on|doit-on|voulons-nous|veut-on|souhaitons-nous|
        est-ce que nous voulons|est-ce que l'on veut|est-ce qu'on veut|est-ce quelque chose que|peut-on se permettre|
        garde-t-on|prefere-t-on|continue-t-on|vaut-il mieux|est-ce utile|est-ce souhaitable) .. .. .. ?
    ^_ [_] [_] [_] (or|ou|vs|versus) [_] [_] _ [_] ?
    (top|bottom|left|right|haut|bas|gauche|droite|before|after|avant|apres) (or|ou) (top|bottom|left|right|en haut|
        en bas|haut|bas|gauche|droite|before|after|avant|apres) [_] (what|which|who|quel*|laquelle|lequel|?)
    -- not settled
    (nothing|nobody|no one|not|n't|never|yet to|rien|pas|jamais|ni) [_] [_] [been|ete|encore|yet|fully|really|
        vraiment] [been|ete] (decided|settled|agreed on|agreed upon|made up|voted on|ruled|decide*|tranche*|arrete*|
        acte*|prononce*|statue*|arbitre*|mis* d'accord|choisi*) [_] [_] [_] (yet|encore|so far|about|on|whether|which|
        how|for now|pour l'instant|sur|si|entre|quant|a ce stade|its mind|their mind|our mind|/)
    (committee|board|team|maintainers|members|council|group|comite|bureau|equipe|conseil|membres|groupe|
        assemblee) & (made up (its|their|our) mind|makes up its mind|prononce*|pas d'accord|disagree*|
        in disagreement|desaccord|divided|split over|partage*|divise*|hesit*|undecided|indecis*|statue*|pas tranche|
        n'a pas tranche|a trancher|trancher*|debat*|debate*|deliber*)
        & (not|n't|yet|whether|which|about|on|over|until|pas|encore|si|sur|entre|avant|prochain*|next|quel*|a la|lors)
    (disagreement|no agreement|controversy|controversial|dissent|mixed opinions|opinions differ|opinions are|
        views differ|desaccord|divergen*|controvers*|avis partages|avis divergent|pas d'accord|pas unanim*|
        not unanimous) & (about|on|over|whether|which|date|see|thread|how|sur|quant|si|fil|quel*|comment|vote|
        discussion)
    (arguments|reasons|points) [_] (for and against|in favour and against|pour et contre|pour ou contre|both ways|
        on both sides)
    (arguments|opinions|avis|votes|ideas|idees|temoignages|experiences|retours|feedback) & (collect*|gather*|recens*|
        recueill*|rassembl*|welcome|bienvenu*|appreciat*|appreci*|before we|avant de|avant d'*|avant qu'*)
        & (decid*|choose|choos*|vote*|touch*|change*|start*|build*|nothing|rien|tranch*|choisi*|touche*|commenc*|
        chang*|before|avant|both|pour|against|contre)
    (appreciate|value|love|welcome|want|like to have|like to know|like to hear|interested in|curious about|need|
        aimerais|aimerions|voudrais|voudrions|souhaite*|souhaitons|j'attends|nous attendons|curieux de|curieuse de|
        interesse par|besoin de) [_] [_] [_] (your|everyone's|everybody's|people's|votre|vos|vos|l'avis|les avis|
        le sentiment|leur avis) [_] (input|opinion*|view*|thought*|feedback|take|feeling*|preference*|sentiment|
        ressenti|avis|impression*|point de vue|retour*|reaction*|position|idees)
    (leave|cast|add|give|laissez|donnez|ajoutez|exprimez) [_] (your|votre|vos) (vote|votes|voice|choice|opinion*|
        preference*|choix|voix|avis)
    (would|do|does|will|est-ce que|est-ce|would) [_] (anyone|anybody|people|users|somebody|someone|members|ca|cela|ce|
        quelqu'un|des gens|les gens|les membres) [_] (want|use|need|care|like|find|interesse*|serait utile|servirait|
        utiliser*|voudrai*|aurai*|be interested|miss) & (brainstorm*|idea*|thinking|wonder*|just|only|idee*|reflech*|
        demande*|question*|simple*|juste|voix haute|opinion*|avis|at all|vraiment)
    (just brainstorming|i'm brainstorming|simple brainstorming|thinking out loud|thinking aloud|
        reflechis a voix haute|reflexion a voix haute|pense tout haut|je me demande si|i wonder if we|
        i wonder whether we|i've been wondering whether|je m'interroge sur) [_] [_]
    (sorry|desole|desolee|pardon|excuse*) & (wrong place|right place|not the place|bon endroit|mauvais endroit|
        question|newbie|stupid|bete) & (ask|asking|where|how|find|demander|poser|ou|comment|trouv*|endroit|place)
    (poll|vote|sondage|scrutin|questionnaire) & (👍|🎉|❤|👎|until|jusqu'*|open|ouvert|below|ci-dessous) & (option*|
        choose|choisi*|prefer*|before|avant|decid*|which|quel*|day|jour)
    (we|on|nous|i|je) [_] (could|might|pourrait|pourrions|pourrais|may) [_] [_] [_] [_] & (or not|or maybe|or perhaps|
        ou pas|ou non|ou alors|ou bien|or else|peut-etre pas|maybe not) & (what|sure|opinion*|idea|think|avis|idee|
        sur|sais|know|dunno|?)
    (which|quel|quelle|quels|quelles|lequel|laquelle) [_] [_] [_] [_] (prefer*|favour*|better|best|preferez*|mieux|
        meilleur*) & (mock-up*|maquette*|variant*|version*|vote|votez|opinion*|avis|tell|dites|let us|proposal*|
        proposition*|two|deux|three|trois)
""")  # fmt: skip
