"""Measure speed and memory: `python -m benchmarks`, or `--quick` for less than two minutes."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import machine
from benchmarks.child import MeasurementError, fresh_cache, measured
from benchmarks.engines import missing
from benchmarks.plan import Line, plan
from benchmarks.tables import report

HERE = Path(__file__).parent
ROUGH = HERE.parent / "runs" / "benchmarks"
STOPPED = 130


def main() -> int:
    """Measure, keep, print. Nothing is kept when it is stopped half-way."""
    asked = _arguments()
    screen = Console(stderr=True)
    try:
        lines = plan("quick" if asked.quick else "full", asked.only, asked.rounds)
        earlier = _earlier(asked.into)
        results = measure(lines, screen, quick=asked.quick)
    except KeyboardInterrupt:
        screen.print("Stopped. Nothing was written.")
        return STOPPED
    except ValueError as error:
        screen.print(str(error), markup=False)
        return 1
    partial = asked.quick or asked.only or asked.rounds
    name = f"{date.today().isoformat()}-{machine.short_name()}{'-part' if partial else ''}.json"
    path = asked.into or asked.to or (ROUGH if partial else HERE / "results") / name
    results = together(earlier, results) if earlier else results
    keep(path, results)
    print(report(results))
    screen.print(f"Kept in {path}")
    return 0


def measure(lines: list[Line], screen: Console, *, quick: bool) -> dict[str, Any]:
    """Every line in its turn, each in a fresh process."""
    began, load = perf_counter(), [machine.load()]
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=screen
    )
    found: list[dict[str, Any]] = []
    with bar, fresh_cache() as cache:
        task = bar.add_task("measuring", total=len(lines))
        _one(Line("start", -1, "threads", {"people": 10_000, "years": 1, "runs": 1, "workers": 1}), cache)
        for line in lines:
            bar.update(task, description=line.words)
            if not screen.is_terminal:
                screen.print(line.words, markup=False)
            found.append(
                {"section": line.section, "round": line.round, "asked": line.asked, "found": _one(line, cache)}
            )
            load.append(machine.load())
            bar.advance(task)
    return {
        "measured": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "seconds": round(perf_counter() - began),
        "load": [load[0], max(load)],
        "machine": machine.description(),
        "missing": missing(),
        "lines": found,
    }


def together(earlier: dict[str, Any], results: dict[str, Any]) -> dict[str, Any]:
    """Earlier results, with the sections that were measured anew in the place of their own."""
    anew = {line["section"] for line in results["lines"]}
    kept = [line for line in earlier["lines"] if line["section"] not in anew]
    load = [*earlier["load"], *results["load"]]
    seconds = earlier["seconds"] + results["seconds"]
    return earlier | {"seconds": seconds, "load": [min(load), max(load)], "lines": kept + results["lines"]}


def keep(path: Path, results: dict[str, Any]) -> None:
    """Write under another name and rename, so that a file is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(path)


def _earlier(path: Path | None) -> dict[str, Any] | None:
    """What a file holds; a ValueError when it was measured on another machine, or with other libraries."""
    if path is None:
        return None
    earlier: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if earlier["machine"] != machine.description():
        raise ValueError(f"{path} was measured on {earlier['machine']}, and this is {machine.description()}.")
    return earlier


def _one(line: Line, cache: Path) -> dict[str, Any]:
    """A measurement, or why there is none; half an hour is not thrown away for one that failed.

    The first run is measured with an empty folder of compiled code, and then with a filled one.
    """
    folder = cache / str(line.round) if line.task == "first_run" else None
    try:
        return measured(line.task, {} if folder else line.asked, folder)
    except MeasurementError as error:
        return {"failed": str(error).strip().splitlines()[-1]}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small cases, under two minutes")
    parser.add_argument("--only", nargs="+", metavar="SECTION", help="some sections of benchmarks/plan.yaml")
    parser.add_argument("--rounds", type=int, metavar="N", help="at most so many rounds of each section")
    parser.add_argument("--into", type=Path, metavar="FILE", help="results whose sections of that name are replaced")
    parser.add_argument("--to", type=Path, metavar="FILE", help="where to keep the results")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
