"""The compiled engine by itself: arrivals of every kind, what may grow, what is refused, and running uncompiled."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.engines import compiled, records
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions, Flow
from sim.engines.reference import ReferenceEngine
from sim.network.load import load_network, network_files
from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Route, Station
from tests.agreement.both import assert_agree, coarse_clock, overloaded, whole

pytestmark = pytest.mark.agreement

ROOT = Path(__file__).parents[2]


def flow_bytes(flow: Flow) -> list[bytes]:
    return [np.asarray(getattr(flow, item.name)).tobytes() for item in fields(Flow)]


# ---- arrivals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["minutes", "hours", "days"])
def test_every_profile_of_arrivals_brings_the_same_people(unit):
    """By hour, weekday, month and year, with growth, busy days and a given series; from before time 0."""
    a_day = {"minutes": 1440.0, "hours": 24.0, "days": 1.0}[unit]
    profiles = Arrivals(
        "ward",
        rate=12.0 / a_day,
        by_hour=tuple(1.0 + 0.5 * np.sin(np.arange(24.0))),
        by_weekday=(1.2, 1.0, 1.0, 1.0, 1.1, 0.9, 0.8),
        by_month=tuple(1.0 + 0.2 * np.cos(np.arange(12.0))),
        by_year=(1.0, 1.5, 0.5),
        growth=0.1,
        dispersion=0.3,
    )
    series = Arrivals("ward", series=(0.0, 3.0, 1.0, 0.0, 2.0), dispersion=0.1)
    days = Distribution("exponential", {"mean": 2.0 * a_day})
    groups = tuple(
        Group(name, name, "all", arrivals=arrivals, stays={"ward": days}, routes={"ward": (Route("out", 1.0),)})
        for name, arrivals in (
            ("profiles", profiles),
            ("also", replace(profiles, by_hour=(), rate=2.0)),
            ("series", series),
        )
    )
    network = CareNetwork(
        "Profiles", "", unit, ("out",), (Station("ward", "Ward", ((0.0, 20.0),)),), groups, begins=date(2024, 2, 20)
    )
    more = Conditions(arrivals=np.array([3.5, 0.9, 1.0]))
    periods = [(0.0, None), (20.3, None), (50.0, more), (800.0, None)]
    assert assert_agree(network, periods, begins=-10.5) > 300


# ---- what may grow, and what is refused ----------------------------------------------------------------------


def test_room_for_people_and_for_the_log_grows_as_needed():
    assert (
        assert_agree(overloaded(), [(50.0, None), (51.0, Conditions(places=np.array([2_500.0]))), (60.0, None)]) > 9_000
    )


def test_a_group_without_a_stay_where_it_comes_is_refused():
    network = overloaded()
    lost = replace(network, groups=(replace(network.groups[0], stays={}),))
    with pytest.raises(ValueError, match="all: people come to 'ward'"):
        CompiledEngine(lost, 1, 1).advance(5.0)


def test_conditions_of_another_network_are_refused():
    """Compiled code does not look where it reads."""
    with pytest.raises(ValueError, match=r"places has shape \(2,\); this network needs \(1,\)"):
        CompiledEngine(overloaded(), 1, 1).advance(5.0, Conditions(places=np.ones(2)))


def test_nobody_can_be_diverted_to_nowhere():
    away = Conditions(arrivals=np.array([0.5]), diverted=np.array([0.5]))
    with pytest.raises(ValueError, match="diverts_to"):
        CompiledEngine(overloaded(), 1, 1).advance(5.0, away)


@pytest.mark.parametrize("engine", [CompiledEngine, ReferenceEngine])
def test_more_people_than_there_are_numbers_for_are_refused_by_the_name_of_their_station(engine):
    """Of two stations, the one whose arrivals are out of bounds is named."""
    stations = tuple(Station(name, name, ((0.0, 1.0),)) for name in ("ward", "clinic"))
    groups = tuple(
        replace(overloaded().groups[0], name=name, arrivals=Arrivals(name, rate=1.0), stays={name: whole(1.0)})
        for name in ("ward", "clinic")
    )
    groups = tuple(replace(each, routes={each.name: (Route("out", 1.0),)}) for each in groups)
    network = replace(overloaded(), stations=stations, groups=groups)
    too_many = Conditions(arrivals=np.array([1.0, 1_000.0]))
    with pytest.raises(ValueError, match=r"^arrivals at clinic reach more than .* times their usual peak"):
        engine(network, 1, 1).advance(5.0, too_many)


def test_time_does_not_go_back():
    engine = CompiledEngine(overloaded(), 1, 1)
    engine.advance(5.0)
    with pytest.raises(ValueError, match="must be after"):
        engine.advance(5.0)


def test_an_engine_that_stops_on_the_way_does_the_same():
    whole_way, in_parts = (
        CompiledEngine(load_network(network_files()["todays_position"]), 5, 1, log=True) for _ in range(2)
    )
    whole_way.advance(60.0)
    for until in (7.0, 7.5, 31.0, 60.0):
        in_parts.advance(until)
    assert whole_way.log == in_parts.log


NETWORKS = (coarse_clock(1.0, True), overloaded(), load_network(network_files()["todays_position"]))


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_a_pause_changes_nothing(network, monkeypatch):
    """Whoever looks on the way, at every chance there is, sees the same replication."""
    plain, paused, looks = CompiledEngine(network, 5, 1, log=True), CompiledEngine(network, 5, 1, log=True), []
    expected = [plain.advance(until) for until in (30.0, 900.0)]
    monkeypatch.setattr(compiled, "PAUSE_EVERY", 1)
    found = [paused.advance(until, on_the_way=lambda: looks.append(1)) for until in (30.0, 900.0)]
    assert [flow_bytes(flow) for flow in found] == [flow_bytes(flow) for flow in expected]
    assert paused.log == plain.log
    assert looks


def test_what_is_raised_on_the_way_ends_the_replication():
    def give_up() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        CompiledEngine(overloaded(), 1, 1).advance(10_000.0, on_the_way=give_up)


@pytest.mark.parametrize("turn", [1, 64, 2**20])
def test_the_size_of_the_calendar_is_a_matter_of_speed_alone(turn, monkeypatch):
    """A ring of one bucket, in which everybody lies, of a few, and of so many that most are empty."""
    network = coarse_clock(1.0, True)
    expected = CompiledEngine(network, 5, 1, log=True)
    expected.advance(60.0)
    monkeypatch.setattr(records, "TURN", turn)
    monkeypatch.setattr(records, "EVENTS_A_BUCKET", 2**20)
    found = CompiledEngine(network, 5, 1, log=True)
    found.advance(60.0)
    assert len(found.state.ring) == turn
    assert found.log == expected.log


def test_a_place_with_more_people_inside_has_more_buckets():
    """At most eight people to a bucket who are not due when it is opened: 100,000 want 12,500, and so 2 ** 14."""
    assert [records._turn(inside) for inside in (0, 32_767, 32_768, 100_000)] == [4096, 4096, 8192, 16_384]


def test_the_same_lines_run_uncompiled():
    """UPSTREAM_NO_COMPILE=1 needs no numba and gives the same events, without a warning."""
    lines = """
import sys
from sim.network.load import load_network, network_files
from tests.agreement.both import assert_agree, coarse_clock
assert assert_agree(coarse_clock(1.0, True), [(20.0, None)]) > 100
assert assert_agree(load_network(network_files()["todays_position"]), [(20.0, None), (45.0, None)]) > 100
assert "numba" not in sys.modules
"""
    environment = {**os.environ, "UPSTREAM_NO_COMPILE": "1"}
    command = [sys.executable, "-W", "error::RuntimeWarning", "-c", lines]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
