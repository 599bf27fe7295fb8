"""Figures of published cases in plain words: no powers of ten, no abbreviations, no underscores."""

from __future__ import annotations

import re

import pytest

from dashboard.gateway.rules import expected, readable, tolerance
from sim.experiments.cases import FigureResult, case_files, load_case
from sim.experiments.cases.case import Figure
from sim.experiments.cases.schema import FigureSpec, ToleranceSpec

pytestmark = pytest.mark.unit
UNREADABLE = re.compile(r"s\.e\.|\de[-+]\d|_|\bNone\b")


def result(value=0.5, allowed=0.0129, words="0.5"):
    rule = "5e-05 + 3 s.e. = 0.013"
    numbers = {"value": value, "mean": 0.51, "half_width": 0.01, "allowed": allowed}
    return FigureResult("wait, nurses", words, "0.51", rule, "pass", "exact", "", **numbers)


def figure(value=0.5, **allowed):
    return Figure("", FigureSpec(measure="wait", value=value, tolerance=ToleranceSpec(**allowed)))


@pytest.mark.parametrize(
    ("value", "allowed", "sum_of_it", "said"),
    [
        (0.1592, {"standard_errors": 3, "absolute": 0.00005}, 0.0129, ("0.013", "three standard errors and rounding")),
        (0.13, {"standard_errors": 3, "absolute": 0.02}, 0.0329, ("0.033", "three standard errors and 0.02")),
        (730, {"standard_errors": 2.5}, 4400.0, ("4,400", "2.5 standard errors")),
        (22.1, {"relative": 0.03}, 0.663, ("0.66", "3% of the figure expected")),
        (0.488, {"absolute": 0.0235}, 0.0235, ("0.0235", "")),
        (0.0, {"standard_errors": 1, "absolute": 0.00005}, 0.00005, ("0.00005", "one standard error and rounding")),
    ],
)
def test_a_tolerance_is_a_number_and_what_it_is_made_of(value, allowed, sum_of_it, said):
    """Rounding is half of the last digit written: 0.00005 of 0.1592."""
    assert tolerance(figure(value, **allowed), result(value, sum_of_it)) == said


def test_large_figures_have_their_thousands_apart():
    assert expected(figure(12514.3, absolute=1.0), result(12514.3, words="12514.3")) == "12,514.3"
    assert expected(figure(0.1592, absolute=1.0), result(0.1592, words="0.1592")) == "0.1592"


def test_names_begin_with_a_capital_and_have_no_underscores():
    assert readable("wait, nurses (stay_8)") == "Wait, nurses (stay 8)"


@pytest.mark.parametrize("name", case_files())
def test_every_shipped_case_reads_well(name):
    """What is said before anything was found: names, properties, tolerances."""
    case = load_case(case_files()[name])
    for asked in (*case.figures, *case.properties):
        value = asked.spec.value if isinstance(asked, Figure) else None
        given = asked.spec.tolerance
        allowed = given.allowed(value, 0.001) if given and value is not None else None
        words = ("", *tolerance(asked, result(value, allowed)), expected(asked, result(value, allowed, words="")))
        assert not UNREADABLE.search(" ".join(words)), words
        assert words[1]
        assert not isinstance(asked, Figure) or len(readable(asked.spec.figure)) != 1
