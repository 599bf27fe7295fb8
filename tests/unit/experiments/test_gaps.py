"""Published gaps beside the model's, on made-up footprints."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pytest

from sim.experiments.gaps import PlaceGap, agreement, explanations
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
