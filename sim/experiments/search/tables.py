"""What searches found as tables: a row for each step, point, year or mix, with intervals beside means."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from sim.experiments.search.capacity import CapacityAnswer, Found
from sim.experiments.search.frontier import PLACE, Frontier
from sim.experiments.search.fund import FundAnswer
from sim.experiments.search.limits import Limits
from sim.experiments.search.mix import MixAnswer
from sim.experiments.search.truth import NET, Truth
from sim.results.dates import financial_year
from sim.results.statistics import Interval, Paired

Row = dict[str, object]


def truth_table(found: Truth) -> pl.DataFrame:
    """Every step tried, with what was saved (pounds), each limit's measure in its unit, and whether that is enough."""
    rows = [
        {"at": step, **spread(NET, seen[NET]), **_levels(found.terms.limits, seen), "enough": _enough(found, seen)}
        for step, seen in found.needed.seen.items()
    ]
    return pl.DataFrame(rows)


def fund_table(found: FundAnswer) -> pl.DataFrame:
    """Pounds paid into the fund and drawn from it, year by year: of the least fund, or of the largest."""
    course, first = found.told, found.plan.first_year
    years = enumerate(zip(course.paid_in, course.drawn, strict=True))
    return pl.DataFrame([
        {"financial_year": financial_year(year, first), "paid_in": paid.mean, **_drawn(drawn)}
        for year, (paid, drawn) in years
    ])  # fmt: skip


def mix_table(found: MixAnswer) -> pl.DataFrame:
    """Every mix of the front with other people: levers by path, and the change of each aim against no shift."""
    rows: list[Row] = []
    for place, mix in enumerate(found.mixes):
        row: Row = dict(mix.values)
        for aim in found.hunt.aims:
            row |= spread(aim, found.change(place, aim))
        rows.append(row | {"keeps_limits": mix.verdict.holds, "still": found.still[place]})
    return pl.DataFrame(rows)


def capacity_table(found: CapacityAnswer) -> pl.DataFrame:
    """Every growth tried (percent a year), with the places it opened and what was seen of each limit."""
    return pl.DataFrame([
        {"at": step, **spread("places", found.places[step]), "held_back": found.held_back[step].mean,
         **_levels(found.limits, seen), "kept": found.limits.kept(seen)}
        for step, seen in found.needed.seen.items()
    ])  # fmt: skip


def places_table(found: Found) -> pl.DataFrame:
    """Every number of places tried, with the measure of the service, and whether it is kept."""
    return pl.DataFrame([
        {"places": places, "mean": each.mean, "low": each.low, "high": each.high,
         "kept": each.mean <= found.service.level}
        for places, each in found.tried.items()
    ])  # fmt: skip


def frontier_table(frontier: Frontier) -> pl.DataFrame:
    """Every point and who bears what there (pounds); `tied` where it is not told to cost them more than their least."""
    rows: list[Row] = []
    for who in frontier.bearers:
        best, ties = frontier.best(who), frontier.ties(who)
        for point, at in enumerate(frontier.points):
            cost = frontier.cost(who, point)
            rows.append({
                "at": at, "places": frontier.capacity[point].mean, "delay": frontier.delay[point].mean, "who": who,
                "mean": cost.mean, "low": cost.low, "high": cost.high, "least": point == best, "tied": point in ties,
            })  # fmt: skip
    return pl.DataFrame(rows)


def whole_place(table: pl.DataFrame) -> pl.DataFrame:
    """The rows of a frontier's table that are of the place as a whole."""
    return table.filter(pl.col("who") == PLACE)


def spread(name: str, found: Interval | Paired) -> Row:
    """A mean and its interval as three columns."""
    return {name: found.mean, f"{name}_low": found.low, f"{name}_high": found.high}


def _drawn(found: Interval) -> Row:
    """Pounds drawn; none is 0, not minus 0."""
    return {name: value + 0.0 for name, value in spread("drawn", found).items() if isinstance(value, float)}


def _levels(limits: Limits, seen: Mapping[str, Interval]) -> Row:
    row: Row = {}
    for limit in limits.limits:
        row |= spread(limit.name, seen[limit.name])
    return row


def _enough(found: Truth, seen: Mapping[str, Interval]) -> bool:
    """Whether the aim is reached on the mean."""
    return found.terms.limits.kept(seen) if found.terms.aim == "limits" else round(seen[NET].mean * 100) >= 0
