"""What happened to everybody in one replication of a network, as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.cli.screen import counted, tell
from sim.experiments.event_log import Row, csv_text, event_log
from sim.inputs.faults import Fault
from sim.network import CareNetwork
from sim.results.store import prepare_folder, write_together

ENDING = ".csv"


def write_log(network: CareNetwork, out: Path, seed: int, warm_up: float | None, run: float | None) -> None:
    """Run the first replication and write its event log; what is None is as the network's file says."""
    settings = network.settings
    folder = prepare_folder(out.absolute().parent)
    length = settings.run if run is None else run
    rows = event_log(network, seed, 0, settings.warm_up if warm_up is None else warm_up, length)
    write_together(folder, {out.name: csv_text(rows).encode()})
    tell(f"Saved in {out}: {_counted(rows)} over {length:g} {network.time_unit}.")


def not_a_log(out: Path | None) -> Iterator[Fault]:
    """What is wrong with the name of the file."""
    if out is not None and out.suffix != ENDING:
        yield Fault("", 0, "--event-log", f'"{out}"', f"must end in {ENDING}", str(out.with_suffix(ENDING)))
    if out is not None and out.is_dir():
        yield Fault("", 0, "--event-log", f'"{out}"', "is a folder; name a file in it")


def _counted(rows: tuple[Row, ...]) -> str:
    entities = len({row.entity_id for row in rows})
    return f"{counted(len(rows), 'event')} of {counted(entities, 'visit')}"
