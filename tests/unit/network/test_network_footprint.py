"""The shipped footprint network, built from the shipped parameters for 300,000 people."""

from __future__ import annotations

from collections import defaultdict

import pytest

from sim.inputs import AGE_BANDS, Parameters, load_parameters
from sim.network import CareNetwork, build_footprint, describe, expected_load
from sim.network.checks import check_network
from sim.network.reach import blocking_ways

pytestmark = pytest.mark.unit
STATIONS = ("acute", "p1", "p2", "p3", "home_care", "care_home")
SHARES = (0.213, 0.607, 0.099, 0.057, 0.024)
PEOPLE = {band: 300_000 * share for band, share in zip(AGE_BANDS, SHARES, strict=True)}


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters()


@pytest.fixture(scope="module")
def network(parameters: Parameters) -> CareNetwork:
    return build_footprint(parameters, PEOPLE, 1, "Anyshire")


def test_it_has_the_stations_and_groups_of_the_pathway(network):
    assert network.station_names == tuple(f"{name}@1" for name in STATIONS)
    assert network.exits == ("home", "ended", "died")
    assert network.kinds == ("emergency", "elective", "community")
    assert sum(group.age_band is not None for group in network.groups) == 2 * len(AGE_BANDS)
    assert check_network(network) == []


def test_it_starts_in_equilibrium_and_on_a_date(network):
    assert network.start == "equilibrium"
    assert str(network.begins) == "2016-04-01"
    assert network.time_unit == "days"


def test_overnight_emergencies_come_at_the_rate_of_first_admissions(network, parameters):
    traffic = expected_load(network)
    months = parameters.by("demand.month_factor_emergency").values()
    days = parameters.by("demand.weekday_factor_emergency").values()
    season = sum(months) / 12 * sum(days) / 7
    for band, number in PEOPLE.items():
        index = network.group_names.index(f"emergency[{band}]@1")
        rate = parameters.value(f"demand.emergency_rate.{band}") / 1000 / 365.25 * number
        overnight = rate * (1 - parameters.value(f"demand.same_day_share.{band}"))
        assert traffic.arrivals[index] == pytest.approx(overnight * season)
        assert traffic.readmitted[index] > 0


def test_places_are_the_parameters_times_the_people(network, parameters):
    beds = parameters.value("capacity.acute_beds") / 1000 * 300_000
    assert network.stations[0].places[0][1] == pytest.approx(beds, abs=0.5)
    extra = network.stations[0].escalation
    assert extra.places == pytest.approx(beds * parameters.value("capacity.escalation_share"), abs=1)


def test_emergencies_go_first_and_may_be_diverted(network):
    priorities = {group.kind: group.priority for group in network.groups}
    assert priorities == {"emergency": 0, "community": 1, "elective": 2}
    assert {group.diverts_to for group in network.groups if group.kind == "emergency"} == {"p1@1"}


def test_only_leaving_hospital_for_home_is_followed_by_a_readmission(network):
    to_home = defaultdict(set)
    for group in network.groups:
        for station, row in group.routes.items():
            to_home[station] |= {route.target for route in row} & {"home"}
    assert {station for station, exits in to_home.items() if exits} == {"acute@1"}
    assert {group.readmission.after_exits for group in network.groups if group.readmission} == {("home",)}


def test_people_in_hospital_can_be_blocked_for_everything_else(network):
    ways = blocking_ways(network)
    assert ways["acute@1"] == {f"{name}@1" for name in STATIONS[1:]}
    assert ways["care_home@1"] == set()


def test_a_scenario_with_nobody_for_p3_still_builds(parameters):
    nobody = parameters.with_changes({"flow.to_p3": dict.fromkeys(AGE_BANDS, 0.0)})
    network = build_footprint(nobody, PEOPLE, 1, "Anyshire")
    assert expected_load(network).load[:, 3].sum() == 0


def test_localities_are_alike_and_pooled_by_kind(parameters):
    network = build_footprint(parameters, PEOPLE, 3, "Anyshire")
    assert len(network.stations) == 3 * len(STATIONS)
    assert {station.pool for station in network.stations} == set(STATIONS)
    utilisation = expected_load(network).utilisation.reshape(3, -1)
    assert utilisation[0] == pytest.approx(utilisation[2])
    told = describe(network)
    assert [node.id for node in told.nodes if node.sort == "station"] == list(STATIONS)
    assert "3 localities alike" in told.text
