"""Waits kept as counts in bins: their quantiles, and the share above a limit.

Bin 0 holds those who did not wait at all. Bin b covers an eighth of a doubling, so a quantile is known to
about nine percent of itself whatever its size. The last bin has no upper end.
"""

from __future__ import annotations

from math import floor, inf, log2, nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

BINS_A_DOUBLING = 8
"""Bins between a wait and twice that wait."""

SHORTEST = 2.0**-10
"""Upper end of the waits told apart from none, in time units: where bin 1 begins."""


def wait_bin(wait: float, bins: int) -> int:
    """The bin of a wait in time units, of `bins` bins in all."""
    if wait <= 0:
        return 0
    return min(max(1 + floor(BINS_A_DOUBLING * log2(wait / SHORTEST)), 1), bins - 1)


def wait_edges(bins: int) -> FloatArray:
    """Where bins 1, 2, ... begin, then the upper end of the last; shape (bins,), in time units."""
    edges = SHORTEST * 2.0 ** (np.arange(bins) / BINS_A_DOUBLING)
    edges[0] = 0.0
    edges[-1] = inf
    return edges


def wait_quantile(counts: ArrayLike, share: float) -> float:
    """The wait that `share` of the people did not exceed, in time units; nan when nobody was counted.

    counts   people by bin, shape (bins,); weights that are not whole will do
    Inside a bin the wait is interpolated evenly; in the last bin its lower end is given, a lower bound.
    """
    weights = np.asarray(counts, dtype=np.float64)
    total = float(weights.sum())
    if total == 0:
        return nan
    reached = np.cumsum(weights)
    place = int(np.searchsorted(reached, share * total - 1e-9 * total))
    place = min(place, weights.size - 1)
    if place == 0:
        return 0.0
    low, high = wait_edges(weights.size)[place - 1 : place + 1]
    if high == inf:
        return float(low)
    return float(low + (high - low) * (share * total - reached[place - 1]) / weights[place])


def share_over(counts: ArrayLike, limit: float) -> FloatArray:
    """Share of the people who waited longer than `limit` time units; nan when nobody was counted.

    counts   people by bin on the last axis, shape (..., bins); the share has the shape before it
    """
    weights = np.asarray(counts, dtype=np.float64)
    place = wait_bin(limit, weights.shape[-1])
    over = weights[..., place + 1 :].sum(axis=-1)
    if place > 0:
        low, high = wait_edges(weights.shape[-1])[place - 1 : place + 1]
        part = 1.0 if high == inf else (high - limit) / (high - low)
        over = over + weights[..., place] * part
    total = weights.sum(axis=-1)
    return np.divide(over, total, out=np.full(total.shape, nan), where=total > 0)
