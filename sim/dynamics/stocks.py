"""Stocks that change only through their flows, and the one integrator that moves them.

Levels may be numbers or arrays (one element per programme or age band); time is in years. The integrator is
the classic fourth-order Runge-Kutta rule with a fixed step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Levels = Mapping[str, FloatArray]
Rate = Callable[[Levels], FloatArray]

STAGES = ("stage_1", "stage_2", "stage_3")
GOAL = "goal"
_LARGEST_STEP = 1 / 2  # of the fastest time constant: the error of one step is then below a thousandth
_ROUNDING = 1e-9
_NOTHING: FloatArray = np.zeros(())


class StockError(ValueError):
    """A model of stocks is wrong, or a stock that cannot be negative became so."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Something that accumulates; `may_be_negative` is for debts, never for people or places."""

    name: str
    may_be_negative: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """So much a year, from one stock to another; `None` is the world outside.

    rate   given the levels of all stocks, the amount a year (same shape as the stocks it joins)
    """

    source: str | None
    target: str | None
    rate: Rate


@dataclass(frozen=True, slots=True)
class Model:
    """Stocks and the flows between them; raises StockError for a flow that joins an unknown stock."""

    stocks: tuple[Stock, ...]
    flows: tuple[Flow, ...]

    def __post_init__(self) -> None:
        names = {stock.name for stock in self.stocks}
        if len(names) < len(self.stocks):
            raise StockError("Two stocks have one name.")
        for flow in self.flows:
            for end in (flow.source, flow.target):
                if end is not None and end not in names:
                    raise StockError(f"A flow joins {end!r}, which is not a stock: {', '.join(sorted(names))}.")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the stocks."""
        return tuple(stock.name for stock in self.stocks)


def integrate(model: Model, levels: Levels, span: float, steps: int) -> dict[str, FloatArray]:
    """Levels after `span` years in `steps` equal steps; raises StockError if a stock falls below zero."""
    step = span / steps
    now = {name: np.asarray(levels[name], dtype=np.float64) for name in model.names}
    for _ in range(steps):
        now = _one_step(model, now, step)
    for stock in model.stocks:
        if not stock.may_be_negative and np.any(now[stock.name] < -_ROUNDING):
            raise StockError(f"{stock.name} is {now[stock.name].min()}; it cannot be below 0.")
    return now


def steps_for(span: float, fastest: float) -> int:
    """Steps needed over `span` years when the fastest time constant is `fastest` years."""
    return max(1, ceil(span / (fastest * _LARGEST_STEP)))


def _one_step(model: Model, now: Levels, step: float) -> dict[str, FloatArray]:
    first = _change(model, now)
    second = _change(model, _moved(now, first, step / 2))
    third = _change(model, _moved(now, second, step / 2))
    fourth = _change(model, _moved(now, third, step))
    return {
        name: level + step / 6 * (first[name] + 2 * (second[name] + third[name]) + fourth[name])
        for name, level in now.items()
    }


def _change(model: Model, levels: Levels) -> dict[str, FloatArray]:
    change = dict.fromkeys(levels, _NOTHING)
    for flow in model.flows:
        amount = flow.rate(levels)
        if flow.source is not None:
            change[flow.source] = change[flow.source] - amount
        if flow.target is not None:
            change[flow.target] = change[flow.target] + amount
    return change


def _moved(levels: Levels, change: Levels, step: float) -> dict[str, FloatArray]:
    return {name: level + step * change[name] for name, level in levels.items()}


def following(leader: str, follower: str, rising: FloatArray, falling: FloatArray) -> Flow:
    """A goal-seeking flow: the follower closes its distance from the leader.

    rising, falling   mean delay in years when the leader is above, and when it is below
    """

    def rate(levels: Levels) -> FloatArray:
        distance = levels[leader] - levels[follower]
        return np.maximum(distance, 0.0) / rising + np.minimum(distance, 0.0) / falling

    return Flow(None, follower, rate)


def first_order_delay(rising: FloatArray, falling: FloatArray) -> Model:
    """One stock, STAGES[0], that follows GOAL with a mean delay in years, up and down."""
    stocks = (Stock(GOAL), Stock(STAGES[0]))
    return Model(stocks, (following(GOAL, STAGES[0], rising, falling),))


def third_order_delay(rising: FloatArray, falling: FloatArray) -> Model:
    """Three equal stocks in series behind GOAL; the last, STAGES[2], is the delayed value.

    rising, falling   mean delay in years of the whole chain, per element
    """
    chain = (GOAL, *STAGES)
    flows = tuple(
        following(leader, follower, rising / len(STAGES), falling / len(STAGES))
        for leader, follower in zip(chain, STAGES, strict=False)
    )
    return Model(tuple(Stock(name) for name in chain), flows)
