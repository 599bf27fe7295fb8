"""Published gaps beside the model's, on made-up footprints."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pytest

from sim.experiments.gaps import PlaceGap, agreement, alike, constant_error, explanations, find_gaps
from sim.inputs import load_footprints
from sim.results.statistics import Interval

pytestmark = pytest.mark.unit

DEVON = load_footprints()["devon"]


def places(model, published):
    """Footprints with these gaps a head."""
    return [
        PlaceGap(DEVON, Interval(mean, mean, mean, 2), Interval(mean, mean, mean, 2), gap)
        for mean, gap in zip(model, published, strict=True)
    ]


def test_agreement_counts_places_with_a_figure_alone():
    """Differences 10, 20, -30, 40, 50 in size: the median is 30."""
    found = agreement(places([100, 200, 300, 400, 500, 600], [110, 220, 270, 440, 550, None]))
    assert found.places == 5
    assert found.error == 30
    assert found.ranks.mean == pytest.approx(1)
    assert (found.published, found.model) == (270, 300)


def test_a_model_that_says_the_same_everywhere_has_no_ranks():
    assert isnan(agreement(places([400] * 6, [1, 2, 3, 4, 5, 6])).ranks.mean)


def test_the_rest_is_laid_to_what_it_goes_with():
    """Published less model is ten pounds for every percent of people aged 85 and over."""
    made = []
    for number in range(1, 13):
        people = dict.fromkeys(DEVON.people, 1000.0) | {"85+": 10.0 * number}
        place = replace(DEVON, people=people, gap_confidence="high")
        share = 100 * people["85+"] / place.total
        made.append(replace(places([400], [400 + 10 * share])[0], footprint=place))
    found = {each.says: each for each in explanations(made)}
    assert found["share of people aged 85 and over"].part == pytest.approx(1)
    assert found["share of people aged 85 and over"].ranks.low > 0
    assert "being in London" not in found  # nowhere is


def test_a_constant_is_judged_as_the_model_is():
    """Off by 290, 180, 130, 40 and 150 when 400 is said of everybody; the median is 150."""
    made = places([100] * 6, [110, 220, 270, 440, 550, None])
    assert constant_error(made, 400) == 150


def test_orders_by_two_seeds_are_set_beside_each_other():
    """Three seeds: two agree, one says the opposite. Correlations 1, -1 and -1, each just short of it."""
    up, down = places(range(6), [None] * 6), places(range(6, 0, -1), [None] * 6)
    assert alike([up, up, down]) == pytest.approx(-1 / 3)
    assert isnan(alike([up]))


def test_every_place_is_run_with_every_seed_and_the_mean_is_over_all(monkeypatch):
    some = dict(list(load_footprints().items())[-9:])
    monkeypatch.setattr("sim.experiments.gaps.load_footprints", lambda: some)
    found = find_gaps(1, 3, 3000, seeds=2, keep=False)
    assert len(found.by_seed) == 2
    assert all(len(each) == len(found.places) == 9 for each in found.by_seed)
    means = [each[7].model.mean for each in found.by_seed]
    assert means[0] != means[1]
    assert found.places[7].model.mean == pytest.approx(sum(means) / 2)
    assert found.places[7].model.n == 2
