"""Shapley values of games whose answer is known: sums, products, equals, dummies; exact and from sampled orders."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from sim.experiments.attribute.shapley import added, members, orders, prefixes, sampled, shapley

pytestmark = pytest.mark.verification

WEIGHTS = np.array([3.0, -1.0, 0.5, 7.0])


def additive(coalition):
    """Everybody brings their own weight, whoever else is there."""
    return np.array([sum(WEIGHTS[each] for each in members(coalition))])


def together(first, second, bonus):
    """Two players bring a bonus, and only together."""
    both = 1 << first | 1 << second
    return lambda coalition: np.array([bonus if coalition & both == both else 0.0])


def gloves(coalition):
    """Player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1. Known: 2/3, 1/6, 1/6."""
    return np.array([1.0 if coalition & 1 and coalition & 6 else 0.0])


def jagged(players):
    """A game of no shape at all, with nothing for nobody."""
    source = np.random.Generator(np.random.Philox(7))
    worth = source.normal(size=(2**players, 3, 2))
    worth[0] = 0
    return lambda coalition: worth[coalition]


def by_definition(value, players):
    """What each adds to those before, averaged over every order."""
    return np.mean([added(value, order) for order in permutations(range(players))], axis=0)


def test_in_a_sum_everybody_gets_what_they_bring():
    assert np.allclose(shapley(additive, 4)[:, 0], WEIGHTS)


def test_what_two_bring_only_together_is_divided_equally():
    assert np.allclose(shapley(together(0, 2, 10.0), 3)[:, 0], [5, 0, 5])


def test_an_interaction_on_top_of_a_sum_is_divided_equally():
    """1 alone brings 4, 2 alone 1, both 11: the 6 more are divided, so 7 and 4."""
    worth = {0: 0.0, 1: 4.0, 2: 1.0, 3: 11.0}
    assert np.allclose(shapley(lambda each: np.array([worth[each]]), 2)[:, 0], [7, 4])


def test_the_glove_game():
    assert np.allclose(shapley(gloves, 3)[:, 0], [2 / 3, 1 / 6, 1 / 6])


def test_who_never_adds_anything_gets_exactly_nothing():
    """Not nearly: player 2 of a jagged game of the others."""
    game = jagged(2)
    found = shapley(lambda each: game(each & 3), 3)
    assert not found[2].any()
    assert found[0].any()
    drawn = sampled(lambda each: game(each & 3), orders(3, 5, 1))
    assert not drawn[:, 2].any()


def test_equals_get_the_same():
    """The game knows only how many there are."""
    found = shapley(lambda each: np.array([float(each.bit_count() ** 3)]), 4)[:, 0]
    assert np.allclose(found, 4**3 / 4)


@pytest.mark.parametrize("players", [1, 2, 3, 5])
def test_exact_values_are_the_average_over_every_order(players):
    game = jagged(players)
    assert np.allclose(shapley(game, players), by_definition(game, players))


@pytest.mark.parametrize("players", [1, 3, 6])
def test_the_parts_add_up_to_the_whole(players):
    """In each replication and year; exact and sampled alike."""
    game = jagged(players)
    whole = game(2**players - 1) - game(0)
    assert np.allclose(shapley(game, players).sum(axis=0), whole, rtol=1e-13, atol=1e-13)
    drawn = sampled(game, orders(players, 3, 1))
    assert np.allclose(drawn.sum(axis=1), whole, rtol=1e-13, atol=1e-13)


def test_the_division_of_two_games_at_once_is_the_sum_of_their_divisions():
    first, second = jagged(3), together(0, 1, 2.0)
    both = shapley(lambda each: first(each) + second(each), 3)
    assert np.allclose(both, shapley(first, 3) + shapley(second, 3)[..., np.newaxis])


def test_orders_come_in_pairs_that_mirror_each_other_and_follow_the_seed():
    drawn = orders(7, 4, 3)
    assert len(drawn) == 8
    assert all(sorted(order) == list(range(7)) for order in drawn)
    assert [order[::-1] for order in drawn[0::2]] == list(drawn[1::2])
    assert drawn == orders(7, 4, 3)
    assert drawn != orders(7, 4, 4)
    assert drawn[:4] == orders(7, 2, 3)


def test_coalitions_form_one_by_one():
    assert list(prefixes((2, 0, 1))) == [0, 4, 5, 7]
    assert list(members(13)) == [0, 2, 3]


def test_one_pair_of_orders_divides_what_two_do_to_each_other_without_error():
    """A sum and a bonus for one pair of players: any order and its mirror give the exact answer."""
    bonus = together(1, 3, 6.0)
    found = sampled(lambda each: additive(each) + bonus(each), orders(4, 1, 5)).mean(axis=0)
    assert np.allclose(found[:, 0], [3, 2, 0.5, 10])


def test_sampled_orders_come_near_and_nearer():
    """Standard error of 500 pairs against the exact answer: within four of them for every player and number."""
    game, players = jagged(5), 5
    pairs = sampled(game, orders(players, 500, 11))
    error = pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs))
    assert (np.abs(pairs.mean(axis=0) - shapley(game, players)) < 4 * error).all()
    assert error.max() < 0.1
