"""What the exported model is given: the activity of one run, month by month.

How people queue for places is not a matter of stocks and flows, so the patient flow stays outside. What it did in a
run stands in the model as series by month, and so do the places that plans and money opened. Change demand or money in
another tool, and these series stay as they were: the model answers for money, not for beds.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.dynamics.arrays import FloatArray, ratio
from sim.dynamics.books import PENCE
from sim.dynamics.capacity import OWNS
from sim.dynamics.costs import PAYS_FOR_OCCUPIED
from sim.dynamics.plans import BUYERS_OF_PLACES
from sim.dynamics.policy import DAYS_A_MONTH
from sim.experiments.xmile.parts import POUNDS, PURE, Part, auxiliary, by_month
from sim.inputs import STATIONS
from sim.results.history import History
from sim.system import Place

GIVEN = "Given: as it was in the run that the model was written from."


def given_parts(place: Place, history: History) -> Iterator[Part]:
    """Series of the run, and admissions that they and demand make together."""
    yield from _days(history)
    yield from _admissions(place, history)
    for name in BUYERS_OF_PLACES:
        undelivered = _planned(place, name, "not delivered")
        says = f"Paid by {name.replace('_', ' ')} for places that are not delivered. {GIVEN}"
        yield by_month(f"not_delivered_{name}", undelivered, POUNDS, says)
    yield by_month("capital", history["capital"], POUNDS, f"Treasury money for new beds, outside the gap. {GIVEN}")


def _days(history: History) -> Iterator[Part]:
    for kind in STATIONS:
        occupied = kind in OWNS[PAYS_FOR_OCCUPIED]
        series, word = ("occupied", "in use") if occupied else ("places", "open")
        says = f"Place-days {word} in the month: {kind.replace('_', ' ')}. {GIVEN}"
        name = f"{'occupied' if occupied else 'open'}_days_{kind}"
        yield by_month(name, history[f"{series}:{kind}"] * DAYS_A_MONTH, "place*day", says)
    escalation = history["escalation_beds"] * DAYS_A_MONTH
    yield by_month("escalation_days", escalation, "place*day", f"Escalation bed-days open in the month. {GIVEN}")


def _admissions(place: Place, history: History) -> Iterator[Part]:
    """Those who need a bed come from the run; those who need none follow from demand."""
    for stream in ("emergency_overnight", "elective_overnight"):
        says = f"{stream.replace('_', ' ').capitalize()} admissions asked for in the month. {GIVEN}"
        yield by_month(f"admissions_{stream}", history[f"admissions:{stream}"], "people", says)
    came, expected = history["admissions:emergency_same_day"], place.outlook.same_day
    says = f"Relative increase of emergency admissions that unmet need for care brought. {GIVEN}"
    yield by_month("feedback", ratio(came, expected, 1.0) - 1.0, PURE, says)
    same_day = "wanted_emergency_same_day * (1 + feedback)"
    yield auxiliary("admissions_emergency_same_day", same_day, "people", "Same-day emergencies of the month.")
    yield auxiliary("admissions_day_case", "wanted_day_case", "people", "Day cases of the month.")


def _planned(place: Place, name: str, reason: str) -> FloatArray:
    """Pounds of each month that an organisation spends by plan for one reason."""
    return np.array([
        sum(entry.pence for entry in plan.entries if (entry.source, entry.reason) == (name, reason)) / PENCE
        for plan in place.outlook.plans
    ])  # fmt: skip
