"""What a change comes from, in words: whose part is how large, which way, and what cannot be told from chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from dashboard.facts.drivers import Driver, Part, Split, SplitYear
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import BY_ID, Measure, is_tiny, listed, lowered, sentence, size_of

FAMILIES = {"demand": mark("demand"), "flow": mark("flow"), "money": mark("money")}
MEANS = {
    "demand": mark("how many people come, and how ill"),
    "flow": mark("places to go to, and how people move on"),
    "money": mark("budgets, prices and rules"),
}
"""What each family is, for those who never met the word."""

OF_MORE = {
    "occupancy": mark("Of the {size} by which hospital beds in use are higher in {year}: {parts}."),
    "delayed": mark("Of {size} more patients delayed a day in {year}: {parts}."),
    "emergency": mark("Of {size} more emergency stays in {year}: {parts}."),
    "waiting": mark("Of the {size} by which bed waits over 4 hours are higher in {year}: {parts}."),
    "gap": mark("Of the {size} by which the money gap is larger in {year}: {parts}."),
    "elective": mark("Of {size} more people waiting for planned care in {year}: {parts}."),
}
OF_LESS = {
    "occupancy": mark("Of the {size} by which hospital beds in use are lower in {year}: {parts}."),
    "delayed": mark("Of {size} fewer patients delayed a day in {year}: {parts}."),
    "emergency": mark("Of {size} fewer emergency stays in {year}: {parts}."),
    "waiting": mark("Of the {size} by which bed waits over 4 hours are lower in {year}: {parts}."),
    "gap": mark("Of the {size} by which the money gap is smaller in {year}: {parts}."),
    "elective": mark("Of {size} fewer people waiting for planned care in {year}: {parts}."),
}
"""How the sentence begins, by measure."""

MOST_NAMED = 3


def driver_in_words(driver: Driver) -> str:
    """What a driver is called: a family by its word, a lever by its label."""
    return _(FAMILIES[driver.name]) if driver.name in FAMILIES else f"\u201c{_(driver.label)}\u201d"


def name_of(words: str) -> str:
    """What a driver is called where it stands alone."""
    plain = words.strip("\u201c\u201d")
    return f"{plain[:1].upper()}{plain[1:]}"


def split_in_words(found: Split, measure: Measure, year: int) -> str:
    """A division in a few sentences; nothing is left out because it is null."""
    shown = found.measures[measure.id][year]
    every = list(zip(found.drivers, shown.parts, strict=True))
    sure = sorted((each for each in every if each[1].is_sure), key=lambda each: -abs(each[1].mean))
    others = _("These are other replications than those of the cards, so the whole may differ from the card by chance.")
    return " ".join([*_whole(found, measure, shown, sure, year), *_rest(every), others])


def _whole(
    found: Split, measure: Measure, shown: SplitYear, sure: Sequence[tuple[Driver, Part]], year: int
) -> list[str]:
    whole, label = shown.whole, lowered(measure.label)
    if whole.is_none:
        return [_("The plan changes nothing in {measure} in {year}.", measure=label, year=found.labels[year])]
    if not whole.is_sure:
        said = _("In {year} the plan as a whole makes no detectable difference to {measure} ({span}).",
                 year=found.labels[year], measure=label, span=span_of(measure, whole))  # fmt: skip
        parts = listed([f"{driver_in_words(driver)} {of(measure, part)}" for driver, part in sure[:MOST_NAMED]])
        return [said, _("What can be told from chance: {parts}.", parts=parts)] if parts else [said]
    if is_tiny(measure, whole.mean):
        words = mark("In {year} the plan as a whole changes {measure} by {size}: there is hardly anything to divide.")
        return [_(words, year=found.labels[year], measure=label, size=size_of(measure, whole.mean))]
    along = [each for each in sure if each[1].mean * whole.mean > 0]
    begins = (OF_MORE if whole.mean > 0 else OF_LESS)[measure.id]
    named = [
        _("{size} from {driver}", size=size_of(measure, part.mean), driver=driver_in_words(driver))
        for driver, part in along[:MOST_NAMED]
    ]
    if more := along[MOST_NAMED:]:
        together = size_of(measure, sum(part.mean for _driver, part in more))
        words = several("{size} from {count} other", "{size} from {count} others together", len(more),
                        size=together, count=len(more))  # fmt: skip
        named.append(words)
    parts = listed(named) or _("no single part can be told from chance")
    said = _(begins, size=size_of(measure, whole.mean), year=found.labels[year], parts=parts)
    return [said, *_against(measure, [each for each in sure if each[1].mean * whole.mean < 0])]


def _against(measure: Measure, found: Sequence[tuple[Driver, Part]]) -> list[str]:
    """Parts that go against the whole, which is why the others are more than it."""
    words = mark("{driver} works the other way, by {size}")
    every = [(driver_in_words(driver), size_of(measure, part.mean)) for driver, part in found[:MOST_NAMED]]
    return [sentence(_(words, driver=driver, size=size)) for driver, size in every]


def _rest(every: Sequence[tuple[Driver, Part]]) -> list[str]:
    """What brings nothing, and what cannot be told from chance."""
    none = [driver_in_words(driver) for driver, part in every if part.is_none]
    unsure = [driver_in_words(driver) for driver, part in every if not (part.is_none or part.is_sure)]
    told = []
    if unsure:
        told.append(_("What comes from {drivers} cannot be told from chance.", drivers=listed(unsure)))
    if none:
        told.append(_("Nothing at all comes from {drivers}.", drivers=listed(none)))
    return told


def of(measure: Measure, part: Part) -> str:
    """A difference with its direction, such as "3.1 points lower"."""
    return f"{size_of(measure, part.mean)} {measure.direction(part.mean)}"


def span_of(measure: Measure, part: Part) -> str:
    """The interval of a difference, both ends with their direction."""
    if isnan(part.low):
        return _("range not known")
    if is_tiny(measure, part.low) and is_tiny(measure, part.high):
        return ""
    return _("{low} to {high}", low=_end(measure, part.low), high=_end(measure, part.high))


def _end(measure: Measure, value: float) -> str:
    return f"{size_of(measure, value)} {measure.direction(value)}" if value else measure.change(value)


UNITS = {
    "gap": mark("£ a head"),
    "delayed": mark("for a million people"),
    "occupancy": mark("points of all beds"),
    "waiting": mark("points of emergency patients"),
}
"""What stored moves are measured in."""


def moved_in_words(measure: str, value: float, *, per_head: bool) -> str:
    """How far a number moves a measure, such as "£12 higher"; the unit stands in the heading."""
    shown = BY_ID[measure]
    if per_head and measure == "gap":
        return f"£{abs(value):,.1f} {shown.direction(value)}"
    if per_head and measure == "delayed":
        return f"{abs(value):,.1f} {shown.direction(value)}"
    return f"{size_of(shown, value)} {shown.direction(value)}"
