"""The phones, the laptop and the projector of a workshop as a server meets them: what workshop.js asks, and when."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event
from time import monotonic
from typing import Any

import numpy as np

BETWEEN_LOOKS, JITTER = 1.0, 0.3
"""Seconds, as in workshop.js."""
BETWEEN_ACTS = (4.0, 8.0)
PATIENCE, LONGEST = {"act": 12.0, "look": 4.0}, 90.0
"""Seconds after which the page gives up an act or a look, and a browser a page."""
COMMITMENTS = 2
"""What one person types at a debrief, at most."""
BACK = 0.2
"""Share of acts that take a lever back, of those who moved one."""
FRAME = 4
"""Bytes around a header."""
NOT_ALLOWED = 409
FORM = re.compile(r'data-form="([^"]+)"')
FILES = re.compile(r'(?:src|href)="(/assets/[^"]+)"')
SEEN = re.compile(r'data-seen="(\d+)"')
PHASE = re.compile(r'data-phase="(\w+)"')
BUTTON = re.compile(r'<button[^>]*data-act="([^"]+)"')
TRACK = re.compile(r'<input[^>]*type="range"[^>]*>')
FORMS = re.compile(r'<form[^>]*data-act="([^"]+)".*?</form>', re.DOTALL)
TAKER = re.compile(r'<option[^>]*value="(\w+)"')
SAID = "We ring each other on Monday, before the list is made."


@dataclass
class Noted:
    """What phones saw: seconds by what was asked, bytes by phase, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bytes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    news: int = 0
    acts: int = 0
    refused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Device:
    """A browser with one screen of a session: cookies, one connection that is kept, and what it shows."""

    def __init__(self, host: str, screen: str, number: int) -> None:
        self.random = np.random.Generator(np.random.Philox(number))
        self.screen, self.noted = screen, Noted()
        self.code, self.form, self.phase, self.seen = "", "", "lobby", "0"
        self.parts: dict[str, str] = {}
        self.changed: list[tuple[str, float]] = []
        self._connection = HTTPConnection(host, timeout=LONGEST)
        self._cookies: dict[str, str] = {}
        self.moved, self._committed = "", 0

    def asks(self, what: str, path: str, body: object = None, kind: str = "application/json") -> tuple[int, bytes]:
        """Ask for something and note how long it took under this name; (0, nothing) where no reply came."""
        began = monotonic()
        try:
            reply, told = self._sent(path, body, kind)
        except (OSError, HTTPException) as error:
            self.noted.problems.append(f"{what}: {type(error).__name__}")
            self._connection.close()
            return 0, b""
        self.noted.seconds[what].append(monotonic() - began)
        if monotonic() - began > PATIENCE.get(what.partition(" ")[0], LONGEST):
            self.noted.problems.append(f"{what}: later than the page waits")
        if reply.status == NOT_ALLOWED:
            self.noted.refused.append(json.loads(told)["fault"])
        elif reply.status >= 400:
            self.noted.problems.append(f"{what}: {reply.status} {told[:120].decode(errors='replace')}")
        return reply.status, told

    def opens(self, what: str, path: str) -> str:
        """Open a page; its address once it was sent on."""
        status, told = self.asks(what, path)
        if status == 303:
            return self.opens(what, self.moved)
        page = told.decode()
        for name, found in (("form", FORM), ("phase", PHASE), ("seen", SEEN)):
            there = found.search(page)
            setattr(self, name, there[1] if there else getattr(self, name))
        self.parts = {"page": page}
        return path

    def files(self) -> None:
        """Fetch the styles and scripts that the page names, one after another."""
        for each in FILES.findall(self.parts["page"]):
            self.asks("file", each)

    def acts(self, **keys: Any) -> bool:
        """Do one thing; whether it was done."""
        status, told = self.asks("act", f"/workshop/{self.code}/act?screen={self.screen}", keys)
        if status == 200:
            self.noted.acts += 1
            self._shows(told)
        return status == 200

    def looks(self) -> None:
        """Look at what is new."""
        what = "look while a round is run" if self.phase == "run" else "look"
        status, told = self.asks(what, f"/workshop/{self.code}/look?screen={self.screen}&seen={self.seen}")
        if status == 200:
            self.noted.news += 1
            self._shows(told)

    def watches(self, until: Event, doing: bool = False) -> None:
        """Look about once a second until somebody says it is over; do something now and then, if wanted."""
        since, act = monotonic(), monotonic() + self._between_acts()
        while not until.wait(BETWEEN_LOOKS + JITTER * float(self.random.random())):
            phase = self.phase
            self.looks()
            if doing and monotonic() > act:
                self.does_something()
                act = monotonic() + self._between_acts()
            since, before = monotonic(), since
            self.noted.spent[phase] += since - before

    def does_something(self) -> None:
        """Press or move something that the screen offers, as far as the phase has it."""
        shown = "".join(self.parts.values())
        if self.phase == "decide":
            self._decides(shown)
        elif self.phase == "debrief" and self._committed < COMMITMENTS:
            self._committed += self.acts(act="Commit", text=SAID)

    def may(self, act: str) -> bool:
        """Whether a button of the screen does this."""
        return any(each.get("act") == act for each in self._buttons("".join(self.parts.values())))

    def _decides(self, shown: str) -> None:
        """Answer who waits for an answer, else propose, take back, or move a lever."""
        buttons = self._buttons(shown)
        waits = [each for each in buttons if each["act"] == "Answer"]
        back = [each for each in buttons if each["act"] in ("Withdraw", "Break", "Keep")]
        takers = [each for form in FORMS.finditer(shown) if "Propose" in form[1] for each in TAKER.findall(form[0])]
        tracks = [dict(re.findall(r'([\w-]+)="([^"]*)"', each)) for each in TRACK.findall(shown)]
        if waits:
            self.acts(**self._one_of(waits))
        elif back and self.random.random() < BACK:
            self.acts(**self._one_of(back))
        elif takers and (not tracks or self.random.random() < BACK):
            share = round(float(self.random.uniform(0.002, 0.01)), 4)
            self.acts(act="Propose", taker=self._one_of(takers), share=share)
        elif tracks:
            self._moves(self._one_of(tracks))

    def _moves(self, track: dict[str, str]) -> None:
        """Drag a slider and let it go."""
        low, high, step = (float(track[each]) for each in ("min", "max", "step"))
        value = low + step * int(self.random.integers(0, round((high - low) / step) + 1))
        sent = float(f"{min(value, high) / float(track['data-scale']):.10g}")
        self.acts(**json.loads(unescape(track["data-act"])), value=sent)

    def _between_acts(self) -> float:
        return float(self.random.uniform(*BETWEEN_ACTS))

    def _one_of(self, things: list[Any]) -> Any:
        return things[int(self.random.integers(len(things)))]

    def _buttons(self, shown: str) -> list[dict[str, Any]]:
        return [json.loads(unescape(each)) for each in BUTTON.findall(shown)]

    def _shows(self, told: bytes) -> None:
        reply = json.loads(told)
        if reply["phase"] != self.phase:
            self.changed.append((reply["phase"], monotonic()))
        self.seen, self.phase = str(reply["seen"]), reply["phase"]
        self.parts.pop("page", None)
        self.parts.update(reply["parts"])

    def _sent(self, path: str, body: object, kind: str) -> tuple[HTTPResponse, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Accept-Encoding": "gzip", "Cookie": cookies, "X-Upstream-Form": self.form}
        if body is None:
            self._connection.request("GET", path, headers=headers)
        else:
            plain = body if isinstance(body, str) else json.dumps(body)
            self._connection.request("POST", path, plain, {**headers, "Content-Type": kind})
        reply = self._connection.getresponse()
        told = reply.read()
        heads = sum(len(name) + len(value) + FRAME for name, value in reply.getheaders())
        self.noted.bytes[self.phase] += heads + len(told)
        if reply.getheader("Content-Encoding") == "gzip":
            told = gzip.decompress(told)
        self.moved = reply.getheader("Location", "")
        for each in reply.headers.get_all("Set-Cookie", []):
            name, _, value = each.partition(";")[0].partition("=")
            self._cookies[name] = value
        return reply, told
