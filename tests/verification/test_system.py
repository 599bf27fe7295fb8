"""The coupled month: demand, flow and money together keep what each keeps alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.inputs import (
    AGE_BANDS,
    ORGANISATIONS,
    STATIONS,
    STREAMS,
    find_footprint,
    load_footprints,
    load_levers,
    load_parameters,
)
from sim.system import coupling, prepare, simulate
from sim.system.record import Record
from sim.system.together import in_a_row

pytestmark = pytest.mark.verification

PEOPLE = 15_000
PARAMETERS = load_parameters()
PLACE = find_footprint("dorset", load_footprints())
SLIDERS = [lever for lever in load_levers() if lever.kind == "slider"]


def run(changes: dict | None = None, years: int = 2, people: float = PEOPLE, replication: int = 0):
    place = prepare(PARAMETERS.with_changes(changes or {}), PLACE, years, people)
    return simulate(place, 4, replication)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, float]:
    """Up to five levers anywhere in their range."""
    chosen = draw(st.lists(st.sampled_from(SLIDERS), max_size=5, unique_by=lambda lever: lever.path))
    return {lever.path: draw(st.floats(lever.low, lever.high)) for lever in chosen}


@settings(max_examples=15)
@given(plans(), st.sampled_from(["hold", "means"]), st.sampled_from(["fortress", "place"]))
def test_any_plan_runs_balances_and_stays_finite(plan, regime, behaviour):
    history = run(plan | {"policy.regime": regime, "policy.behaviour": behaviour}, years=1)
    for name, values in history.series.items():
        assert values.shape == (12,)
        assert np.all(np.isfinite(values)), name
    transfers = sum(history[f"transfer:{name}"] for name in ORGANISATIONS)
    assert np.all(np.abs(transfers) < 0.005), "transfers sum to zero to the penny"
    for name in ORGANISATIONS:
        balance = history[f"income:{name}"] + history[f"transfer:{name}"] - history[f"spending:{name}"]
        assert balance == pytest.approx(history[f"balance:{name}"], abs=0.02)
    assert np.all(history["occupancy_p95:acute"] < 2.0)


def test_the_same_seed_gives_the_same_bytes():
    first, again = run(), run()
    for name, values in first.series.items():
        assert values.tobytes() == again.series[name].tobytes(), name
    assert first["emergency_bed_days"].tobytes() != run(replication=1)["emergency_bed_days"].tobytes()


@pytest.mark.parametrize("pooling", [0.0, 0.5])
def test_every_move_has_its_series_and_the_people_inside_change_by_them(pooling, monkeypatch):
    """Out of hospital: discharges. In less out of each kind of station: the change of people in its places."""
    changes = {"capacity.pooling_share": pooling, "capacity.locality_people": PEOPLE / 2}
    place = prepare(PARAMETERS.with_changes(changes), PLACE, 2, PEOPLE)
    record = Record(place)
    monkeypatch.setattr(coupling, "Record", lambda _: record)
    history = simulate(place, 4, 0)
    flow = in_a_row(record.flows)
    moved = {name: values for name, values in history.series.items() if name.startswith("moved:")}
    assert sum(moved.values()) == pytest.approx(flow.moved.sum(axis=(1, 2)) * place.weight)
    out = sum(values for name, values in moved.items() if name.startswith("moved:acute>"))
    assert out == pytest.approx(history["discharges"])
    change = np.diff(flow.occupied.sum(axis=2), axis=0) * place.weight
    for at, kind in enumerate(STATIONS):
        came = sum(values for name, values in moved.items() if name.endswith(f">{kind}"))
        left = sum(values for name, values in moved.items() if name.startswith(f"moved:{kind}>"))
        assert (came - left)[1:] == pytest.approx(change[:, at], abs=1e-6), kind


def test_a_plan_that_begins_later_changes_nothing_before():
    """Same people, same events, until the month in which the shift starts."""
    usual, shifted = run(), run({"policy.shift_share": 0.1, "policy.shift_start": 1.0})
    for name in ("occupancy:acute", "delayed", "emergency_wait_hours", "gap", "admissions:emergency_overnight"):
        assert usual[name][:12].tobytes() == shifted[name][:12].tobytes(), name
    assert usual["gap"][12:].tobytes() != shifted["gap"][12:].tobytes()


def test_prevention_takes_away_admissions_of_named_people():
    """With hopeful effects, at once and in full, there are fewer admissions in every replication.

    Beds are plenty, so that nobody's admission waits for somebody else's discharge.
    """
    plenty = {"capacity.acute_beds": 6.0}
    plan = plenty | {
        "policy.shift_share": 0.2,
        "policy.shift_start": 0.0,
        "policy.shift_ramp": 0.0,
        "policy.mix_prevention": 1.0,
        "policy.mix_community": 0.0,
        "policy.mix_social_care": 0.0,
        "policy.evidence_stance": "hopeful",
        "policy.share_delivered": 1.0,
    }
    for replication in range(3):
        usual, fewer = run(plenty, years=3, replication=replication), run(plan, years=3, replication=replication)
        last = slice(24, 36)
        assert fewer["admissions:emergency_overnight"][last].sum() < usual["admissions:emergency_overnight"][last].sum()
        assert fewer["averted"][last].sum() > 0


def test_a_plan_of_programmes_with_no_effect_changes_no_flow():
    """Money moves, people do not: every flow is the same to the last bit."""
    effects = [name for name in PARAMETERS if name.startswith("programme.") and ".effect_" in name]
    nothing = {
        path: 0.0
        for name in effects
        for path in ([f"{name}.{band}" for band in AGE_BANDS] if PARAMETERS[name].by else [name])
    }
    spend = {
        "policy.shift_share": 0.1,
        "policy.shift_start": 0.0,
        "policy.mix_prevention": 1.0,
        "policy.mix_community": 0.0,
        "policy.mix_social_care": 0.0,
    }
    usual, spent = run(nothing), run(nothing | spend)
    for name in ("occupancy:acute", "delayed", "admissions:emergency_overnight", "elective_waiting", "unmet"):
        assert usual[name].tobytes() == spent[name].tobytes(), name
    assert spent["averted"].sum() == 0.0
    assert spent["spending:public_health"].sum() > usual["spending:public_health"].sum()


def test_pooling_all_places_of_two_localities_leaves_fewer_people_blocked():
    """One pool waits less than two halves (Smith and Whitt 1981); the same people come to both."""
    small = {"capacity.locality_people": 10_000}
    delayed = {}
    for share in (0.0, 1.0):
        history = run(small | {"capacity.pooling_share": share}, years=2, people=20_000)
        delayed[share] = history["delayed:capacity"].sum()
    assert delayed[1.0] < delayed[0.0]


def test_as_many_come_as_demand_says():
    """Elective admissions of six years, given beds for all: the expected number, to 3.5 standard deviations."""
    years, people = 6, 60_000
    place = prepare(PARAMETERS.with_changes({"capacity.acute_beds": 6.0}), PLACE, years, people)
    came = simulate(place, 4, 0)["admissions:elective_overnight"].sum() / place.weight
    elective = STREAMS.index("elective_overnight")
    monthly = [place.demand.volumes(month / 12)[elective].sum() / 12 for month in range(years * 12)]
    expected = sum(monthly) / place.weight
    assert came == pytest.approx(expected, abs=3.5 * np.sqrt(expected))
    assert place.demand.volumes(5.0).sum() / place.demand.admissions.sum() == pytest.approx(1.036**5)
