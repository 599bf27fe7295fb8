"""The sheet to keep: a team's own moves, effects, agreements and words, and nothing of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.workshop.screens import sheet
from dashboard.workshop.screens.surprised import surprise
from sim.results.statistics import Interval, Paired
from sim.workshop import Headline, acts
from sim.workshop.results import SHOWN
from tests.unit.dashboard.workshop.played import Page, leading, looked, results, steps
from tests.unit.workshop.rooms import by, small

pytestmark = pytest.mark.unit
DAY = date(2026, 11, 22)


def printed(scene, *teams):
    return sheet.page(scene, teams, "token", DAY)


@pytest.mark.parametrize("step", steps())
@pytest.mark.parametrize("who", ["", "Blue/acute"])
def test_there_is_a_sheet_in_every_phase(step, who):
    scene = looked(step, who) if who else leading(step)
    page = printed(scene, "Blue")
    body = Page(page.partition("<body>")[2].partition("</body>")[0])
    assert [each["class"] for each in body.having("class") if (each["class"] or "").startswith("paper ")] == (
        ["paper is-full"] if scene.view.revealed > 2 else []
    )
    assert "Blue" in page and "22 November 2026" in page and "Upstream" in page


def test_the_facilitator_prints_all_and_a_team_its_own():
    both = printed(leading("finished"), "Blue", "Red")
    assert both.count("<article") == 2 and "2 sheets" in both
    own = printed(looked("debrief", "Red/acute"), "Red")
    assert "Blue" not in own and "the council" not in own and "2% to Community" not in own


def test_moves_agreements_and_words_stand_on_it():
    page = printed(leading("finished"), "Blue")
    assert small().spans["capacity.growth.acute"].label in page
    assert "the hospital broke it in round 2" in page and "paid, \u00a3" in page and "kept back" in page
    assert "Ring &lt;b&gt;the council&lt;/b&gt;" in page
    assert "acute of Blue (Acute trust)" in page and "A hard winter (from round 2)" in page


def test_every_round_has_its_effects():
    page = printed(leading("finished"), "Blue")
    for title in ("1. Alone", "2. Again", "3. Together"):
        assert page.count(title) == 2
    assert "(nothing: " in page


def test_a_teammate_sees_all_books_after_the_end_and_own_books_before():
    during, after = (printed(looked(step, "Red/acute"), "Red") for step in ("reveal", "finished"))
    table = [each.partition("Books of the last round")[2].partition("</table>")[0] for each in (during, after)]
    assert "Acute trust" in table[0] and "Community provider" not in table[0] and "Community provider" in table[1]


def test_a_plan_without_moves_surprises_nobody():
    red = results()[0].teams[1]
    assert surprise(red) == "Your plan came out exactly as doing nothing did."


def test_what_surprised_is_the_furthest_the_wrong_way():
    """10 of 100 is further than 30 of 1,000; what cannot be told from chance does not count, however large."""

    def of(**moved):
        found = []
        for series in SHOWN:
            nothing, change, verdict = moved.get(series, (100.0, 0.0, "better"))
            found.append(
                Headline(
                    series, Interval(nothing + change, 0, 1, 8), Paired(change, change - 1, change + 1, 8, verdict)
                )
            )
        return replace(results()[0].teams[0], headlines=tuple(found))

    worse = of(
        delayed=(100.0, 10.0, "worse"),
        unmet=(1000.0, 30.0, "worse"),
        elective_over_18w=(10.0, 9.0, "no detectable difference"),
    )
    assert surprise(worse).startswith(
        "Ready to leave, still in a bed: 10 more than with doing nothing (110 instead of 100; 10%"
    )
    unsure = of(unmet=(10.0, 9.0, "no detectable difference"))
    assert "Nothing got worse" in surprise(unsure) and "Too long a wait for care outside" in surprise(unsure)
    assert surprise(of()) == "Every headline measure got better than with doing nothing."


def test_the_division_is_told_in_words():
    page = printed(leading("reveal"), "Blue")
    assert "Of that: Demand " in page and "Still being worked out." in printed(leading("reveal"), "Red")


def test_the_rule_of_the_surprise_is_printed_with_it():
    assert "How it is chosen:" in printed(leading("reveal"), "Blue")


def test_many_words_are_all_there():
    said = "x" * 400
    session = by(steps()["debrief3"], "Blue/acute", acts.Commit(said))
    assert said in printed(leading(session), "Blue")
