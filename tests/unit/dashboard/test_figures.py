"""Figures are plain tables turned into plain dicts."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.facts.answers import Marks
from dashboard.figures.axis import ticks
from dashboard.figures.timeline import LABEL_SHARE, apart, timeline
from dashboard.theme import THEMES
from dashboard.wording.numbers import BY_ID, CHARTED
from tests.unit.dashboard.fake_model import answer_to

pytestmark = pytest.mark.unit
finite = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.fixture(scope="module")
def plan():
    return answer_to("plan=prevention_shift")


@pytest.fixture(scope="module")
def nothing():
    return answer_to("")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("measure", CHARTED)
def test_a_figure_is_a_plain_dict(plan, measure, theme):
    figure = timeline(BY_ID[measure], plan, THEMES[theme])
    assert type(figure) is dict
    assert json.loads(json.dumps(figure)) == figure


@pytest.mark.parametrize("measure", CHARTED)
def test_a_plan_is_drawn_with_two_bands_against_a_dashed_baseline(plan, measure):
    bands, lines = split(timeline(BY_ID[measure], plan, THEMES["light"]))
    assert len(bands) == 2
    assert [line["name"] for line in lines] == ["Do nothing", "This plan"]
    assert [line["line"]["dash"] for line in lines] == ["dash", "solid"]


def test_doing_nothing_is_one_line(nothing):
    bands, lines = split(timeline(BY_ID["occupancy"], nothing, THEMES["light"]))
    assert (len(bands), [line["name"] for line in lines]) == (2, ["Do nothing"])


def split(figure):
    bands = [trace for trace in figure["data"] if trace.get("fill") == "toself"]
    return bands, [trace for trace in figure["data"] if "fill" not in trace]


def test_lines_are_named_at_their_end_and_there_is_no_legend(plan):
    layout = timeline(BY_ID["gap"], plan, THEMES["light"])["layout"]
    assert not layout["showlegend"]
    named = [note["text"] for note in layout["annotations"] if note["x"] == plan.months[-1]]
    assert {text.split("<br>")[1] for text in named} == {"This plan", "Do nothing"}


def test_the_time_axis_shows_dates(plan):
    axis = timeline(BY_ID["gap"], plan, THEMES["light"])["layout"]["xaxis"]
    assert axis["ticktext"][0] == "Apr 2016"
    assert len(axis["ticktext"]) <= 3


def test_money_ticks_carry_their_unit(plan):
    axis = timeline(BY_ID["gap"], plan, THEMES["light"])["layout"]["yaxis"]
    assert all("£" in text and text.endswith("m") for text in axis["ticktext"])


def test_the_dip_and_the_break_even_are_marked_on_their_own_charts(plan):
    marked = replace(plan, marks=Marks(dip=6, dip_measure="occupancy", dip_change=1.5, break_even=40))
    texts = {m: notes(timeline(BY_ID[m], marked, THEMES["light"])) for m in CHARTED}
    assert any("Worse before better: 1.5 points higher" in text for text in texts["occupancy"])
    assert any("Breaks even" in text for text in texts["gap"])
    assert len(texts["delayed"]) == 2


def notes(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


@given(st.lists(finite, min_size=1))
def test_ticks_are_few_even_and_hold_every_value(values):
    at = ticks(values)
    steps = {round((b - a) / (at[1] - at[0]), 6) for a, b in pairwise(at)}
    assert 2 <= len(at) <= 8
    assert steps == {1.0}
    slack = 1e-6 * (at[-1] - at[0])
    assert at[0] - slack <= min(values)
    assert max(values) <= at[-1] + slack


@given(st.floats(0, 1), st.floats(0, 1))
def test_labels_never_overlap_and_never_leave_the_axis(one, other):
    above, below = apart(max(one, other), min(one, other), [0.0, 1.0])
    assert above - below >= LABEL_SHARE - 1e-9
    assert below >= LABEL_SHARE / 2 - 1e-9
    assert above <= 1 - LABEL_SHARE / 2 + 1e-9
