"""Every text that goes upstream: short, automated, naming nobody, and without anything that a forge would act upon."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

MAX_LENGTH = 400
JOINER = "\u2060"
"""Shown as nothing, and parts what a forge would otherwise read as one word."""

_CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_EMOJI = re.compile("[\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001fbff]")
_SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
_IMAGE = re.compile(r"!\[|<img\b|\.(?:png|jpe?g|gif|svg|webp)\b", re.IGNORECASE)
_COMMAND = re.compile(r"^(?P<before>[\s>*+\-]*)/", re.MULTILINE)
_REFERENCE = re.compile(r"(?P<sign>[#!&%~$^*<\[])(?=[\w\"'\[!/])")
_LONG_REFERENCE = re.compile(r"\b(?P<kind>GH-|[A-Z][A-Z0-9]+-)(?=\d)", re.IGNORECASE)
_ADDRESS = re.compile(r"://")
_SHA = re.compile(r"(?<![0-9a-zA-Z])[0-9a-fA-F]{7,64}(?![0-9a-zA-Z])")
_SIX = re.compile(r".{6}(?=.)")
"""Fewer signs than the shortest name of a commit."""


class Fault(StrEnum):
    """What a text that goes upstream must not be."""

    TOO_LONG = "too long"
    MENTION = "mentions somebody"
    EMOJI = "holds an emoji"
    IMAGE = "holds a picture"
    COMMAND = "holds a command"
    NO_OPT_OUT = "does not say how to stop it"


def language_of(languages: Sequence[str]) -> str:
    """The language to write in: the first of the project's that we speak, else English."""
    return next((language for language in languages if language in {"fr", "en"}), "en")


def opt_out(public_url: str) -> str:
    """The address that each text ends with: what we write, and how to stop it."""
    return f"{public_url}/maintainers#stop"


def faults(text: str, *, address: str) -> tuple[Fault, ...]:
    """Why a text of ours may not go upstream; ``address`` is the one of the opt-out."""
    said = text.replace(address, "")
    found = {
        Fault.TOO_LONG: len(text) > MAX_LENGTH,
        Fault.MENTION: "@" in text,
        Fault.EMOJI: bool(_EMOJI.search(said) or _SHORTCODE.search(said)),
        Fault.IMAGE: bool(_IMAGE.search(said)),
        Fault.COMMAND: bool(_COMMAND.search(said)),
        Fault.NO_OPT_OUT: address not in text,
    }
    return tuple(fault for fault, is_there in found.items() if is_there)


def defused(text: str) -> str:
    """What somebody else wrote, so that a forge shows it and does nothing: no command, mention, link or reference.

    It reads the same. Control signs are left out, ``@`` becomes its full-width twin, and a word joiner parts the rest.
    """
    plain = "".join(sign for sign in _lines(text) if sign == "\n" or unicodedata.category(sign) not in _CONTROL)
    plain = plain.replace("@", "＠")
    plain = _ADDRESS.sub(f":{JOINER}//", plain)
    plain = _REFERENCE.sub(rf"\g<sign>{JOINER}", plain)
    plain = _LONG_REFERENCE.sub(rf"\g<kind>{JOINER}", plain)
    plain = _SHA.sub(lambda found: _SIX.sub(rf"\g<0>{JOINER}", found[0]), plain)
    return _COMMAND.sub(r"\g<before>\\/", plain)


def _lines(text: str) -> str:
    """All kinds of line ends as one."""
    return "\n".join(text.splitlines())
