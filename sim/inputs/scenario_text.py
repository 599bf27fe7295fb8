"""A scenario as text: the YAML that `load_scenario` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from sim.inputs.faults import Fault, Faults

NOT_PRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Signs that YAML would not read back, or not as themselves."""


def scenario_text(
    title: str,
    why: str,
    change: Mapping[str, float | str],
    builds_on: Sequence[str] = (),
    asked: Mapping[str, int | str] | None = None,
    head: Sequence[str] = (),
    phases: Sequence[tuple[str, Mapping[str, float | str]]] = (),
) -> str:
    """A scenario file; the same scenario gives the same text. Raises Faults when a number is not finite.

    asked   what it was kept with, by name: see `Scenario`
    head    lines of comment above it
    phases  what holds from a month on, such as "2018-04", in order
    """
    return "\n".join(
        [
            *(f"# {' '.join(line.split())}" for line in head),
            f"title: {_quoted(title)}",
            f"why: {_quoted(why)}",
            *([f"builds_on: [{', '.join(map(_quoted, builds_on))}]"] if builds_on else []),
            *_block("change", change),
            *_phases(phases),
            *_block("asked", asked or {}),
            "",
        ]
    )


def _phases(phases: Sequence[tuple[str, Mapping[str, float | str]]]) -> Iterator[str]:
    if phases:
        yield "phases:"
    for month, change in phases:
        yield f"  - from: {_quoted(month)}"
        yield from (f"    {line}" for line in _block("change", change))


def _block(name: str, values: Mapping[str, float | str]) -> Iterator[str]:
    if values:
        yield f"{name}:"
    for path, value in values.items():
        yield f"  {path}: {_written(path, value)}"


def _written(path: str, value: float | str) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if not isfinite(value):
        raise Faults([Fault("", 0, path, str(value), "is not a finite number")])
    return repr(value)


def _quoted(text: str) -> str:
    """A text between quotation marks, whatever it holds, on one line."""
    return NOT_PRINTED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
