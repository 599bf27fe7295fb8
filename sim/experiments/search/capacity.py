"""The least capacity with which a stated level of service is kept: places of a footprint, or of a network's station."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, isfinite, sqrt

import polars as pl

from sim.experiments.network_measures import STATION_MEASURES
from sim.experiments.network_run import run_network
from sim.experiments.question import Resolved
from sim.experiments.refusals import too_few
from sim.experiments.replicate import Way
from sim.experiments.search.asking import Asker, Runs, enough
from sim.experiments.search.dials import GROWTH, lever_dial
from sim.experiments.search.edge import Verdict, least_step, most_judged
from sim.experiments.search.limits import Limits
from sim.experiments.search.needed import Needed, turn
from sim.experiments.told import Told
from sim.inputs import STATIONS, Fault, nearest, raise_any
from sim.network import CareNetwork, expected_load
from sim.results.statistics import Interval, interval

PLACES, HELD_BACK = "places", "held_back"
BETTER_LOW = ("waiting", "waited", "wait", "wait_median", "wait_p95", "wait_each", "lost", "gave_up", "utilisation")
"""Measures of a station that more places of its own make lower, or at least not higher."""
SPREADS = 10
"""Places tried beyond the offered load, in standard deviations of people in care if there were places without end."""


@dataclass(frozen=True, slots=True, repr=False)
class CapacityAnswer(Told):
    """How many places of a kind a footprint needs in the final year.

    needed   growth of the places, percent a year
    places   open in the final year, by growth tried; `held_back` those that lacked staff or capital
    """

    plan: Resolved
    kind: str
    limits: Limits
    needed: Needed
    places: dict[float, Interval]
    held_back: dict[float, Interval]

    @property
    def words(self) -> str:
        """The least growth of places that suffices."""
        from sim.experiments.search.words import capacity_sentence

        return capacity_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each growth tried: at, places, held_back, each limit's measure with its interval, and kept."""
        from sim.experiments.search.tables import capacity_table

        return capacity_table(self)


def least_capacity(
    plan: Resolved, kind: str, limits: Limits, way: Way | None = None, *, most: float | None = None, keep: bool = True
) -> CapacityAnswer:
    """The least growth of one kind of places with which limits are kept.

    kind   of STATIONS; with p1, p2 and p3 go too, as their lever does
    most   percent a year tried at most; None: what the lever allows
    keep   use and fill the folder of finished replications

    Raises Faults: no such kind, wrong limits, too few replications, or no place can be made.
    """
    raise_any([*unknown_kind(kind), *limits.faults(), *enough(plan)])
    dial = lever_dial(GROWTH + kind, plan.parameters, most)
    names = tuple(f"{what}:{each}" for what in (PLACES, HELD_BACK) for each in kinds_of(kind))
    runs = most_judged(len(dial.steps)) * plan.question.replications
    asker = Asker((*limits.series, *names), runs, way, keep=keep)
    needed = turn(plan, dial, limits.verdict, lambda found: limits.levels(found) | _open(found, kind), asker)
    asker.finish()
    places = {step: each.pop(PLACES) for step, each in needed.seen.items()}
    held_back = {step: each.pop(HELD_BACK) for step, each in needed.seen.items()}
    return CapacityAnswer(plan, kind, limits, needed, places, held_back)


def kinds_of(kind: str) -> tuple[str, ...]:
    """Kinds of places that a lever moves together."""
    return ("p1", "p2", "p3") if kind == "p1" else (kind,)


def unknown_kind(kind: str) -> list[Fault]:
    """What is wrong with the name of a kind of places."""
    rule = f"is not one of {', '.join(STATIONS)}"
    return [] if kind in STATIONS else [Fault("", 0, "kind", f'"{kind}"', rule, nearest(kind, STATIONS))]


def _open(runs: Runs, kind: str) -> dict[str, Interval]:
    """Places of the final year, all that move together."""
    return {
        what: interval(sum(runs.values[f"{what}:{each}"][:, -1] for each in kinds_of(kind)))
        for what in (PLACES, HELD_BACK)
    }


@dataclass(frozen=True, slots=True)
class Service:
    """A level of service at a station of a network: one measure, and the most that it may be.

    measure   of STATION_MEASURES, better when low
    """

    station: str
    measure: str
    level: float


@dataclass(frozen=True, slots=True, repr=False)
class Found(Told):
    """The least places of a station; None where even the most tried are too few.

    least     on the mean over replications; the bracket is `maybe` to `surely`
    load      people in care if there were places without end: the offered load
    tried     the measure by number of places tried
    one_way   whether more places never served worse, among those tried
    """

    network: CareNetwork
    service: Service
    replications: int
    seed: int
    load: float
    most: int
    least: int | None
    maybe: int | None
    surely: int | None
    one_way: bool
    tried: dict[int, Interval]

    @property
    def words(self) -> str:
        """The least places that suffice."""
        from sim.experiments.search.words import places_sentence

        return places_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each number of places tried: places, mean, low, high, kept."""
        from sim.experiments.search.tables import places_table

        return places_table(self)


def least_places(
    network: CareNetwork,
    service: Service,
    *,
    seed: int = 1,
    replications: int | None = None,
    run: float | None = None,
    most: int | None = None,
    way: Way | None = None,
) -> Found:
    """The least places with which a station serves as stated; the same people come whatever the places.

    most   places tried at most; None: the offered load and ten times its square root more
    Raises Faults: no such station or measure, or a station without limit or too few replications.
    """
    replications = replications or network.settings.replications
    raise_any(service_faults(network, service, replications))
    place = station_index(network, service.station)
    load = float(expected_load(network).load[:, place].sum())
    most = most or ceil(load + SPREADS * sqrt(max(load, 1.0)))
    measured: dict[int, Interval] = {}

    def judge(step: int) -> Verdict:
        varied = with_places(network, place, step + 1)
        found = run_network(varied, seed=seed, replications=replications, run=run, way=way)
        measured[step + 1] = each = found.station(service.station)[service.measure]
        return Verdict(each.mean <= service.level, each.high <= service.level, each.low <= service.level)

    edge = least_step(judge, most)
    least, maybe, surely = (None if step is None else step + 1 for step in (edge.least, edge.maybe, edge.surely))
    tried = dict(sorted(measured.items()))
    return Found(network, service, replications, seed, load, most, least, maybe, surely, edge.one_way, tried)


def with_places(network: CareNetwork, place: int, places: int) -> CareNetwork:
    """The network with so many places at one station, by position."""
    stations = list(network.stations)
    stations[place] = replace(stations[place], places=((0.0, float(places)),))
    return replace(network, stations=tuple(stations))


def station_index(network: CareNetwork, name: str) -> int:
    """Position of a station; ValueError when there is none."""
    return [each.name for each in network.stations].index(name)


def station_faults(network: CareNetwork, name: str, replications: int) -> list[Fault]:
    """What is wrong with searching the places of a station."""
    names = [each.name for each in network.stations]
    if name not in names:
        return [Fault("", 0, "station", f'"{name}"', f"is not in {network.name}", nearest(name, names))]
    return too_few(replications)


def service_faults(network: CareNetwork, service: Service, replications: int) -> list[Fault]:
    """What is wrong with a level of service."""
    found = station_faults(network, service.station, replications)
    if service.measure not in BETTER_LOW:
        rule = "is no measure of a station" if service.measure not in STATION_MEASURES else "is not better when low"
        found.append(Fault("", 0, "measure", f'"{service.measure}"', rule, nearest(service.measure, BETTER_LOW)))
    if not isfinite(service.level):
        found.append(Fault("", 0, "level", str(service.level), "must be a number"))
    return found
