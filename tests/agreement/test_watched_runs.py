"""What is watched is the run itself: log, midnights and series tell the same story of the same people."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sim.experiments.tracks import HOSPITAL, localities, one_in, spared, tracks_of
from sim.inputs import STATIONS, find_footprint, load_footprints, load_parameters, resolve_scenarios
from sim.system import prepare, simulate
from sim.system.watching import watch

pytestmark = pytest.mark.agreement

FIRST, MONTHS = 14, 2
# two localities that take each other's patients, and feedback, so that nothing is left out
CHANGES = {"capacity.pooling_share": 0.5, "capacity.locality_people": 30_000, "demand.unmet_elasticity": 0.2}


SOON = {"policy.shift_share": 0.1, "policy.shift_start": 0.0, "policy.shift_ramp": 0.0, "policy.start_delay": 0.0}
"""Five times the usual shift at once, so that a small place sees it soon."""


def place_of(scenario, changes):
    parameters = resolve_scenarios(load_parameters(), [scenario], changes)
    return prepare(parameters, find_footprint("devon", load_footprints()), 2, 60_000)


@pytest.fixture(scope="module")
def place():
    return place_of("prevention_shift", CHANGES)


@pytest.fixture(scope="module")
def watched(place):
    return watch(place, 4, 2, FIRST, MONTHS)


@pytest.fixture(scope="module")
def everybody(watched):
    assert localities(watched.network) == ("1", "2")
    return [tracks_of(watched, each) for each in ("1", "2")]


def test_looking_changes_nothing(place, watched):
    plain = simulate(place, 4, 2)
    assert watched.history.series.keys() == plain.series.keys()
    for name, expected in plain.series.items():
        np.testing.assert_array_equal(watched.history[name], expected, err_msg=name)


def test_watching_may_begin_at_a_midnight_within_the_first_month(place, watched):
    """Log and midnights from a day on are those of the whole month, from there on."""
    day = watched.midnights[3].time
    later = watch(place, 4, 2, FIRST, MONTHS, since=day)
    assert later.began == later.midnights[0].time == day
    assert [each.time for each in later.midnights] == [each.time for each in watched.midnights[3:]]
    assert later.log == tuple(each for each in watched.log if each.time >= day)
    with pytest.raises(ValueError, match=f"month {FIRST} is days"):
        watch(place, 4, 2, FIRST, MONTHS, since=day + 31)


def test_midnights_are_the_census_of_the_run(watched):
    """Day by day and station by station: the second engine, a day at a time, stands where the first one stood."""
    stations = len(watched.network.stations)
    for name, seen in (("census", lambda m: m.holds), ("waiting_census", lambda m: m.wants[m.holds < 0])):
        expected = np.concatenate([getattr(flow, name) for flow in watched.flows], axis=1)
        assert expected.shape[1] == len(watched.midnights)
        for day, moment in enumerate(watched.midnights):
            there = seen(moment)
            np.testing.assert_array_equal(np.bincount(there[there >= 0], minlength=stations), expected[:, day])


def spent(everybody, first, start, end):
    """Person-days by what people do, where, and for which place they are held."""
    found = Counter()
    for tracks in everybody:
        for track in tracks.people.values():
            ends = [*(step.day for step in track.steps[1:]), np.inf]
            for step, until in zip(track.steps, ends, strict=True):
                days = min(until + first, end) - max(step.day + first, start)
                found[step.what, step.at, step.wants] += max(days, 0.0)
    return found


def test_tracks_add_up_to_the_series_of_the_month(place, watched, everybody):
    """Bed days, days of waiting and days held by full places, each summed from single people, against the run."""
    flow, month = watched.flows[1], FIRST + 1
    days = flow.end - flow.start
    found = spent(everybody, everybody[0].first, flow.start, flow.end)
    series = {name: values[month] * days / place.weight for name, values in watched.history.series.items()}
    for kind in STATIONS:
        used = sum(found[each] for each in found if each[0] in ("stays", "delayed", "blocked") and each[1] == kind)
        assert used == pytest.approx(series[f"occupied:{kind}"], rel=1e-9)
        assert found["waits", kind, ""] == pytest.approx(series[f"waiting:{kind}"], rel=1e-9, abs=1e-6)
    held = sum(found[each] for each in found if each[:2] == ("blocked", HOSPITAL))
    assert held > 0
    assert held == pytest.approx(series["delayed:capacity"], rel=1e-9)


def test_everybody_who_leaves_is_counted_by_the_run(watched, everybody):
    flow = watched.flows[1]
    left = Counter(
        step.at
        for tracks in everybody
        for track in tracks.people.values()
        for step in track.steps
        if step.what == "left" and flow.start <= step.day + tracks.first < flow.end
    )
    exits = dict(zip(watched.network.exits, flow.exits.tolist(), strict=True))
    exits["died"] += int(flow.died_waiting.sum())
    assert left == Counter(exits | {"gave_up": int(flow.reneged.sum())})


def test_counts_by_day_follow_from_each_other(everybody):
    """Heads at a midnight are those of the one before, and who came, less who left."""
    for tracks in everybody:
        heads = [sum(each.waiting.values()) + sum(each.occupied.values()) for each in tracks.counts]
        for before, after, count in zip(heads, heads[1:], tracks.counts[1:], strict=False):
            assert after == before + sum(count.came.values()) - sum(count.left.values())


def test_where_tracks_stand_at_a_midnight_is_what_is_counted(everybody):
    for tracks in everybody:
        for day, count in enumerate(tracks.counts):
            standing = [
                step for track in tracks.people.values() if (step := at_midnight(track, day)) and step.what != "left"
            ]
            held = Counter(step.wants for step in standing if step.what == "blocked" and step.at == HOSPITAL)
            assert Counter(step.at for step in standing if step.what != "waits") == count.occupied
            assert Counter(step.at for step in standing if step.what == "waits") == count.waiting
            assert held == count.blocked


def at_midnight(track, day):
    """The last step before it: what happens on the stroke belongs to the next day; delays are seen on it."""

    def counts(step):
        return step.day < day or (step.day == day and (day == 0 or step.what == "delayed"))

    return next(filter(counts, reversed(track.steps)), None)


def test_who_is_spared_is_named():
    """The plan's averted admissions are people who come when nothing is done; nobody new comes in their stead."""
    places = place_of("do_nothing", {}), place_of("prevention_shift", SOON)
    nothing, shift = (tracks_of(watch(each, 4, 2, 22, MONTHS), "1") for each in places)
    found = spared(nothing, shift)
    assert found
    assert set(found) <= nothing.people.keys()
    assert all(nothing.people[number].kind == "emergency" for number in found)
    assert all(number not in shift.people or shift.people[number].steps[0].at == "p1" for number in found)
    assert spared(shift, shift) == ()


def test_one_person_in_so_many_is_the_same_one_everywhere():
    people = [stream << 40 | block << 16 | index for stream in (1, 7) for block in range(800) for index in range(4)]
    drawn = set(one_in(people, 4))
    assert drawn == set(one_in(reversed(people), 4))
    assert len(drawn) == pytest.approx(len(people) / 4, rel=0.1)
    assert set(one_in(people, 1)) == set(people)
