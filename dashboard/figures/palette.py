"""Colours of streams: Okabe-Ito by kind of place or money, blue for more and orange for less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.theme import THEMES, Theme

NODES: Mapping[str, tuple[str, str]] = {
    "outside": ("#6B7680", "#9AA5AE"),
    "hospital": ("#0072B2", "#56B4E9"),
    "community": ("#009E73", "#2BB890"),
    "social": ("#CC79A7", "#D592B8"),
    "home": ("#56B4E9", "#0072B2"),
    "died": ("#3B444B", "#C5CCD2"),
    "prevention": ("#B8A800", "#F0E442"),
    "other": ("#7A8791", "#8996A0"),
    "moved": ("#E69F00", "#E69F00"),
    "lacking": ("#D55E00", "#F0863A"),
}
"""By what a node stands for: in the light theme and in the dark."""

CHANGES: Mapping[str, str] = {
    "more": "rgba(0,114,178,0.6)",
    "less": "rgba(230,159,0,0.7)",
    "same": "rgba(128,138,146,0.35)",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme."""

    is_dark: bool

    def node(self, kind: str) -> str:
        """The colour of a node by what it stands for."""
        return NODES[kind][self.is_dark]

    def change(self, word: str) -> str:
        """The colour of a difference: more, less or the same."""
        return CHANGES[word]


def palette_of(theme: Theme) -> Palette:
    """The colours that go with a theme."""
    return Palette(is_dark=theme == THEMES["dark"])


def see_through(colour: str) -> str:
    """A colour such as #0072B2 for the streams out of its node: less than half of it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.4)"
