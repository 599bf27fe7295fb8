"""The dashboard on a port of its own, with a made-up model: a server for tests to kill."""

from __future__ import annotations

import socket
import sys

from waitress import create_server

from dashboard.app import create_app
from tests.unit.dashboard.fake_model import fake_gateway


def main():
    """Say the port, and serve without end."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = create_server(create_app(fake_gateway()).server, sockets=[listening], threads=8)
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
