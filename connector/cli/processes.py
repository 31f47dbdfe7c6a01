"""Processes that live and end together: the server's, and those in the background that are started again if they die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from multiprocessing.connection import wait

import structlog
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from connector.app import Wsgi
from connector.cli import logs
from connector.errors import UserError
from connector.settings import Settings

BLOCKING_THREADS = 4
GRACE_SECONDS = 10
RESTART_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Background:
    """A process beside the server. It is started again when it dies, until `stop`."""

    def __init__(self, name: str, target: Callable[[], None]) -> None:
        self._name = name
        self._target = target
        self._stopping = threading.Event()
        self._process = self._start()
        self._watcher = threading.Thread(target=self._watch, name=f"{name} watcher", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """End it: asked first, killed when it does not."""
        self._stopping.set()
        self._process.terminate()
        self._process.join(GRACE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._watcher.join(RESTART_SECONDS)

    def _start(self) -> multiprocessing.process.BaseProcess:
        # Spawned, not forked: threads and database connections of this process must not be copied.
        process = multiprocessing.get_context("spawn").Process(target=_alone, args=(self._target,), name=self._name)
        process.start()
        return process

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._process.join()
            if not self._stopping.wait(RESTART_SECONDS):
                log.error("process died, started again", process=self._name, code=self._process.exitcode)
                self._process = self._start()


def serve(settings: Settings, load: Callable[[], Wsgi], background: Sequence[Background] = ()) -> None:
    """Answer HTTP in this process group until SIGTERM or SIGINT, then end everything.

    ``load`` makes the WSGI callable in each server process: a module's function or a `partial` of one.
    """
    # Spawned, not forked: a lock that another thread of this process holds would stay locked in a copy for ever.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "wecena",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=BLOCKING_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        log_enabled=settings.log_level == "debug",
        log_level=LogLevels.info,
    )
    try:
        server.serve(target_loader=partial(_loaded, settings.log_level, load), wrap_loader=False)
    finally:
        stop(background)


def stop(background: Iterable[Background]) -> None:
    """End these processes, in parallel where they take their time."""
    threads = [threading.Thread(target=each.stop) for each in background]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


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
    end_with_parent()
    target()


def _loaded(level: str, load: Callable[[], Wsgi]) -> Wsgi:
    logs.configure(level)
    end_with_parent()
    return load()
