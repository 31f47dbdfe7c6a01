"""It takes a device, an account, a key or rights that a volunteer does not have."""

from __future__ import annotations

import re

from connector.sizing.against.phrases import lines

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
