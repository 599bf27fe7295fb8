"""upstream calibrate: what no source gives, fitted to how the base year looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.leaving import all_or_nothing
from sim.cli.screen import counted, number, say, say_json, say_table, tell, way_of_running
from sim.experiments.calibration import Asked, Fitted, as_fit, ask_england, ask_place, differing, fit, scenario_of
from sim.inputs import Fault, load_fit, raise_any
from sim.inputs.calibration import FOLDER
from sim.inputs.fit import STORED, Fit, overtaken
from sim.inputs.fit_text import fit_text
from sim.inputs.folders import default_folder
from sim.results.store import prepare_folder, write_together

COMMAND = "upstream calibrate"


@all_or_nothing
def calibrate(
    footprint: Annotated[
        str | None, typer.Option("--footprint", "-f", metavar="NAME", help="A place with targets of its own.")
    ] = None,
    targets: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The place's own figures, with tolerances and sources.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write: for a place, a scenario ending in .yaml.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Fit England again, write nothing, and say whether it is what is stored.")
    ] = False,
    workers: options.Workers = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Fit what no source gives: England to the targets of the base year, or a place to figures of its own.

    Examples:

    upstream calibrate --check

    upstream calibrate --footprint devon --targets my_targets.yaml --out my_place.yaml
    """
    raise_any(list(_faults(footprint, targets, out, check)))
    threads = options.cores(workers)
    if footprint is not None and targets is not None and out is not None:
        _place(footprint, targets, out, threads, json, quiet)
    elif check:
        _check(threads, quiet)
    else:
        _england(out or default_folder() / FOLDER / STORED, threads, json, quiet)


def _faults(footprint: str | None, targets: Path | None, out: Path | None, check: bool) -> Iterator[Fault]:
    """Options that do not go together, and a name for the answer that no run would read."""
    if footprint is not None:
        for name, given in (("--targets", targets), ("--out", out)):
            if given is None:
                yield Fault("", 0, name, "this option", f"is missing: --footprint {footprint} needs it")
    if targets is not None and footprint is None:
        yield Fault("", 0, "--targets", f'"{targets}"', "belong to a place: name it with --footprint")
    if check and (footprint is not None or out is not None):
        yield Fault(
            "", 0, "--check", "this option", "fits England and writes nothing; leave --footprint and --out away"
        )
    if out is not None and out.suffix not in (".yaml", ".yml"):
        yield Fault("", 0, "--out", f'"{out}"', "must end in .yaml", str(out.with_suffix(".yaml")))
    if out is not None and out.is_dir():
        yield Fault("", 0, "--out", f'"{out}"', "is a folder; name a file in it")


def _england(out: Path, workers: int, json: bool, quiet: bool) -> None:
    """Fit England and store the fit."""
    asked = ask_england()
    prepare_folder(out.absolute().parent)
    fitted = _fit(asked, workers, quiet)
    stored = as_fit(fitted, COMMAND, _today())
    write_together(out.absolute().parent, {out.name: fit_text(stored).encode()})
    _say(fitted, stored, json)
    tell(f"Stored in {out}.")


def _place(footprint: str, targets: Path, out: Path, workers: int, json: bool, quiet: bool) -> None:
    """Fit a place and write the scenario that makes the model that place."""
    local = ask_place(footprint, targets)
    prepare_folder(out.absolute().parent)
    fitted = _fit(local.asked, workers, quiet)
    found = as_fit(fitted, f"{COMMAND} --footprint {footprint} --targets {targets.name}", _today())
    write_together(out.absolute().parent, {out.name: scenario_of(local, fitted, found).encode()})
    _say(fitted, found, json)
    tell(f"Saved in {out}. Use it: upstream run {footprint} --scenario {out}")


def _check(workers: int, quiet: bool) -> None:
    """Fit England again and compare; exit code 1 when the stored fit is not reproduced."""
    asked, stored = ask_england(), load_fit(default_folder())
    if stored is None:
        raise_any([Fault("", 0, COMMAND, "no fit", f"is stored; make one with `{COMMAND}`")])
        return
    changed = overtaken(asked.written, stored)
    if changed:
        tell(f"Written by hand since the fit, and so not fitted: {', '.join(changed)}.")
    found = as_fit(_fit(asked, workers, quiet), COMMAND, _today())
    different = differing(stored, found)
    if different:
        say(f"Not reproduced: {', '.join(different)}. Fit anew with `{COMMAND}`.")
        raise typer.Exit(1)
    say(f"Reproduced: {len(stored.values)} values and {len(stored.targets)} targets, digit for digit.")


def _fit(asked: Asked, workers: int, quiet: bool) -> Fitted:
    with way_of_running(workers, quiet, f"Fitting {asked.basis.name}") as way:
        return fit(asked, way)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _say(fitted: Fitted, found: Fit, json: bool) -> None:
    """The answer: what came of each target and each quantity, and how good the fit is."""
    if json:
        say_json(found.model_dump() | {"at_bound": list(fitted.at_bound)})
        return
    rows = [
        (name, *(_shown(each) for each in (goal.target, goal.low, goal.high, goal.flow, goal.simulated)),
         _missed(goal.residual))
        for name, goal in found.targets.items()
    ]  # fmt: skip
    columns = ("target", "wanted", "low", "high", "fitted", "simulated", "missed by")
    say_table("Targets; missed by: in tolerances", columns, rows)
    bounds = {each.parameter: f"{each.low:g} to {each.high:g}" for each in fitted.asked.free}
    ends = dict.fromkeys(fitted.at_bound, "at its bound")
    moved = [(name, f"{each.factor:.4f}", bounds[name], ends.get(name, "")) for name, each in found.values.items()]
    say_table("Free quantities; factor: times what is written", ("parameter", "factor", "bounds", ""), moved)
    settled = "" if fitted.settled else " The queue had not settled after the last round."
    if ends:
        say(
            f"{counted(len(ends), 'factor')} at {'its bound' if len(ends) == 1 else 'their bounds'}: these figures do "
            "not go together in this model. Are they of the same people, the same beds, the same year?"
        )
    say(f"Fit score {found.score:.3g} tolerances (0 is perfect), {counted(found.made.rounds, 'round')}.{settled}")


def _shown(value: float | None) -> str:
    """A number to four significant digits, thousands and more without decimals."""
    return "-" if value is None else number(value, 4 if abs(value) < 1 else 2)


def _missed(residual: float | None) -> str:
    return "not fitted" if residual is None else f"{round(residual, 2) + 0.0:+.2f}"
