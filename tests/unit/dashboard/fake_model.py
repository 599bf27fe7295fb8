"""A model that answers at once, for tests of the page: smooth curves that move with two levers."""

from __future__ import annotations

import hashlib
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Event

import numpy as np
from scipy.stats import t

from dashboard.answering.assembling import Reader
from dashboard.answering.enquiries import Gateway
from dashboard.answering.runs import Model, Task
from dashboard.answering.studies import Studies
from dashboard.facts.answers import Answer
from dashboard.facts.catalogue import Catalogue, Place, Plan, Replications
from dashboard.facts.levers import Evidence, Lever
from dashboard.facts.stations import Rules
from tests.unit.dashboard.fake_accounts import fake_accounts
from tests.unit.dashboard.fake_studies import fake_studies

SHIFT = "policy.shift_share"
GROWTH = "demand.admissions_growth"
FUND = "policy.transition_fund"
STAY = "demand.stay_trend_emergency"
STANCE = "policy.evidence_stance"


def evidence(name: str, confidence: str = "medium") -> Evidence:
    return Evidence(
        name=name,
        says="A number somebody counted",
        value="3.6",
        range="1.2 to 4.8",
        unit="% a year",
        source="A report, A publisher, 2016",
        where="table 1",
        confidence=confidence,
        place="England",
        note="",
    )


def lever(path: str, label: str, group: str, baseline: float, high: float, **more: object) -> Lever:
    plain = {"unit": "% a year", "low": 0.0, "step": 0.1, "digits": 1, "help": f"Moves {label}.", "headline": True}
    return Lever(
        path=path, label=label, group=group, baseline=baseline, high=high, evidence=(evidence(path),), **(plain | more)
    )


SHARE = {"unit": "%", "scale": 100.0, "step": 0.005, "digits": 1}


def fake_catalogue() -> Catalogue:
    levers = (
        lever(GROWTH, "Admissions growth", "demand", 3.6, 6.0),
        lever(STAY, "Trend in length of stay", "demand", -0.9, 2.0, low=-4.0),
        lever(
            SHIFT, "Hospital money moved upstream", "prevention", 0.0, 0.15, unit="%", scale=100.0, step=0.005, digits=1
        ),
        lever("policy.shift_start", "Start of the shift", "prevention", 1.0, 5.0, unit="years", step=0.25, digits=2),
        Lever(
            path=STANCE,
            label="How far to trust the evidence",
            unit="",
            group="prevention",
            baseline="central",
            choices=(("cautious", "Cautious"), ("central", "Central"), ("hopeful", "Hopeful")),
            evidence=(evidence(STANCE, "low"),),
        ),
        lever("capacity.growth.acute", "Hospital beds", "flow", 0.0, 5.0, low=-5.0),
        lever("policy.discharge_delay", "Delay before leaving", "flow", 1.0, 2.0, unit="times", step=0.05, digits=2),
        lever(
            "capacity.escalation_share",
            "Escalation beds",
            "flow",
            0.04,
            0.1,
            unit="% of beds",
            scale=100.0,
            step=0.005,
            digits=1,
        ),
        lever("finance.budget_growth.acute", "NHS money", "money", 1.0, 5.0, low=-2.0),
        lever("finance.budget_growth.social_care", "Social care money", "money", -1.4, 5.0, low=-5.0),
        lever(
            "policy.transition_fund",
            "Transition fund",
            "money",
            0.0,
            40.0,
            unit="£ a head a year",
            step=1.0,
            digits=0,
            headline=False,
        ),
    )
    places = (
        Place("england", "England", "", 54_800_000.0, 22_000.0),
        Place("west-yorkshire-and-harrogate", "West Yorkshire and Harrogate", "North of England", 2_517_583.0, 1_074.0),
        Place("dorset", "Dorset", "South of England", 770_689.0),
        Place("hamlet", "Hamlet", "South of England", 20_000.0),
    )
    plans = (
        Plan("do_nothing", "Do nothing", "Everything goes on as it is."),
        Plan("prevention_shift", "Prevention shift", "Moves hospital money upstream.", {SHIFT: 0.05}),
        Plan(
            "constant_stay",
            "Constant stay",
            "The known trap.",
            {"demand.stay_trend_emergency": 0.0},
            ("Stays do not change",),
        ),
    )
    replications = (
        Replications("10", "10, as usual", 10, 10),
        Replications("30", "30, for narrower ranges", 30, 30),
        Replications("narrow", "until ranges are narrow", 10, 100),
    )
    return Catalogue(
        places={each.slug: each for each in places},
        levers={each.path: each for each in levers},
        plans={each.name: each for each in plans},
        replications={each.name: each for each in replications},
        most_people=3_000_000,
        default_place="west-yorkshire-and-harrogate",
        begins=2016,
    )


def fake_run(task: Task, cancelled: Event) -> dict[str, np.ndarray]:
    """Curves with the shape of the real thing: growth, a winter, a dip before the plan pays."""
    standing = fake_catalogue().settings_of(task.plan) | dict(task.settings)
    shift, growth = float(standing[SHIFT]) * 100, float(standing[GROWTH])
    scale = fake_catalogue().places[task.place].people / 10**6
    month = np.arange(task.years * 12)
    year = month / 12
    noise = np.random.default_rng(task.seed * 100 + task.replication).normal(size=month.size)
    benefit = shift * (np.clip(year - 1, 0, 3) ** 1.5 - 0.6 * np.clip(year, 0, 1.5))
    winter = np.cos(2 * np.pi * (month - 9) / 12)
    occupancy = 0.905 + 0.004 * growth * year + 0.012 * winter - 0.003 * benefit + 0.004 * noise
    delayed = scale * (89 + 6 * growth * year - 2.2 * benefit + 5 * winter + 2 * noise)
    waiting = scale * (24_000 + 900 * growth * year - 190 * benefit + 220 * noise)
    gap = scale * 10**6 / 12 * (20 + 14 * growth * year - 2.5 * benefit + 0.6 * noise)
    emergency = scale * (5_600 + 12 * growth * year - 14 * benefit + 100 * winter + 20 * noise)
    averted = scale * np.clip(14 * benefit, 0, None)
    return {
        "occupancy:acute": occupancy,
        "delayed": delayed,
        "elective_waiting": waiting,
        "emergency_wait_over_4h": np.clip(4 * (occupancy - 0.88), 0, 1) ** 1.5,
        "gap": gap,
        "admissions:emergency_overnight": emergency,
        "averted": averted,
        "displaced": 0.15 * averted,
        "places:acute": np.full(month.size, 1_860 * scale),
        **fake_accounts(scale, shift, benefit, noise),
    }


def fake_key(task: Task) -> str:
    return hashlib.sha256(repr(task).encode()).hexdigest()


def fake_break_even(before: list[dict[str, np.ndarray]], after: list[dict[str, np.ndarray]]) -> int | None:
    net = np.cumsum(fake_yearly(before, "gap").mean(axis=0) - fake_yearly(after, "gap").mean(axis=0))
    above = [year for year in range(len(net)) if (net[year:] >= 0).all()]
    return above[0] if above and (net < 0).any() else None


def fake_yearly(runs: list[dict[str, np.ndarray]], name: str) -> np.ndarray:
    table = np.stack([run[name] for run in runs])
    folded = table.reshape(len(runs), -1, 12)
    return (
        folded.mean(axis=-1)
        if name.startswith(("occupancy", "delayed", "places", "occupied", "elective", "emergency_wait"))
        else folded.sum(axis=-1)
    )


def fake_enough(judged: list[tuple[np.ndarray, float]]) -> int | None:
    """The smallest number of runs, five at least, with every textbook 95 % half-width small enough."""
    for count in range(5, len(judged[0][0]) + 1):
        critical = t.ppf(0.975, count - 1) / np.sqrt(count)
        if all(critical * sample[:count].std(ddof=1) <= width for sample, width in judged):
            return count
    return None


class ByHand(Executor):
    """Runs nothing until told to; remembers what it was given, in order, with the event that cancels it."""

    def __init__(self) -> None:
        self.given: list[tuple[object, Event, Future, partial]] = []
        self.begun = Event()

    def submit(self, work, /, *args, **named):
        future: Future = Future()
        _, task, stop = args
        self.given.append((task, stop, future, partial(work, *args, **named)))
        self.begun.set()
        return future

    @property
    def started(self) -> list[object]:
        """Every task so far."""
        return [task for task, *_ in self.given]

    @property
    def under_way(self) -> list[object]:
        """Tasks that are neither finished nor told to stop."""
        return [task for task, stop, future, _ in self.given if not future.done() and not stop.is_set()]

    def event(self, task: object) -> Event:
        """What cancels the latest run of a task."""
        return next(stop for given, stop, *_ in reversed(self.given) if given == task)

    def finish(self, task: object, problem: Exception | None = None) -> None:
        """Let the latest run of a task end."""
        future, work = next((future, work) for given, _, future, work in reversed(self.given) if given == task)
        future.set_exception(problem) if problem else future.set_result(work())

    def finish_all(self, most: int = 1000) -> None:
        """Let everything that was begun end, and what begins then, up to so many."""
        for _ in range(most):
            waiting = [(future, work) for _, _, future, work in self.given if not future.done()]
            if not waiting:
                return
            future, work = waiting[0]
            future.set_result(work())

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing to let go."""


def fake_reader(**changes: object) -> Reader:
    reader = Reader(
        yearly=fake_yearly,
        break_even=fake_break_even,
        enough=fake_enough,
        month=lambda number: f"{2016 + (number + 3) // 12}-{(number + 3) % 12 + 1:02d}-01",
        year=lambda number: f"{2016 + number}/{17 + number}",
        rules=Rules(busy=0.85, very_busy=0.9, full=0.98, months=3, held_up=0.01),
    )
    return replace(reader, **changes)


def fake_model(**changes: object) -> Model:
    model = Model(
        catalogue=fake_catalogue(),
        reader=fake_reader(),
        run=fake_run,
        key=fake_key,
        pool=partial(ThreadPoolExecutor, 2),
        slots=2,
    )
    return replace(model, **changes)


def fake_gateway(studies: Studies | None = None, **changes: object) -> Gateway:
    return Gateway(fake_model(**changes), studies or fake_studies())


def settled(gateway: Gateway, link: object, who: str = "") -> Answer:
    """The settled answer to a link, however many times one has to ask."""
    while not (answer := gateway.answer(gateway.name(link))) or not answer.settled:
        assert gateway.ask(link, who, answer.done if answer else 0, 30).status in ("ready", "working")
    return answer


def answer_to(link: str) -> Answer:
    """The fake model's answer to a link."""
    gateway = fake_gateway()
    answer = settled(gateway, link)
    gateway.close()
    return answer
