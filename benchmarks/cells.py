"""What stands in a cell of a Markdown table, and the table."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.summary import Spread


def table(headings: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table, or nothing when there are no rows."""
    lines = [" | ".join(str(cell) for cell in row) for row in rows]
    head = [str(each) for each in headings]
    ruled = [" | ".join(head), "|".join("---" for _ in head), *lines]
    return "\n".join(f"| {line} |" if "---|" not in line else f"|{line}|" for line in ruled) if lines else ""


def spread(found: Spread | None) -> str:
    """The median, and in brackets the least and the most where rounds differ."""
    if found is None:
        return "–"
    middle, least, most = (number(value) for value in (found.median, found.least, found.most))
    return middle if least == most else f"{middle} ({least}–{most})"


def number(value: float) -> str:
    """Three digits that count, and no more."""
    if abs(value) >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"
