"""The right amount of delay: what places cost against what delay costs, for each organisation and for the place.

Whoever pays for places saves by having fewer; whoever is kept waiting for them pays for the delay. The sum of both is
least somewhere between: not at the fewest places, and not where nobody ever waits.

The least of many points is least partly by luck. So all of them are run anew with other people; those runs are what is
told, and what tells points apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.dynamics.capacity import DAYS_A_YEAR, OWNER
from sim.dynamics.costs import PAYS_FOR_OCCUPIED, prices
from sim.experiments.network_run import NetworkTask
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way, replicate
from sim.experiments.search.asking import Asker, Changes, Runs, enough, other_seed, with_other_people
from sim.experiments.search.capacity import kinds_of, station_faults, station_index, unknown_kind, with_places
from sim.experiments.search.dials import GROWTH, lever_dial, slider, steps_of, thinned
from sim.experiments.search.frontier import Frontier
from sim.experiments.told import Told
from sim.inputs import Fault, Parameters, raise_any
from sim.network import CareNetwork
from sim.results.measures import PARTS
from sim.results.statistics import Interval, interval

FloatArray = NDArray[np.float64]

WAITING = "people who wait"
HOSPITAL = "acute"
DELAYED = "delayed:capacity"
LIMITS_TO_OPENING = ("workforce.growth.community", "workforce.growth.social_care", "policy.capital")
USUAL_POINTS = 13


@dataclass(frozen=True, slots=True)
class Prices:
    """What delay costs.

    bed_day   pounds for a hospital bed held for a day for want of a place; None: what an open bed costs
    waiting   pounds for a day in which somebody waits outside for a place of this kind; None: what the place costs in
              full, since somebody cares for them meanwhile (unpaid care at replacement cost)
    """

    bed_day: float | None = None
    waiting: float | None = None

    def faults(self) -> list[Fault]:
        """What is wrong with them."""
        given = (("bed day", self.bed_day or 0.0), ("waiting", self.waiting or 0.0))
        rule = "must be pounds a day, 0 or more"
        return [Fault("", 0, name, f"{each:g}", rule) for name, each in given if not 0 <= each < np.inf]


@dataclass(frozen=True, slots=True, repr=False)
class DelayAnswer(Told):
    """The frontier of a kind of places in a footprint, pounds of the final year at base-year prices.

    staffed     whether staff and capital were taken to hold nothing back, as far as their levers reach
    held_back   places planned, not opened for lack of staff or capital, by point
    """

    plan: Resolved
    kind: str
    prices: Prices
    staffed: bool
    frontier: Frontier
    held_back: tuple[Interval, ...]

    @property
    def words(self) -> str:
        """Where the cost is least, for each who bears some and for the place."""
        from sim.experiments.search.words import a_year, frontier_sentence

        return frontier_sentence(self.frontier, a_year, PARTS)

    def table(self) -> pl.DataFrame:
        """A row for each point and bearer: at, places, delay, who, mean, low, high, least, tied."""
        from sim.experiments.search.tables import frontier_table

        return frontier_table(self.frontier)


def right_delay(
    plan: Resolved,
    kind: str,
    asked: Prices | None = None,
    way: Way | None = None,
    *,
    points: int = USUAL_POINTS,
    staffed: bool = False,
    keep: bool = True,
) -> DelayAnswer:
    """Cost of places against cost of delay in the final year, over the range of the lever of one kind of places.

    kind      p1 (with p2 and p3), p2, p3, home_care or care_home: places that people wait for in hospital
    points    of the lever that are tried
    staffed   as if staff and capital held nothing back, as far as their levers reach

    Raises Faults: no such kind, a price that is none, too few replications or points, or no place can be made.
    """
    asked = asked or Prices()
    raise_any([*unknown_kind(kind), *_hospital(kind), *_few(points), *asked.faults(), *enough(plan)])
    plan = _staffed(plan) if staffed else plan
    dial = lever_dial(GROWTH + kind, plan.parameters)
    chosen = thinned(dial.steps, points)
    searched, runs = _both(plan, kind, [dial.changes[step] for step in chosen], way, keep=keep)
    bill = _Bill(plan, kind, asked)
    frontier = Frontier(
        tuple(dial.steps[step] for step in chosen),
        tuple(interval(bill.final(each, "places")) for each in runs),
        tuple(interval(each.values[DELAYED][:, -1]) for each in runs),
        bill.all_costs(runs),
        bill.all_costs(searched),
    )
    held_back = tuple(interval(bill.final(each, "held_back")) for each in runs)
    return DelayAnswer(plan, kind, bill.asked, staffed, frontier, held_back)


def _both(
    plan: Resolved, kind: str, changes: Sequence[Changes], way: Way | None, *, keep: bool
) -> tuple[tuple[Runs, ...], tuple[Runs, ...]]:
    """Every point with the people of the search, and with others. Raises Faults when no place can be made."""
    names = [f"{what}:{each}" for what in ("places", "occupied", "held_back", "waiting") for each in kinds_of(kind)]
    times = plan.question.replications
    asker = Asker((DELAYED, *names), 2 * len(changes) * times, way, keep=keep)
    searched = asker.ask(plan, changes)
    reason = next((each.impossible for each in searched if each.impossible), "")
    raise_any([Fault("", 0, plan.footprint.name, reason.rstrip("."), "")] if reason else [])
    runs = asker.ask(with_other_people(plan, times), changes)
    asker.finish()
    return searched, runs


class _Bill:
    """Who pays how much in the final year, pounds at base-year prices."""

    def __init__(self, plan: Resolved, kind: str, asked: Prices) -> None:
        self.kinds, self.price = kinds_of(kind), prices(plan.parameters)
        self.asked = Prices(
            self.price[HOSPITAL] if asked.bed_day is None else asked.bed_day,
            self._in_full(plan.parameters) if asked.waiting is None else asked.waiting,
        )

    def all_costs(self, runs: Sequence[Runs]) -> dict[str, FloatArray]:
        """Pounds by who bears them, shape (points, replications)."""
        costs = [self._costs(each) for each in runs]
        return {who: np.stack([each[who] for each in costs]) for who in costs[0]}

    def _costs(self, runs: Runs) -> dict[str, FloatArray]:
        owner = OWNER[self.kinds[0]]
        paid = "occupied" if owner == PAYS_FOR_OCCUPIED else "places"
        places = np.sum([self.price[kind] * runs.values[f"{paid}:{kind}"][:, -1] for kind in self.kinds], axis=0)
        return {
            HOSPITAL: (self.asked.bed_day or 0.0) * runs.values[DELAYED][:, -1] * DAYS_A_YEAR,
            owner: places * DAYS_A_YEAR,
            WAITING: (self.asked.waiting or 0.0) * self.final(runs, "waiting") * DAYS_A_YEAR,
        }

    def _in_full(self, parameters: Parameters) -> float:
        """Pounds a day of a place, whoever pays; of several kinds, the first."""
        kind = self.kinds[0]
        if OWNER[kind] == PAYS_FOR_OCCUPIED:
            return parameters.value(f"finance.cost_{kind}_week", unit="gbp_per_day")
        return self.price[kind]

    def final(self, runs: Runs, what: str) -> FloatArray:
        """The final year of all kinds together, by replication."""
        total: FloatArray = np.sum([runs.values[f"{what}:{kind}"][:, -1] for kind in self.kinds], axis=0)
        return total


@dataclass(frozen=True, slots=True, repr=False)
class NetworkDelay(Told):
    """The frontier of one station of a network, pounds a time unit."""

    network: CareNetwork
    station: str
    replications: int
    seed: int
    frontier: Frontier

    @property
    def words(self) -> str:
        """Where the cost is least, for each who bears some and for all together."""
        from sim.experiments.search.words import frontier_sentence, places_in_words

        return frontier_sentence(self.frontier, places_in_words, {})

    def table(self) -> pl.DataFrame:
        """A row for each point and bearer: at, places, delay, who, mean, low, high, least, tied."""
        from sim.experiments.search.tables import frontier_table

        return frontier_table(self.frontier)


def network_delay(
    network: CareNetwork,
    station: str,
    places: Sequence[int],
    *,
    seed: int = 1,
    replications: int | None = None,
    run: float | None = None,
    way: Way | None = None,
) -> NetworkDelay:
    """Cost of a network a time unit by places at one station, borne by the organisations of its stations.

    Raises Faults: no such station, nothing that costs anything, or too few replications.
    """
    replications = replications or network.settings.replications
    raise_any([*station_faults(network, station, replications), *_few(len(places))])
    asked = _Station(network, station_index(network, station), network.settings.run if run is None else run)
    searched, _ = asked.tried(places, seed, replications, way)
    priced = any(each.any() for each in searched.values())
    raise_any([] if priced else [Fault("", 0, network.name, "no station", "says what a place or waiting costs")])
    costs, waiting = asked.tried(places, other_seed(seed), replications, way)
    frontier = Frontier(
        tuple(map(float, places)),
        tuple(Interval(count, count, count, replications) for count in map(float, places)),
        tuple(interval(each) for each in waiting),
        costs,
        searched,
    )
    return NetworkDelay(network, station, replications, seed, frontier)


@dataclass(frozen=True, slots=True)
class _Station:
    """A station of a network, by position, and how long it is looked at."""

    network: CareNetwork
    place: int
    length: float

    def tried(
        self, places: Sequence[int], seed: int, replications: int, way: Way | None
    ) -> tuple[dict[str, FloatArray], FloatArray]:
        """Pounds a time unit by organisation, and people who wait or hold a place: shape (points, replications)."""
        owners = [each.organisation or each.name for each in self.network.stations]
        costs = np.empty((len(places), replications, len(owners)))
        waiting = np.empty((len(places), replications))
        for point, count in enumerate(places):
            varied = with_places(self.network, self.place, count)
            task = NetworkTask(varied, seed, self.network.settings.warm_up, self.length)
            found = replicate(task, replications, way)
            costs[point] = [each.stations["cost"] for each in found]
            waiting[point] = [each.stations["waiting"][self.place] + each.stations["blocked"].sum() for each in found]
        borne = {owner: costs[:, :, [each == owner for each in owners]].sum(axis=2) for owner in dict.fromkeys(owners)}
        return borne, waiting


def _staffed(plan: Resolved) -> Resolved:
    ends = {path: steps_of(slider(path))[-1] for path in LIMITS_TO_OPENING}
    return replace(plan, parameters=plan.parameters.with_changes(ends))


def _hospital(kind: str) -> list[Fault]:
    rule = "are what delay is counted in; name the places that people in them wait for"
    return [Fault("", 0, "kind", "hospital beds", rule)] if kind == HOSPITAL else []


def _few(points: int) -> list[Fault]:
    return [] if points >= 3 else [Fault("", 0, "points", str(points), "must be 3 or more, or nothing lies between")]
