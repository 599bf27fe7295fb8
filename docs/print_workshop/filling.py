"""Numbers in texts: `{level WORKSHOP ROUND PLAY SERIES}` and the like, filled from where the number stands.

Rounds are counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from docs.print_workshop.expected import RoundPage, expected, started
from docs.print_workshop.levers import workshops
from sim.inputs import Parameters, load_parameters

PERCENT = 100


def filled(text: str) -> str:
    """A text with its numbers. KeyError for a number there is none of."""
    return re.sub(r"\{(\w+) ([^{}]+)\}", lambda found: _KINDS[found[1]](*found[2].split()), text)


def _level(workshop: str, number: str, play: str, series: str) -> str:
    return _round(workshop, number).level(play, series)


def _change(workshop: str, number: str, play: str, series: str) -> str:
    return _round(workshop, number).change(play, series)


def _book(workshop: str, number: str, play: str, organisation: str, line: str) -> str:
    return _round(workshop, number).book(play, organisation, line)


def _whole(workshop: str, number: str, play: str, *column: str) -> str:
    return _round(workshop, number).whole(play, " ".join(column))


def _round(workshop: str, number: str) -> RoundPage:
    return expected(workshop)[int(number) - 1]


@cache
def _known() -> Parameters:
    return load_parameters()


def _value(path: str) -> float:
    return float(_known().value(path))


def _number(path: str) -> str:
    return f"{_value(path):,.3g}"


def _percent(path: str) -> str:
    return f"{PERCENT * _value(path):.3g} %"


def _pounds(path: str) -> str:
    return f"£{_value(path):,.0f}"


def _effect(path: str) -> str:
    """A share as percent, with its range."""
    low, high = _known().range(path)
    return f"{PERCENT * _value(path):.2g} % ({PERCENT * low:.2g} to {PERCENT * high:.2g})"


def _setting(workshop: str, path: str) -> str:
    """What a workshop sets for everybody, or what the model has where it sets nothing."""
    value = workshops()[workshop].setting.get(path)
    return f"{_value(path) if value is None else float(value):,.3g}"


def _limit(workshop: str, path: str) -> str:
    """The most that a workshop lets a lever be, in the unit shown."""
    span = workshops()[workshop].spans[path]
    return f"{span.high * span.scale:g} {span.unit.split()[0]}"


_KINDS: Mapping[str, Callable[..., str]] = {
    "start": started, "level": _level, "change": _change, "book": _book, "whole": _whole, "number": _number,
    "percent": _percent, "pounds": _pounds, "effect": _effect, "setting": _setting, "limit": _limit,
}  # fmt: skip
