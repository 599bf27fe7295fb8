"""Waits in bins: where each goes, and what can be read back."""

from __future__ import annotations

from math import inf, isnan, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engines.contract import WAIT_BINS
from sim.results.waits import SHORTEST, share_over, wait_bin, wait_edges, wait_quantile

pytestmark = pytest.mark.unit


def counts(waits):
    """Waits as an engine counts them."""
    return np.bincount([wait_bin(wait, WAIT_BINS) for wait in waits], minlength=WAIT_BINS)


@given(st.floats(2**-9, 2000))
def test_the_bin_is_the_one_agreed_and_lies_between_its_edges(wait):
    place = wait_bin(wait, WAIT_BINS)
    assert place == 1 + int(np.floor(8 * log2(wait / SHORTEST)))
    low, high = wait_edges(WAIT_BINS)[place - 1 : place + 1]
    assert low <= wait * (1 + 1e-12)
    assert wait <= high * (1 + 1e-12)


def test_no_wait_and_the_extremes():
    assert wait_bin(0, WAIT_BINS) == 0
    assert wait_bin(1e-9, WAIT_BINS) == 1
    assert wait_bin(1e9, WAIT_BINS) == WAIT_BINS - 1
    assert wait_edges(WAIT_BINS)[-1] == inf


@given(st.lists(st.floats(0.01, 500), min_size=1, max_size=200), st.sampled_from([0.05, 0.5, 0.95]))
def test_a_quantile_is_within_one_bin_of_the_true_one(waits, share):
    """One bin is a factor 2 ** (1/8), about nine percent."""
    true = float(np.quantile(waits, share, method="inverted_cdf"))
    found = wait_quantile(counts(waits), share)
    assert true / 2 ** (1 / 8) * (1 - 1e-9) <= found <= true * 2 ** (1 / 8) * (1 + 1e-9)


def test_half_who_do_not_wait_make_a_median_of_nothing():
    found = counts([0.0, 0.0, 3.0, 5.0])
    assert wait_quantile(found, 0.5) == 0
    assert wait_quantile(found, 0.75) == pytest.approx(3, rel=0.1)


def test_nobody_has_no_quantile():
    assert isnan(wait_quantile(np.zeros(WAIT_BINS), 0.5))
    assert isnan(share_over(np.zeros(WAIT_BINS), 1.0))


def test_the_last_bin_gives_a_lower_bound():
    assert wait_quantile(counts([1e9]), 0.5) == pytest.approx(SHORTEST * 2 ** ((WAIT_BINS - 2) / 8))


def test_the_share_above_a_limit():
    waits = [0.0] * 50 + [1.0] * 30 + [10.0] * 20
    assert share_over(counts(waits), 4.0) == pytest.approx(0.2)
    assert share_over(counts(waits), 0.0) == pytest.approx(0.5)
    assert share_over(counts(waits), 100.0) == 0


def test_shares_of_several_places_are_found_at_once():
    several = np.array([[counts([0.0, 1.0]), counts([9.0])], [counts([0.0]), np.zeros(WAIT_BINS)]])
    found = share_over(several, 0.25)
    assert found[:, 0] == pytest.approx([0.5, 0.0])
    assert found[0, 1] == 1.0
    assert isnan(found[1, 1])
