"""What the parts of `upstream optimise` have in common: their options, and how an answer leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, cast

import typer

from sim.cli import options
from sim.cli.page import Block, markdown, show
from sim.cli.screen import say, say_json, tell, way_of_running
from sim.experiments.identity import version
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.search import Answer, Limits, save_search, search_document
from sim.experiments.stress import When
from sim.inputs import Fault, Faults
from sim.inputs.limits import Limit, load_limits
from sim.results.store import prepare_folder

Footprint = Annotated[str, typer.Option("--footprint", "-f", metavar="NAME", help="Slug, name or number.")]
LimitOption = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=MOST", help="A limit and the most it may be; several times."),
]
Service = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SERIES=MOST", help="The most that any measure may be, such as waiting:home_care=500; several times."
    ),
]
LimitsFile = Annotated[Path | None, typer.Option("--limits", metavar="FILE", help="Limits of your own, in a file.")]
WhenOption = Annotated[
    str, typer.Option("--when", metavar="WHEN", help='Limits must be kept in "every" year, or in the "final" one.')
]
USUAL_REPLICATIONS = 10


def limits_of(
    plan: Resolved,
    given: Sequence[str] | None,
    service: Sequence[str] | None,
    file: Path | None,
    when: str,
    usual: Sequence[str],
) -> Limits:
    """The limits asked for: those named and stated, else the usual ones. Raises Faults with all that is wrong."""
    faults: list[Fault] = []
    chosen: Mapping[str, float] = {}
    own: Mapping[str, float] = {}
    limits: tuple[Limit, ...] = ()
    try:
        chosen = options.named_numbers("--limit", given or (), "the name of a limit, an equals sign and the most")
        limits = load_limits(file, chosen)
    except Faults as error:
        faults += error.faults
    try:
        own = options.named_numbers("--service", service or (), "a series, an equals sign and the most")
    except Faults as error:
        faults += error.faults
    if faults:
        raise Faults(faults)
    return Limits.asked(limits, chosen, own, usual, cast("When", when), plan.footprint.total)


@contextmanager
def searching(out: Path | None, workers: int | None, quiet: bool, what: str) -> Iterator[Way]:
    """Threads and progress of a search, once it is known that its answer can be saved where it should."""
    if out is not None:
        prepare_folder(out)
    with way_of_running(options.cores(workers), quiet, what) as way:
        yield way


def leave(
    found: Answer, told: Iterable[Block], title: str, command: str, *, json: bool, page: bool, out: Path | None
) -> None:
    """Save an answer if asked to, and say it: as JSON, as a page, or on the screen.

    command   that prints the page
    """
    if out is not None:
        save_search(found, out)
        tell(f"Saved in {out}.")
    if json:
        say_json(search_document(found))
    elif page:
        say(markdown(title, f"Printed by `{command} --markdown`, version {version()}.", told).rstrip("\n"))
    else:
        show(told)
