"""Plans that give growth year by year, or begin in another year: shown as they are, or not offered and told why."""

from __future__ import annotations

from functools import cache
from shutil import copytree

import pytest

from dashboard import gateway
from dashboard.answering.runs import Task
from dashboard.components.bar import bar
from dashboard.gateway import looked_up
from dashboard.link.state import read
from dashboard.wording.choices import in_words
from sim.inputs.folders import default_folder

pytestmark = pytest.mark.unit
GIVEN = """\
title: Known years
why: Beds and places as they were
change: {demand.admissions_growth: 2}
by_year:
  capacity.growth.acute: {2016/17: 1, 2017/18: -2}
  capacity.growth.p2: {2017/18: 3}
  finance.budget_growth.community: {2016/17: 1}
"""
EARLY = "title: From 2010\nwhy: The past\nchange: {run.first_year: 2010}\n"


@pytest.fixture
def home(monkeypatch, tmp_path):
    """Parameters of one's own, read afresh."""
    folder = copytree(default_folder(), tmp_path / "parameters")
    for module in ("scenario", "load", "levers", "footprints", "population"):
        monkeypatch.setattr(f"sim.inputs.{module}.default_folder", lambda: folder)
    for name in ("believed", "footprints", "moves", "parameters_of", "resolved"):
        fresh = cache(getattr(looked_up, name).__wrapped__)
        for module in ("looked_up", "catalogue", "opening"):
            monkeypatch.setattr(f"dashboard.gateway.{module}.{name}", fresh, raising=False)
    return folder


@pytest.fixture
def given(home):
    (home / "scenarios" / "given.yaml").write_text(GIVEN)
    return gateway.load_catalogue().plans["given"]


def test_what_is_given_by_year_is_told_with_its_years(given):
    assert dict(given.settings) == {"demand.admissions_growth": 2}
    beds, places, budget = given.also
    assert "1 in 2016/17, -2 in 2017/18 % a year" in beds
    assert all("given year by year" in each for each in given.also)
    assert "the lever \u201cHospital beds\u201d counts in other years only" in beds
    assert "\u201cIntermediate care\u201d" in places
    assert "in 2016/17" in budget


def test_what_changes_in_mid_run_is_told_with_its_month(home):
    phases = "phases:\n  - {from: 2018-04, change: {policy.shift_share: 0.1}}\n"
    (home / "scenarios" / "later.yaml").write_text(f"title: Later\nwhy: In steps\n{phases}")
    plan = gateway.load_catalogue().plans["later"]
    assert dict(plan.settings) == {}
    (told,) = plan.also
    assert "10 % from April 2018" in told


def test_a_plan_given_by_year_is_simulated_so(home, given):
    """Beds grow by 1 % in the first year, though the lever says 0: the run is another than doing nothing."""
    tasks = [Task("dorset", 1, 4_000, 1, 0, plan) for plan in ("do_nothing", "given")]
    yearly = looked_up.resolved(tasks[1]).parameters.yearly("capacity.growth.acute")
    assert yearly == ((2016, 1.0), (2017, -2.0))
    keys = [looked_up.resolved(each).parameters.digest() for each in tasks]
    assert keys[0] != keys[1]


def test_a_plan_that_begins_in_another_year_is_not_offered_and_the_menu_says_why(home):
    (home / "scenarios" / "early.yaml").write_text(EARLY)
    catalogue = gateway.load_catalogue()
    assert "early" not in catalogue.plans
    assert read("plan=early", catalogue).plan == catalogue.default_plan
    menu = next(each for each in bar(in_words(catalogue)).children if getattr(each, "id", "") == "plan")
    (item,) = (each for each in menu.data if each["value"] == "early")
    assert item["disabled"] is True
    assert "begins with 2010/11" in item["label"]
    assert "from 2016/17 on" in item["label"]


def test_years_are_named_from_the_year_in_which_the_model_begins(home):
    """A base of 2017 in parameters/run.yaml: months, years and people follow it."""
    before = gateway.load_catalogue()
    file = home / "run.yaml"
    file.write_text(file.read_text().replace("value: 2016", "value: 2017", 1))
    for name in ("believed", "footprints", "parameters_of"):
        getattr(looked_up, name).cache_clear()
    catalogue, model = gateway.load_catalogue(), gateway.shipped_model()
    assert catalogue.begins == 2017
    assert (model.reader.year(0), model.reader.month(1)) == ("2017/18", "2017-05-01")
    assert catalogue.places["dorset"].people > before.places["dorset"].people
    assert not catalogue.refused
