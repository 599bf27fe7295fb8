"""Start the dashboard: `python -m dashboard [--workshop] [--host HOST] [--port PORT] [--no-browser]`."""

from __future__ import annotations

import argparse
import errno
import os
import select
import signal
import socket
import sys
import webbrowser
from collections.abc import Sequence
from threading import Thread, Timer

from waitress import create_server

PORT = 8050
TRIES = 50
THREADS = 64
"""Most of them wait for answers: see `enquiries.SEATS`."""
CONNECTIONS = 1_000
"""At a time: a browser holds up to six, and a room has sixty."""
FEWER = 400
"""Where the system lets a program watch only so many."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; returns the exit code."""
    wanted = _parser().parse_args(arguments)
    host = wanted.host or ("0.0.0.0" if wanted.workshop else "127.0.0.1")
    listening = listen(host, wanted.port)
    if listening is None:
        _say(f"No free port from {wanted.port} to {wanted.port + TRIES - 1} on {host}. Try --port.")
        return 1
    port = listening.getsockname()[1]
    if wanted.port not in (0, port):
        _say(f"Port {wanted.port} is taken; using {port}.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _say("Warming up the model\u2026")
    return _serve(listening, host, workshop=wanted.workshop, browser=wanted.browser)


def listen(host: str, port: int) -> socket.socket | None:
    """A socket on the port, or on the next free one; None when there is none nearby.

    It listens at once, so that no other program takes the port while the model warms up; who connects
    meanwhile waits.
    """
    for number in range(port, min(port + (TRIES if port else 1), 2**16)):
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
            listening.listen()
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
        else:
            return listening
    return None


def _serve(listening: socket.socket, host: str, *, workshop: bool, browser: bool) -> int:
    from dashboard.app import create_app
    from dashboard.gateway import Faults, open_gateway
    from dashboard.opening import hosting_of, told
    from dashboard.server.guard import pack_ahead
    from dashboard.shelf.sessions import Sessions
    from dashboard.workshop.keeping.elsewhere import Elsewhere
    from dashboard.workshop.serving.hub import Hub

    port = listening.getsockname()[1]
    hosting, token = hosting_of(host, port, workshop=workshop)
    hub = Hub(Sessions(), hosting, work=Elsewhere())
    try:
        app = create_app(open_gateway(_say), hub=hub)
    except Faults as faults:
        _say(str(faults))
        return 2
    Thread(target=pack_ahead, args=(app.server,), daemon=True).start()
    hub.wake()
    server = create_server(app.server, sockets=[listening], threads=THREADS, ident="", **_many())
    address = f"http://{_browsable(host)}:{port}/"
    _say(f"Upstream is at {address}  (Ctrl-C stops it)")
    if workshop:
        address = told(hosting, port, token, _say)
    if browser and has_desktop():
        Timer(1, webbrowser.open, [address]).start()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        hub.close()
        app.gateway.close()
    return 0


def _many() -> dict[str, int | bool]:
    """How many connections the server watches."""
    can_watch_many = hasattr(select, "poll")
    return {"connection_limit": CONNECTIONS if can_watch_many else FEWER, "asyncore_use_poll": can_watch_many}


def has_desktop() -> bool:
    """Whether somebody could see a browser open."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _browsable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "localhost"}.get(host, host)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Upstream in the browser, offline.")
    listens = "address to listen on (default: this machine only; with --workshop every address it has)"
    parser.add_argument("--host", default="", help=listens)
    parser.add_argument("--workshop", action="store_true", help="let a room on the local network hold workshops")
    parser.add_argument("--port", type=_port, default=PORT, help="port to try first (default: %(default)s)")
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="do not open a browser")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 2**16:
        raise argparse.ArgumentTypeError(f"{port} is not a port; use 0 to {2**16 - 1}")
    return port


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
