"""upstream sensitivity: what an answer is sensitive to: Morris screening, Sobol indices and a tornado."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, cast

import typer

from sim.cli import options
from sim.cli.leaving import ends_well
from sim.cli.page import markdown, show
from sim.cli.run import say_who
from sim.cli.screen import say, say_json, tell, way_of_running
from sim.cli.sensitivity_page import blocks, introduction
from sim.experiments.identity import version
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.sensitivity import (
    AMONG,
    METHODS,
    Among,
    Method,
    Mover,
    Plan,
    Sensitivity,
    movers_of,
    save_sensitivity,
    sensitivity_document,
    strongest,
)
from sim.experiments.sensitivity import sensitivity as move
from sim.inputs import Fault, nearest, raise_any
from sim.inputs.footprints import ENGLAND
from sim.results.measures import KEY_SERIES
from sim.results.store import prepare_folder

BOTH = "both"
ASKED = (*METHODS, BOTH)
USUAL_TRAJECTORIES, USUAL_SAMPLES, USUAL_STRONGEST = 10, 128, 6
USUAL_REPLICATIONS = 4
USUAL_ABOUT = ("gap", "delayed")


@ends_well
def sensitivity(
    footprint: Annotated[str, typer.Argument(help="Slug, name or number of a footprint.")] = ENGLAND,
    scenario: options.Scenarios = None,
    method: Annotated[
        str,
        typer.Option(
            metavar="WHAT", help='"morris" (screening), "sobol" (indices), or "both": indices of the strongest.'
        ),
    ] = METHODS[0],
    among: Annotated[str, typer.Option(metavar="WHAT", help='"levers", "numbers" in doubt, or "both".')] = AMONG[-1],
    number: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="Only this lever or number; several times.")
    ] = None,
    trajectories: Annotated[int, typer.Option(metavar="N", help="Of Morris.")] = USUAL_TRAJECTORIES,
    samples: Annotated[int, typer.Option(metavar="N", help="Of Sobol, a power of two.")] = USUAL_SAMPLES,
    most: Annotated[
        int, typer.Option("--strongest", metavar="N", help="So many for Sobol, with both.")
    ] = USUAL_STRONGEST,
    about: Annotated[
        list[str] | None, typer.Option(metavar="SERIES", help="Measures told; several times. gap and delayed usually.")
    ] = None,
    set_: options.Setting = None,
    years: options.Years = 5,
    replications: Annotated[
        int, typer.Option(metavar="N", help="How often chance is replayed at each point.")
    ] = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    people: options.Sample = "typical",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """Move many levers and numbers at once, and say which of them an answer is sensitive to.

    Morris screening says with few runs what matters at all and what depends on the rest; Sobol indices divide the
    variance. Every point is lived through by the same people. What is finished is kept.

    Examples:

    upstream sensitivity devon --scenario prevention_shift

    upstream sensitivity devon --among numbers --trajectories 20 --about delayed

    upstream sensitivity 44 --method sobol --number policy.shift_share --number demand.admissions_growth --samples 128
    """
    shown = tuple(about or USUAL_ABOUT)
    raise_any([*_unknown("--method", [method], ASKED), *_unknown("--among", [among], AMONG),
               *_unknown("--about", shown, KEY_SERIES), *_few(most)])  # fmt: skip
    (plan,) = options.resolve_all(footprint, [scenario or []], set_, years, replications, seed, people)
    movers = movers_of(plan, number or (), cast("Among", among))
    sizes = {"morris": trajectories, "sobol": samples}
    wanted = [Plan(cast("Method", each), sizes[each]) for each in (METHODS if method == BOTH else (method,))]
    raise_any([fault for each in wanted for fault in each.faults()])
    if out is not None:
        prepare_folder(out)
    with way_of_running(options.cores(workers), quiet, "points") as way:
        founds = _in_turn(plan, movers, wanted, shown, most, way)
    if out is not None:
        save_sensitivity(founds, out)
        tell(f"Saved in {out}.")
    if json:
        say_json([sensitivity_document(each) for each in founds])
    elif page:
        given = (("scenario", scenario), ("number", number), ("set", set_), ("about", shown))
        chosen = "".join(f" --{option} {each}" for option, those in given for each in those or ())
        sizes_told = f"--trajectories {trajectories} --samples {samples} --strongest {most}"
        command = (
            f"upstream sensitivity {footprint}{chosen} --method {method} --among {among} {sizes_told} --years {years} "
            f"--replications {replications} --seed {seed} --people {people} --markdown"
        )
        say(_page(founds, shown, command))
    else:
        say_who(plan)
        for found in founds:
            show(blocks(found, shown))


def _in_turn(
    plan: Resolved, movers: Sequence[Mover], wanted: Sequence[Plan], about: Sequence[str], most: int, way: Way
) -> list[Sensitivity]:
    """One analysis after the other; the second is of what the first found strongest."""
    founds: list[Sensitivity] = []
    for each in wanted:
        chosen = strongest(founds[0], about, most) if founds else movers
        founds.append(move(plan, chosen, each, way))
    return founds


def _few(most: int) -> list[Fault]:
    return [] if most >= 1 else [Fault("", 0, "--strongest", str(most), "must be 1 or more")]


def _unknown(option: str, given: Sequence[str], known: Sequence[str]) -> list[Fault]:
    rule = f"is not one of {', '.join(known)}"
    return [Fault("", 0, option, f'"{each}"', rule, nearest(each, known)) for each in given if each not in known]


def _page(founds: Sequence[Sensitivity], about: Sequence[str], command: str) -> str:
    told = [each for found in founds for each in blocks(found, about)]
    printed = f"Printed by `{command}`, version {version()}."
    return markdown("What an answer is sensitive to", printed, [*introduction(founds[0]), *told]).rstrip("\n")
