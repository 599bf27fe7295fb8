"""Rank correlation and regression on ranks, with intervals from resampling.

Ranks, because an answer may rise steeply here and hardly there: what matters is that more of one goes with more of
the other. Resampling uses a source of its own, fixed by a seed, and no number that belongs to a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.results.statistics import LEVEL, Interval

FloatArray = NDArray[np.float64]

RESAMPLES = 1000
LEAST = 5
"""Pairs below which a rank correlation says nothing."""
NEARLY_ONE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Lean:
    """How much an outcome leans on one of the things drawn.

    which         its position among them
    coefficient   standardised rank regression coefficient and its interval: -1 to 1, 0 for nothing
    """

    which: int
    coefficient: Interval


def rank_correlation(first: FloatArray, second: FloatArray, level: float = LEVEL, seed: int = 1) -> Interval:
    """Spearman's rank correlation; its interval is normal on Fisher's scale, with the error found by resampling.

    first, second   n numbers each, in pairs; with fewer than LEAST, or no variation, everything is nan
    level           in percent
    """
    n = first.size
    if n < LEAST or np.ptp(first) == 0 or np.ptp(second) == 0:
        return Interval(nan, nan, nan, n)
    from scipy.stats import rankdata

    x, y = _standard(rankdata(first)), _standard(rankdata(second))
    found = _correlations(x, y, np.ones((1, n)))[0]
    error = np.arctanh(_correlations(x, y, _counts(n, seed))).std(ddof=1)
    reach = float(ndtri((1 + level / 100) / 2)) * error
    low, high = np.tanh(np.arctanh(found) - reach), np.tanh(np.arctanh(found) + reach)
    return Interval(float(found), float(low), float(high), n)


def leans(drawn: FloatArray, outcome: FloatArray, most: int, seed: int = 1) -> tuple[Lean, ...]:
    """What an outcome leans on, the strongest first: stepwise regression on ranks.

    drawn     shape (draws, things)
    outcome   shape (draws,)
    most      things named at most

    The next thing is the one that goes best with what the earlier ones leave unexplained. It is taken only if its
    interval leaves out zero, made wide enough to hold for all things at once (Bonferroni), since it was picked from
    them. Of those taken, the ones whose own coefficient's interval leaves out zero are returned.
    """
    draws, things = drawn.shape
    if draws < LEAST or np.ptp(outcome) == 0:
        return ()
    from scipy.stats import rankdata

    x, y = _standard(rankdata(drawn, axis=0)), _standard(rankdata(outcome))
    taken: list[int] = []
    rest, level = y, 100 - (100 - LEVEL) / things
    while len(taken) < min(most, draws // LEAST):
        strength = np.abs(x.T @ rest)
        strength[taken] = 0
        best = int(np.argmax(strength))
        found = rank_correlation(x[:, best], rest, level, seed)
        if not (found.low > 0 or found.high < 0):
            break
        taken.append(best)
        rest = y - x[:, taken] @ np.linalg.lstsq(x[:, taken], y, rcond=None)[0]
    return _regression(x, y, taken, seed)


def _regression(x: FloatArray, y: FloatArray, taken: list[int], seed: int) -> tuple[Lean, ...]:
    if not taken:
        return ()
    chosen, n = x[:, taken], y.size
    found = np.linalg.lstsq(chosen, y, rcond=None)[0]
    roots = np.sqrt(_counts(n, seed))
    again = [np.linalg.lstsq(chosen * root[:, np.newaxis], y * root, rcond=None)[0] for root in roots]
    low, high = np.percentile(again, [(100 - LEVEL) / 2, (100 + LEVEL) / 2], axis=0)
    named = [Lean(which, Interval(float(found[i]), float(low[i]), float(high[i]), n)) for i, which in enumerate(taken)]
    sure = (each for each in named if each.coefficient.low > 0 or each.coefficient.high < 0)
    return tuple(sorted(sure, key=lambda each: -abs(each.coefficient.mean)))


def _standard(values: FloatArray) -> FloatArray:
    """Mean 0 and variance 1, column by column; a column without variation stays 0."""
    centred = np.asarray(values - values.mean(axis=0), dtype=np.float64)
    spread = centred.std(axis=0)
    return np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)


def _counts(n: int, seed: int) -> FloatArray:
    """How often each of n pairs is in each resample, shape (RESAMPLES, n)."""
    source = np.random.Generator(np.random.Philox(seed))
    return source.multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(np.float64)


def _correlations(x: FloatArray, y: FloatArray, counts: FloatArray) -> FloatArray:
    """Correlation of x and y in each resample; clipped just short of 1, for Fisher's scale."""
    weights = counts / counts.sum(axis=1, keepdims=True)
    mean_x, mean_y = weights @ x, weights @ y
    covariance = weights @ (x * y) - mean_x * mean_y
    # a resample of one value over and over has no variance, but for a rounding that may be below 0
    spread = np.sqrt(np.maximum(0.0, (weights @ x**2 - mean_x**2) * (weights @ y**2 - mean_y**2)))
    found = np.divide(covariance, spread, out=np.zeros_like(spread), where=spread > 0)
    return np.clip(found, -NEARLY_ONE, NEARLY_ONE)
