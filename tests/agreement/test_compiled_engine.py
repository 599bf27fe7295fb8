"""The compiled engine by itself: arrivals of every kind, what may grow, what is refused, and running uncompiled."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions
from sim.network.load import load_network, network_files
from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Route, Station
from tests.agreement.both import assert_agree, overloaded

pytestmark = pytest.mark.agreement

ROOT = Path(__file__).parents[2]


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
