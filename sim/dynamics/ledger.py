"""The one ledger: income, the shift, spending and balances of every organisation, month by month.

There is only one sum of money: every pound comes from one account and goes to another, so the accounts sum to
zero at every month, and the ledger refuses to go on if they do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.dynamics.books import FUND, TREASURY, WORLD, Books, Entry, empty_books, in_pence, in_pounds, net, pooling
from sim.dynamics.capacity import OWNER, Capacity, kept_open
from sim.dynamics.costs import Costs, FixedCosts, MonthActivity, prices
from sim.dynamics.policy import DAYS_A_MONTH, MONTHS_A_YEAR, SHIFTED_TO, Terms
from sim.dynamics.statements import LedgerState, MonthBooks, MonthPlan, statement
from sim.dynamics.stocks import FloatArray
from sim.inputs import BUDGET_HOLDERS, EMPLOYERS, ORGANISATIONS, STATIONS, Footprint, Parameters

__all__ = ["Ledger", "LedgerState", "MonthActivity", "MonthBooks", "MonthPlan"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Money and capacity of a footprint, prepared.

    programme_mix   parts of the prevention money by programme; sums to 1, or all 0
    cuts            places follow money ("means") or are held whatever it says ("hold")
    pooled          the place balances as one ("place"), or each organisation for itself ("fortress")
    max_cut         of places, share a year
    """

    terms: Terms
    capacity: Capacity
    costs: Costs
    programme_mix: Mapping[str, float]
    cuts: bool
    pooled: bool
    max_cut: float

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
        weights = parameters.by("policy.programme_mix")
        whole = sum(weights.values())
        return cls(
            terms=terms,
            capacity=Capacity.prepare(parameters, base_places, prices(parameters)),
            costs=Costs.prepare(parameters, terms, base_places, base_occupied, base_volumes),
            programme_mix={name: weight / whole if whole > 0 else 0.0 for name, weight in weights.items()},
            cuts=parameters.text("policy.regime") == "means",
            pooled=parameters.text("policy.behaviour") == "place",
            max_cut=parameters.rate("policy.max_cut"),
        )

    def open(self) -> LedgerState:
        """The books on the first day."""
        base = np.array([self.terms.base_spending(name) for name in BUDGET_HOLDERS]) / MONTHS_A_YEAR
        income = self.terms.income(0.0)
        opening = np.array([income[name] for name in BUDGET_HOLDERS]) / MONTHS_A_YEAR - base
        return LedgerState(
            books=empty_books(),
            fixed=self.costs.open(),
            balances=np.tile(opening, (MONTHS_A_YEAR, 1)),
            spending=np.tile(base, (MONTHS_A_YEAR, 1)),
            kept=(1.0,) * len(EMPLOYERS),
            built=0.0,
        )

    def plan(self, state: LedgerState, years: float) -> MonthPlan:
        """Places and money for the month that begins `years` after the start."""
        capacity = self.capacity.plan(self.terms, years)
        kept = dict(zip(EMPLOYERS, state.kept, strict=True))
        offered = self.terms.shifted(years)["public_health"]
        return MonthPlan(
            years=years,
            places={kind: places * kept[OWNER[kind]] for kind, places in capacity.planned.items()},
            programme_budget={name: part * offered for name, part in self.programme_mix.items()},
            transfers=in_pounds({name: net(self._shift(years), name) for name in ORGANISATIONS}),
            price={name: self.terms.cost_index(name, years) for name in BUDGET_HOLDERS},
            capacity=capacity,
        )

    def book(self, state: LedgerState, plan: MonthPlan, activity: MonthActivity) -> tuple[LedgerState, MonthBooks]:
        """Book the month that was planned; raises LedgerError if the accounts do not balance."""
        fixed = self.costs.step(state.fixed, activity)
        stranded = self.costs.stranded(fixed, activity) * plan.price["acute"]
        shift = self._shift(plan.years)
        entries = self._incomes(plan.years) + shift + self._spending(plan, fixed, activity)
        entries += self._grant(state.books, entries, stranded, -net(shift, "acute"))
        if self.pooled:
            entries += pooling({name: net(entries, name) for name in BUDGET_HOLDERS})
        capital = self._capital(state, plan)
        month = statement(entries, capital, stranded, self._unspent(plan, activity))
        return self._next(state, month, fixed, plan), month

    def _incomes(self, years: float) -> tuple[Entry, ...]:
        income = self.terms.income(years) | {FUND: self.terms.fund_income(years)}
        return tuple(
            Entry(TREASURY, name, in_pence(pounds / MONTHS_A_YEAR), "budget") for name, pounds in income.items()
        )

    def _shift(self, years: float) -> tuple[Entry, ...]:
        return tuple(
            Entry("acute", receiver, in_pence(pounds / MONTHS_A_YEAR), "shift")
            for receiver, pounds in self.terms.shifted(years).items()
        )

    def _spending(self, plan: MonthPlan, fixed: FixedCosts, activity: MonthActivity) -> tuple[Entry, ...]:
        care = {name: self.costs.care(name, activity, plan.years) for name in ("community", "social_care")}
        undelivered = self._paid(plan.capacity.undelivered)
        lines = {
            "acute": self.costs.acute(fixed, activity),
            "community": care["community"] | {"not delivered": undelivered["community"]},
            "social_care": care["social_care"] | {"not delivered": undelivered["social_care"]},
            "other_nhs": {"everything else": self.costs.elsewhere("other_nhs", plan.years)},
        }
        own = self.terms.income(plan.years)["public_health"] / MONTHS_A_YEAR
        programmes = activity.programme_spending / MONTHS_A_YEAR
        return (
            *(
                Entry(name, WORLD, in_pence(pounds * plan.price[name]), reason)
                for name, parts in lines.items()
                for reason, pounds in parts.items()
            ),
            Entry("public_health", WORLD, in_pence(own), "everything else"),  # it spends what it is given
            Entry("public_health", WORLD, in_pence(programmes), "programmes"),
        )

    def _grant(self, books: Books, entries: Sequence[Entry], stranded: float, moved: int) -> tuple[Entry, ...]:
        """The fund pays what the hospitals lack, up to stranded cost and the money moved away from them."""
        held = books.balances[FUND] + net(entries, FUND)
        claim = min(max(0, -net(entries, "acute")), in_pence(stranded) + moved)
        paid = max(0, min(held, claim))
        return (Entry(FUND, "acute", paid, "transition"),) if paid else ()

    def _capital(self, state: LedgerState, plan: MonthPlan) -> tuple[Entry, ...]:
        new = max(0.0, plan.capacity.built - state.built)
        pence = in_pence(new * self.capacity.bed_capital)
        return (Entry(TREASURY, WORLD, pence, "capital"),) if pence else ()

    def _paid(self, places: Mapping[str, float]) -> dict[str, float]:
        """What such places cost their owners in the month, pounds at base-year prices."""
        cost = {kind: self.capacity.price[kind] * places[kind] * DAYS_A_MONTH for kind in STATIONS}
        return {name: sum(cost[kind] for kind in STATIONS if OWNER[kind] == name) for name in EMPLOYERS}

    def _unspent(self, plan: MonthPlan, activity: MonthActivity) -> dict[str, float]:
        places = {kind: plan.capacity.bought[kind] + plan.capacity.undelivered[kind] for kind in STATIONS}
        paid = self._paid(places)
        used = {name: paid[name] * plan.price[name] for name in ("community", "social_care")}
        used["public_health"] = activity.programme_spending / MONTHS_A_YEAR
        return {name: max(0.0, plan.transfers[name] - used[name]) for name in SHIFTED_TO}

    def _next(self, state: LedgerState, month: MonthBooks, fixed: FixedCosts, plan: MonthPlan) -> LedgerState:
        balances = _pushed(state.balances, month.balance)
        spending = _pushed(state.spending, month.spending)
        return LedgerState(
            books=state.books.post(month.entries),
            fixed=fixed,
            balances=balances,
            spending=spending,
            kept=self._kept(state.kept, balances, spending) if self.cuts else state.kept,
            built=max(state.built, plan.capacity.built),
        )

    def _kept(self, kept: tuple[float, ...], balances: FloatArray, spending: FloatArray) -> tuple[float, ...]:
        """What owners keep open after a look at the last twelve months: their own, or the place's."""
        owners = [BUDGET_HOLDERS.index(name) for name in EMPLOYERS]
        balance, spent = balances.sum(axis=0), spending.sum(axis=0)
        # only those who own places are judged: others' deficits cannot be cut away here, in either regime
        together = np.full(len(owners), balance[owners].sum() / spent[owners].sum())
        position = together if self.pooled else balance[owners] / spent[owners]
        return kept_open(kept, position.tolist(), self.max_cut)


def _pushed(months: FloatArray, latest: Mapping[str, float]) -> FloatArray:
    return np.vstack([months[1:], [latest[name] for name in BUDGET_HOLDERS]])
