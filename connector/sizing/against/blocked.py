"""It must wait for something that is not there yet."""

from __future__ import annotations

from connector.sizing.against.common import CANNOT, CE, COMMENCER, NOT, START
from connector.sizing.against.phrases import lines

LABELS = lines("""
    [is|currently] blocked [upstream|by upstream|on upstream|externally|by external|external|by dependency|
        by another issue|by pr|by backend|by design|issue]
    upstream blocked
    blocker upstream
    (waiting|wait|awaiting|pending|blocked|depends|dependent) [on|for] (upstream|release|[a|the|next] release|
        dependency|another issue|other issue|another pr|backend|api|design|external|third party|3rd party|vendor|
        merge|next (version|major|release)|legal|deployment|migration|prerequisite|blocker|client|customer|partner|
        publication)
    [has|with|unmet] (dependency|dependencies|prerequisite|prerequisites) [not met|unmet|missing|blocking|open|
        pending]
    has (dependency|dependencies)
    not before [v] [next|_] [release]
    upstream [bug|issue|fix|needed|dependency|fix needed|release needed]
    needs (upstream|upstream fix|upstream release|release)
    impeded
    impediment
    bloque [par|en amont|amont|par l'amont|cote amont|par une dependance|externe]
    bloquee
    bloquant amont
    (en attente|attente|attend|attendre|en attente de|en attente d') [de|du|d'|la|l'|une|un] (amont|upstream|version|
        la version|publication|sortie|livraison|dependance|prestataire|fournisseur|fusion|tiers|externe|partenaire|
        client|prerequis|l'api|api|backend|migration|decision externe|livraison amont|correctif amont|deploiement|
        la prochaine version|prochaine version|autre ticket|un autre ticket|maquettes)
    depend [d'un|d'une|de] [autre|l'] (ticket|amont|fiche|tiers|autre)
    [dependance|prerequis|prealable] (manquant|manquante|manquants|non rempli|non remplis|bloquante|amont)
    dependance externe
""") + lines("""
    en attente de [la] version _
""")  # fmt: skip
SAYS = lines("""
    -- blocked, on hold
    (this|it|issue|ticket|task|we|i'm|i am|work|feature|which|story) (is|are|am|remains|'re|'s|currently) [currently|
        still|now|completely|at the moment|also|sadly|unfortunately|all] (blocked|held up|gated|stalled) (by|on|until|
        for|pending|behind|upstream|because|here|at|due to|since|as long as|$)
    (this|it|issue|ticket|task|work|feature|story) (is|are|remains|has been|was) [currently|still|now] (on hold|
        on ice|parked|postponed|deferred|shelved|frozen|suspended|paused|halted|put on hold|put off|put on ice|
        in limbo) (until|for|because|by|while|pending|till|due to|$)
    (this|it|issue|ticket) is [currently|still] blocked $
    [still|currently] blocked (by|on|pending|behind) (#1|upstream|another|other|a missing|missing|lack|the lack|
        the release|the merge|the migration|the upgrade|the missing|the decision|the outcome|the review|an upstream|
        our|their|waiting|#|release|design|backend|the backend|the api|the new|the next|work on|external|a third|
        legal|the work|vendor|the vendor|dependency|a dependency|a bug in|an open|two|three|both|@x|Name)
    ^[still|currently|status] blocked (by|on|until|for|pending|upstream|behind|as long as) !default
    blocked (until|till|as long as|pending)
    ^blocked /
    blocker* (#1|open #1)
    ^[currently|still|put|status] [put|is] (on hold|on ice|parked|postponed|deferred|shelved|frozen|suspended|
        paused) (until|for|because|pending|till|while|$)
    (on hold|on ice) (until|till|for now|pending|because|while|waiting|as long as)
    (put|putting|placed|place|keep|keeping) [this|it|that] [back] on (hold|ice)
    (parked|postponed|shelved) (until|till|pending|for now|because|while)
    on hold
    -- cannot be started before something else
    ({CANNOT}|can only|can not yet|can't yet|cannot yet) [be] [really|even|yet|possibly|safely] ({START}) [on|
        with] [this|it|anything|work|working|here|that] [any earlier|at all|yet|sensibly|properly] (until|before|
        unless|as long as|till|once|while|after|as #1|so long as|prior to)
    (we|nobody|no one|nothing|one|work|this|it) (can't|cannot|can not|can|must not|should not|shouldn't|
        could not) [be] [really|yet] ({START}) (yet|for now|so far|at this point)
    (nobody|no one|nothing) can [be] ({START}) (until|before|unless|as long as|till)
    (don't|do not|please don't|please do not|no need to|not) [even] (start|begin|do|merge|work on|implement|
        tackle) [on|with|work|working] [this|it|that|anything|on this|on it|ticket|issue] (until|before|
        unless) !(you have read|reading|talking|asking|you|commenting)
    (no point|no use|no sense|pointless|useless|premature|too early|makes no sense|does not make sense|
        doesn't make sense|makes little sense|not worth|futile) [in|to|of] (start*|begin*|doing this|do this|work*|
        this|implement*|try*) [on|this|it|work] (before|until|earlier|yet|now|as long as|while|any earlier|unless|$)
    (not|never) to be (started|done|begun|merged|implemented|tackled|worked on) (before|until|unless)
    (before|until) [#1|this|that|it|then] [is|has|lands|exists] .. (we|this|nobody|nothing|it) (can't|cannot|can not|
        can do nothing|can't do) [be] [really] [{START}]
    (only|not) [possible|doable|feasible|actionable|makes sense|makes sense to do|be done|start|useful|
        useful only] (once|after) (#1|1.0|[the|their|our|a|that|version|release|both|these|all] .. (released|
        published|merged|shipped|landed|migrated|upgraded|deployed|available|out|gone|dropped|signed|decided))
    -- it depends on, waits for
    [this|it|which|also|issue|still] (depends|depending|dependent|relies|hinges|contingent|rests) [directly|also|
        still|entirely|heavily] (on|upon) (#1|both #1|another (issue|ticket|pr|mr|pull|merge|team|project)|
        upstream !(version)|[the|a|an|our|their] [next|new|upcoming|pending|unreleased|unmerged|future|final|
        unfinished] (release|merge|outcome|completion|migration|upgrade|decision|approval|publication|unreleased|
        unmerged|work in|work on|redesign|refactoring|rewrite|result of))
    depends on #1
    (dependencies|dependency|depends on|prerequisite|prerequisites|requires|requires first|needs|needs first|after|
        blocked by|precondition|follow-up to|follows) #1 [and|to|which|that|is|are|has|be|first|being|still|
        getting] [both|all|still|not|be|been|to be|isn't] (open|unmerged|merged first|done first|landed first|
        released first|first|finished first|unreleased|unfinished|unresolved|to land|to be merged|in progress|
        be merged|to be done|to be fixed|not merged|not done|being merged|being done|being released|being fixed|
        getting merged|landing)
    (prerequisite|prerequisites|precondition|preconditions|hard dependency|must come after|to be done after|
        has to come after|comes after|only after|needs #1 before|can only come after|do after|waits for|wait for|
        waiting for|waiting on|awaits|awaiting|pending) #1
    (prerequisites|prerequisite|preconditions|precondition) .. (none|not|n't|yet|neither|aren't|isn't) .. (met|
        fulfilled|there|done|satisfied|exist|ready|available|in place|finished|resolved)
    (unmet|open|unresolved|unfulfilled) (prerequisite|prerequisites|precondition|preconditions|blocker|blockers) !(of)
    #1 [is|are|which is|has|have|that is|being] [both|all|itself] (still open|still unmerged|still in review|
        still pending|not merged|not yet merged|not done yet|not finished|unreleased|not released|not yet released|
        still not|yet to be|hasn't been|isn't merged|isn't done|isn't finished|not closed|unresolved|still unresolved|
        still in progress|still being)
    #1 (must|has to|have to|needs to|need to|should|shall|should probably|ought to|will have to) [be] [first] (merged|
        done|fixed|closed|released|land|resolved|come|finished|finish|go in|completed|happen|implemented|landed|
        be in) [first|before|beforehand]
    ^[this|it|we|issue|ticket|i'm|i am] [is|are|'re|still|currently|just] [still|currently|now|just] (waiting|waits|
        awaiting|awaits|pending|must wait|has to wait|have to wait|needs to wait|will have to wait) [for|on|until|
        till] .. (release*|upstream|version|publish*|merge*|land*|ship*|answer from|reply from|response from|decision|
        approval|go-ahead|green light|sign-off|signoff|vendor|supplier|provider|maintainers|customer*|client*|board|
        lawyer*|legal|migrat*|upgrad*|available|delivery|deliver*|confirmation|contract|team|committee|council|agency|
        designer*|backend|mock-up*|mockup*|feedback from|budget|quote|upstream fix|deploy*|partner*|ministry|
        word from|news from|decide*|hosting|translation*)
    (wait|waiting|waits|awaiting|awaits) [for|on|until] (#1|upstream|[the|a|their|an|its|our|next] [next|new|upstream|
        major|official|stable|patched|minor|fixed|upcoming|final] [_] (release|version|go-ahead|green light|sign-off|
        approval|vendor|maintainers|provider|supplier|board|migration|upgrade) !(number|notes|of the page|field))
    (must|has to|have to|needs to|need to|should|will have to|let's) [first|probably|unfortunately|
        better] wait (until|for|till) .. (release*|upstream|version|publish*|merge*|shipped|answer*|approval|go-ahead|
        green light|vendor|migrat*|upgrad*|decision|decide*|#1|contract|team)
    (until|till|before|unless|as long as|as soon as|once|when|only after|only when|not before|after) (#1|1.0|upstream|
        [the|their|our|a|that|this|these|those|both|version|release|all|its|new|next] .. ) [two|pr|mr|has|have|is|are|
        been|finally|ships|both] (released|published on|been published|shipped|landed|lands|lands on|lands in|
        been merged|is merged|are merged|comes out|come out|ships|been dropped|migrated|goes live|went live|
        been upgraded|signed off|given the go-ahead|been decided|given us|signed the|approved|been validated|
        made up their|reaches|reached|been released|is released|are released|gets released|gets merged|get merged|
        is out|are out|in place|sunset|end of life|eol)
    (come back|coming back|get back|return|revisit|revisited|reconsider|resume|resumed|pick up|picked up|reopen|look|
        tackle|restart|take up) [to|at|be] (this|it|that|work) [up|again] [again] (when|once|after|as soon as|
        if and when|with the next|later when)
    (revisit|revisited|resumed|picked up|tackled|reconsidered) [again] (when|once|after the|as soon as|if and when)
    (pick|take) (this|it|that) up [again] (when|once|after|as soon as)
    -- something is not there yet
    (release 1.0|version 1.0|their release|their fix|api|endpoint|dependency|backend|upstream|sdk|maintainers|vendor|
        supplier|provider|gateway) [1.0] [_] [_] ({NOT}) [been|yet|even|actually] [been|yet] (released|out|published|
        shipped|merged|landed|tagged|launched|announced|deployed|rolled out|finalised|finalized|delivered|ship|
        release|publish) (yet|so far|it yet|it|one yet|until|/)
    ({NOT}) [been] [yet] (released|shipped|published|merged|landed|tagged|delivered|rolled out) (yet|so far|a fix|
        the fix|it yet|it /|them yet|a new version|one yet)
    ({NOT}) yet [been] (released|shipped|published|merged|landed|tagged|out|delivered|rolled out|live)
    (api|endpoint|backend|server|service|gateway|library|sdk|table|feature|module|schema|migration|they|
        that) [for this|part|side] (does not|doesn't|do not|don't|did not|didn't) [even] (exist|offer|expose|support|
        return|provide|have) [it|this|that|them|the _|the _ _|one|these] yet
    (has|have|needs|need|must|should) [to] (exist|be there|be in place|land|be merged|be released|be published|
        be fixed upstream|be ported|be decided) [upstream] (first|beforehand|before this|before that|before we can|
        before work)
    (has|have|needs|need|must|should) [to] (be upgraded|be finished|be migrated|be deployed|be available|be built|
        be done|be fixed|be resolved|be implemented|be written|be ready) [upstream|first] (before this|before that|
        before we can|before work)
    (needs|requires|need|requiring) .. (to be|be) (merged|released|upgraded|finished|migrated|published|deployed|
        fixed|resolved|implemented) (upstream|before we can|before this|before work)
    (needs|requires|must|has|have|waiting|wait) [to|a|an|for] [be|get] (fix|fixed|fixing|solved|resolved|merged|
        change|changes|released|patched|addressed) [to be] (upstream|in upstream|on their side|at their end|
        by the vendor|by upstream)
    (before|until|till) we can (start|begin|work|proceed|remove|continue|implement|move|do this|do it|go on|tackle|
        finish|merge|switch|use|drop|delete) [on] [this|it|here]
    (only|so far only|still only|still) (in|part of) [the|an|their|its] [upstream|_] (unreleased|development branch|
        main branch|master branch|pre-release) [version|branch|upstream]
    pending (upstream|release|approval|legal|a decision|the release|the merge|the outcome|sign-off|review by)
""", CANNOT=CANNOT, START=START, NOT=NOT) + lines("""
    -- bloque, en attente
    ({CE}) (est|reste|demeure|sont) [donc|encore|toujours|actuellement|pour l'instant|pour le moment|
        malheureusement] (bloque*|suspendu*|gele*|en attente|en pause|en suspens|au point mort|reporte*|differe*|
        ajourne*|en stand-by|en standby|mis* en attente|mis* de cote|mis* en pause|au frigo|au congelateur|remis*|
        coince*|tributaire*)
    (c'est|on est|nous sommes|je suis|tout est|cela est|ceci est|reste) [donc|encore|toujours|actuellement|
        pour l'instant] (bloque*|coince*|suspendu*|en attente|au point mort|gele*) (par|de|d'|jusqu'*|tant|a cause|
        en attendant|chez|faute|la-dessus|cote|$)
    [encore|toujours|actuellement] bloque* (par|sur|a cause de|cote|faute de) (#1|un autre|une autre|l'absence|
        le manque|l'amont|upstream|la sortie|la migration|la mise a|la publication|la fusion|la refonte|la livraison|
        une dependance|un bug de|un bogue|l'api|le prestataire|l'hebergeur|la federation|la validation|la decision|
        le ticket|la bibliotheque|notre|leur|nos|le fournisseur|l'editeur|le service|l'attente|deux|trois|@x)
    ^[encore|toujours|actuellement|etat|statut|ticket] (bloque|bloquee|suspendu|suspendue|gele|gelee|en pause|
        en suspens|en stand-by|en standby|au frigo|au point mort|reporte|reportee|differe|differee|ajourne|ajournee|
        mis en attente|mise en attente|mis de cote|en attente) [par|jusqu'*|tant|de|du|d'|des|en attendant|faute|pour|
        que|a|le temps|depuis|$] (la|le|l'|les|que|#1|$)
    bloque* (jusqu'*|tant que|en attendant|dans l'attente|le temps que)
    (bloque|bloquee) par #1
    (suspendu*|gele*|reporte*|differe*|ajourne*|repousse*|mis* en attente|mis* en pause|mis* de cote|en pause|
        en suspens|en stand-by|remis*) (jusqu'*|tant que|en attendant|dans l'attente|le temps|faute de|sine die|
        a plus tard)
    (on|nous|je) (attend|attendons|attends) [encore|toujours|donc|d'abord] (#1|[la|le|les|leur|leurs|l'|un|une|que|
        des|de|qu'*|notre] .. (sortie|version|publication|publie*|reponse|repond*|validation|valide*|fusion*|decision|
        decide*|correctif|livraison|livre*|feu vert|accord|retour|amont|fournisseur|prestataire|mise a jour|devis|
        migration|migre*|signature|signe*|hebergeur|maquette*|graphiste|bureau|assemblee|budget|federation|ministere|
        mairie|editeur|traduction*|deploie*|deploiement|disponible|tranche*|confirm*|1.0))
    (en attente|dans l'attente|en attendant|attente|attend|attendre|attendons|attendez|attendant) [de|du|d'|des|la|le|
        les|l'|que|un|une|leur|encore] (#1|[la|le|les|l'|leur|un|une|prochaine|nouvelle|que] (publication|sortie|
        version|fusion|livraison|reponse|validation|decision|correctif|feu vert|accord|retour|amont|prestataire|
        fournisseur|mise a jour|mise en production|mise en ligne|migration|signature|devis|upstream|deploiement|
        confirmation|hebergeur|editeur|stabilisation|prochaine|publie*|nouvelle version|prochaine version|arbitrage|
        maquettes|federation))
    -- on ne peut pas commencer avant
    (on|nous|ceci|cela|ticket|fiche|tache|rien|personne|{CE}) [ne|n'|y] [peut|peuvent|pouvons|pourra|pourront|
        pourrons|doit|doivent|sera|est|saurait|peux] (pas|rien|point|peut-on|peut|pourra|possible|
        doit) [encore] [etre] [possible] [de|d'|y] ({COMMENCER}) [sur|a|ce|cette|cela|ici|le] [ticket|sujet|fiche|
        travail|tache] (avant|tant que|tant qu'*|sans que|jusqu'*|aussi longtemps|pour l'instant|pour le moment|d'ici)
    (ne|n'|on) [ne|n'] (peut|peuvent|pouvons|pourra|pourront|pourrons|doit|doivent|faut|saurait|pouvez|peux) (pas|
        rien|point) [encore] [etre] ({COMMENCER}) [ce|cette|cela|ca|ici|la|le|sur] [ticket|sujet|fiche|travail|tache|
        chantier] (avant|tant que|tant qu'*|sans que|jusqu'*|d'ici|pour l'instant|pour le moment)
    (impossible|pas possible|hors de question|interdit|trop tot|premature|inutile|pas la peine|rien ne sert|
        ne sert a rien|aucun interet|pas utile|vain) [de|d'|a|pour] ({COMMENCER}) [ici|dessus|ce|cette] [ticket|sujet|
        fiche|travail|tache] (avant|tant que|tant qu'*|sans|jusqu'*|d'ici|$|pour l'instant|maintenant|plus tot)
    (ne|surtout) pas ({COMMENCER}) [ce ticket|cette fiche|ce sujet|cette tache] (avant|tant que|tant qu'*|jusqu'*|
        sans que|d'ici)
    (a ne pas|ne pas) ({COMMENCER}) (avant|tant que|tant qu'*)
    ({COMMENCER}) (avant|plus tot) (serait|est|ne) [pas|sert|inutile|impossible|premature]
    (rien|pas) .. avant (#1|la sortie|la publication|la fusion|la livraison|la mise en|que .. (publie*|fusionne*|
        livre*|valide*|sort*|disponible*|migre*|deploye*))
    (realisable|faisable|possible|utile|pertinent|a faire|envisageable) [uniquement|seulement|qu'*|que] (apres|
        une fois|quand|lorsque|des que|a partir) [que|la|le|l'] [#1|sortie|fusion|publication|version|migration|
        livraison|mise|1.0]
    -- cela depend de
    (depend|dependent|dependant|dependante|tributaire|tributaires|conditionne*|subordonne*|suspendu*) [encore|
        toujours|directement|de] (de|du|des|d'|a|par) (#1|[la|le|l'|leur|un|une|la prochaine] (sortie|publication|
        fusion|livraison|mise en|mise a jour|decision|validation|migration|autre ticket|version|amont|accord|feu vert|
        arbitrage|resultat|aboutissement|refonte|signature|reponse|correctif|prealable|achevement|fin de|ticket #1|
        fiche #1|prestataire|fournisseur))
    (prerequis|prealable|prealables|pre-requis|dependances|conditions) .. (non|pas|aucun*|manquant*|encore|ouvert*|
        toujours) [encore|tous|n'est|n'*] (rempli*|satisfait*|atteint*|la|prets|pret|leve*|reuni*|termine*|manquant*|
        ouvert*|resolu*|a ce jour|fait*)
    (prerequis|prealable|prealables|pre-requis|necessite|necessite d'abord|requiert|demande d'abord|suppose|apres|
        il faut d'abord) [la fusion de|la resolution de|la cloture de|que|:|le|la|l'|d'abord] #1
    #1 [est|sont|et #1|tous deux|lui-meme|,] [n'est|ne sont|est|sont] (toujours ouvert*|encore ouvert*|
        toujours en cours|pas encore|toujours pas|non fusionne*|pas fusionne*|pas termine*|pas fini*|non resolu*|
        encore en cours|encore en relecture|pas clos*|pas resolu*)
    #1 [et #1] (doit|doivent|devra|devront) [d'abord|etre|au prealable|avant|prealablement] (etre|fusionne*|termine*|
        resolu*|ferme*|passer|fini*|clos*|abouti*|livre*)
    (doit|doivent|devra|devront|faut) [que] .. (d'abord|au prealable|prealablement|auparavant|en premier|avant cela|
        avant ca) [etre] (etre|exister|fusionne*|publie*|migre*|mis* a jour|mise|sort*|livre*|termine*|deploye*|
        disponible*|valide*|cree*|resolu*|corrige*)
    (doit|doivent|devra|devront) (etre|exister) .. (d'abord|au prealable|prealablement|auparavant|avant tout|
        avant que|avant de pouvoir)
    il [nous|leur|lui|me] (faut|manque|faudra|faudrait) [d'abord|encore|toujours|avant tout|attendre] [la|le|leur|une|
        un|que|l'] [prochaine|nouvelle|derniere|leur] (version|sortie|publication|livraison|mise a jour|fusion|
        correctif|migration|feu vert|accord|validation) [_] [_] (pour|avant|afin|publie*|etiquete*|soit|sort*)
    (avant de|pour) pouvoir (avancer|commencer|demarrer|continuer|s'y mettre|traiter|y travailler)
    -- tant que, des que
    (tant que|tant qu'*|jusqu'a ce que|aussi longtemps que) .. (#1|1.0|version|sorti*|sort|publie*|fusionne*|valide*|
        livre*|migre*|deploye*|disponible*|tranche|decide|repondu|signe*|fini*|termine*|existe*|abandonne*|accepte*|
        ferme*|resolu*|recu*|leve*|donne* (leur|son|le|sa)|retire*|corrige*|integre*|prevu*|choisi*)
    (des que|des qu'*|une fois|une fois que|quand|lorsque|lorsqu'*|aussitot que|seulement apres|qu'apres|pas avant|
        apres|a compter de|des) [que] [#1|la|le|leur|l'|les|ces|cette|ce|notre] .. (sera|seront|aura|auront|soit|
        sortira|sortie|seront tous|passera|arrivera|fusionnera|publiera|paraitra|livrera) [enfin|tous|tous deux|ete|
        toutes] (sorti*|publie*|fusionne*|livre*|valide*|migre*|deploye*|disponible*|en ligne|en production|tranche*|
        repondu|signe*|paru*|integre*|adopte*|stabilise*|merge*|mis* a jour|mise|retire*|abandonne*)
    (des que|une fois|quand|lorsque|des) .. (sortira|paraitra|sera sorti*|sera publie*|sera fusionne*|sera paru*|
        seront fusionne*|aura valide|aura repondu|aura tranche|aura migre|auront migre|aura publie|aura livre|
        auront repondu)
    [a] (reprendre|faire|traiter|realiser|lancer|rouvrir|revoir|retirer|reprendra|reprendrons|reviendra|reviendrons|
        reprend|reprise|reparlera|reparle|reparlera|finaliser|terminer|reexaminer) [la|le|dessus|y|ce|cela|ca|
        en] (a la sortie|des la sortie|apres la sortie|apres la publication|apres la fusion|apres la livraison|
        apres la mise en|a la livraison|a la publication|une fois|des que|des qu'*|lorsque|lorsqu'*|quand|apres #1|
        avec la version|avec la 1.0|a la 1.0|en 1.0|des la|apres la migration|apres la reponse)
    (on y|nous y|j'y|y) (reviendra|reviendrons|reviendrai|revient|reviens|revenons) (quand|lorsque|lorsqu'*|des que|
        des qu'*|une fois|apres|a la sortie|avec la)
    (sortie|publication|parution) (de leur|de la|du|prevue) .. (attendue|prevue|attendre)
    -- ce n'est pas encore la
    [n'est|ne sont|n'a|n'ont|n'existe|n'existent|est|sont|mais|toujours|existe|a|c'est|n'ayant] (pas encore|
        toujours pas|pas|non encore) [ete|encore] (sorti*|publie*|fusionne*|livre*|distribue*|diffuse*|merge*|paru*|
        deploye*|etiquete*|integre* en amont|mis* en production|mise en production|mis* en ligne|mise en ligne|
        en production|disponible* en amont|publies sur|annonce*) !par
    (api|serveur|service|bibliotheque|composant|module|point d'acces|passerelle|version|outil|table|route|elle|il|
        interface) .. (n'existe|n'existent|n'offre|ne propose|ne renvoie|ne fournit|n'expose|ne gere|ne donne|
        ne permet) pas encore
    [ne] [se trouve|n'est|n'existe|est|que] que dans (la|une|leur) branche [de] (developpement|principale|main|master)
    (feu vert|accord|aval|validation|autorisation) .. (attendu|attendue|pas encore|requis|requise|necessaire|
        toujours pas|en attente|n'est pas)
    (version|correctif|mise a jour|correction) [amont|corrigee|de leur part|en amont] [est] (attendue|attendu|
        toujours attendue|toujours attendu|pas encore|en attente|prevue pour)
""", CE=CE, COMMENCER=COMMENCER)  # fmt: skip
LIFTED = lines("""
    (unblocked|no longer blocked|not blocked any more|not blocked anymore|isn't blocked|is not blocked|not blocked|
        off hold)
    no longer (depends|waiting|on hold|needs to wait|have to wait|has to wait|stuck|relies|pending)
    (nothing|none|no one|nobody) [else|more] [is|are|left|to] (blocks|blocking|block|holding|in the way|stopping|
        preventing|wait for)
    (no|zero) [known|more|remaining|open|further] (blocker|blockers|blocking|dependency|dependencies|prerequisite|
        prerequisites)
    (dependencies|dependency|blockers|blocker|blocked by|blocking anything|blocking|prerequisites|prerequisite|
        depends on) (none|no|nothing|n/a|all done|all met|met|fulfilled|done|-) !(of)
    (can|may) now (start|be started|begin|be done|be picked|proceed|go|work|be worked|be removed|be implemented|
        be merged|be tackled)
    (anybody|anyone|we|you|everybody) (may|can) (start|go ahead|begin|proceed|pick) [now|right|$|this|it]
    (way|path|road|coast) is [now] (clear|free|open)
    good to go
    (released|merged|published|shipped|landed|out|done|available) (now|since|last week|last month|yesterday|today|
        in the meantime|meanwhile)
    [been|was|is|are|has been|all|both|got|now|just|since] [now|already|finally|both|all] (merged|released|published|
        shipped|landed|closed) (so|and so|hence|therefore|which means|last|yesterday|today|in [january|may|june|march|
        april|july|august|september|october|november|december|version|the meantime])
    (la voie|voie) [est] [maintenant|desormais|donc] (libre|ouverte|degagee)
    (n'est|ne sont|n'etant) plus (bloque*|en attente|suspendu*|gele*|en pause|tributaire*|dependant*)
    ne depend plus
    (plus rien|rien|plus aucun*|aucun*) [ne|n'|obstacle|blocage] [plus] (bloque|empeche|s'oppose|bloquant|obstacle|
        attendre|blocage|retient)
    (est|ete|etre|sont|desormais|maintenant|enfin|a nouveau|ticket|fiche|vient d'etre) debloque*
    (bloquant|blocage) non
    (bloquant|dependances|prerequis|blocage|dont celui-ci depend|depend de) (aucun|aucune|aucuns|neant|leve*|rempli*|
        satisfait*|rien)
    (peut|peuvent|pouvez|pouvons) (maintenant|desormais|donc|enfin|a present) (etre|commencer|demarrer|avancer|
        y aller|s'y mettre)
    (tout le monde|chacun|n'importe qui|on) peut (commencer|s'y mettre|demarrer|y aller|avancer) !(pas|que)
    (vient|viennent) d'etre (fusionne*|publie*|livre*|ferme*|resolu*|deploye*|merge*|mis* en)
    (est|sont|a ete|ont ete) [enfin|desormais|maintenant|depuis|tous deux|toutes] (sorti*|paru*|publie*|fusionne*|
        livre*|disponible*|ferme*|clos*|merge*|termine*) (depuis|en [janvier|fevrier|mars|avril|mai|juin|juillet|aout|
        septembre|octobre|novembre|decembre]|la semaine derniere|hier|ce matin|le mois dernier|donc|on peut|
        nous pouvons)
""")  # fmt: skip
