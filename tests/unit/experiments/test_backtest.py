"""The back-test: its arithmetic by hand, what the fit may read, and a small run from end to end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.cli.backtest_page import page_of
from sim.experiments.backtest.counting import DAYS_A_MONTH, Counting, window
from sim.experiments.backtest.drawing import find_draws
from sim.experiments.backtest.fitting import Aims, fit
from sim.experiments.backtest.looking import SERIES
from sim.experiments.backtest.results import Naive, Row, mean_error, naive_of, score, with_totals
from sim.experiments.backtest.running import band, run_backtest
from sim.experiments.backtest.setting import Setting
from sim.experiments.backtest.stored import as_kept, as_stored, differing, forecast_text, load_results, results_text
from sim.experiments.replicate import Way
from sim.inputs.backtest_fit import backtest_fit_text, load_backtest_fit
from sim.inputs.folders import default_folder
from sim.inputs.history import Known
from sim.inputs.years import financial_year_name
from sim.network.attribution import delay_owners

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting.load()


@pytest.fixture(scope="module")
def small(setting) -> Setting:
    """The same question of one small place, run once or twice, with one step of the fit."""
    method = setting.plan.method.model_copy(
        update={"people": 60_000, "replications": 2, "draws": 3, "draw_replications": 2, "corrections": 1,
                "evaluations": 1, "misfit": 1e9}
    )  # fmt: skip
    free = [setting.plan.free[0]]
    return replace(setting, plan=setting.plan.model_copy(update={"method": method, "free": free}))


def known(series: str, year: int, value: float, first: int = 0, last: int = 11) -> Known:
    return Known(series, year, value, "here", "high", "", first, last)


def row(observed: float | None, mean: float, low: float, high: float, carried: float | None = None) -> Row:
    return Row("occupancy", 2010, 0, 11, observed, mean, low, high, carried)


def months(**series: float) -> dict[str, np.ndarray]:
    return {name: np.full(24, series.get(name.replace(":", "_"), 0.0)) for name in SERIES}


def test_errors_are_shares_of_what_was_observed():
    """110 for 100 and 45 for 50: 10 % each."""
    assert mean_error([110, 45], [100, 50]) == pytest.approx(0.1)


def test_a_score_counts_years_in_the_band_and_leaves_out_what_nobody_saw():
    """Errors 10 % and 20 %, one of two inside; the naive forecast is missing for one year and so has no error."""
    rows = [row(1.0, 1.1, 0.9, 1.2, 1.0), row(1.0, 0.8, 0.7, 0.9), row(None, 5, 4, 6)]
    found = score(rows)
    assert found is not None
    assert (found.years, found.error, found.covered, found.carried) == (2, pytest.approx(0.15), 0.5, None)
    assert score(rows[2:]) is None


def test_naive_forecasts_are_by_the_day_and_read_no_later_year():
    """8 months of 2010 at 10 a day, then 12, 14 and 16; 99 in 2014 is never read. 2015: 16 carried, 20 on the line."""
    per_day = {2010: 10, 2011: 12, 2012: 14, 2013: 16, 2014: 99}
    said = [
        known("delayed_acute", year, value * DAYS_A_MONTH * (8 if year == 2010 else 12), 4 if year == 2010 else 0)
        for year, value in per_day.items()
    ]
    naive = Naive.of("delayed_acute", said, 2013)
    assert naive_of("delayed_acute", 2015, (0, 11), naive) == pytest.approx((16 * 365.25, 20 * 365.25))
    assert Naive.of("delayed_acute", said, 2011).trend(2015) is None


def test_totals_are_sums_of_the_same_months():
    found = with_totals([known("delayed_acute", 2010, 5, 4), known("delayed_nonacute", 2010, 3, 4)])
    assert next((each.series, each.value, each.first) for each in found) == ("delayed_total", 8, 4)


def test_delayed_days_are_counted_over_the_months_that_were_seen(setting):
    """10 hospital beds and 2 of 22 community beds held; a tenth of the other 20 counts too: 4 a day."""
    seen = months(delayed=10, delayed_in_community_beds=2, occupied_p2=12, occupied_p3=10, delayed_for_p2=10)
    way = Counting(2010, 0.1, 2.0, delay_owners(setting.base))
    assert way.value("delayed_acute", window(0, 4), seen) == pytest.approx(10 * 8 * DAYS_A_MONTH)
    assert way.value("delayed_nonacute", window(1), seen) == pytest.approx(4 * 365.25)
    assert way.value("delayed_total", window(1), seen) == pytest.approx(14 * 365.25)
    assert way.value("social_care_share", window(1), seen) == pytest.approx(
        delay_owners(setting.base)["social_care"]["p2"]
    )


def test_a_band_shrinks_with_the_share_that_is_simulated():
    """Chance alone: the whole of England has less of it than a part; ignorance does not shrink."""
    luck = np.random.Generator(np.random.Philox(3)).normal(0, 1, (1, 40)).repeat(30, axis=0)
    part, whole = band(luck, 1.0), band(luck, 0.01)
    assert (whole[1] - whole[0]) == pytest.approx(0.1 * (part[1] - part[0]))
    apart = luck + np.linspace(-50, 50, 30)[:, np.newaxis]
    assert np.ptp(band(apart, 0.01)) == pytest.approx(90, rel=0.05)


def test_the_start_is_what_the_inputs_say(setting):
    """Beds and emergency admissions of 2010/11 over the people of April 2010; use of home care as planned."""
    people = setting.footprint.people
    base = setting.base
    assert base.value("capacity.acute_beds") * setting.footprint.total / 1000 == pytest.approx(
        setting.inputs["general_acute_beds"][2010]
    )
    rates = base.by("demand.emergency_rate", unit="share_per_year")
    assert sum(rates[band_] * people[band_] for band_ in people) == pytest.approx(
        setting.inputs["emergency_admissions"][2010]
    )


def test_beds_and_places_follow_the_years(setting):
    """Beds step to each year's number; care at home follows the NHS's money and the drift."""
    values = {each.name: each.begin for each in setting.plan.free} | {"places.drift": 2.0}
    given = setting.parameters(values)
    beds = setting.inputs["general_acute_beds"]
    level = np.prod([1 + rate / 100 for _, rate in given.yearly("capacity.growth.acute")])
    assert level == pytest.approx(beds[2019] / beds[2010])
    assert dict(given.yearly("capacity.growth.p1"))[2013] == pytest.approx(
        setting.inputs["nhs_money_growth"][2013] + 2.0
    )


def test_the_fit_reads_nothing_after_its_last_year(small):
    """Every later observation made absurd, or taken away: the same fit, digit for digit."""
    until = small.plan.fitted_until
    absurd = tuple(replace(each, value=each.value * 7) if each.year > until else each for each in small.observed)
    gone = tuple(each for each in small.observed if each.year <= until)
    found = [fit(replace(small, observed=seen), Way(1)) for seen in (small.observed, absurd, gone)]
    assert found[0].values == found[1].values == found[2].values
    assert found[0].counted == found[1].counted == found[2].counted
    assert all(each.year <= until for each in Aims(small).known)


def test_the_fit_reads_its_own_years(small):
    """An observation of 2012/13 made absurd is noticed: the test above could fail."""
    absurd = tuple(
        replace(each, value=each.value * 3) if (each.series, each.year) == ("delayed_nonacute", 2012) else each
        for each in small.observed
    )
    assert fit(small, Way(1)).counted != fit(replace(small, observed=absurd), Way(1)).counted


def test_a_small_back_test_from_end_to_end(small):
    """Fit, draws, run, tables; the same digits on one thread and on two."""
    found = fit(small, Way(2))
    draws, aside = find_draws(found, Way(2))
    stored = as_stored(found, draws, aside, "2016-04-01")
    assert stored.aside + len(stored.draws) == small.plan.method.draws
    assert differing(stored, stored.model_copy(update={"score": 9.0})) == ("score",)
    assert "demand" not in backtest_fit_text(stored).split("values:")[0].split("made:")[0]
    one, two = (run_backtest(small, stored, Way(workers)).rows for workers in (1, 2))
    assert one == two
    assert {each.year for each in one if each.series == "occupancy"} == set(range(2010, 2020))
    assert all(each.low <= each.high for each in one)
    forecast = forecast_text(one, 2015, ("c", "v", "1", "d")).splitlines()
    assert len(forecast) == 1 + 7 * 4
    assert page_of([as_kept(each) for each in one], small.plan, stored).startswith("# The back-test")


@pytest.mark.evidence
def test_the_page_is_true_to_the_stored_tables(setting):
    """The page is what the stored rows and the stored fit say, and the forecast is among the rows."""
    rows = load_results()
    root = default_folder().parent
    page = (root / "docs/reference/back-test.md").read_text(encoding="utf-8")
    assert page.rstrip("\n") == page_of(rows, setting.plan, load_backtest_fit())
    table = (default_folder() / "history/forecast_2016_2019.csv").read_text(encoding="utf-8").splitlines()
    said = {tuple(line.split(",")[:8]) for line in table[1:]}
    kept = {
        tuple(cell for place, cell in enumerate(line.split(",")) if place not in (5, 9, 10))
        for line in results_text(rows).splitlines()[1:]
        if line.split(",")[1] >= financial_year_name(2016)
    }
    assert said == kept


@pytest.mark.evidence
def test_the_stored_rows_have_the_observations_of_the_data(setting):
    """Nothing observed was changed on the way to the table."""
    observed = {(each.series, each.year): each.value for each in with_totals(setting.observed)}
    for each in load_results():
        if each.observed is not None:
            assert each.observed == pytest.approx(observed[each.series, each.year], rel=1e-5)


@pytest.mark.evidence
def test_the_stored_fit_began_from_the_parameters_that_are_shipped(setting):
    """Whoever changes a number makes the fit anew."""
    assert load_backtest_fit().made.parameters == setting.digest, "run `upstream backtest --fit`"
