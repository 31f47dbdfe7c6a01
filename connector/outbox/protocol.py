"""One effect and its workers, as pure transitions: a comment appears once, although workers die, sleep and are lied to.

A worker *claims* a due row with a token, *looks* for copies of the comment by its hidden marker, *begins* (the row must
still carry its token), *creates* or *edits*, and *records*. Each arrow is one function here; `connector.outbox.service`
runs them inside transactions, and the tests run them in every order.

Why a look before the write is not enough, and who notices:

* The answer was lost (timeout, reset, 5xx): the worker knows that it does not know, and leaves the row *in doubt*.
* The worker died or slept past its lease: whoever takes the row over finds a token on it, and leaves the row in doubt.
* It wakes after all that, and its request goes out all the same (it had begun already): it finds another token when it
  records, changes nothing but the doubt, and so asks for a sweep itself.
* It dies right after that request, so that nobody knows: once a night everything written in the last days is doubted.
* The list that a worker looked at was stale: then there was an earlier attempt, and one of the cases above holds.

A row in doubt is *swept* once it has come to rest and lists are sure to show what was written last: all copies are
listed, the oldest is kept, the later ones deleted, the kept one's id recorded, and its text edited if it is not the one
wished for. Two sweeps at once do no harm: only a
comment that was seen beside an older one is deleted, so the oldest of all is deleted by nobody.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from sources.model import Comment


class Standing(Enum):
    """Where a row stands: to be performed, performed, or given up until somebody tries it again."""

    DUE = "due"
    DONE = "done"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Row:
    """What the database knows of one effect. ``token`` names who works on it; ``made`` is the recorded comment."""

    wish: Hashable
    standing: Standing = Standing.DUE
    token: Hashable | None = None
    made: str | None = None
    is_in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a worker knows while it holds, or believes to hold, the row. ``found`` None: it has not looked."""

    token: Hashable
    wish: Hashable
    made: str | None = None
    found: tuple[Comment, ...] | None = None


class Call(Enum):
    """What a worker does next at the forge."""

    LOOK = "look"
    CREATE = "create"
    EDIT = "edit"
    NOTHING = "nothing"
    """The forge shows what is wished for already."""
    GIVE_UP = "give up"
    """Somebody else deleted our comment: it is not written again."""


# --- the row ------------------------------------------------------------------------------------------------------


def wished(row: Row, wish: Hashable) -> Row:
    """The row after a new wish. Who works on it now goes on, and finds when recording that more is to be done."""
    return replace(row, wish=wish, standing=Standing.DUE)


def claimed(row: Row, token: Hashable, *, is_over: bool) -> Row | None:
    """The row taken for an attempt; None where it is not due or is somebody's. ``is_over``: that one's lease has ended."""
    if row.standing is not Standing.DUE or (row.token is not None and not is_over):
        return None
    return replace(row, token=token, is_in_doubt=row.is_in_doubt or row.token is not None)


def claimed_for_sweep(row: Row, token: Hashable, *, is_over: bool) -> Row | None:
    """The row taken for a sweep; None where there is no doubt, it is not at rest, or somebody's.

    The doubt is taken off at once, so that one raised while the sweep is under way outlives it.
    """
    is_doubtful = row.is_in_doubt or row.token is not None
    if row.standing is Standing.DUE or not is_doubtful or (row.token is not None and not is_over):
        return None
    return replace(row, token=token, is_in_doubt=False)


def may_write(row: Row, attempt: Attempt) -> bool:
    """Whether the row is still this worker's: asked right before each write."""
    return row.token == attempt.token


def recorded(row: Row, attempt: Attempt, made: str | None) -> Row:
    """The row after a write whose answer is known. A late worker's only raises the doubt."""
    if row.token != attempt.token:
        return replace(row, is_in_doubt=True)
    standing = Standing.DONE if row.wish == attempt.wish else Standing.DUE
    return replace(row, token=None, made=made or row.made, standing=standing)


def failed(row: Row, attempt: Attempt, *, is_parked: bool, unknown: Call | None) -> Row:
    """The row after a failure. ``unknown``: the write that was sent and that nobody knows the fate of.

    An edit is repeated anyway, so only a creation raises doubt; but a late worker's edit may have undone another's.
    """
    if row.token != attempt.token:
        return replace(row, is_in_doubt=row.is_in_doubt or unknown is not None)
    standing = Standing.PARKED if is_parked and row.wish == attempt.wish else row.standing
    return replace(row, token=None, standing=standing, is_in_doubt=row.is_in_doubt or unknown is Call.CREATE)


def swept(row: Row, attempt: Attempt, kept: Comment | None, body: str) -> Row:
    """The row after a sweep that kept this copy, where ``body`` is what it should say."""
    if row.token != attempt.token:
        return replace(row, is_in_doubt=True)
    if kept is None:
        return replace(row, token=None)
    standing = row.standing if says(kept, body) else Standing.DUE
    return replace(row, token=None, made=kept.external_id, standing=standing)


def sweep_failed(row: Row, attempt: Attempt) -> Row:
    """The row after a sweep that did not come to its end."""
    return replace(row, token=None if row.token == attempt.token else row.token, is_in_doubt=True)


def fulfilled(row: Row) -> Row:
    """The row whose wish is fulfilled without doing anything."""
    return replace(row, standing=Standing.DONE)


def repeated(row: Row) -> Row:
    """Instead of a sweep, where repeating does no harm: the row is to be performed once more."""
    return replace(row, token=None, standing=Standing.DUE, is_in_doubt=False)


def doubted(row: Row) -> Row:
    """The row as the night's look at recent comments leaves it."""
    return replace(row, is_in_doubt=True)


# --- the calls ----------------------------------------------------------------------------------------------------


def begun(row: Row, token: Hashable) -> Attempt:
    """What the worker knows that has just claimed this row."""
    return Attempt(token, row.wish, row.made)


def looked(attempt: Attempt, found: Sequence[Comment]) -> Attempt:
    """What the worker knows after the forge listed our marked comments, oldest first."""
    return replace(attempt, found=tuple(found))


def next_call(attempt: Attempt, body: str) -> tuple[Call, str | None]:
    """What to do next so that the comment says ``body``, and to which comment.

    A recorded comment is edited without a look. Where that one is gone, the worker looks, and where none is left
    somebody deleted it on purpose.
    """
    if attempt.found is None:
        return (Call.LOOK, None) if attempt.made is None else (Call.EDIT, attempt.made)
    if not attempt.found:
        return (Call.CREATE, None) if attempt.made is None else (Call.GIVE_UP, None)
    oldest = attempt.found[0]
    return (Call.NOTHING if says(oldest, body) else Call.EDIT), oldest.external_id


def keep_and_delete(found: Sequence[Comment]) -> tuple[Comment | None, tuple[Comment, ...]]:
    """Of the copies listed, oldest first: the one to keep, and those to delete."""
    return (found[0], tuple(found[1:])) if found else (None, ())


def says(comment: Comment, body: str) -> bool:
    """Whether a comment says this, whatever the forge makes of line ends."""
    return comment.body.split() == body.split()
