"""The 44 footprints are England, and their published gaps have witnesses."""

from __future__ import annotations

import pytest

from sim.inputs import AGE_BANDS

pytestmark = pytest.mark.evidence


@pytest.fixture(scope="module")
def parts(footprints):
    return [place for place in footprints.values() if place.slug != "england"]


def test_england_is_the_sum_of_the_44(parts, footprints):
    """55,619,430 people in mid-2017, of whom 4,535,330 were 75 and over."""
    england = footprints["england"]
    assert len(parts) == 44
    assert sum(sum(place.counted.values()) for place in parts) == 55_619_430
    assert sum(england.counted.values()) == 55_619_430
    assert england.counted["75-84"] + england.counted["85+"] == 4_535_330
    for band in AGE_BANDS:
        assert sum(place.people[band] for place in parts) == pytest.approx(england.people[band])


def test_footprints_have_the_sizes_that_were_published(parts):
    """From 0.3 to 2.8 million people."""
    sizes = [sum(place.counted.values()) for place in parts]
    assert (min(sizes), max(sizes)) == (318_291, 2_832_133)


def test_slugs_are_made_for_addresses(parts):
    """Small letters and hyphens."""
    for place in parts:
        assert place.slug.replace("-", "").isalpha(), place.slug
        assert place.slug == place.slug.lower(), place.slug


def test_every_gap_has_a_witness_and_a_confidence(footprints, sources):
    """Where no gap was found there is none, not a zero."""
    for place in footprints.values():
        if place.gap is None:
            assert not place.gap_source
        else:
            assert place.gap > 0
            assert place.gap_source in sources
            assert place.gap_confidence in ("high", "medium", "low")
        assert place.source in sources


def test_recalled_gaps_are_of_low_confidence(parts):
    """What was only recalled is never sold as read."""
    assert all(place.gap_confidence == "low" for place in parts if place.gap_source == "recalled_plans")


def test_gaps_a_head_are_of_one_order(parts):
    """Between 216 and 769 pounds a head were published; one is marked as not comparable."""
    odd = [
        place.slug
        for place in parts
        if place.gap is not None and not 150 < place.gap * 1e6 / sum(place.counted.values()) < 900
    ]
    assert odd == ["somerset"]
    assert "Not comparable" in next(place.gap_note for place in parts if place.slug == "somerset")
