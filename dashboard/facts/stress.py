"""A stress test, as plain frozen values: what may be asked of one, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Literal

from dashboard.facts.drivers import Part
from dashboard.facts.levers import Evidence

When = Literal["every", "final"]
"""Whether a limit must be kept in every year of the run, or in the final year alone."""
WHENS: tuple[When, ...] = ("every", "final")

Futures = Literal["few", "usual", "many"]
"""How many futures, in a word."""
FUTURES: tuple[Futures, ...] = ("few", "usual", "many")


@dataclass(frozen=True, slots=True)
class LimitTerm:
    """The most that one measure may be; every number in the unit shown.

    says       what it is, in English, as its file has it; so is `unit`
    low, high  how far reasonable people differ about it
    a_head     by what a number of it is multiplied for a place of one person; 0 where it is a share
    """

    name: str
    says: str
    unit: str
    value: float
    low: float
    high: float
    digits: int
    evidence: Evidence
    a_head: float = 0.0


@dataclass(frozen=True, slots=True)
class ShockTerm:
    """Something that may go wrong: its likeliest size and the range of it, in its own unit; its chance in percent."""

    name: str
    says: str
    unit: str
    value: float
    low: float
    high: float
    chance: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in the files: every limit and every shock, in order; and how many futures each word stands for."""

    limits: tuple[LimitTerm, ...]
    shocks: tuple[ShockTerm, ...]
    counts: Mapping[Futures, int]


@dataclass(frozen=True, slots=True)
class Trial:
    """The terms of one stress test.

    limits   the most that may be, by name, in the unit shown
    shocks   (name, likeliest size, chance in percent) of those that may happen
    """

    limits: tuple[tuple[str, float], ...]
    shocks: tuple[tuple[str, float, float], ...]
    futures: Futures = "usual"
    when: When = "every"


@dataclass(frozen=True, slots=True)
class Kept:
    """In so many of n futures something held, and the interval of that share; nan where there was no future."""

    count: int
    n: int
    share: float = nan
    low: float = nan
    high: float = nan


@dataclass(frozen=True, slots=True)
class Thing:
    """A number or shock that tells the futures that break a limit from the others.

    more            whether it breaks when the thing is high, or happens
    distance        greatest distance of the two distribution functions, 0 to 1
    kept, broken    its median in either kind: of a number, quantiles of its range; of a shock, how far it moves
    """

    name: str
    says: str
    is_shock: bool
    more: bool
    distance: float
    kept: float
    broken: float


@dataclass(frozen=True, slots=True)
class Breaks:
    """What breaks one limit, or any of them.

    limit     its name; empty for any of them
    things    that stand out from chance, the strongest first
    nearest   what stands out most where nothing does; None where too few futures keep it, or too few break it
    """

    limit: str
    things: tuple[Thing, ...]
    nearest: Thing | None = None


@dataclass(frozen=True, slots=True)
class Regretted:
    """How far a plan lies above the best of the plans in the same future, in the final year and the unit shown.

    mean     over futures
    most     in the worst of them
    best     in how many none of the plans is better
    """

    mean: Part
    most: float
    best: Kept


@dataclass(frozen=True, slots=True)
class Alone:
    """One shock by itself at its likeliest size: the change of each limit's measure, in order; and in the futures.

    kept               whether the plan still keeps each limit
    happens, absent    futures in which every limit is kept, of those with the shock and of the others
    """

    changes: tuple[Part, ...]
    kept: tuple[bool, ...]
    happens: Kept
    absent: Kept


@dataclass(frozen=True, slots=True)
class Tried:
    """One plan in all futures; what is by limit or by shock stands in the order of the trial.

    own               whether levers of the page stand on top of the plan
    limits            futures in which each limit is kept
    together          in which all are
    lenient, strict   were each limit the most, or the least, that others may say
    gained, lost      futures workable with it and not when nothing is done, and the other way round
    told              whether those two can be told from chance
    missed            futures in which it is not workable, though another of the plans is
    believed          of each limit, the final year as believed, without any shock
    """

    plan: str
    own: bool
    limits: tuple[Kept, ...]
    together: Kept
    lenient: Kept
    strict: Kept
    gained: int
    lost: int
    told: bool
    missed: Kept
    believed: tuple[float, ...]
    breaks: tuple[Breaks, ...]
    regrets: tuple[Regretted, ...]
    alone: tuple[Alone, ...]


@dataclass(frozen=True, slots=True)
class Stressed:
    """A stress test.

    plans        doing nothing first, then the plan of the page if it is another, then those beside it
    limits       as asked, so the shocks; their cards tell what stands in the files
    futures      drawn; those of which no place can be made are left out of every count
    numbers      drawn in each future
    aside        draws set aside since the base year could not close in them
    times        each future is lived through; `singly`: each shock by itself
    evidence     of every number that is named in what breaks a plan
    """

    place: str
    people: float
    year: str
    years: int
    when: When
    plans: tuple[Tried, ...]
    limits: tuple[LimitTerm, ...]
    shocks: tuple[ShockTerm, ...]
    futures: int
    impossible: int
    numbers: int
    aside: int
    times: int
    singly: int
    evidence: Mapping[str, Evidence]

    @property
    def run(self) -> int:
        """Futures that could be run."""
        return self.futures - self.impossible
