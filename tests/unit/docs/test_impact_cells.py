"""What is said beside a number about what leans on it."""

from __future__ import annotations

import pytest

from docs.print_reference.impact import impact_cells, impact_page
from sim.experiments.impact import load_impacts
from sim.inputs import load_parameters

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def known():
    return load_parameters()


def test_every_parameter_has_a_cell(known):
    cells = impact_cells(load_impacts(), known)
    assert cells.keys() == known.keys()
    assert all(cells.values())


def test_a_number_says_what_it_moves_and_a_choice_is_held(known):
    cells = impact_cells(load_impacts(), known)
    assert cells["finance.cost_pressure"].startswith("large: gap -")
    assert cells["policy.regime"] == "held"
    assert "†" in cells["demand.emergency_rate"]


def test_programmes_move_the_plan_and_not_the_baseline(known):
    cells = impact_cells(load_impacts(), known)
    moved = {each for name, each in cells.items() if name.endswith(".unit_cost") and each != "not in the plan"}
    assert moved
    assert all(each.startswith("none<br>on the plan ") for each in moved)


def test_what_is_worth_finding_out_is_of_low_confidence(known):
    page = impact_page(load_impacts(), known)
    part = page.split("## What is worth finding out")[1].split("\n## ")[0]
    names = [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")]
    assert names
    assert all(known[name].confidence == "low" for name in names)


def test_without_a_stored_table_the_pages_say_so(known):
    assert set(impact_cells(None, known).values()) == {""}
    assert "Nothing is stored" in impact_page(None, known)
