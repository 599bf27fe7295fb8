"""What can be seen to be wrong with any page: rules of accessibility, what sticks out, and what is cut."""

from __future__ import annotations

import time

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

BRIEFLY = {"resultTypes": ["violations"]}
"""What passes is not told place by place, which takes longer than to find it out."""

RULES = BRIEFLY | {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
SIZES = {"laptop": (1280, 720), "projector": (1920, 1080), "tablet": (820, 1180), "phone": (390, 844)}

CUT = """(() => {
    const shown = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const says = (e) => Array.from(e.childNodes).some((each) => each.nodeType === 3 && each.data.trim());
    const spoken = (e) => e.closest(".sr-only, .skip, [aria-hidden=true]") !== null;
    const hides = (way) => way === "hidden" || way === "clip";
    const cut = (e) => {
        const {overflowX, overflowY} = getComputedStyle(e);
        return (hides(overflowX) && e.scrollWidth > e.clientWidth + 1)
            || (hides(overflowY) && e.scrollHeight > e.clientHeight + 2);
    };
    const out = (e) => {
        const box = e.getBoundingClientRect(), frame = e.ownerSVGElement.getBoundingClientRect();
        return box.width > 0 && (box.left < frame.left - 2 || box.right > frame.right + 2);
    };
    const beyond = (e) => {   // words of a box that leave it, or lie on others of the same box
        const place = e.closest("[data-place]");
        if (place === null) return false;
        const frame = place.querySelector(e.matches(".flag-words") ? ".flag" : ".place-box").getBoundingClientRect();
        const box = e.getBoundingClientRect();
        const over = (other) => Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1
            && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > box.height / 3;
        const others = Array.from(place.querySelectorAll("text")).filter((each) => each !== e);
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1
            || others.some((each) => over(each.getBoundingClientRect()));
    };
    const said = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class")}: ${e.textContent.trim().slice(0, 60)}`;
    const words = Array.from(document.body.querySelectorAll("*:not(svg *)"))
        .filter((e) => says(e) && shown(e) && !spoken(e) && e.clientWidth > 1);
    const drawn = Array.from(document.querySelectorAll("svg text")).filter(shown);
    return words.filter(cut).concat(drawn.filter((e) => out(e) || beyond(e))).map(said);
})()"""
"""Words of which a part cannot be seen, because their own box or their drawing ends before they do, or others lie on
them."""


SETTLING = 15
"""Seconds for which a page may still be drawn, on a slow machine."""

STILL = """document.getAnimations().every(
    (each) => each.playState !== "running" || each.effect.getComputedTiming().iterations === Infinity)"""
"""Comes true when everything that moves for a moment has come to rest."""


COLOURS = BRIEFLY | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What a theme can change: everything else is the same in both."""


def violations(dashboard, rules=RULES):
    """What axe finds, with some of the places."""
    dashboard.until(STILL)
    found = axe.Axe().run(dashboard.page, options=rules).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]


def violations_in_both_themes(dashboard):
    """What axe finds in the theme that stands and, after a click on the button, in the other; then all is as it was."""
    found = {}
    for theme, words, rules in (("light", "Dark", RULES), ("dark", "Light", COLOURS)):
        found[theme] = violations(dashboard, rules)
        dashboard.theme(words)
    return {theme: each for theme, each in found.items() if each}


def sideways(dashboard):
    """By how much the page is wider than its window, when charts have had the time to take their new size."""
    return _at_last(dashboard, "Math.max(0, document.documentElement.scrollWidth - window.innerWidth)", 0)


def cut_off(dashboard):
    """Words of which a part cannot be seen, when everything has had the time to take its place."""
    return _at_last(dashboard, CUT, [])


def _at_last(dashboard, expression, good):
    """What an expression says, asked again for a while as long as it is not what it should be."""
    deadline = time.monotonic() + SETTLING
    while (found := dashboard.page.evaluate(expression)) != good and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def sized(dashboard, size):
    """Give the window a size, by name, and wait until what follows from it is drawn."""
    width, height = SIZES[size]
    dashboard.page.set_viewport_size({"width": width, "height": height})
    dashboard.idle()
    if dashboard.has_levers():
        dashboard.answered()


def found_in_a_dialog(dashboard):
    """What axe finds, and what is cut, in each theme while a dialog is open; the button for the theme lies beneath."""
    found = []
    for _theme in range(2):
        found += [*violations(dashboard), *cut_off(dashboard)]
        dashboard.page.evaluate("window.upstream.theme.other()")
        dashboard.idle()
    return found
