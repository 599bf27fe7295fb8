"""Published claims about the whole place, in direction and rough size."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments import Answer, ask
from sim.inputs import load_parameters
from sim.results.summarise import yearly_values

pytestmark = pytest.mark.validation

YEARS = 5
OLDER = ("65-74", "75-84", "85+")
PROGRAMME = "programme.care_home_support"
EFFECT = 0.45
"""Of those reached; the effect comes into force with a mean delay as long as the whole run, so it grows evenly."""


def prevention() -> dict[str, float]:
    """One programme for everybody of 65 and over and nobody else, at hardly any cost, with nothing displaced."""
    mix = {f"policy.programme_mix.{name}": 0.0 for name in load_parameters()["policy.programme_mix"].keys}
    reach = {
        f"{PROGRAMME}.{what}.{band}": 1.0 for what in ("eligible_share", "relative_admission_rate") for band in OLDER
    }
    effect = {f"{PROGRAMME}.effect_emergency_{stream}": EFFECT for stream in ("overnight", "same_day")}
    programme = {"lag_years": float(YEARS), "unit_cost": 1.0, "max_reach": 1.0, "displaced_share": 0.0}
    money = {"shift_share": 0.005, "shift_start": 0.0, "shift_ramp": 0.0, "mix_prevention": 1.0}
    nothing_else = {"policy.mix_community": 0.0, "policy.mix_social_care": 0.0}
    return (
        mix
        | {"policy.programme_mix.care_home_support": 1.0}
        | reach
        | effect
        | {f"{PROGRAMME}.{name}": value for name, value in programme.items()}
        | {f"policy.{name}": value for name, value in money.items()}
        | nothing_else
    )


def place(changes: dict[str, float] | None = None) -> Answer:
    return ask(
        "nottingham-and-nottinghamshire", changes=changes, years=YEARS, replications=2, people=300_000, keep=False
    )


def test_preventing_older_peoples_emergencies_lowers_occupancy_by_about_one_percent_a_year():
    """3 to 6 % of older people's emergencies prevented a year, for five years: about 1 % less in beds a year.

    Source: https://pmc.ncbi.nlm.nih.gov/articles/PMC1726513. Without prevention more people are in beds each year.
    """
    before, after = place(), place(prevention())
    in_force = np.mean([history["in_force:care_home_support"][-1] for history in after.histories])
    assert 0.03 < EFFECT * in_force / YEARS < 0.06
    usual, fewer = (yearly_values(answer.histories, "occupied:acute") for answer in (before, after))
    assert (fewer[:, 1:] < usual[:, 1:]).all()
    assert (usual[:, -1] > usual[:, 0]).all()
    fall = 1 - (fewer[:, -1] / fewer[:, 0]).mean() ** (1 / (YEARS - 1))
    assert 0.003 < fall < 0.02
