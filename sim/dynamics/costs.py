"""What a month costs: each organisation's spending from what was open, occupied and done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum

from sim.dynamics.arrays import FloatArray
from sim.dynamics.capacity import OWNS
from sim.dynamics.policy import DAYS_A_MONTH, MONTHS_A_YEAR, Terms
from sim.inputs import STREAMS, Parameters

MONTH = 1 / MONTHS_A_YEAR
"""Years between two steps; a shorter delay could not be told from it."""
PAYS_FOR_OCCUPIED = "social_care"
"""Social care pays for packages and placements in use; the NHS pays for places open."""


@dataclass(frozen=True, slots=True)
class MonthActivity:
    """What the month's flow did, for the whole footprint.

    occupied_days    place-days in use by kind
    place_days       place-days open (core places) by kind
    escalation_days  acute escalation bed-days open
    volumes          admissions by stream
    """

    occupied_days: Mapping[str, float]
    place_days: Mapping[str, float]
    escalation_days: float
    volumes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FixedCosts:
    """Stocks of what is still paid for, relative to the base year.

    beds     beds whose fixed cost is still paid: at once up, and down with a mean delay
    work     acute activity that the semi-fixed cost is sized for: up and down with a mean delay
    recent   activity of each of the last twelve months, oldest first
    """

    beds: float
    work: float
    recent: tuple[float, ...]

    @property
    def usual_work(self) -> float:
        """Activity over the last twelve months, so that a quiet season strands nothing."""
        return fsum(self.recent) / len(self.recent)


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices and base-year costs; prices in pounds of the base year, base costs in pounds a year.

    price          pounds a place-day that the owner pays, by kind
    escalation     pounds an escalation bed-day
    bed_fixed, work_fixed   fixed shares of the cost of beds, and of treatment
    weight         relative cost of an admission by stream
    base_beds, base_work    beds, and weighted admissions a month, in the base year
    treatment      base acute spending other than beds
    rest           base spending the network does not simulate, by organisation; grows with `volume_growth`
    held           part of the way to what is needed now that fixed cost still has to go after a month
    """

    price: Mapping[str, float]
    escalation: float
    bed_fixed: float
    work_fixed: float
    weight: Mapping[str, float]
    base_beds: float
    base_work: float
    treatment: float
    rest: Mapping[str, float]
    volume_growth: Mapping[str, float]
    held: float

    @classmethod
    def prepare(
        cls,
        parameters: Parameters,
        terms: Terms,
        base_places: Mapping[str, float],
        base_occupied: Mapping[str, float],
        base_volumes: Mapping[str, float],
    ) -> Costs:
        """Costs calibrated so that the base year costs what the organisations spend in it."""
        price = prices(parameters)
        weight = parameters.by("finance.cost_admission")
        simulated = _simulated(price, base_places, base_occupied)
        delay = max(MONTH, parameters.value("finance.fixed_release", unit="years"))
        return cls(
            price=price,
            escalation=parameters.value("finance.cost_escalation_day"),
            bed_fixed=parameters.value("finance.bed_day_fixed_share"),
            work_fixed=parameters.value("finance.fixed_share"),
            weight=weight,
            base_beds=base_places["acute"],
            base_work=sum(weight[stream] * base_volumes[stream] for stream in STREAMS),
            treatment=_rest(terms, "acute", simulated["acute"]),
            rest={
                "community": _rest(terms, "community", simulated["community"]),
                "social_care": _rest(terms, "social_care", simulated["social_care"]),
                "other_nhs": terms.base_spending("other_nhs"),
            },
            volume_growth=parameters.by("finance.volume_growth", unit="share_per_year"),
            held=exp(-MONTH / delay),
        )

    def open(self) -> FixedCosts:
        """The base year: paying for what is there."""
        return FixedCosts(1.0, 1.0, (1.0,) * MONTHS_A_YEAR)

    def step(self, fixed: FixedCosts, activity: MonthActivity) -> FixedCosts:
        """Fixed cost a month on; what is needed stays as it is meanwhile, so the way to it shrinks exponentially."""
        beds, work = self._beds(activity), self._work(activity)
        return FixedCosts(
            beds=beds + self.held * (max(fixed.beds, beds) - beds),
            work=work + self.held * (fixed.work - work),
            recent=(*fixed.recent[1:], work),
        )

    def acute(self, fixed: FixedCosts, activity: MonthActivity) -> dict[str, float]:
        """Pounds of the month at base-year prices, by what they pay for."""
        open_beds = (1 - self.bed_fixed) * self._beds(activity) + self.bed_fixed * fixed.beds
        work = (1 - self.work_fixed) * self._work(activity) + self.work_fixed * fixed.work
        return {
            "beds": self._beds_cost() * open_beds,
            "treatment": self.treatment / MONTHS_A_YEAR * work,
            "escalation beds": self.escalation * activity.escalation_days,
        }

    def stranded(self, fixed: FixedCosts, activity: MonthActivity) -> float:
        """Pounds of the month, base-year prices, that still pay for beds closed and work no longer done."""
        beds = self._beds_cost() * self.bed_fixed * max(0.0, fixed.beds - self._beds(activity))
        work = self.treatment / MONTHS_A_YEAR * self.work_fixed * max(0.0, fixed.work - fixed.usual_work)
        return beds + work

    def places(self, organisation: str, activity: MonthActivity) -> float:
        """Pounds of the month at base-year prices of community or social care's places."""
        days = activity.occupied_days if organisation == PAYS_FOR_OCCUPIED else activity.place_days
        return sum(self.price[kind] * days[kind] for kind in OWNS[organisation])

    def elsewhere(self, organisation: str, years: FloatArray) -> FloatArray:
        """Pounds of the month at base-year prices that follow a volume growth of their own; the shape of the years."""
        return self.rest[organisation] * (1 + self.volume_growth[organisation]) ** years / MONTHS_A_YEAR

    def _beds_cost(self) -> float:
        return self.base_beds * self.price["acute"] * DAYS_A_MONTH

    def _beds(self, activity: MonthActivity) -> float:
        return activity.place_days["acute"] / (self.base_beds * DAYS_A_MONTH)

    def _work(self, activity: MonthActivity) -> float:
        return sum(self.weight[stream] * activity.volumes[stream] for stream in STREAMS) / self.base_work


def prices(parameters: Parameters) -> dict[str, float]:
    """Pounds a place-day that the owner pays, by kind; councils pay the public share of a package's price."""
    nhs = {kind: parameters.value(f"finance.cost_{kind}_day") for kind in OWNS["community"]}
    council = {
        kind: parameters.value(f"finance.cost_{kind}_week", unit="gbp_per_day")
        * parameters.value(f"finance.public_share_{kind}")
        for kind in OWNS[PAYS_FOR_OCCUPIED]
    }
    return {"acute": parameters.value("finance.cost_bed_day")} | nhs | council


def _simulated(
    price: Mapping[str, float], places: Mapping[str, float], occupied: Mapping[str, float]
) -> dict[str, float]:
    """Base-year cost of what the network simulates, pounds a year by organisation."""
    return {
        owner: sum(price[kind] * (occupied if owner == PAYS_FOR_OCCUPIED else places)[kind] for kind in kinds)
        * DAYS_A_MONTH
        * MONTHS_A_YEAR
        for owner, kinds in OWNS.items()
    }


def _rest(terms: Terms, organisation: str, simulated: float) -> float:
    rest = terms.base_spending(organisation) - simulated
    if rest < 0:
        raise ValueError(
            f"{organisation}: its places alone cost {simulated:.0f} pounds a year, more than the "
            f"{terms.base_spending(organisation):.0f} it spends. Check budgets and prices."
        )
    return rest
