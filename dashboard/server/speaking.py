"""Which language a request is answered in: the one its address names."""

from __future__ import annotations

from flask import Flask, request

from dashboard.wording.language import ENGLISH, IN_LINKS, language_of, speak


def register(server: Flask) -> None:
    """Let every request be answered in its own language; before whatever else looks at requests."""

    @server.before_request
    def listen() -> None:
        speak(language_of(request.args.get(IN_LINKS)))

    @server.teardown_request
    def fall_silent(_problem: BaseException | None) -> None:
        speak(ENGLISH)
