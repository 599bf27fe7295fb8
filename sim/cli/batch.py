"""upstream batch: footprints times plans times draws times replications, into a folder; stopped, it goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.batch_page import failures, outcome, planned
from sim.cli.batch_progress import progress
from sim.cli.league_page import lacking, league_blocks
from sim.cli.leaving import ends_well
from sim.cli.page import Block, markdown, show
from sim.cli.screen import say, say_json, tell
from sim.cli.tile_map import tile_map
from sim.experiments.batch import (
    Batch,
    Estimate,
    OnThreads,
    Ran,
    Runner,
    Store,
    Watch,
    batch_document,
    estimate,
    load_batch,
    opened,
    run_batch,
    save_batch,
    summary_and_places,
    write_report,
)
from sim.experiments.batch.plan import RUNS
from sim.experiments.identity import version
from sim.inputs import Fault, Faults, raise_any
from sim.results.store import prepare_folder, write_together

SOME_FAILED = 1


@ends_well
def batch(
    plan: Annotated[str, typer.Argument(help="A batch file, or the name of a shipped one.", metavar="PLAN")],
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where results go, and are found again; runs/PLAN.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be run, how long it takes and how much disk.")
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help='A Dask scheduler; "local" makes worker processes on this machine.'),
    ] = None,
    league: Annotated[
        Path | None,
        typer.Option(metavar="PAGE", help="Also write a league table of places here, with a map beside it."),
    ] = None,
    workers: options.Workers = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Run a batch file: footprints times plans times draws times replications, into a folder of Parquet files.

    It is counted and timed before it runs. Each finished task is one file; run again, a batch goes on where it was,
    whatever stopped it. A task that fails is named, and the others go on.

    Examples:

    upstream batch forty_five_plans --dry-run

    upstream batch my_batch.yaml --out runs/mine --workers 8

    upstream batch my_batch.yaml --cluster tcp://10.0.0.5:8786
    """
    threads = options.cores(workers)
    with progress(quiet, "draws") as told:
        found = load_batch(plan, lambda so_far: told(so_far, so_far))
    if league is not None:
        raise_any(list(lacking(found)))
    folder = out or RUNS / found.plan.name
    runner, width, together = _runner(cluster, threads)
    expected = estimate(found, width, together, Store(folder).there(found.keys()))
    if dry_run:
        _say_plan(found, expected, json=json)
        return
    if league is not None:
        prepare_folder(league.parent)
    with opened(folder) as store:
        _warn(expected, folder)
        for line in planned(found, expected) if not quiet else ():
            tell(str(line))
        with progress(quiet, "tasks") as told:
            ran = run_batch(found, store, runner, Watch(told, tell))
        _keep(ran, threads, cluster, league, plan)
    _say(ran, json=json)
    if ran.failures:
        raise typer.Exit(SOME_FAILED)


def _runner(cluster: str | None, workers: int) -> tuple[Runner, int, float | None]:
    """Threads, or a cluster; how many workers; and how many times faster than one, None where it is to be measured.

    Raises Faults where Dask is not installed, or nobody answers at the address.
    """
    if cluster is None:
        return OnThreads(workers), workers, None
    try:
        from sim.experiments.batch.cluster import LOCAL, OnCluster
    except ImportError as error:
        rule = "needs Dask: pip install 'upstream[cluster]'"
        raise Faults([Fault("", 0, "cluster", f'"{cluster}"', rule)]) from error
    runner = OnCluster(cluster, workers, tell)
    width = runner.threads()
    return runner, width, float(min(width, options.cores(None)) if cluster == LOCAL else width)


def _say_plan(found: Batch, expected: Estimate, *, json: bool) -> None:
    if json:
        part = expected.left
        counts = {"tasks": expected.tasks, "replications": expected.replications, "finished": expected.begun}
        times = {"core_seconds": part * expected.processor, "seconds": expected.seconds(part)}
        rest = {"workers": expected.workers, "bytes": part * expected.disk, "impossible": expected.impossible}
        say_json(counts | times | rest)
    else:
        show([*planned(found, expected), "Nothing was run."])


def _warn(expected: Estimate, folder: Path) -> None:
    free, needed = shutil.disk_usage(folder).free, expected.left * expected.disk
    if free < needed:
        tell(f"{folder}: {free / 1e6:,.0f} MB are free, and about {needed / 1e6:,.0f} MB are needed.")


def _keep(ran: Ran, threads: int, cluster: str | None, league: Path | None, asked: str) -> None:
    """Write everything that lies beside the tasks."""
    table, places = summary_and_places(ran)
    save_batch(ran, table, run={"workers": threads, "cluster": cluster or ""})
    write_report(ran, table, f"Printed by `upstream batch {asked}`, version {version()}.")
    if league is not None:
        drawing = league.with_suffix(".svg")
        command = f"Printed by `upstream batch {asked} --league {league.as_posix()}`, version {version()}."
        told: Iterable[Block] = league_blocks(ran, places, drawing.name)
        page = markdown(ran.batch.plan.title, command, told)
        _write(league.parent, {drawing.name: tile_map(ran.batch, places), league.name: page})


def _write(folder: Path, pages: dict[str, str]) -> None:
    write_together(folder, {name: page.encode() for name, page in pages.items()})


def _say(ran: Ran, *, json: bool) -> None:
    if json:
        say_json(batch_document(ran))
        return
    for line in failures(ran):
        tell(line)
    say(f"{outcome(ran)} Results: {ran.store.folder} (report.html, summary.parquet, tasks/*.parquet).")
