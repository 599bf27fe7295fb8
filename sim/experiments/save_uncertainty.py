"""Draws as documents and tables: what is printed as JSON, and what is saved in a folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl

from sim.experiments.identity import digest
from sim.experiments.uncertainty import Uncertainty
from sim.results.dates import financial_year
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


def bands_table(found: Uncertainty) -> pl.DataFrame:
    """A row for each key series and year; with a baseline, another for its change from that.

    believed, mean                with every number at its value; over draws and replications
    chance, ignorance, together   _low to _high: where nine futures in ten lie
    of_ignorance                  part of the variance that comes from not knowing the numbers
    better                        share of draws in which a change is for the better; none of what is no change
    """
    changes = (False, True) if len(found.plans) > 1 else (False,)
    years, first = range(found.plans[0].question.years), found.plans[0].first_year
    rows = [
        {"series": series, "label": measure_of(series).label, "unit": measure_of(series).unit, "change": change,
         "year": year, "financial_year": financial_year(year, first), **_bands(found, series, year, change=change)}
        for change in changes for series in found.values for year in years
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides={"better": pl.Float64})


def _bands(found: Uncertainty, series: str, year: int, *, change: bool) -> dict[str, float | None]:
    """One series in one year."""
    split = found.split(series, year, change=change)
    bands = {"chance": split.chance, "ignorance": split.ignorance, "together": split.together}
    ends = {f"{name}_{end}": getattr(band, end) for name, band in bands.items() for end in ("low", "high")}
    return {
        "believed": found.believed(series, year, change=change),
        "mean": split.mean,
        **ends,
        "of_ignorance": split.share_of_ignorance,
        "better": found.better(series, year) if change else None,
    }


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
