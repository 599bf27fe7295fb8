"""Places and queues: who gets a place, who waits for one, who is blocked, who gives up.

One rule holds between events: where a place is free nobody waits for it, and where a buffer has room nobody is
blocked. Whatever frees a place marks its ward unsettled, and `settle` restores the rule.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from math import inf

import numpy as np
from numpy.typing import NDArray

from sim.engines.clock import Clock, Rank
from sim.engines.people import Person
from sim.engines.tally import Tally
from sim.engines.wards import Request, Ward
from sim.network.model import CareNetwork
from sim.randomness.distributions import QuantileTable
from sim.randomness.lengths import Distribution
from sim.randomness.streams import Purpose

Note = Callable[[str, Person, str], None]


class Places:
    """All wards of one network and the rules of moving between them.

    moving_share  share of people who may take a place in another locality (pooling), 0 to 1
    table         turns a distribution into its quantile table
    note          is told every event: what, who, where
    """

    def __init__(
        self,
        network: CareNetwork,
        wards: list[Ward],
        clock: Clock,
        tally: Tally,
        moving_share: float,
        table: Callable[[Distribution], QuantileTable],
        note: Note,
    ) -> None:
        self.network, self.wards, self.clock, self.tally = network, wards, clock, tally
        self.moving_share, self.table, self.note = moving_share, table, note
        self.kind = [network.kinds.index(group.kind) for group in network.groups]
        self.unsettled: deque[Ward] = deque()

    def ask(self, person: Person, ward: Ward, held: Ward | None) -> Request:
        """Ask for a place: given at once if one is free, else wait, stay blocked, or be turned away."""
        request = Request(person, ward, held, float(self.clock.now))
        free = next((w for w in (ward, *self._sisters_open_to(person, ward)) if w.has_place()), None)
        if free is not None:
            self._admit(request, free)
            self.settle()
        elif request.from_outside and not ward.has_waiting_room():
            request.state = "gone"
            self._leave_queue(request, self.tally.lost, "lost")
        else:
            self._wait(request)
        return request

    def _wait(self, request: Request) -> None:
        ward, person, now = request.ward, request.person, self.clock.now
        request.queued = True
        key = ward.key(request, self.network.groups[person.group].priority)
        ward.queue.put(key, request)
        if self._may_move(person) and ward.sisters:
            ward.movers.put(key, request)
        if request.from_outside:
            ward.outside += 1
            self.tally.waiting[ward.index][self.kind[person.group]].change(now, +1)
            self._set_limits(request)
            return
        assert request.held is not None
        self.tally.blocked[request.held.index][ward.index].change(now, +1)
        self.note("blocked", person, request.held.station.name)
        ward.blocked.put(key, request)
        self.unsettled.append(ward)
        self.settle()

    def _set_limits(self, request: Request) -> None:
        """How long a person from outside waits at most: until they give up, or die."""
        group, name, now = self.network.groups[request.person.group], request.ward.station.name, self.clock.now
        for limits, purpose, count, word in (
            (group.patience, Purpose.PATIENCE, "reneged", "reneged"),
            (group.dies_waiting, Purpose.DEATH, "died_waiting", "died"),
        ):
            if name in limits:
                time = now + self.table(limits[name]).at(request.person.at(request.ward.index, purpose))
                event = self.clock.at(time, Rank.GIVING_UP, request.person.number)
                event.callbacks.append(lambda _, c=count, w=word: self._give_up(request, c, w))

    def _give_up(self, request: Request, count: str, word: str) -> None:
        if not request.is_open:
            return
        request.state = "gone"
        request.ward.outside -= 1
        self.tally.waiting[request.ward.index][self.kind[request.person.group]].change(self.clock.now, -1)
        self._leave_queue(request, getattr(self.tally, count), word)
        if request.answer is not None:
            request.answer.succeed()

    def _leave_queue(self, request: Request, counter: NDArray[np.int64], word: str) -> None:
        counter[request.ward.index, self.kind[request.person.group]] += 1
        self.tally.inside -= 1
        self.note(word, request.person, request.ward.station.name)

    def _admit(self, request: Request, given: Ward) -> None:
        """Give a place; the one held until now is free again."""
        person, now = request.person, self.clock.now
        waited, request.state, request.given = request.state, "admitted", given
        if request.queued:
            self._stop_waiting(request, waited)
        if request.answer is not None:
            request.answer.succeed()
        self.take(given, person)
        kind = self.kind[person.group]
        self.tally.admitted[given.index, kind] += 1
        came_from = len(self.wards) + kind if request.left is None else request.left.index
        self.tally.moved[came_from, given.index] += 1
        if request.from_outside:
            self.tally.waited(given.index, kind, now - request.since)
        self.note("admitted", person, given.station.name)
        if request.held is not None:
            self.release(request.held, person)

    def _stop_waiting(self, request: Request, state: str) -> None:
        ward, now, kind = request.ward, self.clock.now, self.kind[request.person.group]
        if request.held is not None:
            self.tally.blocked[request.held.index][ward.index].change(now, -1)
            return
        self.tally.waiting[ward.index][kind].change(now, -1)
        if state == "buffered":
            ward.buffered -= 1
            self.unsettled.append(ward)
        else:
            ward.outside -= 1

    def settle(self) -> None:
        """Give free places to those who wait, and buffer places to the blocked, until nothing moves."""
        while self.unsettled:
            ward = self.unsettled.popleft()
            while ward.has_place() and (request := self._next_for(ward)) is not None:
                self._admit(request, ward)
            while ward.has_buffer() and (request := ward.blocked.first(blocked_only=True)) is not None:
                self._into_buffer(request)

    def _next_for(self, ward: Ward) -> Request | None:
        """Who gets the next place: the ward's own queue first, then people of a sister's who may move."""
        for queue in (ward.queue, *(sister.movers for sister in ward.sisters)):
            if (request := queue.first()) is not None:
                return request
        return None

    def _into_buffer(self, request: Request) -> None:
        ward, held = request.ward, request.held
        assert held is not None
        request.state, request.held = "buffered", None
        ward.buffered += 1
        self.tally.blocked[held.index][ward.index].change(self.clock.now, -1)
        self.tally.waiting[ward.index][self.kind[request.person.group]].change(self.clock.now, +1)
        self.release(held, request.person)

    def take(self, ward: Ward, person: Person) -> None:
        """Somebody takes a place."""
        ward.taken += 1
        self.tally.occupied[ward.index][self.kind[person.group]].change(self.clock.now, +1)
        self._count_escalation(ward)

    def release(self, ward: Ward, person: Person) -> None:
        """Somebody gives up a place; to be settled by the caller."""
        ward.taken -= 1
        kind = self.kind[person.group]
        self.tally.occupied[ward.index][kind].change(self.clock.now, -1)
        self.tally.departed[ward.index, kind] += 1
        self.note("left", person, ward.station.name)
        self._count_escalation(ward)
        self.unsettled.append(ward)

    def _count_escalation(self, ward: Ward) -> None:
        if ward.station.escalation is not None:
            level = self.tally.escalation[ward.index][0]
            level.change(self.clock.now, ward.escalation_open() - level.value)

    def _sisters_open_to(self, person: Person, ward: Ward) -> tuple[Ward, ...]:
        return ward.sisters if ward.sisters and self._may_move(person) else ()

    def _may_move(self, person: Person) -> bool:
        return self.moving_share > 0 and person.once(Purpose.MAY_MOVE) < self.moving_share

    def set_places(self, wards: Iterable[Ward], places: NDArray[np.float64]) -> None:
        """New numbers of places, by station index; a cut never evicts, a rise admits everyone who fits."""
        for ward in wards:
            self.open_places(ward, float(places[ward.index]))
        self.settle()

    def open_places(self, ward: Ward, places: float) -> None:
        """A new number of places at one ward, to be settled by the caller."""
        ward.places = places
        level = self.tally.place[ward.index][0]
        level.change(self.clock.now, (0 if places == inf else int(places)) - level.value)
        self._count_escalation(ward)
        self.unsettled.append(ward)

    def waiting_long(self, limits: NDArray[np.float64]) -> NDArray[np.int64]:
        """People from outside who have waited longer than their station's limit; shape S by K."""
        counts = np.zeros((len(self.wards), len(self.network.kinds)), dtype=np.int64)
        for ward in self.wards:
            latest = self.clock.now - limits[ward.index]
            for request in ward.queue.open_requests():
                if request.from_outside and request.since < latest:
                    counts[ward.index, self.kind[request.person.group]] += 1
        return counts
