"""Agreements between organisations: money out of the hospitals, to one of those who may take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.inputs import Table
from sim.workshop.state import Deal, Plan, Standing
from sim.workshop.template import GIVER, SHIFT, TAKERS, Role


@dataclass(frozen=True, slots=True)
class Promises:
    """How agreements fared, by their money: shares of a year's hospital budget, added up over the years played.

    kept     agreements that held, once for each round
    broken   agreements that were broken, each once
    paid     as agreed
    unpaid   agreed, and kept back after the agreement was broken
    """

    kept: int
    broken: int
    paid: float
    unpaid: float

    @property
    def share(self) -> float | None:
        """Share of the money agreed that was paid; None where nothing was agreed."""
        whole = self.paid + self.unpaid
        return self.paid / whole if whole else None

    @property
    def net(self) -> float:
        """What was paid as agreed, less what was kept back: a small promise is worth little, a broken one costs."""
        return self.paid - self.unpaid


def proposed(plan: Plan, taker: Role, share: float, roles: Sequence[Role]) -> Plan:
    """With one more proposal. Whoever plays both sides agrees with nobody but themselves: they answer it too."""
    asker = GIVER if GIVER in roles else taker
    return replace(plan, deals=(*plan.deals, Deal(len(plan.deals) + 1, taker, share, asker)))


def answered(plan: Plan, number: int, agrees: bool, now: int) -> Plan:
    """With one proposal agreed to, or refused, in a round."""
    standing: Standing = "agreed" if agrees else "refused"
    return _changed(plan, number, standing, now if agrees else -1, -1)


def with_standing(plan: Plan, number: int, standing: Standing, broken: int) -> Plan:
    """With one agreement broken in a round, or kept after all (-1)."""
    return _changed(plan, number, standing, None, broken)


def _changed(plan: Plan, number: int, standing: Standing, made: int | None, broken: int) -> Plan:
    deals = tuple(
        replace(deal, standing=standing, broken=broken, made=deal.made if made is None else made)
        if deal.number == number else deal
        for deal in plan.deals
    )  # fmt: skip
    return replace(plan, deals=deals)


def shift_of(plan: Plan) -> dict[str, float]:
    """The shift that a plan's levers and agreements make together, by path; empty where nothing was ever agreed.

    Where all was broken the share is 0, and what still runs down goes where it went.
    """
    made = [deal for deal in plan.deals if deal.made >= 0]
    if not made:
        return {}
    moved = _moved(plan, [deal for deal in made if deal.holds])
    whole = sum(moved.values())
    parts = moved if whole else _moved(plan, made)
    return {SHIFT: whole, **{path: each / sum(parts.values()) for path, each in parts.items()}}


def _moved(plan: Plan, deals: Sequence[Deal]) -> dict[str, float]:
    """Share of the budget moved along each path, by the plan's own levers and by agreements."""
    moved = {path: _own(plan, path) for path in TAKERS.values()}
    for deal in deals:
        moved[TAKERS[deal.taker]] += deal.share
    return moved


def into_one_plan(plan: Plan) -> Plan:
    """A plan for one pot: what was agreed becomes the place's own shift, and proposals fall away."""
    shift = shift_of(plan)
    return Plan(Table({**plan.settings, **shift}), ()) if shift else replace(plan, deals=())


def promises(locked: Sequence[Plan], years: Sequence[int]) -> Promises:
    """How the agreements of a team fared, from its plans at the end of each round and the years of each."""
    kept = sum(deal.holds for plan in locked for deal in plan.deals)
    broken = sum(deal.broken == number for number, plan in enumerate(locked) for deal in plan.deals)
    return Promises(kept, broken, _money(locked, years, "agreed"), _money(locked, years, "broken"))


def _money(locked: Sequence[Plan], years: Sequence[int], standing: Standing) -> float:
    """Shares of the budget in agreements that stand so, over the years."""
    return sum(
        (
            lasted * deal.share
            for plan, lasted in zip(locked, years, strict=False)
            for deal in plan.deals
            if deal.standing == standing
        ),
        start=0.0,
    )


def _own(plan: Plan, path: str) -> float:
    """Share of the budget that the plan's own levers move along a path."""
    share = float(plan.settings.get(SHIFT, 0.0))
    weights = {each: float(plan.settings.get(each, 0.0)) for each in TAKERS.values()}
    whole = sum(weights.values())
    return share * weights[path] / whole if whole else 0.0
