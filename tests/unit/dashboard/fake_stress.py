"""A stress test with answers that one can work out in one's head."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dashboard.answering.jobs import Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.drivers import Part
from dashboard.facts.levers import Evidence
from dashboard.facts.stress import (
    Alone,
    Breaks,
    Kept,
    LimitTerm,
    Regretted,
    ShockTerm,
    Stressed,
    Terms,
    Thing,
    Trial,
    Tried,
)
from sim.results.shares import wilson

NUMBER, STORM, FLOOD = "demand.same_day_share", "severe_winter", "settlement_cut"
RUN = 100
CUT = "Real budgets of the NHS, social care and public health grow by so much less each year"


def card(name: str) -> Evidence:
    return Evidence(name, f"What {name} <b>is</b>", "1", "0 to 2", "", "A <i>book</i>", "page 1", "low", "", "")


def fake_terms() -> Terms:
    limits = (
        LimitTerm("occupancy", "Beds in use", "%", 92.0, 85.0, 95.0, 1, card("occupancy")),
        LimitTerm("gap", "Money gap of the place", "£ a head", 365.0, 196.0, 699.0, 0, card("gap"), 1.0),
    )
    shocks = (
        ShockTerm(
            STORM,
            "Every winter is severe, with more emergency admissions from December to February",
            "times",
            1.05,
            1.02,
            1.1,
            20.0,
            card(STORM),
        ),
        ShockTerm(FLOOD, CUT, "% a year", -1.0, -2.0, -0.5, 20.0, card(FLOOD)),
    )
    return Terms(limits, shocks, {"few": 50, "usual": 100, "many": 200})


def kept(count: int, n: int = RUN) -> Kept:
    found = wilson(count, n)
    return Kept(found.count, found.n, found.share, found.low, found.high)


def part(mean: float, half: float = 1.0) -> Part:
    return Part(mean, mean - half, mean + half)


def thing(name: str, distance: float, *, is_shock: bool = False, more: bool = True) -> Thing:
    return Thing(name, f"What {name} <b>is</b>", is_shock, more, distance, 0.2, 0.7)


def tried(plan: str, count: int = 3, **changes: object) -> Tried:
    """Money is what one thing breaks; of beds nothing stands out; together too few are kept."""
    alone = Alone((part(2), Part(0, 0, 0)), (True, False), kept(0, 20), kept(count, 80))
    plain = {
        "plan": plan,
        "own": False,
        "limits": (kept(5), kept(40)),
        "together": kept(count),
        "lenient": kept(11),
        "strict": kept(0),
        "gained": 2,
        "lost": 0,
        "told": False,
        "missed": kept(1),
        "believed": (93.0, 300.0),
        "breaks": (
            Breaks("", ()),
            Breaks("occupancy", (), thing(NUMBER, 0.31)),
            Breaks("gap", (thing(NUMBER, 0.52, more=False), thing(STORM, 0.4, is_shock=True))),
        ),
        "regrets": (Regretted(part(0.5, 0.1), 7.0, kept(30)), Regretted(part(27), 33.0, kept(0))),
        "alone": (alone, Alone((part(0.2), part(96)), (True, True), kept(3, 20), kept(0, 80))),
    }
    return Tried(**(plain | changes))


def fake_stressed(*plans: Tried, **changes: object) -> Stressed:
    terms = fake_terms()
    plain = {
        "place": "Dorset",
        "people": 300_000.0,
        "year": "2020/21",
        "years": 5,
        "when": "every",
        "plans": plans or (tried("do_nothing", 1), tried("upstream")),
        "limits": terms.limits,
        "shocks": terms.shocks,
        "futures": RUN + 2,
        "impossible": 2,
        "numbers": 290,
        "aside": 150,
        "times": 2,
        "singly": 10,
        "evidence": {NUMBER: card(NUMBER)},
    }
    return Stressed(**(plain | changes))


def fake_stress(tasks: Sequence[Task], trial: Trial) -> Named:
    plans = [tried(each.plan, own=bool(each.settings)) for each in tasks]
    return Named(f"stress {abs(hash((tuple(tasks), trial)))}", partial(_found, plans))


def _found(plans: Sequence[Tried], pace: Pace) -> Stressed:
    for done in range(3):
        pace.step()
        pace.tell(done + 1, 3)
    return fake_stressed(*plans)
