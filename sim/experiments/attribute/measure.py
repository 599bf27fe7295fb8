"""Run what some of a plan's players do without the others, and divide the plan's change among them.

Every coalition has the same people, replication by replication, so each replication is divided by itself, and an
interval over replications says how sure each part is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.attribute.parts import parts_between
from sim.experiments.attribute.players import Player, Switchboard, by_family, by_part
from sim.experiments.attribute.shapley import members, orders, prefixes, sampled, shapley
from sim.experiments.many import REMEMBERED, Outcome, run_many
from sim.experiments.question import Resolved
from sim.experiments.refusals import not_alike, too_few
from sim.experiments.replicate import Way
from sim.experiments.told import Told
from sim.inputs import Fault, raise_any
from sim.results.measures import KEY_SERIES, measure_of
from sim.results.statistics import LEVEL, ROUNDING, Interval, Paired, half_width, interval, paired
from sim.system import Memory

FloatArray = NDArray[np.float64]
By = Literal["family", "lever"]
BYS: tuple[By, ...] = get_args(By)

EXACT_UP_TO = 6
"""Players of whom every coalition is run; of more, sampled orders."""

USUAL_PAIRS = 8
PAIRS = (2, 500)


@dataclass(frozen=True, slots=True, repr=False)
class Attribution(Told):
    """A plan's change from its baseline, divided among players; by series, in the series' own unit.

    changes      of each player, in words
    before, after    shape (replications, years)
    shares       shape (players, replications, years), adding up over players to after less before
    alone, last  the same shape: what a player does with nobody else, and what it adds to all the others; they differ
                 by what players do to each other. Empty where orders were sampled.
    pairs        of sampled orders; 0 where every coalition was run
    unsure       half of a 95 % interval for the orders that were not sampled, of the mean over replications, shape
                 (players, years); 0 where every coalition was run
    """

    baseline: Resolved
    plan: Resolved
    by: By
    players: tuple[Player, ...]
    changes: tuple[tuple[str, ...], ...]
    before: Mapping[str, FloatArray]
    after: Mapping[str, FloatArray]
    shares: Mapping[str, FloatArray]
    alone: Mapping[str, FloatArray]
    last: Mapping[str, FloatArray]
    pairs: int
    unsure: Mapping[str, FloatArray]

    @property
    def words(self) -> str:
        """What of the final year's change in delay and in money comes from where."""
        from sim.experiments.attribute.words import attribution_sentence

        return attribution_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each series, year and player, and for the whole.

        Columns: series, label, unit, financial_year, player (or "whole"), mean, low, high, verdict.
        """
        from sim.experiments.attribute.save import attribution_table

        return attribution_table(self)

    def whole(self, series: str, year: int = -1) -> Paired:
        """The plan's change in one year (0 = the first, -1 = the last), paired."""
        return paired(self.before[series][:, year], self.after[series][:, year], measure_of(series).better)

    def part(self, player: int, series: str, year: int = -1) -> Paired:
        """What one player brings of that change, as sure as replications and the orders that were sampled make it."""
        values = self._without_dust(self.shares[series][player], series)[:, year]
        orders = float(self.unsure[series][player, year])
        return paired(np.zeros_like(values), values, measure_of(series).better, besides=orders)

    def alone_and_last(self, player: int, series: str, year: int = -1) -> tuple[Interval, Interval] | None:
        """What a player does first of all, and last of all; None where orders were sampled."""
        if self.pairs:
            return None
        first, last = (self._without_dust(each[series][player], series) for each in (self.alone, self.last))
        return interval(first[:, year]), interval(last[:, year])

    def _without_dust(self, values: FloatArray, series: str) -> FloatArray:
        """Values with rounding errors taken for nothing, as differences are everywhere."""
        size = np.maximum(np.abs(self.before[series]), np.abs(self.after[series]))
        return np.where(np.abs(values) <= ROUNDING * size, 0.0, values)


def attribute(
    baseline: Resolved,
    plan: Resolved,
    by: By = "family",
    way: Way | None = None,
    *,
    pairs: int = USUAL_PAIRS,
    keep: bool = True,
    memory: Memory | None = None,
) -> Attribution:
    """Divide a plan's change among demand, flow and money, or among its single levers (Shapley values).

    baseline, plan   about the same people and years
    pairs            of random orders, where there are too many levers to run every coalition
    keep             use and fill the folder of finished replications
    memory           what runs lived through, where much the same is asked again

    Raises Faults: nothing differs, they have no pairs, too few replications, or no place can be made of a coalition.
    """
    raise_any(list(_faults(baseline, plan, pairs)))
    parts = parts_between(baseline.parameters, plan.parameters)
    raise_any([] if parts else [Fault("", 0, "plan", "it", "does nothing otherwise than the baseline")])
    players = by_family(parts) if by == "family" else by_part(parts)
    board = Switchboard(baseline.parameters, plan.parameters, players)
    drawn = () if len(players) <= EXACT_UP_TO else orders(len(players), pairs, baseline.question.seed)
    asked = _Asked(baseline, board, _coalitions(len(players), drawn))
    outcomes = run_many(asked.question, asked.count, KEY_SERIES, way, keep=keep, memory=memory or Memory(REMEMBERED))
    values = _Values(asked, outcomes)
    return _divided(baseline, plan, by, board, values, drawn)


def _faults(baseline: Resolved, plan: Resolved, pairs: int) -> Iterator[Fault]:
    yield from not_alike(baseline, [plan], "the baseline")
    yield from too_few(baseline.question.replications)
    if not PAIRS[0] <= pairs <= PAIRS[1]:
        yield Fault("", 0, "pairs", str(pairs), f"must be a whole number from {PAIRS[0]} to {PAIRS[1]}")


def _coalitions(players: int, drawn: Sequence[tuple[int, ...]]) -> list[int]:
    """Every coalition that is needed, those of few players first."""
    needed = {each for order in drawn for each in prefixes(order)} if drawn else set(range(2**players))
    return sorted(needed, key=lambda coalition: (coalition.bit_count(), coalition))


class _Asked:
    """A question for each world that some coalition makes; two that make the same world are run once."""

    def __init__(self, baseline: Resolved, board: Switchboard, coalitions: Sequence[int]) -> None:
        worlds = {coalition: board.parameters(coalition) for coalition in coalitions}
        names = {coalition: world.digest() for coalition, world in worlds.items()}
        first = {name: coalition for coalition, name in reversed(names.items())}
        distinct = sorted(first.values(), key=coalitions.index)
        self.board, self.coalition = board, distinct
        self.place = {coalition: distinct.index(first[name]) for coalition, name in names.items()}
        self._questions = [replace(baseline, parameters=worlds[coalition]) for coalition in distinct]

    @property
    def count(self) -> int:
        return len(self._questions)

    def question(self, number: int) -> Resolved:
        return self._questions[number]

    def words(self, number: int) -> str:
        """Which players are in a question."""
        return ", ".join(self.board.players[each].label for each in members(self.coalition[number])) or "the baseline"


class _Values:
    """Yearly values of every coalition, shape (replications, years); raises Faults for one that cannot be."""

    def __init__(self, asked: _Asked, outcomes: Sequence[Sequence[Outcome]]) -> None:
        raise_any([
            Fault("", 0, asked.words(number), those[0].impossible.rstrip("."), "")
            for number, those in enumerate(outcomes) if those[0].impossible
        ])  # fmt: skip
        self._asked = asked
        self._outcomes = outcomes

    @cached_property
    def series(self) -> tuple[str, ...]:
        """Key series that runs have, in their order: what was kept on disk comes back in another."""
        return tuple(series for series in KEY_SERIES if series in self._outcomes[0][0].years)

    def of(self, series: str, coalition: int) -> FloatArray:
        return np.stack([each.years[series] for each in self._outcomes[self._asked.place[coalition]]])


def _divided(
    baseline: Resolved, plan: Resolved, by: By, board: Switchboard, values: _Values, drawn: Sequence[tuple[int, ...]]
) -> Attribution:
    players, everybody = len(board.players), 2 ** len(board.players) - 1
    shares, unsure = {}, {}
    for series in values.series:
        shares[series], unsure[series] = _shares(values, series, players, drawn)
    singles = [] if drawn else [1 << player for player in range(players)]
    changes = tuple(tuple(line for part in each.parts for line in board.describe(part)) for each in board.players)

    def marginal(series: str, before: int, after: int) -> FloatArray:
        return values.of(series, after) - values.of(series, before)

    return Attribution(
        baseline, plan, by, board.players, changes,
        before={series: values.of(series, 0) for series in values.series},
        after={series: values.of(series, everybody) for series in values.series},
        shares=shares,
        alone={series: np.array([marginal(series, 0, each) for each in singles]) for series in values.series},
        last={series: np.array([marginal(series, everybody ^ each, everybody) for each in singles])
              for series in values.series},
        pairs=len(drawn) // 2,
        unsure=unsure,
    )  # fmt: skip


def _shares(
    values: _Values, series: str, players: int, drawn: Sequence[tuple[int, ...]]
) -> tuple[FloatArray, FloatArray]:
    """Shapley values of each replication and year, and how unsure their means are for want of orders."""

    def value(coalition: int) -> FloatArray:
        return values.of(series, coalition)

    if not drawn:
        found = shapley(value, players)
        return found, np.zeros((players, found.shape[-1]))
    pairs = sampled(value, drawn)
    means = pairs.mean(axis=2)
    return pairs.mean(axis=0), np.apply_along_axis(half_width, 0, means, LEVEL)
