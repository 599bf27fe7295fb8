"""What is laid down for every month before anything has happened: it follows from time and the plan alone.

Budgets, prices, the shift, the places planned, programmes and all spending that follows no patient are worked out
for all months at once; what depends on the patient flow is the ledger's business, month by month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.dynamics.arrays import FloatArray
from sim.dynamics.books import FUND, TREASURY, WORLD, Entry, in_pence, in_pounds, net
from sim.dynamics.capacity import OWNER, Capacity, Places
from sim.dynamics.costs import Costs
from sim.dynamics.policy import DAYS_A_MONTH, MONTHS_A_YEAR, SHIFTED_TO, Terms
from sim.inputs import BUDGET_HOLDERS, EMPLOYERS, ORGANISATIONS, STATIONS

BUYERS_OF_PLACES = ("community", "social_care")
"""Receivers of shift money who open places with it."""


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """One month as it is laid down.

    price       unit costs relative to the base year, by organisation
    places      planned by kind, over the whole footprint, before any cut for lack of money
    held_back   places not opened, for lack of staff or capital, by kind
    bought      places opened with shift money, part of `places`, by kind
    transfers   shift money of the month, pounds by organisation; sums to zero
    unspent     shift money that cannot be used, pounds by receiver
    entries     that the month brings whatever happens: budgets, the shift, and spending that follows no patient
    capital     entries for new beds, outside the gap
    cuts, pooled, max_cut   what is done about a deficit, as in Terms
    """

    price: Mapping[str, float]
    places: Mapping[str, float]
    held_back: Mapping[str, float]
    bought: Mapping[str, float]
    transfers: Mapping[str, float]
    unspent: Mapping[str, float]
    entries: tuple[Entry, ...]
    capital: tuple[Entry, ...]
    cuts: bool
    pooled: bool
    max_cut: float


@dataclass(frozen=True, slots=True)
class Line:
    """So many pounds from one account to another, by month, (T,)."""

    source: str
    target: str
    reason: str
    pounds: FloatArray

    def entries(self) -> list[Entry]:
        """An entry for each month."""
        return [Entry(self.source, self.target, in_pence(pounds), self.reason) for pounds in self.pounds.tolist()]


@dataclass(frozen=True, slots=True)
class Planner:
    """Lays down T months in a row.

    years        since the start, at the beginning of each month, (T,)
    programmes   what programmes cost, pounds a year, (T,)
    """

    terms: Terms
    capacity: Capacity
    costs: Costs
    years: FloatArray
    programmes: FloatArray

    def plans(self) -> tuple[MonthPlan, ...]:
        """A plan for each month."""
        places = self.capacity.plan(self.terms, self.years)
        price = {name: self.terms.cost_index(name, self.years) for name in BUDGET_HOLDERS}
        shift = _by_month(self._shift())
        transfers = [in_pounds({name: net(entries, name) for name in ORGANISATIONS}) for entries in shift]
        spent = _by_month([*self._budgets(), *self._spending(places, price)])
        rows = zip(
            _rows(price),
            _rows(places.planned),
            _rows(places.held_back),
            _rows(places.bought),
            transfers,
            self._unspent(places, price, transfers),
            (moved + other for moved, other in zip(shift, spent, strict=True)),
            self._capital(places.built),
            *(self.terms.held(name, self.years).tolist() for name in ("cuts", "pooled", "max_cut")),
            strict=True,
        )
        return tuple(MonthPlan(*row) for row in rows)

    def _shift(self) -> list[Line]:
        shifted = self.terms.shifted(self.years)
        return [Line("acute", receiver, "shift", pounds / MONTHS_A_YEAR) for receiver, pounds in shifted.items()]

    def _budgets(self) -> list[Line]:
        income = self.terms.income(self.years) | {FUND: self.terms.fund_income(self.years)}
        return [Line(TREASURY, name, "budget", pounds / MONTHS_A_YEAR) for name, pounds in income.items()]

    def _spending(self, places: Places, price: Mapping[str, FloatArray]) -> Iterator[Line]:
        """What is spent whoever comes; public health spends what it is given."""
        undelivered = self._cost(places.undelivered)
        for name in (*BUYERS_OF_PLACES, "other_nhs"):
            yield Line(name, WORLD, "everything else", self.costs.elsewhere(name, self.years) * price[name])
        for name in BUYERS_OF_PLACES:
            yield Line(name, WORLD, "not delivered", undelivered[name] * price[name])
        own = self.terms.income(self.years)["public_health"]
        yield Line("public_health", WORLD, "everything else", own / MONTHS_A_YEAR)
        yield Line("public_health", WORLD, "programmes", self.programmes / MONTHS_A_YEAR)

    def _unspent(
        self, places: Places, price: Mapping[str, FloatArray], transfers: Sequence[Mapping[str, float]]
    ) -> list[dict[str, float]]:
        promised = self._cost({kind: places.bought[kind] + places.undelivered[kind] for kind in STATIONS})
        used = {name: promised[name] * price[name] for name in BUYERS_OF_PLACES}
        used["public_health"] = self.programmes / MONTHS_A_YEAR
        return [
            {name: max(0.0, received[name] - spent[name]) for name in SHIFTED_TO}
            for received, spent in zip(transfers, _rows(used), strict=True)
        ]

    def _cost(self, places: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """What such places cost their owners in the month, pounds at base-year prices."""
        cost = {kind: self.capacity.price[kind] * places[kind] * DAYS_A_MONTH for kind in STATIONS}
        return {name: np.sum([cost[kind] for kind in STATIONS if OWNER[kind] == name], axis=0) for name in EMPLOYERS}

    def _capital(self, built: FloatArray) -> list[tuple[Entry, ...]]:
        """Every bed above the base is paid for when it is first built, and never again."""
        most = np.maximum.accumulate(built)
        new = np.diff(most, prepend=0.0) * self.capacity.bed_capital
        lines = Line(TREASURY, WORLD, "capital", new).entries()
        return [(entry,) if entry.pence else () for entry in lines]


def _by_month(lines: Sequence[Line]) -> list[tuple[Entry, ...]]:
    return list(zip(*(line.entries() for line in lines), strict=True))


def _rows(values: Mapping[str, FloatArray]) -> list[dict[str, float]]:
    """Numbers by name for each month, from months by name."""
    months = np.stack(list(values.values()), axis=-1).tolist()
    return [dict(zip(values, month, strict=True)) for month in months]
