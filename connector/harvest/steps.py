"""What follows for the task of an issue from everything that is known upstream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Effect, Estimate, Issue, Project, Task
from connector.harvest import mirror, rules
from connector.harvest.rules import Holder, Offer, Policy, State, Step, Upstream
from connector.sizing.line import UNLIKELY, Line, is_below
from connector.sizing.parts import rules_of_parts
from connector.sizing.queries import line_of
from connector.tasks import service as tasks
from connector.tasks.rules import FINAL, IN_HAND, Outcome, Status, WithdrawnFor
from sources.model import RequestState

LOOKED_AT_AGAIN = frozenset({Step.WITHDRAW, Step.LOSE, Step.SEND_BACK, Step.SUBMIT})
"""Steps after which the task may have to become a draft, or may be complete already."""
MOST_STEPS = 3


def follow(
    session: Session,
    project: Project,
    row: Issue,
    now: datetime,
    *,
    descriptions: Mapping[str, str] | None = None,
    is_reopened: bool = False,
) -> None:
    """Bring the issue's task into agreement with what is known upstream.

    ``descriptions`` (of labels) given: a new snapshot was written, so the issue is sized anew.
    ``is_reopened``: it was closed until now; a done task then gets a successor.
    """
    policy = mirror.policy_of(project, now)
    estimate, days = mirror.newest_estimate(session, row), None
    if rules.is_wanted(row.labels, policy) and (descriptions is not None or estimate is None):
        estimate, days = mirror.size_issue(session, row, descriptions or {}, now, newest=estimate)
    offer = _offer_of(session, row, policy, estimate=estimate, now=now)
    task = newest_task(session, row)
    if task is not None and follow_parts(session, project, row, task, policy=policy, now=now):
        return
    if task is None or Status(task.status) in FINAL:
        if offer.is_task and (task is None or is_reopened):
            _offer(session, row, offer, estimate=estimate, days=days, now=now)
        return
    if Status(task.status) in IN_HAND and row.visibility == mirror.PUBLIC:
        task.title = row.title  # its state and its holder's open form stay as they are
    for _ in range(MOST_STEPS):
        upstream, holder = _upstream_of(session, project, row, task, policy=policy, offer=offer)
        step = rules.next_step(Status(task.status), upstream)
        if step is Step.OFFER:
            _offer(session, row, offer, estimate=estimate, days=days, now=now)
        else:
            _take(session, task, step, upstream, row=row, holder=holder, now=now)
        session.flush()
        if step not in LOOKED_AT_AGAIN:
            break


def newest_task(session: Session, row: Issue) -> Task | None:
    """The task of an issue that counts; the parts of a split one are apart."""
    whole = select(Task).where(Task.issue_id == row.id, Task.part == 0)
    return session.scalar(whole.order_by(Task.id.desc()).limit(1))


def follow_parts(session: Session, project: Project, row: Issue, whole: Task, *, policy: Policy, now: datetime) -> bool:
    """Bring the parts of a split issue into agreement with what is known upstream; False where there is none to do.

    An assignee or an open request may be those of another part that is in hand, so they keep no part back. What speaks
    against the issue as a whole, such as a label of security, keeps all of them back.
    """
    if Status(whole.status) is not Status.SPLIT:
        return False
    later = select(Task).where(Task.issue_id == row.id, Task.part > 0, Task.predecessor_id == whole.id)
    parts = [part for part in session.scalars(later.order_by(Task.part)) if Status(part.status) not in FINAL]
    state = rules.without_people(_dated(row, line_of(session), now))
    shared = rules_of_parts(row.title, row.body, mirror.labels_of(row)) if parts else ()
    for part in parts:
        own = part.estimate.unsuitable if part.estimate else ()
        offer = rules.judge(state, policy, unsuitable=dict.fromkeys((*shared, *own)))
        for _ in range(MOST_STEPS):
            upstream, holder = _upstream_of(session, project, row, part, policy=policy, offer=offer)
            upstream = rules.seen_by_a_part(upstream)
            step = rules.next_step(Status(part.status), upstream)
            if step is Step.OFFER:
                tasks.place(session, part, offer.not_offered, now=now)
            else:
                _take(session, part, step, upstream, row=row, holder=holder, now=now)
            session.flush()
            if step not in LOOKED_AT_AGAIN:
                break
    return bool(parts)


def _offer_of(session: Session, row: Issue, policy: Policy, *, estimate: Estimate | None, now: datetime) -> Offer:
    line = line_of(session)
    return rules.judge(
        _dated(row, line, now),
        policy,
        unsuitable=_unsuitable(line, estimate),
        has_open_request=any(request.state == RequestState.OPEN.value for request in row.requests),
    )


def _dated(row: Issue, line: Line, now: datetime) -> State:
    return replace(mirror.state_of(row), is_quiet=line.is_past(row.remote_updated_at, now))


def _unsuitable(line: Line, estimate: Estimate | None) -> tuple[str, ...]:
    if estimate is None:
        return ()
    below = is_below(estimate.p_one_day, line.chance, is_judged=estimate.is_judged)
    return (*estimate.unsuitable, UNLIKELY) if below else tuple(estimate.unsuitable)


def _upstream_of(
    session: Session, project: Project, row: Issue, task: Task, *, policy: Policy, offer: Offer
) -> tuple[Upstream, Holder | None]:
    holder = mirror.holder_of(session, project, task)
    upstream = Upstream(
        state=mirror.state_of(row),
        offer=offer,
        requests=mirror.requests_of(row.requests, holder),
        is_public=project.is_public is not False,  # not seen for a while ends no claim
        is_archived=policy.is_archived,
        is_taken=holder is not None and _is_taken(session, row, task, holder),
    )
    return upstream, holder


def _is_taken(session: Session, row: Issue, task: Task, holder: Holder) -> bool:
    """Whether somebody else is assigned upstream. The holder's own logins, and whom we had assigned, are not."""
    kinds = ("assign", "unassign")  # one row, whose wish changes
    effects = session.scalars(select(Effect.data).where(Effect.task_id == task.id, Effect.kind.in_(kinds)))
    ours = holder.logins | {str(data.get("login", "")).lower() for data in effects}
    assigned = {login.lower() for login in row.assignees}
    return bool(assigned) and not assigned & ours


def _offer(
    session: Session, row: Issue, offer: Offer, *, estimate: Estimate | None, days: Decimal | None, now: datetime
) -> None:
    tasks.offer_or_draft(session, row, estimate, offer.not_offered, project=row.project, now=now, days=days)


def _take(
    session: Session,
    task: Task,
    step: Step,
    upstream: Upstream,
    *,
    row: Issue,
    holder: Holder | None,
    now: datetime,
) -> None:
    match step:
        case Step.WITHDRAW:
            reason = rules.why_withdrawn(upstream, is_gone=row.visibility == mirror.GONE)
            tasks.withdraw(session, task, reason=reason, now=now)
        case Step.LOSE:
            tasks.withdraw(session, task, reason=WithdrawnFor.SOMEBODY_ELSE.value, now=now)
        case Step.SUBMIT:
            tasks.submit_seen(session, task, _own_url(row, holder), now=now)
        case Step.SEND_BACK:
            tasks.send_back(session, task, now=now)
        case Step.ACCEPT:
            tasks.complete(session, task, Outcome.ACCEPTED, now=now)
        case Step.REJECT:
            tasks.complete(session, task, Outcome.REJECTED, now=now)
        case _:
            pass


def _own_url(row: Issue, holder: Holder | None) -> str:
    """The address of the request by which the holder submits."""
    own = [
        request.url
        for request in sorted(row.requests, key=lambda request: request.number)
        if holder and rules.is_holders_own(request.author, request.created_at, request.url, holder)
    ]
    return own[-1] if own else ""
