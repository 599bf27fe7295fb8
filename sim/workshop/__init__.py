"""Teaching workshops: sessions as logs of acts, what a team's decisions bring, and nothing of any screen.

In a notebook::

    from sim.workshop import acts, load_template, new_session, run_round
    from sim.workshop.acts import FACILITATOR, Record

    session = new_session(load_template("beds_or_packages"))
    session = session.act(Record("s1", acts.Join("s1", "Ada", "Blue", "place")))
    session = session.act(Record(FACILITATOR, acts.Begin()))
    session = session.act(Record("s1", acts.Decide("policy.shift_share", 0.02)))
    session = session.act(Record(FACILITATOR, acts.Lock()))
    run_round(session.state, 0).teams[0].headlines
"""

from sim.workshop.acts import FACILITATOR, Record, record_from
from sim.workshop.agreements import Promises, promises
from sim.workshop.expected import expected, expected_session
from sim.workshop.export import Export, export_bytes, read_export, replay, results_bytes, results_document, text_of
from sim.workshop.fold import RefusedError, Session, new_session, replayed
from sim.workshop.plans import as_scenario, question_of
from sim.workshop.results import Headline, RoundResults, TeamRound, Won
from sim.workshop.rounds import Ask, asked, run_round, split
from sim.workshop.rules import refusal
from sim.workshop.sight import View, levers_of, view
from sim.workshop.state import Deal, Plan, Seat, State, Team
from sim.workshop.template import Role, Round, Span, Template
from sim.workshop.template_file import load_template, read_template, template_names

__all__ = [
    "FACILITATOR", "Ask", "Deal", "Export", "Headline", "Plan", "Promises", "Record", "RefusedError", "Role", "Round",
    "RoundResults", "Seat", "Session", "Span", "State", "Team", "TeamRound", "Template", "View", "Won", "as_scenario",
    "asked", "expected", "expected_session", "export_bytes", "levers_of", "load_template", "new_session", "promises",
    "question_of", "read_export", "read_template", "record_from", "refusal", "replay", "replayed", "results_bytes",
    "results_document", "run_round", "split", "template_names", "text_of", "view",
]  # fmt: skip
