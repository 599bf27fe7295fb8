"""What long jobs bring, as plain frozen values: published cases, and how sure an answer is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.facts.levers import Evidence

State = Literal["pass", "known difference", "fail"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A published case as its file has it.

    figures        how many figures and properties are expected
    replications   how many runs it takes
    faults         what is wrong with its file, in words; then it cannot be run
    """

    id: str
    title: str
    says: str = ""
    source: str = ""
    figures: int = 0
    replications: int = 0
    faults: str = ""


@dataclass(frozen=True, slots=True)
class FigureFound:
    """One figure of a case beside what was found; everything is words ready to show.

    status    what the expected figure is: published, exact, re-run or derived
    because   why it differs, where that is known
    source    of this figure, where it is not the source of the case
    made_of   what the tolerance is made of
    """

    figure: str
    expected: str
    found: str
    tolerance: str
    state: State
    status: str
    because: str = ""
    source: str = ""
    made_of: str = ""


@dataclass(frozen=True, slots=True)
class CaseFound:
    """What became of a case, and the seconds it took."""

    id: str
    replications: int
    seed: int
    figures: tuple[FigureFound, ...]
    seconds: float

    def count(self, state: State) -> int:
        """How many figures are in a state."""
        return sum(each.state == state for each in self.figures)


@dataclass(frozen=True, slots=True)
class FitFound:
    """The stored fit of the base year.

    fitted, simulated   how many targets the fit judged, and how many a simulation measured besides
    within              how many of the fitted ones came within tolerance
    inside              how many of those simulated came to lie inside their published range
    worst               the target furthest off, in words, and by how many tolerances
    on                  the day it was made
    """

    fitted: int
    within: int
    simulated: int
    inside: int
    worst: str
    furthest: float
    on: date


@dataclass(frozen=True, slots=True)
class Lean:
    """A number that an answer leans on.

    strength   -1 to 1: of the last year's change by the plan, or of its value where there is no plan
    """

    says: str
    name: str
    confidence: str
    strength: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """One measure in the last year over the draws, in the unit shown: the plan's change, or its value without a plan.

    middle      mean over the draws
    low, high   nine draws in ten of what is expected, were there no chance
    below       draws in which it is below zero, of those that could be run
    same        draws in which the plan changes nothing at all
    leans       the strongest first
    """

    middle: float
    low: float
    high: float
    below: int
    same: int
    leans: tuple[Lean, ...]


@dataclass(frozen=True, slots=True)
class Doubted:
    """A question under draws of every number that is doubtful.

    people       simulated in each draw
    numbers      drawn at once
    aside        draws set aside, since the base year could not close in them
    impossible   draws of which no place can be made
    evidence     of every number that is leaned on, by name
    """

    draws: int
    replications: int
    people: float
    numbers: int
    aside: int
    impossible: int
    measures: Mapping[str, Unsure]
    evidence: Mapping[str, Evidence]

    @property
    def run(self) -> int:
        """Draws that could be run."""
        return self.draws - self.impossible
