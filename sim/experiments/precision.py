"""As many replications as an answer needs: until its 95 % intervals are as narrow as was asked.

The number is the smallest that does, in the order of replications, so it depends neither on threads nor on how
many were worked out at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil, inf, isnan

import numpy as np
from numpy.typing import NDArray

from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.run import Answer, run
from sim.inputs import Fault, nearest, raise_any
from sim.results.history import History
from sim.results.measures import KEY_SERIES
from sim.results.statistics import LEVEL, differences, half_width
from sim.results.summarise import yearly_values

FloatArray = NDArray[np.float64]

LEAST = 5
"""Replications below which a spread is too uncertain to stop at."""


def run_within(
    plans: Sequence[Resolved], within: Mapping[str, float], way: Way | None = None, *, keep: bool = True
) -> tuple[Answer, ...]:
    """Answers to plans, from as many replications as it takes; each plan's `replications` is the most.

    within   half-width of the 95 % interval by key series, in the series' unit, in the final year: of its mean
             for one plan, of its paired difference from the first plan for several

    Raises Faults when a series is not among the key series, or as `run` does.
    """
    raise_any(_faults(within))
    most = plans[0].question.replications
    wanted = min(LEAST, most)
    begun: list[tuple[History, ...]] = [()] * len(plans)
    while True:
        answers = tuple(
            run(_with(plan, wanted), way, keep=keep, begun=known) for plan, known in zip(plans, begun, strict=True)
        )
        begun = [answer.histories for answer in answers]
        judged = [(sample, width) for series, width in within.items() for sample in _samples(answers, series)]
        found = enough(judged)
        if found is not None or wanted == most:
            return tuple(_first(answer, found or most) for answer in answers)
        wanted = min(most, _next(judged, wanted))


def enough(judged: Sequence[tuple[FloatArray, float]]) -> int | None:
    """The smallest number of replications, LEAST or more, at which every sample's half-width is small enough.

    judged   samples, one number a replication, each with the half-width asked for
    """
    count = len(judged[0][0])
    for number in range(LEAST, count + 1):
        if all(half_width(sample[:number], LEVEL) <= width for sample, width in judged):
            return number
    return None


def too_wide(answers: Sequence[Answer], within: Mapping[str, float]) -> dict[str, float]:
    """Series whose interval is wider than asked for all the same, with the widest half-width reached."""
    reached = {series: max(half_width(each, LEVEL) for each in _samples(answers, series)) for series in within}
    return {series: width for series, width in reached.items() if not width <= within[series]}


def _next(judged: Sequence[tuple[FloatArray, float]], now: int) -> int:
    """How many to try next: half-widths shrink with the root of the number; at most twice as many at once."""
    widest = max(half_width(sample, LEVEL) / width if width > 0 else inf for sample, width in judged)
    return now + 1 if isnan(widest) else min(2 * now, max(now + 1, ceil(now * min(widest, 2.0) ** 2)))


def _samples(answers: Sequence[Answer], series: str) -> list[FloatArray]:
    values = [yearly_values(answer.histories, series)[:, -1] for answer in answers]
    return [differences(values[0], each) for each in values[1:]] if len(values) > 1 else values


def _with(plan: Resolved, replications: int) -> Resolved:
    return replace(plan, question=replace(plan.question, replications=replications))


def _first(answer: Answer, replications: int) -> Answer:
    return replace(answer, resolved=_with(answer.resolved, replications), histories=answer.histories[:replications])


def _faults(within: Mapping[str, float]) -> list[Fault]:
    found = []
    for series, width in within.items():
        if series not in KEY_SERIES:
            rule = f"cannot be aimed at; choose among {', '.join(KEY_SERIES)}"
            found.append(Fault("", 0, "within", f'"{series}"', rule, nearest(series, KEY_SERIES)))
        if not 0 < width < inf:
            found.append(Fault("", 0, "within", f"{series}={width:g}", "must be a half-width above 0"))
    return found
