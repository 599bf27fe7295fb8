"""upstream compare: scenarios against a baseline, with the same people in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.leaving import ends_well
from sim.cli.run import say_changed, say_too_wide, say_who
from sim.cli.screen import amount, millions, pounds, say, say_json, say_table, span, tell, unit, way_of_running
from sim.experiments.compare import Change, Comparison
from sim.experiments.compare import compare as pair
from sim.experiments.headline import Dip
from sim.experiments.precision import run_within
from sim.experiments.question import Resolved
from sim.experiments.run import run as run_question
from sim.experiments.save import comparison_document, save_comparison
from sim.inputs import Fault, describe_differences, raise_any
from sim.results.measures import KEY_SERIES
from sim.results.store import prepare_folder


@ends_well
def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(help="Two or more scenarios, the baseline first; a+b lays b over a.", metavar="BASELINE OTHER"),
    ],
    footprint: Annotated[str, typer.Option("--footprint", "-f", metavar="NAME", help="Slug, name or number.")],
    set_: options.Setting = None,
    years: options.Years = 5,
    replications: options.Replications = None,
    within: options.Within = None,
    seed: options.Seed = 1,
    people: options.Sample = "usual",
    workers: options.Workers = None,
    json: options.Json = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """Compare scenarios with a baseline, replication by replication.

    Every scenario has the same people, so differences are paired and small ones show. What is given with --set
    holds in all of them, the baseline too.

    Examples:

    upstream compare do_nothing prevention_shift --footprint greater-manchester

    upstream compare do_nothing community_first social_care_first -f devon --years 10

    upstream compare do_nothing prevention_shift -f devon --within gap=2000000

    upstream compare do_nothing prevention_shift+declare_beds -f 44 --json
    """
    names = [name.split("+") for name in scenarios]
    aims = options.widths(within or ())
    most = options.most_replications(replications, within)
    plans = options.resolve_all(footprint, names, set_, years, most, seed, people)
    raise_any(list(_unpaired(plans)))
    if out is not None:
        prepare_folder(out)
    with way_of_running(options.cores(workers), quiet, " against ".join(reversed(scenarios[:2]))) as way:
        answers = run_within(plans, aims, way) if aims else [run_question(plan, way) for plan in plans]
    say_too_wide(answers, aims)
    comparisons = [pair(answers[0], each) for each in answers[1:]]
    if out is not None:
        save_comparison(comparisons, out)
        tell(f"Saved in {out}.")
    if json:
        say_json(comparison_document(comparisons))
        return
    say_who(answers[0].resolved)
    for name, comparison in zip(scenarios[1:], comparisons, strict=True):
        show(name, scenarios[0], comparison)


def _unpaired(plans: Sequence[Resolved]) -> Iterator[Fault]:
    """Why these plans cannot be compared, if so."""
    if len(plans) < 2:
        yield Fault("", 0, "compare", "one scenario", "cannot be compared; name the baseline and another")
    if len({each.people for each in plans}) > 1:
        rule = "differ between the scenarios, so they have no pairs; give --people a number"
        yield Fault("", 0, "compare", "the people simulated", rule)


def show(name: str, baseline: str, comparison: Comparison) -> None:
    """Print a scenario against its baseline: the final year, break-even, dip and gap."""
    changes = [comparison.change(series) for series in KEY_SERIES if series in comparison.before.series]
    columns = ("", "unit", baseline, name, "difference", "95 % interval", "verdict")
    say()
    say_changed(describe_differences(comparison.before.resolved.parameters, comparison.after.resolved.parameters))
    say_table(f"{name} against {baseline}, {changes[0].year}", columns, [_row(each) for each in changes], words=2)
    headline = comparison.headline()
    net, share = headline.break_even.net, headline.break_even.share
    say(f"Break-even year: {headline.break_even.words} (in {share:.0%} of replications within the horizon).")
    say(f"Cumulative net position at the end: {millions(net.mean)}.")
    for dip in headline.dips:
        say(_dip(dip))
    gap, head = headline.gap, headline.gap_per_head
    say(f"Gap of {baseline} in {changes[0].year}: {millions(gap.mean)}, or {pounds(head.mean)} a head.")


def _row(change: Change) -> tuple[str, ...]:
    measure, difference = change.measure, change.difference
    return (
        measure.label,
        unit(measure),
        amount(change.before.mean, measure),
        amount(change.after.mean, measure),
        amount(difference.mean, measure),
        span(difference, measure),
        difference.verdict,
    )


def _dip(dip: Dip) -> str:
    """The dip of one measure in a sentence."""
    if dip.month is None:
        return f"Dip: {dip.measure.label.lower()}: {dip.words}."
    by = f"{amount(dip.difference.mean, dip.measure)} {unit(dip.measure)}"
    return f"Dip: {dip.measure.label.lower()}: {by} in {dip.words} ({dip.difference.verdict})."
