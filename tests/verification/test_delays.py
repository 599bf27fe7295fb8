"""Delays against closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import erlang

from sim.dynamics.delays import STAGES, third_order_delay

pytestmark = pytest.mark.verification

CLOSE = 1e-6
A_MONTH_OR_MORE = st.floats(1 / 12, 10)


def of_one(rising, falling):
    return third_order_delay(np.array([rising]), np.array([falling]))


def reached(delay, goal, years, level=0.0, pieces=200):
    """The delayed value after so many years in so many pieces, from this level in every stage."""
    stages = np.full((STAGES, 1), level)
    for _ in range(pieces):
        stages = delay.after(stages, np.array([goal]), years / pieces)
    return stages[-1, 0]


@pytest.mark.parametrize("years", [0.25, 1.0, 2.5, 6.0])
def test_a_delay_answers_a_step_as_an_erlang_distribution(years):
    """Three equal stages of mean 2/3 year: the share of a step that has arrived is the Erlang-3 distribution."""
    assert reached(of_one(2.0, 5.0), 1.0, years) == pytest.approx(erlang(3, scale=2 / 3).cdf(years), abs=CLOSE)


def test_a_delay_fades_with_its_own_mean():
    """From full effect to none: one minus the Erlang-3 distribution with the fading mean, 5 years."""
    left = reached(of_one(2.0, 5.0), 0.0, 4.0, level=1.0)
    assert left == pytest.approx(1 - erlang(3, scale=5 / 3).cdf(4.0), abs=CLOSE)


@pytest.mark.parametrize("mean", [1 / 12, 0.1, 0.5, 3.0])
def test_months_reach_the_closed_form_however_short_the_delay(mean):
    """A third of a year month by month; the steps inside a month follow the mean."""
    arrived = reached(of_one(mean, 1.0), 1.0, 1 / 3, pieces=4)
    assert arrived == pytest.approx(erlang(3, scale=mean / 3).cdf(1 / 3), abs=1e-3)


def test_the_error_falls_with_the_fourth_power_of_the_step():
    true = erlang(3, scale=1.0).cdf(1.0)
    errors = [abs(reached(of_one(3.0, 3.0), 1.0, 1.0, pieces=pieces) - true) for pieces in (16, 32)]
    assert errors[0] / errors[1] == pytest.approx(16, rel=0.15)


def test_a_goal_that_turns_is_followed_stage_by_stage():
    """The goal is gone after half a year: the last stage still rises as long as the one before it is higher."""
    delay = of_one(1.0, 1.0)
    then = delay.after(np.zeros((STAGES, 1)), np.ones(1), 0.5)
    later = delay.after(then, np.zeros(1), 0.05)
    assert later[0] < then[0]
    assert later[-1] > then[-1]


def test_elements_do_not_touch_each_other():
    """Two side by side, and the slower one alone, in steps as fine as the faster makes them."""
    both = third_order_delay(np.array([0.5, 2.0]), np.array([1.0, 1.0]))
    together = both.after(np.zeros((STAGES, 2)), np.ones(2), 1.0)
    steps = both.steps(1.0)
    alone = reached(of_one(2.0, 1.0), 1.0, 1.0, pieces=steps)
    assert together[-1, 1] == pytest.approx(alone, rel=1e-12)


def test_at_the_goal_nothing_flows():
    stages = np.full((STAGES, 1), 0.3)
    assert np.all(of_one(1.0, 2.0).after(stages, np.array([0.3]), 1.0) == 0.3)


def test_the_given_levels_are_left_alone():
    stages = np.zeros((STAGES, 1))
    of_one(1.0, 1.0).after(stages, np.ones(1), 1.0)
    assert not stages.any()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), A_MONTH_OR_MORE, A_MONTH_OR_MORE, st.floats(0, 1))
def test_no_level_leaves_the_range_of_what_it_follows(goals, rising, falling, level):
    """So no stock falls below zero, and no coverage passes all."""
    delay, stages = of_one(rising, falling), np.full((STAGES, 1), level)
    for goal in goals:
        stages = delay.after(stages, np.array([goal]), 1 / 12)
        assert np.all(stages >= min(level, *goals) - 1e-12)
        assert np.all(stages <= max(level, *goals) + 1e-12)


def test_steps_follow_the_fastest_stage():
    """A month with stages of a fifteenth of a year: 1/12 over half of 1/15 is 2.5, so three steps."""
    assert third_order_delay(np.array([0.2, 5.0]), np.array([1.0, 1.0])).steps(1 / 12) == 3
    assert of_one(30.0, 30.0).steps(1 / 12) == 1
