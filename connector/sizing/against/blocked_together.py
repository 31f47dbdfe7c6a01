"""Words that stand together where something has to come first."""

from __future__ import annotations

from connector.sizing.against.phrases import lines

TOGETHER = lines("""
    (can't|cannot|can not|couldn't|won't|must not|unable to|not able to) (do|start|begin|use|offer|add|build|show|
        implement|change|remove|drop|merge|finish) (that|this|it|so|anything) [_] [_] (until|before|unless|as long as|
        till) (the|our|we|they|#1|there|their|both|all|someone|somebody|it is|this is|version)
    ^[c'est] (impossible|infaisable|irrealisable|pas possible|pas faisable) [pour l'instant|a ce jour|de le faire|
        a faire] (tant que|tant qu'*|avant|jusqu'*|sans que)
    (granted|given|signed|promised|sent|delivered|provided|opened|accorde*|donne*|signe*|envoye*|fourni*|livre*|
        ouvert*) [us|nous] [_] [_] [_] (contract|api|access|permission|key|agreement|licence|account|convention|
        contrat|acces|autorisation|cle|accord|compte|data|donnees|texts|textes|files|fichiers) & (until|before|
        as long as|tant que|avant|not yet|pas encore|waiting|attend*|impossible)
    (until|till|jusqu'a ce que|tant que|unless|as long as|before|avant que) (both|all|they|everyone|everybody|
        the last|every|tous|ils|elles|tout le monde|chacun|les deux|les derniers|qu'ils|qu'elles) [_] [_] (have|has|
        aient|ait|auront|n'auront|n'ont|are|soient|is) [_] [_] (switched|moved|migrated|changed|left|stopped|upgraded|
        updated|agreed|answered|change*|migre*|quitte*|bascule*|arrete*|repondu|passe*|mis a jour|d'accord)
    (promised|agreed|oblig*|promis|engage*|contract*) [_] [_] (to|de|a|la|le|
        les) [_] (keep|maintain|support|garder|conserver|maintenir) & (until|till|jusqu'*|as long as|tant que|before|
        avant)
    (until then|till then|before then|d'ici la|jusque-la|en attendant|meanwhile|in the meantime) & (version|release*|
        announced|annonce*|planned|prevu*|expected|attendu*|autumn|automne|spring|printemps|next year|l'an prochain|
        merge*|publi*|sort*|approv*|valid*) & (only|live with|have to|wait*|faut|faire avec|attend*|seulement|can't|
        ne peut|que|not|nothing|rien|keep|garde*)
    (sign* off|signed off|approved|validated|cleared|checked|reviewed|confirmed|agreed|valide|validee|validees|
        valides|approuve*|verifie*|relu*|confirme*|accepte*|autorise*) (by|par) & (first|d'abord|not happened|not yet|
        n't yet|pas encore|so far|au prealable|beforehand|before|avant que|avant de|hasn't|still|toujours pas|waiting|
        attend*)
    (which|and that|that|this|ce qui|cela|or ce) (has|have|is|n'est|n'a|hasn't|isn't) [not|pas|toujours|encore] [not|
        pas|encore] (happened|been done|done|the case|le cas|ete fait|arrive|fait) [_] (so far|yet|encore|for now|
        pour l'instant|le cas|/) & (first|need*|must|depend*|d'abord|faut|doit|avant|before|until|tant que|require*|
        necessit*)
    (only|not|ne|n'|seulement|uniquement) [_] [_] [_] [_] [_] (from|in|with|starting with|as of|a partir de|des|dans|
        avec) [la|the|leur|their] [next|prochaine|upcoming] (version|release) [1.0] [on] & (announced|annonce*|
        planned|prevu*|expected|attendu*|until|d'ici|wait*|attend*|not out|pas encore|not yet|coming|later|autumn|
        automne|spring|printemps|summer|ete|winter|hiver|next)
    (live with|faire avec|put up with|se contenter de|make do with) (the|what|old|l'ancien*|le|la|ce|current|
        existing) & (until|till|d'ici|en attendant|tant que|for now|before)
    (as long as|unless|until|till|not before|only after|once|tant que|jusqu'a ce que|pas avant|avant que|
        seulement apres|une fois que|apres) [the|le|la] #1 [_] (isn't|is|hasn't|has|gets|lands|n'est|est|n'a|a|sera|
        soit|aura|remains|reste|merges|ships|solved|merged|done|closed|fixed|resolu*|fusionne*|ferme*|termine*|clos*)
    (yet to|not yet|n't yet|has not|hasn't|haven't|n'a pas encore|ne nous a pas|n'ont pas encore|n'avons pas|
        pas encore|toujours pas|still no|still without) [_] [_] [_] [_] (go-ahead|green light|approval|sign-off|
        consent|feu vert|accord|aval|autorisation|validation|permission)
    ^[currently|still|actuellement|toujours] (hold|on hold|waiting|paused|pause|parked|en suspens|en attente|en pause|
        suspendu|gele|stand-by|standby) :
    (need*|require*|il faut|il nous faut|faut|necessite*|demande) [_] [_] [_] [_] [_] [_] [_] (first|d'abord|
        beforehand|avant|prealable*|auparavant) & #1
    (needs|requires|il faut|il nous faut|necessite|we need) [_] [d'abord|first] [_] [_] [_] [_] [_] & (#1|version|
        release) & (nobody has|no one has|personne n'a|not begun|not started|pas commence*|planned for|prevu*|due in|
        expected in|scheduled for|annonce*|attendu*|d'ici la|before then|not out|not released|pas sorti*|pas publie*|
        later this year|next year|l'an prochain|courant)
    (nothing|rien|no work|not much) [_] (to do|to be done|can be done|can happen|a faire|ne peut|
        possible) [_] (before|until|till|d'ici|avant|tant que|jusqu'*)
    (makes no sense|no sense|pointless|useless|premature|too early|a waste|n'a pas de sens|aucun sens|pas de sens|
        inutile|premature|trop tot|vain) & (as long as|until|unless|before|tant que|avant|jusqu'*) & (#1|release*|
        merge*|decid*|publi*|sort*|fusion*|resolu*|solved|fixed|done|there|finished|migrat*|termin*|ready|pret*|
        valid*|approv*)
    (lawyer*|legal|board|committee|treasurer|council|auditor*|insurer|hosting provider|vendor|supplier|partner*|
        juriste*|avocat*|bureau|comite|tresori*|conseil|assureur|hebergeur|fournisseur|prestataire|partenaire*|mairie|
        prefecture|federation) [_] (is|are|est|sont|verifi*|examin*|etudi*|doit|doivent|must|has|have|still|needs|
        need) [_] [_] (checking|reviewing|examining|considering|thinking|looking|answer*|decide*|approve*|confirm*|
        sign*|verif*|en train|encore|toujours|repondre|valider|confirmer|signer|trancher|approuver)
        & (hold|wait*|pause*|until|before|suspen*|attend*|attente|tant que|avant|not start|ne pas)
    -- nothing can be done before
    (nothing|not much|little|rien|pas grand-chose) [that] [we|on|you|nous|i] [can|peut|pouvons|peux|ne peut] (do|
        be done|faire|to do|a faire|a appeler|to call|to build on) [here|about it|ici|encore|yet|for now] [_] (until|
        before|till|unless|tant que|tant qu'*|avant|as long as|while|jusqu'*|yet|pour l'instant)
    (we|i|one|you|nobody|this|it|work) (can't|cannot|can not|can|couldn't|won't|must not|are not able to|
        will not) [_] (go on|carry on|get on|move on|get going|get started|take this further|go further|do much|
        do anything|advance|touch this|tackle it) [with] [this|it|here] [_] (before|until|unless|till|as long as|
        while|for now|yet)
    (on|nous|je|personne|rien) (ne|n') (peut|pouvons|peux|pourra|pourrons) (rien|pas|guere|plus) [y] [faire|avancer|
        continuer|commencer] [_] [_] (avant|tant que|tant qu'*|jusqu'*|sans la|sans le|sans leur|sans que|
        pour l'instant)
    (can|could|should|must|will|may|shall) only (happen|be done|be started|start|begin|be merged|land|go in|
        be tackled|be removed|be switched|be deleted) (once|after|as soon as|from the moment)
    (can|will|to|should|must|shall) be (picked up|done|started|resumed|tackled|removed|deleted|enabled|activated|
        finished|continued|taken up|merged|switched on|reopened|revisited|worked on) [again] (when|once|as soon as|
        only after|after #1|when #1|only when) [_] [_] [_] [_] [_] (closed|merged|released|shipped|out|published|done|
        migrated|deployed|available|landed|dropped|approved|signed|decided|finished|live|gone|resolved|there)
    (possible|realisable|faisable|envisageable|activable|a faire|a reprendre|a traiter|peut se faire|pourra se faire|
        se fera|sera fait|sera faite|reprendra|reprendrons|pourra etre|pourront etre|ne se fera) [_] [seulement|
        uniquement|qu'*|que|alors] (quand|lorsque|lorsqu'*|une fois|apres|des que|des qu'*|a partir du moment|
        a la sortie|a l'issue)
    -- what it needs is not there
    (need*|require*|rely|relies|depend*|necessaire*|requis*|indispensable*|repose*|faut|besoin|necessit*|for this|
        pour cela|pour ca) & (not|n't|never|pas|jamais) [_] (yet|encore|toujours) [ete] [been] (set up|installed|
        built|created|written|deployed|launched|delivered|provisioned|ordered|bought|released|published|merged|
        shipped|landed|installe*|cree*|construit*|ecrit*|deploye*|lance*|livre*|commande*|achete*|publie*|fusionne*|
        sorti*|mis* en place|mise* en place)
    (need*|require*|rely|relies|depend*|for this) & (not|n't|hasn't|haven't|isn't|aren't) [been] (set up|installed|
        built|created|deployed|launched|delivered|provisioned|ordered|bought|released|published|merged|shipped|
        landed) yet
    (still missing|missing so far|not there yet|not in place yet|not ready yet|does not exist yet|doesn't exist yet|
        is missing for now|manque encore|manque toujours|manquent encore|pas encore la|pas encore prete|
        pas encore en place|n'existe pas encore|n'existent pas encore|pas encore pret) & (#1|so there|so we|so this|
        hence|therefore|nothing to|donc|du coup|rien a|alors|impossible)
    (backend|server|api|upstream|partie serveur|cote serveur|serveur|amont|design|mock-ups|maquettes|library|
        bibliotheque|data|donnees|translations|traductions|part|partie|piece|brique) [_] [_] [_] (still missing|
        is missing|are missing|not ready|isn't ready|aren't ready|not done|not finished|not there|comes first|
        has to come first|must come first|manque encore|manquent encore|manque toujours|n'est pas prete|
        n'est pas pret|ne sont pas pretes|pas terminee|pas fini|d'abord) & (#1|wait*|attend*|until|tant que|before|
        avant|first|d'abord|nothing to|rien a|so there|donc)
    #1 [_] (first|d'abord|avant|avant celui-ci|before this|comes first|passe d'abord|en premier) $
    -- it was put off
    ^[this|it|ce ticket|cette fiche|ceci|tout] [is|was|est] [been|has been|was|a ete] (postponed|put off|pushed back|
        deferred|moved|shelved|parked|frozen|paused|suspended|halted|delayed|adjourned|reporte|reportee|repousse|
        repoussee|differe|differee|gele|gelee|suspendu|suspendue|en pause|mis en pause|mise en pause|
        ajourne|decale|decalee) (until|till|after|while|during|for|pending|because|to|as long as|by|apres|pendant|
        jusqu'*|tant|en attendant|le temps|au|a|faute|car|pour|durant)
    (upstream|in upstream|amont|en amont|chez eux|on their side|at their end|de leur cote|third party|third-party|
        vendor|editeur|prestataire|fournisseur) & (until|tant que|tant qu'*|wait*|attend*|nothing we can|rien faire|
        rien y faire|not yet|pas encore|have to fix|must fix|has to fix|doivent corriger|doit corriger|
        nous ne pouvons|we can't|we cannot|when they|quand ils|once they|une fois qu'*|to fix|fixed it|release)
        & (fix*|correct*|corrig*|release*|publi*|answer*|repond*|repons*|merge*|fusionn*|sort*|ship*|deliver*|livr*|
        solve*|resou*|resol*|accept*|update*|mise a jour|mettre a jour)
        & (nothing|can't|cannot|until|wait*|before we|rien|ne peut|ne pouvons|tant que|tant qu'*|attend*|avant de|
        avant que|pas encore|not yet|then we|alors on|ensuite on)
    (wait*|attend*|attente|pending|suspendu*|hang*|on hold) & (approval|go-ahead|green light|sign-off|permission|
        agreement|answer from|reply from|decision of|decision by|vote of|consent|accord|feu vert|autorisation|aval|
        validation|reponse de|reponse du|reponse des|decision du|decision de|signature)
        & (board|committee|legal|lawyer*|client|customer|management|council|assembly|ministry|team|partner*|provider|
        vendor|treasurer|city|bureau|comite|juriste*|juridique|avocat*|direction|conseil|assemblee|ministere|equipe|
        partenaire*|prestataire*|fournisseur*|editeur*|federation|mairie|prefecture|tresor*|hebergeur|dpo|cnil|
        company|authority|university|foundation|universite|fondation|author*|auteur*)
""")  # fmt: skip
