"""Why an issue does not suit a newcomer for a day, whatever its size. Every rule has an id of the public list."""

from __future__ import annotations

import re
from collections.abc import Iterable

_REJECTING_WORDS = (
    "wontfix invalid duplicate question discussion epic meta tracking umbrella needsinfo needsmoreinfo moreinfo "
    "needsmoreinformation moreinformationneeded needsinformation infoneeded needmoreinfo waitingforinfo awaitingfeedback "
    "needsfeedback waitingforfeedback needsreproduction needsrepro cannotreproduce cantreproduce notreproducible worksforme "
    "notabug notanissue rejected declined obsolete outdated superseded onhold needsdesign needsdecision needsdiscussion "
    "underdiscussion discuss rfc proposal support spam resolved parked icebox milestone roadmap "
    "doublon invalide ensuspens arrêté refusé àdiscuter"
)
REJECTING = frozenset(_REJECTING_WORDS.split())
_SECURITY_LABELS_WORDS = "security vulnerability cve sécurité vulnérabilité"
SECURITY_LABELS = frozenset(_SECURITY_LABELS_WORDS.split())
_ACCESS_LABELS_WORDS = (
    "hardware needshardware requireshardware needsaccess internal internalonly maintaineronly maintainersonly coreteam "
    "coreteamonly teamonly staffonly"
)
ACCESS_LABELS = frozenset(_ACCESS_LABELS_WORDS.split())
PREFIXES = frozenset(
    {"type", "kind", "status", "state", "resolution", "triage", "workflow", "statut", "r", "s", "t", "area"}
)

_DISCUSSION = re.compile(
    r"^\W{0,4}(?:rfc|rfd|proposal|question|discussion|discuss|brainstorm\w*|poll|proposition|débat)\b\W{0,2}\s?[:\])–-]"
    r"|^(?:how (?:do|can|to|should|does)|why (?:do|does|is|are|did)|what (?:is|are|do|does)|is it possible|is there|can (?:i|we|you)|"
    r"should (?:we|i)|do (?:we|you)|does |where (?:is|can|do)|any (?:plans?|news|update)|comment |pourquoi |est-ce que |faut-il |"
    r"peut-on |y a-t-il )[^\n]{0,300}\?\s*$",
    re.IGNORECASE,
)
_SECURITY = re.compile(
    r"\bCVE-\d{4}-\d{3,}|\b(?:vulnerabilit(?:y|ies)|security (?:issue|hole|flaw|bug|fix|hardening)|xss|csrf|sql injection|"
    r"remote code execution|privilege escalation|faille de sécurité|vulnérabilités?)\b",
    re.IGNORECASE,
)
_ACCESS = re.compile(
    r"\b(?:needs?|requires?|required|must have|you(?:'ll| will) need|only (?:people|those|maintainers|admins) with|nécessite|"
    r"il faut)\b[^\n.]{0,60}\b(?:production (?:access|server|database|credentials)|access to (?:production|the server|our server|the "
    r"infrastructure)|physical (?:device|access|hardware)|(?:the|specific|special|real|actual) hardware|licen[cs]e key|"
    r"(?:paid|commercial) (?:account|plan|licen[cs]e|subscription)|admin(?:istrator)? (?:access|rights)|vpn access|"
    r"accès (?:à la production|au serveur)|clé de licence|matériel spécifique)\b",
    re.IGNORECASE,
)


def unsuitable(title: str, body: str, labels: Iterable[str]) -> tuple[str, ...]:
    """The rule ids that fire, in a fixed order; empty where the issue may be offered. ``body`` has no code blocks."""
    names = {form for label in labels for form in _forms(label)}
    return tuple(rule for rule, fires in (
        ("rejecting_label", bool(names & REJECTING)),
        ("discussion", bool(_DISCUSSION.search(title))),
        ("security", bool(names & SECURITY_LABELS or _SECURITY.search(title))),
        ("needs_access", bool(names & ACCESS_LABELS or _ACCESS.search(title) or _ACCESS.search(body))),
    ) if fires)  # fmt: skip


def _forms(label: str) -> set[str]:
    """The letters of a label, and of what follows a known prefix: ``Status: Won't Fix`` is also ``wontfix``."""
    whole = _letters(label)
    prefix, separator, rest = re.sub(r"::|[/:=]", ":", label.lower()).partition(":")
    return {whole, _letters(rest)} if separator and _letters(prefix) in PREFIXES else {whole}


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())
