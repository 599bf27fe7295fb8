"""The past beside the model: words that say what failed, figures as plain dicts, tables behind them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from dashboard.app import create_app
from dashboard.components.html_text import to_html
from dashboard.components.past import badge, past_section
from dashboard.facts.past import Past, PastScore
from dashboard.figures.graph import CONFIG
from dashboard.figures.past import past_chart
from dashboard.gateway.past import stated_past
from dashboard.theme import THEMES
from dashboard.wording.past import coverage, in_short, opening, percent, series_verdict, summary, verdict, words_of
from sim.inputs.folders import default_folder
from tests.unit.dashboard.fake_model import fake_gateway
from tests.unit.dashboard.fake_studies import UNSEEN, fake_past, fake_studies, past_series

pytestmark = pytest.mark.unit
BETTER, WORSE, AHEAD = fake_past().series


@pytest.fixture(scope="module")
def stored():
    return stated_past()


@pytest.fixture(scope="module")
def app():
    made = create_app(fake_gateway())
    yield made
    made.gateway.close()


# ---- words


@pytest.mark.parametrize(
    ("error", "carried", "said"),
    [(0.03, 0.06, "better"), (0.06, 0.03, "worse"), (0.2124, 0.2117, "no better"), (0.1, None, None)],
)
def test_a_verdict_is_made_to_a_tenth_of_a_percent(error, carried, said):
    """21.24 % against 21.17 % is 21.2 % against 21.2 %: no better, and not worse."""
    assert verdict(PastScore(UNSEEN, error, 1, carried, None)) == said


def test_it_rests_on_years_that_were_not_fitted_or_else_on_the_forecast():
    assert [series_verdict(each) for each in (BETTER, WORSE, AHEAD)] == ["better", "worse", "no better"]
    assert series_verdict(replace(AHEAD, forecast=None)) is None


def test_in_short_counts_what_is_better_and_worse_and_what_the_bands_held():
    """Two series were held against 2014/15 and 2015/16; their bands held 2 and 0 of 2."""
    words = in_short(fake_past())
    assert "Of 2 series it did better for 1 (beds), worse for 1 (delays)" in words
    assert "it held 2 of 4" in words
    assert (opening(fake_past()), coverage(fake_past())) == ("In part.", "The bands are too narrow")


def test_the_answer_in_a_word_follows_the_counts():
    both = replace(fake_past(), series=(BETTER, replace(BETTER, unseen=PastScore(UNSEEN, 0.01, 2, 0.2, None))))
    neither = replace(fake_past(), series=(WORSE, WORSE))
    assert opening(both) == "Better than no model would."
    assert coverage(both) == "What the bands hold"
    assert opening(neither) == "Mostly not."
    assert opening(Past(series=(AHEAD,))) == "That cannot be said."


def test_a_series_says_how_near_how_it_moved_and_what_stands_open():
    """95 to 140 in two years is 45 points; the model stays at 100."""
    words = words_of(WORSE, fake_past())
    assert "is 22.6% off on the mean; carrying 2013/14 on makes 20.0%. The band holds 0 of 2" in words
    assert "it rose by 45.0 points; in the model it hardly moved" in words
    assert "the forecast stands open" in words
    assert "a straight line through the fitted years 2.0%" in words_of(BETTER, fake_past())
    assert "one year, 2016/17, can be judged: 5.0% off" in words_of(AHEAD, fake_past())


def test_errors_that_cancel_out_are_told():
    """Acute days observed above the model, the others below it."""
    score = PastScore(UNSEEN, 0.1, 1, 0.2, None)
    acute = past_series("delayed_acute", (120.0, 130.0), score)
    other = past_series("delayed_nonacute", (80.0, 90.0), score)
    total = past_series("delayed_total", (100.0, 100.0), score)
    assert "cancel out" in words_of(total, replace(fake_past(), series=(total, acute, other)))
    assert "cancel out" not in words_of(total, replace(fake_past(), series=(total, acute, replace(acute, id=other.id))))


def test_numbers_are_written_for_readers():
    assert [percent(each) for each in (None, 0.2124, -0.05)] == ["\u2013", "21.2%", "5.0%"]
    assert [percent(each, sign=True) for each in (-0.05, 0.05, 0.0)] == ["\u22125.0%", "+5.0%", "0.0%"]
    assert "60 in 2012/13 (Aug to Mar)" in summary(BETTER)
    assert "140.0% in 2015/16" in summary(WORSE)


# ---- figures


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("series", fake_past().series, ids=lambda each: each.id)
def test_a_figure_is_a_plain_dict_over_the_years_given(series, theme):
    figure = past_chart(series, 2012, 2016, THEMES[theme])
    assert json.loads(json.dumps(figure)) == figure
    assert figure["layout"]["xaxis"]["range"] == [2012, 2017]
    assert figure["layout"]["showlegend"] is False


def test_fitted_years_are_shaded_and_the_forecast_is_dashed():
    figure = past_chart(BETTER, 2012, 2016, THEMES["light"])
    shade, border = figure["layout"]["shapes"]
    assert (shade["x0"], shade["x1"], border["x0"]) == (2012, 2014, 2016)
    assert [each["text"] for each in figure["layout"]["annotations"]] == ["Fitted", "Not fitted", "Forecast"]
    solid, dashed = ([each for each in lines(figure) if each["line"]["dash"] == dash] for dash in ("solid", "dash"))
    assert [each["x"] for each in solid] == [[2012 + 4 / 12, 2013.0], [2013.5, 2014.5, 2015.5]]
    assert [each["x"] for each in dashed] == [[2015.5, 2016.5]]


def lines(figure):
    return [each for each in figure["data"] if each.get("name") == "Model"]


def test_a_sum_of_fewer_months_is_joined_to_no_other_and_its_point_is_hollow():
    figure = past_chart(BETTER, 2012, 2016, THEMES["light"])
    points = figure["data"][-1]
    assert points["marker"]["symbol"] == ["circle-open", "circle", "circle", "circle"]
    assert [len(run) for run in BETTER.runs()] == [1, 4]
    assert [len(run) for run in WORSE.runs()] == [5]


def test_every_number_lies_inside_the_axis(stored):
    for series in stored.series:
        low, high = past_chart(series, 2010, 2019, THEMES["light"])["layout"]["yaxis"]["range"]
        for year in series.years:
            known = [
                each for each in (year.observed, year.model, year.low, year.high, year.carried) if each is not None
            ]
            assert low <= min(known) <= max(known) <= high, (series.id, year.label)


# ---- the section


def test_every_series_has_a_verdict_a_chart_and_a_table(app):
    shown = app.server.test_client().get("/prove-it").text
    assert re.findall(r'data-past="(\w+)"', shown) == ["beds", "delays", "days"]
    assert "Better than carrying the last year on" in shown
    assert "Worse than carrying the last year on" in shown
    assert shown.count("<caption>") == 3
    described = re.findall(r'aria-describedby="([^"]+)"', shown)
    assert all(f'id="{each}"' in shown for each in described)


def test_good_and_bad_are_marked_in_the_same_way():
    for word in ("better", "no better", "worse"):
        assert re.search(r'<span class="mark \w+"><span aria-hidden="true">.</span> \w+', to_html(badge(word)))
    assert badge(None) == "Cannot be judged"


def test_charts_come_with_no_button_over_them(app):
    reply = app.server.test_client().get("/prove-it/past?theme=dark").get_json()
    assert reply["config"] == CONFIG
    assert reply["config"]["showSendToCloud"] is False
    assert set(reply["figures"]) == {"beds", "delays", "days"}
    assert reply["figures"]["beds"]["layout"]["font"]["color"] == THEMES["dark"].text


def test_a_theme_nobody_knows_is_light(app):
    text = app.server.test_client().get("/prove-it/past?theme=<b>").text
    assert "<b>" not in text
    assert THEMES["light"].text in text


@pytest.mark.parametrize("past", [None, Past(faults="parameters/history/backtest.csv, line 3: <is not a number>")])
def test_without_a_back_test_in_order_the_page_says_so(past):
    gateway = fake_gateway(studies=fake_studies(past=lambda: past))
    made = create_app(gateway)
    browser = made.server.test_client()
    assert browser.get("/prove-it/past").get_json()["figures"] == {}
    text = browser.get("/prove-it").text
    gateway.close()
    assert "No back-test is stored." in text or "line 3: &lt;is not a number&gt;" in text


# ---- what is stored


def test_the_stored_back_test_is_told_as_it_is_stored(stored):
    """Numbers of docs/reference/back-test.md."""
    acute = next(each for each in stored.series if each.id == "delayed_acute")
    last = next(each for each in acute.years if each.label == "2015/16")
    assert (round(last.observed), round(last.model), last.phase, last.inside) == (1181, 870, "not fitted", False)
    assert acute.years[0].months == (8, 3)
    assert (percent(acute.unseen.error), percent(acute.unseen.carried)) == ("21.2%", "21.2%")
    assert series_verdict(acute) == "no better"
    assert opening(stored) == "Mostly not."
    assert not stored.faults


def test_every_stored_series_says_whether_it_did_better(stored):
    text = to_html(past_section(stored))
    assert text.count("than carrying the last year on</span>") == len(stored.series)


def test_a_fault_in_the_files_is_told_with_its_line(monkeypatch, tmp_path):
    history = tmp_path / "history"
    history.mkdir()
    for each in (default_folder() / "history").iterdir():
        (history / each.name).write_text(each.read_text())
    rows = (history / "backtest.csv").read_text().splitlines()
    rows[3] = rows[3].replace("1380475", "many").replace("1507075", "many")
    (history / "backtest.csv").write_text("\n".join(rows))
    monkeypatch.setattr("dashboard.gateway.past.default_folder", lambda: tmp_path)
    assert "line 4" in stated_past().faults
    (history / "backtest.csv").unlink()
    assert stated_past() is None
