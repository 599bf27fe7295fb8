"""upstream uncertainty: chance and ignorance told apart, and which numbers an answer leans on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.leaving import ends_well
from sim.cli.run import say_who
from sim.cli.screen import amount, counted, number, say, say_json, say_table, tell, unit, way_of_running
from sim.experiments.save_uncertainty import save_uncertainty, uncertainty_document
from sim.experiments.uncertainty import BELIEVED, USUAL_DRAWS, Uncertainty, explore
from sim.inputs import Fault, nearest, raise_any
from sim.results.dates import financial_year
from sim.results.ignorance import Band
from sim.results.measures import KEY_SERIES, Measure, measure_of
from sim.results.store import prepare_folder

USUAL_REPLICATIONS = 3
USUAL_ABOUT = ("gap", "delayed")
HOURS_A_YEAR = 24 * 365.25
OUTSIDE = "*"
WITHOUT_END = "without end"


@ends_well
def uncertainty(
    footprint: options.Place,
    scenario: options.Scenarios = None,
    against: Annotated[
        str | None, typer.Option(metavar="NAME", help="A baseline, such as do_nothing; a+b lays b over a.")
    ] = None,
    set_: options.Setting = None,
    years: options.Years = 5,
    draws: Annotated[int, typer.Option(metavar="N", help="How often all ranges are drawn from.")] = USUAL_DRAWS,
    replications: Annotated[
        int, typer.Option(metavar="N", help="How often chance is replayed in each draw, 2 or more.")
    ] = USUAL_REPLICATIONS,
    every_draw: Annotated[
        bool, typer.Option("--every-draw", help="Also draws in which the base year cannot close.")
    ] = False,
    about: Annotated[
        list[str] | None,
        typer.Option(metavar="SERIES", help="What the numbers are ranked for; several times. gap and delayed usually."),
    ] = None,
    seed: options.Seed = 1,
    people: options.Sample = "usual",
    workers: options.Workers = None,
    json: options.Json = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """Say how sure an answer is: what chance makes of it, and what not knowing the numbers makes of it.

    Every number the answer may lean on is drawn from its range at once, many times over, and each draw is replayed
    with the same people. What is finished is kept, as everywhere.

    Examples:

    upstream uncertainty devon

    upstream uncertainty devon --scenario prevention_shift --against do_nothing --draws 200

    upstream uncertainty 44 --people typical --about delayed --about unmet
    """
    raise_any(_unknown(about or ()))
    names = [against.split("+")] if against else []
    plans = options.resolve_all(footprint, [*names, scenario or []], set_, years, replications, seed, people)
    if out is not None:
        prepare_folder(out)
    with way_of_running(options.cores(workers), quiet, plans[-1].footprint.name) as way:
        found = explore(plans, draws, way, believed=BELIEVED, closing=not every_draw)
    if out is not None:
        save_uncertainty(found, out)
        tell(f"Saved in {out}.")
    if json:
        say_json(uncertainty_document(found))
    else:
        show(found, about or USUAL_ABOUT)


def _unknown(about: Sequence[str]) -> list[Fault]:
    rule = f"cannot be ranked for; choose among {', '.join(KEY_SERIES)}"
    return [Fault("", 0, "--about", each, rule, nearest(each, KEY_SERIES)) for each in about if each not in KEY_SERIES]


def show(found: Uncertainty, about: Sequence[str]) -> None:
    """Print who was simulated, how draws fared, bands of every key measure, and what the answer leans on."""
    say_who(found.plans[-1])
    _say_draws(found)
    _show_bands(found, change=False)
    if len(found.plans) > 1:
        _show_bands(found, change=True)
    for series in about:
        _show_leans(found, series, change=len(found.plans) > 1)


def _say_draws(found: Uncertainty) -> None:
    say(f"{len(found.doubts)} numbers drawn from their ranges at once, {counted(found.draws, 'draw')}.")
    if found.aside:
        say(f"{counted(found.aside, 'other draw')} set aside: the base year could not close in them.")
    for reason, count in found.impossible.items():
        say(f"{counted(count, 'draw')} left out, no place can be made of them: {' '.join(reason.split())}")


def _show_bands(found: Uncertainty, *, change: bool) -> None:
    year = financial_year(found.plans[0].question.years - 1, found.plans[0].first_year)
    what = f"Change from the baseline in {year}" if change else f"In {year}"
    columns = ["", "unit", "as believed", "mean of draws", "by chance", "by ignorance", "together", "ignorance"]
    rows = [_bands(found, series, change=change) for series in found.values]
    if change:
        columns.append("better in")
        for row, series in zip(rows, found.values, strict=True):
            row.append(_percent(found.better(series)))
    say_table(f"{what}: bands that hold nine futures in ten", columns, rows, words=2)
    cells = [cell for row in rows for cell in row]
    if any(cell.endswith(OUTSIDE) for cell in cells):
        say(
            f"{OUTSIDE} lies outside its band by ignorance: draws are skewed, since queues and waits rise far more "
            "above full than they fall below, and ranges need not reach as far to either side."
        )
    if any(WITHOUT_END in cell for cell in cells):
        say(f"{WITHOUT_END}: over a year; the queue grows for as long as the run lasts, and its length says no more.")


def _bands(found: Uncertainty, series: str, *, change: bool) -> list[str]:
    measure, split = measure_of(series), found.split(series, change=change)
    return [
        measure.label,
        unit(measure),
        _shown(found.believed(series, change=change), measure) + OUTSIDE * found.skewed(series, change=change),
        _shown(split.mean, measure),
        _span(split.chance, measure),
        _span(split.ignorance, measure),
        _span(split.together, measure),
        _percent(split.share_of_ignorance),
    ]


def _show_leans(found: Uncertainty, series: str, *, change: bool) -> None:
    what = f"{'The change in ' if change else ''}{measure_of(series).label.lower()}"
    leans = found.leans(series, change=change)
    if not leans:
        say(f"{what}: no single number stands out from the noise of {counted(found.draws, 'draw')}.")
        return
    rows = [
        (doubt.name, doubt.says, *(number(each, 2) for each in (lean.coefficient.mean, lean.coefficient.low)),
         number(lean.coefficient.high, 2), doubt.confidence)
        for doubt, lean in leans
    ]  # fmt: skip
    columns = ("number", "what it is", "leans", "from", "to", "evidence")
    say_table(f"{what} leans on (standardised rank regression, 95 % interval)", columns, rows, words=2)


def _span(band: Band, measure: Measure) -> str:
    ends = list(dict.fromkeys(_shown(each, measure) for each in (band.low, band.high)))
    return WITHOUT_END if ends == [WITHOUT_END] else f"{ends[0]} to {ends[-1]}"


def _shown(value: float, measure: Measure) -> str:
    """An amount; a wait of more than a year is one that does not end."""
    return WITHOUT_END if measure.unit == "hours" and value > HOURS_A_YEAR else amount(value, measure)


def _percent(share: float) -> str:
    text = number(100 * share, 0)
    return text if text == "-" else f"{text} %"
