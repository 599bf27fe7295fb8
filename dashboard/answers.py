"""What the page knows: places, levers, plans and answers, as plain frozen values.

The gateway fills these from the model; everything else in the dashboard reads only these.
Lever values are in the unit of their parameter ("stored"); `scale` turns them into the unit shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import nan
from typing import Literal

from dashboard.accounts import Accounts

Setting = float | str
Group = Literal["demand", "prevention", "flow", "money"]


@dataclass(frozen=True, slots=True)
class Place:
    """A footprint one may choose; `people` in the base year, `gap` the published one in millions of pounds."""

    slug: str
    name: str
    region: str
    people: float
    gap: float | None = None
    gap_source: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a number comes from; `value`, `low` and `high` are words ready to show."""

    name: str
    says: str
    value: str
    range: str
    unit: str
    source: str
    where: str
    confidence: str
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class Lever:
    """Something a user may move.

    low, high, step, baseline   in the unit of the parameter; `baseline` is a word for a choice
    scale                       shown = stored times scale
    choices                     (word, what it means) of a choice, else empty
    """

    path: str
    label: str
    unit: str
    group: Group
    baseline: Setting
    low: float = 0
    high: float = 0
    step: float = 0
    scale: float = 1
    digits: int = 0
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    headline: bool = True

    @property
    def is_choice(self) -> bool:
        """Whether it is one of a few words rather than a number."""
        return bool(self.choices)

    def shown(self, stored: float) -> float:
        """A stored value in the unit shown."""
        return float(f"{stored * self.scale:.10g}")

    def clamp(self, value: object) -> Setting | None:
        """The nearest allowed setting, or None when `value` is neither a number nor a known word."""
        if self.is_choice:
            return value if isinstance(value, str) and value in dict(self.choices) else None
        number = as_number(value)
        return None if number is None else min(max(number, self.low), self.high)

    def words(self, setting: Setting) -> str:
        """A setting as a reader would say it."""
        if self.is_choice:
            return f"\u201c{setting}\u201d"
        return with_unit(trimmed(self.shown(float(setting)), self.digits), self.unit)

    def bare(self, setting: Setting) -> str:
        """A setting with no more of its unit than % or £, to stand beside one in full."""
        sign = self.unit[:1] if self.unit.startswith(("\u00a3", "%")) else ""
        return (
            self.words(setting) if self.is_choice else with_unit(trimmed(self.shown(float(setting)), self.digits), sign)
        )


def trimmed(value: float, digits: int) -> str:
    """A number with at most so many decimals and no idle zeros, with a true minus sign."""
    number = f"{abs(value):,.{digits}f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"\u2212{number}" if value < 0 and number != "0" else number


def with_unit(number: str, unit: str) -> str:
    """A number with its unit: pounds before it, percent close behind, words after a space."""
    if unit.startswith("\u00a3"):
        return f"\u00a3{number}{unit[1:]}"
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}".rstrip()


def as_number(value: object) -> float | None:
    """A finite number to ten significant figures, or None; text is read as a plain decimal number."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return float(f"{number:.10g}") + 0.0 if abs(number) < float("inf") else None


@dataclass(frozen=True, slots=True)
class Plan:
    """A named scenario: the levers it moves; `also` says what else it changes, which no lever shows.

    refused   why it cannot be asked here, as the rest of a sentence; empty if it can
    """

    name: str
    title: str
    why: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Replications:
    """How many replications are asked for: `most` of them, or from `least` on as many as narrow ranges need."""

    name: str
    label: str
    least: int
    most: int


@dataclass(frozen=True)
class Catalogue:
    """Everything the page offers to choose from; the first plan is to do nothing.

    replications   how many of them one may ask for; the first is what the page opens with
    most_people    how many people are simulated of a place that has more; any other is simulated whole
    begins         calendar year in which every run begins, on 1 April
    refused        plans there are files for that cannot be asked here
    """

    places: Mapping[str, Place]
    levers: Mapping[str, Lever]
    plans: Mapping[str, Plan]
    replications: Mapping[str, Replications]
    default_place: str
    begins: int
    most_people: int
    default_years: int = 5
    default_seed: int = 1
    most_years: int = 20
    refused: Mapping[str, Plan] = field(default_factory=dict)

    @cached_property
    def default_plan(self) -> str:
        """Name of the plan that changes nothing."""
        return next(iter(self.plans))

    @cached_property
    def default_replications(self) -> str:
        """Name of the number of replications asked for when nobody says."""
        return next(iter(self.replications))

    def simulated(self, place: Place) -> int:
        """How many people of a place are simulated: all, or a sample."""
        return min(int(place.people), self.most_people)

    def settings_of(self, plan: str) -> dict[str, Setting]:
        """Every lever's setting under a plan, before the user moves anything."""
        return {path: lever.baseline for path, lever in self.levers.items()} | dict(self.plans[plan].settings)


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
class Answer:
    """The answer to one question, as far as it has come.

    people     how many people were simulated
    done       replications of plan and baseline that it is made of
    asked      how many were asked for
    settled    whether more replications will change it no more
    narrow     whether its ranges are narrow, where that was asked for
    simulated  seconds this answer waited for replications
    accounts   people and pounds that moved, by financial year
    plan       title of the plan it starts from
    moved      everything that differs from doing nothing, in words
    own        the part of it that the plan does not say itself
    months     first day of each month, as ISO dates
    lines      by measure, monthly
    years      by measure, one entry a financial year
    facts      yearly numbers the sentence explains itself with, by name: last year, plan and baseline
    """

    name: str
    place: Place
    plan: str
    moved: tuple[str, ...]
    own: tuple[str, ...]
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

    @property
    def is_baseline(self) -> bool:
        """Whether nothing differs from doing nothing."""
        return not self.moved


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
