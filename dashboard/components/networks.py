"""A care network as the page shows it: ways to the others, the drawing, how to read it, and its ways in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.html_text import to_html
from dashboard.components.tables import table
from dashboard.facts.networks import Network
from dashboard.figures.network import network_drawing
from dashboard.wording.language import _, along, mark

PLACE = mark("A place in England (the model behind every view)")
SORTS = {"arrival": mark("come in"), "route": mark("go on"), "readmission": mark("come back")}
ENGLISH = {"lang": "en-GB"}
"""Words of a file, which stay as they are in it."""


def chooser(names: Sequence[str], chosen: str, address: str, link: str) -> html.Nav:
    """A way to every network; the first is that of a place."""
    ways = [_way(name, name == chosen, address, link, is_place=name == names[0]) for name in names]
    return html.Nav(ways, className="net-ways", **{"aria-label": _("Networks")})


def _way(name: str, is_chosen: bool, address: str, link: str, *, is_place: bool) -> html.A:
    query = "&".join(part for part in (along(link), "" if is_place else f"network={name}") if part)
    here = {"aria-current": "true"} if is_chosen else {}
    words = _(PLACE) if is_place else name.replace("_", " ").capitalize()
    here |= {} if is_place else ENGLISH
    return html.A(words, href=f"{address}{'?' if query else ''}{query}#network", className="net-way", **here)


def network_shown(network: Network) -> list[Component]:
    """Title, what it is, drawing, legend, source and table; or what is wrong with its file."""
    title = html.H3(network.title, id="network", className="net-title", **ENGLISH)
    if network.faults:
        return [title, html.Pre(network.faults, className="case-faults")]
    says = _("{title}: {boxes} boxes and {ways} ways between them; the table below says the same in words.",
             title=network.title, boxes=len(network.boxes), ways=len(network.arrows))  # fmt: skip
    frame = html.Div(network_drawing(network, says), className="net-frame", tabIndex=0, role="region",
                     **{"aria-label": _("The drawing")})  # fmt: skip
    return [
        title,
        html.P(network.says, className="view-says", **ENGLISH),
        html.Div(frame, className="chart-card"),
        html.Ul([html.Li(line) for line in network.legend], className="net-legend", **ENGLISH),
        html.P([_("Source: "), html.Span(network.source, **ENGLISH)], className="case-source"),
        html.Details([html.Summary(_("The ways in a table")), _ways(network)], className="behind"),
    ]


def _ways(network: Network) -> html.Div:
    names = {each.id: each.label for each in network.boxes}
    body = [html.Tr([html.Th(names[source], scope="row", **ENGLISH), *cells]) for source, cells in _cells(network)]
    return table(
        _("Every way of the network"), (_("From"), _("To"), _("They"), _("How many")), body, "streams net-table"
    )


def _cells(network: Network) -> Iterator[tuple[str, list[html.Td]]]:
    names = {each.id: each.label for each in network.boxes}
    for way in network.arrows:
        held = f"; {_('held where they are if it is full')}" if way.holds else ""
        words = [html.Span(", ".join(way.words), **ENGLISH), held]
        texts = (html.Span(names[way.target], **ENGLISH), _(SORTS[way.sort]), words)
        yield way.source, [html.Td(each, className="cell-words") for each in texts]


def in_text(network: Network) -> str:
    """The drawing as SVG text."""
    return to_html(network_drawing(network, network.title))
