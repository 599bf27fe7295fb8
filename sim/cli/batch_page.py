"""A batch in tables and plain sentences: what it will take, and what it found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.cli.batch_progress import in_words
from sim.cli.page import Block, Heading, Table
from sim.cli.screen import amount, counted, number, span, unit
from sim.experiments.batch import Batch, Estimate, PlaceResults, Ran
from sim.inputs import describe_differences
from sim.results.dates import financial_year
from sim.results.measures import measure_of
from sim.results.statistics import Interval, bands

MEGA = 1_000_000
MOST_FAILURES, MOST_CHANGES = 50, 12
OUTER = (5, 95)


def planned(batch: Batch, found: Estimate) -> Iterator[Block]:
    """What will be run, and how long and how much disk it will take."""
    plan = batch.plan
    counts = (
        counted(len(batch.places), "footprint"), counted(len(plan.plans), "plan"),
        f"{counted(plan.draws, 'draw')} and what is believed" if plan.draws else "what is believed",
        counted(plan.replications, "replication"),
    )  # fmt: skip
    yield f"{plan.title}: {' × '.join(counts)} of {counted(plan.years, 'year')}."
    at_once = counted(plan.block, "replication")
    yield (
        f"{counted(found.tasks, 'task')} of at most {at_once}, {counted(found.replications, 'replication')} in all. "
        f"About {in_words(found.processor)} on one core; {in_words(found.seconds())} on {_workers(found)}. About "
        f"{number(found.disk / MEGA, 1)} MB on disk."
    )
    for pace in found.paces:
        yield (
            f"Timed: {pace.footprint}, {pace.people:,.0f} people simulated: {1000 * pace.prepare:,.0f} ms to prepare, "
            f"{1000 * pace.replicate:,.0f} ms a replication."
        )
    if batch.aside:
        yield f"{counted(batch.aside, 'other draw')} set aside: the base year could not close in them."


def _workers(found: Estimate) -> str:
    if found.workers == 1:
        return "one thread"
    return f"{found.workers} threads, which together were {number(found.together, 1)} times as fast as one"


def outcome(ran: Ran) -> str:
    """What came of the tasks, in a sentence."""
    whole = len(ran.batch)
    told = f"{len(ran.files):,} of {counted(whole, 'task')} finished"
    told += f", {ran.begun:,} of them before" if ran.begun else ""
    failed = f" {counted(len(ran.failures), 'task')} failed." if ran.failures else ""
    return f"{told}.{failed}"


def failures(ran: Ran) -> Iterator[str]:
    """Tasks that failed, each with its reason; the first of them where they are many."""
    for each in ran.failures[:MOST_FAILURES]:
        yield f"Failed: {ran.batch.words(each.task)}: {each.reason}"
    if len(ran.failures) > MOST_FAILURES:
        yield f"And {len(ran.failures) - MOST_FAILURES:,} more; batch.json names them all."


def blocks(ran: Ran, places: Sequence[PlaceResults]) -> Iterator[Block]:
    """The report: what was run, what failed, and each measure in the final year, place by place."""
    batch, plan = ran.batch, ran.batch.plan
    yield plan.why
    who = "everybody" if plan.people == "all" else plan.people if isinstance(plan.people, str) else f"{plan.people:,}"
    yield (
        f"{counted(len(batch.places), 'footprint')}, {counted(plan.years, 'year')} from 1 April "
        f"{batch.resolved[0].first_year}, {counted(plan.replications, 'replication')}, seed {plan.seed}, people "
        f"simulated of each: {who}. {len(ran.files):,} of {counted(len(batch), 'task')} finished."
    )
    for name, resolved in zip(plan.plans, batch.resolved, strict=True):
        changed = describe_differences(resolved.base, resolved.parameters)
        more = [f"and {len(changed) - MOST_CHANGES} more"] if len(changed) > MOST_CHANGES else []
        yield f"{name}: {'; '.join([*changed[:MOST_CHANGES], *more]) or 'changes nothing'}."
    if ran.failures:
        yield Heading("Failed")
        yield "What follows is of the other tasks; an interval of fewer replications is wider."
        rows = [(batch.words(each.task), each.reason) for each in ran.failures[:MOST_FAILURES]]
        yield Table(f"{counted(len(ran.failures), 'task')} without a result", ("task", "why"), rows, words=2)
    yield Heading(f"In {financial_year(plan.years - 1, batch.resolved[0].first_year)}")
    yield (
        f"The mean over replications of {plan.against}, and the change under each other plan, with 95 % intervals of "
        "pairs of replications." + (" Bands are of nine draws in ten, chance averaged out." if plan.draws else "")
    )
    for series in plan.series:
        yield _table(places, series, drawn=bool(plan.draws))


def _table(places: Sequence[PlaceResults], series: str, *, drawn: bool) -> Table:
    measure = measure_of(series)
    plans, against = places[0].plans, places[0].plans[places[0].against]
    others = [plan for plan in plans if plan != against]
    band = ("draws",) if drawn else ()
    columns = ["", against, "95 %", *band, *(word for plan in others for word in (plan, "95 %", *band))]
    rows = []
    for place in places:
        found = place.mean(against, series)
        row = [place.footprint, amount(found.mean, measure), span(found, measure)]
        row += [_band(place, against, series, change=False)] if drawn else []
        for plan in others:
            change = place.change(plan, series)
            row += [amount(change.mean, measure), span(change, measure)]
            row += [_band(place, plan, series, change=True)] if drawn else []
        rows.append(row)
    return Table(f"{measure.label}, {unit(measure)}", columns, rows)


def _band(place: PlaceResults, plan: str, series: str, *, change: bool) -> str:
    values = place.drawn_change(plan, series) if change else place.drawn(plan, series)
    if not values.size:
        return "-"
    low, high = bands(values, OUTER)
    return span(Interval(float(values.mean()), float(low), float(high), values.size), measure_of(series))
