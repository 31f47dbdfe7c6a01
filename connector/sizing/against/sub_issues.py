"""It only collects other issues: a parent, an overview, an epic."""

from __future__ import annotations

import re

from connector.sizing.against.common import CE, ISSUE
from connector.sizing.against.phrases import lines

TITLE = re.compile(
    r"^\W{0,4}(?:epic|meta|umbrella|tracking|tracker|roadmap|suivi|epopee|chapeau|parapluie|feuille de route|master ticket|parent|overview|chantier|recapitulatif)\b\s?(?:(?:issue|ticket|bug|task)\b\s?)?[:\])|–-]"
    r"|^\W{0,4}(?:tracking|umbrella|meta|parent|epic|master|overview|collective|collection)[ -](?:issue|ticket|bug|task)\b"
    r"|^\W{0,4}(?:ticket|fiche|issue|tache) (?:chapeau|parent|mere|parapluie|maitresse|de suivi|racine|globale?)\b"
    r"|\b(?:master|umbrella|tracking|parent|meta|overview|collective) (?:ticket|issue|bug|task)\W{0,3}$"
    r"|\b(?:ticket|fiche) (?:chapeau|parente?|mere|parapluie|de suivi)\W{0,3}$"
    r"| - (?:suivi general|suivi global|suivi|vue d'ensemble|overview|umbrella|epic|epopee)\W{0,3}$"
    r"|: (?:vue d'ensemble|overview|suivi general|umbrella|tracking)\W{0,3}$"
    r"|\b(?:umbrella|tracker)\W{0,3}$",
    re.IGNORECASE,
)
SPARED = re.compile(r"^\W{0,3}suivi d(?:e|es|u)\b", re.IGNORECASE)

_REF = r"(?:[\w./-]{0,60}[#!]\d{1,7}\b|https?://\S{1,200}/(?:issues|pulls?|merge_requests|work_items)/\d{1,9}|\bGH-\d{1,7}\b)"
_MARK = r"(?:[-*+•–]|\d{1,3}[.)]|[a-z]\))"
OPEN_BOX = re.compile(rf"^[ \t>|]{{0,8}}(?:{_MARK}[ \t]{{1,3}})?(?:\[ ?\]|[☐⬜🔲◻⏳🔴⚪])[ \t][^\n]{{0,40}}?{_REF}|^[ \t>|]{{0,8}}(?:{_MARK}[ \t]{{1,3}})?(?:\[ ?\]|[☐⬜🔲◻⏳🔴⚪])[ \t][^\n]{{0,150}}{_REF}\W{{0,4}}$")  # fmt: skip
_OPEN = r"(?:open|opened|to ?do|not started|in progress|pending|wip|unstarted|backlog|ouverte?s?|[àa] faire|en cours|(?:pas|non) commencée?s?|à venir|en attente|restante?|à traiter|[☐⬜🔲⏳🔴❌🚧])"
STATED_OPEN = re.compile(
    rf"^[ \t]{{0,8}}(?:\||{_MARK}[ \t])[^\n]{{0,120}}?{_REF}[^\n]{{0,80}}?[(|,:;–—-]\s{{0,3}}{_OPEN}\s{{0,3}}(?:[)|,;.(]|$)"
    rf"|^[ \t]{{0,8}}(?:\||{_MARK}[ \t])[^\n]{{0,60}}?[(|\[]\s{{0,3}}{_OPEN}\s{{0,3}}[)|\]][^\n]{{0,80}}?{_REF}",
    re.IGNORECASE,
)
SAID_OPEN = re.compile(rf"{_REF}[^#\n]{{0,40}}?\(\s{{0,2}}{_OPEN}\s{{0,2}}\)", re.IGNORECASE)
LISTED = re.compile(rf"^[ \t>]{{0,8}}(?:\||{_MARK}[ \t])[^\n]{{0,60}}?{_REF}", re.IGNORECASE)
REFERENCE = re.compile(_REF)
HAS_REFERENCE = re.compile(r"[#!]\d|/(?:issues|pulls?|merge_requests|work_items)/\d|\bGH-\d")
LONGEST_LINE = 400
CLOSED = re.compile(r"\[[xX]\]|[☑✅✔]|\b(?:closed|merged|done|fixed|fermée?s?|fusionnée?s?|terminée?s?|fait|faite)\b")
PARTS = re.compile(
    r"\b(?:keep(?:s|ing)? track|tickets (?:about|sur|concernant|relatifs)|issues (?:about|concerning|related)|gard\w+ (?:ici )?la trace|sub-?\s?(?:issue|task|ticket)s?|child(?:ren)?|epic|umbrella|parent|breakdown|broken (?:down|up)|split|tracked|tracking|tracks|overview|pieces|parts|steps?|"
    r"progress|milestones?|phases?|remaining (?:work|tasks|issues|tickets)|subtasks|checklist|collects|groups|gathers|covers the following|work items|deliverables|meta|"
    r"découp\w+|decoup\w+|réparti\w*|suivi\w*|suivre|enfants?|filles?|fils|sous-?\s?(?:tâches?|tickets?|fiches?)|lots?|étapes?|regroupe\w*|rassemble\w*|récapitul\w+|"
    r"recens\w+|avancement|chantiers?|morceaux|volets?|ventil\w+|éclat\w+|scind\w+|feuille de route|épopée|phases?|reste à fermer|à fermer|fiches liées|ensemble)\b",
    re.IGNORECASE,
)
"""Words of those who share a piece of work among several issues."""

SAYS = lines("""
    (umbrella|parent|epic|overview|chapeau|parapluie|epopee|parent|recapitulatif) [issue|ticket] (for|of|pour|de|
        des) #1
    (break|breaking|broke|broken|split|splitting|cut|divided) [this|it|that|up|down|work] [down|up] (down into|
        up into|into) [several|smaller|separate|many|a few|multiple|individual|some|_] (tickets|issues|tasks|pieces|
        parts|sub-tasks|subtasks|stories|cards)
    (decoupe*|scinde*|divise*|reparti*|eclate*|ventile*) [_] (en|dans|sur|entre) [plusieurs|des|de] (tickets|fiches|
        taches|sous-tickets|issues) [_]
    (this|it) [issue|ticket|card] (is|serves as|acts as|exists as|is meant as|is only|is just|should be|will be|
        will serve as) [only|just|merely|intended|meant|used] [as|to be] (a|an|the|our) [parent|meta] (tracking|
        umbrella|meta|parent|epic|overview|master|collective|container|tracker|collection|roadmap) !(page|number|
        table|class|component|element|code|node|div)
    tracking (issue|ticket|bug) for
    ^[this is|this|is] [the|a|an|our] (umbrella|parent|master|meta|overview) (issue|ticket|task|bug) (for|of|that|
        which|/)
    (umbrella|master) (issue|ticket|bug) (for|of)
    ({ISSUE}|it) [only|just|merely] (collects|groups|gathers|tracks|lists|bundles|summarises|summarizes|aggregates|
        coordinates|regroups) [all|the|only|every|here|remaining|open|other|our] [_] [_] [_] (the work|remaining work|
        issues|tickets|tasks|subtasks|sub-tasks|sub-issues|progress|pieces|bugs|efforts|children|others)
    (collects|collecting|groups|gathering|tracks|tracking) [all|every|the] [remaining|open|other|known|related|
        outstanding] (issues|tickets|sub-issues|sub-tasks|subtasks|pages we know|gaps|pieces|child issues)
    (pick|choose|take|grab|claim|work on) [from|one of|any of|up|one] [of] (the|these|those) [linked|listed|open|
        respective|individual|above|below|following] (sub-issues|sub issues|subissues|sub-tasks|subtasks|child issues|
        children|linked issues|linked tickets|issues below|tickets below|issues listed|individual issues|
        individual tickets)
    [please] (comment|work|discuss|reply|send|open|reference|assign) [prs|pull requests|merge requests|yourself] (on|
        against|in|to|from) the (respective|individual|linked|corresponding|single|separate|child|sub) [_] (tickets|
        issues|ticket|issue|sub-issues|tasks)
    (don't|do not|not|no|never) [send|open|submit|make|file|create|link|any|directly|please] (prs|pull requests|
        merge requests|patches|work|commits|code) (against|to|for|directly|on|in) (this|it) [ticket|issue|one|
        directly]
    (not|don't) [be] (work|worked|works|implement*|assign*|claim*|pick*|take|taken) [on|up|directly|to be] [this|
        it] [ticket|issue|one] directly
    (broken|split|divided|cut|sliced|separated|broken up|break|splitting) [down|up|it|this|that|work|out|
        further] (into|in|to|over|across|up into) [several|multiple|separate|smaller|the|these|following|individual|
        some|two|three|four|five|six|many|a few|a number of|sub] .. (issues|tickets|tasks|sub-issues|sub-tasks|
        subtasks|subissues|stories|children|cards|#1)
    (each|every|one) [of] (_|the _|these|them) [_|of them] (has|gets|with|have|is) [its|their|a|an|own|
        tracked in] [own|separate|a] (child|own|sub|separate|dedicated) (issue|ticket|sub-issue|child issue|sub-task|
        issues|tickets)
    (one|a) (sub-task|subtask|sub-issue|child issue|child ticket|ticket|issue) (per|for each|for every|each)
    (are|is|being|get|were) [all] (tracked|handled|followed|covered|listed) (separately|individually|elsewhere|
        in their own|in separate|in the following issues|in the following tickets|in sub|in child|in individual|
        as separate|as sub|in #1)
    (child|sub) (issues|tickets|tasks) [are|:|listed|see|is] [still|all|listed] (below|above|open|following|#1|
        remaining|:)
    linked (issues|tickets) (below|above|:)
    (see|list of|all|open|remaining) [the|all|open|remaining|our] (sub-issues|subissues|child issues|child tickets|
        sub-tasks|subtasks|children) (below|above|for|listed|of|:|$)
    (track|tracks|tracking|follow) [the|our|overall|all|general] (overall|general|global|whole|remaining|
        entire) (progress|effort|work|state|status)
""", ISSUE=ISSUE) + lines("""
    ({CE}) (est|sert|n'est|constitue|fait office) [que|qu'*|de|a|un|une|le|la|uniquement|seulement|
        avant tout] .. (chapeau|parent|parente|mere|parapluie|epopee|epic|recapitulati*|suivre|regrouper|rassembler|
        suivi (general|global|d'ensemble))
    (ticket|fiche|tache|issue) (chapeau|parent|parente|mere|parapluie|maitre|maitresse|de suivi|de regroupement|
        racine|de coordination)
    ({CE}) [ne] [fait que|sert qu'*|se contente de] [a] (regroupe|regrouper|rassemble|rassembler|recense|recapitule|
        collecte|liste|centralise|chapeaute|coordonne|agrege|suit) [tout*|tous|les|l'|le|:|ici|seulement|uniquement|
        $] [les|ce|des] (tickets|fiches|taches|travaux|chantiers|restant*|travail|autres|avancement|ensemble|sujets|
        demandes|points|$)
    (je|on) (recapitule|regroupe|rassemble|recense|centralise|liste) [ici|ci-dessous|dans ce ticket|dans cette fiche|
        la|les|tous|toutes] .. (fiches|tickets|taches|demandes|issues|sujets|chantiers)
    (ne se traite|ne se prend|n'est|ne doit|ne se realise|n'a) pas [etre|a etre|vocation|a] [etre] (directement|
        traite* directement|pris* (tel|directement)|prise directement|realise* directement)
    (ne|merci de ne) [pas|proposer] [pas] (proposer|envoyer|soumettre|ouvrir|proposez|ouvrez|envoyez) [pas] [de|une|
        des] (demande*|mr|pr|code|correctif*|merge request*|pull request*) [de fusion] (sur|contre|pour|directement|
        dans) (ce|cette|celui-ci|celle-ci) [ticket|fiche]
    (commenter|commentez|repondre|intervenir|travailler|choisir|choisissez|piocher|piochez|prendre|prenez) [plutot|
        directement|un|une|dans|sur|parmi|l'un] [des] (les|des|dans les|sur les|parmi les|un des|l'un des|
        une des) (tickets|fiches|sous-tickets|sous-taches|sous-fiches|tickets enfants|tickets lies) [concerne*|lie*|
        respecti*|ci-dessous|individuel*|enfants|fils|dedie*|correspondant*]
    (decoupe|decoupee|decoupage|scinde|scindee|divise|divisee|reparti|repartie|eclate|eclatee|ventile|ventilee|
        decompose|decomposee|segmente) (en|sur|dans|entre) [plusieurs|deux|trois|quatre|cinq|six|petits|petites|
        differents|differentes|autant de] (tickets|fiches|taches|sous-tickets|sous-taches|lots|issues|demandes|
        morceaux|etapes|#1)
    (un|une) (ticket|fiche|tache|issue|sous-ticket|sous-tache) [fils|fille|enfant|dedie*] par _
    (chaque|chacun|chacune) .. (son|sa|fait l'objet) [propre|d'un|d'une] [propre] (ticket|fiche|sous-ticket|
        sous-tache|issue)
    (est|sont) [tous|toutes] (suivi*|traite*|gere*|decrit*) (separement|individuellement|a part|ailleurs|
        dans des tickets|dans leur|dans leurs|chacun|dans les tickets|par des tickets|dans des fiches)
    (tickets|fiches|taches|issues) (enfants|filles|fils|lies|liees|rattaches|rattachees) (:|ci-dessous|sont|encore|a|
        un|une|$)
    (liste|suivi) des (tickets|fiches|sous-tickets|sous-taches|sous-fiches|chantiers) [enfants|ouverts|ouvertes|fils|
        restants|restantes|a fermer|a traiter|:|lies]
    (suivre|suivi de|suivi) (l'avancement|l'ensemble|le tout) (global|general|d'ensemble|du chantier|des travaux|$)
    (voir|cf) (les|aussi les) (sous-tickets|sous-taches|tickets enfants|sous-fiches|tickets fils|fiches filles)
""", CE=CE)  # fmt: skip


def lists_parts(text: str) -> bool:
    """Whether the text is mostly a list of other issues that are still open."""
    if not HAS_REFERENCE.search(text):
        return False
    referring = [line[:LONGEST_LINE] for line in text.splitlines() if HAS_REFERENCE.search(line)]
    offered = sum(1 for line in referring if OPEN_BOX.match(line))
    stated = sum(1 for line in referring if STATED_OPEN.match(line))
    if offered >= 2 or stated >= 2 or any(len(SAID_OPEN.findall(line)) >= 2 for line in referring):
        return True
    if not PARTS.search(text):
        return False
    listed = sum(1 for line in referring if LISTED.match(line) and not CLOSED.search(line))
    return listed >= 3 or any(
        len(set(REFERENCE.findall(line))) >= 3 and PARTS.search(line) and not CLOSED.search(line) for line in referring
    )
