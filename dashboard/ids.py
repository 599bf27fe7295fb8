"""Every id of the page. The scripts in assets/ use the same words."""

from __future__ import annotations

THEME_PROVIDER = "theme-provider"
THEME_BUTTON = "theme-button"
HELP = "help"

SEARCH = "search"
"""The link as the browser has it."""

STATE = "state"
"""What the link means, as the server read it."""

CATALOGUE = "catalogue"
"""What the scripts must know of levers and plans."""

QUESTION = "question"
"""The link of the page as it stands, written by the scripts."""

PLACE = "place"
PLAN = "plan"
YEARS = "years"
REPLICATIONS = "replications"
SEED = "seed"
SCENARIOS = "scenarios"
SHARE = "share"
RESET_ALL = "reset-all"
LEVERS_BUTTON = "levers-button"
MOVED = "moved"
PLAN_WHY = "plan-why"

EVIDENCE = "evidence"
EVIDENCE_CONTENT = "evidence-content"
TITLE = "title"
KPIS = "kpis"
STORY = "story"
SAMPLE = "sample"
STATUS = "status"
LIVE = "live"
LEVERS = "levers"
RESULTS = "results"

DOUBTS = "doubts"
DOUBTS_ASK = "doubts-ask"
DOUBTS_STATUS = "doubts-status"
DOUBTS_BAR = "doubts-bar"
DOUBTS_STOP = "doubts-stop"
DOUBTS_AGAIN = "doubts-again"
DOUBTS_CLOSE = "doubts-close"
DOUBTS_RESULT = "doubts-result"


VIEWS = "views"
"""The strip of ways between views."""

LOOK = "look"
"""The controls of the views of people and pounds: which year, and the plan, doing nothing or the difference."""

LOOK_YEAR = "look-year"


def view(name: str) -> str:
    """Id of the part of the page that is one view."""
    return f"view-{name}"


def words(view: str) -> str:
    """Id of a view's sentence."""
    return f"words-{view}"


def graph(measure: str) -> str:
    """Id of a chart."""
    return f"graph-{measure}"


def behind(measure: str) -> str:
    """Id of the words and table behind a chart."""
    return f"behind-{measure}"
