"""Fronts, frontiers and mixes by hand: what luck alone may not tell apart."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.search import (
    Hunt,
)
from sim.experiments.search.asking import Runs
from sim.experiments.search.edge import Verdict
from sim.experiments.search.frontier import Frontier
from sim.experiments.search.mix import Mix, MixAnswer, _still
from sim.experiments.search.pareto import Worth, front, hunt
from sim.results.statistics import Interval

pytestmark = pytest.mark.unit

NOTHING = Interval(0.0, 0.0, 0.0, 2)


def test_a_front_is_what_nothing_feasible_beats_each_worth_once():
    worths = [Worth((1, 3)), Worth((2, 2)), Worth((2, 3)), Worth((3, 1)), Worth((0, 0), (1.0,)), None, Worth((2, 2))]
    assert front(worths) == (0, 1, 3)
    assert front([None, Worth((0, 0), (0.1,))]) == ()


def test_points_that_cannot_be_are_passed_over():
    """Half of the points have no worth; the others' front is found all the same."""
    met = hunt(
        (8, 8), lambda points: [None if (x + y) % 2 else Worth((x, 7 - y)) for x, y in points], 400, 20, 3, [(0, 0)]
    )
    tried = list(met)
    assert [tried[place] for place in front(list(met.values()))] in ([(0, 6), (1, 7)], [(1, 7), (0, 6)])


def mix(gap, days, holds=True):
    """Two replications around two means."""
    aims = {"gap": np.array(gap, dtype=float), "days": np.array(days, dtype=float)}
    return Mix({}, aims, Verdict(holds, holds, holds), Runs({}))


def test_with_other_people_a_mix_may_turn_out_beaten_or_to_break_a_limit():
    good, beaten, other, broken = (
        mix([1, 1], [5, 5]),
        mix([2, 2], [5, 5]),
        mix([9, 9], [1, 1]),
        mix([0, 0], [0, 0], False),
    )
    assert _still([good, beaten, other, broken]) == (True, False, True, False)
    assert _still([mix([1, 3], [5, 5]), mix([3, 1], [5, 5])]) == (True, True)


def frontier():
    """Three capacities: places cost their owner 1, 2 and 3 a day, delay costs the hospital 5, 1 and 0.9 or so."""
    places, delay = ((1.0, 1.0), (2.0, 2.0), (3.0, 3.0)), ((5.0, 5.1), (1.0, 1.1), (0.8, 1.2))
    costs = {
        name: np.array([each * 2 for each in pounds]) for name, pounds in (("community", places), ("acute", delay))
    }
    return Frontier((0.0, 1.0, 2.0), (NOTHING,) * 3, (NOTHING,) * 3, costs, costs)


def test_each_has_another_least_and_the_place_one_between():
    found = frontier()
    assert [found.best(who) for who in found.bearers] == [0, 2, 1]
    assert found.ties("acute") == (1, 2)
    assert found.ties("the place") == (1,)
    assert (found.at_end("community"), found.at_end("the place")) == (True, False)
    assert found.above("the place", 0).mean == pytest.approx(3)


def test_of_points_that_are_alike_hardly_any_is_told_from_the_least():
    """Thirteen points whose costs differ by luck alone: in at most one answer of twenty one of them is told apart."""
    source, answers = np.random.default_rng(13), 2_000
    told = 0
    for _ in range(answers):
        costs, searched = ({"acute": source.normal(100, 10, (13, 10))} for _ in range(2))
        found = Frontier(tuple(map(float, range(13))), (NOTHING,) * 13, (NOTHING,) * 13, costs, searched)
        told += len(found.ties("acute")) < 13
    assert 0 < told <= 0.05 * answers


def test_a_point_that_costs_more_is_told_by_people_who_did_not_choose_the_least():
    """The people of the search take the first for the least; others find it the dearest, and tell none apart."""
    searched, costs = ({"acute": np.array([[first] * 4, [2.0] * 4]) + np.arange(4)} for first in (1.0, 3.0))
    found = Frontier((0.0, 1.0), (NOTHING,) * 2, (NOTHING,) * 2, costs, searched)
    assert (found.best("acute"), found.ties("acute")) == (0, (0, 1))
    assert found.above("acute", 1).mean == pytest.approx(-1)


def mixes_alike(source, count):
    """Mixes that do the same, and no shift, which does too."""
    made = [mix(source.normal(0, 1, 10), source.normal(0, 1, 10)) for _ in range(count + 1)]
    return made[:-1], made[-1]


def test_of_mixes_that_do_the_same_hardly_any_is_told_to_be_better():
    """Ten mixes, two aims: neither against no shift nor against each other in more than one answer of twenty."""
    source, answers, hunting = np.random.default_rng(7), 600, Hunt(("gap", "days"), None, ())
    better = beaten = 0
    for _ in range(answers):
        mixes, unmoved = mixes_alike(source, 10)
        found = MixAnswer(None, hunting, {}, (), tuple(mixes), (), unmoved)
        better += not found.none_better
        beaten += not all(_still(mixes))
    assert better <= 0.05 * answers
    assert beaten <= 0.05 * answers
