"""What happened to each person of one replication, as an event log in the format of vidigi, for animations.

One row an event: `arrival` first; then, for each place, a `queue` row when the wait begins, `resource_use` and
`resource_use_end`; `depart` last. Rows are in the order in which things happened. See docs/reference/event-log.md.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field, fields
from heapq import heappop, heappush
from io import StringIO
from math import floor

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import LogEntry
from sim.engines.start import Present, people_present
from sim.inputs import Fault, Faults
from sim.network import CareNetwork
from sim.randomness.streams import Streams

MOST_ROWS = 200_000
"""Rows of a log at most: an animation shows some hundreds of people, and a spreadsheet ends at a million rows."""

PARTS = 50
"""Parts a run is made in, so that a log which grows too long is noticed on the way."""

SOMEWHERE = "next_place"
"""What somebody waits for who was not admitted before the log ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event, in the columns of the file.

    entity_id    one visit of one person, from 1; who comes back is somebody new
    pathway      the group
    event_type   arrival_departure, queue, resource_use or resource_use_end
    event        arrival, depart, or the station with _wait_begins, _begins, _blocked or _ends
    time         in the network's unit, from the end of the warm-up
    resource_id  which place of the station, from 1; None where no place is taken or given up
    run_number   the replication, from 1
    left_by      at `depart`: the exit, or lost, reneged or died
    """

    entity_id: int
    pathway: str
    event_type: str
    event: str
    time: float
    resource_id: int | None
    run_number: int
    left_by: str | None


COLUMNS = tuple(each.name for each in fields(Row))


def event_log(
    network: CareNetwork,
    seed: int,
    replication: int,
    warm_up: float,
    run: float,
    look: Callable[[], None] = lambda: None,
) -> tuple[Row, ...]:
    """Every event of one replication after its warm-up; who is inside then arrives at time 0, where they stand.

    look   called now and then; what it raises ends the run
    Raises Faults when the log would be longer than MOST_ROWS.
    """
    engine = CompiledEngine(network, seed, replication, log=True)
    if warm_up > 0:
        engine.advance(warm_up, on_the_way=look)
    before = len(engine.log)
    for part in range(1, PARTS + 1):
        engine.advance(warm_up + run * part / PARTS, on_the_way=look)
        if len(engine.log) - before > MOST_ROWS:
            raise _too_long(run * part / PARTS, len(engine.log) - before)
    writer = Writer(network, replication + 1, warm_up)
    rows = writer.rows(people_present(network, Streams(seed, replication)), engine.log)
    if len(rows) > MOST_ROWS:
        raise _too_long(run, len(rows))
    return tuple(rows)


def csv_text(rows: Iterable[Row]) -> str:
    """A log as CSV, with a line of column names."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in rows)
    return text.getvalue()


def _too_long(time: float, rows: int) -> Faults:
    fits = floor(time * MOST_ROWS / rows * 4 / 5)
    rule = f"holds more than {MOST_ROWS:,} events; about {fits} fit" if fits else f"holds over {MOST_ROWS:,} events"
    return Faults([Fault("", 0, "--run", "the time asked for", rule)])


@dataclass(slots=True)
class _Visit:
    """One person inside: where they hold a place, or what they wait for; `entity` is 0 until they are in a row."""

    pathway: str
    waits_for: str = ""
    held: str = ""
    place: int = 0
    blocked: bool = False
    entity: int = 0


@dataclass(slots=True)
class _Places:
    """Places of one station by number: the lowest free one is taken."""

    free: list[int] = field(default_factory=list)
    used: int = 0

    def take(self) -> int:
        if self.free:
            return heappop(self.free)
        self.used += 1
        return self.used

    def give_up(self, place: int) -> None:
        heappush(self.free, place)


class Writer:
    """Turns the engine's log into rows, one entry after the other."""

    def __init__(self, network: CareNetwork, run_number: int, begins: float) -> None:
        self.network, self.run_number, self.begins = network, run_number, begins
        self.visits: dict[int, _Visit] = {}
        self.places = {name: _Places() for name in network.station_names}
        self.told: Counter[tuple[int, str]] = Counter()
        """People who leave a station, by person and station, of whom that is written already."""
        self.entities = 0
        self.written: list[Row] = []

    def rows(self, present: Iterable[Present], log: Sequence[LogEntry]) -> list[Row]:
        """Every row of a run from its beginning."""
        for each in present:
            station, pathway = self.network.station_names[each.station], self.network.group_names[each.person.group]
            self.stand(each.person.number, pathway, "" if each.waits else station, station if each.waits else "")
        return self.follow(log)

    def stand(self, person: int, pathway: str, held: str, waits_for: str, *, blocked: bool = False) -> None:
        """Somebody who is inside already: with a place of a station, or waiting outside for one."""
        visit = self.visits[person] = _Visit(pathway, waits_for, held, blocked=blocked)
        if held:
            visit.place = self.places[held].take()

    def follow(self, log: Sequence[LogEntry]) -> list[Row]:
        """Every row of what was logged, once everybody who was inside stands where they stood."""
        began = False
        for entry, following in zip(log, _next_places(log), strict=True):
            if not began and entry.time >= self.begins:
                self._open()
                began = True
            self._one(entry, following)
        if not began:
            self._open()
        return self.written

    def _open(self) -> None:
        """Everybody inside when the log begins, as if they came to where they stand."""
        for visit in self.visits.values():
            self._write(visit, "arrival_departure", "arrival", self.begins)
            if visit.held:
                self._write(visit, "resource_use", f"{visit.held}_begins", self.begins, visit.place)
                if visit.blocked:
                    self._write(visit, "queue", f"{visit.held}_blocked", self.begins)
            else:
                self._write(visit, "queue", f"{visit.waits_for}_wait_begins", self.begins)

    def _one(self, entry: LogEntry, following: str) -> None:
        if entry.event == "arrived":
            visit = self.visits[entry.person] = _Visit(entry.group, waits_for=entry.station)
            self._write(visit, "arrival_departure", "arrival", entry.time)
            self._write(visit, "queue", f"{entry.station}_wait_begins", entry.time)
        elif entry.event == "left":
            self._left(entry, following)
        elif entry.event == "admitted":
            self._admitted(entry)
        elif entry.event == "blocked":
            visit = self.visits[entry.person]
            visit.blocked = True
            self._write(visit, "queue", f"{visit.held}_blocked", entry.time)
        else:
            self._departed(entry)

    def _admitted(self, entry: LogEntry) -> None:
        """A place is given; the one held until now is given up in the same moment."""
        visit = self.visits[entry.person]
        self._end(entry, visit)
        visit.held, visit.place, visit.blocked = entry.station, self.places[entry.station].take(), False
        self._write(visit, "resource_use", f"{entry.station}_begins", entry.time, visit.place)

    def _left(self, entry: LogEntry, following: str) -> None:
        """Who leaves a place without another one waits outside."""
        if self.told[entry.person, entry.station]:
            self.told[entry.person, entry.station] -= 1
            return
        visit = self.visits[entry.person]
        self._end(entry, visit)
        self.told[entry.person, entry.station] -= 1
        visit.waits_for, visit.blocked = following or SOMEWHERE, False
        self._write(visit, "queue", f"{visit.waits_for}_wait_begins", entry.time)

    def _departed(self, entry: LogEntry) -> None:
        visit = self.visits.pop(entry.person)
        self._end(entry, visit)
        how = entry.station if entry.event == "exited" else entry.event
        self._write(visit, "arrival_departure", "depart", entry.time, left_by=how)

    def _end(self, entry: LogEntry, visit: _Visit) -> None:
        if visit.held:
            self._write(visit, "resource_use_end", f"{visit.held}_ends", entry.time, visit.place)
            self.places[visit.held].give_up(visit.place)
            self.told[entry.person, visit.held] += 1
            visit.held, visit.place = "", 0

    def _write(
        self, visit: _Visit, kind: str, event: str, time: float, place: int | None = None, left_by: str | None = None
    ) -> None:
        if time < self.begins:
            return
        if not visit.entity:
            self.entities += 1
            visit.entity = self.entities
        after = time - self.begins
        self.written.append(Row(visit.entity, visit.pathway, kind, event, after, place, self.run_number, left_by))


def _next_places(log: Sequence[LogEntry]) -> Iterator[str]:
    """For each entry, the station that admits the same person next; empty if none does."""
    coming: dict[int, str] = {}
    found = []
    for entry in reversed(log):
        found.append(coming.get(entry.person, ""))
        if entry.event == "admitted":
            coming[entry.person] = entry.station
        elif entry.event == "arrived":
            coming.pop(entry.person, None)
    return reversed(found)
