"""Boxes and arrows in columns from left to right, so that few arrows cross: a small layered layout.

Longest ways give the columns, long ways get a stop in every column they pass, and each column is put in the order of
what its members are tied to on either side (Sugiyama and others, IEEE Transactions on Systems, Man, and Cybernetics
1981). Heights follow: every box as near as may be to the middle of what it is tied to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8
STOPS_IN_A_GAP = 2
"""Long ways may pass that much closer to each other than boxes stand."""

Tie = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands.

    column   by box, counted from the left
    middle   height of the middle of every box
    stops    by tie that passes columns, the height of its stop in each of them, from left to right
    height   of the whole
    """

    column: Mapping[str, int]
    middle: Mapping[str, float]
    stops: Mapping[Tie, Sequence[float]]
    height: float


def layered(sizes: Mapping[str, float], ties: Collection[Tie], last: Collection[str], gap: float) -> Layout:
    """A layout of boxes of these heights.

    ties   from box to box; those that would lead back are left out of account
    last   boxes that stand in the last column
    """
    forward = _forward(sizes, ties)
    column = _columns(sizes, forward, last)
    chains = {tie: [f"{tie[0]}\0{tie[1]}\0{at}" for at in range(column[tie[0]] + 1, column[tie[1]])] for tie in forward}
    links = [pair for tie, chain in chains.items() for pair in pairwise([tie[0], *chain, tie[1]])]
    columns: list[list[str]] = [[] for _ in range(max(column.values(), default=0) + 1)]
    for name, at in column.items():
        columns[at].append(name)
    for tie, chain in chains.items():
        for at, stop in enumerate(chain, column[tie[0]] + 1):
            columns[at].append(stop)
    _order(columns, links)
    middle, height = _heights(columns, links, sizes, gap)
    stops = {tie: [middle[stop] for stop in chain] for tie, chain in chains.items() if chain}
    return Layout(column, {name: middle[name] for name in sizes}, stops, height)


def _forward(sizes: Mapping[str, float], ties: Collection[Tie]) -> list[Tie]:
    """Ties without those that close a ring, found by walking every way from every box once."""
    kept: list[Tie] = []
    done: set[str] = set()

    def walk(name: str, path: frozenset[str]) -> None:
        if name in done:
            return
        for source, target in ties:
            if source == name and target not in path and target != name:
                kept.append((source, target))
                walk(target, path | {target})
        done.add(name)

    for name in sizes:
        walk(name, frozenset({name}))
    return list(dict.fromkeys(kept))


def _columns(sizes: Mapping[str, float], ties: Collection[Tie], last: Collection[str]) -> dict[str, int]:
    """The longest way to each box; what is to stand last stands last."""
    column = dict.fromkeys(sizes, 0)
    for _ in sizes:
        for source, target in ties:
            column[target] = max(column[target], column[source] + 1)
    end = max(column.values(), default=0)
    return {name: end if name in last else at for name, at in column.items()}


def _order(columns: list[list[str]], links: Collection[Tie]) -> None:
    """Sort every column by the average place of what its members are tied to, first on the left, then on the right."""
    for sweep in range(SWEEPS):
        leftwards = bool(sweep % 2)
        for column in reversed(columns[:-1]) if leftwards else columns[1:]:
            place = {name: at / max(len(each), 1) for each in columns for at, name in enumerate(each)}
            near = _neighbours(links, backwards=not leftwards)
            wanted = {name: _mean([place[each] for each in near.get(name, [name])]) for name in column}
            column.sort(key=wanted.__getitem__)


def _neighbours(links: Collection[Tie], *, backwards: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, target in links:
        one, other = (target, source) if backwards else (source, target)
        found.setdefault(one, []).append(other)
    return found


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _heights(
    columns: Sequence[Sequence[str]], links: Collection[Tie], sizes: Mapping[str, float], gap: float
) -> tuple[dict[str, float], float]:
    """Middles of boxes and stops; nothing overlaps, and nothing is above the top."""
    near = _neighbours(links, backwards=True)
    for name, others in _neighbours(links, backwards=False).items():
        near.setdefault(name, []).extend(others)
    middle = {name: at for column in columns for name, at in _stacked(column, sizes, gap, {})}
    for _ in range(SWEEPS):
        for column in columns:
            wanted = {name: _mean([middle[each] for each in near.get(name, [name])]) for name in column}
            middle |= dict(_stacked(column, sizes, gap, wanted))
    top = min(middle[name] - sizes.get(name, 0.0) / 2 for name in middle)
    bottom = max(middle[name] + sizes.get(name, 0.0) / 2 for name in middle)
    return {name: at - top for name, at in middle.items()}, bottom - top


def _stacked(
    column: Sequence[str], sizes: Mapping[str, float], gap: float, wanted: Mapping[str, float]
) -> Iterable[tuple[str, float]]:
    """Below each other in order, each where it is wanted if there is room; then all moved to be right on average."""
    found: dict[str, float] = {}
    free, before = float("-inf"), ""
    for name in column:
        half = sizes.get(name, 0.0) / 2
        between = gap if name in sizes or before in sizes else gap / STOPS_IN_A_GAP
        least = free + between + half
        found[name] = max(least, wanted.get(name, least if found else 0.0))
        free, before = found[name] + half, name
    off = _mean([wanted[name] - found[name] for name in column]) if wanted and column else 0.0
    return [(name, at + off) for name, at in found.items()]
