"""Searches where the answer is known: Erlang's formulas, fronts by brute force, and least steps by trying them all."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from sim.experiments import Question, Way, resolve
from sim.experiments.search import (
    Axis,
    Hunt,
    Limits,
    Service,
    best_mixes,
    chosen_limits,
    least_places,
    must_be_true,
    network_delay,
    stated,
    transition_fund,
    truth,
)
from sim.experiments.search.asking import Asker
from sim.experiments.search.dials import effects_dial, lever_dial
from sim.experiments.search.fund import LEVEL, SPELL
from sim.experiments.search.mix import LEVERS
from sim.experiments.search.pareto import Worth, front, hunt
from sim.inputs.limits import load_limits
from sim.network import find_network, load_network
from sim.network.model import Cost
from tests.oracles import erlang_b, erlang_c, mean_wait

pytestmark = pytest.mark.verification

SMALL = Question("devon", ("do_nothing",), years=2, replications=2, people=20_000)


@pytest.fixture(scope="module")
def clinic():
    """M/M/c with a load of two and a half: 15 people an hour for ten minutes each."""
    return load_network(find_network("clinic_queue"))


@pytest.mark.parametrize("level", [0.4, 0.2, 0.06])
def test_the_least_places_so_that_few_wait_are_erlangs(clinic, level):
    """Erlang C at a load of 2.5 is 0.7022, 0.3199, 0.1304, 0.0474, … for three, four, five, six places."""
    known = next(places for places in range(3, 20) if erlang_c(places, 2.5) <= level)
    found = least_places(clinic, Service("nurses", "waited", level), replications=6)
    assert found.load == pytest.approx(2.5)
    assert (found.least, found.maybe, found.surely, found.one_way) == (known, known, known, True)


@pytest.mark.parametrize("level", [0.3, 0.1, 0.02])
def test_the_least_places_so_that_few_are_turned_away_are_erlangs(clinic, level):
    (station,) = clinic.stations
    lossy = replace(clinic, stations=(replace(station, waiting_room=0),))
    known = next(places for places in range(1, 20) if erlang_b(places, 2.5) <= level)
    found = least_places(lossy, Service("nurses", "lost", level), replications=6)
    assert (found.least, found.surely) == (known, known)


def test_a_level_that_no_number_of_places_reaches_is_said_to_be_none(clinic):
    found = least_places(clinic, Service("nurses", "utilisation", 0.2), replications=2, run=5_000, most=10)
    assert (found.least, found.surely, sorted(found.tried)) == (None, None, [10])


@pytest.mark.parametrize(("place", "waiting"), [(1.0, 4.0), (1.0, 40.0), (10.0, 10.0)])
def test_the_right_amount_of_delay_is_erlangs_and_not_none(clinic, place, waiting):
    """Cost is c places and the queue: place x c + waiting x rate x mean wait, least at a c that theory gives.

    With twelve places hardly anybody waits in any replication, so both sets of people are looked at together.
    """
    (station,) = clinic.stations
    priced = replace(clinic, stations=(replace(station, cost=Cost(place=place, waiting=waiting)),))
    tried = range(3, 13)
    theory = [place * each + waiting * 0.25 * mean_wait(each, 2.5, 10) for each in tried]
    frontier = network_delay(priced, "nurses", tried, replications=8).frontier
    best = int(np.argmin(theory))
    assert frontier.best("the place") == best
    assert frontier.delay[best].low > 0
    assert 0 <= best < len(theory) - 1
    for point, expected in enumerate(theory):
        found = np.concatenate((frontier.whole[point], frontier.searched["nurses"][point]))
        assert abs(found.mean() - expected) <= 4 * found.std(ddof=1) / np.sqrt(found.size) + 1e-9


def test_whoever_pays_for_beds_wants_few_and_whoever_is_kept_waiting_wants_many():
    """A shipped network after a study of delayed transfers: the community pays for beds, the hospital for delay."""
    network = load_network(find_network("ready_to_leave"))
    tried = range(85, 111, 5)
    frontier = network_delay(network, "community", tried, replications=4, run=1_000).frontier
    assert frontier.bearers == ("hospital", "community", "the place")
    assert frontier.best("community") == 0
    assert frontier.best("hospital") > frontier.best("the place") > 0


def toy(size):
    """Near two corners of a grid at once, outside a forbidden disc; no two points are worth the same."""

    def worth(point):
        x, y = (each / (size - 1) for each in point)
        inside = 0.02 - (x - 0.5) ** 2 - (y - 0.5) ** 2
        return Worth((x**2 + 1.3 * y**2, (x - 1) ** 2 + 0.7 * (y - 1) ** 2), (inside,))

    return lambda points: [worth(each) for each in points]


def dominated(aims, worst=(2.3, 1.7)):
    """The area that a front of two aims beats, up to the worst there is."""
    area, last = 0.0, worst[1]
    for first, second in sorted(aims):
        area += (worst[0] - first) * (last - second)
        last = second
    return area


def fronts(size, trials, population, seed):
    """Aims on the front by brute force, and of a search; and how many points the search met."""
    value, sizes = toy(size), (size, size)
    every = value(list(product(*map(range, sizes))))
    met = hunt(sizes, value, trials, population, seed, [(0, 0)])
    assert met == hunt(sizes, value, trials, population, seed, [(0, 0)])
    tried = list(met.values())
    return {every[each].aims for each in front(every)}, {tried[each].aims for each in front(tried)}, len(met)


def test_on_a_toy_the_front_is_that_of_a_brute_forced_grid():
    """Given many more trials than a grid of 144 has points: nothing is missed, and nothing is on it wrongly."""
    known, found, _ = fronts(12, 1_200, 40, 7)
    assert found == known
    assert len(known) > 10


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_a_third_of_a_grid_tried_a_front_beats_nearly_all_that_the_true_one_does(seed):
    known, found, met = fronts(30, 400, 20, seed)
    assert met < 400
    assert dominated(found) >= 0.98 * dominated(known)


def test_of_a_small_place_the_front_is_that_of_every_mix_there_is(tmp_path, monkeypatch):
    """Three shares, two starts, two ramps, to programmes or to the community: 24 mixes, all tried by brute force."""
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    plan = resolve(replace(SMALL, years=1))
    limits = Limits(chosen_limits(load_limits(chosen={"gap": 500}), ["gap"]), "every", plan.footprint.total)
    steps = ((0.0, 0.04, 0.1), (0.0, 0.25), (0.0, 1.0), (0.0, 1.0), (1.0,), (0.0,))
    axes = tuple(Axis(path, path, each) for path, each in zip(LEVERS, steps, strict=True))
    hunting = Hunt(("gap", "emergency_bed_days"), limits, axes, trials=160, population=20, confirmed=2)
    found = best_mixes(plan, hunting, Way(2))
    asker = Asker((*hunting.aims, *limits.series), 1, keep=True)
    worths = []
    every = list(product(*(range(len(axis.steps)) for axis in axes)))
    for point in every:
        runs = asker.one(plan, {axis.path: axis.steps[step] for axis, step in zip(axes, point, strict=True)})
        aims = tuple(float(runs.values[each].mean(axis=1).mean()) for each in hunting.aims)
        worths.append(Worth(aims, limits.excess(runs)))
    known = {worths[place].aims for place in front(worths)}
    tried = list(found.tried.values())
    assert {tried[place].aims for place in found.chosen} == known
    assert 1 < len(known) < len(every)


@pytest.fixture(scope="module")
def cutting():
    """A hospital that is paid enough until money is moved away from it, and then closes beds."""
    changes = {
        "finance.opening_position.acute": 0, "policy.efficiency_planned": 2.5, "policy.share_delivered": 1,
        "policy.shift_share": 0.08, "policy.shift_start": 0, "policy.shift_ramp": 0, "policy.max_cut": 10,
        "finance.budget_growth.acute": 2.5,
    }  # fmt: skip
    return resolve(SMALL.varied("live_within_means", changes=changes))


def test_the_least_fund_is_the_one_found_by_trying_them_all(cutting):
    limits = Limits(chosen_limits(load_limits(), ["occupancy"]), "final", cutting.footprint.total)
    dial = lever_dial(LEVEL, cutting.parameters)
    asker = Asker(limits.series, 1, keep=False)
    levels = [limits.level(asker.one(cutting, {**each, SPELL: 2.0}), limits.limits[0]).mean for each in dial.changes]
    assert levels[-1] < levels[0]
    halfway = replace(limits.limits[0], value=(levels[0] + levels[-1]) / 2)
    asked = replace(limits, limits=(halfway,))
    found = transition_fund(cutting, asked, keep=False)
    spell = found.spells[-1]
    least = next(step for step, level in zip(dial.steps, levels, strict=True) if level <= halfway.value)
    assert (spell.years, spell.needed.least) == (2, least)
    assert 0 < least < dial.steps[-1]
    assert found.moves and found.best is not None
    assert found.best.course.taken <= found.best.course.total + 0.5


def test_what_must_be_true_is_what_trying_every_multiple_finds():
    """Emergency admissions, which a full hospital does not hide: half of what five times the effects would avert."""
    plan = resolve(SMALL.varied("prevention_shift", changes={"policy.shift_start": 0, "policy.shift_share": 0.1}))
    before = resolve(plan.question.varied("do_nothing"))
    limits = Limits((stated("admissions:emergency_overnight", 0),), "final", plan.footprint.total)
    dial = effects_dial(plan.parameters, 5)
    asker = Asker(limits.series, 1, keep=False)
    levels = [limits.level(asker.one(plan, each), limits.limits[0]).mean for each in dial.changes]
    assert levels[-1] < levels[0]
    kept = replace(limits, limits=(stated("admissions:emergency_overnight", (levels[0] + levels[-1]) / 2),))
    found = must_be_true(plan, before, truth.Terms("limits", "effects", kept, 5), keep=False)
    held = [level <= kept.limits[0].value for level in levels]
    assert held == sorted(held)
    assert found.needed.least == dial.steps[held.index(True)]
    assert 0 < found.needed.least < dial.steps[-1]
