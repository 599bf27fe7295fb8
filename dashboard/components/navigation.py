"""The way from one view to another: a strip of links on every page."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard import ids
from dashboard.components.html_text import to_html
from dashboard.wording.language import _, along, mark

VIEWS = (
    ("overview", "/", mark("Overview")),
    ("flow", "/flow", mark("Flow")),
    ("money", "/money", mark("Money")),
    ("map", "/map", mark("Map")),
    ("drivers", "/drivers", mark("Drivers")),
    ("compare", "/compare", mark("Compare")),
    ("watch", "/watch", mark("Watch")),
    ("stress", "/stress-test", mark("Stress test")),
    ("takes", "/what-it-takes", mark("What it takes")),
    ("evidence", "/evidence", mark("Evidence")),
    ("prove", "/prove-it", mark("Prove it")),
    ("how", "/how-it-works", mark("How it works")),
)
"""Every view: name, address, and what it is called."""


def navigation(current: str, link: str = "") -> html.Nav:
    """Links to every view.

    link   the question of the page, which goes along so that coming back finds the levers where they were
    """
    return strip([_way(*view, current=current, link=link) for view in VIEWS])


def strip(ways: Sequence[html.A] = ()) -> html.Nav:
    """The strip, filled or to be filled: Dash looks at every component again and again, so it is not given links."""
    return html.Nav(list(ways), id=ids.VIEWS, className="views", **{"aria-label": _("Views")})


def ways_in_html() -> str:
    """The links as HTML, for the script that fills the strip."""
    return "".join(to_html(_way(*view, current="", link="")) for view in VIEWS)


def _way(name: str, address: str, title: str, *, current: str, link: str) -> html.A:
    question = along(link)
    here = {"aria-current": "page"} if name == current else {}
    return html.A(
        _(title),
        href=f"{address}?{question}" if question else address,
        className="view-link",
        **{"data-view": name},
        **here,
    )
