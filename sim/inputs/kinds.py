"""Which kind of file somebody gave: a network, a published case, a scenario or the targets of a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.inputs.document import Document
from sim.inputs.faults import Fault, Faults

MARKS: Mapping[str, frozenset[str]] = {
    "network": frozenset({"stations", "groups", "exits", "for_each"}),
    "lesson": frozenset({"working", "sliders", "question"}),
    "case": frozenset({"figures", "properties", "variants", "network"}),
    "batch": frozenset({"footprints", "plans"}),
    "workshop": frozenset({"rounds", "plays", "cards"}),
    "scenario": frozenset({"change", "builds_on", "by_year", "phases"}),
    "targets": frozenset({"targets"}),
}
"""By kind, in the order in which they are told apart: keys that only this kind has at its top."""

NOUNS: Mapping[str, str] = {
    "network": "a network",
    "lesson": "a lesson",
    "case": "a case",
    "batch": "a batch",
    "workshop": "a workshop",
    "scenario": "a scenario",
    "targets": "a list of targets",
}
"""What a reader calls a file of each kind."""

USES: Mapping[str, str] = {
    "network": "run it with: upstream network {file}",
    "lesson": "it is shown by the dashboard under /learn; check it with: upstream check {file}",
    "case": "run it with: upstream validate {file}",
    "batch": "run it with: upstream batch {file}",
    "workshop": "see what is expected of it with: upstream workshop expected {file}",
    "scenario": "run it with: upstream run FOOTPRINT --scenario {file}",
    "targets": "fit to it with: upstream calibrate --targets {file}",
}
"""What to do with a file of each kind."""


def kind_of(data: Any) -> str | None:
    """The kind of file that these are the data of; None for numbers, and for what is no file of ours."""
    keys = set(data) if isinstance(data, Mapping) else set()
    return next((kind for kind, marks in MARKS.items() if keys & marks), None)


def refuse_others(document: Document, wanted: str) -> None:
    """Refuse a file that is plainly of another kind than the one wanted. Raises Faults."""
    kind = kind_of(document.data)
    if kind in (None, wanted):
        return
    use = USES[kind].format(file=document.name)
    found = f"this file is {NOUNS[kind]}, not {NOUNS[wanted]};"
    raise Faults([Fault(document.name, 1, "", found, use)])
