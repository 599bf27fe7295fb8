"""A batch with everything looked up, and its tasks: one place, one plan, one draw, some replications."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sim.experiments.batch.plan import BatchPlan, find_batch, read_plan
from sim.experiments.closing import draws_that_close
from sim.experiments.doubts import Doubt, doubts, drawn, hypercube
from sim.experiments.identity import digest
from sim.experiments.question import Resolved, about
from sim.inputs import Faults, Footprint
from sim.results.store import json_bytes, sha256

FloatArray = NDArray[np.float64]

LAYOUT = 1
"""Counts changes of what a task's file holds; files of another layout are worked out anew."""

KEY_DIGITS = 40
"""Hexadecimal digits of a task's content hash that its file is named by."""


@dataclass(frozen=True, slots=True)
class Task:
    """The smallest piece of a batch that is kept.

    number           counts all tasks of the batch, from 0
    place, plan      positions in the batch
    draw             0 is what is believed
    first, count     replications, from `first` on
    """

    number: int
    place: int
    plan: int
    draw: int
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Places times plans times draws times replications.

    resolved    each plan about the first place
    places      footprints
    found       doubts that are drawn, none where nothing is
    quantiles   shape (draws, doubts)
    aside       draws set aside because no base year could close in them
    facts       hash of everything that one replication depends on as believed, by place and plan
    drawn       hash of the values of each draw; nothing for what is believed
    """

    plan: BatchPlan
    resolved: tuple[Resolved, ...]
    places: tuple[Footprint, ...]
    found: tuple[Doubt, ...]
    quantiles: FloatArray
    aside: int
    facts: tuple[tuple[str, ...], ...]
    drawn: tuple[str, ...]

    @property
    def worlds(self) -> int:
        """What is believed, and every draw."""
        return len(self.quantiles) + 1

    @property
    def blocks(self) -> int:
        """Tasks for the replications of one place, plan and draw."""
        return ceil(self.plan.replications / self.plan.block)

    def __len__(self) -> int:
        return len(self.places) * self.worlds * len(self.resolved) * self.blocks

    @property
    def replications(self) -> int:
        """Of all tasks together."""
        return len(self.places) * self.worlds * len(self.resolved) * self.plan.replications

    def task(self, number: int) -> Task:
        """The task of this number: blocks run first, then plans, draws and places."""
        rest, block = divmod(number, self.blocks)
        rest, plan = divmod(rest, len(self.resolved))
        place, draw = divmod(rest, self.worlds)
        first = block * self.plan.block
        return Task(number, place, plan, draw, first, min(self.plan.block, self.plan.replications - first))

    def words(self, task: Task) -> str:
        """A task as a person would name it; replications are counted from 1."""
        draw = f", draw {task.draw}" if len(self.quantiles) else ""
        last = task.first + task.count
        which = f"replication {last}" if task.count == 1 else f"replications {task.first + 1} to {last}"
        return f"{self.places[task.place].slug}, {self.plan.plans[task.plan]}{draw}, {which}"

    def asked(self, task: Task) -> Resolved:
        """The question of a task, in its draw."""
        believed = self._about(task.place, task.plan)
        if task.draw == 0:
            return believed
        return replace(believed, parameters=drawn(believed.parameters, self.found, self.quantiles[task.draw - 1]))

    def key(self, task: Task) -> str:
        """The content hash of a task: everything that its numbers depend on, and which of them are kept."""
        names = {"plan": self.plan.plans[task.plan], "draw": task.draw, "first": task.first, "count": task.count}
        kept = {"series": self.plan.series, "layout": LAYOUT, "values": self.drawn[task.draw]}
        return digest({"facts": self.facts[task.place][task.plan]} | names | kept)[:KEY_DIGITS]

    def keys(self) -> list[str]:
        """The content hash of every task, by its number."""
        return [self.key(self.task(number)) for number in range(len(self))]

    @property
    def id(self) -> str:
        """The content hash of the whole batch: same hash, same numbers."""
        rest = {"series": self.plan.series, "layout": LAYOUT, "replications": self.plan.replications}
        return digest({"facts": self.facts, "draws": self.drawn, "plans": self.plan.plans} | rest)

    def _about(self, place: int, plan: int) -> Resolved:
        return about(self.resolved[plan], self.places[place])


def load_batch(text: str, tell: Callable[[int], None] = lambda _: None) -> Batch:
    """The batch of a file, or of a shipped name; its draws are drawn. Raises Faults with everything that is wrong.

    tell   is told how many draws were found so far
    """
    plan, resolved, places = read_plan(find_batch(text))
    base = resolved[0].base
    found: tuple[Doubt, ...] = doubts([each.parameters for each in resolved], base) if plan.draws else ()
    if plan.draws and not plan.every_draw:
        quantiles, aside = draws_that_close(base, found, plan.draws, plan.seed, tell)
    else:
        quantiles, aside = hypercube(plan.draws, len(found), plan.seed) if plan.draws else np.zeros((0, 0)), 0
    if len(quantiles) < plan.draws:
        rule = f"{aside} others had a base year that cannot close; narrow the ranges, or take every draw"
        raise Faults([plan.fault(("draws",), "draws", f"{len(quantiles)} of {plan.draws} were found", rule)])
    facts = tuple(tuple(digest(about(each, place).facts) for each in resolved) for place in places)
    drawn_values = tuple(sha256(json_bytes(_values(found, row))) for row in quantiles)
    return Batch(plan, resolved, places, found, quantiles, aside, facts, ("", *drawn_values))


def _values(found: Sequence[Doubt], quantiles: FloatArray) -> dict[str, object]:
    """What is drawn, as values rather than quantiles: the shape of a distribution may change."""
    return {doubt.name: doubt.at(quantile) for doubt, quantile in zip(found, quantiles.tolist(), strict=True)}
