"""What is not known, as something that can be drawn: every number with a range that an answer may lean on.

A parameter kept by key is one doubt: its keys move together, each through its own range, for what makes one age or
organisation uncertain makes its neighbours uncertain too. What a plan decides is no doubt, and is held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv

from sim.inputs import Parameter, Parameters, differences, given_by_year, given_in_phases

FloatArray = NDArray[np.float64]

WEIGHT_OF_MODE = 4
"""How much likelier the value is than the ends of its range in a beta-PERT (Malcolm and others 1959)."""

NOT_OF_THE_WORLD = ("target", "run", "policy")
"""Rooms that are not drawn: what a run is judged by, how it is run, and what a place decides."""

DRAWN_ALL_THE_SAME = ("policy.share_delivered", "policy.start_delay")
"""Of what a place decides, these are hopes rather than decisions."""

HELD = ("finance.price_index", "capacity.growth", "capacity.pooling_share", "capacity.locality_people")
"""Used up on loading; two decisions; and who is simulated, which must be the same people in every draw."""

PATTERNS = ("month", "weekday")
"""Kept by these, numbers are a pattern around 1: moved together they would not be a pattern any more."""

NO_EFFECT = "evidence_grade"
EFFECT = "effect_"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One parameter that is drawn from its range.

    name, says, unit   of the parameter
    spans              low, value and high by key; the key is empty where the parameter is one number
    """

    name: str
    says: str
    unit: str
    confidence: str
    spans: Mapping[str, tuple[float, float, float]]

    def at(self, quantile: float) -> float | dict[str, float]:
        """The value, or values by key, at a quantile (0 to 1) of every key's own distribution."""
        values = {key: pert(quantile, *span) for key, span in self.spans.items()}
        return values.get("", values)


def pert(quantile: float, low: float, mode: float, high: float) -> float:
    """The quantile of a beta-PERT distribution from `low` to `high` that is likeliest at `mode`."""
    if low == high:
        return low
    return low + (high - low) * float(betaincinv(*_shape(low, mode, high), quantile))


def pert_share(value: float, low: float, mode: float, high: float) -> float:
    """How likely a beta-PERT is to lie below a value: the inverse of `pert`."""
    part = min(1.0, max(0.0, (value - low) / (high - low)))
    return float(betainc(*_shape(low, mode, high), part))


def _shape(low: float, mode: float, high: float) -> tuple[float, float]:
    return 1 + WEIGHT_OF_MODE * (mode - low) / (high - low), 1 + WEIGHT_OF_MODE * (high - mode) / (high - low)


def doubts(plans: Sequence[Parameters], base: Parameters) -> tuple[Doubt, ...]:
    """Every doubt that an answer about the plans may lean on.

    Held, and so no doubt, is what any plan sets itself, and every programme that no plan pays for.
    """
    decided = frozenset(
        path
        for plan in plans
        for path in (*differences(base, plan), *given_by_year(base, plan), *given_in_phases(base, plan))
    )
    paid = frozenset(name for plan in plans for name in _paid_for(plan))
    central = any(plan.text("policy.evidence_stance") == "central" for plan in plans)
    drawn = (each for each in base.values() if _is_doubtful(each) and _is_used(each, paid, central))
    return tuple(doubt for each in drawn if (doubt := _doubt(each, decided)).spans)


def hypercube(draws: int, dimensions: int, seed: int, batch: int = 0) -> FloatArray:
    """Quantiles strictly between 0 and 1, shape (draws, dimensions): a Latin hypercube.

    Each of so many equal slices of every range is met once (McKay, Beckman and Conover 1979).
    batch   counts hypercubes of one seed, each different
    """
    source = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, batch])))
    from scipy.stats import qmc  # it takes a second to import, and few commands need it

    found: FloatArray = qmc.LatinHypercube(dimensions, seed=source).random(draws)
    return found


def drawn(parameters: Parameters, found: Sequence[Doubt], quantiles: FloatArray) -> Parameters:
    """Parameters with every doubt at its own quantile."""
    at = zip(found, quantiles.tolist(), strict=True)
    return parameters.with_changes({doubt.name: doubt.at(quantile) for doubt, quantile in at})


def _is_doubtful(each: Parameter) -> bool:
    if each.measure.kind != "number" or each.by in PATTERNS:
        return False
    if each.name in DRAWN_ALL_THE_SAME:
        return True
    return each.name.partition(".")[0] not in NOT_OF_THE_WORLD and each.name not in HELD


def _is_used(each: Parameter, paid: frozenset[str], central: bool) -> bool:
    """Whether a run can depend on it: a programme's numbers count where it is paid for, and effects where read."""
    room, _, rest = each.name.partition(".")
    if room == "programme_overlap":
        return bool(paid)
    if room != "programme":
        return True
    programme, _, quantity = rest.partition(".")
    return programme in paid and quantity != NO_EFFECT and (central or not quantity.startswith(EFFECT))


def _paid_for(plan: Parameters) -> Iterator[str]:
    """Programmes that a plan gives money to."""
    if plan.value("policy.shift_share") > 0 and plan.value("policy.mix_prevention") > 0:
        yield from (name for name, weight in plan.by("policy.programme_mix").items() if weight > 0)


def _doubt(each: Parameter, decided: frozenset[str]) -> Doubt:
    spans = {
        key: span
        for key, span in _spans(each)
        if span[0] < span[2] and (f"{each.name}.{key}" if key else each.name) not in decided
    }
    return Doubt(each.name, each.says, each.unit, each.confidence, spans)


def _spans(each: Parameter) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Low, value and high of every key."""
    if isinstance(each.value, Mapping):
        for key, value in each.value.items():
            low, high = each.range(key)
            yield key, (low, float(value), high)
    elif not isinstance(each.value, str):
        low, high = each.range()
        yield "", (low, float(each.value), high)
