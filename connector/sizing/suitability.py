"""Why an issue does not suit a newcomer for a day, whatever its size. Every rule has an id of the public list.

A rule looks at labels, at the title and at what the text asserts, sentence by sentence: quotations, code, comments of a
template and denied phrases ("no hardware needed", "it was blocked by #4, which is merged") say nothing. The phrases are
data of `against`, one module a rule, in the language of `phrases`. What no phrase says is left to `hints`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from connector.sizing import hints
from connector.sizing.against import (
    blocked,
    blocked_together,
    discussion,
    draft,
    in_progress,
    labels,
    needs_access,
    needs_access_together,
    platform,
    remarks,
    security,
    security_said,
    security_together,
    sub_issues,
    templates,
)
from connector.sizing.against.phrases import Met, Phrasebook, beginnings, pattern_of
from connector.sizing.against.prose import flat, quoted, sentences, without_asides
from connector.sizing.hints import Hint
from connector.sizing.statements import outside_code

NEVER = re.compile(r"(?!)")
READ_OF_A_TITLE, READ_AT_MOST = 1000, 50_000
"""Characters of a title and of a body that are worth looking at."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason against.

    ``labels`` may stand after any prefix, ``topics`` are words that also name parts of a program: alone, or after a
    prefix such as "type:". ``together``: phrases of parts that may stand in two sentences. ``lifted``: phrases after which what ``says`` found no longer holds. ``spared``: titles that
    only speak about the subject, such as a page of the guide; ``names`` are phrases of a title that it spares.
    """

    id: str
    labels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    title: re.Pattern[str] = NEVER
    names: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    spared: re.Pattern[str] = NEVER


RULES: tuple[Rule, ...] = (
    Rule("rejecting_label", labels=labels.REJECTING, topics=labels.REJECTING_TOPICS),
    Rule(
        "draft", labels=draft.LABELS, title=draft.TITLE, says=draft.SAYS, together=draft.TOGETHER, lifted=draft.LIFTED
    ),
    Rule("sub_issues", title=sub_issues.TITLE, says=sub_issues.SAYS, spared=sub_issues.SPARED),
    Rule(
        "in_progress",
        labels=in_progress.LABELS,
        says=in_progress.SAYS,
        together=in_progress.TOGETHER,
        lifted=in_progress.LIFTED,
    ),
    Rule(
        "blocked", labels=blocked.LABELS, says=blocked.SAYS, together=blocked_together.TOGETHER, lifted=blocked.LIFTED
    ),
    Rule(
        "security",
        labels=security.LABELS,
        names=security.NAMES,
        says=security_said.SAYS,
        together=security_together.TOGETHER,
        spared=security.SPARED,
    ),
    Rule(
        "needs_access",
        labels=needs_access.LABELS,
        topics=needs_access.TOPICS,
        says=needs_access.SAYS,
        together=needs_access_together.TOGETHER,
        spared=needs_access.SPARED,
    ),
    Rule("platform", labels=platform.LABELS, topics=platform.TOPICS, says=platform.SAYS, together=platform.TOGETHER),
    Rule("stale", labels=labels.STALE),
    Rule(
        "discussion",
        title=discussion.TITLE,
        says=discussion.SAYS,
        together=discussion.TOGETHER,
        lifted=discussion.LIFTED,
    ),
)
READ_IN_TEXTS = frozenset(rule.id for rule in RULES if rule.says)
"""What is read in what people wrote, and may be misread."""
_STATES = frozenset({"draft", "in_progress", "blocked", "discussion"})
"""What may be over: "it was blocked by #4", "once decided" say nothing."""
_ASKED_AS_WELL = frozenset({"discussion", "security", "sub_issues"})
"""What a question says as well as a statement."""
_SPARE_ALL = frozenset({"sub_issues", "needs_access"})
_LIFTED = "lifted:"
READ_OF_REMARK = 5_000
"""Characters of a comment that are read: who takes an issue says so soon."""

_DENIED = re.compile(
    r"(?:\b(?:no|not|never|without|nobody|none|neither|nor|pas|sans|aucune?s?|plus|ni|jamais|personne)\b|n't\b|(?:\bne\b|\bn')(?![^.,;:!?]{0,30}\bqu))[^.,;:!?]{0,30}\Z",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had been|used to be|etait|etaient|avait ete|fut)\b[^.,;:!?]{0,20}\Z", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:if|whether|unless|in case|si|au cas ou)\b[^.,;:!?]{0,20}\Z", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:says?|said|claims?|states?|pretends?|reads?|displays?|dit|disait|indique|annonce|affirme|pretend|affiche|mentionne)\b[^.,;:!?]{0,25}\Z",
    re.IGNORECASE,
)
"""A page that says so."""
_ANSWER = r"\W{0,4}(?:no|none|non|aucune?s?|n/a|nothing|rien|neant|false)\b(?! of)"
_ANSWERED = re.compile(_ANSWER, re.IGNORECASE)
_OVER = re.compile(
    r"^[^.]{0,40}?\b(?:(?:is|was|are|were|has been|have been|got|now|already|just|both|all|which|since) (?:now |already |finally |since |both |all |just ){0,2}"
    r"(?:merged|closed|fixed|done|resolved|released|published|shipped|available|refused|rejected|abandoned|over|gone|lifted)|no longer|not (?:needed|required|necessary)|"
    r"(?:est|sont|a ete|ont ete|d'etre|deja|desormais|maintenant) (?:enfin |depuis |desormais |maintenant |tous |deux |deja ){0,2}"
    r"(?:fusionne|resolu|ferme|publie|sorti|paru|livre|termine|leve|clos|merge|refuse|rejete|abandonne|regle)e?s?|n'est (?:pas|plus) (?:necessaire|utile|requis))\b"
    rf"|^{_ANSWER}",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:once|until|till|when|after|before|not|unless|if|soon|must|needs?|has to|have to|will|tant|quand|lorsque|une fois|des que|jusqu|avant|apres|pas|doit|doivent|sera|seront|toujours|encore)\b|n't\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:no|not|never|without|cannot|nobody|none|pas|sans|aucune?|rien|jamais)\b|n't\b|\bn'", re.IGNORECASE)  # fmt: skip
_ASKED = re.compile(r"\?[\"»)]{0,2}\s*\Z")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The rule ids that fire, in a fixed order; and what the text only hints at, for people to read."""

    against: tuple[str, ...]
    hint: Hint | None = None


def unsuitable(title: str, body: str, labels: Iterable[str]) -> tuple[str, ...]:
    """The rule ids that fire, in a fixed order; empty where the issue may be offered."""
    return judge(title, body, labels).against


def judge(title: str, body: str, labels: Iterable[str]) -> Judgement:
    """What speaks against an issue, and what may."""
    fired = set(of_labels(labels))
    head, text = without_asides(title), without_asides(outside_code(body))
    flat_title = flat(head)
    parts = (*sentences(head), *sentences(text))
    learned, hint = hints.heard(hints.packaged(), parts)
    if security.SPARED.search(flat_title):
        learned -= {"security"}
    said = _said(parts, beside=fired) | learned
    fired |= said & _IDS - {rule for rule in _STATES if _LIFTED + rule in said}
    fired |= {rule.id for rule in RULES if rule.title.search(flat_title)}
    fired |= _said_of_title(sentences(head)) if not security.SPARED.search(flat_title) else set()
    fired -= {rule.id for rule in RULES if rule.id in _SPARE_ALL and rule.spared.search(flat_title)}
    fired |= _by_shape(flat_title, text, said)
    if security.shows_attack(f"{title}\n{body}"):
        fired.add("security")
    if templates.is_empty(body):
        fired.add("draft")
    return Judgement(tuple(rule.id for rule in RULES if rule.id in fired), hint)


def hinting(title: str, body: str, labels: Iterable[str]) -> str:
    """The sentence that hints at a rule, as the text spells it, where nothing is stated; empty where there is none."""
    judged = judge(title[:READ_OF_A_TITLE], body[:READ_AT_MOST], labels)
    if judged.hint is None or judged.against:
        return ""
    return quoted(title, judged.hint.sentence) or quoted(body, judged.hint.sentence)


def speaks_for(remark: str) -> bool:
    """Whether a comment says that its author is at work on the issue, or asks to be. Quotations and code say nothing."""
    text = without_asides(outside_code(remark[:READ_OF_REMARK]))
    return any(
        _is_asserted(sentence, places, "in_progress") and not (meaning == "in_progress" and _ASKED.search(sentence))
        for sentence in sentences(text)
        for meaning, places in _remarks().places(sentence, _remarks().met(beginnings(sentence)))
    )


_IDS = frozenset(rule.id for rule in RULES)


def _said(parts: tuple[str, ...], *, beside: set[str]) -> set[str]:
    """What the sentences assert: rules, and what is lifted again. Some phrases are looked for in two that follow."""
    said: set[str] = set(beside)
    book, pairs = _book(), _pairs()
    words = [beginnings(sentence) for sentence in parts]
    met = [*map(pairs.met, words), (0, 0, 0, 0)]
    for number, sentence in enumerate(parts):
        _hear(sentence, book, book.met(words[number]), said)
        (a, b, c, d), (e, f, g, h) = met[number : number + 2]
        _hear(" . ".join(parts[number : number + 2]), pairs, (a | e, b | f, c | g, d | h), said)
    return said


def _hear(sentence: str, book: Phrasebook, met: Met, said: set[str]) -> None:
    for meaning, places in book.places(sentence, met, beside=said):
        rule = meaning.removeprefix(_LIFTED)
        if rule not in _ASKED_AS_WELL and _ASKED.search(sentence):
            continue
        if _is_asserted(sentence, places, rule, is_lifting=rule != meaning):
            said.add(meaning)


def _said_of_title(parts: Iterable[str]) -> set[str]:
    return {
        meaning
        for sentence in parts
        for meaning, places in _names().places(sentence, _names().met(beginnings(sentence)))
        if _is_asserted(sentence, places, meaning)
    }


def _by_shape(title: str, text: str, said: set[str]) -> set[str]:
    """What the layout of the text says, not its words."""
    found = set()
    if sub_issues.lists_parts(text):
        found.add("sub_issues")
    if draft.has_holes(text):
        found.add("draft")
    is_answered = _LIFTED + "discussion" in said
    if discussion.QUESTION.search(title) and not discussion.REQUEST.search(title) and not is_answered:
        found.add("discussion")
    if discussion.VOTE.search(text):
        found.add("discussion")
    return found


def _is_asserted(sentence: str, places: Iterable[re.Match[str]], rule: str, *, is_lifting: bool = False) -> bool:
    """Whether the sentence says it without denying it in the same breath."""
    return all(_is_meant(sentence, match, rule, is_lifting=is_lifting) for match in places)


def _is_meant(sentence: str, match: re.Match[str], rule: str, *, is_lifting: bool) -> bool:
    before = sentence[max(0, match.start() - 45) : match.start()]
    if not _NEGATION.search(match[0]) and _DENIED.search(before):
        return False
    if rule != "security" and _REPORTED.search(before):
        return False
    if is_lifting:
        return not _NOT_YET.search(before)
    if rule not in _STATES:
        return not _ANSWERED.match(sentence, match.end())
    if _PAST.search(before) or _SUPPOSED.search(before):
        return False
    over = _OVER.search(sentence[match.end() : match.end() + 80])
    return not over or bool(_NOT_YET.search(over[0]))


@cache
def _book() -> Phrasebook:
    return Phrasebook({rule.id: rule.says for rule in RULES} | {_LIFTED + rule.id: rule.lifted for rule in RULES})


@cache
def _pairs() -> Phrasebook:
    return Phrasebook({rule.id: rule.together for rule in RULES})


@cache
def _names() -> Phrasebook:
    return Phrasebook({rule.id: rule.names for rule in RULES if rule.names})


@cache
def _remarks() -> Phrasebook:
    return Phrasebook({"in_progress": in_progress.SAYS, "offers": remarks.SAYS})


# --- labels -------------------------------------------------------------------------------------------------------

_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,40}:(?!:)")
_SEPARATOR = re.compile(r"::|[:/=|>]| - ")


def of_labels(labels: Iterable[str]) -> frozenset[str]:
    """The rules that labels fire."""
    return frozenset(rule for label in labels for rule in _of_label(label))


@lru_cache(maxsize=4096)
def _of_label(label: str) -> frozenset[str]:
    """The rules that a label fires."""
    exact, after_any = _forms(label)
    return frozenset(
        rule
        for rule, whole, anywhere in _label_patterns()
        if any(anywhere.fullmatch(form) for form in after_any | exact) or any(whole.fullmatch(form) for form in exact)
    )


@cache
def _label_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Rule, pattern of topics, pattern of labels."""
    return tuple((rule.id, _any_of(rule.topics), _any_of(rule.labels)) for rule in RULES if rule.labels or rule.topics)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    patterns = [pattern_of(phrase) for phrase in phrases]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else NEVER


def _forms(label: str) -> tuple[set[str], set[str]]:
    """Letters of a label and of what follows a prefix that says what sort of label it is; then after any other prefix.

    ``Status: Won't Fix`` is also ``wontfix``; ``component: questions`` is only ``componentquestions``.
    """
    plain = _SHORTCODE.sub(" ", flat(label[:100]).lower()).replace("'", "")
    parts = [words for part in _SEPARATOR.split(plain) if (words := re.findall(r"[a-z0-9]+", part))]
    exact, after_any = {"".join(chain.from_iterable(parts))}, set[str]()
    for number in range(1, len(parts)):
        if parts[number - 1][0] in labels.TOPIC:
            break
        is_sort = all(word in labels.PROCESS for part in parts[:number] for word in part)
        (exact if is_sort else after_any).add("".join(chain.from_iterable(parts[number:])))
    last = parts[-1] if parts else []
    if len(last) > 1 and last[0] in labels.PROCESS and len(parts) <= 2:
        exact.add("".join(last[1:]))
    return exact, after_any
