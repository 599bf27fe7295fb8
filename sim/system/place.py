"""A place made ready: everything that all replications of one question share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sim.dynamics.demand import Demand
from sim.dynamics.ledger import Ledger
from sim.dynamics.programmes import Programmes
from sim.inputs import (
    AGE_BANDS,
    STATIONS,
    STREAMS,
    Footprint,
    Parameters,
    find_footprint,
    load_footprints,
    load_population_index,
)
from sim.network.footprint import build_footprint
from sim.network.model import CareNetwork, Station
from sim.network.traffic import expected_load
from sim.system.outlook import MONTHS_A_YEAR, Outlook, look_ahead

FloatArray = NDArray[np.float64]

MONTH = 365.25 / MONTHS_A_YEAR
EIGHTEEN_WEEKS = 18 * 7.0
"""The referral-to-treatment standard for planned care, in days."""
SMALLEST_LOCALITY = 1000


@dataclass(frozen=True)
class Place:
    """A footprint under given parameters.

    network     the localities that are simulated
    weight      people who live there for each one who is simulated; results are multiplied by it
    warm_up     days before 1 April 2016, under the conditions of the base year
    long_wait   S: days of waiting after which a person counts as waiting too long
    outlook     all that the months bring whoever comes
    """

    parameters: Parameters
    footprint: Footprint
    network: CareNetwork
    demand: Demand
    programmes: Programmes
    ledger: Ledger
    outlook: Outlook
    weight: float
    years: int
    warm_up: float
    long_wait: FloatArray

    @property
    def months(self) -> int:
        """Length of the run."""
        return self.years * MONTHS_A_YEAR

    @cached_property
    def at(self) -> NDArray[np.intp]:
        """Index of the station of each kind (STATIONS) in each locality, N by L."""
        kinds = np.array([station.kind for station in self.network.stations])
        return np.stack([np.flatnonzero(kinds == kind) for kind in STATIONS])

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """Index of each kind of group, as flows count them."""
        return {kind: index for index, kind in enumerate(self.network.kinds)}

    @cached_property
    def emergency(self) -> NDArray[np.bool_]:
        """Which groups come as an emergency, G."""
        return np.array([group.template == "emergency" for group in self.network.groups])

    @cached_property
    def origin(self) -> str:
        """A hash of all that the events of the warm-up depend on, seed and replication apart."""
        pooling = self.parameters.value("capacity.pooling_share")
        facts = repr((self.network, self.long_wait.tolist(), pooling, self.warm_up))
        return sha256(facts.encode()).hexdigest()

    @property
    def localities(self) -> int:
        """Number of localities simulated."""
        return self.at.shape[1]


def prepare(parameters: Parameters, footprint: Footprint, years: int, people: float) -> Place:
    """Make a place ready.

    years    length of the run
    people   how many of the footprint's people are simulated; in as many localities as fit their usual size
    """
    check_possible(parameters)
    share = people / footprint.total
    localities = max(1, round(people / parameters.value("capacity.locality_people")))
    simulated = {band: footprint.people[band] * share for band in AGE_BANDS}
    network = _by_need(parameters, build_footprint(parameters, simulated, localities, footprint.name), simulated)
    population = load_population_index()
    demand = Demand.prepare(parameters, footprint, population)
    base_places, base_occupied = _base(network, 1.0 / share)
    base_volumes = dict(zip(STREAMS, (demand.admissions.sum(axis=1) / MONTHS_A_YEAR).tolist(), strict=True))
    programmes = Programmes.prepare(parameters, footprint, population)
    ledger = Ledger.prepare(parameters, footprint, base_places, base_occupied, base_volumes)
    return Place(
        parameters=parameters,
        footprint=footprint,
        network=network,
        demand=demand,
        programmes=programmes,
        ledger=ledger,
        outlook=look_ahead(parameters, network, demand, programmes, ledger, years * MONTHS_A_YEAR),
        weight=1.0 / share,
        years=years,
        warm_up=parameters.value("run.warm_up", unit="days"),
        long_wait=_long_wait(network, parameters.value("demand.unmet_threshold", unit="days")),
    )


def check_possible(parameters: Parameters) -> None:
    """Refuse numbers that are each in order and together leave nothing to simulate; raises ValueError."""
    if parameters.value("capacity.acute_beds") <= 0:
        raise ValueError("capacity.acute_beds is 0; a place without hospital beds cannot be simulated.")
    if sum(parameters.by("finance.cost_admission").values()) <= 0:
        raise ValueError("finance.cost_admission is 0 for every stream; one of them must cost something.")
    if parameters.value("capacity.locality_people") < SMALLEST_LOCALITY:
        raise ValueError(f"capacity.locality_people is below {SMALLEST_LOCALITY}; too few for a hospital.")


def _by_need(parameters: Parameters, network: CareNetwork, people: Mapping[str, float]) -> CareNetwork:
    """The network with England's places for so many heads shared out, in part or whole, by need by age.

    Need is the expected load of each kind of station, relative to as many people of England's ages.
    """
    follows = parameters.value("capacity.follows_need")
    england = find_footprint("england", load_footprints())
    scale = sum(people.values()) / england.total
    alike = {band: number * scale for band, number in england.people.items()}
    here = _load_by_kind(network)
    there = _load_by_kind(build_footprint(parameters, alike, 1, england.name))
    factor = {kind: 1.0 + follows * (here[kind] / there[kind] - 1.0) for kind in STATIONS}
    return replace(network, stations=tuple(_resized(station, factor[station.kind]) for station in network.stations))


def _load_by_kind(network: CareNetwork) -> dict[str, float]:
    load = expected_load(network).load.sum(axis=0)
    kinds = np.array([station.kind for station in network.stations])
    return {kind: float(load[kinds == kind].sum()) for kind in STATIONS}


def _resized(station: Station, factor: float) -> Station:
    escalation = station.escalation
    return replace(
        station,
        places=tuple((time, float(round(places * factor))) for time, places in station.places),
        escalation=replace(escalation, places=round(escalation.places * factor)) if escalation else None,
    )


def _base(network: CareNetwork, weight: float) -> tuple[dict[str, float], dict[str, float]]:
    """Places, and places in use, of the base year by kind, over the whole footprint."""
    load = expected_load(network).load.sum(axis=0)
    places, occupied = dict.fromkeys(STATIONS, 0.0), dict.fromkeys(STATIONS, 0.0)
    for index, station in enumerate(network.stations):
        here = station.places[0][1]
        places[station.kind] += here * weight
        occupied[station.kind] += min(float(load[index]), here) * weight
    return places, occupied


def _long_wait(network: CareNetwork, unmet: float) -> FloatArray:
    return np.array([EIGHTEEN_WEEKS if station.kind == "acute" else unmet for station in network.stations])
