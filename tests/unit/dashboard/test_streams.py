"""The views of streams: a reply holds one of them, as plain data, and the page stays light."""

from __future__ import annotations

import json
import re

import pytest
from dash import dcc

from dashboard.components.html_text import to_html
from dashboard.link.looks import SHOWS
from dashboard.pages import flow, money
from dashboard.pages.views import layout
from dashboard.server.asking import shown
from dashboard.server.first_paint import preview
from dashboard.theme import THEMES
from tests.unit.dashboard.fake_model import answer_to, fake_catalogue
from tests.unit.dashboard.streams import PLAN, look

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def answer():
    return answer_to(PLAN)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("view", [flow, money])
def test_a_figure_is_a_plain_dict(answer, view, show, theme):
    figures = view.figures(answer, look(show=show), THEMES[theme])
    assert json.loads(json.dumps(figures)) == figures


@pytest.mark.parametrize("view", ["flow", "money"])
def test_a_reply_holds_one_view_and_the_cards(answer, view):
    reply = shown(answer, look(view), "dark")
    assert set(reply["figures"]) == {f"graph-{view}"}
    assert set(reply["html"]) == {"title", "sample", "kpis", f"words-{view}", f"behind-{view}"}
    assert reply["spoken"] in reply["html"][f"words-{view}"]


def test_the_first_html_of_a_view_has_the_cards_and_no_empty_charts(answer):
    html = to_html(preview(answer, "flow"))
    assert re.search(r'href="/flow"[^>]*aria-current="page"|aria-current="page"[^>]*href="/flow"', html)
    assert "Hospital beds in use" in html
    assert "is-empty" not in html
    assert "is-empty" in to_html(preview(answer))


def test_the_views_come_with_few_components_and_their_charts_send_nothing_away():
    """Each component costs time at every change; tables and sentences come as text."""
    every = list(layout(fake_catalogue())._traverse())
    charts = [part for part in every if isinstance(part, dcc.Graph)]
    assert {chart.id for chart in charts} >= {"graph-flow", "graph-money"}
    assert all(chart.config["showSendToCloud"] is False for chart in charts)
    assert len([*flow.flow()._traverse(), *money.money()._traverse()]) <= 24
