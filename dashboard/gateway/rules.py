"""What a case expects of a figure, and how far it may be off, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from dashboard.wording.numbers import listed, sentence
from sim.experiments.cases import FigureResult
from sim.experiments.cases.case import Figure, Property
from sim.experiments.cases.judge import bounds
from sim.experiments.cases.load import WITHIN
from sim.experiments.cases.schema import Shape, ToleranceSpec

THOUSAND = 1000
HALF = Decimal("0.5")
NUMBERS = {1: "one standard error", 2: "two standard errors", 3: "three standard errors"}
PAIRED = ("judged in pairs", "each difference beyond its 95% interval")
BOUNDED = ("the bounds", "the whole 95% interval must lie inside")
SHAPES: Mapping[Shape, str] = {
    "rises": "rises from {0} to {1}",
    "falls": "falls from {0} to {1}",
    "unchanged": "the same for {0} and {1}",
    "lowest_inside": "lowest between {0} and {1}, at neither end",
    "straight_line": "a straight line from {0} to {1}",
}
"""How a quantity goes from the first network to the last."""


def readable(text: str) -> str:
    """Words of a case file for a reader: no underscores, and a capital letter to begin with."""
    return sentence(text.replace("_", " "))[:-1]


def expected(asked: Figure | Property, found: FigureResult) -> str:
    """The figure expected, thousands apart; bounds; or how a quantity goes, in words."""
    if isinstance(asked, Property):
        return _property(asked)
    value = found.value
    return f"{value:,.6g}" if value is not None and abs(value) >= THOUSAND else found.expected


def tolerance(asked: Figure | Property, found: FigureResult) -> tuple[str, str]:
    """How far it may be off, and what that is made of."""
    given = asked.spec.tolerance
    if isinstance(asked, Property):
        if asked.spec.shape not in WITHIN or given is None:
            return PAIRED
        return listed(_parts(given, None)), ""
    if found.allowed is None or given is None:
        return BOUNDED
    if not given.standard_errors and not given.relative:
        return _plain(found.allowed), ""
    return _number(found.allowed), listed(_parts(given, found.value))


def _property(asked: Property) -> str:
    ends = (each.replace("_", " ") for each in (asked.shown[0], asked.shown[-1]))
    words, spec = SHAPES[asked.spec.shape].format(*ends), asked.spec
    if spec.slope is not None:
        return f"{words}, slope {spec.slope:.6g}"
    return f"{words}; {spec.there.measure.replace('_', ' ')} there {bounds(spec.there)}" if spec.there else words


def _parts(given: ToleranceSpec, value: float | None) -> Sequence[str]:
    parts = []
    if given.standard_errors:
        errors = given.standard_errors
        parts.append(NUMBERS[int(errors)] if errors in NUMBERS else f"{errors:g} standard errors")
    if given.relative:
        parts.append(f"{100 * given.relative:g}% of the figure expected")
    if given.absolute:
        parts.append("rounding" if _is_rounding(given.absolute, value) else _plain(given.absolute))
    return parts or ["nothing"]


def _is_rounding(allowed: float, value: float | None) -> bool:
    """Whether an allowance is no more than half of the last digit written."""
    if value is None:
        return False
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return isinstance(exponent, int) and Decimal(repr(allowed)) <= HALF.scaleb(min(exponent, 0))


def _number(value: float) -> str:
    """Two significant figures, never as a power of ten."""
    return f"{Decimal(f'{value:.2g}'):,f}"


def _plain(value: float) -> str:
    return f"{Decimal(repr(value)):f}"
