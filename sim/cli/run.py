"""upstream run: one footprint under a scenario, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.cli import options
from sim.cli.leaving import ends_well
from sim.cli.screen import amount, counted, say, say_json, say_table, span, tell, unit, way_of_running
from sim.experiments.precision import run_within, too_wide
from sim.experiments.question import Resolved
from sim.experiments.run import Answer
from sim.experiments.run import run as run_question
from sim.experiments.save import answer_document, save_answer
from sim.inputs import describe_differences
from sim.results.dates import financial_year
from sim.results.measures import KEY_SERIES, measure_of
from sim.results.store import prepare_folder

MOST_COLUMNS = 6
"""Years shown in a table on the screen; JSON and Parquet hold every year."""
MOST_CHANGES = 12
"""Changed numbers named on the screen; JSON names all."""


@ends_well
def run(
    footprint: options.Place,
    scenario: options.Scenarios = None,
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
    """Run one footprint, and show what happens year by year.

    Finished replications are kept: a run that was stopped goes on where it was, and asking again costs nothing.

    Examples:

    upstream run greater-manchester

    upstream run greater-manchester --scenario prevention_shift --years 10

    upstream run greater-manchester --within delayed=20

    upstream run devon --set demand.admissions_growth=2 --people 100000 --out runs/devon
    """
    aims = options.widths(within or ())
    most = options.most_replications(replications, within)
    (resolved,) = options.resolve_all(footprint, [scenario or ()], set_, years, most, seed, people)
    if out is not None:
        prepare_folder(out)
    with way_of_running(options.cores(workers), quiet, resolved.footprint.name) as way:
        (answer,) = run_within([resolved], aims, way) if aims else (run_question(resolved, way),)
    say_too_wide([answer], aims)
    if out is not None:
        save_answer(answer, out)
        tell(f"Saved in {out}.")
    if json:
        say_json(answer_document(answer))
    else:
        show(answer)


def show(answer: Answer) -> None:
    """Print an answer: who was simulated, what differs, and the key measures by year."""
    say_who(answer.resolved)
    say_changed(describe_differences(answer.resolved.base, answer.resolved.parameters))
    years = shown_years(answer.question.years)
    rows = []
    for series in (name for name in KEY_SERIES if name in answer.series):
        measure = measure_of(series)
        by_year = {year: answer.in_year(series, year) for year in years}
        means = (amount(each.mean, measure) for each in by_year.values())
        rows.append((measure.label, unit(measure), *means, span(by_year[years[-1]], measure)))
    named = [financial_year(year, answer.resolved.first_year) for year in years]
    columns = ("", "unit", *named, f"95 % interval {named[-1]}")
    say_table("Mean over replications, by financial year", columns, rows, words=2)


def say_changed(lines: Sequence[str]) -> None:
    """Say what differs: the first dozen, and how many more there are."""
    for line in lines[:MOST_CHANGES]:
        say(f"Changed: {line}")
    if len(lines) > MOST_CHANGES:
        say(f"Changed: and {len(lines) - MOST_CHANGES:,} more; --json lists them.")


def say_too_wide(answers: Sequence[Answer], within: Mapping[str, float]) -> None:
    """Say for which series the replications were too few."""
    for series, width in too_wide(answers, within).items():
        count = counted(answers[0].question.replications, "replication")
        tell(f"{series}: {count} reach plus and minus {width:.4g}, not {within[series]:.4g}.")


def say_who(resolved: Resolved) -> None:
    """Say who was simulated, and what the results are about."""
    place, asked = resolved.footprint, resolved.question
    length, runs = counted(asked.years, "year"), counted(asked.replications, "replication")
    say(f"{place.name}: {place.total:,.0f} people, {length} from 1 April 2016, {runs}, seed {asked.seed}.")
    if resolved.people >= place.total:
        say("Simulated: everybody.")
        return
    where = " in one typical locality" if asked.people == "typical" else ""
    say(f"Simulated: {resolved.people:,.0f} people{where}; counts and money are scaled up to the whole footprint.")
    usual = resolved.parameters.value("capacity.locality_people")
    if resolved.people < usual:
        say(
            f"A small place queues more than a typical locality of {usual:,.0f}: so few are only for trying things out."
        )


def shown_years(years: int) -> list[int]:
    """Years for the columns of a table: all, or some spread evenly from the first to the last."""
    if years <= MOST_COLUMNS:
        return list(range(years))
    return sorted({round(step * (years - 1) / (MOST_COLUMNS - 1)) for step in range(MOST_COLUMNS)})
