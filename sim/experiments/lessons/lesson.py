"""A lesson in order, its bench with the sliders as somebody left them, and the answer to its question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import nan
from typing import Any

from sim.experiments.lessons.found import Found
from sim.experiments.lessons.schema import LessonSpec
from sim.experiments.lessons.workings import WORKINGS
from sim.inputs.document import Document
from sim.network.model import CareNetwork
from sim.network.vary import Change, varied


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson.

    id        as in its address
    document  of its network
    """

    id: str
    number: int
    spec: LessonSpec
    document: Document = field(repr=False)

    def values(self, wanted: Mapping[str, float]) -> dict[str, float]:
        """Every slider's value, put right, by name."""
        return {each.name: each.nearest(wanted.get(each.name, each.value)) for each in self.spec.sliders}


@dataclass(frozen=True, slots=True)
class Bench:
    """A lesson with its sliders somewhere: what a working works on.

    values   of the sliders, and the numbers given, by name
    """

    lesson: Lesson
    values: Mapping[str, float]

    @property
    def seed(self) -> int:
        """Chooses the people."""
        return self.lesson.spec.seed

    @property
    def replications(self) -> int:
        """How often each network is run."""
        return self.lesson.spec.replications

    def network(self, more: Mapping[str, Any] | None = None) -> CareNetwork:
        """The network as the sliders have it, and with further values by path."""
        document = self.lesson.document
        changes = [Change(path, value, document.name, 0) for path, value in [*self._set(), *(more or {}).items()]]
        return varied(document, changes, self.lesson.id, document.name, 0)

    def read(self, path: str) -> float:
        """A number of the network file as the sliders have it; KeyError when it is not there."""
        moved = dict(self._set())
        if path in moved:
            return float(moved[path])
        part: Any = self.lesson.document.data
        for step in path.split("."):
            part = part[step]
        return float(part)

    def _set(self) -> Iterator[tuple[str, Any]]:
        for each in self.lesson.spec.sliders:
            value = self.values[each.name]
            for path in each.sets:
                yield path, int(value) if value.is_integer() else value


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer to a question.

    value   the number worked out; `found` by the other way that confirms it, nan when there is none
    choice  place of the right answer among the choices; None where a number is typed
    """

    value: float
    found: float
    choice: int | None


def worked(lesson: Lesson, wanted: Mapping[str, float]) -> Found:
    """What the network brings with the sliders so; values out of range are put right."""
    bench = Bench(lesson, {**lesson.spec.given, **lesson.values(wanted)})
    return WORKINGS[lesson.spec.working].work(bench)


def solved(lesson: Lesson) -> Solution:
    """The answer to the lesson's question, worked out."""
    asked = lesson.spec.question
    here = worked(lesson, asked.at).numbers
    there = worked(lesson, asked.against).numbers if asked.against is not None else None
    names = [asked.number, asked.check.number if asked.check else ""]
    value, found = (_compared(here, there, name, asked.how) for name in names)
    ends = [each.up_to for each in asked.choices]
    choice = next((at for at, end in enumerate(ends) if end is None or value <= end), None)
    return Solution(value, found, choice)


def _compared(here: Mapping[str, float], there: Mapping[str, float] | None, name: str, how: str) -> float:
    if name not in here:
        return nan
    if there is None:
        return here[name]
    return here[name] / there[name] if how == "times" else here[name] - there[name]
