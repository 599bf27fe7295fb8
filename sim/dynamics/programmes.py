"""Prevention and out-of-hospital programmes: from money to people reached, to effect in force, to demand averted.

Programmes are paid for by plan, so their whole course is known before anybody comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.dynamics.arrays import FloatArray, by_age, ratio
from sim.dynamics.delays import STAGES, Delay, third_order_delay
from sim.dynamics.demand import PopulationAt
from sim.dynamics.effects import Effects, attributed, combined
from sim.inputs import AGE_BANDS, Footprint, Parameters, Programme, programmes

ACTS_ON = ("overnight", "same_day", "elective", "stay", "social_care")
"""What a programme may act on, in the order of the first axis of `strength`."""
MONTH = 1 / 12
"""Years between two steps; a shorter delay could not be told from it."""


@dataclass(frozen=True, slots=True)
class Course:
    """What programmes do in T months in a row; by month and programme, (T, P), money in pounds a year.

    effects     of all together, each (T, A)
    coverage    share of the eligible that the money reaches
    in_force    share of the eligible among whom the effect is at work, after delays and delivery
    spent       what that coverage costs
    unspent     money given that could reach nobody more
    averted     share of demand averted by each programme, (T, len(ACTS_ON), P, A), summing over P to the effects
    """

    effects: Effects
    coverage: FloatArray
    in_force: FloatArray
    spent: FloatArray
    unspent: FloatArray
    averted: FloatArray

    def averted_admissions(self, overnight: FloatArray, same_day: FloatArray) -> FloatArray:
        """Emergency admissions averted, (..., P), given those there would be by age band, each (..., A)."""
        return self._averted("overnight", overnight) + self._averted("same_day", same_day)

    def _averted(self, stream: str, admissions: FloatArray) -> FloatArray:
        shares = self.averted[..., ACTS_ON.index(stream), :, :]
        averted: FloatArray = (shares @ admissions[..., np.newaxis])[..., 0]
        return averted


@dataclass(frozen=True, slots=True)
class Programmes:
    """All programmes as arrays: P programmes in the order of `ids`, A age bands.

    strength        share averted if every eligible person were reached: eligible share times relative admission
                    rate times effect, at most 1; shape (len(ACTS_ON), P, A)
    eligible_share  P by A
    max_reach, unit_cost, displaced_share   by programme; cost in pounds for one person for one year
    overlap         factor on the combined benefit (not on harm)
    delivered       share of the planned effect that is delivered
    delivered_later   other shares, each from so many years after the start on
    start_months    months from buying coverage to its beginning (engagement, contracts)
    people          by age band, at the start
    delay           from coverage begun to effect in force
    """

    ids: tuple[str, ...]
    strength: FloatArray
    eligible_share: FloatArray
    max_reach: FloatArray
    unit_cost: FloatArray
    displaced_share: FloatArray
    overlap: float
    delivered: float
    delivered_later: tuple[tuple[float, float], ...]
    start_months: int
    people: FloatArray
    population: PopulationAt
    delay: Delay

    @classmethod
    def prepare(cls, parameters: Parameters, footprint: Footprint, population: PopulationAt) -> Programmes:
        """Programmes at the chosen evidence stance."""
        chosen = programmes(parameters)
        stance = parameters.text("policy.evidence_stance")
        lag, fade = (np.maximum(_vector(chosen, field), MONTH) for field in ("lag_years", "fade_years"))
        return cls(
            ids=tuple(each.id for each in chosen),
            strength=np.minimum(np.array([_strength(each, stance) for each in chosen]).swapaxes(0, 1), 1.0),
            eligible_share=np.array([by_age(each.eligible_share) for each in chosen]),
            max_reach=_vector(chosen, "max_reach"),
            unit_cost=_vector(chosen, "unit_cost"),
            displaced_share=_vector(chosen, "displaced_share"),
            overlap=parameters.value("programme_overlap"),
            delivered=parameters.value("policy.share_delivered"),
            delivered_later=tuple((year, float(share)) for year, share in parameters.later("policy.share_delivered")),
            start_months=round(parameters.value("policy.start_delay", unit="months")),
            people=by_age(footprint.people),
            population=population,
            delay=third_order_delay(lag, fade),
        )

    def eligible(self, years: FloatArray) -> FloatArray:
        """Eligible people by programme, (T, P), at so many years after the start, (T,)."""
        growth = np.stack([self.population(band, years) for band in AGE_BANDS], axis=-1)
        eligible: FloatArray = (self.people * growth) @ self.eligible_share.T
        return eligible

    def course(self, spending: FloatArray, years: FloatArray, price: FloatArray) -> Course:
        """What T months in a row bring, from the first on, when nothing is under way before them.

        spending   money given by month and programme, (T, P), pounds a year
        years      since the start, at the beginning of each month, (T,)
        price      of a unit, relative to the base year, (T,)
        """
        cost = self.eligible(years) * self.unit_cost * price[:, np.newaxis]
        coverage = np.minimum(self.max_reach, ratio(spending, cost))
        in_force = self._whole * self._delayed(self._started(coverage) * self._part(years)[:, np.newaxis])
        averted = attributed(self._alone(in_force), self.overlap)
        spent = coverage * cost
        unspent = np.maximum(spending - spent, 0.0)
        return Course(self._effects(averted, in_force), coverage, in_force, spent, unspent, averted)

    @property
    def _whole(self) -> float:
        """What shares delivered are relative to, so that without later ones nothing is rounded otherwise."""
        return self.delivered if self.delivered > 0 else 1.0

    def _part(self, years: FloatArray) -> FloatArray:
        """The share delivered of what is under way, relative to the whole, (T,): effects follow it by their delay."""
        delivered = np.full(years.shape, self.delivered)
        for begins, share in self.delivered_later:
            delivered = np.where(years >= begins, share, delivered)
        return delivered / self._whole

    def _started(self, coverage: FloatArray) -> FloatArray:
        """Coverage that has begun: a contract takes time to begin, none to end."""
        months = len(coverage)
        bought_then = np.concatenate((np.zeros((self.start_months, len(self.ids))), coverage))[:months]
        return np.minimum(bought_then, coverage)

    def _delayed(self, started: FloatArray) -> FloatArray:
        """Each month's coverage as far as it has come to effect by the end of the month, (T, P)."""
        delayed, stages = np.empty_like(started), np.zeros((STAGES, len(self.ids)))
        for month, goal in enumerate(started):
            stages = self.delay.after(stages, goal, MONTH)
            delayed[month] = stages[-1]
        return delayed

    def _alone(self, in_force: FloatArray) -> FloatArray:
        """Shares that each programme would avert by itself, (T, len(ACTS_ON), P, A)."""
        return self.strength * in_force[:, np.newaxis, :, np.newaxis]

    def _effects(self, averted: FloatArray, in_force: FloatArray) -> Effects:
        together = combined(self._alone(in_force), self.overlap).swapaxes(0, 1)
        saved = np.maximum(averted[:, ACTS_ON.index("overnight")], 0.0)
        return Effects(**dict(zip(ACTS_ON, together, strict=True)), displaced=self.displaced_share @ saved)


def _strength(programme: Programme, stance: str) -> FloatArray:
    """Share averted per share of the eligible reached: (len(ACTS_ON), A)."""
    exposed = by_age(programme.eligible_share) * by_age(programme.relative_admission_rate)
    on_streams = [
        [programme.effect[stream][band].at(stance) for band in AGE_BANDS]
        for stream in ("emergency_overnight", "emergency_same_day", "elective_overnight")
    ]
    alike = [[effect.at(stance)] * len(AGE_BANDS) for effect in (programme.length_of_stay, programme.social_care_need)]
    return np.array(on_streams + alike) * exposed


def _vector(chosen: Sequence[Programme], field: str) -> FloatArray:
    return np.array([getattr(each, field) for each in chosen], dtype=np.float64)
