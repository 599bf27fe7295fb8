"""upstream impact: each doubtful number by itself, through its range: what an answer leans on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.impact_page import blocks, rows_of
from sim.cli.leaving import ends_well
from sim.cli.page import show
from sim.cli.screen import say_json, tell, way_of_running
from sim.experiments.impact import measure_impacts, stored_bytes, stored_now
from sim.inputs.footprints import ENGLAND
from sim.results.store import prepare_folder, write_together

USUAL_REPLICATIONS = 10
USUAL_PLAN, USUAL_BASELINE = "prevention_shift", "do_nothing"


@ends_well
def impact(
    footprint: Annotated[str, typer.Argument(help="Slug, name or number of a footprint.")] = ENGLAND,
    scenario: Annotated[str, typer.Option("--scenario", "-s", metavar="NAME", help="The plan; a+b lays b over a.")] = (
        USUAL_PLAN
    ),
    against: Annotated[str, typer.Option(metavar="NAME", help="The baseline; a+b lays b over a.")] = USUAL_BASELINE,
    number: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="Only this number; may be given several times.")
    ] = None,
    years: options.Years = 5,
    replications: Annotated[
        int, typer.Option(metavar="N", help="How often chance is replayed, 2 or more.")
    ] = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    people: options.Sample = "typical",
    workers: options.Workers = None,
    json: options.Json = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a table (CSV) and what was asked (JSON) here.")
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Move each doubtful number alone to either end of its range, and say what an answer leans on.

    A baseline and a plan are run with the same people. Where a number alone would fill the hospital of the base year,
    or empty it, it is moved once more with as many places as keep their use as it was.

    Examples:

    upstream impact

    upstream impact devon --scenario community_first --replications 20

    upstream impact --number finance.cost_pressure --number stay.emergency
    """
    plans = [against.split("+"), scenario.split("+")]
    baseline, plan = options.resolve_all(footprint, plans, None, years, replications, seed, people)
    if out is not None:
        prepare_folder(out)
    with way_of_running(options.cores(workers), quiet, "numbers") as way:
        found = measure_impacts(baseline, plan, number or (), way)
    if out is not None:
        command = (
            f"upstream impact {footprint} --scenario {scenario} --against {against} --years {years} "
            f"--replications {replications} --seed {seed} --people {people}"
        )
        write_together(out, stored_bytes(stored_now(found, baseline, plan, command)))
        tell(f"Saved in {out}.")
    if json:
        say_json({**asdict(found), "grades": rows_of(found, found.numbers)})
    else:
        show(blocks(found, baseline.base))
