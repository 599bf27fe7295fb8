"""A network with changes laid over its file: the same checks, with faults where the changes are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from sim.inputs.document import Document, Steps
from sim.inputs.faults import Fault, Faults, nearest, raise_any
from sim.network.load import network_from_document
from sim.network.model import CareNetwork


@dataclass(frozen=True, slots=True)
class Change:
    """One new value in a network file.

    path    keys from the top of the file, joined by dots, such as stations.ward.places
    value   what stands there now: a number, a word, a list or a whole part
    file    where the change is written, and `line`
    """

    path: str
    value: Any
    file: str
    line: int

    @property
    def steps(self) -> Steps:
        """The keys of the path."""
        return tuple(self.path.split("."))


def varied(base: Document, changes: Sequence[Change], title: str, file: str, line: int) -> CareNetwork:
    """The network of a file after changes, in their order; the file by itself must be in order.

    title        what the changes together are called, `file` and `line` where they are written

    Raises Faults: those of a change where it is written, those of all together at `line`.
    """
    data = deepcopy(base.data)
    raise_any([fault for change in changes for fault in _laid_over(data, change)])
    lines = dict.fromkeys(_paths(data), line)
    for change in changes:
        lines |= dict.fromkeys((path for path in lines if path[: len(change.steps)] == change.steps), change.line)
    try:
        return network_from_document(Document(file, data, lines), data)
    except Faults as error:
        raise Faults(replace(fault, name=f"{title}: {fault.name}") for fault in error.faults) from error


def _laid_over(data: dict[str, Any], change: Change) -> Iterator[Fault]:
    """Put the new value in its place; every key before the last must be there, the last may be new."""
    part: Any = data
    *before, last = change.steps
    for place, step in enumerate(before):
        if not isinstance(part, dict) or step not in part:
            rule = "is not in the network" + (f" under {'.'.join(map(str, before[:place]))}" if place else "")
            close = nearest(step, part) if isinstance(part, dict) else None
            yield Fault(change.file, change.line, change.path, f'"{step}"', rule, close)
            return
        part = part[step]
    if isinstance(part, dict):
        part[last] = deepcopy(change.value)
    else:
        yield Fault(change.file, change.line, change.path, f'"{before[-1]}"', f'holds no keys, so no "{last}"')


def _paths(data: Any, path: Steps = ()) -> Iterator[Steps]:
    """Every path in some data."""
    yield path
    parts = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield from _paths(part, (*path, key))
