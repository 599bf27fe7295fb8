"""The shipped networks all load, and a file's plain words become the values an engine reads."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest

from sim.inputs import Faults
from sim.network import Distribution, Escalation, Route, describe, find_network, load_network, network_files

pytestmark = pytest.mark.unit
ALONE = [name for name in network_files() if name != "footprint"]


@pytest.mark.parametrize("name", ALONE)
def test_a_shipped_network_loads_and_says_where_it_comes_from(name):
    network = load_network(find_network(name))
    assert network.source
    assert network.says
    assert describe(network).text.startswith(network.name)


def test_the_footprint_is_a_template():
    with pytest.raises(Faults, match="is a template"):
        load_network(find_network("footprint"))


@pytest.mark.parametrize("asked", ["clinic_queue", "Clinic queue", "clinic-queue", "clinic_queue.yaml"])
def test_a_network_is_found_by_name(asked):
    assert find_network(asked).name == "clinic_queue.yaml"


def test_the_nearest_name_is_suggested():
    with pytest.raises(Faults, match='Did you mean "clinic_queue"'):
        find_network("clinik_queue")


FULL = """
name: Everything
says: Every key of a station and a group
source: invented for this test
time_unit: hours
begins: 2016-04-01
exits: [home, died]
settings: {warm_up: 24, run: 100, replications: 3}
stations:
  ward:
    label: The ward
    kind: acute
    places: {0: 20, 12: 22}
    waiting_room: 4
    buffer: 2
    transfers_first: false
    escalation: {share: 0.12, opens_at: 0.9}
    leaving_by_weekday: {Mon: 2, Tue: 2, Wed: 2, Thu: 2, Fri: 2, Sat: 2, Sunday: 2}
    organisation: acute
    cost: {place: 300, admission: 50}
  home_visits:
    places: unlimited
defaults:
  stays:
    home_visits: {family: empirical, values: [1, 2], weights: [3, 1]}
  routes:
    home_visits: {home: 1}
  patience:
    ward: {family: deterministic, value: 9}
    home_visits: {family: deterministic, value: 3}
groups:
  short_stay:
    kind: emergency
    priority: 1
    arrivals: {at: ward, rate: 2, by_month: {Jan: 2, Feb: 1, Mar: 1, Apr: 1, May: 1, Jun: 1, Jul: 1, Aug: 1, Sep: 1,
               Oct: 1, Nov: 1, Dec: 1}, growth: 0.02, dispersion: 0.1}
    stays:
      ward: {family: weibull, mean: 10, shape: 1}
    routes:
      ward: {home_visits: {share: 0.3, delay: {family: exponential, mean: 1}}, died: 0.1, home: rest}
    dies_waiting:
      ward: {family: exponential, mean: 90}
    diverts_to: home_visits
  gone_at_once:
    arrivals: {at: ward, every: 3}
    stays:
      ward: {family: exponential, mean: 1}
    routes:
      ward: {home: rest}
"""


@pytest.fixture
def full(written):
    return load_network(written(FULL))


def test_a_station_is_read_whole(full):
    ward = full.stations[0]
    assert ward.places == ((0.0, 20.0), (12.0, 22.0))
    assert (ward.waiting_room, ward.buffer, ward.transfers_first) == (4, 2, False)
    assert ward.escalation == Escalation(places=2, opens_at=0.9)  # 0.12 x 20, to the nearest place
    assert ward.leaving_by_weekday == (1.0,) * 7  # relative to their mean
    assert (ward.label, ward.kind, ward.cost.place, ward.cost.admission) == ("The ward", "acute", 300, 50)


def test_what_is_not_given_has_a_plain_default(full):
    visits = full.stations[1]
    assert (visits.label, visits.kind) == ("Home visits", "home_visits")
    assert (visits.places, visits.waiting_room, visits.buffer) == (((0.0, inf),), inf, 0)
    assert full.groups[1].kind == "gone_at_once"


def test_the_rest_is_what_other_shares_leave(full):
    delay = Distribution("exponential", {"mean": 1.0})
    home = full.groups[0].routes["ward"][2]
    assert full.groups[0].routes["ward"][:2] == (Route("home_visits", 0.3, delay), Route("died", 0.1))
    assert home.share == pytest.approx(0.6)


def test_defaults_hold_where_a_group_comes_and_says_nothing(full):
    first, second = full.groups
    assert set(first.stays) == {"ward", "home_visits"}
    assert set(second.stays) == {"ward"}  # it never comes to home visits
    assert set(first.patience) == {"ward", "home_visits"}


def test_a_weibull_by_its_mean_is_kept_by_its_scale(full):
    # shape 1 is the exponential, whose scale is its mean
    assert full.groups[0].stays["ward"] == Distribution("weibull", {"shape": 1.0, "scale": 10.0})


def test_dates_profiles_and_settings_are_read(full):
    assert full.begins == date(2016, 4, 1)
    assert full.groups[0].arrivals.by_month[:2] == (2.0, 1.0)
    assert (full.settings.warm_up, full.settings.replications) == (24, 3)


def test_fractions_are_numbers(written):
    network = load_network(written(FULL.replace("rate: 2,", "rate: 1/4,")))
    assert network.groups[0].arrivals.rate == 0.25


def test_a_description_has_a_node_for_every_door_station_and_exit(full):
    told = describe(full)
    assert [node.id for node in told.nodes] == [
        "door:emergency", "door:gone_at_once", "ward", "home_visits", "home", "died",
    ]  # fmt: skip
    ways = {(edge.source, edge.target): edge.flow for edge in told.edges}
    assert ways["ward", "home_visits"] == pytest.approx(0.3 * ways["door:emergency", "ward"])
    assert "The ward:" in told.text


def test_a_description_says_where_there_are_fewer_places_than_people():
    told = describe(load_network(find_network("beds_or_packages")))
    assert "Home-care packages: 730 people in 600 places (122%); there are fewer places" in told.text
