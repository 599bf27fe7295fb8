"""What somebody might send who means harm, or whose program is broken: values, bodies, and parts of an address."""

from __future__ import annotations

import json
import re
from pathlib import Path

TAG = "<img src=x onerror=alert(1)>"
"""Must never come back as a tag."""

DASHBOARD = Path(__file__).parents[3] / "dashboard"
NAMES = re.compile(r"""(?:body|question|given|args)(?:\.get\(|\[)["'](\w+)["']""")

NUMBERS = (-1, 0, 1, 2**31, 2**63, 10**40, -(10**40), 0.5, 1e308, -0.0, float("nan"), float("inf"), -float("inf"))
TEXTS = (
    "", " ", "0", "-1", "1e400", "NaN", "٣", "../../etc/passwd", "..\\..\\windows", "/etc/passwd", "file:///etc/passwd",
    TAG, "<script>alert(1)</script>", "</script><svg onload=alert(1)>",
    "\" onmouseover=\"alert(1)", "'--", "1; DROP TABLE",
    "{{7*7}}", "${7*7}", "%00", "\x00", "\r\nX-Injected: yes", "\ud800", "=1+1", "a" * 70_000, "&".join("a" * 300),
    "__proto__", "constructor", "__class__", "case x", "doubt years=1", "doubt " + TAG,
)  # fmt: skip
OTHERS = (None, True, False, [], {}, [[[[[]]]]], [None] * 5000, {"a": {"b": {"c": TAG}}}, {TAG: TAG}, [TAG] * 3)
VALUES = (*NUMBERS, *TEXTS, *OTHERS)
KEEN = (None, -1, float("nan"), TAG, "\ud800", [TAG], {TAG: TAG})
"""One of each sort."""

BRIEF = ("", "NaN", TAG, "../../etc/passwd", "\r\nX-Injected: yes", "\ud800\x00%00", "a" * 70_000)
"""Texts of each sort, for addresses."""

DEEP = 20_000
RAW = (
    b"", b"{", b"}", b"null", b"[]", b"3", b'"text"', b"\xff\xfe", b'{"link": "\xc3\x28"}', b"\x00" * 100,
    b"[" * DEEP, b'{"a":' * DEEP, b"[" * DEEP + b"]" * DEEP, b'{"link": ' + b"9" * 5000 + b"}",
    b'{"link": "a", "link": "b", "link": 3}', b"link=1&link=2", b"\xef\xbb\xbf{}", b"{'link': 1}", b'{"have": NaN}',
    b'{"name": "\\ud800", "note": "\\ud800", "link": "\\ud800", "who": "\\ud800"}', b'{"who": "\\u0000", "link": ""}',
    b"x" * (10 * 2**20), b'{"link": "' + b"a" * (10 * 2**20) + b'"}', b'[' + b"1," * 300_000 + b"1]",
)  # fmt: skip
KINDS = ("application/json", "text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-7", "")

PARTS = {
    "int": ("0", "1", "99999999999999999999999999999999"),
    "string": ("dash", "..", "plotly%00", "%3Cscript%3E", "a" * 5000),
    "path": ("../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cwindows", "%00", "a/" * 500, "%ff", TAG),
}
"""What may stand in an address where a rule has a part, by the kind of the part."""


def names():
    """Every name that some code of the dashboard looks for in what is sent."""
    return sorted({name for path in DASHBOARD.rglob("*.py") for name in NAMES.findall(path.read_text())})


def written(body):
    """As JSON, NaN and half characters too, which Python writes and reads though the standard has none."""
    return json.dumps(body, allow_nan=True).encode()


def addresses(rule):
    """Addresses of a rule, with hostile parts."""
    found = [rule]
    for kind, name in re.findall(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", rule):
        part = re.compile(rf"<(?:\w+(?:\([^)]*\))?:)?{name}>")
        found = [
            part.sub(lambda _, text=text: text, each, count=1) for each in found for text in PARTS[kind or "string"]
        ]
    return found
