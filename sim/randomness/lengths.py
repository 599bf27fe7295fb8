"""A length of time as a frozen value: which family of distributions, with which parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Distribution:
    """A length of time: a family of distributions and its parameters, in time units.

    family       deterministic (value) · exponential (mean) · gamma (mean, shape) · erlang (mean, phases)
                 · weibull (scale, shape) · lognormal (mean, sd | mu, sigma | mean, sigma)
                 · uniform (low, high) · triangular (low, mode, high) · empirical (values, weights)
    parameters   scalars by name
    values       the points of an empirical distribution, else empty
    weights      their weights, same length as `values`, else empty
    """

    family: str
    parameters: Mapping[str, float] = field(default_factory=dict)
    values: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
