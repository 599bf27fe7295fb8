"""Every number the model believes, ready to show: what it is, where it comes from, and how much leans on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from dashboard.facts.levers import Evidence

Witness = Literal["source", "fitted", "recalled", "guess", "made"]
WITNESSES: tuple[Witness, ...] = ("source", "fitted", "recalled", "guess", "made")
"""What stands behind a number: a source that was seen; a fit to the base year; a source remembered and not seen again;
nothing but judgement; its own definition, or other rows."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number, or numbers by key.

    group      the file it is written in, without folder and ending
    link       an address of the source, where there is one
    fitted     how it was fitted, in words
    moved      its value under the question of the page, in words; empty where the question leaves it alone
    leans      how much the stored answers lean on it, doing nothing and the plan's effect; empty where not measured
    """

    evidence: Evidence
    group: str
    witness: Witness
    link: str = ""
    fitted: str = ""
    moved: str = ""
    leans: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one study measured, in its own words; `kind` is result, null, adverse, or another kind of fact."""

    kind: str
    value: str
    range: str
    measures: str
    source: str
    link: str
    where: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class ProgrammeFound:
    """A programme: its grade of evidence, effects as used (cautious, central, hopeful), and the studies."""

    id: str
    label: str
    family: str
    grade: int
    effect: str
    lag: str
    cost: str
    studies: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaning:
    """The stored impacts: of which question they are, and the numbers graded large, in order."""

    place: str
    years: int
    plan: str
    on: str
    moved: int
    large: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Library:
    """Everything on the evidence page."""

    numbers: tuple[Number, ...]
    programmes: tuple[ProgrammeFound, ...]
    leaning: Leaning | None

    def count(self, witness: Witness) -> int:
        """Numbers with this witness."""
        return sum(each.witness == witness for each in self.numbers)

    @property
    def moved(self) -> int:
        """Numbers that the question of the page changes."""
        return sum(bool(each.moved) for each in self.numbers)
