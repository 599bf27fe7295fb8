"""Shares of trials with Wilson's interval, and what tells two kinds of draws apart."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from scipy.stats import binomtest

from sim.results.separation import LEAST, told_apart
from sim.results.shares import wilson

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(("count", "n"), [(0, 10), (1, 10), (5, 10), (10, 10), (37, 100), (1, 1)])
def test_the_interval_is_that_of_another_hand(count, n):
    other = binomtest(count, n).proportion_ci(0.95, method="wilson")
    found = wilson(count, n)
    assert found.share == count / n
    assert (found.low, found.high) == pytest.approx((other.low, other.high), abs=1e-12)


def test_none_of_ten_is_not_never():
    """1.96 squared over 10 plus that: 0.2775."""
    found = wilson(0, 10)
    assert found.low == 0
    assert found.high == pytest.approx(3.8415 / 13.8415, abs=1e-4)


def test_nothing_tried_says_nothing_and_more_than_all_is_refused():
    assert isnan(wilson(0, 0).share)
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


def draws(n=200, things=12):
    return np.random.Generator(np.random.Philox(11)).random((n, things))


def test_what_decides_comes_first_and_the_rest_is_not_shown():
    """Broken above seven tenths of thing 3: the distributions do not meet, so their distance is 1."""
    drawn = draws()
    found = told_apart(drawn, drawn[:, 3] > 0.7)
    assert found[0].which == 3
    assert found[0].distance == 1
    assert found[0].shown
    assert found[0].difference > 1
    assert found[0].inside < 0.7 < found[0].outside
    assert not any(each.shown for each in found[1:])


def test_a_thing_that_never_differs_tells_nothing():
    drawn = draws()
    drawn[:, 5] = 0
    found = {each.which: each for each in told_apart(drawn, drawn[:, 0] > 0.5)}
    assert (found[5].distance, found[5].chance, found[5].shown) == (0, 1, False)


def test_few_of_one_kind_cannot_be_told_apart():
    drawn = draws()
    few = np.arange(len(drawn)) < LEAST - 1
    assert told_apart(drawn, few) == ()
    assert told_apart(drawn, ~few) == ()


def test_chance_alone_is_shown_about_once_in_twenty_looks():
    """With things that have nothing to do with it, something is shown in at most a tenth of a hundred looks."""
    source = np.random.Generator(np.random.Philox(3))
    looks = [told_apart(source.random((80, 10)), source.random(80) > 0.6) for _ in range(100)]
    assert sum(any(each.shown for each in found) for found in looks) <= 10
