"""Words that the parts of `upstream optimise` share: limits, brackets, and what was tried."""

from __future__ import annotations

from collections.abc import Iterator

from sim.cli.page import Block, Table
from sim.cli.screen import counted
from sim.experiments.question import Resolved
from sim.experiments.search import Limits, Needed
from sim.experiments.search.words import Show, level_span

EXPLAINED = "[searches](../explanation/search.md)"


def who(plan: Resolved) -> str:
    """Where, who, how long and how often."""
    place, asked = plan.footprint, plan.question
    simulated = "everybody" if plan.people >= place.total else f"{plan.people:,.0f} people"
    return (
        f"{place.name}, {place.total:,.0f} people ({simulated} simulated), {counted(asked.years, 'year')} from 1 April "
        f"{plan.first_year}, {counted(asked.replications, 'replication')} with the same people throughout, seed "
        f"{asked.seed}. How it is done, and what it leaves out: {EXPLAINED}."
    )


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
