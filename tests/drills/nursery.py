"""The warm parent of the drills: it has imported everything, has no thread and no database, and forks processes on order.

Orders come as lines of JSON on stdin and are answered on stdout. It ends, with all it started, when stdin does.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from connector import logs
from connector.app import build_services, wsgi
from connector.cli.processes import serve, until_told_to_stop
from connector.cli.worker import make_worker
from connector.courtesy import rules as courtesy
from connector.outbox import rules as outbox
from connector.queue import rules as queue
from connector.queue.rules import Pace
from connector.settings import Settings, load_settings
from connector.web.site import Site
from sources import budget
from tests.drills import schedules
from tests.drills.faults import Fault, Trap, watch_forges, watch_writes
from tests.drills.poison import poison

Order = Mapping[str, Any]
QUICKER = {
    outbox: {"SPACING": 0.02, "FIRST_WAIT": 0.3, "LONGEST_WAIT": 3.0, "SWEEP_AFTER": 2.5},
    queue: {"FIRST_WAIT": 0.3, "LONGEST_WAIT": 3.0},
}
"""Waits in seconds that are minutes in earnest: how long they are is not what the drills prove."""
PACE = Pace(lease=timedelta(seconds=4), election=timedelta(seconds=0.5), leadership=timedelta(seconds=2))
NO_FAULT = Fault("nowhere", 1, "")


def main() -> None:
    """Take orders until stdin ends."""
    quicken()
    gc.freeze()
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            pid = _fork(order)
            children.add(pid)
            answer: object = pid
        else:
            answer = _reaped(children)
        print(json.dumps(answer), flush=True)  # noqa: T201  (the answer)
    for pid in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def quicken() -> None:
    """Shorten the waits; fails where one has another name meanwhile."""
    for module, values in QUICKER.items():
        for name, seconds in values.items():
            if not isinstance(getattr(module, name), timedelta):
                raise TypeError(name)
            setattr(module, name, timedelta(seconds=seconds))
    outbox.MOST_A_MINUTE = outbox.MOST_AN_HOUR = 1_000_000
    budget.READ_POINTS = budget.WRITE_POINTS = 0  # a drill asks and writes more in a minute than a forge would take
    courtesy.REJECTIONS = 1_000_000  # the load declines often, and a paused project is written to no more


def answer_http(settings: Settings, fault: Fault) -> None:
    """The web process, as `wecena web` starts it."""
    serve(settings, partial(_watched_wsgi, settings, fault))


def work(settings: Settings, fault: Fault) -> None:
    """The worker with its schedule, as `wecena work` starts it."""
    told, trap = until_told_to_stop(), Trap(fault)
    logs.configure(settings.log_level)
    watch_writes(trap)
    services = build_services(settings)
    make_worker(replace(services, connect=watch_forges(services.connect, trap)), pace=PACE).run(told)


def work_poisoned(settings: Settings, fault: Fault) -> None:
    """The worker, which some deliveries kill."""
    poison()
    work(settings, fault)


ROLES: dict[str, Callable[[Settings, Fault], None]] = {
    "web": answer_http,
    "work": work,
    "poisoned": work_poisoned,
    "schedule": schedules.schedule,
    "count": schedules.count_firings,
}


def _watched_wsgi(settings: Settings, fault: Fault) -> Site:
    watch_writes(Trap(fault))
    return wsgi(settings)


def _reaped(children: set[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            break
        children.discard(pid)
        found[pid] = status
    return found


def _fork(order: Order) -> int:
    pid = os.fork()
    if pid:
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.setpgid(pid, pid)  # both do it, so that whoever asks can kill the group at once
        return pid
    code = 1
    try:
        os.setpgid(0, 0)
        _talk_to(Path(order["log"]))
        fault = Fault(**order["fault"]) if order.get("fault") else NO_FAULT
        outbox.LEASE = timedelta(seconds=order["lease"])
        ROLES[order["start"]](load_settings(order["environ"]), fault)
        code = 0
    except SystemExit as exc:
        code = exc.code if isinstance(exc.code, int) else 1
    except BaseException:  # noqa: BLE001  (the child must never return into its parent's loop)
        traceback.print_exc()
    finally:
        structlog.reset_defaults()
        sys.stdout.flush()
        os._exit(code)


def _talk_to(log: Path) -> None:
    """Nothing of the child may be taken for an answer."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(file, 1)
    os.dup2(file, 2)


if __name__ == "__main__":
    main()
