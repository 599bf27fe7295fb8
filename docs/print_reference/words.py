"""Words, numbers and tables of the printed pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

PRINTED = "*Printed by `make docs` from the data of the model. Do not edit: change the data and print it anew.*"


def number(value: float) -> str:
    """A number to six significant figures."""
    return f"{value:,.6g}"


def span(low: float, high: float) -> str:
    return f"{number(low)} to {number(high)}"


def source_link(name: str) -> str:
    return f"[{name}](sources.md#{name})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(one_line(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def one_line(text: str) -> str:
    return " ".join(text.split())


def listed(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
