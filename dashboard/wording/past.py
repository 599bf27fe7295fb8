"""What the back-test shows, in plain sentences made from its numbers: what failed as plainly as what did not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dashboard.facts.past import Past, PastScore, PastSeries, PastYear
from dashboard.wording.language import _, mark, several, short_months
from dashboard.wording.numbers import MINUS, Measure, listed, lowered, sentence

Verdict = Literal["better", "no better", "worse"]

LABELS = {
    "delayed_total": mark("All delayed days"),
    "delayed_acute": mark("Acute delayed days"),
    "delayed_nonacute": mark("Non-acute delayed days"),
    "nhs_share": mark("Share laid to the NHS"),
    "social_care_share": mark("Share laid to social care"),
    "occupancy": mark("General and acute beds in use"),
    "emergency_bed_days": mark("Emergency bed days"),
}
UNITS = {
    "delayed_total": mark("thousand a year"),
    "delayed_acute": mark("thousand a year"),
    "delayed_nonacute": mark("thousand a year"),
    "nhs_share": mark("% of delayed days"),
    "social_care_share": mark("% of delayed days"),
    "occupancy": mark("% of beds"),
    "emergency_bed_days": mark("thousand a year"),
}
NOTES = {
    "delayed_acute": mark("Nothing that the model was given says what changed after the fitted years."),
    "delayed_nonacute": mark(
        "The model has no mental health or community hospitals of their own; one fitted share stands for them."
    ),
    "nhs_share": mark(
        "In the model the kind of place that people wait for fixes to whom delay is laid, so its shares hardly move."
    ),
    "social_care_share": mark("All observations are of single months."),
    "emergency_bed_days": mark(
        "One fitted factor makes the model meet the fitted year, whatever else it does; that year proves nothing."
    ),
}
"""What a reader should know of a series besides its numbers; true of how it was made, whatever came out."""

BRIEFLY: dict[Verdict, str] = {"better": mark("better"), "no better": mark("no better"), "worse": mark("worse")}
TOTAL, DELAYS = "delayed_total", ("delayed_acute", "delayed_nonacute")
VERDICTS: dict[Verdict, str] = {
    "better": mark("better than carrying the last year on"),
    "no better": mark("no better than carrying the last year on"),
    "worse": mark("worse than carrying the last year on"),
}


def measure(series: PastSeries) -> Measure:
    """How numbers of a series are written: percent to one decimal, or whole thousands."""
    return Measure(
        id=series.id,
        series=series.id,
        title=series.label,
        unit="%" if series.is_share else "",
        scale=1.0,
        digits=1 if series.is_share else 0,
        apart=mark(" points") if series.is_share else "",
        up="",
        down="",
        meaning="",
        counts=False,
    )


def percent(share: float | None, *, sign: bool = False) -> str:
    """A share in percent to one decimal, with a true minus sign; a dash where there is none."""
    if share is None:
        return "\u2013"
    number = f"{abs(100 * share):.1f}%"
    return f"{MINUS if share < 0 else '+'}{number}" if sign and number != "0.0%" else number


def verdict(score: PastScore) -> Verdict | None:
    """How the model did against the last fitted year carried on, to a tenth of a percent; None if that has no error."""
    if score.carried is None:
        return None
    model, naive = (round(each, 3) for each in (score.error, score.carried))
    return "better" if model < naive else "worse" if model > naive else "no better"


def judged(series: PastSeries) -> PastScore | None:
    """The years that a verdict rests on: those not fitted, or else those of the forecast that were observed."""
    return series.unseen or series.forecast


def series_verdict(series: PastSeries) -> Verdict | None:
    """The verdict on a series."""
    score = judged(series)
    return verdict(score) if score else None


def in_short(past: Past) -> str:
    """The whole of it: in how many series the model did better, and how often its band held."""
    known = [(each, each.unseen, word) for each in past.series if each.unseen and (word := verdict(each.unseen))]
    scores = [score for _each, score, _word in known]
    named = {word: [lowered(_(each.label)) for each, _score, found in known if found == word] for word in VERDICTS}
    parts = [
        _("{verdict} for {count} ({series})", verdict=_(BRIEFLY[word]), count=len(found), series=listed(found))
        for word, found in named.items()
        if found
    ]
    seen, inside = sum(len(each.years) for each in scores), sum(each.inside for each in scores)
    years = listed(list(dict.fromkeys(year for each in scores for year in each.years)))
    return _(
        "In {years}, which it was not fitted to, the model was held against the simplest of forecasts, {until} carried "
        "on unchanged. Of {count} series it did {verdicts}. Its band should hold nine years in ten; it held {inside} "
        "of {seen}.",
        years=years,
        until=past.until,
        count=len(known),
        verdicts=", ".join(parts),
        inside=inside,
        seen=seen,
    )


def opening(past: Past) -> str:
    """The answer in a word or two."""
    words = [verdict(each.unseen) for each in past.series if each.unseen]
    better, known = words.count("better"), len(words) - words.count(None)
    if better == known:
        return _("Better than no model would.") if known else _("That cannot be said.")
    return _("In part.") if 2 * better >= known else _("Mostly not.")


def coverage(past: Past) -> str:
    """Whether the bands are as wide as they should be, by the years that were not fitted."""
    scores = [each.unseen for each in past.series if each.unseen]
    seen, inside = sum(len(each.years) for each in scores), sum(each.inside for each in scores)
    return _("The bands are too narrow") if inside * 10 < seen * 9 else _("What the bands hold")


def words_of(series: PastSeries, past: Past) -> str:
    """One series: how near, against what; how it moved; what of the forecast can be judged; and what to know of it."""
    parts = [_near(series.unseen, past), _moves(series, past), _ahead(series, past), _hidden(series, past)]
    return " ".join(part for part in (*parts, _(NOTES.get(series.id, ""))) if part)


def _near(score: PastScore | None, past: Past) -> str:
    if score is None:
        return _(
            "Nothing was observed between {until} and the forecast that it could be held against.", until=past.until
        )
    plain = mark("In {years}, not fitted, the model is {error} off on the mean; carrying {until} on makes {carried}.")
    both = mark(
        "In {years}, not fitted, the model is {error} off on the mean; carrying {until} on makes {carried}, a straight "
        "line through the fitted years {trend}."
    )
    near = _(
        plain if score.trend is None else both,
        years=listed(score.years),
        error=percent(score.error),
        until=past.until,
        carried=percent(score.carried),
        trend=percent(score.trend),
    )
    return f"{near} {sentence(_held(score))}"


def _moves(series: PastSeries, past: Past) -> str:
    """How far what was observed moved from the last fitted year to the last compared one, and the model with it."""
    by_label = {year.label: year for year in series.years}
    first, last = by_label.get(past.until), by_label.get(past.compared)
    if not first or not last or first.observed is None or last.observed is None:
        return ""
    return _(
        "From {first} to {last} it {moved}; in the model it {model}.",
        first=past.until,
        last=past.compared,
        moved=_move(series, first.observed, last.observed),
        model=_move(series, first.model, last.model),
    )


def _move(series: PastSeries, first: float, last: float) -> str:
    change = last - first if series.is_share else 100 * (last / first - 1)
    if round(abs(change), 1 if series.is_share else 0) == 0:
        return _("hardly moved")
    size = f"{abs(change):.1f}{_(' points')}" if series.is_share else f"{abs(change):.0f}%"
    return _("rose by {size}", size=size) if change > 0 else _("fell by {size}", size=size)


def _ahead(series: PastSeries, past: Past) -> str:
    score = series.forecast
    if score is None:
        return _(
            "What came after {year} is not among the data of this project, so the forecast stands open.",
            year=past.compared,
        )
    count = len(score.years)
    plain = mark(
        "Of the forecast {years} can be judged: {error} off, where carrying {until} on makes {carried}; {band}."
    )
    both = mark(
        "Of the forecast {years} can be judged: {error} off, where carrying {until} on makes {carried}, a straight "
        "line {trend}; {band}."
    )
    return _(
        plain if score.trend is None else both,
        years=several("one year, {year},", "{count} years", count, year=score.years[0], count=count),
        error=percent(score.error),
        until=past.until,
        carried=percent(score.carried),
        trend=percent(score.trend),
        band=_held(score),
    )


def _hidden(series: PastSeries, past: Past) -> str:
    """Whether all delayed days look better than they are, because their parts err in opposite ways."""
    parts = [each for each in past.series if each.id in DELAYS]
    if series.id != TOTAL or len(parts) != len(DELAYS):
        return ""
    sides = [_one_sided([year for year in each.years if year.phase == "not fitted"]) for each in parts]
    if set(sides) != {-1, 1}:
        return ""
    return _("It looks better than it is: acute and non-acute days are off in opposite ways, and cancel out.")


def _one_sided(years: Sequence[PastYear]) -> int:
    """1 if every error is above zero, -1 if every one is below, else 0."""
    signs = {(year.error or 0) > 0 for year in years if year.error is not None}
    return 0 if len(signs) != 1 else 1 if signs.pop() else -1


def _held(score: PastScore) -> str:
    """How many years the band holds, in words."""
    if len(score.years) > 1:
        return _("the band holds {count} of {all}", count=score.inside, all=len(score.years))
    return _("the band holds it") if score.inside else _("the band does not hold it")


def summary(series: PastSeries) -> str:
    """A chart in words: where it begins and ends, observed and in the model."""
    shown, seen = measure(series), [year for year in series.years if year.observed is not None]
    ends = [_at(shown.words(year.observed or 0.0), year) for year in (seen[0], seen[-1])] if seen else []
    first, last = series.years[0], series.years[-1]
    parts = [
        f"{_(series.label)}, {_(UNITS.get(series.id, ''))}.",
        _("Observed: {values}.", values=listed(list(dict.fromkeys(ends)))) if ends else "",
        _(
            "Model: {before}, {after}, nine futures in ten between {low} and {high}.",
            before=_at(shown.words(first.model), first),
            after=_at(shown.words(last.model), last),
            low=shown.words(last.low),
            high=shown.words(last.high),
        ),
    ]
    return " ".join(part for part in parts if part)


def _at(value: str, year: PastYear) -> str:
    months = months_in_words(year)
    return _("{value} in {year}", value=value, year=f"{year.label} ({months})" if months else year.label)


def months_in_words(year: PastYear) -> str:
    """Which months a part of a year is of, such as Aug to Mar; nothing for a whole year."""
    names = [short_months()[month - 1] for month in year.months]
    return _("{first} to {last}", first=names[0], last=names[-1]) if len(names) > 1 else "".join(names)


def heading(word: Verdict | None) -> str:
    """A verdict as the words of a badge."""
    return sentence(_(VERDICTS[word])).rstrip(".") if word else _("Cannot be judged")
