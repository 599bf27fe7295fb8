"""How often something held, with how sure that is: a share of trials and Wilson's interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

from scipy.special import ndtri

from sim.results.statistics import LEVEL


@dataclass(frozen=True, slots=True)
class Share:
    """So many of n trials, and the interval of the chance behind it; all nan where there was no trial."""

    count: int
    n: int
    share: float
    low: float
    high: float


def wilson(count: int, n: int, level: float = LEVEL) -> Share:
    """The score interval of a binomial share (Wilson 1927), which also holds near 0 and 1 and for few trials.

    level   in percent

    Raises ValueError when the count is not between 0 and n.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no share.")
    if n == 0:
        return Share(0, 0, nan, nan, nan)
    critical = float(ndtri((1 + level / 100) / 2))
    found, weight = count / n, critical**2 / n
    middle = (found + weight / 2) / (1 + weight)
    half = critical * sqrt(found * (1 - found) / n + weight / (4 * n)) / (1 + weight)
    # at either end the bound is the share itself, but for a rounding
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == n else middle + half
    return Share(count, n, found, low, high)
