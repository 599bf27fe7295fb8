"""The page that proves it: every case with its source, known results, honest words, ways to other views."""

from __future__ import annotations

import re

import pytest

from dashboard.app import create_app
from dashboard.components.html_text import to_html
from dashboard.components.navigation import VIEWS, navigation
from dashboard.components.proofs import linked, proof, summary
from dashboard.pages.prove import base_year, page
from tests.unit.dashboard.fake_model import GROWTH, fake_gateway
from tests.unit.dashboard.fake_studies import CLINIC, WARD, fake_found, fake_studies

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def app():
    made = create_app(fake_gateway())
    yield made
    made.gateway.close()


@pytest.fixture(scope="module")
def shown(app):
    return app.server.test_client().get("/prove-it").text


def test_every_case_is_there_with_its_source_and_a_button(shown):
    assert re.findall(r'data-run="(\w+)"', shown) == [CLINIC, WARD]
    assert 'href="https://example.org/waits"' in shown
    assert "3 figures in 3 cases" in shown


def test_a_case_with_a_fault_says_where_and_cannot_be_run(shown):
    assert "parameters/cases/broken.yaml, line 3" in shown
    assert 'data-run="broken"' not in shown


def test_it_says_what_a_pass_does_not_prove(shown):
    assert "does not say that the numbers for your place are right" in shown
    assert "no proof that it foresees anything" in shown


def test_it_is_protected_like_the_rest_and_runs_only_our_scripts(app):
    reply = app.server.test_client().get("/prove-it?<script>=1")
    assert "unsafe-eval" not in reply.headers["Content-Security-Policy"]
    scripts = re.findall(r"<script([^>]*)>([^<]*)</script>", reply.text)
    assert scripts
    assert all('src="/assets/' in attributes and not inside for attributes, inside in scripts)


def test_every_script_and_style_of_the_page_is_served(app, shown):
    browser = app.server.test_client()
    for address in re.findall(r'(?:src|href)="(/assets/[^"]+)"', shown):
        assert browser.get(address).status_code == 200


def test_no_id_is_there_twice(shown):
    found = re.findall(r' id="([^"]+)"', shown)
    assert len(found) == len(set(found))
    assert "case-clinic" in found


def test_the_question_goes_along_to_other_views_and_junk_does_not(app):
    text = app.server.test_client().get(f"/prove-it?{GROWTH}=5&evil=1").text
    assert f'href="/?{GROWTH}=5"' in text
    assert "evil" not in text


def test_the_current_view_is_marked_and_only_it():
    for name, *_ in VIEWS:
        text = to_html(navigation(name))
        assert text.count("aria-current") == 1
        assert re.search(rf'aria-current="page" data-view="{name}"|data-view="{name}" aria-current="page"', text)


def test_a_result_that_is_known_is_shown_at_once():
    gateway = fake_gateway()
    named = gateway.studies.prove(CLINIC)
    gateway.jobs.want("me", named.name, named.work)
    while gateway.jobs.is_working():
        pass
    text = page(gateway, "")
    gateway.close()
    assert all(each in text for each in ('data-pass="1"', 'data-differs="1"', 'data-fail="0"'))
    assert "not run yet" in text


def test_a_difference_gives_its_reason_and_a_fail_is_a_word():
    text = to_html(proof(fake_found(CLINIC)))
    assert "differs" in text
    assert "They count a &lt;night&gt; as two." in text
    assert summary(fake_found(WARD)) == "1 pass"


def test_addresses_become_links_and_nothing_else_does():
    text = to_html(linked("See (https://a.example/b_c), javascript:alert(1) and <b>."))
    assert text.count("<a ") == 1
    assert ">https://a.example/b_c</a>)," in text
    assert "&lt;b&gt;" in text


def test_a_place_without_a_fit_says_so():
    assert "No fit" in to_html(base_year(None))


def test_cases_are_read_anew_at_every_visit():
    """Somebody who adds two files need not start the server again."""
    listed = []
    gateway = fake_gateway(studies=fake_studies(cases=lambda: listed))
    assert "3 figures" not in page(gateway, "")
    listed += fake_studies().cases()
    assert "3 figures in 3 cases" in page(gateway, "")
    gateway.close()
