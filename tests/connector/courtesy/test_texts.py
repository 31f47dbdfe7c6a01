"""What goes upstream is harmless there, whatever somebody else wrote into it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.courtesy import texts
from connector.courtesy.texts import JOINER, Fault
from connector.outbox.comments import comment_text
from connector.web.i18n import speaking

ADDRESS = "https://wecena.example.org/maintainers#stop"
STATES = ("claimed", "handed_over", "in_review", "done", "withdrawn")
NASTY = (
    "/close", " /assign @x", "\r/label ~bug", "\u2028/merge", "> /lock", "- /spend 3h", "@maintainer", "@org/team", "#12",
    "owner/repo#3", "GH-4", "!5", "&6", "%7", "~bug", "$8", '~"good first issue"', "fixes #9", "https://github.com/a/b/issues/1",
    "<!-- wecena:claim:1 -->", "![x](y)", "[x](https://x)", "0123456789abcdef0123456789abcdef01234567", "cafe123", "ABC-12",
    "\u202e", "\u200b", "\0", "[vulnerability:1]", "^alert#1", "*iteration:1", "/", "@", "#", "\n", " ",
)  # fmt: skip
ACTED_UPON = (
    r"^[\s>*+\-]*/\w", r"@", r"[#!&%~$^][\w\"'\[]", r"\bGH-\d", r"\b[A-Z]+-\d", r"\w://", r"<!--", r"!\[",
    r"(?<![0-9a-zA-Z])[0-9a-fA-F]{7,64}(?![0-9a-zA-Z])",
)  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), max_size=12))
def test_nothing_in_a_foreign_text_is_acted_upon(pieces: list[str]) -> None:
    """PLATFORM trap 35: quick actions, mentions, references, links and markers."""
    for text in ("".join(pieces), " ".join(pieces), "\n".join(pieces)):
        safe = texts.defused(text)
        found = [pattern for pattern in ACTED_UPON if re.search(pattern, safe, re.MULTILINE | re.IGNORECASE)]
        assert not found, safe


@given(st.lists(st.sampled_from([piece for piece in NASTY if piece.isprintable()])))
def test_a_defused_text_reads_the_same(pieces: list[str]) -> None:
    text = " ".join(pieces)
    shown = texts.defused(text).replace(JOINER, "").replace("＠", "@").replace("\\/", "/")
    assert shown == text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("state", STATES)
def test_our_own_texts_keep_the_rules(state: str, language: str) -> None:
    """DOMAIN 8, rule 5."""
    said = comment_text(state, languages=[language], address=ADDRESS)
    assert texts.faults(said, address=ADDRESS) == ()
    assert texts.defused(said.replace(ADDRESS, "")) == said.replace(ADDRESS, "").rstrip("\n")
    with speaking(language):
        assert "automat" in said


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x" * 400, Fault.TOO_LONG),
        ("thanks @ana", Fault.MENTION),
        ("merci 🎉", Fault.EMOJI),
        ("merci :tada:", Fault.EMOJI),
        ("![logo](x)", Fault.IMAGE),
        ("see https://x/logo.svg", Fault.IMAGE),
        ("well\n/close", Fault.COMMAND),
    ],
)
def test_what_a_text_must_not_be(text: str, fault: Fault) -> None:
    assert texts.faults(f"{text} {ADDRESS}", address=ADDRESS) == (fault,)
    assert texts.faults("nothing more", address=ADDRESS) == (Fault.NO_OPT_OUT,)
