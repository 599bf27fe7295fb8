"""Stocks and flows against closed forms."""

from math import exp

import numpy as np
import pytest
from scipy.stats import erlang

from sim.dynamics.stocks import (
    GOAL,
    STAGES,
    Flow,
    Model,
    Stock,
    StockError,
    first_order_delay,
    integrate,
    steps_for,
    third_order_delay,
)

pytestmark = pytest.mark.verification

CLOSE = 1e-6


def chain(goal, level=0.0):
    return {GOAL: np.array(goal), **dict.fromkeys(STAGES, np.array(level))}


def test_a_tank_drains_exponentially():
    """dx/dt = -x / 2, so x(3) = 10 exp(-1.5)."""
    drain = Model((Stock("tank"),), (Flow("tank", None, lambda levels: levels["tank"] / 2),))
    assert integrate(drain, {"tank": np.array(10.0)}, 3, 60)["tank"] == pytest.approx(10 * exp(-1.5), abs=CLOSE)


@pytest.mark.parametrize("years", [0.25, 1.0, 2.5, 6.0])
def test_a_third_order_delay_answers_a_step_as_an_erlang_distribution(years):
    """Three equal stages of mean 2/3 year: the share of a step that has arrived is the Erlang-3 distribution."""
    model = third_order_delay(np.array(2.0), np.array(5.0))
    arrived = integrate(model, chain(1.0), years, 200)[STAGES[2]]
    assert arrived == pytest.approx(erlang(3, scale=2 / 3).cdf(years), abs=CLOSE)


def test_a_third_order_delay_fades_with_its_own_mean():
    """From full effect to none: one minus the Erlang-3 distribution with the fading mean, 5 years."""
    model = third_order_delay(np.array(2.0), np.array(5.0))
    left = integrate(model, chain(0.0, level=1.0), 4.0, 200)[STAGES[2]]
    assert left == pytest.approx(1 - erlang(3, scale=5 / 3).cdf(4.0), abs=CLOSE)


def test_monthly_steps_reach_the_same_answer_as_one_long_run():
    model, levels = third_order_delay(np.array(1.5), np.array(0.5)), chain(1.0)
    for _ in range(24):
        levels = integrate(model, levels, 1 / 12, 4)
    assert levels[STAGES[2]] == pytest.approx(erlang(3, scale=0.5).cdf(2.0), abs=CLOSE)


@pytest.mark.parametrize(("level", "goal", "delay"), [(0.0, 8.0, 3.0), (8.0, 2.0, 1.5)])
def test_a_goal_is_sought_exponentially(level, goal, delay):
    """x(t) = goal + (x0 - goal) exp(-t / delay), with a delay for rising (3) and one for falling (1.5)."""
    model = first_order_delay(np.array(3.0), np.array(1.5))
    reached = integrate(model, {GOAL: np.array(goal), STAGES[0]: np.array(level)}, 2.0, 100)[STAGES[0]]
    assert reached == pytest.approx(goal + (level - goal) * exp(-2.0 / delay), abs=CLOSE)


def test_a_closed_system_keeps_what_it_has():
    """Three tanks in a ring, each emptying into the next at its own speed: the sum stays."""
    names = ("a", "b", "c")
    flows = tuple(
        Flow(source, target, lambda levels, source=source, speed=speed: levels[source] * speed)
        for source, target, speed in zip(names, ("b", "c", "a"), (0.4, 1.3, 2.2), strict=True)
    )
    model = Model(tuple(Stock(name) for name in names), flows)
    levels = {"a": np.array([5.0, 1.0]), "b": np.array([0.0, 2.0]), "c": np.array([1.0, 0.0])}
    after = integrate(model, levels, 10, 200)
    assert sum(after.values()) == pytest.approx(sum(levels.values()), abs=1e-12)
    assert after["a"] * 0.4 == pytest.approx(after["b"] * 1.3, abs=CLOSE)  # at rest every flow is alike


def test_the_error_falls_with_the_fourth_power_of_the_step():
    drain = Model((Stock("tank"),), (Flow("tank", None, lambda levels: levels["tank"]),))
    errors = [abs(integrate(drain, {"tank": np.array(1.0)}, 1, steps)["tank"] - exp(-1)) for steps in (4, 8)]
    assert errors[0] / errors[1] == pytest.approx(16, rel=0.15)


def test_elements_of_a_stock_do_not_touch_each_other():
    together = third_order_delay(np.array([0.5, 2.0]), np.array([1.0, 1.0]))
    alone = third_order_delay(np.array([2.0]), np.array([1.0]))
    both = integrate(together, {GOAL: np.ones(2), **dict.fromkeys(STAGES, np.zeros(2))}, 1, 20)
    one = integrate(alone, {GOAL: np.ones(1), **dict.fromkeys(STAGES, np.zeros(1))}, 1, 20)
    assert both[STAGES[2]][1] == one[STAGES[2]][0]


def test_integrating_leaves_the_given_levels_alone():
    levels = chain(1.0)
    integrate(third_order_delay(np.array(1.0), np.array(1.0)), levels, 1, 10)
    assert all(levels[stage] == 0 for stage in STAGES)


def test_steps_follow_the_fastest_time_constant():
    """A month with a time constant of a fifteenth of a year: 1/12 over half of 1/15 is 2.5, so three steps."""
    assert steps_for(1 / 12, 1 / 15) == 3
    assert steps_for(1 / 12, 10.0) == 1


def test_a_stock_that_would_fall_below_zero_is_refused():
    taken = Model((Stock("places"),), (Flow("places", None, lambda levels: np.array(2.0)),))
    with pytest.raises(StockError, match="places"):
        integrate(taken, {"places": np.array(1.0)}, 1, 4)


def test_a_debt_may_be_negative():
    debt = Model((Stock("cash", may_be_negative=True),), (Flow("cash", None, lambda levels: np.array(2.0)),))
    assert integrate(debt, {"cash": np.array(1.0)}, 1, 4)["cash"] == pytest.approx(-1.0)


def test_a_flow_to_nowhere_is_refused():
    with pytest.raises(StockError, match="bath"):
        Model((Stock("tank"),), (Flow("tank", "bath", lambda levels: levels["tank"]),))


def test_two_stocks_of_one_name_are_refused():
    with pytest.raises(StockError, match="one name"):
        Model((Stock("tank"), Stock("tank")), ())
