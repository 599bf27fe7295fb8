"""The answer to a question: lines by month, years, marks, and what became of the asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Literal

from dashboard.facts.accounts import Accounts
from dashboard.facts.catalogue import Place, Replications
from dashboard.facts.levers import Lever, Setting
from dashboard.facts.stations import Stations


@dataclass(frozen=True, slots=True)
class Line:
    """One measure month by month, in the unit shown: the plan with its bands, and doing nothing.

    middle, baseline                 mean over runs, one value a month
    low50, high50, low90, high90     where half, and nine tenths, of single runs would lie
    """

    middle: Sequence[float]
    low50: Sequence[float]
    high50: Sequence[float]
    low90: Sequence[float]
    high90: Sequence[float]
    baseline: Sequence[float]


@dataclass(frozen=True, slots=True)
class Year:
    """One measure in one financial year: with the plan, doing nothing, and the change with its 95 % interval.

    luck, luck_of_change   how far nine single futures in ten lie from `plan` and from `change` at most, by chance
                           alone; nan with one run
    """

    label: str
    plan: float
    baseline: float
    change: float
    low: float
    high: float
    verdict: str
    luck: float = nan
    luck_of_change: float = nan


@dataclass(frozen=True, slots=True)
class Marks:
    """When flow is worst before it improves, and when the plan has paid for itself.

    Months of the run; None = not within the years run, or nothing that could be told from chance.
    """

    dip: int | None = None
    dip_measure: str = ""
    dip_change: float = 0.0
    break_even: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A lever that stands elsewhere than before."""

    lever: Lever
    now: Setting
    before: Setting


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, as far as it has come.

    people     how many people were simulated
    done       replications of plan and baseline that it is made of
    asked      how many were asked for
    settled    whether more replications will change it no more
    narrow     whether its ranges are narrow, where that was asked for
    simulated  seconds this answer waited for replications
    accounts   people and pounds that moved, by financial year
    stations   how full each kind of place is, since when, and what holds up the rest
    plan       title of the plan it starts from, in English
    moved      every lever that stands elsewhere than when nothing is done
    own        those that stand elsewhere than in the plan, which the plan does not say itself
    also       what else the plan changes, in the words of the model
    months     first day of each month, as ISO dates
    lines      by measure, monthly
    years      by measure, one entry a financial year
    facts      yearly numbers the sentence explains itself with, by name: last year, plan and baseline
    """

    name: str
    place: Place
    plan: str
    moved: tuple[Change, ...]
    own: tuple[Change, ...]
    also: tuple[str, ...]
    months: tuple[str, ...]
    lines: Mapping[str, Line]
    years: Mapping[str, tuple[Year, ...]]
    facts: Mapping[str, tuple[float, float]]
    marks: Marks
    people: int
    done: int
    asked: Replications
    settled: bool = True
    narrow: bool = True
    simulated: float = 0.0
    accounts: Accounts = field(default_factory=Accounts)
    stations: Stations = field(default_factory=Stations)

    @property
    def is_baseline(self) -> bool:
        """Whether nothing differs from doing nothing."""
        return not (self.moved or self.also)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question.

    ready     there is an answer better than the one known; it may go on to improve
    working   not yet: so many pairs of replications are done
    busy      there is no room to work on it now
    dropped   the same visitor has asked something else
    failed    the model cannot answer it
    """

    status: Literal["ready", "working", "busy", "dropped", "failed"]
    name: str
    done: int = 0
