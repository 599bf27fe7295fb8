"""The least capacity, and the right amount of delay, in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.cli.optimise_words import EXPLAINED, Show, bracket, level_span, limits_in_words, one_way, who
from sim.cli.page import Block, Table
from sim.cli.screen import counted, number, pounds
from sim.experiments.network_measures import STATION_MEASURES
from sim.experiments.search import CapacityAnswer, DelayAnswer, Found, Frontier, NetworkDelay
from sim.experiments.search.capacity import kinds_of
from sim.experiments.search.delay import PLACE
from sim.results.dates import financial_year
from sim.results.measures import PARTS
from sim.results.statistics import Interval

MILLION = 1_000_000


def capacity_blocks(found: CapacityAnswer) -> Iterator[Block]:
    """The answer, and every growth tried with the places it opened."""
    asked, year = found.plan.question, financial_year(found.plan.question.years - 1, found.plan.first_year)
    kinds = " and ".join(PARTS.get(each, each) for each in kinds_of(found.kind))
    yield who(found.plan)
    yield limits_in_words(found.limits)
    least = found.needed.least
    if least is None:
        told = f"No growth of places ({kinds}) suffices: {bracket(found.needed, _a_year)}."
    else:
        told = (
            f"The least growth of places ({kinds}) that suffices is {bracket(found.needed, _a_year)}: "
            f"{_count(found.places[least])} places in {year}, after {counted(asked.years, 'year')}."
        )
    held = found.held_back[found.needed.dial.steps[-1] if least is None else least].mean
    if round(held):
        told += f" Of those planned, {number(held, 0)} are held back for lack of staff or capital."
    yield told
    yield from one_way(found.needed)
    columns = ("growth a year", f"places in {year}", "held back", *(each.name for each in found.limits.limits))
    rows = [
        (_a_year(step), _count(found.places[step]), _count(found.held_back[step]),
         *(level_span(seen[each.name], each) for each in found.limits.limits))
        for step, seen in found.needed.seen.items()
    ]  # fmt: skip
    yield Table("What was tried, 95 %", columns, rows)


def places_blocks(found: Found) -> Iterator[Block]:
    """The least places of a network's station."""
    asked = found.service
    measure = STATION_MEASURES[asked.measure]
    yield (
        f"{found.network.name}, {asked.station}: {measure}, at most {asked.level:g}. {found.replications} replications "
        f"with the same people whatever the places, seed {found.seed}. How it is done: {EXPLAINED}."
    )
    if found.least is None:
        yield f"None of 1 to {found.most} places suffices."
    else:
        high = f"more than {found.most}" if found.surely is None else str(found.surely)
        yield (
            f"The least is {counted(found.least, 'place')} "
            f"(bracket {found.maybe} to {high}). Without a limit to places {number(found.load, 2)} would be in use."
        )
    if not found.one_way:
        yield "Among what was tried, more places once served worse: take more replications or a longer run."
    rows = [(str(each), f"{at.mean:.4g}", f"{at.low:.4g} to {at.high:.4g}") for each, at in found.tried.items()]
    yield Table(f"What was tried: {measure}", ("places", asked.measure, "95 %"), rows)


def delay_blocks(found: DelayAnswer) -> Iterator[Block]:
    """The frontier of a footprint."""
    frontier, plan = found.frontier, found.plan
    year = financial_year(plan.question.years - 1, plan.first_year)
    kinds = " and ".join(PARTS.get(each, each) for each in kinds_of(found.kind))
    yield who(plan)
    bed, waits = (pounds(each or 0) for each in (found.prices.bed_day, found.prices.waiting))
    yield (
        f"{_begun(kinds)}: cost of places in {year} against cost of delay, at base-year prices. A hospital bed held "
        f"for want of a place costs the hospital {bed} a day; a day in which somebody waits outside for a place of "
        f"this kind costs {waits}, laid at the door of those who wait."
    )
    yield _sentence(frontier, _a_year, PARTS)
    held = [point for point, each in enumerate(found.held_back) if round(each.mean)]
    if held:
        first = _a_year(frontier.points[held[0]])
        yield f"From {first} on staff or capital hold places back, so that more are planned than open (see --staffed)."
    if found.staffed:
        yield "As if every place planned could be staffed and built, as far as those levers reach."
    extra = [_count(each) for each in found.held_back]
    yield _table(frontier, f"Pounds of {year}, millions", MILLION, [_a_year(each) for each in frontier.points], extra)


def network_delay_blocks(found: NetworkDelay) -> Iterator[Block]:
    """The frontier of a network's station."""
    frontier, unit = found.frontier, found.network.time_unit.removesuffix("s")
    yield (
        f"{found.network.name}, {found.station}: what it costs a {unit} by number of places. {found.replications} "
        f"replications with the same people whatever the places, seed {found.seed}. How it is done: {EXPLAINED}."
    )
    yield _sentence(frontier, _places, {})
    yield _table(frontier, f"Pounds a {unit}", 1, [_places(each) for each in frontier.points], None)


def _sentence(frontier: Frontier, show: Show, names: Mapping[str, str]) -> str:
    """Where each one's cost is least, and the place's."""
    told = []
    for bearer in frontier.bearers:
        best, ties = frontier.best(bearer), frontier.ties(bearer)
        others = f", not to be told from {show(frontier.points[ties[0]])} to {show(frontier.points[ties[-1]])}"
        end = " (an end of what was tried, so the least may lie beyond)" if frontier.at_end(bearer) else ""
        label = bearer if bearer == PLACE else names.get(bearer, bearer)
        told.append(f"{label}: {show(frontier.points[best])}{others if len(ties) > 1 else ''}{end}")
    delay = frontier.delay[frontier.best(PLACE)]
    return f"Least cost for {'; '.join(told)}. At the place's least, {number(delay.mean, 1)} wait ({_span(delay)})."


def _table(frontier: Frontier, title: str, unit: float, labels: Sequence[str], held: Sequence[str] | None) -> Table:
    rows = []
    for point, label in enumerate(labels):
        above = frontier.above(PLACE, point)
        costs = (number(frontier.cost(each, point).mean / unit, 2) for each in frontier.bearers)
        more = f"{number(above.mean / unit, 2)} ({number(above.low / unit, 2)} to {number(above.high / unit, 2)})"
        least = "least" if point == frontier.best(PLACE) else "tied" if point in frontier.ties(PLACE) else more
        extra = [held[point]] if held else []
        rows.append(
            (label, _count(frontier.capacity[point]), *extra, number(frontier.delay[point].mean, 1), *costs, least)
        )
    columns = (
        "",
        "places",
        *(["held back"] if held else []),
        "wait",
        *(PARTS.get(each, each) for each in frontier.bearers),
        "above the place's least",
    )
    return Table(title, columns, rows)


def _span(found: Interval) -> str:
    return f"{number(found.low, 1)} to {number(found.high, 1)}"


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _count(found: Interval) -> str:
    return number(found.mean, 0)


def _a_year(value: float) -> str:
    return f"{value:+g} % a year" if value else "0 % a year"


def _places(value: float) -> str:
    return f"{value:g} places"
