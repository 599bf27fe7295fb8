"""Options that several commands share, and how they become a question."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.experiments.question import Question, Resolved, resolve
from sim.inputs.faults import Fault, Faults, raise_any

Setting = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change one parameter, such as demand.admissions_growth=2; may be given several times.",
    ),
]
Years = Annotated[int, typer.Option(metavar="N", help="Years from 1 April 2016, 1 to 20.")]
Replications = Annotated[int, typer.Option(metavar="N", help="How often chance is replayed, 1 to 1000.")]
Seed = Annotated[int, typer.Option(metavar="N", help="Chooses the people; the same seed gives the same bytes.")]
Sample = Annotated[
    str,
    typer.Option(
        metavar="WHO",
        help='How many people are simulated: "typical" (one typical locality, scaled up), "all", or a number.',
    ),
]
Workers = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Parallel processes; every core unless you say. Same bytes.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, and nothing else.")]
Out = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Save tables (Parquet), the answer (JSON) and a manifest here.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]


def cores(workers: int | None) -> int:
    """How many processes to use: as asked, else one for each core this process may use."""
    if workers is not None:
        return workers
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def resolve_all(
    footprint: str,
    plans: Sequence[Sequence[str]],
    settings: Sequence[str] | None,
    years: int,
    replications: int,
    seed: int,
    people: str,
) -> list[Resolved]:
    """One question for each plan (scenarios by name), looked up; raises Faults with all that is wrong, once."""
    faults: list[Fault] = []
    changes = _changes(settings or (), faults)
    resolved = []
    for plan in plans:
        asked = Question(footprint, tuple(plan), changes, years, replications, seed, _number_or_word(people))
        try:
            resolved.append(resolve(asked))
        except Faults as error:
            faults += error.faults
    raise_any(list(dict.fromkeys(faults)))
    return resolved


def _changes(settings: Sequence[str], faults: list[Fault]) -> dict[str, float | str]:
    """Values by path, from PATH=VALUE."""
    changes: dict[str, float | str] = {}
    for text in settings:
        path, equals, value = (part.strip() for part in text.partition("="))
        if not (path and equals and value):
            faults.append(Fault("", 0, "--set", f'"{text}"', "must be a path, an equals sign and a value"))
        elif path in changes:
            faults.append(Fault("", 0, "--set", f'"{path}"', "is set twice"))
        else:
            changes[path] = _number_or_word(value)
    return changes


def _number_or_word(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
