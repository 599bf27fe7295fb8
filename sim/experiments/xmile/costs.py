"""Costs of the month in equations: places, treatment, and fixed cost on its way (those of `sim.dynamics.costs`)."""

from __future__ import annotations

from collections.abc import Iterator

from sim.dynamics.capacity import OWNS
from sim.dynamics.costs import PAYS_FOR_OCCUPIED, Costs
from sim.dynamics.plans import BUYERS_OF_PLACES
from sim.dynamics.policy import DAYS_A_MONTH, MONTHS_A_YEAR
from sim.experiments.xmile.clock import booked
from sim.experiments.xmile.parts import (
    POUNDS,
    POUNDS_A_YEAR,
    PURE,
    SHARE_A_YEAR,
    Part,
    auxiliary,
    constant,
    flow,
    plus,
)
from sim.inputs import STREAMS


def cost_parts(costs: Costs) -> Iterator[Part]:
    """What each organisation spends in the month."""
    yield from _prices(costs)
    yield from _fixed(costs)
    yield from _usual_work()
    yield from _acute()
    yield from _others()


def _prices(costs: Costs) -> Iterator[Part]:
    for kind, price in costs.price.items():
        yield constant(f"price_day_{kind}", price, "pounds/place/day", f"A place-day: {kind.replace('_', ' ')}.")
    yield constant("price_day_escalation", costs.escalation, "pounds/place/day", "An escalation bed-day.")
    yield constant("days_a_month", DAYS_A_MONTH, "days/month", "Months of equal length.")
    yield constant("bed_fixed_share", costs.bed_fixed, PURE, "Fixed part of the cost of beds.")
    yield constant("work_fixed_share", costs.work_fixed, PURE, "Semi-fixed part of the cost of treatment.")
    for stream in STREAMS:
        says = f"Relative cost of an admission: {stream.replace('_', ' ')}."
        yield constant(f"cost_weight_{stream}", costs.weight[stream], "pounds/person", says)
    yield constant("base_beds", costs.base_beds, "places", "Hospital beds of the base year.")
    yield constant("base_work", costs.base_work, POUNDS, "Admissions of a month of the base year by relative cost.")
    yield constant("treatment", costs.treatment, POUNDS_A_YEAR, "Base-year spending of hospitals other than on beds.")
    for name, pounds in costs.rest.items():
        says = f"Base-year spending of {name.replace('_', ' ')} that follows no patient of the model."
        yield constant(f"rest_{name}", pounds, POUNDS_A_YEAR, says)
        growth = costs.volume_growth[name]
        yield constant(f"volume_growth_{name}", growth, SHARE_A_YEAR, f"Growth of that of {name.replace('_', ' ')}.")


def _fixed(costs: Costs) -> Iterator[Part]:
    """Stocks of what is still paid for; what is needed stays as it is through the month, so the way is exponential."""
    held = "Part of the way to what is needed now that fixed cost still has to go after a month."
    yield constant("held", costs.held, PURE, held)
    says = "Beds open in the month relative to the base year."
    yield auxiliary("beds", "open_days_acute / (base_beds * days_a_month)", PURE, says)
    work = plus(f"cost_weight_{stream} * admissions_{stream}" for stream in STREAMS)
    says = "Admissions of the month by relative cost, relative to the base year."
    yield auxiliary("work", f"({work}) / base_work", PURE, says)
    after = {"beds": "beds + held * (MAX(fixed_beds, beds) - beds)", "work": "work + held * (fixed_work - work)"}
    meaning = {
        "beds": "Beds whose fixed cost is paid for, relative to the base year: up at once, down with a mean delay.",
        "work": "Work that semi-fixed cost is sized for, relative to the base year: up and down with a mean delay.",
    }
    for name, equation in after.items():
        yield Part("stock", f"fixed_{name}", "1", PURE, meaning[name], inflows=(f"settling_{name}",))
        yield auxiliary(f"fixed_{name}_after", equation, PURE, f"{meaning[name]} By the end of the month.")
        change = booked(f"fixed_{name}_after - fixed_{name}")
        yield flow(f"settling_{name}", change, "1/month", f"Fixed cost of {name} taken on (or, below 0, released).")


def _usual_work() -> Iterator[Part]:
    """The work of each of the last twelve months, handed on from one stock to the next."""
    for ago in range(1, MONTHS_A_YEAR + 1):
        says = f"Work of the month {ago} before this one, relative to the base year."
        yield Part("stock", f"work_before_{ago}", "1", PURE, says, inflows=(f"handing_on_{ago}",))
        newer = "work" if ago == 1 else f"work_before_{ago - 1}"
        change = booked(f"{newer} - work_before_{ago}")
        yield flow(f"handing_on_{ago}", change, "1/month", f"Month {ago} becomes the one before it.")
    year = plus(["work", *(f"work_before_{ago}" for ago in range(1, MONTHS_A_YEAR))])
    says = "Mean work of the last twelve months, this one included."
    yield auxiliary("usual_work", f"({year}) / months_a_year", PURE, says)


def _acute() -> Iterator[Part]:
    beds = "base_beds * price_day_acute * days_a_month"
    paid = "((1 - bed_fixed_share) * beds + bed_fixed_share * fixed_beds_after)"
    yield auxiliary("cost_beds", f"{beds} * {paid}", POUNDS, "Beds of the month, base-year prices.")
    done = "((1 - work_fixed_share) * work + work_fixed_share * fixed_work_after)"
    yield auxiliary("cost_treatment", f"treatment / months_a_year * {done}", POUNDS, "Treatment, base-year prices.")
    escalation = "price_day_escalation * escalation_days"
    yield auxiliary("cost_escalation", escalation, POUNDS, "Escalation beds of the month, base-year prices.")
    idle = f"{beds} * bed_fixed_share * MAX(0, fixed_beds_after - beds)"
    undone = "treatment / months_a_year * work_fixed_share * MAX(0, fixed_work_after - usual_work)"
    says = "Part of hospital spending that pays for beds closed and work no longer done."
    yield auxiliary("stranded", f"({idle} + {undone}) * price_acute", POUNDS, says)
    yield auxiliary("spent_acute", "(cost_beds + cost_treatment + cost_escalation) * price_acute", POUNDS,
                    "Spending of hospitals in the month.")  # fmt: skip


def _others() -> Iterator[Part]:
    for name in BUYERS_OF_PLACES:
        days = "occupied_days" if name == PAYS_FOR_OCCUPIED else "open_days"
        places = plus(f"price_day_{kind} * {days}_{kind}" for kind in OWNS[name])
        says = f"Places of {name.replace('_', ' ')} in the month, base-year prices."
        yield auxiliary(f"cost_places_{name}", places, POUNDS, says)
        spent = f"(cost_places_{name} + {_elsewhere(name)}) * price_{name} + not_delivered_{name}"
        yield auxiliary(f"spent_{name}", spent, POUNDS, f"Spending of {name.replace('_', ' ')} in the month.")
    yield auxiliary("spent_other_nhs", f"{_elsewhere('other_nhs')} * price_other_nhs", POUNDS,
                    "Spending of the other NHS in the month.")  # fmt: skip
    yield auxiliary("spent_public_health", "(budget_public_health * (1 + budget_growth_public_health) ^ years "
                    "+ spent_on_programmes) / months_a_year", POUNDS,
                    "Spending of public health in the month: its own budget, and programmes.")  # fmt: skip


def _elsewhere(name: str) -> str:
    """Spending of the month that follows a volume growth of its own, base-year prices."""
    return f"rest_{name} * (1 + volume_growth_{name}) ^ years / months_a_year"
