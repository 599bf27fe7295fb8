"""A view with one large chart: its sentence, the chart, and the tables behind it."""

from __future__ import annotations

from dash import html

from dashboard import ids
from dashboard.figures.graph import graph
from dashboard.wording.language import _


def stage(name: str, title: str, unit: str, note: str) -> html.Section:
    """A view, hidden until it is looked at; what it shows comes from the server.

    title, unit, note   texts in English, marked where they are written
    """
    heading = f"heading-{name}"
    return html.Section(
        [
            html.P("", id=ids.words(name), className="story"),
            html.Div(
                [
                    html.H3([_(title), html.Span(f", {_(unit)}", className="chart-unit")], id=heading),
                    html.Div(
                        graph(ids.graph(name)),
                        className="chart-frame streams-frame",
                        role="img",
                        **{"aria-labelledby": heading, "aria-describedby": ids.words(name)},
                    ),
                    html.P(_(note), className="key"),
                ],
                className="chart-card",
            ),
            html.Div("", id=ids.behind(name), className="accounts"),
        ],
        id=ids.view(name),
        className="stage",
        **{"aria-labelledby": heading},
    )
