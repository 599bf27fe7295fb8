"""Lessons for learners as the pages show them; every text in English, as its file has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slider:
    """Something a learner moves; `value` is where it stands at first."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    value: float


@dataclass(frozen=True, slots=True)
class Counted:
    """A number that is shown, by its name in what the network brought."""

    number: str
    label: str
    unit: str
    digits: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series that is drawn, by its name in what the network brought.

    look   main, other, dashed, faint, points or here
    """

    series: str
    label: str
    look: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: lines, points, layers, bars or forest; `ticks` name things side by side."""

    title: str
    kind: str
    x: str
    y: str
    series: tuple[Drawn, ...]
    ticks: tuple[str, ...]
    digits: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question, with choices or for a number; its answer is not here."""

    asks: str
    choices: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson, by the name in its address."""

    id: str
    title: str
    idea: str
    says: tuple[str, ...]
    tries: tuple[str, ...]
    remember: str
    source: str
    sliders: tuple[Slider, ...]
    numbers: tuple[Counted, ...]
    charts: tuple[Chart, ...]
    question: Question


@dataclass(frozen=True, slots=True)
class Line:
    """Values along an axis; `low` and `high` are empty where there is no interval, `names` where there are none."""

    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Worked:
    """What the network brought with the sliders so.

    values   of the sliders, as they were put right
    """

    values: Mapping[str, float]
    numbers: Mapping[str, float]
    lines: Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of an answer.

    is_right   None where it was no answer
    says       why; {answer} and {found} are filled in from the numbers
    """

    is_right: bool | None
    says: str
    answer: float
    found: float
    unit: str
    digits: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """Every lesson, in order; or what is wrong with their files."""

    every: tuple[Lesson, ...]
    faults: str = ""

    def by_id(self, name: str) -> Lesson | None:
        """A lesson by the name in its address."""
        return next((each for each in self.every if each.id == name), None)


class BusyError(Exception):
    """So many networks wait to be run that one more would keep others from being answered; ask again soon."""


@dataclass(frozen=True, slots=True)
class School:
    """What the lessons' pages are lent.

    lessons   every lesson as its file has it now
    work      what the network of a lesson brings, with sliders wherever somebody left them
    mark      what becomes of an answer: the place of a choice, or a number

    The last two raise BusyError.
    """

    lessons: Callable[[], Lessons]
    work: Callable[[str, Mapping[str, float]], Worked]
    mark: Callable[[str, float | None], Marked]
