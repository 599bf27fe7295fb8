"""Who brought how much of what all brought together: Shapley values (Shapley 1953), exact or from sampled orders.

A player's value is what it adds to those who came before it, averaged over all orders in which the players could come.
Of all ways to divide the whole it alone adds up to the whole, gives nothing to who never adds anything, gives the same
to who adds the same, and divides a sum of games as the sum of what it divides each into.

A coalition is a whole number whose bit i says whether player i is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import factorial

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Order = tuple[int, ...]
Value = Callable[[int], FloatArray]
"""What a coalition brings, any shape; the same for all."""

ORDERS_STREAM = 1953
"""Keeps the orders drawn from a seed apart from all else that is drawn from it."""


def members(coalition: int) -> Iterator[int]:
    """Players of a coalition, in order."""
    return (player for player in range(coalition.bit_length()) if coalition >> player & 1)


def shapley(value: Value, players: int) -> FloatArray:
    """Exact Shapley values, shape (players, ...), from all 2**players coalitions."""
    together = [value(coalition) for coalition in range(2**players)]
    return np.array([_exact(together, player, players) for player in range(players)])


def _exact(together: Sequence[FloatArray], player: int, players: int) -> FloatArray:
    found = np.zeros(together[0].shape)
    for before in range(len(together)):
        if not before >> player & 1:
            size = before.bit_count()
            weight = factorial(size) * factorial(players - size - 1) / factorial(players)
            found += weight * (together[before | 1 << player] - together[before])
    return found


def orders(players: int, pairs: int, seed: int) -> tuple[Order, ...]:
    """Random orders in pairs, each followed by its reverse.

    Who comes early in one comes late in the other, so that what two players do to each other is divided evenly in every
    pair, and chance is left only with what three or more do together (antithetic sampling: Mitchell and others 2022).
    """
    source = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, ORDERS_STREAM])))
    drawn = [tuple(source.permutation(players).tolist()) for _ in range(pairs)]
    return tuple(order for each in drawn for order in (each, each[::-1]))


def prefixes(order: Order) -> Iterator[int]:
    """The coalitions that form as players come in this order, from nobody to all."""
    coalition = 0
    yield coalition
    for player in order:
        coalition |= 1 << player
        yield coalition


def added(value: Value, order: Order) -> FloatArray:
    """What each player adds when they come in this order, shape (players, ...), by player."""
    steps = np.diff(np.array([value(coalition) for coalition in prefixes(order)]), axis=0)
    found = np.empty_like(steps)
    found[list(order)] = steps
    return found


def sampled(value: Value, drawn: Sequence[Order]) -> FloatArray:
    """What players add in each pair of orders, shape (pairs, players, ...); the mean over pairs is what to expect.

    drawn   of `orders`: each order followed by its reverse
    """
    each = np.array([added(value, order) for order in drawn])
    found: FloatArray = (each[0::2] + each[1::2]) / 2
    return found
