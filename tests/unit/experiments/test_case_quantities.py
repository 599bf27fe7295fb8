"""What follows from a census: slopes, shared places, states; and what a task brings home."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest

from sim.experiments.cases.quantities import QuantitiesTask, no_place, slope
from sim.experiments.cases.schema import QuantitySpec
from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Route, Settings, Station
from tests.oracles import erlang_b

pytestmark = pytest.mark.unit


def test_a_line_has_its_slope():
    assert slope([2.0, 5.0, 8.0]) == pytest.approx(3.0)
    assert np.isnan(slope([1.0]))


def test_no_place_at_one_station_is_the_share_of_days_with_exactly_so_many():
    """Three of the five days with at most four people have four."""
    census = np.array([[4, 5, 2, 4, 9, 4, 0]])
    assert no_place(census, [4], 0, 0) == 3 / 5
    assert np.isnan(no_place(census + 9, [4], 0, 0))


def test_shared_places_are_used_when_ones_own_are_full():
    """One own bed each and one shared: (2, 0) fills the first and the shared, so (2, 1) has no place for either."""
    census = np.array([[2, 2, 1, 0, 2, 3], [0, 1, 1, 2, 2, 0]])
    assert no_place(census, [1, 1], 1, 0) == 2 / 4
    assert no_place(census, [1, 1], 1, 1) == 2 / 4


def test_no_place_of_a_poisson_census_is_erlangs_loss():
    census = np.random.default_rng(3).poisson(8.0, (1, 200_000))
    assert no_place(census, [10], 0, 0) == pytest.approx(erlang_b(10, 8.0), abs=0.003)


def stay(value: float) -> Distribution:
    return Distribution("deterministic", {"value": value})


CLOCKWORK = CareNetwork(
    "Clockwork", "Two come every ten hours, for six hours, to one place", "hours", ("home",),
    (Station("desk", "Desk", ((0.0, 1.0),)),),
    tuple(
        Group(name, name, name, 0, Arrivals("desk", every=10.0), {"desk": stay(6.0)}, {"desk": (Route("home", 1.0),)})
        for name in ("first", "second")
    ),
    settings=Settings(10.0, 100.0, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"measure": "throughput", "station": "desk", "times": 60}, 60 * 16 / 100),
        ({"measure": "admitted", "station": "desk", "kind": "first"}, 0.1),
        ({"measure": "inside_slope"}, 0.04),
        ({"measure": "state", "state": {"desk.occupied": 1, "desk.blocked": 0}}, 1.0),
        ({"measure": "state", "state": {"desk.occupied": 0}}, 0.0),
    ],
)
def test_what_a_task_brings_home(asked, expected):
    task = QuantitiesTask(CLOCKWORK, 1, (QuantitySpec.model_validate(asked),))
    assert task(0, Event())[0] == pytest.approx(expected, abs=0.021)
