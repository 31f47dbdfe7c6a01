"""What the headings above a list say of it: tasks, steps, places to change, or nothing to offer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import lru_cache


class Section(Enum):
    """What a list is about, as its headings say."""

    TASKS = auto()
    """Every item is work."""
    PLAN = auto()
    """Numbered items are work."""
    STEPS = auto()
    """Numbered items are work, or how to reproduce a fault."""
    PLACES = auto()
    """Files, components or languages to work on."""
    HIT = auto()
    """Files, components or languages that something concerns: to work on, or where a fault is seen."""
    ASIDE = auto()
    """No item is work."""
    OTHER = auto()


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


_REPRODUCTION = (
    r"re-?produc|\brepro\b|re-?produire|\bobserved?\b|\bobservé|\btried\b|\bessayé|work-?\s?around|contournement",
    r"(?:actual|expected|current) (?:behaviou?r|results?|outcome|output)|^\W*(?:actual|expected|current|attendue?|obtenue?|constatée?)\W*$",
    r"^\W*résultats?\b|résultats? (?:attendu|obtenu|observ)|comportement (?:attendu|actuel|obtenu|observ|constat)",
)
_CRITERIA = (
    r"acceptance|critères? d(?:e |['’])(?:accept|réussite|validation|fin)|(?:success|completion|done|exit) criteri|\bdod\b|guard-?rails",
    r"definition of (?:done|ready)|définition d[eu] (?:fini|terminé|prêt|done|ready)|scénarios? de test|plan de test",
    r"(?:how|steps|étapes|comment|instructions)\b.{0,12}\b(?:test\b|tester|verify|vérifier|validate|valider)|(?:test|qa|manual|testing|verification) (?:plan|steps|instructions|test\w*)",
    r"\b(?:pr|pull request|merge request|mr|review(?:er)?s?|merge|submission|submitter|issue|bug|contributors?|author|relecture)['’]?s? (?:check-? ?list|checks)",
    r"check-? ?list (?:before|for (?:merg|review|submi|the (?:pr|review)))|before (?:you |we |i )?(?:submit|post|open|merg|creat|fil|start|report|continu)\w*|avant d[e’']",
)
_TEMPLATE = (
    r"pre-?(?:flight|submission|requisites?|merge|check)|prérequis|code (?:of conduct|de conduite)|guidelines|^\W*(?:terms|licen[cs]e|agreements?|confirm\w*|validations?|verification)\b|\bconfirmations?\W*$",
    r"getting started|how (?:to|can i) contribut|contribut(?:ing|ion)\b|contribuer|first[- ]tim|pour commencer|premiers pas|(?:type|kind|nature)s? (?:of|de) |types? d['’]",
)
_DECISIONS = (
    r"alternatives?\b|^\W*options?\W*$|\bapproaches\b|possible solutions|solutions? (?:possibles?|envisag)|^\W*(?:pistes|ideas?|idées)\b|\bpros\b|\bcons\b|drawbacks|considered",
    r"\bquestions?\b|unresolved|(?:to|must) (?:be )?(?:discuss|decid|clarif)|à (?:discut|décid|tranch|clarif)|blocked by|depends on|\bdépend",
)
_OVER = (
    r"out of scope|hors (?:périmètre|sujet|champ)|non-?goals?|not (?:in scope|needed|planned)|won['’]?t\b|\balready\b|\bdéjà\b",
    r"(?<!be )(?<!not )(?<!yet )(?<!get )\bdone\b|\bcompleted\b|\bfinished\b|(?<!être )(?<!encore )(?<!pas )\bfaite?s?\b|\bterminée?s?\b|\bréalisée?s?\b",
)
_ASIDE = _any(*_REPRODUCTION, *_CRITERIA, *_TEMPLATE, *_DECISIONS, *_OVER)
_FIELD = re.compile(
    r"\W*(?:(?:affected|impacted|your|my|target|which|current|votre|mon)\s+)?(?:areas?|browsers?|operating systems?|os|devices?|platforms?|versions?|"
    r"environments?|severity|priority|frequency|impact|regression|category|scope|deployment|hosting|contribution|complexity|difficulty|reach|navigateurs?|"
    r"systèmes?(?: d['’]exploitation)?|appareils?|plate-?formes?|environnements?|gravité|sévérité|priorité|fréquence|catégorie|difficulté|domaine|"
    r"notes?|remarks?|(?:additional )?(?:context|information)|background|motivation|references?|resources?|links?|see also|related(?: \w+)?|hints?|tips|"
    r"screenshots?|logs?|remarques?|contexte|ressources?|liens?|références?|voir aussi|conseils?|captures?(?: d['’]écran)?)(?:\(s\))?"
    r"(?: (?:affected|impacted|concernée?s?|touchée?s?|used|utilisée?s?))?\W*|.*\?\W*",
    re.IGNORECASE,
)
_AHEAD = (
    r"[\W\d_]{0,8}(?:(?:the|my|our|main|remaining|left|open|further|other|next|proposed|suggested|implementation|development|dev|"
    r"required|possible|detailed|technical|back-?end|front-?end|list of|liste d(?:es?|u)|les|nos|autres|prochaines?|principales|"
    r"what['’]?s|things?|work|reste(?:nt)?|choses|travail|points?)\s+){0,3}"
)
_TASKS = re.compile(
    rf"{_AHEAD}(?:"
    r"(?:sub-?\s?)?tasks\b|task ?list|task break-?down|to-?dos?\b|to do\b(?! (?:this|so|it|that)\b)|action items?|work items?|next steps|"
    r"work (?:to do|to be done|needed|left|break-?down)|what (?:still )?(?:needs|has|remains) to (?:be done|change|happen)|"
    r"what to do\b(?! (?:if|when))|what(?:['’]s| is) (?:left|missing|needed|to do)|"
    r"(?:sous-)?t[âa]ches\b|[àa] faire\b|travail (?:à faire|restant|à réaliser)|ce qu['’]il (?:faut|y a à|reste à) faire|"
    r"ce qui (?:reste|doit être|manque)|que (?:faut-il|reste-t-il à) faire|prochaines étapes|actions? à mener)",
    re.IGNORECASE,
)
_PLAN = re.compile(
    rf"{_AHEAD}(?:"
    r"(?:sub-?\s?)?task\b|(?:sous-)?tâche\b|(?:(?:action|work|migration) )?plan\b(?! b\b)|work\W*$|travail\W*$|travaux\b|implementation\b|"
    r"approach\b|approche\b|proposed (?:changes|solution|fix)|solution\W*$|solution proposée|changes? (?:needed|required|to make)|required changes|"
    r"(?:implementation|proposed|remaining|suggested|required|detailed) steps|steps? (?:to|for) (?!check|see|trigger)\w+|"
    r"how (?:to|can (?:we|you|i)|do we|should we) (?:fix|do|solve|implement|help|proceed)|comment (?:faire|corriger|procéder|aider)|"
    r"(?:modifications?|changements?) (?:à (?:faire|apporter)|proposée?s?)|étapes? (?:à suivre|pour \w+|proposées?|restantes|"
    r"d(?:e |['’])(?:mise en œuvre|mise en place|réalisation|développement|migration|implémentation)))",
    re.IGNORECASE,
)
_STEPS = re.compile(rf"{_AHEAD}(?:steps?|étapes?)\b", re.IGNORECASE)
_PLACES = re.compile(
    r"\b(?:files?|components?|pages?|modules?|packages?|templates?|classes|endpoints?|locales?|languages?|translations?|"
    r"fichiers?|composants?|gabarits?|langues?|traductions?)\b",
    re.IGNORECASE,
)
_LOOKED_AT = _any(
    r"occur|happen|appear|\bseen\b|visible|attach|\bjoint|install|version|depend|relevant|related|useful|look at|reference|see also|\bused?\b",
    r"similar|utiles?\b|pertinent|à (?:lire|consulter)|se produi|apparaî|survien|\bbugs?\b|crash|\blogs?\b|\bsupported\b|existing|existante?s?\b|tested|unaffected",
)
_HIT = _any("affect", "concern", "impact", "touch")
_FAULT = _any(
    r"(?:actual|expected|observed|current)(?: (?:behaviou?r|results?|outcome|output))?\W*$|what (?:happens|happened|i see|you see)",
    r"(?:résultat|comportement)s?(?: (?:attendu|obtenu|actuel|observé|constaté))?s?\W*$|(?:attendue?|obtenue?|observée?|constatée?)\W*$|ce qui se passe",
)


def section_of(headings: Sequence[str]) -> Section:
    """What a list under these headings is about: the innermost that says something wins, but nothing wins over an aside."""
    found = Section.OTHER
    for heading in reversed(headings):
        section = _said_by(heading)
        if section is Section.ASIDE:
            return section
        if section in {Section.TASKS, Section.PLAN}:
            return section if found in {Section.OTHER, Section.STEPS} else found
        found = section if found is Section.OTHER else found
    return found


def tells_a_fault(labels: Iterable[str]) -> bool:
    """Whether a text says what was expected and what happened instead."""
    return any(_FAULT.match(label) for label in labels)


@lru_cache(maxsize=4096)
def _said_by(heading: str) -> Section:
    if _ASIDE.search(heading):
        return Section.ASIDE
    for section, pattern in ((Section.TASKS, _TASKS), (Section.PLAN, _PLAN), (Section.STEPS, _STEPS)):
        if pattern.match(heading):
            return section
    if _FIELD.fullmatch(heading):
        return Section.ASIDE
    if not _PLACES.search(heading):
        return Section.OTHER
    if _LOOKED_AT.search(heading):
        return Section.ASIDE
    return Section.HIT if _HIT.search(heading) else Section.PLACES
