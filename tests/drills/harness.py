"""Starts the service's real processes, kills them, starts them again, and ends them all whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from tests.drills.faults import WEB_POINTS, WORK_POINTS, Fault
from tests.drills.load import Ledger
from tests.drills.world import World

ROOT = Path(__file__).parents[2]
NURSERY = [sys.executable, "-m", "tests.drills.nursery"]
COMMAND = [sys.executable, "-c", "from connector.cli.main import main; main()"]
PATIENCE = 60.0
RUNNING = ("web", "work", "work")
YOUNG = 0.3
"""Seconds that a worker lives at least, so that it does something."""
YOUNG_COLD = 4.0
STALE_FAULT = 3.0
"""Seconds after which a process that does not come to its point is killed like any other."""
STALE_NEW_FAULT = 15.0
"""The same, while nobody came to that point yet: some are rarely passed while much is waiting on a busy machine."""


@dataclass(slots=True)
class Process:
    """A process in a session of its own; with its children it is one group."""

    role: str
    pid: int
    fault: Fault | None
    started_at: float
    cold: subprocess.Popen[bytes] | None = None


@dataclass(slots=True)
class Harness:
    """The processes of one service. Use as a context."""

    world: World
    roles: tuple[str, ...] = RUNNING
    with_faults: bool = False
    is_cold: bool = False
    seed: int = 0
    lease: float = 3.0
    """Seconds for which an effect is somebody's."""
    kills: int = 0
    web_killed_at: list[float] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)
    _numbers: int = 0
    _nursery: subprocess.Popen[str] | None = None
    _chance: random.Random = field(default_factory=random.Random)
    _marks: dict[str, list[Path]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._chance = random.Random(self.seed)  # noqa: S311  (no secret is drawn)
        with self.log.open("ab") as log:
            self._nursery = subprocess.Popen(  # noqa: S603  (our own command)
                NURSERY, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                start_new_session=True,
            )  # fmt: skip
        try:
            for role in self.roles:
                self.start(role)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    @property
    def log(self) -> Path:
        """What the processes said."""
        return self.world.folder / "processes.log"

    # --- one process ---

    def start(self, role: str, fault: Fault | None = None) -> Process:
        """Start a process: forked from the warm parent, or cold through the command line."""
        if self.is_cold:
            process = self._start_cold(role)
        else:
            order = {
                "start": role, "environ": dict(self.world.environ), "log": str(self.log),
                "fault": asdict(fault) if fault else None, "lease": self.lease,
            }  # fmt: skip
            process = Process(role, int(self._order(order)), fault, time.monotonic())
        self.processes.append(process)
        return process

    def kill(self, process: Process, number: int = signal.SIGKILL) -> None:
        """Send a signal to a process and all its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)

    def kill_children(self, process: Process) -> None:
        """Kill all that a process has started, and leave itself to notice."""
        for pid in _descendants(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def tend(self, *, restart: bool = True) -> list[Process]:
        """Start again what died; the dead are returned."""
        dead = self._dead()
        for process in dead:
            self.processes.remove(process)
            self.kill(process)  # children that outlived it
            if restart:
                self.start(process.role, self._next_fault(process.role) if self.with_faults else None)
        return dead

    def stop_all(self) -> None:
        """Kill all and start none."""
        for process in self.processes:
            self.kill(process)
        wait_until(lambda: not self.processes or self.tend(restart=False) == self.processes, "all are dead")

    # --- many ---

    def kill_randomly(self, kills: int, ledger: Ledger, *, longest: float = 0.6) -> None:
        """Kill this often at random moments and at named points, starting again each time."""
        while self.kills < kills:
            time.sleep(self._chance.uniform(0.02, longest))
            role = self._chance.choices(("web", "work"), (1, 3))[0] if not self.is_cold else RUNNING[self.kills % 2]
            ripe = [one for one in self.processes if one.role == role and self._is_ripe(one, ledger)]
            if ripe:
                self._kill(self._chance.choice(ripe))
            self.kills += len(self.tend()) + self._newly_struck_in_web()

    def struck(self) -> Counter[str]:
        """Named point -> how often a process died there."""
        return Counter(point for point, marks in self._marks.items() for mark in marks if mark.exists())

    def answers(self) -> bool:
        """Whether the web process answers."""
        try:
            return requests.get(f"{self.world.url}/healthz", timeout=1).ok
        except requests.RequestException:
            return False

    # --- parts ---

    def _is_ripe(self, process: Process, ledger: Ledger) -> bool:
        """Whether it has done something since it started, and does not go to a point of its own."""
        age = time.monotonic() - process.started_at
        if process.fault is not None and age < (STALE_FAULT if self.struck()[process.fault.point] else STALE_NEW_FAULT):
            return False
        young = YOUNG if process.cold is None else YOUNG_COLD
        waited = ledger.first_answer_after(process.started_at) if process.role == "web" else young
        return waited is not None and age > waited

    def _kill(self, victim: Process) -> None:
        if victim.role == "web":
            self.web_killed_at.append(time.monotonic())
        if victim.role == "web" and victim.cold is None and self._chance.random() < 0.3:
            self.kill_children(victim)
            self.kills += 1
            victim.started_at = time.monotonic()
        else:
            self.kill(victim)
            wait_until(lambda: self._is_dead(victim), f"{victim.role} is dead")

    def _next_fault(self, role: str) -> Fault | None:
        points = WEB_POINTS if role == "web" else WORK_POINTS
        if self._chance.random() < 0.4:
            return None
        struck = self.struck()
        fewest = min(struck[point] for point in points)
        point = self._chance.choice([point for point in points if struck[point] == fewest])
        self._numbers += 1
        mark = self.world.folder / f"struck-{self._numbers}"
        self._marks.setdefault(point, []).append(mark)
        nth = self._chance.randint(1, 3) if fewest else 1  # what is rarely passed on a slow machine is hit at once
        return Fault(point, nth, str(mark))

    def _newly_struck_in_web(self) -> int:
        """Deaths behind a web process that lives on: its fault is used up."""
        found = 0
        for process in self.processes:
            if process.role == "web" and process.fault and Path(process.fault.mark).exists():
                process.fault, found = None, found + 1
                process.started_at = time.monotonic()
                self.web_killed_at.append(process.started_at)
        return found

    def _dead(self) -> list[Process]:
        gone = set(self._order({"reap": True})) if not self.is_cold else set()
        cold = {one.pid for one in self.processes if one.cold is not None and one.cold.poll() is not None}
        return [one for one in self.processes if str(one.pid) in gone or one.pid in cold]

    def _is_dead(self, process: Process) -> bool:
        if process.cold is not None:
            return process.cold.poll() is not None
        stat = Path(f"/proc/{process.pid}/stat")
        try:
            return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True

    def _order(self, order: dict[str, Any]) -> Any:  # noqa: ANN401  (a pid or a dictionary of them)
        nursery = self._nursery
        assert nursery is not None
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write(json.dumps(order) + "\n")
        nursery.stdin.flush()
        line = nursery.stdout.readline()
        assert line, self.log.read_text(encoding="utf-8")[-4000:]
        return json.loads(line)

    def _start_cold(self, role: str) -> Process:
        environ = {**os.environ, **self.world.environ}
        with self.log.open("ab") as log:
            cold = subprocess.Popen(  # noqa: S603  (our own command)
                [*COMMAND, role], cwd=ROOT, env=environ, start_new_session=True, stdout=log, stderr=log
            )
        return Process(role, cold.pid, None, time.monotonic(), cold)

    def _close(self) -> None:
        for process in self.processes:
            self.kill(process)
            if process.cold is not None:
                process.cold.wait(PATIENCE)
        nursery = self._nursery
        if nursery is not None:
            nursery.communicate(timeout=PATIENCE)


def _descendants(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [one for child in map(int, children) for one in (child, *_descendants(child))]


@contextmanager
def running(world: World, **values: Any) -> Iterator[Harness]:  # noqa: ANN401  (the fields of a harness)
    """The processes of a service that answers already."""
    with Harness(world, **values) as harness:
        wait_until(harness.answers, "the service answers")
        yield harness


def wait_until(happens: Callable[[], bool], what: str, patience: float = PATIENCE) -> float:
    """Wait until something is so, and tell how many seconds that took; fails with ``what`` after too long."""
    begun = time.monotonic()
    while not happens():
        assert time.monotonic() - begun < patience, f"not within {patience:.0f} s: {what}"
        time.sleep(0.03)
    return time.monotonic() - begun
