"""Places by kind: what growth and the shift would open, and what staff, capital and money leave of it.

Wherever `years` since the start are given, they may have any shape, (T,) for as many months, and so have places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.dynamics.arrays import FloatArray, ratio
from sim.dynamics.growth import Growth
from sim.dynamics.policy import DAYS_A_MONTH, MONTHS_A_YEAR, Terms
from sim.inputs import EMPLOYERS, STATIONS, Parameters

OWNS: Mapping[str, tuple[str, ...]] = {
    "acute": ("acute",),
    "community": ("p1", "p2", "p3"),
    "social_care": ("home_care", "care_home"),
}
OWNER: Mapping[str, str] = {kind: owner for owner, kinds in OWNS.items() for kind in kinds}
NEED_BUILDING = ("acute", "p2", "p3")
"""Beds: opening one above the base costs capital."""
DAYS_A_YEAR = DAYS_A_MONTH * MONTHS_A_YEAR


@dataclass(frozen=True, slots=True)
class Places:
    """Places by kind, over the whole footprint (not yet whole numbers), in every month.

    planned       after growth, the shift and the caps on staff and capital, before any cut for lack of money
    bought        opened with shift money, part of `planned`
    undelivered   paid for with shift money but not delivered: a plan rarely delivers all it promises
    held_back     not opened, for lack of staff or capital
    built         beds above the base, all kinds that need building together
    """

    planned: Mapping[str, FloatArray]
    bought: Mapping[str, FloatArray]
    undelivered: Mapping[str, FloatArray]
    held_back: Mapping[str, FloatArray]
    built: FloatArray


@dataclass(frozen=True, slots=True)
class Capacity:
    """How places follow time and money.

    base            places in the base year by kind
    price           pounds a place-day that its owner pays, base year, by kind
    growth          of places by kind
    staff_growth    by owner: staffed places can grow no faster, and shrink with it
    bed_capital     pounds for one more bed; ready `opening_delay` years after the money
    """

    base: Mapping[str, float]
    price: Mapping[str, float]
    growth: Mapping[str, Growth]
    staff_growth: Mapping[str, Growth]
    bed_capital: float
    opening_delay: float

    @classmethod
    def prepare(cls, parameters: Parameters, base: Mapping[str, float], price: Mapping[str, float]) -> Capacity:
        """Capacity from these places in the base year, at these prices."""
        return cls(
            base=base,
            price=price,
            growth=Growth.by(parameters, "capacity.growth"),
            staff_growth=Growth.by(parameters, "workforce.growth"),
            bed_capital=parameters.value("capacity.bed_cost_capital"),
            opening_delay=parameters.value("capacity.opening_delay", unit="years"),
        )

    def plan(self, terms: Terms, years: FloatArray) -> Places:
        """Places planned `years` after the start."""
        grown = {kind: self.base[kind] * self.growth[kind].index(years) for kind in STATIONS}
        paid_for, delivered = self.affordable(terms, years), terms.held("delivered", years)
        wanted = {kind: grown[kind] + delivered * paid_for[kind] for kind in STATIONS}
        staffed = {kind: each for owner in EMPLOYERS for kind, each in self._staffed(owner, wanted, years).items()}
        planned = self._built(staffed, terms, years)
        bought = {
            kind: np.minimum(np.maximum(planned[kind] - grown[kind], 0.0), wanted[kind] - grown[kind])
            for kind in STATIONS
        }
        return Places(
            planned=planned,
            bought=bought,
            undelivered={kind: _undelivered(paid_for[kind], bought[kind], delivered) for kind in STATIONS},
            held_back={kind: wanted[kind] - planned[kind] for kind in STATIONS},
            built=self._above_base(planned),
        )

    def affordable(self, terms: Terms, years: FloatArray) -> dict[str, FloatArray]:
        """Places that the shift money would pay for at this month's prices; none where a place has no price."""
        pounds = self._divided(terms.shifted_and_begun(years), terms.held("home_care_share", years))
        price = {kind: self.price[kind] * DAYS_A_YEAR * terms.cost_index(OWNER[kind], years) for kind in STATIONS}
        return {kind: ratio(pounds.get(kind, 0.0), price[kind]) for kind in STATIONS}

    def _divided(self, money: Mapping[str, FloatArray], home_care_share: FloatArray) -> dict[str, FloatArray]:
        """Community money in proportion to what each kind costs now; social-care money by its own split."""
        cost = {kind: self.base[kind] * self.price[kind] for kind in OWNS["community"]}
        whole = sum(cost.values())
        community = {kind: money["community"] * each / whole for kind, each in cost.items()} if whole > 0 else {}
        home_care = money["social_care"] * home_care_share
        return community | {"home_care": home_care, "care_home": money["social_care"] - home_care}

    def _staffed(self, owner: str, wanted: Mapping[str, FloatArray], years: FloatArray) -> dict[str, FloatArray]:
        """Places the owner can staff: staff may move between its kinds, but not grow faster in all.

        Kinds are added up by what a place costs, as the nearest thing to how many staff it takes.
        """
        limit = {kind: self.base[kind] * self.staff_growth[owner].index(years) for kind in OWNS[owner]}
        sure = {kind: np.minimum(wanted[kind], limit[kind]) for kind in OWNS[owner]}
        more = self._cost({kind: wanted[kind] - sure[kind] for kind in OWNS[owner]})
        spare = self._cost({kind: limit[kind] - sure[kind] for kind in OWNS[owner]})
        part = np.minimum(1.0, ratio(spare, more))
        return {kind: sure[kind] + part * (wanted[kind] - sure[kind]) for kind in OWNS[owner]}

    def _built(self, staffed: Mapping[str, FloatArray], terms: Terms, years: FloatArray) -> dict[str, FloatArray]:
        """Beds above the base only as far as capital so far has paid for them."""
        cost = self._above_base(staffed) * self.bed_capital
        ready = terms.capital_by(np.maximum(0.0, years - self.opening_delay))
        part = np.minimum(1.0, ratio(ready, cost, otherwise=1.0))
        return {
            kind: np.where(places > self.base[kind], self.base[kind] + part * (places - self.base[kind]), places)
            if kind in NEED_BUILDING
            else places
            for kind, places in staffed.items()
        }

    def _cost(self, places: Mapping[str, FloatArray]) -> FloatArray:
        """Pounds a day, base year."""
        return np.sum([each * self.price[kind] for kind, each in places.items()], axis=0)

    def _above_base(self, places: Mapping[str, FloatArray]) -> FloatArray:
        return np.sum([np.maximum(0.0, places[kind] - self.base[kind]) for kind in NEED_BUILDING], axis=0)


def _undelivered(paid_for: FloatArray, bought: FloatArray, delivered: FloatArray) -> FloatArray:
    """What was promised for the money of the places opened, less those places."""
    some = delivered > 0
    return np.where(some, bought / np.where(some, delivered, 1.0) - bought, paid_for)


def kept_open(kept: Sequence[float], position: Sequence[float], max_cut: float) -> tuple[float, ...]:
    """Shares of their planned places that owners keep open next month, living within means.

    A deficit cuts places at a yearly pace equal to its share of a year's spending, at most `max_cut`; a surplus
    restores them at the same pace, never above the plan.
    position   balance as a share of spending over the last year, by owner
    """
    pace = [min(max(each, -max_cut), max_cut) / MONTHS_A_YEAR for each in position]
    return tuple(min(1.0, share * (1 + change)) for share, change in zip(kept, pace, strict=True))
