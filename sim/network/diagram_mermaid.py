"""A diagram as Mermaid text, which many sites and editors draw by themselves.

Syntax: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sim.network.diagram import Arrow, Box, Diagram

SHAPES = {"door": ('(["', '"])'), "station": ('["', '"]'), "exit": ('("', '")')}
LINES = {"arrival": "-->", "route": "-->", "readmission": "-.->"}
HOLDING = "==>"
NEW_LINE = "<br/>"


def mermaid(drawn: Diagram) -> str:
    """The text of a flow chart from left to right; the same diagram gives the same text."""
    names = {box.id: f"{box.sort}{number}" for number, box in enumerate(drawn.boxes)}
    return "\n".join(["flowchart LR", *_boxes(drawn, names), *(_arrow(each, names) for each in drawn.arrows)]) + "\n"


def _boxes(drawn: Diagram, names: dict[str, str]) -> Iterator[str]:
    """Boxes, those of one organisation in a frame where they stand one after another."""
    for owner, boxes in groupby(drawn.boxes, lambda box: box.owner):
        if not owner:
            yield from (f"  {_box(box, names)}" for box in boxes)
            continue
        yield f'  subgraph {owner.replace(" ", "_")}_frame["{_text(owner.capitalize())}"]'
        yield from (f"    {_box(box, names)}" for box in boxes)
        yield "  end"


def _box(box: Box, names: dict[str, str]) -> str:
    first, last = SHAPES[box.sort]
    return names[box.id] + first + NEW_LINE.join(_text(each) for each in (box.label, *box.words)) + last


def _arrow(arrow: Arrow, names: dict[str, str]) -> str:
    line = HOLDING if arrow.holds else LINES[arrow.sort]
    words = NEW_LINE.join(_text(each) for each in arrow.words)
    return f"  {names[arrow.source]} {line}{f'|{chr(34)}{words}{chr(34)}|' if words else ''} {names[arrow.target]}"


def _text(words: str) -> str:
    """Words as a label: what Mermaid would read as its own is written as a number of a character."""
    return "".join(f"#{ord(each)};" if each in '"#<>&`' else each for each in words)
