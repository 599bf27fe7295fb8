"""A whole session as one file, and its results as bytes that are the same wherever it is replayed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isnan
from pathlib import Path
from typing import Any

from sim.experiments.identity import version
from sim.experiments.replicate import Way
from sim.inputs import Fault, Faults, read_yaml
from sim.inputs.document import read_yaml_text, shown
from sim.results.store import json_bytes
from sim.system import Memory
from sim.workshop.acts import Record, record_from
from sim.workshop.fold import RefusedError, Session, replayed
from sim.workshop.results import RoundResults
from sim.workshop.rounds import REMEMBERED, run_round
from sim.workshop.template import Template
from sim.workshop.template_file import read_template

FORM = "upstream workshop session "
FORMAT = f"{FORM}2"
"""Of the first form nobody closed the door, and teams that everybody had left were played."""


@dataclass(frozen=True, slots=True)
class Export:
    """A session that left the room.

    text   of the workshop's file, so that a session outlives changes of it
    log    every act that was allowed, in order
    """

    name: str
    text: str
    log: tuple[Record, ...]

    @property
    def template(self) -> Template:
        """The workshop that was played. Raises Faults."""
        return read_template(read_yaml_text(self.text, f"{self.name}.yaml"), self.name)

    def session(self) -> Session:
        """The session as it stood at the end. Raises Faults, and RefusedError for an act that is not allowed."""
        return replayed(self.template, self.log)


def export_bytes(export: Export) -> bytes:
    """A session as a file."""
    log = [record.plain() for record in export.log]
    return json_bytes({"format": FORMAT, "workshop": export.name, "text": export.text, "log": log})


def read_export(path: Path) -> Export:
    """A session from a file. Raises Faults: all lines of the log that are no acts, at once."""
    name = shown(path)
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise Faults([Fault(name, 0, "", "the file", f"cannot be read: {error.strerror}")]) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Faults([Fault(name, 0, "", "the file", "is no session: it is not JSON")]) from error
    return _export(found, name)


def _export(found: Any, name: str) -> Export:
    told = found.get("format") if isinstance(found, dict) else None
    if told != FORMAT and str(told).startswith(FORM):
        rule = "was made by another version of Upstream, and only that one replays it"
        raise Faults([Fault(name, 0, "", f'"{told}"', rule)])
    if told != FORMAT or not isinstance(found.get("text"), str) or not isinstance(found.get("log"), list):
        raise Faults([Fault(name, 0, "", "the file", "is no exported session of a workshop")])
    log, faults = list[Record](), list[Fault]()
    for number, plain in enumerate(found["log"], 1):
        try:
            log.append(record_from(plain if isinstance(plain, dict) else {}))
        except ValueError as error:
            faults.append(Fault(name, 0, f"act {number}", str(error).rstrip("."), ""))
    if faults:
        raise Faults(faults)
    return Export(str(found.get("workshop", "session")), found["text"], tuple(log))


def text_of(path: Path) -> str:
    """The text of a workshop's file, once it was found to be one. Raises Faults."""
    read_template(read_yaml(path), path.stem)
    return path.read_text(encoding="utf-8")


def replay(export: Export, way: Way | None = None, *, keep: bool = True) -> tuple[RoundResults, ...]:
    """The results of every round that was locked, run anew. Raises Faults."""
    try:
        state = export.session().state
    except RefusedError as error:
        raise Faults([Fault("", 0, export.name, str(error).rstrip("."), "")]) from error
    rounds = max((len(team.locked) for team in state.teams.values()), default=0)
    memory = Memory(REMEMBERED)
    return tuple(run_round(state, number, way, memory=memory, keep=keep) for number in range(rounds))


def results_document(results: Sequence[RoundResults]) -> dict[str, Any]:
    """Results as plain values: the same session gives the same, on any number of threads."""
    return {"version": version(), "rounds": [_plain(asdict(each)) for each in results]}


def results_bytes(results: Sequence[RoundResults]) -> bytes:
    """The same as bytes of JSON."""
    return json_bytes(results_document(results))


def _plain(value: Any) -> Any:
    """With what is not known as None."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and isnan(value) else value
