"""Impacts as data: a table that any program reads, and beside it what was asked, by what, when and of which numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path

import polars as pl

from sim.experiments.doubts import Doubt, doubts
from sim.experiments.identity import version
from sim.experiments.impact.measure import Impact, Impacts, Made, Shift
from sim.experiments.question import Resolved
from sim.inputs.folders import default_folder
from sim.results.statistics import Interval
from sim.results.store import json_bytes

TABLE, FACTS = "impact.csv", "impact.json"
KEYS = ("number", "end", "unlike", "places_moved", "impossible")
SIDES = ("baseline", "effect")
BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class Stored:
    """Impacts with how they were made.

    by, on, version   the command, the day, the version
    ranges            low, value and high of every number that was moved, in words, to be compared with today's
    """

    impacts: Impacts
    by: str
    on: str
    version: str
    ranges: Mapping[str, str]

    def out_of_date(self, found: Sequence[Doubt]) -> tuple[str, ...]:
        """Numbers that have another value or range now, are new, or are gone."""
        now = ranges_of(found)
        return tuple(name for name in dict.fromkeys((*now, *self.ranges)) if now.get(name) != self.ranges.get(name))


def ranges_of(found: Sequence[Doubt]) -> dict[str, str]:
    """Low, value and high of every doubt, to ten figures, key by key."""
    return {
        doubt.name: "; ".join(
            f"{key}: " * bool(key) + " ".join(f"{each:.10g}" for each in span) for key, span in doubt.spans.items()
        )
        for doubt in found
    }


def stored_bytes(stored: Stored) -> dict[str, bytes]:
    """The two files by name; the same impacts give the same bytes."""
    found = stored.impacts
    facts = {
        "by": stored.by,
        "on": stored.on,
        "version": stored.version,
        "made": asdict(found.made),
        "as_believed": {side: {name: asdict(each) for name, each in getattr(found, side).items()} for side in SIDES},
        "ranges": dict(stored.ranges),
    }
    return {TABLE: impact_table(found).write_csv(float_precision=None).encode(), FACTS: json_bytes(facts)}


def impact_table(found: Impacts) -> pl.DataFrame:
    """A row for each move and measure, six figures: the baseline's change and the effect's, with their intervals."""
    return pl.DataFrame([row for each in found.moves for row in _rows(each)], schema=_schema(), orient="row")


def stored_now(found: Impacts, baseline: Resolved, plan: Resolved, command: str) -> Stored:
    """Impacts with how they were made, as of today and of this version.

    command   that makes them again
    """
    moved = doubts([baseline.parameters, plan.parameters], baseline.base)
    ranges = ranges_of([each for each in moved if each.name in found.numbers])
    return Stored(found, command, f"{datetime.now(UTC):%Y-%m-%d}", version(), ranges)


def load_impacts(folder: Path | None = None) -> Stored | None:
    """The stored impacts: those of England, which are shipped, unless a folder is named; None where there are none."""
    home = folder or default_folder() / "impact"
    if not (home / TABLE).is_file() or not (home / FACTS).is_file():
        return None
    facts = json.loads((home / FACTS).read_bytes())
    table = pl.read_csv(BytesIO((home / TABLE).read_bytes()), schema=_schema())
    believed = [{name: Interval(**each) for name, each in facts["as_believed"][side].items()} for side in SIDES]
    moves = tuple(
        _impact(key, list(rows))
        for key, rows in groupby(table.iter_rows(named=True), lambda row: tuple(row[name] or "" for name in KEYS))
    )
    impacts = Impacts(Made(**facts["made"]), believed[0], believed[1], moves)
    return Stored(impacts, facts["by"], facts["on"], facts["version"], facts["ranges"])


def _schema() -> dict[str, type[pl.DataType]]:
    words = {name: pl.Boolean if name == "places_moved" else pl.String for name in KEYS}
    numbers = {name: pl.Float64 for side in SIDES for name in (side, f"{side}_low", f"{side}_high")}
    return {**words, "measure": pl.String, **numbers}


def _rows(each: Impact) -> Iterator[tuple[object, ...]]:
    """One row for each measure; a move that is impossible has one row without."""
    key = (each.number, each.end, BETWEEN.join(each.unlike), each.places, each.impossible)
    for series, shift in each.baseline.items():
        sides = (shift, each.effect[series])
        yield (*key, series, *(_short(value) for side in sides for value in (side.mean, side.low, side.high)))
    if each.impossible:
        yield (*key, "", *[None] * 3 * len(SIDES))


def _short(value: float) -> float:
    """Six figures: more is noise, and would differ between machines."""
    return float(f"{value:.6g}")


def _impact(key: tuple[object, ...], rows: Sequence[Mapping[str, float]]) -> Impact:
    number, end, unlike, places, impossible = key
    kinds = tuple(str(unlike).split(BETWEEN)) if unlike else ()
    first, second = ({} if impossible else _shifts(rows, side) for side in SIDES)
    return Impact(
        str(number), "low" if end == "low" else "high", kinds, bool(places), first, second, str(impossible or "")
    )


def _shifts(rows: Sequence[Mapping[str, float]], side: str) -> dict[str, Shift]:
    """Shifts by series."""
    return {str(row["measure"]): Shift(row[side], row[f"{side}_low"], row[f"{side}_high"]) for row in rows}
