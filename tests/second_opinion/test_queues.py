"""Flow once more: care networks run by Ciw, compared with our engine within what chance explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import hypot, isnan

import numpy as np
import pytest
from ciw import Simulation
from scipy import stats

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow
from sim.experiments.network_measures import kind_measures
from sim.experiments.network_run import run_network
from sim.network import find_network, load_network
from sim.network.model import CareNetwork, Group
from sim.results.statistics import Interval, interval
from tests.second_opinion.ciw_network import MEASURES, CannotBeExpressedError, as_ciw, measures, refusals, run_ciw

pytestmark = pytest.mark.agreement

STANDARD_ERRORS = 3


@dataclass(frozen=True)
class Size:
    """How long and how often Ciw runs, in time units; our engine is quick, and runs more often.

    Often rather than long: a standard error of a few replications is itself too uncertain to be held against.
    """

    warm_up: float
    run: float
    replications: int = 40
    ours: int = 200

    @property
    def end(self) -> float:
        """When a replication ends."""
        return self.warm_up + self.run


SIZES = {
    "tandem_blocking": Size(200, 1200),
    "two_stations_loss": Size(200, 3000),
    "ready_to_leave": Size(150, 400, 24),
}
CLINIC = Size(300, 4000)


def shipped(name: str) -> CareNetwork:
    return load_network(find_network(name))


@pytest.mark.parametrize("name", SIZES)
def test_ciw_finds_the_same(name):
    """Every measure that both have, at every station, within three standard errors of the difference."""
    network, size = shipped(name), SIZES[name]
    ours = run_network(network, seed=1, replications=size.ours, warm_up=size.warm_up, run=size.run)
    found = [measures(simulation, size.warm_up, size.end) for simulation in _replications(network, size)]
    for at, station in enumerate(network.stations):
        for measure in MEASURES:
            expected = ours.station(station.name)[measure]
            if not isnan(expected.mean):
                _assert_near([each[measure][at] for each in found], expected, f"{name}, {station.name}, {measure}")


def test_who_is_urgent_goes_first_in_both():
    """The clinic with a third of its people urgent, who are seen before the others though nobody is sent out."""
    network = first_things_first()
    found = list(_replications(network, CLINIC))
    flows = [_flow(network, replication) for replication in range(CLINIC.ours)]
    for group in network.groups:
        theirs = [measures(each, CLINIC.warm_up, CLINIC.end, group.name)["wait"][0] for each in found]
        ours = interval([kind_measures(network, flow, group.kind)["wait"][0] for flow in flows])
        _assert_near(theirs, ours, f"wait of {group.name}")


def first_things_first() -> CareNetwork:
    clinic = shipped("clinic_queue")
    (everybody,) = clinic.groups

    def part(name: str, priority: int, share: float) -> Group:
        arrivals = replace(everybody.arrivals, rate=everybody.arrivals.rate * share)
        return replace(everybody, name=name, kind=name, priority=priority, arrivals=arrivals)

    return replace(clinic, groups=(part("urgent", 0, 1 / 3), part("others", 1, 2 / 3)))


def _flow(network: CareNetwork, replication: int) -> Flow:
    engine = CompiledEngine(network, 1, replication)
    engine.advance(CLINIC.warm_up)
    return engine.advance(CLINIC.end)


def _replications(network: CareNetwork, size: Size) -> Iterator[Simulation]:
    return (run_ciw(network, seed, size.end) for seed in range(1, size.replications + 1))


def _assert_near(theirs: list[float], ours: Interval, what: str) -> None:
    values = np.array(theirs)
    said = f"{what}: Ciw {values.mean():.5g}, here {ours.mean:.5g}, standard error {_error(values, ours):.2g}"
    assert abs(values.mean() - ours.mean) <= STANDARD_ERRORS * _error(values, ours), said


def _error(theirs: np.ndarray, ours: Interval) -> float:
    """Standard error of the difference of two means; ours from the 95 % interval of Student's t."""
    own = (ours.high - ours.mean) / stats.t.ppf(1 - 0.05 / 2, ours.n - 1)
    return hypot(theirs.std(ddof=1) / np.sqrt(theirs.size), own)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("beds_or_packages", "starts with people inside"),
        ("emergency_beds", "hospital: stays end by weekday"),
        ("emergency_beds", "emergency: arrivals change with time"),
        ("two_wards_and_a_home", "patients: delay that is not about capacity"),
        ("stroke_rehab", "rehab: people come both from outside and from other stations"),
    ],
)
def test_what_ciw_cannot_express_is_refused_with_the_reason(name, why):
    network = shipped(name)
    assert why in refusals(network)
    with pytest.raises(CannotBeExpressedError, match=why):
        as_ciw(network)
