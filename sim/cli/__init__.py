"""Show, in a terminal: run, compare, network, describe, check, dashboard."""

from sim.cli.app import main

__all__ = ["main"]
