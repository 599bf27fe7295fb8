"""Morris screening and Sobol indices of any function, drawn and worked out by SALib.

A function takes points, shape (rows, things), each thing from 0 to 1, and gives one number a row, or one for each
replication of a row. The same way leads from an engine, from a toy and from a function with known indices.

SALib brings pandas and matplotlib along and takes a second to import, so it is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.results.statistics import LEVEL, half_width

FloatArray = NDArray[np.float64]
Function = Callable[[FloatArray], FloatArray]

LEVELS = 4
"""Steps of the grid that Morris trajectories go by: 0, 1/3, 2/3 and 1."""
RESAMPLES = 1000
SAMPLING, RESAMPLING = 1991, 2010
"""Keep what is drawn from a seed for points apart from what is drawn for intervals."""


@dataclass(frozen=True, slots=True)
class Design:
    """Points to be asked about.

    points   shape (rows, things), each from 0 to 1
    block    so many rows in a row belong together: a trajectory, or one sample with its exchanges
    """

    names: tuple[str, ...]
    points: FloatArray
    block: int

    @property
    def blocks(self) -> int:
        """Trajectories, or samples."""
        return len(self.points) // self.block

    def only(self, known: NDArray[np.bool_]) -> Design:
        """The blocks of which this is true, shape (blocks,)."""
        return replace(self, points=self.points[np.repeat(known, self.block)])


@dataclass(frozen=True, slots=True)
class Screened:
    """What moving one thing does, from wherever the others stand (Morris 1991; Campolongo and others 2007).

    mean           effect, as if the thing moved through all of its range
    size, reach    mean size of the effect, whichever way, and half of its 95 % interval for want of trajectories
    spread         standard deviation of the effect: near 0, it is the same wherever the others stand
    chance         half of a 95 % interval of the size for want of replications; nan with fewer than two
    """

    name: str
    mean: float
    size: float
    reach: float
    spread: float
    chance: float


@dataclass(frozen=True, slots=True)
class Index:
    """What part of the variance one thing makes (Sobol 2001; Saltelli and others 2010).

    first, first_reach    by itself, and half of its 95 % interval for want of samples
    total, total_reach    by itself and together with others
    chance                half of a 95 % interval of the total for want of replications; nan with fewer than two
    """

    name: str
    first: float
    first_reach: float
    total: float
    total_reach: float
    chance: float


def morris_design(names: Sequence[str], trajectories: int, seed: int) -> Design:
    """Trajectories in which one thing after another moves two thirds of its range."""
    from SALib.sample import morris

    points = morris.sample(_problem(names), trajectories, num_levels=LEVELS, seed=_source(seed))
    return Design(tuple(names), np.asarray(points, dtype=np.float64), len(names) + 1)


def sobol_design(names: Sequence[str], samples: int, seed: int) -> Design:
    """Pairs of points of a scrambled Sobol sequence, and the first with one thing after another of the second.

    samples   a power of two
    """
    from SALib.sample import sobol

    points = sobol.sample(_problem(names), samples, calc_second_order=False, seed=_source(seed))
    return Design(tuple(names), np.asarray(points, dtype=np.float64), len(names) + 2)


def screened(design: Design, values: FloatArray, seed: int) -> tuple[Screened, ...]:
    """Morris measures by thing, in the unit of the values.

    values   shape (rows,) or (rows, replications)
    """
    table = _by_replication(values)
    each = np.array([_morris(design, column, seed)[1] for column in table.T])
    mean, size, reach, spread = _morris(design, table.mean(axis=1), seed)
    return tuple(
        Screened(name, float(mean[i]), float(size[i]), float(reach[i]), float(spread[i]), _chance(each[:, i]))
        for i, name in enumerate(design.names)
    )


def indices(design: Design, values: FloatArray, seed: int) -> tuple[Index, ...]:
    """Sobol indices by thing; all nan where nothing varies.

    values   shape (rows,) or (rows, replications)
    """
    table = _by_replication(values)
    each = np.array([_sobol(design, column, seed)[2] for column in table.T])
    first, first_reach, total, total_reach = _sobol(design, table.mean(axis=1), seed)
    return tuple(
        Index(name, float(first[i]), float(first_reach[i]), float(total[i]), float(total_reach[i]), _chance(each[:, i]))
        for i, name in enumerate(design.names)
    )


def screen(names: Sequence[str], function: Function, trajectories: int, seed: int = 1) -> tuple[Screened, ...]:
    """Morris screening of any function."""
    design = morris_design(names, trajectories, seed)
    return screened(design, function(design.points), seed)


def decompose(names: Sequence[str], function: Function, samples: int, seed: int = 1) -> tuple[Index, ...]:
    """Sobol indices of any function; `samples` is a power of two."""
    design = sobol_design(names, samples, seed)
    return indices(design, function(design.points), seed)


def noise(values: FloatArray) -> float:
    """Part of the variance between points that chance alone makes; nan with fewer than two replications.

    values   shape (rows, replications)

    Luck that all points share does no harm: people are the same in all. What is left of it in single points does; as
    means over replications are analysed, it counts divided by them.
    """
    rows, replications = values.shape
    if min(rows, replications) < 2:
        return float("nan")
    means = values.mean(axis=1)
    expected = means[:, np.newaxis] + values.mean(axis=0) - values.mean()
    left_over = float(np.square(values - expected).sum()) / ((rows - 1) * (replications - 1))
    between = float(means.var(ddof=1))
    return left_over / replications / between if between > 0 else float("nan")


def _morris(design: Design, values: FloatArray, seed: int) -> tuple[FloatArray, ...]:
    from SALib.analyze import morris

    found = morris.analyze(
        _problem(design.names), design.points, values, num_levels=LEVELS, num_resamples=RESAMPLES,
        conf_level=LEVEL / 100, seed=_whole(seed),
    )  # fmt: skip
    return tuple(np.asarray(found[key], dtype=np.float64) for key in ("mu", "mu_star", "mu_star_conf", "sigma"))


def _sobol(design: Design, values: FloatArray, seed: int) -> tuple[FloatArray, ...]:
    if np.ptp(values) == 0:
        return (np.full(len(design.names), np.nan),) * 4
    from SALib.analyze import sobol

    found = sobol.analyze(
        _problem(design.names), values, calc_second_order=False, num_resamples=RESAMPLES, conf_level=LEVEL / 100,
        seed=_whole(seed),
    )  # fmt: skip
    return tuple(np.asarray(found[key], dtype=np.float64) for key in ("S1", "S1_conf", "ST", "ST_conf"))


def _by_replication(values: FloatArray) -> FloatArray:
    return values if values.ndim > 1 else values[:, np.newaxis]


def _chance(each: FloatArray) -> float:
    """Half of the interval of a mean over replications."""
    return half_width(each, LEVEL)


def _problem(names: Sequence[str]) -> dict[str, object]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _source(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, SAMPLING])))


def _whole(seed: int) -> int:
    """A seed for SALib, which takes 0 for none at all."""
    return int(np.random.SeedSequence([seed, RESAMPLING]).generate_state(1)[0]) | 1
