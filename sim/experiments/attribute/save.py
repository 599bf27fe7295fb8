"""An attribution as a document and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl

from sim.experiments.attribute.measure import Attribution
from sim.experiments.identity import digest
from sim.results.dates import financial_year
from sim.results.measures import measure_of
from sim.results.store import save

WHOLE = "whole"
"""Stands among the players for all of them together."""


def attribution_document(found: Attribution) -> dict[str, object]:
    """An attribution as plain values: the players, and every measure by year with what each player brings."""
    asked = found.baseline.question
    return {
        "footprint": found.baseline.footprint.slug,
        "people_simulated": found.baseline.people,
        "baseline": list(found.baseline.question.scenarios),
        "plan": list(found.plan.question.scenarios),
        "by": found.by,
        "method": "sampled orders" if found.pairs else "every coalition",
        "pairs_of_orders": found.pairs,
        "years_run": asked.years,
        "replications": asked.replications,
        "seed": asked.seed,
        "players": [
            {"name": each.name, "label": each.label, "families": list(each.families), "changes": list(changes)}
            for each, changes in zip(found.players, found.changes, strict=True)
        ],
        "measures": [_measure(found, series, year) for series in found.shares for year in range(asked.years)],
    }


def attribution_table(found: Attribution) -> pl.DataFrame:
    """A row for each series, year and player, and for the whole: see `Attribution.table`."""
    years = range(found.baseline.question.years)
    return pl.DataFrame([row for series in found.shares for year in years for row in _rows(found, series, year)])


def save_attribution(founds: Sequence[Attribution], folder: Path) -> None:
    """Save attributions: attribution.json, shares.parquet (every replication and year) and the manifest."""
    table = pl.concat(_shares(found).select(pl.lit(plan, dtype=pl.Int32).alias("plan"), pl.all())
                      for plan, found in enumerate(founds, 1))  # fmt: skip
    runs = [each.facts for found in founds for each in (found.baseline, found.plan)]
    facts: dict[str, object] = {"runs": runs, "by": founds[0].by, "pairs_of_orders": [each.pairs for each in founds]}
    documents = {"attribution": [attribution_document(found) for found in founds]}
    save(folder, {"shares": table}, documents, {"id": digest(facts)} | facts, {})


def _measure(found: Attribution, series: str, year: int) -> dict[str, object]:
    measure, whole = measure_of(series), found.whole(series, year)
    return {
        "series": series,
        "label": measure.label,
        "unit": measure.unit,
        "financial_year": financial_year(year, found.baseline.first_year),
        "before": float(found.before[series][:, year].mean()),
        "after": float(found.after[series][:, year].mean()),
        "whole": asdict(whole),
        "parts": {each.name: _part(found, place, series, year) for place, each in enumerate(found.players)},
    }


def _part(found: Attribution, place: int, series: str, year: int) -> dict[str, object]:
    ends = found.alone_and_last(place, series, year)
    return {
        **asdict(found.part(place, series, year)),
        "alone": ends[0].mean if ends else None,
        "last": ends[1].mean if ends else None,
        "unsure_for_want_of_orders": float(found.unsure[series][place, year]),
    }


def _rows(found: Attribution, series: str, year: int) -> Iterator[dict[str, object]]:
    measure = measure_of(series)
    about = {"series": series, "label": measure.label, "unit": measure.unit,
             "financial_year": financial_year(year, found.baseline.first_year)}  # fmt: skip
    parts = {each.name: found.part(place, series, year) for place, each in enumerate(found.players)}
    for name, part in {**parts, WHOLE: found.whole(series, year)}.items():
        yield {**about, "player": name, "mean": part.mean, "low": part.low, "high": part.high, "verdict": part.verdict}


def _shares(found: Attribution) -> pl.DataFrame:
    """Every number: player, replication, year, and a column for each series."""
    shape = next(iter(found.shares.values())).shape
    players, replications, years = np.indices(shape, dtype=np.int32).reshape(3, -1)
    names = [found.players[each].name for each in players]
    index = {"player": names, "replication": replications, "year": years}
    return pl.DataFrame(index | {series: values.ravel() for series, values in found.shares.items()})
