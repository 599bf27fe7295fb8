"""Any valid network can be written, read back and solved; nobody is lost on the way."""

from __future__ import annotations

from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from network_as_file import as_file, possible

from sim.network import CareNetwork, expected_load, load_network
from sim.network.checks import check_network
from tests.strategies import networks

pytestmark = pytest.mark.unit
EXAMPLES = settings(max_examples=20, deadline=None)


def _read_back(network: CareNetwork) -> CareNetwork:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "drawn.yaml"
        file.write_text(as_file(network), encoding="utf-8")
        return load_network(file)


@EXAMPLES
@given(networks().map(possible))
def test_a_network_written_to_a_file_is_read_back_the_same(network):
    again = _read_back(network)
    assert again.groups == network.groups
    assert again.station_names == network.station_names
    assert [s.places for s in again.stations] == [s.places for s in network.stations]
    assert [s.census for s in again.stations] == [s.census for s in network.stations]


@EXAMPLES
@given(networks().map(possible))
def test_every_network_drawn_passes_the_checks(network):
    assert check_network(network) == []


@EXAMPLES
@given(networks())
def test_traffic_is_conserved(network):
    traffic = expected_load(network)
    # everybody who comes in, for the first time or again, leaves by an exit
    assert traffic.exits.sum() == pytest.approx(traffic.arrivals.sum() + traffic.readmitted.sum())
    assert traffic.readmitted.sum() == pytest.approx(traffic.returning.sum())
    assert np.all(traffic.flow >= 0)
    assert np.all(traffic.delayed <= traffic.load + 1e-12)
    assert traffic.exits.sum(axis=1) == pytest.approx(traffic.arrivals + traffic.readmitted)


@EXAMPLES
@given(networks())
def test_twice_the_arrivals_make_twice_the_load(network):
    twice = expected_load(network, np.full(len(network.groups), 2.0))
    assert twice.load == pytest.approx(2 * expected_load(network).load)


@EXAMPLES
@given(networks())
def test_utilisation_is_load_over_places(network):
    traffic = expected_load(network)
    for index, station in enumerate(network.stations):
        places = station.places[0][1]
        wanted = 0.0 if places == inf else traffic.load[:, index].sum() / places
        assert traffic.utilisation[index] == pytest.approx(wanted)
