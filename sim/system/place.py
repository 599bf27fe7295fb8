"""A place made ready: everything that all replications of one question share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sim.dynamics.demand import Demand
from sim.dynamics.ledger import Ledger
from sim.dynamics.programmes import Programmes
from sim.inputs import STATIONS, STREAMS, Footprint, Parameters, first_year, load_population_index
from sim.inputs.years import FIRST_YEAR
from sim.network.model import CareNetwork
from sim.system.base import BaseYear, base_year
from sim.system.outlook import MONTHS_A_YEAR, Outlook, look_ahead

FloatArray = NDArray[np.float64]

MONTH = 365.25 / MONTHS_A_YEAR
EIGHTEEN_WEEKS = 18 * 7.0
"""The referral-to-treatment standard for planned care, in days."""
SMALLEST_LOCALITY = 1000


@dataclass(frozen=True)
class Place:
    """A footprint under given parameters.

    base        the base year, with the network that is simulated
    weight      people who live there for each one who is simulated; results are multiplied by it
    warm_up     days before the first 1 April, under the conditions of the base year
    long_wait   S: days of waiting after which a person counts as waiting too long
    outlook     all that the months bring whoever comes
    """

    parameters: Parameters
    footprint: Footprint
    base: BaseYear
    demand: Demand
    programmes: Programmes
    ledger: Ledger
    outlook: Outlook
    weight: float
    years: int
    warm_up: float
    long_wait: FloatArray

    @property
    def network(self) -> CareNetwork:
        """The localities that are simulated."""
        return self.base.network

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
        facts = repr((self.base.content, self.long_wait.tolist(), pooling, self.warm_up))
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
    first = first_year(parameters)
    footprint, population = footprint.starting(first), load_population_index().starting(first)
    base = base_year(parameters, footprint, people)
    demand = Demand.prepare(parameters, footprint, population)
    base_volumes = dict(zip(STREAMS, (demand.admissions.sum(axis=1) / MONTHS_A_YEAR).tolist(), strict=True))
    programmes = Programmes.prepare(parameters, footprint, population)
    ledger = Ledger.prepare(parameters, footprint, base.places, base.occupied, base_volumes)
    return Place(
        parameters=parameters,
        footprint=footprint,
        base=base,
        demand=demand,
        programmes=programmes,
        ledger=ledger,
        outlook=look_ahead(parameters, base.network, demand, programmes, ledger, years * MONTHS_A_YEAR),
        weight=footprint.total / people,
        years=years,
        warm_up=parameters.value("run.warm_up", unit="days"),
        long_wait=_long_wait(base.network, parameters.value("demand.unmet_threshold", unit="days")),
    )


def check_possible(parameters: Parameters) -> None:
    """Refuse numbers that are each in order and together leave nothing to simulate; raises ValueError."""
    if parameters.value("capacity.acute_beds") <= 0:
        raise ValueError("capacity.acute_beds is 0; a place without hospital beds cannot be simulated.")
    if sum(parameters.by("finance.cost_admission").values()) <= 0:
        raise ValueError("finance.cost_admission is 0 for every stream; one of them must cost something.")
    if parameters.value(FIRST_YEAR) != first_year(parameters):
        raise ValueError(f"{FIRST_YEAR} is no whole number; a run begins on 1 April of a year.")
    if parameters.value("capacity.locality_people") < SMALLEST_LOCALITY:
        raise ValueError(f"capacity.locality_people is below {SMALLEST_LOCALITY}; too few for a hospital.")


def _long_wait(network: CareNetwork, unmet: float) -> FloatArray:
    return np.array([EIGHTEEN_WEEKS if station.kind == "acute" else unmet for station in network.stations])
