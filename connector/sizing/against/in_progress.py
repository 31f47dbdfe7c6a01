"""Somebody is at work on it, has reserved it, or has a request open for it."""

from __future__ import annotations

from connector.sizing.against.phrases import lines

LABELS = lines("""
    [work] in progress
    in-progress
    inprogress
    wip
    work-in-progress
    claimed
    taken
    reserved
    assigned
    already (assigned|taken|claimed)
    working
    [being|currently] worked on
    [someone] working on it
    (someone|somebody) working on (it|this)
    doing
    ongoing
    underway
    started
    [in|under|code|needs|awaiting|waiting for|ready for|pending|peer] review
    in code review
    review (needed|pending|in progress)
    needs code review
    (has|have|with|open|linked|pending|existing|see|active) (pr|mr|pull request|merge request|patch|fix|pullrequest|
        mergerequest|branch) [open|pending]
    has a (pr|mr|pull request|merge request|patch|fix)
    (pr|mr|pull request|merge request|patch|fix) (open|opened|submitted|exists|available|pending|in progress|
        in review|linked|attached|ready|sent|proposed|created)
    fix (pending|proposed|ready|in review|underway)
    in development
    [under] development
    implementing
    being (implemented|developed|fixed)
    en cours [de (traitement|developpement|realisation|correction|revue|relecture|dev|resolution)]
    (travail|correction|dev|developpement) en cours
    [deja] (pris|prise|reserve|reservee|attribue|attribuee|assigne|assignee|affecte|affectee)
    [pris|prise] en charge
    en (developpement|dev|revue|relecture|realisation|traitement|test|recette)
    (mr|pr|demande de fusion|demande de tirage|branche|correctif|pull request|merge request) (ouverte|ouvert|en cours|
        en relecture|en revue|existante|liee|associee|prete|pret|soumise|soumis|deposee)
    (a|avec) [une] (mr|pr|demande de fusion|branche)
    a (relire|fusionner|merger)
    commence
    demarre
""")  # fmt: skip

SAYS = lines("""
    -- I am, we are
    (i'm|i am|im|we're|we are|i've been|i have been|i'll be|i will be|we'll be|we have been) [already|currently|
        actively|now|just|still|also|busy|presently|now busy] (working|at work) on (this|it|that|that one|this one|
        the fix|this issue|this ticket|this bug|a fix|a patch|a pr|a pull request|a merge request|an mr|a branch|
        a solution|an implementation|something|the patch|the implementation) !(project|page|version|machine|computer)
    (i|we) (have|'ve) [already|just] (started|begun) (work*|to work|on this|on it|implementing|coding|fixing|this|it|
        with this|a fix|a branch)
    (i|we) [already|just] started (work* on|to work on|on this|implementing|coding|fixing|a branch|a fix|hacking)
    (i|we) (have|'ve|got|already) [already] [got|have|a|have a] [a|my|some|most of|half of|the] .. (branch|patch|fix|
        pr|mr|pull request|merge request|prototype|implementation|draft|code) [for this|for it|of it|that|which|
        with] .. (ready|nearly|almost|locally|on my|in my|coming|in progress|underway|under way|in the works|up|
        opened|pending|prepared|to push|tonight|tomorrow|soon|shortly|this week|the fix|waiting|to submit|review|
        under review)
    (i|we|i've|we've) [have] already [got|have|have got|made|written|prepared|wrote|pushed|fixed|opened] [a|an|the|my|
        this|some] [working|local|small|simple|draft|half-finished|partial] (branch|patch|fix|pr|mr|pull request|
        merge request|prototype|implementation)
    (i|we|i've|we've|and) [have] (wrote|written|made|prepared|pushed|opened|submitted|sent|drafted|put up|raised|
        filed) (a|an|the|my) [small|draft|quick|simple|first|tentative] (patch|fix|branch|pr|mr|pull request|
        merge request) !(for the other|that was)
    (will|i'll|we'll|going to|gonna|about to|plan to|planning to|plan on|hope to|hoping to|expect to|intend to|
        aim to) [soon|also|then|be] (open|opening|submit|submitting|send|sending|push|pushing|raise|file|put up|post|
        prepare|make|create|follow up with) [up] [a|an|the|my|it as a|its|one] [draft|small|first|quick|proper] (pr|
        pull request|merge request|mr|patch|pull-request|merge-request|branch) !(release|version|file|template)
    (i'll|i will|i'm going to|i am going to|i'm gonna|let me|we'll|we will|i shall|i would like to|i'd like to|
        i want to|i'd love to|we're going to) [just|definitely|then|gladly|happily|go and|try to|probably] (take|
        pick up|grab|handle|tackle|work on|fix|do|implement|address|take care of|look after|own|claim|resolve|solve|
        deal with|finish|have a go at|get to|pick) (this|it|this one|that one|this issue|this ticket|this bug|
        this task|care of this|care of it) [one|issue|ticket|up|on] !(in the|by hand|myself by)
    assign* [this|it|this issue|that] to me
    (dibs|i call dibs|mine please|this one is mine|this is mine|it's mine|i've got this one|i've got it covered|
        we're on it|we are on it|on my plate|on my desk|my todo list)
    (leave|keep|save) (this|it|this one|that one) (to|for) (me|us|our|@x|Name)
    -- a named person is
    (@x|Name) (is|are|has been|'s) [already|currently|actively|now|still|just] (working|at work|hacking|
        busy) on (this|it|that|a fix|the fix|this one|this issue|this ticket|a patch|a pr|the implementation|that one|
        a solution)
    (@x|Name) (is|are|'s) [already|currently|now] (on it|on this|on the case|looking into it|looking into this|
        handling this|handling it|taking this|taking it|taking care of|implementing this|implementing it|fixing this|
        fixing it|doing this|doing it|finishing it|finishing this|preparing a)
    @x (has|have|'s) [already|kindly] (claimed|taken|picked|started|got|volunteered|offered|reserved|begun|opened|
        submitted|sent|agreed|promised|grabbed|signed up)
    Name (has|have|'s) [already|kindly] (claimed|taken|picked up|started|volunteered|reserved|begun|grabbed|
        signed up for|opened a|submitted a|sent a|agreed to take|promised) [up] [on|to|for] [working on|do|take|
        a] (this|it|that one|this one|this ticket|this issue|pr|mr|pull request|merge request|patch|fix|work*)
    @x (will|is going to|wants to|would like to|agreed to|offered to|plans to) [now|kindly] (take|do|handle|work|look|
        fix|implement|tackle|pick|send|open|submit|prepare|finish|own)
    Name (will|is going to|wants to|agreed to|offered to|plans to) (take this|take it|do this|do it|handle this|
        handle it|work on this|work on it|fix this|fix it|implement this|implement it|tackle this|pick this up|
        take care of this|take care of it|send a pr|open a pr|submit a pr|send a patch|finish this|finish it)
    (i'm|i am) on (it|this) !(page|branch|version|list|machine|computer|release)
    (claimed|taken|reserved|picked up|grabbed|snapped up|spoken for) (by|for) (@x|Name /|me|an|one of|our|the team|
        somebody|someone|a colleague|a student|a volunteer|the intern*)
    (assigned|promised) to (@x|me|Name /|one of|our intern|a student|a volunteer|somebody|someone|the intern)
    [is|are|already|currently] being [actively|currently|already] (implemented|fixed|handled|developed|addressed|
        worked on|done|written|taken care of|tackled|coded|reviewed|prepared|resolved|rewritten) (by|in) (@x|Name|#1|
        me|us|one of|our|somebody|someone|a colleague|a student|a volunteer|another|branch|a branch|pr|mr)
    (this|it|issue|ticket|bug) (is|are|'s) [already|currently|now|actively] being (worked on|fixed|implemented|
        taken care of|addressed)
    (somebody|someone|a colleague|another contributor|a volunteer|a student|one of us|one of our|our intern|an intern|
        the intern|the team|a team|a contributor|another volunteer) .. (is|are|has) (already|currently|now|
        actively) (working|on it|on this|at work|implementing|fixing|preparing|started|taken|claimed|doing|busy)
    (somebody|someone|a colleague|another contributor|a volunteer|a student|one of our _) is working on (this|it|
        a fix)
    (already|currently) (taken|claimed|reserved|assigned|spoken for|being worked) [by|on|so|!for]
    (this|it|that) [one|issue|ticket] (is|has been) (already|currently|now) [been] (taken|claimed|reserved|assigned|
        spoken for|underway|in progress|in the works|in hand|handled)
    (this|it|that) [one|issue|ticket] (is|has been|'s) (taken|claimed|reserved|spoken for|underway|under way|
        in progress|in the works|in hand) (by|for|until|now|already|thanks|sorry|$)
    ^(taken|claimed|reserved|assigned|spoken for|in progress|work in progress) [by|to|for|$|since|until|at|in|on|
        see] (@x|Name|me|#1|$)
    -- work or a request is under way
    (work|implementation|development) (has|already) [already] (started|begun) !(in|on|with)
    (fix|work|implementation|development|patch|solution|correction|coding) [for this|on this|on it|of this] [is|has|
        are] [already|currently|now|well] (underway|under way|in progress|ongoing|in the works|being done|almost done|
        almost finished|nearly done|nearly finished|half done|in review|under review|in hand|pending review|
        awaiting review|on its way|on the way|incoming)
    (fix|patch) [for this] [is|to|will|should|already] [be] (incoming|coming|on its way|on the way|in the works|
        in review|under review|awaiting review|follow|follows|to follow|ready for review|coming soon)
    (pr|pull request|merge request|mr|branch|pull requests|request) [for this|with the fix|with a fix|for it] [is|to|
        will|should|has been|already|follows|now|be] [already|be|now|almost|nearly] (incoming|coming|on its way|
        on the way|underway|under way|in progress|in the works|in review|under review|awaiting review|being reviewed|
        waiting for review|up|opened|submitted|almost ready|nearly ready|almost done|almost finished|nearly finished|
        to follow|follow|follows|follow soon|follow shortly|follow tomorrow|coming soon|ready for review|
        ready to be merged|up for review|pending)
    (expect|expecting|stay tuned for|watch out for|look out for) (the|a|my|our) (pr|pull request|merge request|mr|
        patch|fix)
    (fixed|addressed|handled|solved|resolved|implemented|tackled|proposed|tried|done|covered) (in|by|with) [an|the|my|
        a|open|draft|pending|unmerged] (open|draft|pending|unmerged|pr|mr|pull request|merge request) #1
    (see|in|on|review|opened|open|linked|draft|pending|existing|unmerged) [the|my|our|an|open|draft] (pr|mr|
        pull request|merge request) [is|at|:|in] #1 [for|which|that|fixes|is|,|$] (fix|the fix|this|implements|open|
        under|in|$)
    (pr|mr|pull request|merge request) #1 [is|:|already] [still|already] (fixes|addresses|implements|covers|open|
        opened|in review|under review|up|does this|awaits|pending|solves)
    [there is|there's|we have|has] [already] an open (pr|mr|pull request|merge request|patch|request) [for this|
        for it|about this|that|by|from|which]
    there (is|'s) already (a|an) [open|draft|pending] (pr|mr|pull request|merge request|patch|branch)
    (on|in|sur|dans) (my|ma|mon) (branch|fork|branche) [@x|Name|already|deja|for]
    see (the|my|our|his|her|their) (branch|fork) (@x|Name|for|$)
    (finishing|polishing|finalising|finalizing|wrapping up|putting the finishing touches) [up|on|to] (the|my|a|its|
        some) [last|final|missing|unit] (fix|patch|tests|test|pr|branch|implementation|code|changelog|commit)
    (only|just) the (review|tests|docs|changelog|merge) (is|are) (left|missing|to do)
    -- do not do it twice
    (don't|do not|no need to|not) .. (start|work|duplicate|do this|do it|begin|implement|take) .. (in parallel|
        meanwhile|in the meantime|twice|a second|duplicat*|at the same time)
""") + lines("""
    -- je, nous
    (je|j') [suis en train de|vais|compte|peux|veux|voudrais|aimerais|pense|souhaite|souhaiterais|prevois de|
        m'engage a|me propose de|me charge de] [bien] [m'en|m'y|le|la|en|y] (m'en occupe|m'en charge|m'y mets|
        m'y colle|m'y attelle|m'y attaque|occuper|charger|y mettre|y coller|m'y mettre|m'occuper de (ce|cette)|
        y atteler) !(pas)
    (je|j') (travaille|bosse|planche|avance|suis) [deja|actuellement|encore|en ce moment] (dessus|la-dessus)
    j'y (travaille|bosse|suis)
    je (travaille|bosse|planche) [deja|actuellement] (sur|a) (un correctif|le correctif|la correction|une correction|
        ce ticket|cette fiche|cette tache|un patch|ce sujet|ce point|ce bug|cette anomalie|cette demande|
        l'implementation)
    je (prends|m'occupe de|me charge de|me reserve|traite|garde|m'attribue|m'assigne) (ce|cette|ca|celui-ci|celle-ci|
        le ticket|la fiche|le sujet|la tache) [ticket|demande|tache|fiche|sujet|point|bug|anomalie|!(qui)]
    je (le|la) (prends|garde|fais|corrige|traite) (si|ce soir|demain|cette|pour|moi|ce week-end|tout de suite|$)
    (je|nous) (vais|allons|compte|comptons|pense|pensons|peux) (l'ouvrir|ouvrir|proposer|envoyer|pousser|soumettre|
        deposer|corriger ca|corriger cela|le corriger|la corriger|le faire|la faire|m'en occuper|le traiter|
        la traiter) [une|la|un|le|mon|ma|bientot|ce|cette] (demande|mr|pr|correctif|patch|merge request|pull request|
        branche|ce soir|demain|semaine|$)
    (je|on|nous) (termine|terminons|finis|finit|finissons|finalise|finalisons|peaufine|peaufinons|prepare|preparons|
        pousse|poussons|ouvre|ouvrons|envoie|envoyons|soumets|propose|proposerai|ouvrirai|enverrai|pousserai|depose|
        deposerai|soumettrai|teste|relis|nettoie) [bientot|ce soir|demain|encore|la|le|un|une|ma|mon|les|vite|
        tout de suite] [derniers|petite|petit] (correctif|correction|patch|branche|demande|mr|pr|tests|merge request|
        pull request|fusion|code|implementation)
    j'ai [deja|presque|quasiment|bientot|entre-temps|donc|aussi] [fait|ecrit|prepare|commence|pousse|ouvert|fini|
        termine|depose|soumis|propose|une|un|la|le|ma|mon|redige|envoye|de] [deja|presque] [une|un|la|le|ma|mon|petit|
        petite|debut de] (branche|correctif|correction|patch|demande de (fusion|tirage)|mr|pr|prototype|merge request|
        pull request|debut de (code|correctif|solution|correction)|ebauche de (code|correctif|solution))
    j'ai [deja|donc] (commence|demarre|entame|attaque) [a] (travailler|le travail|les travaux|dessus|coder|
        la correction|le developpement|l'implementation|corriger|developper|ce ticket|cette tache|le correctif|
        y travailler|!la reunion)
    (on|nous|l'equipe|notre equipe|notre stagiaire|un stagiaire|une stagiaire|un benevole|une benevole|un collegue|
        une collegue|quelqu'un) [s'|nous|y|en|est|sommes|travaille|travaillons] [en|y] [deja|actuellement|
        en ce moment|dessus] (occupe deja|occupons|s'en occupe|s'en charge|nous en occupons|nous en chargeons|
        travaille dessus|travaille deja|travaillons|travaille actuellement|est dessus|est deja dessus|sommes dessus|
        deja dessus|deja au travail|y travaille|y travaillons|planche dessus|bosse dessus)
    -- une personne nommee
    (@x|Name) [est|a|s'|y|travaille|bosse] (s'en occupe|s'en charge|s'y colle|s'y met|s'y attelle|s'est propose*|
        l'a pris*|l'a reserve*|l'a commence*|a pris (ce|cette|le|la) (ticket|fiche|tache|demande|sujet)|
        travaille  [deja|actuellement]|y travaille|bosse dessus|travaille dessus|planche dessus|est dessus|
        est deja dessus|est en train de|va s'en occuper|va s'y mettre|va le faire|va la faire|va s'en charger|
        prend (ce|cette|le|la) (ticket|fiche|tache|demande|sujet)|developpe|prepare (une|un|le|la) (mr|pr|correctif|
        branche|demande|patch|correction)|termine (la|le|sa|son) (mr|pr|correctif|branche|demande|patch|correction)|
        a commence|a deja (commence|pris|reserve)|est charge* de)
    (@x|Name) [y] (travaille|bosse|planche|avance|est) [deja|actuellement|encore|en ce moment] (dessus|la-dessus|
        sur (ce|cette) (ticket|fiche|tache|sujet|demande)|sur le sujet|sur un correctif|sur le correctif)
    @x (est|a|va|prend|s'occupe|se charge|s'en|s'y|travaille|fait|corrige|developpe|prepare|termine) [deja|l'|s'|en|
        y] (dessus|pris|prise|reserve|commence|propose|occuper|charger|occupe|charge|de ce|de cette|ce ticket|
        cette fiche|cette tache|la tache|le ticket|le correctif|une mr|une pr|y mettre|faire|colle|met)
    (reserve|reservee|prise|pris|attribue|attribuee|assigne|assignee|affecte|affectee|confie|confiee|repris|reprise|
        traite|traitee|developpe|developpee|realise|realisee|corrige|corrigee|promis|promise) [en charge] [deja|
        actuellement|a ete] (par|a|chez|pour) (@x|Name|moi|nous|un stagiaire|une stagiaire|notre stagiaire|
        un benevole|une benevole|un etudiant|une etudiante|un collegue|une collegue|quelqu'un)
    en cours [de|chez|par|d'|dans|avec] [correction|developpement|traitement|realisation|relecture|revue|
        implementation|ecriture|resolution] (par|chez|de|dans|sur|avec|:|->) [la|le|ma|une] (@x|Name|#1|mr|pr|branche|
        demande de|mon fork|moi|nous)
    ^en cours [de] (correction|developpement|traitement|realisation|relecture|revue|implementation|resolution)
    -- le travail ou une demande avance
    (correctif|correction|developpement|travail|travaux|implementation|patch|resolution|dev|solution) [est|sont|a|
        deja|ont] [deja|bien|presque|ete] (en cours|en route|entame*|commence*|demarre*|en preparation|bien avance*|
        en relecture|en revue|presque fini*|presque pret*|presque termine*|quasi pret*|en bonne voie|lance*|engage*)
    (mr|pr|demande de fusion|demande de tirage|demande d'integration|branche|merge request|pull request|correctif|
        patch|requete de tirage) [#1|est|sera|deja|associee|de|est deja] [deja|presque|bientot|en] (en cours|ouverte|
        ouvert|deja ouverte|presque prete|presque pret|prete|quasi prete|arrive|arrivera|suit|suivra|va suivre|
        en relecture|en revue|en route|en preparation|bientot prete|bientot pret|en attente de (relecture|revue)|
        a suivre|a venir|soumise|deposee|poussee|en approche|imminente|dans la foulee|disponible|existe deja|est la)
    (voir|cf|dans) (la|ma|sa|notre|leur) (branche|mr|pr|demande de fusion|demande de tirage|merge request|
        pull request) (#1|de|ouverte|en cours|$)
    (corrige*|traite*|resolu*|implemente*|propose*|fait*|regle*) (dans|par|avec|via) (la|une|ma|cette) (mr|pr|
        demande de fusion|demande de tirage|merge request|pull request|branche) (#1|ouverte|en cours|en relecture|
        pas encore|$)
    (il y a|il existe|on a|nous avons) deja une (mr|pr|demande de fusion|demande de tirage|branche|merge request|
        pull request)
    il ne (reste|manque) [plus] (que|qu'*) (la relecture|les tests|la revue|a relire|la fusion|a fusionner|
        la documentation du correctif)
    -- ne pas le faire en double
    (ne pas|inutile de|pas la peine de|evitez de|merci de ne pas|ne) .. (commencer|demarrer|travailler|s'y mettre|
        refaire|le faire|la faire|commencez|demarrez|faites) .. (en parallele|en double|de son cote|de votre cote|
        aussi|en meme temps)
    [deja] (pris*|reserve*|attribue*|assigne*|commence*|entame*) [jusqu'*|depuis|par|:|pour] (jusqu'au|depuis (hier|
        lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ce matin|la semaine)|merci de ne pas)
    (laissez|laissez-le|laissez-la|gardez|gardez-le) [le|la|ce ticket|cette fiche|celui-ci|celle-ci] (moi|nous|a (@x|
        Name)|pour (moi|nous|@x|Name))
    (c'est|celui-ci est|celle-ci est|ce sera) (pour|a) (moi|nous) !(de|d|que)
    (ticket|fiche|tache|demande|celui-ci|celle-ci|c'est) [est] deja (pris*|reserve*|attribue*|assigne*|en cours|
        commence*|entame*|traite*)
""")  # fmt: skip
LIFTED = lines("""
    (free|available|up for grabs|open|unassigned|vacant) (again|now|once more|anew|for anyone|for anybody|to anyone)
    (is|so) (free|available|up for grabs|open) [to|for|again] (take|anyone|anybody|everyone|whoever|the taking|grabs|
        again)
    (no longer|not any more|not anymore|stopped) (working|assigned|on this|on it|claimed|taken|reserved|work*)
    (gave|given|giving|had to give) (up|it up|this up)
    (up for grabs|feel free to (take|pick|grab|work|claim|redo|have)|please take over|needs a new (owner|assignee)|
        looking for (someone|somebody) to (take|finish|continue))
    (anyone|anybody|somebody else|someone else|whoever) (can|may|could|is welcome|wants) [to|now] (redo|take|pick|
        finish|continue|start|do|grab|go)
    (don't|do not|didn't|won't|haven't|no) (have|find|had|got) [the|any|more|enough] time
    (unassigning|unassigned|releasing|dropping) [this|it|myself]
    (libre|disponible|a prendre) (a nouveau|de nouveau|maintenant|desormais)
    (a nouveau|de nouveau|redevenu*|desormais) (libre|disponible|a prendre)
    (a|ont|ai|avons) (renonce|abandonne|laisse tomber|jete l'eponge|abandonne|passe la main)
    (plus|ne) [personne] (y|n'y|s'en) (travaille|occupe) plus
    n'(y travaille|est) plus [dessus|assigne*|pris*]
    (servez-vous|a vous de jouer|avis aux amateurs|qui veut peut|n'hesitez pas a (le|la|vous|prendre)|peut (la|
        le) (refaire|reprendre|prendre|faire|terminer))
    (pas|plus) [eu] (le temps|de temps) (de|pour|d')
    (personne|nobody|no one) [n'|is|s'] (dessus|en occupe|working|y travaille|on it|has claimed|a commence)
""")  # fmt: skip

TOGETHER = lines("""
    (trainee|intern|apprentice|student|students|colleague|volunteer|contributor|employee|developer|teammate|pupil|
        class|workshop|alternant|alternante|stagiaire|apprenti|apprentie|etudiant|etudiante|collegue|
        benevole|contributeur|contributrice|salarie|salariee|developpeur|developpeuse|prestataire|classe|atelier|equipe) [_] [_]
        (has [already] (picked|taken|chosen|claimed|started|begun|reserved|volunteered)|is [already|currently|
        now] (on it|doing|working|at work|writing|implementing|preparing|taking|fixing)|will (do|take|fix|handle|
        implement|write|tackle) (this|it)|
        (s'y|s'en) (attelle|charge|occupe|met|colle|chargera|occupera|mettra|attellera)|(l'|le|la) (a pris|a prise|
        prend|fait|fera|prendra|a choisi|a choisie|reserve)|a (pris|choisi|commence|reserve) (ce|cette|le|la) (ticket|
        fiche|sujet|tache)|y travaille|travaille dessus|est dessus)
    (taken|claimed|pris|prise|reserve|reservee|assigned|attribue|attribuee|commence|started) [already|deja|,] (see|
        voir|cf|in|dans) #1
    (i've|i have|j'ai|we've|we have) [just|already|deja] (started on|begun on|begun with|started with|picked|
        picked up|commence|attaque|entame) (this|it|le travail|dessus|ce ticket|cette fiche|over the|yesterday|last)
    (i'm|i am|je) (preparing|cooking up|putting together|working up|prepare|concocte|redige) (a|the|un|une|la|
        le) (fix|patch|pr|mr|pull request|merge request|correction|correctif|demande de fusion|branche|change)
    (wip|draft|open|unfinished|half-finished) (pull request|pr|merge request|mr|branch|patch) (at|in|is|on|#1|exists|
        already|from|by|by @x|for|up|from @x)
    (don't|do not|no need to|inutile d'*|inutile de|ne pas|evitez d'*|pas besoin d'*) [_] [en] (start|open|create|
        write|begin|ouvrir|commencer|creer|faire|demarrer|lancer) (another|a second|a new one|a parallel|une autre|
        un autre|une deuxieme|un deuxieme|une seconde) [_] [_]
    (i'm|i am|we're|we are|j'en suis|j'y suis|nous en sommes) [_] (halfway|half way|half-way|nearly there|
        almost there|almost done|nearly done|most of the way|a la moitie|presque au bout|a mi-chemin|aux tests|
        a la relecture|au bout|well into|deep into) [_]
    (change|fix|correction|modification|modif|correctif|solution|implementation|code) [_] [is|are|est|sont] (ready|
        done|written|finished|pret|prete|faite|fait|ecrit|ecrite|terminee|termine) & (pr|mr|pull request|
        merge request|file|send|push|submit|open|envoie|pousse|soumets|ouvre|ouvrirai|enverrai|demande de fusion|
        demande de tirage|tonight|tomorrow|ce soir|demain)
    (i|i'll|we'll|will|j'*|je|nous) [_] (file|send|push|submit|open|post|raise|put up|envoie|enverrai|pousse|
        pousserai|soumets|soumettrai|ouvre|ouvrirai|depose|propose|proposerai) (the|a|my|la|une|ma|le|mon|un) [_] (pr|
        mr|pull request|merge request|patch|demande de fusion|demande de tirage|correctif) !(if|si|template|page)
    (owner|assignee|implementer|developer|taken by|responsable|porteur|porteuse|developpeur|developpeuse|charge|
        realise par|pris par|who) : [is|est] (@x|Name) (since|started|from|depuis|commence*|until|/)
    (my|mon|ma|our|notre|his|her|son|sa) [own|open|draft|small|little|petite|petit] (pr|pull request|mr|merge request|
        branch|fork|patch|fix|demande de fusion|demande de tirage|branche|correctif|implementation|
        prototype) [for this|pour ca|pour cela] [is|are|just|only|now|est|sera|still|needs|encore|will|
        should] [_] (nearly|almost|ready|done|open|up|in review|under review|waiting|coming|needs|rebas*|finished|
        there|follow*|available|presque|pret*|termine*|ouvert*|en relecture|en revue|attend|arrive*|fini*|disponible|
        suit|suivra)
    (patch|fix|branch|code|solution|correctif|branche|implementation|draft|work|travail|pr|mr) [_] [_] (on|in|sur|
        dans) (my|mon|ma|our|notre) (fork|branch|branche|machine|computer|laptop|local*|depot|repository) & (rebas*|
        push*|clean*|finish*|just need*|only need*|i'll|will|soon|tomorrow|tonight|reste|pouss*|nettoy*|fini*|bientot|
        demain|ce soir|polish*|test*|almost|nearly|presque|left|ready|pret*)
    ^(taken|claimed|pris|prise|reserve|reservee|mine|a moi|c'est pris|assigned) /
    ^[this is|this one is|it is|ce ticket est|cette fiche est] (reserved|set aside|kept|reserve|reservee|garde|gardee|
        mis de cote) (for|a|aux|pour|au) [_] [_] [_] (student*|intern*|workshop|hackathon|course|class|sprint|
        participant*|team|newcomer*|school|summer|etudiant*|stagiaire*|atelier|cours|classe|promotion|equipe|ecole|
        lyceen*|eleve*|benevole*|@x|Name)
    @x & (volunteer*|claimed|taking this|taking it|took this|took it|has taken|will do|will take|will fix|will handle|
        is on it|is doing|working on|works on|is working|self-assigned|signed up|offered to|agreed to|wants to do|
        assigned|se charge*|s'en charge*|s'en occupe*|porte volontaire|portee volontaire|s'est propose*|a pris|
        l'a pris*|le prend|la prend|travaille|prend en charge|y travaille|s'y colle|en cours chez|reserve*|le fait|
        la fait|le fera|la fera)
    (who|qui|owner|assignee|responsable|charge de|en charge|assigned|assigne*|developer|porteur|porteuse|volunteer|
        volontaire|pris par|taken by|implementer|realisation) : [_] (@x|Name)
    (volunteered|signed up|raised (his|her|their) hand|s'est porte* volontaire|s'est propose*|s'est engage*|
        a leve la main) (to|for|pour|a) [_] (do|take|fix|handle|implement|this|it|write|le|la|faire|prendre|corriger|
        traiter|s'en|l'*|developper)
    (should have|will have|devrais avoir|aurai|devrait avoir|expect to have) (something|it|this|a version|
        a first version|quelque chose|une version|une premiere version|un resultat) [_] [_] (to show|ready|working|by|
        for review|d'ici|a montrer|pret*|avant|pour)
    (halfway|half way|nearly|almost|a moitie|presque) [through|there|into] (done|implemented|finished|advanced|coded|
        avance*|fini*|termine*|code*|implemente*) & (i'm|i've|we're|my|j'*|je|branche|mr|pr|demande|draft)
    (seat is taken|being taken care of|is being looked after|in good hands|in hand already|entre de bonnes mains|
        quelqu'un est deja dessus|quelqu'un s'en occupe|quelqu'un s'en charge|on est deux dessus)
    (nous|on|je|j'*|we|i) [avons|a|ai|have|'ve] [already|deja|just] (commence|demarre|entame|started|
        begun) [_] [_] (developpement|implementation|travail|codage|travaux|correction|coding|implementing|
        development|work|implementing it|working) & (branch|branche|fork|pr|mr|demande|sprint|yesterday|hier|
        this week|cette semaine|lundi|monday|today|aujourd'hui|already|deja)
""")  # fmt: skip
