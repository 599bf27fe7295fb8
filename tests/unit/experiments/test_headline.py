"""Break-even, dip and gap, worked by hand on made-up replications."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.headline import break_even, dip, headline
from sim.results.history import History

pytestmark = pytest.mark.unit


def spent(replications, *rows):
    """Replications of which all spending is the hospitals'."""
    return replications({"spending:acute": rows})


def test_break_even_is_the_year_in_which_savings_have_paid_for_the_start(replications):
    """Net by year of 12 equal months: -12, -12, +24, +24, ...: the sum is 0 at the end of the third year."""
    before = spent(replications, [10, 10, 10, 10, 10], [10, 10, 10, 10, 10])
    after = spent(replications, [11, 11, 8, 8, 8], [11, 11, 8, 8, 8])
    found = break_even(before, after)
    assert found.year == 2
    assert found.words == "2018/19"
    assert found.share == 1
    assert found.costs
    assert found.net.mean == 12 * (-1 - 1 + 2 + 2 + 2)


def test_break_even_must_last_to_the_horizon(replications):
    """Ahead after the second year, behind again at the end: not within the horizon."""
    found = break_even(spent(replications, [10, 10, 10]), spent(replications, [11, 8, 13]))
    assert found.year is None
    assert found.words == "not within the horizon"


def test_break_even_is_judged_on_the_mean_and_says_in_how_many_replications(replications):
    found = break_even(spent(replications, [10, 10], [10, 10]), spent(replications, [12, 5], [11, 10]))
    assert found.year == 1
    assert found.share == 0.5


def test_a_scenario_that_never_costs_says_so(replications):
    found = break_even(spent(replications, [10, 10]), spent(replications, [9, 9]))
    assert (found.year, found.costs) == (0, False)
    assert found.words == "2016/17 (never behind)"


def test_no_difference_in_money_is_not_a_break_even_year(replications):
    same = spent(replications, [10, 10], [3, 4])
    assert break_even(same, same).words == "no difference in money"


def test_rounding_below_a_penny_does_not_put_off_break_even(replications):
    found = break_even(spent(replications, [0.1 + 0.2]), spent(replications, [0.3]))
    assert found.words == "no difference in money"


def months(*rows):
    return [History(len(row), {"delayed": np.array(row, dtype=float)}) for row in rows]


def test_the_dip_is_the_worst_month_on_the_mean_of_replications():
    """Differences by month: 0 1 5 2 and 0 1 7 2: worst in month 2 (June 2016), by 6 on average."""
    before = months([9, 9, 9, 9], [4, 4, 4, 4])
    after = months([9, 10, 14, 11], [4, 5, 11, 6])
    found = dip(before, after, "delayed")
    assert found.month == 2
    assert found.words == "June 2016"
    assert found.difference.mean == 6
    assert found.difference.verdict == "no detectable difference"


def test_a_dip_picked_from_many_months_needs_stronger_evidence():
    """Six pairs +1, +2, ..., +6 in one month: worse on its own at 95 %, wider when it was picked from 60."""
    before = months(*[[0.0] * 60] * 6)
    after = months(*[[0.0] * 30 + [float(size)] + [0.0] * 29 for size in range(1, 7)])
    wide = dip(before, after, "delayed").difference
    narrow = dip(
        [History(1, {"delayed": h["delayed"][30:31]}) for h in before],
        [History(1, {"delayed": h["delayed"][30:31]}) for h in after],
        "delayed",
    ).difference
    assert narrow.verdict == "worse"
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)


def test_a_scenario_that_is_never_worse_has_no_dip():
    found = dip(months([5, 5], [5, 5]), months([4, 5], [3, 5]), "delayed")
    assert found.month is None
    assert found.words == "never worse"


def test_a_rounding_error_is_not_a_dip():
    assert dip(months([0.3], [1]), months([0.1 + 0.2], [1]), "delayed").month is None


def test_the_gap_is_that_of_doing_nothing_in_the_final_year(replications):
    """12 months of 10 pounds in the last year, for 60 people: 2 pounds a head."""
    series = {
        "gap": [[1, 10], [1, 10]],
        "spending:acute": [[1, 1], [1, 1]],
        "occupancy:acute": [[1, 1], [1, 1]],
        "delayed": [[1, 1], [1, 1]],
    }
    found = headline(replications(series), replications(series), people=60)
    assert found.gap.mean == 120
    assert found.gap_per_head.mean == 2
    assert [each.series for each in found.dips] == ["occupancy:acute", "delayed"]


def test_income_is_no_saving_and_capital_is_a_cost(replications):
    """The plan spends 1 a year more on beds and nothing less on care; a richer fund does not change that."""
    before = replications({"spending:acute": [[10, 10]], "capital": [[0, 0]], "income:acute": [[5, 5]]})
    after = replications({"spending:acute": [[10, 10]], "capital": [[1, 1]], "income:acute": [[50, 50]]})
    found = break_even(before, after)
    assert found.year is None
    assert found.net.mean == -2 * 12
