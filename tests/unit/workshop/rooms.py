"""A small workshop, and sessions of it, for tests: a place far too small to mean anything."""

from __future__ import annotations

from functools import cache

from sim.inputs.document import read_yaml_text
from sim.workshop import FACILITATOR, Record, Session, Template, acts, new_session, read_template

TEXT = """title: Small
why: To try things out
minutes: 10
footprint: devon
people: 20000
replications: 2
seed: 3
setting: {policy.shift_start: 0, policy.shift_ramp: 0, policy.start_delay: 0}
levers:
  acute: [capacity.growth.acute, policy.discharge_delay]
  community: [capacity.growth.p1]
  social_care: [capacity.growth.home_care]
  place: [policy.shift_share, policy.mix_prevention, policy.mix_community, policy.mix_social_care, policy.regime]
limits: {policy.shift_share: [0, 0.1]}
deals: true
hidden: [plans, books]
rounds:
  - {title: Alone, years: 1, way: fortress, minutes: 5}
  - {title: Again, years: 1, way: fortress, minutes: 5}
  - {title: Together, years: 1, way: place, minutes: 5}
wins: [flow, people, money, promises]
cards:
  winter: {title: A hard winter, reads: It is cold, shock: severe_winter, years: 1}
  homes: {title: Homes close, reads: They close, shock: care_home_closures, years: 1}
before: [[], [winter], []]
plays:
  nothing: {says: Nothing, settings: [{}, {}, {}]}
  agreed:
    says: Agreed and broken
    settings: [{capacity.growth.acute: 2}, {}, {policy.shift_share: 0.02}]
    deals: [{community: 0.02}]
    broken: [1]
"""
ROLES = ("acute", "community", "social_care", "place")


@cache
def small(text: str = TEXT) -> Template:
    """The small workshop."""
    return read_template(read_yaml_text(text, "small.yaml"), "small")


def by(session: Session, who: str, *all_acts: acts.Act) -> Session:
    """The session after acts of one person."""
    for act in all_acts:
        session = session.act(Record(who, act))
    return session


def led(session: Session, *all_acts: acts.Act) -> Session:
    """The session after acts of the facilitator."""
    return by(session, FACILITATOR, *all_acts)


def joined(template: Template | None = None, teams: tuple[str, ...] = ("Blue", "Red")) -> Session:
    """A session in which every role of every team is taken: seats are named "Blue/acute" and so on."""
    session = new_session(template or small())
    for team in teams:
        for role in session.state.template.roles:
            seat = f"{team}/{role}"
            session = by(session, seat, acts.Join(seat, f"{role} of {team}", team, role))
    return session


ROUND = (acts.Lock(), acts.Run(), acts.Ran("hash"), acts.Reveal(), acts.Debrief())
"""What the facilitator does once everybody has decided."""
