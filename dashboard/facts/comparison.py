"""Several scenarios side by side, about the same people: values, paired differences, and which does best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.facts.answers import Change, Year
from dashboard.facts.catalogue import Place

Standing = Literal["best", "level", ""]
"""Best, not to be told from the best by chance, or neither."""

LETTERS = "ABCDEFG"
"""What scenarios are called for short, in order: six that were chosen, and doing nothing if nobody chose it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One scenario.

    letter    its short name in tables and charts
    name      as given, or the title of its plan
    plan      title of the plan it starts from
    moved     levers that stand elsewhere than when nothing is done
    also      what else the plan changes, in the words of the model
    link      the whole question, nothing left to defaults
    """

    letter: str
    name: str
    plan: str
    moved: tuple[Change, ...]
    also: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of every scenario, as far as it has come.

    reference   place of the column that the others are held against
    years       by measure, by column: one entry a financial year, against the reference, in pairs
    standings   by measure, by column: one entry a financial year
    lines       by measure, by column: the mean over replications by month, in the unit shown
    labels      financial years, in words
    months      first day of each month, as ISO dates
    people      simulated in each replication
    done        replications of every scenario that it is made of
    asked       how many were asked for
    """

    place: Place
    columns: tuple[Column, ...]
    reference: int
    years: Mapping[str, Sequence[Sequence[Year]]]
    standings: Mapping[str, Sequence[Sequence[Standing]]]
    lines: Mapping[str, Sequence[Sequence[float]]]
    labels: tuple[str, ...]
    months: tuple[str, ...]
    people: int
    seed: int
    done: int
    asked: int

    @property
    def settled(self) -> bool:
        """Whether all that was asked for is done."""
        return self.done >= self.asked
