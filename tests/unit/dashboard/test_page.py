"""The layout: every chart through the one helper, every control with a name."""

from __future__ import annotations

import json
from pathlib import Path

import dash
import dash_mantine_components as dmc
import pytest
from dash import dcc, html
from dash.development.base_component import Component

import dashboard
from dashboard import ids
from dashboard.components.cards import cards, interval_in_words
from dashboard.components.html_text import to_html
from dashboard.figures.graph import CONFIG
from dashboard.pages.overview import for_scripts, layout, results
from dashboard.server.first_paint import preview
from dashboard.wording.numbers import BY_ID, CARDED, CHARTED
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, answer_to, fake_catalogue

pytestmark = pytest.mark.unit
ROOT = Path(dashboard.__file__).parent


def every(part):
    """The part and everything in it."""
    if isinstance(part, Component):
        yield part
        for each in part.to_plotly_json()["props"].values():
            yield from every(each)
    elif isinstance(part, (list, tuple)):
        for each in part:
            yield from every(each)


@pytest.fixture(scope="module")
def parts():
    return list(every(layout(fake_catalogue())))


def of_kind(parts, kind):
    return [part for part in parts if isinstance(part, kind)]


def test_every_chart_refuses_to_send_data_elsewhere(parts):
    charts = of_kind(parts, dcc.Graph)
    assert len(charts) == len(CHARTED)
    assert all(chart.config == CONFIG and chart.config["showSendToCloud"] is False for chart in charts)


def test_charts_are_made_in_one_place_only():
    makers = [
        path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if "dcc.Graph(" in path.read_text("utf-8")
    ]
    assert makers == ["figures/graph.py"]


def test_no_figure_object_is_built_anywhere():
    """On the page, that is: a notebook is given one."""
    pages = (path for path in ROOT.rglob("*.py") if "notebook" not in path.parts)
    assert [path for path in pages if "graph_objects" in path.read_text("utf-8")] == []


def test_every_menu_has_a_name(parts):
    controls = of_kind(parts, dmc.Select)
    assert controls
    assert all(getattr(each, "label", None) or getattr(each, "aria-label", None) for each in controls)


def test_every_chart_has_words_and_numbers_behind_it(parts):
    known = {each.id for each in parts if isinstance(getattr(each, "id", None), str)}
    assert {ids.behind(measure) for measure in CHARTED} <= known


def test_no_two_parts_have_the_same_id(parts):
    found = [json.dumps(each.id) for each in parts if getattr(each, "id", None) is not None]
    assert len(found) == len(set(found))


def test_scripts_know_levers_in_the_unit_shown():
    known = for_scripts(fake_catalogue())
    assert known["levers"][SHIFT]["high"] == 15.0
    assert known["levers"][GROWTH]["baseline"] == 3.6
    assert known["plans"]["prevention_shift"]["settings"] == {SHIFT: 5.0}


def test_the_page_has_few_components_for_dash_to_look_at(parts):
    """Each costs time at every change: levers and evidence are text, however many there are."""
    assert len([each for each in parts if isinstance(each, Component)]) < 150
    known = for_scripts(fake_catalogue())["levers"][SHIFT]
    assert "A number somebody counted" not in json.dumps(known)


def text_of(part):
    return " ".join(each for each in leaves(part))


def leaves(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, Component):
        yield from leaves(getattr(part, "children", None))
    elif isinstance(part, (list, tuple)):
        for each in part:
            yield from leaves(each)


def test_a_card_says_value_direction_word_and_range():
    occupancy = text_of(cards(answer_to(f"{SHIFT}=0.15"))[0])
    assert "Hospital beds in use" in occupancy
    assert "▼" in occupancy
    assert "points lower" in occupancy
    assert "better" in occupancy
    assert " to " in occupancy


def test_no_difference_is_said_so():
    cardtexts = [text_of(card) for card in cards(answer_to("policy.transition_fund=10"))]
    assert len(cardtexts) == len(CARDED)
    assert all("no difference" in text for text in cardtexts)


def test_a_range_around_zero_says_both_directions():
    year = answer_to(f"{SHIFT}=0.15").years["delayed"][-1]
    around = type(year)(year.label, 10, 10, 0, -20.0, 30.0, "no detectable difference")
    assert interval_in_words(BY_ID["delayed"], around) == "20 fewer to 30 more"


def test_first_html_escapes_and_keeps_no_id():
    text = to_html(html.Div([html.P("<b>&", className='x"y'), None, 3], id="one"))
    assert text == '<div><p class="x&quot;y">&lt;b&gt;&amp;</p>3</div>'


def test_first_html_holds_the_numbers():
    assert "West Yorkshire and Harrogate in 2020/21" in to_html(preview(answer_to("")))
    assert "…" in to_html(preview(None))


def test_results_can_be_laid_out_with_and_without_an_answer():
    assert text_of(results(answer_to(""))) != text_of(results(None))


def test_the_page_asks_nothing_of_other_machines():
    files = [*ROOT.rglob("*.css"), *ROOT.rglob("*.js"), *ROOT.rglob("*.py")]
    assert [path.name for path in files if "https://" in path.read_text("utf-8")] == []
    assert dash.__version__ >= "4.4"
