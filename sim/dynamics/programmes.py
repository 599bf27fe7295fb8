"""Prevention and out-of-hospital programmes: from money to people reached, to effect in force, to demand averted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.dynamics.effects import Effects, attributed, combined
from sim.dynamics.stocks import (
    GOAL,
    STAGES,
    FloatArray,
    Model,
    integrate,
    steps_for,
    third_order_delay,
)
from sim.inputs import AGE_BANDS, Footprint, Parameters, Programme, programmes

PopulationAt = Callable[[str, float], float]
ACTS_ON = ("overnight", "same_day", "elective", "stay", "social_care")
"""What a programme may act on, in the order of the first axis of `strength`."""
MONTH = 1 / 12
"""Years between two steps; a shorter delay could not be told from it."""


@dataclass(frozen=True, slots=True)
class ProgrammeState:
    """Where every programme stands; arrays by programme, shape (P,).

    begun    coverage bought in each of the last months of the start delay, oldest first, shape (D, P)
    stages   coverage on its way to effect: the three stocks of the delay, shape (3, P)
    """

    begun: FloatArray
    stages: FloatArray


@dataclass(frozen=True, slots=True)
class ProgrammeMonth:
    """What programmes do this month; by programme (P,), money in pounds a year.

    coverage    share of the eligible that the money reaches
    in_force    share of the eligible among whom the effect is at work, after delays and delivery
    spent       what that coverage costs
    unspent     money given that could reach nobody more
    averted     share of demand averted by each programme, (len(ACTS_ON), P, A), summing over P to the effects
    """

    effects: Effects
    coverage: FloatArray
    in_force: FloatArray
    spent: FloatArray
    unspent: FloatArray
    averted: FloatArray

    def averted_admissions(self, overnight: FloatArray, same_day: FloatArray) -> FloatArray:
        """Emergency admissions averted by programme, (P,), given those there would be by age band, each (A,)."""
        parts: FloatArray = self.averted[ACTS_ON.index("overnight")] @ overnight
        return parts + self.averted[ACTS_ON.index("same_day")] @ same_day


@dataclass(frozen=True, slots=True)
class Programmes:
    """All programmes as arrays: P programmes in the order of `ids`, A age bands.

    strength        share averted if every eligible person were reached: eligible share times relative admission
                    rate times effect, at most 1; shape (len(ACTS_ON), P, A)
    eligible_share  P by A
    max_reach, unit_cost, displaced_share   by programme; cost in pounds for one person for one year
    overlap         factor on the combined benefit (not on harm)
    delivered       share of the planned effect that is delivered
    start_months    months from buying coverage to its beginning (engagement, contracts)
    people          by age band, at the start
    """

    ids: tuple[str, ...]
    strength: FloatArray
    eligible_share: FloatArray
    max_reach: FloatArray
    unit_cost: FloatArray
    displaced_share: FloatArray
    overlap: float
    delivered: float
    start_months: int
    people: FloatArray
    population: PopulationAt
    delay: Model
    steps: int

    @classmethod
    def prepare(cls, parameters: Parameters, footprint: Footprint, population: PopulationAt) -> Programmes:
        """Programmes at the chosen evidence stance."""
        chosen = programmes(parameters)
        stance = parameters.text("policy.evidence_stance")
        lag, fade = (np.maximum(_vector(chosen, field), MONTH) for field in ("lag_years", "fade_years"))
        fastest = min(lag.min(), fade.min()) / len(STAGES)
        return cls(
            ids=tuple(each.id for each in chosen),
            strength=np.minimum(np.array([_strength(each, stance) for each in chosen]).swapaxes(0, 1), 1.0),
            eligible_share=np.array([_by_age(each.eligible_share) for each in chosen]),
            max_reach=_vector(chosen, "max_reach"),
            unit_cost=_vector(chosen, "unit_cost"),
            displaced_share=_vector(chosen, "displaced_share"),
            overlap=parameters.value("programme_overlap"),
            delivered=parameters.value("policy.share_delivered"),
            start_months=round(parameters.value("policy.start_delay", unit="months")),
            people=_by_age(footprint.people),
            population=population,
            delay=third_order_delay(lag, fade),
            steps=steps_for(MONTH, fastest),
        )

    def open(self) -> ProgrammeState:
        """Nothing under way."""
        count = len(self.ids)
        return ProgrammeState(np.zeros((self.start_months, count)), np.zeros((len(STAGES), count)))

    def eligible(self, years: float) -> FloatArray:
        """Eligible people by programme, (P,), `years` after the start."""
        growth = np.array([self.population(band, years) for band in AGE_BANDS])
        eligible: FloatArray = self.eligible_share @ (self.people * growth)
        return eligible

    def full_reach_cost(self, years: float, price: float = 1.0) -> FloatArray:
        """The most that can be spent, by programme (P,), pounds a year."""
        return self.max_reach * self.eligible(years) * self.unit_cost * price

    def step(
        self, state: ProgrammeState, spending: FloatArray, years: float, price: float = 1.0
    ) -> tuple[ProgrammeState, ProgrammeMonth]:
        """One month on.

        spending   money given by programme (P,), pounds a year
        price      of a unit, relative to the base year
        """
        cost = self.eligible(years) * self.unit_cost * price
        coverage = np.minimum(self.max_reach, _ratio(spending, cost))
        begun = np.vstack([state.begun, coverage])
        started = np.minimum(begun[0], coverage)  # a contract takes time to begin, none to end
        stages = self._delayed(state.stages, started)
        in_force = self.delivered * stages[-1]
        spent = coverage * cost
        month = self._month(in_force, coverage, spent, np.maximum(spending - spent, 0.0))
        return ProgrammeState(begun[1:], stages), month

    def at_full_reach(self) -> Effects:
        """Effects once everybody who can be reached has been, for long, all delivered."""
        return self._effects(attributed(self._alone(self.max_reach), self.overlap), self.max_reach)

    def _delayed(self, stages: FloatArray, goal: FloatArray) -> FloatArray:
        levels = {GOAL: goal, **dict(zip(STAGES, stages, strict=True))}
        after = integrate(self.delay, levels, MONTH, self.steps)
        return np.array([after[stage] for stage in STAGES])

    def _month(
        self, in_force: FloatArray, coverage: FloatArray, spent: FloatArray, unspent: FloatArray
    ) -> ProgrammeMonth:
        averted = attributed(self._alone(in_force), self.overlap)
        return ProgrammeMonth(self._effects(averted, in_force), coverage, in_force, spent, unspent, averted)

    def _alone(self, in_force: FloatArray) -> FloatArray:
        return self.strength * in_force[:, np.newaxis]

    def _effects(self, averted: FloatArray, in_force: FloatArray) -> Effects:
        together = combined(self._alone(in_force), self.overlap)
        saved = np.maximum(averted[ACTS_ON.index("overnight")], 0.0)
        return Effects(**dict(zip(ACTS_ON, together, strict=True)), displaced=self.displaced_share @ saved)


def _strength(programme: Programme, stance: str) -> FloatArray:
    """Share averted per share of the eligible reached: (len(ACTS_ON), A)."""
    exposed = _by_age(programme.eligible_share) * _by_age(programme.relative_admission_rate)
    on_streams = [
        [programme.effect[stream][band].at(stance) for band in AGE_BANDS]
        for stream in ("emergency_overnight", "emergency_same_day", "elective_overnight")
    ]
    alike = [[effect.at(stance)] * len(AGE_BANDS) for effect in (programme.length_of_stay, programme.social_care_need)]
    return np.array(on_streams + alike) * exposed


def _by_age(values: Mapping[str, float]) -> FloatArray:
    return np.array([values[band] for band in AGE_BANDS])


def _vector(chosen: Sequence[Programme], field: str) -> FloatArray:
    return np.array([getattr(each, field) for each in chosen], dtype=np.float64)


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.divide(above, below, out=np.zeros_like(below), where=below > 0)
