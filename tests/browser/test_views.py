"""Flow and Money in a real browser: open, follow a lever, choose a year, look at the difference, read the tables."""

from __future__ import annotations

import json
import re

import pytest

from tests.browser.conftest import QUICK
from tests.browser.seen import violations_in_both_themes

pytestmark = pytest.mark.browser

GROWTH = "demand.admissions_growth"
PLAN = "years=2&plan=prevention_shift&policy.shift_share=0.1"
VIEWS = ("flow", "money")
DRAWN = """Array.from(document.querySelectorAll('#graph-%s .sankey-link path, #graph-%s path.sankey-link'))
    .map((each) => each.getAttribute('d')).join(';')"""
CHECKED = "document.querySelectorAll('#graph-%s .sankey-node').length >= 6"


class Views:
    """The views with what a test needs to say about them."""

    def __init__(self, dashboard):
        self.dashboard, self.page = dashboard, dashboard.page

    def open(self, view, link=QUICK):
        if not self.dashboard.go(self.dashboard.at(view, link)):
            self.dashboard.visit(view, link)
        return self.settled()

    def settled(self):
        self.dashboard.answered()
        return self

    def drawn(self, view):
        """What the chart draws: the path of every stream."""
        return self.page.evaluate(DRAWN % (view, view))

    def redrawn(self, view, before):
        """Wait until the chart draws something else than before."""
        self.dashboard.until(f"{DRAWN % (view, view)} !== {json.dumps(before)}")

    def words(self, view):
        return self.page.locator(f"#words-{view}").inner_text()

    def labels(self, view):
        """What stands beside every node."""
        return self.page.evaluate(
            f"Array.from(document.querySelectorAll('#graph-{view} .node-label'), (each) => each.textContent)"
        )

    def show(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()
        return self.settled()


@pytest.fixture
def views(dashboard):
    return Views(dashboard)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_opens_with_cards_a_sentence_a_chart_and_tables(views, view):
    views.open(view)
    views.dashboard.until(CHECKED % view)
    assert views.page.locator(".card").count() == 5
    assert views.words(view).startswith("In 2016/17, ")
    assert views.page.locator(f"#behind-{view} table").count() >= 2
    assert not views.page.locator(".charts").is_visible()
    assert views.page.locator("[aria-current=page]").inner_text().lower() == view
    assert views.page.locator(".modebar").count() == 0


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_follows_a_lever(views, view):
    views.open(view)
    before, words = views.drawn(view), views.words(view)
    thumb = views.dashboard.slider("Growth in admissions")
    thumb.focus()
    for _ in range(12):
        thumb.press("ArrowRight")
    views.settled()
    assert f"{GROWTH}=4.8" in views.dashboard.link
    views.redrawn(view, before)
    assert views.words(view) != words


def test_streams_wait_for_a_slider_to_be_let_go(views):
    views.open("flow")
    asked = len(views.dashboard.asked)
    box = views.dashboard.slider("Growth in admissions").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    views.page.mouse.move(x, y)
    views.page.mouse.down()
    for step in range(1, 30):
        views.page.mouse.move(x - step, y)
    views.page.wait_for_timeout(600)
    assert len(views.dashboard.asked) == asked
    assert views.page.evaluate("document.body.dataset.answer") == "stale"
    views.page.mouse.up()
    views.settled()
    assert GROWTH in views.dashboard.asked[-1]["link"]


@pytest.mark.parametrize("view", VIEWS)
def test_a_year_is_chosen_by_keyboard_and_stands_in_the_address(views, view):
    views.open(view, PLAN)
    assert views.words(view).startswith("In 2017/18")
    chooser = views.page.locator("#look-year")
    chooser.focus()
    chooser.press("ArrowUp")
    views.settled()
    assert "year=2016" in views.dashboard.link
    assert views.words(view).startswith("In 2016/17")
    views.page.get_by_role("button", name="Year after").press("Enter")
    views.settled()
    assert views.words(view).startswith("In 2017/18")
    views.page.reload()
    views.settled()
    assert chooser.input_value() == "2017"


@pytest.mark.parametrize("view", VIEWS)
def test_the_difference_can_be_looked_at_and_is_kept_on_the_way(views, view):
    views.open(view, PLAN)
    plan = views.drawn(view)
    views.show("Difference")
    views.redrawn(view, plan)
    assert "show=difference" in views.dashboard.link
    pressed = views.page.locator("[data-show][aria-pressed=true]")
    assert pressed.inner_text() == "Difference"
    other = next(each for each in VIEWS if each != view)
    views.page.get_by_role("link", name=other.capitalize()).click()
    views.settled()
    assert views.page.evaluate("window.location.pathname") == f"/{other}"
    assert pressed.inner_text() == "Difference"
    views.page.go_back()
    views.settled()
    assert views.page.locator(f"#view-{view}").is_visible()
    assert views.page.evaluate("window.location.pathname") == f"/{view}"


def test_without_a_plan_there_is_nothing_to_compare_with(views):
    views.open("flow")
    assert views.page.get_by_role("button", name="Difference").is_disabled()
    assert views.page.locator("[data-show][aria-pressed=true]").inner_text() == "Do nothing"


@pytest.mark.parametrize("show", ["This plan", "Do nothing"])
def test_the_table_of_people_says_what_the_chart_says(views, show):
    """People who go to places that only hospital and referrals lead to: the label is the sum of the rows."""
    views.open("flow", PLAN).show(show)
    rows = [
        [cell.inner_text() for cell in row.locator("th, td").all()]
        for row in views.page.locator("#behind-flow table.streams tbody tr").all()
    ]
    column = {"This plan": 2, "Do nothing": 3}[show]
    into = sum(float(row[column].replace(",", "")) for row in rows if row[1] == "Hospital beds")
    label = next(each for each in views.labels("flow") if each.startswith("Hospital beds"))
    written = float(re.search(r"[\d,]+$", label.strip()).group().replace(",", ""))
    assert written == pytest.approx(into, rel=0.01)


def test_the_ledger_says_what_the_chart_says(views):
    views.open("money", PLAN)
    rows = views.page.locator("#behind-money table.ledger tbody tr").all()
    ledger = {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows}
    labels = views.labels("money")
    assert f"Hospitals {ledger['Hospitals'][0]}" in labels
    assert f"Other NHS {ledger['Other NHS'][0]}" in labels
    assert f"GPs, mental health and other {ledger['Other NHS'][2]}" in labels
    assert f"Moved between budgets {ledger['Hospitals'][1][1:]}" in labels
    assert "Checked: " in views.page.locator(".account-check").inner_text()


def test_the_overview_is_as_it_was_after_a_look_elsewhere(views):
    views.open("flow", PLAN)
    views.page.get_by_role("link", name="Overview").click()
    views.dashboard.settled()
    assert views.page.locator(".charts .js-plotly-plot").count() == 4
    assert views.page.evaluate("window.location.pathname") == "/"
    assert views.page.locator("#look").is_hidden()
    assert "plan=prevention_shift" in views.dashboard.link


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("link", [QUICK, f"{PLAN}&show=difference"])
def test_axe_finds_nothing(views, view, link):
    views.open(view, link)
    assert violations_in_both_themes(views.dashboard) == {}


def test_a_nonsense_look_is_the_last_year_of_the_plan(views):
    views.open("money", f"{PLAN}&year=1066&show=everything")
    assert views.words("money").startswith("In 2017/18, with this plan")
