"""Every text in every language: catalogues are whole, and no page, reply, chart or script says what is in none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.jslexer import tokenize, unquote_string
from babel.plural import to_gettext

import dashboard
from dashboard.app import create_app
from dashboard.wording import language
from dashboard.wording.language import ENGLISH, LANGUAGES, _, along, several, speaking, tag
from docs.words.catalogues import brought_up_to_date, is_said, untranslated
from docs.words.sources import in_python, in_script, texts
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_gateway
from tests.unit.dashboard.fake_studies import BROKEN, CLINIC, WARD
from tests.unit.dashboard.pseudo import CODE, OPEN, forget, read_aloud, speak_pseudo, unwrapped

pytestmark = pytest.mark.unit
OTHERS = [code for code in LANGUAGES if code != ENGLISH]
ROOT = Path(dashboard.__file__).parent
PARTS = re.compile(r"\{\w*\}")
LINK = f"{SHIFT}=0.02&{GROWTH}=3"
NAMES = ("Upstream", "English", "Cymraeg", CLINIC, WARD, BROKEN)
LEAST_IN_LAYOUT = 20
SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}( |$|[.,:?!\u2026])")
"""What looks like a text for a reader rather than a name, a selector or an address."""


# ---- catalogues ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=OTHERS)
def known(request):
    """A language's code, its file as it is, and as it would be brought up to date."""
    return request.param, language.catalogue(request.param), brought_up_to_date(request.param)


def test_every_text_is_translated_and_nothing_else_is(known):
    code, stored, wanted = known
    assert untranslated(wanted) == [], f"Run `make words` and fill dashboard/languages/{code}.po"
    assert {str(each.id) for each in stored} == {str(each.id) for each in wanted}, "Run `make words`"


def test_every_translation_has_the_parts_of_the_english(known):
    wrong = [
        (form, message.id)
        for message in known[1]
        if message.id
        for form in ([message.string] if isinstance(message.string, str) else message.string)
        if _parts(form) not in map(_parts, [message.id] if isinstance(message.id, str) else message.id)
    ]
    assert wrong == []


def _parts(said):
    return set(PARTS.findall(said))


def test_translations_begin_and_end_as_the_english_does(known):
    """A unit is written close behind its number or after a space, and a text that ends in a colon goes on."""
    plain = [each for each in known[1] if each.id and isinstance(each.id, str)]
    assert [each.id for each in plain if each.id[0] == " " != each.string[0]] == []
    assert [each.id for each in plain if (each.id[-1] == ":") != (each.string[-1] == ":")] == []
    assert [each.id for each in plain if each.id[0] in "%\u00a3" and each.id[0] != each.string[0]] == []


def test_plurals_have_the_forms_of_the_language(known):
    code, stored, _wanted = known
    count = stored.num_plurals
    assert stored.plural_forms.replace(" ", "") == to_gettext(Locale.parse(code).plural_form).replace(" ", "")
    assert len(language.plural_forms(code)) == count
    assert all(len(each.string) == count and is_said(each.string) for each in stored if each.pluralizable)


def test_welsh_counts_as_welsh_does():
    with speaking("cy"):
        said = [several("{count} person", "{count} people", n, count=n) for n in (1, 2, 5)]
    assert said == ["1 person", "2 o bobl", "5 o bobl"]


def test_a_text_that_nobody_translated_is_english():
    with speaking("cy"):
        assert _("A text of no catalogue with {part}", part=3) == "A text of no catalogue with 3"
        assert several("{count} odd one", "{count} odd ones", 2, count=2) == "2 odd ones"


def test_texts_are_found_wherever_they_stand():
    code = '_("One" " two", a=_("three")) if x else mark("four" if y else "five"); several("six", "seven", 2)'
    assert sorted(in_python(code), key=str) == [("six", "seven"), "One two", "five", "four", "three"]
    script = 'upstream.say("a " + "b", {c: say("d")}); say(x ? "e" : "f"); upstream.several("g", "h", n); say(i);'
    assert list(in_script(script)) == ["a b", "d", "e", "f", ("g", "h")]


# ---- pages in a language of brackets -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory):
    """A browser of the dashboard in brackets, and the names that are data."""
    with pytest.MonkeyPatch.context() as patch:
        speak_pseudo(patch, tmp_path_factory.mktemp("languages"))
        gateway = fake_gateway()
        app = create_app(gateway)
        places = gateway.catalogue.places.values()
        data = {name for each in places for name in (each.name, each.region) if name}
        yield app.server.test_client(), (*NAMES, *data)
        gateway.close()
    forget()


def test_every_page_is_put_up_for_translation(pseudo):
    browser, names = pseudo
    app = browser.application
    plain = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    seen = {}
    for address in plain:
        reply = browser.get(f"{address}?{LINK}&language={CODE}")
        if reply.mimetype == "text/html" and reply.status_code == 200:
            seen[address] = unwrapped(read_aloud(reply.text), names)
            assert "<html" not in reply.text or f'<html lang="{CODE}">' in reply.text, address
    assert {"/", "/prove-it"} <= seen.keys()
    assert {address: found for address, found in seen.items() if found} == {}


def test_the_layout_is_put_up_for_translation(pseudo):
    browser, names = pseudo
    told = list(_told(browser.get(f"/_dash-layout?language={CODE}").json))
    assert sum(OPEN in each for each in told) > LEAST_IN_LAYOUT
    assert unwrapped(told, names) == []


def _told(part):
    """Every text of a layout that somebody reads."""
    if isinstance(part, list):
        for each in part:
            yield from _told(each)
    elif isinstance(part, dict):
        props = part.get("props", {})
        for name, value in props.items():
            if name == "children" or (name == "data" and "Select" in part.get("type", "")):
                yield from [value] if isinstance(value, str) else _told(value)
            elif name in ("label", "title", "placeholder", "description", "aria-label", "nothingFoundMessage"):
                yield str(value or "")
        yield from (str(part[key]) for key in ("label", "group") if isinstance(part.get(key), str))
        yield from _told(part.get("items", []))


@pytest.mark.parametrize("view", ["overview", "flow", "money", "map"])
@pytest.mark.parametrize("link", ["", LINK, "plan=prevention_shift"])
def test_every_reply_is_put_up_for_translation(pseudo, view, link):
    browser, names = pseudo
    reply = {}
    while not reply.get("settled"):
        question = {"who": "me", "link": link, "have": reply.get("done", 0), "view": view}
        reply = browser.post(f"/ask?language={CODE}", json=question).json
    heard = [
        reply["standing"],
        reply["spoken"],
        *(each for html in reply["html"].values() for each in read_aloud(html)),
    ]
    assert heard
    assert unwrapped(heard, names) == []
    assert unwrapped(_drawn(reply["figures"]), names) == []


def _drawn(part):
    """Every text of a chart, without the marks by which the library lays it out."""
    for name, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if name in ("text", "ticktext", "name", "hovertemplate", "customdata", "label"):
            for each in value if isinstance(value, list) else [value]:
                yield re.sub(r"<[^>]*>|%\{\w+\}|[A-Z][a-z]{2} \d{4}", "", str(each))
        else:
            yield from _drawn(value)


@pytest.mark.parametrize(
    ("way", "address", "body"),
    [
        ("post", "/shelf", {"name": "", "link": ""}),
        ("post", "/shelf", {"name": "x" * 500, "link": ""}),
        ("post", "/shelf", {"name": "A\u0007", "link": ""}),
        ("post", "/shelf", {"name": "A", "note": 3, "link": ""}),
        ("post", "/shelf", {"name": "A"}),
        ("post", "/shelf", ["A"]),
        ("post", "/shelf/open", {"file": None}),
        ("post", "/shelf/open", {"file": "x" * 30_000}),
        ("post", "/shelf/7/back", {}),
        ("get", "/shelf?search=" + "x" * 500, None),
        ("get", "/shelf/999", None),
    ],
)
def test_what_the_shelf_refuses_is_put_up_for_translation(pseudo, way, address, body):
    browser, names = pseudo
    join = "&" if "?" in address else "?"
    reply = getattr(browser, way)(f"{address}{join}language={CODE}", **({} if body is None else {"json": body}))
    assert reply.status_code >= 400
    assert OPEN in reply.json["fault"]
    assert unwrapped([reply.json["fault"]], names) == []


def test_notices_are_put_up_for_translation(pseudo):
    from dashboard.link.notices import notices

    _browser, _names = pseudo
    link = "place=nowhere&plan=none&years=999&seed=x&replications=7&strange=1&demand.admissions_growth=99"
    with speaking(CODE):
        said = notices(link, fake_gateway().catalogue)
    assert said
    assert unwrapped([re.sub(r"\u201c[^\u201d]*\u201d", "", each) for each in said], ("West Yorkshire",)) == []


def test_no_script_says_what_is_in_no_catalogue():
    said = {part for _file, each in texts() for part in ([each] if isinstance(each, str) else each)}
    found = [
        (file.name, text)
        for file in sorted((ROOT / "assets").glob("*.js"))
        for text in _strings(file.read_text(encoding="utf-8"))
        if SENTENCE.search(text) and not any(text in each for each in said)
    ]
    assert found == []


def _strings(script):
    plain = [unquote_string(each.value) for each in tokenize(script, dotted=False) if each.type == "string"]
    return [text for text in plain if text != "use strict" and not re.search(r"[\[\]{}<>=#;]|--|\)$|^[.\w]+ [.]", text)]


# ---- the language of a request -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    gateway = fake_gateway()
    yield create_app(gateway).server.test_client()
    gateway.close()


@pytest.mark.parametrize("asked", ["", "language=", "language=xx", "language=../../etc/passwd", "language=en"])
def test_what_names_no_other_language_is_english(browser, asked):
    page = browser.get(f"/prove-it?{asked}").text
    assert '<html lang="en-GB">' in page
    assert 'id="words"' not in page
    assert 'hrefLang="cy"' in page


def test_a_page_and_its_ways_speak_the_language_of_the_address(browser):
    page = browser.get(f"/prove-it?{LINK}&language=cy").text
    assert '<html lang="cy">' in page
    assert page.index('id="words"') < page.index("say.js") < page.index("bar.js")
    assert all("language=cy" in way for way in re.findall(r'href="(/[^"]*)" class="view-link"', page))


def test_an_answer_is_kept_once_and_said_in_every_language():
    gateway = fake_gateway()
    app = create_app(gateway).server.test_client()
    question = {"who": "me", "link": LINK, "have": 0}
    said = {}
    for code in ("en", "cy", "en"):
        reply = {}
        while not reply.get("settled"):
            reply = app.post(f"/ask?language={code}", json=question | {"have": reply.get("done", 0)}).json
        said.setdefault(code, []).append((reply["name"], reply["html"]["story"]))
    gateway.close()
    assert said["en"][0] == said["en"][1]
    assert said["en"][0][0] == said["cy"][0][0]
    assert "language" not in said["cy"][0][0]
    assert said["cy"][0][1].startswith("Gyda ")


def test_a_language_lasts_as_long_as_a_request(browser):
    browser.get("/prove-it?language=cy")
    assert (tag(), along("a=1")) == ("en-GB", "a=1")
    with speaking("cy"):
        assert (tag(), along("a=1"), along("")) == ("cy", "a=1&language=cy", "language=cy")
