"""What is kept of a replication: the month's flow, programmes and books as named series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sim.dynamics.programmes import ProgrammeMonth
from sim.dynamics.statements import MonthBooks, MonthPlan
from sim.engines.contract import Flow
from sim.inputs import DELAY_OWNERS
from sim.results.history import History
from sim.results.waits import share_over
from sim.system.place import MONTHS_A_YEAR, Place, month_of_year

HOURS_A_DAY = 24.0
WORST_DAY_IN_TWENTY = 95.0
Named = Iterator[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Month:
    """Everything one month brought; `number` counts from 0."""

    number: int
    flow: Flow
    counted: Mapping[str, float]
    programmes: ProgrammeMonth
    books: MonthBooks
    plan: MonthPlan


class Record:
    """Series of one replication under way. Counts and money are for the whole footprint."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.kinds = {kind: index for index, kind in enumerate(place.network.kinds)}
        self.series: dict[str, list[float]] = defaultdict(list)

    def add(self, month: Month) -> None:
        """Keep a month."""
        for part in (self._hospital, self._delays, self._waits, self._care, self._admissions, self._money):
            for name, value in part(month):
                self.series[name].append(value)

    def history(self) -> History:
        """The series so far."""
        return History(len(self.series["gap"]), {name: np.asarray(values) for name, values in self.series.items()})

    def _hospital(self, month: Month) -> Named:
        flow, beds = month.flow, self.place.stations["acute"]
        open_beds = flow.place_time[beds].sum() / _length(flow)
        yield "occupancy:acute", _ratio(flow.occupied_time[beds].sum(), flow.place_time[beds].sum())
        busy = np.percentile(flow.census[beds].sum(axis=0), WORST_DAY_IN_TWENTY)
        yield "occupancy_p95:acute", _ratio(float(busy), float(open_beds))
        yield "discharges", self._whole(flow.departed[beds].sum())
        yield "emergency_bed_days", self._whole(flow.occupied_time[beds, self.kinds["emergency"]].sum())
        yield "escalation_beds", self._mean(flow, flow.escalation_time[beds].sum())

    def _delays(self, month: Month) -> Named:
        """Beds held by people ready to leave, by who owns the delay and by whether it is about capacity."""
        flow, beds = month.flow, self.place.stations["acute"]
        full = flow.blocked_time[beds].sum(axis=0)
        other = flow.delay_time[beds].sum(axis=0)[: len(full)]
        yield "delayed", self._mean(flow, full.sum() + other.sum())
        yield "delayed:capacity", self._mean(flow, full.sum())
        yield "delayed:noncapacity", self._mean(flow, other.sum())
        owners = np.array([station.delay_counts_as for station in self.place.network.stations])
        for owner in (owner for owner in DELAY_OWNERS if owner in owners):
            yield f"delayed:{owner}", self._mean(flow, (full + other)[owners == owner].sum())

    def _waits(self, month: Month) -> Named:
        flow, beds = month.flow, self.place.stations["acute"]
        emergency, elective = self.kinds["emergency"], self.kinds["elective"]
        waits = flow.waits[beds, emergency].sum(axis=0)
        yield "emergency_wait_hours", _ratio(flow.wait_total[beds, emergency].sum(), waits.sum()) * HOURS_A_DAY
        for hours in (4, 12):
            over = share_over(waits, hours / HOURS_A_DAY) if waits.sum() else 0.0
            yield f"emergency_wait_over_{hours}h", over
        yield "elective_waiting", self._whole(flow.waiting[beds, elective].sum())
        yield "elective_over_18w", self._whole(flow.waiting_long[beds, elective].sum())

    def _care(self, month: Month) -> Named:
        """Each kind of station: places, use, queue; and people whose need is not met."""
        flow, unmet = month.flow, 0.0
        for kind, at in self.place.stations.items():
            places, occupied = flow.place_time[at].sum(), flow.occupied_time[at].sum()
            yield f"places:{kind}", self._mean(flow, places)
            yield f"occupied:{kind}", self._mean(flow, occupied)
            yield f"utilisation:{kind}", _ratio(occupied, places)
            yield f"waiting:{kind}", self._mean(flow, flow.waiting_time[at].sum())
            yield f"gave_up:{kind}", self._whole(flow.reneged[at].sum() + flow.died_waiting[at].sum())
            yield f"held_back:{kind}", month.plan.capacity.held_back[kind]
            unmet += flow.waiting_long[at].sum() if kind != "acute" else 0.0
        yield "unmet", self._whole(unmet)

    def _admissions(self, month: Month) -> Named:
        place, flow, years = self.place, month.flow, month.plan.years
        for stream, number in volumes(place, flow, month.counted).items():
            yield f"admissions:{stream}", number
        yield "readmissions", self._whole(flow.readmitted.sum())
        yield "admissions:community", self._whole(flow.arrived[:, self.kinds["community"]].sum())
        expected = place.demand.monthly(years, month_of_year(month.number))
        averted = month.programmes.averted_admissions(expected["emergency_overnight"], expected["emergency_same_day"])
        yield "averted", float(averted.sum())
        yield "displaced", self._whole(flow.diverted.sum())
        for name, number, coverage, in_force, spent in zip(
            place.programmes.ids,
            averted.tolist(),
            month.programmes.coverage.tolist(),
            month.programmes.in_force.tolist(),
            month.programmes.spent.tolist(),
            strict=True,
        ):
            yield f"averted:{name}", number
            yield f"coverage:{name}", coverage
            yield f"in_force:{name}", in_force
            yield f"programme_spend:{name}", spent / MONTHS_A_YEAR

    def _money(self, month: Month) -> Named:
        books = month.books
        for measure in ("income", "spending", "balance", "transfer", "stranded"):
            for organisation, pounds in getattr(books, measure).items():
                yield f"{measure}:{organisation}", pounds
        yield "stranded", sum(books.stranded.values())
        yield "gap", books.gap
        yield "unspent", sum(books.unspent.values())
        yield "capital", books.capital

    def _whole(self, number: float) -> float:
        return float(number) * self.place.weight

    def _mean(self, flow: Flow, person_days: float) -> float:
        return self._whole(person_days) / _length(flow)


def volumes(place: Place, flow: Flow, counted: Mapping[str, float]) -> dict[str, float]:
    """First admissions asked for in the month by stream, for the whole footprint.

    People count as they come: a hospital too full to admit them has neither averted them nor saved their cost. The
    same holds for readmissions, which follow pro rata: who cannot leave has not been spared one.
    """
    beds, kinds = place.stations["acute"], place.network.kinds
    came = (flow.arrived[beds].sum(axis=0) - flow.readmitted) * place.weight
    return {
        "emergency_same_day": counted["emergency_same_day"],
        "emergency_overnight": float(came[kinds.index("emergency")]),
        "elective_overnight": float(came[kinds.index("elective")]),
        "day_case": counted["day_case"],
    }


def _length(flow: Flow) -> float:
    return flow.end - flow.start


def _ratio(above: float, below: float) -> float:
    return float(above) / float(below) if below else 0.0
