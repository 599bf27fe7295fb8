"""Words that the parts of `upstream optimise` share: limits, brackets, and what was tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isnan

from sim.cli.page import Block, Table
from sim.cli.screen import amount, counted, number, unit
from sim.cli.stress_page import SHOWN
from sim.experiments.question import Resolved
from sim.experiments.search import STATED, Limits, Needed
from sim.inputs.limits import Limit
from sim.results.measures import measure_of
from sim.results.statistics import Interval

EXPLAINED = "[searches](../explanation/search.md)"
Show = Callable[[float], str]


def who(plan: Resolved) -> str:
    """Where, who, how long and how often."""
    place, asked = plan.footprint, plan.question
    simulated = "everybody" if plan.people >= place.total else f"{plan.people:,.0f} people"
    return (
        f"{place.name}, {place.total:,.0f} people ({simulated} simulated), {counted(asked.years, 'year')} from 1 April "
        f"{plan.first_year}, {counted(asked.replications, 'replication')} with the same people throughout, seed "
        f"{asked.seed}. How it is done, and what it leaves out: {EXPLAINED}."
    )


def limits_in_words(limits: Limits) -> str:
    """What is to be kept, and when."""
    told = (f"{each.says} ({each.name}) at most {level(each.value, each)}" for each in limits.limits)
    return f"To be kept in {'every year' if limits.when == 'every' else 'the final year'}: {'; '.join(told)}."


def level(value: float, limit: Limit) -> str:
    """A limit's measure in its own unit."""
    if limit.source == STATED:
        measure = measure_of(limit.series)
        return f"{amount(value, measure)} {unit(measure)}"
    times, digits, words = SHOWN[limit.unit]
    return f"{number(times * value, digits)} {words}"


def level_span(found: Interval, limit: Limit) -> str:
    """A limit's measure with its interval."""
    return f"{level(found.mean, limit)} ({_bare(found.low, limit)} to {_bare(found.high, limit)})"


def _bare(value: float, limit: Limit) -> str:
    return level(value, limit).split(" ", 1)[0]


def bracket(needed: Needed, show: Show) -> str:
    """The least that suffices, with what chance leaves open."""
    if needed.least is None:
        if needed.maybe is None:
            return f"none of those tried, up to {show(needed.dial.steps[-1])}"
        return (
            f"none on the mean, up to {show(needed.dial.steps[-1])}; chance leaves {show(needed.maybe)} and more open"
        )
    first = needed.dial.steps[0]
    low = show(first) if needed.maybe is None else show(needed.maybe)
    high = f"more than {show(needed.dial.steps[-1])}" if needed.surely is None else show(needed.surely)
    return f"{show(needed.least)} (bracket {low} to {high})"


def one_way(needed: Needed) -> Iterator[Block]:
    """A warning where more did not always help."""
    if not needed.one_way:
        yield (
            "Among what was tried, a further step once stopped sufficing: more does not always help here, and the "
            "least may lie elsewhere. Look at the table, and take more replications."
        )


def tried_limits(needed: Needed, limits: Limits, what: str, show: Show) -> Table:
    """Every step tried, and what was seen of each limit."""
    columns = (what, *(f"{each.name}, 95 %" for each in limits.limits))
    rows = [
        (show(step), *(level_span(seen[each.name], each) for each in limits.limits))
        for step, seen in needed.seen.items()
    ]
    return Table("What was tried, on the way to it", columns, rows)


def pounds_each(value: float, people: float) -> str:
    """Pounds as £m and for each person of the place."""
    if isnan(value):
        return "-"
    return f"£{value / 1_000_000:,.1f}m (£{value / people:,.2f} a head)".replace("£-", "-£")
