"""Long questions that are answered at once, for tests of the page: two cases, one with a fault, and made-up draws."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dashboard.answers import Evidence
from dashboard.findings import CaseFound, Doubted, FigureFound, FitFound, Lean, Listed, Unsure
from dashboard.jobs import Pace
from dashboard.runs import Task
from dashboard.studies import Named, Studies
from dashboard.wording import CARDED

PARTS = 5
CLINIC, WARD, BROKEN = "clinic", "ward", "broken"
LEANED_ON = "demand.same_day_share"


def fake_cases() -> list[Listed]:
    source = "Somebody (1917), https://example.org/waits, table 2"
    return [
        Listed(CLINIC, "Waits at a clinic", "People come and wait.", source, 2, PARTS),
        Listed(WARD, "Beds of a ward", "People come and are turned away.", "A book (1999)", 1, PARTS),
        Listed(BROKEN, "broken", faults='parameters/cases/broken.yaml, line 3: seed\n  "x" must be a number.'),
    ]


def figure(state: str = "pass", because: str = "") -> FigureFound:
    return FigureFound("wait, nurses", "0.52", "0.53 ± 0.02", "3 s.e. = 0.04", state, "published", because)


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


def fake_studies(**changes: object) -> Studies:
    plain = {"cases": fake_cases, "prove": fake_prove, "doubt": fake_doubt}
    return Studies(**(plain | {"fit": lambda: FitFound(26, 25, 30, 29, "Beds", 1.3, "21 November 2026")} | changes))
