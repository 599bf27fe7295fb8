"""How it works: the care network drawn from its file, and the model in plain words. A plain page."""

from __future__ import annotations

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component
from flask import Flask, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.networks import chooser, network_shown
from dashboard.pages.plain import plain_body, plain_page
from dashboard.wording.language import _, along, mark

ADDRESS = "/how-it-works"
STYLES = ("look.css", "map.css")

INTRO = mark(
    "Upstream is a simulation: a small copy of a health-and-care place in which every patient is followed, one by "
    "one, day by day, for some years. It answers what follows if; it does not foretell what will be."
)
Part = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
PARTS: tuple[Part, ...] = (
    (
        mark("People come in"),
        (
            mark(
                "Every day some people need a hospital bed at once, some are called in from the planned list, and "
                "some are referred from home to care in the community. How many follows from how many people live in "
                "the place and how old they are, from what has grown in the past, from the month and the day of the "
                "week, and from chance."
            ),
            mark(
                "Prevention and care outside hospital make some of them not come. Part of what is avoided in "
                "hospital becomes work elsewhere: it is moved, not gone."
            ),
        ),
        (("/flow", mark("Flow: who went where in a year")),),
    ),
    (
        mark("They wait, stay and go on"),
        (
            mark(
                "Whoever needs a place takes one if one is free, and waits if none is. A stay has a length of its "
                "own: most are short, a few very long. Then the person goes home, on to other care, or dies, in "
                "shares that were counted in real places."
            ),
            mark(
                "A large service that is 85% in use has hardly any queue. One that is 98% in use has a long one, and "
                "small changes make it much longer or shorter. That is why averages mislead, and why people are "
                "followed one by one."
            ),
        ),
        (("/map", mark("Map: how full every kind of place is")),),
    ),
    (
        mark("Full places hold up the others"),
        (
            mark(
                "Whoever is ready to leave a hospital bed and finds the next place full stays in the bed. So a want "
                "of home care can fill a hospital, and more hospital beds would not mend it. People held up in this "
                "way go before people who are referred from home."
            ),
            mark(
                "Some people are delayed although there is room: papers, choices, a home to be made ready. The model "
                "counts them apart."
            ),
        ),
        (("/map", mark("Map: what holds up the rest")),),
    ),
    (
        mark("Money"),
        (
            mark(
                "Each organisation has a budget that grows as was planned. Places cost money whether they are in use "
                "or not, work costs money as it is done, and a bed that is closed goes on costing for a while. What "
                "is spent beyond all budgets is the money gap. Every pound goes from one account to another, and the "
                "books must balance to the penny in every month of every run."
            ),
        ),
        (("/money", mark("Money: where the pounds come from and go")),),
    ),
    (
        mark("Prevention takes time"),
        (
            mark(
                "Money that is moved to prevention leaves the hospital at once. Programmes must be set up, people "
                "must be found, and effects come months or years later and fade if a programme ends. For a while a "
                "place pays twice: often it gets worse before it gets better, and some programmes never pay for "
                "themselves. Where studies found nothing, or harm, the model says so."
            ),
        ),
        (("/", mark("Overview: the dip, and when a plan has paid for itself")),),
    ),
    (
        mark("Chance, and what is not known"),
        (
            mark(
                "Each question is run several times, and each run has its own luck. With a plan and without it the "
                "same people fall ill on the same days, so that a difference is the plan\u2019s and not luck\u2019s. "
                "Where it is no larger than chance may bring, the page says \u201cno detectable difference\u201d."
            ),
            mark(
                "Many numbers behind it are not known well. Each has a range, a source and a grade; what follows if "
                "they are wrong can be asked under the cards of the overview."
            ),
        ),
        (("/prove-it", mark("Prove it: published answers, and the past")),),
    ),
)
CANNOT = mark("What it cannot tell you")
LIMITS = (
    mark("What will happen. Doing nothing is a measuring stick: real places act when beds run out."),
    mark(
        "What is special about your place. People and their ages are yours; rates, stays and prices are "
        "England\u2019s until somebody gives your own."
    ),
    mark("Quality, safety, or who lives longer because of a plan."),
    mark("Staff by skill: no nurses or carers apart, no vacancies, no sickness."),
    mark("Who gains and who loses: everybody of the same age is alike."),
    mark("Mental health, maternity, ambulances, general practice and outpatients: at most money that passes through."),
    mark("The four-hour standard of the emergency department: the wait here is the wait for a bed."),
    mark("What to choose. It shows what follows from your choice, and no more."),
)
LEARN = mark("New to queues and flow? Eight short lessons, each with a small network to try")
NETWORK = mark("The network, drawn from its file")
FROM_FILE = mark(
    "The model does not know what a hospital is. It reads a file of doors, places, ways and shares, and what you see "
    "here is drawn from that same file. Other files, of published studies and small examples, are run by the same "
    "code; that is how it is checked."
)


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show the page."""

    @server.get(ADDRESS)
    def how_it_works() -> str:
        link = gateway.name(request.query_string.decode("utf-8", "replace"))
        return page(gateway, link, request.args.get("network"))


def page(gateway: Gateway, link: str, name: object) -> str:
    """The page as HTML, with one network drawn."""
    names, network = gateway.studies.networks(), gateway.studies.network(name)
    drawn = [
        html.H2(_(NETWORK), className="view-title"),
        html.P(_(FROM_FILE), className="view-says"),
        chooser(names, network.id, ADDRESS, link),
        *network_shown(network),
    ]
    parts = [html.H2(_("How it works"), className="view-title", id="how", tabIndex=-1), *_explained(link), *drawn]
    body = plain_body("how", link, parts, skip=(_("Skip to the explanation"), "how"))
    return plain_page(_("How it works"), body, styles=STYLES)


def _explained(link: str) -> Iterator[Component]:
    """The model in plain words, part by part, each with the view that shows it."""
    query = along(link)
    yield html.P(_(INTRO), className="view-says")
    yield html.P(html.A(_(LEARN), href=f"/learn?{query}" if query else "/learn"), className="view-says how-part")
    yield html.Div([_part(*each, link) for each in PARTS], className="how-parts")
    yield html.H2(_(CANNOT), className="view-title")
    yield html.Ul([html.Li(_(each)) for each in LIMITS], className="how-limits")


def _part(title: str, says: tuple[str, ...], ways: tuple[tuple[str, str], ...], link: str) -> html.Section:
    query = along(link)
    links = [html.A(_(words), href=f"{where}?{query}" if query else where) for where, words in ways]
    return html.Section([html.H3(_(title)), *(html.P(_(each)) for each in says), html.P(links)], className="how-part")
