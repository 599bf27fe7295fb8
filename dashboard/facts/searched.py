"""What came of a search, as plain frozen values, in the units shown; money is in pounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.facts.drivers import Part
from dashboard.facts.sought import Aim, Kind, Low, Turned
from dashboard.facts.stress import LimitTerm, When


@dataclass(frozen=True, slots=True)
class Asked:
    """About whom, and how often.

    people      simulated
    labels      the financial years of the run
    times       each setting is lived through
    """

    place: str
    people: float
    labels: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Limits as asked, their values those to be kept."""

    limits: tuple[LimitTerm, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Needed:
    """The least step of a scale that suffices on the mean; None where none that was tried does.

    maybe, surely   the bracket that chance leaves: the least that may suffice, and the least that surely does
    most            the last step
    from_start      whether the first step already suffices
    one_way         whether, of those tried, no further step stopped sufficing
    """

    least: float | None
    maybe: float | None
    surely: float | None
    most: float
    from_start: bool
    one_way: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What comes of one setting.

    net      pounds saved, less what is spent, by the end of the run
    levels   of every limit's measure where it is worst, in order
    holds    whether that suffices, on the mean
    """

    net: Part
    levels: tuple[Part, ...]
    holds: bool


Stance = Literal["cautious", "central", "hopeful"]


@dataclass(frozen=True, slots=True)
class TruthFound:
    """What must be true of a plan.

    within        whether the evidence allows what is needed
    believed      the plan as it stands, at the step `believed_at`
    ends          the same with the evidence of every programme at once read at either end, and in the middle
    allowed       the range of the evidence, of the share delivered; None of effects
    hopeful       of effects: the hopeful end of each as a multiple of its central value, in order
    outside       how many effects would lie beyond their own range at what is needed
    tried         what came of every step tried
    """

    asked: Asked
    kept: Kept
    aim: Aim
    turned: Turned
    needed: Needed
    within: bool
    believed: Seen
    believed_at: float
    ends: tuple[tuple[Stance, Seen], ...]
    allowed: tuple[float, float] | None
    hopeful: tuple[float, ...]
    outside: int
    tried: tuple[tuple[float, Seen], ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """A fund paid for so many years, in pounds a head a year; what is paid in and drawn in all, in pounds."""

    years: int
    needed: Needed
    paid_in: float
    drawn: float


@dataclass(frozen=True, slots=True)
class FundFound:
    """The transition fund needed.

    spells     by number of years paid; `best` the one that takes least money, None where no sum suffices
    unmoved    levels of the limits' measures without the shift
    without    with it and no fund; `suffices` whether that keeps the limits
    largest    with the largest fund tried, of `most` pounds a head a year
    course     paid in and drawn, year by year, with the least fund or with the largest
    idle       whether the largest fund is never drawn empty
    moves      whether a fund changes any limit's measure
    held       whether places are held whatever the books say
    """

    asked: Asked
    kept: Kept
    spells: tuple[Spell, ...]
    best: int | None
    unmoved: tuple[Part, ...]
    without: tuple[Part, ...]
    largest: tuple[Part, ...]
    course: tuple[tuple[Part, Part], ...]
    most: float
    suffices: bool
    idle: bool
    moves: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears some of a cost, pounds of the last year by point; the last of all is the place as a whole.

    best     the point at which it is least
    ties     points that cannot be told from that
    at_end   whether the least lies at an end of what was tried
    """

    name: str
    costs: tuple[Part, ...]
    best: int
    ties: tuple[int, ...]
    at_end: bool


@dataclass(frozen=True, slots=True)
class DelayFound:
    """The cost of places against the cost of delay, in the last year, by point.

    points              growth of places tried, percent a year
    capacity, delay     places open, and hospital beds held for want of one
    held_back           places planned that lack staff or capital
    above               what the place pays more than at its least
    bed_day, waiting    pounds for a day of a bed held, and of waiting outside hospital
    """

    asked: Asked
    kind: Kind
    staffed: bool
    points: tuple[float, ...]
    capacity: tuple[Part, ...]
    delay: tuple[Part, ...]
    held_back: tuple[Part, ...]
    bearers: tuple[Bearer, ...]
    above: tuple[Part, ...]
    bed_day: float
    waiting: float


@dataclass(frozen=True, slots=True)
class Mix:
    """A mix that was run anew with other people.

    settings   by lever, in the unit of its parameter
    changes    of each aim, against no shift
    levels     of every limit's measure where it is worst
    kept       whether the limits are kept surely, on the mean, or not
    still      whether no other mix is told to be better, and the limits are kept, with these people too
    tied       positions of mixes that cannot be told from it in any aim
    """

    settings: tuple[tuple[str, float], ...]
    changes: tuple[Part, ...]
    levels: tuple[Part, ...]
    kept: Literal["surely", "mean", "no"]
    still: bool
    tied: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MixFound:
    """The best mixes of a shift.

    dots       of every mix tried: the change of both aims with the people of the search, whether it keeps the limits
    feasible   how many of them do
    mixes      the front, lowest first aim first; where none keeps the limits, the one that breaks them least
    unmoved    no shift: levels of the limits' measures, and whether it keeps them
    worthless  whether no mix is told to be better than no shift in any aim
    confirmed  how often each of the front was run anew
    """

    asked: Asked
    kept: Kept
    lows: tuple[Low, Low]
    dots: tuple[tuple[float, float, bool], ...]
    feasible: int
    mixes: tuple[Mix, ...]
    unmoved: tuple[Part, ...]
    unmoved_kept: Literal["surely", "mean", "no"]
    worthless: bool
    confirmed: int


Searched = TruthFound | FundFound | DelayFound | MixFound
