"""What is said of a weakness that somebody could use, in one sentence."""

from __future__ import annotations

from connector.sizing.against.phrases import lines

SAYS = lines("""
    -- advisories, and what must stay among few
    (cve|ghsa|cwe|osv|rustsec|pysec) 1.0
    ghsa _ _
    (responsible|coordinated|responsibly|private|embargoed) (disclosure|disclosed|disclosing|reported|report|divulged)
    (please|kindly|must|should|to) [be|let's|to] (keep|stay|remain|treat|treated|kept) [this|it|
        that] [_] (confidential|confidentially|secret|quiet|private|under wraps|between us|to yourself|to ourselves|
        undisclosed|under embargo) [until|for|!(key|repository|message|field)]
    (don't|do not|not) [please] (share|spread|disclose|publish|talk about|advertise|make public|post|mention|
        publicise|publicize) [this|it|that] [publicly|anywhere|any further|widely|outside|in public|before|
        until] (publicly|anywhere|any further|widely|outside|in public|before the|until a|until it|until the|until we)
    (security|bug bounty|vulnerability) (researcher|researchers|audit|auditor|advisory|advisories|alert|alerts|
        scanner|report|vulnerability|vulnerabilities|incident|bulletin|patch|release)  [found|reported|says|that|for|
        flags|flagged|raised|showed|shows|discovered|from|has|contacted|told|notified|by|of|in|on|about|was]
    (high|critical|moderate|medium|low) severity [_] (alert|advisory|vulnerability|vulnerabilities|issue|finding|cve)
    (dependabot|snyk|trivy|npm audit|pip-audit|scanner|owasp|sonarqube|codeql|grype|bandit|renovate|
        safety) [_] (raised|raises|reports|reported|flags|flagged|found|finds|warns|alert|alerts|complains|lists|
        shows|detects|detected|marks) [_] [_] [_] [_] (vulnerab*|severity|cve|advisory|alert|critical|high|insecure)
    cvss [score|v3|1.0|:|of]
    (penetration|pen) test [report|found|_]
    pentest*
    -- what somebody could do
    (allow|allows|allowing|let|lets|letting|enable|enables|enabling|permit|permits|permitting|would allow|
        could allow) [_] [_] [_] (attacker|attackers|hacker|hackers|adversary|malicious|intruder|intruders|
        unauthenticated|unauthorised|unauthorized|arbitrary code|remote code|unprivileged|spammers|criminals)
    (attacker|attackers|hacker|hackers|adversary|malicious user|malicious users|malicious actor|malicious page|
        malicious site|malicious file|intruder|bad actor|bad actors|phisher|phishers|unauthenticated user|
        unauthenticated users|spammer|spammers) [who|that|with|in] [_] [_] [_] (can|could|may|might|is able|are able|
        would|will|controls|gets|gains|steals|reads|obtains|uses|sends|crafts|able)
    (crafted|malicious|specially crafted|manipulated|forged|booby-trapped|tampered|poisoned) (file|files|request|
        requests|link|links|url|urls|payload|payloads|input|archive|page|query|image|svg|pdf|message|packet|token|
        header|zip|document|cookie|e-mail|email|name|filename|backup|id|string|html|package|xml|yaml|json)
    (arbitrary|attacker-controlled|attacker-supplied|malicious) (code|command|commands|sql|javascript|scripts|script|
        html|files can|file can|file read|shell)
    (run|runs|execute|executes|executed|executing|inject|injects|injected|injecting|evaluate|
        evaluates) [_] (arbitrary|any|own|malicious|foreign|his own|their own|someone else's|a) [_] (code|command|
        commands|sql|javascript|script|scripts|html|queries|query|shell) [as|on the server|on our server|in every|
        in the browser|in other|remotely|with|!(twice|once|again|locally)] (as root|on the|on our|in every|
        in the browser|in other|remotely|with the)
    (script|code|javascript|payload|html|it) (is|gets|runs|will be|executes|was) [executed|run] (executed|run|
        in) [_] (in|for|by) [_] (everyone|every|all|other|each|reader*|visitor*|victim*|admin*|browser*)
    (runs|executes|run|executed|execute|fires) [_] [_] in [_] (every|all|other|each|the|any|another|visitors|readers|
        everyone's|people's) [_] [_] (browser|browsers|session|sessions)
    (can|could|may|might|would|will|to|easily|actively|being|has been|publicly) [be] (exploited|exploitable|abused|
        weaponised|weaponized|leveraged to) (by|to|for|in|remotely|$)
    (exploit|exploits|proof of concept|poc) [is|are|exists|code|for|has|was|already] [now|publicly|already] (public|
        available|published|circulating|attached|in the wild|exists|exist|on github|out there|for this|below)
    (this|it|which|that|leads to|is|constitutes|creates|opens|represents|results in|means|poses|causes) [is|a|an|to|
        the] [a|an|serious|critical|severe|real|potential|possible|major|clear|huge|big|obvious] [_] (security hole|
        security vulnerability|security flaw|security risk|security issue|security problem|security bug|
        security weakness|vulnerability|privacy breach|data leak|data breach|security breach|backdoor|attack vector|
        privilege escalation|account takeover|remote code execution|rce|security concern)
    security (vulnerability|hole|flaw|risk|breach|weakness) [here|in|for|!(to|page|policy)]
    (gives|giving|gain|gains|obtain|obtains|leads to|lead to|achieve|get|gets|results in|allowing|enables|enabling|
        permits|possible) [_] [_] (remote code execution|code execution|root access|a shell|full control|admin rights|
        administrator rights|admin access to|privileges|account takeover|control of the account|
        control over the account|control over any)
    (take over|taking over|took over|takes over|taken over|take control of|taking control of|hijack|hijacks|hijacking|
        hijacked|steal|steals|stealing|stole|stolen|impersonate|impersonates|impersonating|gain control of|
        gain control over) [_] [_] [_] (account|accounts|session|sessions|identity|victim|token|tokens|cookie|cookies|
        credentials|password|passwords|another user|other users|any user|any member|anyone|someone else)
    (impersonate|impersonating|pretend to be|pose as|posing as|act as|act on behalf of|log in as|login as|sign in as|
        logged in as|acting as|become) [_] (us|any|another|other|someone else|somebody else|anyone|any other|every|
        the victim|an admin|an administrator|the administrator|others|whoever|whomever)
    -- no check of who asks
    (anyone|anybody|everyone|everybody|any user|any member|any logged-in user|any visitor|every user|every member|
        any account|any volunteer|any client|a guest|guests|visitors|strangers|a stranger|users|members|
        an ordinary user|a normal user|a regular user|a non-admin|non-admins|an anonymous user|anonymous users|
        anonymous visitors|outsiders|a logged-out user|the public|i|you|one|other users|another user) [who|with|on|
        that|knows|not] [_] [_] [_] (can|could|may|might|is able to|are able to|was able to) [still|also|therefore|
        now|simply|then|just|easily] (read|see|view|open|access|edit|change|delete|download|modify|list|reset|cancel|
        remove|fetch|get|export|update|approve|enumerate|browse) [_] [_] [_] (private|someone else's|somebody else's|
        other people's|other users'|other user's|other users|other members'|another user's|another member's|
        another person's|of others|of other|of another|of any|anyone's|anyone else's|everyone's|everybody's|
        every user's|any user's|any member's|confidential|belonging to others|that are not theirs|they do not own|
        they don't own|not theirs|by guessing|without logging|without being|without login|without permission|
        without authentication|without a password|without authorisation|without authorization|passwords|admin pages|
        invoices of|the files of|by changing the id)
    (by) (guessing|changing|incrementing|modifying|tampering with|manipulating|editing|enumerating|replacing|
        altering) [_] (id|ids|identifier|number|url|user id|parameter|token|cookie|address|hash|uuid|hidden field|
        query) [_] [_] [_] [_] [_] (can|read|see|access|get|one|you|other|someone|private|gives|shows|any)
    (can|could|possible to|to|lets|let|allows) [_] [_] (read|see|view|open|access|edit|download|delete|get at|modify|
        fetch|list) [_] [_] (private|other|another|someone else's|somebody else's|other people's|others'|foreign|
        any) [_] [_] [_] [_] (by) (guessing|changing|incrementing|modifying|manipulating|enumerating|replacing|
        altering|editing)
    (belongs|belonging|belong) to (someone|somebody|another|other|others|a different) [else|user|users|member|account|
        person|people|tenant|organisation]
    (no|without|missing|lacks|lack of|not|skips|omits|forgot|forgets|never checks|not check|doesn't check|
        does not check|bypasses|nothing checks|isn't any) [_] [_] (permission check|permission checks|
        permissions check|authorisation|authorization|access control|access check|access checks|ownership check|
        ownership|owner check|authentication check|csrf token|csrf protection|csrf check|whether the user is allowed|
        whether the user may|if the user is allowed|if the user owns|who is asking|who owns|
        the signature) [_] [_] [!needed] (at all|whatsoever|on|in|is|for|when|here|there|check|of|before|so|whether|$)
    (without|not) [being|any|even|having|the need|needing|to] [to|be] (logged in|logging in|signed in|signing in|
        authenticated|authentication|log in|authorisation|authorization|a login|a session|
        credentials) [_] [_] [_] [_] (can|get|gets|returns|one|you|anyone|read|see|anybody|returned|accessible|
        reachable|readable|download|possible|works|reveals|exposed|shown|lists|dumps)
    [is|are|were] (publicly|world|openly|freely) (readable|accessible|downloadable|writable|listable|visible|
        reachable|exposed) [without|to anyone|to everyone|by|on the internet|on|and contain*|but|although|
        even] (without|to anyone|to everyone|although|and contain*|even|but should)
    -- secrets that got out
    (api key|api keys|apikey|api token|secret key|private key|private keys|access key|access keys|access token|
        access tokens|signing key|encryption key|deploy key|ssh key|password|passwords|token|tokens|credentials|
        credential|secret|secrets|key|keys|certificate|session id|session ids|session token|session tokens|
        session cookie|reset link|reset links|connection string|webhook url|database dump|dump|personal data|
        private data|card numbers|health data|service account) [_] [_] [_] [_] [is|are|was|were|has been|have been|
        gets|get|being|got] [_] (committed|leaked|leaks|leaking|exposed|hardcoded|hard-coded|hard coded|checked in|
        checked into|pushed|published|disclosed|in plain text|in plaintext|in cleartext|in clear text|in the clear|
        stored in plain*|visible in|readable by|readable in|embedded in the|baked into|shipped in the|shipped with|
        bundled in|contained in the image|in our repository|in the repository|in the repo|in the git history|
        in the history|in our history|in git history|in the image|in the docker image|in the public repository|
        in the public bucket|in the logs|in our logs|in the log|written to the log|printed in|sent to|guessable|
        predictable|not encrypted|unencrypted|compromised|still valid|never expire|never expires|do not expire|
        don't expire|does not expire|doesn't expire|can be reused|can be guessed|can be extracted|can be read by|
        returned to|to anyone|to everyone|stolen)
    (committed|leaked|leaks|leaking|exposed|exposes|hardcoded|hard-coded|pushed|published|disclosed|discloses|reveals|
        dumps|returns|logs|prints|contains|contain|ships|extract|steal|gives away|gives out|hands out) [_] [_] [our|
        the|all|user|users|everyone's|a|its|real|valid|live|plaintext|any|every|unencrypted|plain-text|
        cleartext] (api key|api keys|secret key|private key|private keys|access key|access keys|access token|
        access tokens|signing key|encryption key|session token|session tokens|session ids|password hashes|passwords|
        passwords of|credentials|secrets|production password|database password|production credentials|personal data|
        private data|reset token|reset tokens|session cookie|session cookies|auth tokens|bearer token|
        bearer tokens) [_] [_] [_] (of|in|to|from|at|for|into|with|on|by|without|and|$)
    (must|should|has to|have to|needs to|need to|to) be (revoked|rotated|invalidated|rolled) [at once|immediately|
        asap|right away|now|and|urgently|as soon]
    (revoke|rotate) [it|them|the|this|that|our|all] [_] (key|keys|token|tokens|secret|secrets|credentials|password|
        passwords|it|them) (immediately|at once|asap|now|right away|urgently|everywhere|because|as it|as they|since)
    (rewrite|rewritten|purge|purged|scrub|scrubbed|clean|erase) [the|from|our|it] [git|from] [the|git] history
    (extract|extracted|read) [the|our|it] [private|secret|_] (key|secret|token|password) (from|out of) (the|
        our) [_] (image|binary|app|apk|bundle|container|package|archive|source)
    -- deserialising, uploading, injecting
    (pickle|yaml|eval|exec|unserialize|marshal|os.system|shell=true|innerhtml|
        dangerouslysetinnerhtml) [_] [_] [_] [_] [_] (untrusted|user input|user-supplied|user supplied|
        user-controlled|uploaded|uploaded by|from the user|whatever|attacker*|unsanitised|unsanitized|unescaped|
        received|arbitrary|remote)
    (unsanitised|unsanitized|unescaped|unvalidated|untrusted|unchecked|raw|user-supplied|user-controlled|
        user) (user input|input|parameter|parameters|value|values|html|file name|filename|data|url|query|string|sql|
        headers) [_] [_] [_] [_] (into|in|to|passed|goes|straight|directly|concatenated|interpolated|pasted|reaches|
        ends up|used) [_] [_] [_] (sql|query|statement|shell|command|template|html|page|eval|path|exec|pickle|
        subprocess|database|os)
    (pasted|concatenated|interpolated|inserted|put|injected|formatted|goes|spliced|embedded) [straight|directly|
        unescaped|unchecked|unfiltered|without escaping|verbatim|as is] (into|in) [the|a|an|our] [_] (sql|statement|
        query|shell|command|shell command|command line|sql statement|where clause|sql query)
    (sql|xss|command|html|script|ldap|template|header|csv|code) injection [is|via|in|through|possible|by|attack|
        vulnerab*|with|when|into|on]
    (xss|csrf|ssrf|xxe|idor|rce|redos|clickjacking|path traversal|directory traversal|prototype pollution|
        session fixation|privilege escalation|account takeover|open redirect|zip slip|request smuggling|
        cross-site scripting|cross site scripting|stored xss|reflected xss|remote code execution|
        server-side request forgery|cross-site request forgery) [is|via|in|through|possible|by|attack|attacks|
        vulnerab*|with|when|on|here|because|protection is missing|:|vector|_]
    (brute force|brute-force|bruteforce|brute-forced|brute forced|guess|guessed) [_] [_] [_] (password|passwords|
        login|pin|code|otp|token|accounts|unlimited|the reset|attempts|without limit)
    (unlimited|as many|endless|thousands of|no limit on|any number of) [_] [_] (login attempts|password attempts|
        attempts|guesses|passwords|tries at) [_] [_]
    (login|sign-in|reset|otp|password|pin) [_] [_] (no rate limit|not rate limited|not rate-limited|no rate limiting|
        without rate limit*|no lockout|never locked|unlimited|not throttled)
    (passwords|password|pins) [_] [_] (hashed|stored|saved|kept|encrypted|sent|transmitted) [_] [_] (md5|sha1|sha-1|
        plain|plaintext|clear|cleartext|unsalted|unencrypted|unhashed|without salt|without hashing|base64|over http|
        in the url|reversibly)
    (md5|sha1|sha-1|unsalted|crypt) [_] [_] [_] [_] (hash passwords|passwords|password hashes|password hashing|
        password)
    (reset|invitation|activation|magic|confirmation|session|sign-in|login|access|refresh|api) (link|links|token|
        tokens|cookie|cookies|session|sessions|key|keys|code|codes) [_] [_] (never expire|never expires|
        does not expire|doesn't expire|do not expire|don't expire|remain valid|remains valid|stays valid|stay valid|
        still works after|still work after|work forever|works forever|not invalidated|isn't invalidated|
        aren't invalidated|is not revoked|are not revoked|can be used twice|can be reused|can be replayed|
        valid forever)
    (attack|exploitation) (scenario|vector|surface|path|steps)
    (logged-in|authenticated|unsuspecting) victim
    (victim|victims) [_] (loses|clicks|visits|opens|account|browser|session|is logged|logged in|must|would|will)
    (data|privacy) (leak|breach|leakage) [of|in|because|when|via|for|affecting|!(test|detector)]
    (password|passwords|token|tokens|secret|secrets|cookies|session) [_] [_] (sent|transmitted|travel|travels|posted|
        submitted) [_] [_] (over http|unencrypted|in clear|in plain*|in the url|as get|in the query string|
        to a third party)
    (certificate|tls|ssl|signature|hostname|jwt|token|webhook|checksum) [_] (validation|verification|check|checks|
        signature|verify) [_] [is] (disabled|turned off|skipped|not verified|not checked|missing|ignored|switched off|
        never verified|bypassed|not enforced)
    (ignore|ignores|skip|skips|disable|disables|accept|accepts|accepting) [_] [_] (certificate errors|
        invalid certificates|any certificate|self-signed certificates|tls verification|ssl verification|
        certificate validation|certificate verification|unsigned tokens|alg none|any signature|forged|expired tokens|
        any password|an empty password|empty password|any token)
    prototype pollution
""") + lines("""
    -- avis, discretion
    (merci|priere|prieres|svp|veuillez|surtout|de) [de|ne] [ne] (pas|rien) [l'|le|la|en|l'ebruiter] (ebruiter|
        divulguer|diffuser|publier les details|communiquer dessus|parler publiquement|publier|communiquer|
        rendre public|partager) [_] [_] [cela|ceci|publiquement|avant|cette|les|la|ce|l'|tant|$] (avant|publiquement|
        cela|cette|les details|ailleurs|tant|pour l'instant|$)
    (ebruiter|ebruitez)
    (rester|reste|restent|restez|garder|gardez|garder cela|gardez cela|traiter|a garder|doit rester|a traiter) [cela|
        ceci|ca|ce ticket|cette fiche|le|la|ces informations|entre nous|de maniere|de facon|sous|strictement|discret|
        la discretion] (confidentiel|confidentielle|confidentiels|secret|pour vous|entre nous|discret|discrets|
        discretion|sous embargo|embargo|de maniere confidentielle|confidentiellement)
    (divulgation|publication|signalement|signale|signalee) (responsable|coordonnee|responsablement|par un chercheur|
        par une chercheuse|en prive|de maniere responsable)
    (chercheur|chercheuse|chercheurs|auditeur|audit|experte|expert|test|tests|rapport|bulletin|avis|alerte|note) [en|
        de] (securite|d'intrusion|de vulnerabilite)
    (dependabot|trivy|snyk|npm audit|analyseur|scanneur|scanner|anssi|cert-fr|cert) [_] [_] (signale|remonte|classe|
        alerte|leve|indique|releve|detecte|trouve|marque) [_] [_] [_] [_] (vulnerab*|faille*|critique*|severite|
        gravite|cve|alerte|elevee)
    -- ce que quelqu'un pourrait faire
    (attaquant|attaquante|attaquants|pirate|pirates|assaillant|personne malveillante|utilisateur malveillant|
        personne mal intentionnee|individu malveillant|intrus|hacker|hackeur|escroc|tiers malveillant|
        site malveillant|page malveillante) [_] [_] [_] [_] (peut|peuvent|pourrait|pourraient|est capable|obtient|
        recupere|lit|vole|parvient|controle|pouvant|capable|n'a qu'*|a la possibilite)
    (permet|permettent|permettrait|permettant|laisse|laissant|autorise|donne) [_] [_] [_] (attaquant*|pirate*|
        personne malveillante|executer du code|l'execution de code|execution de code|execution de commandes|
        d'executer du code|usurper|d'usurper|prendre le controle|de prendre le controle|contourner l'authentification|
        de contourner)
    (fichier|lien|requete|adresse|url|archive|page|image|formulaire|message|document|charge|piece jointe|sauvegarde|
        nom de fichier|site|paquet) (piege|piegee|forge|forgee|malveillant|malveillante|malicieux|malicieuse|
        specialement concu|specialement forgee|malforge|truque|truquee|pieges|piegees|malveillants|malveillantes)
    (execution|executer|execute|s'execute|injecte|injecter|injection) [_] [_] (code|script|commande|commandes|
        requete sql|javascript|sql|scripts) [_] [_] [_] (arbitraire*|a distance|malveillant*|chez tous|chez les|
        chez tout|sur le serveur|sur notre serveur|dans le navigateur|quelconque*|distant|chez chaque|non autorise*|
        chez n'importe)
    (s'execute|est execute|sont executes|tourne) [alors|ensuite|bien] (chez|dans le navigateur de|dans la session de|
        pour) [tous|tout|chaque|les|la|l'|n'importe] (tous|tout|lecteur*|visiteur*|membre*|victime|administrateur*|
        autres|utilisateur*|qui|les)
    (exploitable|exploitee|exploite|exploiter|exploitables|exploitent) [facilement|deja|a distance|par|sans|
        publiquement|activement|la faille|cette faille|pour] [_] (a distance|par|sans|activement|publiquement|faille|
        pour|distance|tiers|n'importe)
    (prendre|prise|pris|prend|reprendre|detourner|voler|pirater|usurper|derober|vole|usurpe|piratage) [le|la|l'|du|
        les|des|ainsi|un|n'importe quel] [controle] [de|du|d'|des] [l'|son|sa|tous les|n'importe quel|un|
        autre] (compte|comptes|session|sessions|identite|jeton|jetons|cookie|cookies|mots de passe|mot de passe|
        identifiants)
    (se faire passer|se connecter|agir|s'identifier|publier|ecrire|poster|commander|signer) [_] (pour (nous|un autre|
        une autre|n'importe|quelqu'un d'autre|un membre|un administrateur|autrui|l'administrateur|la victime|vous)|
        a (sa|la|leur) place|au nom (d'un autre|d'autrui|de n'importe|d'une autre|de quelqu'un)|a la place (d'un|de|
        des)|comme n'importe|en tant que n'importe)
    (faille|breche|vulnerabilite|trou) [de] (securite|critique|grave|beante|connue|corrigee|dans|permettant|
        exploitable|qui|permet|serieuse|importante)
    (vulnerable|vulnerables) (a|aux|au|dans|par|selon|.. note)
    (classe|marque|signale|declare|juge|repute) [_] [_] [comme] vulnerable*
    (donnees|informations|mots de passe|identifiants|adresses|coordonnees|jetons) [personnelles|privees|
        confidentielles|sensibles|bancaires|medicales|_] [_] [sont|fuitent|est|ont] [_] (fuitent|exposees|exposes|
        exposees|divulguees|divulgues|accessibles a tous|accessibles a n'importe|accessibles sans|visibles par tous|
        visibles par n'importe|lisibles par tous|lisibles par n'importe|publiquement accessibles|
        accessibles publiquement|accessibles au public|dans la nature|volees|voles|en clair|non chiffrees|
        non chiffres)
    -- personne ne verifie qui demande
    (n'importe qui|n'importe quel*|tout le monde|tout membre|tout utilisateur|tout visiteur|toute personne|un membre|
        un utilisateur|un visiteur|un simple membre|un simple visiteur|un compte ordinaire|un anonyme|un inconnu|
        chacun|quiconque|un benevole|on|je|j'*|un invite|tout compte|un internaute|
        des inconnus) [_] [_] [_] [_] [_] (peut|peuvent|pouvait|pourrait|puisse|peut-on|peux|pouvoir|
        pu) [_] [_] (lire|voir|consulter|ouvrir|modifier|supprimer|telecharger|acceder|recuperer|lister|exporter|
        changer|effacer|annuler|obtenir|visualiser) [_] [_] [_] [_] (privee*|prive*|d'un autre|d'une autre|des autres|
        d'autrui|de quelqu'un|de n'importe|confidentiel*|sans etre connecte*|sans etre authentifie*|sans se connecter|
        sans mot de passe|sans authentification|sans autorisation|sans en avoir|sans connexion|en changeant|
        en modifiant|en devinant|de tous|de tout le monde|ne lui appartien*|qui n'est pas|d'autres|mots de passe|
        en incrementant|d'un tiers|d'un autre membre)
    en (devinant|changeant|modifiant|incrementant|remplacant|manipulant|falsifiant|alterant) [simplement|juste] [l'|
        le|la|un|son|cet] (identifiant|id|numero|url|adresse|parametre|jeton|cookie|champ cache|valeur de l'id|
        nombre) [_] [_] [_] [_] [_] (peut|accede*|lit|voit|autre|obtient|recupere|lire|voir|acceder|consulter|ouvre|
        d'un|des|tombe|affiche)
    (appartient|appartiennent|appartenant) a (quelqu'un|un autre|une autre|d'autres|autrui|un tiers|n'importe)
    (lisible|lisibles|visible|visibles|accessible|accessibles|consultable|consultables|telechargeable|telechargeables|
        modifiable|modifiables) [_] (par (tout le monde|tous|n'importe|quiconque|tout un chacun|tout visiteur|
        tout membre|des inconnus)|sans (etre|authentification|connexion|mot de passe|autorisation|controle|
        se connecter|aucun)|a (tous|n'importe))
    (aucun|aucune|sans|pas de|absence de|absence d'|manque de|manque|defaut de|oublie|ne verifie|ne controle|
        n'est) [_] [_] (controle d'acces|controle des droits|controle de droits|controle des acces|
        controle d'autorisation|controle d'identite|verification des droits|verification de droits|
        verification des permissions|verification d'autorisation|verification du proprietaire|verification d'identite|
        controle des permissions|controle du proprietaire|droits de l'utilisateur|jeton csrf|protection csrf|
        limitation des tentatives|limite de tentatives|limitation de tentatives|si l'utilisateur a le droit|
        que l'utilisateur a le droit|les droits|qui demande|le proprietaire|l'appartenance)
    (sans|meme sans) [etre|se|avoir] [meme|besoin d'etre] (connecte|connectee|authentifie|authentifiee|connecter|
        identifie|identifier|authentifier|compte|mot de passe|authentification) [_] [_] [_] [_] (peut|obtient|
        recupere|accede|lire|voir|lit|renvoie|recuperer|donne|affiche|telecharge*|obtenir|acces|tombe)
    -- des secrets au grand jour
    (cle privee|cles privees|cle d'api|cles d'api|cle api|cles api|cle secrete|cle d'acces|cle ssh|cle de chiffrement|
        cle de signature|cle|jeton|jetons|mot de passe|mots de passe|identifiants|secret|secrets|certificat|
        jetons de session|jeton de session|cookie de session|sauvegarde de la base|extraction de la base|
        numeros de carte|donnees bancaires|donnees de sante|jeton d'acces|
        compte de service) [_] [_] [_] [_] [_] (est en clair|sont en clair|en clair|en dur|commit*|versionne*|pousse*|
        publie* (dans|sur|avec)|expose*|divulgue*|fuit|fuitent|fuite*|embarque*|visible* dans|visible* par|
        lisible* dans|lisible* par|dans l'historique|dans notre historique|dans le depot|dans le code source|
        dans l'image|dans les journaux|dans les logs|dans l'url|en md5|sans sel|non chiffre*|pas chiffre*|n'expire*|
        previsible*|devinable*|compromis*|vole*|dans la nature|traine*|a tout le monde|a n'importe|jamais invalide*|
        toujours valable*|encore valable*|peut etre rejoue|dans le binaire|dans l'application|accessible* a|
        accessible* publiquement|accessible* sans)
    (renvoie|donne|affiche|livre|divulgue|expose|revele|contient|publie|journalise|enregistre|recupere|obtient|
        extraire|expose|transmet|fournit) [_] [_] [le|les|la|des|un|tous les|leur|leurs|l'] (jeton de session|
        jetons de session|jetons d'acces|jeton d'acces|mots de passe|mot de passe de|mots de passe en|cle privee|
        cles privees|cle secrete|secrets de|jeton de n'importe|jeton d'un|identifiants de|empreintes des mots|
        empreintes de mot|cookies de session|cookie de session|donnees personnelles de|jetons|
        hash des mots) [_] [_] [_]
    (revoquer|revoque|revoquee|renouveler|renouvelee|changer|changee|invalider|invalidee|regenerer) [la|le|cette|ce|
        les|immediatement|d'urgence] [_] (cle|cles|jeton|jetons|secret|secrets|mot de passe|
        identifiants) [_] (d'urgence|immediatement|au plus vite|sans attendre|tout de suite|compromis*|expose*|fuite*|
        publie*)
    (doit|doivent|faut) [etre|la|le|les] (revoque*|revoquer|invalider|invalide*|regenere*) [_] [_]
    (reecrire|nettoyer|purger|reecrit) l'historique
    -- mots de passe, liens, tentatives
    (mots de passe|mot de passe|codes) [_] [_] [_] (hache*|hash*|stocke*|conserve*|enregistre*|chiffre*|envoye*|
        transmis*|sauvegarde*) [_] [_] [_] (md5|sha1|sha-1|clair|sans sel|sans hachage|base64|en http|dans l'url|
        non sale*|reversible*)
    (lien|liens|jeton|jetons|session|sessions|cookie|cookies|code|codes|invitation|invitations) [de|d'|
        du] [reinitialisation|connexion|session|activation|invitation|acces|_] [_] [_] [n'*|ne|reste*|est|
        sont] (expire* jamais|expire* pas|expirent jamais|n'expire*|reste* valable*|reste* valide*|reste* actif*|
        pas invalide*|pas revoque*|jamais invalide*|jamais revoque*|reutilisable*|rejouable*|sert plusieurs fois|
        valable* indefiniment|perime* jamais)
    (tentatives|essais|mots de passe|codes) [_] [_] (illimite*|sans limite|a l'infini|a volonte|autant qu'*|
        autant de fois|sans blocage|sans restriction|a la suite sans)
    (aucune|sans|pas de|absence de) (limite|limitation|restriction) (de|du|des|sur) [nombre de|le nombre de|les|
        la] (tentatives|essais|connexion|connexions|mots de passe|nombre d'essais)
    (force brute|attaque par dictionnaire|deviner le mot de passe|bruteforce|brute force)
    (xss|csrf|ssrf|xxe|idor|rce|redos|path traversal|injection sql|injection de script|injection de code|
        injection de commande|injection html|traversee de repertoires|elevation de privileges|escalade de privileges|
        usurpation d'identite|usurpation de compte|prise de controle|redirection ouverte|deni de service|
        execution de code)
    (deserialise*|unpickle|pickle|eval|unserialize|yaml) [_] [_] [_] [_] [_] [_] (sans verification|sans controle|
        recu|recue|envoye* par|non fiable*|de l'utilisateur|n'importe quel fichier|televerse*|venant de l'utilisateur|
        arbitraire*|non sure*)
    (concatene*|colle*|insere*|injecte*|passe*|interpole*|transmis*|copie*) [tel quel|telle quelle|directement|
        sans echappement|sans filtrage|sans controle|sans precaution] (dans|a) (la|une|le|l'|un) [_] (requete sql|
        requete|commande shell|shell|commande|interpreteur|instruction sql|ligne de commande) [sql]
    (verification|validation|controle) (du|des|de la|de) (certificat|certificats|signature|tls|ssl|jeton|
        signatures) [_] [est|n'*] [_] (desactive*|ignore*|absent*|manquant*|contourne*|oublie*|saute*|pas faite|
        inexistant*)
    (scenario|vecteur|surface|chemin) d'attaque
    (victime|victimes) [_] [_] (perd|clique|connectee|ouvre|visite|connecte|compte)
    (vol|fuite|exfiltration|divulgation) (de|des|d'|du) [donnees|jeton*|session*|cookie*|mot*|identifiant*|secret*|
        compte*|informations]
""")  # fmt: skip
