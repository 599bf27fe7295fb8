"""Closed forms that a lesson sets beside its simulation."""

from __future__ import annotations

from math import log, sqrt

from scipy.special import ndtr


def erlang_c(places: int, load: float) -> float:
    """Share of arrivals that wait in M/M/c (Erlang 1917); 1 when there are no more places than load."""
    if load >= places:
        return 1.0
    lost = 1.0
    for place in range(1, places + 1):
        lost = load * lost / (place + load * lost)
    return places * lost / (places - load * (1 - lost))


def mean_wait(places: int, load: float, stay: float) -> float:
    """Mean wait in M/M/c in the unit of the stay; without end when there are no more places than load."""
    return erlang_c(places, load) * stay / (places - load) if load < places else float("inf")


def lognormal_below(limit: float, mean: float, sd: float) -> tuple[float, float]:
    """Of lognormal stays, the share shorter than a limit, and the share of all time that these take."""
    sigma = sqrt(log(1 + (sd / mean) ** 2))
    above = (log(limit) - log(mean) + sigma**2 / 2) / sigma
    return float(ndtr(above)), float(ndtr(above - sigma))
