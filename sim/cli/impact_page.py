"""What an answer leans on, in words and tables: on the screen, and on the page of the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from sim.cli.page import Block, Heading, Table
from sim.cli.screen import number
from sim.experiments.impact import Grade, Impact, Impacts, Shift, grade_of_baseline, grade_of_effect
from sim.experiments.impact.grade import effect_yardsticks, yardsticks
from sim.experiments.impact.ranking import ranked, shown_in
from sim.inputs import Parameters
from sim.results.dates import financial_year
from sim.results.measures import measure_of

MOST = 15
"""Numbers in a ranking."""

RANKED = ("gap", "delayed", "occupancy:acute")
EFFECTS_RANKED = ("gap", "delayed", "emergency_bed_days")
GRADES: tuple[Grade, ...] = ("large", "medium", "small", "not seen", "none", "does not close")
WITH_PLACES, DOES_NOT_CLOSE = "†", "‡"


def blocks(found: Impacts, known: Parameters) -> Iterator[Block]:
    """Everything there is to say, in order."""
    yield from _asked(found)
    yield Heading("How much, in words")
    yield from _rule(found)
    yield Heading("What the baseline leans on")
    for series in RANKED:
        yield from _ranking(found, known, series, effect=False)
    yield Heading("What the plan's effect leans on")
    for series in EFFECTS_RANKED:
        yield from _ranking(found, known, series, effect=True)
    yield Heading("What is worth finding out")
    yield from _worth_finding_out(found, known)
    yield Heading("Where the base year does not close")
    yield from _not_closing(found)
    yield Heading("What this is not")
    yield (
        "One number at a time: what two do together is not here, and is often more or less than the sum; "
        "`upstream uncertainty` draws them all at once. An end of a range is not a likely value, and most ranges are "
        "judgement. The form of the model is not moved at all. A number that moves nothing here may matter in another "
        "place, in another plan, or further on than these years."
    )


def _asked(found: Impacts) -> Iterator[Block]:
    made = found.made
    yield (
        f"Each of {len(found.numbers)} doubtful numbers is moved alone to the low and to the high end of its range, "
        f"all else as believed, in a place of {made.people:,.0f} people ({made.footprint}), for {made.years} years, "
        f"{made.replications} replications of the same people (seed {made.seed}). *Baseline* is `{made.against}`; *the "
        f"plan's effect* is `{made.scenario}` less that, pair by pair. What is shown is of the final year, "
        f"{financial_year(made.years - 1)}. A number kept by age or organisation is moved as one. Ranges hold for all "
        f"numbers at once ({number(made.level, 3)} % each), since the largest of many are looked at; where a range "
        "holds zero, it is said that no difference can be seen, which is not that there is none. Above 0 is more of "
        "the measure: a larger gap, more beds."
    )
    rows = [
        (measure_of(series).label, _unit(series), _value(found.baseline[series].mean, series),
         _span(found.baseline[series], series), _signed(found.effect[series].mean, series),
         _span(found.effect[series], series))
        for series in found.baseline
    ]  # fmt: skip
    columns = ("", "unit", "baseline", "95 % interval", "plan's effect", "95 % interval")
    yield Table("With every number as believed", columns, rows, 2)


def _rule(found: Impacts) -> Iterator[Block]:
    large, effects = yardsticks(found), effect_yardsticks(found)
    said = [_yardstick(series, size) for series, size in large.items()]
    yield (
        f"On the baseline an end of a range is *large* from {'; '.join(said)} on: a tenth of the gap and of the "
        "delayed beds as believed, two points of the beds. *Medium* is a fifth of that or more, *small* is less, where "
        "it can be seen. The grade is that of the measure and of the end that move most."
    )
    said = [_yardstick(series, size) for series, size in effects.items()]
    yield (
        f"On the plan's effect, *large* is half of the effect as believed: {'; '.join(said)}."
        if said
        else "The plan has no effect on the gap or on emergency bed days that can be seen, so nothing is graded by it."
    )
    counts = [Counter(grade(found, name) for name in found.numbers) for grade in (grade_of_baseline, grade_of_effect)]
    rows = [
        (grade, *(str(count[grade]) for count in counts)) for grade in GRADES if any(each[grade] for each in counts)
    ]
    yield Table("Numbers by how much they matter", ("", "baseline", "plan's effect"), rows, 1)


def _yardstick(series: str, size: float) -> str:
    return f"{_value(size, series)} ({measure_of(series).label.lower()}, {_unit(series)})"


def _ranking(found: Impacts, known: Parameters, series: str, *, effect: bool) -> Iterator[Block]:
    """The numbers that move a measure most; only those whose move can be seen."""
    names = ranked(found, series, effect=effect)
    what = f"{'The effect on ' if effect else ''}{measure_of(series).label.lower()}, {_unit(series)}"
    if not names:
        yield f"{what[:1].upper()}{what[1:]}: no single number moves it so that it can be seen."
        return
    rows = [
        (f"`{name}`", _says(known, name), *_ends(found, name, series, effect=effect), known[name].confidence)
        for name in islice(names, MOST)
    ]
    title = f"{what[:1].upper()}{what[1:]}; {len(names)} of {len(found.numbers)} numbers can be seen to move it"
    yield Table(title, ("number", "what it is", "at its low end", "at its high end", "evidence"), rows, 2)


def _ends(found: Impacts, name: str, series: str, *, effect: bool) -> tuple[str, str]:
    """The change at the low and at the high end, in cells."""
    cells = {each.end: _cell(each, series, effect=effect) for each in found.of(name)}
    return cells["low"], cells["high"]


def _cell(each: Impact, series: str, *, effect: bool) -> str:
    return f"{change_in_words(each, series, effect=effect)} {mark_of(each)}".rstrip()


def mark_of(each: Impact) -> str:
    """A mark for an end with other places, or at which the base year does not close; empty for others."""
    return WITH_PLACES if each.places else DOES_NOT_CLOSE if each.unlike else ""


def change_in_words(each: Impact, series: str, *, effect: bool) -> str:
    """A change in the unit shown; words where it cannot be seen, is none, or the place is impossible."""
    if each.impossible:
        return "impossible"
    shift = (each.effect if effect else each.baseline)[series]
    if shift.none:
        return "0"
    return _signed(shift.mean, series) if shift.seen else "not seen"


def _worth_finding_out(found: Impacts, known: Parameters) -> Iterator[Block]:
    rows = [
        (f"`{name}`", _says(known, name), baseline, effect, known[name].source.replace("_", " "))
        for name in found.numbers
        if known[name].confidence == "low"
        and "large" in ((baseline := grade_of_baseline(found, name)), (effect := grade_of_effect(found, name)))
    ]
    if not rows:
        yield "No number of low confidence has a large impact here."
        return
    yield "Numbers of low confidence on which the answer leans most: to find one of these out is worth most."
    columns = ("number", "what it is", "on the baseline", "on the plan's effect", "source")
    yield Table("Low confidence, large impact", columns, rows, 5)


def _not_closing(found: Impacts) -> Iterator[Block]:
    yield (
        "How full places were in 2015/16 is known. A rate, a stay or a route at one end of its range often asks for "
        "more places than there were, or leaves beds empty that were in use: the hospital is full on the first day "
        "and stays so, and what is then measured is a hospital that there never was. At such an end the number was "
        "moved a second time, together with as many places as keep their use as believed, and that is what counts "
        f"above (marked {WITH_PLACES}). Numbers of places themselves cannot be moved so: an end at which there are too "
        f"few or too many (marked {DOES_NOT_CLOSE}) is shown, and left out of rankings and grades. (That "
        "was decided after a first table was seen; it took some places of intermediate care off the top of the list "
        "of delayed beds.) Here is what each would have said alone."
    )
    alone = {(each.number, each.end): each for each in found.moves if each.unlike and not each.places}
    rows = [
        (f"`{name}`", end, ", ".join(each.unlike).replace("_", " "), *_before_and_after(found, each))
        for (name, end), each in alone.items()
    ]
    columns = (
        "number",
        "end",
        "places whose use would be wrong",
        "gap alone",
        "with places",
        "delayed alone",
        "with places",
    )
    yield Table("Change of the gap, £ a head, and of delayed beds for a million people", columns, rows, 3)
    gone = sorted({f"`{each.number}` at its {each.end} end" for each in found.moves if each.impossible})
    if gone:
        yield f"No place can be made with {', '.join(gone)}: shares of a way out would add up to more than one."


def _before_and_after(found: Impacts, alone: Impact) -> Iterator[str]:
    after = next((each for each in found.of(alone.number) if each.end == alone.end and each.places), None)
    for series in ("gap", "delayed"):
        yield change_in_words(alone, series, effect=False)
        yield change_in_words(after, series, effect=False) if after else "-"


def _says(known: Parameters, name: str) -> str:
    return " ".join(known[name].says.split())


def _unit(series: str) -> str:
    return shown_in(series)[0]


def _value(value: float, series: str) -> str:
    _, scale, digits = shown_in(series)
    return number(value * scale, digits)


def _signed(value: float, series: str) -> str:
    text = _value(value, series)
    if not text.strip("0."):
        return "about 0"
    return text if value < 0 else f"+{text}"


def _span(interval: Shift | object, series: str) -> str:
    low, high = (getattr(interval, name) for name in ("low", "high"))
    return f"{_value(low, series)} to {_value(high, series)}"


def rows_of(found: Impacts, names: Sequence[str]) -> list[dict[str, object]]:
    """Numbers with their grades, as plain values."""
    return [
        {"number": name, "baseline": grade_of_baseline(found, name), "effect": grade_of_effect(found, name)}
        for name in names
    ]
