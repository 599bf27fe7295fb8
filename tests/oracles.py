"""Queueing theory: closed forms to hold the engines against."""

from __future__ import annotations


def erlang_b(places: int, load: float) -> float:
    """Share of arrivals lost in M/G/c/c (Erlang 1917), by the stable recursion."""
    blocked = 1.0
    for place in range(1, places + 1):
        blocked = load * blocked / (place + load * blocked)
    return blocked


def erlang_c(places: int, load: float) -> float:
    """Share of arrivals that wait in M/M/c."""
    lost = erlang_b(places, load)
    return places * lost / (places - load * (1.0 - lost))


def mean_wait(places: int, load: float, stay: float) -> float:
    """Mean wait in M/M/c, in the unit of the stay."""
    return erlang_c(places, load) * stay / (places - load)
