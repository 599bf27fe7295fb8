"""The report of a batch, as blocks and as two files beside its tasks: what was run, what failed, what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan

import polars as pl

from sim.experiments.batch.plan import BatchPlan
from sim.experiments.batch.run import Ran
from sim.inputs import describe_differences
from sim.results.dates import financial_year
from sim.results.html_page import html_page
from sim.results.measures import Measure, measure_of
from sim.results.page import Block, Heading, Table, markdown
from sim.results.spoken import amount, counted, span, unit
from sim.results.statistics import Interval
from sim.results.store import write_together

MOST_FAILURES, MOST_CHANGES = 50, 12
PAGE, HTML = "report.md", "report.html"
Row = Mapping[str, float]


def write_report(ran: Ran, table: pl.DataFrame, printed: str) -> None:
    """Write report.md and report.html into the batch's folder. Raises CannotWriteError.

    table     the summary
    printed   how they were made, and on which version
    """
    title, told = ran.batch.plan.title, list(report_blocks(ran, table))
    pages = {PAGE: markdown(title, printed, told), HTML: html_page(title, printed, told)}
    write_together(ran.store.folder, {name: page.encode() for name, page in pages.items()})


def report_blocks(ran: Ran, table: pl.DataFrame) -> Iterator[Block]:
    """What was run, what failed, and each measure in the final year, place by place.

    table   the summary
    """
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
    final = table.filter(pl.col("year") == plan.years - 1)
    places = [place.slug for place in batch.places]
    for series in plan.series:
        yield _table(plan, places, final.filter(pl.col("series") == series), measure_of(series))


def _table(plan: BatchPlan, places: Sequence[str], rows: pl.DataFrame, measure: Measure) -> Table:
    """One measure: a row for each place, with what others are set beside first."""
    others = [each for each in plan.plans if each != plan.against]
    band = ("draws",) if plan.draws else ()
    columns = ["", plan.against, "95 %", *band, *(word for each in others for word in (each, "95 %", *band))]
    found = {(row["footprint"], row["plan"]): row for row in rows.to_dicts()}
    cells = [
        [place, *_value(found[place, plan.against], measure, band),
         *(cell for each in others for cell in _change(found[place, each], measure, band))]
        for place in places
    ]  # fmt: skip
    return Table(f"{measure.label}, {unit(measure)}", columns, cells)


def _value(row: Row, measure: Measure, band: Sequence[str]) -> list[str]:
    """A mean, its interval, and the band of draws where there are any."""
    bands = [_span(row["p5"], row["p95"], measure) for _ in band]
    return [amount(row["mean"], measure), _span(row["low"], row["high"], measure), *bands]


def _change(row: Row, measure: Measure, band: Sequence[str]) -> list[str]:
    """The same of a change."""
    bands = [_span(row["change_p5"], row["change_p95"], measure) for _ in band]
    return [amount(row["change"], measure), _span(row["change_low"], row["change_high"], measure), *bands]


def _span(low: float, high: float, measure: Measure) -> str:
    """From low to high; a dash where there is no such interval."""
    return "-" if isnan(low) else span(Interval(low, low, high, 2), measure)
