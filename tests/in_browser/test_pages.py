"""Every page in a real browser: nothing refused by our own policy, nothing wider than the window, nothing out of reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.in_browser.conftest import Window

pytestmark = [
    pytest.mark.browser,
    # The browser drops a download it no longer needs; the small server of these tests then leaves the file to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

Open = Callable[..., Window]

FIRST_TASK, FIRST_SPLIT = "the first task", "the first split"
PUBLIC = ("/", "/?time=1&skill=python", "/?q=zzzz", FIRST_TASK, "/sizing", "/maintainers", "/accessibility", "/sign-in")
COORDINATOR = (
    "/coordinator/waiting", "/coordinator/people", "/coordinator/projects", "/coordinator/projects/1",
    "/coordinator/projects/add", "/coordinator/projects/1/link", "/coordinator/projects/1/checklist",
    "/coordinator/projects/1/sizes", "/coordinator/load", "/maintainers/projects/1/policy", "/coordinator/reports",
    "/company/1/report", "/coordinator/line", "/coordinator/split", FIRST_SPLIT, FIRST_TASK,
)  # fmt: skip
PAGES = {
    "": PUBLIC,
    "Inès": ("/me", FIRST_TASK),
    "Anne": COORDINATOR,
    "Yann": ("/maintainers/projects/1", "/maintainers/projects/1/policy"),
}
AXE = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"


@pytest.mark.parametrize("person", PAGES)
@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_pages_fit_the_window_and_break_no_rule_of_ours(open_window: Open, person: str, width: int) -> None:
    window = open_window(width, locale="fr", color_scheme="dark" if width == 768 else "light")
    if person:
        window.be(person)
    wide = {}
    for path in PAGES[person]:
        window.go(path)
        wide[path] = window.overflow()
    assert not window.complaints
    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


@pytest.mark.parametrize("person", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_checker_finds_nothing(open_window: Open, axe: str, person: str, scheme: str) -> None:
    window = open_window(locale="en", color_scheme=scheme, bypass_csp=True)  # for the checker itself
    if person:
        window.be(person)
    found = []
    for path in PAGES[person]:
        window.go(path)
        window.page.evaluate(axe)
        result = window.page.evaluate(AXE)
        found += [(path, fault["id"], fault["nodes"][0]["html"][:120]) for fault in result["violations"]]
    assert found == []


def test_an_answer_replaces_the_list_at_once(open_window: Open) -> None:
    window = open_window(locale="en")
    window.go("/")
    before = window.page.locator("#found h2").inner_text()
    window.page.get_by_label("Half a day").check()
    window.page.wait_for_url("**time=0.5**")
    assert window.page.locator("#found h2").inner_text() != before
    assert window.page.get_by_label("Half a day").is_checked()
    assert not window.complaints


def test_without_script_the_question_bar_is_a_plain_form(open_window: Open) -> None:
    window = open_window(locale="en", java_script_enabled=False)
    window.go("/")
    window.page.get_by_label("Half a day").check()
    window.page.get_by_role("button", name="See the tasks").click()
    assert "time=0.5" in window.page.url
    window.go("/")
    assert "You have half a day." in window.page.locator(".ask .sentence").inner_text()


def test_a_task_is_taken_and_freed_without_script(open_window: Open) -> None:
    window = open_window(locale="en", java_script_enabled=False)
    window.be("Inès")
    window.go("/?lang=en")
    window.page.get_by_role("link", name="Document how to add a font").click()
    window.page.get_by_role("button", name="Take this task").click()
    assert "The task is yours until" in window.page.locator(".notice").inner_text()
    window.page.get_by_role("button", name="I am called back, free the task").click()
    assert window.page.locator("h1").inner_text().startswith("The task is free.")


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(open_window: Open) -> None:
    window = open_window(locale="en")
    window.go("/sizing")
    window.page.keyboard.press("Tab")
    skip = window.page.evaluate("document.activeElement.className")
    outline = window.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert (skip, outline) == ("skip", "3px")
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "content"


def test_what_a_stranger_wrote_runs_no_script(open_window: Open) -> None:
    window = open_window(locale="en")
    window.page.add_init_script("window.alert = () => { window.harmed = true; }")
    window.go("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert window.page.evaluate("window.harmed") is None
    assert not window.complaints


@pytest.mark.parametrize("width", [375, 1280])
def test_a_colleague_looks_before_work_goes_upstream(open_window: Open, axe: str, width: int) -> None:
    """From the link in the panel to the answer on the page of the task; then the task is freed again."""
    holder, colleague = (open_window(width, locale="en", bypass_csp=True) for _ in range(2))
    holder.be("Inès")
    colleague.be("Malo")
    holder.go("/?lang=en")
    with holder.page.expect_navigation():
        holder.page.get_by_role("link", name="Document how to add a font").click()
    holder.page.get_by_role("button", name="Take this task").click()
    holder.page.get_by_role("link", name="Ask a colleague to look first").click()
    assert faults(holder, axe) == []
    holder.page.get_by_label("Where is your work?").fill("https://example.org/ines/site/compare/fix")
    holder.page.get_by_role("button", name="Ask for a look").click()
    assert "Nobody has begun yet" in holder.page.locator(".panel").inner_text()
    colleague.go("/me?lang=en")
    assert faults(colleague, axe) == []
    colleague.page.locator("#looks a").click()
    colleague.page.get_by_role("button", name="I look at it").click()
    assert faults(colleague, axe) == []
    colleague.page.get_by_label("What do you see?").fill("Good. Add a case for an empty list.")
    colleague.page.get_by_role("button", name="Send it to your colleague").click()
    holder.page.reload()
    assert "Add a case for an empty list." in holder.page.locator("main").inner_text()
    assert faults(holder, axe) == []
    holder.page.get_by_role("button", name="I am called back, free the task").click()
    assert not holder.complaints
    assert not colleague.complaints


def faults(window: Window, axe: str) -> list[str]:
    """What the accessibility checker finds on the page that is open, and whether it is too wide."""
    window.page.evaluate(axe)
    found = [fault["id"] for fault in window.page.evaluate(AXE)["violations"]]
    return [*found, *(["too wide"] if window.overflow() > 0 else [])]
