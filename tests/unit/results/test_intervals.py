"""Intervals, paired differences, bands and warm-up, against sums done by hand and against SciPy."""

from __future__ import annotations

from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.results.statistics import bands, interval, mean_of_known, mser5, paired, yearly

pytestmark = pytest.mark.unit

numbers = st.floats(-1e6, 1e6, allow_nan=False)


def test_an_interval_worked_by_hand():
    """4, 6, 8, 10: mean 7, variance 20/3, standard error sqrt(20/3)/2 = 1.291; t(3, 97.5 %) = 3.1824."""
    found = interval([4, 6, 8, 10])
    half = 3.182446 * sqrt(20 / 3) / 2
    assert found.mean == 7
    assert found.n == 4
    assert found.low == pytest.approx(7 - half, abs=1e-5)
    assert found.high == pytest.approx(7 + half, abs=1e-5)


@given(st.lists(numbers, min_size=2, max_size=40).filter(lambda v: np.std(v) > 1e-3), st.sampled_from([80, 95, 99]))
def test_intervals_are_those_of_scipy(values, level):
    low, high = stats.t.interval(level / 100, len(values) - 1, np.mean(values), stats.sem(values))
    found = interval(values, level)
    assert found.low == pytest.approx(low, rel=1e-9, abs=1e-6)
    assert found.high == pytest.approx(high, rel=1e-9, abs=1e-6)


def test_one_replication_has_a_mean_and_no_interval():
    found = interval([3.0])
    assert found.mean == 3
    assert isnan(found.low)
    assert not found.contains(3)


def test_what_is_not_a_number_is_left_out():
    assert interval([1, nan, 3]).mean == 2
    assert interval([1, nan, 3]).n == 2
    assert isnan(interval([nan]).mean)


def test_a_95_percent_interval_holds_the_truth_95_times_in_100():
    """4,000 samples of ten normal numbers: the share that holds the mean is binomial, sd sqrt(.95*.05/4000) = .0034."""
    samples = stats.norm.ppf(np.random.Generator(np.random.Philox(7)).random((4000, 10)))
    hits = np.mean([interval(sample).contains(0) for sample in samples])
    assert abs(hits - 0.95) < 4 * 0.0034


def test_a_paired_difference_worked_by_hand():
    """Differences 1, 2, 3: mean 2, standard error 1/sqrt(3), t(2, 97.5 %) = 4.3027: from -0.48 to 4.48."""
    found = paired([10, 20, 30], [11, 22, 33], "lower")
    assert found.mean == 2
    assert found.low == pytest.approx(2 - 4.302653 / sqrt(3), abs=1e-5)
    assert found.verdict == "no detectable difference"


@pytest.mark.parametrize(
    ("change", "better", "verdict"),
    [
        (+1, "lower", "worse"),
        (-1, "lower", "better"),
        (+1, "higher", "better"),
        (-1, "higher", "worse"),
        (+1, "neither", "higher"),
        (-1, "neither", "lower"),
    ],
)
def test_the_verdict_depends_on_which_way_is_better(change, better, verdict):
    before = np.array([5.0, 9.0, 2.0, 7.0])
    after = before + change + np.array([0.01, -0.01, 0.02, 0.0])
    assert paired(before, after, better).verdict == verdict


def test_equal_replications_are_no_difference_and_one_pair_detects_nothing():
    assert paired([1, 2], [1, 2], "lower").verdict == "no difference"
    assert paired([1], [2], "lower").verdict == "cannot tell"
    assert paired([1], [1], "lower").verdict == "no difference"


def test_pairing_finds_what_two_separate_intervals_would_hide():
    before = np.array([100.0, 140.0, 90.0, 160.0, 120.0])
    after = before - np.array([2.0, 2.1, 1.9, 2.2, 1.8])
    assert interval(after).contains(interval(before).mean)
    assert paired(before, after, "lower").verdict == "better"


def test_replications_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="3 replications cannot be paired with 2"):
        paired([1, 2, 3], [1, 2], "lower")


def test_bands_are_percentiles_over_replications():
    """0, 1, ..., 100 in each column: the p-th percentile is p."""
    values = np.repeat(np.arange(101.0)[:, None], 3, axis=1)
    np.testing.assert_allclose(bands(values), np.repeat([[5], [25], [50], [75], [95]], 3, axis=1))


def test_bands_leave_out_what_is_not_known():
    found = bands([[nan, nan], [2.0, nan], [4.0, nan]], (50,))
    assert found[0, 0] == 3
    assert isnan(found[0, 1])


@pytest.mark.parametrize(("way", "expected"), [("mean", [5.5, 17.5]), ("sum", [66, 210]), ("last", [11, 23])])
def test_months_become_years(way, expected):
    """0 to 23: sums 66 and 210; a 25th month is not a year."""
    np.testing.assert_array_equal(yearly(np.arange(25), way), expected)


def test_a_month_without_anybody_does_not_spoil_the_year():
    month = np.array([nan] + [2.0] * 11)
    assert yearly(month, "mean")[0] == 2
    assert isnan(mean_of_known(np.array([nan, nan])))


def test_mser5_drops_the_start_and_no_more():
    """Twenty observations at 100, then 0, 1, 0, 1, ...: dropping four batches of five leaves the least error."""
    series = np.concatenate([np.full(20, 100.0), np.arange(180) % 2])
    assert mser5(series) == 20


def test_mser5_keeps_a_steady_series_and_refuses_one_that_never_settles():
    assert mser5(np.ones(100)) == 0
    assert mser5(np.arange(100.0)) == 100
    assert mser5([1.0, 2.0]) == 2


def test_rounding_errors_are_no_difference():
    """0.1 + 0.2 and 0.3 differ in the last bit; a part in a thousand million more does not matter, a millionth does."""
    assert paired([0.1 + 0.2, 5.0], [0.3, 5.0], "lower").verdict == "no difference"
    assert paired([1.0, 2.0], [1.0 + 1e-6, 2.0 + 1e-6], "lower").verdict == "worse"
    assert paired([0.0, 0.0], [1e-12, 1e-12], "lower").verdict == "worse"
