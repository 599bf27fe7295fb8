"""Workshops and nothing else of the product, as browsers meet them: quick to start, and to be killed and started again.

Run as a program with a folder for its database and a port (0: any); it says where it is. With a third word it begins to
run rounds and never ends one.
"""

from __future__ import annotations

import socket
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

from flask import send_from_directory
from waitress import create_server

from dashboard.pages.plain import ASSETS
from dashboard.server.guard import HEADERS, content_policy
from sim.workshop import run_round
from tests.unit.dashboard.workshop.serving import app_of, hub_of

THREADS = 16


def app_with_assets(hub):
    """The addresses of workshops, their files, and the headers that the product sends."""
    app = app_of(hub)
    app.add_url_rule("/assets/<path:name>", view_func=lambda name: send_from_directory(ASSETS, name))
    app.add_url_rule("/_favicon.ico", "icon", lambda: ("", 204))

    @app.after_request
    def finish(response):
        response.headers.update(HEADERS | {"Content-Security-Policy": content_policy([])})
        return response

    return app


def server_of(hub, port=0):
    """A server that listens and does not serve yet."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen()
    hub.wake()
    return create_server(app_with_assets(hub), sockets=[listening], threads=THREADS)


@contextmanager
def alone(folder, hosting=None):
    """Workshops at an address of this process, as long as the block lasts."""
    hub = hub_of(folder, hosting)
    server = server_of(hub)
    Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        server.close()
        hub.close()


def begun(state, number, way, **more):
    """Run a round as far as its first replication, and stay there."""

    def progress(done, wanted):
        way.progress(done, wanted)
        if done:
            Event().wait()

    return run_round(state, number, replace(way, progress=progress), **more)


def main(folder, port, *stays):
    """Serve until somebody kills the program."""
    server = server_of(hub_of(Path(folder), run=begun if stays else None), int(port))
    sys.stdout.write(f"http://127.0.0.1:{server.effective_port}/\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
