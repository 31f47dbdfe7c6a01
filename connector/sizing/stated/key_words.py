"""The words of keys such as "Estimated effort" and of labels that state a time, in English and French, without accents."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAYS_WORK = _words("""effort efforts estimate estimates estimated estimation estimations estimating guesstimate workload work loe timebox swag sizing
    charge charges travail estime estimee estimes estimees estim timeboxed ballpark timeestimate estimatedtime estimatedeffort budgeted allotted allocated budgete chiffrage grandeur evaluation guess""")
"""A key with one of these speaks of work."""
SAYS_TIME = _words("""time duration length size taille temps duree ampleur cost cout complexity complexite difficulty difficulte weight poids scope eta
    timing budget shirt tshirt days hours jours heures long""")
"""A key with one of these may."""
SIZES_WORK = _words(
    "size taille ampleur cost cout complexity complexite difficulty difficulte weight poids budget shirt tshirt"
)
"""Of those, the ones that mean work when their value is a time."""
OF_THE_WORK = _words("""demande demandee task tasks tache taches ticket issue implementation implement development developpement dev coding needed required necessary necessaire
    requis requise fix fixing complete completion solve resolve realisation conseille conseillee recommande recommandee recommended suggested correction expected planned prevu prevue prevus
    prevues previsionnel previsionnelle code codage engineering approximate approx approximatif approximative take need contributor done
    contribution commitment investment faire realiser corriger implementer rough involved anticipated likely projected attendu attendue attendus probable consacrer prevoir prendra prendre amount quantite volume chantier travaux indicatif indicative indicated j/h""")
MAY_SAY_WORK = _words("time duration temps duree")
CLEAR = _words("effort estimate estimation estimated estime estimee timebox workload loe swag ballpark guesstimate")
"""A key with one of these needs no colon."""
_AROUND_A_KEY = _words("""original initial initially total overall level of the for to a an this that in my our your notre votre team s maintainer maintainers author developer developpeur planning story t e i d l la le les de du des pour cette ce
    un une initiale initiales globale global totale niveau ordre person people man how much long will it should you we think do does expect
    combien et and or time is est brute brut hours hour days day jours jour heures heure en minutes ideal us me please
    whole entire beginners newcomers debutants y il cela ca faut faudra max maximum maximal maximale min minimum minimal minimale realistic grossiere rapide nombre number figure good first beginner newcomer debutant revised revise revisee updated new current
    h j d personne homme""")
KEY_WORDS = SAYS_WORK | SAYS_TIME | OF_THE_WORK | _AROUND_A_KEY
SAYS_LAST = _words("total overall totale global globale revised revise revisee updated")
"""A key with one of these stands above others."""
BOUNDS = _words("max maximum maximal maximale min minimum minimal minimale")
"""They belong to keys that speak of work: "Maximum time" may be a setting."""
SIZE_WORDS = _words("""xs s m l xl xxl small medium large big tiny easy hard low high trivial simple moderate huge difficult short long quick petit petite moyen
    moyenne grand grande gros grosse facile difficile faible eleve elevee court courte rapide minuscule intermediate very tres extra e""")
LABEL_WORDS = (
    KEY_WORDS
    | SIZE_WORDS
    | _words(
        "est effort issue bon premier ticket task first good newcomer point points pts sp quick win max maximum jours"
    )
)
"""A label of these words and a time states it."""
NAMES_A_PRIORITY = _words(
    "priority priorite prio severity severite sev urgency urgence urgent urgente critical critique blocker sla p0 p1 p2 p3 p4 deadline milestone jalon due"
)
BESIDE = (
    SAYS_WORK
    | SIZES_WORK
    | _words(
        """skill skills level mentor mentors priority language languages type tags labels prerequisite prerequisites requirements assignee contact reviewer value impact points
        stack difficulty files component area status what goal category knowledge experience help referent referente niveau competence competences priorite langage langages
        prerequis etiquettes responsable contact relecteur fichiers composant statut objectif accompagnement mentorat technologie technologies technology"""
    )
)
"""Beside "Time: 2 hours" they are the keys of a task; others may be those of an event or a recipe."""
