"""Runs into an answer: which series are read, and how a question is put in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.answering import precision, pressing, reading, tallying
from dashboard.answering.precision import Pairs
from dashboard.facts.answers import Answer, Change, Line, Year
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Setting
from dashboard.facts.stations import Rules
from dashboard.link import state
from dashboard.link.state import State
from dashboard.wording.numbers import BY_ID, CHARTED, MEASURES, Measure

FloatArray = NDArray[np.float64]
Series = Mapping[str, FloatArray]

FACTS = (
    "averted",
    "displaced",
    "places:acute",
    "places:p1",
    "places:p2",
    "places:p3",
    "places:home_care",
    "places:care_home",
)
READ = frozenset({*FACTS, *(measure.series for measure in MEASURES)})
"""Series an answer is read from."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read what the model gives back.

    yearly       one series of several runs by financial year, shape (runs, years)
    break_even   from runs of doing nothing and of the plan: the year in which the plan has paid for itself
    enough       from samples with the half-widths asked for: the smallest number of runs, in order, that does
    month        first day of a month of the run, as an ISO date
    year         a year of the run in words, such as "2016/17"
    rules        from when on a kind of place is called busy or full
    """

    yearly: Callable[[Sequence[Series], str], FloatArray]
    break_even: Callable[[Sequence[Series], Sequence[Series]], int | None]
    enough: Callable[[Sequence[tuple[FloatArray, float]]], int | None]
    month: Callable[[int], str]
    year: Callable[[int], str]
    rules: Rules


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the name of its answer, what the link means, and how many people are simulated."""

    name: str
    state: State
    people: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an answer has come: made of so many replications, and whether more will change it no more."""

    done: int
    settled: bool
    narrow: bool


@dataclass(frozen=True, slots=True)
class Answering:
    """Makes answers out of replications of a plan and of doing nothing, which come in order and in pairs."""

    catalogue: Catalogue
    reader: Reader

    def standing(self, asked: Asked, plan: Sequence[Series], baseline: Sequence[Series]) -> Standing:
        """What the answer is made of: as few replications as were asked for, or as narrow ranges need."""
        wanted, available = self.catalogue.replications[asked.state.replications], len(plan)
        if available < wanted.least or wanted.least == wanted.most:
            return Standing(min(available, wanted.most), available >= wanted.most, narrow=True)
        pairs = {name: self._shown(BY_ID[name], plan, baseline) for name in precision.JUDGED}
        people = self.catalogue.places[asked.state.place].people
        found = self.reader.enough(precision.judged(pairs, people))
        done = min(available, wanted.most) if found is None else found
        return Standing(done, found is not None or available >= wanted.most, found is not None)

    def answer(
        self, asked: Asked, standing: Standing, plan: Sequence[Series], baseline: Sequence[Series], simulated: float
    ) -> Answer:
        """The answer from exactly these replications."""
        catalogue, now = self.catalogue, asked.state
        years = {each.id: self._years(each, plan, baseline) for each in MEASURES}
        return Answer(
            name=asked.name,
            place=catalogue.places[now.place],
            plan=catalogue.plans[now.plan].title,
            moved=self._changes(now, state.moved(now, catalogue), catalogue.settings_of(catalogue.default_plan)),
            own=self._changes(now, [*now.settings], catalogue.settings_of(now.plan)),
            also=catalogue.plans[now.plan].also,
            months=tuple(self.reader.month(month) for month in range(len(plan[0]["gap"]))),
            lines={name: _line(BY_ID[name], plan, baseline) for name in CHARTED},
            years=years,
            facts={fact: self._fact(fact, plan, baseline) for fact in FACTS if fact in plan[0]},
            marks=reading.marks(years, self.reader.break_even(baseline, plan)),
            people=asked.people,
            done=standing.done,
            asked=catalogue.replications[now.replications],
            settled=standing.settled,
            narrow=standing.narrow,
            simulated=simulated,
            accounts=tallying.accounts(self.reader.yearly, [each.label for each in years["gap"]], plan, baseline),
            stations=pressing.stations(self.reader.rules, plan, baseline, reading.MONTHS),
        )

    def _changes(self, now: State, paths: Sequence[str], before: Mapping[str, Setting]) -> tuple[Change, ...]:
        """Levers as they stand, beside where they stood; whatever follows another, beside where that stands."""
        standing, levers = state.settings(now, self.catalogue), [self.catalogue.levers[path] for path in paths]
        stood = {each.path: standing[each.follows] if each.follows else before[each.path] for each in levers}
        return tuple(Change(lever, standing[lever.path], stood[lever.path]) for lever in levers)

    def _years(self, measure: Measure, plan: Sequence[Series], baseline: Sequence[Series]) -> tuple[Year, ...]:
        values = self._shown(measure, plan, baseline)
        labels = [self.reader.year(year) for year in range(values[0].shape[1])]
        return reading.years(measure, labels, *values)

    def _shown(self, measure: Measure, plan: Sequence[Series], baseline: Sequence[Series]) -> Pairs:
        """A measure by year, in the unit shown."""
        now, nothing = (self.reader.yearly(runs, measure.series) * measure.scale for runs in (plan, baseline))
        return now, nothing

    def _fact(self, name: str, plan: Sequence[Series], baseline: Sequence[Series]) -> tuple[float, float]:
        now, nothing = (float(self.reader.yearly(runs, name)[:, -1].mean()) for runs in (plan, baseline))
        return now, nothing


def _line(measure: Measure, plan: Sequence[Series], baseline: Sequence[Series]) -> Line:
    now, nothing = (np.stack([run[measure.series] for run in runs]) for runs in (plan, baseline))
    return reading.line(measure, now, nothing)
