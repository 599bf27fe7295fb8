"""Bars of expected results: how long a bar is comes from the number beside it, which is the page's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docs.print_workshop.expected import RoundPage, expected, told_apart
from docs.print_workshop.html import minus
from sim.results.measures import measure_of
from sim.results.spoken import unit
from sim.workshop import Template

PERCENT = 100
MANY = 4
"""Plays for which bars must stand closer."""
SAME = "the same as nothing done"


def bars(template: Template, number: int, series: Sequence[str], plays: Sequence[str]) -> str:
    """Small multiples: a chart for each measure, a bar for each play, with its change and whether it can be told."""
    found = expected(template.name)[number - 1]
    kind = "charts dense" if len(plays) > MANY else "charts"
    return f'<div class="{kind}">\n' + "".join("".join(_chart(found, each, plays)) for each in series) + "</div>\n"


def _chart(found: RoundPage, series: str, plays: Sequence[str]) -> Iterator[str]:
    measure = measure_of(series)
    levels = {play: found.level(play, series) for play in plays}
    most = max(_value(each) for each in levels.values()) or 1.0
    yield f'<figure><figcaption>{measure.label} <span class="unit">{unit(measure)}</span></figcaption>\n'
    for number, (play, level) in enumerate(levels.items()):
        width, said = PERCENT * _value(level) / most, _told(found.change(play, series))
        if number == 0 and said == SAME:
            said = ""
        yield f'<div class="bar"><span class="play">{play.replace("_", " ")}</span>'
        yield f'<span class="level">{minus(level)}</span><span class="track"><i style="width:{width:.1f}%"></i></span>'
        yield f'<span class="change">{said}</span></div>\n'
    yield "</figure>\n"


def _told(change: str) -> str:
    """A change in words: none at all, too small to be told, or itself with its interval."""
    value, _, span = change.partition(" ")
    if {part.strip("()-") for part in change.replace(" to ", " ").split()} <= {"0", "0.0", "0.00"}:
        return SAME
    if not told_apart(change):
        return f"{minus(value)}, cannot be told"
    return minus(f"{value} {span}")


def _value(text: str) -> float:
    return float(text.replace(",", ""))
