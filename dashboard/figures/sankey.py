"""Streams from node to node in fixed columns, in a fixed order: nodes and links in, plain-dict figure out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.figures.palette import Palette, palette_of, see_through
from dashboard.theme import FONT, TEXT_SIZE, Theme
from dashboard.wording.language import _

HEIGHT, TALL = 350, 560
"""Of the frame in pixels, in a usual window and in a tall one; the style sheet has the same. Nodes stand by it."""

MARGIN = 10
PAD = 18
"""Pixels between nodes of a column, so that their labels find room."""

THICKNESS = 15
EDGE = 1e-3
"""Nearest to the edge: the library takes a position of exactly 0 for none."""

Change = Literal["more", "less", "same", ""]


@dataclass(frozen=True, slots=True)
class Node:
    """A place of people or money: `across` of the width; nodes of a column stand in the order they are given."""

    id: str
    label: str
    across: float
    colour: str


@dataclass(frozen=True, slots=True)
class Link:
    """A stream from one node to another.

    width    how broad it is drawn, 0 or more
    words    what is read where a pointer rests
    change   where differences are drawn: more, less, or no more than chance may bring
    """

    source: str
    target: str
    width: float
    words: str
    change: Change = ""


def sankey(
    nodes: Sequence[Node], links: Sequence[Link], labels: Mapping[str, str], theme: Theme, *, tall: bool = False
) -> dict[str, Any]:
    """The figure; nodes without a stream are left out.

    labels   what stands beside each node, by its id
    """
    streams = [link for link in links if link.width > 0]
    used = {end for link in streams for end in (link.source, link.target)}
    shown = [node for node in nodes if node.id in used]
    at = {node.id: index for index, node in enumerate(shown)}
    down = positions(shown, streams, (TALL if tall else HEIGHT) - 2 * MARGIN)
    palette = palette_of(theme)
    plain = any(link.change for link in streams)
    colours = {node.id: palette.node("other" if plain else node.colour) for node in nodes}
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": [labels[node.id] for node in shown],
            "color": [colours[node.id] for node in shown],
            "customdata": [_(node.label) for node in shown],
            "x": [_inside(node.across) for node in shown],
            "y": down,
            "pad": PAD,
            "thickness": THICKNESS,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [at[link.source] for link in streams],
            "target": [at[link.target] for link in streams],
            "value": [link.width for link in streams],
            "color": [_link_colour(link, colours, palette) for link in streams],
            "customdata": [link.words for link in streams],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {"family": FONT, "size": TEXT_SIZE, "color": theme.text, "shadow": _halo(theme)},
    }
    return {"data": [trace] if streams else [], "layout": _layout(theme, is_empty=not streams)}


def _link_colour(link: Link, colours: Mapping[str, str], palette: Palette) -> str:
    return palette.change(link.change) if link.change else see_through(colours[link.source])


def positions(nodes: Sequence[Node], links: Sequence[Link], room: float) -> list[float]:
    """Middles of the nodes as shares of the height; every column is centred, in the order given.

    The library works out for itself how high a node is, from layers of its own; the same is done here.
    room   pixels there are
    """
    size = {node.id: _size(node.id, links) for node in nodes}
    pad, scale = _scale(size, links, room)
    down = dict.fromkeys(size, 0.0)
    for column in {node.across for node in nodes}:
        own = [node.id for node in nodes if node.across == column]
        top = (room - sum(size[name] for name in own) * scale - (len(own) - 1) * pad) / 2
        for name in own:
            down[name] = (top + size[name] * scale / 2) / room
            top += size[name] * scale + pad
    return [_inside(each) for each in down.values()]


def _inside(share: float) -> float:
    return min(max(share, EDGE), 1 - EDGE)


def _size(name: str, links: Sequence[Link]) -> float:
    """What goes in or what comes out, whichever is more: people may stay, or have been there before."""
    into = sum(link.width for link in links if link.target == name)
    return max(into, sum(link.width for link in links if link.source == name))


def _scale(size: Mapping[str, float], links: Sequence[Link], room: float) -> tuple[float, float]:
    """Pixels between nodes, and for each unit of width, so that the fullest layer just fits."""
    layers: dict[int, list[float]] = {}
    depth = _depths(size, links)
    last = max(depth.values(), default=0)
    sources = {link.source for link in links}
    for name, value in size.items():
        layers.setdefault(depth[name] if name in sources else last, []).append(value)
    most = max((len(layer) for layer in layers.values()), default=1)
    pad = min(PAD, room / max(most - 1, 1))
    scales = [(room - (len(layer) - 1) * pad) / sum(layer) for layer in layers.values() if sum(layer) > 0]
    return pad, min(scales, default=1.0)


def _depths(size: Mapping[str, float], links: Sequence[Link]) -> dict[str, int]:
    """The longest way to each node; streams never go round."""
    depth = dict.fromkeys(size, 0)
    for _round in size:
        for link in links:
            depth[link.target] = max(depth[link.target], depth[link.source] + 1)
    return depth


def _halo(theme: Theme) -> str:
    """A thin edge in the colour of the ground, by which labels are read on top of streams."""
    return ", ".join(f"{x}px {y}px 2px {theme.ground}" for x in (-1, 1) for y in (-1, 1))


def _layout(theme: Theme, *, is_empty: bool) -> dict[str, Any]:
    nothing = {
        "text": _("No difference to draw"),
        "x": 1 / 2,
        "y": 1 / 2,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": TEXT_SIZE + 2},
    }
    return {
        "autosize": True,
        "margin": {"l": 4, "r": 4, "t": MARGIN, "b": MARGIN},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
        "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text}, "bgcolor": theme.ground},
        "annotations": [nothing] if is_empty else [],
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
    }
