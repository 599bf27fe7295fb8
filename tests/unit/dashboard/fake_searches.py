"""Searches with answers that one can work out in one's head."""

from __future__ import annotations

from functools import partial

from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.searched import (
    Asked,
    Bearer,
    DelayFound,
    FundFound,
    Kept,
    Mix,
    MixFound,
    Needed,
    Searched,
    Seen,
    Spell,
    TruthFound,
)
from dashboard.facts.sought import Sought
from dashboard.link.takes import SHIFT
from tests.unit.dashboard.fake_stress import fake_terms, part

ASKED = Asked("Dorset", 300_000.0, ("2016/17", "2017/18"), 10)
KEPT = Kept(fake_terms().limits, "every")
MILLION = 10**6
LEVELS = (part(93.0), part(300.0))
IMPOSSIBLE = "This plan moves no money between organisations, so there is no double running to pay for."


def fake_mixes(word: str) -> int:
    return {"few": 60, "usual": 200}[word]


def needed(least: float | None = 8.3, **changes: object) -> Needed:
    plain = {"maybe": 7.9, "surely": 8.6, "most": 10.0, "from_start": False, "one_way": True}
    plain |= {} if least is not None else {"maybe": None, "surely": None}
    return Needed(**(plain | {"least": least} | changes))


def seen(net: float, *, holds: bool = False) -> Seen:
    return Seen(part(net * MILLION, MILLION), LEVELS, holds)


def fake_truth(**changes: object) -> TruthFound:
    """It takes 8.3 times; as believed it costs £65m, hopeful £45m."""
    plain = {
        "asked": ASKED,
        "kept": KEPT,
        "aim": "break_even",
        "turned": "effects",
        "needed": needed(),
        "within": False,
        "believed": seen(-65),
        "believed_at": 1.0,
        "ends": (("cautious", seen(-80)), ("central", seen(-65)), ("hopeful", seen(-45))),
        "allowed": None,
        "hopeful": (1.5, 2.0, 9.0),
        "outside": 2,
        "tried": ((5.0, seen(-20)), (8.3, seen(1, holds=True)), (10.0, seen(12, holds=True))),
    }
    return TruthFound(**(plain | changes))


def fake_fund(**changes: object) -> FundFound:
    """£43 for a year or £22 for two; the year is less."""
    spells = (
        Spell(1, needed(43.0, maybe=31.0, surely=None, most=80.0), 33 * MILLION, 32 * MILLION),
        Spell(2, needed(22.0, maybe=22.0, surely=22.0, most=80.0), 34 * MILLION, 32 * MILLION),
    )
    plain = {
        "asked": ASKED,
        "kept": KEPT,
        "spells": spells,
        "best": 0,
        "unmoved": LEVELS,
        "without": LEVELS,
        "largest": LEVELS,
        "course": ((part(33 * MILLION, 0), part(12 * MILLION)), (part(0, 0), part(20 * MILLION))),
        "most": 80.0,
        "suffices": False,
        "idle": False,
        "moves": True,
        "held": False,
    }
    return FundFound(**(plain | changes))


def fake_delay(**changes: object) -> DelayFound:
    """Hospital wants the most places, the council the fewest, the place the middle, tied with the next."""
    costs = {"acute": (9, 5, 2), "community": (1, 2, 4), "the place": (10, 7, 6.5)}
    best = {"acute": 2, "community": 0, "the place": 2}
    ties = {"acute": (2,), "community": (0,), "the place": (1, 2)}
    plain = {
        "asked": ASKED,
        "kind": "p2",
        "staffed": False,
        "points": (-5.0, 0.0, 2.5),
        "capacity": (part(100), part(120), part(134)),
        "delay": (part(80), part(40), part(9)),
        "held_back": (part(0, 0), part(0, 0), part(6)),
        "bearers": tuple(
            Bearer(
                name, tuple(part(each * MILLION, MILLION) for each in pounds), best[name], ties[name], name == "acute"
            )
            for name, pounds in costs.items()
        ),
        "above": (part(3.5 * MILLION, MILLION), part(0.5 * MILLION, MILLION), part(0, 0)),
        "bed_day": 216.0,
        "waiting": 124.0,
    }
    return DelayFound(**(plain | changes))


def mix(share: float, gap: float, days: float, **changes: object) -> Mix:
    settings = tuple(zip(SHIFT, (share, 0.25, 3.0, 0.5, 0.25, 0.25), strict=True))
    plain = {"levels": LEVELS, "kept": "mean", "still": True, "tied": ()}
    return Mix(settings=settings, changes=(part(gap * MILLION, MILLION), part(days, 100.0)), **(plain | changes))


def fake_mix(**changes: object) -> MixFound:
    """Of four tried two keep the limits; one of these does no longer with other people."""
    plain = {
        "asked": ASKED,
        "kept": KEPT,
        "lows": ("gap", "emergency_bed_days"),
        "dots": ((0.0, 0.0, False), (3e6, -7000.0, True), (5e6, -8000.0, True), (9e6, -1000.0, False)),
        "feasible": 2,
        "mixes": (mix(0.0275, 3, -7000, tied=(1,)), mix(0.07, 5, -8000, still=False, kept="no")),
        "unmoved": LEVELS,
        "unmoved_kept": "no",
        "worthless": False,
        "confirmed": 10,
    }
    return MixFound(**(plain | changes))


def fake_search(task: Task, sought: Sought) -> Named:
    return Named(f"takes {abs(hash((task, sought.matters)))}", partial(_found, task, sought))


def _found(task: Task, sought: Sought, pace: Pace) -> Searched:
    for done in range(3):
        pace.step()
        pace.tell(done + 1, 3)
    if sought.ask == "fund" and task.plan == "constant_stay":
        raise ImpossibleError(IMPOSSIBLE)
    return {"truth": fake_truth, "fund": fake_fund, "delay": fake_delay, "mix": fake_mix}[sought.ask]()
