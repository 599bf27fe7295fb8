"""The one way to put a chart on the page, so that none offers to send data elsewhere."""

from __future__ import annotations

from typing import Any

from dash import dcc

from dashboard.wording.language import for_charts

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "doubleClick": False,
    "responsive": True,
    "scrollZoom": False,
    "showSendToCloud": False,
    "showTips": False,
}
"""No buttons over the chart, no link to a plotting service."""

EMPTY: dict[str, Any] = {
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "xaxis": {"visible": False},
    "yaxis": {"visible": False},
}
"""Until there is something to draw there is nothing, not axes of nothing."""


def config() -> dict[str, Any]:
    """How charts behave, in the language spoken."""
    return CONFIG | for_charts()


def graph(identity: str, figure: dict[str, Any] | None = None) -> dcc.Graph:
    """A chart that fills the space it is given."""
    return dcc.Graph(
        id=identity,
        figure=figure or {"data": [], "layout": EMPTY},
        config=config(),
        className="chart",
        responsive=True,
        animate=False,
    )
