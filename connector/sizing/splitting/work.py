"""Which items are work that is left: no template, no reproduction, no criteria, no choice, nothing done or tracked elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from connector.sizing.splitting.links import is_linked
from connector.sizing.splitting.lists import Item, Listing, Lists
from connector.sizing.splitting.sections import Section, section_of, tells_a_fault


@dataclass(frozen=True, slots=True)
class Piece:
    """Something left to do. ``above``: the items it belongs to, the outermost first; ``is_place``: it only says where."""

    text: str
    above: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    is_place: bool = False


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


_STATEMENT = _any(
    r"i(?:['’]\w{1,3})? |j['’]|je |(?:yes|no|oui|non|maybe|peut-être|not sure|none|n/a|aucune?|unknown|not applicable|need help)\b(?=\W*$|\W*(?:,|i\b|je\b|later))|(?:other|autre)\W+(?:please|à préciser|specify)",
    r"(?:bug(?:[ -]?(?:fix|report))?|(?:new )?feature(?: request)?|breaking change)(?:\s*[(/].*)?\W*$|(?:this|the) (?:issue|bug|request|pr) (?:is|has)\b|(?:searched|checked) |(?:by|en) (?:submitting|soumettant)|my (?:code|pr|change|commit)",
)
"""What somebody who reports ticks, or could have ticked."""
_GUIDE = _any(
    r"(?:git )?fork(?:er|ez)?(?: (?:the|this|it|le|ce|l['’])|\W*$)|(?:git )?clone[rz]?(?: (?:the|this|your|it|le|ce|votre|repo)|\W*$)",
    r"(?:create|make|check ?out|switch to) (?:a |your |new |feature )*branch|cré(?:er|ez) (?:une |votre |nouvelle )*branche",
    r"(?:open|create|submit|make|send|raise|ouvr(?:ir|ez)|cré(?:er|ez)|soum(?:ettre|ettez)|propos(?:er|ez)|fai(?:re|tes)) (?:a |an |your |the |new |une? |votre |la )*(?:pr|pull[- ]request|merge[- ]request|mr|demande de (?:fusion|tirage))\b",
    r"(?:git )?commit(?:er|te[rz])?(?: (?:and|your|the|et|vos|les|changes?)\b|\W*$)|(?:git )?push(?: (?:to|your|and|changes|the (?:branch|changes|commit))\b|\W*$)|pousse[rz] ",
    r"install(?:er|ez)? (?:the |les |all )?(?:dependencies|deps|dépendances)|(?:run|lanc(?:er|ez)) (?:the |all |les )?(?:(?:unit )?tests?|linters?|npm|yarn|make|pytest)\b",
    r"set ?-?up (?:the |your |a |local )*(?:dev\w*|local|environment|project)\b|(?:install|prépar)(?:er|ez) (?:l['’]|votre )?environnement|join (?:our|the) \w+|sign (?:the )?(?:cla|dco)",
    r"(?:ask|request|wait|get|demand(?:er|ez))\b.{0,20}\b(?:assign|review|relecture|merge)|comment (?:below|here|on this)|screenshots?\W*$|captures? d['’]écran\W*$",
    r"read (?:the |our )?(?:contribut|code of|guide|readme)|li(?:re|sez) (?:le |la |notre )?(?:guide|contribut|code de|readme)",
)
"""What every contributor does."""
_CRITERION = _any(
    r"(?:all |unit |the |existing )*tests? (?:still )?(?:pass(?:es|ing)?|green|are|have|succeed)\b|(?:unit |new )?tests? (?:added|written|updated)|(?:les )?tests? (?:passent|au vert|verts|ajoutés|écrits|mis)",
    r"(?:docs?|documentation|changelog|readme) (?:is |are |has been |entry |a été )*(?:updated|added|written|à jour|mise à jour)|change-?log(?: entry)?\W*$",
    r"(?:code |peer )?review(?:ed by\b.*|(?:ed| done)?\W*$)|relue? (?:par|et)\b|approved|rebased|squashed|merged|deployed",
    r"(?:the )?(?:ci|build|pipeline|lint(?:er|ing)?) (?:is |are )?(?:green|pass\w*|ok|clean|au vert|passe)|no (?:regressions?|warnings?|breaking|lint\w*|new|errors?|console)\b|(?:aucune?|pas de) (?:régression|erreur)",
    r"(?:it |this )?(?:must|should|doit|doivent|devrait|given)\b|[^?]*\?\W*$",
)
"""What holds once it is done, and what is still asked."""
_CHOICE = _any(
    r"(?:option|alternative|approach|solution|variant|variante|possibilit(?:y|é)|proposal|choix)\s*#?(?:\d|(?-i:[A-D])\b(?!['’]))",
    r"(?:windows|mac ?os|os ?x|linux|ubuntu|debian|fedora|ios|android|firefox|chrome|chromium|safari|edge|opera|brave|internet explorer|ie|desktop|mobile|tablet|phone|docker|bare metal|ordinateur|tablette|téléphone)(?: (?:\d[\w.]*|app))?(?:\s*[(/].*)?\W*$",
    r"(?:low|medium|high|critical|blocker|major|minor|trivial|cosmetic|faible|moyenne?|élevée?|haute?|basse?|critique|majeure?|mineure?|bloquante?)(?:\s*[(/–—-].*)?\W*$",
)
_OTHERWISE = re.compile(r"(?:or|ou|alternatively|soit)\b", re.IGNORECASE)
_GESTURE = re.compile(
    r"(?:go(?:ing)? (?:to|on|in)|navigate|open|click|press|tap|scroll|log ?(?:in|out)|sign (?:in|out|up)|type|enter|select|choose|hover|launch|start|"
    r"run|load|visit|see|observe|notice|look at|wait|fill|submit|drag|drop|upload|double-click|right-click|refresh|reload|close|switch|"
    r"all(?:er|ez)\b|ouvr|cliqu|appuy|(?:se )?connect|lanc|démarr|saisi|entr(?:er|ez)\b|chois|sélectionn|voir\b|voyez|constat|observ|défil|charg|"
    r"attend|rafraîch|actualis|recharg|(?:se )?rend|tap(?:er|ez)|survol|rempli|valid|ferm)",
    re.IGNORECASE,
)
_CHECKLIST = re.compile(r"\bcheck-? ?list\b|\bliste de (?:vérification|contrôle)", re.IGNORECASE)
_STRUCK = re.compile(r"~~[^~\n]{1,900}~~|<(del|s|strike)>[^<\n]{1,900}</\1>", re.IGNORECASE)
_SAID_DONE = re.compile(
    r"[(\[–—-] ?(?:already )?(?:done|fixed|merged|fait|terminée?|déjà fait) ?[)\]!]?$|[✅☑✔]\ufe0f?$", re.IGNORECASE
)
_DONE_CELL = re.compile(
    r"(?:100 ?%|\[x\]|x|✅|☑|✔)\ufe0f?.{0,20}|(?:done|finished|completed?|merged|faite?|terminée?|finie?)\b.{0,20}",
    re.IGNORECASE,
)
_NAME = (
    r"`[^`\n]{1,120}`|[\w./@*-]{1,120}\.\w{1,8}|[\w@.-]{1,60}(?:/[\w.*-]{1,60}){1,8}/?|[a-z]{2,3}(?:[-_][A-Za-z]{2,8}){0,2}|"
    r"[^\W\d_][\w'’-]{1,40}(?:[ ][\w'’-]{1,40}){0,2}"
)
_PLACE = re.compile(rf"(?:{_NAME})(?:\s*(?:[(\[–—:,@]|->|→|- ).{{0,300}})?\W{{0,2}}")
_MARKUP = re.compile(
    r"(?P<code>`[^`\n]*`)|\*\*|(?<!\w)__(?P<strong>[^_\n]{1,300})__(?![\w.])|!?\[(?P<link>[^\[\]\n]{1,300})\]\([^)\n]{1,400}\)"
)


def boxes(text: Lists) -> list[Piece]:
    """Open boxes. Where one holds others, those are the pieces."""
    return _found(text, set(Section) - {Section.ASIDE, Section.HIT}, _open_boxes, lambda item: item.is_open is not None)


def steps(text: Lists) -> list[Piece]:
    """Numbered items under a heading that speaks of work."""
    return _found(text, {Section.TASKS, Section.PLAN, Section.STEPS}, _numbered, lambda item: item.is_numbered)


def bullets(text: Lists) -> list[Piece]:
    """Items of any kind, rows of tables too, under a heading that says tasks."""
    return _found(text, {Section.TASKS}, _outer, _any_item)


def places(text: Lists) -> list[Piece]:
    """What is listed as files, components or languages, where most of it are names."""
    sections = {Section.PLACES} if tells_a_fault(text.labels) else {Section.PLACES, Section.HIT}
    named = (listing for listing in text.listings if _are_places(listing.items))
    return _found(Lists(tuple(named), text.labels), sections, _outer, _any_item)


def _found(
    text: Lists,
    sections: set[Section],
    choose: Callable[[Sequence[Item]], Iterator[Piece]],
    counts: Callable[[Item], bool],
) -> list[Piece]:
    """The pieces that are chosen of the lists in these sections, without asides."""
    is_fault, found = tells_a_fault(text.labels), list[Piece]()
    for listing in text.listings:
        section = section_of(listing.headings)
        if listing.is_table and section is Section.PLAN:  # a column of the name "Task"
            section = Section.TASKS
        texts = [plain(item.text) for item in _every(listing.items) if counts(item)]
        if section in sections and texts and not _is_no_work(texts, listing, section, is_fault=is_fault):
            found += _placed(choose(listing.items), listing, section)
    return found


def _placed(pieces: Iterator[Piece], listing: Listing, section: Section) -> Iterator[Piece]:
    is_about_places = section in {Section.PLACES, Section.HIT}
    for piece in pieces:
        if piece.text and not _is_aside(piece.text, section):
            is_place = is_about_places and not piece.above and bool(_PLACE.fullmatch(piece.text))
            yield Piece(piece.text, piece.above, listing.headings, is_place)


def _is_no_work(texts: Sequence[str], listing: Listing, section: Section, *, is_fault: bool) -> bool:
    """Whether a list as a whole is a template, a reproduction or a choice."""
    statements = sum(bool(_STATEMENT.match(text)) for text in texts)
    asides = sum(_is_aside(text, section) for text in texts)
    if any(_CHECKLIST.search(heading) for heading in listing.headings) and asides:
        return True
    if section is Section.STEPS and (is_fault or 2 * sum(bool(_GESTURE.match(text)) for text in texts) >= len(texts)):
        return True
    is_choice = section is not Section.PLACES and any(_OTHERWISE.match(text) for text in texts)
    return is_choice or 2 * statements >= len(texts) or 2 * asides > len(texts)


def _is_aside(text: str, section: Section) -> bool:
    is_choice = _CHOICE.match(text) and section not in {Section.TASKS, Section.PLACES, Section.HIT}
    return bool(is_choice or _STATEMENT.match(text) or _GUIDE.match(text) or _CRITERION.match(text))


def _are_places(items: Sequence[Item]) -> bool:
    named = sum(bool(_PLACE.fullmatch(item.text.strip())) for item in items)
    return bool(items) and 2 * named > len(items)


def _open_boxes(items: Sequence[Item], above: tuple[str, ...] = ()) -> Iterator[Piece]:
    for item in items:
        if _is_elsewhere(item):
            continue
        own = plain(item.text)
        below = list(_open_boxes(item.items, (*above, own)))
        yield from below
        is_held_elsewhere = any(each.is_open is not None and is_linked(each.text) for each in item.items)
        if item.is_open and not below and not is_held_elsewhere and not _is_done(item):
            yield Piece(own, above)


def _any_item(_item: Item) -> bool:
    return True


def _numbered(items: Sequence[Item]) -> Iterator[Piece]:
    return _outer([item for item in items if item.is_numbered])


def _outer(items: Sequence[Item]) -> Iterator[Piece]:
    """Outer items; what is below one are its details, unless it only names a group."""
    for item in items:
        if _is_elsewhere(item) or _is_done(item):
            continue
        own = plain(item.text)
        if item.items and (item.text.rstrip("* ").endswith(":") or len(own.split()) <= 2):
            yield from (Piece(piece.text, (own, *piece.above)) for piece in _outer(item.items))
        else:
            yield Piece(own)


def _is_elsewhere(item: Item) -> bool:
    """Whether an item and all below it are an issue of their own, or were given up."""
    return is_linked(item.text) or is_linked(item.beside) or _is_struck(item.text)


def _is_struck(text: str) -> bool:
    left = _STRUCK.sub("", text).strip()
    return left != text.strip() and not (left and left[0].isalnum())


def _is_done(item: Item) -> bool:
    cells = item.beside.split(" | ") if item.beside else []
    return item.is_open is False or bool(_SAID_DONE.search(item.text)) or any(map(_DONE_CELL.fullmatch, cells))


def _every(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _every(item.items)


def plain(text: str) -> str:
    """The text as it reads: without marks of emphasis, addresses of links, and what was struck through."""
    said = _MARKUP.sub(lambda found: found["code"] or found["strong"] or found["link"] or "", _STRUCK.sub("", text))
    return " ".join(said.split()).rstrip(";,.: ")
