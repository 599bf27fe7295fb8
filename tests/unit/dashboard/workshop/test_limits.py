"""A room behind one address is let in, and nobody finds a code by trying."""

from __future__ import annotations

import pytest

from dashboard.workshop.keeping.limits import WRONG_CODES, WRONG_IN_ALL, Limits, network
from dashboard.workshop.keeping.tokens import LETTERS, LONG

pytestmark = pytest.mark.unit
ROOM = "192.168.1.1"


def test_a_room_of_sixty_behind_one_address_may_all_mistype_once():
    limits = Limits()
    for _ in range(60):
        assert limits.may_try(ROOM)
        limits.wrong(ROOM)
    assert limits.may_try(ROOM)


def test_right_codes_count_nothing():
    limits = Limits()
    assert all(limits.may_try(ROOM) for _ in range(5_000))


def test_who_goes_on_trying_has_to_wait_and_nobody_else_does():
    limits = Limits()
    for _ in range(WRONG_CODES[0].amount):
        limits.wrong(ROOM)
    assert not limits.may_try(ROOM)
    assert limits.may_try("192.168.1.2")


def test_many_addresses_together_have_to_wait_too():
    limits = Limits()
    for at in range(WRONG_IN_ALL[0].amount):
        limits.wrong(f"10.0.{at // 250}.{at % 250}")
    assert not limits.may_try("10.9.9.9")


def test_a_code_is_not_found_within_the_time_that_a_session_is_kept():
    """Fourteen days of trying without a break, at all that is let through."""
    tried = WRONG_IN_ALL[0].amount * 24 * 14
    assert tried / len(LETTERS) ** LONG < 1 / 500


def test_one_seat_cannot_flood_a_session():
    limits = Limits()
    let = sum(limits.may_act("1/s1") for _ in range(1_000))
    assert 20 <= let <= 100
    assert limits.may_act("1/s2")


def test_an_address_of_ipv6_is_its_network():
    assert network("2001:db8::1") == network("2001:db8::ffff:1")
    assert network("2001:db8::1") != network("2001:db8:0:1::1")
    assert network("fe80::1%eth0") == network("fe80::2")
    assert network("::ffff:10.0.0.1") == network("10.0.0.1") == "10.0.0.1"
    assert network("no address") == network("") == "unknown"
