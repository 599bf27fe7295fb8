"""An answer as plain tables: results by year and by month, what was moved, the evidence, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from dashboard.facts.answers import Answer
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Lever, Setting
from dashboard.link import state
from dashboard.link.state import State
from dashboard.wording.numbers import BY_ID, CHARTED, MEASURES
from dashboard.wording.story import sample, status, story

Cell = str | float | int | None
COUNT = "count"
CHANGE = "mean paired difference from doing nothing, with the same people in both"
INTERVAL = "95 % interval of that difference, from chance alone (Student's t over replications)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name and a heading over each column; a cell of None is empty."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def results(answer: Answer, catalogue: Catalogue) -> Sheet:
    """Every measure in every year, with its change and the interval of the change: one row each, as data wants it."""
    link = state.full(_state(answer, catalogue))
    columns = (
        "place", "plan", "measure", "unit", "year", "with the plan", "doing nothing", "change", "change, low",
        "change, high", "verdict", "replications", "link",
    )  # fmt: skip
    rows = [
        (
            answer.place.name, answer.plan, measure.label, measure.unit or COUNT, year.label, year.plan, year.baseline,
            year.change, _finite(year.low), _finite(year.high), year.verdict, answer.done, link,
        )
        for measure in MEASURES
        for year in answer.years[measure.id]
    ]  # fmt: skip
    return Sheet("Results", columns, tuple(rows))


def months(answer: Answer) -> Sheet:
    """The charts in numbers, month by month."""
    columns = (
        "measure", "unit", "month", "with the plan", "half of runs from", "half of runs to", "nine in ten from",
        "nine in ten to", "doing nothing",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for name in CHARTED:
        line, measure = answer.lines[name], BY_ID[name]
        series = (line.middle, line.low50, line.high50, line.low90, line.high90, line.baseline)
        for month, *numbers in zip(answer.months, *series, strict=True):
            rows.append((measure.label, measure.unit or COUNT, month, *map(_finite, numbers)))
    return Sheet("Months", columns, tuple(rows))


def inputs(answer: Answer, catalogue: Catalogue) -> Sheet:
    """Every lever: where it stands, where it stands if nothing is done, and who moved it."""
    now = _state(answer, catalogue)
    standing, plan = state.settings(now, catalogue), catalogue.settings_of(now.plan)
    columns = ("lever", "unit", "set to", "doing nothing", "moved by", "parameter", "lowest", "highest")
    rows = [_input(lever, standing[path], plan[path], now) for path, lever in catalogue.levers.items()]
    also = [(words, None, None, None, "the plan", None, None, None) for words in catalogue.plans[now.plan].also]
    return Sheet("Inputs", columns, (*rows, *also))


def evidence(answer: Answer, catalogue: Catalogue) -> Sheet:
    """What stands behind every lever, and behind its effects."""
    moved = set(state.moved(_state(answer, catalogue), catalogue))
    columns = (
        "lever", "moved", "number", "says", "value", "range", "unit", "source", "where", "confidence", "place", "note",
    )  # fmt: skip
    rows = [
        (
            lever.label, "yes" if path in moved else "no", each.name, each.says, each.value, each.range, each.unit,
            each.source, each.where, each.confidence, each.place, each.note,
        )
        for path, lever in catalogue.levers.items()
        for each in lever.evidence
    ]  # fmt: skip
    return Sheet("Evidence", columns, tuple(rows))


def method(answer: Answer, catalogue: Catalogue, model: str) -> Sheet:
    """How the answer was made, and how anyone makes it again."""
    return Sheet("Method", ("", "what it is"), tuple(_method(answer, catalogue, model)))


def _method(answer: Answer, catalogue: Catalogue, model: str) -> Iterator[tuple[Cell, ...]]:
    now, last = _state(answer, catalogue), answer.years["gap"][-1].label
    yield "In short", story(answer)
    yield "Place", answer.place.name
    yield "Years", f"{answer.years['gap'][0].label} to {last}"
    yield "People", sample(answer)
    yield "Replications", status(answer)
    yield "Seed", now.seed
    yield "Change", f"With the plan less doing nothing: {CHANGE}."
    yield "Low and high", f"{INTERVAL[0].upper()}{INTERVAL[1:]}. Numbers that nobody knows exactly widen it."
    yield "Money", "In 2015/16 prices."
    for measure in MEASURES:
        yield measure.label, measure.says
    yield "Model", model
    yield "Link", f"/?{state.full(now)}"
    yield "Again", "Open the link on the same version of Upstream: it gives the same numbers to the last bit."


def _input(lever: Lever, at: Setting, planned: Setting, now: State) -> tuple[Cell, ...]:
    mover = "you" if lever.path in now.settings else "the plan" if planned != lever.baseline else None
    ends: Sequence[Cell] = (None, None) if lever.is_choice else (lever.shown(lever.low), lever.shown(lever.high))
    unit = "one of a few words" if lever.is_choice else lever.unit
    return lever.label, unit, _shown(lever, at), _shown(lever, lever.baseline), mover, lever.path, *ends


def _shown(lever: Lever, setting: Setting) -> Cell:
    return setting if isinstance(setting, str) else lever.shown(setting)


def _state(answer: Answer, catalogue: Catalogue) -> State:
    return state.read(answer.name, catalogue)


def _finite(number: float) -> float | None:
    """One run has no interval: its cell is empty."""
    return number if isfinite(number) else None


def workbook_sheets(answer: Answer, catalogue: Catalogue, model: str) -> Mapping[str, Sheet]:
    """Every sheet of a workbook, by name and in order."""
    made = (
        results(answer, catalogue),
        inputs(answer, catalogue),
        months(answer),
        evidence(answer, catalogue),
        method(answer, catalogue, model),
    )
    return {sheet.name: sheet for sheet in made}
