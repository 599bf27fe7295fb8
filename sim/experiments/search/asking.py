"""One question with changes of many kinds, run as they are asked for: the same people, and nothing run twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.experiments.many import REMEMBERED, run_many
from sim.experiments.question import SEEDS, Resolved
from sim.experiments.refusals import too_few
from sim.experiments.replicate import Way
from sim.inputs import Fault, Parameters, raise_any
from sim.system import Memory

FloatArray = NDArray[np.float64]
Changes = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Runs:
    """What came of one question.

    values       by series, shape (replications, years); empty where no place can be made of it
    impossible   why not
    """

    values: Mapping[str, FloatArray]
    impossible: str = ""


class Asker:
    """Asks a plan with changes; what was asked before is at hand.

    most   runs that may be needed, for progress
    """

    def __init__(self, series: Sequence[str], most: int, way: Way | None = None, *, keep: bool = True) -> None:
        self.series, self.most, self.way, self.keep = tuple(dict.fromkeys(series)), most, way or Way(), keep
        self.done = 0
        self._memory = Memory(REMEMBERED)
        self._known: dict[str, Runs] = {}

    def ask(self, plan: Resolved, changes: Sequence[Changes]) -> tuple[Runs, ...]:
        """Runs for each set of changes, in order."""
        return self.runs([plan.parameters.with_changes(each) for each in changes], plan)

    def one(self, plan: Resolved, changes: Changes) -> Runs:
        """The runs of one set of changes. Raises Faults when no place can be made of it."""
        (found,) = self.ask(plan, [changes])
        raise_any([Fault("", 0, plan.footprint.name, found.impossible.rstrip("."), "")] if found.impossible else [])
        return found

    def runs(self, parameters: Sequence[Parameters], plan: Resolved) -> tuple[Runs, ...]:
        """Runs of a plan's question with these parameters."""
        asked = [replace(plan, parameters=each) for each in parameters]
        names = [each.id for each in asked]
        missing = {name: each for name, each in zip(names, asked, strict=True) if name not in self._known}
        if missing:
            self._run(list(missing), list(missing.values()))
        return tuple(self._known[name] for name in names)

    def finish(self) -> None:
        """Nothing more will be asked."""
        self.way.progress(self.done, self.done)

    def _run(self, names: Sequence[str], asked: Sequence[Resolved]) -> None:
        before = self.done
        most = max(self.most, before + len(asked) * asked[0].question.replications)
        way = replace(self.way, progress=lambda done, _: self.way.progress(before + done, most))
        found = run_many(asked.__getitem__, len(asked), self.series, way, keep=self.keep, memory=self._memory)
        for name, outcomes in zip(names, found, strict=True):
            reason = next((each.impossible for each in outcomes if each.impossible), "")
            series = () if reason else tuple(outcomes[0].years)
            values = {each: np.array([outcome.years[each] for outcome in outcomes]) for each in series}
            self._known[name] = Runs(values, reason)
        self.done += sum(len(each) for each in found)


def enough(plan: Resolved) -> list[Fault]:
    """What is wrong with the replications of a plan: one says nothing about chance."""
    return too_few(plan.question.replications)


def with_other_people(plan: Resolved, replications: int) -> Resolved:
    """The same plan lived through by others, so often: what looked best by luck will not have the same luck again."""
    asked = plan.question
    return replace(plan, question=replace(asked, seed=other_seed(asked.seed), replications=replications))


def other_seed(seed: int) -> int:
    """The seed of the other people."""
    least, most = SEEDS
    return least if seed == most else seed + 1
