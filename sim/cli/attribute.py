"""upstream attribute: how much of a plan's change comes from demand, from flow and from money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, cast

import typer

from sim.cli import options
from sim.cli.attribute_page import blocks, introduction
from sim.cli.given import command_of
from sim.cli.leaving import ends_well
from sim.cli.page import markdown, show
from sim.cli.run import say_who
from sim.cli.screen import say, say_json, tell, way_of_running
from sim.experiments.attribute import BYS, Attribution, By, attribution_document, save_attribution
from sim.experiments.attribute import attribute as divide
from sim.experiments.attribute.measure import USUAL_PAIRS
from sim.experiments.identity import version
from sim.inputs import Fault, nearest, raise_any
from sim.inputs.footprints import ENGLAND
from sim.results.measures import KEY_SERIES
from sim.results.store import prepare_folder

USUAL_BASELINE = "do_nothing"
USUAL_REPLICATIONS = 10
USUAL_ABOUT = ("delayed", "gap")


@ends_well
def attribute(
    plans: Annotated[list[str], typer.Argument(help="One or more plans; a+b lays b over a.", metavar="PLAN")],
    against: Annotated[str, typer.Option(metavar="NAME", help="The baseline; a+b lays b over a.")] = USUAL_BASELINE,
    footprint: Annotated[
        str, typer.Option("--footprint", "-f", metavar="NAME", help="Slug, name or number.")
    ] = ENGLAND,
    by: Annotated[
        str, typer.Option(metavar="WHAT", help='"family" (demand, flow, money) or "lever" (each by itself).')
    ] = BYS[0],
    about: Annotated[
        list[str] | None,
        typer.Option(metavar="SERIES", help="Measures told in full; several times. delayed and gap usually."),
    ] = None,
    pairs: Annotated[
        int, typer.Option(metavar="N", help="Pairs of random orders, where levers are too many for every coalition.")
    ] = USUAL_PAIRS,
    set_: options.Setting = None,
    years: options.Years = 5,
    replications: Annotated[
        int, typer.Option(metavar="N", help="How often chance is replayed, 2 or more.")
    ] = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    people: options.Sample = "usual",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """Divide what a plan changes among what it does: demand, flow and money, or lever by lever.

    Some of what the plan does is switched on without the rest, in every combination and with the same people. Each
    thing is given what it adds on average over all orders, so the parts add up to the whole. What is given with --set
    holds in all of them, the baseline too.

    Examples:

    upstream attribute prevention_shift --footprint devon

    upstream attribute prevention_shift community_first -f devon --years 10 --people typical

    upstream attribute social_care_first -f 44 --by lever --about delayed
    """
    raise_any([*_unknown("--by", [by], BYS), *_unknown("--about", about or (), KEY_SERIES)])
    baseline, *resolved = options.resolve_all(footprint, (against, *plans), set_, years, replications, seed, people)
    if out is not None:
        prepare_folder(out)
    founds = []
    for name, plan in zip(plans, resolved, strict=True):
        with way_of_running(options.cores(workers), quiet, f"{name} against {against}") as way:
            founds.append(divide(baseline, plan, cast("By", by), way, pairs=pairs))
    if out is not None:
        save_attribution(founds, out)
        tell(f"Saved in {out}.")
    if json:
        say_json([attribution_document(found) for found in founds])
    elif page:
        command = command_of(f"attribute {' '.join(plans)}", (
            ("against", against), ("footprint", footprint), ("by", by), ("about", about),
            ("pairs", None if pairs == USUAL_PAIRS else pairs), ("set", set_), ("years", years),
            ("replications", replications), ("seed", seed), ("people", people), ("markdown", page),
        ))  # fmt: skip
        say(_page(founds, plans, against, about or USUAL_ABOUT, command))
    else:
        say_who(baseline)
        for name, found in zip(plans, founds, strict=True):
            show(blocks(name, against, found, about or USUAL_ABOUT))


def _unknown(option: str, given: Sequence[str], known: Sequence[str]) -> list[Fault]:
    rule = f"is not one of {', '.join(known)}"
    return [Fault("", 0, option, f'"{each}"', rule, nearest(each, known)) for each in given if each not in known]


def _page(founds: Sequence[Attribution], plans: Sequence[str], against: str, about: Sequence[str], command: str) -> str:
    told = [each for name, found in zip(plans, founds, strict=True) for each in blocks(name, against, found, about)]
    return markdown(
        "What plans change, divided", f"Printed by `{command}`, version {version()}.",
        [*introduction(founds[0]), *told],
    ).rstrip("\n")  # fmt: skip
