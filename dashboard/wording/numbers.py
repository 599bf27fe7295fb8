"""Numbers as a reader would say them: signs, units, directions, and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan

from dashboard.wording.language import _, mark, several

NO_DIFFERENCE = mark("no difference")
NOT_DETECTABLE = mark("no detectable difference")
NOTHING_TO_SEE = (NO_DIFFERENCE, NOT_DETECTABLE)
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure is shown: its words, its unit, and the factor from the model's unit to the one shown.

    series         name of the model's series
    title          its label in English; so are `apart`, `up`, `down` and `meaning`
    unit           as written with a number: "%", "£m" (before and after), or nothing
    apart          the unit of a difference, where it is not the same (percentage points)
    counts         whether it is counted in whole people, shown to about three figures
    up, down       words for a rise and a fall
    better         which way the measure improves: lower, higher or neither
    most           a value it cannot pass, in the unit shown
    a_year         whether a month's number stands for a rate a year (times twelve)
    """

    id: str
    series: str
    title: str
    unit: str
    scale: float
    digits: int
    apart: str
    up: str
    down: str
    meaning: str
    better: str = "lower"
    most: float = inf
    a_year: bool = False
    counts: bool = True

    @property
    def label(self) -> str:
        """What is counted, unit included where the number does not carry it."""
        return _(self.title)

    @property
    def says(self) -> str:
        """What it is, in a sentence or two."""
        return _(self.meaning)

    @property
    def change_unit(self) -> str:
        """What is written after the number of a difference."""
        return _(self.apart)

    @property
    def more(self) -> str:
        """The word for a rise."""
        return _(self.up)

    @property
    def less(self) -> str:
        """The word for a fall."""
        return _(self.down)

    def words(self, value: float) -> str:
        """A value with its unit, such as 93.4%, 12,000 or £120m."""
        return _dressed(rounded(value) if self.counts else value, self.digits, self.unit)

    def change(self, value: float) -> str:
        """The size of a difference with its unit, without a sign, such as 3.1 points."""
        return _dressed(abs(rounded(value) if self.counts else value), self.digits, self.change_unit)

    def direction(self, value: float) -> str:
        """The word for the sign of a difference."""
        return self.more if value > 0 else self.less


def is_tiny(measure: Measure, value: float) -> bool:
    """Whether a difference is written as 0, though there is one."""
    return value != 0 and not any(digit in measure.change(value) for digit in "123456789")


def size_of(measure: Measure, value: float) -> str:
    """The size of a difference; one that would be written as 0 is less than the least that is written."""
    if is_tiny(measure, value):
        return _("less than {least}", least=measure.change(10.0**-measure.digits))
    return measure.change(value)


def _dressed(value: float, digits: int, unit: str) -> str:
    if isnan(value):
        return _("not known")
    sign = MINUS if round(value, digits) < 0 else ""
    number = f"{abs(value):,.{digits}f}"
    return f"{sign}£{number}{unit[1:]}" if unit.startswith("£") else f"{sign}{number}{unit}"


def rounded(value: float) -> float:
    """A count to three figures, such as 4,120 or 86: more would pretend to know."""
    if isnan(value):
        return value
    step = 10 ** max(0, len(str(int(abs(value)))) - 3)
    return float(round(value / step) * step)


def whole(value: float) -> str:
    """A count in words, to three figures."""
    return f"{rounded(value):,.0f}"


def signed(value: float) -> str:
    """A change of a count, such as +120 or \u221286."""
    return f"{MINUS if value < 0 else '+'}{whole(abs(value))}" if whole(value) not in ("0", "-0") else "0"


def pounds(value: float) -> str:
    """Money in millions, such as £326m or £1.4m: one decimal below ten, and £0 for what would be £0.0m."""
    millions = round(value / 10**6, 1)
    return _dressed(value / 10**6, 0 if abs(millions) >= 10 else 1, "£m") if millions else "£0"


def signed_pounds(value: float) -> str:
    """A change of money, such as +£1.4m or \u2212£12m."""
    words = pounds(value)
    return f"+{words}" if value > 0 and words != pounds(0.0) else words


def lowered(text: str) -> str:
    """Text to stand inside a sentence: a small first letter, unless it begins with initials such as NHS."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def people_in_words(people: float) -> str:
    """A population such as 2.5 million people, or 318,000 people."""
    if people >= 10**6:
        return _("{millions} million people", millions=f"{people / 10**6:.1f}")
    shown = round(people, -3 if people >= 10**5 else 0)
    return several("{count} person", "{count} people", shown, count=f"{shown:,.0f}")


def listed(parts: Sequence[str]) -> str:
    """Words joined as in speech: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def sentence(text: str) -> str:
    """Text with a capital first letter and one full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


MEASURES: tuple[Measure, ...] = (
    Measure(
        id="occupancy",
        series="occupancy:acute",
        title=mark("Hospital beds in use"),
        unit="%",
        scale=100.0,
        digits=1,
        apart=mark(" points"),
        up=mark("higher"),
        down=mark("lower"),
        meaning=mark("Share of core hospital beds in use. Above 100%, escalation beds are in use too."),
        counts=False,
    ),
    Measure(
        id="delayed",
        series="delayed",
        title=mark("Patients delayed, a day"),
        unit="",
        scale=1.0,
        digits=0,
        apart="",
        up=mark("more"),
        down=mark("fewer"),
        meaning=mark("People well enough to leave who hold a hospital bed, on an average day."),
    ),
    Measure(
        id="emergency",
        series="admissions:emergency_overnight",
        title=mark("Emergency stays, a year"),
        unit="",
        scale=1.0,
        digits=0,
        apart="",
        up=mark("more"),
        down=mark("fewer"),
        meaning=mark(
            "Emergency admissions that stay at least one night. Fewer may also mean that people wait to get in."
        ),
        better="neither",
    ),
    Measure(
        id="waiting",
        series="emergency_wait_over_4h",
        title=mark("Bed waits over 4 hours"),
        unit="%",
        scale=100.0,
        digits=1,
        apart=mark(" points"),
        up=mark("higher"),
        down=mark("lower"),
        meaning=mark("Share of emergency patients who wait more than 4 hours for a hospital bed."),
        most=100.0,
        counts=False,
    ),
    Measure(
        id="gap",
        series="gap",
        title=mark("Money gap, a year"),
        unit="£m",
        scale=1 / 10**6,
        digits=0,
        apart="£m",
        up=mark("larger"),
        down=mark("smaller"),
        meaning=mark("By how much the place spends more than it has, as a rate a year, in 2015/16 prices."),
        a_year=True,
    ),
    Measure(
        id="elective",
        series="elective_waiting",
        title=mark("Waiting for planned care"),
        unit="",
        scale=1.0,
        digits=0,
        apart="",
        up=mark("more"),
        down=mark("fewer"),
        meaning=mark("People on the list for a planned hospital stay at the end of the year."),
    ),
)
"""Every measure the page speaks of."""

BY_ID = {measure.id: measure for measure in MEASURES}
CARDED = ("occupancy", "delayed", "emergency", "waiting", "gap")
CHARTED = ("occupancy", "delayed", "waiting", "gap")
BEHIND = {"waiting": ("waiting", "elective")}
"""Charts with more than their own measure in the numbers behind them."""
