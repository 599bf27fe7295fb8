"""The projector: every phase has its panels, which hold what the room may see and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.workshop.scene import Around
from dashboard.workshop.screens import board
from dashboard.workshop.screens.board_plans import made_deals
from dashboard.workshop.screens.compared import broken_by_round, measure_panel, of_nothing, spots
from dashboard.workshop.screens.told import change
from sim.results.statistics import Interval
from sim.workshop import acts, new_session
from sim.workshop.results import SHOWN
from tests.unit.dashboard.workshop.played import AROUND, Page, leading, looked, results, steps, text
from tests.unit.workshop.rooms import by, joined, led, small

pytestmark = pytest.mark.unit
RESULTS = ["measures-1", "measures-2", "won", "why-delayed", "why-gap", "plane", "rounds"]


def names(step):
    return Page(text(board.parts(looked(step)))).values("data-show")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("lobby", ["join"]), ("begun", ["decide"]), ("decide", ["decide"]), ("lock", ["locked"]), ("run", ["running"]),
        ("reveal", [*RESULTS, "pacts"]), ("debrief", ["talk", *RESULTS, "pacts"]),
        ("pot", ["decide", *RESULTS, "pacts"]),
        ("finished", ["over", *RESULTS, "plans-1", "pacts"]),
    ],
)  # fmt: skip
def test_each_phase_has_its_panels(step, expected):
    assert names(step) == expected


@pytest.mark.parametrize("step", steps())
def test_one_panel_is_seen_and_every_button_has_its_panel(step):
    page = Page(text(board.parts(looked(step))))
    shown = page.having("data-show")
    assert [("hidden" in each) for each in shown] == [False] + [True] * (len(shown) - 1)
    assert page.values("data-go") in ([], [each["data-show"] for each in shown])
    ids = page.values("id")
    assert len(ids) == len(set(ids)) and {"board-top", "board-now", "board-results", "board-ways"} <= set(ids)


def test_the_page_is_whole_and_light():
    page = board.page(looked("finished"), "token", 7)
    assert 'data-screen="board"' in page and 'data-seen="7"' in page and "workshop_board.js" in page
    assert len(page) < 100_000


def test_the_lobby_says_where_to_join_and_who_has():
    found = text(board.parts(looked("lobby")))
    assert AROUND.address in found and AROUND.code in found and "/workshop/KMPTRW/qr.svg" in found
    assert "acute of Blue" in found and "place of Red" in found


def test_hidden_names_are_not_on_the_board():
    found = text(board.parts(looked(led(steps()["lobby"], acts.HideNames(True)))))
    assert "acute of Blue" not in found and "Blue" in found


def test_a_full_room_is_named_without_roles():
    session = joined(teams=tuple(f"Table {number}" for number in range(12)))
    found = text(board.parts(looked(session)))
    assert "acute of Table 11" in found and "Acute trust" not in found


def test_a_name_is_text():
    session = by(new_session(small()), "s", acts.Join("s", "<script>alert(1)</script>", "<b>", "acute"))
    found = text(board.parts(looked(session)))
    assert "<script" not in found and "<b>" not in found and "&lt;script&gt;" in found


def test_what_is_being_decided_changes_a_count_alone():
    """Two different decisions look the same on the wall."""
    begun = steps()["begun"]
    one, other = (by(begun, "Blue/acute", acts.Decide("capacity.growth.acute", each)) for each in (1.0, 3.0))
    assert text(board.parts(looked(one))) == text(board.parts(looked(other)))
    assert "1 of 2 teams" in text(board.parts(looked(one))) and "0 of 2 teams" in text(board.parts(looked(begun)))


def test_the_clock_counts_down_and_stands_still():
    runs, stands = (
        Page(text(board.parts(looked("decide", around=Around("K", "a", left=61.2, stands=each)))))
        for each in (False, True)
    )
    assert runs.values("data-left") == ["62"] and not runs.having("data-stands") and stands.having("data-stands")
    assert not Page(text(board.parts(looked("decide")))).having("data-left")


def test_a_card_is_told_while_it_acts():
    assert "A hard winter" in text(board.parts(looked("broken")))
    assert "A hard winter" not in text({"stage": board.parts(looked("pot"))["board-now"]})


def test_plans_and_commitments_stay_off_the_board_until_the_end():
    label = f'<th scope="row">{small().spans["capacity.growth.acute"].label}</th>'
    for step in steps():
        found = text(board.parts(looked(step)))
        assert (label in found) == (step == "finished")
        assert "the council" not in found


def test_who_broke_what_is_counted_first_and_told_at_the_end():
    before, after = (text(board.parts(looked(step))) for step in ("reveal2", "finished"))
    assert "The hospital broke one or more in round 2." in before and "2% to Community provider" not in before
    assert "2% to Community provider, agreed in round 1: the hospital broke it in round 2" in after
    scene = looked("finished")
    assert [deal.number for deal in made_deals(scene, "Blue")] == [1] and made_deals(scene, "Red") == []
    assert broken_by_round(scene, "Blue") == (0, 1, 0)


def test_a_bar_crosses_the_line_where_the_change_cannot_be_told():
    """The interval is of the difference, laid on the team's own number."""
    scene = looked("finished")
    for found in results():
        for series in SHOWN:
            panel = measure_panel(scene, found, series)
            assert panel.line == pytest.approx(of_nothing(found, series))
            for row in panel.rows:
                crosses = row.low <= panel.line <= row.high
                assert row.is_sure == (not crosses)


def test_doing_nothing_is_the_same_whichever_team_tells():
    first = results()[0]
    turned = replace(first, teams=first.teams[::-1])
    for series in SHOWN:
        assert of_nothing(first, series) == pytest.approx(of_nothing(turned, series))


def test_nobody_beats_those_who_are_ringed():
    """Red is worse at money and no better at flow: beaten. Equal teams are both ringed."""
    scene, first = looked("finished"), results()[0]
    blue, red = first.teams

    def rings(*gaps):
        moved = (
            replace(blue, gap=Interval(gaps[0], 0, 1, 2)),
            replace(blue, team="Red", gap=Interval(gaps[1], 0, 1, 2)),
        )
        return [each.is_best for each in spots(scene, replace(first, teams=moved))]

    assert rings(2e8, 3e8) == [True, False] and rings(3e8, 2e8) == [False, True] and rings(2e8, 2e8) == [True, True]
    assert red.team == "Red"


def test_a_division_is_drawn_and_its_absence_told():
    found = text(board.parts(looked("reveal")))
    assert "All together" in found and "Still being worked out: Red." in found
    assert "Still being worked out: Blue and Red." in text(board.parts(looked("reveal2")))


def test_a_round_that_is_run_shows_how_far_it_is():
    found = Page(text(board.parts(looked("run", around=replace(AROUND, done=3, wanted=12)))))
    assert found.values("aria-valuenow") == ["25"]
    assert Page(text(board.parts(looked("ran")))).values("aria-valuenow") == ["100"]


def test_the_wall_does_not_tell_why_a_round_could_not_be_run():
    trouble = replace(AROUND, trouble="policy.shift_share 0.3 must be below 0.2")
    found = board.page(looked("run", around=trouble), "token")
    assert "policy.shift_share" not in found and "The facilitator sees why" in found


def test_results_are_drawn_once_and_again_when_a_division_is_there():
    first, again = (board.parts(looked("reveal"))["board-results"].children[0] for _ in range(2))
    assert first is again
    without = board.parts(replace(looked("reveal"), splits={}))["board-results"].children[0]
    assert without != first and "Still being worked out: Blue and Red" in without


def test_who_sits_where_by_id_is_for_the_facilitator_alone():
    assert leading("decide").seats and not looked("decide").seats


@pytest.mark.parametrize(
    ("series", "number", "words"),
    [
        ("delayed", 0.4, "+0.4"), ("delayed", -0.4, "\u22120.4"), ("delayed", -123.4, "\u2212123"),
        ("delayed", 0.0, "0"),
        ("gap", 4.2e6, "+£4.2m"), ("gap", 13.2e6, "+£13m"),
        ("gap", -1312.4e6, "\u2212£1,310m"), ("occupancy:acute", 0.031, "+3.1 points"),
        ("emergency_wait_hours", -0.7, "\u22120.7 h"), ("delayed", float("nan"), "not known"),
    ],
)  # fmt: skip
def test_a_change_is_said_with_sign_unit_and_no_more_figures_than_are_read(series, number, words):
    assert change(series, number) == words
