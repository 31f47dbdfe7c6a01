"""Performing effects at the forge, one at a time: no call inside a transaction, each write asked for right before it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.courtesy import texts
from connector.courtesy.queries import WRITTEN, policy_of, written_lately
from connector.courtesy.rules import NotWritten, quiet_until, why_not_write, wrote_too_much
from connector.db.engine import Database
from connector.db.tables import Audit, Issue, Project
from connector.outbox import claims, comments, credentials, protocol, rules
from connector.outbox.claims import Claimed
from connector.outbox.credentials import Fingerprint
from connector.outbox.protocol import Attempt, Call
from sources.base import Client
from sources.errors import NotFound, SourceError
from sources.model import Comment

Connect = Callable[[Project], Client]
Missing = Callable[[Session, Project, int, datetime], None]
"""Told of an issue that the forge did not show when it was to be written to."""

log = structlog.get_logger(__name__)


TooMuch = Callable[[Session, Project, datetime], None]
"""Told of a project where we wrote more than can be right."""


def nothing(_session: Session, _project: Project, _number: int, _now: datetime) -> None:
    """Do nothing about a missing issue."""


def hold(_session: Session, project: Project, now: datetime) -> None:
    """Write nothing more there until somebody lets it."""
    project.held_at = now


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of what was met while writing."""

    missing: Missing = nothing
    too_much: TooMuch = hold


class NotNow(Exception):
    """The write may not go out: the effect is somebody else's, or was put back."""


@dataclass(slots=True)
class Turn:
    """One attempt under way. ``unknown`` is the write that was sent and is not answered yet."""

    claimed: Claimed
    client: Client
    unknown: Call | None = None


class Sender:
    """Works on what is due, one effect at a time; safe to have several of."""

    def __init__(
        self,
        db: Database,
        connect: Connect,
        clock: Clock,
        *,
        address: str,
        fingerprint: Fingerprint,
        told: Told,
        zone: tzinfo,
    ) -> None:
        self._db = db
        self._connect = connect
        self._clock = clock
        self._address = address
        self._fingerprint = fingerprint
        self._told = told
        self._zone = zone

    def work_on_one(self) -> bool:
        """Perform or sweep one effect; False where nothing is due that may be done now."""
        with self._db.sessions.begin() as session:
            claimed = claims.claim(session, self._fingerprint, self._clock())
        if claimed is None:
            return False
        if (why_not := self._why_not(claimed)) is not None:
            self._refuse(claimed, why_not)
        elif claimed.is_sweep:
            self._sweep(claimed)
        else:
            self._perform(claimed)
        return True

    # --- one effect ---

    def _perform(self, claimed: Claimed) -> None:
        turn = Turn(claimed, self._connect(claimed.project))
        try:
            result = self._result(turn)
        except NotNow:
            return
        except SourceError as exc:
            self._note_failure(turn, exc)
            return
        now = self._clock()
        with self._db.sessions.begin() as session:
            is_ours = claims.record(session, claimed, result, now)
            text = {"text": self._text(claimed)} if claimed.kind == "comment" else {}
            session.add(_written(claimed, {**result, **text}, now))
            credentials.note_success(session, claimed.access, now)
        log.info("effect sent", effect=claimed.id, kind=claimed.kind, project=claimed.project.id, late=not is_ours)

    def _result(self, turn: Turn) -> dict[str, Any]:
        """Write upstream what the effect wishes; what the forge answered. Raises `SourceError` or `NotNow`."""
        claimed = turn.claimed
        match claimed.kind:
            case "comment":
                comment = self._write_comment(turn)
                return {"comment_id": comment.external_id, "url": comment.url}
            case "assign":
                self._begin(turn, Call.EDIT)
                return _put_assignee(turn.client, claimed)
            case "unassign":
                self._begin(turn, Call.EDIT)
                turn.client.unassign(claimed.number, str(claimed.data["login"]))
                return {"assigned": False}
            case "label":
                self._begin(turn, Call.EDIT)
                return {"labelled": turn.client.add_label(claimed.number, str(claimed.data["label"]))}
            case "unlabel":
                self._begin(turn, Call.EDIT)
                turn.client.remove_label(claimed.number, str(claimed.data["label"]))
                return {"labelled": False}
            case unknown:
                raise ValueError(f"effect {claimed.id}: unknown kind {unknown!r}")

    def _write_comment(self, turn: Turn) -> Comment:
        client, number, body = turn.client, turn.claimed.number, self._body(turn.claimed)
        attempt = turn.claimed.attempt
        while True:
            call, target = protocol.next_call(attempt, body)
            match call:
                case Call.LOOK:
                    attempt = self._look(turn, attempt)
                case Call.CREATE:
                    self._begin(turn, call)
                    return client.create_comment(number, body)
                case Call.EDIT:
                    self._begin(turn, call)
                    try:
                        return client.edit_comment(number, str(target), body)
                    except NotFound:
                        if attempt.found is not None:
                            raise
                    attempt = self._look(turn, attempt)
                case Call.NOTHING:
                    return next(one for one in attempt.found or () if one.external_id == target)
                case Call.GIVE_UP:
                    raise NotFound("Our comment was deleted upstream; it is not written again.")

    def _look(self, turn: Turn, attempt: Attempt) -> Attempt:
        mark = comments.marker(turn.claimed.key)
        return protocol.looked(attempt, turn.client.find_comments(turn.claimed.number, mark))

    def _begin(self, turn: Turn, call: Call) -> None:
        with self._db.sessions.begin() as session:
            may_go = claims.begin_write(session, turn.claimed, self._clock())
        if not may_go:  # only now, so that what was put back is committed
            raise NotNow
        turn.unknown = call

    def _body(self, claimed: Claimed) -> str:
        return f"{self._text(claimed)}\n\n{comments.marker(claimed.key)}"

    def _text(self, claimed: Claimed) -> str:
        state, languages = str(claimed.data.get("state")), claimed.project.languages
        return comments.comment_text(state, languages=languages, address=self._address)

    # --- failures ---

    def _why_not(self, claimed: Claimed) -> NotWritten | None:
        """What stands against it: the project's policy, an issue that the public cannot see, or too many writes."""
        policy, now = policy_of(claimed.project), self._clock()
        is_new = claimed.attempt.made is None and not claimed.is_sweep
        why_not = why_not_write(policy, claimed.kind, self._today(now), is_new=is_new)
        if why_not is not None:
            return why_not
        mirrored = select(Issue.visibility).where(
            Issue.project_id == claimed.project.id, Issue.number == claimed.number
        )
        with self._db.readers() as session:
            visibility = session.scalar(mirrored)
            written = written_lately(session, claimed.project.id, now)
        if visibility not in (None, "public"):
            return NotWritten.NOT_PUBLIC
        if claimed.kind == "comment" and texts.faults(self._text(claimed), address=self._address):
            return NotWritten.UNFIT
        return self._hold(claimed, now) if wrote_too_much(policy, written) else None

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()

    def _hold(self, claimed: Claimed, now: datetime) -> NotWritten:
        """The circuit breaker: nothing more is written in this project until somebody has looked."""
        with self._db.sessions.begin() as session:
            project = session.get_one(Project, claimed.project.id, with_for_update=True)
            if project.held_at is None:
                self._told.too_much(session, project, now)
        log.warning("writing held", project=claimed.project.id)
        return NotWritten.HELD

    def _refuse(self, claimed: Claimed, why_not: NotWritten) -> None:
        now = self._clock()
        until = self._until(claimed, why_not, now)
        with self._db.sessions.begin() as session:
            if claimed.is_sweep and until is not None:
                claims.put_off_sweep(session, claimed, now)
            elif claimed.is_sweep:
                claims.end_sweep(session, claimed, None, "", now)
            else:
                claims.give_back(session, claimed, until=until, reason=why_not.value, unknown=None, now=now)
                if until is not None:
                    claims.uncount(session, claimed)

    def _until(self, claimed: Claimed, why_not: NotWritten, now: datetime) -> datetime | None:
        """When to ask again; None: never."""
        last = quiet_until(policy_of(claimed.project), self._today(now))
        if why_not is NotWritten.QUIET and last is not None:
            return datetime.combine(last + timedelta(days=1), time(), tzinfo=self._zone)
        return now + rules.HELD_FOR if why_not.passes else None

    def _note_failure(self, turn: Turn, error: SourceError) -> None:
        claimed, now = turn.claimed, self._clock()
        verdict = rules.retry(error, claimed.attempts, now, chance=random.random())  # noqa: S311  (spreads waits, guards nothing)
        unknown = turn.unknown if rules.is_unsure(error) else None
        with self._db.sessions.begin() as session:
            claims.give_back(session, claimed, until=verdict.at, reason=verdict.reason, unknown=unknown, now=now)
            if verdict.scope is rules.Scope.CREDENTIAL:
                claims.uncount(session, claimed)
            elif isinstance(error, NotFound):
                self._told.missing(session, claimed.project, claimed.number, now)
        credentials.note(self._db, claimed.access, error, now)
        again = verdict.at.isoformat() if verdict.at else None
        log.warning("effect failed", effect=claimed.id, because=verdict.reason, again=again)

    # --- sweeping ---

    def _sweep(self, claimed: Claimed) -> None:
        """Keep the oldest copy of a comment, delete the later ones."""
        client, mark = self._connect(claimed.project), comments.marker(claimed.key)
        try:
            kept, doomed = protocol.keep_and_delete(client.find_comments(claimed.number, mark))
            for copy in doomed:
                client.delete_comment(claimed.number, copy.external_id)
        except SourceError as exc:
            self._note_failed_sweep(claimed, exc)
            return
        now = self._clock()
        with self._db.sessions.begin() as session:
            claims.end_sweep(session, claimed, kept, self._body(claimed), now)
            for copy in doomed:
                session.add(_written(claimed, {"deleted": copy.external_id}, now))
        log.info("effect swept", effect=claimed.id, deleted=len(doomed))

    def _note_failed_sweep(self, claimed: Claimed, error: SourceError) -> None:
        now = self._clock()
        with self._db.sessions.begin() as session:
            if error.permanent and not isinstance(error, credentials.CLOSING):
                claims.end_sweep(session, claimed, None, "", now)  # nothing can be seen or done there any more
            else:
                claims.put_off_sweep(session, claimed, now)
        credentials.note(self._db, claimed.access, error, now)
        log.warning("sweep failed", effect=claimed.id, because=str(error))


def _put_assignee(client: Client, claimed: Claimed) -> dict[str, Any]:
    login = str(claimed.data["login"])
    if policy_of(claimed.project).suggests:
        return {"suggested": client.suggest(claimed.number, login)}
    return {"assigned": client.assign(claimed.number, login)}


def _written(claimed: Claimed, result: dict[str, Any], now: datetime) -> Audit:
    data = {"kind": claimed.kind, **claimed.data, **result}
    return Audit(at=now, kind=WRITTEN, project_id=claimed.project.id, data=data)
