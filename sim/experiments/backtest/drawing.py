"""Other worlds that fit the same years: every number with a range drawn at once, and the free quantities fitted again.

Drawn freely, most worlds would not have had the delays and the occupancy that were seen from 2010 to 2014. So each
draw is brought back to those years by a few Gauss-Newton corrections, with the slopes of the fit, to targets moved
about as far as the fit itself misses them; a draw that cannot be brought back is set aside, and counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event

import numpy as np
from scipy.special import ndtri

from sim.experiments.backtest.fitting import Aims, Found, Scale, count
from sim.experiments.backtest.looking import FloatArray, Looks, Months, together
from sim.experiments.backtest.setting import DELAY_LAID, MOVES_NOBODY, Setting
from sim.experiments.doubts import Doubt, doubts, drawn, hypercube
from sim.experiments.replicate import Way, replicate
from sim.inputs import Parameters

ANOTHER = 1000
"""A hypercube that is not one of the draws'."""
ACCOUNTS = tuple(DELAY_LAID.format(owner) for owner in ("social_care", "both"))


@dataclass(frozen=True)
class Draw:
    """A world that fits the years about as well as the fit.

    number    of the draw, among all that were drawn
    values    of the free quantities in it; `counted` of those that say how things are counted
    misfit    root mean square distance from its targets, in tolerances
    """

    number: int
    values: Mapping[str, float]
    counted: Mapping[str, float]
    misfit: float


@dataclass(frozen=True)
class Worlds:
    """Numbers drawn from their ranges.

    quantiles   a row for each draw, a column for each doubt
    """

    setting: Setting
    found: tuple[Doubt, ...]
    quantiles: FloatArray

    @classmethod
    def draw(cls, setting: Setting) -> Worlds:
        """As many as the plan says."""
        found, method = _doubts(setting), setting.plan.method
        return cls(setting, found, hypercube(method.draws, len(found), method.seed))

    def known(self, number: int) -> Parameters:
        """Parameters of the first day in a draw, before anything is fitted in it; places are used as the plan says."""
        return self.setting.as_used(drawn(self.setting.base, self.found, self.quantiles[number]))


def find_draws(found: Found, way: Way) -> tuple[tuple[Draw, ...], int]:
    """Draws that fit, in order, and how many were set aside."""
    worlds = Worlds.draw(found.setting)
    task = _Refit(found, worlds, _targets(found, len(worlds.quantiles)))
    tried = replicate(task, len(worlds.quantiles), way)
    kept = tuple(each for each in tried if each is not None)
    return kept, len(tried) - len(kept)


@dataclass(frozen=True)
class _Refit:
    """One draw, fitted again, from its number."""

    found: Found
    worlds: Worlds
    targets: FloatArray

    def __call__(self, number: int, cancelled: Event) -> Draw | None:
        setting, method = self.found.setting, self.found.setting.plan.method
        scale, aims, slopes = Scale.of(setting), Aims(setting), self.found.slopes
        back = np.linalg.pinv(slopes)
        parts = np.clip(scale.parts(self.found.values) + back @ (self.targets[number] - self.found.residuals), 0, 1)
        best: Draw | None = None
        known = self.worlds.known(number)
        for _ in range(method.corrections):
            values = scale.values(parts)
            try:
                shown = self._look(setting.parameters(values, known), cancelled)
            except ValueError:
                return None  # no place can be made of these numbers
            missed = aims.residuals(shown) - self.targets[number]
            misfit = float(np.sqrt(np.mean(np.square(missed))))
            if best is None or misfit < best.misfit:
                best = Draw(number, values, count(setting, shown, known), float(f"{misfit:.4g}"))
            parts = np.clip(parts - back @ missed, 0, 1)
        return best if best is not None and best.misfit <= method.misfit else None

    def _look(self, parameters: Parameters, cancelled: Event) -> Months:
        """The fitted years under some parameters, the mean over replications."""
        setting, method = self.found.setting, self.found.setting.plan.method
        looks = Looks(
            lambda _: parameters, setting.footprint, Aims(setting).years, method.people, method.seed,
            method.draw_replications,
        )  # fmt: skip
        return together([looks(each, cancelled) for each in range(method.draw_replications)])


def _doubts(setting: Setting) -> tuple[Doubt, ...]:
    """What is drawn: every number with a range that moves patients and is neither given nor fitted."""
    fitted = {each.name for each in setting.plan.free} | set(ACCOUNTS)
    places = {f"capacity.{kind}" for each in setting.plan.free if each.how == "level" for kind in each.keys}
    at_begin = setting.parameters({each.name: each.begin for each in setting.plan.free})
    found = doubts([at_begin], setting.shipped)
    return tuple(
        each for each in found
        if each.name not in fitted | places and each.name.partition(".")[0] not in MOVES_NOBODY
    )  # fmt: skip


def _targets(found: Found, draws: int) -> FloatArray:
    """Residuals that each draw is brought to: those of the fit, moved by chance as far as they are from zero."""
    quantiles = hypercube(draws, len(found.residuals), found.setting.plan.method.seed, batch=ANOTHER)
    moved: FloatArray = found.residuals + found.score * ndtri(quantiles)
    return moved
