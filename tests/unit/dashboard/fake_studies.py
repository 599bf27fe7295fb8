"""Long questions that are answered at once, for tests of the page: two cases, one with a fault, and made-up draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from gzip import compress

from dashboard.answering.jobs import Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named, Studies
from dashboard.facts.findings import CaseFound, Doubted, FigureFound, FitFound, Lean, Listed, Unsure
from dashboard.facts.levers import Evidence
from dashboard.facts.networks import Network, NetworkArrow, NetworkBox
from dashboard.facts.past import Past, PastScore, PastSeries, PastYear
from dashboard.wording.numbers import CARDED
from tests.unit.dashboard.fake_drivers import fake_lean, fake_leanings, fake_split
from tests.unit.dashboard.fake_library import fake_library, fake_watch
from tests.unit.dashboard.fake_searches import fake_mixes, fake_search
from tests.unit.dashboard.fake_stress import fake_stress, fake_terms

PARTS = 5
CLINIC, WARD, BROKEN = "clinic", "ward", "broken"
WARD_FILE = "ward_and_home"
LEANED_ON = "demand.same_day_share"


def fake_cases() -> list[Listed]:
    source = "Somebody (1917), https://example.org/waits, table 2"
    return [
        Listed(CLINIC, "Waits at a clinic", "People come and wait.", source, 2, PARTS),
        Listed(WARD, "Beds of a ward", "People come and are turned away.", "A book (1999)", 1, PARTS),
        Listed(BROKEN, "broken", faults='parameters/cases/broken.yaml, line 3: seed\n  "x" must be a number.'),
    ]


def figure(state: str = "pass", because: str = "") -> FigureFound:
    words = ("Mean wait", "0.52", "0.53 ± 0.02", "0.04")
    return FigureFound(*words, state, "published", because, made_of="three standard errors")


def fake_found(name: str) -> CaseFound:
    figures = (figure(), figure("known difference", "They count a <night> as two.")) if name == CLINIC else (figure(),)
    return CaseFound(name, PARTS, 1, figures, 0.1)


def in_parts(result: Callable[[], object], pace: Pace) -> object:
    """Work in a few parts, as the model does it."""
    for part in range(PARTS):
        pace.step()
        pace.tell(part + 1, PARTS)
    return result()


def fake_prove(name: str) -> Named | None:
    if name not in (CLINIC, WARD):
        return None
    return Named(f"case {name} 1", partial(in_parts, partial(fake_found, name)))


def unsure(low: float, high: float, leans: tuple[Lean, ...] = ()) -> Unsure:
    return Unsure((low + high) / 2, low, high, 40, 5, leans)


def fake_doubted(draws: int = 60) -> Doubted:
    lean = Lean("Share that stays no night", LEANED_ON, "low", 0.6)
    measures = {name: unsure(-12.0, -2.0) for name in CARDED} | {"delayed": unsure(-90.0, 4.0, (lean,))}
    witness = Evidence(LEANED_ON, lean.says, "0.35", "0.29 to 0.36", "", "A book", "page 1", "low", "England", "")
    return Doubted(draws, 2, 300_000, 290, 94, 1, measures, {LEANED_ON: witness})


def fake_doubt(task: Task, draws: int) -> Named:
    return Named(f"doubt {hash((task, draws))}", partial(in_parts, partial(fake_doubted, draws)))


def past_year(begins: int, phase: str, observed: float | None, model: float = 100.0) -> PastYear:
    """One year, band 90 to 110; errors and what lies inside follow from the numbers."""
    plain = {
        "label": f"{begins}/{begins % 100 + 1}",
        "months": "",
        "begins": float(begins),
        "ends": begins + 1.0,
        "low": 90.0,
        "high": 110.0,
        "carried": None if phase == "fitted" else 95.0,
        "trend": None,
        "error": None if observed is None else model / observed - 1,
        "inside": None if observed is None else 90 <= observed <= 110,
    }
    return PastYear(phase=phase, observed=observed, model=model, **plain)


def past_series(name: str, observed: tuple[float, float], unseen: PastScore | None, **more: object) -> PastSeries:
    """2013/14 fitted, 2014/15 and 2015/16 not, 2016/17 a forecast."""
    years = (
        replace(past_year(2012, "fitted", 60.0, 66.0), months=(8, 3), begins=2012 + 4 / 12, low=60.0, high=70.0),
        past_year(2013, "fitted", 95.0),
        past_year(2014, "not fitted", observed[0]),
        past_year(2015, "not fitted", observed[1]),
        past_year(2016, "forecast", None),
    )
    plain = {"label": name.capitalize(), "is_share": False, "years": years, "fitted": None, "forecast": None}
    return PastSeries(id=name, unseen=unseen, **(plain | more))


UNSEEN = ("2014/15", "2015/16")


def fake_past() -> Past:
    """One series better than carrying on, one worse, and one of which only the forecast can be judged."""
    return Past(
        series=(
            past_series("beds", (98.0, 104.0), PastScore(UNSEEN, 0.03, 2, 0.06, 0.02)),
            past_series("delays", (120.0, 140.0), PastScore(UNSEEN, 0.226, 0, 0.2, None), is_share=True),
            past_series("days", (99.0, 99.0), None, forecast=PastScore(("2016/17",), 0.05, 0, 0.05, None)),
        ),
        until="2013/14",
        compared="2015/16",
        draws=23,
        aside=37,
        on=date(2026, 11, 22),
    )


def fake_network(name: object) -> Network:
    """A door, a ward that holds people back, a home, and a way back; what is not known is that of a place."""
    if name == BROKEN:
        return Network(BROKEN, "broken", faults='parameters/networks/broken.yaml, line 3: "x" must be a number.')
    boxes = (
        NetworkBox("in", "Emergency", "door"),
        NetworkBox("ward", "Ward <b>one</b>", "station", ("12 places", "who finds it full is lost"), "acute"),
        NetworkBox("care", "Care", "station", ("3 places",)),
        NetworkBox("home", "Home", "exit"),
    )
    arrows = (
        NetworkArrow("in", "ward", "arrival", ("4 a day",)),
        NetworkArrow("ward", "care", "route", ("30 %",), holds=True),
        NetworkArrow("ward", "home", "route", ("70 %",)),
        NetworkArrow("care", "home", "route", ("100 %",)),
        NetworkArrow("home", "ward", "readmission", ("9 % come back",)),
    )
    return Network(WARD_FILE, "A ward & a home", "People <come>.", "A book (1999)", boxes, arrows, ("Dotted: back.",))


def fake_events(task: Task) -> Named:
    return Named(f"log {hash(task)}", partial(in_parts, lambda: compress(b"entity_id,event\n1,arrival\n")))


def fake_studies(**changes: object) -> Studies:
    plain = {"networks": lambda: [WARD_FILE, "two_<wards>"], "network": fake_network}
    plain |= {"split": fake_split, "lean": fake_lean, "leanings": fake_leanings}
    plain |= {"terms": fake_terms, "stress": fake_stress, "search": fake_search, "mixes": fake_mixes}
    plain |= {"watch": fake_watch(in_parts), "library": fake_library}
    plain |= {"cases": fake_cases, "prove": fake_prove, "doubt": fake_doubt, "events": fake_events, "past": fake_past}
    return Studies(**(plain | {"fit": lambda: FitFound(26, 25, 30, 29, "Beds", 1.3, date(2026, 11, 21))} | changes))
