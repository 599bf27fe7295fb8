"""What tests of streams share: a look at a view, an amount known exactly, and what a figure draws."""

from __future__ import annotations

from dashboard.facts.accounts import Amount
from dashboard.link.looks import Look

PLAN = "plan=prevention_shift&years=3"


def look(view="flow", show="plan", year=2, **more):
    return Look(view, year, show, **more)


def same(value, other=None):
    """An amount of a year with the plan, and doing nothing; its change is known exactly."""
    other = value if other is None else other
    return (Amount(value, other, value - other, value - other),)


def trace(figure):
    (only,) = figure["data"]
    return only


def drawn(figure):
    """Every link of a figure: names of its ends, and its width."""
    link, names = trace(figure)["link"], trace(figure)["node"]["customdata"]
    ends = zip(link["source"], link["target"], link["value"], strict=True)
    return {(names[source], names[target]): value for source, target, value in ends}
