"""Why an issue does not suit a newcomer for a day, whatever its size. Every rule has an id of the public list.

A rule looks at labels, at the title and at what the text asserts: quotations, code, comments of a template and denied
phrases ("no hardware needed", "it was blocked by #4, which is merged") say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from connector.sizing.statements import outside_code

NEVER = re.compile(r"(?!)")


def _pattern(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE | re.MULTILINE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason against. ``spared``: titles that only speak about the subject, such as a page of the guide.

    ``hints``: a text without any of them, in lower case, cannot match ``text``; looking for them is quicker.
    """

    id: str
    labels: frozenset[str] = frozenset()
    title: re.Pattern[str] = NEVER
    text: re.Pattern[str] = NEVER
    spared: re.Pattern[str] = NEVER
    hints: tuple[str, ...] = ()

    def fires(self, title: str, text: str, labels: frozenset[str], *, lowered: str) -> bool:
        """Does it stop this issue? ``labels`` are letters only, ``text`` is title and prose, ``lowered`` the same."""
        if labels & self.labels:
            return True
        if self.spared.search(title):
            return False
        if _asserts(self.title, title):
            return True
        return any(hint in lowered for hint in self.hints) and _asserts(self.text, text)


_SPEAKS_OF = _pattern(
    r"\b(?:docs?|documentation|guide|page|section|link|typo|spelling|policy|label|readme|wiki|translat\w+|explain|document|mention|list|"
    r"rename|test|tests|rubrique|lien|traduire|faute|politique|expliquer|notice|citer|liste)\b",
    r"\.md\b",
)
_NEEDS = (
    r"(?:needs?|requires?|required|must have|you(?:['’]ll| will| would)? need|we need|only (?:people|those|maintainers|admins|someone) with|"
    r"nécessite|il faut|il vous faut|seules? les personnes ayant|réservé aux personnes ayant)"
)
_THING = (
    r"(?:production (?:access|servers?|database|credentials|environment|data)|access to (?:the |our |a )?(?:production|servers?|live|"
    r"infrastructure|internal|staging)|physical (?:device|access|hardware|machine)|(?:(?:the|a|an|specific|special|real|actual|that) )+(?:hardware|device)|"
    r"licen[cs]e key|(?:paid|commercial|premium|enterprise) (?:account|plan|licen[cs]e|subscription|version)|"
    r"admin(?:istrator|istration)? (?:access|rights|account)|vpn access|developer account|nvidia|a gpu|raspberry pi|"
    r"accès (?:à (?:la |notre )?production|au serveur|administrateur|à nos serveurs)|clé de licence|le matériel|matériel (?:spécifique|dédié)|"
    r"(?:un )?(?:compte|abonnement) (?:payant|premium)|droits d[’']administra)"
)
_SYSTEM = r"(?:windows|mac ?os|os ?x|a mac|un mac|mac|iphone|ipad|ios|android|aix|solaris)"

RULES: tuple[Rule, ...] = (
    Rule(
        "rejecting_label",
        labels=_words(
            "wontfix invalid duplicate question discussion epic meta tracking umbrella needsinfo needsmoreinfo moreinfo "
            "needsmoreinformation moreinformationneeded needsinformation infoneeded needmoreinfo waitingforinfo awaitingfeedback "
            "needsfeedback waitingforfeedback needsreproduction needsrepro cannotreproduce cantreproduce notreproducible worksforme "
            "notabug notanissue rejected declined obsolete outdated superseded onhold needsdesign needsdecision needsdiscussion "
            "underdiscussion discuss rfc proposal support spam resolved parked icebox milestone roadmap "
            "doublon invalide ensuspens arrêté refusé àdiscuter"
        ),
    ),
    Rule("draft", hints=("draft", "being written", "incompl", "brouillon"), labels=_words("draft brouillon"), title=_pattern(
        r"^\W{0,3}(?:wip|draft|brouillon)\b\s?[:\])–-]",
        r"^\W{0,3}(?:wip|do not merge)\b",
    ), text=_pattern(
        r"\b(?:this|the) issue is (?:still )?(?:a draft|being written|incomplete)",
        r"\bcette (?:demande|fiche) est (?:encore )?(?:un brouillon|incomplète)",
    )),
    Rule("sub_issues", hints=("[ ]",), title=_pattern(
        r"^\W{0,3}(?:epic|meta|umbrella|tracking|tracker|roadmap|suivi)\b\s?(?:issue\b\s?)?[:\])–-]",
        r"^\W{0,3}(?:tracking|umbrella|meta|parent)[ -]issue\b",
    ), text=_pattern(
        r"(?:^[ \t]{0,6}[-*+] \[ \] [^\n]{0,20}(?:#\d+|https?://\S{1,200}/issues/\d+)[^\n]{0,300}\n(?:[ \t]{0,6}[-*+] \[[xX]\][^\n]{0,300}\n){0,9}){2}",
        r"(?:^[ \t]{0,6}[-*+] \[ \] [^\n]{0,20}#\d+[^\n]{0,300}(?:\n|$)){2}",
    ), spared=_pattern(r"^\W{0,3}suivi d(?:e|es|u)\b")),
    Rule("in_progress", hints=("working on", "i'll ", "i’ll ", "i will", "i'm going", "i’m going", "will ", "going to ", "to me", "je "), labels=_words(
        "inprogress wip workinprogress claimed taken statusinprogress haspr prsubmitted propen inreview hasapullrequest hasmr beingworkedon encours"
    ), text=_pattern(
        r"\bI(?:['’]m| am|['’]ll be| will be) (?:already |currently |actively |now )?working on (?:this|it|that|a (?:fix|patch|pr|pull request|merge request))\b(?! project)",
        r"\bI(?:['’]ll| will|['’]m going to) (?:take|pick up|grab|handle|tackle|work on|fix|do|implement) (?:this|it)\b",
        r"\b(?:will|going to) (?:open|submit|send) (?:a |the )?(?:pr|pull request|merge request|mr|patch)\b",
        r"\bassign(?:ed)? (?:this |it )?to me\b",
        r"\bje m['’]en (?:occupe|charge)\b",
        r"\bje (?:travaille|suis) dessus\b",
        r"\bje (?:prends|m['’]occupe de) (?:ce|cette) (?:ticket|demande|tâche)\b",
    )),
    Rule("blocked", hints=("block", "depends on", " hold", "wait", "bloqu", "attente"), labels=_words(
        "blocked blockedupstream blockedbyupstream waitingonupstream upstreamblocked bloqué waitingforupstream"
    ), text=_pattern(
        r"\b(?:is )?blocked (?:by|on|until) (?:#\d+|https?://|the |upstream|an?\b|another)",
        r"\b(?:this |it )?depends on #\d+ (?:being|to be|getting)",
        r"\bon hold\b",
        r"\b(?:wait(?:ing)?|waits) (?:for|on) (?:#\d+|upstream|the (?:next )?release|an upstream)",
        r"\bbloquée? (?:par|jusqu)",
        r"\ben attente d(?:e|u|es) (?:#\d+|la (?:publication|sortie|version|fusion)|publication|réponse)",
    )),
    Rule("security", hints=("cve-", "attack", "arbitrary code", "vulnerab", "security", "exploit", "attaquant", "faille"), labels=_words("security vulnerability cve sécurité vulnérabilité securityissue securitybug"), title=_pattern(
        r"\bCVE-\d{4}-\d{3,}",
        r"\b(?:vulnerab\w+|security (?:issue|hole|flaw|bug|fix|hardening|problem|risk)|xss|cross.site scripting|csrf|ssrf|sql injection|"
        r"command injection|remote code execution|privilege escalation|path traversal|directory traversal|auth\w* bypass|bypass(?:es|ing)? auth\w*|"
        r"open redirect|(?:password|secret|token|credential)s? (?:leak|leaked|exposed|disclosed|in plain ?text)|"
        r"failles? (?:de sécurité|xss|csrf)|injection sql|vulnérabilités?|contournement de l[’']authentification)\b",
    ), text=_pattern(
        r"\bCVE-\d{4}-\d{3,}",
        r"\b(?:allows?|lets?|enables?) (?:an? |any |remote )*attackers?\b",
        r"\battackers? (?:can|could|may|might|is able)\b",
        r"\barbitrary code\b",
        r"\b(?:this|it|which) is (?:a )?(?:serious |critical )?(?:security (?:vulnerability|issue|hole|flaw|risk)|vulnerability)\b",
        r"\b(?:can|could) be exploited\b",
        r"\bun attaquant (?:peut|pourrait)\b",
        r"\bpermet à un attaquant\b",
        r"\bfaille de sécurité\b",
    ), spared=_pattern(
        r"^(?![^\n]*\bCVE-\d)[^\n]*(?:\b(?:docs?|documentation|guide|section|links?|typo|policy|spelling|translat\w+|rubrique|lien|traduire|politique|faute)\b|\.md\b)"
    )),
    Rule("needs_access", hints=("production", "access", "accès", "hardware", "device", "licen", "clé", "paid", "commercial", "premium", "enterprise", "admin", "vpn", "account", "physical", "gpu", "nvidia", "raspberry", "matériel", "payant", "compte", "abonnement"), labels=_words(
        "hardware needshardware requireshardware needsaccess internal internalonly maintaineronly maintainersonly coreteam "
        "coreteamonly teamonly staffonly needslicense needslicence paid enterprise needsgpu"
    ), text=_pattern(
        rf"\b{_NEEDS}\b[^\n.]{{0,60}}?\b{_THING}",
        rf"\b{_THING}[^\n.]{{0,30}} (?:(?:is|are) )?(?:required|needed|necessary|nécessaires?|requise?s?|indispensables?)\b",
        r"\bonly reproducible (?:in|on) (?:production|the (?:live|production))",
    ), spared=_pattern(r"\b(?:typo|spelling|explain|document|list|liste|expliquer)\b")),
    Rule("platform", hints=("windows", "mac", "os x", "osx", "iphone", "ipad", "ios", "android", "aix", "solaris"), labels=_words(
        "windows windowsonly macos macosonly mac osx ios iosonly oswindows osmacos osmac osios platformwindows platformmacos platformios "
        "platformmac iphone"
    ), text=_pattern(
        rf"\bonly (?:reproducible|happens?|occurs?|seen|visible|works?|fails?)[^\n.]{{0,12}} on (?:an? |the |real |my )*{_SYSTEM}\b",
        rf"\b(?:happens?|occurs?|reproducible|fails?|crash(?:es)?) only on (?:an? |the |real )*{_SYSTEM}\b",
        rf"\b(?:requires?|you(?:['’]ll| will)? need|needs) (?:an? |the |real )*{_SYSTEM}\b(?! \d)",
        rf"\b(?:uniquement|seulement|que) (?:sur|sous) (?:un |une )?{_SYSTEM}\b",
        rf"\b(?:il faut|nécessite) (?:un |une )?{_SYSTEM}\b",
        rf"\b{_SYSTEM}[ -]only\b",
    )),
    Rule("stale", labels=_words("stale noactivity inactive lifecyclestale lifecyclerotten abandoned abandonné")),
    Rule("discussion", hints=("think", "thought", "opinion", "comments", "discuss", "decision", "consensus", "debate", "decide", "agree", "defined", "sure", "unclear", "pensez", "discut", "tranch", "hésite", "décid", "mettre d", "avis"), title=_pattern(
        r"^\W{0,4}(?:rfc|rfd|proposal|question|discussion|discuss|brainstorm\w*|poll|proposition|débat)\b\W{0,2}\s?[:\])–-]",
        r"^(?:how (?:do|can|to|should|does)|why (?:do|does|is|are|did)|what (?:is|are|do|does)|is it possible|is there|can (?:i|we|you)|"
        r"should (?:we|i)|do (?:we|you)|does |where (?:is|can|do)|any (?:plans?|news|update)|comment |pourquoi |est-ce que |faut-il |"
        r"peut-on |doit-on |y a-t-il )[^\n]{0,300}\?\s*$",
    ), text=_pattern(
        r"\b(?:what do (?:you|people|others) think|any (?:thoughts|opinions)|what are your thoughts|your (?:thoughts|opinions))\b",
        r"(?:^|[.!?] )(?:thoughts|opinions|comments)\s?\?",
        r"\b(?:needs?|requires?) (?:more |further |some |a )?(?:discussion|design decision|a decision|consensus)\b",
        r"\b(?:let['’]s|we (?:should|need to|must|have to)) (?:first )?(?:discuss|debate)\b",
        r"\bwe (?:still |first )*(?:need to|must|have to|should) (?:still |first )?(?:decide|agree)\b",
        r"\b(?:still|yet|remains) to be (?:decided|agreed|discussed|defined)\b",
        r"\b(?:not sure|unsure|unclear) (?:whether|if) (?:we|this|it)\b[^\n.]{0,40}\b(?:want|should|need|make sense)",
        r"\bqu['’]en pensez-vous\b",
        r"\bà discuter\b",
        r"\bil faut (?:d['’]abord|encore) (?:décider|discuter|trancher|se mettre d)",
        r"\b(?:on hésite|rien n['’]est (?:décidé|tranché)|reste à (?:décider|trancher))\b",
        r"\bdes avis\s?\?",
    )),
)  # fmt: skip

_TAKE = (
    r"(?:take|pick up|grab|have a go at|try|claim|tackle|work on|fix|solve|handle|do|implement|contribute to|help with)"
)
_REMARKS = _pattern(
    rf"\b(?:can|could|may|might) I (?:please )?{_TAKE} (?:on )?(?:this|it|that)\b",
    r"\b(?:can|could|may|might) I be assigned\b",
    rf"\bI(?:['’]d| would) (?:really )?(?:like|love|be (?:happy|glad|interested)) (?:to|in) (?:please )?(?:{_TAKE}|work(?:ing)? on|tak(?:e|ing)|be assigned)\b",
    rf"\bI (?:want|intend|plan|am going) to {_TAKE} (?:this|it|that)\b",
    r"\bI can (?:take|pick up|grab|work on|tackle) (?:this|it|that)\b(?! (?:up|out|by|from|to)\b)",
    r"\bI(?:['’]m| am) on (?:it|this)\b(?! (?:page|branch|version|list))",
    r"\bI(?:['’]ve| have) (?:already |just )?(?:started|begun) (?:to work|work|working)\b",
    r"\b(?:please |kindly )(?:assign|give) (?:(?:this|it|this issue) )?(?:to )?me\b",
    r"\bassign me\b",
    r"^[ \t]*[/.](?:assign|take|claim)(?: me)?[ \t]*$",
    r"\bj['’](?:aimerais|adorerais) (?:bien )?(?:m['’]en (?:occuper|charger)|m['’]y mettre|travailler (?:dessus|là-dessus)|(?:la |le )?prendre|essayer)\b",
    r"\bje (?:peux|pourrais|vais|veux(?: bien)?|voudrais|souhaite(?:rais)?) (?:m['’]en (?:occuper|charger)|m['’]y mettre|travailler (?:dessus|là-dessus)|la prendre|le prendre|"
    r"prendre (?:ce|cette|ça)|(?:la |le )corriger)\b",
    r"\b(?:puis-je|est-ce que je peux|je peux) (?:m['’]en (?:occuper|charger)|la prendre|le prendre|prendre (?:ce|cette|ça))\b",
    r"\bje (?:la |le |m['’]y )(?:prends|mets)\b",
    r"\bj['’]y travaille\b",
    r"\bassignez?(?:-la|-le)?-moi\b",
    r"\b(?:je|j['’]ai) (?:suis en train de travailler|commencé à travailler)\b",
)
_AT_WORK = next(rule.text for rule in RULES if rule.id == "in_progress")
READ_OF_REMARK = 5_000
"""Characters of a comment that are read: who takes an issue says so soon."""

PREFIXES = frozenset(
    {"type", "kind", "status", "state", "resolution", "triage", "workflow", "statut", "r", "s", "t", "area"}
)
_ASIDE = re.compile(
    r"<!--[\s\S]{0,5000}?-->|^[ \t]{0,3}>[^\n]*$|`[^`\n]{1,300}`|\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|«[^»\n]{1,200}»",
    re.MULTILINE,
)
_DENIED = re.compile(
    r"(?:\b(?:no|not|never|without|nobody|none|was|were)\b|n['’]t\b|\b(?:ne|pas|sans|aucune?|plus)\b|\bn['’])[^.,;:!?\n]{0,30}\Z",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"^[^.\n]{0,30}\b(?:(?:is|was|are|has been|have been|got) (?:now )?(?:merged|closed|fixed|done|resolved|released)|no longer|not (?:needed|required)|"
    r"(?:est|a été) (?:fusionné|résolu|fermé|publié)e?)\b",
    re.IGNORECASE,
)


def unsuitable(title: str, body: str, labels: Iterable[str]) -> tuple[str, ...]:
    """The rule ids that fire, in a fixed order; empty where the issue may be offered. ``body`` has no code blocks."""
    names = frozenset(form for label in labels for form in _forms(label))
    head = _ASIDE.sub(" ", title)
    text = f"{head}\n{_ASIDE.sub(' ', body)}"
    lowered = text.lower()
    return tuple(rule.id for rule in RULES if rule.fires(head, text, names, lowered=lowered))


def speaks_for(remark: str) -> bool:
    """Whether a comment says that its author is at work on the issue, or asks to be. Quotations and code say nothing."""
    text = _ASIDE.sub(" ", outside_code(remark[:READ_OF_REMARK]))
    return _asserts(_AT_WORK, text) or _asserts(_REMARKS, text)


def _asserts(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the text says it somewhere without denying it in the same breath."""
    if pattern is NEVER:
        return False
    return any(
        not _DENIED.search(text, max(0, match.start() - 45), match.start())
        and not _OVER.search(text[match.end() : match.end() + 70])
        for match in pattern.finditer(text)
    )


def _forms(label: str) -> set[str]:
    """The letters of a label, and of what follows a known prefix: ``Status: Won't Fix`` is also ``wontfix``."""
    whole = _letters(label)
    prefix, separator, rest = re.sub(r"::|[/:=]", ":", label.lower()).partition(":")
    return {whole, _letters(rest)} if separator and _letters(prefix) in PREFIXES else {whole}


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())
