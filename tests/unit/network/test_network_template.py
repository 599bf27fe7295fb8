"""A template filled in: what a reference stands for, age bands, localities, readmissions inside a rate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.inputs import Faults, Parameter, Parameters
from sim.network import build_footprint, expected_load
from sim.network.references import References, UnresolvedError

pytestmark = pytest.mark.unit
PEOPLE = {"young": 40_000.0, "old": 10_000.0}


def given(name: str, unit: str, value: object, by: str | None = None) -> Parameter:
    return Parameter(name, "for a test", unit, value, None, None, by, "", "", "", "low")


PARAMETERS = Parameters(
    [
        given("beds", "per_1000", 2.012),
        given("slots", "per_100k", 10.0),
        given("tiny", "per_100k", 0.1),
        given("rate", "per_1000_per_year", {"young": 50.0, "old": 400.0}, "age_band"),
        given("planned", "per_1000_per_year", {"young": 20.0, "old": 80.0}, "age_band"),
        given("same_day", "share", {"young": 0.5, "old": 0.25}, "age_band"),
        given("again", "share", {"young": 0.1, "old": 0.2}, "age_band"),
        given("stay", "days", {"young": 3.0, "old": 8.0}, "age_band"),
        given("package", "months", 18.0),
        given("fee", "gbp_per_week", 700.0),
        given("growth", "percent_per_year", 3.6),
        given("week", "ratio", {"Mon": 2.0, "Tue": 1.0}, "weekday"),
        given("delay", "days", {"p1": 2.0, "p2": 3.0}, "station"),
        given("regime", "choice", "hold"),
    ]
)


@pytest.mark.parametrize(
    ("text", "band", "number"),
    [
        ("=beds", None, 2.012 / 1000 * 50_000),
        ("=slots", None, 5.0),
        ("=beds", "old", 2.012 / 1000 * 10_000),
        ("=rate", "old", 0.4 * 10_000 / 365.25),
        ("=rate", None, (0.05 * 40_000 + 0.4 * 10_000) / 365.25),
        ("=rate * (1 - same_day)", "old", 0.4 * 0.75 * 10_000 / 365.25),
        ("=rate * (1 - same_day)", None, (0.05 * 0.5 * 40_000 + 0.4 * 0.75 * 10_000) / 365.25),
        ("=rate.young", None, 0.05 * 50_000 / 365.25),
        ("=stay", "young", 3.0),
        ("=stay.old", "young", 8.0),
        ("=delay.p2", "old", 3.0),
        ("=package", None, 18 * 365.25 / 12),
        ("=fee", None, 100.0),
        ("=growth", None, 0.036),
        ("=week", None, [2.0, 1.0]),
    ],
)
def test_a_reference_is_a_number_in_the_units_of_a_network(text, band, number):
    assert References(PARAMETERS, PEOPLE).resolve(text, band) == pytest.approx(number)


@pytest.mark.parametrize(
    ("text", "rule", "suggestion"),
    [
        ("=bed", "not a parameter", "beds"),
        ("=stay", "kept by age band", None),
        ("=delay", "needs a key: one of p1, p2", None),
        ("=regime", "a word, not a number", None),
        ("=beds * slots", "more than once", None),
        ("=", "not a parameter", None),
    ],
)
def test_a_reference_without_an_answer_says_why(text, rule, suggestion):
    with pytest.raises(UnresolvedError) as caught:
        References(PARAMETERS, PEOPLE).resolve(text, None)
    assert rule in caught.value.rule
    assert caught.value.suggestion == suggestion


TEMPLATE = """
name: Template
says: One hospital for each locality
source: invented for this test
time_unit: days
for_each: locality
exits: [home, died]
stations:
  ward:
    label: Ward
    places: =beds
    escalation: {share: 0.1}
    cost: {occupied: =fee}
groups:
  emergency:
    by: age_band
    label: Emergency
    arrivals: {at: ward, rate: =rate * (1 - same_day), includes_readmissions: true}
    stays: {ward: {family: exponential, mean: =stay}}
    routes: {ward: {home: 0.9, died: 0.1}}
    readmission: {after_exits: [home], probability: =again, interval: {family: exponential, mean: 12}, at_most: 4}
  planned:
    by: age_band
    arrivals: {at: ward, rate: =planned}
    stays: {ward: {family: exponential, mean: 4}}
    routes: {ward: {home: 1}}
    readmission: {after_exits: [home], probability: =again, interval: {family: exponential, mean: 12}, group: emergency}
  referred:
    arrivals: {at: ward, rate: =planned}
    stays: {ward: {family: exponential, mean: 1}}
    routes: {ward: {home: 1}}
"""


@pytest.fixture
def build(written: Callable[[str], Path]) -> Callable[..., object]:
    def make(text: str = TEMPLATE, localities: int = 1) -> object:
        return build_footprint(PARAMETERS, PEOPLE, localities, "Anywhere", template=written(text))

    return make


def test_a_group_is_written_out_for_each_age_band(build):
    network = build()
    assert network.name == "Anywhere"
    assert network.group_names == (
        "emergency[young]@1", "emergency[old]@1", "planned[young]@1", "planned[old]@1", "referred@1",
    )  # fmt: skip
    old = network.groups[1]
    assert (old.template, old.age_band, old.kind, old.label) == ("emergency", "old", "emergency", "Emergency, old")
    assert old.stays["ward@1"].parameters["mean"] == 8.0
    assert network.groups[4].age_band is None


def test_people_come_back_as_the_group_of_their_own_age(build):
    network = build()
    assert [group.readmission.group for group in network.groups[:4]] == [
        "emergency[young]@1", "emergency[old]@1", "emergency[young]@1", "emergency[old]@1",
    ]  # fmt: skip


def test_a_rate_that_counts_readmissions_is_kept(build):
    network = build()
    traffic = expected_load(network)
    total = traffic.arrivals + traffic.readmitted
    assert traffic.readmitted[1] > 0
    # rate x overnight share x people, a day
    assert total[0] == pytest.approx(0.05 * 0.5 * 40_000 / 365.25)
    assert total[1] == pytest.approx(0.4 * 0.75 * 10_000 / 365.25)
    assert total[3] == pytest.approx(0.08 * 10_000 / 365.25)


def test_readmissions_beyond_the_rate_are_a_fault(build):
    many = TEMPLATE.replace("rate: =planned}\n    stays: {ward: {family: exponential, mean: 4}}", "rate: 900}\n"
                            "    stays: {ward: {family: exponential, mean: 4}}")  # fmt: skip
    with pytest.raises(Faults, match="less than the readmissions") as caught:
        build(many)
    assert caught.value.faults[0].line == 17


def test_places_are_whole(build):
    (ward,) = build().stations
    assert ward.places == ((0.0, 101.0),)  # 100.6
    assert ward.escalation.places == 10
    assert build(TEMPLATE.replace("=beds", "=tiny")).stations[0].places == ((0.0, 1.0),)  # 0.05, but not none


def test_localities_share_people_and_nothing_else(build):
    network = build(localities=2)
    assert network.station_names == ("ward@1", "ward@2")
    assert [station.pool for station in network.stations] == ["ward", "ward"]
    assert [station.locality for station in network.stations] == ["1", "2"]
    assert network.stations[0].places == ((0.0, 50.0),)
    for group in network.groups:
        assert group.name.endswith(f"@{group.locality}")
        assert group.arrivals.at == f"ward@{group.locality}"
        assert set(group.routes) == {f"ward@{group.locality}"}
    one, two = expected_load(build()), expected_load(network)
    assert two.flow.sum() == pytest.approx(one.flow.sum())


def test_one_locality_has_no_pool(build):
    assert build().stations[0].pool is None


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "suggestion"),
    [
        ("=beds", "=bed", 10, "not a parameter", "beds"),
        ("{ward: {home: 0.9, died: 0.1}}", "{ward: {home: 0.9}}", 19, "but must sum to 1", None),
        ("occupied: =fee", "occupied: =stay", 12, "kept by age band", None),
        ("    by: age_band\n    label", "    by: age\n    label", 15, "is not read here", "age_band"),
        ("for_each: locality\n", "", 1, "needs for_each", None),
        ("group: emergency", "group: emergencies", 26, "is not a group", "emergency"),
    ],
)
def test_a_fault_in_a_template_has_its_line_and_comes_once(build, old, new, line, rule, suggestion):
    assert old in TEMPLATE
    with pytest.raises(Faults) as caught:
        build(TEMPLATE.replace(old, new))
    found = [fault for fault in caught.value.faults if rule in fault.rule]
    assert [(fault.line, fault.suggestion) for fault in found] == [(line, suggestion)]
