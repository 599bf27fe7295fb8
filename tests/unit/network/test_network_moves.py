"""Which moves a network allows, by kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.inputs import find_footprint, load_footprints, load_parameters
from sim.network.localities import in_localities
from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Readmission, Route, Station
from sim.network.moves import possible_moves
from sim.system import prepare

pytestmark = pytest.mark.unit

DAY = Distribution("deterministic", {"value": 1.0})
PLANNED = Group(
    "planned", "Planned", "planned",
    arrivals=Arrivals("ward", rate=1.0),
    routes={
        "ward": (Route("team", 0.0), Route("home", 1.0)), "team": (Route("home", 1.0),),
        "away": (Route("ward", 1.0),),
    },
    readmission=Readmission(("home",), 0.1, DAY, "urgent", "ward"),
)  # fmt: skip
URGENT = Group("urgent", "Urgent", "urgent", routes={"ward": (Route("died", 1.0),)}, diverts_to="team")
STATIONS = tuple(Station(name, name, ((0.0, 1.0),), kind=name) for name in ("ward", "team", "away"))
NETWORK = CareNetwork("Two kinds", "", "days", ("home", "died"), STATIONS, (PLANNED, URGENT))

MOVES = (
    ("planned", "ward"), ("urgent", "ward"), ("urgent", "team"), ("ward", "team"), ("ward", "home"), ("ward", "died"),
    ("team", "home"),
)  # fmt: skip
"""The first come by arrival, readmission and diversion; a share of 0 is a way; nobody can get away."""


def test_every_way_in_and_on_is_a_move_once():
    assert possible_moves(NETWORK) == MOVES


def test_localities_have_the_moves_of_one():
    assert possible_moves(in_localities(NETWORK, 3)) == MOVES


def test_without_anybody_nobody_moves():
    assert possible_moves(replace(NETWORK, groups=())) == ()


def test_shares_of_a_footprint_do_not_change_its_moves():
    """So that runs of two plans have the same series."""
    parameters, devon = load_parameters(), find_footprint("devon", load_footprints())
    usual, none = (
        possible_moves(prepare(parameters.with_changes(changes), devon, 1, 20_000).network)
        for changes in ({}, {"flow.p1_to_home_care": 0.0, "flow.p1_died": 0.0})
    )
    assert usual == none
    assert ("p1", "home_care") in usual
