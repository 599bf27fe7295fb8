"""A comparison as plain tables: every measure of every scenario in every year, and what each scenario is."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from dashboard.downloads.sheets import CHANGE, COUNT, INTERVAL, Cell, Sheet
from dashboard.facts.comparison import Comparison
from dashboard.wording.changes import change_of_lever
from dashboard.wording.language import _
from dashboard.wording.numbers import MEASURES


def compared_sheets(found: Comparison) -> tuple[Sheet, ...]:
    """The table itself, and what stands behind its columns."""
    return _results(found), _scenarios(found)


def _results(found: Comparison) -> Sheet:
    columns = (
        "place", "letter", "scenario", "measure", "unit", "year", "value", "held against", "difference",
        "difference, low", "difference, high", "verdict", "standing", "replications", "people simulated", "link",
    )  # fmt: skip
    return Sheet("Comparison", columns, tuple(_rows(found)))


def _rows(found: Comparison) -> Iterator[tuple[Cell, ...]]:
    """The one that others are held against has no difference from itself."""
    against = found.columns[found.reference]
    for measure in MEASURES:
        for at, column in enumerate(found.columns):
            for year, word in zip(found.years[measure.id][at], found.standings[measure.id][at], strict=True):
                change: tuple[Cell, ...] = (year.change, _finite(year.low), _finite(year.high), year.verdict)
                yield (
                    found.place.name, column.letter, column.name, measure.label, measure.unit or COUNT, year.label,
                    year.plan, against.letter, *((None,) * len(change) if at == found.reference else change), word,
                    found.done, found.people, column.link,
                )  # fmt: skip


def _scenarios(found: Comparison) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for column in found.columns:
        changes = (*map(change_of_lever, column.moved), *column.also) or (_("Changes nothing"),)
        rows += [(column.letter, column.name, column.plan, change, f"/?{column.link}") for change in changes]
    rows.append((None, None, None, f"Difference: {CHANGE.replace('doing nothing', 'the one held against')}.", None))
    rows.append((None, None, None, f"Low and high: {INTERVAL}.", None))
    return Sheet("Scenarios", ("letter", "scenario", "plan", "what it changes", "link"), tuple(rows))


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None
