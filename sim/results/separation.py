"""Which of the things drawn tell two kinds of draws apart: regional sensitivity analysis.

Draws are parted into two kinds by what came of them (Spear and Hornberger 1980). A thing that had nothing to do with it
is distributed alike in both; the greatest distance between its two distribution functions (Kolmogorov and Smirnov) says
how far it is not. It sees a thing that works by itself, and misses what only two do together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.results.statistics import LEVEL

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

LEAST = 5
"""Draws of either kind below which nothing can be told apart."""


@dataclass(frozen=True, slots=True)
class Apart:
    """How far one thing tells draws of the two kinds apart.

    which         its position among the things drawn
    distance      greatest distance between the distribution functions, 0 to 1
    difference    mean in the one kind less mean in the other, in standard deviations of all
    inside, outside   median in either kind
    chance        that a thing without any effect looks as different, by itself
    shown         whether that is too unlikely for chance, looking at all things at once (Bonferroni)
    """

    which: int
    distance: float
    difference: float
    inside: float
    outside: float
    chance: float
    shown: bool


def told_apart(drawn: FloatArray, outside: BoolArray) -> tuple[Apart, ...]:
    """Every thing, what tells the two kinds apart best first; empty with fewer than LEAST draws of either kind.

    drawn     shape (draws, things)
    outside   shape (draws,): of the second kind
    """
    if min(int(outside.sum()), int((~outside).sum())) < LEAST:
        return ()
    most = (100 - LEVEL) / 100 / drawn.shape[1]
    found = [_apart(which, drawn[~outside, which], drawn[outside, which], most) for which in range(drawn.shape[1])]
    return tuple(sorted(found, key=lambda each: (-each.distance, each.which)))


def _apart(which: int, inside: FloatArray, outside: FloatArray, most: float) -> Apart:
    spread = float(np.concatenate((inside, outside)).std())
    if spread == 0:
        return Apart(which, 0.0, 0.0, float(inside[0]), float(outside[0]), 1.0, False)
    from scipy.stats import ks_2samp

    test = ks_2samp(inside, outside, method="asymp")
    difference = float(outside.mean() - inside.mean()) / spread
    medians = float(np.median(inside)), float(np.median(outside))
    chance = float(test.pvalue)
    return Apart(which, float(test.statistic), difference, *medians, chance, chance < most)
