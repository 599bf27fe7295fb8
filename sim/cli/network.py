"""upstream network: run any care network file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from math import inf, isnan
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.event_log import not_a_log, write_log
from sim.cli.leaving import all_or_nothing
from sim.cli.screen import number, pounds, say, say_json, say_table, tell, way_of_running
from sim.cli.settling import on_the_warm_up
from sim.experiments.identity import ENGINE, code_digest, digest, version
from sim.experiments.network_run import NetworkAnswer, run_network
from sim.experiments.question import REPLICATIONS, SEEDS
from sim.experiments.save import network_document, save_network
from sim.inputs.faults import Fault, Faults, raise_any
from sim.network import CareNetwork, Cost
from sim.network.diagram import diagram as draw
from sim.network.diagram_mermaid import mermaid
from sim.network.opening import find_file, open_network
from sim.results.statistics import Interval
from sim.results.store import prepare_folder, sha256

COLUMNS = (
    ("occupied", "in use", 2),
    ("utilisation", "% used", 1),
    ("waiting", "waiting", 2),
    ("wait", "mean wait", 3),
    ("wait_median", "median wait", 3),
    ("wait_p95", "95th wait", 3),
    ("blocked", "blocked", 2),
    ("delay", "delayed", 2),
    ("lost", "% lost", 2),
    ("gave_up", "% gave up", 2),
    ("throughput", "throughput", 3),
)
"""Measure, heading and decimals of each column."""

COST = ("cost", "£ a {unit}", 0)
"""The column of what a station costs, where the network says what anything costs."""

SHARES = ("utilisation", "lost", "gave_up")


@all_or_nothing
def network(
    file: Annotated[str, typer.Argument(help="A network file, or the name of a shipped one.")],
    seed: options.Seed = 1,
    replications: Annotated[int | None, typer.Option(metavar="N", help="As the file says unless given.")] = None,
    warm_up: Annotated[float | None, typer.Option(metavar="TIME", help="Time left out at the start.")] = None,
    length: Annotated[float | None, typer.Option("--run", metavar="TIME", help="Time measured after that.")] = None,
    workers: options.Workers = None,
    json: options.Json = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
    diagram: Annotated[
        bool, typer.Option("--diagram", help="Run nothing: print the network as a diagram, in Mermaid text.")
    ] = False,
    event_log: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Run one replication, and write what happened to everybody as a .csv file."),
    ] = None,
) -> None:
    """Run a care network by itself: stations, queues and blocking, with 95 % intervals.

    Times are in the network's own unit; warm-up, length and replications are in the file.

    Examples:

    upstream network stroke_pathsimr

    upstream network my_ward.yaml --replications 50 --run 1000 --json

    upstream network my_ward.yaml --diagram

    upstream network my_ward.yaml --run 30 --event-log my_ward.csv
    """
    path, loaded = _open(file, [*_faults(seed, replications, warm_up, length), *not_a_log(event_log)])
    if diagram:
        say(mermaid(draw(loaded)).rstrip())
        return
    if event_log is not None:
        write_log(loaded, event_log, seed, warm_up, length)
        return
    if out is not None:
        prepare_folder(out)
    began, clock = datetime.now(UTC), monotonic()
    with way_of_running(options.cores(workers), quiet, loaded.name) as way:
        answer = run_network(loaded, seed=seed, replications=replications, warm_up=warm_up, run=length, way=way)
    if out is not None:
        when = {"began": began.isoformat(timespec="seconds"), "seconds": round(monotonic() - clock, 3)}
        save_network(answer, _manifest(path, answer), when | {"workers": way.workers}, out)
        tell(f"Saved in {out}.")
    if json:
        say_json(network_document(answer))
    else:
        show(loaded, answer)


def _open(file: str, faults: list[Fault]) -> tuple[Path, CareNetwork]:
    """The network file and what is in it; raises Faults, those of the options too."""
    try:
        path = find_file(file)
        loaded = open_network(path)
    except Faults as error:
        raise Faults([*faults, *error.faults]) from error
    raise_any(faults)
    return path, loaded


def show(loaded: CareNetwork, answer: NetworkAnswer) -> None:
    """Print how each station did."""
    say(f"{answer.network}: {loaded.says}")
    runs = f"{answer.replications} replications of {answer.run:g} {answer.time_unit}"
    say(f"{runs} after a warm-up of {answer.warm_up:g}, seed {answer.seed}. Times in {answer.time_unit}.")
    warning = on_the_warm_up(loaded, answer)
    if warning:
        say(warning)
    priced = any(station.cost != Cost() for station in loaded.stations)
    unit = answer.time_unit.removesuffix("s")
    columns = (*COLUMNS, COST) if priced else COLUMNS
    rows = []
    for station in answer.stations:
        cells = (_cell(station.measures[name], name, digits) for name, _, digits in columns)
        rows.append((station.label, *cells))
    heads = ("station", *(head.format(unit=unit) for _, head, _ in columns))
    say_table("Mean over replications ± half of the 95 % interval", heads, rows)
    inside, time = answer.system["inside"], answer.system["time_inside"]
    people = f"{number(inside.mean, 2)} people on average"
    say(f"Whole network: {people}, each for {number(time.mean, 2)} {answer.time_unit} (Little's law).")
    if priced:
        say(f"It costs {pounds(answer.system['cost'].mean)} a {unit}.")


def _cell(interval: Interval, name: str, digits: int) -> str:
    scale = 100 if name in SHARES else 1
    mean, half = number(interval.mean * scale, digits), (interval.high - interval.mean) * scale
    return mean if mean == "-" or isnan(half) else f"{mean} ± {number(half, digits)}"


def _manifest(path: Path, answer: NetworkAnswer) -> dict[str, object]:
    facts: dict[str, object] = {
        "engine": ENGINE,
        "version": version(),
        "code_sha256": code_digest(),
        "network_sha256": sha256(path.read_bytes()),
        "network": answer.network,
        "seed": answer.seed,
        "replications": answer.replications,
        "warm_up": answer.warm_up,
        "length": answer.run,
    }
    return facts | {"id": digest(facts)}


def _faults(seed: int, replications: int | None, warm_up: float | None, length: float | None) -> Iterator[Fault]:
    for name, value, (least, most) in (("seed", seed, SEEDS), ("replications", replications, REPLICATIONS)):
        if value is not None and not least <= value <= most:
            yield Fault("", 0, name, str(value), f"must be a whole number from {least} to {most}")
    if warm_up is not None and not 0 <= warm_up < inf:
        yield Fault("", 0, "--warm-up", f"{warm_up:g}", "must be a time of 0 or more")
    if length is not None and not 0 < length < inf:
        yield Fault("", 0, "--run", f"{length:g}", "must be a time above 0")
