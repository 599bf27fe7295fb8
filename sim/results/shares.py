"""How often something held, with how sure that is: a share of trials and Wilson's interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.results.statistics import LEVEL, level_at_once


@dataclass(frozen=True, slots=True)
class Against:
    """How often one thing held where another did not, trial by trial, and the other way round.

    only, other_only   trials in which the one, or the other, held alone
    n                  trials
    chance             that two things which hold as often would part at least so unevenly (McNemar 1947, exact)
    """

    only: int
    other_only: int
    n: int
    chance: float

    @property
    def difference(self) -> float:
        """Share of trials in which the one held, less that of the other; nan where there was no trial."""
        return (self.only - self.other_only) / self.n if self.n else nan

    def is_told(self, looks: int = 1) -> bool:
        """Whether that is more than chance, looking at so many pairs at once (Bonferroni)."""
        return self.chance < (100 - level_at_once(looks)) / 100


@dataclass(frozen=True, slots=True)
class Share:
    """So many of n trials, and the interval of the chance behind it; all nan where there was no trial."""

    count: int
    n: int
    share: float
    low: float
    high: float


def against(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> Against:
    """Two things that held or did not in the same trials, shape (trials,) each: shares of one sample are paired."""
    from scipy.stats import binomtest

    only, other_only = int((one & ~other).sum()), int((other & ~one).sum())
    both = only + other_only
    return Against(only, other_only, one.size, float(binomtest(only, both).pvalue) if both else 1.0)


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
