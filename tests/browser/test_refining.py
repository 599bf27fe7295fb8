"""Answers that come early and get better: what is shown meanwhile, what is given up, and what is said aloud."""

from __future__ import annotations

from itertools import count
from threading import Event

import pytest

from dashboard.answering.enquiries import Gateway
from dashboard.gateway.opening import shipped_model, shipped_studies
from tests.browser.conftest import Dashboard, Kept, served_here
from tests.unit.dashboard.fake_model import fake_gateway, fake_run

pytestmark = pytest.mark.browser

GROWTH = "demand.admissions_growth"
LABEL = "Admissions growth"
EVERY = 100
SEEDS = count(1)
"""Another seed is another question, which nobody has asked before."""

NOTE_WHAT_IS_SHOWN = """
    window.seen = [];
    const text = (id) => document.getElementById(id).textContent;
    const look = () => {
        const now = [document.body.dataset.answer, text("status"), text("kpis"), text("live")];
        if (JSON.stringify(now) !== JSON.stringify(window.seen.at(-1))) window.seen.push(now);
    };
    const what = {subtree: true, childList: true, characterData: true, attributes: true};
    new MutationObserver(look).observe(document.body, what);
"""


class Held:
    """A model whose replications end when they are let: those of a number below `up_to`."""

    def __init__(self):
        self.let_go()

    def let_go(self):
        """As it begins: nothing is held, and nothing was asked."""
        self.up_to, self.begun, self.cancelled = EVERY, [], []
        self.first_given_up = Event()

    def run(self, task, stop):
        self.begun.append(task)
        while task.replication >= self.up_to:
            if stop.wait(0.01):
                self.cancelled.append(task)
                self.first_given_up.set()
                raise RuntimeError("cancelled")
        return fake_run(task, stop)

    @property
    def given_up(self):
        """Settings of the lever in questions whose runs were cancelled."""
        return {dict(task.settings).get(GROWTH) for task in self.cancelled}


@pytest.fixture(scope="module")
def kept_held(window):
    model = Held()
    with served_here(fake_gateway(run=model.run)) as address:
        kept = Kept(window, address)
        yield kept, model
        model.let_go()
        kept.close()


@pytest.fixture
def held(request, kept_held):
    """The page on a model that can be held, and the model."""
    kept, model = kept_held
    model.let_go()
    with kept.lent(request) as page:
        yield page.open(f"years=2&seed={next(SEEDS)}"), model
        model.let_go()


def press(page, key, times=1):
    thumb = page.slider(LABEL)
    thumb.focus()
    for _ in range(times):
        thumb.press(key)


def state(page):
    return page.page.evaluate("document.body.dataset.answer")


def test_a_first_answer_is_shown_refined_and_only_the_settled_one_is_spoken(held):
    page, model = held
    page.page.evaluate(NOTE_WHAT_IS_SHOWN)
    before = page.cards()
    model.up_to = 0
    press(page, "ArrowRight")
    page.until("document.getElementById('status').textContent.startsWith('Working')")
    assert (state(page), page.cards()) == ("stale", before)
    for pairs in (2, 4):
        model.up_to = pairs
        page.until(f"document.getElementById('status').textContent === '{pairs} of 10 replications; refining…'")
        assert state(page) == "refining"
    model.up_to = EVERY
    page.settled()
    assert page.status() == "10 replications"
    page.until("document.getElementById('live').textContent.includes('10 replications')")
    shown = page.page.evaluate("window.seen")
    assert all("%" in cards for _, _, cards, _ in shown), "the cards were empty for a moment"
    assert not [spoken for _, _, _, spoken in shown if "of 10" in spoken]


def test_ranges_narrow_as_replications_come(held):
    page, model = held
    model.up_to = 2
    press(page, "ArrowRight")
    page.until("document.body.dataset.answer === 'refining'")
    wide = band_width(page)
    model.up_to = EVERY
    page.settled()
    assert band_width(page) < wide


def band_width(page):
    """Height of the outer band at its last month, in the unit shown."""
    page.idle()
    return page.page.evaluate("""(() => {
        const {y} = document.querySelector('#graph-occupancy .js-plotly-plot').data[0];
        return y[y.length / 2 - 1] - y[y.length / 2];
    })()""")


def test_a_lever_moved_while_refining_ends_right_and_the_old_question_is_given_up(held):
    page, model = held
    model.up_to = 2
    press(page, "ArrowRight")
    page.until("document.body.dataset.answer === 'refining'")
    press(page, "ArrowRight", 3)
    page.until("document.getElementById('story').textContent.includes('4%')")
    assert 3.7 in model.given_up
    assert 4.0 not in model.given_up
    model.up_to = EVERY
    page.settled()
    assert page.box(GROWTH).input_value() == "4"
    assert f"{GROWTH}=4" in page.asked[-1]["link"]
    assert page.status() == "10 replications"
    finished = [task for task in model.begun if dict(task.settings).get(GROWTH) == 3.7]
    assert {task.replication for task in finished} <= {0, 1, 2, 3}


def test_going_back_while_the_model_works_brings_the_old_answer_back_at_once(held):
    page, model = held
    cards = page.cards()
    model.up_to = 0
    press(page, "ArrowRight")
    page.until("document.getElementById('status').textContent.startsWith('Working')")
    press(page, "ArrowLeft")
    page.settled()
    assert (page.cards(), page.status()) == (cards, "10 replications")
    assert model.first_given_up.wait(60)
    assert model.given_up == {3.7}


def test_other_colours_while_refining_change_nothing_else(held):
    page, model = held
    model.up_to = 2
    press(page, "ArrowRight")
    page.until("document.body.dataset.answer === 'refining'")
    page.page.get_by_role("button", name="Dark").click()
    model.up_to = EVERY
    page.settled()
    assert page.status() == "10 replications"
    assert page.page.evaluate("document.querySelector('#graph-gap .js-plotly-plot').layout.font.color") == "#E3E8EC"


def test_more_replications_can_be_asked_for(dashboard):
    dashboard.open("years=1&replications=30")
    assert dashboard.status() == "30 replications"
    assert dashboard.page.locator("#replications").input_value().startswith("30")


def test_ranges_can_be_asked_to_be_narrow(dashboard):
    """Doing nothing differs from itself by nothing: the least number will do."""
    dashboard.open("years=1&replications=narrow")
    assert dashboard.status() == "5 replications: ranges are narrow"


@pytest.mark.parametrize("link", ["detail=sketch&years=1", "detail=locality&years=1&seed=3", "years=1&detail=%00"])
def test_links_from_before_everybody_was_simulated_open(dashboard, link):
    dashboard.open(link)
    assert "detail" not in dashboard.link
    assert dashboard.status() == "6 replications"


@pytest.fixture
def whole(monkeypatch):
    """Where a dashboard is served that simulates everybody, though only twice; it answers nothing in advance."""
    monkeypatch.delenv("UPSTREAM_SAMPLE", raising=False)
    monkeypatch.setenv("UPSTREAM_REPLICATIONS", "2")
    with served_here(Gateway(shipped_model(), shipped_studies())) as address:
        yield address


def test_the_largest_place_is_simulated_whole(window, whole):
    large = Dashboard(window.new_page(), whole).open("place=greater-manchester&years=1")
    assert large.page.locator("#sample").inner_text() == "All 2.8 million people simulated."
    assert large.page.locator("#title").inner_text().startswith("Greater Manchester")
    assert large.status() == "2 replications"
    large.page.close()
