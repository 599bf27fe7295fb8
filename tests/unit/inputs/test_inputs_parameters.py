"""Looking numbers up, converting them, changing some, and naming the whole by its content."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.inputs import UNITS, Faults, Table, convert, load_parameters
from sim.inputs.units import factor

pytestmark = pytest.mark.unit


@pytest.fixture
def parameters(folder):
    return load_parameters(folder)


def test_a_path_is_a_name_or_a_name_and_a_key(parameters):
    """By name, by key, as a table, as a word and as a rate."""
    assert parameters.value("demand.growth") == 3.6
    assert parameters.value("demand.rate.85+") == 5
    assert list(parameters.by("demand.rate")) == ["0-17", "18-64", "65-74", "75-84", "85+"]
    assert parameters.text("policy.regime") == "hold"
    assert parameters.rate("demand.growth") == pytest.approx(0.036)


def test_units_are_converted_on_asking(parameters):
    """Four per thousand and year is 0.004 a year for each person."""
    assert parameters.value("demand.rate.75-84", unit="share_per_year") == 4 / 1000
    assert parameters.by("demand.rate", unit="share_per_year")["0-17"] == 1 / 1000


@pytest.mark.parametrize(
    ("path", "suggestion"),
    [("demand.grwoth", "demand.growth"), ("demand.rate.85", "demand.rate.85+"), ("growth", "demand.growth")],
)
def test_an_unknown_path_is_a_fault_with_the_nearest(parameters, path, suggestion):
    """Everywhere a path is taken."""
    asks = (parameters.value, parameters.by, parameters.text, parameters.rate, parameters.range)
    for ask in (*asks, lambda path: parameters.with_changes({path: 1})):
        with pytest.raises(Faults) as caught:
            ask(path)
        assert caught.value.faults[0].suggestion == suggestion


def test_asking_for_the_wrong_kind_of_value_is_a_fault(parameters):
    """A table is not a number, a number not a word, a word not a table."""
    for ask, path in ((parameters.value, "demand.rate"), (parameters.text, "demand.growth")):
        with pytest.raises(Faults):
            ask(path)
    for ask, path in ((parameters.value, "policy.regime"), (parameters.by, "policy.regime")):
        with pytest.raises(Faults):
            ask(path)


def test_changes_make_a_copy_and_leave_the_original(parameters):
    """One number, one key, a whole table in part, a word."""
    changed = parameters.with_changes(
        {"demand.growth": 2, "demand.rate.85+": 6.5, "policy.regime": "means", "demand.rate": {"0-17": 0}}
    )
    assert changed.value("demand.growth") == 2
    assert dict(changed.by("demand.rate")) == {"0-17": 0, "18-64": 2, "65-74": 3, "75-84": 4, "85+": 6.5}
    assert changed.text("policy.regime") == "means"
    assert parameters.value("demand.growth") == 3.6


def test_a_change_may_leave_the_range_but_not_the_unit(parameters):
    """9 % lies outside 3 to 4, and is allowed; -200 % a year is not a thing."""
    assert parameters.with_changes({"demand.growth": 9}).value("demand.growth") == 9
    with pytest.raises(Faults, match="at least -50"):
        parameters.with_changes({"demand.growth": -200})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"demand.growth": "fast"}, "must be a number"),
        ({"demand.growth": True}, "must be a number"),
        ({"demand.growth": float("nan")}, "must be a finite number"),
        ({"demand.growth": None}, "must be a number"),
        ({"demand.growth": {"acute": 1}}, "must be a number"),
        ({"demand.rate": 3}, "is kept by age_band: name one, such as demand.rate.0-17"),
        ({"demand.rate": {"86+": 3}}, "is not a key of age_band"),
        ({"demand.rate.85+": -1}, "at least 0"),
        ({"policy.regime": "menas"}, "is not one of hold, means"),
        ({"policy.regime": 3}, "must be a word"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(parameters, change, says):
    """Nothing of a refused set of changes is applied."""
    with pytest.raises(Faults, match=says):
        parameters.with_changes(change)


def test_every_refused_change_is_named_at_once(parameters):
    """Two wrong paths and one wrong value."""
    with pytest.raises(Faults) as caught:
        parameters.with_changes({"a.b": 1, "demand.growht": 1, "demand.growth": "x"})
    assert len(caught.value.faults) == 3


def test_the_digest_changes_if_and_only_if_a_value_does(parameters, folder):
    """Reordering and comments keep it; 3 and 3.0 are the same; 3.61 is not 3.6."""
    text = (folder / "demand.yaml").read_text()
    (folder / "demand.yaml").write_text("# a comment\n" + text.replace("A count", "Another"))
    assert load_parameters(folder).digest() == parameters.digest()
    assert parameters.with_changes({"demand.growth": 3.6}).digest() == parameters.digest()
    whole, fraction = (parameters.with_changes({"demand.growth": each}) for each in (3, 3.0))
    assert whole.digest() == fraction.digest() != parameters.digest()
    assert len(parameters.digest()) == 64


def test_parameters_go_to_other_processes_and_cannot_be_changed(parameters):
    """Same content after a journey; assignment is refused."""
    assert pickle.loads(pickle.dumps(parameters)).digest() == parameters.digest()
    with pytest.raises(AttributeError):
        parameters.anything = 1
    with pytest.raises(AttributeError):
        Table({"a": 1}).anything = 1
    with pytest.raises(TypeError):
        parameters.by("demand.rate")["0-17"] = 3
    assert hash(Table({"a": 1})) == hash(Table({"a": 1.0}))


def test_ranges_and_paths_are_there_to_be_sampled(parameters):
    """Every number has a range; a scalar range holds for every key; words have none."""
    assert parameters.range("demand.growth") == (3, 4)
    assert parameters.range("demand.rate.85+") == (0, 9)
    assert "demand.rate.0-17" in parameters.paths()
    assert "demand.rate" not in parameters.paths()
    with pytest.raises(ValueError, match="no range"):
        parameters.range("policy.regime")


@pytest.mark.parametrize(
    ("value", "given_unit", "wanted", "result"),
    [
        (549, "gbp_per_week", "gbp_per_day", 549 / 7),
        (3.6, "percent_per_year", "share_per_year", 0.036),
        (2, "years", "days", 730.5),
        (24.6, "per_100k", "per_1000", 0.246),
        (1, "gbp_m_per_year", "gbp_per_day", None),
        (12, "months", "years", 1),
        (48, "hours", "days", 2),
    ],
)
def test_conversions(value, given_unit, wanted, result):
    """A pound a year is a pound a day divided by 365.25, whatever it is for."""
    result = 1e6 / 365.25 if result is None else result
    assert convert(value, given_unit, wanted) == pytest.approx(result, rel=1e-12)


@pytest.mark.parametrize(("a", "b"), [("days", "gbp"), ("choice", "days"), ("days", "fortnights"), ("text", "text2")])
def test_what_cannot_be_converted_is_said(a, b):
    """Days are no money, words are no number, and only known units are units."""
    with pytest.raises(ValueError, match="cannot be turned into"):
        convert(1, a, b)


NUMBERS = sorted(name for name, unit in UNITS.items() if unit.kind == "number")


@given(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), st.floats(0.001, 1e6))
def test_there_and_back_is_the_same(a, b, value):
    """Converting back undoes converting, wherever it is possible."""
    try:
        factor(a, b)
    except ValueError:
        return
    assert convert(convert(value, a, b), b, a) == pytest.approx(value, rel=1e-12)


def test_a_price_is_turned_into_pounds_of_the_base_year(folder):
    """100 pounds of 2022/23 at 0.83 make 83 of 2015/16; so does the range."""
    (folder / "finance.yaml").write_text(
        """\
finance.price_index:
  {says: index, unit: ratio, by: price_year, value: {2015/16: 1, 2022/23: 0.83}, low: 0, high: 2,
   place: England, source: count_2016, where: page 1, confidence: low}
finance.cost:
  {says: cost, unit: gbp_per_day, value: 100, low: 80, high: 200, prices: 2022/23,
   place: England, source: count_2016, where: page 1, confidence: low}
"""
    )
    parameters = load_parameters(folder)
    assert parameters.value("finance.cost") == 83
    assert parameters.range("finance.cost") == pytest.approx((66.4, 166))
