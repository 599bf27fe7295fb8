"""A run that begins in another year: people, calendar and labels follow it."""

from __future__ import annotations

import pytest

from sim.experiments.question import Question, resolve
from sim.experiments.run import run
from sim.inputs import AGE_BANDS, find_footprint, load_parameters, load_population_index
from sim.system import prepare

pytestmark = pytest.mark.unit
SMALL = 20_000


def test_the_people_of_another_april_follow_the_counts_of_their_ages():
    """England in April 2010: each band by its own growth; back again, as they were."""
    england, index = find_footprint("england"), load_population_index()
    earlier = england.starting(2010)
    for band in AGE_BANDS:
        assert earlier.people[band] == pytest.approx(england.people[band] * float(index(band, -6.0)))
    assert earlier.starting(2016).people == pytest.approx(dict(england.people))
    assert england.starting(2016) is england


def test_the_index_is_one_at_its_own_start():
    """1 on 1 April 2010, and the ratio of both starts in between."""
    index = load_population_index()
    early = index.starting(2010)
    assert float(early("85+", 0.0)) == 1.0
    assert float(early("85+", 6.0)) == pytest.approx(1 / float(index("85+", -6.0)))


def test_calendar_and_labels_follow_the_first_year():
    """The network begins on 1 April 2010, a Thursday, and the table's first year is 2010/11."""
    asked = Question("devon", changes={"run.first_year": 2010}, years=1, replications=1, people=SMALL)
    resolved = resolve(asked)
    assert resolved.footprint.first == 2010
    answer = run(resolved, keep=False)
    assert answer.yearly(["delayed"])["financial_year"].to_list() == ["2010/11"]
    assert str(answer.monthly(["delayed"])["date"][0]) == "2010-04-01"
    place = prepare(resolved.parameters, resolved.footprint, 1, SMALL)
    assert place.network.begins.isoformat() == "2010-04-01"


def test_half_a_year_is_no_first_year():
    """2010.5 is refused."""
    parameters = load_parameters().with_changes({"run.first_year": 2010.5})
    with pytest.raises(ValueError, match="no whole number"):
        prepare(parameters, find_footprint("devon"), 1, SMALL)
