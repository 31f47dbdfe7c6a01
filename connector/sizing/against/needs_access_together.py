"""Words that stand together where it takes what a volunteer has not."""

from __future__ import annotations

from connector.sizing.against.phrases import lines

_KIT = """
    printer|printers|label printer|sensor|sensors|scanner|barcode scanner|card reader|card terminal|
    payment terminal|terminal|dongle|raspberry*|arduino|microcontroller|gpu|gpus|graphics card*|nvidia|cuda|
    headset|drone|robot|yubikey|badge reader|device|devices|hardware|thermostat|beacon|touchscreen|touch screen|
    kiosk|e-reader|braille display|gamepad|joystick|microphone array|weather station|plotter|3d printer|
    imprimante*|capteur*|scanneur|lecteur de cartes|lecteur de carte|lecteur de badge*|lecteur de code*|
    terminal|boitier|carte graphique|cartes graphiques|casque|badgeuse|douchette|appareil|appareils|materiel|
    borne|ecran tactile|liseuse|plage braille|manette|station meteo|traceur|balance|caisse|tpe|tablette|
    telephone|sonde|balise|automate|routeur|onduleur|tableau blanc numerique
"""

TOGETHER = lines("""
    (need*|faut|faudrait|cherch*|recherch*|looking for|search*|besoin d'*|besoin de) (somebody|someone|a volunteer|
        a person|a contributor|people|quelqu'un|une personne|un benevole|une benevole|des personnes) (with|who has|
        who owns|who can borrow|having|owning|qui a|qui possede|qui dispose|qui aurait|avec|ayant|possedant) (a|an|
        une|un|the|access|this|that|such|cette|ce|cet|l'*|acces|one of)
    (owner|owners|admin|admins|administrator|administrators|proprietaire|proprietaires|administrateur|administratrice|
        administrateurs|treasurer|tresorier|tresoriere|sysadmin|webmaster|hosting provider|
        hebergeur) [_] [_] [_] [_] (has to|have to|must|needs to|need to|will have to|is the only one|doit|doivent|
        devra|devront|est le seul|est la seule) [_] (create|generate|renew|change|set|add|configure|rotate|enable|
        grant|approve|do|replace|revoke|reset|invite|creer|generer|renouveler|modifier|ajouter|configurer|activer|
        autoriser|changer|faire|remplacer|reinitialiser|en creer|le faire|la faire|les)
    (access|acces|login|credentials|identifiants|account|compte) [_] (to|on|for|at|in|with|a|au|aux|sur|chez|
        pour) [_] [_] [_] [_] (bank|banking|banque|bank account|erp|crm|accounting|comptabilite|payment*|paiement*|
        intranet|server|serveur|production|hosting|hebergement|registry|mailbox|boite mail|messagerie|newsletter tool|
        database|system|systeme|api of|portail|portal|admin*|cloud|store|boutique|sandbox of|prefecture|ministry|
        ministere) [_] [_] [_] [_] [_]
        (needed|required|necessary|necessaire*|requis*|indispensable*|obligatoire*|pour voir|
        pour tester|to see|to test|to reproduce|pour reproduire)
    (need*|require*|il faut|faut|necessit*|suppose*|must have|have to have) [l'|un|une|d'|to have|an|a|the] (access|
        acces|login|credentials|identifiants) [_] (to|on|for|a|au|aux|sur|de|d') [the|our|la|le|les|l'|notre|nos|
        leur] [_] (bank|banking|banque|compte|account|erp|crm|accounting|comptabilite|payment*|paiement*|intranet|
        server*|serveur*|production|hosting|hebergement|registry|mailbox|boite|messagerie|database|base|system|
        systeme|portail|portal|cloud|store|boutique|espace|machine)
    (business|professional|enterprise|corporate|pro|premium|team|professionnel|professionnelle|entreprise|payant|
        payante) (account|plan|licence|license|subscription|edition|compte|forfait|abonnement|formule|offre) & (only|
        cost*|price|month|year|euros|eur|€|dollar*|need*|paid|que|qu'*|seulement|uniquement|prix|mois|an|coute*|faut|
        reserve*)
    (not|n't|aren't|isn't|no longer|ne|n') [_] (sold|available|made|produced|manufactured|se vend*|vendu*|fabrique*|
        disponible*|produit*|trouvable*) [_] (any more|anymore|any longer|plus|nowadays|in shops|
        dans le commerce) & (need*|own|have|faut|avoir|possed*|one of|un des|une des|device|appareil|machine|model|
        modele|lock|serrure|printer|imprimante|sensor|capteur|hardware|materiel)
    (one of|un de|une de|un des|une des|l'un des|l'une des) (the|our|these|nos|les|ces|du|des) [_] [_] [_] (we have|
        in our|at our|du local|de l'atelier|de la salle|au local|a l'accueil|of the club|
        from our) & (need*|must|require*|faut|necessit*|borrow*|emprunt*)
    (key|keys|certificate|password|token|backup*|credentials|keystore|licence|license|database|cle|cles|certificat|
        mot de passe|sauvegarde*|trousseau|identifiants) [_] [_] [_] (is|are|lives|live|sits|kept|stored|est|sont|
        se trouve|se trouvent|n'est|n'existe) [_] [_] [_] (machine|laptop|computer|pc|desk|safe|ordinateur|portable|
        poste|bureau|coffre*|personal account|compte personnel|password manager|gestionnaire de mots de passe)
    (can't|cannot|can not|impossible|no way|pas moyen|ne peut|ne pouvons|peut pas|unable) [_] [_] [_] (emulate*|
        simulate*|emuler|simuler|imiter) & (need*|own|desk|at home|yours|real|one|faut|possed*|bureau|
        chez soi|vrai*|un|une)
    (test*|try*|essai*|essayer|reproduc*|reproduire|debug*|develop*) [_] [_] [_] [_] (cost*|coute*|payant*|paid|
        not free|pas gratuit*|money|argent|billed|facture*|charged) [_] [_] [_] & (account|compte|operator|operateur|
        provider|fournisseur|prestataire|subscription|abonnement|top up|topped up|credit*|approvisionn*|recharg*|
        money|euros|plan|message|call|request|appel)
    (log in|logging in|log into|logging into|login|connect|connecting|se connecter|connexion|access|acces|
        acceder) [_] [_] (to|on|into|au|aux|sur|a) [the|our|le|les|la|notre|nos] [_] (server|servers|machine|host|
        production|vm|serveur|serveurs|hote|cluster|registry|nas) & (require*|need*|must|has to|have to|only|takes|
        suppose*|necessit*|requiert|faut|faudra|implique*|demande*|exige*|doit|ssh|root)
    (visible|reproducible|reproductible|seen|happens|shows|occurs|appears|reproduced|tested|observable|constate*|
        reproduit|voit|produit) [_] [_] (only|uniquement|seulement|que|qu'*|exclusivement|just) [_] [_] (with|on|in|
        avec|sur|dans|en) [_] [_] [_] (live|production|real|actual|customer|client|member|hosted|official|en ligne|
        vraie*|vrais|reel*|clients|adherents|production|officiel*) [_] (data|site|system|instance|server|database|
        account*|donnees|site|systeme|serveur|base|compte*|ligne|traffic|trafic|load|charge)
    (only|uniquement|seulement|exclusivement) [_] [_] (visible|reproducible|seen|happens|shows|occurs|appears|
        reproduced|tested|reproductible|observable) [_] [_] [_] [_] (live|production|real customer|real data|
        real members|actual data|vraies donnees|donnees reelles|site en ligne|site reel|en production|base reelle)
    (need*|require*|must|faut|faudra|necessit*|suppose*|have to) [_] [_] (travel|come to|be on site|be at|visit|go to|
        etre sur place|venir|se deplacer|etre present*|aller) [_] [_] [_] (office|premises|building|server room|
        museum|library|shop|locaux|bureau|salle|batiment|musee|bibliotheque|boutique|site|local|depot|entrepot|
        warehouse|laboratory|laboratoire)
    -- a device to try it on
    (own|owns|have to own|need*|requires|required|must have|you'd have to|only with|only on|unless you|without|
        if you have|if you own|actual|real|physical|available to those|borrow|lend|sits in our|stands in our|
        in our office|connected) [_] [_] [_] [_] ({KIT})
        & (to see|to test|to reproduce|to debug|to verify|to check|to try|to fix|to work on|to develop|testing|
        reproducible|reproduced|tested|debugged|debugging|in order to|in person|on site|plugged|at hand|simulat*|
        emulat*|itself|only)
    (posseder|possede*|avoir|disposer|faut|faudra|faudrait|necessite*|requiert|requis*|indispensable*|sans|
        uniquement avec|seulement avec|qu'avec|vrai|vraie|reel|reelle|physique|brancher|branche*|chez nous|
        dans nos locaux|emprunter|sous la main) [_] [_] [_] [_] ({KIT})
        & (pour le voir|pour la voir|pour voir|pour tester|pour reproduire|pour verifier|pour essayer|pour corriger|
        pour deboguer|pour travailler|tester|reproduire|reproductible|teste*|verifier|deboguer|sur place|branche*|
        sous la main|simul*|emul*|uniquement|seulement|avancer|local|locaux)
    ({KIT}) [_] [_] [_] [_] (needed|required|necessary|indispensable*|requis*|necessaire*|obligatoire*|
        a must) & (test*|reproduc*|reproduire|debug*|deboguer|verif*|try|essayer)
    (reproducible|reproduced|reproduce|happens|occurs|visible|tested|testable|seen|reproductible*|reproduire|
        reproduit|se produit|se voit|teste|tester|visible) [_] [_] (only|uniquement|seulement|exclusivement|que|
        just) [_] [_] (real|actual|physical|vrai|vraie|veritable|original) [_] ({KIT})
    (reproducible|reproduced|reproduce|happens|occurs|visible|tested|testable|seen|reproductible*|reproduire|
        reproduit|se produit|se voit|teste|tester) [_] (with|on|avec|sur) [_] (real|actual|physical|vrai|vraie|
        veritable|original) [_] ({KIT}) [_] (only|uniquement|seulement|exclusivement)
    1.0 (gb|go|gib|gigabytes|giga) [of|de] [video|graphics|memoire|gpu] (vram|video memory|gpu memory|graphics memory|
        memoire graphique|memoire video|ram video|gpu)
    (at least|au moins|minimum|more than|plus de|takes|needs|requires|demande|necessite|il faut|
        faut) [_] [_] [_] [_] [_] (vram|gpu|gpus|memoire graphique|memoire video|cluster|calculateur|supercomputer|
        ram)  & (1.0 (gb|go|gib|gpus|cartes|nodes|noeuds)|a100|h100|v100|several|plusieurs|big|gros)
    -- accounts and services that cost, or are ours
    (need*|requires|required|must|have to|only|can't|cannot|without|not|impossible|necessit*|requiert|requis*|faut|
        faudra|doit|impossible|sans|uniquement|seul*|indispensable*|obligatoire*|suppose*)
        & [without|sans|no] [a|an|un|une] (merchant account|seller account|paid account|paying account|paid plan|
        business plan|enterprise plan|premium plan|pro plan|paid subscription|subscription to|paid licence|
        paid license|licence key|license key|developer account|partner account|
        compte marchand|compte vendeur|compte payant|compte pro|compte professionnel|offre payante|formule payante|abonnement a|abonnement au|abonnement payant|licence payante|cle de licence|compte developpeur|compte partenaire|licence commerciale|compte premium)
        & (test*|reproduc*|reproduire|try|essay*|see|voir|work on|verif*|check|debug*|no free|no trial|
        pas de version gratuite|pas d'essai|free version|free tier|version gratuite|version d'essai|at the|chez|need*|
        faut|required|requis*|necessit*)
    (subscription|licence|license|abonnement|paid|payant*) & (there is no free|there's no free|no free version|
        no free tier|no trial|no test account|pas de version gratuite|pas de version d'essai|pas de compte de test|
        aucune version gratuite|aucun compte de test|not free|n'est pas gratuit*|not included in the free|
        we can't share|cannot be shared|can't lend)
    (play console|app store connect|google cloud console|aws console|azure portal|search console|registrar|
        registrar's|dns provider|hosting panel|hosting control panel|stripe dashboard|control panel|admin console|
        cpanel|back office of|payment dashboard|registraire|bureau d'enregistrement|console d'administration|
        panneau d'hebergement|espace client|console google|tableau de bord stripe|hebergeur|hosting provider|
        hosting company|zone dns|dns zone|google workspace|cloudflare|mailchimp|helloasso)
        & (our account|our login|needs our|only|access|credentials|log in|must be|has to be|have to be|be edited|
        be changed|be done|be renewed|to be set|we can't|notre compte|nos identifiants|seul*|acces|identifiants|
        doit etre|a faire|a modifier|a changer|a renouveler|se fait|a configurer|depuis|dans la|dans le|avec notre|
        ne peut|ne pouvons)
        & (account|login|access|credentials|rights|only|edited|changed|done|renewed|set|in the|from the|compte|acces|
        identifiants|droits|seul*|modifi*|chang*|faire|fait|renouvel*|configur*|dans la|depuis)
    -- who knows the password
    (only|seul|seule|seuls|seules|nobody but|no one but|personne d'autre que) [_] [_] [_] [_] [_] [_] (know|knows|
        hold|holds|have|has|own|owns|keep|keeps|got|connait|connaissent|detient|detiennent|possede|possedent|a|ont|
        dispose|disposent) [_] [_] (password*|credentials|key|keys|login|logins|access|code|codes|pin|token|rights|
        certificate|account|mot de passe|mots de passe|identifiants|cle|cles|acces|jeton|droits|certificat|compte)
    (password*|credentials|keys|login|access|mot de passe|mots de passe|identifiants|cle|cles|acces) [_] [_] (is|are|
        is only|are only|est|sont|n'est|ne sont) [_] (known|held|kept|reserved|restricted|limited|with|shared|connu*|
        detenu*|garde*|reserve*|limite*|communique*) [_] (to|by|for|with|only|de|par|a|aux|au|que) [_] [_] (admin*|
        treasurer|board|team|maintainer*|owner*|staff|two|few|tresorier*|bureau|equipe|mainteneur*|proprietaire*|
        salarie*|deux|quelques|membre*)
    (someone|somebody|person|people|whoever|one of those|maintainer|quelqu'un|une personne|celui|celle|ceux|
        personnes) [_] (with|who has|who have|having|qui a|qui ont|ayant|disposant) [_] [_] (access|rights|
        credentials|login|permissions|acces|droits|identifiants|droit|la main) [_] (to|on|for|in|a|au|aux|sur|de|d'|
        du) [_] [_] (server|servers|production|database|mail*|host*|machine|organisation|organization|account|
        registrar|repository settings|ci|cloud|infrastructure|backup*|console|dns|serveur*|base|messagerie|
        hebergement|organisation|compte|registraire|depot|infra|sauvegarde*|reglages)
    (require*|need*|must|has to|have to|only|necessit*|requiert|faut|faudra|suppose*|demande|doit|uniquement|seul*|
        reserve*) & (owner permission*|owner right*|owner of the organi*|owner role|organi* owner*|
        admin of the organi*|repository admin*|administrator of the|proprietaire de l'organisation|
        proprietaire du groupe|proprietaire du depot|administrateur de l'organisation|administrateur du groupe|
        administrateur du depot|etre proprietaire|etre administrateur|role proprietaire|role mainteneur|
        maintainer role|droits de proprietaire|droits d'administrateur|droits d'administration|admin rights|
        admin access|admin permission*|root access|root rights|acces root|acces administrateur|ssh access|acces ssh|
        vpn)
    (production|prod|live|real|production's|en ligne|reelle) [_] (database|db|data|server|servers|instance|system|
        logs|machine|site|base|donnees|serveur|journaux|systeme|environment|environnement) & (nowhere else|
        not locally|only there|only shows|only there|can't hand out|cannot hand out|can't share|cannot share|no dump|
        no copy|not be copied|we can't give|access to|ssh|log in|logs of|restart*|nulle part ailleurs|pas en local|
        que la|qu'en production|ne pouvons pas|ne peut pas|pas de copie|fournir de copie|acces|redemarr*|se connecter)
        & (reproduc*|see|shows|seen|happens|occurs|access|need*|requires|only|restart*|hand out|share|log in|look|
        fix*|reproduire|constate*|voit|voir|produit|acces|faut|necessit*|seul*|uniquement|redemarr*|fournir|regarder|
        corrig*)
""", KIT=_KIT)  # fmt: skip
