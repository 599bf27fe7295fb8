"""The workshop kit is true: printed from its sources, levers and minutes as in the files, numbers with a page."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from docs.print_workshop import FOLDER, files
from docs.print_workshop.expected import expected, millions, told_apart
from docs.print_workshop.filling import filled
from docs.print_workshop.guide import guide
from docs.print_workshop.html import inline
from docs.print_workshop.levers import COSTS_NOTHING, FREE
from docs.print_workshop.places import expected_file
from docs.print_workshop.roles import load_roles, on_every_briefing
from docs.print_workshop.slides import load_decks
from sim.inputs import Faults, load_levers
from sim.workshop import Template, load_template, template_names
from sim.workshop.template import ROLES, WINS

pytestmark = pytest.mark.unit
GUIDE = FOLDER / "facilitator-guide.md"
DECKS = {name: f"slides/{name.replace('_', '-')}.html" for name in template_names()}
NAMES = (
    "facilitator-guide.md", *(f"roles/{role}.md" for role in ROLES), "roles/briefings.html", *DECKS.values(),
)  # fmt: skip
LEAST_QUESTIONS = 12
NUMBER = re.compile(r"£?\d[\d,]*\.\d+m?|£\d[\d,]*|\d[\d,]*(?= %)")
"""Quantities in a sentence: amounts of money, decimals, percentages."""


def section(title: str) -> str:
    text = GUIDE.read_text(encoding="utf-8")
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


@cache
def template(name: str) -> Template:
    return load_template(name)


@cache
def printed() -> dict[str, str]:
    """The kit as the command would print it now."""
    return files()


@pytest.mark.parametrize("name", NAMES)
def test_the_kit_is_what_its_sources_say(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == printed()[name], "run `make docs`"


def test_every_file_that_is_printed_is_looked_at():
    assert set(NAMES) == set(printed())


def test_every_role_is_briefed_on_the_levers_that_the_workshops_give_it():
    """No more and no fewer, from the workshops' own files."""
    offered = {role: set() for role in ROLES}
    for name in template_names():
        for role, paths in template(name).levers.items():
            offered[role] |= set(paths)
    assert {each.role: set(each.owns) for each in load_roles()} == offered


@pytest.mark.parametrize("role", ROLES)
def test_a_briefing_names_each_lever_as_the_screens_do(role):
    text = printed()[f"roles/{role}.md"]
    for ready in map(template, template_names()):
        for path in ready.levers.get(role, ()):
            span = ready.spans[path]
            low, high = (f"{end * span.scale:g}" for end in (span.low, span.high))
            assert f"| **{span.label}**, {low} to {high} {span.unit} |" in text


@pytest.mark.parametrize("name", ["roles/briefings.html", *DECKS.values()])
def test_pages_to_show_fetch_nothing(name):
    """They must work in a room without internet, opened from a folder."""
    assert not re.search(r"https?:|\bsrc=|<link|@import|url\(", printed()[name])


@pytest.mark.parametrize("name", DECKS)
def test_every_round_has_its_slide_and_its_results(name):
    rounds = list(range(1, len(template(name).rounds) + 1))
    slides = load_decks()[name]
    assert [each["round"] for each in slides if "round" in each] == rounds
    shown = [each["bars"]["round"] for each in slides if "bars" in each]
    assert sorted(set(shown)) == rounds
    assert all(each["notes"] for each in slides)
    order = [each.get("round") or each["bars"]["round"] for each in slides if "round" in each or "bars" in each]
    assert order == sorted(order)


@pytest.mark.parametrize("name", DECKS)
def test_numbers_on_slides_stand_on_the_page_of_expected_results(name):
    page = set(re.findall(r"[^\s|]+", expected_file(name).read_text(encoding="utf-8")))
    levels = re.findall(r'class="level">([^<]+)<', printed()[DECKS[name]])
    changes = " ".join(re.findall(r'class="change">([^<]+)<', printed()[DECKS[name]])).replace("\N{MINUS SIGN}", "-")
    assert len(levels) > len(template(name).plays)
    assert set(levels) <= page
    found = re.findall(r"\(?-?\d[\d,.]*\)?", changes)
    assert found
    assert {each.strip("(),") for each in found} <= {each.strip("(),") for each in page}


def test_numbers_in_words_are_filled_in_and_not_typed():
    """Confidence of an interval and a full hospital may be spelled out."""
    allowed = {"95", "100"}
    for path in (*FOLDER.glob("slides/*.yaml"), FOLDER / "roles" / "roles.yaml"):
        text = re.sub(r"\{[^{}]*\}", "", path.read_text(encoding="utf-8"))
        assert set(NUMBER.findall(text)) <= allowed, path.name


@pytest.mark.parametrize("name", template_names())
def test_the_timetable_fills_the_time_and_gives_each_round_its_own(name):
    ready = template(name)
    part = section(f"{ready.title}, {ready.minutes:g} minutes")
    rows = [
        (int(start), int(takes), step)
        for start, takes, step in re.findall(r"^\| (\d+) \| (\d+) \| (.+?) \|", part, re.M)
    ]
    assert rows[0][0] == 0
    assert all(after[0] == before[0] + before[1] for before, after in pairwise(rows))
    assert sum(takes for _, takes, _ in rows) == ready.minutes
    decided = [takes for _, takes, step in rows if step.startswith("Decide")]
    assert decided == [each.minutes for each in ready.rounds]


@pytest.mark.parametrize("name", template_names())
def test_the_timetable_shows_the_slides_there_are(name):
    """A round's own slide when it is decided, its charts when it is revealed, and none that the deck has not."""
    ready, slides = template(name), load_decks()[name]
    part = section(f"{ready.title}, {ready.minutes:g} minutes")
    shown = {"Decide": [], "Reveal": []}
    for step, show in re.findall(r"^\| \d+ \| \d+ \| (.+?) \| (.*?) \|", part, re.M):
        numbers = [int(each) for each in re.findall(r"\d+", show.partition("slide")[2])]
        assert all(1 <= each <= len(slides) for each in numbers), (step, show)
        if step.split()[0] in shown:
            shown[step.split()[0]].append(slides[numbers[0] - 1])
    rounds = [number + 1 for number in range(len(ready.rounds))]
    assert [each["round"] for each in shown["Decide"]] == rounds
    assert [each["bars"]["round"] for each in shown["Reveal"]] == rounds


def test_levers_that_cost_nothing_say_so_where_people_decide_and_others_do_not():
    assert {lever.path for lever in load_levers() if COSTS_NOTHING in lever.help} == set(FREE)
    for name in DECKS:
        offered = [path for paths in template(name).levers.values() for path in paths]
        assert printed()[DECKS[name]].count(f"<em>{COSTS_NOTHING}</em>") == len(set(FREE) & set(offered))


def test_every_briefing_tells_the_year_of_its_prices():
    assert any("2015/16" in each for each in on_every_briefing())
    for name in (each for each in printed() if each.startswith("roles/")):
        assert all(inline(each) in printed()[name] or each in printed()[name] for each in on_every_briefing())


def test_money_that_moved_is_more_than_what_was_newly_spent_on_care():
    """From the books: a transfer also fills deficits."""
    found = expected("beds_or_packages")[0]
    assert found.moved("packages") == millions("£25.6m")
    assert 0 < found.bought("packages") < found.moved("packages")
    assert found.bought("nothing") == 0


@pytest.mark.parametrize("name", template_names())
def test_whoever_closes_beds_is_shown_to_win_at_money_and_not_at_waits(name):
    """In `fortress_or_place` a wish saves more still."""
    last = expected(name)[-1]
    assert "fewer_beds" in last.plays
    assert millions(last.whole("fewer_beds", "Gap")) < millions(last.whole(last.plays[0], "Gap"))
    assert told_apart(last.change("fewer_beds", "emergency_wait_hours"))
    assert "fewer_beds" not in last.best["waits"].split(", ")


@pytest.mark.parametrize("name", template_names())
def test_the_guide_reads_out_what_the_rounds_say_and_plays_the_cards_of_the_results(name):
    ready = template(name)
    part = section(f"{ready.title}, {ready.minutes:g} minutes")
    assert not [each.says for each in ready.rounds if each.says not in part]
    played = [ready.cards[card].title for cards in ready.before for card in cards]
    assert re.findall(r"\*\*Then play \"(.+?)\"\*\*", part) == played
    assert [int(each) for each in re.findall(rf"<!-- expected {name} round (\d)", part)] == [
        number + 1 for number in range(len(ready.rounds))
    ]


def questions() -> list[tuple[str, str]]:
    return re.findall(r"^\*\*([^*\n]+)\*\* (.+?)(?:\n\n|\Z)", section("Hard questions"), re.M | re.S)


def test_there_are_answers_enough():
    assert len(questions()) >= LEAST_QUESTIONS
    assert len(questions()) == section("Hard questions").count("\n**")


@pytest.mark.parametrize(("asked", "answer"), questions(), ids=lambda text: text[:40])
def test_every_answer_points_to_a_page_that_holds_its_numbers(asked, answer):
    pages = [(FOLDER / link.partition("#")[0]).resolve() for link in re.findall(r"\]\(([^)]+)\)", answer)]
    assert pages
    told = "\n".join(each.read_text(encoding="utf-8") for each in pages)
    shares = {f"{float(each) * 100:g}" for each in re.findall(r"\| (0\.\d+) \|", told)}
    known = set(re.findall(r"\d[\d,.]*\d|\d", told)) | shares
    wanted = {each.strip("£m") for each in NUMBER.findall(re.sub(r"\]\([^)]+\)", "]", f"{asked} {answer}"))}
    assert wanted <= known


def test_the_guide_takes_its_tables_from_the_pages():
    """Whatever stood between the marks goes, and what stands outside them stays."""
    mark = "<!-- expected beds_or_packages round 2: delayed -->\n"
    made = guide(f"before\n{mark}stale\n<!-- end -->\nafter\n")
    assert made.startswith(f"before\n{mark}")
    assert made.endswith("<!-- end -->\nafter\n")
    assert "stale" not in made
    assert f"| {expected('beds_or_packages')[1].level('packages', 'delayed')}<br>" in made
    assert guide(made) == made


@pytest.mark.parametrize(
    "asked",
    ["level beds_or_packages 2 packages nowhere", "book fortress_or_place 1 alone acute luck", "wish policy.max_cut",
     "number policy.no_such_thing"],
)  # fmt: skip
def test_a_number_there_is_none_of_is_refused(asked):
    with pytest.raises((KeyError, Faults)):
        filled(f"so many: {{{asked}}}")


def test_texts_are_escaped_and_their_minus_is_one():
    assert inline("**a** < `b` & -3 to x-4") == "<strong>a</strong> &lt; <code>b</code> &amp; \N{MINUS SIGN}3 to x-4"


def test_a_change_is_told_apart_by_its_interval():
    assert told_apart("-28.0 (-42.2 to -13.8)")
    assert told_apart("1,234 (98 to 5,915)")
    assert not told_apart("0.0 (-5.6 to 43.9)")
    assert not told_apart("0.00 (-0.32 to 0.00)")


def test_every_way_to_win_and_every_role_has_its_words():
    from docs.print_workshop import slides

    assert set(slides.WINS) == set(WINS)
    assert {each.role: each.title for each in load_roles()} == slides.ROLES


def test_the_page_for_the_hurried_has_ten_lines():
    text = (Path(FOLDER).parent / "how-to" / "run-a-workshop.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^\d+\. ", text, re.M)) == 10
