"""What the peers' models count, so that every one of them counts the same."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.case import Case
from benchmarks.outcome import Outcome


class Counter:
    """Counts and person-days after the warm-up; a stay or wait is clipped to the time that counts."""

    def __init__(self, case: Case) -> None:
        self.case, self.patients = case, 0
        self.person_days = dict.fromkeys(case.stations, 0.0)
        self.left = dict.fromkeys(case.stations, 0)
        kinds = dict.fromkeys(patients.kind for patients in case.patients)
        self.admitted, self.waited = dict.fromkeys(kinds, 0), dict.fromkeys(kinds, 0.0)
        self.blocked_days = 0.0

    def admission(self, kind: str, asked: float, now: float) -> None:
        """Somebody from outside got an acute bed."""
        if now >= self.case.warm_up:
            self.admitted[kind] += 1
            self.waited[kind] += now - asked

    def departure(self, station: str, admitted: float, now: float) -> None:
        """Somebody gave up a place."""
        self.person_days[station] += self.counted(admitted, now)
        if self.case.warm_up <= now < self.case.days:
            self.left[station] += 1

    def block(self, since: float, now: float) -> None:
        """An acute bed was held for want of the next place."""
        self.blocked_days += self.counted(since, now)

    def counted(self, since: float, now: float) -> float:
        """The part of a time that lies between warm-up and end."""
        return max(0.0, min(now, self.case.days) - max(since, self.case.warm_up))

    def outcome(self, inside: Iterable[tuple[str, float]] = (), held: Iterable[float] = ()) -> Outcome:
        """What was found.

        inside   station and admission of those who are there at the end; who left is counted already
        held     since when acute beds are held for want of the next place, likewise
        """
        days, until = self.case.days - self.case.warm_up, self.case.days
        person_days = dict(self.person_days)
        for station, since in inside:
            person_days[station] += self.counted(since, until)
        blocked_days = self.blocked_days + sum(self.counted(since, until) for since in held)
        return Outcome(
            patients=self.patients,
            occupied={name: total / days for name, total in person_days.items()},
            throughput={name: people / days for name, people in self.left.items()},
            wait={kind: self.waited[kind] / max(people, 1) for kind, people in self.admitted.items()},
            blocked=blocked_days / days,
        )
