"""The least capacity, and the right amount of delay, in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.cli.optimise_words import EXPLAINED, one_way, who
from sim.cli.page import Block, Table
from sim.cli.screen import number, pounds
from sim.experiments.network_measures import STATION_MEASURES
from sim.experiments.search import CapacityAnswer, DelayAnswer, Found, Frontier, NetworkDelay
from sim.experiments.search.capacity import kinds_of
from sim.experiments.search.frontier import PLACE
from sim.experiments.search.words import (
    a_year,
    capacity_sentence,
    frontier_sentence,
    level_span,
    limits_in_words,
    places_in_words,
    places_sentence,
    whole,
)
from sim.results.dates import financial_year
from sim.results.measures import PARTS
from sim.results.statistics import Interval

MILLION = 1_000_000
TWICE = (
    "Every point was lived through twice: by the people of the search, who choose where each one's cost is least, and "
    "by others, whose runs are told here. Points are told from the least at 95 % for all of them at once."
)


def capacity_blocks(found: CapacityAnswer) -> Iterator[Block]:
    """The answer, and every growth tried with the places it opened."""
    year = financial_year(found.plan.question.years - 1, found.plan.first_year)
    yield who(found.plan)
    yield limits_in_words(found.limits)
    yield capacity_sentence(found)
    yield from one_way(found.needed)
    columns = ("growth a year", f"places in {year}", "held back", *(each.name for each in found.limits.limits))
    rows = [
        (a_year(step), whole(found.places[step]), whole(found.held_back[step]),
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
    yield places_sentence(found)
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
    yield TWICE
    yield frontier_sentence(frontier, a_year, PARTS)
    held = [point for point, each in enumerate(found.held_back) if round(each.mean)]
    if held:
        first = a_year(frontier.points[held[0]])
        yield f"From {first} on staff or capital hold places back, so that more are planned than open (see --staffed)."
    if found.staffed:
        yield "As if every place planned could be staffed and built, as far as those levers reach."
    extra = [whole(each) for each in found.held_back]
    yield _table(frontier, f"Pounds of {year}, millions", MILLION, [a_year(each) for each in frontier.points], extra)


def network_delay_blocks(found: NetworkDelay) -> Iterator[Block]:
    """The frontier of a network's station."""
    frontier, unit = found.frontier, found.network.time_unit.removesuffix("s")
    yield (
        f"{found.network.name}, {found.station}: what it costs a {unit} by number of places. {found.replications} "
        f"replications with the same people whatever the places, seed {found.seed}. How it is done: {EXPLAINED}."
    )
    yield TWICE
    yield frontier_sentence(frontier, places_in_words, {})
    yield _table(frontier, f"Pounds a {unit}", 1, [places_in_words(each) for each in frontier.points], None)


def _table(frontier: Frontier, title: str, unit: float, labels: Sequence[str], held: Sequence[str] | None) -> Table:
    rows = []
    for point, label in enumerate(labels):
        above = frontier.above(PLACE, point)
        costs = (number(frontier.cost(each, point).mean / unit, 2) for each in frontier.bearers)
        more = f"{number(above.mean / unit, 2)} ({number(above.low / unit, 2)} to {number(above.high / unit, 2)})"
        least = "least" if point == frontier.best(PLACE) else "tied" if point in frontier.ties(PLACE) else more
        extra = [held[point]] if held else []
        rows.append(
            (
                label,
                whole(frontier.capacity[point]),
                *extra,
                number(frontier.delay[point].mean, 1),
                *costs,
                least,
            )
        )
    columns = (
        "",
        "places",
        *(["held back"] if held else []),
        "wait",
        *(PARTS.get(each, each) for each in frontier.bearers),
        "above the place's least, 95 % for all at once",
    )
    return Table(title, columns, rows)


def _span(found: Interval) -> str:
    return f"{number(found.low, 1)} to {number(found.high, 1)}"


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
