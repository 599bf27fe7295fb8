"""How the people of each age band grow: England, counted and then projected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.inputs.faults import Fault, Faults, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.keys import AGE_BANDS
from sim.inputs.rows import Row, read_rows
from sim.inputs.table import Table

FloatArray = NDArray[np.float64]

COLUMNS = ("year", "age_band", "people", "basis", "source")
BASES = ("counted", "projected")
BEGINS = 2016
"""Year in which runs begin unless they say otherwise."""
APRIL = 3 / 12
"""1 April, the first day of a financial year, as a part of the year."""
MID_YEAR = 1 / 2


@dataclass(frozen=True, slots=True)
class PopulationIndex:
    """People of an age band relative to the start of the model, 1 April 2016 unless it starts in another year.

    years    mid-years the table knows, ascending
    people   by age band, at each of these mid-years; one band's numbers are on one footing throughout
    first    year in whose April the model starts
    """

    years: tuple[int, ...]
    people: Mapping[str, tuple[float, ...]]
    first: int = BEGINS

    def __call__(self, age_band: str, years_after_base: ArrayLike) -> FloatArray:
        """Index of one band, 1 at the start; linear between mid-years, last growth rate held beyond the end.

        years_after_base   any shape, which the index has too
        """
        when = self._start + np.asarray(years_after_base, dtype=np.float64)
        index: FloatArray = self._people(age_band, when) / self._people(age_band, np.array(self._start))
        return index

    def between(self, age_band: str, counted_year: int) -> float:
        """People at the start of the model for each person counted in the middle of a year."""
        start, counted = self._people(age_band, np.array([self._start, counted_year + MID_YEAR])).tolist()
        return float(start / counted)

    def starting(self, first: int) -> PopulationIndex:
        """The same people, relative to 1 April of another year."""
        return replace(self, first=first)

    @property
    def _start(self) -> float:
        return self.first + APRIL

    def _people(self, age_band: str, when: FloatArray) -> FloatArray:
        points, people = np.array(self.years) + MID_YEAR, np.array(self.people[age_band])
        since, ahead = np.minimum(when - points[0], 0.0), np.maximum(when - points[-1], 0.0)
        before = people[0] * (people[1] / people[0]) ** since
        beyond = people[-1] * (people[-1] / people[-2]) ** ahead
        place = np.clip(np.searchsorted(points, when, side="right") - 1, 0, len(points) - 2)
        part = when - points[place]
        between = people[place] * (1 - part) + people[place + 1] * part
        return np.where(when >= points[-1], beyond, np.where(when <= points[0], before, between))


def load_population_index(folder: Path | None = None) -> PopulationIndex:
    """The index from population_projection.csv. Raises Faults.

    Projected years follow the last counted year by their growth, so a change of footing makes no jump.
    """
    folder = folder or default_folder()
    rows = read_rows(folder / "population_projection.csv", COLUMNS)
    faults: list[Fault] = []
    people = {key: value for row in rows for key, value in _cell(row, faults)}
    raise_any(faults)
    file = rows[0].file if rows else "population_projection.csv"
    bands = {band: _join(people, band, file) for band in AGE_BANDS}
    spans = {tuple(each) for each in bands.values()}
    if len(spans) > 1:
        raise Faults([Fault(file, 0, "", "the age bands", "do not all have the same years")])
    return PopulationIndex(spans.pop(), Table({band: tuple(each.values()) for band, each in bands.items()}))


Cell = tuple[str, str, int]


def _cell(row: Row, faults: list[Fault]) -> list[tuple[Cell, float]]:
    before = len(faults)
    band, basis = row["age_band"], row["basis"]
    year, people = row.number("year", band, faults), row.number("people", band, faults)
    for word, known, what in ((band, AGE_BANDS, "age band"), (basis, BASES, "basis")):
        if word not in known:
            faults.append(row.fault(band, f'{what} "{word}"', "is not one we know", nearest(word, known)))
    if len(faults) == before and not (year and people and people > 0):
        faults.append(row.fault(band, "year and people", "must both be above 0"))
    return [((band, basis, int(year)), people)] if len(faults) == before and year and people else []


def _join(people: Mapping[Cell, float], band: str, file: str) -> dict[int, float]:
    """One band's people by year, the projection scaled to meet the last count."""
    counted, projected = (
        {year: value for (each, kind, year), value in sorted(people.items()) if each == band and kind == basis}
        for basis in BASES
    )
    meet = max(counted, default=0)
    if meet not in projected or len(counted) < 2:
        rule = "needs two counted years, and a projection that starts in the last of them or before"
        raise Faults([Fault(file, 0, band, "this age band", rule)])
    level = counted[meet] / projected[meet]
    later = {year: value * level for year, value in projected.items() if year > meet}
    joined = counted | later
    if list(joined) != list(range(min(joined), max(joined) + 1)):
        raise Faults([Fault(file, 0, band, "this age band", "lacks some years")])
    return joined
