"""Scenarios side by side: whose numbers they are, which is best, what the page says."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from itertools import pairwise

import numpy as np
import openpyxl
import pytest

from dashboard.answering.comparing import compared, comparison, standings
from dashboard.answering.runs import Task
from dashboard.app import create_app
from dashboard.components.comparison import summary, table
from dashboard.components.html_text import to_html
from dashboard.figures.lines import lines, spread
from dashboard.link import state
from dashboard.theme import THEMES
from dashboard.wording.numbers import BY_ID, CHARTED, MEASURES
from sim.results.statistics import paired
from tests.unit.dashboard.comparisons import PLAN, QUICK, link, wanted
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_catalogue, fake_gateway, fake_run, fake_yearly

pytestmark = pytest.mark.unit

LABELS = ("2016/17",)


def found_of(*scenarios: str, **more: str):
    """A comparison of the fake model, all replications done."""
    catalogue, gateway = fake_catalogue(), fake_gateway()
    asked = compared(wanted(*scenarios, **more), catalogue)
    gathered = gateway.gathering.gather(asked.names, "me", 9, 30)
    gateway.close()
    assert gathered.status == "ready"
    return comparison(asked, gathered.runs, gateway.model.reader, catalogue)


@pytest.fixture(scope="module")
def three():
    return found_of("plan=do_nothing", PLAN, f"name=Twice&plan=prevention_shift&{SHIFT}=0.1")


@pytest.fixture(scope="module")
def browser():
    app = create_app(fake_gateway())
    yield app.server.test_client()
    app.gateway.close()


# ---- whose numbers ----


def test_doing_nothing_is_put_first_to_be_held_against_unless_it_was_chosen():
    catalogue = fake_catalogue()
    added = compared(wanted(PLAN), catalogue)
    assert (len(added.scenarios), added.reference) == (2, 0)
    chosen = compared(wanted(PLAN, "plan=do_nothing"), catalogue)
    assert (len(chosen.scenarios), chosen.reference) == (2, 1)
    other = compared(wanted(PLAN, "plan=constant_stay", against="2"), catalogue)
    assert (len(other.scenarios), other.reference) == (2, 1)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.id)
def test_differences_are_paired_as_the_model_pairs_them(measure):
    """Against a plan, not against doing nothing: same intervals as sim.results.statistics."""
    found = found_of(PLAN, f"{GROWTH}=2", against="1")
    place, seed = fake_catalogue().default_place, fake_catalogue().default_seed
    tasks = [("prevention_shift", ()), ("do_nothing", ((GROWTH, 2.0),))]
    runs = [[fake_run(Task(place, 2, 0, seed, n, *plan), None) for n in range(10)] for plan in tasks]
    before, after = (fake_yearly(each, measure.series)[:, -1] * measure.scale for each in runs)
    expected = paired(before, after, measure.better)
    year = found.years[measure.id][1][-1]
    assert year.plan == pytest.approx(after.mean())
    assert (year.change, year.low, year.high) == pytest.approx((expected.mean, expected.low, expected.high))
    assert found.years[measure.id][0][-1].change == 0


def test_runs_that_are_remembered_are_not_run_again(counted):
    gateway, tasks = counted
    asked = compared(wanted(PLAN), fake_catalogue())
    gateway.gathering.gather(asked.names, "me", 9, 30)
    before = len(tasks)
    again = compared(wanted(PLAN, "plan=constant_stay"), fake_catalogue())
    gateway.gathering.gather(again.names, "me", 9, 30)
    assert before == 20
    assert len(tasks) == 30


def test_it_is_shown_as_it_comes_and_gives_way_to_levers(by_hand):
    gateway, pool = by_hand
    asked = compared(wanted(PLAN), fake_catalogue())
    assert gateway.gathering.gather(asked.names, "me").status == "working"
    first = pool.started[0]
    gateway.ask(f"{GROWTH}=5", "somebody", wait=0)
    pool.finish(first)
    assert dict(pool.started[2].settings) in ({GROWTH: 5.0}, {}) and pool.started[2].years == 5
    gateway.gathering.leave("me")
    pool.finish_all()
    gathered = gateway.gathering.gather(asked.names, "me")
    assert gathered.status == "working"
    pool.finish(pool.under_way[0])


def test_a_full_desk_says_so():
    gateway = fake_gateway()
    gateway._desk._queue = 1
    asked = compared(wanted(PLAN), fake_catalogue())
    assert gateway.gathering.gather(asked.names, "me").status == "busy"
    gateway.close()


# ---- which is best ----


def values(*means: float, noise: float = 0.1) -> list[np.ndarray]:
    """Ten replications of each scenario, whose differences have a spread of their own."""
    source = np.random.default_rng(1)
    return [mean + noise * source.normal(size=(10, 1)) for mean in means]


def words(name: str, shown: list[np.ndarray]) -> list[str]:
    return [own[0] for own in standings(BY_ID[name], LABELS, shown)]


def test_the_lowest_is_best_where_lower_is_better():
    assert words("delayed", values(30, 10, 20)) == ["", "best", ""]


def test_what_cannot_be_told_from_the_best_is_level():
    assert words("delayed", values(30, 10, 10.01, noise=1.0)) == ["", "best", "level"] or words(
        "delayed", values(30, 10, 10.01, noise=1.0)
    ) == ["", "level", "best"]


def test_two_of_the_same_are_both_best():
    same = values(10)[0]
    assert words("gap", [values(30)[0], same, same.copy()]) == ["", "best", "best"]


def test_nothing_is_best_of_what_is_level_or_has_no_better_way():
    assert words("delayed", values(10, 10.01, noise=1.0)) == ["", ""]
    assert words("emergency", values(30, 10)) == ["", ""]
    assert words("delayed", values(30)) == [""]


# ---- what is shown ----


def test_the_table_has_a_row_for_every_measure_and_a_word_for_the_best(three):
    shown = to_html(table(three, 1))
    assert shown.count("<tr>") == 1 + 6
    assert shown.count("held against") == 1
    assert ">best<" in shown
    assert "Twice" in shown
    assert "with the 95% interval of 10 replications" in shown


def test_the_summary_names_the_best_and_what_is_level(three):
    said = summary(three, 1)
    assert said.startswith("Best in 2017/18: ")
    best = [own[1] for own in three.standings["delayed"]].index("best")
    assert f"patients delayed, a day {'ABC'[best]}" in said
    alone = found_of("plan=do_nothing")
    assert summary(alone, 1) == "One scenario alone has nothing to be compared with. Add another."


def test_every_line_has_its_own_colour_dashes_and_letter(three):
    for name in CHARTED:
        figure = lines(three, BY_ID[name], THEMES["light"])
        styles = [(each["line"]["color"], each["line"]["dash"]) for each in figure["data"]]
        assert len(set(styles)) == len(styles) == 3
        assert [each["text"] for each in figure["layout"]["annotations"]] == ["<b>A</b>", "<b>B</b>", "<b>C</b>"]


def test_letters_keep_their_order_and_never_lie_over_each_other():
    heights = spread([5.0, 5.0, 5.1, 9.9, 10.0], 0.0, 10.0)
    assert heights == sorted(heights)
    assert min(b - a for a, b in pairwise(heights)) >= 10 / 11 - 1e-9
    assert heights[-1] <= 10


def test_markup_in_a_name_stays_text(browser):
    evil = "name=<img src=x onerror=alert(1)>&plan=prevention_shift"
    body = {"who": "me", "do": "look", "link": link(evil), "have": 9}
    reply = browser.post("/compare/ask", json=body).get_json()
    assert "<img" not in reply["html"]["compare-table"] + reply["html"]["compare-chosen"]
    assert "&lt;img" in reply["html"]["compare-table"]
    assert "<img" not in str(reply["figures"])
    page = browser.get(f"/compare?{link(evil)}").text
    assert "<img" not in page


# ---- over the wire ----


def test_the_page_has_its_parts_and_keeps_the_question(browser):
    shown = browser.get(f"/compare?{PLAN}&with=here").text
    assert 'aria-current="page"' in shown
    assert 'href="/flow?plan=prevention_shift"' in shown
    for part in ("compare-pick", "compare-paste", "compare-against", "compare-year", "compare-table", "compare-csv"):
        assert f'id="{part}"' in shown
    assert 'for="compare-pick"' in shown


def test_it_answers_with_what_it_understood(browser):
    body = {"who": "me", "do": "look", "link": link(PLAN, "plan=invade"), "have": 9, "theme": "dark"}
    reply = browser.post("/compare/ask", json=body).get_json()
    assert reply["settled"]
    assert reply["done"] == 10
    assert "invade" not in reply["link"]
    assert reply["notices"] == ["There is no plan called “invade”; it was left out."]
    assert reply["choices"]["against"] == [["", "Do nothing"], ["1", "B Prevention shift"]]
    assert set(reply["figures"]) == set(CHARTED)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"who": 1, "link": ""},
        {"who": "", "link": ""},
        {"who": "x" * 99, "link": ""},
        {"who": "a", "link": 5},
    ],
)
def test_what_has_no_meaning_is_refused(browser, body):
    assert browser.post("/compare/ask", json=body).status_code == 400


@pytest.mark.parametrize("have", [-1, 1e400, "x", None, True, 10**30, [1]])
def test_any_count_of_known_replications_is_answered(browser, have):
    body = f'{{"who": "me", "link": "{QUICK}", "have": {"null" if have is None else "1" if have is True else "0"}}}'
    assert browser.post("/compare/ask", data=body, content_type="application/json").status_code == 200
    assert browser.post("/compare/ask", json={"who": "me", "link": QUICK, "have": have}).status_code in (200, 400)


def test_csv_and_excel_hold_what_the_table_shows(browser, three):
    address = link("plan=do_nothing", PLAN, f"name=Twice&plan=prevention_shift&{SHIFT}=0.1")
    reply = browser.get(f"/compare/csv?{address}")
    rows = list(csv.DictReader(StringIO(reply.data.decode("utf-8-sig"))))
    assert len(rows) == 6 * 3 * 2
    mine = next(
        r for r in rows if r["letter"] == "C" and r["measure"] == "Patients delayed, a day" and r["year"] == "2017/18"
    )
    year = three.years["delayed"][2][1]
    assert float(mine["value"]) == pytest.approx(year.plan)
    assert float(mine["difference, low"]) == pytest.approx(year.low)
    assert mine["held against"] == "A"
    assert mine["standing"] == three.standings["delayed"][2][1]
    sheets = openpyxl.load_workbook(BytesIO(browser.get(f"/compare/xlsx?{address}").data))
    assert sheets.sheetnames == ["Comparison", "Scenarios"]
    assert sheets["Comparison"].max_row == 1 + len(rows)


def test_the_link_of_a_scenario_is_whole(three):
    assert all(state.full(state.read(each.link, fake_catalogue())) == each.link for each in three.columns)
