"""The one ledger: income, the shift, spending and balances of every organisation, month by month.

There is only one sum of money: every pound comes from one account and goes to another, so the accounts sum to
zero at every month, and the ledger refuses to go on if they do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.dynamics.arrays import FloatArray
from sim.dynamics.books import FUND, WORLD, Books, Entry, empty_books, in_pence, net, pooling
from sim.dynamics.capacity import OWNER, Capacity, kept_open
from sim.dynamics.costs import Costs, FixedCosts, MonthActivity, prices
from sim.dynamics.plans import BUYERS_OF_PLACES, MonthPlan, Planner
from sim.dynamics.policy import MONTHS_A_YEAR, Terms
from sim.dynamics.statements import LedgerState, MonthBooks, statement
from sim.inputs import BUDGET_HOLDERS, EMPLOYERS, Footprint, Parameters


@dataclass(frozen=True, slots=True)
class Ledger:
    """Money and capacity of a footprint, prepared."""

    terms: Terms
    capacity: Capacity
    costs: Costs

    @classmethod
    def prepare(
        cls,
        parameters: Parameters,
        footprint: Footprint,
        base_places: Mapping[str, float],
        base_occupied: Mapping[str, float],
        base_volumes: Mapping[str, float],
    ) -> Ledger:
        """A ledger from the base year.

        base_places, base_occupied   by kind, over the whole footprint
        base_volumes                 admissions a month by stream
        """
        terms = Terms.prepare(parameters, footprint.total)
        return cls(
            terms=terms,
            capacity=Capacity.prepare(parameters, base_places, prices(parameters)),
            costs=Costs.prepare(parameters, terms, base_places, base_occupied, base_volumes),
        )

    def open(self) -> LedgerState:
        """The books on the first day, after a year like the base year."""
        income = self.terms.income(np.zeros(()))
        spending = tuple(self.terms.base_spending(name) / MONTHS_A_YEAR for name in BUDGET_HOLDERS)
        received = (float(income[name]) / MONTHS_A_YEAR for name in BUDGET_HOLDERS)
        balance = tuple(pounds - spent for pounds, spent in zip(received, spending, strict=True))
        return LedgerState(
            books=empty_books(),
            fixed=self.costs.open(),
            balances=(balance,) * MONTHS_A_YEAR,
            spending=(spending,) * MONTHS_A_YEAR,
            kept=(1.0,) * len(EMPLOYERS),
        )

    def offered(self, years: FloatArray) -> dict[str, FloatArray]:
        """Money offered to each programme, pounds a year; the shape of the years."""
        prevention = self.terms.shifted(years)["public_health"]
        return {name: part * prevention for name, part in self.terms.held_by("programme_mix", years).items()}

    def plans(self, years: FloatArray, programmes: FloatArray) -> tuple[MonthPlan, ...]:
        """What is laid down for T months in a row.

        years        since the start, at the beginning of each month, (T,)
        programmes   what programmes cost, pounds a year, (T,)
        """
        return Planner(self.terms, self.capacity, self.costs, years, programmes).plans()

    def places(self, state: LedgerState, plan: MonthPlan) -> dict[str, float]:
        """Places open in the month by kind, over the whole footprint: what their owners keep of those planned."""
        kept = dict(zip(EMPLOYERS, state.kept, strict=True))
        return {kind: places * kept[OWNER[kind]] for kind, places in plan.places.items()}

    def book(self, state: LedgerState, plan: MonthPlan, activity: MonthActivity) -> tuple[LedgerState, MonthBooks]:
        """Book the month that was planned; raises LedgerError if the accounts do not balance."""
        fixed = self.costs.step(state.fixed, activity)
        stranded = self.costs.stranded(fixed, activity) * plan.price["acute"]
        entries = plan.entries + self._spending(plan, fixed, activity)
        entries += _grant(state.books, entries, stranded, -in_pence(plan.transfers["acute"]))
        if plan.pooled:
            entries += pooling({name: net(entries, name) for name in BUDGET_HOLDERS})
        month = statement(entries, plan.capital, stranded, plan.unspent)
        return self._next(state, plan, month, fixed), month

    def _spending(self, plan: MonthPlan, fixed: FixedCosts, activity: MonthActivity) -> tuple[Entry, ...]:
        """What follows the patients."""
        lines = {("acute", reason): pounds for reason, pounds in self.costs.acute(fixed, activity).items()}
        lines |= {(name, "places"): self.costs.places(name, activity) for name in BUYERS_OF_PLACES}
        return tuple(
            Entry(name, WORLD, in_pence(pounds * plan.price[name]), reason) for (name, reason), pounds in lines.items()
        )

    def _next(self, state: LedgerState, plan: MonthPlan, month: MonthBooks, fixed: FixedCosts) -> LedgerState:
        balances = (*state.balances[1:], tuple(month.balance[name] for name in BUDGET_HOLDERS))
        spending = (*state.spending[1:], tuple(month.spending[name] for name in BUDGET_HOLDERS))
        kept = _kept(plan, state.kept, np.array(balances), np.array(spending)) if plan.cuts else state.kept
        return LedgerState(state.books.post(month.entries), fixed, balances, spending, kept)


def _kept(plan: MonthPlan, kept: tuple[float, ...], balances: FloatArray, spending: FloatArray) -> tuple[float, ...]:
    """What owners keep open after a look at the last twelve months: their own, or the place's."""
    owners = [BUDGET_HOLDERS.index(name) for name in EMPLOYERS]
    balance, spent = balances.sum(axis=0), spending.sum(axis=0)
    # only those who own places are judged: others' deficits cannot be cut away here, in either regime
    together = np.full(len(owners), balance[owners].sum() / spent[owners].sum())
    position = together if plan.pooled else balance[owners] / spent[owners]
    return kept_open(kept, position.tolist(), plan.max_cut)


def _grant(books: Books, entries: Sequence[Entry], stranded: float, moved: int) -> tuple[Entry, ...]:
    """The fund pays what the hospitals lack, up to stranded cost and the money moved away from them.

    stranded   pounds of the month
    moved      pence of the month
    """
    held = books.balances[FUND] + net(entries, FUND)
    claim = min(max(0, -net(entries, "acute")), in_pence(stranded) + moved)
    paid = max(0, min(held, claim))
    return (Entry(FUND, "acute", paid, "transition"),) if paid else ()
