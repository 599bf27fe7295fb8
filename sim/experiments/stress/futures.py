"""Futures: every doubt drawn at once, and shocks that happen or do not, each with a size of its own.

One number between 0 and 1 decides about a shock: below its chance it happens, and how far below says how large it is.
So a Latin hypercube meets each shock as often as its chance says, in all its sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiments.closing import draws_that_close
from sim.experiments.doubts import Doubt, doubts, drawn, hypercube, pert
from sim.experiments.question import Resolved
from sim.inputs import Parameters
from sim.inputs.shocks import Shock

FloatArray = NDArray[np.float64]

SHOCKS_BATCH = 1_000_000
"""Keeps the hypercube of shocks apart from those of doubts, of which there are far fewer."""


@dataclass(frozen=True, slots=True)
class Futures:
    """Worlds that plans are tried in.

    quantiles   of each doubt in each future, shape (futures, doubts)
    sizes       of each shock in each future, in its own unit, shape (futures, shocks); nan where it does not happen
    aside       draws set aside because no base year could close in them
    """

    doubts: tuple[Doubt, ...]
    shocks: tuple[Shock, ...]
    quantiles: FloatArray
    sizes: FloatArray
    aside: int

    def __len__(self) -> int:
        return len(self.quantiles)

    def parameters(self, plan: Parameters, future: int) -> Parameters:
        """A plan in one future, counted from 0."""
        world = drawn(plan, self.doubts, self.quantiles[future])
        for shock, size in zip(self.shocks, self.sizes[future].tolist(), strict=True):
            if not np.isnan(size):
                world = shock.apply(world, size)
        return world

    @property
    def names(self) -> tuple[str, ...]:
        """What differs between futures: names of doubts, then of shocks."""
        return (*(each.name for each in self.doubts), *(each.name for each in self.shocks))

    @property
    def drawn(self) -> FloatArray:
        """What differs, shape (futures, doubts and shocks): quantiles, and how far each shock moves its numbers."""
        neutral = np.array([1.0 if each.acts[0].how == "times" else 0.0 for each in self.shocks])
        moved = np.where(np.isnan(self.sizes), 0.0, np.abs(self.sizes - neutral))
        return np.hstack((self.quantiles, moved))

    def happens(self, shock: int) -> NDArray[np.bool_]:
        """In which futures a shock happens, shape (futures,)."""
        return ~np.isnan(self.sizes[:, shock])


def draw_futures(
    plans: Sequence[Resolved],
    shocks: Sequence[Shock],
    draws: int,
    tell: Callable[[int], None],
    *,
    closing: bool = True,
) -> Futures:
    """Futures for plans that share base, seed and people.

    draws     wanted; fewer come back when hardly any closes
    tell      is told how many were found so far
    closing   only draws in which the base year closes, before any shock
    """
    base, seed = plans[0].base, plans[0].question.seed
    found = doubts([plan.parameters for plan in plans], base)
    if closing:
        quantiles, aside = draws_that_close(base, found, draws, seed, tell)
    else:
        quantiles, aside = hypercube(draws, len(found), seed), 0
    luck = hypercube(draws, len(shocks), seed, SHOCKS_BATCH) if shocks else np.zeros((draws, 0))
    sizes = [[_size(shock, each) for shock, each in zip(shocks, row, strict=True)] for row in luck.tolist()]
    whole = np.array(sizes, dtype=np.float64).reshape(draws, len(shocks))
    return Futures(found, tuple(shocks), quantiles, whole[: len(quantiles)], aside)


def _size(shock: Shock, luck: float) -> float:
    """How large a shock is, from one number between 0 and 1; nan where it does not happen."""
    if luck >= shock.chance:
        return float("nan")
    return pert(luck / shock.chance, shock.low, shock.value, shock.high)
