"""The compiled engine does what the reference engine does: event for event, count for count."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines.arrivals import Envelope, doors
from sim.engines.contract import Conditions
from sim.inputs import find_footprint, load_footprints, load_parameters
from sim.network.load import load_network, network_files
from sim.network.localities import in_localities
from sim.network.model import CareNetwork
from sim.randomness.streams import Streams
from sim.system.place import MONTH, Place, prepare
from tests.agreement.both import Periods, assert_agree, coarse_clock
from tests.strategies import networks

pytestmark = pytest.mark.agreement

TEMPLATE = "footprint"
ALONE = [name for name in sorted(network_files()) if name != TEMPLATE]


# ---- networks that come as files -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALONE)
def test_every_network_file_gives_the_same_events(name):
    network = load_network(network_files()[name])
    end = min(network.settings.warm_up + network.settings.run, 800.0)
    assert assert_agree(network, [(end / 3, None), (end, None)], long_wait=np.ones(len(network.stations))) > 100


@pytest.fixture(scope="module")
def england() -> Place:
    parameters = load_parameters()
    people = 2 * parameters.value("capacity.locality_people")
    return prepare(parameters, find_footprint("england", load_footprints()), 1, people)


def months(network: CareNetwork, first: float, number: int) -> Periods:
    """Conditions that change every month, all of them: more and fewer people, stays, delays and places."""
    declared = np.array([station.places[0][1] for station in network.stations])
    averted = np.array([group.diverts_to is not None for group in network.groups])
    for month in range(number):
        wave = np.sin(month + np.arange(len(network.groups)))
        yield (
            first + (month + 1) * MONTH,
            Conditions(
                arrivals=1.0 + 0.1 * wave + 0.02 * month,
                diverted=np.where(averted, 0.03 * (month % 3), 0.0),
                stays=1.0 + 0.1 * wave[:, None] * np.ones(len(declared)),
                delays=np.full(len(declared), 1.0 - 0.1 * (month % 4)),
                places=np.round(declared * (1.0 + 0.03 * np.cos(month + np.arange(len(declared))))),
            ),
        )


@pytest.mark.parametrize("moving_share", [0.0, 0.5, 1.0])
def test_two_localities_month_by_month_under_changing_conditions(england, moving_share):
    begins = -20.0
    periods = [(0.0, None), *months(england.network, 0.0, 4)]
    events = assert_agree(
        england.network, periods, long_wait=england.long_wait, moving_share=moving_share, begins=begins
    )
    assert events > 10_000


def test_one_locality_month_by_month_under_changing_conditions():
    parameters = load_parameters()
    people = parameters.value("capacity.locality_people")
    place = prepare(parameters, find_footprint("england", load_footprints()), 1, people / 2)
    periods = months(place.network, 0.0, 8)
    assert assert_agree(place.network, periods, long_wait=place.long_wait) > 5_000


# ---- networks drawn at random --------------------------------------------------------------------------------


def factors(number: int, *among: float) -> st.SearchStrategy[np.ndarray]:
    return st.lists(st.sampled_from(among), min_size=number, max_size=number).map(np.array)


@st.composite
def conditions(draw: st.DrawFn, network: CareNetwork) -> Conditions | None:
    """Any conditions that the network allows: only arrivals by rate can be multiplied by more than 1."""
    groups, stations = len(network.groups), len(network.stations)
    if draw(st.booleans()):
        return None
    by_rate = all(isinstance(door, Envelope) for door in doors(network, Streams(0, 0)))
    may_divert = np.array([(group.diverts_to or "") in group.stays for group in network.groups])
    arrivals = draw(factors(groups, 0.0, 0.5, 0.75, *((1.25, 2.5) if by_rate else ())))
    return Conditions(
        arrivals=arrivals,
        diverted=np.where(may_divert, draw(factors(groups, 0.0, 0.125, 0.25)), 0.0),
        stays=draw(factors(groups * stations, 0.5, 1.0, 1.5)).reshape(groups, stations),
        delays=draw(factors(stations, 0.0, 1.0, 2.0)),
        places=draw(st.one_of(st.none(), factors(stations, 0.0, 1.0, 2.0, 4.0, inf))),
    )


@settings(max_examples=60)
@given(st.data())
def test_random_networks_under_random_conditions(data):
    network = data.draw(networks())
    periods = [(until, data.draw(conditions(network))) for until in (4.0, 9.5, 20.25, 45.0)]
    begins = data.draw(st.sampled_from((0.0, -3.0, -7.5)))
    assert_agree(network, periods, long_wait=np.full(len(network.stations), 1.5), begins=begins)


@settings(max_examples=20)
@given(st.data())
def test_random_networks_in_localities_that_share_their_places(data):
    network = in_localities(data.draw(networks(max_stations=3, max_groups=2)), data.draw(st.integers(2, 3)))
    share = data.draw(st.sampled_from((0.5, 1.0)))
    assert_agree(network, [(5.0, None), (30.0, data.draw(conditions(network)))], moving_share=share)


# ---- ties ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transfers_first", [True, False])
@pytest.mark.parametrize("buffer", [0.0, 1.0, 3.0, inf])
def test_ties_are_broken_alike(buffer, transfers_first):
    network = coarse_clock(buffer, transfers_first)
    cut = Conditions(places=np.array([2.0, 1.0, 4.0]), stays=np.full((4, 3), 0.5))
    periods = [
        (10.0, None),
        (10.25, cut),
        (20.5, None),
        (30.0, Conditions(places=np.array([9.0, 6.0, 2.0]))),
        (60.0, None),
    ]
    assert assert_agree(network, periods) > 1_500


@pytest.mark.parametrize("moving_share", [0.5, 1.0])
def test_ties_between_localities_are_broken_alike(moving_share):
    network = in_localities(replace(coarse_clock(1.0, True), start="empty"), 3)
    assert assert_agree(network, [(20.0, None), (60.0, None)], moving_share=moving_share) > 3_000
