"""What seats see of small sessions, as HTML: results are made up, since nothing is asked of the model."""

from __future__ import annotations

import re

from dashboard.workshop.scene import Around, scene
from dashboard.workshop.screens import seat
from sim.results.statistics import Interval, Paired
from sim.workshop import Headline, Promises, RoundResults, TeamRound, Won, acts
from sim.workshop.results import BOOKS, SHOWN
from tests.unit.workshop.rooms import ROUND, by, joined, led

AROUND = Around(
    "KMPRT", "http://192.168.1.7:8050/workshop/KMPRT", left=125.0, done=3, wanted=12, ends="6 December 2026"
)
ORGANISATIONS = ("acute", "community", "social_care", "public_health", "other_nhs")
BALANCE = {"acute": -61e6, "community": 7e6, "social_care": -8e6, "public_health": 0.0, "other_nhs": -43e6}
TAGS = re.compile(r"<[^>]+>")


def results(number=0, teams=("Blue", "Red"), verdict="better"):
    """A round that brought every team the same but for its name; Blue has fewer of everything."""
    return RoundResults(
        number, number + 1, 1, 2, tuple(_of_team(team, verdict) for team in teams),
        (Won("flow", ("Blue",)), Won("people", tuple(teams)), Won("money", ("Red",)), Won("promises", ())),
    )  # fmt: skip


def _of_team(team, verdict):
    less = (
        Paired(-30.0, -40.0, -20.0, 2, verdict)
        if team == "Blue"
        else Paired(4.0, -3.0, 11.0, 2, "no detectable difference")
    )
    headlines = tuple(Headline(series, Interval(120.0, 100.0, 140.0, 2), less) for series in SHOWN)
    books = {name: dict.fromkeys(BOOKS, 1e6) | {"balance": BALANCE[name]} for name in ORGANISATIONS}
    return TeamRound(team, headlines, books, Interval(1e8, 9e7, 1.1e8, 2), Promises(1, 0, 0.02, 0.0))


def at(session, who="Blue/acute", rounds=None, splits=None, around=AROUND):
    """The scene of a seat."""
    found = tuple(results(n) for n in range(len(session.state.results))) if rounds is None else rounds
    return scene(session.state, who, around, found, splits)


def page(session, who="Blue/acute", **given):
    """The page of a seat."""
    return seat.page(at(session, who, **given), "the form's token", seen=7)


def words(session, who="Blue/acute", **given):
    """What can be read on it."""
    return " ".join(TAGS.sub(" ", page(session, who, **given)).split())


def every_phase(template=None):
    """Sessions in every phase and both ways of playing, by name."""
    session = joined(template)
    found = {"lobby": session}
    for number, kind in enumerate(("fortress", "fortress again", "place")):
        session = led(session, acts.Begin())
        found[f"{kind} decide"] = session
        for act in ROUND:
            session = led(session, act)
            done = " done" if isinstance(act, acts.Ran) else ""
            found[f"{kind} {session.state.phase}{done}"] = session
        assert session.state.round == number
    return found | {"finished": led(session, acts.Finish())}


__all__ = ["AROUND", "ROUND", "at", "by", "every_phase", "joined", "led", "page", "results", "words"]
