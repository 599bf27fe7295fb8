"""Run any care network by itself, after a warm-up, and say how each station did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from threading import Event

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.engines.compiled import CompiledEngine
from sim.experiments.network_measures import (
    STATION_MEASURES,
    SYSTEM_MEASURES,
    heads,
    kind_measures,
    station_measures,
    system_measures,
)
from sim.experiments.replicate import Way, go_on, replicate
from sim.experiments.told import Told
from sim.network.model import CareNetwork
from sim.results.statistics import Interval, interval, mser5

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StationAnswer:
    """One station over replications; nan where a measure has no meaning, such as a share of endless places.

    kinds   by kind of people: the measures that can be had for one kind alone
    """

    name: str
    label: str
    measures: Mapping[str, Interval]
    kinds: Mapping[str, Mapping[str, Interval]]


@dataclass(frozen=True, slots=True, repr=False)
class NetworkAnswer(Told):
    """A network over replications, each with its 95 % interval.

    warm_up     time left out at the start of each replication, in time units, as is `run`
    needed      the warm-up that the MSER-5 rule finds in the census; None when the run is too short to tell
    """

    network: str
    time_unit: str
    warm_up: float
    run: float
    replications: int
    seed: int
    needed: float | None
    stations: tuple[StationAnswer, ...]
    system: Mapping[str, Interval]

    @property
    def words(self) -> str:
        """Which station is fullest, how many wait there, and how many are in the network."""
        from sim.experiments.words import network_sentence

        return network_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each station, kind of people and measure: station, kind, measure, mean, low, high.

        No station: the whole network; no kind: everybody.
        """
        from sim.experiments.save import network_table

        return network_table(self)

    def station(self, name: str) -> Mapping[str, Interval]:
        """The measures of one station; KeyError when there is no such station."""
        return {each.name: each.measures for each in self.stations}[name]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replication: S numbers by station measure, one by system measure, and the census from the start.

    kinds   by kind of people: S numbers by measure
    """

    stations: Mapping[str, FloatArray]
    kinds: Mapping[str, Mapping[str, FloatArray]]
    system: Mapping[str, float]
    census: FloatArray


@dataclass(frozen=True, slots=True)
class NetworkTask:
    """One replication of a network, from its number."""

    network: CareNetwork
    seed: int
    warm_up: float
    run: float

    def __call__(self, replication: int, cancelled: Event) -> Outcome:
        """The replication of this number, counted from 0; raises CancelledError soon after it is cancelled."""
        engine, look = CompiledEngine(self.network, self.seed, replication), partial(go_on, cancelled)
        before = engine.advance(self.warm_up, on_the_way=look) if self.warm_up > 0 else None
        flow = engine.advance(self.warm_up + self.run, on_the_way=look)
        census = [heads(each) for each in (before, flow) if each is not None]
        return Outcome(
            station_measures(self.network, flow),
            {kind: kind_measures(self.network, flow, kind) for kind in self.network.kinds},
            system_measures(self.network, flow),
            np.concatenate(census),
        )


def run_network(
    network: CareNetwork,
    *,
    seed: int = 1,
    replications: int | None = None,
    warm_up: float | None = None,
    run: float | None = None,
    way: Way | None = None,
) -> NetworkAnswer:
    """Run a network; what is None is as its file says. Times are in the network's time unit."""
    settings = network.settings
    warm_up = settings.warm_up if warm_up is None else warm_up
    run = settings.run if run is None else run
    replications = settings.replications if replications is None else replications
    outcomes = replicate(NetworkTask(network, seed, warm_up, run), replications, way)
    census = np.mean([outcome.census for outcome in outcomes], axis=0)
    cut = mser5(census)
    return NetworkAnswer(
        network=network.name,
        time_unit=network.time_unit,
        warm_up=warm_up,
        run=run,
        replications=replications,
        seed=seed,
        needed=float(cut) if cut < census.size else None,
        stations=tuple(
            StationAnswer(station.name, station.label, _over(outcomes, index), _by_kind(outcomes, index))
            for index, station in enumerate(network.stations)
        ),
        system={name: interval([each.system[name] for each in outcomes]) for name in SYSTEM_MEASURES},
    )


def _over(outcomes: tuple[Outcome, ...], station: int) -> dict[str, Interval]:
    return {name: interval([each.stations[name][station] for each in outcomes]) for name in STATION_MEASURES}


def _by_kind(outcomes: tuple[Outcome, ...], station: int) -> dict[str, dict[str, Interval]]:
    return {
        kind: {name: interval([each.kinds[kind][name][station] for each in outcomes]) for name in measures}
        for kind, measures in outcomes[0].kinds.items()
    }
