"""It can be done on one system only, which a volunteer may not have."""

from __future__ import annotations

from connector.sizing.against.phrases import lines

LABELS = lines("""
    (windows|macos|mac|osx|os x|mac os|ios|ipados|iphone|ipad|apple|apple silicon|win32|win|uwp|wpf|winforms|msi|
        win64|watchos|tvos|xcode|safari ios|mac catalyst|swiftui|visionos|aix|solaris) (only|specific|exclusive|
        uniquement|seulement|exclusif)
    only (windows|macos|mac|ios|iphone)
    platform specific
    (specifique|propre a|reserve a) (windows|macos|mac|ios)
""")  # fmt: skip
TOPICS = lines("""
    windows
    (windows|win) (10|11)
    [apple] (macos|mac|osx|os x|mac os|mac os x)
    ios
    ipados
    iphone
    ipad
    apple
    apple silicon
    win32
    win64
    uwp
    wpf
    winforms
    watchos
    tvos
    visionos
    m1
    xcode
""")  # fmt: skip

_BARE = """
    windows [xp|vista|7|8|10|11|server|pc|machine|box|computer|host|laptop|desktop|environment|system|
    installation|vm]|pc windows|poste windows|macos [_]|mac os [x]|os x|osx|mac [mini|pro|book|computer|machine|
    os]|macs|macbook [pro|air]|imac|apple computer|apple computers|apple device|apple devices|apple hardware|
    apple silicon [mac]|apple machine|apple machines|ordinateur apple|ordinateurs apple|appareil apple|
    appareils apple|materiel apple|machine apple|poste apple|iphone|iphones|ipad|ipads|ios [device|simulator|
    devices]|ipados|apple watch|apple tv|aix|solaris|freebsd|ordinateur mac|poste mac|poste macos|
    poste sous windows|machine windows|machine mac|machine sous windows|ordinateur windows|
    ordinateur sous windows|m1|m2|m3|m-series mac|m-series macs|windows only|simulateur d'apple|simulateur ios|
    simulateur apple
"""
_SYSTEM = (
    "[a|an|the|real|un|une|le|la|l'|physical|recent|your own|own|vrai] [real|physical|genuine|recent|newer|vrai|poste|ordinateur|pc|telephone|machine|appareil|environnement] [sous] "
    f"({_BARE})"
)
_TOOL = """
    xcode|xcodebuild|xcode command line tools|notarytool|codesign|appkit|uikit|swiftui|cocoa|widgetkit|storekit|
    healthkit|coreaudio|core audio|corebluetooth|core bluetooth|avfoundation|testflight|app store connect|
    interface builder|instruments|metal|homekit|carplay|siri|touch bar|voiceover|spotlight|finder extension|
    applescript|keychain|objective-c|swift ui|ios simulator|simulateur ios|simulateur d'apple|hdiutil|dmgbuild|
    launchd|visual studio|msvc|winforms|windows forms|wpf|uwp|winui|direct2d|directx|direct3d|win32|win32 api|
    windows api|gdi|gdi+|mfc|powershell ise|windows registry|registre windows|base de registre|wix|wix toolset|
    msbuild|hyper-v|windows sdk|signtool|com interop|dll com|com dll|activex|outlook add-in|vsto|
    access database engine|windows service|service windows|windows installer|task scheduler|iis|.net framework|
    net framework|windows hello|explorer extension|shell extension
"""
_WORKS = """
    run|runs|running|work|works|compile|compiles|compiled|build|builds|built|be built|be compiled|be run|
    be tested|be developed|be done|be reproduced|reproducible|reproduce|tested|test|exists|exist|available|
    occurs|occur|happens|happen|fails|fail|crashes|crash|appears|seen|visible|affects|launched|developed|
    debugged|debug|verified|checked|verify|check|signed|supported|executes|execute|observed|shows up|manifest|
    usable
"""
_MARCHE = """
    tourne|tournent|fonctionne|fonctionnent|marche|marchent|compile|compilent|se compile|se compilent|s'execute|
    s'executent|se construit|se construisent|existe|existent|se produit|se reproduit|se produisent|se teste|
    se testent|se voit|arrive|arrivent|se manifeste|plante|plantent|se lance|disponible|disponibles|
    reproductible|testable|compilable|constructible|se verifie|se debogue|apparait|apparaissent|se developpe|
    peut etre (compile*|teste*|construit*|reproduit*|developpe*|verifie*|execute*|fait*|realise*)|
    peut se (compiler|tester|construire|reproduire|faire)|construit|construire|compiler|tester|reproduire|
    s'utilise|s'installe|verifiable|realisable|faisable
"""

SAYS = lines("""
    -- only there
    (only|solely|exclusively) [be] ({WORKS}) [and|or|,] [{WORKS}] [_] [with|on|under|in|from|using] (on|under|in|from|
        with|for) {SYSTEM}
    ({WORKS}) [and|or] [{WORKS}] [_] [_] (only|exclusively|solely) (on|under|in|from|with|for) {SYSTEM} !(and linux|
        and ubuntu|or linux)
    (only|exclusively|solely) (on|under) {SYSTEM} !(and linux|and ubuntu|or linux)
    ({BARE}) (only|exclusively|exclusive) /
    (windows|macos|mac|ios|iphone|os x|osx)-only /
    [this|is] [is] [a] (windows|macos|mac|ios|iphone|os x|osx)-only (bug|issue|problem|crash|code|module)
    (windows|macos|mac|ios|iphone|apple)-specific (code|module|bug|issue|problem|backend|api|driver|crash|feature)
    (specific|limited|restricted|exclusive|confined|peculiar|tied) to {SYSTEM}
    (not|neither|nor|n't) [_] [_] (compile|compiles|run|runs|exist|exists|build|builds|work|works|available|happen|
        reproducible|reproduce|occur|possible) [nor runs|or run|nor run|or build] (on any other|on other|
        anywhere else|elsewhere|anywhere but|on anything but|outside|on linux|except on|other than on) [system|
        systems|platform|platforms|os|of|than|or|and] [_] {SYSTEM}
    (no|none) [_] [_] (exists|available|runs|works) (elsewhere|anywhere else|on linux|outside|on other)
    ({BARE}) [_] [_] [_] (exists|available|runs|works|compiles|of this exists|builds) (nowhere else|only there)
    ({TOOL}) [and|or] [_] [only] (only|exclusively|solely) [_] [_] (runs|run|works|work|exists|exist|available|
        compiles|builds|on|installs)
    ({TOOL}) [_] [_] (is|are) (not available|unavailable|only available|available only|not supported) [_] (on|
        elsewhere|outside|for)
    (on|under|sous|sur) {SYSTEM} .. only there
    -- a machine is needed
    (need|needs|needed|requires|require|required|requiring|must have|must own|must use|will need|have to have|
        have to use|you'll need|takes|call for|calls for|bring|bring) [access to|a contributor with|someone with|
        somebody with|to have|to own|to be on|to use] [your|your own|own|at least|both|
        either] {SYSTEM} [_] [_] [_] [_] (to (build|test|compile|work|reproduce|develop|verify|debug|sign|try|run|
        check|fix|see)|for (this|building|testing|signing|it)|in order|is needed|is required|required|needed|at hand|
        (or later|or newer)|with xcode)
    (need|needs|requires|require|requiring|must have|must own|you'll need|you will need|you need|must be on|
        has to be on|have to be on|must use|needs to be done on|must be done on|has to be done on|have to own|
        has to be built on|must be built on|needs to be built on|has to be tested on|must be tested on) [access to|
        someone with|somebody with|to have|to own|at least|either|both|contributor with|to run|
        running] {SYSTEM} !(10 or linux|or linux|and linux|version|path|user|users|accounts|line endings|build number|
        support|8 is)
    ({BARE}) (is|are|will be) [absolutely|therefore] (needed|required|necessary|mandatory|a must|obligatory|
        a prerequisite|indispensable)
    (without|no) (a mac|a macbook|an apple device|an apple computer|apple hardware|a windows machine|a windows pc|
        an iphone|an ipad|windows|macos|an ios device|a windows computer|a windows installation|access to a mac|
        access to windows|a windows vm) [_] [_] [_] (can't|cannot|not able|unable|won't be able|will not be able|
        impossible|no way|can not|not be able|not possible|no chance)
    (can't|cannot|not|impossible|unable to|n't|no way to) [be] [_] [_] (test*|build*|built|compile*|verif*|reproduce*|
        check*|develop*|do|done|fix*|work*|sign*|debug*) [_] [_] [_] without {SYSTEM}
    (someone|somebody|person|people|contributor|contributors|volunteer|those|anyone|anybody|whoever|developer) [with|
        who has|who owns|who have|whose|that has|using|on|who uses|who works on|who runs|working on|who is on|running|
        owning|having] [_] [_] [machine is|computer is|uses] {SYSTEM} [_] [_] !(reported)
    (looking for|we need|needs|wanted|help from|only take this if you have|only take this if you own|
        only take it if you have|please only take this if you|if you have|if you own|you have|you own) [someone|
        somebody|people|a contributor|a volunteer|a developer|contributors|help from] [with|who has|on|who owns|using|
        running] [_] {SYSTEM} [_] [_] (please|at hand|needed|wanted|only|yourself|handy|available|$)
    (do|test|build|develop|compile|run|try|reproduce|check|debug) (it|this) (on|under|with) (your|your own|
        own) [own] (mac|macbook|windows pc|windows machine|iphone|ipad)
    (have|has) no (ci|runner|build server|machine) [for|with] [it|this|that] [_] [_] {SYSTEM}
    -- a tool that exists only there
    (need|needs|requires|require|required|requiring|must have|must use|you'll need|you will need|will need|built|
        compiled|compiles|written|implemented|handled|debug|developed) [_] [_] [_] [with|in|by|using|on|through|via|
        inside|against] [the|a|an|in] (xcode|xcodebuild|notarytool|codesign|appkit|uikit|swiftui|cocoa|widgetkit|
        testflight|interface builder|storekit|visual studio !code|msvc|winforms|windows forms|wpf|uwp|winui|direct2d|
        directx|mfc|wix toolset|windows sdk|signtool|ios simulator|hdiutil|simulator of apple|swift ui)
    (calls|call|talks to|uses|use|relies on|based on|wraps|through|via|directly to|written against|part of|
        goes through|depends on|tied to|binds to|hooks into|implemented with) [directly|directly to|to] [the|a|
        an] [native|windows|apple|macos] (gdi|gdi+|appkit|uikit|coreaudio|core audio|corebluetooth|core bluetooth|
        avfoundation|widgetkit|swiftui|cocoa|storekit|winrt|win32|win32 api|win32 apis|windows api|windows apis|
        com interface|com interfaces|com object|com objects|com server|windows registry|wpf|winforms|uwp|directx|
        direct2d|mfc|activex|windows services|keychain services|applescript|windows shell|windows print|windows hello|
        dpapi|wmi|media foundation|directwrite|core bluetooth|metal api|carplay|homekit|coredata|core data)
    (notarise|notarize|notarised|notarized|notarisation|notarization|notarising|notarizing|code-sign|
        codesign) [_] [_] [_] (dmg|app|mac|macos|installer|build|bundle|apple|package|image|application|binary)
    (sign|signing) [and|_] [_] [the|our] (dmg|pkg|macos app|mac app|ipa|ios app|msi|mac build)
    (com) (dll|object|server|component|interop|add-in) [_] [_] (registered|register|registration|windows)
    (voiceover|safari with voiceover|narrator|jaws) [_] [_] [_] [_] [_] [_] [_] [_] (apple|mac|iphone|
        windows) (device|machine|pc|needed|required|only|computer)
    (crash log|log|crash report) from testflight
""", SYSTEM=_SYSTEM, BARE=_BARE, TOOL=_TOOL, WORKS=_WORKS) + lines("""
    -- uniquement la
    (uniquement|seulement|exclusivement|specifiquement) [_] (sur|sous|avec|pour|depuis) {SYSTEM} !(et linux|ou linux|
        et sous linux)
    (sur|sous|depuis|avec|pour) {SYSTEM} (uniquement|seulement|exclusivement|exclusif)
    ({BARE}) (uniquement|exclusivement|seulement|obligatoire|indispensable|requis|necessaire|exige|obligatoirement|
        imperatif|imperativement)
    [ne|n'|ne se|que|qu'*|ne s'] ({MARCHE}) [et] [ne] [ne s'|ne se] [{MARCHE}] [pas ailleurs] (que|qu'*) [sur|sous|
        avec|depuis|dans|a partir d'|pour] (sur|sous|avec|depuis|dans|a partir d'|pour|environnement) [les|un|une|des|
        le|la] {SYSTEM}
    (ne|n'|se) [_] ({MARCHE}) [_] [_] [_] [_] (que|qu'*|uniquement|seulement|exclusivement) (sur|sous|avec|depuis|
        pour) [les|un|une|des|le|la] {SYSTEM}
    (propre|specifique|specifiques|limite|limitee|reserve|reservee|lie|liee|particulier|exclusif) a {SYSTEM}
    (rien|pas|aucun|n'*|ni) [_] [_] [_] [_] [_] (existe|ne tourne|ne marche|ne compile|compile|tourne|fonctionne|
        construit|reproduit) [pas|ni] [ni|se] (sous linux|ailleurs|sur linux|sur d'autres|hors de|hors d'|
        en dehors de|sous un autre|sur un autre|sur aucun autre)
    ({BARE}) [_] [_] [_] [_] [_] [_] [_] [_] (n'existe pas ailleurs|pas ailleurs|n'existe sous linux|n'existe que la|
        rien d'equivalent ailleurs)
    ({TOOL}) [et|ou] [_] (ne|n'|uniquement|seulement) [_] [_] (que|qu'*|sur|sous|tourne*|existe*|fonctionne*)
    -- il faut la machine
    (il faut|il faudra|il vous faut|il nous faut|faut|faudra|faudrait|necessite|necessitent|requiert|demande|exige|
        suppose|implique|besoin d'|besoin de|prevoir|prevoyez|disposer d'|disposer de|muni d'|munissez-vous d'|avoir|
        posseder|impossible sans|pas possible sans|sans|reserve aux possesseurs d'|se faire sur|a faire sur|
        a faire sous|a compiler sur|a compiler sous|a tester sur|a tester sous|a construire sur|a construire sous|
        a reproduire sur|developper sur|developper sous|compiler sous|compiler sur|construire sous|
        construire sur) [avoir|disposer d'|posseder|travailler sous|travailler sur|etre sous|d'|de|forcement|
        absolument|imperativement|au moins|obligatoirement|necessairement|acces a] [d'|de|un|une|
        soit] {SYSTEM} !(et linux|ou linux)
    (possede|possedant|dispose|disposant|ayant|equipe|equipee|travaille|travaillant|muni|qui a|avec) [d'|de|du|sur|
        sous|quotidiennement] [d'|un|une|des] {SYSTEM} [_] [_] [_] (sous la main|pour (tester|compiler|verifier|
        reproduire|construire)|recherche|bienvenu*|est le bienvenu|serait|car|$)
    (cherchons|cherche|recherche|recherchons|faut|faudrait|besoin de|besoin d'*|appel a) (quelqu'un|une personne|
        un benevole|un contributeur|une contributrice|un volontaire|des personnes|
        une benevole) [_] [_] [_] [_] [_] {SYSTEM}
    (sans|faute de) [avoir] {SYSTEM} [_] [_] [_] [_] [_] (impossible|ne peut|ne pourra|ne pourrez|pas possible|rien|
        inutile|ne peuvent|pas moyen|ne saura|ne sera|on ne)
    (impossible|pas possible|pas moyen|ne peut|ne pourra|ne peut pas|pas) [de|d'*|pas|etre|
        se] [_] [_] [_] [_] [_] sans {SYSTEM}
    -- un outil qui n'existe que la
    (il faut|faut|faudra|faudrait|necessite|requiert|prevoir|ouvrir|compiler|compile|compilation|construire|construit|
        ecrit|ecrite|ecrits|tester|code|developpe|developpee|realise|gere|geree|deboguer|signer|passe par|demande|
        exige|a compiler|se compile|se construit|muni de|munie de) [_] [_] [_] [_] [dans|avec|en|par|sous|via|d'|de|
        la charge] [l'|le|la|un] (xcode|xcodebuild|notarytool|codesign|appkit|uikit|swiftui|cocoa|widgetkit|
        testflight|interface builder|storekit|visual studio !code|msvc|winforms|windows forms|wpf|uwp|winui|direct2d|
        directx|mfc|wix|kit windows|signtool|simulateur ios|simulateur d'apple|objective-c|sdk windows|
        simulateur de l'iphone)
    (appelle|appellent|utilise|utilisent|repose sur|reposent sur|s'appuie sur|s'appuient sur|passe par|parle a|
        fait appel a|pilote|dialogue avec|manipule|depend de|lie a|encapsule|attaque) [directement|du|de|d'] [l'|le|
        la|les|un|une|des] [api|interface|bibliotheque|composant] [de|native] (gdi|gdi+|appkit|uikit|coreaudio|
        core audio|corebluetooth|avfoundation|widgetkit|swiftui|cocoa|storekit|winrt|win32|api windows|windows|
        base de registre|registre windows|registre|com|wpf|winforms|uwp|directx|direct2d|mfc|activex|service windows|
        services windows|trousseau|applescript|simulateur d'apple|simulateur ios|spouleur windows|wmi|dpapi|
        outils apple|objets com|ole|trousseau d'acces)
    (notariser|notarisation|notarise|notarisee|signer|signature) [_] [_] [_] (dmg|image dmg|application mac|
        application macos|installateur mac|pkg|apple|ipa|paquet mac|msi)
    (journal|rapport|plantage) testflight
    (dll|objet|composant|serveur) com [_] [_] [_] (enregistre*|windows|inscrit*)
    (outils|outil|chaine d'outils|utilitaires) [de|d'] (apple) [_] [_] [_] (uniquement|seulement|que|qu'*|mac*|
        ordinateur*)
    (windows|mac|macos|ios|iphone) (obligatoire|indispensable|exclusivement)
""", SYSTEM=_SYSTEM, BARE=_BARE, TOOL=_TOOL, MARCHE=_MARCHE)  # fmt: skip

_SYSTEMS = """
    windows|windows 10|windows 11|macos|mac os|os x|osx|mac|macs|macbook|imac|apple devices|apple device|
    apple computer*|apple hardware|apple silicon|iphone|iphones|ipad|ipads|ios|ios device*|ipados|watchos|
    apple watch|appareils apple|appareil apple|ordinateur apple|ordinateurs apple|materiel apple|poste windows|
    pc windows|windows pc|windows machine|machine windows
"""

TOGETHER = lines("""
    (code|module|app|project|part|it|everything|projet|partie|application|widget|extension) [_] (is|are|est|
        sont) [written|ecrit|ecrite|entirely|entierement|all|pure|tout] [written|ecrit|ecrite] [in|en] (swift|swiftui|
        objective-c|appkit|uikit|winforms|wpf|uwp)
    (have|keep|prevoir|prevoyez|avoir|disposer d'|with|avec|need*|faut|necessit*|require*) (a|an|une|un) (windows|
        macos|mac) (installation|install|setup|licence|license|partition|session) [_] [_]
    (have|prevoir|prevoyez|avoir|disposer d'|faut|need*|necessit*|require*) (a|an|une|un) (installation|machine|
        partition|poste|session|licence) [de|sous|of|with] (windows|macos|mac)
    (on|for|sur|pour) [_] (iphone|iphones|ipad|ipads|mac|macs|macbook|apple watch) & (own one|have one|need one|
        borrow one|en posseder|en avoir|faut en|have to own|must own|need to own|possed* un|avec un vrai)
    ({SYSTEMS}) (is|est) [_] (a must|obligatoire|indispensable|mandatory|required|needed|necessaire|requis|compulsory|
        imperatif)
    (reproduce|reproduced|reproducible|test|tested|try|debug|build|built|develop|reproduire|tester|essayer|deboguer|
        compiler|construire|developper) [it|this|le|la|ceci] (on|in|with|sur|dans|sous|avec) (a|an|the|un|une|la|
        le) [_] (windows|mac|macos|apple|iphone|ipad|ios) [_] (vm|machine|box|pc|virtual machine|host|device|computer|
        virtuelle|poste|appareil|/)
    (on|in|sur|dans|sous) (a|an|un|une) (windows|macos|mac) (vm|virtual machine|machine virtuelle|box|laptop|pc|
        machine) [only|uniquement]
    (without|sans) [a|an|un|une] [real|vrai] ({SYSTEMS}) & (can't|cannot|not|n't|impossible|unable|nothing|ne peut|
        ne pouvez|ne pourra|on ne|pas|rien|inutile)
    (shell extension|explorer extension|extension de l'explorateur|finder extension|menu bar extra|windows service|
        service windows|system tray|zone de notification|touch bar|notarization|notarisation|notarisation|app sandbox|
        entitlements|provisioning profile|profil de provisionnement|registry|base de registre|group policy|
        strategie de groupe) & (windows|mac|macos|apple) & (must|need*|require*|only|obligatoire*|faut|necessit*|
        uniquement|seulement|reproduc*|reproduire|tester|test|build|vm|machine)
    ({TOOL}) [1.0] (is|are|est|sont) (required|needed|necessary|mandatory|necessaire*|requis*|indispensable*|
        obligatoire*)
    ({SYSTEMS}) [1.0] [machine|pc|computer] (is|are|est|sont) (required|needed|necessary|mandatory|necessaire*|
        requis*|indispensable*|obligatoire*)
    (only|solely|exclusively|uniquement|seulement|exclusivement|nowhere else|nulle part ailleurs|not elsewhere|
        pas ailleurs|on nothing else|rien d'autre) & ({SYSTEMS})
        & (be built|builds|compiles|compiled|be tested|testable|developed|be signed|debugged|reproducible|reproduced|
        work on this|construi*|compile|compilent|se teste*|testable*|developpe*|s'execute*|realisable*|faisable*)
    (be on|be running|be using|work on|work under|develop on|sit at|etre sous|etre sur|travailler sous|travailler sur|
        developper sous|tourner sous|avoir acces a|have access to|get hold of|borrow|
        emprunter) [_] ({SYSTEMS}) [_] [_] (to|for|pour|in order|afin|if you want|si vous voulez) [_] [_] (work*|
        touch*|test*|build*|fix*|develop*|reproduc*|try|travail*|touch*|teste*|construi*|corrig*|develop*|reproduire|
        essay*|toucher|y)
    (need*|require*|must|have to|has to|necessit*|requiert|faut|faudra|doit|indispensable|
        obligatoire) [_] [_] [_] [_] ({SYSTEMS}) & (to build|to compile|to test|to sign|to reproduce|to debug|
        to work on|to develop|pour compiler|pour construire|pour tester|pour signer|pour reproduire|pour travailler|
        pour deboguer|pour developper|code is|le code est|written in|ecrit en|ecrite en|swift|objective-c|xcode|
        visual studio)
    (swift|swiftui|objective-c|appkit|uikit|xcode|cocoa|winforms|wpf|uwp|win32|gdi|directx|msi|wix|registry key*|
        registry|cle de registre|base de registre|appx|msix|dmg|pkg|ipa|testflight|app store|applescript|
        powershell module|outlook|com object*|touch id|face id|siri|carplay|taskbar|jump list|explorer|finder|
        spotlight|dock) & ({SYSTEMS})
        & (machine|own a|have a|without a|poste|ordinateur|be on|be using|etre sous|etre sur|exclusivement|
        exclusively|specific to|propre a|il faut)
    (faute de|sans|without|lacking|no) [_] ({SYSTEMS}) [_] [_] & (cannot|can't|impossible|not possible|ne peut|
        ne pouvons|ne peux|nobody|personne|unable|not able|pas possible|pas tester|pas verifier|couldn't|unverified|
        non teste)
    (somebody|someone|volunteer|contributor|helper|person|quelqu'un|benevole|personne|contributeur|
        contributrice) [_] [_] [_] [_] ({SYSTEMS}) & (looking for|need*|wanted|find|search*|cherch*|recherch*|besoin|
        faut|faudrait|only|uniquement)
    (none of us|nobody in the team|nobody here|no one in the team|no maintainer|personne dans l'equipe|aucun de nous|
        personne chez nous|aucun mainteneur) [_] [_] (has|have|owns|uses|runs|a|possede|utilise|n'a|
        n'utilise) [_] ({SYSTEMS})
""", TOOL=_TOOL, SYSTEMS=_SYSTEMS)  # fmt: skip
