"""How many replications: in which steps an answer is shown, and how closely a change must be known to stop."""

from __future__ import annotations

from collections.abc import Mapping

from numpy import float64
from numpy.typing import NDArray

from dashboard.facts.catalogue import Replications
from dashboard.wording.language import mark

FloatArray = NDArray[float64]
Pairs = tuple[FloatArray, FloatArray]
"""A measure by financial year with the plan, and doing nothing: shape (replications, years), in the unit shown."""

EARLY = (2, 4, 10)
"""An answer is shown after so many replications of plan and baseline, on its way to more."""

STEP = 10
"""Replications between looks at whether the ranges are narrow."""

JUDGED = ("occupancy", "delayed", "gap")
"""Measures whose change must be known closely."""

POINTS = 0.5
DELAYED_SHARE = 1 / 20
FEWEST_DELAYED = 1.0
POUNDS_A_HEAD = 1.0
NARROW = mark(
    "Narrow means: the last year\u2019s change is known to within half a point of beds in use, 5% of delayed patients "
    "and \u00a31 a head of the money gap (95% intervals)."
)


def stages(asked: Replications) -> tuple[int, ...]:
    """Numbers of replications after which there is something new to show."""
    return (*(early for early in EARLY if early < asked.least), *range(asked.least, asked.most, STEP), asked.most)


def judged(pairs: Mapping[str, Pairs], people: float) -> list[tuple[FloatArray, float]]:
    """The last year's change in each replication, and the half-width of its 95 % interval that is narrow enough.

    people   who live in the place
    """
    delayed = float(pairs["delayed"][1][:, -1].mean())
    enough = {
        "occupancy": POINTS,
        "delayed": max(DELAYED_SHARE * delayed, FEWEST_DELAYED),
        "gap": POUNDS_A_HEAD * people / 10**6,
    }
    return [((plan - baseline)[:, -1], enough[name]) for name, (plan, baseline) in pairs.items()]
