"""Drawings for a wall: everything inside its frame, and no two teams alike."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest

from dashboard.figures.axis import ticks
from dashboard.figures.drawing import drawing
from dashboard.figures.workshop import NAME, Panel, Row, cut, forest, symbol
from dashboard.figures.workshop_charts import Axis, Course, Reach, Spot, courses, plane
from dashboard.workshop.screens.told import change_words
from sim.results.statistics import Paired

pytestmark = pytest.mark.unit
SIZE = (860.0, 545.0)


def rows(count, low=90.0, high=110.0):
    return [Row(f"Team {n}", n, 100.0 + n, low, high, "100") for n in range(count)]


def xs(svg):
    found = [float(each.get(name)) for each in svg.iter() for name in ("x", "x1", "x2", "cx") if each.get(name)]
    return found + [float(pair.split(",")[0]) for each in svg.iter("polygon") for pair in each.get("points").split()]


@pytest.mark.parametrize("count", [1, 2, 6, 20])
@pytest.mark.parametrize(("low", "high"), [(90.0, 110.0), (-1e6, 1e6), (nan, nan)])
def test_every_row_lies_inside(count, low, high):
    svg = forest(Panel("Beds", rows(count, low, high), str, 105.0, "Doing nothing: 105"), 610, 230)
    assert all(0 <= x <= 610 for x in xs(svg))
    heights = [float(each.get(name)) for each in svg.iter() for name in ("y", "y1", "y2", "cy") if each.get(name)]
    assert all(0 <= y <= 230 for y in heights)
    assert svg.get("aria-label") == "Beds"


def test_a_number_that_is_not_known_is_told_and_not_drawn():
    svg = forest(Panel("Beds", [Row("Blue", 0, nan, nan, nan, "not known")], str, 1.0, ""), 610, 230)
    assert "not known" in [each.text for each in svg.iter("text")] and len(list(svg.iter("circle"))) == 1


def test_hollow_is_what_cannot_be_told():
    def is_hollow(sure):
        svg = forest(Panel("Beds", [Row("Blue", 0, 1.0, 0.5, 1.5, "1", sure)], str, 1.0, ""), 610, 230)
        return any("is-unsure" in each.get("class", "") for each in svg.iter())

    assert [is_hollow(True), is_hollow(False)] == [False, True]


def test_no_two_of_forty_teams_look_alike():
    looks = set()
    for order in range(40):
        made = symbol(drawing(24, 24, "", "k"), order, (12, 12))
        looks.add((made.get("class"), made.tag, made.get("points")))
    assert len(looks) == 40


def test_long_names_end_in_time():
    assert cut("Blue", 200) == "Blue"
    short = cut("A very long name that nobody reads on a wall", 200)
    assert short.endswith("\u2026") and NAME.width(short) <= 200


@pytest.mark.parametrize("count", [1, 4, 20])
def test_names_on_the_plane_do_not_lie_on_each_other(count):
    spots = [Spot(f"Team {n}", n, Reach(100.0, 90, 110), Reach(50.0 + n % 3, nan, nan), n < 4) for n in range(count)]
    svg = plane(spots, (Axis("Money", str), Axis("Flow", str)), 60.0, "All", SIZE)
    named = [each for each in svg.iter("text") if each.get("class") == "team-name"]
    assert len(named) == min(count, 4)
    spans = [(float(e.get("x")), float(e.get("x")) + NAME.width(e.text), float(e.get("y"))) for e in named]
    for at, one in enumerate(spans):
        for other in spans[at + 1 :]:
            assert one[1] <= other[0] or other[1] <= one[0] or abs(one[2] - other[2]) >= 20
    assert all(0 <= x <= SIZE[0] for x in xs(svg))


@pytest.mark.parametrize("rounds", [1, 2, 6])
def test_a_course_has_a_mark_for_every_round_that_was_played(rounds):
    reaches = [Reach(1.0 * n, n - 1.0, n + 1.0) for n in range(rounds)]
    missing = [Reach(nan, nan, nan), *reaches[1:]]
    svg = courses(
        [Course("A", 0, reaches), Course("B", 7, missing)], Axis("", str), [2.0] * rounds, "Over", (400.0, 440.0)
    )
    assert len(list(svg.iter("circle"))) == 2 * rounds - 1
    assert all(0 <= x <= 400 for x in xs(svg))


@pytest.mark.parametrize("most", [0.02, 0.7, 3.0, 12.0, 23.0, 480.0])
def test_what_is_counted_has_whole_numbers_on_its_axis(most):
    marks = ticks([0.0, most], whole=True)
    assert all(mark.is_integer() for mark in marks) and len(marks) >= 2 and marks[-1] >= most
    svg = courses([Course("A", 0, [Reach(most, 0, most)])], Axis("", str, whole=True), [0.0], "Over", (400.0, 440.0))
    said = [each.text for each in svg.iter("text") if "." in (each.text or "")]
    assert said and all(float(each).is_integer() for each in said)


def test_a_sure_change_too_small_to_be_written_is_not_written_as_nothing():
    tiny = Paired(-0.0004, -0.0006, -0.0002, 8, "better")
    assert change_words("occupancy:acute", tiny) == "less than 0.1 points lower"
    unsure = replace(tiny, verdict="no detectable difference")
    assert change_words("occupancy:acute", unsure).startswith("no detectable difference")
