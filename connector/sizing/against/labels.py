"""Labels by which a project says no, or not yet, without a rule of their own."""

from __future__ import annotations

from connector.sizing.against.phrases import lines, names

_INFO = (
    "info|infos|information|informations|details|detail|data|reproduction|repro|steps|reproducer|test case|testcase|clarification|clarity|"
    "feedback|response|reply|answer|input|author|author response|author feedback|reporter|user|user feedback|user info|user input|submitter|op|customer|"
    "reporter feedback|reporter response|contributor|logs|log|example|sample|mcve|minimal reproduction|repro steps|confirmation"
)
_DECISION = (
    "decision|design|design decision|discussion|debate|consensus|rfc|proposal|spec|specs|specification|definition|refinement|grooming|approval|"
    "design work|design review|ux|ux design|design doc|product decision|product input|product|votes|vote|maintainer decision|thought|agreement|mockup|wireframes|"
    "architecture|research|estimation|scoping|use case|justification|opinion|opinions|acceptance criteria|concept"
)
REJECTING = lines("""
    -- no
    [resolution|closed as|status] (wontfix|wont fix|will not fix|not fixing|wont do|will not do|wontdo|wont implement|
        will not implement|not planned|notplanned|cant fix|cannot fix|cantfix|wont merge|no fix|nofix|
        not going to happen|will not be fixed|rejected|declined|denied|refused|not accepted|dismissed|closed|
        abandoned idea|nope)
    (invalid|not valid|notvalid|not a bug|notabug|no bug|not an issue|notanissue|not a defect|as designed|by design|
        working as (intended|designed|expected)|works as (intended|designed|expected)|expected behaviou|
        expected behavior|expected behaviour|behaves as expected|intended behavior|intended behaviour|intended|
        user error|not our bug|notourbug|not us|not relevant|irrelevant|off topic|out of scope|outofscope|
        not in scope|non issue)
    (duplicate|duplicated|duplicates|dup|dupe|possible duplicate|potential duplicate|duplicate of)
    (works for me|worksforme|works4me|cannot reproduce|cant reproduce|could not reproduce|not reproducible|
        unreproducible|non reproducible|no repro|norepro|unable to reproduce|irreproducible|not reproduced|
        cannotreproduce|cantreproduce|cant repro|cannot repro)
    (obsolete|outdated|out of date|superseded|replaced|no longer relevant|no longer needed|not needed|wont need|
        deprecated|expired|overtaken)
    (spam|test issue|junk|incorrect)
    (resolved|solved|fixed|done|already fixed|completed|implemented|answered|merged|fixed in (dev|develop|main|master|
        next release)|fix released|released|shipped)
    -- not yet
    [is|put|currently] (on hold|onhold|hold|parked|parking lot|icebox|ice box|on ice|frozen|deferred|postponed|
        postpone|delayed|later|someday|some day|maybe|not now|paused|suspended|shelved|snoozed|sleeping|dormant|
        pending|limbo|stalled|stuck|long term|longterm|far future|wishlist|wish list|pie in the sky|backburner|
        back burner|waiting|wait|awaiting|hibernating|not yet|not actionable|unactionable|unplanned|future|
        no timeline|low hanging fruit not)
    (needs|need|requires|require|required|awaiting|await|pending|missing|more|wants|want|lacks|waiting for|waiting on|
        wait for|waiting|requested|request) [more|further|additional|some|a|user|customer|better|reporters|reporter|
        author|for|clear|the] ({INFO}|{DECISION}) [from (user|author|reporter|submitter|op|maintainer|customer)]
    [more|further|additional|design|user|author] ({INFO}|{DECISION}) (needed|required|requested|missing|wanted|
        pending|necessary|please|awaited|insufficient|incomplete)
    (not enough|insufficient|incomplete|unclear|no|too little) ({INFO}|{DECISION})
    (unclear|unspecified|underspecified|under specified|vague|unconfirmed|unverified bug report|undecided|
        to be (discussed|decided|defined|clarified|confirmed|specified)|tbd|under discussion|in discussion|
        being discussed|under consideration|considering|under review by maintainers|needinfo|needsinfo|needmoreinfo|
        needsmoreinfo|needsrepro|needsdiscussion|needsdecision|needsdesign|moreinfo|moreinfoneeded|infoneeded|
        inforequired)
    (controversial|contentious|breaking change discussion|design needed|decision needed|proposed|idea parking|
        not approved|unapproved|not ready for contribution)
    -- a collection
    (epic|epics|umbrella|meta issue|metaissue|tracking|tracking issue|tracker|parent|parent issue|master issue|
        mega issue|megaissue|super issue|saga|initiative|meta ticket|umbrella issue|metabug|meta bug|theme issue)
    -- ce ne sera pas fait
    (ne|n) (sera|seront) pas (corrige|corrigee|fait|faite|traite|traitee|resolu|resolue|implemente|realise|retenu|
        retenue|integre|pris en compte|fusionne)
    (ne (pas|plus) (corriger|faire|traiter|resoudre)|pas de correctif|sans suite|sans objet|classe sans suite|abandon|
        non retenu|non retenue|non planifie|non prevu|pas prevu|rejete|rejetee|refuse|refusee|decline|declinee|ecarte|
        ecartee|ferme|fermee|clos|close|annule|annulee|caduc|caduque|nul|refus)
    (invalide|non valide|pas un (bug|bogue|probleme|defaut)|comportement (attendu|normal|voulu)|
        fonctionne comme prevu|hors (sujet|perimetre|propos)|erreur utilisateur|non pertinent|faux positif|
        non conforme)
    (doublon|doublons|en double|duplique|dupliquee|deja signale|deja signalee|deja traite|deja existant|redondant|
        doublonne)
    (non reproductible|non reproduit|irreproductible|impossible a reproduire|pas reproductible|ne se reproduit pas|
        pas reproduit|fonctionne chez moi|marche chez moi)
    (resolu|resolue|corrige|corrigee|termine|terminee|fait|livre|deja corrige|repondu|fusionne)
    (remplace|remplacee|depasse|depassee|plus d actualite|plus pertinent|plus necessaire|hors d usage)
    -- pas encore
    [mis|mise] (en suspens|en pause|en attente|en standby|en stand by|au frigo|au congelateur|gele|gelee|suspendu|
        suspendue|reporte|reportee|differe|differee|ajourne|ajournee|plus tard|un jour [peut etre]|peut etre|arrete|
        arretee|a l arret|mis de cote|en sommeil|repousse|en veille|attente|au placard|remis|au point mort)
    [decision|avis|choix|arbitrage] a (prendre|preciser|clarifier|completer par l auteur|confirmer|reproduire|
        detailler|discuter|debattre|decider|trancher|arbitrer|valider|specifier|definir|cadrer|etudier|qualifier|
        concevoir|reflechir|approfondir|chiffrer|prioriser|revoir|affiner|murir|instruire|statuer|preciser par l
        auteur|documenter par l auteur)
    (besoin|manque|demande|necessite|attente|en attente|attend|il manque|requiert|attente d|en attente d|
        en attente de|attente de|demande de|demande d|besoin de|besoin d|manque de|manque d|il manque des|plus|
        plus de|plus d) [d|de|du|des|la|l|un|une|plus|plus d|plus de|complement d|complement de] (infos|info|
        information|informations|precision|precisions|details|detail|retour|retours|reponse|reponses|
        reponse de l auteur|auteur|l auteur|rapporteur|demandeur|utilisateur|utilisatrice|clarification|
        clarifications|decision|arbitrage|validation|discussion|avis|conception|maquette|maquettes|specification|
        specifications|specs|reproduction|exemple|complement|complements|reflexion|cadrage|design|debat|consensus|
        feu vert|confirmation)
    (infos|info|information|informations|precision|precisions|details|decision|reproduction|complement|retour|reponse|
        validation|specification|conception|maquette|arbitrage) [d information|de l auteur|utilisateur] (requis|
        requise|requises|necessaire|necessaires|demandee|demandees|demande|manquante|manquantes|manquants|attendue|
        attendues|attendu|insuffisante|insuffisantes|incomplete|incompletes|souhaitee)
    (incomplet|pas clair|peu clair|imprecis|flou|non confirme|non specifie|indecis|en discussion|en debat|
        en reflexion|en cours de discussion|en cours de reflexion|en cours d arbitrage|non arbitre|non tranche|
        non decide|controverse|insuffisant|non valide par l equipe|a l etude)
    -- un recueil
    (epopee|epopees|chapeau|ticket chapeau|ticket parent|ticket mere|fiche mere|parapluie|chantier|suivi global|
        suivi general|ticket de suivi|fiche chapeau)
""", INFO=_INFO, DECISION=_DECISION)  # fmt: skip
REJECTING_TOPICS = lines("""
    -- words that name a part of the program as well
    question
    questions
    discussion
    discussions
    discuss
    [feature|design|enhancement] (proposal|rfc)
    rfc
    rfd
    proposals
    meta
    [user|usage|technical] support
    support (request|question|needed)
    [how to|usage|help] question
    milestone
    roadmap
    help request
    brainstorm
    brainstorming
    debate
    poll
    feedback
    suggestion box
    incubating
    idea
    ideas
    tracking
    suivi
    idee
    idees
    proposition
    debat
    sondage
    assistance
    jalon
    jalons
    feuille de route
    (demande) (d aide|d assistance|de support)
    aide a l utilisation
    concertation
    reflexion
""")  # fmt: skip
STALE = lines("""
    [probably|going|gone|possibly|auto|bot|getting|is|marked|considered|automatically|closing as|close soon] (stale|
        rotten|staled|stalebot|stale bot|autostale|lifecycle stale|lifecycle rotten|lifecyclestale|lifecyclerotten)
    stale [issue|bot|closing|pr|_]
    [no|without|low] [recent] (issue|ticket|pr|user|author|recent) activity
    (no|without) [recent] (updates|update|progress|movement|interaction|engagement)
    (_ stale|stale _)
    (vieux|vieille|ancien) [et] (abandonne|abandonnee|oublie|inactif)
    no (issue|recent|ticket) activity
    (closing|close|closes) soon
    inactive _
    [no|without|lack of|lacking|low|zero] (inactivity|no recent activity|no activity|without activity|
        norecentactivity|noactivity|recent activity)
    inactive [for a while|issue|_]
    (auto|will be|closing|close|to be|automatically|scheduled to be) [auto] (closed|closing|close) [soon|
        due to inactivity|for inactivity|as stale|inactivity]
    (closed|closing) (due to|for|because of) (inactivity|age|lack of activity)
    pending close [inactive|stale]
    (vieux|vieille|ancien|ancienne) (ticket|fiche|sujet|bug)
    (abandoned|dormant|dead|deserted|orphaned|orphan|unmaintained|neglected|forgotten|aged|aging|old|very old|ancient|
        zombie|rotting|dying|expiring|needs bump)
    (no|without) (response|reply|answer|feedback) [from author]
    (noresponse|autoclose|autoclosed|auto close|auto closed|stale autoclose|abandoned by author)
    (inactif|inactive|inactivite|inactifs|dormant|dormante|endormi|endormie|perime|perimee|obsolete|abandonne|
        abandonnee|oublie|oubliee|mort|morte|rassis|pourri|pourrie|moisi|delaisse|delaissee|vieux|vieille|ancien|
        ancienne|en friche|fantome|laisse a l abandon|a l abandon|zombie|orphelin|orpheline|expire|expiree|desuet|
        vieilli|en sommeil|depasse|caduc)
    (sans|plus d|aucune|pas d|plus aucune|faible|manque d|absence d) (activite|activite recente|reponse|nouvelles|
        suite|nouvelle|reaction)
    (fermeture|cloture) (automatique|pour inactivite|prochaine|auto)
    (sans (reponse|activite|nouvelles)|inactif|inactive|inactivite) (depuis|trop|6|_) _
    (sans reponse|pas de reponse|plus de nouvelles|pas de nouvelles|sans nouvelles)
""")  # fmt: skip
PROCESS = names("""
    status state statut etat resolution type kind nature triage workflow flow flag flags lifecycle cycle process
    processus progress progression issue ticket bot auto meta closed reason raison motif r s t c i o q stage
    etape phase step board kanban tag label etiquette action needs pr review suivi decision info gh github
    gitlab cat category categorie classe class severity os platform plateforme plat system systeme env
    environment environnement target cible area zone impact avancement disposition outcome verdict reponse
    response work activity activite blocked
""")  # fmt: skip
"""What stands before the words of a label and says what sort of label it is."""
TOPIC = names("""
    component composant comp module mod topic theme sujet feature feat fonctionnalite page view vue section ui
    lang langue language package pkg paquet app application service team equipe project projet domain domaine
    scope perimetre plugin extension lib library crate dep deps dependency a p pkgs widget screen ecran menu
    part partie subsystem layer couche space espace site tool outil docs doc documentation test tests ci content
    contenu file fichier group groupe product produit model table api
""")  # fmt: skip
"""What stands before the name of a part of the program: the rest says nothing of the issue's state."""
