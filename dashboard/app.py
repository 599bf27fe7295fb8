"""Put the application together: page, callbacks, protection."""

from __future__ import annotations

from logging import getLogger
from pathlib import Path

from dashboard.answering.enquiries import Gateway
from dashboard.downloads import routes as downloads
from dashboard.facts.learning import School
from dashboard.pages import (
    compare,
    evidence,
    glossary,
    how,
    learn,
    lost,
    overview_callbacks,
    prove,
    report,
    stress,
    takes,
    views,
    watch,
)
from dashboard.pages.plain import SAY
from dashboard.server import asking, comparing, driving, speaking, witnesses, working
from dashboard.server.first_paint import FirstPaint
from dashboard.server.guard import protect
from dashboard.shelf import routes as shelf_routes
from dashboard.shelf.exchange import Exchange
from dashboard.shelf.sessions import Sessions
from dashboard.shelf.store import Shelf
from dashboard.workshop.keeping.elsewhere import Elsewhere
from dashboard.workshop.serving import routes as workshop_routes
from dashboard.workshop.serving.hosting import Hosting
from dashboard.workshop.serving.hub import Hub

LOG = getLogger(__name__)
TITLE = "Upstream"
ELSEWHERE = {
    each for page in (evidence, glossary, learn, stress, takes, watch) for each in (*page.SCRIPTS, *page.STYLES)
}
"""Files of plain pages, which the first page does without."""
WORKSHOPS = "workshop.*"
"""Those of workshops, which none but their own pages need."""

INDEX = """<!DOCTYPE html>
<html lang="{%language%}">
  <head>
    {%metas%}
    <title>{%title%}</title>
    {%favicon%}
    {%css%}
    <link rel="preload" as="script" href="/_dash-component-suites/plotly/package_data/plotly.min.js">
  </head>
  <body>
    {%app_entry%}
    <footer>
      {%config%}
      {%scripts%}
      {%renderer%}
    </footer>
  </body>
</html>
"""


def create_app(gateway: Gateway | None = None, shelf: Shelf | None = None, hub: Hub | None = None) -> FirstPaint:
    """The dashboard as a Dash application; its `server` is a Flask application for any WSGI server.

    gateway   where answers come from; None opens the shipped model and warms it
    shelf     where scenarios are kept; None means in the database that the environment names, or in a file
    hub       where workshops are held; None means in the same database, with nobody who may make new ones
    """
    if gateway is None:
        from dashboard.gateway import open_gateway

        gateway = open_gateway(LOG.info)
    app = FirstPaint(
        "dashboard",
        assets_folder=str(Path(__file__).parent / "assets"),
        assets_ignore=rf"^({'|'.join((SAY, *prove.SCRIPTS, *compare.SCRIPTS, *report.FILES, *ELSEWHERE, WORKSHOPS))})$",
        serve_locally=True,
        title=TITLE,
        update_title="",
        index_string=INDEX,
        compress=False,
        enable_mcp=False,
    )
    app.gateway = gateway
    speaking.register(app.server)
    app.layout = lambda: views.layout(gateway.catalogue)
    overview_callbacks.register(app, gateway)
    asking.register(app.server, gateway)
    working.register(app.server, gateway)
    witnesses.register(app.server, gateway)
    comparing.register(app.server, gateway)
    driving.register(app.server, gateway)
    prove.register(app.server, gateway)
    evidence.register(app.server, gateway, working.draws_asked)
    glossary.register(app.server, gateway)
    watch.register(app.server, gateway)
    stress.register(app.server, gateway)
    takes.register(app.server, gateway)
    how.register(app.server, gateway)
    learn.register(app.server, gateway, _school)
    lost.register(app.server)
    shelf_routes.register(app.server, gateway, shelf or Shelf(), _exchange)
    downloads.register(app.server, gateway, _exchange)
    hub = hub or Hub(Sessions(), Hosting(), work=Elsewhere())
    hub.busy = gateway.let_be
    workshop_routes.register(app.server, hub)
    protect(app)
    return app


def _school() -> School:
    """The shipped lessons, whose files are read when somebody opens them."""
    from dashboard.gateway.learning import school

    return school()


def _exchange() -> Exchange:
    """Scenario files as the shipped model reads and writes them."""
    from dashboard.gateway.exchange import exchange

    return exchange()
