"""upstream export: the month-by-month model in the exchange format of system dynamics, for another tool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.leaving import ends_well
from sim.cli.screen import counted, tell, way_of_running
from sim.experiments.run import run, task_of
from sim.experiments.xmile import caption, document, model_of
from sim.inputs import Fault, raise_any
from sim.results.store import prepare_folder, write_together

ENDINGS = (".xmile", ".xml")


@ends_well
def export(
    footprint: options.Place,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write; ends in .xmile or .xml.")],
    scenario: options.Scenarios = None,
    set_: options.Setting = None,
    years: options.Years = 5,
    seed: options.Seed = 1,
    people: options.Sample = "usual",
    quiet: options.Quiet = False,
) -> None:
    """Write demand, programmes and money as a system-dynamics model in XMILE 1.0, to open in another tool.

    The patient flow is not a matter of stocks and flows: what it did in one run is in the file as series by month.

    Examples:

    upstream export devon --out devon.xmile

    upstream export devon --scenario prevention_shift --years 10 --out devon.xmile
    """
    raise_any(list(_faults(out)))
    resolved = options.resolve_all(footprint, [scenario or ()], set_, years, 1, seed, people)[0]
    folder = prepare_folder(out.absolute().parent)
    with way_of_running(1, quiet, resolved.footprint.name) as way:
        history = run(resolved, way).histories[0]
    model = model_of(task_of(resolved).place, history)
    write_together(folder, {out.name: document(model, resolved.footprint.name, caption(resolved))})
    tell(f"Saved in {out}: {counted(len(model.parts), 'variable')}, {counted(model.months, 'month')}.")


def _faults(out: Path) -> Iterator[Fault]:
    if out.suffix not in ENDINGS:
        rule = f"must end in {' or '.join(ENDINGS)}"
        yield Fault("", 0, "--out", f'"{out}"', rule, str(out.with_suffix(ENDINGS[0])))
    if out.is_dir():
        yield Fault("", 0, "--out", f'"{out}"', "is a folder; name a file in it")
