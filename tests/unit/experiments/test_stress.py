"""Plans in many futures: shares, breaks and regret by hand, and a small place run through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiments import Question, Way, resolve
from sim.experiments.stress import Futures, Stress, Trial, draw_futures, stress, stress_document
from sim.experiments.stress.answers import above_best
from sim.inputs import Faults
from sim.inputs.limits import load_limits
from sim.inputs.shocks import load_shocks
from sim.results.store import json_bytes

pytestmark = pytest.mark.unit

QUESTION = Question("devon", ("do_nothing",), years=1, replications=2, people=20_000)
SHOCKS = ["settlement_cut", "delayed_start"]


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def plans():
    return [resolve(QUESTION), resolve(QUESTION.varied("prevention_shift", changes={"policy.shift_start": 0}))]


@pytest.fixture(scope="module")
def trial(plans):
    """Limits that a hospital for twenty thousand can keep now and then."""
    limits = load_limits(chosen={"occupancy": 1, "delayed": 1.0, "waits": 1})
    return Trial(limits, load_shocks(plans[0].base, names=SHOCKS), draws=12, singly=2)


@pytest.fixture(scope="module")
def found(plans, trial) -> Stress:
    return stress(plans, trial, keep=False)


def by_hand(plans, trial, gaps, when="every", sizes=None) -> Stress:
    """Gaps in pounds a head, shape (futures, plans, years); one limit of 100, two replications."""
    table = np.array(gaps, dtype=float)
    people = plans[0].footprint.total
    values = np.repeat(table[:, :, np.newaxis, :], 2, axis=2) * people
    values[:, :, 0] -= 10 * people
    values[:, :, 1] += 10 * people
    limits = (replace(trial.limits[3], value=100.0),)
    count = len(table)
    sizes = np.full((count, 0), np.nan) if sizes is None else np.array(sizes, dtype=float)
    shocks = trial.shocks[: sizes.shape[1]]
    futures = Futures((), shocks, np.zeros((count, 0)), sizes, 0)
    alone = np.zeros((1 + len(shocks), 2, 2, table.shape[-1]))
    asked = replace(trial, limits=limits, shocks=shocks, when=when)
    return Stress(tuple(plans), asked, futures, {"gap": values}, {"gap": alone}, {})


def test_a_limit_is_kept_on_the_mean_over_replications_and_in_every_year(plans, trial):
    """90 ± 10 keeps 100; 120 in the first year breaks it, unless the final year alone counts."""
    gaps = [[[90, 90], [90, 90]], [[120, 90], [90, 90]], [[90, 120], [90, 120]], [[101, 101], [99, 99]]]
    every, final = (by_hand(plans, trial, gaps, when) for when in ("every", "final"))
    assert [every.workable(plan).count for plan in (0, 1)] == [1, 3]
    assert [final.workable(plan).count for plan in (0, 1)] == [2, 3]
    assert every.missed(0).count == 2
    assert every.missed(1).count == 0


def test_limits_as_strict_and_as_lenient_as_others_may_say(plans, trial):
    """The shipped range of the gap is 196 to 699; one that was set lower stays there."""
    found = by_hand(plans, trial, [[[90], [90]], [[190], [190]], [[600], [600]], [[800], [800]]])
    assert [found.at(bound).workable(0).count for bound in ("low", "high")] == [1, 3]
    assert found.workable(0).count == 1


def test_a_plan_is_not_broken_by_what_it_does_not_pay_for(found):
    """With a limit that half of the futures keep, every number that a plan can depend on is looked at."""
    gap = found.trial.limits[3]
    names = []
    for plan in (0, 1):
        middle = float(np.nanmedian(found.levels(gap, plan)))
        names.append({each.name for each in found.breaks(plan, replace(gap, value=middle))})
    programmes = [any(each.startswith("programme.") for each in those) for those in names]
    assert programmes == [False, True]
    assert all("settlement_cut" in those for those in names)


def test_regret_is_against_the_best_plan_in_the_same_future(plans, trial):
    """First plan: 30, 0 and 20 above the best; second: 0, 50 and 0."""
    found = by_hand(plans, trial, [[[80], [50]], [[10], [60]], [[40], [20]]])
    limit = found.trial.limits[0]
    first, second = (found.regret(plan, limit) for plan in (0, 1))
    assert first.mean.mean == pytest.approx(50 / 3)
    assert (first.most, first.future, first.best.count) == (pytest.approx(30), 1, 1)
    assert second.mean.mean == pytest.approx(50 / 3)
    assert (second.most, second.future, second.best.count) == (pytest.approx(50), 2, 2)


def test_plans_that_do_the_same_have_no_regret_but_that_of_luck():
    """Four plans alike, two replications: against the least of their means each would seem half a unit above it."""
    values = np.random.default_rng(5).normal(10, 1, (4_000, 4, 2))
    means = values.mean(axis=2)
    by_the_least = (means - means.min(axis=1, keepdims=True)).mean(axis=0)
    assert by_the_least.min() > 0.6
    assert np.abs(above_best(values).mean(axis=0)).max() < 0.05


def test_a_plan_that_is_far_better_than_others_is_found_best_by_the_other_replications():
    values = np.random.default_rng(5).normal(0, 1, (2_000, 3, 3)) + np.array([0, 20, 50])[:, np.newaxis]
    assert above_best(values).mean(axis=0) == pytest.approx([0, 20, 50], abs=0.1)


def test_of_one_replication_regret_is_against_the_best_in_it():
    values = np.array([[[3.0], [1.0]], [[2.0], [4.0]]])
    assert above_best(values).tolist() == [[2, 0], [0, 2]]


def test_two_plans_are_told_apart_by_futures_in_which_one_alone_is_workable(plans, trial):
    """Nine futures are for the second alone and one for the first: 2 x 11 / 2^10 by chance. Intervals would overlap."""
    gaps = [[[50], [150]]] + [[[150], [50]]] * 9 + [[[50], [50]]] * 10 + [[[150], [150]]] * 10
    found = by_hand(plans, trial, gaps)
    beside = found.against(1, 0, found.trial.limits[0])
    assert (beside.only, beside.other_only, beside.n) == (9, 1, 30)
    assert beside.chance == pytest.approx(22 / 1024)
    assert beside.difference == pytest.approx(8 / 30)
    assert (beside.is_told(), beside.is_told(3)) == (True, False)
    assert found.workable(0).high > found.workable(1).low
    assert (found.against(1, 1).chance, found.against(1, 1).is_told()) == (1, False)


def test_futures_that_cannot_be_are_left_out_of_everything(plans, trial):
    found = by_hand(plans, trial, [[[80], [50]], [[np.nan], [np.nan]], [[40], [20]]])
    assert found.workable(0).n == 2
    assert found.missed(0).n == 2
    assert found.against(0, 1).n == 2
    assert found.regret(0, found.trial.limits[0]).mean.n == 2
    assert found.regret(0, found.trial.limits[0]).future == 1


def test_a_shock_is_counted_with_and_without_and_found_to_break(plans, trial):
    """Of twenty futures every second has the shock, and breaks just then."""
    shocked = [number % 2 == 0 for number in range(20)]
    gaps = [[[150], [150]] if each else [[50], [50]] for each in shocked]
    sizes = [[-1.0] if each else [np.nan] for each in shocked]
    found = by_hand(plans, trial, gaps, sizes=sizes)
    happens, not_so = found.with_and_without(0, 0)
    assert (happens.count, happens.n, not_so.count, not_so.n) == (0, 10, 10, 10)
    (first,) = found.breaks(0)
    assert (first.name, first.is_shock) == ("settlement_cut", True)
    assert (first.apart.distance, first.apart.shown) == (1, True)


def test_shocks_happen_as_often_as_their_chance_and_stay_in_their_range(plans):
    """A Latin hypercube meets a chance of a fifth in exactly one of five draws."""
    shocks = load_shocks(plans[0].base)
    futures = draw_futures(plans, shocks, 50, lambda _: None, closing=False)
    for place, shock in enumerate(shocks):
        sizes = futures.sizes[futures.happens(place), place]
        assert sizes.size == round(50 * shock.chance)
        assert shock.low <= sizes.min() < sizes.max() <= shock.high
    assert futures.names[-len(shocks) :] == tuple(each.name for each in shocks)


def test_more_shocks_leave_the_numbers_drawn_as_they_are(plans):
    some, none = (
        draw_futures(plans, shocks, 10, lambda _: None, closing=False) for shocks in (load_shocks(plans[0].base), ())
    )
    assert np.array_equal(some.quantiles, none.quantiles)
    assert none.drawn.shape == none.quantiles.shape


def test_a_future_is_the_drawn_numbers_and_then_the_shocks(plans, trial, found):
    cut = 0 if found.trial.shocks[0].name == "settlement_cut" else 1
    futures = found.futures
    shocked = int(np.flatnonzero(futures.happens(cut))[0])
    without = replace(futures, sizes=np.full_like(futures.sizes, np.nan))
    path = "finance.budget_growth.acute"
    with_it, plain = (each.parameters(plans[0].parameters, shocked).value(path) for each in (futures, without))
    assert with_it - plain == pytest.approx(futures.sizes[shocked, cut])


def test_one_shock_by_itself_is_paired_with_what_is_believed(found):
    """Less money for a year: a wider gap, and nobody at the bedside notices while places are held."""
    place = [each.name for each in found.trial.shocks].index("settlement_cut")
    limits = {each.name: each for each in found.trial.limits}
    gap = found.single(place, 0, limits["gap"])
    assert gap.change.low > 0
    assert gap.before == pytest.approx(found.believed(0, limits["gap"]))
    assert found.single(place, 0, limits["delayed"]).change.verdict == "no difference"


def test_doing_nothing_cannot_start_late(found):
    place = [each.name for each in found.trial.shocks].index("delayed_start")
    for limit in found.trial.limits:
        assert found.single(place, 0, limit).change.verdict == "no difference"


def test_threads_change_nothing_and_what_is_finished_is_not_run_again(cache, plans, trial, found):
    seen: list[tuple[int, int]] = []
    first = stress(plans, trial, Way(8))
    again = stress(plans, trial, Way(progress=lambda done, wanted: seen.append((done, wanted))))
    wanted = 3 * 2 * 2 + len(found.futures) * 2 * 2
    assert seen[-2:] == [(12, wanted), (wanted, wanted)]
    two = stress(plans, trial, Way(2), keep=False)
    for other in (first, two, again):
        assert json_bytes(stress_document(found)) == json_bytes(stress_document(other))
        assert all(found.values[name].tobytes() == other.values[name].tobytes() for name in found.values)


def test_nobody_wants_it_any_more_and_later_it_goes_on(cache, plans, trial, found):
    class GoneError(Exception):
        pass

    begun = iter(range(20))

    def tired() -> None:
        if next(begun, None) is None:
            raise GoneError

    with pytest.raises(GoneError):
        stress(plans, trial, Way(2, pace=tired))
    kept = len(list((cache / "many").iterdir()))
    assert 18 <= kept <= 20
    seen: list[tuple[int, int]] = []
    again = stress(plans, trial, Way(progress=lambda done, wanted: seen.append((done, wanted))))
    assert json_bytes(stress_document(again)) == json_bytes(stress_document(found))
    assert len(list((cache / "many").iterdir())) > kept


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"draws": 3}, "from 10 to 5000"),
        ({"limits": ()}, "nothing could be unworkable"),
        ({"singly": 1}, "2 or more"),
        ({"when": "always"}, "is not one of every, final"),
    ],
)
def test_what_cannot_be_asked_is_refused(plans, trial, change, rule):
    with pytest.raises(Faults, match=rule):
        stress(plans, replace(trial, **change))


def test_a_limit_on_no_measure_or_on_one_that_is_not_better_low_is_refused(plans, trial):
    """As in a search; of places nobody says whether few or many are better."""
    lower = "not better when lower"
    for series, rule in (("delayd", 'Did you mean "delayed"'), ("balance:acute", lower), ("places:p1", lower)):
        wrong = replace(trial, limits=(replace(trial.limits[0], series=series),))
        with pytest.raises(Faults, match=rule):
            stress(plans, wrong)


def test_plans_about_other_people_cannot_be_set_side_by_side(plans, trial):
    other = resolve(replace(QUESTION, people=30_000, seed=2))
    with pytest.raises(Faults) as told:
        stress([plans[0], other], trial)
    assert len(told.value.faults) == 2
