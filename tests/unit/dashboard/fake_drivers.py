"""A plan's change divided, and numbers moved, with answers that one can work out in one's head."""

from __future__ import annotations

from datetime import date
from functools import partial

from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.drivers import By, Driver, End, Leaned, Leanings, Part, Split, SplitYear
from dashboard.wording.numbers import MEASURES

NOTHING = Part(0.0, 0.0, 0.0)
LABELS = ("2016/17", "2017/18")
FAMILIES = ("demand", "flow", "money")
LEVERS = ("Growth in admissions", "Hospital <i>beds</i>", "NHS money", "Council money", "Carers' pay")


def part(mean: float, half: float = 5.0) -> Part:
    return Part(mean, mean - half, mean + half)


def year(whole: Part, *parts: Part, pairs: int = 0) -> SplitYear:
    means = () if pairs else tuple(each.mean for each in parts)
    return SplitYear(whole, parts, means, means, tuple(1.5 * bool(pairs) for _ in parts))


def fake_split_found(by: By = "family", pairs: int = 0) -> Split:
    """Of 120 fewer, 90 come from flow, 40 from demand, and money is 10 the other way. The first year is all chance."""
    drivers = (
        tuple(Driver(name, name, (name,), (f"something of {name}",)) for name in FAMILIES)
        if by == "family"
        else tuple(Driver(f"lever.{at}", label, ("demand", "flow"), ("a", "b")) for at, label in enumerate(LEVERS))
    )
    means = (-40, -90, 10) if by == "family" else (-60, -40, -20, -10, 10)
    last = year(part(-120), *map(part, means), pairs=pairs)
    first = year(part(-2), *(part(each / 100) for each in means[:-1]), NOTHING, pairs=pairs)
    return Split(by, drivers, {each.id: (first, last) for each in MEASURES}, LABELS, 300_000, 20, pairs)


def leaned(name: str, low: Part | None, high: Part | None, because: str = "") -> Leaned:
    return Leaned(name, f"What {name} <b>is</b>", "low", End(low, because if low is None else ""), End(high))


def fake_leanings(**changes: object) -> Leanings:
    """One number moves it most, one a little, one not to be seen, one nothing; one cannot be moved down."""
    rows = (
        leaned("demand.most", part(-50), part(70)),
        leaned("stay.some", None, part(20), "does not close"),
        leaned("flow.unseen", part(2), part(-1)),
        leaned("finance.none", NOTHING, NOTHING),
    )
    every = {
        (side, name): rows for side in ("baseline", "effect") for name in ("gap", "delayed", "occupancy", "waiting")
    }
    plain = {
        "per_head": True,
        "place": "England",
        "plan": "Prevention shift",
        "year": "2020/21",
        "people": 300_000,
        "replications": 10,
        "believed": dict.fromkeys(every, part(400)),
        "numbers": every,
        "on": date(2026, 11, 22),
        "version": "0.1.0",
    }
    return Leanings(**(plain | changes))


def fake_split(task: Task, by: By) -> Named:
    return Named(f"split {hash((task, by))}", partial(_split, task, by))


def _split(task: Task, by: By, pace: Pace) -> Split:
    pace.step()
    pace.tell(1, 2)
    if task.plan == "do_nothing" and not task.settings:
        raise ImpossibleError("it does nothing otherwise than the baseline")
    return fake_split_found(by)


def fake_lean(task: Task) -> Named:
    return Named(f"lean {hash(task)}", lambda _pace: fake_leanings(per_head=False, on=None, chosen=True))
