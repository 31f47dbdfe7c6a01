"""Sizes: statements, base rates, what rules a task out, and texts of any kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.sizing import rules, statements
from connector.sizing.model import packaged, predict
from connector.sizing.rules import Size, Sizeable, estimate
from connector.sizing.text import read


def size(
    title: str = "Show the map on the page", body: str = "It is missing.", *labels: str, hours: float | None = None
) -> Size:
    return estimate(Sizeable("1", title, body, labels, estimate_hours=hours))


def test_without_a_statement_the_model_speaks() -> None:
    found = size()
    assert 0.3 < found.p_one_day < found.p_team_day < 0.95
    assert found.hours_low < found.hours_mid < found.hours_high
    assert found.offer
    assert found.days == 1


def test_a_typo_is_smaller_than_a_new_cluster() -> None:
    small, large = size("Fix a typo in the documentation"), size("Design and implement support for a cluster")
    assert small.p_one_day > large.p_one_day + 0.2
    assert "word_less" in [reason.id for reason in small.reasons if reason.effect == "+"]
    assert "word_more" in [reason.id for reason in large.reasons if reason.effect == "-"]


def test_labels_of_any_spelling_say_the_kind() -> None:
    found = [size("Show the map", "x", label).p_one_day for label in ("type: bug", "bug", "kind::Defect")]
    assert len(set(found)) == 1
    assert found[0] > size("Show the map", "x", "feature request").p_one_day


def test_a_french_text_gets_a_wider_range_and_a_flag() -> None:
    title, body = "Corriger la faute dans le titre de la page", "Le titre de la page est faux. " * 5
    found = size(title, body)
    assert "other_language" in [reason.id for reason in found.reasons]
    said = predict(packaged(), read(title, body))
    assert found.hours_high / found.hours_low == pytest.approx((said.high / said.low) ** 1.25, rel=0.05)


def test_at_most_three_reasons_each_way_and_the_base_rate() -> None:
    found = size(
        "Fix a typo and remove the wrong default name", "Design support for a cluster, refactor, prototype it."
    )
    said = [reason for reason in found.reasons if reason.id not in {"base_rate", "few_words"}]
    assert max(sum(reason.effect == way for reason in said) for way in "+-") <= 3
    assert len({(reason.id, tuple(reason.params.items())) for reason in said}) == len(said)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (size(hours=3.0), "stated_field"),
        (size("Fix it", "x", "bug", "3h"), "stated_label"),
        (size("Fix it", "Estimate: 3h"), "stated_text"),
    ],
)
def test_a_statement_replaces_the_base_rate(found: Size, reason: str) -> None:
    assert [each.id for each in found.reasons] == [reason]
    assert found.reasons[0].effect == "+"
    assert (found.hours_mid, found.days) == (3.0, Decimal("0.5"))
    assert found.p_one_day > 0.68
    assert found.offer


def test_the_tracker_field_beats_the_label_and_the_label_beats_the_text() -> None:
    both = size("Fix", "Estimate: 1h", "2h", hours=3)
    label = size("Fix", "Estimate: 1h", "2h")
    assert (both.hours_mid, label.hours_mid) == (3, 2)


@pytest.mark.parametrize("stated", ["2 days", "1-2 days", "a week", "more than a day", "9 hours", "2 jours"])
def test_only_a_statement_above_a_day_is_too_big(stated: str) -> None:
    found = size("Fix", f"Estimate: {stated}")
    assert found.unsuitable == ("too_big",)
    assert not found.offer
    assert found.days == 2


@pytest.mark.parametrize("stated", ["1 day", "half a day", "2-6 hours", "more than 4 hours", "45 minutes"])
def test_a_statement_within_a_day_or_open_is_offered(stated: str) -> None:
    assert size("Fix", f"Estimate: {stated}").offer


def test_a_huge_text_without_a_statement_is_still_offered() -> None:
    assert size("Rewrite the architecture", "- one\n- two\n- three\n```\ncode\n```").offer


@pytest.mark.parametrize(
    ("title", "body", "label", "rule"),
    [
        ("A", "", "wontfix", "rejecting_label"), ("A", "", "Status: Won't Fix", "rejecting_label"),
        ("A", "", "❓ question", "rejecting_label"), ("A", "", "needs-more-info", "rejecting_label"),
        ("A", "", "type::epic", "rejecting_label"), ("A", "", "kind/discussion", "rejecting_label"),
        ("[RFC] Change the API", "", "", "discussion"), ("Proposal: new layout", "", "", "discussion"),
        ("How do I install it?", "", "", "discussion"), ("Faut-il garder ce bouton ?", "", "", "discussion"),
        ("A", "", "security", "security"), ("Fix CVE-2024-12345", "", "", "security"), ("XSS in the title", "", "", "security"),
        ("A", "This requires access to production.", "", "needs_access"), ("A", "You will need a license key", "", "needs_access"),
        ("A", "", "hardware", "needs_access"),
    ],
)  # fmt: skip
def test_what_does_not_suit_a_newcomer_is_not_offered(title: str, body: str, label: str, rule: str) -> None:
    found = size(title, body, *([label] if label else []))
    assert found.unsuitable == (rule,)
    assert not found.offer
    assert rule in [reason.id for reason in found.reasons]


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Add a security section to the guide", ""), ("Questionnaire: wrong order", ""), ("Fix the how-to page", ""),
        ("A", "good first issue"), ("A", "metadata"), ("A", "type: bug"), ("A", "area/epicenter"), ("A", "help wanted"),
    ],
)  # fmt: skip
def test_ordinary_issues_are_offered(title: str, label: str) -> None:
    assert size(title, "Short.", *([label] if label else [])).unsuitable == ()


def test_a_blocked_issue_is_not_offered() -> None:
    assert estimate(Sizeable("1", "A", is_blocked=True)).unsuitable == ("blocked",)


def test_old_silence_is_a_remark_only() -> None:
    seen = datetime(2026, 11, 22, tzinfo=UTC)
    found = estimate(Sizeable("1", "A", updated_at=seen - timedelta(days=200), seen_at=seen))
    assert found.offer
    assert found.reasons[-1].id == "quiet"


def test_a_label_with_a_percent_sign_can_be_shown() -> None:
    found = estimate(Sizeable("1", "A", labels=("100% doc",), label_descriptions={"100% doc": "takes 2 hours"}))
    assert found.reasons[0].text == "The label “100% doc” says 2 h."
    assert found.reasons[0].as_json()["params"] == {"label": "100% doc", "hours": "2"}


@given(st.text(max_size=300), st.text(max_size=2000), st.lists(st.text(max_size=60), max_size=4))
def test_every_text_gives_a_coherent_size(title: str, body: str, labels: list[str]) -> None:
    found = size(title, body, *labels)
    assert 0 <= found.p_one_day <= found.p_team_day <= 1
    assert 0 < found.hours_low <= found.hours_mid <= found.hours_high
    assert found.offer is (not found.unsuitable)
    assert all(reason.text for reason in found.reasons)


@pytest.mark.parametrize(
    "piece",
    ["a", "estimate ", "- [ ] \n", "* ", "requires ", "\n", "    at ", " ", "#|*", "1-2-", "it ", "```\n", "a day or "],
)
def test_of_a_megabyte_no_more_is_read_than_of_its_two_ends(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves S1: any text, in bounded time. The work is that of a text of 74 KB, whatever its length."""
    text = piece * (1_000_000 // len(piece))
    ends = f"{text[: statements.READ_OF_START]}\n{text[-statements.READ_OF_END :]}"
    lengths: list[int] = []
    for module, name in (
        (statements, "of_text"),
        (rules, "judge"),
        (rules, "read"),
        (rules, "guess_language"),
    ):
        monkeypatch.setattr(module, name, counted(getattr(module, name), lengths))
    rules.forget()
    found = estimate(Sizeable("1", text[:20_000], text, (text[:1000],)))
    assert 4 <= len(lengths) <= 5, "each reader was asked once"
    assert max(lengths) <= statements.READ_OF_START + statements.READ_OF_END + 20_010
    assert found == estimate(Sizeable("1", text[:20_000], ends, (text[:1000],)))


def counted(real: Callable[..., object], lengths: list[int]) -> Callable[..., object]:
    def reader(*texts: object, **more: object) -> object:
        lengths.append(sum(len(text) for text in texts if isinstance(text, str)))
        return real(*texts, **more)

    return reader


@pytest.mark.parametrize(
    ("before", "after", "is_stated"),
    [
        ("", "", True),
        ("x\n" * 100_000, "", True),
        ("", "x\n" * 30_000, True),
        ("x\n" * 100_000, "x\n" * 100_000, False),
    ],
)
def test_a_time_is_found_at_either_end_of_a_huge_text(before: str, after: str, *, is_stated: bool) -> None:
    assert (size("Show the map", f"{before}\nEstimate: 3h\n{after}").version == "stated-1") is is_stated


def test_code_stays_code_where_the_middle_is_left_out() -> None:
    text = "A log:\n```\n" + "x\n" * 100_000 + "Estimate: 3h\n"
    late = "A log:\n" + "x\n" * 50_000 + "```\n" + "x\n" * 50_000 + "Estimate: 3h\n"
    assert [size("Show the map", each).version for each in (text, late)] == ["words-4", "words-4"]
