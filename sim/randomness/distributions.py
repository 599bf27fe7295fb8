"""Lengths of time: means, inverse distribution functions, and the quantile tables both engines read.

A table holds the inverse distribution function at nodes that halve towards both ends, 64 to an octave, so that the
far tails (a stay of a year) are as exact as the middle. One uniform number goes in, one length of time comes out.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.randomness.lengths import Distribution

FloatArray = NDArray[np.float64]

Inverse = Callable[[FloatArray, NDArray[np.bool_]], FloatArray]

OCTAVES = 52
PER_OCTAVE = 64
HALF = OCTAVES * PER_OCTAVE
"""Number of nodes from the far end of a tail to the median; a table has two halves."""

KEPT = 256
"""Tables kept, of 53 kB each: several times what a place has. Numbers drawn make new ones in every draw, used once."""


@dataclass(frozen=True, slots=True)
class QuantileTable:
    """The inverse distribution function at fixed nodes.

    nodes    shape (2, HALF + 1): row 0 counts up from the lowest values, row 1 down from the highest; the last
             column of both is the median. In time units.
    reached  for a distribution of separate values: the share of people up to each of them; else empty
    values   those values, ascending; else empty
    """

    nodes: FloatArray
    reached: FloatArray = field(default_factory=lambda: np.empty(0))
    values: FloatArray = field(default_factory=lambda: np.empty(0))

    def at(self, u: float) -> float:
        """The length of time below which a share `u` of stays fall; linear between nodes."""
        if len(self.reached):
            return float(self.values[min(bisect_left(self.reached, u), len(self.values) - 1)])
        side, position = (0, u) if u < 0.5 else (1, 1.0 - u)
        fraction, exponent = math.frexp(position)
        place = (exponent + OCTAVES) * PER_OCTAVE + (2.0 * fraction - 1.0) * PER_OCTAVE
        node = min(max(int(place), 0), HALF - 1)
        row = self.nodes[side]
        low, high = float(row[node]), float(row[node + 1])
        return low + (high - low) * (place - node)

    def many(self, u: FloatArray) -> FloatArray:
        """The same for many numbers at once, bit for bit."""
        if len(self.reached):
            found = np.searchsorted(self.reached, u, side="left")
            return self.values[np.minimum(found, len(self.values) - 1)]
        lower = u < 0.5
        fraction, exponent = np.frexp(np.where(lower, u, 1.0 - u))
        place = (exponent + OCTAVES) * float(PER_OCTAVE) + (2.0 * fraction - 1.0) * PER_OCTAVE
        node = np.clip(place.astype(np.int64), 0, HALF - 1)
        side = np.where(lower, 0, 1)
        low, high = self.nodes[side, node], self.nodes[side, node + 1]
        return low + (high - low) * (place - node)


def mean(distribution: Distribution) -> float:
    """Mean length of time, in time units. Raises ValueError for an unknown family."""
    p = distribution.parameters
    match distribution.family:
        case "deterministic":
            return p["value"]
        case "empirical":
            return float(np.average(distribution.values, weights=distribution.weights or None))
        case "exponential" | "gamma" | "erlang":
            return p["mean"]
        case "weibull":
            return p["scale"] * math.gamma(1.0 + 1.0 / p["shape"])
        case "lognormal":
            mu, sigma = lognormal_parameters(distribution)
            return math.exp(mu + sigma**2 / 2.0)
        case "uniform":
            return (p["low"] + p["high"]) / 2.0
        case "triangular":
            return (p["low"] + p["mode"] + p["high"]) / 3.0
    raise ValueError(f"unknown family of distributions: {distribution.family!r}")


def quantile_table(distribution: Distribution) -> QuantileTable:
    """The inverse distribution function of a length of time. Raises ValueError for an unknown family."""
    return _kept(_quantile_table, distribution)


def _quantile_table(distribution: Distribution) -> QuantileTable:
    if distribution.family == "empirical":
        values, reached = _ranked(distribution)
        return QuantileTable(_tabulate(_inverse(distribution)), reached, values)
    return QuantileTable(_tabulate(_inverse(distribution)))


def residual_table(distribution: Distribution) -> QuantileTable:
    """What is left of a stay that is found under way in equilibrium: density (1 - F(x)) / mean.

    Source: renewal theory (Cox 1962, Renewal Theory, chapter 5). With Q the inverse of F, the share of residuals
    below Q(u) is (integral of Q from 0 to u, plus (1 - u) Q(u)) / mean.
    """
    return _kept(_residual_table, distribution)


def _residual_table(distribution: Distribution) -> QuantileTable:
    if distribution.family == "deterministic":
        whole = distribution.parameters["value"]
        return QuantileTable(_tabulate(lambda u, tail: whole * np.where(tail, 1.0 - u, u)))
    q, below = _equilibrium(distribution)
    # from 0 up to the shortest stay nobody has left yet, so the residual is spread evenly there
    q, below = np.concatenate([[0.0], q]), np.concatenate([[0.0], np.maximum.accumulate(below)])
    return QuantileTable(_tabulate(lambda v, t: np.interp(np.where(t, 1.0 - v, v), below, q)))


def _kept(build: Callable[[Distribution], QuantileTable], distribution: Distribution) -> QuantileTable:
    """Tables are pure functions of distributions, and take a millisecond each: those in use are built once."""
    d = distribution
    return _kept_by_value(build, d.family, tuple(sorted(d.parameters.items())), d.values, d.weights)


@lru_cache(maxsize=KEPT)
def _kept_by_value(
    build: Callable[[Distribution], QuantileTable],
    family: str,
    parameters: tuple[tuple[str, float], ...],
    values: tuple[float, ...],
    weights: tuple[float, ...],
) -> QuantileTable:
    return build(Distribution(family, dict(parameters), values, weights))


def _equilibrium(distribution: Distribution) -> tuple[FloatArray, FloatArray]:
    """Values in ascending order, and the share of residual stays below each of them."""
    if distribution.family == "empirical":
        q, share = _ranked(distribution)
        above, inner = 1.0 - share, np.cumsum(np.diff(share, prepend=0.0) * q)
    else:
        u, tail = _grid()
        q = _inverse(distribution)(u, tail)
        order = np.argsort(q, kind="stable")
        q, share, above = q[order], np.where(tail, 1.0 - u, u)[order], np.where(tail, u, 1.0 - u)[order]
        inner = np.cumsum(np.diff(share, prepend=0.0) * (q + np.concatenate([[0.0], q[:-1]])) / 2.0)
    return q, (inner + above * q) / (inner[-1] + above[-1] * q[-1])


def _grid() -> tuple[FloatArray, NDArray[np.bool_]]:
    """Distances from the near end (0 to a half) of every node, and whether that end is the top."""
    octave = np.repeat(np.arange(OCTAVES), PER_OCTAVE)
    inside = np.tile(np.arange(PER_OCTAVE), OCTAVES) / PER_OCTAVE
    half = np.append(2.0 ** (octave - OCTAVES - 1) * (1.0 + inside), 0.5)
    return np.concatenate([half, half]), np.repeat([False, True], HALF + 1)


def _tabulate(inverse: Inverse) -> FloatArray:
    u, tail = _grid()
    return np.maximum(inverse(u, tail).reshape(2, HALF + 1), 0.0)


def _inverse(distribution: Distribution) -> Inverse:
    """A function of (distance from an end, is it the top end?) giving the value there."""
    p = distribution.parameters
    match distribution.family:
        case "deterministic":
            return lambda u, tail: np.full(u.shape, p["value"])
        case "empirical":
            return _empirical_inverse(distribution)
        case "exponential":
            return lambda u, tail: p["mean"] * _survived(u, tail)
        case "weibull":
            return lambda u, tail: p["scale"] * _survived(u, tail) ** (1.0 / p["shape"])
        case "gamma":
            return _gamma_inverse(p["mean"], p["shape"])
        case "erlang":
            return _gamma_inverse(p["mean"], p["phases"])
        case "lognormal":
            mu, sigma = lognormal_parameters(distribution)
            return lambda u, tail: np.exp(mu + sigma * np.where(tail, -special.ndtri(u), special.ndtri(u)))
        case "uniform":
            return lambda u, tail: np.where(tail, p["high"] - u * _width(p), p["low"] + u * _width(p))
        case "triangular":
            return _triangular_inverse(p["low"], p["mode"], p["high"])
    raise ValueError(f"unknown family of distributions: {distribution.family!r}")


def _survived(u: FloatArray, tail: NDArray[np.bool_]) -> FloatArray:
    """The cumulative hazard at a share of the people: -log of the share who stay longer."""
    result: FloatArray = -np.where(tail, np.log(u), np.log1p(-u))
    return result


def _width(parameters: Mapping[str, float]) -> float:
    return parameters["high"] - parameters["low"]


def _gamma_inverse(mean: float, shape: float) -> Inverse:
    def inverse(u: FloatArray, tail: NDArray[np.bool_]) -> FloatArray:
        scaled: FloatArray = np.where(tail, special.gammainccinv(shape, u), special.gammaincinv(shape, u))
        return mean / shape * scaled

    return inverse


def _triangular_inverse(low: float, mode: float, high: float) -> Inverse:
    rises = (mode - low) / (high - low)

    def inverse(u: FloatArray, tail: NDArray[np.bool_]) -> FloatArray:
        below, above = np.where(tail, 1.0 - u, u), np.where(tail, u, 1.0 - u)
        rising = low + np.sqrt(below * (high - low) * (mode - low))
        falling = high - np.sqrt(above * (high - low) * (high - mode))
        return np.where(below < rises, rising, falling)

    return inverse


def _empirical_inverse(distribution: Distribution) -> Inverse:
    values, reached = _ranked(distribution)

    def inverse(u: FloatArray, tail: NDArray[np.bool_]) -> FloatArray:
        position = np.searchsorted(reached, np.where(tail, 1.0 - u, u), side="left")
        return values[np.minimum(position, len(values) - 1)]

    return inverse


def _ranked(distribution: Distribution) -> tuple[FloatArray, FloatArray]:
    """The values of an empirical distribution in ascending order, and the share of people up to each."""
    values = np.asarray(distribution.values, dtype=np.float64)
    weights = np.asarray(distribution.weights or np.ones(len(values)), dtype=np.float64)
    order = np.argsort(values, kind="stable")
    return values[order], np.cumsum(weights[order]) / weights.sum()


def lognormal_parameters(distribution: Distribution) -> tuple[float, float]:
    """mu and sigma on the log scale, from (mu, sigma), (mean, sigma) or (mean, sd)."""
    p = distribution.parameters
    if "mu" in p:
        return p["mu"], p["sigma"]
    sigma = p["sigma"] if "sigma" in p else math.sqrt(math.log1p((p["sd"] / p["mean"]) ** 2))
    return math.log(p["mean"]) - sigma**2 / 2.0, sigma
