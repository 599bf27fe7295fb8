"""upstream dashboard: the page with the levers, in a browser."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from sim.cli.leaving import ends_well


@ends_well
def dashboard(
    host: Annotated[str | None, typer.Option(metavar="NAME", help="0.0.0.0 lets others in the room in.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, metavar="N", help="The first port to try.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    workshop: Annotated[bool, typer.Option("--workshop", help="Hold workshops in a local network.")] = False,
) -> None:
    """Open the dashboard: move levers, see what happens.

    Examples:

    upstream dashboard

    upstream dashboard --host 0.0.0.0 --port 8080 --no-browser

    upstream dashboard --workshop
    """
    wanted = [] if browser else ["--no-browser"]
    wanted += ["--workshop"] if workshop else []
    wanted += ["--host", host] if host is not None else []
    wanted += ["--port", str(port)] if port is not None else []
    # The two ways to show do not import each other: the dashboard is looked up by name, when it is wanted.
    raise typer.Exit(import_module("dashboard.__main__").main(wanted))
