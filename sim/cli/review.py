"""upstream review: every lever by itself, swept over its range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.leaving import ends_well
from sim.cli.page import Block, Heading, Table, markdown, show
from sim.cli.screen import amount, say, say_json, span, unit, way_of_running
from sim.experiments.behaviour import YEARS, Effect, Sweep, sweep_levers
from sim.experiments.identity import version
from sim.inputs import Lever
from sim.results.dates import financial_year
from sim.results.measures import measure_of

TYPICAL = "nottingham-and-nottinghamshire"
"""A place of three localities and about England's ages, so that sharing between localities shows."""
USUAL_POINTS, USUAL_REPLICATIONS = 5, 4


@ends_well
def review(
    footprint: Annotated[str, typer.Argument(help="Slug, name or number of a footprint.")] = TYPICAL,
    lever: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="Only this lever; may be given several times.")
    ] = None,
    points: Annotated[int, typer.Option(metavar="N", help="Points of each lever, both ends included.")] = USUAL_POINTS,
    replications: options.Replayed = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    people: options.Sample = "usual",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    quiet: options.Quiet = False,
) -> None:
    """Move each lever through its range with all else left alone, and say what moves, which way and in what shape.

    What every lever should do is declared in behaviour.yaml beside the parameters; where the numbers say
    otherwise, that is shown.

    Examples:

    upstream review

    upstream review devon --lever policy.shift_share --points 7

    upstream review --markdown > docs/reference/behaviour.md
    """
    with way_of_running(options.cores(workers), quiet, "levers") as way:
        sweeps = sweep_levers(footprint, lever or (), points, replications, seed, options.number_or_word(people), way)
    if json:
        say_json([_document(each) for each in sweeps])
    elif page:
        command = (
            f"upstream review {footprint} --points {points} --replications {replications} --people {people} "
            f"--seed {seed} --markdown"
        )
        printed = f"Printed by `{command}`, version {version()}."
        say(markdown("What each lever does", printed, [*_introduction(sweeps), *_blocks(sweeps)]))
    else:
        show(_blocks(sweeps))


def _introduction(sweeps: Sequence[Sweep]) -> Iterator[Block]:
    yield (
        f"Every lever by itself, moved from its low to its high end, with all else as shipped. Numbers are of the "
        f"final year, {financial_year(YEARS - 1)}: means over replications of the same people. A change is the high "
        "end less the low end, with its 95 % interval. Shapes: *steady*; *levels off*, when the last stretch is "
        "less than a quarter as steep as the steepest; *starts late*, when the first one is; *turns*, when it goes "
        "up and down; *cannot be seen*, when chance hides it. The column *declared* says what is expected "
        "(`parameters/behaviour.yaml`), and whether the numbers agree."
    )
    against = [(each.lever.label, e.series) for each in sweeps for e in each.effects if e.contradicted]
    if against:
        yield "Otherwise than declared: " + "; ".join(f"{label}: `{series}`" for label, series in against) + "."


def _blocks(sweeps: Sequence[Sweep]) -> Iterator[Block]:
    for sweep in sweeps:
        yield Heading(sweep.lever.label)
        yield f"`{sweep.lever.path}`: {' '.join(sweep.behaviour.says.split())}{_ground(sweep)}"
        moved = [each for each in sweep.effects if each.shape != "nothing"]
        if moved:
            columns = ("", "unit", *(_point(sweep.lever, each) for each in sweep.points),
                       "change", "95 % interval", "shape", "declared")  # fmt: skip
            yield Table(f"From {_range(sweep)}", columns, [_row(each) for each in moved], 2)
        still = [measure_of(each.series).label.lower() for each in sweep.effects if each.shape == "nothing"]
        if still:
            wrong = any(each.contradicted for each in sweep.effects if each.shape == "nothing")
            yield f"Does not move at all: {'; '.join(still)}.{' **Otherwise than declared.**' if wrong else ''}"


def _ground(sweep: Sweep) -> str:
    behaviour = sweep.behaviour
    given = (*behaviour.on, *(f"{path} = {value}" for path, value in behaviour.given.items()))
    return f" Moved on top of {', '.join(given)}." if given else ""


def _range(sweep: Sweep) -> str:
    first, last = (_point(sweep.lever, each) for each in (sweep.points[0], sweep.points[-1]))
    return f"{first} to {last} {sweep.lever.unit}".strip()


def _point(lever: Lever, value: float | str) -> str:
    return value if isinstance(value, str) else f"{value * lever.scale:,.6g}"


def _row(effect: Effect) -> tuple[str, ...]:
    measure = measure_of(effect.series)
    values = (amount(each, measure) for each in effect.values)
    change = (amount(effect.difference.mean, measure), span(effect.difference, measure))
    return (measure.label, unit(measure), *values, *change, effect.shape, _declared(effect))


def _declared(effect: Effect) -> str:
    if effect.declared == "any":
        return "-"
    if effect.contradicted:
        return f"**{effect.declared}: otherwise**"
    return f"{effect.declared}: {'yes' if effect.confirmed else 'not seen'}"


def _document(sweep: Sweep) -> dict[str, object]:
    return {
        "lever": sweep.lever.path,
        "points": list(sweep.points),
        "effects": [
            {
                "series": each.series,
                "values": list(each.values),
                "change": each.difference.mean,
                "low": each.difference.low,
                "high": each.difference.high,
                "shape": each.shape,
                "found": each.found,
                "declared": each.declared,
            }
            for each in sweep.effects
        ],
    }
