"""What the months bring whoever comes, and what is asked of the engine."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.inputs import STATIONS, find_footprint, load_footprints, load_parameters, resolve_scenarios
from sim.system import Place, prepare
from sim.system.coupling import _conditions, _in_localities
from sim.system.together import ACUTE

pytestmark = pytest.mark.unit

PEOPLE = 40_000
TWO_LOCALITIES = ("capacity.locality_people", PEOPLE / 2)


@cache
def place(*changes: tuple[str, float | str], years: int = 2) -> Place:
    parameters = resolve_scenarios(load_parameters(), ("prevention_shift",), dict(changes))
    return prepare(parameters, find_footprint("dorset", load_footprints()), years, PEOPLE)


def conditions(here: Place, month: int, feedback: float = 0.0):
    places = here.ledger.places(here.ledger.open(), here.outlook.plans[month])
    return _conditions(here, month, feedback, places)


def test_a_longer_run_begins_with_the_same_months():
    short, long = place().outlook, place(years=3).outlook
    for name in ("arrivals", "diverted", "stays", "delays", "same_day", "day_case", "averted"):
        assert getattr(long, name)[:24] == pytest.approx(getattr(short, name), rel=1e-14), name
    assert long.plans[:24] == short.plans


def test_unmet_need_brings_emergencies_and_nobody_else():
    usual, more = conditions(place(), 5).arrivals, conditions(place(), 5, feedback=0.1).arrivals
    emergencies = [group.kind == "emergency" and group.age_band is not None for group in place().network.groups]
    assert more / usual == pytest.approx(np.where(emergencies, 1.1, 1.0))


def test_only_hospital_stays_and_delays_have_factors():
    asked = conditions(place(("policy.discharge_delay", 0.5), ("policy.start_delay", 0.0)), 20)
    elsewhere = np.arange(len(STATIONS)) != ACUTE
    assert np.all(asked.stays[:, elsewhere] == 1)
    assert np.all(asked.delays[elsewhere] == 1)
    assert asked.delays[ACUTE] < 1
    assert asked.stays[:, ACUTE].min() < 1


def test_a_plan_to_shorten_delays_is_delivered_in_part_and_after_a_while():
    """Half the delay is planned away, three quarters of that delivered, after half a year."""
    plan = ("policy.discharge_delay", 0.5), ("policy.share_delivered", 0.75), ("policy.start_delay", 0.5)
    assert place(*plan).outlook.delays == pytest.approx(np.repeat([1.0, 1 - 0.5 * 0.75], [6, 18]))


def test_delays_that_grow_do_so_by_themselves():
    plan = ("policy.discharge_delay", 1.5), ("policy.share_delivered", 0.5), ("policy.start_delay", 0.0)
    assert place(*plan).outlook.delays == pytest.approx(1.5)


def test_places_are_whole_and_shared_evenly_by_localities_the_first_with_one_more():
    here = place(TWO_LOCALITIES)
    shared = _in_localities(here, np.array([10.0, 11.4, 0.0, 0.6, 7.0, 2.0]) * here.weight)
    assert shared[here.at].tolist() == [[5, 5], [6, 5], [0, 0], [1, 0], [4, 3], [1, 1]]


def test_what_is_averted_is_of_what_would_have_come():
    """Programmes alone, without the shift, avert nothing."""
    assert place().outlook.averted.sum() > 0
    assert place(("policy.shift_share", 0.0)).outlook.averted.sum() == 0
