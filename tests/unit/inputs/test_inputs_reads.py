"""A result is kept by the parameters it was made of, and worked out anew when one of them changes."""

from __future__ import annotations

from dataclasses import replace

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
    assert double(parameters, times=4) == 2 * double(parameters, times=2)
    assert asked == [3, 2, 2, 4]


def test_the_same_parameters_read_again_are_the_same(counted):
    double, asked = counted
    assert double(load_parameters()) == double(load_parameters())
    assert len(asked) == 1


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


LOOKS = {
    "by name": lambda all_: all_[BEDS].value,
    "get": lambda all_: all_.get(BEDS).value,
    "value": lambda all_: all_.value(BEDS),
    "rate": lambda all_: all_.rate(GROWTH),
    "values()": lambda all_: [each.value for each in all_.values()],
    "items()": lambda all_: [(name, each.value) for name, each in all_.items()],
    "iteration": lambda all_: [all_[name].value for name in all_],
    "a copy": lambda all_: dict(all_)[BEDS].value,
    "a copy with changes": lambda all_: all_.with_changes({PRICE: 1.0}).value(BEDS) + all_.rate(GROWTH),
    "digest": lambda all_: all_.digest(),
    "range": lambda all_: all_.range(BEDS),
    "says": lambda all_: all_[BEDS].says,
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_however_it_is_looked_at_another_number_is_another_result(parameters, look):
    """Whether one by one or all together, by whatever method of a mapping."""
    seen = remembered_by_reads(8)(look)
    other = parameters.with_changes({BEDS: 1.5, GROWTH: 4.5})
    assert seen(parameters) == look(parameters)
    assert seen(other) == look(other)
    assert seen(parameters) == look(parameters)


@pytest.mark.parametrize("field", [{"low": 0.1}, {"high": 9.0}, {"says": "Something else"}, {"confidence": "low"}])
def test_more_than_the_value_may_be_looked_at(parameters, field):
    """The same value with another range, as from another folder of parameters."""
    seen = remembered_by_reads(8)(lambda all_: (all_.range(BEDS), all_[BEDS].says, all_[BEDS].confidence))
    before = seen(parameters)
    other = Parameters(replace(each, **field) if each.name == BEDS else each for each in parameters.values())
    assert seen(other) != before
    assert seen(other) == (other.range(BEDS), other[BEDS].says, other[BEDS].confidence)


def test_parameters_that_lack_what_was_looked_at_are_others(parameters):
    seen = remembered_by_reads(8)(lambda all_: BEDS in all_)
    fewer = Parameters(each for each in parameters.values() if each.name != BEDS)
    assert seen(parameters)
    assert not seen(fewer)
