"""When a figure passes, fails, or differs for a known reason; and when a property holds."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.cases.case import Figure, Property
from sim.experiments.cases.judge import judge_figure
from sim.experiments.cases.properties import judge_property, points_of
from sim.experiments.cases.results import CaseResult, FigureResult, plus_minus, tally
from sim.experiments.cases.schema import FigureSpec, PropertySpec, ToleranceSpec

pytestmark = pytest.mark.unit

AROUND_TEN = np.array([9.0, 10.0, 11.0, 10.0])
"""Mean 10, standard deviation 0.816, standard error 0.408."""


def judged(**keys: object) -> FigureResult:
    spec = FigureSpec.model_validate({"measure": "wait", "station": "desk", **keys})
    return judge_figure(Figure("", spec), AROUND_TEN)


def test_a_tolerance_is_the_sum_of_its_parts():
    tolerance = ToleranceSpec(absolute=1.0, relative=0.1, standard_errors=2.0)
    assert tolerance.allowed(-20.0, 3.0) == 1 + 2 + 6


@pytest.mark.parametrize(
    ("keys", "state"),
    [
        ({"value": 10.5, "tolerance": {"absolute": 0.5}}, "pass"),
        ({"value": 10.5, "tolerance": {"absolute": 0.4}}, "fail"),
        ({"value": 11.2, "tolerance": {"standard_errors": 3}}, "pass"),
        ({"value": 11.3, "tolerance": {"standard_errors": 3}}, "fail"),
        ({"value": 11.3, "error": 0.3, "tolerance": {"standard_errors": 3}}, "pass"),
        ({"above": 8, "below": 12}, "pass"),
        ({"above": 9}, "fail"),
    ],
)
def test_when_a_figure_passes(keys, state):
    assert judged(**keys).state == state


@pytest.mark.parametrize(
    ("value", "instead", "state"), [(20, 10.1, "known difference"), (20, 12, "fail"), (10.1, 20, "pass")]
)
def test_a_known_difference_must_be_where_it_is_said_to_be(value, instead, state):
    differs = {"instead": instead, "because": "a slip"}
    row = judged(value=value, tolerance={"absolute": 0.2}, differs=differs)
    assert row.state == state
    assert row.because == ("a slip" if state == "known difference" else "")


def test_a_figure_of_which_nothing_is_known_fails():
    spec = FigureSpec.model_validate({"measure": "wait", "value": 1, "tolerance": {"standard_errors": 3}})
    row = judge_figure(Figure("", spec), np.array([np.nan, np.nan]))
    assert (row.state, row.found) == ("fail", "-")


def test_what_a_row_says():
    row = judged(value=10.5, tolerance={"absolute": 0.5, "standard_errors": 3}, status="exact", source="a book")
    assert (row.figure, row.expected, row.found) == ("wait, desk", "10.5", "10.0 ± 1.3")
    assert row.tolerance == "0.5 + 3 s.e. = 1.7"
    assert plus_minus(1234.5678, 0.0123) == "1,234.568 ± 0.012"


def holds(shape: str, *points: list[float], **keys: object) -> bool:
    """Whether a shape holds over points, each with three replications around it that share their chance."""
    given = {"property": "p", "shape": shape, "measure": "wait", "sweep": {"x": list(range(len(points)))}, **keys}
    spec = PropertySpec.model_validate(given)
    names = tuple(map(str, range(len(points))))
    asked = Property(names, names, tuple(map(float, names)), spec)
    samples = [np.array(point, dtype=float) for point in points]
    there = [np.array([1.0, 1.1, 0.9]) for _ in points] if spec.there else []
    return judge_property(points_of(asked, samples, there)).state == "pass"


LOW, MIDDLE, HIGH = [1.0, 1.5, 0.5], [2.0, 2.6, 1.5], [3.1, 3.5, 2.5]


def test_shapes_that_go_up_and_down():
    assert holds("rises", LOW, MIDDLE, HIGH)
    assert not holds("rises", LOW, HIGH, MIDDLE)
    assert holds("falls", HIGH, MIDDLE, LOW)
    assert not holds("falls", LOW, LOW)


def test_a_shape_that_stays():
    assert holds("unchanged", LOW, [1.0, 1.5, 0.6], tolerance={"standard_errors": 3})
    assert not holds("unchanged", LOW, MIDDLE, tolerance={"absolute": 0.5})


def test_a_lowest_point_inside():
    assert holds("lowest_inside", HIGH, LOW, MIDDLE)
    assert not holds("lowest_inside", LOW, MIDDLE, HIGH)
    assert holds("lowest_inside", HIGH, LOW, MIDDLE, there={"measure": "blocked", "above": 0.5})
    assert not holds("lowest_inside", HIGH, LOW, MIDDLE, there={"measure": "blocked", "above": 1})


def test_a_straight_line():
    line = ([0.0, 0.1], [2.0, 2.1], [4.0, 4.1])
    within = {"tolerance": {"absolute": 0.05}}
    assert holds("straight_line", *line, slope=2, **within)
    assert not holds("straight_line", *line, slope=2.2, **within)
    assert not holds("straight_line", [0.0, 0.1], [3.0, 3.1], [4.0, 4.1], slope=2, **within)


def test_a_tally_counts_states():
    rows = tuple(judged(value=value, tolerance={"absolute": 0.5}) for value in (10, 10.4, 20))
    result = CaseResult("c", "C", "", "", 1, 4, rows)
    assert tally([result]) == {"pass": 2, "fail": 1}
    assert result.failed == rows[2:]
