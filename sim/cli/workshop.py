"""upstream workshop: check a workshop's file, replay a session that was exported, print expected results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.leaving import ends_well
from sim.cli.page import markdown, show
from sim.cli.screen import counted, say, way_of_running
from sim.cli.workshop_page import blocks, introduction, start
from sim.experiments.identity import version
from sim.inputs import Fault, Faults
from sim.workshop import (
    RefusedError,
    RoundResults,
    TeamRound,
    Template,
    expected_session,
    load_template,
    read_export,
    replay,
    results_bytes,
)
from sim.workshop.expected import expected as run_expected
from sim.workshop.expected import first_year

SUFFIX = ".json"
"""Of an exported session; workshops are written in YAML."""

workshop = typer.Typer(
    no_args_is_help=True,
    help="Teaching workshops: check a file, replay a session that was exported, print what is expected of a ready one.",
)


@workshop.command()
@ends_well
def check(
    file: Annotated[str, typer.Argument(help="A workshop file, an exported session, or the name of a ready workshop.")],
) -> None:
    """Check a workshop or a session without running anything, and report every fault at once.

    Example: upstream workshop check my_workshop.yaml
    """
    say(_checked(file))


@workshop.command(name="replay")
@ends_well
def replay_(
    file: Annotated[Path, typer.Argument(help="A session that was exported.")],
    workers: options.Workers = None,
    quiet: options.Quiet = False,
) -> None:
    """Play an exported session again, without people: its results, as JSON.

    The same session gives the same bytes, on any number of threads, on every machine with this version.

    Example: upstream workshop replay session.json
    """
    with way_of_running(options.cores(workers), quiet, "replications") as way:
        found = replay(read_export(file), way)
    say(results_bytes(found).decode().rstrip("\n"))


@workshop.command()
@ends_well
def expected(
    template: Annotated[str, typer.Argument(help="The name of a ready workshop, or a file.")],
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    quiet: options.Quiet = False,
) -> None:
    """Play a ready workshop's own plays, each as a team, and tell what comes out of every round.

    Example: upstream workshop expected beds_or_packages
    """
    ready = load_template(template)
    _session(ready)
    with way_of_running(options.cores(workers), quiet, "replications") as way:
        _, results = run_expected(ready, way)
        begins = None if json else first_year(ready, way)
    _tell(ready, begins, results, page)


def _tell(ready: Template, begins: TeamRound | None, results: list[RoundResults], page: bool) -> None:
    """As a page or as tables; as JSON where nothing is told of where teams start."""
    if begins is None:
        say(results_bytes(results).decode().rstrip("\n"))
        return
    told = (*introduction(ready), start(begins), *blocks(ready, results))
    if page:
        command = f"Printed by `upstream workshop expected {ready.name} --markdown`, version {version()}."
        say(markdown(f"Expected results: {ready.title}", command, told))
    else:
        show(told)


def _checked(file: str) -> str:
    """What was checked, in a sentence; raises Faults."""
    if file.endswith(SUFFIX):
        export = read_export(Path(file))
        try:
            state = export.session().state
        except RefusedError as error:
            raise Faults([Fault(file, 0, "the log", str(error).rstrip("."), "")]) from error
        teams, seats = counted(len(state.teams), "team"), counted(len(state.seats), "seat")
        return f"{file}: a session of {export.template.title} with {teams} and {seats}. No fault."
    ready = load_template(file)
    _session(ready)
    rounds, plays = counted(len(ready.rounds), "round"), counted(len(ready.plays), "play")
    return f"{file}: a workshop, {ready.title}, of {rounds}, with {plays}. No fault."


def _session(ready: Template) -> None:
    """Act the plays out; raises Faults when one does what its workshop does not allow."""
    try:
        expected_session(ready)
    except RefusedError as error:
        raise Faults([Fault(ready.name, 0, "plays", str(error).rstrip("."), "")]) from error
