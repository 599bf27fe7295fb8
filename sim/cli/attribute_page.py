"""An attribution in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.cli.page import Block, Heading, Table
from sim.cli.run import shown_years
from sim.cli.screen import amount, counted, span
from sim.experiments.attribute import Attribution
from sim.experiments.attribute.words import sentence, unit_of_change
from sim.results.dates import financial_year
from sim.results.measures import measure_of


def introduction(found: Attribution) -> Iterator[Block]:
    """What was run, and how the page is to be read."""
    place, asked = found.baseline.footprint, found.baseline.question
    simulated = "everybody" if found.baseline.people >= place.total else f"{found.baseline.people:,.0f} people"
    yield (
        f"{place.name}, {place.total:,.0f} people ({simulated} simulated), {counted(asked.years, 'year')} from 1 April "
        f"{found.baseline.first_year}, {counted(asked.replications, 'replication')}, seed {asked.seed}. Each change is "
        "the plan less the baseline in the final year, the same people in both, divided among what the plan does "
        "(Shapley values); 95 % intervals over replications. How it is done, and what counts as what: "
        "[attribution](../explanation/attribution.md)."
    )


def blocks(name: str, against: str, found: Attribution, about: Sequence[str]) -> Iterator[Block]:
    """One plan: what it does, every measure divided, some of them in full, and each in a sentence."""
    year = financial_year(found.baseline.question.years - 1, found.baseline.first_year)
    yield Heading(f"{name} against {against}")
    for player, changes in zip(found.players, found.changes, strict=True):
        yield f"{player.label}: {'; '.join(line.removeprefix(player.label).lstrip(': ') for line in changes)}."
    if found.by == "family":
        yield _overview(found, year)
    else:
        yield _method(found)
    for series in (each for each in about if each in found.shares):
        yield _in_full(found, series, year)
        if found.by == "family":
            yield _by_year(found, series)
        yield sentence(found, series)


def _method(found: Attribution) -> str:
    count = len(found.players)
    if not found.pairs:
        return f"Every one of the {2**count} coalitions of {counted(count, 'lever')} was run."
    return (
        f"{counted(count, 'lever')} have too many coalitions to run them all: {found.pairs} pairs of random orders "
        "were run. How far the mean may be off for want of the other orders is said beside it (95 %), and is part of "
        "each interval and verdict."
    )


def _overview(found: Attribution, year: str) -> Table:
    """Every measure by family: each part with its interval, and the whole."""
    columns = ("", "unit", "whole", "95 %", *(word for each in found.players for word in (each.label, "95 %")), "sum")
    rows = []
    for series in found.shares:
        measure = measure_of(series)
        told = [found.whole(series), *(found.part(place, series) for place in range(len(found.players)))]
        total = amount(sum(each.mean for each in told[1:]), measure)
        cells = (word for each in told for word in (amount(each.mean, measure), span(each, measure)))
        rows.append((measure.label, unit_of_change(measure), *cells, total))
    return Table(f"Change in {year}, divided", columns, rows, 2)


def _in_full(found: Attribution, series: str, year: str) -> Table:
    """One measure: each player's part, and how it stands by itself and on top of all others."""
    measure = measure_of(series)
    rows = [_row(found, place, series) for place in range(len(found.players))]
    whole = found.whole(series)
    total = sum(found.part(place, series).mean for place in range(len(found.players)))
    blank = ("", "")
    rows.append(("sum of parts", "", amount(total, measure), "", "", *blank))
    rows.append(("whole", "", amount(whole.mean, measure), span(whole, measure), whole.verdict, *blank))
    ends = ("unsure for want of orders", "") if found.pairs else ("by itself", "on top of the others")
    columns = ("", "counted as", "part", "95 % interval", "verdict", *ends)
    return Table(f"{measure.label}, {unit_of_change(measure)}, change in {year}", columns, rows, 2)


def _by_year(found: Attribution, series: str) -> Table:
    """One measure year by year: when each family does its work."""
    measure, players = measure_of(series), range(len(found.players))
    columns = ("", *(word for name in ("whole", *(each.label for each in found.players)) for word in (name, "95 %")))
    rows = []
    for year in shown_years(found.baseline.question.years):
        told = (found.whole(series, year), *(found.part(place, series, year) for place in players))
        cells = (word for each in told for word in (amount(each.mean, measure), span(each, measure)))
        rows.append((financial_year(year, found.baseline.first_year), *cells))
    return Table(f"{measure.label}, {unit_of_change(measure)}, by year", columns, rows, 1)


def _row(found: Attribution, place: int, series: str) -> tuple[str, ...]:
    measure, player, part = measure_of(series), found.players[place], found.part(place, series)
    ends = found.alone_and_last(place, series)
    told = (amount(part.mean, measure), span(part, measure), part.verdict)
    unsure = f"plus and minus {amount(float(found.unsure[series][place, -1]), measure)}"
    beside = tuple(amount(each.mean, measure) for each in ends) if ends else (unsure, "")
    return (player.label, " and ".join(player.families), *told, *beside)
