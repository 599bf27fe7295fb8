"""Pictures in a notebook: a result of the model in, a Plotly figure out.

    from dashboard.notebook import plot
    from sim.experiments import ask, compare

    base, plan = (ask("devon", name, people="typical") for name in ("do_nothing", "prevention_shift"))
    plot(compare(base, plan), "delayed")

The model draws nothing, so this stands beside the page, with the page's colours. Nothing is fetched and nothing is
sent: the figure carries its own data, and no button offers to take it elsewhere. It speaks English.
"""

from __future__ import annotations

from dashboard.notebook import bars, courses, doubts, fronts, futures, places
from dashboard.notebook.chart import Chart
from dashboard.notebook.drawn import Wish, drawn
from dashboard.theme import THEMES

__all__ = ["Chart", "bars", "courses", "doubts", "fronts", "futures", "places", "plot"]


def plot(result: object, series: str = "", *, year: int = -1, theme: str = "light") -> Chart:
    """The picture of a result: it can be shown, changed and saved like any Plotly figure.

    result   a run, a comparison, a network, an attribution, a stress test, a sensitivity analysis, any search, a batch,
             uncertainty, impacts, gaps
    series   the measure, where a result holds several; unless told, the one asked for first
    year     where one year is shown: 0 is the first, -1 the last
    theme    "light" or "dark"

    Raises TypeError for what cannot be drawn, and ValueError for a series, a year or a theme that there is not.
    """
    if theme not in THEMES:
        raise ValueError(f'There is no theme "{theme}"; there are {" and ".join(THEMES)}.')
    return drawn(result, Wish(series, year, theme))
