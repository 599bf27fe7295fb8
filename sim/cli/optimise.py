"""upstream optimise: the best mix of a shift, the fund it needs, what must be true, and how much capacity is right."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from sim.cli import optimise_terms, options
from sim.cli.given import command_of
from sim.cli.leaving import ends_well
from sim.cli.optimise_capacity import capacity, delay
from sim.cli.optimise_mix_page import blocks as mix_blocks
from sim.cli.optimise_page import fund_blocks, truth_blocks
from sim.cli.optimise_terms import USUAL_REPLICATIONS, leave, limits_of, searching
from sim.experiments.search import Hunt, best_mixes, must_be_true, transition_fund, truth, usual_axes
from sim.experiments.search.dials import MOST_TIMES
from sim.experiments.search.mix import AIMS, USUAL_CONFIRMED, USUAL_POPULATION, USUAL_TRIALS
from sim.experiments.stress import WHENS
from sim.inputs.footprints import ENGLAND

USUAL_SEARCHED = 3
"""Replications of each mix while searching; what is found is run anew more often."""

optimise = typer.Typer(
    no_args_is_help=True,
    help="Search: the best mix of a shift, the transition fund it needs, what must be true of it, the right amount of "
    "delay, and the least capacity to a level of service.",
)


@optimise.command()
@ends_well
def mix(
    footprint: options.Place = ENGLAND,
    scenario: options.Scenarios = None,
    aim: Annotated[
        list[str] | None,
        typer.Option(metavar="SERIES", help="What is to be low, two or more; gap and bed days usually."),
    ] = None,
    trials: Annotated[int, typer.Option(metavar="N", help="Mixes proposed.")] = USUAL_TRIALS,
    population: Annotated[int, typer.Option(metavar="N", help="Mixes in a generation.")] = USUAL_POPULATION,
    confirmed: Annotated[
        int, typer.Option(metavar="N", help="Replications, with other people, of what is on the front.")
    ] = USUAL_CONFIRMED,
    limit: optimise_terms.LimitOption = None,
    service: optimise_terms.Service = None,
    limits: optimise_terms.LimitsFile = None,
    when: optimise_terms.WhenOption = WHENS[0],
    set_: options.Setting = None,
    years: options.Years = 5,
    replications: Annotated[
        int, typer.Option(metavar="N", help="How often chance is replayed in each mix.")
    ] = USUAL_SEARCHED,
    seed: options.Seed = 1,
    people: options.Sample = "typical",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """Search for mixes of the shift that keep limits and that nothing beats: how much, when, how fast, and to what.

    Every mix is lived through by the same people; what is on the front is run anew with others. What cannot be told
    apart is said to be tied. What is finished is kept.

    Examples:

    upstream optimise mix devon --limit occupancy=0.95 --limit gap=365

    upstream optimise mix 44 --trials 400 --aim gap --aim unmet --years 10
    """
    (plan,) = options.resolve_all(footprint, [scenario or []], set_, years, replications, seed, people)
    kept = limits_of(plan, limit, service, limits, when, ("occupancy", "gap"))
    hunt = Hunt(tuple(aim or AIMS), kept, usual_axes(years), trials, population, confirmed)
    with searching(out, workers, quiet, "mixes") as way:
        found = best_mixes(plan, hunt, way)
    command = command_of(f"optimise mix {footprint}", (
        ("scenario", scenario), ("aim", aim), ("trials", trials), ("population", population), ("confirmed", confirmed),
        ("limit", limit), ("service", service), ("limits", limits), ("when", when), ("set", set_), ("years", years),
        ("replications", replications), ("seed", seed), ("people", people),
    ))  # fmt: skip
    leave(found, list(mix_blocks(found)), "The best mixes of a shift", command, json=json, page=page, out=out)


@optimise.command()
@ends_well
def fund(
    plan: Annotated[str, typer.Argument(help="A plan that moves money; a+b lays b over a.", metavar="PLAN")],
    footprint: optimise_terms.Footprint = ENGLAND,
    most: Annotated[
        float | None, typer.Option(metavar="POUNDS", help="The largest fund tried, £ a head a year; 80 usually.")
    ] = None,
    limit: optimise_terms.LimitOption = None,
    service: optimise_terms.Service = None,
    limits: optimise_terms.LimitsFile = None,
    when: optimise_terms.WhenOption = WHENS[0],
    set_: options.Setting = None,
    years: options.Years = 5,
    replications: options.Replayed = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    people: options.Sample = "typical",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """The least transition fund with which a plan keeps a limit through the dip, or that no sum suffices.

    The limit is hospital beds in use, unless you name others. The fund changes who is treated only where places follow
    money (policy.regime=means).

    Examples:

    upstream optimise fund prevention_shift+live_within_means -f devon

    upstream optimise fund prevention_shift -f devon --set policy.regime=means --limit occupancy=0.95
    """
    (asked,) = options.resolve_all(footprint, [plan], set_, years, replications, seed, people)
    kept = limits_of(asked, limit, service, limits, when, ("occupancy",))
    with searching(out, workers, quiet, "funds") as way:
        found = transition_fund(asked, kept, way, most=most)
    command = command_of(f"optimise fund {plan}", (
        ("footprint", footprint), ("most", most), ("limit", limit), ("service", service), ("limits", limits),
        ("when", when), ("set", set_), ("years", years), ("replications", replications), ("seed", seed),
        ("people", people),
    ))  # fmt: skip
    leave(found, list(fund_blocks(found, plan)), "The transition fund needed", command, json=json, page=page, out=out)


@optimise.command("truth")
@ends_well
def must(
    plan: Annotated[str, typer.Argument(help="A plan; a+b lays b over a.", metavar="PLAN")],
    against: Annotated[str, typer.Option(metavar="NAME", help="What the plan is set beside.")] = "do_nothing",
    footprint: optimise_terms.Footprint = ENGLAND,
    aim: Annotated[
        str, typer.Option(metavar="WHAT", help='"break_even" by the end of the run, or "limits".')
    ] = truth.AIMS[0],
    of: Annotated[
        str, typer.Option(metavar="WHAT", help='Turned: "effects" of programmes, or the share "delivered".')
    ] = truth.TURNED[0],
    most: Annotated[
        float, typer.Option(metavar="TIMES", help="The largest multiple of central effects that is tried.")
    ] = MOST_TIMES,
    limit: optimise_terms.LimitOption = None,
    service: optimise_terms.Service = None,
    limits: optimise_terms.LimitsFile = None,
    when: optimise_terms.WhenOption = WHENS[0],
    set_: options.Setting = None,
    years: options.Years = 10,
    replications: options.Replayed = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    people: options.Sample = "typical",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """How effective programmes must be, or how much must be delivered, for a plan to break even or to keep limits.

    Says plainly where what is needed lies beyond what the evidence allows, or where nothing is enough.

    Examples:

    upstream optimise truth prevention_shift -f devon --years 15

    upstream optimise truth community_first -f devon --of delivered --aim limits --limit occupancy=0.95
    """
    asked, before = options.resolve_all(footprint, (plan, against), set_, years, replications, seed, people)
    usual = ("occupancy", "delayed", "waits", "gap") if aim == "limits" else ("occupancy", "gap")
    kept = limits_of(asked, limit, service, limits, when, usual)
    terms = truth.Terms(cast("truth.Aim", aim), cast("truth.Turned", of), kept, most)
    with searching(out, workers, quiet, of) as way:
        found = must_be_true(asked, before, terms, way)
    command = command_of(f"optimise truth {plan}", (
        ("against", against), ("footprint", footprint), ("aim", aim), ("of", of), ("most", most), ("limit", limit),
        ("service", service), ("limits", limits), ("when", when), ("set", set_), ("years", years),
        ("replications", replications), ("seed", seed), ("people", people),
    ))  # fmt: skip
    told = list(truth_blocks(found, plan, against))
    leave(found, told, "What must be true", command, json=json, page=page, out=out)


optimise.command()(delay)
optimise.command()(capacity)
