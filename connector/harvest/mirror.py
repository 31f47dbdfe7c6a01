"""Our mirror of issues and requests: rows written from snapshots, and rows read back as the values that rules take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from connector.db.tables import Account, Assignment, Estimate, Issue, Project, Request, Task
from connector.harvest import rules
from connector.sizing.correction import Experience
from connector.sizing.language import guess_language
from connector.sizing.queries import experience
from connector.sizing.rules import OVERRIDDEN_VERSION, TOO_BIG, Size, Sizeable, besides_size, estimate
from connector.tasks.rules import IN_HAND
from connector.tracking import requests
from connector.tracking.requests import FoundBy
from sources import model
from sources.model import ClosedAs, RequestState

NEVER = rules.NEVER
PUBLIC, CONFIDENTIAL, GONE, UNSEEN = "public", "confidential", "gone", "unseen"
"""Values of ``issue.visibility``. Unseen: a request says it closes it, and nothing else is known."""


def policy_of(project: Project, now: datetime) -> rules.Policy:
    """How a project is treated now."""
    return rules.Policy(
        labels=tuple(project.labels),
        is_agreed=project.agreed_at is not None,
        is_public=rules.is_visible(project.visible_at, now, is_public=project.is_public, ages=not project.is_offline),
        is_archived=project.is_archived,
        is_paused=project.paused_at is not None or project.removed_at is not None,
        can_ask=not project.is_offline,
    )


def issue_row(session: Session, project: Project, number: int) -> Issue | None:
    """Our row of an issue."""
    return session.scalar(select(Issue).where(Issue.project_id == project.id, Issue.number == number))


def known_of(row: Issue | None) -> rules.Known | None:
    """What we know of an issue as far as fresh and late snapshots are told apart by it."""
    if row is None:
        return None
    is_hidden = row.visibility in {CONFIDENTIAL, GONE}
    return rules.Known(
        row.remote_updated_at,
        row.digest,
        is_hidden=is_hidden,
        is_gone=row.visibility == GONE,
        hidden_at=row.seen_at if is_hidden else None,
    )


def state_of(row: Issue) -> rules.State:
    """An issue as rules see it."""
    return rules.State(
        labels=tuple(row.labels),
        is_open=row.is_open,
        closed_as=None if row.closed_as is None else ClosedAs(row.closed_as),
        is_visible=row.visibility == PUBLIC,
        is_request=row.is_request,
        is_locked=row.is_locked,
        is_blocked=row.is_blocked,
        has_open_parts=has_open_parts(row.facts or {}),
        is_assigned=bool(row.assignees),
        is_spoken_for=row.spoken_for_at is not None,
        is_wanted_still=row.wanted_until is not None,
        set_aside=set_aside(row),
    )


def set_aside(row: Issue) -> frozenset[str]:
    """The rules that somebody said its text does not state, as long as it is the same text."""
    known = row.set_aside or {}
    return frozenset(known["rules"]) if known.get("text") == rules.text_digest(row.title, row.body) else frozenset()


def has_open_parts(facts: Mapping[str, object]) -> bool:
    """Whether the issue is divided into others of which some are open."""
    match facts.get("parts"):
        case [int(parts), int(done)]:
            return done < parts
        case _:
            return False


def said_besides(facts: Mapping[str, object]) -> tuple[str, ...]:
    """Type and public fields as labels of the same meaning: ``Size: S`` is one wherever a project writes it."""
    fields = facts.get("fields")
    named = [f"{name}: {value}" for name, value in fields.items()] if isinstance(fields, dict) else []
    return tuple([f"type: {facts['type']}", *named] if facts.get("type") else named)


def weight_of(facts: Mapping[str, object]) -> int | None:
    """The weight that the tracker gives an issue."""
    weight = facts.get("weight")
    return weight if isinstance(weight, int) else None


def write_issue(session: Session, project: Project, row: Issue | None, seen: model.Issue, now: datetime) -> Issue:
    """Take a snapshot over whole."""
    if row is None:
        row = Issue(project_id=project.id, number=seen.number, requests=[])
        session.add(row)
    if seen.is_blocked is None:
        seen = replace(seen, is_blocked=row.is_blocked)
    facts = facts_of(seen.details, row.facts or {})
    for name, value in issue_values(seen, author_of(seen.author, row.author), now, facts=facts).items():
        setattr(row, name, value)
    session.flush()
    return row


def facts_of(details: model.Details, known: Mapping[str, object]) -> dict[str, object]:
    """What a tracker tells besides, without what is empty; what this snapshot does not tell stays as it was known."""
    told: dict[str, object] = {
        "type": details.type,
        "milestone": details.milestone,
        "parent": details.parent,
        "parts": [details.parts, details.parts_done] if details.parts else None,
        "boxes": [details.boxes, details.boxes_done] if details.boxes else None,
        "weight": details.weight,
        "spent_hours": details.spent_hours,
        "fields": dict(details.fields) if details.fields is not None else known.get("fields"),
    }
    kept = {} if details.is_whole else known
    return {**kept, **{name: value for name, value in told.items() if value not in ("", None, {})}}


def issue_values(
    seen: model.Issue, author: str | None, now: datetime, *, facts: dict[str, object] | None = None
) -> dict[str, object]:
    """The columns of an issue's row that a snapshot fills: all but those that identify it."""
    title, body = _clean(seen.title), _clean(seen.body)
    return {
        "external_id": seen.external_id,
        "title": title,
        "body": body,
        "url": seen.url,
        "author": author,
        "labels": [_clean(name) for name in seen.label_names],
        "assignees": [actor.login for actor in seen.assignees],
        "is_open": seen.is_open,
        "closed_as": seen.closed_as.value if seen.closed_as else None,
        "is_locked": seen.is_locked,
        "is_blocked": seen.is_blocked is True,
        "is_request": seen.is_request,
        "visibility": PUBLIC,
        "language": guess_language(title, body),
        "comments": seen.comments,
        "estimate_hours": seen.estimate_hours,
        "remote_created_at": seen.created_at,
        "remote_updated_at": seen.updated_at,
        "digest": seen.digest,
        "facts": facts_of(seen.details, {}) if facts is None else facts,
        "moved_to": seen.moved_to,
        "reread_at": None,
        "seen_at": now,
    }


def blank_issue(
    session: Session, project: Project, number: int, *, visibility: str, updated_at: datetime | None, now: datetime
) -> Issue:
    """Keep nothing of an issue but its number and times; an unknown one is remembered as hidden."""
    row = issue_row(session, project, number)
    after = rules.blanked(known_of(row), updated_at, now, is_gone=visibility == GONE)
    if row is None:
        row = Issue(project_id=project.id, number=number, external_id="", is_open=True)
        session.add(row)
    row.title = row.body = row.url = row.digest = ""
    row.author = row.language = row.estimate_hours = row.spoken_for_at = row.wanted_until = None
    row.labels, row.assignees, row.comments, row.comments_read, row.facts, row.set_aside = [], [], 0, 0, {}, {}
    row.visibility, row.seen_at, row.reread_at = visibility, now, None
    row.remote_updated_at = after.updated_at
    session.flush()
    session.execute(delete(Estimate).where(Estimate.issue_id == row.id))
    for task in session.scalars(select(Task).where(Task.issue_id == row.id)):
        task.title, task.brief = "", ""
    return row


def author_of(seen: model.Actor | None, known: str | None) -> str | None:
    """The author's login. GitLab's deliveries often give a number only, with no login: then the known one stays."""
    if seen is None:
        return None
    return seen.login or known


def write_request(session: Session, project: Project, seen: model.Request) -> Request | None:
    """Take a request over and link it to the issues it closes; None where what we have is newer."""
    row = requests.row_of(session, project.id, seen.number)
    before = None if row is None else requests.standing(row)
    if row is None:
        row = Request(
            project_id=project.id, number=seen.number, remote_updated_at=NEVER, state="", reviews={}, checks={}, head=""
        )
        session.add(row)
    elif _request_age(seen.updated_at, seen.state) < _request_age(row.remote_updated_at, RequestState(row.state)):
        return None
    row.title, row.url, row.state, row.is_draft = _clean(seen.title), seen.url, seen.state.value, seen.is_draft
    row.author = author_of(seen.author, row.author)
    row.created_at, row.merged_at, row.remote_updated_at = seen.created_at, seen.merged_at, seen.updated_at
    requests.take(session, row, seen, before, seen.updated_at)
    requests.link(session, row, _closed_by(session, project, seen))
    return row


def _closed_by(session: Session, project: Project, seen: model.Request) -> dict[int, FoundBy]:
    """The issues that a request closes by its words, here or in a project of the same owner, or for a volunteer."""
    closed = {issue_or_stub(session, project, number).id: FoundBy.TEXT for number in seen.closes}
    for path, number in seen.closes_elsewhere:
        if (other := requests.neighbour(session, project, path)) is not None:
            closed[issue_or_stub(session, other, number).id] = FoundBy.TEXT
    return closed | dict.fromkeys(requests.given_for(session, project, seen.number), FoundBy.GIVEN)


def linked_issues(session: Session, project: Project, number: int) -> list[Issue]:
    """The issues that this request was known to close."""
    row = requests.row_of(session, project.id, number)
    return [] if row is None else list(row.issues)


def issue_or_stub(session: Session, project: Project, number: int) -> Issue:
    """Our row of an issue; one that was only heard of is remembered by its number."""
    row = issue_row(session, project, number)
    if row is None:
        row = Issue(
            project_id=project.id, number=number, external_id="", is_open=True, visibility=UNSEEN,
            remote_updated_at=NEVER, seen_at=NEVER,
        )  # fmt: skip
        session.add(row)
        session.flush()
    return row


def newest_estimate(session: Session, row: Issue) -> Estimate | None:
    """The estimate of the whole issue that counts."""
    whole = select(Estimate).where(Estimate.issue_id == row.id, Estimate.part == 0)
    return session.scalar(whole.order_by(Estimate.id.desc()).limit(1))


def size_issue(
    session: Session, row: Issue, descriptions: Mapping[str, str], now: datetime, *, newest: Estimate | None
) -> tuple[Estimate, Decimal]:
    """Size an issue: the estimate that counts, and the days to ask for. ``descriptions``: of its labels, by name.

    A new row is written only where it says something else than the newest one. Hours that a person gave stay; rules
    that have nothing to do with hours are applied to them anew.
    """
    size = estimate(
        Sizeable(
            id=str(row.number), title=row.title, body=row.body, labels=labels_of(row),
            label_descriptions=descriptions, estimate_hours=row.estimate_hours, created_at=row.remote_created_at, updated_at=row.remote_updated_at,
            seen_at=now, comments=row.comments, is_blocked=row.is_blocked,
            project=row.project.path, weight=weight_of(row.facts or {}), meanings=row.project.size_meanings or {},
        ),
        _experience(session, row.project_id),
    )  # fmt: skip
    values, version, by = _estimate_values(size), size.version, None
    if newest is not None and newest.rules_version == OVERRIDDEN_VERSION:
        values = {name: getattr(newest, name) for name in values} | _suitability(newest, size)
        version, by = OVERRIDDEN_VERSION, newest.overridden_by
    days = values["days"] or size.days
    if newest is None or any(getattr(newest, name) != value for name, value in values.items()):
        newest = Estimate(issue_id=row.id, rules_version=version, overridden_by=by, created_at=now, **values)
        session.add(newest)
        session.flush()
    return newest, days


def labels_of(row: Issue) -> tuple[str, ...]:
    """Its labels, and what other fields of its tracker say in their place."""
    return (*row.labels, *said_besides(row.facts or {}))


def _suitability(overridden: Estimate, size: Size) -> dict[str, object]:
    """What somebody said of the hours, beside every other rule as it is now."""
    unsuitable = [rule for rule in overridden.unsuitable if rule == TOO_BIG] + list(besides_size(size.unsuitable))
    return {"unsuitable": unsuitable, "offer": not unsuitable}


def _experience(session: Session, project_id: int) -> Experience:
    """That of the project, looked up once in a transaction: a page of a list has a hundred issues."""
    known: dict[int, Experience] = session.info.setdefault("experience", {})
    if project_id not in known:
        known[project_id] = experience(session, project_id)
    return known[project_id]


def _estimate_values(size: Size) -> dict[str, Any]:
    return {
        "p_one_day": size.p_one_day,
        "p_team_day": size.p_team_day,
        "hours_mid": size.hours_mid,
        "hours_low": size.hours_low,
        "hours_high": size.hours_high,
        "offer": size.offer,
        "reasons": [reason.as_json() for reason in size.reasons],
        "unsuitable": list(size.unsuitable),
        "is_judged": size.is_judged,
        "days": size.days,
    }


def holder_of(session: Session, project: Project, task: Task) -> rules.Holder | None:
    """Who holds a task, or submitted it last, and what rules must know of them."""
    assignment = session.scalar(
        select(Assignment)
        .where(Assignment.task_id == task.id)
        .order_by(Assignment.ended_at.is_(None).desc(), Assignment.id.desc())
        .limit(1)
    )
    if assignment is None:
        return None
    logins = session.scalars(
        select(Account.login).where(
            Account.person_id == assignment.person_id, Account.source == project.source, Account.host == project.host
        )
    )
    return rules.Holder(
        logins=frozenset(login.lower() for login in logins),
        claimed_at=assignment.claimed_at,
        submitted_url=assignment.submitted_url,
    )


def is_volunteer(session: Session, project: Project, author: model.Actor | None) -> bool:
    """Whether this is the account of one of our people at the project's tracker."""
    if author is None or not author.login:
        return False
    theirs = select(Account.id).where(Account.source == project.source, Account.host == project.host)
    return session.scalar(theirs.where(Account.login == author.login.lower()).limit(1)) is not None


def is_in_hand(session: Session, row: Issue) -> bool:
    """Whether somebody of ours works on it, or on a part of it."""
    states = [status.value for status in IN_HAND]
    return session.scalar(select(Task.id).where(Task.issue_id == row.id, Task.status.in_(states)).limit(1)) is not None


def requests_of(requests: Iterable[Request], holder: rules.Holder | None) -> rules.Requests:
    """The states of the requests that close an issue, the holder's own apart from everybody else's."""
    own: set[RequestState] = set()
    others: set[RequestState] = set()
    for request in requests:
        state = RequestState(request.state)
        if holder and rules.is_holders_own(request.author, request.created_at, request.url, holder):
            if not (request.is_draft and state is RequestState.OPEN):
                own.add(state)
        else:
            others.add(state)
    return rules.Requests(frozenset(own), frozenset(others))


def _request_age(updated_at: datetime, state: RequestState) -> tuple[datetime, int]:
    # Forges count in seconds: of two answers in the same second the more final one is the later.
    return updated_at, (RequestState.OPEN, RequestState.CLOSED, RequestState.MERGED).index(state)


def _clean(text: str) -> str:
    # PostgreSQL refuses NUL in text, and half a surrogate pair is no text anywhere.
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
