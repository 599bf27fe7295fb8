"""A fit as text: the stored fit of England, and the scenario that makes a place one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from sim.inputs.calibration import Goal
from sim.inputs.fit import Fit, FittedValue, Numbers, Reached
from sim.inputs.local_targets import LocalTargets

HEAD = """\
# Written by `upstream calibrate`; not by hand. What it may move stands in free.yaml, the numbers it began from in the
# files of parameters. A fitted number is used only while the number it began from still stands there.
"""
ON = "  on: "
"""How the line with the day begins: the only one that differs between two fits of the same numbers."""


def fit_text(fit: Fit) -> str:
    """The stored fit as YAML; the same fit gives the same text."""
    return HEAD + "\n".join([*_made(fit), *_queue(fit), *_values(fit.values), *_targets(fit.targets)]) + "\n"


def without_day(text: str) -> str:
    """The text of a stored fit without the day on which it was made."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(ON))


def scenario_text(local: LocalTargets, place: str, fit: Fit, goals: Sequence[Goal], settled: bool) -> str:
    """A scenario that makes a place what its targets say, with the table of residuals above it as comments."""
    head = [
        f"# Written by `{fit.made.by}` on {fit.made.on}, from the targets in {local.file}.",
        f"# {fit.made.method}; seed {fit.made.seed}.",
        f"# Fit score {fit.score:.3g}: the root mean square of the misses, in tolerances. 0 is perfect.",
        *([] if settled else ["# The queue had not settled after the last round: take delays with caution."]),
        "#",
        *(f"# {line}" for line in _aligned(goals, fit.targets)),
    ]
    why = f"Fitted to {len(goals)} figures of {place}'s own; fit score {fit.score:.3g}."
    lines = [f"title: {_quoted(local.title)}", f"why: {_quoted(why)}", "change:"]
    lines += [f"  {name}: {_numbers(value.fitted)}" for name, value in fit.values.items()]
    return "\n".join([*head, *lines]) + "\n"


def _made(fit: Fit) -> Iterator[str]:
    yield "made:"
    yield f"  by: {fit.made.by}"
    yield f"{ON}{_quoted(fit.made.on)}"
    yield f"  method: {_quoted(fit.made.method)}"
    yield f"  seed: {fit.made.seed}"
    yield f"  rounds: {fit.made.rounds}"
    yield f"  versions: {{{', '.join(f'{name}: {_quoted(each)}' for name, each in fit.made.versions.items())}}}"
    yield "# Root mean square of the residuals, in tolerances."
    yield f"score: {fit.score!r}"


def _queue(fit: Fit) -> Iterator[str]:
    yield "# Beds held because the place named is full: simulated, over the approximation of them in the equations."
    yield f"queue: {_numbers(fit.queue)}"


def _values(values: Mapping[str, FittedValue]) -> Iterator[str]:
    yield "values:"
    for name, value in values.items():
        yield f"  {name}:"
        yield f"    factor: {value.factor!r}"
        yield f"    written: {_numbers(value.written)}"
        yield f"    fitted: {_numbers(value.fitted)}"
        yield f"    serves: [{', '.join(value.serves)}]"


def _targets(targets: Mapping[str, Reached]) -> Iterator[str]:
    yield "# flow: by the traffic equations with the queue; residual: its miss, in tolerances; simulated: one by one."
    yield "targets:"
    for name, each in targets.items():
        numbers = {key: getattr(each, key) for key in ("target", "low", "high", "flow", "residual", "simulated")}
        yield f"  {name}: {_numbers(numbers)}"


def _numbers(value: Numbers | Mapping[str, float | None]) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_number(each)}" for key, each in value.items()) + "}"
    return _number(value)


def _number(value: float | None) -> str:
    return "null" if value is None else repr(value)


def _quoted(text: str) -> str:
    """A text as YAML reads it whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)


def _aligned(goals: Sequence[Goal], targets: Mapping[str, Reached]) -> list[str]:
    """A table of what was wanted and what came out."""
    rows: list[tuple[str, ...]] = [
        ("target", "wanted", "low", "high", "fitted", "simulated", "missed by", "source"),
    ]
    for goal in goals:
        each = targets[goal.name]
        shown = [_short(number) for number in (goal.value, goal.low, goal.high, each.flow, each.simulated)]
        rows.append((goal.name, *shown, _missed(each.residual), " ".join(goal.source.split())))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"


def _missed(residual: float | None) -> str:
    return "not fitted" if residual is None else f"{round(residual, 2) + 0.0:+.2f}"
