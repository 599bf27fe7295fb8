"""An attribution in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

from sim.cli.page import Block, Heading, Table
from sim.cli.run import shown_years
from sim.cli.screen import amount, counted, span, unit
from sim.experiments.attribute import Attribution, Player
from sim.results.dates import financial_year
from sim.results.measures import Measure, measure_of
from sim.results.statistics import Paired

NOT_SEEN = "no detectable difference"
OF_POINTS = {"share": "percentage points"}
"""A difference of shares is in points, not in percent."""


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
        "were run. How far the mean may be off for want of the other orders is said beside it (95 %)."
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
        rows.append((measure.label, _unit(measure), *cells, total))
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
    return Table(f"{measure.label}, {_unit(measure)}, change in {year}", columns, rows, 2)


def _by_year(found: Attribution, series: str) -> Table:
    """One measure year by year: when each family does its work."""
    measure, players = measure_of(series), range(len(found.players))
    columns = ("", *(word for name in ("whole", *(each.label for each in found.players)) for word in (name, "95 %")))
    rows = []
    for year in shown_years(found.baseline.question.years):
        told = (found.whole(series, year), *(found.part(place, series, year) for place in players))
        cells = (word for each in told for word in (amount(each.mean, measure), span(each, measure)))
        rows.append((financial_year(year, found.baseline.first_year), *cells))
    return Table(f"{measure.label}, {_unit(measure)}, by year", columns, rows, 1)


def _row(found: Attribution, place: int, series: str) -> tuple[str, ...]:
    measure, player, part = measure_of(series), found.players[place], found.part(place, series)
    ends = found.alone_and_last(place, series)
    told = (amount(part.mean, measure), span(part, measure), part.verdict)
    unsure = f"plus and minus {amount(float(found.unsure[series][place, -1]), measure)}"
    beside = tuple(amount(each.mean, measure) for each in ends) if ends else (unsure, "")
    return (player.label, " and ".join(player.families), *told, *beside)


def sentence(found: Attribution, series: str, year: int = -1) -> str:
    """What a plan changes, and what of it comes from where, in plain words."""
    measure, whole = measure_of(series), found.whole(series, year)
    label = f"{measure.label}, {financial_year(year % found.baseline.question.years, found.baseline.first_year)}"
    told = [(_name(each, found), found.part(place, series, year)) for place, each in enumerate(found.players)]
    seen = [(name, part) for name, part in told if _is_seen(part) and _shows(part, measure)]
    if not _is_seen(whole):
        return f"{label}: no change that can be told from chance.{_hidden(seen, measure)}"
    clauses = [f"{label}: {_moved(whole, measure)}."]
    for opening, sign in (("Of that", 1), ("The other way", -1)):
        of_that = [f"{_size(part, measure)} from {name}" for name, part in seen if sign * part.mean * whole.mean > 0]
        clauses += [f"{opening}: {_listed(of_that)}."] if of_that else []
    for verdict, opening in (("no difference", "Nothing"), (NOT_SEEN, "Nothing that can be told from chance")):
        names = [name for name, part in told if part.verdict == verdict]
        clauses += [f"{opening}: {_listed(names)}."] if names else []
    return " ".join(clauses)


def _shows(part: Paired, measure: Measure) -> bool:
    """Whether anything is left of it in the decimals shown."""
    return amount(part.mean, measure) != amount(0.0, measure)


def _name(player: Player, found: Attribution) -> str:
    return player.label if found.by == "family" else f'"{player.label}"'


def _hidden(seen: Sequence[tuple[str, Paired]], measure: Measure) -> str:
    """Parts that show, where the whole does not."""
    told = [f"{name}: {_moved(part, measure)}" for name, part in seen]
    return f" But {_listed(told)}." if told else ""


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _moved(part: Paired, measure: Measure) -> str:
    """Which way, how much, and how sure: "lower by 77.0 beds (70.1 to 83.9)"."""
    number, space, bounds = _size(part, measure).partition(" ")
    before, after = {"gbp": ("£", "m"), "gbp a head": ("£", " a head")}.get(measure.unit, ("", f" {_unit(measure)}"))
    return f"{'higher' if part.mean > 0 else 'lower'} by {before}{number}{after}{space}{bounds}"


def _size(part: Paired, measure: Measure) -> str:
    """How much, whichever way, with its interval in that way: a bound below 0 is on the other side of no change."""
    sign = -1 if part.mean < 0 else 1
    ends = sorted((sign * part.low, sign * part.high))
    bounds = "" if isnan(part.low) else f" ({amount(ends[0], measure)} to {amount(ends[1], measure)})"
    return f"{amount(abs(part.mean), measure)}{bounds}"


def _is_seen(part: Paired) -> bool:
    return part.mean != 0 and part.verdict != NOT_SEEN


def _unit(measure: Measure) -> str:
    return OF_POINTS.get(measure.unit, unit(measure))
