"""What API v1 takes and answers: the names and shapes that other programs rely on."""

from __future__ import annotations

from decimal import Decimal

from apiflask import Schema
from apiflask.fields import DateTime, Float, Integer, List, Nested, Raw, String
from apiflask.validators import Length, OneOf, Range
from marshmallow import RAISE, ValidationError

from connector.tasks.forms import STEPS
from connector.tasks.rules import DAY_CHOICES, MAX_TEXT, Refusal, Status

KINDS = ("code", "batch", "workshop")
MOST_A_PAGE = 100
MAX_PAGE = 1_000_000
LONGEST_SEARCH = 200
LONGEST_ADDRESS = 2000


def without_control(text: str) -> None:
    """Refuse NUL, which no database stores as text; raises `ValidationError`."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValidationError("Not a text.")


def half_days(value: object) -> None:
    """Accept the numbers 0, 0.5 and 1, and nothing that merely looks like one; raises `ValidationError`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value not in map(float, DAY_CHOICES):
        raise ValidationError("Must be 0, 0.5 or 1.")


def some_days(text: str) -> None:
    """Accept a decimal number of days above 0; raises `ValidationError`."""
    plain = text.replace(".", "", 1)
    if not (plain.isascii() and plain.isdigit() and len(text) <= 6) or Decimal(text) <= 0:
        raise ValidationError("Must be a number of days, such as 0.5.")


def quarters(minutes: int) -> None:
    """Accept quarters of an hour up to sixteen hours; raises `ValidationError`."""
    if minutes not in STEPS:
        raise ValidationError("Must be a number of minutes, in steps of 15, at most 960.")


# --- what comes in ------------------------------------------------------------------------------------------------


class Strict(Schema):
    """Refuses fields that it does not know."""

    class Meta:
        """Read by the library."""

        unknown = RAISE


class PageIn(Strict):
    """Which piece of a list; ``lang`` is for pages and means nothing here."""

    page = Integer(load_default=1, validate=Range(min=1, max=MAX_PAGE))
    per_page = Integer(load_default=30, validate=Range(min=1, max=MOST_A_PAGE))
    lang = String(load_only=True, metadata={"deprecated": True})


class TasksIn(PageIn):
    """What tasks to list."""

    status = String(load_default="ready", validate=OneOf([*(status.value for status in Status), "all", ""]))
    q = String(load_default="", validate=[Length(max=LONGEST_SEARCH), without_control])
    language = String(load_default="", validate=[Length(max=20), without_control])
    skill = String(load_default="", validate=[Length(max=40), without_control])
    size_max = String(validate=some_days, metadata={"description": "Days, such as 0.5."})
    project = String(load_default="", validate=[Length(max=500), without_control])
    kind = String(load_default="", validate=OneOf([*KINDS, ""]))


class DayIn(Strict):
    """Optional: time counted for today."""

    days = Raw(validate=half_days, metadata={"type": "number", "enum": [0, 0.5, 1]})


class WorkIn(DayIn):
    """Optional: how long one worked on the task while holding it; sizes are learned from it."""

    minutes = Integer(
        strict=True, validate=quarters, metadata={"minimum": 0, "maximum": STEPS[-1], "multipleOf": STEPS.step}
    )


class HandoverIn(WorkIn):
    """Where to go on; all three may be empty."""

    done = String(load_default="", validate=[Length(max=MAX_TEXT), without_control])
    remaining = String(load_default="", validate=[Length(max=MAX_TEXT), without_control])
    link = String(load_default="", validate=[Length(max=MAX_TEXT), without_control])


class SubmitIn(WorkIn):
    """The address of the pull or merge request. Sending it confirms that you understand and tested every line."""

    url = String(required=True, validate=[Length(min=1, max=LONGEST_ADDRESS), without_control])


# --- what goes out ------------------------------------------------------------------------------------------------


class ErrorOut(Schema):
    """Every error: a short name and one sentence."""

    error = String(required=True)
    detail = String(required=True)


class ProjectOut(Schema):
    """A project, as a task names it."""

    id = Integer(required=True)
    name = String(required=True)
    url = String(required=True)
    source = String(required=True)


class ListedProjectOut(ProjectOut):
    """A project, in a list of its own."""

    nonprofit = String(required=True)
    labels = List(String(), required=True)
    languages = List(String(), required=True)
    skills = List(String(), required=True)
    ready = Integer(required=True, metadata={"description": "Tasks that can be claimed."})


class IssueOut(Schema):
    """The upstream issue."""

    number = Integer(required=True)
    url = String(required=True)
    labels = List(String(), required=True)


class ReasonOut(Schema):
    """Why a size is what it is; ``effect`` is + or -."""

    text = String(required=True)
    effect = String(required=True)


class SizeOut(Schema):
    """How long it may take."""

    p_one_day = Float(required=True, allow_none=True)
    hours_low = Float(required=True, allow_none=True)
    hours_high = Float(required=True, allow_none=True)
    days = Raw(required=True, metadata={"type": "number", "enum": [0.5, 1, 2]})
    reasons = List(Nested(ReasonOut), required=True)


class TaskOut(Schema):
    """A task. ``not_offered`` is there on drafts only."""

    id = Integer(required=True)
    title = String(required=True)
    status = String(required=True, validate=OneOf([status.value for status in Status]))
    kind = String(required=True, validate=OneOf(KINDS))
    project = Nested(ProjectOut, required=True)
    nonprofit = String(required=True)
    issue = Nested(IssueOut, required=True, allow_none=True)
    languages = List(String(), required=True)
    skills = List(String(), required=True)
    size = Nested(SizeOut, required=True)
    handovers = Integer(required=True)
    updated_at = DateTime(required=True)
    not_offered = List(String())


class OneTaskOut(TaskOut):
    """The same as an answer of its own: the library describes a schema either alone or inside others."""


class PageOut(Schema):
    """A piece of a list."""

    total = Integer(required=True)
    page = Integer(required=True)
    next = String(required=True, allow_none=True)


class TasksOut(PageOut):
    """Tasks."""

    items = List(Nested(TaskOut), required=True)


class ProjectsOut(PageOut):
    """Projects."""

    items = List(Nested(ListedProjectOut), required=True)


class ConflictOut(Schema):
    """Why a wish cannot be granted now, and another task that fits."""

    error = String(required=True, validate=OneOf(["conflict"]))
    reason = String(required=True, validate=OneOf([refusal.value for refusal in Refusal]))
    alternative = Nested(TaskOut, required=True, allow_none=True)


class MeOut(Schema):
    """Who the token speaks for, and the task they hold."""

    id = Integer(required=True)
    email = String(required=True)
    name = String(required=True)
    role = String(required=True)
    task = Nested(TaskOut, required=True, allow_none=True)
