"""Run a question at the points of a design and at both ends of every range: the same people throughout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.experiments.many import REMEMBERED, Outcome, run_many
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.sensitivity.answers import METHODS, Method, Sensitivity
from sim.experiments.sensitivity.closing_ends import open_ends
from sim.experiments.sensitivity.designs import Design, morris_design, sobol_design
from sim.experiments.sensitivity.movers import Mover
from sim.inputs import Fault, nearest, raise_any
from sim.results.measures import KEY_SERIES
from sim.system import Memory

FloatArray = NDArray[np.float64]

SIZES = {"morris": (4, 1000), "sobol": (8, 65536)}
"""Fewest and most trajectories, and samples."""
LEAST_BLOCKS = 4
"""Possible trajectories or samples below which nothing is said."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How points are drawn.

    size   trajectories of Morris, or samples of Sobol (a power of two)
    """

    method: Method
    size: int

    def design(self, names: Sequence[str], seed: int) -> Design:
        """Points for things of these names."""
        draw = morris_design if self.method == "morris" else sobol_design
        return draw(names, self.size, seed)

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it."""
        if self.method not in METHODS:
            close = nearest(self.method, METHODS)
            yield Fault("", 0, "method", f'"{self.method}"', f"is not one of {', '.join(METHODS)}", close)
            return
        least, most = SIZES[self.method]
        what = "trajectories" if self.method == "morris" else "samples"
        if not least <= self.size <= most:
            yield Fault("", 0, what, str(self.size), f"must be a whole number from {least} to {most}")
        elif self.method == "sobol" and self.size.bit_count() != 1:
            near = 2 ** (self.size.bit_length() - 1)
            yield Fault("", 0, what, str(self.size), f"must be a power of two, such as {near} or {2 * near}")


def sensitivity(
    place: Resolved, movers: Sequence[Mover], plan: Plan, way: Way | None = None, *, keep: bool = True
) -> Sensitivity:
    """Move several things at once, and each by itself to either end of its range.

    place   the question, with what a plan sets; its replications are of every point
    keep    use and fill the folder of finished replications

    Raises Faults: a wrong plan, no place can be made of what is believed, or of hardly any trajectory or sample.
    """
    raise_any(list(plan.faults()))
    design = plan.design([each.name for each in movers], place.question.seed)
    asked = _Asked(place, tuple(movers), design)
    outcomes = run_many(asked.question, asked.count, KEY_SERIES, way, keep=keep, memory=Memory(REMEMBERED))
    reason = outcomes[0][0].impossible
    raise_any([Fault("", 0, place.footprint.name, reason.rstrip("."), "")] if reason else [])
    first = 1 + 2 * len(asked.movers)
    found = Sensitivity(
        place, asked.movers, plan.method, design, _gathered(outcomes, range(first, asked.count)),
        _gathered(outcomes, range(first)), _impossible(outcomes), open_ends(movers, place.base),
    )  # fmt: skip
    raise_any(_too_few(found))
    return found


def strongest(found: Sensitivity, series: Sequence[str], most: int) -> tuple[Mover, ...]:
    """What a screening found to matter most, for any of some measures: so many things, for Sobol indices."""
    ranked = [[each.name for each in found.screened(name)] for name in series]
    best = {mover.name: min(names.index(mover.name) for names in ranked) for mover in found.movers}
    return tuple(sorted(found.movers, key=lambda mover: best[mover.name]))[:most]


def _too_few(found: Sensitivity) -> list[Fault]:
    possible = int(found.known.sum())
    if possible >= LEAST_BLOCKS:
        return []
    reason = next(iter(found.impossible), "")
    rule = f"are of places that can be, of {found.design.blocks}; move less ({' '.join(reason.split())})"
    return [Fault("", 0, found.method, f"only {possible}", rule)]


class _Asked:
    """The questions in order: as believed, both ends of each thing, then the points of the design."""

    def __init__(self, place: Resolved, movers: tuple[Mover, ...], design: Design) -> None:
        self.place, self.movers, self.design = place, movers, design

    @property
    def count(self) -> int:
        return 1 + 2 * len(self.movers) + len(self.design.points)

    def question(self, number: int) -> Resolved:
        return replace(self.place, parameters=self.place.parameters.with_changes(self._changes(number)))

    def _changes(self, number: int) -> dict[str, float]:
        if number == 0:
            return {}
        first = 1 + 2 * len(self.movers)
        if number < first:
            mover, end = divmod(number - 1, 2)
            return self.movers[mover].changes(float(end))
        row = self.design.points[number - first].tolist()
        moved: dict[str, float] = {}
        for mover_of_row, quantile in zip(self.movers, row, strict=True):
            moved |= mover_of_row.changes(quantile)
        return moved


def _impossible(outcomes: Sequence[Sequence[Outcome]]) -> dict[str, int]:
    reasons = (next((each.impossible for each in those if each.impossible), "") for those in outcomes)
    return dict(Counter(reason for reason in reasons if reason))


def _gathered(outcomes: Sequence[Sequence[Outcome]], numbers: range) -> dict[str, FloatArray]:
    """By series, shape (questions, replications, years); nan where one is impossible."""
    believed = outcomes[0]
    nothing = np.full((len(believed), len(next(iter(believed[0].years.values())))), np.nan)

    def values(those: Sequence[Outcome], name: str) -> FloatArray:
        impossible = any(each.impossible for each in those)
        return nothing if impossible else np.array([each.years[name] for each in those])

    return {name: np.stack([values(outcomes[number], name) for number in numbers]) for name in believed[0].years}
