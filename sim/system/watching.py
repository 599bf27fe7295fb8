"""A replication looked at closely: in a few of its months, every event of every person, and who is where each midnight.

The months are lived through as in any run. In those that are watched, a second engine goes on from the same moment
under the same conditions, a day at a time, and writes down what happens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions, Flow, LogEntry, check_people
from sim.engines.whereabouts import Whereabouts, whereabouts
from sim.network.model import CareNetwork
from sim.results.history import History
from sim.system.coupling import coupled, engine_of
from sim.system.place import MONTH, Place
from sim.system.together import Together, together


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen.

    history     the whole run, as `simulate` has it
    began       days from the run's beginning at which the watching began
    beginning   where everybody was then
    log         every event since, in order; times are days from the run's beginning
    midnights   where everybody was at each whole day, in order
    flows       the watched months as the run itself counted them
    """

    network: CareNetwork
    history: History
    began: float
    beginning: Whereabouts
    log: tuple[LogEntry, ...]
    midnights: tuple[Whereabouts, ...]
    flows: tuple[Flow, ...]


def watch(
    place: Place,
    seed: int,
    replication: int,
    first: int,
    months: int,
    on_month: Callable[[int], None] | None = None,
    *,
    since: float | None = None,
) -> Watched:
    """One replication, of which so many months are watched, the first of them counted from 0.

    since   days from the run's beginning, within the first of these months, before which nothing is written down;
            None means from the month's own beginning, which is seldom a midnight

    Raises ValueError when the run has not so many months, or `since` is in another.
    """
    if first < 0 or months < 1 or first + months > place.months:
        raise ValueError(f"months {first} to {first + months} are watched; the run has {place.months}.")
    if since is not None and not first * MONTH <= since < (first + 1) * MONTH:
        raise ValueError(
            f"watched since day {since:g}; month {first} is days {first * MONTH:g} to {(first + 1) * MONTH:g}."
        )
    watching = _Watching(place, seed, replication, range(first, first + months), since)
    history = coupled(place, watching, on_month)
    assert watching.beginning is not None
    return Watched(
        network=place.network,
        history=history,
        began=watching.beginning.time,
        beginning=watching.beginning,
        log=tuple(watching.log),
        midnights=tuple(watching.midnights),
        flows=tuple(watching.flows),
    )


class _Watching:
    """Lives through the months, and through the watched ones twice."""

    def __init__(self, place: Place, seed: int, replication: int, watched: range, since: float | None) -> None:
        self.place, self.watched, self.month, self.since = place, watched, -1, since
        self.engine = engine_of(place, seed, replication)
        self.beginning: Whereabouts | None = None
        self.log: list[LogEntry] = []
        self.midnights: list[Whereabouts] = []
        self.flows: list[Flow] = []

    def advance(self, until: float, conditions: Conditions | None = None) -> Together:
        """The next month; what comes first is the warm-up. Raises PeopleLostError."""
        if self.month in self.watched:
            self._look(until, conditions)
        self.month += 1
        inside = self.engine.inside
        flow = self.engine.advance(until, conditions)
        check_people(inside, flow)
        if self.month - 1 in self.watched:
            self.flows.append(flow)
        return together(flow, self.place.at)

    def _look(self, until: float, conditions: Conditions | None) -> None:
        """The month a day at a time, from where the engine stands."""
        close = CompiledEngine.resumed(
            self.place.network, self.engine.snapshot(), log=True, long_wait=self.place.long_wait
        )
        if self.beginning is None and self.since is not None:
            close.advance(self.since, conditions)
        now, early = whereabouts(close), len(close.log)
        self.beginning = self.beginning or now
        if now.time == floor(now.time):
            self.midnights.append(now)
        day = floor(now.time) + 1
        while day < until:
            close.advance(day, conditions)
            self.midnights.append(whereabouts(close))
            day += 1
        close.advance(until, conditions)
        self.log += close.log[early:]
