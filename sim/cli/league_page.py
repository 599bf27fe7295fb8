"""A league table of places, in words that say how uncertain ranks are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb
from statistics import median

from sim.cli.page import Block, Heading, Table
from sim.cli.screen import amount, counted, number, pounds, span
from sim.experiments.batch import Batch, PlaceResults, Ran, Standing, league, pairs_apart
from sim.inputs import Fault, describe_differences, differences, load_footprints
from sim.inputs.footprints import ENGLAND
from sim.results.dates import financial_year
from sim.results.measures import measure_of

SERIES = "gap"
BESIDE = ("occupancy:acute", "delayed")
"""What stands beside money, so that a plan that saves by letting people wait is seen to."""

MONEY_FROM_OUTSIDE = ("finance.budget.", "finance.budget_growth.")
"""Parameters that say how much a place is given."""

RARE = 1 / 50
"""Part of the pairs told apart below which an order is said to be chance."""


def lacking(batch: Batch) -> Iterator[Fault]:
    """What a batch does not keep and a league needs."""
    for series in (SERIES, *BESIDE):
        if series not in batch.plan.series:
            rule = "must be among the series of the batch, since --league needs it"
            yield batch.plan.fault(("series",), "series", f'"{series}"', rule)


def league_blocks(ran: Ran, places: Sequence[PlaceResults], drawing: str) -> Iterator[Block]:
    """Everything there is to say, in order.

    drawing   file of the map, beside the page
    """
    plan, first = ran.batch.plan, ran.batch.resolved[0].first_year
    ranked = [each for each in places if each.footprint != ENGLAND]
    year = financial_year(plan.years - 1, first)
    yield plan.why
    yield (
        f"{counted(len(ranked), 'footprint')}, {counted(plan.years, 'year')}, "
        f"{counted(plan.replications, 'replication')}, seed {plan.seed}; people simulated of each: {plan.people}. "
        f"Money is the gap of {year} a head of the people of April {first}, in pounds of 2015/16: what a place spends "
        "above its income. Less is better. Nothing was set for any footprint: each has its own people by age, and all "
        "else is England's, so this is no league of how places are run, and says nothing of what was special to them. "
        "How near the gaps come to published ones: [the gap beside published gaps](gap.md)."
    )
    if ran.failures:
        yield f"{counted(len(ran.failures), 'task')} failed; their replications are missing here."
    for name, resolved in zip(plan.plans, ran.batch.resolved, strict=True):
        yield f"{name}: {'; '.join(describe_differences(resolved.base, resolved.parameters)) or 'changes nothing'}."
    yield from _outside_money(ran.batch)
    yield f"![Maps of tiles, one for each footprint]({drawing})"
    yield (
        "Tiles lie roughly where the footprints do; the upper number is the footprint's, the lower one pounds a head. "
        "All changes are drawn to one scale. The first map has its own, from the least to the most, however "
        "little that is."
    )
    yield Heading("England")
    yield from _england(places, plan.against)
    yield Heading("How sure a rank is")
    yield (
        "Every place is set beside every other in pairs of replications, with the same people where it can have them. "
        "A place's range holds every rank that it may have: above it stand at least the places that are better beyond "
        "doubt, below it those that are worse. All ranges of a table hold at once, with 95 % (Mogstad and others, "
        "2024). They are of chance alone: of what is not known about numbers they say nothing."
    )
    leagues = {name: league(ranked, SERIES, name, change=name != plan.against, per_head=True) for name in plan.plans}
    yield _sureness(leagues)
    for name, standings in leagues.items():
        yield Heading(f"{name}: {'gap' if name == plan.against else f'change of the gap against {plan.against}'}")
        yield _in_words(standings)
        yield _table(name, standings, {each.footprint: each for each in places}, plan.against)


def _outside_money(batch: Batch) -> Iterator[str]:
    """Plans whose gap is smaller or larger because somebody outside pays more or less."""
    for name, resolved in zip(batch.plan.plans, batch.resolved, strict=True):
        paid = [path for path in differences(resolved.base, resolved.parameters) if path.startswith(MONEY_FROM_OUTSIDE)]
        if paid:
            yield (
                f"**{name} changes what the place is given from outside** (`{'`, `'.join(paid)}`): its change of the "
                "gap is partly that money, and cannot be set beside plans that only move what there is."
            )


def _in_words(standings: Sequence[Standing]) -> str:
    """How far the places lie apart, and whether their order means anything."""
    means = [each.found.mean for each in standings]
    told = f"From {pounds(min(means))} to {pounds(max(means))} a head."
    share = pairs_apart(standings) / max(comb(len(standings), 2), 1)
    if share < RARE:
        return f"{told} Hardly any two places can be told apart: the order of this table is chance."
    return f"{told} Of pairs of places {number(100 * share, 0)} % can be told apart; others may stand in either order."


def _england(places: Sequence[PlaceResults], against: str) -> Iterator[Block]:
    england = next((each for each in places if each.footprint == ENGLAND), None)
    if england is None:
        yield "England was not run."
        return
    rows = []
    for name in england.plans:
        found = [england.mean(name, each) if name == against else england.change(name, each)
                 for each in (SERIES, *BESIDE)]  # fmt: skip
        money = [pounds(value / england.people) for value in (found[0].mean, found[0].low, found[0].high)]
        rest = [word for series, each in zip(BESIDE, found[1:], strict=True)
                for word in (amount(each.mean, measure_of(series)), span(each, measure_of(series)))]  # fmt: skip
        rows.append((name, money[0], f"{money[1]} to {money[2]}", *rest))
    labels = (word for series in BESIDE for word in (measure_of(series).label, "95 %"))
    yield Table(f"{against} as it is, and the change under other plans", ("", "£ a head", "95 %", *labels), rows)


def _sureness(leagues: dict[str, tuple[Standing, ...]]) -> Table:
    rows = []
    for name, standings in leagues.items():
        width = median(each.worst - each.best + 1 for each in standings)
        sure = sum(each.is_sure for each in standings)
        rows.append((name, f"{pairs_apart(standings)} of {comb(len(standings), 2)}", number(width, 0), str(sure)))
    columns = ("", "pairs that can be told apart", "ranks a place may have, median", "places whose rank is sure")
    return Table("Ranks", columns, rows)


def _table(name: str, standings: Sequence[Standing], places: dict[str, PlaceResults], against: str) -> Table:
    known = load_footprints()
    rows = []
    for each in standings:
        place = places[each.footprint]
        beside = []
        for series in BESIDE:
            found = place.mean(name, series) if name == against else place.change(name, series)
            beside += [amount(found.mean, measure_of(series)), span(found, measure_of(series))]
        rows.append((
            known[each.footprint].name, str(each.rank), f"{each.best} to {each.worst}", pounds(each.found.mean),
            f"{pounds(each.found.low)} to {pounds(each.found.high)}", *beside,
        ))  # fmt: skip
    labels = (word for series in BESIDE for word in (measure_of(series).label, "95 %"))
    columns = ("footprint", "by the mean", "rank may be", "£ a head", "95 %", *labels)
    return Table("The least first" if name == against else "The most saved first", columns, rows)
