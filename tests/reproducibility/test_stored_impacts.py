"""The stored impacts are those of the present numbers and the present code."""

from __future__ import annotations

import pytest

from sim.experiments import Question, Way, resolve
from sim.experiments.doubts import doubts
from sim.experiments.impact import load_impacts, measure_impacts

pytestmark = pytest.mark.reproducibility

RENEW = "run `upstream impact --out parameters/impact` and `make docs`"
SPOTS = ("flow.readmission", "programme.reablement.unit_cost")


@pytest.fixture(scope="module")
def stored():
    return load_impacts()


@pytest.fixture(scope="module")
def plans(stored):
    made = stored.impacts.made
    question = Question(
        made.footprint, (made.against,), years=made.years, replications=made.replications, seed=made.seed,
        people=made.people,
    )  # fmt: skip
    return resolve(question), resolve(question.varied(made.scenario))


def test_every_doubtful_number_was_moved_through_its_present_range(stored, plans):
    found = doubts([each.parameters for each in plans], plans[0].base)
    assert not stored.out_of_date(found), RENEW
    assert stored.impacts.numbers == tuple(each.name for each in found), RENEW


def test_numbers_moved_again_do_what_is_stored(stored, plans):
    """Two numbers, one of people and one of money, with all their replications, to the figures that are kept."""
    again = measure_impacts(*plans, SPOTS, Way(2), keep=False)
    for name in SPOTS:
        kept = [each for each in stored.impacts.moves if each.number == name]
        found = [each for each in again.moves if each.number == name]
        assert [(each.end, each.unlike, each.places) for each in found] == [
            (each.end, each.unlike, each.places) for each in kept
        ], RENEW
        for one, other in zip(found, kept, strict=True):
            for side in ("baseline", "effect"):
                for series, shift in getattr(other, side).items():
                    now = getattr(one, side)[series]
                    assert (now.mean, now.low, now.high) == pytest.approx(
                        (shift.mean, shift.low, shift.high), rel=1e-5
                    ), f"{name} {series}: {RENEW}"
