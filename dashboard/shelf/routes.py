"""The addresses of the shelf: list, keep, look at, change and delete scenarios, and trade them as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Any

import orjson
from flask import Flask, Response, request

from dashboard.answering.enquiries import Gateway
from dashboard.answering.recent import Recent
from dashboard.link import state
from dashboard.link.titles import title
from dashboard.shelf.exchange import Exchange
from dashboard.shelf.kept import Draft, KeptScenario, clean_name, clean_note, clean_words
from dashboard.shelf.requests import LARGEST, StrangerError, body_of, check_sender, whole_number
from dashboard.shelf.store import LARGEST_NUMBER, MOST_KEPT, MOST_LISTED, Shelf
from dashboard.shelf.trouble import (
    ChangedError,
    GoneError,
    OutOfOrderError,
    RefusedError,
    ShelfError,
    TakenError,
)
from dashboard.wording.language import _, mark

ADDRESS = "/shelf"
LONGEST_FILE = 20_000
"""Characters of a scenario file at most: with every lever and the longest note it has fewer."""

MOST_BACK = 64
"""Scenarios that were deleted and can be put back, while the server runs."""

CODES: Mapping[type[ShelfError], int] = {
    RefusedError: 400,
    StrangerError: 403,
    GoneError: 404,
    TakenError: 409,
    ChangedError: 409,
    OutOfOrderError: 503,
}


def register(server: Flask, gateway: Gateway, shelf: Shelf, exchange: Callable[[], Exchange]) -> None:
    """Let the server keep scenarios."""
    desk = Desk(gateway, shelf, exchange)
    one = f"{ADDRESS}/<int:number>"
    for rule, method, answer in (
        (ADDRESS, "GET", desk.listed),
        (ADDRESS, "POST", desk.keep),
        (f"{ADDRESS}/open", "POST", desk.open),
        (one, "GET", desk.one),
        (one, "PUT", desk.change),
        (one, "DELETE", desk.drop),
        (f"{one}/back", "POST", desk.back),
        (f"{one}/scenario.yaml", "GET", desk.file),
    ):
        name = f"shelf_{answer.__name__}"
        server.add_url_rule(rule, name, _answered(answer), methods=[method], provide_automatic_options=False)


def _answered(answer: Callable[..., Response]) -> Callable[..., Response]:
    """Check who asks and how much is sent; say in one sentence what cannot be done."""

    @wraps(answer)
    def wrapped(**parts: Any) -> Response:
        request.max_content_length = LARGEST
        try:
            if request.method != "GET":
                check_sender(request)
            return answer(**parts)
        except ShelfError as error:
            return reply({"fault": str(error)}, CODES[type(error)])

    return wrapped


class Desk:
    """What the shelf's addresses do. Links and files become states of the page, which are always such as can be run."""

    def __init__(self, gateway: Gateway, shelf: Shelf, exchange: Callable[[], Exchange]) -> None:
        self._gateway, self._shelf, self._exchange = gateway, shelf, exchange
        self._dropped: Recent[Draft] = Recent(MOST_BACK)
        self._lock = Lock()

    def listed(self) -> Response:
        """Scenarios whose name or note holds the words searched for."""
        most = whole_number(request.args.get("most", MOST_LISTED), "most", MOST_LISTED, 1)
        skip = whole_number(request.args.get("skip", 0), "skip", MOST_KEPT)
        found = self._shelf.find(clean_words(request.args.get("search", "")), most, skip)
        return reply({"scenarios": [self._told(each) for each in found.scenarios], "total": found.total})

    def keep(self) -> Response:
        """Put a scenario on the shelf, as a name, a note and a link."""
        body = body_of(request)
        draft = self._draft(body.get("name"), body.get("note"), body.get("link"))
        return reply(self._told(self._shelf.keep(draft)), 201)

    def one(self, number: int) -> Response:
        """One scenario, and whether the model at work would give it the same numbers to the last bit."""
        kept = self._shelf.one(number)
        link = kept.draft.link
        understood = state.full(self._gateway.state(link)) == link
        same = understood and kept.draft.data == self._fingerprint(link)
        return reply(self._told(kept) | {"same_numbers": same})

    def change(self, number: int) -> Response:
        """Change a scenario: what is not sent stays as it is, and so does the version it was kept with."""
        body = body_of(request)
        revision = whole_number(body.get("revision"), "revision", LARGEST_NUMBER, 1)
        before = self._shelf.one(number).draft
        name, note = (body.get(each, getattr(before, each)) for each in ("name", "note"))
        if "link" in body:
            draft = self._draft(name, note, body["link"])
        else:
            draft = replace(before, name=clean_name(name), note=clean_note(note))
        return reply(self._told(self._shelf.change(number, revision, draft)))

    def drop(self, number: int) -> Response:
        """Delete a scenario; as it was it is remembered for a while."""
        revision = whole_number(request.args.get("revision"), "revision", LARGEST_NUMBER, 1)
        before = self._shelf.one(number)
        self._shelf.drop(number, revision)
        if before.revision == revision:
            with self._lock:
                self._dropped.put(number, before.draft)
        return Response(status=204)

    def back(self, number: int) -> Response:
        """Put a scenario that was deleted back, under another number, with the version it was kept with."""
        with self._lock:
            draft = self._dropped.get(number)
        if draft is None:
            raise GoneError(mark("What was deleted is not remembered any more."))
        kept = self._shelf.keep(draft)
        with self._lock:
            self._dropped.take(number)
        return reply(self._told(kept), 201)

    def file(self, number: int) -> Response:
        """One scenario as the file that the command line reads."""
        kept = self._shelf.one(number)
        now, catalogue = self._gateway.state(kept.draft.link), self._gateway.catalogue
        text = self._exchange().write(now, catalogue, kept.draft.name, kept.draft.note)
        return attached(text.encode(), "application/yaml", f"upstream-scenario-{number}.yaml")

    def open(self) -> Response:
        """A scenario file as a link, not kept yet; or everything that is wrong with it, by line."""
        text = body_of(request).get("file")
        if not isinstance(text, str):
            raise RefusedError(mark("Send the file as text."))
        if len(text) > LONGEST_FILE:
            words = mark("The file has {count} characters; a scenario has {most} at most.")
            raise RefusedError(words, count=f"{len(text):,}", most=f"{LONGEST_FILE:,}")
        opened = self._exchange().read(text, self._gateway.catalogue)
        if opened.state is None:
            faults = [{"line": each.line, "says": each.says} for each in opened.faults]
            return reply({"fault": _("The file is not a scenario of this page."), "faults": faults}, 422)
        name, note = clean_name(opened.title), clean_note(opened.why)
        return reply({"name": name, "note": note, "link": state.full(opened.state)})

    def _draft(self, name: object, note: object, link: object) -> Draft:
        if not isinstance(link, str):
            raise RefusedError(mark("A scenario needs a link, as text."))
        if len(link) > state.LONGEST_LINK:
            words = mark("The link is too long: {most} characters at most.")
            raise RefusedError(words, most=f"{state.LONGEST_LINK:,}")
        now = self._gateway.state(link)
        full, model = state.full(now), self._exchange().model()
        data = self._fingerprint(full)
        return Draft(clean_name(name), clean_note(note), now.place, full, dict(now.settings), model, data)

    def _told(self, kept: KeptScenario) -> dict[str, Any]:
        """A scenario for the page; `about` is what its link asks, as the link is understood today."""
        draft = kept.draft
        about = title(self._gateway.state(draft.link), self._gateway.catalogue)
        return {
            "number": kept.number,
            "revision": kept.revision,
            "name": draft.name,
            "note": draft.note,
            "place": draft.place,
            "about": about,
            "link": draft.link,
            "changes": dict(draft.changes),
            "model": draft.model,
            "same_model": draft.model == self._exchange().model(),
            "created": kept.created.isoformat(),
            "changed": kept.changed.isoformat(),
        }

    def _fingerprint(self, link: str) -> str:
        """A hash of everything the numbers of a question depend on, those of doing nothing too."""
        model, catalogue = self._gateway.model, self._gateway.catalogue
        task = self._gateway.task(self._gateway.name(link))
        nothing = replace(task, plan=catalogue.default_plan, settings=())
        return sha256("\n".join([model.key(task), model.key(nothing)]).encode()).hexdigest()


def reply(document: object, code: int = 200) -> Response:
    """A document as JSON, which nobody may keep: the shelf is shared."""
    response = Response(orjson.dumps(document), status=code, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def attached(payload: bytes, kind: str, name: str) -> Response:
    """A file to be saved under a plain name, and not to be shown."""
    response = Response(payload, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
