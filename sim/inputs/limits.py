"""What a plan must stay inside to be called workable: limits by name, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sim.inputs.document import Document
from sim.inputs.faults import Fault, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.ranged import FOLDER, Ranged, fault_at, read_ranged

UNITS_OF_LIMITS = ("share", "per_1000", "gbp_per_head_per_year")
"""What a limit may be counted in: as it is, for 1,000 people of the place, or in pounds a head."""
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that one measure of a run may be.

    series     of a run
    unit       share (the series as it is), per_1000 (of the people of the place) or gbp_per_head_per_year
    low, high  how far reasonable people differ about the value
    """

    name: str
    says: str
    series: str
    unit: str
    value: float
    low: float
    high: float
    source: str
    where: str
    confidence: str
    note: str = ""

    def scale(self, people: float) -> float:
        """What a series of a run is multiplied by to be in the limit's unit, in a place of so many people."""
        return {"share": 1.0, "per_1000": THOUSAND / people, "gbp_per_head_per_year": 1 / people}[self.unit]


class _Entry(Ranged):
    series: str


def load_limits(path: Path | None = None, chosen: Mapping[str, float] | None = None) -> tuple[Limit, ...]:
    """Every limit of a file (None: the shipped one), with other values where chosen by name. Raises Faults."""
    path = path or default_folder() / FOLDER / "limits.yaml"
    entries = read_ranged(path, _Entry, (), _check)
    limits = [Limit(name=name, **entry.model_dump(exclude={"place"})) for name, entry in entries.items()]
    rule = "is not a limit"
    raise_any([
        Fault("", 0, "limit", f'"{name}"', rule, nearest(name, entries)) for name in chosen or () if name not in entries
    ])  # fmt: skip
    return tuple(replace(each, value=(chosen or {}).get(each.name, each.value)) for each in limits)


def _check(document: Document, name: str, entry: _Entry) -> Iterator[Fault]:
    if entry.unit not in UNITS_OF_LIMITS:
        close = nearest(entry.unit, UNITS_OF_LIMITS)
        rule = f"cannot be that of a limit; use one of {', '.join(UNITS_OF_LIMITS)}"
        yield fault_at(document, name, "unit", f'unit "{entry.unit}"', rule, close)
