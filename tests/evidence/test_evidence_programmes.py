"""Programmes: all families, with what did not work kept beside what did, and no more promised than was found."""

from __future__ import annotations

import numpy as np
import pytest

from sim.inputs import AGE_BANDS, FAMILIES, STANCES, programmes

pytestmark = pytest.mark.evidence
NULLS = ("case_management", "telecare", "alcohol_iba", "home_from_hospital", "popp_low_level", "family_nurse")


@pytest.fixture(scope="module")
def known(parameters):
    return {programme.id: programme for programme in programmes(parameters)}


def bands(values):
    return np.array([values[band] for band in AGE_BANDS])


def test_all_programmes_of_all_families_are_there(known):
    """Thirty-three, in four families."""
    assert len(known) == 33
    assert {programme.family for programme in known.values()} == set(FAMILIES)


def test_what_did_not_work_is_kept(known, studies):
    """Graded 4, promising nothing centrally; and the studies that found nothing or harm are kept."""
    for name in NULLS:
        assert known[name].evidence_grade == 4, name
    for name in ("case_management", "alcohol_iba", "home_from_hospital", "popp_low_level", "family_nurse"):
        assert all(each.central <= 0 for each in known[name].effect["emergency_overnight"].values()), name
    kinds = [study.kind for study in studies]
    assert kinds.count("study_result_null") >= 20
    assert kinds.count("study_result_adverse") >= 5


def test_most_ranges_hold_the_possibility_of_nothing_or_harm(known):
    """The cautious reading of overnight admissions is above zero for few programmes only."""
    sure = [
        name
        for name, programme in known.items()
        if max(each.cautious for each in programme.effect["emergency_overnight"].values()) > 0
    ]
    assert len(sure) <= 5


def test_no_more_is_promised_at_full_reach_than_the_evidence_holds(known):
    """Overnight emergencies averted by age band, all programmes together, without overlap.

    Centrally 1 to 9 % (adults from 2.5 %); from -9 % (harm) to 27 % across the evidence.
    """
    averted = {}
    for stance in STANCES:
        left = np.ones(len(AGE_BANDS))
        for programme in known.values():
            effect = np.array([programme.effect["emergency_overnight"][band].at(stance) for band in AGE_BANDS])
            exposed = np.minimum(1, bands(programme.eligible_share) * bands(programme.relative_admission_rate))
            left *= 1 - exposed * programme.max_reach * effect
        averted[stance] = 1 - left
    assert 0.01 < averted["central"].min() < averted["central"][1:].min() + 1e-9
    assert averted["central"][1:].min() == pytest.approx(0.025, abs=0.005)
    assert averted["central"].max() == pytest.approx(0.09, abs=0.005)
    assert averted["cautious"].min() == pytest.approx(-0.09, abs=0.01)
    assert averted["hopeful"].max() == pytest.approx(0.27, abs=0.01)


def test_the_usual_mix_buys_only_what_has_some_evidence(known, parameters):
    """Grade 1 or 2 with some effect; the others have weight 0, case management among them."""
    for name, weight in parameters.by("policy.programme_mix").items():
        programme = known[name]
        acts = [each.central for by_age in programme.effect.values() for each in by_age.values()]
        acts += [programme.length_of_stay.central, programme.social_care_need.central]
        if weight > 0:
            assert programme.evidence_grade <= 2, name
            assert max(acts) > 0, name
    assert parameters.value("policy.programme_mix.case_management") == 0


def test_people_reached_are_not_more_than_there_are(known):
    """Nobody is admitted so often that their band would have to be admitted for them alone."""
    for programme in known.values():
        exposed = bands(programme.eligible_share) * bands(programme.relative_admission_rate)
        assert (exposed <= 1).all(), programme.id


def test_costs_and_delays_are_above_zero(known):
    """Nothing is free, and nothing works at once."""
    for programme in known.values():
        assert min(programme.unit_cost, programme.lag_years, programme.fade_years) > 0, programme.id


def test_every_programme_has_a_study_or_says_it_is_judgement(known, studies, parameters):
    """Without a study of its own the effect has no better witness than judgement or a review named elsewhere."""
    studied = {study.programme for study in studies if study.kind.startswith("study_result")}
    for name in set(known) - studied:
        source = parameters[f"programme.{name}.effect_emergency_overnight"].source
        assert source in ("team_recall", "stokes_2015", "steventon_2012_telehealth"), name
