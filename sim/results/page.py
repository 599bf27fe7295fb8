"""What there is to say, as blocks: paragraphs, headings and tables, which become a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; so many first columns are words, set to the left."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1


Block = str | Heading | Table
"""A paragraph, a heading or a table."""


def markdown(title: str, printed: str, blocks: Iterable[Block]) -> str:
    """Blocks as a page.

    printed   how the page was made, and on which version
    """
    parts = [f"# {title}", f"*{printed}*", *(_markdown(block) for block in blocks)]
    return "\n\n".join(parts) + "\n"


def _markdown(block: Block) -> str:
    if isinstance(block, str):
        return block
    return f"## {block.text}" if isinstance(block, Heading) else f"{block.title}:\n\n{_table(block)}"


def _table(table: Table) -> str:
    rule = ["---" if index < table.words else "---:" for index in range(len(table.columns))]
    return "\n".join("| " + " | ".join(_cells(row)) + " |" for row in (table.columns, rule, *table.rows))


def _cells(row: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()).replace("|", "\\|") for cell in row]
