"""Panels of results as HTML, drawn once: until the next reveal nothing in them changes but divisions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dash import html

from dashboard.components.html_text import Ready, to_html
from dashboard.wording.language import spoken
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.board_results import results
from dashboard.workshop.screens.wall import Show

MOST_DRAWN = 48
"""Rooms and languages whose panels are kept at hand, each with those before."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Panels as HTML, and the name and short title of each."""

    shown: Ready
    ways: tuple[tuple[str, str], ...]


def results_drawn(scene: Scene, *, first: bool) -> Drawn:
    """All panels there is something for; the first of them is seen, where nothing stands before it."""
    return _drawn(_Seen(scene), first, spoken())


def panel(show: Show, *, first: bool) -> html.Section:
    """One panel; all but the first are hidden."""
    title = html.H2(show.title, id=f"title-{show.name}", className="show-title")
    named = {"data-show": show.name, "aria-labelledby": f"title-{show.name}"}
    hidden = {} if first else {"hidden": True}
    inside = html.Div(list(show.body), className="show-body")
    return html.Section([title, inside], id=f"show-{show.name}", className=f"show is-{show.name}", **named, **hidden)


class _Seen:
    """A scene that equals every other of which the same panels are drawn."""

    def __init__(self, scene: Scene) -> None:
        self.scene, view = scene, scene.view
        rounds = tuple(
            (found.number, tuple((each.headlines, each.gap, each.promises) for each in found.teams), found.won)
            for found in scene.rounds
        )
        divided = tuple((team, id(each)) for team, each in scene.splits.items())  # they live as long as the scene does
        self._key = id(scene.template), view.teams, view.plans, scene.deals, scene.undivided, divided, rounds

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Seen) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(seen: _Seen, first: bool, _language: str) -> Drawn:
    shows = results(seen.scene)
    made = [panel(each, first=first and at == 0) for at, each in enumerate(shows)]
    return Drawn(Ready(to_html(made, whole_page=True)), tuple((each.name, each.short) for each in shows))
