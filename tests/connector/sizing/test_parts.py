"""Which parts the text of an issue names."""

from __future__ import annotations

import pytest

from connector.sizing.parts import LONGEST_TITLE, MOST, Basis, parts_of

ITEMS = "Left to do:\n\n- [ ] add the model\n- [x] write the migration\n- [ ] show it on the page\n"


@pytest.mark.parametrize(
    ("body", "basis", "titles"),
    [
        (ITEMS, Basis.ITEMS, ("add the model", "show it on the page")),
        ("* [ ] **Header**: new colours.\n* [ ] [Footer](https://x.example/a) too\n", Basis.ITEMS, ("Header: new colours", "Footer too")),
        ("- [ ] outer one\n  - [ ] inner\n- [ ] outer two\n", Basis.ITEMS, ("outer one", "outer two")),
        ("## Tasks\n1. Read the file\n2. Write the parser\n3) Add a test\n", Basis.STEPS, ("Read the file", "Write the parser", "Add a test")),
        ("## À faire\n1. Lire le fichier\n2. Écrire le test\n", Basis.STEPS, ("Lire le fichier", "Écrire le test")),
        ("**Étapes :**\n\n1. Renommer\n2. Documenter\n", Basis.STEPS, ("Renommer", "Documenter")),
        ("Steps:\n1. one thing\n2. another\n\n## Notes\n1. no step\n", Basis.STEPS, ("one thing", "another")),
        ("Files to change:\n- `app/a.py`\n- `app/b.py`\n", Basis.LISTED, ("Rename it: app/a.py", "Rename it: app/b.py")),
        ("Missing translations:\n- fr\n- pt-BR\n- German\n", Basis.LISTED, ("Rename it: fr", "Rename it: pt-BR", "Rename it: German")),
        ("### Composants concernés\n* Bouton\n* Menu\n", Basis.LISTED, ("Rename it: Bouton", "Rename it: Menu")),
    ],
)  # fmt: skip
def test_a_text_names_its_parts_in_order(body: str, basis: Basis, titles: tuple[str, ...]) -> None:
    found = parts_of("Rename it", body)
    assert found is not None
    assert (found.basis, found.titles) == (basis, titles)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "It is slow.\n\nPlease make it faster.",
        "- [ ] the only one\n",
        "- [x] done\n- [X] done too\n",
        "## Checklist\n- [ ] Searched the issues\n- [ ] Latest version\n",
        "- [ ] I have searched the existing issues\n- [ ] I am using the latest version\n- [ ] Yes\n",
        "- [ ] J'ai cherché dans les demandes\n- [ ] J’accepte le code de conduite\n",
        "- [ ] #12\n- [ ] asso/site#13 the footer\n- [ ] https://forge.example/a/b/-/issues/14\n",
        "```\n- [ ] in code\n- [ ] in code too\n```\n",
        "<!--\n- [ ] in a comment\n- [ ] of the template\n-->\n",
        "## Steps to reproduce\n1. Open the page\n2. Press the button\n",
        "Étapes pour reproduire :\n1. Ouvrir\n2. Cliquer\n",
        "1. It is slow\n2. It is ugly\n",
        "Files to change:\n- I do not know which, sorry about that\n- perhaps those of the parser or so\n",
        "My environment:\n- Firefox\n- Debian\n",
    ],
)
def test_templates_done_items_code_and_issues_are_no_parts(body: str) -> None:
    assert parts_of("Rename it", body) is None


def test_items_that_link_an_issue_are_skipped_among_others() -> None:
    found = parts_of("", ITEMS + "- [ ] #44 the rest\n")
    assert found is not None
    assert found.titles == ("add the model", "show it on the page")


def test_more_than_twelve_items_share_twelve_parts_in_order() -> None:
    found = parts_of("", "".join(f"- [ ] item {number}\n" for number in range(30)))
    assert found is not None
    assert len(found.titles) == MOST
    assert "; ".join(found.titles).split("; ") == [f"item {number}" for number in range(30)]


def test_a_long_text_gives_bounded_titles() -> None:
    found = parts_of("x" * 1000, "- [ ] " + "a" * 1_000_000 + "\n- [ ] " + "b " * 500_000)
    assert found is None or all(len(title) <= LONGEST_TITLE for title in found.titles)
    found = parts_of("x", ("- [ ] " + "word " * 300 + "\n") * 2 + "- [ ] other\n")
    assert found is not None
    assert all(len(title) <= LONGEST_TITLE for title in found.titles)
