"""What is measured of a period, on a period written down by hand."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from sim.engines.contract import WAIT_BINS, Flow
from sim.experiments.network_measures import (
    KIND_MEASURES,
    STATION_MEASURES,
    SYSTEM_MEASURES,
    kind_measures,
    station_measures,
    system_measures,
)
from sim.experiments.network_run import NetworkTask
from sim.experiments.replicate import CancelledError
from sim.network.load import load_network, network_files
from sim.network.model import CareNetwork, Cost, Group, Station
from sim.results.waits import wait_bin

pytestmark = pytest.mark.unit

NETWORK = CareNetwork(
    "By hand", "Two stations", "days", ("home",),
    (
        Station("first", "First", ((0.0, 4.0),), cost=Cost(place=10, waiting=100, admission=7)),
        Station("second", "Second", ((0.0, float("inf")),), cost=Cost(occupied=3)),
    ),
    (Group("all", "All", "all"),),
)  # fmt: skip


@pytest.fixture
def flow():
    """Ten days, two stations, one kind: 20 came to the first, 4 were lost, 1 gave up; 12 went on."""
    waits = np.zeros((2, 1, WAIT_BINS), dtype=np.int64)
    waits[0, 0, 0], waits[0, 0, wait_bin(2.0, WAIT_BINS)] = 10, 5
    zeros, ints = np.zeros((2, 1)), np.zeros((2, 1), dtype=np.int64)
    return Flow(
        start=5.0,
        end=15.0,
        arrived=np.array([[20], [0]]),
        lost=np.array([[4], [0]]),
        reneged=np.array([[1], [0]]),
        died_waiting=ints,
        admitted=np.array([[15], [12]]),
        departed=np.array([[16], [8]]),
        readmitted=np.zeros(1, dtype=np.int64),
        diverted=np.zeros(1, dtype=np.int64),
        exits=np.array([12]),
        moved=np.array([[0, 12, 4], [0, 0, 8], [15, 0, 0]]),
        place_time=np.array([40.0, np.inf]),
        occupied_time=np.array([[30.0], [60.0]]),
        escalation_time=np.zeros(2),
        delay_time=np.array([[0.0, 0.0, 4.0], [0.0, 0.0, 0.0]]),
        blocked_time=np.array([[0.0, 8.0], [0.0, 0.0]]),
        waiting_time=np.array([[9.0], [6.0]]),
        waits=waits,
        wait_total=np.array([[10.5], [0.0]]),
        census=np.array([[3, 3, 4], [5, 6, 7]]),
        waiting_census=np.zeros((2, 3), dtype=np.int64),
        occupied=ints,
        waiting=ints,
        blocked=np.zeros((2, 2), dtype=np.int64),
        waiting_long=zeros.astype(np.int64),
        inside=0,
    )


def test_every_measure_in_the_list_is_measured(flow):
    assert list(station_measures(NETWORK, flow)) == list(STATION_MEASURES)
    assert list(system_measures(NETWORK, flow)) == list(SYSTEM_MEASURES)


def test_a_station_worked_by_hand(flow):
    found = {name: float(values[0]) for name, values in station_measures(NETWORK, flow).items()}
    assert found["occupied"] == 3
    assert found["utilisation"] == 0.75
    assert found["waiting"] == 0.9
    assert found["wait"] == 10.5 / 15
    assert found["wait_median"] == 0
    assert found["wait_p95"] == pytest.approx(2.0, rel=0.1)
    assert found["wait_each"] == 9 / 15
    assert (found["blocked"], found["blocked_each"]) == (0.8, 0.5)
    assert (found["delay"], found["delay_each"]) == (0.4, 0.25)
    assert (found["lost"], found["gave_up"]) == (0.2, 0.05)
    assert (found["admitted"], found["throughput"]) == (1.5, 1.6)
    assert found["occupied_p95"] == pytest.approx(3.9)
    assert (found["in_care"], found["stay_each"]) == (pytest.approx(1.8), 30 / 16)
    assert found["waited"] == 5 / 15


def test_what_a_station_costs(flow):
    """40 place-days at 10, 9 days of waiting at 100, 15 admissions at 7; 60 occupied days at 3; in ten days."""
    assert station_measures(NETWORK, flow)["cost"].tolist() == [140.5, 18.0]
    assert system_measures(NETWORK, flow)["cost"] == 158.5


def test_places_without_limit_have_no_price_by_the_place(flow):
    stations = tuple(replace(station, cost=Cost(place=1)) for station in NETWORK.stations)
    found = station_measures(replace(NETWORK, stations=stations), flow)["cost"]
    assert found[0] == 4
    assert np.isnan(found[1])


def test_one_kind_of_people_alone(flow):
    """Where everybody is of one kind, their measures are those of the station."""
    whole, kind = station_measures(NETWORK, flow), kind_measures(NETWORK, flow, "all")
    assert list(kind) == list(KIND_MEASURES)
    np.testing.assert_equal(kind, {name: whole[name] for name in KIND_MEASURES})


def test_what_has_no_meaning_at_a_station_is_not_a_number(flow):
    """Endless places have no utilisation; where nobody comes from outside there is no wait and no loss."""
    found = {name: float(values[1]) for name, values in station_measures(NETWORK, flow).items()}
    assert all(np.isnan(found[name]) for name in ("utilisation", "wait", "wait_median", "wait_p95", "lost"))
    assert found["wait_each"] == 0.5


def test_time_inside_is_littles_law(flow):
    """105 person-days for the 16 who were not turned away."""
    found = system_measures(NETWORK, flow)
    assert found["inside"] == 10.5
    assert found["time_inside"] == 105 / 16
    assert found["lost"] == 0.2
    assert found["throughput"] == 1.2


def test_a_network_to_which_nobody_comes(flow):
    nobody = np.zeros((2, 1), dtype=np.int64)
    found = system_measures(NETWORK, replace(flow, arrived=nobody, lost=nobody))
    assert np.isnan(found["time_inside"])
    assert np.isnan(found["lost"])


@pytest.mark.parametrize("warm_up", [0.0, 1e6])
def test_a_replication_that_nobody_wants_any_more_ends_on_the_way(warm_up):
    """In a warm-up or a run of millions of people."""
    clinic = load_network(network_files()["todays_position"])
    cancelled = Event()
    cancelled.set()
    with pytest.raises(CancelledError):
        NetworkTask(clinic, 1, warm_up, 1e6)(0, cancelled)
