"""Where workshops begin: what everybody sees, and what only who may host."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.pages.plain import ASSETS
from dashboard.shelf.sessions import KeptSession
from dashboard.workshop.screens import start
from dashboard.workshop.screens.frame import SCRIPTS, STYLES
from tests.unit.workshop.rooms import small

pytestmark = pytest.mark.unit

DAY = datetime(2026, 11, 22, tzinfo=UTC)
KEPT = KeptSession("KMPRT", "<small>", "", "", DAY, DAY, 1)
LIGHT = 60_000
"""Bytes, before they are packed, of what every screen of a seat needs besides its page."""


def page(hosts, **given):
    return start.page(hosts, [small()], [KEPT], "the token", **given)


def test_who_may_not_host_is_shown_nothing_of_what_hosts_see():
    html = page(False)
    assert 'data-send="/workshop/join"' in html
    for hidden in ("KMPRT", "/workshop/make", "own-text", "Small"):
        assert hidden not in html


def test_who_hosts_can_make_a_workshop_and_go_back_to_one():
    html = page(True)
    assert html.count('data-send="/workshop/make"') == 2
    assert 'name="workshop" value="small"' in html
    assert 'name="text"' in html
    assert 'href="/workshop/KMPRT/console"' in html
    assert "&lt;small&gt;" in html
    assert html.count('name="form" value="the token"') == 3


def test_a_fault_and_what_was_typed_come_back_as_text():
    html = page(False, fault="No <such> code.", code='"><i>')
    assert "No &lt;such&gt; code." in html
    assert 'value="&quot;&gt;&lt;i&gt;"' in html


def test_scripts_and_styles_of_a_phone_are_light():
    """With a page of 60 kB at most this leaves every seat below 100 kB as sent, for it is sent packed."""
    weight = sum((ASSETS / name).stat().st_size for name in (*STYLES, *SCRIPTS, "say.js", "bar.js"))
    assert weight < LIGHT
