"""Colours of teams: who is called by a colour has that one, and no two teams share a colour and a shape."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.figures.workshop import COLOURS
from dashboard.workshop.screens.compared import order_of
from dashboard.workshop.screens.table_shown import TEAMS
from sim.workshop.rules import MOST_TEAMS

pytestmark = pytest.mark.unit

STRONGEST = {"Blue": "b", "Green": "g", "Orange": "r", "Purple": "b", "Red": "r", "Yellow": "r"}
STYLE = Path(__file__).parents[4] / "dashboard" / "assets" / "workshop_board.css"


def orders(*teams):
    scene = SimpleNamespace(view=SimpleNamespace(teams=teams))
    return [order_of(scene, team) for team in teams]


def test_a_colour_for_each_name_that_is_offered():
    assert len(TEAMS) == COLOURS
    assert orders("Orange", "Blue", "Green") == [TEAMS.index(name) for name in ("Orange", "Blue", "Green")]


def test_others_take_what_is_left_in_the_order_they_came():
    assert orders("Tigers", "Blue", "Owls") == [1, 0, 2]
    many = [f"Team {number}" for number in range(MOST_TEAMS)]
    assert orders(*many) == list(range(MOST_TEAMS))
    assert len(set(orders("Red", *many[1:]))) == MOST_TEAMS


def test_the_style_sheet_gives_each_name_its_hue():
    """By which of red, green and blue is strongest, in both themes and on paper."""
    for number, name in enumerate(TEAMS):
        found = re.findall(rf"--team-{number}: #(\w\w)(\w\w)(\w\w);", STYLE.read_text())
        assert len(found) == 3
        for parts in found:
            strengths = [int(part, 16) for part in parts]
            assert "rgb"[strengths.index(max(strengths))] == STRONGEST[name]
