"""Rank correlation and what an outcome leans on, on numbers made up so that the answer is known."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from scipy.stats import spearmanr

from sim.results.correlation import leans, rank_correlation

pytestmark = pytest.mark.unit


def drawn(draws: int, things: int, seed: int = 3):
    return np.random.Generator(np.random.Philox(seed)).random((draws, things))


def test_the_rank_correlation_is_spearmans():
    x, y = drawn(40, 2).T
    assert rank_correlation(x, y).mean == pytest.approx(spearmanr(x, y).statistic)


def test_what_rises_together_is_one_and_its_interval_leaves_out_zero():
    x = np.arange(20.0)
    found = rank_correlation(x, np.exp(x))
    assert found.mean == pytest.approx(1)
    assert found.low > 0.9


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    """Independent numbers: in about 95 of 100 samples the interval holds zero."""
    held = [rank_correlation(*drawn(30, 2, seed).T).contains(0) for seed in range(100)]
    assert 88 <= sum(held) <= 100


def test_too_few_pairs_or_none_that_differ_say_nothing():
    assert isnan(rank_correlation(np.arange(3.0), np.arange(3.0)).mean)
    assert isnan(rank_correlation(np.ones(9), np.arange(9.0)).mean)


def test_an_outcome_leans_on_what_it_was_made_from_the_strongest_first():
    x = drawn(200, 30)
    found = leans(x, 3 * x[:, 4] - 2 * x[:, 17] + 0.3 * x[:, 9] * x[:, 4], 12)
    assert [each.which for each in found][:2] == [4, 17]
    assert found[0].coefficient.low > 0
    assert found[1].coefficient.high < 0


def test_noise_is_hardly_ever_listed():
    """Thirty things that have nothing to do with the outcome, twenty times: no more than one in twenty slips in."""
    listed = [leans(drawn(100, 30, seed), drawn(100, 1, 1000 + seed)[:, 0], 12) for seed in range(20)]
    assert sum(map(bool, listed)) <= 2


def test_an_outcome_that_does_not_vary_leans_on_nothing():
    assert leans(drawn(50, 3), np.ones(50), 12) == ()
