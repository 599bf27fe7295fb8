"""Stress test on the page: its link, what is said of a result, null results, escaping, and the job."""

from __future__ import annotations

from dataclasses import replace
from time import sleep
from urllib.parse import quote

import pytest

from dashboard.app import create_app
from dashboard.components.html_text import to_html
from dashboard.components.stress_terms import controls
from dashboard.components.stressed import regret_in_words, result, titles
from dashboard.facts.drivers import Part
from dashboard.facts.stress import Breaks
from dashboard.link.stress import MOST, read, states, usual, write
from dashboard.wording.language import speaking
from dashboard.wording.stress import amount, beside_nothing, change, share_and_span, silent, workable
from tests.unit.dashboard.fake_model import GROWTH, fake_gateway
from tests.unit.dashboard.fake_stress import FLOOD, NUMBER, STORM, fake_stressed, fake_terms, kept, part, tried
from tests.unit.dashboard.hostile import TAG
from tests.unit.dashboard.pseudo import CODE, OPEN, forget, read_aloud, speak_pseudo, unwrapped

pytestmark = pytest.mark.unit

LEAST_SAID = 80
TERMS = fake_terms()
BEDS, GAP = TERMS.limits


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
    asked = {"who": "me", "do": "begin", "kind": "stress", "link": ""} | body
    for _ in range(200):
        reply = browser.post("/job", json=asked)
        if reply.status_code != 200 or reply.get_json()["status"] not in ("waiting", "running"):
            return reply
        asked |= {"do": "look", "name": reply.get_json()["name"]}
        sleep(0.01)
    pytest.fail("it never ended")


# ---- the link ----


def test_nobody_asks_for_anything_and_the_terms_are_those_of_the_files(catalogue):
    wanted = read("", catalogue, TERMS)
    assert wanted.trial == usual(TERMS)
    assert wanted.beside == ("prevention_shift",)
    assert wanted.notices == ()
    assert write(wanted, catalogue, TERMS) == ""


@pytest.mark.parametrize(
    "link",
    [
        "plan=prevention_shift",
        "plan=prevention_shift&with=constant_stay&limit.occupancy=90&futures=many&when=final",
        f"with=&shocks={STORM}&size.severe_winter=1.08&chance.severe_winter=35",
        "with=constant_stay&shocks=none",
        f"{GROWTH}=5&limit.gap=200",
    ],
)
def test_a_link_comes_back_as_it_was(catalogue, link):
    wanted = read(link, catalogue, TERMS)
    assert wanted.notices == ()
    written = write(wanted, catalogue, TERMS)
    assert read(written, catalogue, TERMS) == wanted
    assert written == link


@pytest.mark.parametrize(
    ("link", "limit", "storm", "notices"),
    [
        ("limit.occupancy=200", 95, (1.05, 20), 1),
        ("limit.occupancy=-1", 85, (1.05, 20), 1),
        ("limit.occupancy=nan&size.severe_winter=x&chance.severe_winter=1e400", 92, (1.05, 20), 3),
        ("size.severe_winter=9&chance.severe_winter=900", 92, (1.1, 100), 2),
        ("size.severe_winter=-9&chance.severe_winter=-900", 92, (1.02, 0), 2),
        ("futures=all&when=never&with=nobody&shocks=severe_winter,war", 92, (1.05, 20), 4),
    ],
)
def test_what_is_out_of_range_or_nonsense_is_put_right_and_said(catalogue, link, limit, storm, notices):
    wanted = read(link, catalogue, TERMS)
    assert dict(wanted.trial.limits)["occupancy"] == limit
    assert wanted.trial.shocks[0] == (STORM, *storm)
    assert (wanted.trial.futures, wanted.trial.when) == ("usual", "every")
    assert len(wanted.notices) == notices


def test_what_is_tried_is_doing_nothing_then_the_page_then_the_others_each_once(catalogue):
    wanted = read(f"plan=prevention_shift&{GROWTH}=5&with=prevention_shift&with=do_nothing", catalogue, TERMS)
    nothing, own, beside = states(wanted, catalogue)
    assert (nothing.plan, dict(nothing.settings)) == ("do_nothing", {})
    assert (own.plan, dict(own.settings)) == ("prevention_shift", {GROWTH: 5})
    assert (beside.plan, dict(beside.settings)) == ("prevention_shift", {})
    bare = read("plan=prevention_shift&with=prevention_shift", catalogue, TERMS)
    assert [each.plan for each in states(bare, catalogue)] == ["do_nothing", "prevention_shift"]


def test_no_more_plans_than_there_is_time_for(catalogue):
    many = {f"plan_{at}": replace(catalogue.plans["prevention_shift"], name=f"plan_{at}") for at in range(9)}
    wanted = read("&".join(f"with={name}" for name in many), replace(catalogue, plans=catalogue.plans | many), TERMS)
    assert len(wanted.beside) == MOST
    assert len(wanted.notices) == 1


# ---- in words ----


def test_the_share_comes_first_then_the_limit_that_is_broken_most_often():
    assert workable("Upstream", tried("upstream"), TERMS.limits) == (
        "Upstream: inside all 2 limits in 3 of 100 futures, 3% (1 to 8%). The limit it breaks most often: hospital "
        "beds in use, kept in 5% (2 to 11%)."
    )
    every = tried("upstream", limits=(kept(100), kept(100)), together=kept(100))
    assert workable("Upstream", every, TERMS.limits).endswith("100% (96 to 100%).")


def test_a_difference_that_chance_may_have_made_is_not_called_one():
    assert beside_nothing(tried("upstream")).endswith("Chance alone could make that difference.")
    assert beside_nothing(tried("upstream", gained=30, lost=2, told=True)).endswith("more than chance would make.")
    assert "exactly the futures" in beside_nothing(tried("upstream", gained=0, lost=0))


def test_where_nothing_stands_out_or_cannot_be_said_it_is_said_once():
    told = silent(tried("upstream"), TERMS.limits)
    assert told == [
        f"Hospital beds in use: nothing stands out from chance. The nearest is “What {NUMBER} <b>is</b>”, at a "
        "distance of 0.31.",
        "Any limit: kept, or broken, in too few futures to say what breaks it.",
    ]
    nothing = tried("upstream", breaks=(Breaks("", ()), Breaks("gap", ())))
    assert silent(nothing, TERMS.limits) == [
        "Any limit and money gap: kept, or broken, in too few futures to say what breaks it."
    ]


def test_changes_are_told_from_chance_and_from_nothing():
    assert change(part(2), BEDS) == "+2.0 (+1.0 to +3.0)"
    assert change(part(0.5), BEDS) == "no detectable difference (−0.5 to +1.5)"
    assert change(Part(0, 0, 0), BEDS) == "no difference"
    assert change(Part(0.001, 0.001, 0.002), BEDS) == "about 0"
    assert change(Part(float("nan"), 0, 0), GAP) == "not known"
    assert amount(365.0, GAP) == "£365 a head"


def test_a_share_of_no_future_is_not_known():
    assert share_and_span(kept(0, 0)) == "not known"


def test_regret_names_who_has_least_and_who_most(catalogue):
    calm = tried("do_nothing", regrets=tuple(replace(each, mean=part(0, 0)) for each in tried("x").regrets))
    found = fake_stressed(calm, tried("prevention_shift"))
    assert regret_in_words(found, titles(found, catalogue), 1) == (
        "Money gap: least with “Do nothing”, £0 a head on the mean; most with “Prevention shift”, £27 a head."
    )
    assert "no regret" in regret_in_words(fake_stressed(calm, calm), ["a", "b"], 0)


# ---- on the page ----


def shown(catalogue, *plans, **changes):
    plans = plans or (tried("do_nothing", 1), tried("prevention_shift"))
    return to_html(result(fake_stressed(*plans, **changes), catalogue))


def test_the_plan_of_the_page_is_open_first_and_the_strongest_break_stands_above(catalogue):
    text = shown(catalogue)
    broken = text[text.index("What breaks it") :]
    assert broken.index("<summary>Prevention shift") < broken.index("<summary>Do nothing")
    assert broken.index("0.52") < broken.index("0.40")
    assert "102 futures, each lived through 2 times, by the same 300,000 people in every plan, for 5 years" in text
    assert "2 futures were left out" in text
    assert "150 other draws were set aside" in text


def test_what_comes_from_files_stays_text(catalogue):
    storm = replace(TERMS.shocks[0], name="<storm>", says="A <storm> comes")
    odd = replace(TERMS, shocks=(storm,))
    text = shown(catalogue) + to_html(controls(read("", catalogue, odd), catalogue, odd))
    for made_up in ("<b>is", "<i>book", "<storm>"):
        assert made_up not in text
    assert "&lt;storm&gt;" in text


def test_all_of_it_is_put_up_for_translation(catalogue, monkeypatch, tmp_path):
    speak_pseudo(monkeypatch, tmp_path)
    try:
        with speaking(CODE):
            everything = [*result(fake_stressed(tried("do_nothing", 1), tried("do_nothing", own=True)), catalogue)]
            said = read_aloud(to_html([*everything, controls(read("limit.gap=x", catalogue, TERMS), catalogue, TERMS)]))
        assert sum(OPEN in each for each in said) > LEAST_SAID
        assert unwrapped(said, [each.title for each in catalogue.plans.values()]) == []
    finally:
        forget()


def test_bars_have_names_words_and_a_place_on_the_axis(catalogue):
    text = shown(catalogue)
    assert 'style="--share:5.0%;--low:2.2%;--high:11.2%"' in text
    assert text.count('class="kept-row"') == 5 * 2
    assert "plan-0" in text
    assert "plan-1" in text


def test_one_plan_alone_has_no_regret_and_no_shocks_no_table(catalogue):
    text = shown(catalogue, tried("do_nothing", alone=()), shocks=())
    assert "Regret" not in text
    assert "<h3>Each shock by itself" not in text


def test_terms_stand_in_boxes_with_their_ranges_and_their_evidence(catalogue):
    wanted = read(f"limit.gap=200&shocks={FLOOD}&chance.settlement_cut=35", catalogue, TERMS)
    text = to_html(controls(wanted, catalogue, TERMS))
    assert 'value="200" min="196" max="699"' in text
    assert "196 to 699; usually 365 (here £" in text
    assert 'checked data-shock="settlement_cut"' in text
    assert 'value="35" min="0" max="100"' in text
    assert text.count("<dd>low confidence") == 4


# ---- over the network ----


def test_a_job_brings_words_html_and_the_link_it_stands_for(browser):
    told = job(browser, link="plan=prevention_shift&limit.occupancy=900&with=").get_json()
    assert told["status"] == "done"
    assert told["words"] == "Worked out from 100 futures."
    assert "inside all 2 limits in 3 of 100 futures" in told["html"]
    assert told["link"] == "plan=prevention_shift&limit.occupancy=95"
    page = browser.get(f"/stress-test?{told['link']}").get_data(as_text=True)
    assert "inside all 2 limits" in page
    assert 'aria-current="page"' in page


@pytest.mark.parametrize("link", [None, 3, [], {}])
def test_a_job_without_a_link_is_refused(browser, link):
    assert job(browser, link=link).status_code == 400


def test_what_an_address_holds_never_works_as_markup(browser):
    hostile = quote(TAG)
    page = browser.get(f"/stress-test?with={hostile}&shocks={hostile}&futures={hostile}&limit.gap={hostile}")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert TAG not in text
    assert "&lt;img" in text
