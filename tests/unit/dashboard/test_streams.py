"""Streams of people and pounds: nothing is lost on the way, and every stream drawn is in the tables."""

from __future__ import annotations

import json
import re

import pytest
from dash import dcc
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.html_text import to_html
from dashboard.components.people import people_in_words, people_tables, shared, stock
from dashboard.components.pounds import check_in_words, pounds_in_words, pounds_tables, residuals
from dashboard.facts.accounts import Accounts, Amount
from dashboard.figures import people, pounds
from dashboard.figures.sankey import HEIGHT, MARGIN, PAD, TALL, Link, Node, positions, sankey
from dashboard.link import looks
from dashboard.link.looks import Look
from dashboard.pages import flow, money
from dashboard.pages.views import layout
from dashboard.server.asking import shown
from dashboard.server.first_paint import preview
from dashboard.theme import THEMES
from dashboard.wording.numbers import whole
from tests.unit.dashboard.fake_model import answer_to, fake_catalogue

pytestmark = pytest.mark.unit
LIGHT = THEMES["light"]
PLAN = "plan=prevention_shift&years=3"
SHOWS = looks.SHOWS


@pytest.fixture(scope="module")
def answer():
    return answer_to(PLAN)


def look(view="flow", show="plan", year=2, **more):
    return Look(view, year, show, **more)


def same(value, other=None):
    """An amount of a year with the plan, and doing nothing; its change is known exactly."""
    other = value if other is None else other
    return (Amount(value, other, value - other, value - other),)


def trace(figure):
    (only,) = figure["data"]
    return only


def drawn(figure):
    """Every link of a figure: names of its ends, and its width."""
    link, names = trace(figure)["link"], trace(figure)["node"]["customdata"]
    ends = zip(link["source"], link["target"], link["value"], strict=True)
    return {(names[source], names[target]): value for source, target, value in ends}


# ---- the drawing ----------------------------------------------------------------------------------------------

NODES = (Node("a", "A", 0.0, "outside"), Node("b", "B", 0.5, "hospital"), Node("c", "C", 1.0, "home"))
NAMES = {node.id: node.label for node in NODES}


def test_nodes_without_a_stream_are_left_out_and_the_order_stays():
    nodes = (*NODES, Node("d", "D", 1.0, "died"))
    links = [Link("b", "d", 1.0, ""), Link("a", "b", 2.0, ""), Link("b", "c", 0.0, "")]
    figure = sankey(nodes, links, NAMES | {"d": "D"}, LIGHT)
    assert trace(figure)["node"]["label"] == ["A", "B", "D"]
    assert trace(figure)["arrangement"] == "fixed"
    assert drawn(figure) == {("B", "D"): 1.0, ("A", "B"): 2.0}


def test_the_fullest_column_fills_the_height_and_others_are_centred():
    links = [Link("a", "b", 3.0, ""), Link("a", "c", 1.0, "")]
    room = HEIGHT - 2 * MARGIN
    assert positions(NODES, links, room) == pytest.approx([0.5, 0.5, 0.5], abs=0.002)


widths = st.lists(st.floats(1, 1000), min_size=2, max_size=7)


@given(widths, st.sampled_from([HEIGHT, TALL]))
def test_nodes_of_a_column_stand_below_each_other_with_room_for_a_label(values, height):
    nodes = [Node("in", "In", 0.0, "outside"), *(Node(str(n), "", 1.0, "home") for n in range(len(values)))]
    links = [Link("in", str(n), value, "") for n, value in enumerate(values)]
    room = height - 2 * MARGIN
    down = [each * room for each in positions(nodes, links, room)][1:]
    scale = (room - (len(values) - 1) * PAD) / sum(values)
    tops = [middle - value * scale / 2 for middle, value in zip(down, values, strict=True)]
    ends = [middle + value * scale / 2 for middle, value in zip(down, values, strict=True)]
    assert tops[0] == pytest.approx(0, abs=1)
    assert ends[-1] == pytest.approx(room, abs=1)
    assert all(top - end >= PAD - 1 for top, end in zip(tops[1:], ends, strict=False))


def test_nothing_to_draw_is_said():
    figure = sankey(NODES, [], NAMES, LIGHT)
    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"] == "No difference to draw"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("view", [flow, money])
def test_a_figure_is_a_plain_dict(answer, view, show, theme):
    figures = view.figures(answer, look(show=show), THEMES[theme])
    assert json.loads(json.dumps(figures)) == figures


# ---- people ---------------------------------------------------------------------------------------------------

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


# ---- pounds ---------------------------------------------------------------------------------------------------


def books(**given_):
    """Accounts of one year in millions: income, moved and spent by organisation; the balance follows."""
    measures = {"income": 0, "transfer": 1, "spending": 2}
    sums = {f"{m}:{name}": same(each[at] * 1e6) for name, each in given_.items() for m, at in measures.items()}
    balance = {f"balance:{name}": same((each[0] + each[1] - each[2]) * 1e6) for name, each in given_.items()}
    gap = -sum(each[0].plan for name, each in balance.items() if not name.endswith("fund"))
    return Accounts(("2016/17",), sums | balance | {"gap": same(gap)})


SHIFTED = books(
    acute=(700, -14, 830),
    community=(80, 2, 81),
    social_care=(220, 2, 260),
    public_health=(40, 10, 50),
    other_nhs=(690, 0, 690),
    transition_fund=(8, 0, 0),
)
GRANTED = books(acute=(700, 12, 830), public_health=(40, 0, 40), transition_fund=(5, -12, 0))


def through(found, name, side):
    return sum(each.plan for each in found if getattr(each, side) == name)


@pytest.mark.parametrize("accounts", [SHIFTED, GRANTED])
def test_every_pound_that_comes_to_a_budget_or_a_pot_leaves_it(accounts):
    found = pounds.payments(accounts, 0)
    for name in (*(f"budget:{each}" for each in pounds.ORGANISATIONS), pounds.MOVED):
        assert through(found, name, "target") == pytest.approx(through(found, name, "source"))
    assert all(each.plan >= 0 for each in found)


@pytest.mark.parametrize("accounts", [SHIFTED, GRANTED])
def test_what_is_drawn_as_spent_and_lacking_is_what_the_ledger_says(accounts):
    found = pounds.payments(accounts, 0)
    spent = sum(accounts.sum(f"spending:{name}", 0).plan for name in pounds.ORGANISATIONS)
    lacking = [-accounts.sum(f"balance:{name}", 0).plan for name in pounds.ORGANISATIONS if name != pounds.FUND]
    kept = through(found, "spent:kept", "target")
    drawn_as_spent = sum(each.plan for each in found if each.target.startswith("spent:")) - kept
    assert drawn_as_spent == pytest.approx(spent)
    assert through(found, pounds.GAP, "source") == pytest.approx(sum(max(each, 0) for each in lacking))


def test_a_fund_pays_this_year_out_of_what_it_kept():
    found = pounds.payments(GRANTED, 0)
    assert through(found, pounds.BEFORE, "source") == pytest.approx(7e6)
    assert through(found, pounds.MOVED, "target") == pytest.approx(12e6)


@pytest.mark.parametrize("show", SHOWS)
def test_pounds_drawn_are_those_of_the_payments(answer, show):
    found = pounds.payments(answer.accounts, 2)
    widths = drawn(pounds.pounds_figure(found, look("money", show), LIGHT))
    assert widths == pytest.approx(
        {
            (pounds.LABELS[each.source], pounds.LABELS[each.target]): abs(each.of(show))
            for each in found
            if abs(each.of(show)) >= pounds.LEAST
        }
    )


def test_prevention_is_paid_for_by_what_was_moved(answer):
    found = {(each.source, each.target): each.plan for each in pounds.payments(answer.accounts, 2)}
    given_away = -answer.accounts.sum("transfer:acute", 2).plan
    assert found[pounds.MOVED, "spent:programmes"] == pytest.approx(0.8 * given_away)


def test_the_sentence_says_what_the_gap_is_made_of(answer):
    words = pounds_in_words(answer, look("money"))
    assert re.match(r"In 2018/19, with this plan, West Yorkshire and Harrogate spends £\d+m more than it has", words)
    assert "in 2015/16 prices: £" in words
    assert "in hospitals" in words
    assert "adult social care has £" in words
    assert "The plan makes the money gap" in words


def test_the_ledger_is_checked_and_says_so(answer):
    for show in SHOWS:
        assert max(map(abs, residuals(answer.accounts, look("money", show)))) < 0.01
        assert check_in_words(answer.accounts, look("money", show)).startswith("Checked")


def test_books_that_do_not_balance_are_said_so():
    wrong = Accounts(SHIFTED.years, {**SHIFTED.sums, "transfer:acute": same(-3e6)})
    assert "do not balance" in check_in_words(wrong, look("money", year=0))


def test_the_ledger_has_a_line_for_everybody_and_one_for_all(answer):
    ledger, *_ = pounds_tables(answer, look("money"))
    rows = re.findall('<tr><th scope="row">(.*?)</th>', to_html(ledger))
    assert rows == ["Hospitals", "Community services", "Adult social care", "Public health", "Other NHS", "Together"]


def test_doing_nothing_is_not_set_against_itself():
    html = to_html(pounds_tables(answer_to("years=1"), look("money", "baseline", 0)))
    assert "against doing nothing" not in html
    assert "Balances of every year, doing nothing" in html


# ---- the reply ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["flow", "money"])
def test_a_reply_holds_one_view_and_the_cards(answer, view):
    reply = shown(answer, look(view), "dark")
    assert set(reply["figures"]) == {f"graph-{view}"}
    assert set(reply["html"]) == {"title", "sample", "kpis", f"words-{view}", f"behind-{view}"}
    assert reply["spoken"] in reply["html"][f"words-{view}"]


def test_the_first_html_of_a_view_has_the_cards_and_no_empty_charts(answer):
    html = to_html(preview(answer, "flow"))
    assert re.search(r'href="/flow"[^>]*aria-current="page"|aria-current="page"[^>]*href="/flow"', html)
    assert "Hospital beds in use" in html
    assert "is-empty" not in html
    assert "is-empty" in to_html(preview(answer))


def test_the_views_come_with_few_components_and_their_charts_send_nothing_away():
    """Each component costs time at every change; tables and sentences come as text."""
    every = list(layout(fake_catalogue())._traverse())
    charts = [part for part in every if isinstance(part, dcc.Graph)]
    assert {chart.id for chart in charts} >= {"graph-flow", "graph-money"}
    assert all(chart.config["showSendToCloud"] is False for chart in charts)
    assert len([*flow.flow()._traverse(), *money.money()._traverse()]) <= 24
