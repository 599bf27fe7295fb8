"""A third-order delay in equations: three stocks in series, stepped by the Runge-Kutta rule of `sim.dynamics.delays`.

The rule stands in the equations, since tools step by Euler's method where books are kept: each stock's flow is the
weighted mean of four slopes, each taken a part of the step ahead.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.dynamics.delays import STAGES
from sim.experiments.xmile.parts import PURE, Part, auxiliary, flow

AHEAD = {1: "", 2: "building_step / 2", 3: "building_step / 2", 4: "building_step"}
"""How far ahead each slope is taken, along the slope before it."""


def delay_parts(name: str, goal: str, rising: str, falling: str) -> Iterator[Part]:
    """Stocks that seek a goal, with their flows and slopes.

    name              of the last stock, the delayed value, when a stage is added: name_1, name_2, ...
    goal              the variable that the first stock seeks
    rising, falling   the variables that hold the mean delay of one stock, in years
    """
    for stage in range(1, STAGES + 1):
        filling = f"filling_{name}_{stage}"
        says = f"Stock {stage} of {STAGES} between coverage and its effect: {name.replace('_', ' ')}."
        yield Part("stock", f"{name}_{stage}", "0", PURE, says, inflows=(filling,))
        weighted = " + ".join(f"{weight} * {_slope(name, number, stage)}" for number, weight in _weights())
        change = f"(1 - closing) * building_step * ({weighted}) / 6 / step_length"
        yield flow(filling, change, "1/month", f"What the stock gains, by the Runge-Kutta rule: {name}, {stage}.")
        for number in AHEAD:
            before = _level(name, number, stage - 1) if stage > 1 else goal
            here = _level(name, number, stage)
            distance = f"(({before}) - ({here})) / (IF ({before}) > ({here}) THEN {rising} ELSE {falling})"
            says = f"Slope {number} of 4 of the Runge-Kutta rule: {name}, stock {stage}."
            yield auxiliary(_slope(name, number, stage), distance, "1/year", says)


def _weights() -> tuple[tuple[int, int], ...]:
    """Slopes with their weights, which sum to 6."""
    return ((1, 1), (2, 2), (3, 2), (4, 1))


def _slope(name: str, number: int, stage: int) -> str:
    return f"slope_{number}_{name}_{stage}"


def _level(name: str, number: int, stage: int) -> str:
    """The stock where a slope is taken."""
    here = f"{name}_{stage}"
    return f"{here} + {AHEAD[number]} * {_slope(name, number - 1, stage)}" if AHEAD[number] else here
