"""What a batch found: the numbers of a place as arrays, one place at a time: memory does not grow with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from math import nan
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.batch.batch import Batch
from sim.experiments.batch.run import Ran
from sim.experiments.batch.store import read_whole
from sim.results.dates import financial_year
from sim.results.measures import measure_of
from sim.results.statistics import Interval, Paired, bands, differences, interval, paired
from sim.results.summarise import BAND_NAMES

FloatArray = NDArray[np.float64]
EMPTY = np.empty(0)


@dataclass(frozen=True, slots=True)
class PlaceResults:
    """One place.

    values   by series, shape (plans, worlds, replications, years); world 0 is what is believed; nan where a task failed
    people   of the place in the base year
    """

    footprint: str
    people: float
    plans: tuple[str, ...]
    against: int
    first_year: int
    values: Mapping[str, FloatArray]

    def mean(self, plan: str, series: str, year: int = -1) -> Interval:
        """One series under one plan, as believed: mean over replications and its 95 % interval."""
        return interval(self._believed(plan, series)[:, year])

    def change(self, plan: str, series: str, year: int = -1) -> Paired:
        """The plan minus what it is set beside, as believed, in pairs of replications."""
        before = self._believed(self.plans[self.against], series)[:, year]
        return paired(before, self._believed(plan, series)[:, year], measure_of(series).better)

    def replications(self, plan: str, series: str, year: int = -1, *, change: bool = False) -> FloatArray:
        """Every replication as believed, of the plan or of its change; shape (replications,)."""
        values = self._believed(plan, series)[:, year]
        return differences(self._believed(self.plans[self.against], series)[:, year], values) if change else values

    def drawn(self, plan: str, series: str, year: int = -1) -> FloatArray:
        """Mean over replications of each draw, those without a result left out; shape (draws,)."""
        means: FloatArray = self.values[series][self.plans.index(plan), 1:, :, year].mean(axis=1)
        return means[~np.isnan(means)]

    def drawn_change(self, plan: str, series: str, year: int = -1) -> FloatArray:
        """The same of the plan minus what it is set beside, draw by draw."""
        table = self.values[series][..., year]
        means: FloatArray = differences(table[self.against, 1:], table[self.plans.index(plan), 1:]).mean(axis=1)
        return means[~np.isnan(means)]

    def as_believed(self) -> PlaceResults:
        """The same without its draws, which may be many."""
        return replace(self, values={series: table[:, :1].copy() for series, table in self.values.items()})

    def _believed(self, plan: str, series: str) -> FloatArray:
        values: FloatArray = self.values[series][self.plans.index(plan), 0]
        return values


def places_of(ran: Ran) -> Iterator[PlaceResults]:
    """Every place, in order, read from the files. Raises DamagedError when a file was changed since."""
    batch = ran.batch
    a_place = batch.worlds * len(batch.resolved) * batch.blocks
    for place, footprint in enumerate(batch.places):
        numbers = [each for each in range(place * a_place, (place + 1) * a_place) if each in ran.files]
        values = _values(batch, [(number, ran.files[number]) for number in numbers])
        first = batch.resolved[0].first_year
        against = batch.plan.plans.index(batch.plan.against)
        yield PlaceResults(footprint.slug, footprint.total, batch.plan.plans, against, first, values)


def frame(ran: Ran) -> pl.DataFrame:
    """Every row of every finished task, in the order of tasks: see the schema in `sim.experiments.batch.work`."""
    return pl.concat([_read(path) for path in ran.files.values()])


def summary(ran: Ran) -> pl.DataFrame:
    """A row for each place, plan, series and year.

    mean, low, high, n             as believed: over replications, and the 95 % interval
    change, change_low, change_high, verdict   against the plan that others are set beside, in pairs of replications
    draws, p5 to p95               of the draws' means, where numbers were drawn
    change_p5 to change_p95        likewise of the change
    """
    return summary_and_places(ran)[0]


def summary_and_places(ran: Ran) -> tuple[pl.DataFrame, tuple[PlaceResults, ...]]:
    """The summary, and every place as believed, its draws left out; each file is read once."""
    tables, places = list[pl.DataFrame](), list[PlaceResults]()
    for place in places_of(ran):
        tables.append(
            pl.DataFrame(list(_rows(place)), infer_schema_length=None, schema_overrides={"verdict": pl.String})
        )
        places.append(place.as_believed())
    return pl.concat(tables, rechunk=True), tuple(places)


def _rows(place: PlaceResults) -> Iterator[dict[str, object]]:
    for number, plan in enumerate(place.plans):
        for series, values in place.values.items():
            measure = measure_of(series)
            for year in range(values.shape[-1]):
                found = place.mean(plan, series, year)
                yield {
                    "footprint": place.footprint, "plan": plan, "series": series, "label": measure.label,
                    "unit": measure.unit, "year": year, "financial_year": financial_year(year, place.first_year),
                    "mean": found.mean, "low": found.low, "high": found.high, "n": found.n,
                    **_changed(None if number == place.against else place.change(plan, series, year)),
                    "draws": place.drawn(plan, series, year).size,
                    **_bands("", place.drawn(plan, series, year)),
                    **_bands("change_", EMPTY if number == place.against else place.drawn_change(plan, series, year)),
                }  # fmt: skip


def _changed(change: Paired | None) -> dict[str, object]:
    if change is None:
        return {"change": nan, "change_low": nan, "change_high": nan, "verdict": None}
    return {
        "change": change.mean,
        "change_low": change.low,
        "change_high": change.high,
        "verdict": change.verdict,
    }


def _bands(prefix: str, values: FloatArray) -> dict[str, object]:
    found = bands(values) if values.size else np.full(len(BAND_NAMES), nan)
    return {f"{prefix}{name}": float(value) for name, value in zip(BAND_NAMES, found, strict=True)}


def _values(batch: Batch, files: Sequence[tuple[int, Path]]) -> dict[str, FloatArray]:
    plan = batch.plan
    shape = (len(batch.resolved), batch.worlds, plan.replications, plan.years)
    found = {series: np.full(shape, nan) for series in plan.series}
    for number, path in files:
        task = batch.task(number)
        for (series,), rows in _read(path).group_by("series", maintain_order=True):
            block = rows["value"].to_numpy().reshape(task.count, plan.years)
            found[str(series)][task.plan, task.draw, task.first : task.first + task.count] = block
    return found


def _read(path: Path) -> pl.DataFrame:
    return pl.read_parquet(BytesIO(read_whole(path)))
