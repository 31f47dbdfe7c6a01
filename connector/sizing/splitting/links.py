"""Whether an item is an issue or a request of its own: ``#12``, ``asso/site!5``, ``GH-7``, ``&3``, or its address."""

from __future__ import annotations

import re

_NUMBER = r"[1-9]\d{0,8}\b(?!\.\w)"
_IN_CODE = re.compile(r"`[^`\n]*`")
_LEADING = re.compile(rf"[\W_]{{0,6}}?[#!&]{_NUMBER}")
_NAMED = re.compile(
    rf"(?<![\w/.&#-])(?:[\w.-]{{1,60}}(?:/[\w.-]{{1,60}}){{1,6}}[#!&]|GH-){_NUMBER}"
    r"|https?://[^\s()<>]{1,300}/(?:issues|pulls?|pull-requests|merge_requests|work_items|epics)/\d+",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?:(?P<before>[\w.°]{{1,20}})[ \t]+|(?<=[\s(\[,:–—-]))[#!&](?P<number>{_NUMBER})")
_COUNTED = re.compile(
    r"(?:steps?|étapes?|items?|points?|options?|numbers?|numéros?|no\.?|n[o°º]|lines?|lignes?|pages?|chapters?|chapitres?|sections?|"
    r"questions?|rows?|columns?|figures?|tables?|cases?|rules?|levels?|players?|channels?|slides?|slots?)",
    re.IGNORECASE,
)
_COLOUR = re.compile(
    r"\bcolou?rs?\b|\bcouleurs?\b|background|\bfond\b|border|bordure|\bhex\b|\bcss\b|shade|teinte|\bgr[ae]y\b|\bgris\b",
    re.IGNORECASE,
)
_HEX = frozenset({3, 4, 6, 8})


def is_linked(text: str) -> bool:
    """Whether the text of an item links an issue. A colour (``#333``) and a count ("step #1") link none."""
    plain = _IN_CODE.sub(" ", text)
    if _LEADING.match(plain) or _NAMED.search(plain):
        return True
    is_coloured = bool(_COLOUR.search(plain))
    return any(
        not _COUNTED.fullmatch(found["before"] or "") and not (is_coloured and len(found["number"]) in _HEX)
        for found in _BARE.finditer(plain)
    )
