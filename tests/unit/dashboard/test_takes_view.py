"""What it takes on the page: its link, its page, escaping, and the job."""

from __future__ import annotations

import re
from dataclasses import replace
from time import sleep
from urllib.parse import quote

import pytest

from dashboard.app import create_app
from dashboard.components.html_text import to_html
from dashboard.components.searched import result
from dashboard.components.takes_terms import controls, tabs
from dashboard.facts.sought import ASKS, Sought
from dashboard.link.takes import MEANS, REGIME, SHIFT, mixed, other, read, write
from dashboard.wording.language import speaking
from tests.unit.dashboard.fake_model import GROWTH, STANCE, fake_gateway
from tests.unit.dashboard.fake_searches import (
    IMPOSSIBLE,
    fake_delay,
    fake_fund,
    fake_mix,
    fake_mixes,
    fake_truth,
    needed,
)
from tests.unit.dashboard.fake_stress import fake_terms
from tests.unit.dashboard.hostile import TAG
from tests.unit.dashboard.pseudo import CODE, OPEN, forget, read_aloud, speak_pseudo, unwrapped

pytestmark = pytest.mark.unit

TERMS = fake_terms()
PAGE = "/what-it-takes"
COUNTS = {word: fake_mixes(word) for word in ("few", "usual")}
FOUND = {"truth": fake_truth(), "fund": fake_fund(), "delay": fake_delay(), "mix": fake_mix()}
LEAST_SAID = 120


@pytest.fixture(scope="module")
def gateway():
    gateway = fake_gateway()
    yield gateway
    gateway.close()


@pytest.fixture(scope="module")
def catalogue(gateway):
    return gateway.catalogue


@pytest.fixture(scope="module")
def browser(gateway):
    return create_app(gateway).server.test_client()


def job(browser, **body):
    asked = {"who": "me", "do": "begin", "kind": "takes", "link": ""} | body
    for _ in range(200):
        reply = browser.post("/job", json=asked)
        if reply.status_code != 200 or reply.get_json()["status"] not in ("waiting", "running"):
            return reply
        asked |= {"do": "look", "name": reply.get_json()["name"]}
        sleep(0.01)
    pytest.fail("it never ended")


# ---- the link ----


def test_nobody_asks_for_anything_and_the_terms_are_the_usual_ones(catalogue):
    wanted = read("", catalogue, TERMS)
    assert wanted.sought == Sought(limits=(("occupancy", 92.0), ("gap", 365.0)))
    assert wanted.notices == ()
    assert write(wanted, catalogue, TERMS) == ""


@pytest.mark.parametrize(
    "link",
    [
        "plan=prevention_shift",
        "plan=prevention_shift&aim=limits&turn=delivered&limit.gap=200",
        "plan=prevention_shift&find=fund&keep=occupancy,gap&when=final&limit.occupancy=90",
        "find=delay&kind=home_care&staffed=yes&unpaid=no",
        f"{GROWTH}=5&find=mix&keep=gap&low=delayed,gap&mixes=few",
    ],
)
def test_a_link_comes_back_as_it_was(catalogue, link):
    wanted = read(link, catalogue, TERMS)
    assert wanted.notices == ()
    written = write(wanted, catalogue, TERMS)
    assert read(written, catalogue, TERMS) == wanted
    assert written == link


@pytest.mark.parametrize(
    ("link", "notices"),
    [
        ("find=gold&aim=x&turn=x&kind=x", 4),
        ("find=mix&low=gap,gap", 1),
        ("find=mix&low=gap,delayed,unmet", 1),
        ("find=fund&keep=nothing", 1),
        ("limit.occupancy=nan&limit.gap=9e9&staffed=1&unpaid=perhaps", 4),
    ],
)
def test_what_is_out_of_range_or_nonsense_is_put_right_and_said(catalogue, link, notices):
    wanted = read(link, catalogue, TERMS)
    assert len(wanted.notices) == notices
    assert wanted.sought.lows == ("gap", "emergency_bed_days")
    assert wanted.sought.limits
    assert not wanted.sought.staffed
    assert wanted.sought.unpaid
    limits = {each.name: each for each in TERMS.limits}
    assert all(limits[name].low <= most <= limits[name].high for name, most in wanted.limits.items())


def test_another_question_takes_its_own_usual_limits_unless_others_were_chosen(catalogue):
    wanted = read("limit.gap=200", catalogue, TERMS)
    assert other(wanted, "fund", TERMS).sought.limits == (("occupancy", 92.0),)
    assert other(other(wanted, "delay", TERMS), "mix", TERMS).sought.limits == (("occupancy", 92.0), ("gap", 200.0))
    chosen = read("find=mix&keep=gap", catalogue, TERMS)
    assert other(chosen, "fund", TERMS).sought.limits == (("gap", 365.0),)


def test_an_answer_goes_by_the_terms_that_matter_to_it():
    plain = Sought(ask="delay")
    assert replace(plain, aim="limits", limits=(("gap", 1.0),), mixes="few").matters == plain.matters
    assert replace(plain, unpaid=False).matters != plain.matters
    assert replace(plain, ask="mix").matters != plain.matters


def test_a_mix_goes_on_the_levers_and_the_rest_of_the_question_stays(catalogue):
    question = read(f"plan=prevention_shift&{GROWTH}=5&policy.shift_start=2", catalogue, TERMS).question
    link = mixed(question, dict(zip(SHIFT, (0.0275, 0.25, 3.0, 0.5, 0.25, 0.25), strict=True)), catalogue)
    again = read(link, catalogue, TERMS).question
    assert again.settings[SHIFT[0]] == 0.0275
    assert again.settings[SHIFT[1]] == 0.25
    assert again.settings[GROWTH] == 5
    assert again.plan == "prevention_shift"


# ---- on the page ----


def shown(catalogue, ask, link="plan=prevention_shift", **changes):
    wanted = read(f"{link}&find={ask}", catalogue, TERMS)
    return to_html(result(replace(FOUND[ask], **changes), wanted, catalogue))


def test_every_answer_is_words_first_then_tables_then_how_it_was_run(catalogue):
    for ask in ASKS:
        text = shown(catalogue, ask)
        assert text.startswith('<div class="takes-says'), ask
        assert text.index("takes-says") < text.index("<table") < text.index("How it was run"), ask
        assert "lived through 10 times" in text, ask
        assert ("To be kept in every year" in text) == (ask in ("fund", "mix")), ask
    assert "To be kept in every year" in shown(catalogue, "truth", aim="limits")


def test_the_line_shows_what_is_needed_believed_and_allowed(catalogue):
    text = shown(catalogue, "truth")
    assert "Needed: 8.3 times" in text
    assert "As believed: the central effects" in text
    assert text.count('class="hopeful"') == 3
    assert text.count('class="step') == 3
    never = shown(catalogue, "truth", needed=needed(None))
    assert "Needed: nothing up to 10 times is enough" in never
    share = {"turned": "delivered", "allowed": (0.3, 1.0), "needed": needed(0.5, maybe=0.4, surely=0.6, most=1.0)}
    assert "Range of the evidence: 30% to 100%" in shown(catalogue, "truth", **share)


def test_the_frontier_marks_every_least_and_what_is_tied(catalogue):
    text = shown(catalogue, "delay")
    assert text.count("best") >= 3
    assert 'class="ties"' in text
    assert "cannot be told from the least" in text
    assert "£216 a day" in text


def test_a_front_has_a_way_to_the_levers_for_each_mix(catalogue):
    text = shown(catalogue, "mix")
    assert 'href="/?plan=prevention_shift' in text
    assert text.count("on the levers</a>") == 0
    assert text.count(">Open</a>") == 2
    assert "0.25 years" in text
    assert 'aria-label="Open mix 2 on the levers"' in text
    assert text.count("is-still") == 1


def test_a_page_that_does_nothing_is_offered_plans(catalogue):
    for ask, offered in (("truth", True), ("fund", True), ("delay", False), ("mix", False)):
        text = to_html(controls(read(f"find={ask}", catalogue, TERMS), catalogue, TERMS, PAGE, COUNTS))
        assert ("Take one:" in text) == offered, ask
        assert ('data-set="plan=prevention_shift"' in text) == offered, ask


def test_where_places_are_held_the_way_to_money_that_is_followed_is_shown(catalogue):
    words_of = (("hold", "Hold places"), (MEANS, "Live within means"))
    regime = replace(catalogue.levers[STANCE], path=REGIME, baseline="hold", choices=words_of)
    both = replace(catalogue, levers=catalogue.levers | {REGIME: regime})
    link = "plan=prevention_shift&find=fund"

    def said(link):
        return to_html(controls(read(link, both, TERMS), both, TERMS, PAGE, COUNTS))

    assert f'data-set="{REGIME}={MEANS}"' in said(link)
    assert f'data-set="{REGIME}' not in said(f"{link}&{REGIME}={MEANS}")


def test_terms_stand_in_boxes_and_limits_to_be_kept_are_ticked(catalogue):
    wanted = read("find=mix&keep=gap&limit.gap=200", catalogue, TERMS)
    text = to_html(controls(wanted, catalogue, TERMS, PAGE, COUNTS))
    assert 'checked data-keep="gap"' in text
    assert 'checked data-keep="occupancy"' not in text
    assert 'value="200" min="196" max="699"' in text
    assert "200, as usual" in text
    ways = to_html(tabs(wanted, catalogue, TERMS, PAGE))
    assert ways.count("takes-tab") == len(ASKS) + 1
    assert f'href="{PAGE}?keep=gap&amp;limit.gap=200"' in ways


def test_all_of_it_is_put_up_for_translation(catalogue, monkeypatch, tmp_path):
    speak_pseudo(monkeypatch, tmp_path)
    try:
        with speaking(CODE):
            said = []
            for ask in ASKS:
                wanted = read(f"find={ask}&limit.gap=x", catalogue, TERMS)
                terms = [tabs(wanted, catalogue, TERMS, PAGE), controls(wanted, catalogue, TERMS, PAGE, COUNTS)]
                said += read_aloud(to_html([*terms, *result(FOUND[ask], wanted, catalogue)]))
        assert sum(OPEN in each for each in said) > LEAST_SAID
        assert unwrapped(said, [each.title for each in catalogue.plans.values()]) == []
    finally:
        forget()


# ---- over the network ----


def test_a_job_brings_words_html_and_the_link_it_stands_for(browser):
    told = job(browser, link="plan=prevention_shift&limit.occupancy=900&aim=break_even").get_json()
    assert told["status"] == "done"
    assert "it takes 8.3 times the central effects" in told["html"]
    assert told["link"] == "plan=prevention_shift&limit.occupancy=95"
    page = browser.get(f"{PAGE}?{told['link']}").get_data(as_text=True)
    assert "it takes 8.3 times" in page
    assert 'data-found="yes"' in page
    assert page.count('aria-current="page"') == 1
    other_tab = browser.get(f"{PAGE}?{told['link']}&find=mix").get_data(as_text=True)
    assert "Nothing has been worked out" in other_tab


def test_what_cannot_be_is_said_in_a_sentence(browser):
    told = job(browser, link="plan=constant_stay&find=fund").get_json()
    assert told["status"] == "failed"
    assert told["words"] == IMPOSSIBLE


def test_a_page_that_does_nothing_has_no_button_to_press(browser):
    page = browser.get(PAGE).get_data(as_text=True)
    assert "disabled" in re.search(r"<button[^>]*takes-ask[^>]*>", page).group()
    assert "Take a plan first" in page
    asked = browser.get(f"{PAGE}?find=delay").get_data(as_text=True)
    assert "disabled" not in re.search(r"<button[^>]*takes-ask[^>]*>", asked).group()


@pytest.mark.parametrize("link", [None, 3, [], {}])
def test_a_job_without_a_link_is_refused(browser, link):
    assert job(browser, link=link).status_code == 400


def test_what_an_address_holds_never_works_as_markup(browser):
    hostile = quote(TAG)
    names = ("find", "keep", "aim", "low", "kind", "limit.gap", "staffed", "plan")
    page = browser.get(f"{PAGE}?" + "&".join(f"{name}={hostile}" for name in names))
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert TAG not in text
    assert "&lt;img" in text
