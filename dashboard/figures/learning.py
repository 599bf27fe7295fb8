"""The charts of a lesson: what the network brought in, plain-dict figure out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from textwrap import wrap
from typing import Any

from dashboard.facts.learning import Chart, Drawn, Line, Worked
from dashboard.figures.axis import ticks
from dashboard.theme import FONT, TEXT_SIZE, Theme
from dashboard.wording.language import _
from dashboard.wording.learning import in_words

Trace = dict[str, Any]
ROW = 20
"""Height of a row of a forest, in pixels."""

AROUND = 70
USUAL = 250
LETTERS = 34
"""Of a name on one line of a forest."""

MANY = 6
"""Rows from which on names are cut to one line."""


def lesson_chart(chart: Chart, found: Worked, theme: Theme) -> dict[str, Any]:
    """A chart of a lesson as its file describes it."""
    layout = _look(theme)
    data = [trace for drawn in chart.series for trace in TRACES[chart.kind](chart, drawn, found.lines, theme)]
    if chart.kind == "forest":
        layout |= _forest_axes(chart, found, theme)
    elif chart.kind == "bars":
        layout |= {
            "barmode": "group",
            "bargap": 0.3,
            "xaxis": _side_by_side(chart),
            "yaxis": _upright(chart, found, theme),
        }
    else:
        layout |= {"xaxis": _flat(chart, theme), "yaxis": _upright(chart, found, theme)}
    return {"data": data, "layout": layout}


def colour_of(look: str, theme: Theme) -> str:
    """The colour of a series."""
    return {"other": theme.mark, "here": theme.mark, "dashed": theme.baseline, "faint": theme.baseline}.get(
        look, theme.plan
    )


def _lines(chart: Chart, drawn: Drawn, lines: Mapping[str, Line], theme: Theme) -> Iterator[Trace]:
    line, colour = lines[drawn.series], colour_of(drawn.look, theme)
    if drawn.look in ("points", "here"):
        yield _markers(chart, drawn, line, colour)
        return
    if line.low:
        yield _band(line, theme)
    width, dash = (1.2 if drawn.look == "faint" else 2.4), ("dash" if drawn.look == "dashed" else "solid")
    yield _named(chart, drawn, line) | {
        "type": "scatter", "mode": "lines", "line": {"color": colour, "width": width, "dash": dash},
    }  # fmt: skip


def _band(line: Line, theme: Theme) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "x": [*line.x, *reversed(line.x)], "y": [*line.high, *reversed(line.low)],
        "fill": "toself", "fillcolor": theme.band90, "line": {"width": 0}, "hoverinfo": "skip",
    }  # fmt: skip


def _points(chart: Chart, drawn: Drawn, lines: Mapping[str, Line], theme: Theme) -> Iterator[Trace]:
    yield _markers(chart, drawn, lines[drawn.series], colour_of(drawn.look, theme))


def _markers(chart: Chart, drawn: Drawn, line: Line, colour: str) -> Trace:
    symbol = {"here": "diamond", "other": "square-open"}.get(drawn.look, "circle")
    marker = {
        "color": colour,
        "size": 12 if drawn.look == "here" else 8,
        "symbol": symbol,
        "line": {"width": 2, "color": colour},
    }
    bounds = {"error_y": _bounds(line, colour)} if line.low else {}
    return (
        _named(chart, drawn, line)
        | {"type": "scatter", "mode": "markers", "marker": marker, "cliponaxis": False}
        | bounds
    )


def _bounds(line: Line, colour: str) -> Trace:
    above = [high - y for high, y in zip(line.high, line.y, strict=True)]
    below = [y - low for low, y in zip(line.low, line.y, strict=True)]
    ends = {"array": above, "arrayminus": below, "thickness": 1.5, "width": 4}
    return {"type": "data", "symmetric": False, "color": colour} | ends


def _layers(chart: Chart, drawn: Drawn, lines: Mapping[str, Line], theme: Theme) -> Iterator[Trace]:
    """One upon the other; told apart by hatching as well as by colour."""
    colour = colour_of(drawn.look, theme)
    pattern = {"shape": {"other": "/", "faint": "."}.get(drawn.look, ""), "fgcolor": colour, "size": 6, "solidity": 0.4}
    yield _named(chart, drawn, lines[drawn.series]) | {
        "type": "scatter", "mode": "lines", "stackgroup": "one", "line": {"color": colour, "width": 1.5},
        "fillcolor": theme.band50 if drawn.look == "main" else theme.shade, "fillpattern": pattern,
    }  # fmt: skip


def _bars(chart: Chart, drawn: Drawn, lines: Mapping[str, Line], theme: Theme) -> Iterator[Trace]:
    colour = colour_of(drawn.look, theme)
    hatched = {
        "pattern": {"shape": "/", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "fillmode": "replace", "size": 7}
    }
    marker = {"color": colour, "line": {"color": colour, "width": 1.5}} | (hatched if drawn.look != "main" else {})
    line = lines[drawn.series]
    texts = [_on_a_bar(chart, value) for value in line.y]
    yield _named(chart, drawn, line) | {
        "type": "bar", "marker": marker, "text": texts, "textposition": "outside", "cliponaxis": False,
        "textfont": {"color": theme.text, "size": TEXT_SIZE},
    }  # fmt: skip


def _on_a_bar(chart: Chart, value: float) -> str:
    """Pounds in thousands, since bars are narrow on a phone."""
    if chart.y.startswith("£") and abs(value) >= 10**3:
        return f"{in_words(value / 10**3, '£', 1)}k"
    return _value(chart, value)


def _forest(chart: Chart, drawn: Drawn, lines: Mapping[str, Line], theme: Theme) -> Iterator[Trace]:
    line, colour = lines[drawn.series], colour_of(drawn.look, theme)
    named = _named(chart, drawn, line)
    symbol = "circle-open" if drawn.look == "faint" else "circle"
    yield named | {
        "type": "scatter", "mode": "markers", "x": named["y"], "y": named["x"],
        "marker": {"color": colour, "size": 8, "symbol": symbol, "line": {"width": 2, "color": colour}},
        "error_x": _bounds(line, colour),
    }  # fmt: skip


TRACES: dict[str, Callable[[Chart, Drawn, Mapping[str, Line], Theme], Iterator[Trace]]] = {
    "lines": _lines,
    "points": _points,
    "layers": _layers,
    "bars": _bars,
    "forest": _forest,
}


def _named(chart: Chart, drawn: Drawn, line: Line) -> Trace:
    label = escape(_(drawn.label))
    texts = [_value(chart, value) for value in line.y]
    return {
        "x": list(line.x), "y": list(line.y), "name": label, "customdata": texts,
        "hovertemplate": f"{label}: %{{customdata}}<extra></extra>",
    }  # fmt: skip


def _value(chart: Chart, value: float) -> str:
    unit = next(
        (each for each in ("£", "%") if chart.y.startswith(each) or (chart.kind == "forest" and chart.x == each)), ""
    )
    return in_words(value, unit, chart.digits or (1 if 0 < abs(value) < 10 else 0))


def _upright(chart: Chart, found: Worked, theme: Theme) -> dict[str, Any]:
    at = ticks([0.0, *_highest(chart, found)])
    words = [_tick(chart, value, at) for value in at]
    axis = {
        "range": [at[0], at[-1] + (at[-1] - at[-2]) / 3 * (chart.kind == "bars")],
        "tickvals": at,
        "ticktext": words,
    }
    zero = {"zeroline": at[0] < 0, "zerolinecolor": theme.text, "zerolinewidth": 1}
    return axis | zero | {"gridcolor": theme.grid, "fixedrange": True, "automargin": True}


def _tick(chart: Chart, value: float, at: list[float]) -> str:
    digits = 0 if all(float(each).is_integer() for each in at) else 1
    return in_words(value, "£" if chart.y.startswith("£") else "", digits)


def _highest(chart: Chart, found: Worked) -> list[float]:
    """Every value that must lie inside the upright axis."""
    lines = [found.lines[each.series] for each in chart.series]
    if chart.kind == "layers":
        return [sum(values) for values in zip(*(line.y for line in lines), strict=True)]
    return [value for line in lines for part in (line.y, line.low, line.high) for value in part]


def _flat(chart: Chart, theme: Theme) -> dict[str, Any]:
    title = {"text": escape(_(chart.x)), "font": {"size": TEXT_SIZE}, "standoff": 4}
    return {
        "title": title,
        "gridcolor": theme.grid,
        "fixedrange": True,
        "zeroline": False,
        "automargin": True,
        "nticks": 7,
    }


def _side_by_side(chart: Chart) -> dict[str, Any]:
    names = ["<br>".join(escape(part) for part in wrap(_(each), 14)) for each in chart.ticks]
    title = {"text": escape(_(chart.x)), "font": {"size": TEXT_SIZE}, "standoff": 4} if chart.x else {}
    return {
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "fixedrange": True,
        "title": title,
        "automargin": True,
    }


def rows_of(chart: Chart, found: Worked) -> dict[int, str]:
    """The rows of a forest from the top: their place and their name."""
    if chart.ticks:
        return {at: _(each) for at, each in enumerate(chart.ticks)}
    lines = [found.lines[each.series] for each in chart.series]
    named = {int(at): _(name) for line in lines for at, name in zip(line.x, line.names, strict=True)}
    return dict(sorted(named.items()))


def _forest_axes(chart: Chart, found: Worked, theme: Theme) -> dict[str, Any]:
    rows = rows_of(chart, found)
    names = list(rows.values())
    label = _short if len(names) > MANY else _wrapped
    upright = {
        "tickvals": list(rows), "ticktext": [label(each) for each in names], "range": [len(names) - 0.5, -0.5],
        "fixedrange": True, "gridcolor": theme.grid, "zeroline": False, "automargin": True,
    }  # fmt: skip
    flat = _flat(chart, theme) | {"zeroline": True, "zerolinecolor": theme.text, "zerolinewidth": 2}
    return {"yaxis": upright, "xaxis": flat, "height": max(USUAL, AROUND + ROW * len(names)), "hovermode": "closest"}


def _short(name: str) -> str:
    first = wrap(name.split(":", maxsplit=1)[0], LETTERS) or [""]
    return escape(first[0]) + ("\u2026" if len(first) > 1 else "")


def _wrapped(name: str) -> str:
    return "<br>".join(escape(part) for part in wrap(name, 14))


def _look(theme: Theme) -> dict[str, Any]:
    return {
        "autosize": True,
        "height": USUAL,
        "showlegend": False,
        "hovermode": "x unified",
        "dragmode": False,
        "margin": {"l": 44, "r": 14, "t": 10, "b": 40, "pad": 2},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
        "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text}, "bgcolor": theme.ground},
    }
