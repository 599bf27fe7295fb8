"""How the effects of programmes add up: shares averted, by age band, without promising anything twice.

Benefits of different programmes overlap, because they reach the same people; harms are counted in full. With
`a` the share of admissions that one programme averts (below zero where it causes some),

    benefit  = overlap * (1 - product over programmes of (1 - a, where a > 0))
    harm     = product over programmes of (1 - a, where a < 0)              (never below 1)
    averted  = 1 - (1 - benefit) * harm

so that with an overlap factor of 1 this is 1 - product of (1 - a), and a programme that does harm is never made
to look better by the factor that guards against promising too much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.dynamics.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Effects:
    """What all programmes together take away, by age band: relative reductions, shape (..., A); below 0 means more.

    overnight     emergency admissions with a night's stay
    same_day      emergency admissions without one
    elective      elective admissions, overnight and day case
    stay          length of overnight emergency stays
    social_care   referrals from the community to home care and care homes
    displaced     share of overnight emergency demand (as it would be without programmes) that becomes
                  community work; part of `overnight`, so never more than is averted before harm
    """

    overnight: FloatArray
    same_day: FloatArray
    elective: FloatArray
    stay: FloatArray
    social_care: FloatArray
    displaced: FloatArray


def no_effects(bands: int) -> Effects:
    """Nothing averted, in so many age bands."""
    nothing = np.zeros(bands)
    return Effects(nothing, nothing, nothing, nothing, nothing, nothing)


def combined(averted: FloatArray, overlap: float) -> FloatArray:
    """Share averted by all programmes together.

    averted   by programme on the last axis but one: (..., P, A)
    returns   (..., A)
    """
    benefit, harm = _benefit_and_harm(averted, overlap)
    return 1 - (1 - benefit) * harm


def attributed(averted: FloatArray, overlap: float) -> FloatArray:
    """The combined share, laid at the door of each programme: (..., P, A), summing over P to `combined`.

    Benefit is divided in proportion to what each programme would avert alone, harm likewise.
    """
    benefit, harm = _benefit_and_harm(averted, overlap)
    good, bad = np.maximum(averted, 0.0), np.maximum(-averted, 0.0)
    return _divided(benefit, good) - _divided((1 - benefit) * (harm - 1), bad)


def _benefit_and_harm(averted: FloatArray, overlap: float) -> tuple[FloatArray, FloatArray]:
    benefit = overlap * (1 - np.prod(1 - np.maximum(averted, 0.0), axis=-2))
    harm = np.prod(1 - np.minimum(averted, 0.0), axis=-2)
    return benefit, harm


def _divided(total: FloatArray, parts: FloatArray) -> FloatArray:
    whole = parts.sum(axis=-2, keepdims=True)
    share = np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0)
    return share * total[..., np.newaxis, :]
