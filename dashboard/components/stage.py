"""A view with one large chart: its sentence, the chart, and the tables behind it."""

from __future__ import annotations

from dash import html

from dashboard import ids
from dashboard.figures.graph import graph


def stage(name: str, title: str, unit: str, note: str) -> html.Section:
    """A view, hidden until it is looked at; what it shows comes from the server."""
    heading = f"heading-{name}"
    return html.Section(
        [
            html.P("", id=ids.words(name), className="story"),
            html.Div(
                [
                    html.H3([title, html.Span(f", {unit}", className="chart-unit")], id=heading),
                    html.Div(
                        graph(ids.graph(name)),
                        className="chart-frame streams-frame",
                        role="img",
                        **{"aria-labelledby": heading, "aria-describedby": ids.words(name)},
                    ),
                    html.P(note, className="key"),
                ],
                className="chart-card",
            ),
            html.Div("", id=ids.behind(name), className="accounts"),
        ],
        id=ids.view(name),
        className="stage",
        **{"aria-labelledby": heading},
    )
