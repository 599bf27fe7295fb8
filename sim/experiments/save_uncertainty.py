"""Draws as documents and tables: what is printed as JSON, and what is saved in a folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl

from sim.experiments.identity import digest
from sim.experiments.uncertainty import Uncertainty
from sim.results.measures import measure_of
from sim.results.store import save


def uncertainty_document(found: Uncertainty) -> dict[str, object]:
    """Bands and leanings of every key measure in the final year, and what was drawn."""
    changes = (False, True) if len(found.plans) > 1 else (False,)
    return {
        "footprint": found.plans[-1].footprint.slug,
        "plans": [list(plan.question.scenarios) for plan in found.plans],
        "draws": found.draws,
        "set_aside": found.aside,
        "impossible": dict(found.impossible),
        "doubts": [{"name": each.name, "says": each.says, "confidence": each.confidence} for each in found.doubts],
        "measures": [_measure(found, series, change=change) for change in changes for series in found.values],
    }


def save_uncertainty(found: Uncertainty, folder: Path) -> None:
    """Save draws: uncertainty.json, quantiles.parquet, draws.parquet (every year of every replication), manifest."""
    tables = {"quantiles": _quantiles(found), "draws": _draws(found)}
    runs = [plan.facts for plan in found.plans]
    facts = {"runs": runs, "draws": found.draws, "set_aside": found.aside}
    save(folder, tables, {"uncertainty": uncertainty_document(found)}, {"id": digest(facts)} | facts, {})


def _measure(found: Uncertainty, series: str, *, change: bool) -> dict[str, object]:
    measure, split = measure_of(series), found.split(series, change=change)
    return {
        "series": series,
        "label": measure.label,
        "unit": measure.unit,
        "change_from_baseline": change,
        "believed": found.believed(series, change=change),
        "believed_replications": found.as_believed(series, change=change).size,
        "believed_outside_ignorance": found.skewed(series, change=change),
        **asdict(split),
        "share_of_ignorance": split.share_of_ignorance,
        "better": found.better(series) if change else None,
        "leans": [
            {"name": doubt.name, **asdict(lean.coefficient)} for doubt, lean in found.leans(series, change=change)
        ],
    }


def _quantiles(found: Uncertainty) -> pl.DataFrame:
    """A row for each draw, a column for each doubt: where in its range it was drawn, 0 to 1."""
    columns = {doubt.name: found.quantiles[:, index] for index, doubt in enumerate(found.doubts)}
    return pl.DataFrame({"draw": np.arange(1, found.draws + 1, dtype=np.int32)} | columns)


def _draws(found: Uncertainty) -> pl.DataFrame:
    """Every number: draw (0 as believed), plan, replication, year, and a column for each series."""
    shape = next(iter(found.values.values())).shape
    places = np.indices(shape, dtype=np.int32).reshape(4, -1)
    index = dict(zip(("draw", "plan", "replication", "year"), places, strict=True))
    return pl.DataFrame(index | {series: values.ravel() for series, values in found.values.items()})
