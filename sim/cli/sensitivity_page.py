"""A sensitivity analysis in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

from sim.cli.page import Block, Heading, Table
from sim.cli.screen import amount, counted, number, unit
from sim.experiments.sensitivity import Sensitivity
from sim.results.dates import financial_year
from sim.results.measures import Measure, measure_of
from sim.results.statistics import Paired

MOST_ROWS = 15
OPEN = " ‡"
POINTS = {"share": "points"}


def introduction(found: Sensitivity) -> Iterator[Block]:
    """What was run, and how the page is to be read."""
    place, asked = found.plan.footprint, found.plan.question
    simulated = "everybody" if found.plan.people >= place.total else f"{found.plan.people:,.0f} people"
    plan = "+".join(asked.scenarios) or "the base projection"
    levers = sum(each.kind == "lever" for each in found.movers)
    yield (
        f"{place.name}, {place.total:,.0f} people ({simulated} simulated), {plan}, {counted(asked.years, 'year')} from "
        f"1 April {found.plan.first_year}, {counted(asked.replications, 'replication')} of every point with the same "
        f"people, seed {asked.seed}. {counted(levers, 'lever')} and {counted(len(found.movers) - levers, 'number')} in "
        "doubt are moved, a lever evenly through the range of its slider, a number through that of its evidence. How "
        "it is done, and what it leaves out: [stress test and sensitivity](../explanation/stress-and-sensitivity.md)."
    )


def blocks(found: Sensitivity, about: Sequence[str]) -> Iterator[Block]:
    """Every measure: indices or screening, and a tornado."""
    left_out = found.design.blocks - int(found.known.sum())
    what = "trajectories" if found.method == "morris" else "samples"
    yield Heading("Morris screening" if found.method == "morris" else "Sobol indices")
    yield f"{found.design.blocks} {what} of {found.design.block} points."
    if left_out:
        reasons = "; ".join(f"{count} times {' '.join(reason.split())}" for reason, count in found.impossible.items())
        yield f"{left_out} {what} left out, since no place can be made of a point in them: {reasons}"
    for series in (each for each in about if each in found.values):
        yield _believed(found, series)
        yield _screening(found, series) if found.method == "morris" else _indices(found, series)
        if found.method == "morris":
            yield _tornado(found, series)
    if found.open and found.method == "morris":
        yield (
            f"{OPEN.strip()}: at this end the number alone would fill, or empty, places that were in use in the base "
            "year, and what is shown is a hospital that there never was. [What the answer leans on](impact.md) moves "
            "such numbers together with places; read their bars there."
        )


def _believed(found: Sensitivity, series: str) -> str:
    measure, mean = measure_of(series), found.believed(series)
    year = financial_year(found.plan.question.years - 1, found.plan.first_year)
    noise = found.noise(series)
    told = "not known" if isnan(noise) else f"{100 * noise:.1f} %"
    return (
        f"{measure.label}, {year}: {amount(mean.mean, measure)} {unit(measure)} as it stands. Of the variance between "
        f"points, chance makes {told}."
    )


def _screening(found: Sensitivity, series: str) -> Table:
    measure, labels = measure_of(series), _labels(found)
    rows = [
        (each.name, labels[each.name], amount(each.size, measure), amount(each.reach, measure),
         amount(each.chance, measure), amount(each.mean, measure), amount(each.spread, measure))
        for each in found.screened(series)[:MOST_ROWS]
    ]  # fmt: skip
    columns = ("moved", "what it is", "mean size", "± points", "± chance", "mean", "spread")
    return Table(f"{measure.label}, {_unit(measure)}: effect of moving each through all of its range", columns, rows, 2)


def _indices(found: Sensitivity, series: str) -> Table:
    measure, labels = measure_of(series), _labels(found)
    rows = [
        (each.name, labels[each.name], *(number(value, 2) for value in
         (each.first, each.first_reach, each.total, each.total_reach, each.chance)))
        for each in found.indices(series)[:MOST_ROWS]
    ]  # fmt: skip
    columns = ("moved", "what it is", "by itself", "± points", "with others", "± points", "± chance")
    return Table(f"{measure.label}: part of the variance made by each", columns, rows, 2)


def _tornado(found: Sensitivity, series: str) -> Table:
    measure = measure_of(series)
    rows = [
        (each.mover.name, each.mover.label, _end(each.low, measure) + OPEN * ((each.mover.name, "low") in found.open),
         _end(each.high, measure) + OPEN * ((each.mover.name, "high") in found.open))
        for each in found.tornado(series)[:MOST_ROWS] if each.length
    ]  # fmt: skip
    title = f"{measure.label}, {_unit(measure)}: each alone at either end of its range, change and 95 % interval"
    return Table(title, ("moved", "what it is", "at its low end", "at its high end"), rows, 2)


def _end(change: Paired, measure: Measure) -> str:
    if isnan(change.mean):
        return "cannot be"
    if change.mean == change.low == change.high == 0:
        return "0"
    told = f"{'+' if change.mean > 0 else ''}{amount(change.mean, measure)}"
    if {amount(each, measure) for each in (change.mean, change.low, change.high)} == {amount(0, measure)}:
        return "about 0"
    return told if isnan(change.low) else f"{told} ({amount(change.low, measure)} to {amount(change.high, measure)})"


def _labels(found: Sensitivity) -> dict[str, str]:
    return {each.name: each.label for each in found.movers}


def _unit(measure: Measure) -> str:
    return POINTS.get(measure.unit, unit(measure))
