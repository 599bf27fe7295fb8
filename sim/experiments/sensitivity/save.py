"""A sensitivity analysis as a document and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.identity import digest
from sim.experiments.impact import ENDS
from sim.experiments.sensitivity.answers import Bar, Sensitivity
from sim.results.measures import measure_of
from sim.results.store import save

FloatArray = NDArray[np.float64]
EFFECT = "effect"
"""What the mean effect of a screening is called where other means stand beside it."""


def sensitivity_document(found: Sensitivity) -> dict[str, object]:
    """A sensitivity analysis as plain values, for the final year: what was moved, and every measure."""
    asked = found.plan.question
    return {
        "footprint": found.plan.footprint.slug,
        "people_simulated": found.plan.people,
        "scenarios": list(asked.scenarios),
        "changes": dict(asked.changes),
        "years_run": asked.years,
        "replications": asked.replications,
        "seed": asked.seed,
        "method": found.method,
        "blocks": found.design.blocks,
        "blocks_left_out": found.design.blocks - int(found.known.sum()),
        "points": len(found.design.points),
        "impossible": dict(found.impossible),
        "moved": [
            {"name": each.name, "label": each.label, "kind": each.kind, "spans": dict(each.spans)}
            for each in found.movers
        ],
        "measures": [_measure(found, series) for series in found.values],
    }


def sensitivity_table(found: Sensitivity) -> pl.DataFrame:
    """A row for each series and thing moved, in the final year: see `Sensitivity.table`."""
    return pl.DataFrame([row for series in found.values for row in _rows(found, series)])


def save_sensitivity(founds: Sequence[Sensitivity], folder: Path) -> None:
    """Save analyses: sensitivity.json, and for each its points, its values and its ends, numbered from 1.

    points.N.parquet   where in its range each thing stood, 0 to 1
    values.N.parquet   every year of every replication of every point
    ends.N.parquet     likewise of what is believed (0), and of the low and the high end of each thing in turn
    """
    tables: dict[str, pl.DataFrame] = {}
    for number, found in enumerate(founds, 1):
        tables |= {
            f"points.{number}": _points(found),
            f"values.{number}": _table(found.values, "point"),
            f"ends.{number}": _table(found.ends, "end"),
        }
    facts: dict[str, object] = {
        "runs": [each.plan.facts for each in founds],
        "replications": founds[0].plan.question.replications,
        "methods": [each.method for each in founds],
        "blocks": [each.design.blocks for each in founds],
        "moved": [[{"name": mover.name, "spans": dict(mover.spans)} for mover in each.movers] for each in founds],
    }
    documents = {"sensitivity": [sensitivity_document(each) for each in founds]}
    save(folder, tables, documents, {"id": digest(facts)} | facts, {})


def _measure(found: Sensitivity, series: str) -> dict[str, object]:
    measure = measure_of(series)
    ranked = found.ranked(series)
    return {
        "series": series,
        "label": measure.label,
        "unit": measure.unit,
        "believed": asdict(found.believed(series)),
        "noise": found.noise(series),
        found.method: [asdict(each) for each in ranked],
        "tornado": [_bar(found, each) for each in found.tornado(series)],
    }


def _rows(found: Sensitivity, series: str) -> Iterator[dict[str, object]]:
    measure = measure_of(series)
    said = {each.name: asdict(each) for each in found.ranked(series)}
    for bar in found.tornado(series):
        row: dict[str, object] = {"series": series, "label": measure.label, "unit": measure.unit,
                                  "name": bar.mover.name, "says": bar.mover.label, "kind": bar.mover.kind}  # fmt: skip
        for end, change in (("at_low", bar.low), ("at_high", bar.high)):
            row |= {end: change.mean, f"{end}_low": change.low, f"{end}_high": change.high}
        of_method = {EFFECT if key == "mean" else key: value for key, value in said[bar.mover.name].items()}
        yield {**of_method, **row}


def _bar(found: Sensitivity, each: Bar) -> dict[str, object]:
    ends = {"low": each.low, "high": each.high}
    return {
        "name": each.mover.name,
        "kind": each.mover.kind,
        "base_year_open_at": [end for end in ENDS if (each.mover.name, end) in found.open],
        **{end: asdict(change) for end, change in ends.items()},
    }


def _points(found: Sensitivity) -> pl.DataFrame:
    columns = {name: found.design.points[:, place] for place, name in enumerate(found.design.names)}
    return pl.DataFrame({"point": np.arange(len(found.design.points), dtype=np.int32)} | columns)


def _table(values: Mapping[str, FloatArray], what: str) -> pl.DataFrame:
    """Every number: point or end, replication, year, and a column for each series."""
    shape = next(iter(values.values())).shape
    index = dict(zip((what, "replication", "year"), np.indices(shape, dtype=np.int32).reshape(3, -1), strict=True))
    return pl.DataFrame(index | {series: each.ravel() for series, each in values.items()})
