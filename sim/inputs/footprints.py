"""The 44 footprints of England: their people by age band, and the gap each published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sim.inputs.faults import Fault, Faults, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.keys import AGE_BANDS
from sim.inputs.population import BEGINS, PopulationIndex, load_population_index
from sim.inputs.rows import Row, read_rows
from sim.inputs.table import Table

ENGLAND = "england"
COLUMNS = (
    "id", "slug", "name", "region", "code", *AGE_BANDS, "people_year", "people_source", "people_note",
    "gap_gbp_m", "gap_source", "gap_confidence", "gap_note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Footprint:
    """A health-and-care place.

    people        by age band, on 1 April of the year `first`, the start of the model
    counted       by age band, as counted in `counted_year` (mid-year estimate)
    gap           published do-nothing gap in 2020/21, £ million; None where none was found
    source        of the people; `gap_source` of the gap
    """

    id: str
    slug: str
    name: str
    region: str
    code: str
    people: Mapping[str, float]
    gap: float | None
    gap_confidence: str
    source: str
    counted: Mapping[str, float]
    counted_year: int
    gap_source: str = ""
    gap_note: str = ""
    note: str = ""
    first: int = BEGINS

    @property
    def total(self) -> float:
        """People of all ages at the start of the model."""
        return sum(self.people.values())

    def starting(self, first: int, index: PopulationIndex | None = None) -> Footprint:
        """The same place with the people of 1 April of another year: each age band grows or shrinks as England's.

        index   to be given where it is at hand
        """
        if first == self.first:
            return self
        index = (index or load_population_index()).starting(self.first)
        people = {band: number * float(index(band, first - self.first)) for band, number in self.people.items()}
        return replace(self, people=Table(people), first=first)


def load_footprints(folder: Path | None = None) -> Mapping[str, Footprint]:
    """Footprints by slug, England (the sum of all) first. Raises Faults."""
    folder = folder or default_folder()
    index = load_population_index(folder)
    faults: list[Fault] = []
    rows = read_rows(folder / "footprints.csv", COLUMNS)
    growth = cache(index.between)  # most places were counted in the same year
    found = [place for row in rows if (place := _footprint(row, growth, faults))]
    faults += _twice(rows)
    raise_any(faults)
    parts = [place for place in found if place.slug != ENGLAND]
    whole = [_sum(place, parts) for place in found if place.slug == ENGLAND]
    return Table({place.slug: place for place in [*whole, *parts]})


def find_footprint(text: str, footprints: Mapping[str, Footprint] | None = None) -> Footprint:
    """The footprint with this slug, name (in any case) or number. Raises Faults with the nearest name."""
    footprints = footprints if footprints is not None else load_footprints()
    words = {word.casefold(): place for place in footprints.values() for word in _words(place)}
    wanted = text.strip().casefold()
    if wanted in words:
        return words[wanted]
    close = nearest(wanted, words)
    suggestion = words[close].slug if close else None
    raise Faults([Fault("", 0, "footprint", f'"{text}"', "is not one of the 44, nor england", suggestion)])


def _words(place: Footprint) -> tuple[str, ...]:
    return (place.slug, place.name, place.id)


def _footprint(row: Row, growth: Callable[[str, int], float], faults: list[Fault]) -> Footprint | None:
    before = len(faults)
    slug = row["slug"]
    numbers = {column: row.number(column, slug, faults) for column in (*AGE_BANDS, "people_year", "gap_gbp_m")}
    faults += [row.fault(slug, f'"{column}"', "is missing") for column in _lacking(row, slug)]
    faults += [
        row.fault(slug, f"{column} {value:g}", "cannot be below 0")
        for column, value in numbers.items() if value is not None and value < 0
    ]  # fmt: skip
    if len(faults) > before:
        return None
    counted = {band: numbers[band] or 0 for band in AGE_BANDS}
    year = int(numbers["people_year"] or 0)
    people = {band: value * growth(band, year) for band, value in counted.items()} if year else counted
    return Footprint(
        id=row["id"], slug=slug, name=row["name"], region=row["region"], code=row["code"],
        people=Table(people), gap=numbers["gap_gbp_m"], gap_confidence=row["gap_confidence"],
        source=row["people_source"], counted=Table(counted), counted_year=year,
        gap_source=row["gap_source"], gap_note=row["gap_note"], note=row["people_note"],
    )  # fmt: skip


def _lacking(row: Row, slug: str) -> list[str]:
    always = ["id", "slug", "name"]
    counted = [] if slug == ENGLAND else [*AGE_BANDS, "people_year", "people_source"]
    gap = ["gap_source", "gap_confidence"] if row["gap_gbp_m"] else []
    return [column for column in (*always, *counted, *gap) if not row[column]]


def _twice(rows: tuple[Row, ...]) -> list[Fault]:
    faults = []
    for column in ("id", "slug", "name"):
        first: dict[str, int] = {}
        for row in rows:
            line = first.setdefault(row[column], row.line)
            if line != row.line:
                faults.append(row.fault(row["slug"], f'{column} "{row[column]}"', f"is already on line {line}"))
    return faults


def _sum(england: Footprint, parts: list[Footprint]) -> Footprint:
    """England with the people of all its footprints; its gap is the published one, not the sum."""
    people = {band: sum(place.people[band] for place in parts) for band in AGE_BANDS}
    counted = {band: sum(place.counted[band] for place in parts) for band in AGE_BANDS}
    year = max((place.counted_year for place in parts), default=0)
    return Footprint(
        id=england.id, slug=england.slug, name=england.name, region=england.region, code=england.code,
        people=Table(people), gap=england.gap, gap_confidence=england.gap_confidence,
        source=england.source, counted=Table(counted), counted_year=year,
        gap_source=england.gap_source, gap_note=england.gap_note, note=england.note,
    )  # fmt: skip
