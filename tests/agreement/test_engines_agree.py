"""The compiled engine does what the reference engine does: event for event, count for count."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import fields, replace
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines.arrivals import Envelope, doors
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions, Flow
from sim.engines.reference import ReferenceEngine
from sim.inputs import find_footprint, load_footprints, load_parameters
from sim.network.load import load_network, network_files
from sim.network.localities import in_localities
from sim.network.model import (
    Arrivals,
    CareNetwork,
    Census,
    Distribution,
    Escalation,
    Group,
    Readmission,
    Route,
    Station,
)
from sim.randomness.streams import Streams
from sim.system.place import MONTH, Place, prepare
from tests.strategies import networks

pytestmark = pytest.mark.agreement

ROOT = Path(__file__).parents[2]
TEMPLATE = "footprint"
ALONE = [name for name in sorted(network_files()) if name != TEMPLATE]
Periods = Iterable[tuple[float, Conditions | None]]


def assert_agree(network: CareNetwork, periods: Periods, seed: int = 3, replication: int = 1, **options: object) -> int:
    """Both engines in step; the number of events they agreed on."""
    reference = ReferenceEngine(network, seed, replication, log=True, **options)
    compiled = CompiledEngine(network, seed, replication, log=True, **options)
    assert compiled.inside == reference.inside
    for until, conditions in periods:
        expected, found = (engine.advance(until, conditions) for engine in (reference, compiled))
        assert_same_flow(expected, found)
        assert compiled.inside == reference.inside
    assert len(compiled.log) == len(reference.log)
    for number, (entry, other) in enumerate(zip(reference.log, compiled.log, strict=True)):
        assert replace(other, time=entry.time) == entry, f"event {number}"
        assert other.time == pytest.approx(entry.time, rel=0.0, abs=1e-9)
    return len(reference.log)


def assert_same_flow(expected: Flow, found: Flow) -> None:
    for item in fields(Flow):
        left, right = (np.asarray(getattr(flow, item.name)) for flow in (expected, found))
        assert left.shape == right.shape, item.name
        if left.dtype.kind == "i":
            np.testing.assert_array_equal(right, left, err_msg=item.name)
        else:
            np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-9, err_msg=item.name)


# ---- networks that come as files -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALONE)
def test_every_network_file_gives_the_same_events(name):
    network = load_network(network_files()[name])
    end = min(network.settings.warm_up + network.settings.run, 800.0)
    assert assert_agree(network, [(end / 3, None), (end, None)], long_wait=np.ones(len(network.stations))) > 100


@pytest.fixture(scope="module")
def england() -> Place:
    parameters = load_parameters()
    people = 2 * parameters.value("capacity.locality_people")
    return prepare(parameters, find_footprint("england", load_footprints()), 1, people)


def months(network: CareNetwork, first: float, number: int) -> Periods:
    """Conditions that change every month, all of them: more and fewer people, stays, delays and places."""
    declared = np.array([station.places[0][1] for station in network.stations])
    averted = np.array([group.diverts_to is not None for group in network.groups])
    for month in range(number):
        wave = np.sin(month + np.arange(len(network.groups)))
        yield (
            first + (month + 1) * MONTH,
            Conditions(
                arrivals=1.0 + 0.1 * wave + 0.02 * month,
                diverted=np.where(averted, 0.03 * (month % 3), 0.0),
                stays=1.0 + 0.1 * wave[:, None] * np.ones(len(declared)),
                delays=np.full(len(declared), 1.0 - 0.1 * (month % 4)),
                places=np.round(declared * (1.0 + 0.03 * np.cos(month + np.arange(len(declared))))),
            ),
        )


@pytest.mark.parametrize("moving_share", [0.0, 0.5, 1.0])
def test_two_localities_month_by_month_under_changing_conditions(england, moving_share):
    begins = -20.0
    periods = [(0.0, None), *months(england.network, 0.0, 4)]
    events = assert_agree(
        england.network, periods, long_wait=england.long_wait, moving_share=moving_share, begins=begins
    )
    assert events > 10_000


def test_one_locality_month_by_month_under_changing_conditions():
    parameters = load_parameters()
    people = parameters.value("capacity.locality_people")
    place = prepare(parameters, find_footprint("england", load_footprints()), 1, people / 2)
    periods = months(place.network, 0.0, 8)
    assert assert_agree(place.network, periods, long_wait=place.long_wait) > 5_000


# ---- networks drawn at random --------------------------------------------------------------------------------


def factors(number: int, *among: float) -> st.SearchStrategy[np.ndarray]:
    return st.lists(st.sampled_from(among), min_size=number, max_size=number).map(np.array)


@st.composite
def conditions(draw: st.DrawFn, network: CareNetwork) -> Conditions | None:
    """Any conditions that the network allows: only arrivals by rate can be multiplied by more than 1."""
    groups, stations = len(network.groups), len(network.stations)
    if draw(st.booleans()):
        return None
    by_rate = all(isinstance(door, Envelope) for door in doors(network, Streams(0, 0)))
    may_divert = np.array([(group.diverts_to or "") in group.stays for group in network.groups])
    arrivals = draw(factors(groups, 0.0, 0.5, 0.75, *((1.25, 2.5) if by_rate else ())))
    return Conditions(
        arrivals=arrivals,
        diverted=np.where(may_divert, draw(factors(groups, 0.0, 0.125, 0.25)), 0.0),
        stays=draw(factors(groups * stations, 0.5, 1.0, 1.5)).reshape(groups, stations),
        delays=draw(factors(stations, 0.0, 1.0, 2.0)),
        places=draw(st.one_of(st.none(), factors(stations, 0.0, 1.0, 2.0, 4.0, inf))),
    )


@settings(max_examples=120)
@given(st.data())
def test_random_networks_under_random_conditions(data):
    network = data.draw(networks())
    periods = [(until, data.draw(conditions(network))) for until in (4.0, 9.5, 20.25, 45.0)]
    begins = data.draw(st.sampled_from((0.0, -3.0, -7.5)))
    assert_agree(network, periods, long_wait=np.full(len(network.stations), 1.5), begins=begins)


@settings(max_examples=40)
@given(st.data())
def test_random_networks_in_localities_that_share_their_places(data):
    network = in_localities(data.draw(networks(max_stations=3, max_groups=2)), data.draw(st.integers(2, 3)))
    share = data.draw(st.sampled_from((0.5, 1.0)))
    assert_agree(network, [(5.0, None), (30.0, data.draw(conditions(network)))], moving_share=share)


# ---- ties ----------------------------------------------------------------------------------------------------


def whole(value: float) -> Distribution:
    return Distribution("deterministic", {"value": value})


def coarse_clock(buffer: float, transfers_first: bool) -> CareNetwork:
    """Everything happens on quarters of a day: arrivals, ends of stays and delays, patience, steps of capacity."""
    stations = (
        Station("ward", "Ward", ((0.0, 6.0), (10.0, 3.0), (20.5, 9.0), (30.0, 6.0)), escalation=Escalation(2, 0.75)),
        Station("team", "Team", ((0.0, 2.0), (10.0, 4.0), (20.5, 1.0), (30.0, 5.0)), buffer=buffer),
        Station("home care", "Home care", ((0.0, 3.0), (20.5, 5.0)), transfers_first=transfers_first, waiting_room=3.0),
    )
    census = (Census(5, 3, {"team": 2}), Census(2, 1, {"home care": 1}), Census(3, 2))
    delay = Route("team", 0.5, whole(0.25))

    def group(name: str, every: float, priority: int, at: str) -> Group:
        return Group(
            name,
            name,
            name,
            priority,
            Arrivals(at, every=every),
            stays={
                "ward": whole(1.5),
                "team": Distribution("empirical", {}, (0.5, 1.0, 2.25)),
                "home care": whole(2.0),
            },
            routes={
                "ward": (delay, Route("home care", 0.25), Route("out", 0.25)),
                "team": (Route("home care", 0.5), Route("out", 0.5)),
                "home care": (Route("out", 1.0),),
            },
            patience={"ward": whole(1.0), "team": whole(0.75), "home care": whole(0.5)},
            dies_waiting={"ward": Distribution("empirical", {}, (0.5, 1.0, 5.0)), "team": whole(0.75)},
            readmission=Readmission(("out",), 0.5, whole(0.5), name, "ward", 2),
        )

    groups = (
        group("first", 0.25, 0, "ward"),
        group("second", 0.25, 0, "ward"),
        group("third", 0.5, 1, "team"),
        group("fourth", 0.5, 0, "home care"),
    )
    stations = tuple(replace(station, census=here) for station, here in zip(stations, census, strict=True))
    return CareNetwork("Coarse clock", "Ties everywhere", "days", ("out",), stations, groups, start="census")


@pytest.mark.parametrize("transfers_first", [True, False])
@pytest.mark.parametrize("buffer", [0.0, 1.0, 3.0, inf])
def test_ties_are_broken_alike(buffer, transfers_first):
    network = coarse_clock(buffer, transfers_first)
    cut = Conditions(places=np.array([2.0, 1.0, 4.0]), stays=np.full((4, 3), 0.5))
    periods = [
        (10.0, None),
        (10.25, cut),
        (20.5, None),
        (30.0, Conditions(places=np.array([9.0, 6.0, 2.0]))),
        (60.0, None),
    ]
    assert assert_agree(network, periods) > 1_500


@pytest.mark.parametrize("moving_share", [0.5, 1.0])
def test_ties_between_localities_are_broken_alike(moving_share):
    network = in_localities(replace(coarse_clock(1.0, True), start="empty"), 3)
    assert assert_agree(network, [(20.0, None), (60.0, None)], moving_share=moving_share) > 3_000


# ---- what may grow, and what is refused ----------------------------------------------------------------------


def overloaded() -> CareNetwork:
    """A queue without end: thousands wait where nobody was at the start."""
    station = Station("ward", "Ward", ((0.0, 1.0),))
    group = Group("all", "All", "all", arrivals=Arrivals("ward", rate=60.0), stays={"ward": whole(1.0)})
    return CareNetwork(
        "Overloaded", "", "days", ("out",), (station,), (replace(group, routes={"ward": (Route("out", 1.0),)}),)
    )


def test_room_for_people_and_for_the_log_grows_as_needed():
    assert (
        assert_agree(overloaded(), [(50.0, None), (51.0, Conditions(places=np.array([2_500.0]))), (60.0, None)]) > 9_000
    )


def test_a_group_without_a_stay_where_it_comes_is_refused():
    network = overloaded()
    lost = replace(network, groups=(replace(network.groups[0], stays={}),))
    with pytest.raises(ValueError, match="all: people come to 'ward'"):
        CompiledEngine(lost, 1, 1).advance(5.0)


def test_nobody_can_be_diverted_to_nowhere():
    away = Conditions(arrivals=np.array([0.5]), diverted=np.array([0.5]))
    with pytest.raises(ValueError, match="diverts_to"):
        CompiledEngine(overloaded(), 1, 1).advance(5.0, away)


def test_time_does_not_go_back():
    engine = CompiledEngine(overloaded(), 1, 1)
    engine.advance(5.0)
    with pytest.raises(ValueError, match="must be after"):
        engine.advance(5.0)


def test_an_engine_that_stops_on_the_way_does_the_same():
    whole_way, in_parts = (CompiledEngine(load_network(network_files()[ALONE[0]]), 5, 1, log=True) for _ in range(2))
    whole_way.advance(60.0)
    for until in (7.0, 7.5, 31.0, 60.0):
        in_parts.advance(until)
    assert whole_way.log == in_parts.log


def test_the_same_lines_run_uncompiled():
    """UPSTREAM_NO_COMPILE=1 needs no numba and gives the same events, without a warning."""
    lines = """
import sys
from tests.agreement.test_engines_agree import assert_agree, coarse_clock, load_network, network_files
assert assert_agree(coarse_clock(1.0, True), [(20.0, None)]) > 100
assert assert_agree(load_network(network_files()["todays_position"]), [(20.0, None), (45.0, None)]) > 100
assert "numba" not in sys.modules
"""
    environment = {**os.environ, "UPSTREAM_NO_COMPILE": "1"}
    command = [sys.executable, "-W", "error::RuntimeWarning", "-c", lines]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
