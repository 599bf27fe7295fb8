"""upstream batch: footprints times plans times draws times replications, into a folder; stopped, it goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.batch_page import blocks, failures, outcome, planned
from sim.cli.batch_progress import progress
from sim.cli.html_page import html_page
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
    Watch,
    batch_document,
    estimate,
    load_batch,
    opened,
    places_of,
    run_batch,
    save_batch,
)
from sim.experiments.identity import version
from sim.inputs import Fault, Faults, raise_any
from sim.results.store import prepare_folder, write_together

SOME_FAILED = 1
RUNS = Path("runs")


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
    expected = estimate(found, threads)
    if dry_run:
        _say_plan(found, expected, json=json)
        return
    folder = out or RUNS / found.plan.name
    runner = _runner(cluster, threads)
    if league is not None:
        raise_any(list(lacking(found)))
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


def _runner(cluster: str | None, workers: int) -> Runner:
    """Threads, or a cluster; raises Faults where Dask is not installed."""
    if cluster is None:
        return OnThreads(workers)
    try:
        from sim.experiments.batch.cluster import OnCluster
    except ImportError as error:
        rule = "needs Dask: pip install 'upstream[cluster]'"
        raise Faults([Fault("", 0, "cluster", f'"{cluster}"', rule)]) from error
    return OnCluster(cluster, workers, tell)


def _say_plan(found: Batch, expected: Estimate, *, json: bool) -> None:
    if json:
        counts = {"tasks": expected.tasks, "replications": expected.replications}
        times = {"core_seconds": expected.processor, "seconds": expected.seconds(), "workers": expected.workers}
        say_json(counts | times | {"bytes": expected.disk})
    else:
        show([*planned(found, expected), "Nothing was run."])


def _warn(expected: Estimate, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < expected.disk:
        tell(f"{folder}: {free / 1e6:,.0f} MB are free, and about {expected.disk / 1e6:,.0f} MB are needed.")


def _keep(ran: Ran, threads: int, cluster: str | None, league: Path | None, asked: str) -> None:
    """Write everything that lies beside the tasks."""
    save_batch(ran, run={"workers": threads, "cluster": cluster or ""})
    places = list(places_of(ran))
    printed = f"Printed by `upstream batch {asked}`, version {version()}."
    title, told = ran.batch.plan.title, list(blocks(ran, places))
    _write(
        ran.store.folder, {"report.md": markdown(title, printed, told), "report.html": html_page(title, printed, told)}
    )
    if league is not None:
        drawing = league.with_suffix(".svg")
        command = f"Printed by `upstream batch {asked} --league {league.as_posix()}`, version {version()}."
        text: Iterable[Block] = league_blocks(ran, places, drawing.name)
        _write(league.parent, {drawing.name: tile_map(ran.batch, places), league.name: markdown(title, command, text)})


def _write(folder: Path, pages: dict[str, str]) -> None:
    write_together(folder, {name: page.encode() for name, page in pages.items()})


def _say(ran: Ran, *, json: bool) -> None:
    if json:
        say_json(batch_document(ran))
        return
    for line in failures(ran):
        tell(line)
    say(f"{outcome(ran)} Results: {ran.store.folder} (report.html, summary.parquet, tasks/*.parquet).")
