"""The least transition fund that keeps limits through the dip, and what is drawn from it year by year.

The fund pays what hospitals lack, up to stranded cost and the money moved away from them. So it changes who is treated
only where places follow money; where places are held whatever the books say, it changes the books alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import polars as pl

from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.search.asking import Asker, Runs, enough
from sim.experiments.search.dials import Dial, lever_dial
from sim.experiments.search.edge import most_judged
from sim.experiments.search.limits import Limits
from sim.experiments.search.needed import Needed, turn
from sim.experiments.told import Told, plan_name
from sim.inputs import Fault, raise_any
from sim.results.statistics import ROUNDING, Interval, interval

LEVEL, SPELL, START, SHARE = (
    "policy.transition_fund",
    "policy.transition_years",
    "policy.shift_start",
    "policy.shift_share",
)
PAID_IN, DRAWN = "income:transition_fund", "transfer:transition_fund"


@dataclass(frozen=True, slots=True)
class Course:
    """What a fund does year by year, in pounds.

    levels   of every limit's measure, in its unit
    """

    paid_in: tuple[Interval, ...]
    drawn: tuple[Interval, ...]
    levels: Mapping[str, Interval]

    @property
    def total(self) -> float:
        """Pounds paid in, in all years together."""
        return sum(each.mean for each in self.paid_in)

    @property
    def taken(self) -> float:
        """Pounds drawn, in all years together: what would have been enough, paid in as it is drawn."""
        return sum(each.mean for each in self.drawn)


@dataclass(frozen=True, slots=True)
class Spell:
    """A fund paid for so many years: the least level, and its course; that of the most if none suffices."""

    years: int
    needed: Needed
    course: Course


@dataclass(frozen=True, slots=True, repr=False)
class FundAnswer(Told):
    """How much money the dip takes.

    without     the plan with no fund
    unmoved     the same without the shift: what the place would be without the plan
    most        with the largest fund, for the whole run
    idle        whether the largest fund is never drawn empty, so that no larger one does more
    moves       whether the fund changes any limit's measure at all
    """

    plan: Resolved
    limits: Limits
    spells: tuple[Spell, ...]
    without: Course
    unmoved: Course
    most: Course
    idle: bool
    moves: bool

    @property
    def words(self) -> str:
        """The least fund, or that no sum suffices."""
        from sim.experiments.search.words import fund_sentence

        return fund_sentence(self, plan_name(self.plan))

    def table(self) -> pl.DataFrame:
        """A row for each year of the least fund, or of the largest: financial_year, paid_in, drawn and its interval."""
        from sim.experiments.search.tables import fund_table

        return fund_table(self)

    @property
    def best(self) -> Spell | None:
        """The spell with which least money is paid in, among those that suffice; the shorter where they are alike."""
        sufficing = [each for each in self.spells if each.needed.least is not None]
        return min(sufficing, key=lambda each: (round(each.course.total), each.years), default=None)

    @property
    def told(self) -> Course:
        """The course of the least fund; of the largest where none suffices."""
        return self.best.course if self.best else self.most


def transition_fund(
    plan: Resolved, limits: Limits, way: Way | None = None, *, most: float | None = None, keep: bool = True
) -> FundAnswer:
    """The least fund with which a plan keeps limits, for every number of years it may be paid.

    most   pounds a head a year that are tried at most; None: what the lever allows
    keep   use and fill the folder of finished replications

    Raises Faults: too few replications, wrong limits, a plan that moves no money, or of which no place can be made.
    """
    raise_any([*enough(plan), *limits.faults(), *_nothing_moved(plan)])
    dial = lever_dial(LEVEL, plan.parameters, most)
    spells = range(1, _most_years(plan) + 1)
    runs = (len(spells) * most_judged(len(dial.steps)) + 3) * plan.question.replications
    asker = Asker((*limits.series, PAID_IN, DRAWN), runs, way, keep=keep)
    none, full = {LEVEL: 0.0}, {**dial.changes[-1], SPELL: float(spells[-1])}
    without, unmoved, largest = (asker.one(plan, each) for each in (none, {**none, SHARE: 0.0}, full))
    found = (
        tuple(_spell(plan, dial, limits, years, asker) for years in spells) if _moves(limits, without, largest) else ()
    )
    asker.finish()
    return FundAnswer(
        plan, limits, found, _course(limits, without), _course(limits, unmoved), _course(limits, largest),
        _idle(largest), _moves(limits, without, largest),
    )  # fmt: skip


def _spell(plan: Resolved, dial: Dial, limits: Limits, years: int, asker: Asker) -> Spell:
    changes = tuple({**each, SPELL: float(years)} for each in dial.changes)
    timed = replace(dial, changes=changes)
    needed = turn(plan, timed, limits.verdict, limits.levels, asker)
    step = dial.steps.index(needed.least) if needed.least is not None else -1
    return Spell(years, needed, _course(limits, asker.one(plan, changes[step])))


def _course(limits: Limits, runs: Runs) -> Course:
    paid_in, drawn = (tuple(interval(year) for year in runs.values[name].T) for name in (PAID_IN, DRAWN))
    given = tuple(Interval(-each.mean, -each.high, -each.low, each.n) for each in drawn)
    return Course(paid_in, given, limits.levels(runs))


def _moves(limits: Limits, without: Runs, largest: Runs) -> bool:
    return not all(
        np.allclose(without.values[name], largest.values[name], rtol=ROUNDING, atol=0) for name in limits.series
    )


def _idle(runs: Runs) -> bool:
    """Whether something is left in the fund at the end of every year from the first in which it is paid."""
    left = np.cumsum(runs.values[PAID_IN] + runs.values[DRAWN], axis=1)
    begun = np.cumsum(runs.values[PAID_IN], axis=1) > 0
    return bool((left[begun] > 0).all())


def _most_years(plan: Resolved) -> int:
    return max(1, ceil(plan.question.years - plan.parameters.value(START)))


def _nothing_moved(plan: Resolved) -> list[Fault]:
    rule = "moves no money, so there is no double running to pay for"
    begins = plan.parameters.value(START)
    if begins >= plan.question.years:
        return [Fault("", 0, START, f"{begins:g}", f"lies beyond the run of {plan.question.years} years")]
    return [] if plan.parameters.value(SHARE) > 0 else [Fault("", 0, SHARE, "0", rule)]
