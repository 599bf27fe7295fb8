"""Stations in series: blocking after service against exact Markov chains and published tables."""

from __future__ import annotations

from math import inf

import pytest

from tests.long_run import (
    blocked,
    estimate,
    exponential,
    flows,
    in_use,
    line,
    mean_wait,
    served,
    station,
    waiting,
)

pytestmark = pytest.mark.verification

TWO_STATIONS_WITH_LOSS = {0.5: (0.389275, 0.941970), 1.0: (1.190221, 0.686663), 5.0: (2.364495, 0.153535)}
"""Arrival rate: mean wait of the accepted, share accepted; from the 22 states of the chain."""


@pytest.mark.parametrize("rate", TWO_STATIONS_WITH_LOSS)
def test_two_stations_with_loss_and_blocking(rate):
    """Two servers and two waiting places, half go on to two slow servers and block meanwhile (Knight 2014)."""
    network = line(
        rate,
        [station("first", 2, waiting_room=2), station("second", 2)],
        [exponential(1.0), exponential(5.0)],
        leave_after=[0.5, 1.0],
    )
    found = flows(network, 300, 6_000 / max(rate, 1.0), 40)
    wait, accepted = TWO_STATIONS_WITH_LOSS[rate]
    assert estimate(found, mean_wait).agrees_with(wait)
    assert estimate(found, lambda flow: 1.0 - flow.lost.sum() / flow.arrived.sum()).agrees_with(accepted)
    if rate == 0.5:
        assert estimate(found, blocked).agrees_with(0.320105)
        assert estimate(found, in_use).agrees_with(0.791090)
        assert estimate(found, lambda flow: in_use(flow, 1)).agrees_with(1.177463)
        assert estimate(found, waiting).agrees_with(0.183342)


TANDEM = {
    inf: {"held": 0.350, "wait": 0.3769, "buffer wait": 0.7364, "blocked": 0.0},
    1: {"held": 0.4207, "wait": 0.6707, "buffer wait": 0.3901, "blocked": 0.0707, "inside": 1.4011},
    0: {"held": 0.5192, "wait": 1.1689, "blocked": 0.1692, "inside": 1.5536},
}
"""Exact steady state of the tandem queue in chapter 7 of Rossetti's KSL book, by room between the stations."""


@pytest.mark.parametrize("room", TANDEM)
def test_tandem_queue_with_a_buffer(room):
    stations = [station("first", 1), station("second", 1, buffer=room)]
    found = flows(line(0.5, stations, [exponential(0.7), exponential(0.9)]), 200, 6_000, 16)
    measures = {
        "held": in_use,
        "wait": mean_wait,
        "buffer wait": lambda flow: waiting(flow, 1) / served(flow, 1),
        "blocked": blocked,
        "inside": lambda flow: sum(in_use(flow, s) + waiting(flow, s) for s in (0, 1)),
    }
    for name, exact in TANDEM[room].items():
        # the table has four digits
        assert estimate(found, measures[name]).agrees_with(exact, tolerance=5e-5), name


SATURATED = {
    (1.0, 1.0): 2 / 3,
    (1.0, 1.0, 1.0): 22 / 39,
    (1.0, 1.0, 1.0, 1.0): 0.514775,
    (1.0, 2.0): 0.857143,
    (2.0, 1.0): 0.857143,
    (1.0, 2.0, 1.0): 0.673797,
}
"""Throughput of lines without buffers whose first station is never idle, by service rates."""


@pytest.mark.parametrize("rates", SATURATED)
def test_saturated_lines_pass_what_the_chain_says(rates):
    """Ten people always wait, thirty arrive for one who is let in: the first station never starves."""
    stations = [station(f"s{i}", 1, waiting_room=10 if i == 0 else inf) for i in range(len(rates))]
    network = line(8.0, stations, [exponential(1.0 / rate) for rate in rates])
    found = flows(network, 100, 1_500, 12)
    assert estimate(found, lambda flow: served(flow, len(rates) - 1)).agrees_with(SATURATED[rates])


def test_workstations_in_series_with_balking():
    """Pritsker's example: four and two waiting places, arrivals turned away when the first room is full."""
    network = line(
        2.5,
        [station("first", 1, waiting_room=4), station("second", 1, buffer=2)],
        [exponential(0.25), exponential(0.5)],
    )
    found = flows(network, 100, 2_000, 14)
    assert estimate(found, lambda flow: flow.lost.sum() / flow.arrived.sum()).agrees_with(0.256167)
    assert estimate(found, served).agrees_with(1.859583)
    assert estimate(found, waiting).agrees_with(2.160152)
    assert estimate(found, mean_wait).agrees_with(1.161632)
    assert estimate(found, blocked).agrees_with(0.428288)
    assert estimate(found, lambda flow: waiting(flow, 1)).agrees_with(1.504023)
    assert estimate(found, lambda flow: in_use(flow, 1)).agrees_with(0.929792)
