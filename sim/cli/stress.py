"""upstream stress: plans in many futures: how often they stay workable, what breaks them, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, cast

import typer

from sim.cli import options
from sim.cli.given import command_of
from sim.cli.leaving import ends_well
from sim.cli.page import markdown, show
from sim.cli.run import say_who
from sim.cli.screen import say, say_json, tell, way_of_running
from sim.cli.stress_page import blocks, introduction
from sim.experiments.identity import version
from sim.experiments.stress import WHENS, Stress, Trial, When, save_stress, stress_document
from sim.experiments.stress import stress as try_out
from sim.experiments.stress.trial import USUAL_DRAWS
from sim.inputs import Fault, Faults, Parameters, raise_any
from sim.inputs.footprints import ENGLAND
from sim.inputs.limits import Limit, load_limits
from sim.inputs.shocks import Shock, load_shocks
from sim.results.store import prepare_folder

USUAL_BASELINE = "do_nothing"
USUAL_REPLICATIONS = 3


@ends_well
def stress(
    plans: Annotated[list[str], typer.Argument(help="One or more plans; a+b lays b over a.", metavar="PLAN")],
    against: Annotated[
        str, typer.Option(metavar="NAME", help="What plans are set beside; a+b lays b over a.")
    ] = USUAL_BASELINE,
    footprint: Annotated[
        str, typer.Option("--footprint", "-f", metavar="NAME", help="Slug, name or number.")
    ] = ENGLAND,
    draws: Annotated[int, typer.Option(metavar="N", help="How many futures are drawn.")] = USUAL_DRAWS,
    replications: Annotated[
        int, typer.Option(metavar="N", help="How often chance is replayed in each future.")
    ] = USUAL_REPLICATIONS,
    when: Annotated[
        str, typer.Option(metavar="WHEN", help='Limits must be kept in "every" year, or in the "final" one.')
    ] = WHENS[0],
    limit: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=MOST", help="Another limit, such as occupancy=0.95; several times."),
    ] = None,
    limits: Annotated[Path | None, typer.Option(metavar="FILE", help="Limits of your own, in a file.")] = None,
    shock: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this shock; several times. All unless you say.")
    ] = None,
    shocks: Annotated[Path | None, typer.Option(metavar="FILE", help="Shocks of your own, in a file.")] = None,
    no_shocks: Annotated[bool, typer.Option("--no-shocks", help="Numbers are drawn, and nothing goes wrong.")] = False,
    every_draw: Annotated[
        bool, typer.Option("--every-draw", help="Also draws in which the base year cannot close.")
    ] = False,
    set_: options.Setting = None,
    years: options.Years = 5,
    seed: options.Seed = 1,
    people: options.Sample = "typical",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """Try plans in many futures: every number drawn from its range, and shocks that happen or do not.

    Says in how many futures each plan keeps inside stated limits, which assumptions break it, and what each plan costs
    against the best of them, future by future and with the same people. What is finished is kept.

    Examples:

    upstream stress prevention_shift --footprint devon

    upstream stress prevention_shift community_first social_care_first --draws 200

    upstream stress community_first -f 44 --limit occupancy=0.95 --limit gap=0 --when final
    """
    names = list(dict.fromkeys((against, *plans)))
    resolved = options.resolve_all(footprint, names, set_, years, replications, seed, people)
    trial = _trial(
        resolved[0].base, draws, when, (limit or (), limits), ([] if no_shocks else shock, shocks), every_draw
    )
    raise_any(list(trial.faults(resolved)))
    if out is not None:
        prepare_folder(out)
    with way_of_running(options.cores(workers), quiet, "futures") as way:
        found = try_out(resolved, trial, way)
    if out is not None:
        save_stress(found, out)
        tell(f"Saved in {out}.")
    if json:
        say_json(stress_document(found))
    elif page:
        command = command_of(f"stress {' '.join(plans)}", (
            ("against", against), ("footprint", footprint), ("draws", draws), ("replications", replications),
            ("when", when), ("limit", limit), ("limits", limits), ("shock", shock), ("shocks", shocks), ("set", set_),
            ("no-shocks", no_shocks), ("every-draw", every_draw), ("years", years), ("seed", seed), ("people", people),
            ("markdown", page),
        ))  # fmt: skip
        say(_page(found, names, command))
    else:
        say_who(resolved[0])
        show([*list(introduction(found))[1:], *blocks(found, names)])


def _trial(
    base: Parameters,
    draws: int,
    when: str,
    limits: tuple[Sequence[str], Path | None],
    shocks: tuple[Sequence[str] | None, Path | None],
    every_draw: bool,
) -> Trial:
    """The terms as asked for; raises Faults with all that is wrong with limits and shocks, once."""
    faults: list[Fault] = []
    found_limits: tuple[Limit, ...] = ()
    found_shocks: tuple[Shock, ...] = ()
    try:
        rule = "the name of a limit, an equals sign and the most it may be"
        found_limits = load_limits(limits[1], options.named_numbers("--limit", limits[0], rule))
    except Faults as error:
        faults += error.faults
    try:
        found_shocks = load_shocks(base, shocks[1], shocks[0])
    except Faults as error:
        faults += error.faults
    raise_any(faults)
    return Trial(found_limits, found_shocks, draws, cast("When", when), not every_draw)


def _page(found: Stress, names: Sequence[str], command: str) -> str:
    printed = f"Printed by `{command}`, version {version()}."
    return markdown("Plans under stress", printed, [*introduction(found), *blocks(found, names)]).rstrip("\n")
