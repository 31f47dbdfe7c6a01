"""Skills that a task asks for, in lower case: programming languages and tools named by labels or by the project."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KNOWN_WORDS = (
    "python java javascript typescript c c++ c# go rust ruby php perl kotlin swift scala elixir erlang haskell lua r dart "
    "html css sass sql bash shell powershell docker kubernetes ansible terraform django flask rails react vue angular svelte "
    "node android ios qt gtk wordpress drupal latex julia ocaml clojure groovy vala nix sqlite postgresql mysql graphql "
    "webpack jenkins git markdown documentation translation accessibility design testing"
)
KNOWN = frozenset(_KNOWN_WORDS.split())
SPELLINGS = {
    "golang": "go", "js": "javascript", "ts": "typescript", "py": "python", "cpp": "c++", "csharp": "c#", "node.js": "node",
    "nodejs": "node", "vuejs": "vue", "vue.js": "vue", "reactjs": "react", "docs": "documentation", "i18n": "translation",
    "l10n": "translation", "a11y": "accessibility", "tests": "testing", "postgres": "postgresql", "dockerfile": "docker",
    "scss": "sass", "jupyter notebook": "python", "traduction": "translation", "accessibilité": "accessibility",
}  # fmt: skip
PREFIXED = frozenset({"lang", "language", "langage", "tech", "skill", "area", "topic", "component", "type", "kind"})
ONE_LETTER = frozenset({"c", "r"})


def skills_of(labels: Iterable[str], project_languages: Iterable[str] = ()) -> tuple[str, ...]:
    """Sorted, without doubles. A project's main languages count as skills of each of its issues."""
    named = (skill for label in labels if (skill := _of_label(label)))
    spoken = (_spelled(language) for language in project_languages)
    return tuple(sorted({*named, *spoken} - {""}))


def _of_label(label: str) -> str | None:
    prefix, _, rest = (part.strip() for part in re.sub(r"::|[/:=]", ":", label.lower()).partition(":"))
    name = _spelled(rest if rest and prefix in PREFIXED else prefix if not rest else "")
    bare_letter = name in ONE_LETTER and not rest  # a label "C" is a priority as often as a language
    return name if name in KNOWN and not bare_letter else None


def _spelled(name: str) -> str:
    plain = name.strip().lower()
    return SPELLINGS.get(plain, plain)
