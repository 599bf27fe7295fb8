"""The way from one view to another, in the bar of every page."""

from __future__ import annotations

from dash import html

VIEWS = (
    ("overview", "/", "Overview"),
    ("flow", "/flow", "Flow"),
    ("money", "/money", "Money"),
    ("prove", "/prove-it", "Prove it"),
)
"""Every view: name, address, and what it is called."""


def navigation(current: str, link: str = "") -> html.Nav:
    """Links to every view.

    link   the question of the page, which goes along so that coming back finds the levers where they were
    """
    return html.Nav([_way(*view, current=current, link=link) for view in VIEWS], **{"aria-label": "Views"})


def _way(name: str, address: str, title: str, *, current: str, link: str) -> html.A:
    here = {"aria-current": "page"} if name == current else {}
    return html.A(
        title,
        href=f"{address}?{link}" if link else address,
        className="view-link",
        **{"data-view": name},
        **here,
    )
