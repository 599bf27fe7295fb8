"""Put the application together: page, callbacks, protection."""

from __future__ import annotations

from logging import getLogger
from pathlib import Path

from dashboard import asking, working
from dashboard.enquiries import Gateway
from dashboard.first_paint import FirstPaint
from dashboard.guard import protect
from dashboard.pages import overview, overview_callbacks, prove

LOG = getLogger(__name__)
TITLE = "Upstream"
INDEX = """<!DOCTYPE html>
<html lang="en-GB">
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


def create_app(gateway: Gateway | None = None) -> FirstPaint:
    """The dashboard as a Dash application; its `server` is a Flask application for any WSGI server.

    gateway   where answers come from; None opens the shipped model and warms it
    """
    if gateway is None:
        from dashboard.gateway import open_gateway

        gateway = open_gateway(LOG.info)
    app = FirstPaint(
        "dashboard",
        assets_folder=str(Path(__file__).parent / "assets"),
        assets_ignore=rf"^{prove.SCRIPT}$",
        serve_locally=True,
        title=TITLE,
        update_title="",
        index_string=INDEX,
        compress=False,
        enable_mcp=False,
    )
    app.gateway = gateway
    app.layout = overview.layout(gateway.catalogue)
    overview_callbacks.register(app, gateway)
    asking.register(app.server, gateway)
    working.register(app.server, gateway)
    prove.register(app.server, gateway)
    protect(app)
    return app
