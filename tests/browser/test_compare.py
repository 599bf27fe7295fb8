"""Compare in a real browser: three scenarios by keyboard, an address that says all, files that hold the table."""

from __future__ import annotations

import csv
import re
from io import StringIO
from urllib.parse import quote

import pytest

from tests.browser.seen import violations_in_both_themes

pytestmark = pytest.mark.browser

QUESTION = "years=1&plan=prevention_shift"
HEADS = "#compare-table thead th[scope=col]"
EVIL = quote("name=<img src=x onerror=\"document.title='broken'\">&plan=community_first", safe="")


def heads(dashboard):
    return [each.replace("\n", " ") for each in dashboard.page.locator(HEADS).all_inner_texts()[1:]]


def test_three_are_compared_by_keyboard_alone_and_the_address_brings_them_back(dashboard):
    dashboard.visit("compare", f"{QUESTION}&with=here").answered()
    pick = dashboard.page.locator("#compare-pick")
    pick.focus()
    dashboard.page.keyboard.type("Community")
    dashboard.page.keyboard.press("Tab")
    dashboard.page.keyboard.press("Enter")
    dashboard.until("document.querySelectorAll('#compare-chosen [data-leave]').length === 2")
    dashboard.page.locator("#compare-paste").focus()
    dashboard.page.keyboard.insert_text(f"{dashboard.address}flow?place=dorset&plan=constant_stay&year=2016")
    dashboard.page.keyboard.press("Enter")
    dashboard.until("document.querySelectorAll('#compare-chosen [data-leave]').length === 3")
    dashboard.answered()
    assert [each[0] for each in heads(dashboard)] == ["A", "B", "C", "D"]
    assert "here it is worked out for" in dashboard.page.locator("#compare-notices").inner_text()
    dashboard.page.locator("#compare-against").select_option("2")
    dashboard.until("document.querySelectorAll('#compare-table thead th').length === 4")
    dashboard.answered()
    words = dashboard.page.locator("#compare-table").inner_text()
    assert violations_in_both_themes(dashboard) == {}
    dashboard.page.reload()
    dashboard.answered()
    assert dashboard.page.locator("#compare-table").inner_text() == words
    dashboard.page.get_by_role("button", name=re.compile("Leave out Community first")).press("Enter")
    dashboard.until("document.querySelectorAll('#compare-chosen [data-leave]').length === 2")
    assert dashboard.page.evaluate("document.activeElement.id") == "compare-pick"


def test_the_csv_holds_what_the_table_says(dashboard):
    dashboard.visit("compare", f"{QUESTION}&with=here&with=plan%3Dcommunity_first").answered()
    row = dashboard.page.locator("#compare-table tbody tr", has_text="Money gap, a year")
    shown = [float(re.search(r"£([\d,]+)m", each).group(1)) for each in row.locator(".compare-value").all_inner_texts()]
    with dashboard.page.expect_download() as waiting:
        dashboard.page.locator("#compare-csv").click()
    rows = list(csv.DictReader(StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    gaps = [float(each["value"]) for each in rows if each["measure"] == "Money gap, a year"]
    assert [round(each) for each in gaps] == pytest.approx(shown, abs=1)
    assert [each["letter"] for each in rows[:3]] == ["A", "B", "C"]


def test_names_stay_text_and_six_are_the_most(dashboard):
    many = "".join(
        f"&with={quote(f'policy.shift_share=0.0{number}&name=S{number}', safe='')}" for number in range(1, 7)
    )
    dashboard.visit("compare", f"years=1&with={EVIL}{many}").answered()
    assert any("<img" in each for each in heads(dashboard))
    assert dashboard.page.title() != "broken"
    assert dashboard.page.locator("#compare-table img, #compare-chosen img").count() == 0
    assert (
        "Six scenarios can be compared at most; “S6” was left out."
        in dashboard.page.locator("#compare-notices").inner_text()
    )
    assert dashboard.page.locator("#compare-add").is_disabled()
