"""The reference engine: the definition of right, in SimPy, to be read along with a patient's way.

It may be slow and may not be clever. SimPy's own resources scan their users when one leaves, so places are counted
here, and the order of simultaneous events is defined by `Rank` and the person's number.
"""

from __future__ import annotations

from collections.abc import Generator
from graphlib import TopologicalSorter
from math import inf

import numpy as np
from numpy.typing import NDArray
from simpy import Event

from sim.engines.arrivals import Batch, Calendar, Envelope, Sequence, doors
from sim.engines.clock import Clock, Rank
from sim.engines.contract import Conditions, Flow, LogEntry
from sim.engines.people import Person, people_at_door
from sim.engines.places import Places
from sim.engines.start import Present, people_present
from sim.engines.tally import Tally
from sim.engines.wards import Ward
from sim.engines.week import Week
from sim.network.model import CareNetwork, Group, Route
from sim.network.reach import blocking_ways
from sim.randomness.distributions import QuantileTable, quantile_table, residual_table
from sim.randomness.lengths import Distribution
from sim.randomness.streams import Purpose, Streams

Way = Generator[Event, None, None]
AS_DECLARED = Conditions()


class ReferenceEngine:
    """One replication of one care network.

    network       what to simulate
    seed, replication   choose the people's random numbers, each 0 to 2**32 - 1
    log           keep every event of every person
    long_wait     S: people waiting longer than this at a period's end are counted; None = nobody is
    moving_share  share of people who may take a place in another locality (pooling), 0 to 1
    begins        the time to start at; negative when a warm-up should end at 0
    """

    def __init__(
        self,
        network: CareNetwork,
        seed: int,
        replication: int,
        *,
        log: bool = False,
        long_wait: NDArray[np.float64] | None = None,
        moving_share: float = 0.0,
        begins: float = 0.0,
    ) -> None:
        self.network, self.streams = network, Streams(seed, replication)
        self.clock, self.calendar = Clock(begins), Calendar(network)
        self.doors = doors(network, self.streams)
        self.tally = Tally(network, begins)
        self._log: list[LogEntry] | None = [] if log else None
        self.long_wait = np.full(len(network.stations), inf) if long_wait is None else long_wait
        self.conditions = AS_DECLARED
        self.kind = [network.kinds.index(group.kind) for group in network.groups]
        self.wards = [self._ward(index) for index in range(len(network.stations))]
        self.by_name = {ward.station.name: ward for ward in self.wards}
        self.downstream_first = [
            self.by_name[name] for name in TopologicalSorter(blocking_ways(network)).static_order()
        ]
        self._introduce_sisters()
        self.tables: dict[int, QuantileTable] = {}
        self.places = Places(network, self.wards, self.clock, self.tally, moving_share, self._table, self._note)
        self._begin()

    @property
    def log(self) -> list[LogEntry]:
        """Every event so far; empty unless asked for."""
        return self._log or []

    @property
    def inside(self) -> int:
        """People in places or waiting now."""
        return self.tally.inside

    def advance(self, until: float, conditions: Conditions | None = None) -> Flow:
        """Move to `until` under these conditions; events at `until` itself belong to the next period."""
        start = float(self.clock.now)
        self.conditions = conditions or AS_DECLARED
        if self.conditions.places is not None:
            self.places.set_places(self.downstream_first, self.conditions.places)
        for arriving in self.doors:
            self._expect(arriving, start, until)
        self.clock.run(until=until)
        unlimited = np.array([ward.places == inf for ward in self.wards])
        return self.tally.close(start, until, unlimited, self.places.waiting_long(self.long_wait))

    # ---- one person's way ------------------------------------------------------------------------------------

    def journey(self, person: Person, ward: Ward | None, held: Ward | None = None) -> Way:
        """From asking for a first place to leaving the network."""
        while ward is not None:
            request = self.places.ask(person, ward, held)
            if request.is_open:
                request.answer = self.clock.event()
                yield request.answer
            if request.given is None:
                return
            held = request.given
            yield from self._stay(person, ward, held)
            ward = yield from self._move_on(person, ward, held)

    def _stay(self, person: Person, ward: Ward, held: Ward, residual: bool = False) -> Way:
        """The stay that `ward` was asked for, in a place of `held` (a sister's, when places are pooled).

        A residual stay began before the simulation did.
        """
        distribution = self.network.groups[person.group].stays[ward.station.name]
        if residual:
            stay = self._table(distribution, residual=True).at(person.at(ward.index, Purpose.RESIDUAL))
        else:
            stay = self._table(distribution).at(person.at(ward.index, Purpose.STAY))
            if self.conditions.stays is not None:
                stay *= float(self.conditions.stays[person.group, ward.index])
        yield self.clock.at(held.leaves(self.clock.now, stay), Rank.COMPLETION, person.number)

    def _move_on(self, person: Person, ward: Ward, held: Ward) -> Generator[Event, None, Ward | None]:
        """Choose the way out, sit out its delay in the place, and name the next ward; None after an exit."""
        routes = self.network.groups[person.group].routes[ward.station.name]
        lot, route = person.at(ward.index, Purpose.ROUTE), routes[0]
        for route in routes:
            lot -= route.share
            if lot < 0:
                break
        if route.delay is not None:
            yield from self._hold_back(person, ward, held, route)
        following = self.by_name.get(route.target)
        if following is None:
            self._exit(person, held, route.target)
        elif following.index <= ward.index:
            person.rounds += 1
        return following

    def _hold_back(self, person: Person, ward: Ward, held: Ward, route: Route) -> Way:
        """A delay that is not about capacity: assessment, choice, housing. It holds the place."""
        assert route.delay is not None
        length = self._table(route.delay).at(person.at(ward.index, Purpose.DELAY))
        if self.conditions.delays is not None:
            length *= float(self.conditions.delays[held.index])
        level = self.tally.delay[held.index][self._destination(route.target)]
        level.change(self.clock.now, +1)
        yield self.clock.at(self.clock.now + length, Rank.COMPLETION, person.number)
        level.change(self.clock.now, -1)

    def _exit(self, person: Person, held: Ward, exit_name: str) -> None:
        """Leave the network; perhaps to come back."""
        self.tally.left_by[self.network.exits.index(exit_name)] += 1
        self.tally.moved[held.index, self._destination(exit_name)] += 1
        self.tally.inside -= 1
        self._note("exited", person, exit_name)
        self.places.release(held, person)
        self.places.settle()
        back = self.network.groups[person.group].readmission
        if back is None or exit_name not in back.after_exits or person.spell >= back.at_most:
            return
        if person.once(Purpose.READMISSION) < back.probability:
            interval = self._table(back.interval).at(person.once(Purpose.INTERVAL))
            again = person.again(self.network.group_names.index(back.group))
            self.clock.process(self._return(again, self.by_name[back.at], self.clock.now + interval))

    def _return(self, person: Person, ward: Ward, time: float) -> Way:
        yield self.clock.at(time, Rank.ARRIVAL, person.number)
        self.tally.readmitted[self.kind[person.group]] += 1
        self._arrive(person, ward)

    # ---- coming in, and what changes with time ---------------------------------------------------------------

    def _expect(self, coming: Envelope | Sequence, start: float, until: float) -> None:
        """Let the people of one group come in during the period."""
        arrivals, diverted = self.conditions.arrivals, self.conditions.diverted
        multiplier = 1.0 if arrivals is None else float(arrivals[coming.group])
        away = 0.0 if diverted is None else float(diverted[coming.group])
        for batch in coming.coming(start, until, multiplier, away):
            self.clock.process(self._come_in(self.network.groups[coming.group], coming.group, batch))

    def _come_in(self, group: Group, index: int, batch: Batch) -> Way:
        """The people of one stream, each at their time."""
        assert group.arrivals is not None
        usual = self.by_name[group.arrivals.at]
        people = people_at_door(self.streams, index, batch.stream, usual.index, batch.blocks, batch.indices)
        for person, time, away in zip(people, batch.times.tolist(), batch.diverted.tolist(), strict=True):
            yield self.clock.at(time, Rank.ARRIVAL, person.number)
            ward = usual
            if away:
                assert group.diverts_to is not None
                ward = self.by_name[group.diverts_to]
                self.tally.diverted[self.kind[index]] += 1
            self._arrive(person, ward)

    def _arrive(self, person: Person, ward: Ward) -> None:
        self.tally.arrived[ward.index, self.kind[person.group]] += 1
        self.tally.inside += 1
        self._note("arrived", person, ward.station.name)
        self.clock.process(self.journey(person, ward))

    def _steps(self, ward: Ward) -> Way:
        """The network's own changes of capacity."""
        for time, places in ward.station.places[1:]:
            if time > self.clock.now:
                yield self.clock.at(time, Rank.CAPACITY, self.downstream_first.index(ward))
            self.places.open_places(ward, places)
            self.places.settle()

    def _count_heads(self) -> Way:
        time = np.ceil(self.clock.now)
        while True:
            yield self.clock.at(float(time), Rank.CENSUS)
            self.tally.count_heads()
            time += 1

    # ---- beginning -------------------------------------------------------------------------------------------

    def _ward(self, index: int) -> Ward:
        station = self.network.stations[index]
        factors = station.leaving_by_weekday
        week = Week(factors, self.calendar.first_weekday, self.calendar.per_day) if factors else None
        return Ward(index, station, week)

    def _introduce_sisters(self) -> None:
        """Wards of a pool know each other, the next locality first."""
        for ward in self.wards:
            pool = [w for w in self.wards if w.station.pool and w.station.pool == ward.station.pool]
            here = pool.index(ward) if ward in pool else 0
            ward.sisters = tuple(pool[here + 1 :] + pool[:here])

    def _begin(self) -> None:
        for ward in self.wards:
            self.places.open_places(ward, ward.places)
            if len(ward.station.places) > 1:
                self.clock.process(self._steps(ward))
        self.clock.process(self._count_heads())
        for present in people_present(self.network, self.streams):
            self._place(present)
        self.places.settle()

    def _place(self, present: Present) -> None:
        ward, person = self.wards[present.station], present.person
        self.tally.inside += 1
        if present.waits:
            self.clock.process(self.journey(person, ward))
            return
        self.places.take(ward, person)
        following = None if present.wants is None else self.wards[present.wants]
        self.clock.process(self._carry_on(person, ward, following))

    def _carry_on(self, person: Person, held: Ward, following: Ward | None) -> Way:
        """The rest of a way that was under way at the start."""
        if following is None:
            yield from self._stay(person, held, held, residual=True)
            following = yield from self._move_on(person, held, held)
        yield from self.journey(person, following, held)

    # ---- small things ----------------------------------------------------------------------------------------

    def _destination(self, target: str) -> int:
        """A column of `delay_time` and `moved`: stations first, then exits."""
        ward = self.by_name.get(target)
        return ward.index if ward else len(self.wards) + self.network.exits.index(target)

    def _table(self, distribution: Distribution, *, residual: bool = False) -> QuantileTable:
        key = -id(distribution) if residual else id(distribution)
        table = self.tables.get(key)
        if table is None:
            table = self.tables[key] = (residual_table if residual else quantile_table)(distribution)
        return table

    def _note(self, event: str, person: Person, where: str) -> None:
        if self._log is not None:
            name = self.network.groups[person.group].name
            self._log.append(LogEntry(float(self.clock.now), event, person.number, name, where))
