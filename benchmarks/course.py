"""What our engines are driven through: a network, and its months with what holds in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from benchmarks.case import FIRST, Case, network_of
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions, Flow
from sim.inputs import find_footprint, load_footprints, load_parameters
from sim.inputs import resolve_scenarios as with_scenarios
from sim.network.model import CareNetwork
from sim.system import coupling, prepare, simulate

MONTHS_A_YEAR = 12
ENGLAND, PLAN = "england", "prevention_shift"
SEED = 1
Months = tuple[tuple[float, Conditions | None], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Everything but the seed.

    months    ends of the months, in days, and what holds in each
    warm_up   days from time 0 after which things are counted
    beds      stations where the wait is measured
    options   of the engine
    """

    network: CareNetwork
    months: Months
    warm_up: float
    beds: tuple[int, ...]
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def days(self) -> float:
        """Length of what is counted."""
        return self.months[-1][0] - self.warm_up


def course_of(case: Case) -> Course:
    """The reference case: the network file says all that changes."""
    months = round(case.years * MONTHS_A_YEAR)
    ends = tuple((case.days * (month + 1) / months, None) for month in range(months))
    return Course(network_of(case), ends, case.warm_up, (case.stations.index(FIRST),))


def footprint_course(people: float, years: float) -> Course:
    """So many people of England's ages, with the months that a run of the whole model under a plan gave them.

    Arrivals and stays change every month, diversions and places while money moves. Another seed would have met
    nearly the same.
    """
    parameters, england = with_scenarios(load_parameters(), [PLAN], {}), find_footprint(ENGLAND, load_footprints())
    place = prepare(parameters, england, round(years), people)
    with patch.object(coupling, "CompiledEngine", Noting):
        Noting.months = []
        simulate(place, SEED, 0)
    return Course(
        network=place.network,
        months=tuple(Noting.months),
        warm_up=0.0,
        beds=tuple(index for index, station in enumerate(place.network.stations) if station.kind == FIRST),
        options={
            "long_wait": place.long_wait,
            "moving_share": parameters.value("capacity.pooling_share"),
            "begins": -place.warm_up,
        },
    )


class Noting(CompiledEngine):
    """Notes the periods it is led through."""

    months: list[tuple[float, Conditions | None]]

    def advance(self, until: float, conditions: Conditions | None = None, **more: Any) -> Flow:
        Noting.months.append((until, conditions))
        return super().advance(until, conditions, **more)
