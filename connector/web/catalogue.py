"""The French catalogue against the code: ``python -m connector.web.catalogue --check`` or ``--update``.

``--check`` fails when a sentence of the code is missing, untranslated or no longer used, when its places differ, or
when French typography was forgotten. ``--update`` brings the catalogue to the sentences of the code.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1]
COMMANDS = PACKAGE / "cli"
"""Commands speak English."""
CATALOGUE = Path(__file__).parent / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
METHODS = [("**/*.py", "python"), ("web/templates/**", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "N_": None, "NN_": (1, 2)}
OPTIONS = {"web/templates/**": {"trimmed": "true", "silent": "false"}}
Text = str | tuple[str | None, ...] | list[str | None] | list[str] | tuple[str, ...] | None
PLACE = re.compile(r"%\((\w+)\)[sd]")
REFUSALS = frozenset({"UserError", "NotFoundError", "NotAllowedError", "SignInRequiredError"})
TYPOGRAPHY = (
    (re.compile(r" [;?!]|(?<=\d) %"), "a narrow no-break space goes before ; ? ! %"),
    (re.compile(r" :|« (?! )| »"), "a no-break space goes before : and inside « »"),
    (re.compile("'"), "the apostrophe is ’"),
    (re.compile(r"(?<!\d)\.\.\.(?=\s|$)"), "the ellipsis is …"),
)


class _Text(ast.Constant):
    value: str


def extracted() -> Catalog:
    """Every sentence of the code and the templates, with the places it stands in."""
    catalog = Catalog(project="wecena-connector", charset="utf-8")
    found = extract_from_dir(
        PACKAGE, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for filename, _line, message, comments, context in found:
        catalog.add(message, None, [(f"connector/{filename}", 0)], auto_comments=comments, context=context)
    for path in sorted(set(PACKAGE.rglob("*.py")) - set(COMMANDS.rglob("*.py"))):
        for sentence in _unwrapped(ast.parse(path.read_text(encoding="utf-8"))):
            catalog.add(sentence, None, [(f"connector/{path.relative_to(PACKAGE)}", 0)])
    return catalog


def _unwrapped(tree: ast.Module) -> Iterator[str]:
    """Sentences that pure modules cannot wrap: the values of ``SENTENCES`` and what refusals say."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="SENTENCES")], value=ast.Dict(values=values)):
                yield from (value.value for value in values if _is_text(value))
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name), args=[argument])) if name in REFUSALS:
                yield from [argument.value] if _is_text(argument) else []
            case ast.ClassDef(name=name) if name in REFUSALS:
                yield (ast.get_docstring(node) or "").split("\n", 1)[0]


def _is_text(node: ast.expr) -> TypeGuard[_Text]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def french() -> Catalog:
    """The catalogue as written."""
    if not CATALOGUE.exists():
        return Catalog(locale="fr", project="wecena-connector", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr", charset="utf-8")


def problems(code: Catalog, written: Catalog) -> Iterator[str]:
    """What keeps the catalogue from being complete, one sentence each."""
    for message in code:
        if message.id:
            known = written.get(message.id, message.context)
            yield from [f"missing: {_first(message.id)}"] if known is None else _faults(known)
    for message in written:
        if message.id and code.get(message.id, message.context) is None:
            yield f"no longer used: {_first(message.id)}"


def update() -> None:
    """Add what is new, drop what is gone, keep every translation of what stays."""
    written = french()
    written.update(extracted(), no_fuzzy_matching=True)
    written.obsolete.clear()
    write(written)


def write(catalog: Catalog) -> None:
    """Save the catalogue, sorted, so that changes of the code barely move its lines."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    if "--update" in arguments:
        update()
    found = list(problems(extracted(), french()))
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    return 1 if found else 0


def _faults(message: Message) -> Iterator[str]:
    texts = _texts(message.string)
    name = _first(message.id)
    if message.fuzzy or not all(texts):
        yield f"untranslated: {name}"
        return
    if any(_places(text) - _places(message.id) for text in texts) or _places(message.id) - _places(texts[-1]):
        yield f"places differ: {name}"
    yield from (f"{rule}: {text}" for text in texts for pattern, rule in TYPOGRAPHY if pattern.search(text))


def _texts(text: Text) -> list[str]:
    return [text] if isinstance(text, str) else [part or "" for part in text or ()]


def _places(text: Text) -> set[str]:
    return set(PLACE.findall(" ".join(_texts(text))))


def _first(identity: Text) -> str:
    return _texts(identity)[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
