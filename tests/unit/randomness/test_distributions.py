"""Lengths of time: tables against closed forms, tails included, and residual stays against renewal theory."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.randomness.distributions import lognormal_parameters, mean, quantile_table, residual_table
from sim.randomness.lengths import Distribution

pytestmark = pytest.mark.unit

EXPONENTIAL = Distribution("exponential", {"mean": 3.0})
LOGNORMAL = Distribution("lognormal", {"mean": 8.0, "sd": 12.0})
STEPS = Distribution("empirical", {}, (5.0, 1.0, 2.0), (2.0, 1.0, 1.0))
EVERY_FAMILY = [
    EXPONENTIAL,
    LOGNORMAL,
    STEPS,
    Distribution("deterministic", {"value": 3.0}),
    Distribution("gamma", {"mean": 2.0, "shape": 1.5}),
    Distribution("erlang", {"mean": 2.0, "phases": 3.0}),
    Distribution("weibull", {"scale": 700.0, "shape": 0.75}),
    Distribution("uniform", {"low": 3.0, "high": 5.0}),
    Distribution("triangular", {"low": 1.0, "mode": 2.0, "high": 4.0}),
    Distribution("lognormal", {"mu": 1.5, "sigma": 1.1}),
]
MIDPOINTS = (np.arange(2**18) + 0.5) / 2**18


@pytest.mark.parametrize("distribution", EVERY_FAMILY, ids=lambda d: d.family)
def test_a_table_keeps_the_mean(distribution):
    assert quantile_table(distribution).many(MIDPOINTS).mean() == pytest.approx(mean(distribution), rel=1e-3)


@pytest.mark.parametrize("u", [1e-15, 1e-6, 0.01, 0.3, 0.5, 0.9, 0.999, 1 - 1e-9])
def test_an_exponential_stay_is_right_to_the_ends_of_its_tails(u):
    """-mean log(1 - u), to a tenth of a thousandth of the mean or of itself."""
    assert quantile_table(EXPONENTIAL).at(u) == pytest.approx(-3.0 * math.log1p(-u), rel=1e-4, abs=1e-4)


@given(st.floats(1e-12, 1 - 1e-12))
def test_one_by_one_equals_all_at_once(u):
    for distribution in EVERY_FAMILY:
        table = quantile_table(distribution)
        assert table.at(u) == table.many(np.array([u]))[0]


@pytest.mark.parametrize("distribution", EVERY_FAMILY, ids=lambda d: d.family)
def test_a_larger_number_never_gives_a_shorter_stay(distribution):
    assert np.all(np.diff(quantile_table(distribution).many(MIDPOINTS)) >= -1e-12)


def test_separate_values_stay_separate():
    found, counts = np.unique(quantile_table(STEPS).many(MIDPOINTS), return_counts=True)
    assert found.tolist() == [1.0, 2.0, 5.0]
    assert (counts / counts.sum()).tolist() == [0.25, 0.25, 0.5]


def test_a_lognormal_may_be_given_in_three_ways():
    """mean 8, sd 12: sigma squared = log(1 + 144/64) = log 3.25."""
    mu, sigma = lognormal_parameters(LOGNORMAL)
    assert sigma**2 == pytest.approx(math.log(3.25))
    assert mu == pytest.approx(math.log(8.0) - math.log(3.25) / 2)
    for same in ({"mu": mu, "sigma": sigma}, {"mean": 8.0, "sigma": sigma}):
        assert lognormal_parameters(Distribution("lognormal", same)) == pytest.approx((mu, sigma))


@pytest.mark.parametrize("distribution", EVERY_FAMILY, ids=lambda d: d.family)
def test_what_is_left_of_a_stay_has_the_mean_of_renewal_theory(distribution):
    """E[S^2] / 2 E[S], here with the second moment of the table itself."""
    stays = quantile_table(distribution).many(MIDPOINTS)
    expected = (stays**2).mean() / (2.0 * stays.mean())
    assert residual_table(distribution).many(MIDPOINTS).mean() == pytest.approx(expected, rel=5e-3)


def test_what_is_left_of_an_exponential_stay_is_another_such_stay():
    residual = residual_table(EXPONENTIAL).many(MIDPOINTS)
    assert stats.kstest(residual[::64], stats.expon(scale=3.0).cdf).statistic < 1e-3


def test_what_is_left_of_a_constant_stay_is_spread_evenly():
    residual = residual_table(Distribution("deterministic", {"value": 4.0})).many(np.array([0.1, 0.5, 0.75]))
    assert residual == pytest.approx([0.4, 2.0, 3.0])


def test_an_unknown_family_is_named():
    with pytest.raises(ValueError, match="'pareto'"):
        quantile_table(Distribution("pareto", {"mean": 1.0}))
