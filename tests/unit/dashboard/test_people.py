"""Streams of people: nobody is lost on the way, and every stream drawn is in the table."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.html_text import to_html
from dashboard.components.people import people_in_words, people_tables, shared, stock
from dashboard.facts.accounts import Accounts, Amount
from dashboard.figures import people
from dashboard.link.looks import SHOWS
from dashboard.theme import THEMES
from dashboard.wording.numbers import whole
from tests.unit.dashboard.fake_model import answer_to
from tests.unit.dashboard.streams import PLAN, drawn, look, same, trace

pytestmark = pytest.mark.unit
LIGHT = THEMES["light"]


@pytest.fixture(scope="module")
def answer():
    return answer_to(PLAN)


HAND_MADE = Accounts(
    ("2016/17",),
    {
        "moved:emergency>acute": same(80.0, 90.0),
        "moved:elective>acute": same(20.0),
        "moved:acute>home": same(75.0, 83.0),
        "moved:acute>p1": same(15.0, 16.0),
        "moved:acute>died": same(10.0, 11.0),
        "moved:community>p1": same(5.0),
        "moved:p1>ended": same(20.0, 21.0),
        "gave_up:acute": same(4.0),
        "gave_up:p1": same(1.0),
        "gave_up:p2": same(2.0),
        "gave_up:p3": same(0.0),
    },
    {"occupied:acute": same(12.0), "waiting:acute": same(3.0)},
)


def test_who_comes_in_goes_on_or_out():
    found = people.streams(HAND_MADE, 0)
    for kind in ("acute", "p1"):
        for show in SHOWS:
            came, left, _, _ = stock(HAND_MADE, look(show=show, year=0), found, kind)
            assert came == pytest.approx(left)


def test_who_gives_up_is_counted_once_by_where_they_waited():
    found = {(each.origin, each.destination): each.people.plan for each in people.streams(HAND_MADE, 0)}
    assert found["elective", "gave_up"] == 4
    assert found["community", "gave_up"] == 3


def test_streams_stand_in_the_order_of_the_nodes():
    order = list(people.LABELS)
    ends = [(order.index(each.origin), order.index(each.destination)) for each in people.streams(HAND_MADE, 0)]
    assert ends == sorted(ends)


@pytest.mark.parametrize("show", SHOWS)
def test_every_stream_drawn_is_as_broad_as_the_number_in_the_table(answer, show):
    found = people.streams(answer.accounts, 2)
    figure = people.people_figure(found, look(show=show), LIGHT)
    by_ends = {
        (people.LABELS[each.origin], people.LABELS[each.destination]): abs(each.people.of(show)) for each in found
    }
    widths = drawn(figure)
    assert widths == pytest.approx({ends: by_ends[ends] for ends in widths})
    assert all(value < people.FEWEST for ends, value in by_ends.items() if ends not in widths)
    rows = to_html(people_tables(answer, look(show=show), found)[0])
    column = {"plan": 0, "baseline": 1}.get(show)
    for (origin, destination), value in widths.items():
        cells = re.search(f"{re.escape(origin)}</th><td[^>]*>{re.escape(destination)}</td>(.*?)</tr>", rows).group(1)
        if column is not None:
            assert re.findall("<td>(.*?)</td>", cells)[column] == whole(value)


def test_a_difference_is_blue_for_more_orange_for_less_and_grey_where_chance_may_be_all():
    changes = {"more": Amount(12, 10, 1, 3), "less": Amount(8, 10, -3, -1), "same": Amount(11, 10, -1, 3)}
    assert {word: people.Stream("acute", "home", each).change() for word, each in changes.items()} == {
        word: word for word in changes
    }
    colours = set(
        trace(people.people_figure(people.streams(HAND_MADE, 0), look(show="difference"), LIGHT))["link"]["color"]
    )
    assert colours == {"rgba(230,159,0,0.7)"}


def test_of_a_hundred_people_there_are_a_hundred():
    assert shared({"home": 82.6, "p1": 6.7, "died": 10.7}) == {"home": 82, "p1": 7, "died": 11}
    assert shared({"home": 0.0}) == {"home": 0}


@given(
    st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), min_size=1, max_size=8).filter(
        lambda d: sum(d.values()) > 1
    )
)
def test_shares_of_a_hundred_add_up_and_are_near(parts):
    found = shared(parts)
    assert sum(found.values()) == 100
    assert all(abs(found[name] - parts[name] * 100 / sum(parts.values())) <= 1 for name in parts)


def test_the_sentence_says_where_people_go_after_hospital(answer):
    words = people_in_words(answer, look(), people.streams(answer.accounts, 2))
    assert words.startswith("In 2018/19, with this plan, ")
    assert "Of 100 people who leave them, 84 go home without more care" in words
    assert "people gave up waiting" in words


def test_the_sentence_of_a_difference_names_what_can_be_told_from_chance():
    class Asked:
        accounts, is_baseline = HAND_MADE, False

    words = people_in_words(Asked, look(show="difference", year=0), people.streams(HAND_MADE, 0))
    assert "10 fewer from emergencies to hospital beds" in words
    assert words.endswith("2 more streams differ by more than chance may bring.")


def test_a_model_that_counts_no_moves_says_so():
    assert people.streams(Accounts(("2016/17",)), 0) == []
    assert people_in_words(None, look(), []) == "This model does not count who moves where."
