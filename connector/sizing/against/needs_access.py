"""It takes a device, an account, a key or rights that a volunteer does not have."""

from __future__ import annotations

import re

from connector.sizing.phrases import lines

LABELS = lines("""
    (needs|requires|need|require|requiring|needs special|needs specific|needs physical) [special|specific|physical|
        prod|production|admin|server|vpn|maintainer|db|database|paid|real|the|a] (hardware|access|device|devices|
        license|licence|license key|gpu|account|credentials|permissions|rights|subscription|vpn|equipment|machine|
        secrets|sensor|server)
    (production|prod|server|admin|db|restricted|limited|privileged|infra|vpn) access [only|needed|required|necessary]
    hardware (needed|required|specific|dependent|only)
    access (needed|required|restricted)
    (license|licence|account|credentials|device|gpu|vpn|subscription) (needed|required)
    [core|ops|sysadmin|infra|infrastructure|devops|office|maintainer|maintainers|staff|admin|admins|internal|team|
        employee|employees|committer|committers|member|members|board|owner|owners|organisation|
        organization] [team] only
    (only|for) [the] (maintainers|maintainer|staff|admins|core team|core|team members|employees)
    (maintainers|staff|admins|admin|sysadmin) (needed|required|action|action required|action needed)
    not for (contributors|community|newcomers|volunteers|external contributors)
    not open to contributions
    no external (contributions|contributors)
    needsgpu
    acces (requis|necessaire|restreint|limite|production|serveur|administrateur|admin|prod) [requis|necessaire]
    (besoin|necessite|requiert) [d'|de|du|un|une|l'] (acces|materiel|compte|licence|serveur|droits|vpn|capteur|
        gpu) [production|serveur|admin|specifique|payant|prod]
    (materiel|licence|compte|abonnement|droits|vpn|compte payant|materiel specifique|materiel special) (requis|
        requise|necessaire|payant|specifique|indispensable)
    (reserve|reservee) [a l'|aux|au|a] (equipe|mainteneurs|administrateurs|interne|admins|bureau|salaries|membres|
        permanents|noyau)
    [equipe|administrateurs|admins|mainteneurs|interne|salaries] (uniquement|seulement)
    (usage|travail) interne
""")  # fmt: skip
TOPICS = lines("""
    hardware
    internal
    core team
    paid
    enterprise
    interne
    materiel
    maintainer
    restricted
    privileged
""")  # fmt: skip
SPARED = re.compile(
    r"\b(?:typo|spelling|explain|document|list|liste|expliquer|documenter|mentionner|faute|coquille)\b", re.IGNORECASE
)

_DEVICE = """
    [the|a|an|one|this|that|your|some|such|own|un|une|le|la|l'|du|de ce|ce|cet|cette|vrai|vraie|de] [very|real|
    actual|physical|specific|special|original|right|certain|particular|compatible|corresponding|connected|
    dedicated|vrai|veritable] [_] [_] (hardware|device|sensor|scanner|printer|board|dongle|gpu|reader|robot|
    drone|camera rig|microcontroller|raspberry pi|raspberry|arduino|esp32|usb stick|adapter|serial adapter|
    watch|headset|vr headset|terminal|card reader|barcode scanner|label printer|receiver|antenna|token|yubikey|
    smart card|smartcard|thermostat|tablet|equipment|instrument|probe|testbed|nvidia|cuda|materiel|appareil|
    capteur|imprimante|lecteur|carte|boitier|sonde|scanneur|terminal|balise|borne|automate|manette|casque|
    tablette|badgeuse|badge|tpe|robot|balance|douchette|recepteur|antenne|equipement|adaptateur|carte graphique|
    etiqueteuse|telephone|camera|station meteo)
"""
_PLAN = """
    paid account|paid plan|paid subscription|paid licence|paid license|paid tier|paid version|paying account|
    paying plan|business plan|business account|pro plan|pro account|premium account|premium plan|
    premium subscription|premium|enterprise account|enterprise plan|enterprise licence|enterprise license|
    enterprise subscription|enterprise edition|commercial licence|commercial license|commercial account|
    licence key|license key|licence|license key for|product key|activation key|subscription|developer account|
    developer licence|developer program|merchant account|seller account|partner account|admin account|
    administrator account|root account|service account|api key from|api keys from|vpn|vpn access|admin access|
    root access|admin rights|administrator rights|root rights|ssh access|production access|server access|
    database access|sudo|admin permissions|admin privileges|owner rights|owner permissions|push rights|
    write access|write permissions|shell access|console access|dns access|access to production|prod access|
    signing key|signing certificate|security clearance|nda|compte payant|compte premium|compte pro|
    compte professionnel|compte entreprise|compte marchand|compte administrateur|compte admin|
    compte developpeur|compte root|compte partenaire|compte vendeur|abonnement|abonnement payant|
    formule payante|formule pro|offre payante|licence payante|licence|licence commerciale|cle de licence|
    cle d'activation|cle de produit|acces administrateur|acces admin|acces root|acces ssh|acces vpn|
    acces au vpn|acces production|acces a la production|acces au serveur|acces aux serveurs|acces a la base|
    droits d'administration|droits administrateur|droits d'administrateur|droits admin|droits root|
    droits de publication|droits d'ecriture|identifiants de production|certificat de signature|habilitation|
    compte sur le serveur|compte de production|jeton d'administration
"""
_ACCOUNT = (
    "[a|an|the|your|our|their|some|valid|un|une|le|la|l'|d'un|d'une|de|son|own] [valid|active|full|personal|company|organisation|organization|corporate|registered] [_] [_] "
    f"({_PLAN})"
)
_NEED = """
    need|needs|needed|requires|require|required|requiring|must have|must own|must be given|will need|
    have to have|you'll need|you'd need|you need|we need|takes|call for|calls for|only with|not without|
    impossible without|depends on having|only people with|only those with|only someone with|someone with|
    somebody with|people with|whoever has|whoever takes this needs|whoever takes this must have|necessite|
    requiert|exige|reclame|demande|suppose|il faut|il vous faut|il nous faut|faut|il faudra|faudra|faudrait|
    il faut avoir|il faut disposer d'|il faut disposer de|avoir besoin d'|besoin d'|besoin de|disposer d'|
    disposer de|munir d'|muni d'|munie d'|impossible sans|pas possible sans|possible sans|uniquement avec|
    seulement avec|qu'avec|passe par|implique|seules les personnes ayant|reserve aux personnes ayant|
    ceux qui ont|les personnes ayant|personnes disposant d'|quelqu'un ayant|quelqu'un qui a|quelqu'un avec|
    quelqu'un qui possede|prevoir|prevoyez|il vous faudra|vous aurez besoin d'|vous aurez besoin de|posseder
"""
_PRODUCTION = """
    [the|our|a|la|notre|le|l'|nos|les|sa|de|leur] (production|prod|live|real|staging|internal|company|private|
    hosted|official|serveur de|instance de|base de) [_] [server|servers|instance|database|db|system|environment|
    site|cluster|data|credentials|logs|network|account|machine|production|secrets|host|environments|donnees]
"""

SAYS = lines("""
    -- a device
    ({NEED}) {DEVICE} [_] [_] [_] (to (test|reproduce|debug|verify|check|work|develop|try|see|fix|confirm|
        investigate)|at hand|plugged|nearby|for this|for testing|for debugging|yourself|branche|sous la main|
        pour (tester|reproduire|deboguer|verifier|travailler|developper|essayer|avancer|corriger|voir)|a disposition|
        a portee|de ce modele|sur place|with (the|a|an)|itself|physique|physical|only|/)
    ({NEED}) [the|a|an|real|actual|access to|special|specific|own|un|une|du|le|de|vrai|ce] [the|a|real|actual|
        physical|special|specific|vrai] (hardware|physical device|physical machine|physical access|real device|
        actual device|device|nvidia|gpu|cuda|raspberry pi|physical hardware|materiel|materiel specifique|
        vrai appareil|appareil reel|carte graphique|device itself|machine itself) (itself|from|of|with|to|gpu|card|:|
        specifique|physique|dedie|reel|pour|branche|$)
    (only|can only be|cannot be|can't be|not|impossible|hard to be) [be] (reproduced|reproducible|tested|debugged|
        verified|seen|tried|worked on|developed|reproduce|test|debug|fixed|happens|occurs|fix) [properly|here|on|
        anywhere|reliably|to] (with|without|on|by owners of|if you own|if you have|by someone with|by somebody with|
        by someone who) .. (hardware|device|sensor|scanner|printer|board|gpu|gpus|card|dongle|reader|robot|adapter|
        machine|equipment|a100|h100|v100|vram|rig|cluster|tablet|drone|camera|watch|headset|terminal)
    (someone|somebody|person|people|contributor|volunteer|those|anyone|anybody|whoever) [who|that] [actually|really|
        also|already] (owns|own|has|have|possesses|possess|with|can borrow|with access to) (this|the|such|that|one of|
        a|an|these) [very|same|exact|kind of|specific|of] [_] [_] (sensor|device|hardware|scanner|printer|board|
        machine|gpu|camera|reader|robot|drone|watch|terminal|adapter|equipment|model|instrument|controller|tablet|
        phone|headset|dongle|router|cluster|rig|station)
    (if|unless) you [don't|do not] (have|own|possess|happen to have) [such] (a|an|the|this|one|two|
        such) [_] [_] (machine|device|hardware|gpu|gpus|sensor|printer|scanner|board|card|robot|drone|camera|reader|
        cluster|headset|dongle) (at hand|nearby|yourself|to test|available|$)
    (frames|signals|signal|protocol|device|hardware|sensor|printer|responses|behaviour|behavior|it|this|packets|data|
        readings) [can't|cannot|can not|could not] (can't|cannot|can not|couldn't|impossible to) be (simulated|
        emulated|mocked|reproduced in|virtualised|virtualized|faked)
    (there is no|there's no|we have no|no) [an|any|a|such] (simulator|emulator) (for|of it|exists|available|that|/)
    (0|1.0) [x|×|or more|to|go de|gb of|gb] (a100|h100|v100|gpus|vram|rtx|tpu|tpus|gpu)
    (a100|h100|v100|nvidia|gpu|gpus|cuda) [_] [is|are] (required|needed|necessary|requis|indispensable|necessaire|
        obligatoire)
    (physical|real|special|specific|dedicated) (hardware|device|equipment|gpu|machine) [itself|is|are|will be|
        of this kind] (required|needed|necessary|mandatory|a must|indispensable)
    (on|sur) [a|an|the|un|une|le] (real|physical|actual|vrai) (device|hardware|appareil|materiel) (only|uniquement|
        seulement|exclusivement)
    (il faut|faut|necessite|requiert|faudrait|faudra|besoin d'|besoin de|suppose|exige|prevoir|muni d'|disposer d'|
        disposer de|posseder) [avoir|posseder|disposer|d'|de|un|une|le|la|l'|ce|cet|du] [un|une|le|la|l'|ce|
        du] (capteur|imprimante|appareil|lecteur|boitier|sonde|terminal|materiel|badgeuse|douchette|robot|casque|tpe|
        equipement|balise|borne|carte graphique|adaptateur|gpu|station meteo|etiqueteuse|scanner|camera|drone|montre|
        manette) [_] [_] [_] (de|du|d'|pour|branche*|identique|physique|sous la main|reel|chez|en|sur|et|connecte*|
        compatible|specifique*|dedie*|equipe*|afin|nvidia|$)
    (ne|n'|ne se|impossible) [se|peut|peuvent] [etre] (reproduit|reproduire|teste|tester|verifie|verifier|voir|voit|
        debogue|deboguer|constate) [que|qu'*|le|la|ca|pas|sans] [sur|avec|sans|qu'avec|que sur|que avec|en] [le|la|un|
        une|l'|vrai|du|ce] [vrai|veritable] (materiel|appareil|capteur|imprimante|lecteur|boitier|terminal|modele|
        carte|scanner|douchette|machine|tpe|robot|gpu)
    (pas|rien|moyen|impossible) (de quoi|pour|de|d'*) (simuler|emuler) [ses|le|la|les|ce|cet|l'|son]
    (possede|possedant|dispose|disposant|ayant|equipe|equipee|proprietaire) [d'|de|du|l'|ce|cet|cette|le|un|une] [ce|
        cet|cette|un|une|la|le|meme] (capteur|modele|appareil|imprimante|materiel|lecteur|boitier|carte|terminal|
        scanner|robot|tpe|equipement|materiel)
    -- a paid service, a licence
    ({NEED}) [also|first|both|either] {ACCOUNT}
    ({PLAN}) [_] [_] [_] [_] (required|needed|necessary|mandatory|compulsory|obligatory|a must|requis|requise|
        necessaire*|indispensable*|obligatoire*|exige*|prerequis|imperati*|demande pour)
    (required|needed|necessary|requis|indispensable|necessaire|obligatoire) [is|est|to have|d'avoir|:] {ACCOUNT}
    ({PLAN}) [_] [_] (is|are|est|sont) [absolutely|strictly] (required|needed|necessary|mandatory|requis|requise|
        requises|necessaire|indispensable|obligatoire)
    (only|not|isn't|n'*) [available|visible|works|shown|possible|included|reproducible|accessible|offered|part of|est|
        disponible|visible|existe|accessible] [available|visible|for|with|on|in|to|que|qu'*|avec|dans|sur|pour] [the|
        a|le|la|un|une] [_] (paid plan|paid plans|paid tier|paid account|paid accounts|paying customers|premium plan|
        premium accounts|business plan|enterprise plan|enterprise customers|pro plan|paid version|subscribers|
        offre payante|formule payante|version payante|abonnes|offre pro|compte payant|comptes payants|formule pro)
    (free|trial|community|sandbox|demo) (tier|plan|account|version|edition|key|licence|license|keys|accounts|
        access) [is|are|does|do|doesn't|don't|they] (not|doesn't|does not|don't|do not|lacks|isn't|won't|cannot|
        has no|have no|not available) [enough|include|give|offer|have|cover|support|provide|sufficient|access|allow|
        contain|suffice|expose|let]
    (don't|do not|doesn't|does not|no|nobody|won't|refuse to|refuses to|never) [give out|offer|hand out|provide|issue|
        sell|have|there is] [any|a|give|offer|hand out] (trial|free|test|evaluation|demo) (keys|key|licences|licenses|
        licence|license|accounts|account|version|access|tier|plan)
    (offre|version|formule|compte) (gratuite|gratuit|d'essai|de base|libre) .. (ne|n'|pas) .. (pas|donne|permet|
        suffit|comprend|inclut|propose|acces|suffisant|suffisante)
    (editeur|fournisseur|prestataire|ils|operateur|service|il) [n'en|n'|ne] (n'en fournit|ne fournit|ne fournissent|
        ne delivre|ne donne|ne donnent|n'offre|ne propose|n'accorde|n'en donne|n'en accorde) (pas|aucun*|plus) [de|
        d'*] [compte|cle|licence|acces|version] [pour|de|d'*|gratuit*] [essai*|test*]
    (service|outil|logiciel|api|produit|plateforme) [est] (sur abonnement|payant|sous licence|commercial|
        proprietaire payant) .. (licence*|abonnement|nominati*|compte*|preter|payer|acces|prete*)
    (licences|licence|comptes|compte|acces|abonnement|abonnements) [sont|est] [strictement] (nominati*|personnel* et|
        non partageable*|limite* a l'equipe|reserve* a|reserve* au*|non transferable*)
    (seats|licences|licenses|accounts|subscription|license|licence) [is|are|cannot|can't|of ours|
        we have] (personal and|limited to|can't be shared|cannot be shared|not transferable|non-transferable|named|
        tied to|all taken|reserved for)
    (can't|cannot|can not|not able to|ne pouvons|ne peut|ne pouvons pas|peut pas|pouvons pas|impossible de|
        not allowed to) [en|pas|les|le|la|vous] [pas] (lend|hand out|give out|give access to|share our|preter|
        partager|fournir|donner acces|en preter|les preter|en fournir|les partager|en donner) [them|it|our|these|
        those|those|the|any|en|les|nos|notre|ces|$] [account|key|licence|license|credentials|keys|seats|access|acces|
        compte|cle]
    (costs|cost|coute|payer|pay|paying|buy|purchase|acheter|souscrire) [you|for|about|more than|a|un|une|to] [a|the|
        un|une|the] (money|subscription|licence|license|developer account|annual fee|membership|abonnement|licence|
        per month|a month|a year|par mois|par an) (to|for|first|before|pour|d'abord|$)
    -- production, servers, rights
    ({NEED}) [an|a|ssh|direct|root|admin|read|write|full|vpn|the|to have|to be given|un|l'|des|les|d'|privileged|
        shell|remote|physical|acces|access] [ssh|root|admin|to|read] (access|acces|log in|login|connection|connexion|
        credentials|identifiants|permissions|rights|droits) [ssh|admin|root] [on|to|for|of|into|a|au|aux|sur|de|d'|
        in] {PRODUCTION}
    ({NEED}) [_] [_] (access|acces|log in|credentials|identifiants|permissions|rights|droits|password|mot de passe|
        connexion) [_] [to|on|for|of|into|a|au|aux|sur|de|d'|in|du|des] [the|our|a|la|notre|le|l'|nos|
        les] (production|prod|server|servers|live|infrastructure|internal|staging|database|cluster|hosting|registrar|
        dns|cloud|aws|azure|registry|backup|mail server|kubernetes|ci|billing|bank|payment provider|payment|serveur|
        serveurs|base de donnees|base reelle|hebergement|hebergeur|registraire|console|machine|instance|infra|
        reseau interne|sauvegardes|messagerie|interface d'administration|back-office|admin panel|cms|wordpress|
        analytics)
    ({NEED}) [_] (production|prod) (access|credentials|server|servers|database|environment|data|secrets|rights|
        account|logs)
    (only|cannot be|can't be|can only be|not) [be] (reproduced|reproducible|seen|happens|happening|visible|occurs|
        tested|debugged|observed|reproduce|shows up|appears|observable|fixed|done|verified|investigated) [locally|
        elsewhere|but] (in|on|from|with access to|against) [the|our|their] (production|prod|live|real|actual|hosted|
        staging|customer's|company|internal|official|server|cloud)
    (ne|n'|ca ne|qu'*) [se|peut|s'*] (voit|reproduit|produit|constate|observe|manifeste|arrive|apparait|verifie|teste|
        voir|reproduire|observer|etre reproduit|etre verifie|verifier) [donc] [que|qu'*] [sur|en|dans|depuis|
        avec] [la|notre|l'|le|nos|les] (production|prod|instance reelle|instance de production|serveur|serveurs|
        vraie instance|site en ligne|site reel|instance en ligne|environnement de production|base reelle|
        base de production|plateforme reelle|instance officielle|vraie base|machine de)
    (someone|somebody|person|people|member|maintainer|anyone|a|only|one|those|whoever) [of us|from the team|
        of the team|else] (with|having|has|have|who has|who have|holding|with the) [the|an|full|owner|required|
        necessary|sufficient] (admin|administrator|administration|root|owner|owner's|ssh|sudo|production|server|write|
        publishing|release|maintainer|deploy|billing|dns|database|super-user|superuser) [_] (rights|access|
        permissions|privileges|account|credentials|role|login|keys|right|permission|password)
    (must|has to|have to|needs to|need to|can|only|should|can only) [be|have|only] [only|done|have] [ssh|root|admin|
        administrator|production|vpn|sudo] (ssh access|root rights|root access|production access|admin rights|
        admin access|vpn access|administrator rights|sudo rights|ssh keys|admin privileges|access to production|
        access to our|access to the server|access to the servers|access to the production) (to|on|and|$)
    (only|just) [a few|two|three|one|four|the|some|_] [_] (admins|administrators|maintainers|owners|board members|
        people|members|treasurer|sysadmins|employees|staff|team members|person|administrator|owner|maintainer|of us|
        webmaster|core team) [_] (hold|holds|have|has|know|knows|with|get|possess) [the|a|an|our] [_] (credentials|
        password|passwords|keys|key|access|rights|permissions|login|logins|token|certificate|account|accounts|
        privileges|role)
    only [a|an|the|our|two|some] [_] (admins|admin|administrators|administrator|maintainers|maintainer|owner|owners|
        treasurer|sysadmin|sysadmins|staff|board members|webmaster|core team|team) [_] [_] [_] (can|may|is able to|
        are able to) (do this|do that|do it|renew it|renew the|renew this|rotate it|rotate the|create it|create one|
        create a new|fix this|fix it|change this|change it|change that|change the dns|configure this|configure it|
        restart it|log in there|access it|access the server|access that|get in|deploy it|publish it|publish the|
        upload it|set it|set this|grant it|enable it)
    (done|do this|be done|be changed|be set|changed|configured|set|fixed|happen|made|performed|renewed) [_] (from|in|
        through|via|by|on|inside) [the|our|an|its] [_] [_] (console|dashboard|control panel|admin panel|
        admin interface|admin area|admin account|cloud console|registrar|registrar's|dns|administrator|admin|admins|
        administrators|sysadmin|hosting provider|hosting company|back office|cpanel|settings of the organisation|
        organization settings|repository settings|org settings|production server|owner|owners|maintainer|treasurer|
        root user|server itself)
    (registrar|dns|hosting|domain|cloud|aws|azure|app store connect|google play|play console|stripe|paypal|mailchimp|
        cloudflare|payment provider|payment) [_] (console|credentials|account|login|access|dashboard|panel|zone|
        provider's|settings|keys) [_] [_] (only|hold|held|holds|required|needed|belongs|access|credentials|by two|
        we can't|limited|restricted|is with)
    (credentials|password|passwords|login|logins|keys|tokens|secret|secrets|token|access) [for|to|of|
        which] [_] [_] (are|is|that) [only|not|held|kept|known|not be|restricted|limited|reserved] (held by|known to|
        known by|kept by|shared|public|with the|to the|restricted to|limited to|held|reserved for|available to|
        only known|by the|by two) [_]
    (create|renew|rotate|replace|regenerate|issue|revoke|upload|store|update|add|set|change) [a|the|an|it|new|this|
        one] [new|fresh] [_] (token|secret|secrets|credentials|certificate|key|deploy key|api key|
        personal access token|environment variable|variable) (in|into|on|to|under|for) [the|our] (repository secrets|
        ci secrets|ci settings|organisation|organization|secret store|vault|github secrets|gitlab variables|
        ci variables|repository settings|project settings|production|server|servers|store)
    (ask|contact) (the|an|our) (admin|admins|sysadmin|treasurer|board|infrastructure team|ops team) (for|
        to get) (access|credentials|an account|the key|the password|rights)
    (not|isn't|aren't|cannot be) [be] (accessible|reachable|available|possible|open|given|granted) (to|
        for) (volunteers|outside contributors|external contributors|contributors|outsiders|the public|people outside)
    (must be|has to be|needs to be|within|only from|behind|connected to|connect to) [the|our|a] (corporate vpn|
        company vpn|our vpn|internal network|office network|internal vpn|company network|the vpn|intranet|
        vpn access) [only|and|to|required|is required|needed|!logo]
    (seul|seule|seuls|seules) [un|une|les|le|la|l'|deux|trois|quelques|certains] [_] [_] (administrateur*|mainteneur*|
        membres|membre|personnes|personne|tresorier*|bureau|responsable*|permanents|salaries|proprietaire*|webmestre|
        hebergeur|admin|admins|equipe|developpeurs|d'entre nous|gestionnaire*) [_] [_] [_] [_] (peut|peuvent|pourra|
        pourront|ont|a|detient|detiennent|possede|possedent|connait|connaissent|dispose|disposent|ayant|habilite*|
        y a acces|avoir|savent)
    (dont|que) (seul|seule|seuls|seules) [_] [_] [_] [_] [_] (detiennent|detient|possedent|possede|ont|a|connaissent|
        connait|disposent|dispose)
    ({NEED}) [_] [_] (pouvoir|etre) [se|y|lire|redemarrer|consulter|modifier|administrateur*|connecter|
        acceder] [_] [_] (journaux|serveur|serveurs|production|service|administrateur*|base|machine|instance|
        connecter)
    (a faire|se fait|se regle|se configure|se modifie|faire|passer|modifier|faisable|a realiser|a changer|
        configurer) [uniquement|seulement|directement|par|que] (depuis|dans|par|via|sur|en) (la console|
        l'interface d'administration|le tableau de bord|le panneau|la console d'administration|l'espace client|
        le compte|l'espace d'administration|le registraire|l'hebergeur|un administrateur|une administratrice|
        les administrateurs|le back-office|le serveur de production|la machine de production|production|
        les parametres de l'organisation|les reglages du depot|l'administration du site)
    (connexion|acces|compte|identifiants|droits|droit|habilitation|permissions|cle ssh|mot de passe|
        certificat) [_] [_] [_] [_] [_] [_] (requis|requise|requises|necessaires|necessaire|indispensables|
        indispensable|obligatoire*|exige*|imperati*)
    (suppose|necessite|implique|exige|requiert|demande|il faut|faut|passe par) [d'|de|un|une|l'|le|la|des|les|avoir|
        disposer] [d'|un|une|l'|des|les|de] (acces|compte|droits|droit|identifiants|cle|mot de passe|connexion|
        habilitation|certificat|abonnement) (administrateur*|d'administration|admin|root|ssh|vpn|au vpn|payant*|
        au serveur|aux serveurs|a la production|a la base|sur la machine|sur le serveur|sur la production|
        de production|a l'instance|a nos serveurs|au registraire|chez l'hebergeur|a l'hebergement|de publication|
        de signature|nominati*|reserve*|premium|pro|production|aux sauvegardes|aux journaux|
        a l'interface d'administration)
    (identifiants|mots de passe|mot de passe|jeton|cle|cles|acces|codes) [_] [_] [_] (reserve* a*|detenu*|connu*|
        confie*|limite* a*|pas partage*|ne sont pas|non communique*|ne peuvent|ne peut|garde*|confidentiel*) (aux|par|
        au|etre|que|du|de|publi*|partage*|a|l'|$)
    (secret|secrets|jeton|cle|certificat|identifiants|variable) [_] [_] [_] [_] [_] (expire|a expire|est expire|
        sont expires|a renouveler|perime) [_] [_] [_] [_] [_] [_] (administrateur*|admin*|renouveler|proprietaire*|
        tresorier*)
    (pas|non) (accessible|disponible|ouvert|possible) (aux|pour les|a des) (benevoles|contributeurs|
        personnes exterieures|externes|volontaires)
    (depuis|sur|dans|via|par|derriere|connecte* au) [le|notre|un|du] (vpn|reseau interne|reseau de la|intranet|
        reseau local de|reseau du bureau) [_] [_] (uniquement|seulement|requis|exclusivement|de la|du|de l'|interne)
""", NEED=_NEED, PLAN=_PLAN, DEVICE=_DEVICE, ACCOUNT=_ACCOUNT, PRODUCTION=_PRODUCTION)  # fmt: skip

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
    (key|keys|certificate|password|token|backup*|credentials|keystore|licence|license|database|cle|cles|certificat|
        mot de passe|sauvegarde*|trousseau|identifiants) [_] [_] [_] (is|are|lives|live|sits|kept|stored|est|sont|
        se trouve|se trouvent|n'est|n'existe) [_] [_] [_] (machine|laptop|computer|pc|desk|safe|ordinateur|portable|
        poste|bureau|coffre*|personal account|compte personnel|password manager|gestionnaire de mots de passe)
    (can't|cannot|can not|impossible|no way|pas moyen|ne peut|ne pouvons|peut pas|unable) [_] [_] [_] (emulate*|
        simulate*|mock|fake|emuler|simuler|imiter) & (need*|own|desk|at home|yours|real|one|faut|possed*|bureau|
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
