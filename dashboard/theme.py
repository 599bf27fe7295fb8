"""Colours and type: Okabe-Ito for data, calm blues for the frame, the same in the page and in the charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FONT = "Arial, 'DejaVu Sans', sans-serif"
TEXT_SIZE = 12


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a chart: plan and its two bands, doing nothing, words, grid, marks, behind labels, fitted years."""

    plan: str
    band50: str
    band90: str
    baseline: str
    text: str
    grid: str
    mark: str
    ground: str
    shade: str


THEMES: Mapping[str, Theme] = {
    "light": Theme(
        plan="#0072B2",
        band50="rgba(0,114,178,0.26)",
        band90="rgba(0,114,178,0.12)",
        baseline="#5B6670",
        text="#26323B",
        grid="#E1E6EA",
        mark="#A84300",
        ground="rgba(255,255,255,0.85)",
        shade="rgba(91,102,112,0.14)",
    ),
    "dark": Theme(
        plan="#56B4E9",
        band50="rgba(86,180,233,0.30)",
        band90="rgba(86,180,233,0.15)",
        baseline="#AEB8C0",
        text="#E3E8EC",
        grid="#34424E",
        mark="#F0A35E",
        ground="rgba(27,37,46,0.85)",
        shade="rgba(174,184,192,0.16)",
    ),
}

FRAME: dict[str, Any] = {
    "fontFamily": FONT,
    "fontFamilyMonospace": "'DejaVu Sans Mono', monospace",
    "headings": {"fontFamily": FONT},
    "primaryColor": "blue",
    "respectReducedMotion": True,
    "cursorType": "pointer",
}
"""The theme of the component library."""


def theme_of(name: object) -> Theme:
    """The theme by name; anything unknown is light."""
    return THEMES.get(str(name), THEMES["light"])
