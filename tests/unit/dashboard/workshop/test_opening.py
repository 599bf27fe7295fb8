"""Starting a server for a room: what is said, and to whom it listens."""

from __future__ import annotations

import socket

import pytest

from dashboard.__main__ import _many, _parser
from dashboard.opening import hosting_of, in_address, told
from dashboard.workshop.serving import hosting as found
from dashboard.workshop.serving.hosting import lan_address

pytestmark = pytest.mark.unit


def at(address, monkeypatch):
    """Let the machine have this address in its network."""
    monkeypatch.setattr(found, "lan_address", lambda: address)
    found._lan_address_of.cache_clear()


def test_without_the_option_only_a_server_for_this_machine_lets_anybody_make_sessions():
    assert hosting_of("127.0.0.1", 8050, workshop=False)[0].alone
    for host in ("0.0.0.0", "::", "192.168.1.20"):
        hosting, token = hosting_of(host, 8050, workshop=False)
        assert (hosting.alone, hosting.link, token) == (False, "", "")


def test_a_server_for_a_room_says_where_and_gives_one_private_link(monkeypatch):
    at("192.168.1.20", monkeypatch)
    hosting, token = hosting_of("0.0.0.0", 8051, workshop=True)
    said = []
    opened = told(hosting, 8051, token, said.append)
    text = "\n".join(said)
    assert "http://192.168.1.20:8051/workshop\n" in text
    assert opened == f"http://127.0.0.1:8051/workshop/host/{token}"
    assert text.count(token) == 1
    assert "\u2588" in text  # the QR code
    assert hosting.opens(token)
    assert not hosting.alone
    assert not hosting.opens("")
    assert token not in repr(hosting)
    assert hosting_of("0.0.0.0", 8051, workshop=True)[1] != token


def test_a_machine_on_no_network_says_so(monkeypatch):
    at("127.0.0.1", monkeypatch)
    hosting, token = hosting_of("0.0.0.0", 8051, workshop=True)
    said = []
    told(hosting, 8051, token, said.append)
    assert any("on no network" in each for each in said)


def test_a_laptop_that_changes_its_network_says_the_new_address(monkeypatch):
    hosting, _token = hosting_of("0.0.0.0", 8051, workshop=True)
    at("192.168.1.20", monkeypatch)
    assert hosting.found_at() == "http://192.168.1.20:8051"
    monkeypatch.setattr(found, "lan_address", lambda: "10.42.0.1")
    monkeypatch.setattr(found, "monotonic", lambda: 1e9)
    assert hosting.found_at() == "http://10.42.0.1:8051"


def test_a_host_that_is_named_is_the_one_that_is_said():
    assert hosting_of("10.0.0.5", 80, workshop=True)[0].address == "http://10.0.0.5:80"
    assert in_address("fe80::1") == "[fe80::1]"


def test_the_address_on_the_network_is_found_without_a_network(monkeypatch):
    def nowhere(*_):
        raise OSError

    class Unconnected(socket.socket):
        connect = nowhere

    assert socket.inet_aton(lan_address())
    found._lan_address_of.cache_clear()
    monkeypatch.setattr(found.socket, "socket", Unconnected)
    monkeypatch.setattr(found.socket, "getaddrinfo", nowhere)
    assert lan_address() == "127.0.0.1"


def test_a_room_has_enough_connections():
    assert _many()["connection_limit"] >= 60 * 6
    assert _parser().parse_args(["--workshop"]).workshop
    assert not _parser().parse_args([]).workshop
