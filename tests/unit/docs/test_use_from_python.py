"""The page for Python users runs as it stands, and what it draws is what its tables say."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import polars as pl
import pytest

import dashboard.notebook
from dashboard.notebook import Chart, plot
from sim.experiments.told import Told

pytestmark = pytest.mark.unit

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "use-from-python.md"
PERCENT, MILLION = 100, 10**6


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Every block of the page in turn, as a reader would type them: what they name, and what they draw and say."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    drawn: list[tuple[object, Chart]] = []

    def watched(result, *args, **kwargs):
        drawn.append((result, plot(result, *args, **kwargs)))
        return drawn[-1][1]

    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("notebook"))
        patch.setenv("UPSTREAM_CACHE", "cache")
        patch.setattr(dashboard.notebook, "plot", watched)
        names: dict[str, object] = {"print": lambda *words: said.append(" ".join(map(str, words)))}
        for number, block in enumerate(blocks):
            exec(compile(block, f"{PAGE.name}, block {number + 1}", "exec"), names)
    return names | {"drawn": drawn, "said": said, "blocks": blocks}


def picture_of(page, kind):
    return next((result, figure) for result, figure in page["drawn"] if type(result).__name__ == kind)


def near(values, expected):
    return np.allclose(np.array(values, dtype=float), np.array(expected, dtype=float), equal_nan=True)


def test_from_question_to_picture_takes_ten_lines(page):
    lines = [line for line in page["blocks"][0].splitlines() if line.strip()]
    assert len(lines) <= 10
    assert page["said"][0].startswith("Devon, prevention_shift, 2017/18, 2 replications, against do_nothing:")


def test_everything_wrong_is_said_at_once(page):
    faults = page["said"][1]
    assert all(word in faults for word in ("devonn", "prevention_shft", "demand.admision_growth", "3 faults"))


def test_every_question_of_the_table_is_on_the_page_and_drawn(page):
    named = set(re.findall(r"`(ask_?\w*|compare)`", PAGE.read_text(encoding="utf-8").split("### ")[0]))
    assert {name for name in page if name.startswith("ask") or name == "compare"} == named
    kinds = {type(result).__name__ for result, _ in page["drawn"]}
    assert kinds == {
        "Comparison", "Attribution", "Stress", "Sensitivity", "Truth", "FundAnswer", "DelayAnswer", "CapacityAnswer",
        "MixAnswer", "NetworkAnswer", "Ran", "Uncertainty", "Impacts", "Gaps", "Found", "NetworkDelay",
    }  # fmt: skip


def test_every_picture_is_a_plotly_figure_with_a_title_and_something_in_it(page):
    for result, figure in page["drawn"]:
        assert isinstance(figure, go.Figure)
        assert figure.layout.title.text
        assert any(len(trace.y) for trace in figure.data), type(result)


def test_every_result_says_its_answer_and_has_a_table(page):
    for result, _ in page["drawn"]:
        assert isinstance(result, Told)
        assert result.words.endswith(".") and "\n" not in result.words
        assert repr(result) == f"{type(result).__name__}: {result.words}"
        assert isinstance(result.table(), pl.DataFrame) and len(result.table())
        assert result._repr_html_().startswith("<p>") and "<table" in result._repr_html_()


def test_every_result_can_be_drawn_in_both_themes(page):
    for result, figure in page["drawn"]:
        dark = plot(result, theme="dark")
        assert dark.layout.paper_bgcolor != figure.layout.paper_bgcolor
        assert len(dark.data)


def test_a_comparison_is_drawn_with_its_bands_in_order_and_the_baseline_dashed(page):
    found, figure = picture_of(page, "Comparison")
    wide, narrow, nothing, plan = figure.data
    after, before = (each.monthly(["delayed"]) for each in (found.after, found.before))
    assert near(plan.y, after["mean"]) and near(nothing.y, before["mean"])
    assert (nothing.line.dash, plan.line.dash) == ("dash", "solid")
    months = len(after)
    for band, low, high in ((wide, "p5", "p95"), (narrow, "p25", "p75")):
        assert near(band.y[:months], after[high]) and near(band.y[months:][::-1], after[low])
    wide_high, wide_low = np.array(wide.y[:months]), np.array(wide.y[months:][::-1])
    narrow_high, narrow_low = np.array(narrow.y[:months]), np.array(narrow.y[months:][::-1])
    assert (wide_low <= narrow_low).all() and (narrow_low <= narrow_high).all() and (narrow_high <= wide_high).all()
    assert list(plan.x) == [each.isoformat() for each in after["date"]]


def test_shares_are_drawn_in_percent_and_money_in_millions(page):
    found = page["found"].after
    for series, scale in (("occupancy:acute", PERCENT), ("gap", 1 / MILLION)):
        assert near(plot(found, series).data[-1].y, found.monthly([series])["mean"] * scale)


def test_the_parts_of_a_change_are_drawn_as_the_table_has_them(page):
    found, figure = picture_of(page, "Attribution")
    rows = found.table().filter(series="delayed", financial_year="2017/18")
    bars = {trace_y: x for trace in figure.data for trace_y, x in zip(trace.y, trace.x, strict=True)}
    assert bars.keys() == {"Demand", "Flow", "Together"}
    assert near([bars["Demand"], bars["Flow"], bars["Together"]], rows["mean"])
    assert rows["player"].to_list() == ["demand", "flow", "whole"]
    assert near([bars["Demand"] + bars["Flow"]], [bars["Together"]])


def test_shares_of_futures_are_drawn_plan_by_plan(page):
    found, figure = picture_of(page, "Stress")
    table = found.table()
    assert [trace.name for trace in figure.data] == ["do_nothing", "community_first"]
    for place, trace in enumerate(figure.data):
        rows = table.slice(place * 5, 5)
        assert list(trace.x) == ["occupancy", "delayed", "waits", "gap", "all together"]
        assert near(trace.y, rows["share"] * PERCENT)
        assert near(np.array(trace.y) + np.array(trace.error_y.array), rows["high"] * PERCENT)
        assert near(np.array(trace.y) - np.array(trace.error_y.arrayminus), rows["low"] * PERCENT)


def test_a_tornado_has_the_longest_bar_on_top(page):
    found, figure = picture_of(page, "Sensitivity")
    rows = found.table().filter(series="gap")
    low, high = figure.data
    assert near(low.x, rows["at_low"] / MILLION) and near(high.x, rows["at_high"] / MILLION)
    assert list(figure.layout.yaxis.categoryarray)[-1] == found.tornado("gap")[0].mover.name


def test_the_variance_is_divided_among_the_strongest_alone(page):
    screened, divided = page["screened"], page["divided"]
    assert {each.name for each in divided.movers} < {each.name for each in screened.movers}
    assert divided.words in page["said"]


def test_bands_of_uncertainty_are_drawn_as_the_table_has_them(page):
    found, figure = picture_of(page, "Uncertainty")
    row = found.table().row(
        by_predicate=(pl.col("series") == "gap") & pl.col("change") & (pl.col("year") == 1), named=True
    )
    bands, believed = figure.data
    assert list(bands.y) == ["by chance", "by ignorance", "together"]
    ends = [[row[f"{name}_{end}"] / MILLION for name in ("chance", "ignorance", "together")] for end in ("low", "high")]
    assert near(bands.base, ends[0]) and near(np.array(bands.base) + np.array(bands.x), ends[1])
    assert near(believed.x, [row["believed"] / MILLION] * 3)
    assert set(page["named"]) <= {each.name for each in found.doubts}


def test_numbers_alone_are_drawn_as_the_table_has_them_and_hollow_where_nothing_is_seen(page):
    pictures = [figure for result, figure in page["drawn"] if type(result).__name__ == "Impacts"]
    found, _ = picture_of(page, "Impacts")
    counting = (pl.col("unlike") == "") | pl.col("places_moved")
    for figure, side in zip(pictures, ("baseline", "effect"), strict=True):
        for trace, (end, seen) in zip(figure.data, product(("low", "high"), (True, False)), strict=True):
            rows = {row["number"]: row for row in found.table().filter(counting, end=end, measure="gap").to_dicts()}
            assert set(trace.y) <= set(rows)
            assert (trace.marker.color != "rgba(0,0,0,0)") == seen
            for name, value in zip(trace.y, trace.x, strict=True):
                row = rows[name]
                assert value == pytest.approx(row[side], rel=1e-5)
                assert seen == (row[f"{side}_low"] > 0 or row[f"{side}_high"] < 0)
    assert "effect of prevention_shift" in pictures[1].layout.title.text


def test_gaps_are_drawn_by_the_published_ones_and_hollow_where_those_are_doubtful(page):
    found, figure = picture_of(page, "Gaps")
    assert len(found.table()) == 44
    for trace, sourced in zip(figure.data[1:], (True, False), strict=True):
        rows = found.table().filter(pl.col("published").is_not_null(), sourced=sourced)
        assert near(trace.x, rows["published"]) and near(trace.y, rows["model"])
        assert trace.marker.symbol == ("circle" if sourced else "circle-open")
    assert found.words in page["said"]


def test_places_of_a_station_are_drawn_as_the_tables_have_them(page):
    found, figure = picture_of(page, "Found")
    assert list(figure.data[0].x) == found.table()["places"].to_list()
    assert figure.layout.shapes[0].y0 == 0.2
    costs, figure = picture_of(page, "NetworkDelay")
    rows = costs.table().filter(pl.col("who") == "the place")
    assert list(figure.data[-1].x) == rows["at"].to_list() == [680, 700, 720, 740, 760]
    assert near(figure.data[-1].y, rows["mean"])


def test_a_step_that_does_not_suffice_is_hollow(page):
    for kind, column in (("Truth", "enough"), ("CapacityAnswer", "kept")):
        found, figure = picture_of(page, kind)
        rows = found.table().sort("at")
        assert list(figure.data[0].x) == rows["at"].to_list()
        assert list(figure.data[0].marker.symbol) == ["circle" if each else "circle-open" for each in rows[column]]
        assert len(figure.layout.shapes) == 1
    found, figure = picture_of(page, "Truth")
    assert near(figure.data[0].y, found.table().sort("at")["net"] / MILLION)
    assert figure.layout.shapes[0].y0 == 0
    assert picture_of(page, "CapacityAnswer")[1].layout.shapes[0].y0 == 400


def test_a_fund_is_drawn_year_by_year_and_says_where_no_sum_suffices(page):
    found, figure = picture_of(page, "FundAnswer")
    paid, drawn = figure.data
    assert near(paid.y, found.table()["paid_in"] / MILLION) and near(drawn.y, found.table()["drawn"] / MILLION)
    assert ("no fund tried suffices" in figure.layout.title.text) == (found.best is None)


def test_costs_are_drawn_for_each_bearer_and_add_up_to_the_place(page):
    found, figure = picture_of(page, "DelayAnswer")
    *bearers, place = figure.data
    assert place.name == "the place"
    assert near(np.sum([each.y for each in bearers], axis=0), place.y)
    rows = found.table().filter(pl.col("who") == "the place")
    assert near(place.y, rows["mean"] / MILLION)
    assert np.argmax(place.marker.size) == rows["least"].arg_max()


def test_mixes_are_drawn_beside_no_shift(page):
    found, figure = picture_of(page, "MixAnswer")
    tried, best = figure.data
    assert (tried.x[0], tried.y[0]) == (0, 0)
    assert len(tried.x) == sum(each is not None for each in found.tried.values())
    assert near(best.x, found.table()["gap"] / MILLION) and near(best.y, found.table()["emergency_bed_days"])


def test_stations_are_drawn_with_the_measure_asked_for(page):
    found, figure = picture_of(page, "NetworkAnswer")
    rows = found.table().filter(pl.col("kind").is_null(), pl.col("station").is_not_null(), measure="utilisation")
    assert near(figure.data[0].x, rows["mean"] * PERCENT)


def test_places_of_a_batch_are_drawn_in_the_order_of_their_change(page):
    found, figure = picture_of(page, "Ran")
    (points,) = figure.data
    rows = found.table().filter(series="gap", year=1, plan="prevention_shift").sort("change")
    assert list(points.y) == rows["footprint"].to_list()
    assert near(points.x, rows["change"] / MILLION)


def test_a_series_that_a_result_does_not_hold_is_refused_with_the_nearest(page):
    with pytest.raises(ValueError, match=r'no series "delayd"\. Did you mean delayed'):
        plot(page["found"], "delayd")
    with pytest.raises(ValueError, match="no year 2; a run of 2 has 0 to 1"):
        plot(page["divided"], year=2)
    with pytest.raises(ValueError, match="A Stress is drawn whole"):
        plot(page["futures"], "gap")
