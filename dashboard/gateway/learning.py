"""The lessons as their files have them now, their networks run when somebody moves a slider."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from math import isfinite
from pathlib import Path
from threading import BoundedSemaphore

from dashboard.facts import learning as facts
from dashboard.facts.learning import BusyError, Lessons, Line, Marked, School, Worked
from sim.experiments.lessons import (
    ChartSpec,
    Lesson,
    Series,
    Solution,
    lesson_files,
    load_lesson,
    load_lessons,
    solved,
    worked,
)
from sim.inputs import Faults
from sim.inputs.folders import default_folder

SETTINGS_AT_HAND = 512
RUNNING, WAITING = BoundedSemaphore(1), BoundedSemaphore(4)
"""A room of learners must not keep the levers of others waiting: networks are run one after another, and few wait."""

State = tuple[tuple[str, int], ...]
"""Every file of the lessons with the time of its last change."""


def school() -> School:
    """The shipped lessons."""
    return School(lessons, work, mark)


def lessons() -> Lessons:
    """Every lesson as its file has it now."""
    return _lessons(_state())


def work(name: str, values: Mapping[str, float]) -> Worked:
    """What a lesson's network brings; values are put right. KeyError when there is no such lesson."""
    state = _state()
    lesson = _lesson(name, state)
    return _worked(name, tuple(lesson.values(values).items()), state)


def mark(name: str, answer: float | None) -> Marked:
    """What becomes of an answer; None is no answer. KeyError when there is no such lesson."""
    state = _state()
    asked, solution = _lesson(name, state).spec.question, _solved(name, state)
    right = None
    if answer is not None and isfinite(answer):
        if asked.tolerance is None:
            right = answer == solution.choice if 0 <= answer < len(asked.choices) else None
        else:
            right = abs(answer - solution.value) <= asked.tolerance * abs(solution.value)
    says = "" if right is None else asked.right if right else asked.wrong
    return Marked(right, says, solution.value, solution.found, asked.unit, asked.digits)


@contextmanager
def _in_turn() -> Iterator[None]:
    """Wait for a turn; raises BusyError at once where enough wait already."""
    if not WAITING.acquire(blocking=False):
        raise BusyError
    try:
        with RUNNING:
            yield
    finally:
        WAITING.release()


def _state() -> State:
    folder = next(iter(lesson_files().values()), default_folder()).parent
    files = sorted([*folder.glob("*.yaml"), *(folder / "networks").glob("*.yaml")])
    return tuple((str(each), each.stat().st_mtime_ns) for each in files)


@lru_cache(maxsize=2)
def _lessons(_state: State) -> Lessons:
    try:
        return Lessons(tuple(map(_shown, load_lessons())))
    except Faults as faults:
        return Lessons((), str(faults))


@lru_cache(maxsize=64)
def _lesson(name: str, _state: State) -> Lesson:
    path: Path = lesson_files()[name]
    return load_lesson(path)


@lru_cache(maxsize=SETTINGS_AT_HAND)
def _worked(name: str, values: tuple[tuple[str, float], ...], state: State) -> Worked:
    with _in_turn():
        found = worked(_lesson(name, state), dict(values))
    lines = {name: _line(each) for name, each in found.series.items()}
    return Worked(dict(values), {name: float(each) for name, each in found.numbers.items()}, lines)


@lru_cache(maxsize=64)
def _solved(name: str, state: State) -> Solution:
    with _in_turn():
        return solved(_lesson(name, state))


def _line(found: Series) -> Line:
    low, high = (() if each is None else each.tolist() for each in (found.low, found.high))
    return Line(found.x.tolist(), found.y.tolist(), low, high, found.names)


def _shown(lesson: Lesson) -> facts.Lesson:
    spec, asked = lesson.spec, lesson.spec.question
    return facts.Lesson(
        id=lesson.id,
        title=spec.title,
        idea=spec.idea,
        says=tuple(spec.says),
        tries=tuple(spec.tries),
        remember=spec.remember,
        source=spec.source,
        sliders=tuple(facts.Slider(**each.model_dump(exclude={"sets"})) for each in spec.sliders),
        numbers=tuple(facts.Counted(**each.model_dump()) for each in spec.numbers),
        charts=tuple(map(_chart, spec.charts)),
        question=facts.Question(asked.asks, tuple(each.says for each in asked.choices), asked.unit),
    )


def _chart(spec: ChartSpec) -> facts.Chart:
    drawn = tuple(facts.Drawn(**each.model_dump()) for each in spec.series)
    return facts.Chart(spec.title, spec.kind, spec.x, spec.y, drawn, tuple(spec.ticks), spec.digits)
