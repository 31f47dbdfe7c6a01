"""The story so far: what happened in the programme during the weeks before the demonstration starts."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from connector.demo.content import Content
from connector.demo.forges.model import Request
from connector.demo.stage import Stage
from connector.tasks.forms import Note

FIRST_DAY = 20
"""Working days before the start on which the programme began: what was opened before is harvested, not delivered."""


def beginning(start: datetime, content: Content) -> datetime:
    """Before everything that is told."""
    return start - timedelta(days=2 * max(issue.opened for issue in content.issues))


def tell(stage: Stage, content: Content) -> None:
    """Live through it all, up to the start; leaves the clock there."""
    begin(stage, content)
    script = {
        17: _first_tasks, 14: _first_merges, 10: _a_refusal, 6: _review, 3: _recalled, 2: _first_relay, 1: _second_relay,
    }  # fmt: skip
    for day in range(FIRST_DAY - 1, 0, -1):
        _open_issues(stage, content, day)
        if day in script:
            script[day](stage)
    stage.go_to(1, "20:00")
    stage.clock.at = stage.start
    stage.harvest_all()
    stage.claim("karim", "accents")
    stage.clock.at = stage.start


def begin(stage: Stage, content: Content) -> None:
    """Three nonprofits and their projects, two companies, eight people."""
    for project in content.projects:
        stage.create(project)
    for day in sorted({issue.opened for issue in content.issues if issue.opened >= FIRST_DAY}, reverse=True):
        _open_issues(stage, content, day)
    stage.go_to(FIRST_DAY, "10:30")
    for project in content.projects:
        stage.follow(project)
    for person in content.people:
        stage.invite(person)


def _open_issues(stage: Stage, content: Content, day: int) -> None:
    stage.go_to(day, "08:40")
    for issue in content.issues:
        if issue.opened == day:
            stage.open_issue(issue)
            stage.settle()


def _work(stage: Stage, who: str, issue: str, title: str, *, day: int, days: str = "1") -> Request:
    stage.go_to(day, "09:15")
    stage.claim(who, issue)
    stage.go_to(day, "15:40")
    return stage.submit(who, issue, title, days=days)


def _first_tasks(stage: Stage) -> None:
    request = _work(stage, "ines", "favicon", "Ajoute une icône de site", day=17, days="0.5")
    stage.go_to(16, "10:05")
    stage.merge("favicon", request)


def _first_merges(stage: Stage) -> None:
    request = _work(stage, "ines", "unites", "Écrit les quantités d’une seule façon", day=14)
    stage.go_to(13, "11:20")
    stage.merge("unites", request)


def _a_refusal(stage: Stage) -> None:
    request = _work(stage, "malo", "ruler", "Recompute the ruler’s position on resize", day=10)
    telephone = _work(stage, "ines", "telephone", "Accepte les espaces et le +33", day=9)
    refused = _work(stage, "karim", "pagination", "Garde le filtre de commune", day=9, days="0.5")
    stage.go_to(8, "10:00")
    stage.merge("ruler", request)
    stage.merge("telephone", telephone)
    stage.refuse("pagination", refused)


def _review(stage: Stage) -> None:
    _work(stage, "karim", "csv", "Exporte avec le module csv", day=6)


def _recalled(stage: Stage) -> None:
    stage.go_to(3, "09:30")
    stage.claim("malo", "keyboard")
    stage.go_to(3, "11:00")
    stage.release("malo", "keyboard", days="0.5")


def _first_relay(stage: Stage) -> None:
    stage.go_to(2, "09:10")
    stage.claim("karim", "filtre")
    stage.go_to(2, "12:30")
    note = Note(
        done="Erreur reproduite : end_date vaut NULL quand l’événement tient en un jour. J’ai essayé de corriger "
        "dans le formulaire : mauvaise piste, les imports passent ailleurs.",
        remaining="Corriger la requête, dans agenda/search.py.",
        days=Decimal("0.5"),
    )
    stage.hand_over("karim", "filtre", note)


def _second_relay(stage: Stage) -> None:
    stage.go_to(1, "09:05")
    stage.claim("malo", "filtre")
    _work(stage, "ines", "contraste", "Renforce le contraste des étiquettes", day=1)
    stage.go_to(1, "16:30")
    note = Note(
        done="Requête corrigée avec COALESCE. Les tests existants passent.",
        remaining="Un test pour un événement d’un jour, puis ouvrir la demande de fusion. Rien ne bloque.",
        link="branche fix-un-jour",
        days=Decimal("0.5"),
    )
    stage.hand_over("malo", "filtre", note)
