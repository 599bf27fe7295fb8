"""Limits and shocks of the stress test: guesses say so, and the sums behind the limits."""

from __future__ import annotations

import pytest

from sim.inputs.limits import load_limits
from sim.inputs.shocks import load_shocks

pytestmark = pytest.mark.evidence

GUESSES = ("team_assumption", "team_recall")


@pytest.fixture(scope="module")
def limits():
    return {each.name: each for each in load_limits()}


def test_guesses_say_so(parameters, limits):
    for each in (*load_shocks(parameters), *limits.values()):
        assert (each.confidence == "low") == (each.source in GUESSES), each.name


def test_the_limit_of_delays_is_the_worst_year(limits):
    """2,254,821 delayed days in the 365 of 2016/17, for 55.3 million people."""
    assert limits["delayed"].value == pytest.approx(2_254_821 / 365 / 55_300, abs=0.0005)


def test_the_national_aim_is_the_low_end_of_delays(parameters, limits):
    """3.5 % of general and acute beds."""
    assert limits["delayed"].low == pytest.approx(0.035 * parameters.value("capacity.acute_beds"), abs=0.0005)


def test_the_limit_of_waits_is_that_of_2014_15(limits):
    """305,707 waits over four hours of 4,031,491 admissions; 109,002 of 3,684,032 in 2011/12."""
    assert limits["waits"].value == pytest.approx(305_707 / 4_031_491, abs=0.0005)
    assert limits["waits"].low == pytest.approx(109_002 / 3_684_032, abs=0.0005)


def test_the_limit_of_the_gap_is_what_the_plans_were_asked_to_close(parameters, limits):
    """£22bn of 2020/21 in pounds of 2015/16, for 54.8 million people."""
    index = parameters.value("target.gap_price_index")
    assert limits["gap"].value == pytest.approx(parameters.value("target.gap_total") * index / 54.8, abs=1)
    assert (limits["gap"].low, limits["gap"].high) == pytest.approx((216 * index, 769 * index), abs=1)


def test_the_base_year_keeps_every_limit(parameters, limits):
    """Limits that were broken on the first day would say nothing of any plan."""
    assert parameters.value("target.acute_occupancy") < limits["occupancy"].value
    assert parameters.value("target.delayed") < limits["delayed"].value
