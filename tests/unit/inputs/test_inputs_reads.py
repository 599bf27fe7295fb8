"""A result is kept by the parameters it was made of, and worked out anew when one of them changes."""

from __future__ import annotations

import pytest

from sim.inputs import Parameters, load_parameters, remembered_by_reads

pytestmark = pytest.mark.unit

BEDS, GROWTH, PRICE = "capacity.acute_beds", "demand.admissions_growth", "finance.cost_bed_day"


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters()


@pytest.fixture
def counted():
    """A function that looks at beds, and at growth if there are many beds; and what it was asked."""
    asked = []

    @remembered_by_reads(3)
    def double(parameters: Parameters, times: int = 2) -> float:
        asked.append(times)
        beds = parameters.value(BEDS)
        return times * beds + (parameters.rate(GROWTH) if beds > 2 else 0.0)

    return double, asked


def test_what_was_not_looked_at_does_not_matter(parameters, counted):
    double, asked = counted
    assert double(parameters) == double(parameters.with_changes({GROWTH: 1.0, PRICE: 1.0}))
    assert len(asked) == 1


def test_what_was_looked_at_does(parameters, counted):
    double, asked = counted
    more = parameters.with_changes({BEDS: 3.0})
    assert double(parameters) < double(more) < double(more.with_changes({GROWTH: 50.0}))
    assert double(parameters) == 2 * parameters.value(BEDS)
    assert len(asked) == 3


def test_other_arguments_are_other_results(parameters, counted):
    double, asked = counted
    assert double(parameters, 3) == 1.5 * double(parameters, 2) == 1.5 * double(parameters, times=2)
    assert asked == [3, 2, 2]


def test_the_oldest_is_forgotten(parameters, counted):
    double, asked = counted
    for times in (1, 2, 3, 4, 1):
        double(parameters, times)
    assert asked == [1, 2, 3, 4, 1]


def test_every_way_to_look_is_seen(parameters):
    @remembered_by_reads(1)
    def look(parameters: Parameters) -> tuple[object, ...]:
        return (
            parameters.by("demand.emergency_rate")["85+"],
            parameters.text("policy.regime"),
            parameters[BEDS].value,
            parameters.range(GROWTH),
        )

    before = look(parameters)
    for change in ({"demand.emergency_rate.85+": 400.0}, {"policy.regime": "means"}, {BEDS: 1.5}):
        assert look(parameters.with_changes(change)) != before
