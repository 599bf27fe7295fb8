/* What it takes: the terms of the question that is asked go into the address beside those of the other questions, and
   ways to these take them along. */
"use strict";

(function () {
  const upstream = window.upstream;
  const element = (id) => document.getElementById(id);
  const all = (what) => Array.from(document.querySelectorAll(what));
  const USUAL = {
    when: "every", aim: "break_even", turn: "effects", kind: "p2", staffed: "no", unpaid: "yes", mixes: "usual",
    low: "gap,emergency_bed_days",
  };
  const terms = element("takes-terms");
  const lows = ["takes-low-0", "takes-low-1"].map(element);

  const link = () => {
    const parts = new URLSearchParams(window.location.search);
    const put = (name, value, usual) => { if (value === usual) parts.delete(name); else parts.set(name, value); };
    put("find", terms.dataset.find, "truth");
    for (const name of Object.keys(USUAL)) {
      const choice = element("takes-" + name);
      if (choice) put(name, choice.value, USUAL[name]);
    }
    if (lows[0]) put("low", lows.map((each) => each.value).join(","), USUAL.low);
    if (all("[data-keep]").length) put("keep", all("[data-keep]:checked").map((box) => box.dataset.keep).join(","), terms.dataset.kept);
    for (const box of all("[data-number]")) put(box.dataset.number, box.value, box.dataset.usual);
    parts.sort();
    return parts.toString();
  };
  const take = () => {
    for (const way of all("a[data-set]")) {
      const parts = new URLSearchParams(link());
      for (const [name, value] of new URLSearchParams(way.dataset.set)) parts.set(name, value);
      way.search = parts.toString();
    }
  };
  const changed = (event, notice) => {
    if (event.target.id === "takes-aim") element("takes-limits").open = event.target.value === "limits";
    const at = lows.indexOf(event.target);
    if (at >= 0 && lows[0].value === lows[1].value) {
      const others = Array.from(lows[1 - at].options, (each) => each.value);
      lows[1 - at].value = others.find((value) => value !== event.target.value);
      notice(upstream.say("Two measures are needed, so the other one was changed."));
    }
    if (event.target.dataset.keep && !all("[data-keep]:checked").length) {
      event.target.checked = true;
      notice(upstream.say("At least one limit must be ticked."));
    }
    window.setTimeout(take);
  };

  upstream.terms("takes", {link: link, changed: changed, found: (result) => result.dataset.found !== undefined});
})();
