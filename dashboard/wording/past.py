"""What the back-test shows, in plain sentences made from its numbers: what failed as plainly as what did not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dashboard.facts.past import Past, PastScore, PastSeries, PastYear
from dashboard.wording.numbers import MINUS, Measure, listed, lowered, sentence

Verdict = Literal["better", "no better", "worse"]

LABELS = {
    "delayed_total": "All delayed days",
    "delayed_acute": "Acute delayed days",
    "delayed_nonacute": "Non-acute delayed days",
    "nhs_share": "Share laid to the NHS",
    "social_care_share": "Share laid to social care",
    "occupancy": "General and acute beds in use",
    "emergency_bed_days": "Emergency bed days",
}
UNITS = {
    "delayed_total": "thousand a year",
    "delayed_acute": "thousand a year",
    "delayed_nonacute": "thousand a year",
    "nhs_share": "% of delayed days",
    "social_care_share": "% of delayed days",
    "occupancy": "% of beds",
    "emergency_bed_days": "thousand a year",
}
NOTES = {
    "delayed_acute": "Nothing that the model was given says what changed after the fitted years.",
    "delayed_nonacute": (
        "The model has no mental health or community hospitals of their own; one fitted share stands for them."
    ),
    "nhs_share": (
        "In the model the kind of place that people wait for fixes to whom delay is laid, so its shares hardly move."
    ),
    "social_care_share": "All observations are of single months.",
    "emergency_bed_days": (
        "One fitted factor makes the model meet the fitted year, whatever else it does; that year proves nothing."
    ),
}
"""What a reader should know of a series besides its numbers; true of how it was made, whatever came out."""

TOTAL, DELAYS = "delayed_total", ("delayed_acute", "delayed_nonacute")
VERDICTS: dict[Verdict, str] = {
    "better": "better than carrying the last year on",
    "no better": "no better than carrying the last year on",
    "worse": "worse than carrying the last year on",
}


def measure(series: PastSeries) -> Measure:
    """How numbers of a series are written: percent to one decimal, or whole thousands."""
    return Measure(
        id=series.id,
        series=series.id,
        label=series.label,
        unit="%" if series.is_share else "",
        scale=1.0,
        digits=1 if series.is_share else 0,
        change_unit=" points" if series.is_share else "",
        more="rose",
        less="fell",
        says="",
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
    scores = [score for _, score, _ in known]
    named = {word: [lowered(each.label) for each, _, found in known if found == word] for word in VERDICTS}
    parts = [f"{word} for {len(found)} ({listed(found)})" for word, found in named.items() if found]
    seen, inside = sum(len(each.years) for each in scores), sum(each.inside for each in scores)
    years = listed(list(dict.fromkeys(year for each in scores for year in each.years)))
    return (
        f"In {years}, which it was not fitted to, the model was held against the simplest of forecasts, {past.until} "
        f"carried on unchanged. Of {len(known)} series it did {', '.join(parts)}. Its band should hold nine years in "
        f"ten; it held {inside} of {seen}."
    )


def opening(past: Past) -> str:
    """The answer in a word or two."""
    words = [verdict(each.unseen) for each in past.series if each.unseen]
    better, known = words.count("better"), len(words) - words.count(None)
    if better == known:
        return "Better than no model would." if known else "That cannot be said."
    return "In part." if 2 * better >= known else "Mostly not."


def coverage(past: Past) -> str:
    """Whether the bands are as wide as they should be, by the years that were not fitted."""
    scores = [each.unseen for each in past.series if each.unseen]
    seen, inside = sum(len(each.years) for each in scores), sum(each.inside for each in scores)
    return "The bands are too narrow" if inside * 10 < seen * 9 else "What the bands hold"


def words_of(series: PastSeries, past: Past) -> str:
    """One series: how near, against what; how it moved; what of the forecast can be judged; and what to know of it."""
    parts = [_near(series.unseen, past), _moves(series, past), _ahead(series, past), _hidden(series, past)]
    return " ".join(part for part in (*parts, NOTES.get(series.id, "")) if part)


def _near(score: PastScore | None, past: Past) -> str:
    if score is None:
        return f"Nothing was observed between {past.until} and the forecast that it could be held against."
    trend = f", a straight line through the fitted years {percent(score.trend)}" if score.trend is not None else ""
    return (
        f"In {listed(score.years)}, not fitted, the model is {percent(score.error)} off on the mean; carrying "
        f"{past.until} on makes {percent(score.carried)}{trend}. The band holds {_of(score)}."
    )


def _moves(series: PastSeries, past: Past) -> str:
    """How far what was observed moved from the last fitted year to the last compared one, and the model with it."""
    by_label = {year.label: year for year in series.years}
    first, last = by_label.get(past.until), by_label.get(past.compared)
    if not first or not last or first.observed is None or last.observed is None:
        return ""
    seen = _move(series, first.observed, last.observed)
    return f"From {past.until} to {past.compared} it {seen}; in the model it {_move(series, first.model, last.model)}."


def _move(series: PastSeries, first: float, last: float) -> str:
    change = last - first if series.is_share else 100 * (last / first - 1)
    size = f"{abs(change):.1f} points" if series.is_share else f"{abs(change):.0f}%"
    return "hardly moved" if round(abs(change), 1 if series.is_share else 0) == 0 else f"{_way(change)} by {size}"


def _way(change: float) -> str:
    return "rose" if change > 0 else "fell"


def _ahead(series: PastSeries, past: Past) -> str:
    score = series.forecast
    if score is None:
        return f"What came after {past.compared} is not among the data of this project, so the forecast stands open."
    trend = f", a straight line {percent(score.trend)}" if score.trend is not None else ""
    many = f"{len(score.years)} years" if len(score.years) > 1 else f"one year, {score.years[0]},"
    return (
        f"Of the forecast {many} can be judged: {percent(score.error)} off, where carrying {past.until} on makes "
        f"{percent(score.carried)}{trend}; the band holds {_of(score)}."
    )


def _hidden(series: PastSeries, past: Past) -> str:
    """Whether all delayed days look better than they are, because their parts err in opposite ways."""
    parts = [each for each in past.series if each.id in DELAYS]
    if series.id != TOTAL or len(parts) != len(DELAYS):
        return ""
    sides = [_one_sided([year for year in each.years if year.phase == "not fitted"]) for each in parts]
    if set(sides) != {-1, 1}:
        return ""
    return "It looks better than it is: acute and non-acute days are off in opposite ways, and cancel out."


def _one_sided(years: Sequence[PastYear]) -> int:
    """1 if every error is above zero, -1 if every one is below, else 0."""
    signs = {(year.error or 0) > 0 for year in years if year.error is not None}
    return 0 if len(signs) != 1 else 1 if signs.pop() else -1


def _of(score: PastScore) -> str:
    """How many years the band holds, in words."""
    return f"{score.inside} of {len(score.years)}" if len(score.years) > 1 else "it" if score.inside else "it not"


def summary(series: PastSeries) -> str:
    """A chart in words: where it begins and ends, observed and in the model."""
    shown, seen = measure(series), [year for year in series.years if year.observed is not None]
    ends = [f"{shown.words(year.observed or 0.0)} in {_when(year)}" for year in (seen[0], seen[-1])] if seen else []
    last = series.years[-1]
    observed = f"Observed: {' and '.join(dict.fromkeys(ends))}. " if ends else ""
    return (
        f"{series.label}, {UNITS.get(series.id, '')}. {observed}Model: {shown.words(series.years[0].model)} in "
        f"{_when(series.years[0])}, {shown.words(last.model)} in {_when(last)}, nine futures in ten between "
        f"{shown.words(last.low)} and {shown.words(last.high)}."
    )


def _when(year: PastYear) -> str:
    return f"{year.label} ({year.months})" if year.months else year.label


def heading(word: Verdict | None) -> str:
    """A verdict as the words of a badge."""
    return sentence(VERDICTS[word]).rstrip(".") if word else "Cannot be judged"
