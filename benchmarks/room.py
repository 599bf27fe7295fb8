"""A workshop with sixty phones: `python -m benchmarks.room [--people 60] [--workshops NAME ...]`, or `--quick`.

Teams of five, one of each role, a facilitator and a projector, on a server of their own, through every round of a
ready workshop: they join, look once a second, decide every 4 to 8 seconds, wait for the round to be run, and say what
they will do. Who plays the phones runs on the same machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import numpy as np

from benchmarks import machine
from benchmarks.__main__ import ROUGH, keep
from benchmarks.child import ROOT
from benchmarks.memory import watch
from benchmarks.phones import BETWEEN_LOOKS, Device
from benchmarks.room_shown import shown
from sim.workshop import Template, load_template

RESULTS = Path(__file__).parent / "results" / "room"
READY = ("demand_or_flow", "fortress_or_place")
SERVER = (sys.executable, "-m", "dashboard", "--workshop", "--port", "0", "--no-browser")
PRIVATE = re.compile(r"http://127\.0\.0\.1:(\d+)(/workshop/host/\S+)")
FORM_SENT = "application/x-www-form-urlencoded"
LOOKS_ON = 15.0
"""Seconds for which results are looked at before the debrief."""
LONGEST_ROUND = 600.0
SHEETS_WITHIN = 10.0


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, str, str]]:
    """A server for a room, with nothing in its database and no replication kept: its process, host and private link."""
    kept = {"UPSTREAM_DATABASE": f"sqlite:///{folder / 'room.sqlite3'}", "UPSTREAM_CACHE": str(folder / "kept")}
    environment = os.environ | kept | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(SERVER, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        found = next(filter(None, map(PRIVATE.search, process.stdout)))
        Thread(target=process.stdout.read, daemon=True).start()
        yield process.pid, f"127.0.0.1:{found[1]}", found[2]
    finally:
        process.terminate()
        process.wait(timeout=60)


class Workshop:
    """One session and everybody in it."""

    def __init__(self, host: str, process: int, template: Template, people: int) -> None:
        self.process, self.template, self.over = process, template, Event()
        self.lead, self.board = Device(host, "console", people), Device(host, "board", people + 1)
        self.phones = [Device(host, "seat", each) for each in range(people)]
        self.ran: list[float] = []
        self.revealed: list[float] = []
        self.decided = [0.0, 0.0]
        """Seconds in which people decided, and those that the server's processors worked meanwhile."""
        self._threads: list[Thread] = []

    def made(self, link: str) -> None:
        """The facilitator makes the session and opens the console; the projector is turned on."""
        self.lead.opens("console", link)
        status, _ = self.lead.asks("make", "/workshop/make", f"workshop={self.template.name}", FORM_SENT)
        assert status == 303, self.lead.noted.problems
        self.lead.code = self.board.code = self.lead.moved.split("/")[2]
        self.lead.opens("console", self.lead.moved)
        self.board.opens("board", f"/workshop/{self.lead.code}/board")
        self._begins(self.board.watches, self.over)

    def joined(self, seconds: float) -> None:
        """Everybody joins within so many seconds."""
        begin = monotonic()
        for number, phone in enumerate(self.phones):
            at = float(phone.random.uniform(0.0, seconds))
            self._begins(self._takes_part, phone, number, begin + at)
        self._passes(seconds + 5.0)

    def round(self, number: int, deciding: float, talking: float) -> None:
        """One round, from the cards before it to what people say they will do."""
        for card in self.template.before[number] if self.template.before else ():
            self.lead.acts(act="PlayCard", card=card)
        say(f"{self.template.name}: round {number + 1}")
        self.lead.acts(act="Begin")
        at, worked = monotonic(), worked_by(self.process)
        self._passes(deciding)
        self.decided[0] += monotonic() - at
        self.decided[1] += worked_by(self.process) - worked
        self.lead.acts(act="Lock")
        sleep(1.0)
        run = monotonic()
        self.lead.acts(act="Run")
        while not self.lead.may("Reveal"):
            assert monotonic() < run + LONGEST_ROUND, "the round was never run"
            sleep(BETWEEN_LOOKS)
            self.lead.looks()
        self.ran.append(monotonic() - run)
        say(f"run in {self.ran[-1]:.0f} s")
        reveal = monotonic()
        self.lead.acts(act="Reveal")
        self._passes(LOOKS_ON)
        for each in self.phones:
            seen = [at - reveal for what, at in each.changed if what == "reveal" and at > reveal]
            self.revealed += seen[:1]
            each.noted.problems += [] if seen else [f"reveal of round {number + 1}: not seen"]
        self.lead.acts(act="Debrief")
        self._passes(talking)

    def ended(self) -> bool:
        """All is shown, and everybody opens their sheet; whether every act that was acknowledged is in the log."""
        self.lead.acts(act="Finish")
        self._passes(5.0)
        self.over.set()
        for each in self._threads:
            each.join()
        log = json.loads(self.lead.asks("export", f"/workshop/{self.lead.code}/session.json")[1])["log"]
        acts = Counter(each["act"] for each in log)
        return acts.total() - acts["Ran"] == sum(each.noted.acts for each in (*self.phones, self.lead))

    def _takes_part(self, phone: Device, number: int, at: float) -> None:
        sleep(max(0.0, at - monotonic()))
        phone.code = self.lead.code
        roles = self.template.roles
        phone.opens("page to join", f"/workshop/{phone.code}")
        phone.files()
        team, role = f"Table {number // len(roles) + 1}", roles[number % len(roles)]
        phone.acts(act="Join", name=f"Person {number + 1}", team=team, role=role)
        phone.opens("page of a seat", f"/workshop/{phone.code}")
        phone.noted.seconds["joining"].append(monotonic() - at)
        phone.watches(self.over, doing=True)
        self.over.wait(0)
        sleep(float(phone.random.uniform(0.0, SHEETS_WITHIN)))
        phone.opens("sheet", f"/workshop/{phone.code}/sheet")

    def _begins(self, work: Any, *given: Any) -> None:
        self._threads.append(Thread(target=work, args=given))
        self._threads[-1].start()

    def _passes(self, seconds: float) -> None:
        """Time passes, and the facilitator looks at the console."""
        until = Event()
        stop = Thread(target=lambda: (sleep(seconds), until.set()))
        stop.start()
        self.lead.watches(until)
        stop.join()


def measure(name: str, people: int, joining: float, deciding: float, talking: float) -> dict[str, Any]:
    """What a room saw of one workshop from beginning to end."""
    template, before = load_template(name), machine.load()
    memory, beside, over = list[int](), list[int](), Event()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (process, host, link):
        watching = Thread(target=watch, args=(process, over, memory, beside))
        watching.start()
        room = Workshop(host, process, template, people)
        try:
            room.made(link)
            room.joined(joining)
            for number in range(len(template.rounds)):
                room.round(number, deciding, talking)
            whole = room.ended()
        finally:
            room.over.set()
            over.set()
            watching.join()
    return {
        "load": [before, machine.load()],
        "times": [joining, deciding, talking],
        "memory": memory,
        "beside": beside,
        "people": people,
        "whole": whole,
        **found(room),
    }


def found(room: Workshop) -> dict[str, Any]:
    """What everybody noted, put together."""
    everybody = [each.noted for each in (*room.phones, room.lead, room.board)]
    names = sorted({name for each in everybody for name in each.seconds})
    by_phase = {
        phase: [
            sum(each.noted.bytes[phase] for each in room.phones),
            sum(each.noted.spent[phase] for each in room.phones),
        ]
        for phase in ("lobby", "decide", "lock", "run", "reveal", "debrief", "finished")
    }
    return {
        "seconds": {name: spread([one for each in everybody for one in each.seconds[name]]) for name in names},
        "ran": room.ran,
        "revealed": spread(room.revealed),
        "decided": room.decided,
        "bytes": by_phase,
        "news": sum(each.news for each in everybody),
        "acts": sum(each.acts for each in everybody),
        "refused": Counter(words for each in everybody for words in each.refused),
        "problems": sorted(words for each in everybody for words in each.problems),
    }


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """How many there were, the middle, the 95th of a hundred, and the longest."""
    if not seconds:
        return {"count": 0}
    middle, late = (float(each) for each in np.quantile(seconds, [0.5, 0.95]))
    return {"count": len(seconds), "middle": middle, "late": late, "most": max(seconds)}


def say(words: str) -> None:
    """Tell the person who waits."""
    print(words, file=sys.stderr, flush=True)


def worked_by(process: int) -> float:
    """Seconds that processors have worked for a process; 0 where the system does not tell."""
    path = Path(f"/proc/{process}/stat")
    if not path.exists():
        return 0.0
    numbers = path.read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def newest() -> dict[str, Any] | None:
    """The newest results of whole workshops; names begin with the date."""
    kept = sorted(RESULTS.glob("*.json"))
    return dict(json.loads(kept[-1].read_text(encoding="utf-8"))) if kept else None


def main() -> int:
    """Measure, keep, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.room", description=__doc__)
    parser.add_argument("--people", type=int, default=60, help="how many phones (default: %(default)s)")
    parser.add_argument("--workshops", nargs="+", default=READY, help="ready workshops (default: both long ones)")
    parser.add_argument("--joining", type=float, default=60.0, help="seconds to join in (default: %(default)s)")
    parser.add_argument("--deciding", type=float, default=60.0, help="seconds of a round (default: %(default)s)")
    parser.add_argument("--talking", type=float, default=20.0, help="seconds of a debrief (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="a short one; changes no page")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    times = (20.0, 20.0, 10.0) if asked.quick else (asked.joining, asked.deciding, asked.talking)
    names = asked.workshops[:1] if asked.quick else asked.workshops
    results = {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": machine.description(),
        "workshops": {name: measure(name, asked.people, *times) for name in names},
    }
    name = f"{date.today().isoformat()}-{machine.short_name()}.json"
    path = (ROUGH / f"room-{name}") if asked.quick else RESULTS / name
    keep(path, results)
    print(f"{shown(results)}\n\nKept in {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
