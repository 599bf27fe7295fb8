"""What a command has to say, as blocks: shown on the screen, or printed as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from sim.cli.screen import say, say_table
from sim.results.page import Block, Heading, Table, markdown

__all__ = ["Block", "Heading", "Table", "markdown", "show"]


def show(blocks: Iterable[Block]) -> None:
    """Blocks on the screen."""
    for block in blocks:
        if isinstance(block, Table):
            say_table(block.title, block.columns, block.rows, block.words)
        else:
            say(block if isinstance(block, str) else f"\n{block.text}\n")
