"""The fit: quantities that move people, found by running the model through the years that may be looked at.

Bounded non-linear least squares (trust region reflective), residuals in tolerances. The same people come in every
run, so a difference between two runs is the quantities' and hardly chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.backtest.counting import Counting, days, window
from sim.experiments.backtest.looking import FloatArray, Looks, Months, together
from sim.experiments.backtest.setting import Setting
from sim.experiments.replicate import Way, replicate
from sim.inputs import Parameters
from sim.inputs.history import Known

DIGITS = 10


@dataclass(frozen=True)
class Aims:
    """What the fit looks at: observations of the fitted years, and nothing after them."""

    setting: Setting

    @property
    def years(self) -> int:
        """Years that are run."""
        return self.setting.plan.fitted_until - self.setting.plan.first_year + 1

    @property
    def known(self) -> tuple[Known, ...]:
        """Observations of the fitted years."""
        return tuple(each for each in self.setting.observed if each.year <= self.setting.plan.fitted_until)

    @property
    def towards(self) -> tuple[Known, ...]:
        """Those that move people."""
        return tuple(each for each in self.known if each.series in self.setting.plan.towards)

    def residuals(self, seen: Months) -> FloatArray:
        """Each observation missed, and then the part of delay that is about capacity, in tolerances."""
        plan = self.setting.plan
        # what is aimed at needs neither accounts nor ratios of how things are counted
        plain = Counting(plan.first_year, 0.0, 1.0, {})
        missed = []
        for known in self.towards:
            aim = plan.towards[known.series]
            unit = aim.tolerance * (known.value if aim.of == "value" else 1.0)
            missed.append((plain.of_known(known, seen) - known.value) / unit)
        believed = plan.capacity_share
        years = [window(year) for year in range(self.years)]
        shares = [days(seen["delayed:capacity"][at]) / days(seen["delayed"][at]) for at in years]
        missed.append((float(np.mean(shares)) - believed.value) / believed.tolerance)
        return np.array(missed)


@dataclass(frozen=True)
class Scale:
    """Free quantities on their bounds: 0 is the low one, 1 the high one."""

    names: tuple[str, ...]
    low: FloatArray
    high: FloatArray

    @classmethod
    def of(cls, setting: Setting) -> Scale:
        """The quantities of a plan, in their order."""
        free = setting.plan.free
        return cls(
            tuple(each.name for each in free),
            np.array([each.low for each in free]),
            np.array([each.high for each in free]),
        )

    def values(self, parts: FloatArray) -> dict[str, float]:
        """Values by name, to so many digits that arithmetic cannot be told from them."""
        found = self.low + parts * (self.high - self.low)
        return {name: float(f"{each:.{DIGITS}g}") for name, each in zip(self.names, found, strict=True)}

    def parts(self, values: Mapping[str, float]) -> FloatArray:
        """Where the values lie between their bounds."""
        return (np.array([values[name] for name in self.names]) - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Found:
    """A fit.

    values      of the free quantities
    counted     of the quantities that say how things are counted
    residuals   at the values, in tolerances; `slopes` is how they change, by part of the way between bounds
    runs        how often the model was run through the years
    """

    setting: Setting
    values: Mapping[str, float]
    counted: Mapping[str, float]
    residuals: FloatArray
    slopes: FloatArray
    runs: int

    @property
    def score(self) -> float:
        """Root mean square of the residuals."""
        return float(np.sqrt(np.mean(np.square(self.residuals))))


def fit(setting: Setting, way: Way) -> Found:
    """Fit; the same digits on any number of threads. Observations after the fitted years are not read."""
    aims, scale, plan = Aims(setting), Scale.of(setting), setting.plan
    runs, most = 0, plan.method.evaluations * (len(plan.free) + 1)

    def residuals(parts: FloatArray) -> FloatArray:
        nonlocal runs
        runs += 1
        way.progress(min(runs, most), most)
        return aims.residuals(seen(setting, scale.values(parts), way))

    begin = scale.parts({each.name: each.begin for each in plan.free})
    from scipy.optimize import least_squares

    solved = least_squares(
        residuals, begin, bounds=(0.0, 1.0), diff_step=plan.method.step, max_nfev=plan.method.evaluations,
        ftol=plan.method.settled, xtol=plan.method.settled,
    )  # fmt: skip
    values = scale.values(solved.x)
    last = seen(setting, values, way)
    counted = count(setting, last, setting.base)
    return Found(setting, values, counted, aims.residuals(last), np.array(solved.jac), runs)


def seen(setting: Setting, values: Mapping[str, float], way: Way) -> Months:
    """The fitted years under some values, the mean over replications."""
    method, parameters = setting.plan.method, setting.parameters(values)
    looks = Looks(
        lambda _: parameters, setting.footprint, Aims(setting).years, method.people, method.seed, method.replications
    )
    return together(replicate(looks, method.replications, Way(way.workers)))


def count(setting: Setting, shown: Months, parameters: Parameters) -> dict[str, float]:
    """Quantities that say how things are counted, from a run through the fitted years.

    parameters   whose accounts of delay are taken times the factors found
    """
    known = Aims(setting).known
    return {
        "community_beds": _community_beds(setting, shown, known),
        **_accounts(setting, shown, known, parameters),
        "emergency_bed_days": _bed_days(setting, shown, known),
    }


def counting(setting: Setting, counted: Mapping[str, float], parameters: Parameters) -> Counting:
    """A way of counting with these quantities, over the accounts of some parameters."""
    laid = setting.laid(parameters, counted["social_care"], counted["both"])
    return Counting.of(setting.plan.first_year, counted["community_beds"], counted["emergency_bed_days"], laid)


def _community_beds(setting: Setting, shown: Months, known: Sequence[Known]) -> float:
    """The share that misses non-acute delayed days least, relative to what was observed."""
    wanted = [each for each in known if each.series == "delayed_nonacute"]
    none, all_ = (
        np.array([Counting(setting.plan.first_year, share, 1.0, {}).of_known(each, shown) for each in wanted])
        for share in (0.0, 1.0)
    )
    observed = np.array([each.value for each in wanted])
    slope, missing = (all_ - none) / observed, (observed - none) / observed
    bounds = setting.plan.counted.community_beds
    return _kept(np.clip(slope @ missing / (slope @ slope), bounds.low, bounds.high))


def _bed_days(setting: Setting, shown: Months, known: Sequence[Known]) -> float:
    wanted = [each for each in known if each.series == "emergency_bed_days"]
    plain = Counting(setting.plan.first_year, 0.0, 1.0, {})
    ratios = [each.value / plain.of_known(each, shown) for each in wanted]
    bounds = setting.plan.counted.emergency_bed_days
    return _kept(np.clip(np.mean(ratios), bounds.low, bounds.high))


def _accounts(setting: Setting, shown: Months, known: Sequence[Known], parameters: Parameters) -> dict[str, float]:
    """Factors of the accounts that miss the published shares least."""
    wanted = [each for each in known if each.series in ("nhs_share", "social_care_share")]
    bounds = (setting.plan.counted.social_care, setting.plan.counted.both)

    def missed(factors: FloatArray) -> FloatArray:
        laid = setting.laid(parameters, float(factors[0]), float(factors[1]))
        way = Counting.of(setting.plan.first_year, 0.0, 1.0, laid)
        return np.array([way.of_known(each, shown) - each.value for each in wanted])

    limits = ([each.low for each in bounds], [each.high for each in bounds])
    from scipy.optimize import least_squares

    solved = least_squares(missed, np.ones(len(bounds)), bounds=limits)
    return {"social_care": _kept(solved.x[0]), "both": _kept(solved.x[1])}


def _kept(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
