"""Chance and ignorance told apart: what replications differ by, and what draws of the parameters differ by.

Every draw is lived through by the same people, so a replication that is lucky in one draw is lucky in all. With the
value of draw i and replication j written as

    centre + draw i + luck j + what is left over

the draws' own means share their luck, and differ by `draw` and by left-overs divided by the replications. That is
what the correction takes off; taking off all of chance would find too little ignorance.

Luck is not the same in every draw: in a full hospital it is far larger. Luck over all draws is therefore not what would
be left if every number were known; that is foreseen from the replications at the values believed (`futures`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

FloatArray = NDArray[np.float64]

BAND = (5, 95)
"""Percentiles that bound a 90 % band."""


@dataclass(frozen=True, slots=True)
class Band:
    """Nine futures in ten lie from `low` to `high`, in the unit of the values."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Split:
    """One measure over draws of the parameters, each replayed a few times.

    mean                 over draws and replications
    chance               single futures around what is expected of them: luck of all draws together, unless replaced
                         by `futures` of what is believed
    ignorance            what is expected, over the draws, were there no chance
    together             both at once
    chance_variance      of one replication, not divided by how many there are; mean over draws
    ignorance_variance   between draws, corrected for chance; never below 0
    """

    mean: float
    chance: Band
    ignorance: Band
    together: Band
    chance_variance: float
    ignorance_variance: float
    draws: int
    replications: int

    @property
    def share_of_ignorance(self) -> float:
        """Part of the whole variance that comes from not knowing the numbers; nan when nothing varies."""
        whole = self.chance_variance + self.ignorance_variance
        return self.ignorance_variance / whole if whole > 0 else nan


def split(values: FloatArray) -> Split:
    """Chance and ignorance of one measure; draws with a value that is nan are left out.

    values   shape (draws, replications), at least two of each; ValueError when there are fewer
    """
    known = values[~np.isnan(values).any(axis=1)]
    draws, replications = known.shape
    if draws < 2 or replications < 2:
        raise ValueError(f"Two draws of two replications are the least; {draws} of {replications} were found.")
    centre, of_draw = float(known.mean()), known.mean(axis=1, keepdims=True)
    luck = known - of_draw
    chance_variance = float(luck.var(axis=1, ddof=1).mean())
    between, left_over = float(of_draw.var(ddof=1)), _left_over(known)
    ignorance_variance = max(0.0, between - left_over / replications)
    # the means of draws are spread by what is left over too, and deviations from a mean are too small: both are undone;
    # where all replications of a draw are the same, as in a hospital that is full either way, nothing is to be undone
    shrunk = sqrt(ignorance_variance / between) if between > 0 else 0.0
    ignorance = (of_draw - centre) * np.where(luck.any(axis=1, keepdims=True), shrunk, 1.0)
    chance = luck * sqrt(replications / (replications - 1))
    seen = (float(known.min()), float(known.max()))
    return Split(
        mean=centre,
        chance=_band(centre + chance, seen),
        ignorance=_band(centre + ignorance, seen),
        together=_band(centre + ignorance + chance, seen),
        chance_variance=chance_variance,
        ignorance_variance=ignorance_variance,
        draws=draws,
        replications=replications,
    )


def futures(values: FloatArray, limits: tuple[float, float] = (-inf, inf)) -> Band:
    """Where nine in ten further runs of one draw would lie: Student's reach around the mean of its replications.

    values   one number a replication; ValueError with fewer than two
    limits   what no run can be below or above

    Percentiles of a few replications would be far too narrow; this holds a further run nine times in ten, however few
    there are, if single runs are normal.
    """
    runs = values.size
    if runs < 2:
        raise ValueError("Chance cannot be told from one replication.")
    middle, spread = float(values.mean()), float(values.std(ddof=1))
    reach = float(stdtrit(runs - 1, BAND[1] / 100)) * spread * sqrt(1 + 1 / runs)
    low, high = np.clip((middle - reach, middle + reach), *limits)
    return Band(float(low), float(high))


def _left_over(values: FloatArray) -> float:
    """Variance that neither the draw nor the luck of a replication explains: the two-way analysis of variance."""
    draws, replications = values.shape
    expected = values.mean(axis=1, keepdims=True) + values.mean(axis=0, keepdims=True) - values.mean()
    return float(np.square(values - expected).sum()) / ((draws - 1) * (replications - 1))


def _band(values: FloatArray, seen: tuple[float, float]) -> Band:
    """Percentiles, no further out than anything seen: luck of a full hospital is too wide for an empty one."""
    low, high = np.clip(np.percentile(values, BAND), *seen)
    return Band(float(low), float(high))
