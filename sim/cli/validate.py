"""upstream validate: published cases, and whether they are reproduced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.leaving import all_or_nothing
from sim.cli.screen import counted, say, say_json, say_table, tell, way_of_running
from sim.experiments.cases import Case, CaseResult, case_files, find_case, load_case, tally
from sim.experiments.cases import validate as run_cases
from sim.experiments.cases.page import published_page
from sim.experiments.cases.results import figures_table
from sim.experiments.identity import ENGINE, code_digest, data_digest, digest, version
from sim.inputs import Fault, Faults, raise_any
from sim.results.store import prepare_folder, save, sha256

FAILED = 1
HEADS = ("figure", "expected", "found", "tolerance", "result", "status")


@all_or_nothing
def validate(
    cases: Annotated[
        list[str] | None, typer.Argument(metavar="[CASE]...", help="Names of shipped cases, or case files; all.")
    ] = None,
    list_only: Annotated[bool, typer.Option("--list", help="Say which cases there are, and run nothing.")] = False,
    markdown: options.Page = False,
    workers: options.Workers = None,
    json: options.Json = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """Run published cases and compare every figure with what was found.

    Ends with 0 if every figure is reproduced or differs for a reason that its case gives, else with 1.

    Examples:

    upstream validate

    upstream validate erlang_clinic my_case.yaml --json
    """
    files = _files(cases or (), [Fault("", 0, "--json", "this", "goes not with --markdown")] if json * markdown else [])
    loaded = _load(files)
    if list_only:
        _say_list(loaded, json)
        return
    if out is not None:
        prepare_folder(out)
    began, clock = datetime.now(UTC), monotonic()
    with way_of_running(options.cores(workers), quiet, "cases") as way:
        results = run_cases(loaded, way)
    if out is not None:
        when = {"began": began.isoformat(timespec="seconds"), "seconds": round(monotonic() - clock, 3)}
        _save(results, files, when | {"workers": way.workers}, out)
    if json:
        say_json(document(results))
    elif markdown:
        typer.echo(published_page(results), nl=False)
    else:
        show(results)
    if any(result.failed for result in results):
        raise typer.Exit(FAILED)


def document(results: Sequence[CaseResult]) -> dict[str, object]:
    """Results as plain values."""
    return {"states": dict(tally(results)), "cases": [asdict(result) for result in results]}


def show(results: Sequence[CaseResult]) -> None:
    """Print a table for each case, every known difference with its reason, and how many of each there are."""
    for result in results:
        say(f"{result.title} ({result.id}): {result.says}")
        rows = [(row.figure, row.expected, row.found, row.tolerance, row.state, row.status) for row in result.figures]
        say_table(f"Source: {result.source}", HEADS, rows)
        for row in result.figures:
            if row.because:
                say(f"Known difference, {row.figure}: {row.because}")
        say()
    found = tally(results)
    words = (f"{found['pass']} pass", counted(found["known difference"], "known difference"), f"{found['fail']} fail")
    say(f"{counted(len(results), 'case')}: {', '.join(words)}.")


def _files(names: Sequence[str], faults: list[Fault]) -> list[Path]:
    """The case files meant, all shipped ones where none is named; raises Faults."""
    if not names:
        raise_any(faults)
        return list(case_files().values())
    found = []
    for name in names:
        try:
            found.append(find_case(name))
        except Faults as error:
            faults += error.faults
    raise_any(faults)
    return found


def _load(files: Sequence[Path]) -> list[Case]:
    """Every case; raises Faults with those of all of them."""
    faults: list[Fault] = []
    loaded = []
    for file in files:
        try:
            loaded.append(load_case(file))
        except Faults as error:
            faults += error.faults
    raise_any(list(dict.fromkeys(faults)))
    return loaded


def _say_list(loaded: Sequence[Case], json: bool) -> None:
    rows = [(case.id, case.title, str(len(case.figures) + len(case.properties)), case.source) for case in loaded]
    if json:
        say_json([dict(zip(("id", "title", "figures", "source"), row, strict=True)) for row in rows])
    else:
        say_table("Published cases", ("case", "title", "figures"), [row[:3] for row in rows], words=2)


def _save(results: Sequence[CaseResult], files: Sequence[Path], run: dict[str, object], folder: Path) -> None:
    facts: dict[str, object] = {
        "engine": ENGINE,
        "version": version(),
        "code_sha256": code_digest(),
        "data_sha256": data_digest(),
        "cases_sha256": {file.stem: sha256(file.read_bytes()) for file in files},
    }
    tables = {"figures": figures_table(results)}
    save(folder, tables, {"validation": document(results)}, facts | {"id": digest(facts)}, run)
    tell(f"Saved in {folder}.")
