"""Which parts the text of an issue names."""

from __future__ import annotations

import re
from time import process_time

import pytest

from connector.sizing.parts import LONGEST_TITLE, MOST, Basis, labels_of_parts, parts_of

ITEMS = "Left to do:\n\n- [ ] add the model\n- [x] write the migration\n- [ ] show it on the page\n"


@pytest.mark.parametrize(
    ("body", "basis", "titles"),
    [
        (ITEMS, Basis.ITEMS, ("add the model", "show it on the page")),
        ("* [ ] **Header**: new colours.\n* [ ] [Footer](https://x.example/a) too\n", Basis.ITEMS, ("Header: new colours", "Footer too")),
        ("- [ ] outer one\n  - [ ] inner\n- [ ] outer two\n", Basis.ITEMS, ("outer one: inner", "outer two")),
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


TWO = "- [ ] add the model\n- [ ] show it\n"


@pytest.mark.parametrize(
    "body",
    [
        # Forms and templates.
        "### Is there one already?\n- [x] I have searched\n- [ ] I would like to work on this\n### Code of Conduct\n- [ ] I agree to follow it\n",
        "### What browsers are you seeing the problem on?\n- [ ] Firefox\n- [ ] Chrome\n- [ ] Safari\n",
        "**Severity**\n- [ ] Low\n- [ ] Medium\n- [ ] High\n\n**OS**\n- [ ] Windows\n- [ ] Linux\n- [ ] macOS\n",
        "Which ones:\n- [ ] Windows 11\n- [ ] Linux (Debian)\n- [ ] Other (please specify)\n",
        "## Affected area\n- [ ] UI\n- [ ] API\n",
        "### Are you willing to submit a PR?\n- [ ] Yes I am willing to!\n### Anything else?\n- [ ] Maybe later\n- [ ] Need help\n",
        "### Platform\n- [ ] Server\n- [ ] Web\n- [ ] Desktop App\n",
        "### Navigateurs concernés\n- [ ] Le mien\n- [ ] Les autres\n\n### Avant d’envoyer\n- [ ] J’ai cherché\n- [ ] Version à jour\n",
        "### Does it persist?\n- [ ] Yes\n- [ ] No\n- [ ] Not applicable\n",
        "### MVCE confirmation\n- [ ] Minimal example\n- [ ] Complete example\n",
        "### Requirements\n- [ ] Must stay compatible\n- [ ] Should work on phones\n- [ ] Needs a page\n",
        # How to reproduce, and where.
        "## Steps\n1. Go to the page\n2. Click on Export\n3. See error\n",
        "**Steps:**\n1. Start app\n2. Rename a file\n3. Save\n\n**Actual:** crash",
        "**Étapes**\n1. Lancer l'application\n2. Cliquer sur Enregistrer\n\n**Résultat** : plantage",
        "### Étapes\n1. Renommer\n2. Enregistrer\n\n### Comportement attendu\nRien.",
        "Pour reproduire :\n- [ ] Ouvrir\n- [ ] Cliquer\n",
        "Steps to re-produce it:\n1) Login\n2) Goto the list\n",
        "## How to reproduce\n**Steps**\n1. one thing\n2. another\n",
        "The bug occurs on these pages:\n- Home\n- About\n- Contact\n",
        "## Affected pages\n- Home\n- Contact\n\n## Expected result\nNo overlap.\n",
        "## Relevant files\n- src/a.ts\n- src/b.ts\n",
        "| Error | Count |\n|---|---|\n| E404 | 3 |\n| E500 | 1 |\n",
        # What every contributor does, and what holds in the end.
        "## Steps to fix\n1. Fork the repository\n2. Create a branch\n3. Open a pull request\n",
        "## Étapes\n1. **Forker le dépôt**\n2. Créer une branche\n3. Ouvrir une merge request\n",
        "## Definition of done\n- [ ] Unit tests\n- [ ] Docs\n",
        "### Acceptance criteria\n- [ ] Export button is visible\n- [ ] CSV has a header\n",
        "### Critères d’acceptation\n- [ ] Le bouton est visible\n- [ ] Le fichier a un en-tête\n",
        "**Checklist before merging**\n- [ ] Changelog entry\n- [ ] Tests pass\n",
        "- [ ] Changelog entry\n- [ ] Tests pass\n- [ ] Docs updated\n",
        # Choices and questions.
        "## To do\n1. Either use library A\n2. Or use library B\n",
        "## Proposed solution\n1. Option 1: use A\n2. Option 2: use B\n",
        "## Solutions possibles\n- [ ] Une bibliothèque\n- [ ] Un script\n",
        "## To do\n- [ ] Soit une bibliothèque\n- [ ] Soit un script\n",
        "- [ ] Should we support CSV?\n- [ ] Which format?\n",
        "## Open questions\n- [ ] the format\n- [ ] the name\n",
        "## Done\n- [ ] the format\n- [ ] the name\n",
        # Code, quotations and what is hidden.
        "- item\n  ```\n  - [ ] one\n  - [ ] two\n  ```\n",
        "1. item\n   ~~~~md\n   ~~~\n   - [ ] one\n   - [ ] two\n   ~~~~\n",
        "- ```\n  - [ ] one\n  - [ ] two\n  ```\n",
        "````md\n```\n- [ ] one\n```\n- [ ] two\n- [ ] three\n````\n",
        "Text\n\n    - [ ] one\n    - [ ] two\n",
        "1. One\n\n        - [ ] one\n        - [ ] two\n",
        "<pre>\n- [ ] one\n- [ ] two\n</pre>\n",
        "> ## Tasks\n> - [ ] one\n> - [ ] two\n",
        "```\n- [ ] one\n- [ ] two\n",
    ],
)  # fmt: skip
def test_what_is_no_work_is_no_part(body: str) -> None:
    assert parts_of("Rename it", body) is None


@pytest.mark.parametrize(
    "body",
    [
        "### Are you willing to help?\n- [ ] Yes\n\n### Tasks\n" + TWO,
        "- [ ] I have searched\n- [ ] Latest version\n\nSome text.\n\n" + TWO,
        TWO + "- [ ] Tests pass\n- [ ] Changelog entry\n",
        "**Tasks**\n" + TWO + "\n**Definition of done**\n- [ ] all is there\n",
        "## Getting started\n- [ ] Read CONTRIBUTING.md\n- [ ] Set up the dev environment\n## Tasks\n" + TWO,
        "## Steps to reproduce\n1. Open\n2. Click\n\n## Expected\nMore\n\n## To do\n1. add the model\n2. show it\n",
        "## Checklist\n" + TWO,
        "## What needs to be done?\n" + TWO,
        "## Acceptance\n```[tasklist]\n### Tasks\n- [ ] add the model\n- [ ] show it\n```\n",
        "- text\n  ```\n  - [ ] code\nout of the list\n\n" + TWO,
        "<!-- tick\n- [ ] one\n-->\n- [ ] add <!-- here --> the model\n- [ ] show it\n",
        "## Tasks\r\n- [ ] add the model\r\n- [ ] show it\r\n",
        "-[ ] add the model\n- [ ]show it\n-[x] the page\n",
        "TODO\n[ ] add the model\n[x] the page\n[ ] show it\n",
        "À faire :\n- ✅ la page\n- ⬜ add the model\n- ☐ show it\n",
        "## 📋 Tâches\n- add the model\n- show it\n\n## Notes\n- nothing\n",
        "Tasks\n=====\n* add the model\n* show it\n\nNotes\n-----\n* nothing\n",
        "<details>\n<summary>Tasks</summary>\n\n- add the model\n- show it\n\n</details>\n\n- other\n",
        "### À faire\n- add the model\n- show it\n",
        "What still needs to be done:\n* add the model\n* show it\n",
        "| # | Task | Status |\n|--|:-:|--|\n| 1 | Parse | done |\n| 2 | add the model | |\n| 3 | show it | todo |\n| 4 | Docs | #14 |\n",
        "### Implementation steps\n1. add the model\n   ```sql\n   1. ALTER\n   ```\n2. show it\n",
        TWO + "- [ ] ~~Removed step~~\n- [ ] <del>another</del>\n- [ ] ~~third~~ (see below)\n- [~] not needed\n- [ ] docs (done)\n",
        TWO + "- [ ] &7 epic\n- [ ] GH-123\n- [ ] owner/repo!5\n- [ ] a/b/c&12\n- [ ] !34\n- [ ] [docs](https://x.example/a/b/-/epics/3)\n",
        TWO + "- [ ] https://x.example/o/r/pulls/3\n- [ ] Write docs (#45)\n- [ ] guide.md #4\n- [ ] #12 Footer\n  - [ ] its links\n",
    ],
)  # fmt: skip
def test_work_is_found_beside_what_is_none(body: str) -> None:
    found = parts_of("Rename it", body)
    assert found is not None
    assert (found.titles, found.count) == (("add the model", "show it"), 2)


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("- [ ] Change the colour to #333\n- [ ] Rename step #1\n- [ ] Use `#12`\n", ("Change the colour to #333", "Rename step #1", "Use `#12`")),
        ("- [x] Backend\n  - [ ] Model\n  - [ ] API\n", ("Backend: Model", "Backend: API")),
        ("- [ ] **Serveur** :\n\t- [ ] Route\n\t- [x] Modèle\n- [ ] Page\n", ("Serveur: Route", "Page")),
        ("- A\n  - [ ] B\n    - [ ] C\n  - [ ] D\n    - [x] E\n", ("A: B: C", "A: D")),
        ("- [ ] A\n  - [ ] #12\n- [ ] B\n  - a remark\n- [ ] C\n", ("B", "C")),
        ("## Tasks\n- Show it:\n  - title\n  - list\n- Add the model\n  - field a\n", ("Show it: title", "Show it: list", "Add the model")),
        ("## French\n- [ ] Translate\n- [ ] Check\n## German\n- [ ] Translate\n", ("French: Translate", "Check", "German: Translate")),
        ("Locales:\n- fr\n- zh_Hans\n- Brazilian Portuguese\n- all the others that we have\n",
         ("Do: fr", "Do: zh_Hans", "Do: Brazilian Portuguese", "all the others that we have")),
        ("Files:\n- `a.py` – add docstring\n- `b.py`: remove print\n- docs/*.md\n", ("Do: a.py – add docstring", "Do: b.py: remove print", "Do: docs/*.md")),
        ("Langues manquantes :\n- allemand\n- portugais du Brésil\n", ("Do: allemand", "Do: portugais du Brésil")),
        ("## Components\n- [ ] [`Modal`](https://x.example/m) - 8 uses\n- [x] Menu\n- [ ] Dialog @ada\n", ("Do: Modal - 8 uses", "Do: Dialog @ada")),
        ("| Locale | Complete |\n|-|-|\n| fr | 100% |\n| de | 40% |\n| nl | |\n", ("Do: de", "Do: nl")),
        ("- [ ] Edit `__init__.py`\n- [ ] ~~Use A~~ Use __B__\n", ("Edit `__init__.py`", "Use B")),
        ("- [ ] Convert the module of exports to the new interface of the framework,\n      including its tests\n- [ ] B\n",
         ("Convert the module of exports to the new interface of the framework, including its tests", "B")),
        ("- [ ] Bug in dates\n- [ ] Feature flags\n- [ ] Push notifications\n", ("Bug in dates", "Feature flags", "Push notifications")),
        ("- [ ] I/O errors\n- [ ] No results page\n- [ ] Mobile: the header\n", ("I/O errors", "No results page", "Mobile: the header")),
        ("- [ ] Jeux de données\n- [ ] Tests passés à pytest\n", ("Jeux de données", "Tests passés à pytest")),
        ("## Tasks\n### Backend\n1. Model\n### Frontend\n1. Page\n", ("Model", "Page")),
        ("Change these files:\n- a.py\n- b.py\n\nand for these languages:\n- fr\n", ("Do: a.py", "Do: b.py", "Do: fr")),
        ("## Tasks\n- [ ] Windows\n- [ ] Linux\n", ("Windows", "Linux")),
        ("## Steps to fix\n1. Open `a.py`\n2. Rename `foo`\n", ("Open `a.py`", "Rename `foo`")),
        ("### Proposed solution\n1. Extract the parser\n2. Write the writer\n", ("Extract the parser", "Write the writer")),
    ],
)  # fmt: skip
def test_parts_are_named_so_that_each_can_be_told(body: str, titles: tuple[str, ...]) -> None:
    found = parts_of("Do", body)
    assert found is not None
    assert found.titles == titles


def test_items_that_link_an_issue_are_skipped_among_others() -> None:
    found = parts_of("", ITEMS + "- [ ] #44 the rest\n")
    assert found is not None
    assert found.titles == ("add the model", "show it on the page")


def test_more_than_twelve_items_share_twelve_parts_in_order() -> None:
    found = parts_of("", "".join(f"- [ ] item {number}\n" for number in range(30)))
    assert found is not None
    assert len(found.titles) == MOST
    assert "; ".join(found.titles).split("; ") == [f"item {number}" for number in range(30)]


@pytest.mark.parametrize(
    "text", ["Convert module number {} to the new API, including its tests and documentation", "Convert to the new API of the framework, with its tests and documentation, module {}"]
)  # fmt: skip
def test_every_item_of_a_long_list_is_named(text: str) -> None:
    found = parts_of("", "".join(f"- [ ] {text.format(number)}\n" for number in range(100, 130)))
    assert found is not None
    assert (len(found.titles), found.count) == (MOST, 30)
    assert all(len(title) <= LONGEST_TITLE for title in found.titles)
    assert re.findall(r"1\d\d", " ".join(found.titles)) == [str(number) for number in range(100, 130)]


def test_what_short_items_leave_goes_to_long_ones() -> None:
    found = parts_of("", "".join(f"- [ ] {'x' if number % 2 else 'word ' * 34}{number}\n" for number in range(24)))
    assert found is not None
    assert found.titles[0] == "word " * 34 + "0; x1"


def test_of_very_many_items_the_ends_and_the_number_are_told() -> None:
    found = parts_of("", "".join(f"- [ ] item {number}\n" for number in range(1200)))
    assert found is not None
    assert (found.titles[0], found.titles[-1]) == ("item 0 … item 99 (100)", "item 1100 … item 1199 (100)")
    assert (found.count, found.is_whole) == (1200, True)


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] item\n", "- [ ] " + "a/" * 400 + "\n", "- [ ] " + "[a](" * 220 + "\n", "- [ ] " + "https://" * 120 + "\n", "## ?!\n- [ ] a\n",
        "|a|b|\n|-|-|\n", "- [ ] " + "~~a" * 300 + "\n", "## Files\n- " + "a." * 450 + "\n", "<!-- " * 100 + "\n", "  - [ ] a" + " " * 900 + "b\n", "`" * 900 + "\n",
    ],
)  # fmt: skip
def test_a_megabyte_is_read_in_bounded_time_and_it_is_told(line: str) -> None:
    body = f"{line * (1_000_000 // len(line))}"
    start = process_time()
    found = parts_of("x", "- [ ] first\n- [ ] second\n" + body)
    assert process_time() - start < 5
    assert found is not None
    assert not found.is_whole


@pytest.mark.parametrize(
    ("label", "stays"),
    [
        ("3 days", False), ("effort: 2d", False), ("epic", False), ("type: epic", False), ("Tracking issue", False), ("meta", False), ("umbrella", False),
        ("bug", True), ("type: feature", True), ("P3", True), ("priority::minor", True), ("good first issue", True), ("metadata", True), ("question", True),
    ],
)  # fmt: skip
def test_labels_of_the_whole_are_none_of_its_parts(label: str, stays: bool) -> None:  # noqa: FBT001 - a column of the table
    assert labels_of_parts(["bug", label]) == (("bug", label) if stays else ("bug",))


def test_a_long_text_gives_bounded_titles() -> None:
    found = parts_of("x" * 1000, "- [ ] " + "a" * 1_000_000 + "\n- [ ] " + "b " * 500_000)
    assert found is None or all(len(title) <= LONGEST_TITLE for title in found.titles)
    found = parts_of("x", ("- [ ] " + "word " * 300 + "\n") * 2 + "- [ ] other\n")
    assert found is not None
    assert all(len(title) <= LONGEST_TITLE for title in found.titles)
