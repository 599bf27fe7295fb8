"""A roomful of people who move levers at once: `python -m benchmarks.load [--users 30] [--seconds 300]`, or `--quick`.

Each user does what the page does: moves a lever every 4 to 8 seconds, asks at once, asks again for a better answer
until it is settled or the next move comes, and gives up the old question then. Meanwhile a probe asks for little
things, as somebody does who opens the page, and the server's memory is noted.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np

from benchmarks import machine
from benchmarks.__main__ import ROUGH, keep
from benchmarks.cells import number, table
from tests.browser.conftest import Server

RESULTS = Path(__file__).parent / "results" / "load"
LEVERS = {
    "demand.admissions_growth": (0.0, 6.0),
    "policy.shift_share": (0.0, 0.15),
    "capacity.growth.acute": (-3.0, 3.0),
    "finance.budget_growth.social_care": (-3.0, 4.0),
}
"""What is moved, and how far; two decimals, so that hardly ever two users ask the same."""

BETWEEN_MOVES = (4.0, 8.0)
AGAIN = 0.4
"""Seconds before asking again when the answer is not there yet, as the page has it."""

LIGHT = ("/", "/assets/page.css", "/_favicon.ico", "/shelf")
PROBE_EVERY = 0.25
WATCH_EVERY = 1.0
LONGEST = 60.0
"""Seconds after which a light request counts as lost."""

PAGE = 4096


@dataclass
class Seen:
    """What one user or the probe saw, in seconds."""

    moves: int = 0
    first: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    light: list[float] = field(default_factory=list)
    busy: int = 0
    problems: list[str] = field(default_factory=list)
    replications: int = 0


class User:
    """Somebody with a page of their own."""

    def __init__(self, address: str, place: str, number: int) -> None:
        self.host, self.place, self.who = urlsplit(address).netloc, place, f"user {number}"
        self.random = np.random.Generator(np.random.Philox(number))
        self.seen = Seen()

    def work(self, over: Event) -> None:
        """Move levers until it is over; users begin at different times."""
        over.wait(float(self.random.uniform(0.0, BETWEEN_MOVES[1])))
        while not over.is_set():
            began = monotonic()
            until = began + float(self.random.uniform(*BETWEEN_MOVES))
            self.seen.moves += 1
            self.follow(self.moved(), began, until)
            over.wait(max(0.0, until - monotonic()))

    def moved(self) -> str:
        """The link after another move."""
        path = str(self.random.choice(list(LEVERS)))
        return f"{self.place}&{urlencode({path: round(float(self.random.uniform(*LEVERS[path])), 4)})}"

    def follow(self, link: str, began: float, until: float) -> None:
        """Ask until the answer is settled or there is something else to ask."""
        have = 0
        while (left := until - monotonic()) > 0:
            asked = monotonic()
            reply = self.ask({"who": self.who, "link": link, "have": have, "theme": "light"}, left)
            if reply is None:
                break
            if reply.get("html"):
                if have == 0:
                    self.seen.first.append(monotonic() - began)
                have = reply["done"]
                if reply["settled"]:
                    self.seen.settled.append(monotonic() - began)
                    break
            elif reply["status"] != "ready":
                self.seen.busy += reply["status"] == "busy"
                sleep(max(0.0, min(asked + AGAIN, until) - monotonic()))
        self.seen.replications += have

    def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """The reply to a question; None when it was given up, or something is wrong."""
        connection = HTTPConnection(self.host, timeout=max(seconds, 0.01))
        try:
            connection.request("POST", "/ask", json.dumps(question), {"Content-Type": "application/json"})
            reply = connection.getresponse()
            if reply.status == 200:
                return dict(json.loads(reply.read()))
            self.seen.problems.append(f"{reply.status}")
        except TimeoutError:
            pass
        except (OSError, HTTPException) as error:
            self.seen.problems.append(type(error).__name__)
        finally:
            connection.close()
        return None


def probe(address: str, over: Event, seen: Seen) -> None:
    """Ask for little things in turn."""
    turn = 0
    while not over.wait(PROBE_EVERY):
        connection, began = HTTPConnection(urlsplit(address).netloc, timeout=LONGEST), monotonic()
        try:
            connection.request("GET", LIGHT[turn % len(LIGHT)])
            reply = connection.getresponse()
            reply.read()
            if reply.status == 200:
                seen.light.append(monotonic() - began)
            else:
                seen.problems.append(f"{reply.status} of {LIGHT[turn % len(LIGHT)]}")
        except (OSError, HTTPException) as error:
            seen.problems.append(type(error).__name__)
        finally:
            connection.close()
        turn += 1


def watch(process: int, over: Event, memory: list[int]) -> None:
    """Note the bytes that a process has in memory, every second; nothing where the system does not tell."""
    pages = Path(f"/proc/{process}/statm")
    while pages.exists() and not over.wait(WATCH_EVERY):
        memory.append(int(pages.read_text().split()[1]) * PAGE)


def measure(users: int, seconds: float, place: str) -> dict[str, Any]:
    """What so many users saw of a server of their own in so many seconds."""
    server = Server({"UPSTREAM_DATABASE": f"sqlite:///{ROUGH.absolute() / 'load.sqlite3'}"})
    ROUGH.mkdir(parents=True, exist_ok=True)
    address, over, memory, light = server.start(), Event(), list[int](), Seen()
    people = [User(address, place, each) for each in range(users)]
    threads = [Thread(target=each.work, args=(over,)) for each in people]
    threads += [Thread(target=probe, args=(address, over, light))]
    threads += [Thread(target=watch, args=(server.process.pid, over, memory))]
    before = machine.load()
    try:
        for each in threads:
            each.start()
        sleep(seconds)
    finally:
        over.set()
        for each in threads:
            each.join()
        server.stop()
    found = {name: sum((getattr(each.seen, name) for each in people), start()) for name, start in PARTS.items()}
    return {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": machine.description(),
        "load_before": before,
        "users": users,
        "seconds": seconds,
        "place": place,
        "memory": memory,
        **found,
        "light": light.light,
        "problems": sorted(found["problems"] + light.problems),
    }


PARTS = {each: type(value) for each, value in asdict(Seen()).items()}


def shown(results: dict[str, Any]) -> str:
    """What was found, as a table."""
    moves, megabytes = results["moves"], [each / 2**20 for each in results["memory"]]
    half = megabytes[len(megabytes) // 2 :]
    rows = [
        ("users, seconds, what is asked", f"{results['users']}, {results['seconds']:g}, `{results['place']}`"),
        ("moves of a lever", f"{moves:,}"),
        ("a first answer after", _times(results["first"])),
        ("moves that got one before the next move", _share(len(results["first"]), moves)),
        ("the settled answer after", _times(results["settled"])),
        ("moves that got it before the next move", _share(len(results["settled"]), moves)),
        ("replications of plans brought, a second", number(results["replications"] / results["seconds"])),
        ("replies that the model is busy", f"{results['busy']:,}"),
        ("a light request took", _times(results["light"])),
        ("errors", ", ".join(results["problems"]) or "none"),
    ]
    if megabytes:
        rows.append(("memory of the server, MB", f"{megabytes[0]:,.0f} at first, {max(megabytes):,.0f} at most"))
        rows.append(("memory in the second half, MB", f"from {half[0]:,.0f} to {half[-1]:,.0f}"))
    where = results["machine"]
    busy = f"load {results['load_before']:g} before"
    rows.append(("machine", f"{where['processor']}, {where['cores']} cores, {results['measured']}, {busy}"))
    return table(("", ""), rows)


def _times(found: list[float]) -> str:
    if not found:
        return "–"
    middle, late, most = (1000 * float(each) for each in (*np.quantile(found, [0.5, 0.95]), max(found)))
    return f"p50 {number(middle)} ms, p95 {number(late)} ms, at most {number(most)} ms"


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.0f} %)" if whole else "–"


def newest() -> dict[str, Any] | None:
    """The newest results of a whole run; names begin with the date."""
    found = sorted(RESULTS.glob("*.json"))
    return dict(json.loads(found[-1].read_text(encoding="utf-8"))) if found else None


def main() -> int:
    """Measure, keep, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--users", type=int, default=30, help="how many at once (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=300.0, help="for how long (default: %(default)s)")
    parser.add_argument("--place", default="place=dorset&years=5", help="what all look at (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="a minute; changes no page")
    asked = parser.parse_args()
    seconds = 60.0 if asked.quick else asked.seconds
    results = measure(asked.users, seconds, asked.place)
    name = f"{date.today().isoformat()}-{machine.short_name()}.json"
    path = (ROUGH / f"load-{name}") if asked.quick else RESULTS / name
    keep(path, results)
    print(f"{shown(results)}\n\nKept in {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
