"""What to say of a run's warm-up: too short, of no use where seasons go on, or in vain where too much is asked."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from sim.experiments.network_run import NetworkAnswer
from sim.network import Arrivals, CareNetwork, Station, expected_load

OVERLOADED = (
    "This never settles: {stations}. Queues grow for as long as it runs, so what is found depends on how long that is."
)
UNLESS_THEY_LEAVE = (
    "Warm-up: the census does not settle within the run (MSER-5), and {stations}. Unless enough people give up or are "
    "turned away, it never will."
)
SEASONAL = (
    "Warm-up: the census does not settle (MSER-5), as is usual where rates or places change in time. Run whole years, "
    "start in equilibrium, and leave out about as long as the longest mean stay."
)
UNSETTLED = (
    "Warm-up: the census does not settle within the run (MSER-5); treat these as results of a short period, or give a "
    "longer --run."
)
TOO_SHORT = "Warm-up: MSER-5 on the census asks for {needed:g}; try --warm-up {needed:g}."


def on_the_warm_up(network: CareNetwork, answer: NetworkAnswer) -> str | None:
    """A sentence for the reader of the results; None where there is nothing to say."""
    too_much = ", and ".join(_too_much(network))
    if too_much and not _leaves(answer):
        return OVERLOADED.format(stations=too_much)
    if answer.needed is not None and answer.needed <= answer.warm_up:
        return None
    if too_much and answer.needed is None:
        return UNLESS_THEY_LEAVE.format(stations=too_much)
    if changes_in_time(network):
        return SEASONAL
    return UNSETTLED if answer.needed is None else TOO_SHORT.format(needed=answer.needed)


def changes_in_time(network: CareNetwork) -> bool:
    """Whether rates of arrival or numbers of places change in other ways than by the hour and the weekday."""
    stepped = any(len(station.places) > 1 for station in network.stations)
    return stepped or any(group.arrivals is not None and _is_seasonal(group.arrivals) for group in network.groups)


def _is_seasonal(arrivals: Arrivals) -> bool:
    varied = (arrivals.by_month, arrivals.by_year, arrivals.series)
    return arrivals.growth != 0 or any(len(set(numbers)) > 1 for numbers in varied)


def _too_much(network: CareNetwork) -> Iterator[str]:
    """Stations whose offered load is above all the places they ever have."""
    load = expected_load(network).load.sum(axis=0)
    for index, station in enumerate(network.stations):
        if (most := _most_places(station)) < load[index]:
            places = "1 place" if most == 1 else f"{most:g} places"
            yield f"{station.label} is asked for more than it can do (a load of {load[index]:.4g} on {places})"


def _most_places(station: Station) -> float:
    return max(places for _, places in station.places) + (station.escalation.places if station.escalation else 0)


def _leaves(answer: NetworkAnswer) -> bool:
    """Whether anybody was turned away, gave up or died waiting anywhere."""
    shares = [station.measures[name].mean for station in answer.stations for name in ("lost", "gave_up")]
    return any(isfinite(share) and share > 0 for share in shares)
