"""What may be agreed together, who may come in when, which teams are played, and what promises weigh."""

from __future__ import annotations

import json

import pytest

from sim.inputs import Faults
from sim.workshop import Export, Promises, RefusedError, acts, export_bytes, new_session, promises, read_export
from sim.workshop.results import winners
from tests.unit.workshop.rooms import ROUND, TEXT, by, joined, led, small

pytestmark = pytest.mark.unit
SHARE = "policy.shift_share"


@pytest.fixture(scope="module")
def begun():
    return led(joined(), acts.Begin())


def agreed(session, taker, share):
    """Agreed between Blue's hospital and somebody."""
    session = by(session, "Blue/acute", acts.Propose(taker, share))
    return by(session, f"Blue/{taker}", acts.Answer(session.state.teams["Blue"].now.deals[-1].number, True))


def test_an_agreement_is_not_kept_after_all_beyond_the_limit(begun):
    session = by(agreed(begun, "community", 0.06), "Blue/acute", acts.Break(1))
    session = agreed(session, "social_care", 0.08)
    with pytest.raises(RefusedError, match=r"cannot pass 0\.1"):
        by(session, "Blue/acute", acts.Keep(1))
    kept = by(session, "Blue/acute", acts.Break(2), acts.Keep(1))
    assert kept.state.teams["Blue"].now.deals[0].holds


def test_agreements_may_reach_the_limit_to_the_last_digit():
    """As numbers are kept, the two make a little more than the limit."""
    assert 0.1 + 0.05 > 0.15
    session = led(joined(small(TEXT.replace("[0, 0.1]", "[0, 0.15]"))), acts.Begin())
    session = agreed(agreed(session, "community", 0.1), "social_care", 0.05)
    assert all(deal.holds for deal in session.state.teams["Blue"].now.deals)


def test_what_the_place_moves_already_counts_towards_the_limit():
    rounds = TEXT.replace("title: Alone, years: 1, way: fortress", "title: Pot, years: 1, way: place")
    session = led(joined(small(rounds)), acts.Begin())
    session = by(session, "Blue/place", acts.Decide(SHARE, 0.07), acts.Decide("policy.mix_community", 1.0))
    session = led(session, *ROUND, acts.Begin())
    with pytest.raises(RefusedError, match="cannot pass"):
        agreed(session, "community", 0.04)
    assert agreed(session, "community", 0.03).state.teams["Blue"].now.deals[0].holds


def test_a_team_that_everybody_left_before_the_first_round_is_not_played():
    session = by(new_session(small()), "a", acts.Join("a", "Ada", "Bleu", "acute"))
    session = by(session, "a", acts.Move("Ada", "Blue", "acute"))
    session = by(session, "b", acts.Join("b", "Bo", "Rad", "acute"))
    session = led(session, acts.Remove("b"), acts.Begin(), acts.Lock())
    assert list(session.state.teams) == ["Blue"]


def test_a_team_that_was_played_stays_when_its_last_seat_is_taken_away(begun):
    session = begun
    for seat in [each.id for each in begun.state.of_team("Red")]:
        session = led(session, acts.Remove(seat))
    assert list(session.state.teams) == ["Blue", "Red"]


def test_teams_keep_their_order_when_people_move():
    session = by(joined(), "Blue/acute", acts.Move("me", "Red", "acute"))
    assert list(session.state.teams) == ["Blue", "Red"]


def test_who_comes_late_waits_for_the_door_and_is_marked(begun):
    late = acts.Join("late", "Eve", "Red", "acute")
    for act in (None, *ROUND):
        session = led(begun, *ROUND[: ROUND.index(act) + 1]) if act else begun
        with pytest.raises(RefusedError, match="door is closed"):
            by(session, "late", late)
    session = by(led(begun, acts.Door(True)), "late", late)
    assert session.state.seats["late"].joined == 0 and session.state.seats["Red/acute"].joined == -1
    moved = by(led(session, *ROUND), "late", acts.Move("Eve", "Red", "place"))
    assert moved.state.seats["late"].joined == 0
    with pytest.raises(RefusedError, match="door is closed"):
        by(led(moved, acts.Begin()), "later", acts.Join("later", "Kim", "Red", "acute"))


def test_the_door_may_be_closed_in_the_lobby_too():
    session = led(joined(), acts.Door(False))
    with pytest.raises(RefusedError, match="door is closed"):
        by(session, "x", acts.Join("x", "Eve", "Red", "acute"))
    assert by(led(session, acts.Undo()), "x", acts.Join("x", "Eve", "Red", "acute")).state.seats["x"]


def test_what_an_undo_would_take_back_is_known_by_name(begun):
    assert new_session(small()).undoes == "" and joined().undoes == "" and begun.undoes == "Begin"
    session = led(begun, acts.Lock(), acts.Run(), acts.Ran("a"))
    assert session.undoes == "Run"
    assert led(session, acts.Undo()).undoes == "Lock"


def test_promises_weigh_by_their_money(begun):
    """What is kept back weighs for as long as it is."""
    session = led(agreed(begun, "community", 0.02), *ROUND, acts.Begin())
    session = led(by(session, "Blue/acute", acts.Break(1)), acts.Lock())
    found = promises(session.state.teams["Blue"].locked, [2, 3])
    assert found == Promises(1, 1, pytest.approx(0.04), pytest.approx(0.06))
    assert found.share == pytest.approx(0.4) and found.net == pytest.approx(-0.02)
    assert promises(session.state.teams["Red"].locked, [2, 3]).share is None


@pytest.mark.parametrize(
    ("kept", "best"),
    [
        ({"A": Promises(9, 0, 0.001, 0), "B": Promises(1, 0, 0.02, 0)}, ("B",)),
        ({"A": Promises(1, 0, 0.1 + 0.2, 0), "B": Promises(1, 0, 0.3, 0)}, ("A", "B")),
        ({"A": Promises(1, 1, 0.02, 0.02), "B": Promises(0, 0, 0, 0)}, ()),
        ({}, ()),
    ],
)
def test_who_paid_most_of_what_was_agreed_wins_at_promises(kept, best):
    assert winners(("promises",), {}, kept)[0].teams == best


def test_a_session_of_another_form_says_so(tmp_path):
    path = tmp_path / "old.json"
    path.write_bytes(export_bytes(Export("small", TEXT, ())).replace(b"session 2", b"session 1"))
    assert json.loads(path.read_text())["format"].endswith("1")
    with pytest.raises(Faults, match="another version of Upstream"):
        read_export(path)
