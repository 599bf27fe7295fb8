"""And if the numbers themselves are wrong? Asked, watched, stopped, read, and marked when the levers move."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import Kept, served_here
from tests.browser.seen import sideways, sized, violations_in_both_themes
from tests.unit.dashboard.fake_model import fake_gateway

pytestmark = pytest.mark.browser

PLAN = "years=1&policy.shift_share=0.1&policy.shift_start=0"
SHOWN = "document.querySelectorAll('#doubts-result .doubt-card').length === 5"
LONG = "years=20&place=dorset"
LEFTS = "Array.from(document.querySelectorAll('{}'), (each) => each.getBoundingClientRect().left)"


def ask(dashboard):
    dashboard.page.locator("#doubts-ask").click()


def status(dashboard):
    return dashboard.page.locator("#doubts-status").inner_text()


def move(dashboard):
    thumb = dashboard.slider("Growth in admissions")
    thumb.focus()
    thumb.press("ArrowRight")


def test_every_card_gets_two_bands_and_a_count_of_draws(dashboard):
    dashboard.open(PLAN)
    ask(dashboard)
    dashboard.until(SHOWN)
    columns = dashboard.page.locator(".doubt-card").all_inner_texts()
    assert all("Chance alone" in text and "Not knowing alone" in text for text in columns)
    assert all(re.search(r"in \d+ of \d+ draws", text) for text in columns)
    assert "12 times over" in dashboard.page.locator(".doubts-says").inner_text()
    assert status(dashboard).startswith("Worked out from ")
    assert not dashboard.page.locator("#doubts-stop").is_visible()


def test_it_is_marked_when_a_lever_moves_and_fresh_again_when_it_moves_back(dashboard):
    dashboard.open(PLAN)
    ask(dashboard)
    dashboard.until(SHOWN)
    move(dashboard)
    dashboard.until("document.getElementById('doubts').classList.contains('is-old')")
    assert "levers have moved" in status(dashboard)
    assert dashboard.page.locator("#doubts-again").is_visible()
    dashboard.slider("Growth in admissions").press("ArrowLeft")
    dashboard.until("!document.getElementById('doubts').classList.contains('is-old')")
    move(dashboard)
    dashboard.settled()
    dashboard.page.locator("#doubts-again").click()
    dashboard.until(SHOWN)
    assert "levers have moved" not in status(dashboard)


def test_it_can_be_stopped_begun_again_and_closed_by_keyboard(dashboard):
    dashboard.open(LONG)
    button = dashboard.page.locator("#doubts-ask")
    button.focus()
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    stop = dashboard.page.locator("#doubts-stop")
    stop.focus()
    stop.press("Enter")
    dashboard.until("document.getElementById('doubts-status').textContent === 'Stopped'")
    assert dashboard.page.locator("#doubts-again").is_visible()
    close = dashboard.page.locator("#doubts-close")
    close.focus()
    close.press("Enter")
    assert not dashboard.page.locator("#doubts").is_visible()
    assert dashboard.page.evaluate("document.activeElement.id") == "doubts-ask"


def test_a_lever_moved_meanwhile_gives_it_up_and_is_answered(dashboard):
    dashboard.open(LONG)
    ask(dashboard)
    dashboard.until("!document.getElementById('doubts-stop').hidden")
    move(dashboard)
    dashboard.until("document.getElementById('doubts-status').textContent.startsWith('Stopped')")
    dashboard.settled()


def test_axe_finds_nothing_with_the_bands_open(dashboard):
    dashboard.open(PLAN)
    ask(dashboard)
    dashboard.until(SHOWN)
    assert violations_in_both_themes(dashboard) == {}


def test_nothing_sticks_out_and_every_column_stands_under_its_card(dashboard):
    dashboard.open(PLAN)
    ask(dashboard)
    dashboard.until(SHOWN)
    for size in ("laptop", "tablet", "phone"):
        sized(dashboard, size)
        assert sideways(dashboard) <= 0, size
        if size != "phone":
            cards, columns = (dashboard.page.evaluate(LEFTS.format(each)) for each in ("#kpis .card", ".doubt-card"))
            assert len(cards) == len(columns) == 5
            assert all(abs(card - column) <= 6 for card, column in zip(cards, columns, strict=True)), size


@pytest.fixture(scope="module")
def kept_made_up(window):
    with served_here(fake_gateway()) as address:
        kept = Kept(window, address)
        yield kept
        kept.close()


@pytest.fixture
def made_up(request, kept_made_up):
    """The page on made-up draws, in which one number is leaned on."""
    with kept_made_up.lent(request) as page:
        yield page.open("years=2&policy.shift_share=0.1")


def test_what_is_leaned_on_opens_its_evidence_by_keyboard(made_up):
    ask(made_up)
    made_up.until(SHOWN)
    dot = made_up.page.locator(".leans .evidence-button").first
    dot.focus()
    dot.press("Enter")
    card = made_up.page.locator(".evidence-card")
    card.wait_for()
    assert "0.29 to 0.36" in card.inner_text()
    made_up.page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_axe_finds_nothing_in_what_is_leaned_on(made_up):
    ask(made_up)
    made_up.until(SHOWN)
    assert violations_in_both_themes(made_up) == {}


def test_more_draws_can_be_asked_for(made_up):
    ask(made_up)
    made_up.until(SHOWN)
    made_up.page.get_by_role("button", name="Draw 200 times, to see more").click()
    made_up.until("document.querySelector('.doubts-says')?.textContent.includes('200 times over')")
    made_up.until("document.querySelector('[data-draws]') === null")
