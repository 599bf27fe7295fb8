"""A Plotly figure that sends nothing anywhere, and how all of them look."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.theme import FONT, TEXT_SIZE, THEMES

Trace = dict[str, Any]

CONFIG: Mapping[str, Any] = {
    "displaylogo": False,
    "plotlyServerURL": "",
    "responsive": True,
    "showSendToCloud": False,
}
"""Zoom and the picture's own download stay; whatever would send the figure to a service goes."""

PAPER = {"light": "#FFFFFF", "dark": "#1B252E"}
"""A notebook has a ground of its own, and letters must be read on it."""

TOP, AROUND = 72, 56
"""Pixels above the drawing, and on its other sides."""
LETTERS = 90
"""Of a title on one line."""


class Chart(go.Figure):
    """A figure whose every way of being shown keeps it on this machine."""

    def show(self, *args: Any, **kwargs: Any) -> Any:
        """Show it, as Plotly does."""
        return super().show(*args, **_kept_here(kwargs))

    def to_html(self, *args: Any, **kwargs: Any) -> Any:
        """The figure as HTML, Plotly's script within it unless told otherwise."""
        return super().to_html(*args, **_kept_here(kwargs))

    def write_html(self, *args: Any, **kwargs: Any) -> Any:
        """Write it as a page that needs nothing else."""
        return super().write_html(*args, **_kept_here(kwargs))

    def _repr_html_(self) -> Any:
        return self._repr_mimebundle_().get("text/html") or self.to_html(full_html=False)

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> Any:
        return super()._repr_mimebundle_(*args, **_kept_here(kwargs))

    def _ipython_display_(self) -> None:
        if pio.renderers.render_on_display and pio.renderers.default:
            self.show()
        else:
            super()._ipython_display_()


def chart(title: str, data: list[Trace], layout: Mapping[str, Any], theme: str) -> Chart:
    """A figure of these traces; the layout goes over the look that all have in common."""
    return Chart({"data": data, "layout": {**_look(title, theme), **layout}})


def axis(title: str, theme: str, **more: Any) -> dict[str, Any]:
    """A straight axis with its title, its grid, and a zero that is seen."""
    own = THEMES[theme]
    found = {"title": {"text": title}, "gridcolor": own.grid, "zerolinecolor": own.baseline, "automargin": True}
    return found | more


def _look(title: str, theme: str) -> dict[str, Any]:
    own = THEMES[theme]
    return {
        "title": {
            "text": "<br>".join(wrap(title, LETTERS)),
            "x": 0,
            "pad": {"l": AROUND / 4},
            "font": {"size": TEXT_SIZE + 3},
        },
        "paper_bgcolor": PAPER[theme],
        "plot_bgcolor": PAPER[theme],
        "font": {"family": FONT, "size": TEXT_SIZE, "color": own.text},
        "margin": {"l": AROUND, "r": AROUND / 2, "t": TOP, "b": AROUND},
        "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        "hoverlabel": {"font": {"family": FONT, "color": own.text}, "bgcolor": PAPER[theme]},
    }


def _kept_here(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments with the configuration laid under whatever else is asked for."""
    return {**kwargs, "config": {**CONFIG, **(kwargs.get("config") or {})}}
