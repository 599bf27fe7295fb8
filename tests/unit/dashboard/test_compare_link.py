"""What the link of a comparison means: scenarios, names, limits, and nonsense that can still be run."""

from __future__ import annotations

import pytest

from dashboard.link import comparison as links
from tests.unit.dashboard.comparisons import PLAN, QUICK, link, wanted
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_catalogue

pytestmark = pytest.mark.unit


def titles(found) -> list[str]:
    return [links.title(each, fake_catalogue()) for each in found.scenarios]


def test_a_scenario_is_a_plan_with_levers_and_a_name_in_the_place_of_the_comparison():
    (only,) = wanted(f"name=Home first&plan=prevention_shift&{GROWTH}=2", also="place=dorset&years=3").scenarios
    assert only.state.place == "dorset"
    assert only.state.years == 3
    assert only.state.settings == {GROWTH: 2.0}
    assert only.name == "Home first"


def test_what_is_read_is_written_again():
    text = link(
        f"name=A %26 b&plan=prevention_shift&{GROWTH}=2", "here", against="2", year="2016", also=f"{QUICK}&{PLAN}"
    )
    found = links.read(text, fake_catalogue())
    again = links.read(links.write(found, fake_catalogue()), fake_catalogue())
    assert again == found
    assert (found.against, found.year) == (1, 0)


def test_nobody_chose_so_the_page_and_a_few_plans_are_offered():
    assert titles(links.read(f"{GROWTH}=2", fake_catalogue()))[0] == "On the page: Do nothing, changed"
    assert titles(links.read("", fake_catalogue())) == ["Prevention shift", "Constant stay"]
    assert links.read("with=", fake_catalogue()).scenarios == ()


def test_a_pasted_address_is_read_whatever_view_it_is_of():
    (only,) = wanted(f"http://somewhere:8050/flow?{PLAN}&year=2016&show=difference#top").scenarios
    assert only.state.plan == "prevention_shift"
    assert wanted(f"http://somewhere:8050/flow?{PLAN}&year=2016&show=difference").notices == ()


def test_another_place_is_told_and_the_place_of_the_comparison_holds():
    found = wanted(f"{PLAN}&place=dorset&name=Ours")
    assert found.scenarios[0].state.place == fake_catalogue().default_place
    assert found.notices == (
        "“Ours” was made for Dorset; here it is worked out for West Yorkshire and Harrogate, as the others are.",
    )


@pytest.mark.parametrize("text", ["plan=invade", "http://somewhere/?plan=invade"])
def test_an_unknown_plan_is_left_out_and_never_taken_for_doing_nothing(text):
    found = wanted(text, PLAN)
    assert titles(found) == ["Prevention shift"]
    assert found.notices == ("There is no plan called “invade”; it was left out.",)


def test_words_that_are_no_link_are_left_out():
    found = wanted("hello <b>there</b>")
    assert found.scenarios == ()
    assert "is not a link of this page" in found.notices[0]


def test_the_seventh_is_left_out_and_named():
    found = wanted(*(f"{SHIFT}=0.0{number}&name=S{number}" for number in range(1, 8)))
    assert len(found.scenarios) == links.MOST
    assert found.notices == ("Six scenarios can be compared at most; “S7” was left out.",)


def test_the_same_twice_is_there_once():
    found = wanted(PLAN, f"{PLAN}&name=Ours", f"{SHIFT}=0.05&plan=prevention_shift")
    assert titles(found) == ["Prevention shift"]
    assert found.notices[0] == "“Ours” is there already, as “Prevention shift”."


def test_numbers_out_of_range_are_clamped_and_told():
    found = wanted(f"{SHIFT}=7")
    assert found.scenarios[0].state.settings == {SHIFT: 0.15}
    assert "is the most for" in found.notices[0]


@pytest.mark.parametrize(
    ("against", "year"), [("9", "1066"), ("-1", "x"), ("0", "99999999999"), ("¹", "nan"), ("", "")]
)
def test_what_to_hold_against_and_which_year_are_clamped(against, year):
    found = wanted(PLAN, against=against, year=year)
    assert (found.against, found.year) == (None, None)


@pytest.mark.parametrize("text", ["with=" * 500, "&".join(["with=x"] * 300), "%ff%fe=%00", "with=%00%01", "a" * 20_000])
def test_nonsense_is_a_comparison_that_can_be_run(text):
    found = links.read(text, fake_catalogue())
    assert len(found.scenarios) <= links.MOST


def test_until_ranges_are_narrow_has_no_meaning_for_several():
    found = wanted(PLAN, also="replications=narrow")
    assert found.scenarios[0].state.replications == "10"
    assert "10 replications each" in found.notices[0]
    assert found.question.replications == "narrow"
