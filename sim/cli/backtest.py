"""upstream backtest: from 2010/11 with the inputs of the years, beside what was observed, and on as a forecast."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.backtest_page import blocks, page_of
from sim.cli.leaving import INTERRUPTED, ends_well
from sim.cli.page import show
from sim.cli.screen import counted, say, say_json, tell, way_of_running
from sim.experiments.backtest.drawing import find_draws
from sim.experiments.backtest.fitting import fit
from sim.experiments.backtest.running import run_backtest
from sim.experiments.backtest.setting import Setting
from sim.experiments.backtest.stored import (
    COMMAND,
    FORECAST,
    RESULTS,
    as_kept,
    as_stored,
    differing,
    forecast_text,
    results_text,
)
from sim.experiments.identity import version
from sim.inputs import Fault, raise_any
from sim.inputs.backtest_fit import STORED, BacktestFit, backtest_fit_text, load_backtest_fit
from sim.inputs.folders import default_folder
from sim.inputs.history import FOLDER
from sim.results.store import prepare_folder, write_together


@ends_well
def backtest(
    fit_: Annotated[
        bool, typer.Option("--fit", help="Fit to 2010/11 to 2013/14 and store the fit; run nothing.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Fit again, write nothing, and say whether it is what is stored.")
    ] = False,
    page: Annotated[
        bool, typer.Option("--markdown", help="Print the page of the documentation, docs/reference/back-test.md.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write every row, and the forecast, as tables here.")
    ] = None,
    workers: options.Workers = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Run England from 2010/11 beside what was observed to 2015/16, and on to 2019/20 from inputs alone.

    What no source gives is fitted to 2010/11 to 2013/14; 2014/15 and 2015/16 are out of sample.

    Examples:

    upstream backtest

    upstream backtest --check

    upstream backtest --markdown --out parameters/history > docs/reference/back-test.md
    """
    if fit_ and check:
        raise_any([Fault("", 0, "--check", "this option", "writes nothing; leave --fit away")])
    threads = options.cores(workers)
    try:
        if fit_ or check:
            _fit(threads, quiet, check)
        else:
            _run(threads, page, out, json, quiet)
    except KeyboardInterrupt:
        tell("Stopped. Nothing was written.")
        raise typer.Exit(INTERRUPTED) from None


def _fit(threads: int, quiet: bool, check: bool) -> None:
    """Fit, and store the fit or compare it with the one that is stored."""
    setting, folder = Setting.load(), default_folder() / FOLDER
    stored = load_backtest_fit() if check else None
    with way_of_running(threads, quiet, "Fitting the years") as way:
        found = fit(setting, way)
    with way_of_running(threads, quiet, "Other worlds that fit") as way:
        draws, aside = find_draws(found, way)
    made = as_stored(found, draws, aside, datetime.now(UTC).date().isoformat())
    if stored is not None:
        _compare(stored, made)
        return
    write_together(folder, {STORED: backtest_fit_text(made).encode()})
    tell(f"Stored in {folder / STORED}: score {made.score:.3g}, {counted(len(made.draws), 'draw')}, {aside} set aside.")


def _compare(stored: BacktestFit, found: BacktestFit) -> None:
    different = differing(stored, found)
    if different:
        say(f"Not reproduced: {', '.join(different)}. Fit anew with `{COMMAND} --fit`.")
        raise typer.Exit(1)
    say(f"Reproduced: {len(stored.values)} values and {len(stored.draws)} draws, digit for digit.")


def _run(threads: int, page: bool, out: Path | None, json: bool, quiet: bool) -> None:
    """Run from the stored fit; show it, print it, write it."""
    setting, stored = Setting.load(), load_backtest_fit()
    if stored.made.parameters != setting.digest:
        tell(f"Parameters have changed since the fit was made; fit anew with `{COMMAND} --fit`.")
    folder = prepare_folder(out.absolute()) if out else None
    with way_of_running(threads, quiet, "2010/11 to 2019/20") as way:
        found = run_backtest(setting, stored, way)
    plan, rows = setting.plan, [as_kept(row) for row in found.rows]
    if folder:
        made = (COMMAND, version(), str(plan.method.seed), datetime.now(UTC).date().isoformat())
        forecast = forecast_text(rows, plan.compared_until, made)
        write_together(folder, {RESULTS: results_text(rows).encode(), FORECAST: forecast.encode()})
    if json:
        say_json({"fit": stored.model_dump(), "rows": rows})
    elif page:
        say(page_of(rows, plan, stored))
    else:
        show(blocks(rows, plan, stored))
