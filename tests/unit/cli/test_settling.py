"""What is said of a warm-up: which of the sentences, and that the page has the same words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli import settling
from sim.experiments.network_run import NetworkAnswer, StationAnswer
from sim.network import find_network, load_network
from sim.results.statistics import Interval

pytestmark = pytest.mark.unit
PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "add-a-network.md"


def answer(needed: float | None, lost: float = 0.0) -> NetworkAnswer:
    """An answer of which only the warm-up and the share lost matter."""
    none, share = Interval(float("nan"), 0, 0, 2), Interval(lost, lost, lost, 2)
    station = StationAnswer("nurses", "Nurses", {"lost": share, "gave_up": none}, {})
    return NetworkAnswer("Clinic", "minutes", 50, 100, 2, 1, needed, (station,), {})


@pytest.fixture
def clinic():
    """Five nurses, offered the load of 2.5."""
    return load_network(find_network("clinic_queue"))


def varied(network, **arrivals):
    group = network.groups[0]
    return replace(network, groups=(replace(group, arrivals=replace(group.arrivals, **arrivals)),))


def test_nothing_is_said_of_a_warm_up_that_is_long_enough(clinic):
    assert settling.on_the_warm_up(clinic, answer(needed=50)) is None


def test_a_short_warm_up_is_told_how_long_it_should_be(clinic):
    assert settling.on_the_warm_up(clinic, answer(needed=60)) == settling.TOO_SHORT.format(needed=60)


def test_a_short_run_is_told(clinic):
    assert settling.on_the_warm_up(clinic, answer(needed=None)) == settling.UNSETTLED


@pytest.mark.parametrize("profile", [{"by_month": (2.0,) + (1.0,) * 11}, {"growth": 0.1}, {"by_year": (1.0, 1.1)}])
def test_seasons_and_growth_have_words_of_their_own(clinic, profile):
    seasonal = varied(clinic, **profile)
    assert settling.on_the_warm_up(seasonal, answer(needed=None)) == settling.SEASONAL
    assert settling.on_the_warm_up(seasonal, answer(needed=60)) == settling.SEASONAL
    assert settling.on_the_warm_up(seasonal, answer(needed=50)) is None


def test_steps_of_places_change_in_time_and_even_months_do_not(clinic):
    stepped = replace(clinic, stations=(replace(clinic.stations[0], places=((0, 5), (30, 6))),))
    assert settling.changes_in_time(stepped)
    assert not settling.changes_in_time(varied(clinic, by_month=(1.0,) * 12, by_weekday=(2.0,) + (1.0,) * 6))


def test_too_much_work_never_settles_unless_people_leave(clinic):
    """The load of 2.5 on two nurses, whatever the warm-up."""
    station = replace(clinic.stations[0], places=((0, 2.0),))
    busy = replace(clinic, stations=(station,))
    told = settling.on_the_warm_up(busy, answer(needed=50))
    assert told.startswith("This never settles: ")
    assert "is asked for more than it can do (a load of 2.5 on 2 places)" in told
    assert "Unless enough people give up" in settling.on_the_warm_up(busy, answer(needed=None, lost=0.1))
    assert settling.on_the_warm_up(busy, answer(needed=50, lost=0.1)) is None


def test_the_page_explains_every_sentence():
    page = " ".join(PAGE.read_text(encoding="utf-8").split()).lower()
    for sentence, words in {
        settling.OVERLOADED: "this never settles: ",
        settling.TOO_SHORT: "mser-5 on the census asks for ",
        settling.UNSETTLED: "the census does not settle within the run",
        settling.SEASONAL: "as is usual where rates or places change in time",
    }.items():
        assert words in sentence.lower()
        assert words.strip() in page
