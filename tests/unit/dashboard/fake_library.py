"""A few numbers, two programmes and two days of a small locality, for tests of the pages that show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.answering.jobs import Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.levers import Evidence
from dashboard.facts.library import Finding, Leaning, Library, Number, ProgrammeFound
from dashboard.facts.watched import Day, Watched, Way, World

PLACES = ("acute", "p1", "p2", "p3", "home_care", "care_home", "home", "ended", "died", "gave_up")
NUMBER = Number(
    Evidence(
        "demand.rate", "How <often> people come", "12", "10 to 14", "a year", "A book", "page 1", "high", "England", ""
    ),
    "demand",
    "source",
    "https://example.org/book",
    leans=("large", "none"),
)
GUESS = Number(
    Evidence(
        "stay.delay", "Days of delay", "3", "", "days", "A guess", "judgement", "low", "England", "Ask your place."
    ),
    "stays",
    "guess",
    "javascript:alert(1)",
)
HIDDEN = Number(
    Evidence("programme.falls.unit_cost", "Cost", "90", "", "£", "Recalled", "", "low", "England", ""),
    "programmes",
    "recalled",
)
NULL = Finding("null", "0", "", "no change in <falls>", "A trial", "https://example.org/trial", "table 2", "high", "")
FALLS = ProgrammeFound("falls", "Falls & balance", "upstream", 4, "", "1", "90", (NULL, replace(NULL, kind="adverse")))


def fake_library(task: Task) -> Library:
    """The guess is moved by every question that moves a lever."""
    guess = replace(GUESS, moved="5") if task.settings else GUESS
    return Library(
        (NUMBER, guess, HIDDEN), (FALLS,), Leaning("England", 5, "A shift", "2026-11-22", 2, ["demand.rate"])
    )


def day(waiting: int, held: int) -> Day:
    return Day(
        {"acute": waiting}, {"acute": 3, "p1": 1}, {"p2": 1}, {"p1": held}, {"emergency": 2, "back": 1}, {"died": 1}
    )


def fake_watched(**changes: object) -> Watched:
    worlds = tuple(
        World((day(waiting, 2), day(waiting + 1, 1)), dict.fromkeys(PLACES[:6], (4, 4))) for waiting in (5, 0)
    )
    plain = {
        "begins": "2021-01-01",
        "localities": 2,
        "residents": 300_000,
        "pooled": False,
        "one_in": 1,
        "kinds": ("emergency", "elective", "community"),
        "places": PLACES,
        "worlds": worlds,
        "ways": (Way(0, 3, False, (0, 1)), Way(0, 1, True, (20, 0, 40, 1, 90, 4 + 8 * 6))),
        "spared": 1,
        "elsewhere": 0,
        "besides": 0,
    }
    return Watched(**(plain | changes))


def fake_watch(in_parts: Callable[[Callable[[], object], Pace], object]) -> Callable[[Task, int], Named]:
    """A job that brings the two days at once."""
    return lambda task, month: Named(f"watch {month} {task.plan}", lambda pace: in_parts(fake_watched, pace))
