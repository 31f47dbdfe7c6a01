"""How a hook stands, in sentences: what is wrong with it, and whether one press can repair it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connector.db.tables import Hook
from connector.web.i18n import gettext as _
from sources.keeping import HookState

ABSENT = "absent"
"""The forge has no hook with our address."""
UNSEEN = "unseen"
"""The forge does not let us look."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong with a hook. ``can_repair``: we can put it right with our token."""

    text: str
    can_repair: bool = True


def troubles(hook: Hook) -> tuple[Trouble, ...]:
    """What is wrong with a hook, as far as the forge said when it was asked last."""
    state = hook.state or {}
    match state.get("status"):
        case None:
            return ()
        case "unseen":
            why = str(state.get("refused", ""))
            return (Trouble(_("Our token may not look at the webhook: %(why)s", why=why), can_repair=False),)
        case "absent":
            return (Trouble(_("The forge has no webhook with our address.")),)
        case status:
            return tuple(_of_a_seen_one(hook, str(status)))


def _of_a_seen_one(hook: Hook, status: str) -> list[Trouble]:
    state, found = hook.state, []
    if status == HookState.DISABLED.value:
        found.append(Trouble(_("The forge disabled the webhook: nothing comes any more.")))
    if status == HookState.PAUSED.value:
        until = _moment(state.get("until"))
        found.append(
            Trouble(
                _("The forge paused the webhook after failures, until %(time)s UTC.", time=f"{until:%Y-%m-%d %H:%M}")
                if until
                else _("The forge paused the webhook after failures.")
            )
        )
    if state.get("missing"):
        found.append(Trouble(_("Missing in its form: %(names)s.", names=", ".join(map(str, state["missing"])))))
    if state.get("is_elsewhere"):
        found.append(Trouble(_("The webhook has an old address of ours.")))
    if state.get("answer"):
        found.append(Trouble(_("Our last answer to it failed: %(answer)s.", answer=str(state["answer"]))))
    return found


def _moment(written: object) -> datetime | None:
    return datetime.fromisoformat(written) if isinstance(written, str) else None
