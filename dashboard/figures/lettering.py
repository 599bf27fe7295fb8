"""How wide words are before they are drawn, so that they stay inside their box whatever the language and the font."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dashboard.figures.drawing import number

EM = 1000
WIDTHS: Mapping[int, str] = {
    222: "ijl'\u2019|",
    278: " !,./:;I[]ft",
    333: "()-r\u201c\u201d",
    500: "Jckvsxyz",
    584: "+<=>\u2212",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
}
"""Widths of signs in Arial, in thousandths of the letters' size; all others are as wide as a digit."""

USUAL = 556
BOLDER = 1.1
"""How much wider bold letters are."""

SPARE = 0.9
"""Share of the room up to which words stay as the font has them: another font than Arial may be so much wider."""

_OF = {sign: width for width, signs in WIDTHS.items() for sign in signs}


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one kind, in units of the drawing; the style sheet must say the same."""

    size: float
    bold: bool = False

    def width(self, words: str) -> float:
        """Units that words take on one line."""
        ems = sum(_OF.get(sign, USUAL) for sign in words) / EM
        return ems * self.size * (BOLDER if self.bold else 1.0)

    def fit(self, element: Element, room: float) -> Element:
        """Have a line of text take no more than its room, its letters drawn closer where they must be."""
        long = self.width(element.text or "")
        if long > SPARE * room:
            element.set("textLength", number(min(long, room)))
            element.set("lengthAdjust", "spacingAndGlyphs")
        return element

    def wrapped(self, lines: Sequence[str], room: float, most: int) -> list[str]:
        """Lines broken between words where they are too long, first come first served, in so many rows at most."""
        found: list[str] = []
        for left, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
            found += self._rows(line.split(" "), room, max(1, most - len(found) - left))
        return found

    def _rows(self, words: Sequence[str], room: float, most: int) -> list[str]:
        rows = [words[0]]
        for word in words[1:]:
            longer = f"{rows[-1]} {word}"
            if self.width(longer) <= room or len(rows) == most:
                rows[-1] = longer
            else:
                rows.append(word)
        return rows
