"""What a system-dynamics model is made of: stocks, flows and auxiliaries, each with its unit and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sim.dynamics.arrays import FloatArray

PURE = "dimensionless"
POUNDS = "pounds"
POUNDS_A_YEAR = "pounds/year"
YEARS = "years"
SHARE_A_YEAR = "1/year"


@dataclass(frozen=True, slots=True)
class Part:
    """One variable of the model.

    equation            of a stock, its value at the start
    points              of a graphical function, its values at 0, 1, 2 and so on of what the equation gives
    inflows, outflows   of a stock, the names of its flows
    """

    kind: Literal["stock", "flow", "aux"]
    name: str
    equation: str
    units: str
    says: str
    points: tuple[float, ...] = ()
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()


def called(*words: str) -> str:
    """A name that every tool can read: small letters, figures and underscores."""
    plain = "_".join(words).lower().replace("+", "_plus")
    return re.sub(r"[^a-z0-9]+", "_", plain)


def written(value: float) -> str:
    """A number with every digit, so that it is read back as it was."""
    return repr(float(value))


def constant(name: str, value: float, units: str, says: str) -> Part:
    """A number that stays as it is."""
    return Part("aux", name, written(value), units, says)


def auxiliary(name: str, equation: str, units: str, says: str) -> Part:
    """What follows at once from other variables."""
    return Part("aux", name, equation, units, says)


def flow(name: str, equation: str, units: str, says: str) -> Part:
    """What a stock gains or loses in a month."""
    return Part("flow", name, equation, units, says)


def by_month(name: str, values: FloatArray, units: str, says: str) -> Part:
    """A graphical function of the month, one value for each, (T,)."""
    return Part("aux", name, "month", units, says, points=tuple(values.tolist()))


def plus(terms: Iterable[str]) -> str:
    """The sum of some terms; 0 of none."""
    return " + ".join(terms) or "0"


def times(factors: Iterable[str]) -> str:
    """The product of some factors; 1 of none."""
    return " * ".join(factors) or "1"


def divided(above: str, below: str, otherwise: str = "0") -> str:
    """One by the other; `otherwise` where what is below is not above 0."""
    return f"(IF ({below}) > 0 THEN ({above}) / ({below}) ELSE {otherwise})"
