"""The panel of levers: a row each, named, standing as the link has it; and levers that follow another."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dashboard import gateway
from dashboard.components.levers import panel_html
from dashboard.gateway.looked_up import changes_of
from dashboard.link.state import canonical, moved, read, settings, write
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, STANCE, fake_catalogue, fake_gateway, lever

pytestmark = pytest.mark.unit

ACUTE, SOCIAL = "finance.budget_growth.acute", "finance.budget_growth.social_care"


class Controls(HTMLParser):
    """Every control of a piece of HTML with its attributes, and the ids in it."""

    def __init__(self, text):
        super().__init__()
        self.found, self.ids = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        if tag in ("input", "option", "button"):
            self.found.append((tag, given))

    def of(self, kind):
        return [given for tag, given in self.found if kind in (tag, given.get("type"))]


def panel(link="", catalogue=None):
    catalogue = catalogue or fake_catalogue()
    return panel_html(catalogue, read(link, catalogue))


def test_every_lever_has_a_row_in_one_of_four_groups():
    catalogue = fake_catalogue()
    assert re.findall(r'data-lever="([^"]+)"', panel()) != []
    assert sorted(re.findall(r'data-lever="([^"]+)"', panel())) == sorted(catalogue.levers)
    assert len(re.findall(r'class="group group-(?:demand|prevention|flow|money)"', panel())) == 4


def test_every_control_can_be_told_from_the_others_by_its_name():
    controls = Controls(panel())
    sliders, boxes = controls.of("range"), [each for each in controls.of("text") if each["class"] == "lever-box"]
    assert len(sliders) == len(boxes) == sum(not each.is_choice for each in fake_catalogue().levers.values())
    names = [each["aria-label"] for each in (*sliders, *boxes)]
    assert len(names) == len(set(names))
    signs = [each for each in controls.of("button") if "icon-button" in each.get("class", "")]
    assert signs
    assert all(each["aria-label"] for each in signs)
    assert len(controls.ids) == len(set(controls.ids))


def test_the_panel_stands_as_the_link_has_it():
    """In the unit shown, in its first HTML, so that nothing jumps when the scripts come."""
    controls = Controls(panel(f"{SHIFT}=0.05&{STANCE}=hopeful&years=7&seed=3"))
    slider = next(each for each in controls.of("range") if each["aria-label"].startswith("Hospital money"))
    assert (slider["value"], slider["max"], slider["aria-valuetext"]) == ("5", "15", "5%")
    assert [each["value"] for each in controls.of("radio") if "checked" in each] == ["hopeful"]
    assert [each["value"] for each in controls.of("option") if "selected" in each] == ["7", "10"]
    assert next(each for each in controls.of("text") if each.get("id") == "seed")["value"] == "3"


def test_a_slider_shows_where_it_stood_and_is_filled_from_there():
    styles = re.findall(r'data-lever="([^"]+)".*?style="([^"]+)"', panel(f"{GROWTH}=4.5"))
    assert dict(styles)[GROWTH] == "--base:0.6;--from:0.6;--to:0.75"
    below = re.findall(r'data-lever="([^"]+)".*?style="([^"]+)"', panel(f"{GROWTH}=1.5"))
    assert dict(below)[GROWTH] == "--base:0.6;--from:0.25;--to:0.6"


def test_text_of_a_lever_is_escaped():
    catalogue = fake_catalogue()
    levers = catalogue.levers | {GROWTH: replace(catalogue.levers[GROWTH], label='<b>"', help='"><script>')}
    assert "<script>" not in panel("", replace(catalogue, levers=levers))
    assert "<b>" not in panel("", replace(catalogue, levers=levers))


# ---- levers that go with another until they are moved by themselves


@pytest.fixture(scope="module")
def led():
    """Social care money goes with NHS money."""
    catalogue = fake_catalogue()
    follower = lever(SOCIAL, "Social care money", "money", 1.0, 5.0, low=-2.0, follows=ACUTE)
    return replace(catalogue, levers=catalogue.levers | {SOCIAL: follower})


@pytest.mark.parametrize(
    ("link", "leads", "follows", "said"),
    [
        ("", 1, 1, ()),
        (f"{ACUTE}=3", 3, 3, (ACUTE,)),
        (f"{ACUTE}=3&{SOCIAL}=0", 3, 0, (ACUTE, SOCIAL)),
        (f"{ACUTE}=3&{SOCIAL}=1", 3, 1, (ACUTE, SOCIAL)),
        (f"{SOCIAL}=2", 1, 2, (SOCIAL,)),
        (f"{ACUTE}=3&{SOCIAL}=3", 3, 3, (ACUTE,)),
    ],
)
def test_a_lever_follows_until_it_is_moved_by_itself(led, link, leads, follows, said):
    state = read(link, led)
    standing = settings(state, led)
    assert (standing[ACUTE], standing[SOCIAL]) == (leads, follows)
    assert moved(state, led) == said
    assert read(write(state, led), led) == state


def test_a_follower_that_stands_where_it_would_anyway_is_left_out_of_the_link(led):
    assert canonical(f"{ACUTE}=3&{SOCIAL}=3", led) == f"{ACUTE}=3"


def test_the_model_is_told_the_follower_last():
    """The leader moves all of its paths; whoever was moved apart has the last word on its own."""
    p1, p2, p3 = (f"capacity.growth.{each}" for each in ("p1", "p2", "p3"))
    assert changes_of({p2: 0.0, p1: 4.0}) == {p1: 4.0, p2: 0.0, p3: 4.0}


# ---- the shipped levers


@pytest.fixture(scope="module")
def shipped():
    return gateway.load_catalogue()


def test_every_programme_is_a_lever_with_what_it_costs_and_how_sure_that_is(shipped):
    programmes = [each for each in shipped.levers.values() if each.programme]
    assert len(programmes) == 33
    for each in programmes:
        names = " ".join(witness.name for witness in each.evidence)
        known = ("unit_cost", "max_reach", "effect_emergency_overnight", "lag_years", "evidence_grade")
        assert all(name in names for name in known)
        assert each.programme.grade in (1, 2, 3, 4)


def test_a_programme_in_a_link_changes_its_weight_alone(shipped):
    state = read("policy.programme_mix.falls_exercise=2.5&policy.programme_mix.telehealth=99", shipped)
    assert state.settings == {"policy.programme_mix.falls_exercise": 2.5, "policy.programme_mix.telehealth": 10}
    assert changes_of(state.settings) == state.settings


def test_ageing_explains_a_part_of_growth_everywhere(shipped):
    assert all(0 < place.ageing < 2 for place in shipped.places.values())


def test_the_evidence_of_a_lever_is_fetched_by_its_name():
    from dashboard.app import create_app

    made = fake_gateway()
    client = create_app(made).server.test_client()
    assert "A number somebody counted" in client.get(f"/evidence-of?lever={GROWTH}").get_data(as_text=True)
    assert [client.get(f"/evidence-of{query}").status_code for query in ("", "?lever=../etc", "?other=1")] == [404] * 3
    made.close()
