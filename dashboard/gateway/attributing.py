"""What a plan's change comes from, as a job: demand, flow and money, or lever by lever, in one typical locality."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.drivers import By, Driver, Part, Split, SplitYear
from dashboard.gateway.doubting import nothing_of, typical_people
from dashboard.gateway.looked_up import resolved
from dashboard.gateway.refused import reasons
from dashboard.wording.numbers import MEASURES, Measure
from sim.experiments.attribute import Attribution, attribute, parts_between
from sim.experiments.attribute.measure import EXACT_UP_TO, USUAL_PAIRS
from sim.experiments.identity import digest
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.inputs import Faults
from sim.results.dates import financial_year
from sim.results.statistics import Paired

MOST_REPLICATIONS = 20
FEWEST_REPLICATIONS = 4
YEARS_RUN = 3000
"""Years of a locality that are simulated at most, as long as the fewest replications allow: about half a minute on two
cores."""


def split(threads: int, task: Task, by: By) -> Named:
    """A plan's change from doing nothing, divided."""
    people = typical_people(task)
    plan = resolved(replace(task, people=people, replication=0))
    nothing = resolved(replace(nothing_of(task), people=people, replication=0))
    name = digest({"plans": [nothing.facts, plan.facts], "by": by})
    return Named(f"split {name}", partial(_split, threads, nothing, plan, by))


def _split(threads: int, nothing: Resolved, plan: Resolved, by: By, pace: Pace) -> Split:
    try:
        count = replications(worlds(nothing, plan, by), nothing.question.years)
        before, after = (replace(e, question=replace(e.question, replications=count)) for e in (nothing, plan))
        found = attribute(before, after, by, Way(threads, pace.tell, pace=pace.step), keep=False)
    except Faults as faults:
        raise ImpossibleError(reasons(faults)) from faults
    return stated(found)


def worlds(nothing: Resolved, plan: Resolved, by: By) -> int:
    """How many worlds a split runs at most; raises Faults as the split would."""
    parts = parts_between(nothing.parameters, plan.parameters)
    players = len({family for part in parts for family in part.families}) if by == "family" else len(parts)
    return 2**players if players <= EXACT_UP_TO else 2 * USUAL_PAIRS * (players - 1) + 2


def replications(worlds: int, years: int) -> int:
    """How many of each world: as many as there is time for."""
    return min(max(YEARS_RUN // (worlds * years), FEWEST_REPLICATIONS), MOST_REPLICATIONS)


def stated(found: Attribution) -> Split:
    """A division in plain values, in the units shown."""
    first = found.baseline.first_year
    return Split(
        by=found.by,
        drivers=tuple(
            Driver(player.name, player.label, tuple(player.families), changes)
            for player, changes in zip(found.players, found.changes, strict=True)
        ),
        measures={each.id: _years(found, each) for each in MEASURES if each.series in found.shares},
        labels=tuple(financial_year(year, first) for year in range(found.baseline.question.years)),
        people=found.baseline.people,
        replications=found.baseline.question.replications,
        pairs=found.pairs,
    )


def _years(found: Attribution, measure: Measure) -> tuple[SplitYear, ...]:
    return tuple(_year(found, measure, year) for year in range(found.baseline.question.years))


def _year(found: Attribution, measure: Measure, year: int) -> SplitYear:
    series, scale, players = measure.series, measure.scale, range(len(found.players))
    ends = [found.alone_and_last(player, series, year) for player in players]
    return SplitYear(
        whole=part(found.whole(series, year), scale),
        parts=tuple(part(found.part(player, series, year), scale) for player in players),
        alone=tuple(each[0].mean * scale for each in ends if each),
        last=tuple(each[1].mean * scale for each in ends if each),
        unsure=tuple(float(found.unsure[series][player, year]) * scale for player in players),
    )


def part(found: Paired, scale: float) -> Part:
    """A difference in the unit shown."""
    return Part(found.mean * scale, found.low * scale, found.high * scale)
