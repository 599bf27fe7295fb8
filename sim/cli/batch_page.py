"""A batch in plain sentences: what it will take, and what came of its tasks."""

from __future__ import annotations

from collections.abc import Iterator

from sim.cli.batch_progress import in_words
from sim.cli.page import Block
from sim.cli.screen import counted, number
from sim.experiments.batch import Batch, Estimate, Ran
from sim.experiments.batch.report import MOST_FAILURES

MEGA = 1_000_000


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
    whole = f"{counted(found.tasks, 'task')} of at most {at_once}, {counted(found.replications, 'replication')} in all."
    yield f"{whole} {_cost(found)}"
    for pace in found.paces:
        yield (
            f"Timed: {pace.footprint}, {pace.people:,.0f} people simulated: {1000 * pace.prepare:,.0f} ms to prepare, "
            f"{1000 * pace.replicate:,.0f} ms a replication."
        )
    if batch.aside:
        yield f"{counted(batch.aside, 'other draw')} set aside: the base year could not close in them."
    for each in found.impossible:
        yield f"No place can be made of {each}. Its tasks fail and are named; the others go on."


def _cost(found: Estimate) -> str:
    """Time and disk, of what is left where some is finished."""
    part = found.left
    if not part:
        return "All are finished."
    before = f"{found.begun:,} of them are finished; the others take about" if found.begun else "About"
    return (
        f"{before} {in_words(part * found.processor)} on one core; {in_words(found.seconds(part))} on "
        f"{_workers(found)}. About {number(part * found.disk / MEGA, 1)} MB on disk."
    )


def _workers(found: Estimate) -> str:
    if not found.measured:
        threads = counted(found.workers, "thread")
        return f"{threads} of the cluster, if they are {number(found.together, 1)} times as fast as one here"
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
