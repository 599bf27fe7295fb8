"""Run every plan in every future, and in each shock by itself: the same people throughout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.experiments.many import REMEMBERED, Outcome, run_many
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.stress.answers import Stress
from sim.experiments.stress.futures import Futures, draw_futures
from sim.experiments.stress.trial import DRAWS, Trial
from sim.inputs import Fault, Faults, raise_any
from sim.results.measures import KEY_SERIES
from sim.system import Memory

FloatArray = NDArray[np.float64]


def stress(plans: Sequence[Resolved], trial: Trial, way: Way | None = None, *, keep: bool = True) -> Stress:
    """Try plans in many futures.

    plans   about the same people, years and seed; regret is against the best of them, future by future
    keep    use and fill the folder of finished replications

    Raises Faults: what is asked cannot be, too few futures close, or no place can be made of what is believed.
    """
    raise_any(list(trial.faults(plans)))
    way = way or Way()
    futures = draw_futures(
        plans, trial.shocks, trial.draws, lambda so_far: way.progress(so_far, trial.draws), closing=trial.closing
    )
    raise_any(_too_few(futures))
    asked = _Asked(tuple(plans), futures, trial)
    singly = asked.run_singly(way, keep=keep)
    tried = asked.run_futures(way, keep=keep)
    question = plans[0].question
    series = tuple(singly[0][0].years)
    why = Counter(reason for reason in _reasons(tried, len(plans)) if reason)
    return Stress(
        tuple(plans), trial, futures,
        values=_gathered(tried, series, (len(futures), len(plans), question.replications, question.years)),
        alone=_gathered(singly, series, (len(trial.shocks) + 1, len(plans), trial.singly, question.years)),
        impossible=why,
    )  # fmt: skip


def _too_few(futures: Futures) -> list[Fault]:
    rule = f"{futures.aside} others had a base year that cannot close; narrow the ranges, or take every draw"
    return [] if len(futures) >= DRAWS[0] else [Fault("", 0, "draws", f"{len(futures)} were found", rule)]


class _Asked:
    """The questions of a stress test, and how far it is with them: shocks singly first, then futures."""

    def __init__(self, plans: tuple[Resolved, ...], futures: Futures, trial: Trial) -> None:
        self.plans, self.futures, self.trial = plans, futures, trial
        self.series = tuple(dict.fromkeys((*KEY_SERIES, *(each.series for each in trial.limits))))
        self.first = (len(trial.shocks) + 1) * len(plans) * trial.singly
        self.whole = self.first + len(futures) * len(plans) * plans[0].question.replications

    def alone(self, number: int) -> Resolved:
        """A plan as believed, or with one shock; `number` runs over plans first."""
        place, plan = divmod(number, len(self.plans))
        asked = self.plans[plan]
        asked = replace(asked, question=replace(asked.question, replications=self.trial.singly))
        if place == 0:
            return asked
        return replace(asked, parameters=self.trial.shocks[place - 1].apply(asked.parameters))

    def tried(self, number: int) -> Resolved:
        """A plan in a future; `number` runs over plans first."""
        future, plan = divmod(number, len(self.plans))
        asked = self.plans[plan]
        return replace(asked, parameters=self.futures.parameters(asked.parameters, future))

    def run_singly(self, way: Way, *, keep: bool) -> Sequence[Sequence[Outcome]]:
        """Raises Faults when a plan cannot be, as believed."""
        onward = replace(way, progress=lambda done, _: way.progress(done, self.whole))
        count = (len(self.trial.shocks) + 1) * len(self.plans)
        found = run_many(self.alone, count, self.series, onward, keep=keep, memory=Memory(REMEMBERED))
        reason = next((each.impossible for those in found[: len(self.plans)] for each in those if each.impossible), "")
        if reason:
            raise Faults([Fault("", 0, self.plans[0].footprint.name, reason.rstrip("."), "")])
        return found

    def run_futures(self, way: Way, *, keep: bool) -> Sequence[Sequence[Outcome]]:
        onward = replace(way, progress=lambda done, _: way.progress(self.first + done, self.whole))
        return run_many(self.tried, len(self.futures) * len(self.plans), self.series, onward, keep=keep)


def _reasons(outcomes: Sequence[Sequence[Outcome]], plans: int) -> list[str]:
    """Why a world is impossible for some plan, by world; empty where it is possible for all."""
    worlds = [outcomes[first : first + plans] for first in range(0, len(outcomes), plans)]
    return [next((each.impossible for those in world for each in those if each.impossible), "") for world in worlds]


def _gathered(
    outcomes: Sequence[Sequence[Outcome]], series: Sequence[str], shape: tuple[int, int, int, int]
) -> dict[str, FloatArray]:
    """By series, shape (worlds, plans, replications, years); a world impossible for one plan is nan for all."""
    reasons = _reasons(outcomes, shape[1])
    nothing = np.full(shape[1:], np.nan)

    def world(number: int, name: str) -> FloatArray:
        those = outcomes[number * shape[1] : (number + 1) * shape[1]]
        return np.array([[each.years[name] for each in plan] for plan in those])

    return {
        name: np.stack([nothing if reason else world(number, name) for number, reason in enumerate(reasons)])
        for name in series
    }
