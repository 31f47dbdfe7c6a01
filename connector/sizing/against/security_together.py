"""Words that tell of a weakness where they stand together."""

from __future__ import annotations

from connector.sizing.against.phrases import lines

_CONFIDENTIAL = """
    password*|mot de passe|mots de passe|secret key*|secret|secrets|api key*|api token*|access token*|
    session token*|session id*|session cookie*|private key*|signing key*|ssh key*|credential*|identifiants|
    cle privee|cles privees|cle secrete|cles secretes|cle d'api|cles d'api|cle api|jeton*|token|tokens|hashes|
    env file|environment variables|variables d'environnement|bank details|bank account*|iban|ibans|rib|
    card number*|credit card*|numero* de carte|personal data|donnees personnelles|donnees bancaires|
    medical data|health data|donnees de sante|e-mail addresses|adresses electroniques|phone numbers|
    numeros de telephone|salaries|payslip*|fiches de paie
"""
_EXPOSED = """
    leak*|expos*|publicly|in plain*|plaintext|plain-text|cleartext|in clear|in the clear|hardcoded|hard-coded|
    public bundle|public repository|public repo|public image|public archive|public bucket|reveal*|disclos*|
    dump*|stolen|en clair|en dur|divulgu*|revele*|revelent|fuit*|depot public|archive publique|image publique|
    publiquement|brute-forc*|brute forc*|force brute|previsible*|predictable|guessable|devine*|md5|sha1|sha-1|
    unsalted|sans sel|unencrypted|non chiffre*|lockout|in the git history|dans l'historique git|
    dans les journaux du serveur|in the server logs|world-readable
"""
_OTHERS = """
    each other's|one another's|other members'|other people's|other users'|other user's|others'|somebody else's|
    someone else's|another user's|another member's|another person's|anyone's|anybody's|everyone's|everybody's|
    any other user's|des autres|d'autrui|d'un autre|d'une autre|les uns des autres|de quelqu'un d'autre|
    de n'importe qui|de n'importe quel|de tout le monde|d'autres membres|d'autres adherents|
    d'autres utilisateurs|of other members|of other users|of other people|of others|of anyone|of any other|
    of any member|of any user|of someone else
"""
TOGETHER = lines("""
    (show*|reveal*|tell|tells|indicat*|disclos*|differ*|indique*|revele*|dit|montre*|differen*|
        laisse deviner) [_] [_] [_] [_] (whether|if|si) [_] [_] [_] (address|account|user|e-mail|email|member|number|
        adresse|compte|utilisateur|membre|adherent|courriel|numero) [_] [_] (exist*|registered|known|is a|existe*|
        inscrit*|enregistre*|connu*|est)
    (outsiders|outsider|strangers|guests|guest|non-members|former members|anyone|everybody|everyone|the public|
        visitors|personnes exterieures|invites|invite|inconnus|anciens membres|n'importe qui|tout le monde|visiteurs|
        le public|des tiers) (can|could|may|are able to|is able to|peuvent|peut|pourraient|
        pourrait) [_] [_] (find out|learn|know|guess|download|export|fetch|get hold of|collect|savoir|apprendre|
        deviner|telecharger|exporter|recuperer|obtenir|collecter)
        & (who|list|members|member list|addresses|address|e-mails|data|names|phone*|export*|qui|liste|membres|
        adherents|adresses|donnees|noms|telephone*|courriels|fichier*)
    (tls|ssl|sslv3|tls 1.0|rc4|3des|sha-1|md5) [1.0|1] [_] & (old|still|outdated|weak|accept*|deprecated|obsolete|
        insecure|ancien*|encore|faible*|accepte*|obsolete*|toujours|depasse*) & (server|accept*|talks|supports|
        negotiat*|version*|cipher*|serveur|accepte*|parle|negoci*|chiffrement)
    (answers|responds|replies|returns|serves|delivers|repond|renvoie|sert|livre) [_] [_] [_] [_] (without asking|
        without checking|whoever|to anyone|to anybody|to everyone|no matter who|regardless of who|sans demander|
        sans verifier|a n'importe qui|a tout le monde|a quiconque|peu importe qui|quel que soit)
    (httponly|samesite|secure flag|secure attribute|content security policy|csp header|hsts|x-frame-options|
        clickjack*|attribut secure|drapeau secure|en-tetes de securite|security header*) & (missing|lack*|no|not|
        without|absent*|manque*|sans|pas|aucun*|add|ajouter|set)
    (buffer overflow|heap overflow|stack overflow attack|integer overflow|use after free|use-after-free|
        memory corruption|out-of-bounds write|sandbox escape|double free|debordement de tampon|depassement de tampon|
        corruption memoire|evasion de bac a sable|lecture hors limites|ecriture hors limites|timing attack|
        attaque temporelle|side channel|canal auxiliaire) !(page)
    (accept*|process*|trust*|traite*|fait confiance|se fie|execute*|believe*) [_] [_] [_] (unsigned|unverified|
        unauthenticated|forged|spoofed|any signature|expired|non signe*|non verifie*|non authentifie*|falsifie*|
        forge*|perime*|n'importe quelle signature|sans signature|without a signature|without signature) [_]
    (requests|request|webhook*|messages|tokens|updates|packages|requetes|requete|messages|jetons|mises a jour|
        paquets) [_] [_] (not|never|isn't|aren't|pas|jamais|non) (signed|verified|authenticated|signe*|verifie*|
        authentifie*)
    (admin*|back-office|backoffice|dashboard|management page|settings page|internal api|tableau de bord|api interne|
        administration|console) [_] [_] [_] (open|accessible|reachable|available|exposed|public|unprotected|ouverte*|
        accessible*|expose*|publique*|non protege*|sans protection) [_] (to|for|by|from|a|aux|par|depuis|for|without|
        sans|/) [_] (everyone|everybody|anyone|anybody|all|the internet|the world|public|visitors|guests|tous|
        tout le monde|n'importe*|internet|visiteurs|login|password|connexion|mot de passe|any)
    (no|without|aucun|aucune|sans|pas de|not even) [_] (login|password|authentication|sign-in|credentials|connexion|
        mot de passe|authentification|identification) [_] [_] (needed|required|asked|necessary|demande*|requis*|
        necessaire*|at all|exige*) & (admin*|everyone|anyone|anybody|private|prive*|tous|tout le monde|n'importe*|
        delete|supprim*|read|lire|page|data|donnees|database|base|api|endpoint|export*|backup*|sauvegarde*)
        & (open|accessible|reach*|get|see|anyone|everyone|ouvert*|acced*|tous|n'importe*|visible*|download*|
        telecharg*|public*|exposed)
    (aws|google|stripe|github|gitlab|ssh|smtp|firebase|azure|twilio|slack|sendgrid|mailgun|openai|paypal|deploy|
        private|encryption|signing|our|notre|our api|notre cle|cle) [_] (key|keys|token|tokens|secret|secrets|cle|
        cles|jeton|password|credential*|aws|google|stripe|api|mot de passe) & (on github|on gitlab|pushed|published|
        public|in the repo*|in the history|in a commit|committed|in the code|leaked|posted|pastebin|in the image|
        in the bundle|sur github|sur gitlab|poussee|pousse|publiee|dans le depot|dans l'historique|dans un commit|
        dans le code|dans l'image|en ligne|visible)
        & (github|gitlab|repo*|history|commit*|pushed|public*|leaked|pastebin|image|bundle|depot|historique|pousse*|
        publi*|code|night|hier|yesterday|anyone|n'importe*|everybody|tout le monde)
    (increase|increasing|increment*|change|changing|modify|alter|replace|guess|edit|augment*|incrementer|changer|
        change|changeant|modifier|modifiant|remplacer|deviner|bump) (the|a|an|this|that|le|la|l'|un|ce|cet|
        son) [_] (number|id|identifier|digit|parameter|value|numero|identifiant|chiffre|parametre|valeur) [_] (in|of|
        at the end of|dans|de|a la fin de|du) [the|a|le|la|l'|un] [_] (link|url|address|query|address bar|lien|
        adresse|requete|barre d'adresse|cookie|token|jeton)
        & (other*|else*|invoice*|private*|customer*|member*|account*|see|get|read|download*|autre*|facture*|prive*|
        client*|membre*|adherent*|compte*|voir|obten*|lire|telecharg*|suffit|just|only)
    (script|site|page|attacker|extension|third party|someone|anyone|somebody|tiers|un script|quelqu'un|n'importe qui|
        pirate) (could|can|might|pourrait|peut|peuvent|would be able to) [_] (read|steal|grab|intercept|forge|hijack|
        replay|sniff|reuse|lire|voler|intercepter|falsifier|detourner|rejouer|recuperer|derober|reutiliser) (the|a|
        our|your|any|user|la|le|les|un|une|l'|son|sa|des) [_] (session*|cookie*|token*|password*|credential*|traffic|
        login|data|jeton*|mot de passe|identifiants|trafic|connexion|donnees|secret*|requete*)
    (injection|injectable|injecter|inject|sqli) & (sql|query|shell|command|html|script|template|header|ldap|requete|
        commande|modele|en-tete|user input|saisie|field|champ|parameter|parametre) & (possible|can|could|vulnerab*|
        attack*|through|via|peut|par|attaqu*|crafted|escaped|filter*|works|marche|unchecked)
    -- a secret, and where it should not be
    ({SECRET}) & ({EXPOSED})
    (key|keys|cle|cles) & (revoke*|revoqu*|compromis*|leaked|rotated|stolen|fuite*|volee*)
    (stack trace|traceback|debug page|debug mode|error page|page d'erreur|page de debogage|mode debogage|
        la trace) & (reveal*|contain*|show*|leak*|print*|dump*|revele*|contien*|affiche*|montre*)
        & (secret*|password*|credential*|environment variable*|api key*|database url|mot de passe|mots de passe|
        cle secrete|variables d'environnement|identifiants|jeton*)
    (public|publique|publiques|bundle|docker image|image docker|release archive|front-end|frontend|javascript bundle|
        repository|depot) & (contain*|include*|ship*|contien*|inclut|embarqu*|has|a|il y a|ended up|found|retrouv*|
        in it)
        & (database password|admin password|mot de passe de la base|mot de passe administrateur|private key|
        cle privee|secret key|cle secrete|api secret|production credentials|smtp password|env file|
        identifiants de production|service account key)
    -- whose things one gets to see
    ({OTHERS}) & (see|sees|seen|read|reads|open|opens|download*|access*|get|gets|edit*|delet*|modif*|view|views|
        change*|export*|cancel*|voit|voient|voir|lire|lit|lisent|ouvr*|telecharg*|acced*|obtient|obtenir|supprim*|
        change*|annul*|tombe*)
        & (id|identifier|number|address bar|url|parameter|query string|identifiant|numero|adresse|parametre|
        barre d'adresse|sans droit*|without permission*|without being|no permission|not allowed|should not|shouldn't|
        ne devrai*|without any check|sans controle|sans verif*)
    (members|member|users|user|volunteers|anyone|anybody|everyone|i|you|one|any|adherents|membres|membre|utilisateurs|
        benevoles|on|n'importe qui|tout le monde|chacun|je) [_] [_] (see|sees|can|could|able|read|reads|peut|peuvent|
        voit|voient|lit|lisent|pouvait|peux|accede*)
        & ({OTHERS}) & (bank*|private|health|medical|payslip*|salary|salaries|password*|confidential|iban|rib|ribs|
        bancaire*|sante|medica*|salaire*|mot de passe|mots de passe|confidenti*|prives|privees|private messages|
        messages prives|invoices|factures)
    (change|changing|changed|increment*|guess*|tamper*|enumerat*|modify|modifying|replac*|counting up|count up|
        on change|en changeant|changeant|modifi*|increment*|remplac*|devin*|il suffit de changer|en modifiant)
        & (id|ids|identifier|number|address|url|parameter|identifiant|identifiants|numero|adresse|parametre|uuid)
        & (somebody else|somebody else's|someone else's|someone else|another member*|another user*|another person*|
        other people*|others|others'|other users*|other members*|not mine|isn't mine|d'un autre|d'une autre|
        quelqu'un d'autre|autre membre|autre adherent|autre utilisateur|des autres|d'autrui|not yours|pas la mienne|
        pas le mien|other accounts|autres comptes)
    -- nobody checks the role
    (route|endpoint|page|view|api|handler|controller|server|action|form|link|url|backend|service|we|app|application|
        site|it) (doesn't|does not|never|don't|do not|didn't|fails to|forgets to|not) [even|actually|really] (check|
        verify|validate|ensure|enforce) [the|whether|if|who|that|for|a|any|user's|your] [_] [_] (role|roles|
        permission|permissions|owner|owners|ownership|rights|signature|session|allowed|caller|requester|logged|login|
        admin|administrator|authorisation|authorization|belongs|csrf|origin)
    (no|missing|without|lack of|lacks) [a|an|any|the] [_] (role|permission|permissions|ownership|authorisation|
        authorization|rights|privilege|csrf|signature|login|authentication) (check|checks|test|verification|control|
        validation|required|is required|needed at all)
    (route|page|vue|api|controleur|requete|serveur|code|fonction|action|formulaire|elle|il|on|lien|adresse|methode|
        service|script|application|site|point d'acces|rien) (ne|n') (verifie|verifient|controle|controlent|teste|
        valide|regarde|demande) (pas|jamais|ni|aucun*|plus) [_] [_] (role|roles|droit|droits|permission*|proprietaire|
        auteur|signature|jeton|identite|session|mot de passe|qui|si|appartien*|autorisation*|connecte*|
        administrateur*)
    (any|every) [logged-in|registered|ordinary|normal|signed-in|authenticated|simple] (user|member|visitor|account|
        volunteer|guest|person|client|subscriber) (can|may|could|is able to|is allowed to) [_] (delete|edit|modify|
        change|cancel|remove|overwrite|reset|approve|promote|rename|publish|impersonate|ban|download) [_] (any|every|
        all|other*|others'|anyone*|someone*|everyone*|each|themselves|himself|herself)
    (anyone|anybody|everyone|everybody|guests|visitors|strangers|an anonymous user|anonymous users|
        unauthenticated users|logged-out users|people who are not logged in|non-members|non-admins|
        former members) (can|may|could|is able to|are able to) [_] (delete|edit|modify|change|cancel|overwrite|reset|
        approve|promote|impersonate|grant|call the admin|use the admin|reach the admin|open the admin|
        access the admin|read private|see private|download the|become|create admin*|log in as)
    n'importe (quel|quelle|qui|lequel) [_] [_] [connecte|inscrit|authentifie] (peut|peuvent|pourrait|
        pouvait) [_] (supprimer|modifier|effacer|annuler|changer|valider|renommer|publier|telecharger|exporter|
        reinitialiser|promouvoir|devenir|se connecter|acceder|lire|voir|consulter) [_] [_] (evenement*|compte*|fiche*|
        document*|fichier*|profil*|mot|mots|page*|administrat*|facture*|donnee*|membre*|adherent*|don|dons|prive*|
        message*|autre*|n'importe*|base|liste|sauvegarde*|annonce*|role*)
    (tout|chaque|un simple) (membre|utilisateur|visiteur|benevole|compte|adherent|inscrit|anonyme|invite) [_] (peut|
        pourrait|pouvait) [_] (supprimer|modifier|effacer|annuler|valider|reinitialiser|promouvoir|
        devenir administrateur|lire les messages prives|acceder a l'administration|changer le role)
    (become*|make oneself|make themselves|promote*|devenir|se donner|s'attribuer|passer) [_] [_] (admin|administrator|
        an admin|administrators|administrateur|administratrice|le role admin*|les droits d'admin*|admin rights|
        superuser) & (any*|by|normal|ordinary|simple|without|sans|en changeant|en modifiant|n'importe*|parameter|
        parametre|hidden|cache|request|requete|form)
    (admin*|back-office|backoffice|database|base de donnees|redis|elasticsearch|mongodb|bucket|phpmyadmin|backup*|
        sauvegarde*|dashboard|tableau de bord|export*|upload folder|uploads) & (without (a password|password|login|
        logging in|authentication|any authentication|being logged|signing in)|sans (mot de passe|authentification|
        se connecter|etre connecte*|identification|connexion)|unauthenticated|open to the internet|ouvert a tous|
        ouverte a tous|ouvert sur internet|accessible a tous|no authentication|no password|aucune authentification|
        world-readable|publicly accessible)
    -- what gets executed, or goes where it should not
    (upload*|televers*|envoyer|joindre) & (php file|php script|jsp|executable|web shell|fichier php|fichiers php|script php|scripts php|
        executable|svg) & (execut*|run|runs|interpret*|lance*|tourne*)
    (stored|injected|saved|entered|typed|pasted|submitted|embedded|inserted|enregistre|injecte|saisi|colle|insere|
        glisse) [_] (script|scripts|html|javascript|code|markup|tag|balise) & (runs|run|executed|executes|execute|
        execut*|interpreted|interprete*|s'execute|fires|not escaped|unescaped|pas echappe*|sans echappement)
    (script|scripts|javascript|html|code|payload|balise script|script tag) [_] [_] (runs|run|is executed|executed|
        executes|gets executed|is run|s'execute|s'executent|est execute|execute|interprete*) & (admin*|visitor*|
        visits|reader*|victim*|other user*|other member*|lecteur*|visiteur*|visite*|victime*|autres membres|
        autres utilisateurs|every browser|tous les navigateurs)
    (not|isn't|n't|never|sans|pas|non|without|missing) [_] (escaped|escaping|sanitised|sanitized|sanitising|
        sanitizing|echappe*|echappement|assaini*|nettoye*|filtre*|filtered) & (script|scripts|html|javascript|sql|
        shell|command|commande|query|requete|comment*|commentaire*|user input|saisie)
        & (run*|execut*|inject*|attack*|attaqu*|malicious|malveillan*|admin*|steal*|vol|voler|arbitra*|drop|any|
        n'importe*)
    (one|you|anyone|somebody|user|users|on|quelqu'un|utilisateur) [_] (can|could|peut|pourrait) [_] (execute|run|
        inject|make the server|have the server|get the server|executer|injecter|faire executer|lancer|
        faire faire) [_] [_] (code|command|commands|commande|commandes|sql|script|scripts|shell|queries|requetes|
        it executed|fetch|request)
    (server|serveur) & (fetch*|request*|download*|call*|connect*|telecharg*|appel*|interrog*|requet*) & (any url|
        any address|arbitrary url|internal network|internal address*|localhost|metadata|n'importe quelle adresse|
        n'importe quelle url|reseau interne|adresse* interne*|metadonnees)
    (path|file name|filename|parameter|archive|zip|chemin|nom de fichier|parametre|url) & (outside|escape*|leave*|
        traverse*|parent folder|parent director*|dot-dot|en dehors|hors d*|sort* d*|remont*|dossier parent|
        repertoire parent) & (read*|write|overwrit*|config*|system file*|any file|arbitra*|lire|lit|ecri*|ecras*|
        fichier systeme|fichiers du systeme|n'importe quel fichier|etc)
    (forged|spoof|spoofed|spoofing|phish*|usurp*|hameconn*|falsifi*) & (sender|e-mail*|mail*|link*|login*|identity|
        user*|account*|signature*|request*|expediteur|courriel*|lien*|identite|compte*|signature*|requete*|webhook*|
        cookie*|token*|jeton*)
    -- guessing, sessions, signatures
    (pin|code|codes|otp|password*|mot de passe|mots de passe|login|connexion|reset|reinitialisation|captcha|token*|
        jeton*) & (brute*|guess*|devine*|deviner|essay*|try all|all combinations|toutes les combinaisons|
        enumer*) & (lockout|blocage|bloque*|limit*|attempt*|tentative*|digits|chiffres|forced|can be|peut|peuvent|
        unlimited|illimite*|minutes|seconds|secondes)
    (no|without|aucun|aucune|sans|pas de|unlimited|illimite*|any number of|as many) [_] [_] (lockout|rate limit*|
        limit*|throttl*|blocage|limite*|limitation*|captcha|attempts|tentatives|essais|tries) & (password*|login|
        log in|sign in|code|pin|otp|mot de passe|mots de passe|connexion|reset|reinitialisation|authentif*)
    (cookie|cookies|session|sessions|token|tokens|jeton|jetons|link|lien|liens|invitation*|old password|
        ancien mot de passe) & (logout|log out|logging out|signed out|sign out|deconnexion|deconnecte|password change|
        changing the password|changement de mot de passe|changed password|revok*|revoqu*|account is deleted|
        compte supprime|left the team|former member*|ancien membre*|anciens membres)
        & (valid|still work*|still accepted|still valid|survi*|invalidat*|not invalidated|remain*|stays|
        encore valable*|encore valide*|toujours valable*|toujours valide*|fonctionne encore|fonctionne toujours|
        reste valable|reste valide|reste actif|pas invalid*|continue* de fonctionner|continue* to work|keeps working|
        keep working|marche encore|marche toujours)
    (signature|certificate|certificat|hostname|origin|jwt|webhook*|origine|tls|ssl|checksum) & (not|never|isn't|
        aren't|jamais|pas|without|sans|disabled|desactive*|skipped|ignored|ignore*|any|n'importe*) [_] [_] (verified|
        checked|validated|verifie*|controle*|valide*|verify|verification|check|validation|controle|checking|accept*)
    (never|not|n't|ne|jamais|pas) [_] (expire|expires|expiring|expirent|expirer|invalidated|revoked|revoque*|
        invalide*|perime*) & (token*|jeton*|session*|reset|reinitialisation|invitation*|magic link*|
        lien* de connexion|password|mot de passe|login link*|api key*|cookie*|cle d'api|refresh)
    (logged in|logging in|connecte*|login|connexion|account|compte|password|mot de passe) & (take over|taken over|
        takeover|hijack*|stolen|steal*|prendre le controle|pris le controle|detourn*|pirat*|vole|voler|derob*)
    -- keep it quiet
    (report*|signal*|found by|trouve par|discovered by|decouvert*|contact*|ecrit par) & (researcher*|chercheur*|
        chercheuse*|pentester*|auditor*|auditeur*|auditrice*|hacker*|hackeur*|white hat|bug bounty) & (public*|
        disclos*|secur*|secret*|discret*|confident*|privat*|prive*|divulg*|ebruit*|fix before|days|jours|embargo|
        exploit*|attaqu*|attack*|vulner*|faille*|password*|account*|compte*)
    (don't|do not|please don't|ne|n'en|n'|ne pas|eviter de|without|sans) [_] [_] (talk*|speak*|parle*|parler|discuss*|
        post*|publish*|publi*|mention*|communiqu*|diffus*|details) [_] [_] [_] (in public|publicly|publiquement|
        en public|public channel*|canal public|forum|reseaux sociaux|social media|chat public|outside the team|
        en dehors de l'equipe|hors de l'equipe|avant le correctif|before the fix|until it is fixed|
        until there is a fix|until the release)
    (fix|patch|correct*|corrig*|upgrade|update|mettre a jour|mise a jour) [_] [_] [_] [_] & (security release|
        security update|security patch|security fixes|correctif de securite|correctifs de securite|
        mise a jour de securite|vulnerable version|version vulnerable|known vulnerabilit*|vulnerabilite* connue*|ghsa|
        cve|advisory|avis de securite)
""", SECRET=_CONFIDENTIAL, EXPOSED=_EXPOSED, OTHERS=_OTHERS)  # fmt: skip
