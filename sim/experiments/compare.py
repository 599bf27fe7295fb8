"""A scenario against its baseline, replication by replication: same people, so differences are paired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sim.experiments.headline import Headline, headline
from sim.experiments.run import Answer
from sim.experiments.told import Told
from sim.results.dates import BEGINS, financial_year
from sim.results.history import History
from sim.results.measures import KEY_SERIES, Measure, measure_of
from sim.results.statistics import Interval, Paired, interval, paired
from sim.results.summarise import yearly_values


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in one year: before, after, and their paired difference."""

    series: str
    measure: Measure
    year: str
    before: Interval
    after: Interval
    difference: Paired


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Told):
    """Two answers that can be paired: `before` is the baseline, `after` the scenario."""

    before: Answer
    after: Answer

    @property
    def words(self) -> str:
        """What the scenario changes of beds, delay and money in the final year, and when it has paid for itself."""
        from sim.experiments.words import comparison_sentence

        return comparison_sentence(self)

    def table(self) -> pl.DataFrame:
        """Key series by year: a row each, columns as of `yearly`."""
        return self.yearly([name for name in KEY_SERIES if name in self.before.series and name in self.after.series])

    def change(self, series: str, year: int = -1) -> Change:
        """One measure in one year (0 = the first, -1 = the last)."""
        return change_in_year(self.before.histories, self.after.histories, series, year, self._first)

    def yearly(self, series: Sequence[str] = ()) -> pl.DataFrame:
        """Every series, or those named, by year: before, after, difference, interval, verdict."""
        return changes_table(self.before.histories, self.after.histories, series, self._first)

    @property
    def _first(self) -> int:
        return self.before.resolved.first_year

    def headline(self) -> Headline:
        """Break-even year, dip and gap."""
        people = self.before.resolved.footprint.total
        return headline(self.before.histories, self.after.histories, people)


def compare(before: Answer, after: Answer) -> Comparison:
    """Pair a scenario with its baseline; ValueError when they are not about the same people and years."""
    for name in ("years", "replications", "seed"):
        first, second = getattr(before.question, name), getattr(after.question, name)
        if first != second:
            raise ValueError(f"Not comparable: {name} is {first} in one and {second} in the other.")
    if before.resolved.footprint != after.resolved.footprint:
        raise ValueError("Not comparable: the two answers are about different footprints.")
    if before.resolved.first_year != after.resolved.first_year:
        raise ValueError("Not comparable: the two answers begin in different years.")
    if before.resolved.people != after.resolved.people:
        raise ValueError("Not comparable: different numbers of people were simulated.")
    return Comparison(before, after)


def change_in_year(
    before: Sequence[History], after: Sequence[History], series: str, year: int = -1, first: int = BEGINS.year
) -> Change:
    """One series in one year, in pairs of replications (0 = the first year, -1 = the last).

    first   year in which the runs begin
    """
    measure = measure_of(series)
    known, changed = yearly_values(before, series), yearly_values(after, series)
    label = financial_year(year % known.shape[1], first)
    known, changed = known[:, year], changed[:, year]
    difference = paired(known, changed, measure.better)
    return Change(series, measure, label, interval(known), interval(changed), difference)


def changes_table(
    before: Sequence[History], after: Sequence[History], series: Sequence[str] = (), first: int = BEGINS.year
) -> pl.DataFrame:
    """Series that both have, or those named, by year.

    Columns: series, label, unit, financial_year, before, after, difference, low, high, n, verdict.
    first   year in which the runs begin
    """
    names = series or [name for name in before[0].series if name in after[0].series]
    years = before[0].months // 12
    rows = [_row(change_in_year(before, after, name, year, first)) for name in names for year in range(years)]
    return pl.DataFrame(rows, infer_schema_length=None)


def _row(change: Change) -> dict[str, object]:
    difference = change.difference
    return {
        "series": change.series,
        "label": change.measure.label,
        "unit": change.measure.unit,
        "financial_year": change.year,
        "before": change.before.mean,
        "after": change.after.mean,
        "difference": difference.mean,
        "low": difference.low,
        "high": difference.high,
        "n": difference.n,
        "verdict": difference.verdict,
    }
