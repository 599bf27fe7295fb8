"""Options that several commands share, and how they become a question."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.experiments import question
from sim.experiments.question import Question, Resolved, resolve, scenarios_of
from sim.inputs.faults import Fault, Faults, raise_any

Place = Annotated[str, typer.Argument(help='Slug, name or number of a footprint, or "england".')]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", "-s", metavar="NAME", help="A scenario or a file; several are laid on in order."),
]
Setting = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change one parameter, such as demand.admissions_growth=2; may be given several times.",
    ),
]
Years = Annotated[int, typer.Option(metavar="N", help="Years from 1 April 2016, 1 to 20.")]
Replications = Annotated[
    int | None,
    typer.Option(metavar="N", help="How often chance is replayed, 1 to 1000; 10, or with --within 200 at most."),
]
Replayed = Annotated[int, typer.Option(metavar="N", help="How often chance is replayed.")]
Within = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SERIES=HALF",
        help="As many replications as it takes: until the 95 % interval of the final year is no wider than plus and "
        "minus HALF, in the series' own unit; may be given several times.",
    ),
]
Seed = Annotated[int, typer.Option(metavar="N", help="Chooses the people; the same seed gives the same bytes.")]
Sample = Annotated[
    str,
    typer.Option(
        metavar="WHO",
        help='How many people are simulated: "usual" (everybody, three million of England), "typical" (one typical '
        'locality, scaled up), "all", or a number.',
    ),
]
Workers = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Threads; every core unless you say. Same bytes.")
]
USUAL, AT_MOST = 10, 200
"""Replications unless one says otherwise: of a fixed number, and where they stop by themselves."""

Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, and nothing else.")]
Out = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Save tables (Parquet), the answer (JSON) and a manifest here.")
]
Page = Annotated[bool, typer.Option("--markdown", help="Print this command's page of the documentation.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]


def cores(workers: int | None) -> int:
    """How many threads to use: as asked, else one for each core this process may use."""
    if workers is not None:
        return workers
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def most_replications(replications: int | None, within: Sequence[str] | None) -> int:
    """As many replications as asked for; unless asked, more when they are to stop by themselves."""
    return replications if replications is not None else AT_MOST if within else USUAL


def widths(within: Sequence[str]) -> dict[str, float]:
    """Half-widths by series, from SERIES=HALF; raises Faults."""
    return named_numbers("--within", within, "a series, an equals sign and a half-width")


def named_numbers(option: str, given: Sequence[str], rule: str) -> dict[str, float]:
    """Numbers by name, from NAME=NUMBER; raises Faults.

    rule   what each must be, in words
    """
    faults: list[Fault] = []
    found: dict[str, float] = {}
    for name, value in _pairs(option, given, rule, faults):
        try:
            found[name] = float(value)
        except ValueError:
            faults.append(Fault("", 0, option, f'"{name}={value}"', "must end in a number"))
    raise_any(faults)
    return found


def resolve_all(
    footprint: str,
    plans: Sequence[question.Scenarios],
    settings: Sequence[str] | None,
    years: int,
    replications: int,
    seed: int,
    people: str,
) -> list[Resolved]:
    """One question for each plan (scenarios by name; "a+b" lays b over a), looked up.

    Raises Faults with all that is wrong, once.
    """
    faults: list[Fault] = []
    changes = _changes(settings or (), faults)
    resolved = []
    for plan in plans:
        asked = Question(footprint, scenarios_of(plan), changes, years, replications, seed, number_or_word(people))
        try:
            resolved.append(resolve(asked))
        except Faults as error:
            faults += error.faults
    raise_any(list(dict.fromkeys(faults)))
    return resolved


def _changes(settings: Sequence[str], faults: list[Fault]) -> dict[str, float | str]:
    """Values by path, from PATH=VALUE."""
    pairs = _pairs("--set", settings, "a path, an equals sign and a value", faults)
    return {path: number_or_word(value) for path, value in pairs}


def _pairs(option: str, given: Sequence[str], rule: str, faults: list[Fault]) -> list[tuple[str, str]]:
    """Names and values on either side of an equals sign; no name twice."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            faults.append(Fault("", 0, option, f'"{text}"', f"must be {rule}"))
        elif name in found:
            faults.append(Fault("", 0, option, f'"{name}"', "is set twice"))
        else:
            found[name] = value
    return list(found.items())


def number_or_word(text: str) -> float | str:
    """A number if it is one, or the word as it is; whether there is such a word is for others to say."""
    try:
        return float(text)
    except ValueError:
        return text
