"""Processes that live and end together: the server's, and those in the background that are started again if they die.

`docs/adr/007-processes-are-forked-from-one-warm-parent.md` says why they are forked, and when they are not.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

import structlog
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from connector import logs
from connector.errors import UserError
from connector.settings import Settings
from connector.web.front import Front
from connector.web.site import Site

HTTP1 = HTTP1Settings(max_buffer_size=64 * 1024)
"""What a connection may hold before its request is known."""
GRACE_SECONDS = 10
RESTART_SECONDS = 1.0
LOOK_SECONDS = 0.2

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Background:
    """What one process does beside the server, until it is told to stop."""

    name: str
    target: Callable[[], None]


def serve(settings: Settings, load: Callable[[], Site], background: Sequence[Background] = ()) -> None:
    """Answer HTTP in this process group until SIGTERM or SIGINT, then end everything.

    ``load`` makes the site in each server process: a module's function or a `partial` of one.
    """
    answering = partial(_answer, settings, load)
    if background:
        _live_together([Background("server", answering), *background])
    else:
        answering()


def _live_together(parts: Sequence[Background]) -> None:
    """Run each part in a process of its own, start again what dies, and end all when told to."""
    told = until_told_to_stop()
    context = _context()
    gc.collect()
    gc.freeze()  # the collector would write into pages that the processes share
    running = {part: _started(context, part) for part in parts}
    while not told.wait(LOOK_SECONDS):
        for part, process in running.items():
            if not process.is_alive():
                log.error("process died, started again", process=part.name, code=process.exitcode)
                told.wait(RESTART_SECONDS)
                running[part] = _started(context, part)
    _end(running.values())


def _context() -> BaseContext:
    # A copy inherits for ever each lock that another thread holds at that moment, so only a parent without threads forks.
    return multiprocessing.get_context("fork" if threading.active_count() == 1 else "spawn")


def _started(context: BaseContext, part: Background) -> BaseProcess:
    process: BaseProcess = context.Process(target=_alone, args=(part.target,), name=part.name)  # type: ignore[attr-defined]  # each context has it
    process.start()
    return process


def _end(processes: Iterable[BaseProcess]) -> None:
    """Ask them all to end, and kill those that do not in time."""
    asked = list(processes)
    for process in asked:
        process.terminate()
    latest = time.monotonic() + GRACE_SECONDS
    for process in asked:
        process.join(max(0.0, latest - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()


def _answer(settings: Settings, load: Callable[[], Site]) -> None:
    # The only other thread here, if any, waits for the parent's end and holds no lock.
    multiprocessing.set_start_method("fork", force=True)
    server = Server(
        "wecena",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        workers=settings.web_workers,
        http=HTTPModes.http1,
        http1_settings=HTTP1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        log_enabled=settings.log_level == "debug",
        log_level=LogLevels.info,
    )
    server.serve(target_loader=partial(_loaded, settings.log_level, load), wrap_loader=False)


def free_port(host: str, port: int) -> int:
    """This port, or any free one for 0; raises `UserError` where it cannot be had."""
    try:
        family, kind, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except PermissionError as exc:
        raise UserError(f"Port {port} needs more rights: choose one above 1023 with --port.") from exc
    except OSError as exc:
        raise UserError(
            f"Port {port} of {host} is in use or not ours: stop what uses it, or choose another with --port."
        ) from exc


def until_told_to_stop() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: told.set())
    return told


def end_with_parent() -> None:
    """End this process, gracefully at first, when the one that started it is gone; for a killed parent."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), name="parent watcher", daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE_SECONDS)
    os._exit(1)


def _alone(target: Callable[[], None]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a copy has its parent's handlers
    signal.signal(signal.SIGINT, signal.default_int_handler)
    end_with_parent()
    target()


def _loaded(level: str, load: Callable[[], Site]) -> Callable[..., Awaitable[None]]:
    logs.configure(level)
    end_with_parent()
    return Front(load()).answer
