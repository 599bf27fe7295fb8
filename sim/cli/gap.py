"""upstream gap: the do-nothing gap of every footprint beside the one it published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.leaving import ends_well
from sim.cli.page import Block, Heading, Table, markdown, show
from sim.cli.screen import MILLION, counted, number, pounds, say, say_json, way_of_running
from sim.experiments.gaps import (
    USUAL_REPLICATIONS,
    USUAL_SEEDS,
    Gaps,
    PlaceGap,
    agreement,
    alike,
    constant_error,
    explanations,
    find_gaps,
)
from sim.experiments.identity import version
from sim.experiments.save_gaps import gaps_document
from sim.results.dates import financial_year
from sim.results.statistics import Interval

BILLION = 1000 * MILLION
KINDS = {"every published figure": False, "only figures that were read somewhere": True}
"""Sets of footprints, and whether they are those alone whose figure is sourced."""


@ends_well
def gap(
    replications: options.Replayed = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    seeds: Annotated[
        int,
        typer.Option(metavar="N", min=1, help="How many seeds to run, from --seed on; a place's gap is their mean."),
    ] = USUAL_SEEDS,
    people: options.Sample = "usual",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    quiet: options.Quiet = False,
) -> None:
    """Set the model's do-nothing gap of 2020/21 beside the published one, footprint by footprint.

    Nothing is set for any footprint: they differ by their people alone. England's sum and the Forward View's
    30 billion are tried too.

    Examples:

    upstream gap

    upstream gap --people typical --replications 5

    upstream gap --markdown > docs/reference/gap.md
    """
    with way_of_running(options.cores(workers), quiet, "44 footprints") as way:
        found = find_gaps(replications, seed, options.number_or_word(people), way, seeds=seeds)
    if json:
        say_json(gaps_document(found))
    elif page:
        asked = f"--people {people} --replications {replications} --seed {seed} --seeds {seeds}"
        command = f"upstream gap --markdown {asked}"
        say(markdown("The gap beside published gaps", f"Printed by `{command}`, version {version()}.", blocks(found)))
    else:
        show(blocks(found))


def blocks(found: Gaps) -> Iterator[Block]:
    """Everything there is to say, in order."""
    price = found.parameters.value("target.gap_price_index")
    yield (
        "What every footprint lacks in 2020/21 if nothing is done, in pounds of 2015/16 a head of the people of April "
        f"2016. Published figures are cash of 2020/21; they are multiplied by {number(price, 4)}, the prices planners "
        "expected (`target.gap_price_index`). Nothing in the model was set for any footprint: each has its own people "
        "by age, and everything else is England's."
    )
    yield Heading("How near")
    yield from _agreement(found)
    yield Heading("What the rest goes with")
    yield from _explanations(found)
    yield Heading("England")
    yield from _england(found, price)
    yield Heading("The Forward View")
    yield from _forward_view(found)
    yield Heading("Every footprint")
    yield Table("Gap in 2020/21, £ of 2015/16 a head", COLUMNS, [_row(place) for place in found.places], 1)


def _agreement(found: Gaps) -> Iterator[Block]:
    rows = []
    for says, sourced in KINDS.items():
        near = agreement(_of_kind(found.places, sourced))
        ranks = (number(near.ranks.mean, 2), _span(near.ranks, 2), _over_seeds(found, sourced))
        rows.append((says, str(near.places), *ranks, pounds(near.published), pounds(near.model)))
    columns = ("", "places", "rank correlation", "95 % interval", "by single seeds", "published, median",
               "model, median")  # fmt: skip
    yield Table("The model beside published gaps", columns, rows, 1)
    yield from _spread(found)
    yield Table("Median error, £ a head", ("", *KINDS), _errors(found), 1)
    yield (
        "A constant says the same of every place. Where one comes as near as the model does, the model's differences "
        "between places add nothing; one that was itself read off published gaps could not have been known before."
    )


def _spread(found: Gaps) -> Iterator[Block]:
    """How little the model tells places apart, and how much of that is luck."""
    gaps, seeds = [place.model.mean for place in found.places], len(found.by_seed)
    yield (
        f"The model's gaps span only {pounds(max(gaps) - min(gaps))} a head, from {pounds(min(gaps))} to "
        f"{pounds(max(gaps))}; published ones differ far more. So their order is partly noise of the simulation: "
        f"{_luck(found)}. Gaps here are means over {counted(seeds, 'seed')}. The interval is of the places alone, not "
        "of the seeds. Where it holds zero, the model cannot tell which places published the larger gaps; nor should "
        "much be made of one that only just leaves zero out. The model knows places by their ages alone, and that is "
        "not what set them apart."
    )


def _luck(found: Gaps) -> str:
    if len(found.by_seed) < 2:
        return "another seed gives another order (`--seeds`)"
    return f"the orders by two seeds have a rank correlation of {number(alike(found.by_seed), 2)} on average"


def _over_seeds(found: Gaps, sourced: bool) -> str:
    """The lowest and the highest rank correlation that a single seed gives."""
    ranks = [agreement(_of_kind(places, sourced)).ranks.mean for places in found.by_seed]
    return f"{number(min(ranks), 2)} to {number(max(ranks), 2)}"


def _errors(found: Gaps) -> list[tuple[str, ...]]:
    """The model's median error, and those of saying one number of every place."""
    kinds = [_of_kind(found.places, sourced) for sourced in KINDS.values()]
    near = [agreement(places) for places in kinds]
    rows = [("the model", *(pounds(each.error) for each in near))]
    for says, gap in (
        ("England's mean for everybody, by the model", found.england.mean / found.people),
        ("England's mean for everybody, from the published total (at least)", found.published_total / found.people),
    ):
        rows.append((f"{says}: {pounds(gap)}", *(pounds(constant_error(places, gap)) for places in kinds)))
    known = (pounds(constant_error(places, each.published)) for places, each in zip(kinds, near, strict=True))
    return [*rows, ("the published median, known only afterwards", *known)]


def _of_kind(places: Sequence[PlaceGap], sourced: bool) -> list[PlaceGap]:
    return [place for place in places if place.sourced or not sourced]


def _explanations(found: Gaps) -> Iterator[Block]:
    rows = [
        (each.says, pounds(each.slope), f"{number(100 * each.part, 0)} %", number(each.ranks.mean, 2),
         _span(each.ranks, 2), "yes" if each.ranks.low > 0 or each.ranks.high < 0 else "no")
        for each in explanations(found.places)
    ]  # fmt: skip
    columns = ("", "£ a head for 1 sd more", "of the variance", "rank correlation", "interval", "shows")
    yield Table("Published gap less the model's, one explanation at a time (intervals hold for all at once)",
                columns, rows, 1)  # fmt: skip
    yield (
        "These are correlations over a few dozen places, tried one at a time, and no causes. What probably sets places "
        "apart is not in the data: the deficit a place began with, its allocation against its target, poverty, and "
        "whether a plan counted social care, and draft or final figures. Nothing can be said about them here."
    )


def _england(found: Gaps, price: float) -> Iterator[Block]:
    known = found.parameters
    low, high = known.range("target.gap_total")
    rows = [
        ("the model, sum of 44 footprints", _billions(found.england.mean), _billions(found.england.mean / price)),
        ("published, at least", *_published(known.value("target.gap_total") * MILLION, price)),
        ("published, from", *_published(low * MILLION, price)),
        ("published, to", *_published(high * MILLION, price)),
    ]
    yield Table("Do-nothing gap of England in 2020/21, £ billion a year", ("", "of 2015/16", "of 2020/21"), rows, 1)


def _published(cash: float, price: float) -> tuple[str, str]:
    return _billions(cash * price), _billions(cash)


def _forward_view(found: Gaps) -> Iterator[Block]:
    known, ahead = found.parameters, found.forward_view
    budget, growth = (known.value(f"target.forward_view_{each}") for each in ("budget", "growth"))
    published = known.value("target.forward_view_gap") * MILLION
    yield (
        f"The Forward View's {_billions(published)} billion is very likely a sum: {number(growth, 0)} % a year on the "
        f"health budget of 2014/15, {_billions(budget * MILLION)} billion, for the six years to 2020/21, less the same "
        "money without growth. The model begins in April 2016, and holds NHS England's budget alone. So what can be "
        "compared is the part of its money that the NHS lacks after as many years, with flat real money, no "
        "efficiency and no deficit at the start (scenario `forward_view`)."
    )
    after_six = sum(each.mean for each in ahead.share[-2:]) / 2
    rows = []
    for year, (sum_, share) in enumerate(zip(ahead.growth, ahead.share, strict=True)):
        parts = (f"{number(100 * each, 1)} %" for each in (sum_, share.mean))
        on_its_budget = _billions(budget * MILLION * share.mean)
        rows.append((financial_year(year), number(year + 1 / 2, 1), *parts, on_its_budget))
    columns = ("", "years", f"{number(growth, 0)} % a year makes", "the NHS lacks", "on the Forward View's budget, £bn")
    yield Table("Part of its income that the NHS of England lacks", columns, rows, 1)
    yield (
        f"Six years lie between the last two rows: {_billions(budget * MILLION * after_six)} billion, against "
        f"{_billions(published)} billion published."
    )


COLUMNS = ("footprint", "model", "of it NHS", "published", "published less model", "evidence", "note")


def _row(place: PlaceGap) -> tuple[str, ...]:
    footprint, published = place.footprint, place.published
    means = (pounds(place.model.mean), pounds(place.nhs.mean))
    if published is None:
        return (footprint.name, *means, "-", "-", "-", "")
    rest = pounds(published - place.model.mean)
    return (footprint.name, *means, pounds(published), rest, footprint.gap_confidence, footprint.gap_note)


def _span(interval: Interval, digits: int) -> str:
    return f"{number(interval.low, digits)} to {number(interval.high, digits)}"


def _billions(value: float) -> str:
    return f"£{number(value / BILLION, 1)}"
