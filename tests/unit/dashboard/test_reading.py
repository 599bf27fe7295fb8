"""Runs become lines, years and marks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from dashboard.answering.assembling import reading
from dashboard.wording.numbers import BY_ID, NO_DIFFERENCE, NOT_DETECTABLE

pytestmark = pytest.mark.unit
OCCUPANCY, GAP = BY_ID["occupancy"], BY_ID["gap"]
LABELS = ["2016/17", "2017/18", "2018/19"]


def test_a_line_is_the_mean_of_runs_in_the_unit_shown():
    line = reading.line(OCCUPANCY, np.array([[0.9, 0.8], [0.8, 0.8]]), np.array([[0.9, 0.9], [0.9, 0.9]]))
    assert line.middle == pytest.approx([85.0, 80.0])
    assert line.baseline == pytest.approx([90.0, 90.0])


def test_bands_hold_each_other_and_never_pass_what_is_possible():
    runs = np.abs(np.random.default_rng(1).normal(0.02, 0.05, size=(3, 36)))
    line = reading.line(BY_ID["waiting"], runs, runs)
    for low90, low50, high50, high90 in zip(line.low90, line.low50, line.high50, line.high90, strict=True):
        assert 0 <= low90 <= low50 <= high50 <= high90 <= 100


def test_money_is_shown_as_a_rate_a_year():
    line = reading.line(GAP, np.full((2, 12), 10e6), np.full((2, 12), 10e6))
    assert line.middle == pytest.approx([120.0] * 12)


def test_runs_that_agree_exactly_show_their_difference():
    """No spread at all: the interval has no width, and any difference can be told."""
    years = reading.years(OCCUPANCY, LABELS, np.full((2, 3), 90.0), np.full((2, 3), 95.0))
    assert [year.verdict for year in years] == ["better"] * 3
    assert years[0].change == pytest.approx(-5.0)


def test_equal_runs_make_no_difference():
    runs = np.array([[0.9, 0.8, 0.7], [0.6, 0.7, 0.8]])
    assert {year.verdict for year in reading.years(OCCUPANCY, LABELS, runs, runs)} == {NO_DIFFERENCE}


def test_runs_too_far_apart_tell_nothing():
    plan, baseline = np.array([[0.9, 0.8, 0.7], [0.7, 0.8, 0.9]]), np.full((2, 3), 0.81)
    assert {year.verdict for year in reading.years(OCCUPANCY, LABELS, plan, baseline)} == {NOT_DETECTABLE}


def test_one_run_can_tell_nothing():
    years = reading.years(OCCUPANCY, LABELS, np.full((1, 3), 0.9), np.full((1, 3), 0.5))
    assert {year.verdict for year in years} == {NOT_DETECTABLE}


def test_few_runs_borrow_from_other_years_and_never_fall_below_the_years_own_spread():
    """Two runs, three years: variances 2, 0 and 4 (mean 2), one and a half degrees of freedom, t = 6.022."""
    differences = np.array([[1.0, 5.0, 0.0], [3.0, 5.0, np.sqrt(8.0)]])
    expected = t.ppf(0.975, 1.5) * np.sqrt([2.0, 2.0, 4.0]) / np.sqrt(2)
    assert reading.half_widths(differences) == pytest.approx(expected)


def test_from_five_runs_on_the_interval_is_the_textbooks():
    """The same as the command line's: each year by itself, as many degrees of freedom as runs less one."""
    differences = np.random.default_rng(3).normal(size=(5, 4))
    expected = t.ppf(0.975, 4) * differences.std(axis=0, ddof=1) / np.sqrt(5)
    assert reading.half_widths(differences) == pytest.approx(expected)


def test_one_year_has_nothing_to_borrow_from():
    expected = t.ppf(0.975, 1) * np.sqrt(2.0) / np.sqrt(2)
    assert reading.half_widths(np.array([[1.0], [3.0]])) == pytest.approx([expected])


def test_bands_are_wider_the_fewer_the_runs():
    """Against the normal curve's 1.645 for nine in ten: far wider from two runs, nearly there from a hundred."""
    reaches = [reading.reach(runs, reading.NINE_TENTHS) for runs in (2, 4, 10, 100)]
    assert reaches == sorted(reaches, reverse=True)
    assert reaches[0] == pytest.approx(t.ppf(0.95, 3) * np.sqrt(1.5))
    assert reaches[-1] == pytest.approx(1.645, rel=0.02)
    assert reading.reach(1, reading.NINE_TENTHS) == 0


def test_a_dip_is_marked_where_it_is_worst_before_it_gets_better():
    plan = np.array([[96.0, 97.0, 80.0], [96.0, 97.0, 80.0]])
    baseline = np.full((2, 3), 95.0)
    same = np.zeros((2, 3))
    years = {m: reading.years(BY_ID[m], LABELS, same, same) for m in ("delayed", "waiting", "gap")}
    years["occupancy"] = reading.years(OCCUPANCY, LABELS, plan, baseline)
    marks = reading.marks(years, 1)
    assert (marks.dip, marks.dip_measure, marks.break_even) == (18, "occupancy", 23)
    assert marks.dip_change == pytest.approx(2.0)


def test_without_a_detectable_dip_nothing_is_marked():
    same = np.zeros((2, 3))
    years = {m: reading.years(BY_ID[m], LABELS, same, same) for m in ("occupancy", "delayed", "waiting", "gap")}
    marks = reading.marks(years, None)
    assert (marks.dip, marks.break_even) == (None, None)
