"""The command `upstream` and its parts."""

from __future__ import annotations

import sys

import typer

from sim.cli.attribute import attribute
from sim.cli.backtest import backtest
from sim.cli.batch import batch
from sim.cli.calibrate import calibrate
from sim.cli.check import check
from sim.cli.compare import compare
from sim.cli.dashboard import dashboard
from sim.cli.describe import describe
from sim.cli.export import export
from sim.cli.gap import gap
from sim.cli.impact import impact
from sim.cli.network import network
from sim.cli.optimise import optimise
from sim.cli.review import review
from sim.cli.run import run
from sim.cli.sensitivity import sensitivity
from sim.cli.stress import stress
from sim.cli.uncertainty import uncertainty
from sim.cli.validate import validate
from sim.cli.warm_up import warm_up
from sim.cli.workshop import workshop

HELP = """Upstream: demand, flow and money in a health-and-care place.

Start with: upstream describe footprint, then upstream run NAME.
"""


def build() -> typer.Typer:
    """The commands, in the order a newcomer meets them; help is plain text where there is no terminal."""
    app = typer.Typer(
        name="upstream",
        help=HELP,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown" if sys.stdout.isatty() else None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for each in (run, compare, network):
        app.command()(each)
    app.command()(attribute)
    app.command()(uncertainty)
    app.command()(impact)
    app.command()(stress)
    app.command()(sensitivity)
    app.add_typer(optimise, name="optimise")
    app.command()(batch)
    app.add_typer(workshop, name="workshop")
    app.command()(gap)
    app.command()(backtest)
    app.command()(review)
    app.add_typer(describe, name="describe")
    app.command()(export)
    app.command()(validate)
    app.command()(check)
    app.command()(calibrate)
    app.command()(warm_up)
    app.command()(dashboard)
    return app


def main() -> None:
    """The entry point of the command line."""
    build()(prog_name="upstream")
