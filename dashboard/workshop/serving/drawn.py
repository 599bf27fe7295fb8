"""The screens of a session by name, and what each is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash.development.base_component import Component

from dashboard.workshop.scene import Scene
from dashboard.workshop.screens import board, console, join, seat

PAGES: Mapping[str, Callable[[Scene, str, int], str]] = {
    "seat": seat.page, "console": console.page, "board": board.page, "join": join.page,
}  # fmt: skip
"""A whole page, of what may be seen, the form token, and the version that is shown."""
PARTS: Mapping[str, Callable[[Scene], Mapping[str, Component]]] = {
    "seat": seat.parts, "console": console.parts, "board": board.parts, "join": join.parts,
}  # fmt: skip
"""What changes, by id."""
