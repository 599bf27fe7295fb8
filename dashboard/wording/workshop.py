"""Words of the workshops' screens: roles, phases, ways to win, measures, and what a newcomer may not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import BY_ID, Measure

ROLES: Mapping[str, str] = {
    "acute": mark("Acute trust"),
    "community": mark("Community provider"),
    "social_care": mark("Adult social care"),
    "public_health": mark("Public health"),
    "place": mark("Place lead"),
}
SHORT_ROLES: Mapping[str, str] = {
    "acute": mark("hospital"),
    "community": mark("community"),
    "social_care": mark("social care"),
    "public_health": mark("public health"),
    "place": mark("place lead"),
}
"""As said in a sentence, of who gives or takes money."""
BRIEFINGS: Mapping[str, str] = {
    "acute": mark(
        "You run the hospitals. They are full, in part of people who are well enough to leave and have nowhere to go. "
        "Most of the money is yours, and so is the blame when people wait for a bed. Others can relieve you, but they "
        "need money to do it."
    ),
    "community": mark(
        "You run care at home after a hospital stay, and community beds for people who are not ready for home. You "
        "can take people out of hospital sooner, if you can pay for the places and find the staff."
    ),
    "social_care": mark(
        "You buy home care and care home places for adults who need help to live. Your budget shrinks while need "
        "grows. When your places are full, people wait in hospital beds that somebody else pays for."
    ),
    "public_health": mark(
        "You run programmes that keep people well, such as classes against falls. They cost money now and act later, "
        "some of them not at all. Your budget is small; the case for it must be made to others."
    ),
    "place": mark(
        "You speak for the whole place: everybody who lives there, and all the money together. While every "
        "organisation balances its own books you have no levers, only words. In rounds with one pot the shared levers "
        "are yours to propose. Roles that nobody took fall to you."
    ),
}
"""What a role is, in a paragraph."""
IN_A_LINE: Mapping[str, str] = {
    "acute": mark("The hospitals: full, and in charge of most of the money."),
    "community": mark("Care at home after hospital, and community beds."),
    "social_care": mark("The council's home care and care homes."),
    "public_health": mark("Programmes that keep people well."),
    "place": mark("Everybody who lives there, and all the money together."),
}
"""The same for whoever is choosing."""

PHASES: Mapping[str, str] = {
    "lobby": mark("Welcome"),
    "decide": mark("Decide"),
    "lock": mark("Locked"),
    "run": mark("Running"),
    "reveal": mark("Results"),
    "debrief": mark("Talk about it"),
    "finished": mark("The end"),
}
STEPS = ("decide", "run", "reveal", "debrief")
"""Phases that are shown as steps of a round; a locked round is about to run."""

WAYS: Mapping[str, str] = {"fortress": mark("Fortress"), "place": mark("One pot")}
WAYS_SAY: Mapping[str, str] = {
    "fortress": mark(
        "Every organisation balances its own books, sees only those, and moves only its own levers. Money moves "
        "between organisations only if both agree."
    ),
    "place": mark(
        "There is one sum of money and one plan for the whole team. Everybody at the table moves the same levers, and "
        "whoever moves one moves it for all. No screen says who moved what: talk."
    ),
}

WINS: Mapping[str, str] = {
    "flow": mark("Flow"), "people": mark("People"), "money": mark("Money"), "promises": mark("Promises"),
    "waits": mark("Waits"),
}  # fmt: skip
WINS_SAY: Mapping[str, str] = {
    "flow": mark("fewest people ready to leave, still in a bed"),
    "people": mark("fewest waiting too long for care outside"),
    "money": mark("smallest money gap of all rounds"),
    "promises": mark("most money paid as agreed, less what was kept back"),
    "waits": mark("shortest wait for an emergency bed"),
}

FAMILIES: Mapping[str, str] = {
    "demand": mark("Demand"), "flow": mark("Flow"), "money": mark("Money"),
}  # fmt: skip
FAMILIES_SAY: Mapping[str, str] = {
    "demand": mark("who comes, and prevention"),
    "flow": mark("places, and how people move through them"),
    "money": mark("budgets, and what is done when they run short"),
}

ORGANISATIONS: Mapping[str, str] = {
    "acute": mark("Acute trust"),
    "community": mark("Community provider"),
    "social_care": mark("Adult social care"),
    "public_health": mark("Public health"),
    "other_nhs": mark("Other NHS"),
    "transition_fund": mark("Transition fund"),
}
BOOKS: Mapping[str, tuple[str, str]] = {
    "income": (mark("Income"), mark("The organisation's own budget.")),
    "transfer": (mark("Moved in or out"), mark("Money from (+) or to (\u2212) other organisations.")),
    "spending": (mark("Spending"), mark("Beds, staff, places and programmes.")),
    "balance": (mark("Balance"), mark("Below zero: more was spent than there was.")),
    "stranded": (
        mark("Stranded cost"),
        mark("Part of what was spent: buildings and staff sized for beds or work that are no longer there."),
    ),
}

WORDS: Mapping[str, str] = {
    "bars": mark(
        "The dot is a team's change, the line is its range, and the small upright mark is doing nothing. Left of the "
        "mark is less, right of it is more. A hollow dot cannot be told from doing nothing; a square one is worse."
    ),
    "interval": mark(
        "The model was run several times with different luck. In 95 of 100 such sets of runs the true average lies "
        "within the range told. \u201cNo detectable difference\u201d: the change is no larger than luck may bring."
    ),
    "nothing": mark(
        "The same place, with the same people and the same cards, where nobody decides anything. Every team has the "
        "same people too, so a difference is the plan's and not luck's."
    ),
    "gap": mark("By how much all organisations together spend more than they have, in prices of 2015/16."),
    "card": mark("Something that happens to every team, and to doing nothing too."),
    "agreement": mark(
        "The hospital pays another organisation a share of its own budget, every year, until it breaks the agreement. "
        "Both sides must agree. Only the hospital can break it; the other side learns of that when results are shown."
    ),
    "breach": mark(
        "What a breach cost the place is told nowhere: that would take the same plan with the agreement kept, which "
        "nobody played. The books tell who paid, and who had the money."
    ),
    "lever": mark(
        "Something you may change. What you set holds from this round on, until you change it "
        "again. \u201cStood at\u201d says where it was when the round began."
    ),
}

UNDIVIDED: Mapping[str, str] = {
    "unchanged": mark("Nothing was changed, so there is nothing to divide"),
    "failed": mark("This could not be divided"),
    "": mark("Still being worked out"),
}
"""Why a change is not divided among demand, flow and money; the last comes to an end by itself."""

NOT_RUN = mark("The round could not be run. The facilitator sees why.")
"""What everybody else is told: why it could not is for the console."""

HEADLINES: Mapping[str, Measure] = {
    each.series: each
    for each in (
        replace(BY_ID["occupancy"], better="lower"),
        replace(BY_ID["delayed"], title=mark("Ready to leave, still in a bed")),
        Measure(
            id="bed_wait", series="emergency_wait_hours", title=mark("Wait for an emergency bed"), unit=" h",
            scale=1.0, digits=1, apart=" h", up=mark("longer"), down=mark("shorter"), counts=False,
            meaning=mark(
                "Average hours from the decision to admit somebody as an emergency to a free bed. Hundreds of hours "
                "mean a hospital that is full for good; a real place would have done something else long before."
            ),
        ),
        Measure(
            id="long_waits", series="elective_over_18w", title=mark("Planned care: over 18 weeks"), unit="",
            scale=1.0, digits=0, apart="", up=mark("more"), down=mark("fewer"),
            meaning=mark("People who wait longer than 18 weeks for a bed for planned treatment."),
        ),
        Measure(
            id="unmet", series="unmet", title=mark("Too long a wait for care outside"), unit="",
            scale=1.0, digits=0, apart="", up=mark("more"), down=mark("fewer"),
            meaning=mark("People who wait too long for community or social care."),
        ),
        replace(BY_ID["emergency"], title=mark("Emergency stays in the year"), better="lower"),
        Measure(
            id="bed_days", series="emergency_bed_days", title=mark("Emergency bed days in the year"), unit="",
            scale=1.0, digits=0, apart="", up=mark("more"), down=mark("fewer"),
            meaning=mark(
                "One bed in use by an emergency patient for one day. Fewer may mean that people cannot get in."
            ),
        ),
        replace(BY_ID["gap"], title=mark("Money gap of the year"), meaning=WORDS["gap"]),
    )
}  # fmt: skip
"""How the headline measures of a round are shown, by series."""


def role_in_words(role: str) -> str:
    """A role as a title, such as Acute trust."""
    return _(ROLES.get(role, role))


def short_role(role: str) -> str:
    """A role in the middle of a sentence, such as hospital."""
    return _(SHORT_ROLES.get(role, role))


def round_in_words(number: int, rounds: int) -> str:
    """Which round of how many, counted from 0."""
    return _("Round {number} of {all}", number=number + 1, all=rounds)


def years_in_words(years: int) -> str:
    """How long a round plays."""
    return several("{count} year", "{count} years", years, count=years)


def seconds_left(left: float) -> int:
    """Whole seconds left, a second that has begun included: as scripts count."""
    return max(0, ceil(left))


def clock_in_words(left: float) -> str:
    """Minutes and seconds left, such as 4:05."""
    minutes, seconds = divmod(seconds_left(left), 60)
    return f"{minutes}:{seconds:02d}"
