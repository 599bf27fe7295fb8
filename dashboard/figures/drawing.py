"""Drawings as SVG: texts, boxes and curves; colours are left to the style sheet, by class."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

Point = tuple[float, float]
HEAD = 6
"""Units of the head of an arrow."""


def drawing(width: float, height: float, says: str, kind: str) -> Element:
    """An empty drawing that scales to its frame.

    says   what it is, for those who do not see it
    """
    box = f"0 0 {number(width)} {number(height)}"
    svg = Element("svg", {"viewBox": box, "class": kind, "role": "group", "aria-label": says})
    heads = SubElement(svg, "defs")
    head = SubElement(
        heads,
        "marker",
        {"id": f"{kind}-head", "viewBox": "0 0 6 6", "refX": "5", "refY": "3", "orient": "auto"}
        | {"markerUnits": "userSpaceOnUse", "markerWidth": str(HEAD), "markerHeight": str(HEAD), "class": "way-head"},
    )
    SubElement(head, "path", {"d": "M0,0 6,3 0,6z"})
    return svg


def part(parent: Element, kind: str, **attributes: str) -> Element:
    """A group of things that belong together; a trailing underscore of an attribute's name is left away."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return SubElement(parent, "g", {"class": kind, **named})


def box(parent: Element, at: Sequence[float], kind: str, round_: float = 4) -> Element:
    """A rectangle: left, top, width, height."""
    names = ("x", "y", "width", "height")
    sides = {name: number(value) for name, value in zip(names, at, strict=True)}
    return SubElement(parent, "rect", {**sides, "rx": number(round_), "class": kind})


def text(parent: Element, at: Point, words: str, kind: str, anchor: str = "start") -> Element:
    """A line of text on its baseline."""
    found = SubElement(parent, "text", {"x": number(at[0]), "y": number(at[1]), "class": kind, "text-anchor": anchor})
    found.text = words
    return found


def curve(points: Sequence[Point]) -> str:
    """A path that leaves and reaches every point level, from left to right."""
    begin, *rest = points
    path, (x, y) = [f"M{number(begin[0])},{number(begin[1])}"], begin
    for to_x, to_y in rest:
        middle = (x + to_x) / 2
        if y == to_y:
            path.append(f"H{number(to_x)}")
        else:
            path.append(f"C{number(middle)},{number(y)} {number(middle)},{number(to_y)} {number(to_x)},{number(to_y)}")
        x, y = to_x, to_y
    return "".join(path)


def number(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")
