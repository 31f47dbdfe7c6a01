"""Where people state how long an issue takes: labels and phrases such as "Estimate: 3h"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from connector.sizing import durations
from connector.sizing.durations import DAY, Duration

READ_OF_START, READ_OF_END = 65_536, 8_192
"""Characters of a text in which a time is looked for."""
_SEVERAL_IN_A_DAY = re.compile(
    r"\b(?:multiple|several|a few|two|three|plusieurs)\b[^.\n]{0,30}\b(?:in|per|par)\s(?:a\s|one\s|un\s)?(?:day|jour)\b"
)
_ABOUT_WAITING = re.compile(
    r"\b(?:stale|inactiv\w*|activity|respon[sd]\w*|repl(?:y|ies)|répon[sd]\w*|sla|deadline|due|overdue|wait\w*|remind\w*|clos(?:ed?|ing)|ago|old|"
    r"release\w*|priority|urgent|expire\w*|next|every|timeout|uptime|cooldown)\b"
)
_ABOUT_WORK = re.compile(
    r"\b(?:work|takes?|estimat\w*|est|approx\w*|time|effort|swag|size|solve[ds]?|resolve[ds]?|fix(?:ed)?|do|doable|done|"
    r"finish\w*|complet\w*|implement\w*|contributor|duration|charge|durée|temps|travail|tâche|task|fits?|worth|break)\b"
)
_TIME_AS_NAME = re.compile(
    r"(?:(?:effort|estimate|estimated|estimation|est|size|time|duration|durée|charge|temps|taille)\s?[:/=_-]{0,2}\s?)?"
    r"[~≈<>≤≥]?=?\s?(?:less than |more than |up to |under |moins d[e'’]\s?)?"
    r"(?:\d[\d.,hjdwm -]{0,12}|half|half a|an?|one|two|three|une?|deux|demi|une demi)"
    r"[ -]?(?:to |à )?(?:\d{1,3}[ -]?)?"
    r"(?:m|min|mins|minutes?|h|hr|hrs|hours?|heures?|d|days?|j|jours?|journées?|w|weeks?|semaines?|months?|mois)?"
    r"\s?(?:or less|or more|ou moins|ou plus|max|task|of work|\+)?"
)
_KEY = (
    r"(?:time estimate|estimated (?:time|effort|duration|work)|estimate|estimation|effort(?: estimate)?|time needed|"
    r"time required|temps (?:estimé|nécessaire|de travail)|durée(?: estimée)?|charge(?: estimée)?|effort estimé)"
)
_STATED = re.compile(
    rf"(?:^|[\n*_>#|(\[•-])[ \t*_>#|•-]{{0,8}}{_KEY}[ \t*_]{{0,4}}(?:[:=|\n]|\bis\b|\best\b)[\s*_|:]{{0,6}}([^\n]{{1,80}})"
)
_COMMAND = re.compile(r"(?:^|\n)/estimate[ \t]{1,4}([^\n]{1,40})")
_SENTENCE = re.compile(
    r"\b(?:(?:this|it)(?: issue| task| change| fix)? (?:should|would|will)(?P<not>n['’]t| not)?(?: only| probably| likely)? take"
    r"|(?:cette tâche|ce travail|cela|ça) (?P<pas>ne )?(?:devrait (?:pas )?prendre|prendra))"
    r"(?: you| about| around| roughly| approximately| environ){0,3} "
    r"(?P<rest>(?:\d|an? |one |two |half |several |less |more |no more |at most |up to |une? |deux |moins |au plus |plus )[^\n.]{0,40})"
)
_AMOUNT = (
    r"(?:~ ?|≈ ?|< ?)?(?:\d{1,3}(?:[.,]\d)?|half an?|an?|one|two|three|une?|deux|trois|une demi|(?:une? )?demi)"
    r"(?: ?(?:-|–|to|or|à|ou) ?(?:\d{1,3}(?:[.,]\d)?|two|three|deux|trois))?"
    r"[ -]?(?:min(?:ute)?s?|h|hrs?|hours?|heures?|days?|jours?|journées?|weeks?|semaines?)"
    r"(?: or (?:two|less|so)| ou (?:deux|moins))?"
)
_ABOUT = r"(?:(?:about|around|roughly|approximately|approx\.?|maybe|probably|environ|à peu près|peut-être) ){0,2}"
_WORK_AROUND = (
    re.compile(
        rf"\b({_AMOUNT}) (?:suffi(?:t|sent|ra|ront)|devrai(?:en)?t suffire|(?:is|are|should be|will be) enough)\b"
    ),
    re.compile(rf"\b({_AMOUNT})(?: of work\b| de travail\b|['’]?s? worth of work\b| de boulot\b)"),
    re.compile(
        rf"\b(?:doable|done|fixed|finished|solved|implemented|faisable|réalisable|fait|terminée?|réglée?) (?:in|within|en) {_ABOUT}({_AMOUNT})\b"
    ),
    re.compile(
        rf"(?:^|[\n.!(] ?)(?:il faut |on peut )?(?:compter|comptez|prévoir|prévoyez) {_ABOUT}({_AMOUNT})(?= ?[.,;)\n]|$)"
    ),
    re.compile(
        rf"\b(?:estimated (?:at|to)|estimée? à|(?:i['’]d|i would) (?:say|guess|estimate)|l['’]affaire d(?:e |['’])) ?{_ABOUT}({_AMOUNT})\b"
    ),
    re.compile(rf"\b(?:an?|une?|about an?) ({_AMOUNT})[ -](?:task|job|fix|change|tâche)\b"),
    re.compile(
        rf"\b(?:this|the|ce|cette) (?:issue|task|fix|change|ticket|tâche|travail)(?: should| will)? (?:takes?|prendra|prend|demande|demandera) {_ABOUT}({_AMOUNT})\b"
    ),
)
"""Phrases that speak of the work itself. What a program waits for ("it takes 2 hours to load") is none of them."""
_ANCHORS = {
    _WORK_AROUND[0]: re.compile(r" (?:suffi|devrai|is enough|are enough|should be enough|will be enough)"),
    _WORK_AROUND[1]: re.compile(r"(?: of work| de travail|s? worth of work| de boulot)\b"),
}
LONGEST_AMOUNT = 60
_UNIT = re.compile(r"min|hour|heure|day|jour|week|semaine|\bhrs?\b|\dhrs?\b|\bh\b|\dh\b")
_ALONE = re.compile(rf"(?:^|\n[ \t]*\n|[.!] )[ \t(]{{0,3}}{_ABOUT}({_AMOUNT})[.!)]{{0,2}}[ \t]*(?=\n|$)")
_INTRODUCED = re.compile(r"[:?][ \t*_]{0,4}$|(?:^|\n)#[^\n]{0,200}$")
_BEYOND_A_DAY = re.compile(
    r"\b(?:big|large|huge|major) (?:re-?design|re-?write|refactor(?:ing)?|architectur\w+|undertaking|project)\b"
)
_FENCE = re.compile(r"(?:^|\n)(?:```|~~~)")


def of_label(name: str, description: str = "") -> Duration | None:
    """The time a label means, if its name or its description states one. A size word alone states none."""
    title = _plain(name[:100])
    if _TIME_AS_NAME.fullmatch(title) and (stated := durations.read(title)):
        return stated
    text = _plain(description[:300])
    if _ABOUT_WAITING.search(text):
        return None
    if _SEVERAL_IN_A_DAY.search(text):
        return Duration(0, DAY / 2)
    if _ABOUT_WORK.search(text) and (stated := durations.read(text)):
        return stated
    return Duration(DAY * durations.JUST_ABOVE, None) if _BEYOND_A_DAY.search(text) else None


def of_labels(names: Iterable[str], descriptions: Mapping[str, str]) -> tuple[str, Duration] | None:
    """The first label that states a time, and that time."""
    for name in names:
        if stated := of_label(name, descriptions.get(name, "")):
            return name, stated
    return None


def of_text(text: str) -> Duration | None:
    """The time that a text states for its own work ("Estimate: 3h", "Temps estimé : une journée"), outside of code."""
    plain = _plain(outside_code(text))
    for pattern in (_COMMAND, _STATED):
        for match in pattern.finditer(plain):
            if stated := durations.read(match[1]):
                return stated
    if (sentence := _SENTENCE.search(plain)) and (stated := _of_sentence(sentence)):
        return stated
    return _of_phrase(plain)


def ends_of(body: str) -> str:
    """The beginning and the end of a long text, where people say how long it takes; its code blocks stay code."""
    if len(body) <= READ_OF_START + READ_OF_END:
        return body
    start, left_out, end = body[:READ_OF_START], body[READ_OF_START:-READ_OF_END], body[-READ_OF_END:]
    is_within_code = sum(1 for _ in _FENCE.finditer(left_out)) % 2 == 1
    return f"{start}\n```\n{end}" if is_within_code else f"{start}\n{end}"


def outside_code(text: str) -> str:
    """The text without its fenced blocks."""
    return "\n".join(_FENCE.split(text)[::2])


def _of_sentence(match: re.Match[str]) -> Duration | None:
    words = match["rest"]
    if match["not"] or match["pas"]:  # "should not take more than a day" is an upper bound
        words = words.replace("more than", "at most").replace("plus d", "moins d")
    return durations.read(words)


def _of_phrase(text: str) -> Duration | None:
    if not _UNIT.search(text):
        return None
    for phrase in _WORK_AROUND:
        if (match := _found(phrase, text)) and not _ABOUT_WAITING.search(_line_around(text, match)):
            return durations.read(match[1])
    alone = next((match for match in _ALONE.finditer(text) if not _is_introduced(text, match.start())), None)
    return durations.read(alone[1]) if alone else None


def _found(phrase: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first place of a phrase. One that begins with an amount is looked for only where its other words stand."""
    anchor = _ANCHORS.get(phrase)
    if anchor is None:
        return phrase.search(text)
    places = (phrase.search(text, max(0, at.start() - LONGEST_AMOUNT), at.end() + 10) for at in anchor.finditer(text))
    return next(filter(None, places), None)


def _is_introduced(text: str, at: int) -> bool:
    """Whether what stands before asks for something else: "Timeout:", "How often?", a heading."""
    return bool(_INTRODUCED.search(text[max(0, at - 250) : at].rstrip()))


def _line_around(text: str, match: re.Match[str]) -> str:
    return text[max(text.rfind("\n", 0, match.start()), match.start() - 60, 0) : match.end() + 40].partition("\n\n")[0]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").strip().lower()
