"""The map in words, boxes, arrows and tables: they say the same, and nothing in them is markup of somebody else's."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

import dashboard
from dashboard import ids
from dashboard.components.html_text import to_html
from dashboard.components.map import map_svg, moves, signed_points
from dashboard.components.stations import cards, definitions, queue, rows, tables, wait_in_days
from dashboard.facts.accounts import Accounts, Amount
from dashboard.facts.stations import KINDS, Course, Held, Hold, Jam, Rules, Saturation, Stations
from dashboard.figures.lettering import WIDTHS, Letters
from dashboard.figures.map import BOXES, LETTERS, WIDEST, Box, Way, map_drawing, wide
from dashboard.link.looks import Look
from dashboard.pages import map as page
from dashboard.pages.views import layout
from dashboard.server.asking import shown
from dashboard.wording.jams import map_in_words
from dashboard.wording.places import filled_at_length, filled_in_words, percent, pressure_in_words, standing
from tests.unit.dashboard.fake_model import answer_to, fake_catalogue

pytestmark = pytest.mark.unit
RULES = Rules(busy=0.85, very_busy=0.9, full=0.98, months=3, held_up=0.01)
ROOT = Path(dashboard.__file__).parent
PLAN = "plan=prevention_shift&years=3"
SHOWS = ("plan", "baseline", "difference")


@pytest.fixture(scope="module")
def answer():
    return answer_to(PLAN)


def look(show="plan", year=2):
    return Look("map", year, show)


def same(value, other=None):
    other = value if other is None else other
    return (Amount(value, other, value - other, value - other),)


NO_JAM = Jam()


def place(jam, nothing=NO_JAM, **used):
    """An answer of one year: 1,000 hospital beds, 100 other places, and who waits for whom."""
    means = {}
    for kind in KINDS:
        count = 1000.0 if kind == "acute" else 100.0
        means |= {f"places:{kind}": same(count), f"occupied:{kind}": same(used.get(kind, 0.8) * count)}
        means[f"waiting:{kind}"] = same(0.0)
    for each in jam.held:
        other = next(
            (one.people for one in nothing.held if (one.here, one.there) == (each.here, each.there)), each.people
        )
        means[f"held:{each.here}>{each.there}"] = same(each.people, other)
    accounts = Accounts(("2016/17",), {}, {}, means)
    full = {kind: Saturation(4) for kind in KINDS}
    courses = [Course({}, full, [each]) for each in (jam, nothing)]
    fake = answer_to("plan=prevention_shift&years=1")
    return replace(fake, accounts=accounts, stations=Stations(RULES, *courses))


HOME_CARE = Jam((Held("acute", "home_care", 60.0),), (Hold("home_care", 60.0, 0.0, 0.0),), 1, 60.0)
BOTH = Jam(
    (Held("acute", "p1", 40.0), Held("acute", "care_home", 30.0)),
    (Hold("p1", 40.0, 0.0, 0.0), Hold("care_home", 30.0, 0.0, 0.0)),
    2,
    70.0,
)
ITSELF = Jam((), (Hold("acute", 0.0, 0.0, 0.0),), 1, 0.0)


# ---- the sentence -----------------------------------------------------------------------------------------------


def test_what_holds_up_the_rest_is_named_with_its_numbers():
    words = map_in_words(place(HOME_CARE, acute=0.95, home_care=1.0), 0, "plan")
    assert words.startswith("In 2016/17, with this plan, home care holds up the rest. ")
    assert "patients who are ready to leave on an average day, 60 wait in hospital beds for a next place: " in words
    assert "60 because of home care (100% in use on average, full)" in words
    assert "Hospital beds are 95% in use; without the people who wait in them to go on it would be 89%." in words


def test_nothing_is_said_to_be_nothing_and_the_fullest_is_named():
    words = map_in_words(place(Jam((Held("acute", "p1", 4.0),), (), 0, 4.0), care_home=0.93), 0, "plan")
    assert "no kind of place holds up the others to speak of: 4 people a day wait" in words
    assert "of 1,000 beds" in words
    assert "Fullest: care homes: 93% in use on average, very busy." in words


def test_two_are_named_together():
    words = map_in_words(place(BOTH, p1=1.0, care_home=0.99), 0, "plan")
    assert "2 kinds of place hold up the rest: care at home (P1) and care homes." in words
    assert "40 because of care at home (P1) (100% in use on average, full) and 30 because of care homes" in words


def test_a_hospital_short_by_itself_is_said_so():
    words = map_in_words(place(ITSELF, acute=1.0), 0, "plan")
    assert "hospital beds are short by themselves. Hospital beds are 100% in use on average (full)" in words
    assert "without the people" not in words


def test_the_difference_says_what_held_up_the_rest_before_and_what_does_now():
    words = map_in_words(place(Jam((Held("acute", "home_care", 5.0),), (), 0, 5.0), HOME_CARE), 0, "difference")
    assert "5 people a day wait in them for room elsewhere instead of 60" in words
    assert words.endswith("What holds up the rest is nothing to speak of, instead of home care.")


def test_a_model_without_places_says_so():
    bare = replace(answer_to("years=1"), stations=Stations())
    assert map_in_words(bare, 0, "plan") == "This model does not count places."
    assert "svg" not in to_html(page.shown(bare, look(year=0)))


@pytest.mark.parametrize("used", [0.8449, 0.8451, 0.8951, 0.9749, 0.9751, 0.9799, 0.98, 0.985])
def test_what_is_shown_alike_is_called_alike(used):
    """98% has one word, whether it was 97.6% or 98.4% before it was rounded; and the colour is that of the word."""
    shown = float(percent(used).rstrip("%")) / 100
    assert pressure_in_words(RULES, used) == pressure_in_words(RULES, shown)
    drawn = map_svg(RULES, place(NO_JAM, acute=used, p1=used), look(year=0))
    boxes = {each.get("data-place"): each for each in drawn.iter("g") if each.get("data-place")}
    word = next(each.text for each in boxes["p1"].iter("text") if each.get("class") == "place-word")
    assert f"is-{word.replace(' ', '-')}" in boxes["p1"].get("class")


def test_letters_are_as_large_as_the_style_sheet_draws_them():
    css = (ROOT / "assets" / "map.css").read_text(encoding="utf-8")
    for name, letters in LETTERS.items():
        rule = re.findall(rf"\.{name} {{ [^}}]*font-size: (\d+)px;([^}}]*)}}", css)
        assert rule, name
        assert (float(rule[0][0]), "font-weight: 700" in rule[0][1]) == (letters.size, letters.bold), name


def test_words_are_as_wide_as_arial_has_them():
    """Advance widths of the font at 1,000 units to the em: M 833, a 556, p 556; six digits as wide as each other."""
    assert Letters(1000).width("Map") == pytest.approx(833 + 556 + 556)
    assert Letters(10).width("012345") == pytest.approx(6 * 5.56)
    assert all(200 < Letters(1000).width(sign) < 1000 for signs in WIDTHS.values() for sign in signs)


def test_long_words_are_wrapped_and_what_still_does_not_fit_is_drawn_closer():
    lines = ["147,000 people wait to come in from the whole of the place", "68 wait"]
    drawn = map_drawing(
        [Box("acute", "A name that is far too long for the box that it is in", "95%", "busy", lines)], [], 1, ""
    )
    found = [each for each in drawn.iter("text") if each.get("class") == "place-line"]
    room = BOXES["acute"][2] - 16
    assert " ".join(each.text for each in found) == " ".join(lines)
    assert len(found) > len(lines)
    for each in drawn.iter("text"):
        letters = LETTERS[each.get("class")]
        assert letters.width(each.text) <= room or float(each.get("textLength")) <= room
    assert max(float(each.get("y")) for each in found) < BOXES["acute"][1] + BOXES["acute"][3]


# ---- since when -------------------------------------------------------------------------------------------------

MONTHS = ["2016-04-01", "2016-05-01", "2016-06-01", "2016-07-01"]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Saturation(4), "not full by Jul 2016 (in none of 4 runs)"),
        (Saturation(4, 4, 1, 0, 2), "first full in May 2016 (in 4 of 4 runs: between Apr 2016 and Jun 2016)"),
        (Saturation(4, 3, 0, 0, 0), "full from the start (in 3 of 4 runs: Apr 2016)"),
        (Saturation(4, 1, None, 2, 2), "not full by Jul 2016 in most runs (in 1 of 4 runs: Jun 2016)"),
    ],
)
def test_since_when_comes_with_how_sure(found, words):
    assert filled_at_length(found, MONTHS) == words
    assert words.startswith(filled_in_words(found, MONTHS))


# ---- the drawing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("show", SHOWS)
def test_every_kind_of_place_is_a_button_with_its_words(answer, show):
    svg = map_svg(RULES, answer, look(show))
    buttons = {each.get("data-place"): each.get("aria-label") for each in svg.iter("g") if each.get("role") == "button"}
    assert set(buttons) == set(KINDS)
    assert all(each.get("tabindex") == "0" for each in svg.iter("g") if each.get("role") == "button")
    assert all(any(sign.isdigit() for sign in words) for words in buttons.values())


@pytest.mark.parametrize("show", SHOWS)
def test_the_drawing_is_well_formed_and_every_arrow_stays_in_it(answer, show):
    svg = fromstring(to_html(map_svg(RULES, answer, look(show))))
    width, height = map(float, svg.get("viewBox").split()[2:])
    for path in svg.iter("path"):
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", path.get("d"))]
        assert all(-1 <= each <= max(width, height) for each in numbers)


def test_arrows_are_as_wide_as_the_people_and_the_widest_is_the_widest_of_all_years(answer):
    every = [each.plan for year in range(3) for each in moves(answer, year).values()]
    assert wide(max(every), max(every)) == WIDEST
    assert wide(max(every) / 2, max(every)) == WIDEST / 2
    assert wide(0.001, max(every)) > 0


def test_later_care_that_ended_goes_home(answer):
    found = moves(answer, 0)
    home = sum(people.plan for (_, target), people in found.items() if target == "home")
    sums = answer.accounts
    ended = sum(sums.sum(f"moved:{name}", 0).plan for name in sums.named("moved") if name.endswith((">home", ">ended")))
    assert home == pytest.approx(ended)


def test_words_of_others_stay_words():
    svg = map_drawing(
        [Box("acute", "<script>alert(1)</script>", says='"><b>')], [Way("emergency", "acute", 1, "<i>")], 1, "&"
    )
    text = to_html(svg)
    assert "<script" not in text
    assert "<b>" not in text
    assert "&lt;script&gt;" in text


def test_no_two_boxes_overlap():
    found = list(BOXES.values())
    for at, (left, top, width, height) in enumerate(found):
        for x, y, wide_, tall in found[at + 1 :]:
            assert left + width <= x or x + wide_ <= left or top + height <= y or y + tall <= top


# ---- cards and tables -------------------------------------------------------------------------------------------


def test_a_card_says_places_use_waits_since_when_and_who_pays():
    found = dict(rows(RULES, place(HOME_CARE, home_care=1.0), "home_care", 0, "plan"))
    assert found["Places"] == "100 on an average day"
    assert found["In use"] == "100, 100%: full"
    assert found["Waiting"] == "60 in hospital beds, 0 in other places, 0 at home"
    assert found["Holds up"].startswith("60 people in hospital beds")
    assert "council" in found["Who pays"]


def test_there_is_a_card_for_every_button(answer):
    html = to_html(cards(RULES, answer, look()))
    assert re.findall(r'data-card="(\w+)"', html) == list(KINDS)


def test_a_wait_is_those_who_wait_over_those_who_come_a_day(answer):
    """Little's law: 720 people a year come to home care from hospital, so a mean of so many in line wait so long."""
    stand = standing(answer.accounts, "home_care", 0, "plan")
    came = answer.accounts.sum("moved:acute>home_care", 0).plan
    assert wait_in_days(answer, stand, 0, "plan") == pytest.approx(stand.in_beds / (came / 365.25))


@pytest.mark.parametrize("show", SHOWS)
def test_the_table_has_a_row_for_every_kind_of_place(answer, show):
    first = to_html(tables(RULES, answer, look(show))[0])
    assert len(re.findall('<tr><th scope="row">', first)) == len(KINDS)


def test_a_change_that_chance_may_bring_is_not_called_one():
    unsure = Amount(60.0, 61.0, -4.0, 2.0)
    found = place(HOME_CARE)
    found.accounts.means["held:acute>home_care"] = (unsure,)
    assert queue(found, 0, "home_care").change == -1.0
    assert "no detectable difference" in to_html(tables(RULES, found, look("difference", 0)))
    assert map_in_words(found, 0, "difference").endswith(
        "The change in those who wait is no more than chance may bring."
    )


def test_the_words_are_defined_by_their_numbers():
    words = definitions(RULES)
    assert all(number in words for number in ("85%", "90%", "98%", "3 months", "1%"))


@pytest.mark.parametrize(("share", "words"), [(0.0, "0"), (0.0004, "0"), (0.012, "+1.2"), (-0.03, "\u22123")])
def test_changes_of_shares_are_points(share, words):
    assert signed_points(share) == words


# ---- the view ---------------------------------------------------------------------------------------------------


def test_the_view_is_one_component_and_its_reply_one_text(answer):
    view = next(part for part in layout(fake_catalogue())._traverse() if getattr(part, "id", "") == ids.view("map"))
    assert not list(view._traverse())
    reply = shown(answer, look(), "dark")
    assert set(reply["html"]) == {"title", "sample", "kpis", ids.view("map")}
    assert reply["figures"] == {}
    assert to_html(reply["spoken"]) in reply["html"][ids.view("map")]
