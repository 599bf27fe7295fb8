"""The do-nothing gap of every footprint beside the one it published, with nothing set for any of them.

Published gaps are cash of 2020/21. They are turned into pounds of 2015/16, the model's, with the prices that planners
expected in 2016 (`target.gap_price_index`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from math import log, nan

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.many import Outcome, in_year, raise_impossible, run_many
from sim.experiments.question import People, Question, Resolved, resolve
from sim.experiments.replicate import Way
from sim.experiments.told import Told
from sim.inputs import Fault, Footprint, Parameters, load_footprints, raise_any
from sim.inputs.footprints import ENGLAND
from sim.results.correlation import rank_correlation
from sim.results.statistics import LEVEL, Interval, interval

FloatArray = NDArray[np.float64]

USUAL_REPLICATIONS, USUAL_SEEDS = 3, 5
YEARS = 5
"""From 1 April 2016 to the end of 2020/21, the year of the published gaps."""

FORWARD_VIEW, FORWARD_VIEW_YEARS = "forward_view", 7
NHS = ("acute", "community", "other_nhs")
SERIES = ("gap", *(f"{measure}:{name}" for measure in ("balance", "income") for name in NHS))
PRICES = "target.gap_price_index"
MILLION = 1_000_000
SOURCED = ("medium", "high")


@dataclass(frozen=True, slots=True)
class PlaceGap:
    """A footprint's gap in 2020/21, in pounds of 2015/16 a head of the people of April 2016.

    model       of all organisations; `nhs` of hospitals, community services and other NHS alone
    published   None where no figure was found
    """

    footprint: Footprint
    model: Interval
    nhs: Interval
    published: float | None

    @property
    def sourced(self) -> bool:
        """Whether the published figure was read somewhere, and not recalled or doubtful."""
        return self.published is not None and self.footprint.gap_confidence in SOURCED


@dataclass(frozen=True, slots=True)
class Agreement:
    """The model beside published gaps, over so many footprints.

    ranks       Spearman's rank correlation
    error       median of the absolute differences, pounds a head; `published`, `model` are medians too
    """

    places: int
    ranks: Interval
    error: float
    published: float
    model: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the published gap less the model's goes with, over footprints, one thing at a time.

    slope   pounds a head for one standard deviation more of it
    part    share of the variance of what is left that it goes with
    ranks   rank correlation; its interval holds for all explanations at once
    """

    says: str
    slope: float
    part: float
    ranks: Interval


@dataclass(frozen=True, slots=True)
class ForwardView:
    """The NHS of England with flat real money and no efficiency, by financial year.

    share    of its income that the NHS lacks, by year
    growth   what the Forward View's own growth of pressures gives at the same time: a year's middle
    """

    share: tuple[Interval, ...]
    growth: tuple[float, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Gaps(Told):
    """Every footprint's gap, England's sum, and the Forward View's. Sums are pounds a year of 2015/16.

    places    over the replications of all seeds
    by_seed   the same places, by one seed at a time
    """

    places: tuple[PlaceGap, ...]
    by_seed: tuple[tuple[PlaceGap, ...], ...]
    england: Interval
    forward_view: ForwardView
    resolved: Resolved

    @property
    def words(self) -> str:
        """How near the model comes to published gaps."""
        from sim.experiments.doubt_words import gaps_sentence

        return gaps_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each footprint: see `save_gaps.gaps_table`."""
        from sim.experiments.save_gaps import gaps_table

        return gaps_table(self)

    @property
    def parameters(self) -> Parameters:
        """As they were in every run."""
        return self.resolved.parameters

    @property
    def people(self) -> float:
        """Of all footprints together, in April 2016."""
        return sum(place.footprint.total for place in self.places)

    @property
    def published_total(self) -> float:
        """England's published gap, the least it was put at, in pounds of 2015/16 a year."""
        return self.parameters.value("target.gap_total") * MILLION * self.parameters.value(PRICES)


def find_gaps(
    replications: int,
    seed: int = 1,
    people: People = "usual",
    way: Way | None = None,
    *,
    seeds: int = 1,
    keep: bool = True,
) -> Gaps:
    """Run every footprint, and England under the Forward View's assumptions. Raises Faults.

    people   how many of each footprint are simulated, as in `Question`
    seeds    how many seeds every footprint is run with, from `seed` on; England's assumptions with the first alone
    """
    raise_any([] if seeds >= 1 else [Fault("", 0, "seeds", str(seeds), "must be 1 or more")])
    question = Question(ENGLAND, years=YEARS, replications=replications, seed=seed, people=people)
    england = resolve(question)
    ahead = resolve(replace(question, scenarios=(FORWARD_VIEW,), years=FORWARD_VIEW_YEARS))
    footprints = [place for slug, place in load_footprints().items() if slug != ENGLAND]
    asked = [_about(england, place, each) for each in range(seed, seed + seeds) for place in footprints]
    asked.append(ahead)
    found = run_many(asked.__getitem__, len(asked), SERIES, way, keep=keep)
    raise_impossible(asked, found)
    *answers, forward = found
    by_seed = [answers[first : first + len(footprints)] for first in range(0, len(answers), len(footprints))]
    pooled = [tuple(chain.from_iterable(of_place)) for of_place in zip(*by_seed, strict=True)]
    places, *each_seed = (tuple(map(_place_gap, asked, those)) for those in (pooled, *by_seed))
    sums = np.sum([in_year(answer, "gap") for answer in pooled], axis=0)
    return Gaps(places, tuple(each_seed), interval(sums), _forward_view(ahead.parameters, forward), england)


def agreement(places: Sequence[PlaceGap]) -> Agreement:
    """How near the model comes to published gaps."""
    published, model = _pairs(places)
    error = float(np.median(np.abs(published - model)))
    ranks = rank_correlation(model, published)
    return Agreement(len(published), ranks, error, float(np.median(published)), float(np.median(model)))


def constant_error(places: Sequence[PlaceGap], gap: float) -> float:
    """Median absolute error, pounds a head, of saying the same gap of every place."""
    return float(np.median(np.abs(_pairs(places)[0] - gap)))


def alike(by_seed: Sequence[Sequence[PlaceGap]]) -> float:
    """Rank correlation of the model's gaps by one seed with those by another, mean over pairs; nan with one seed.

    1 were the model's order of places no luck at all, 0 were it nothing else.
    """
    gaps = [np.array([place.model.mean for place in places]) for places in by_seed]
    found = [rank_correlation(one, other).mean for one, other in combinations(gaps, 2)]
    return float(np.mean(found)) if found else nan


def explanations(places: Sequence[PlaceGap]) -> tuple[Explanation, ...]:
    """What the rest goes with; correlations of a few dozen places, and no causes."""
    from scipy.stats import linregress

    published, model = _pairs(places)
    rest, known = published - model, [place for place in places if place.published is not None]
    level = 100 - (100 - LEVEL) / len(TRIED)
    found = []
    for says, of in TRIED.items():
        values = np.array([of(place) for place in known])
        if np.ptp(values) == 0:
            continue
        line = linregress((values - values.mean()) / values.std(), rest)
        ranks = rank_correlation(values, rest, level)
        found.append(Explanation(says, float(line.slope), float(line.rvalue**2), ranks))
    return tuple(found)


def _share_over(bands: Sequence[str]) -> Callable[[PlaceGap], float]:
    return lambda place: sum(place.footprint.people[band] for band in bands) / place.footprint.total


TRIED: Mapping[str, Callable[[PlaceGap], float]] = {
    "share of people aged 65 and over": _share_over(("65-74", "75-84", "85+")),
    "share of people aged 85 and over": _share_over(("85+",)),
    "number of people (logarithm)": lambda place: log(place.footprint.total),
    "being in London": lambda place: float(place.footprint.region == "London"),
    "a figure that was recalled or is doubtful": lambda place: float(not place.sourced),
}


def _about(england: Resolved, place: Footprint, seed: int) -> Resolved:
    """The same question about another place; nobody is simulated who does not live there."""
    question = replace(england.question, footprint=place.slug, seed=seed)
    return replace(england, question=question, footprint=place, people=min(england.people, place.total))


def _place_gap(asked: Resolved, answer: Sequence[Outcome]) -> PlaceGap:
    place, published = asked.footprint, None
    if place.gap is not None:
        published = place.gap * MILLION * asked.parameters.value(PRICES) / place.total
    whole, nhs = in_year(answer, "gap"), -_nhs(answer, "balance", YEARS - 1)
    return PlaceGap(place, interval(whole / place.total), interval(nhs / place.total), published)


def _nhs(answer: Sequence[Outcome], measure: str, year: int) -> FloatArray:
    """Of the NHS's organisations together in one year, by replication."""
    total: FloatArray = np.sum([in_year(answer, f"{measure}:{name}", year) for name in NHS], axis=0)
    return total


def _forward_view(parameters: Parameters, answer: Sequence[Outcome]) -> ForwardView:
    growth = 1 + parameters.rate("target.forward_view_growth")
    years = range(FORWARD_VIEW_YEARS)
    lacks = tuple(interval(-_nhs(answer, "balance", year) / _nhs(answer, "income", year)) for year in years)
    return ForwardView(lacks, tuple(growth ** (year + 1 / 2) - 1 for year in years))


def _pairs(places: Sequence[PlaceGap]) -> tuple[FloatArray, FloatArray]:
    """Published and the model's, where both are known."""
    known = [(place.published, place.model.mean) for place in places if place.published is not None]
    published, model = np.array(known).reshape(-1, 2).T
    return published, model
