"""The ways of the people of one locality through a watched run: where each is at any time, and counts by day.

Times are days from the first midnight that was watched. What is counted at a midnight is read from the engine's state;
what happened in between, from its log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from sim.engines.contract import LogEntry
from sim.engines.whereabouts import DOING, Whereabouts
from sim.network.model import CareNetwork
from sim.system.watching import Watched

What = Literal["waits", "stays", "delayed", "blocked", "left"]
GAVE_UP, DIED = "gave_up", "died"
"""Where people leave for who never got a place."""
HOSPITAL = "acute"


@dataclass(frozen=True, slots=True)
class Step:
    """From `day` on a person does this, at a kind of place.

    what    "delayed": ready to leave, held for other reasons than a full place (seen at midnights); "blocked": held by
            a full place; "left": out of the network, `at` being the exit
    wants   the kind of place they are held for, or will go to
    """

    day: float
    what: What
    at: str
    wants: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One person: number, kind of group, and what they do; who was inside from the beginning has a first step at 0.

    comes   when they first came from outside in the watched time, other than back after going home; None if never
    """

    person: int
    kind: str
    steps: tuple[Step, ...]
    comes: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """People of the locality at one midnight, and since the one before; by kind of place unless said otherwise.

    waiting, occupied   without a place, and in places
    delayed, blocked    in hospital, by the kind of place they are to go to
    came                by kind of group; "back" are readmissions
    left                by exit, those who never got a place among them
    """

    waiting: Mapping[str, int]
    occupied: Mapping[str, int]
    delayed: Mapping[str, int]
    blocked: Mapping[str, int]
    came: Mapping[str, int]
    left: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tracks:
    """Everybody of a locality in a watched run.

    first    the first midnight, in days from the beginning of the run
    counts   one a midnight, the first at day 0
    places   by kind of place, the core places open at each midnight
    """

    first: int
    people: Mapping[int, Track]
    counts: tuple[Count, ...]
    places: Mapping[str, tuple[int, ...]]


@dataclass(slots=True)
class _Now:
    """One person as far as the log was read."""

    kind: str
    steps: list[Step] = field(default_factory=list)
    comes: float | None = None
    inside: bool = True


def tracks_of(watched: Watched, locality: str) -> Tracks:
    """The people whose home is one locality, by its name in the network."""
    return _Reader(watched, locality).read()


def spared(before: Tracks, after: Tracks) -> tuple[int, ...]:
    """People who came to the hospital in one run and did not in the other, though they are the same people."""
    return tuple(sorted(_came_to_hospital(before) - _came_to_hospital(after)))


def _came_to_hospital(tracks: Tracks) -> set[int]:
    return {each.person for each in tracks.people.values() if each.comes is not None and _first_door(each) == HOSPITAL}


def _first_door(track: Track) -> str:
    return next((step.at for step in track.steps if step.day == track.comes), "")


class _Reader:
    """Reads the log and the midnights together, in order of time."""

    def __init__(self, watched: Watched, locality: str) -> None:
        self.watched, self.network = watched, watched.network
        self.first = watched.midnights[0].time
        self.kinds = {each.name: each.kind for each in self.network.groups if each.locality == locality}
        self.stations = {each.name: each.kind for each in self.network.stations}
        self.locality = locality
        self.people: dict[int, _Now] = {}
        self.at_home: set[int] = set()
        self.came, self.left = Counter[str](), Counter[str]()
        self.counts: list[Count] = []

    def read(self) -> Tracks:
        self._begin()
        midnights = list(reversed(self.watched.midnights))
        for entry, following in zip(self.watched.log, self._wanted, strict=True):
            while midnights and midnights[-1].time <= entry.time:
                self._midnight(midnights.pop())
            if entry.group in self.kinds:
                self._one(entry, following)
        while midnights:
            self._midnight(midnights.pop())
        people = {number: self._track(number, now) for number, now in self.people.items()}
        return Tracks(int(self.first), people, tuple(self.counts), self._places())

    def _begin(self) -> None:
        """Everybody where they stand when the watching begins; who is at home may come back."""
        for number, kind, doing, holds, wants in self._rows(self.watched.beginning):
            if doing == "home":
                self.at_home.add(number)
                continue
            step = Step(0.0, "waits", wants) if doing == "waits" else Step(0.0, _what(doing), holds, wants)
            self.people[number] = _Now(kind, [step])

    def _rows(self, moment: Whereabouts) -> Iterator[tuple[int, str, str, str, str]]:
        """Number, kind, what they do, the kind of place held and wanted, of each person of the locality."""
        groups, stations = self.network.groups, [*(each.kind for each in self.network.stations), ""]
        columns = (moment.people, moment.groups, moment.doing, moment.holds, moment.wants)
        for person, group, doing, holds, wants in zip(*(each.tolist() for each in columns), strict=True):
            if groups[group].locality == self.locality:
                yield person, groups[group].kind, DOING[doing], stations[holds], stations[wants]

    @cached_property
    def _wanted(self) -> list[str]:
        """For each entry, the kind of place that the same person gets next, or waits for in the end."""
        moment = self.watched.midnights[-1]
        coming = {number: wants for number, _, _, _, wants in self._rows(moment) if wants}
        found = []
        for entry in reversed(self.watched.log):
            found.append(coming.get(entry.person, ""))
            if entry.event == "admitted":
                coming[entry.person] = self.stations[entry.station]
        return found[::-1]

    def _one(self, entry: LogEntry, following: str) -> None:
        """One event of one person."""
        if entry.event == "arrived":
            self._arrived(entry)
        elif entry.event == "admitted":
            self._step(entry, "stays", self.stations[entry.station])
        elif entry.event == "blocked":
            self._step(entry, "blocked", self.stations[entry.station], following)
        elif entry.event != "left":
            self._gone(entry)

    def _arrived(self, entry: LogEntry) -> None:
        now = self.people.setdefault(entry.person, _Now(self.kinds[entry.group], inside=False))
        back = entry.person in self.at_home or bool(now.steps)
        self.came["back" if back else self.kinds[entry.group]] += 1
        now.inside = True
        if not back:
            now.comes = entry.time - self.first
        self._step(entry, "waits", self.stations[entry.station])

    def _gone(self, entry: LogEntry) -> None:
        how = {"exited": entry.station, "died": DIED}.get(entry.event, GAVE_UP)
        self.left[how] += 1
        self._step(entry, "left", how)

    def _step(self, entry: LogEntry, what: What, at: str, wants: str = "") -> None:
        """The next step; what lasts no time is not one, and what came before the first midnight is where they began."""
        now, day = self.people[entry.person], max(entry.time - self.first, 0.0)
        now.inside = what != "left"
        if now.steps and now.steps[-1].day == day and now.steps[-1].what != "left":
            now.steps.pop()
        now.steps.append(Step(day, what, at, wants))

    def _midnight(self, moment: Whereabouts) -> None:
        """Count heads, and see who is held for other reasons than a full place."""
        waiting, occupied, delayed, blocked = (Counter[str]() for _ in range(4))
        for number, _, doing, holds, wants in self._rows(moment):
            if doing == "home":
                continue
            (occupied if holds else waiting)[holds or wants] += 1
            if doing == "delayed":
                self._held(number, moment.time - self.first, holds, wants)
            if holds == HOSPITAL and doing in ("delayed", "blocked"):
                (delayed if doing == "delayed" else blocked)[wants] += 1
        counts = (waiting, occupied, delayed, blocked, self.came, self.left)
        self.counts.append(Count(*(dict(each) for each in counts)))
        self.came, self.left = Counter(), Counter()

    def _held(self, number: int, day: float, holds: str, wants: str) -> None:
        steps = self.people[number].steps
        if steps[-1].what == "stays":
            steps.append(Step(day, "delayed", holds, wants))

    def _track(self, number: int, now: _Now) -> Track:
        comes = now.comes if now.comes is None or now.comes >= 0 else None
        return Track(number, now.kind, tuple(now.steps), comes)

    def _places(self) -> dict[str, tuple[int, ...]]:
        """Core places open at each midnight: those of the month it is in."""
        found: dict[str, tuple[int, ...]] = {}
        for index, station in enumerate(self.network.stations):
            if station.locality == self.locality:
                months = [(flow.start, flow.place_time[index] / (flow.end - flow.start)) for flow in self.watched.flows]
                found[station.kind] = tuple(_open(months, each.time) for each in self.watched.midnights)
        return found


def _what(doing: str) -> What:
    return "delayed" if doing == "delayed" else "blocked" if doing == "blocked" else "stays"


def _open(months: Sequence[tuple[float, float]], time: float) -> int:
    return next(round(places) for start, places in reversed(months) if start <= time)


def localities(network: CareNetwork) -> tuple[str, ...]:
    """Names of the localities of a network, in order."""
    return tuple(dict.fromkeys(each.locality or "" for each in network.stations))


def one_in(people: Iterable[int], share: int) -> Iterator[int]:
    """One person in so many, always the same ones, whatever run they are in."""
    return (number for number in people if _spread(number) % share == 0)


def _spread(number: int) -> int:
    """A whole number in place of a person's, in no order: the finaliser of SplitMix64 (Steele and others 2014)."""
    mask = (1 << 64) - 1
    mixed = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & mask
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
    return mixed ^ (mixed >> 31)
