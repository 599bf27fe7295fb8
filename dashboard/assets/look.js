/* Which view is looked at, which year of it, and the plan, doing nothing or the difference. All views share the levers
   and the cards, so that a way between them changes what is shown and asks again; the page stays. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const element = (id) => document.getElementById(id);
  const NAMES = ["overview", "flow", "money", "map", "drivers"];
  const SHOWS = ["plan", "baseline", "difference"];
  const TITLES = {flow: upstream.mark("Flow"), money: upstream.mark("Money"), map: upstream.mark("Map"), drivers: upstream.mark("Drivers")};

  let ask = () => undefined;
  let look = {view: "overview", year: null, show: "plan"};
  let held = false;
  let owed = false;

  const own = () => look.view !== "overview";
  const path = (view) => view === "overview" ? "/" : "/" + view;
  const read = () => {
    const query = new URLSearchParams(window.location.search);
    const view = window.location.pathname.slice(1);
    const show = query.get("show");
    look = {
      view: NAMES.includes(view) ? view : "overview",
      year: /^\d{4}$/.test(query.get("year") || "") ? query.get("year") : null,
      show: SHOWS.includes(show) ? show : "plan",
    };
  };

  /* The address of a question as it is looked at. */
  const address = (text) => {
    const query = new URLSearchParams(upstream.inLanguage(text));
    if (own() && look.year !== null) query.set("year", look.year);
    if (own() && look.show !== "plan") query.set("show", look.show);
    const words = query.toString();
    return path(look.view) + (words ? "?" + words : "");
  };
  const tall = window.matchMedia("(min-height: 900px)");
  const key = () => JSON.stringify(own() ? Object.assign({tall: tall.matches}, look) : {view: look.view});

  const put = () => {
    document.title = (look.view in TITLES ? upstream.say(TITLES[look.view]) + " \u00b7 " : "") + "Upstream";
    document.body.dataset.look = look.view;
    for (const way of document.querySelectorAll("[data-view]")) {
      if (way.dataset.view === look.view) way.setAttribute("aria-current", "page");
      else way.removeAttribute("aria-current");
    }
    window.dispatchEvent(new Event("resize"));
  };
  const change = (part) => {
    look = Object.assign({}, look, part);
    window.history.replaceState(null, "", address(upstream.link() || ""));
    ask();
  };
  const go = (view) => {
    if (view === look.view) return;
    look = Object.assign({}, look, {view: view});
    window.history.pushState(null, "", address(upstream.link() || ""));
    put();
    element("results").scrollTop = 0;
    ask();
  };

  /* What the server showed: years to choose from, and what of it is on the page. */
  const told = (reply) => {
    const chooser = element("look-year");
    const years = Array.from(chooser.options, (option) => option.text);
    if (years.join() !== reply.years.join()) {
      chooser.replaceChildren(...reply.years.map((label) => new Option(label, label.slice(0, 4))));
    }
    chooser.value = reply.year.slice(0, 4);
    steps();
    for (const button of document.querySelectorAll("[data-show]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === reply.show));
      button.disabled = reply.alone && button.dataset.show !== "baseline";
    }
  };
  const steps = () => {
    const chooser = element("look-year");
    for (const button of document.querySelectorAll("[data-step]")) {
      const to = chooser.selectedIndex + Number(button.dataset.step);
      button.setAttribute("aria-disabled", String(to < 0 || to >= chooser.options.length));
    }
  };
  const step = (by) => {
    const chooser = element("look-year");
    const option = chooser.options[chooser.selectedIndex + by];
    if (!option) return;
    chooser.value = option.value;
    steps();
    change({year: option.value});
  };

  upstream.look = {
    begin: (again) => { ask = again; read(); put(); },
    address: address,
    key: key,
    told: told,
    /* Streams are drawn anew when a slider is let go, not while it is moved. */
    waits: () => { owed = owed || (held && own()); return held && own(); },
  };

  const release = () => {
    held = false;
    if (owed) { owed = false; ask(); }
  };
  document.addEventListener("pointerdown", (event) => { held = event.target.closest(".lever-slider") !== null; }, true);
  document.addEventListener("pointerup", release, true);
  document.addEventListener("pointercancel", release, true);
  window.addEventListener("blur", release);

  document.addEventListener("change", (event) => { if (event.target.id === "look-year") { steps(); change({year: event.target.value}); } });
  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const way = event.target.closest("[data-view]");
    if (way && plain && NAMES.includes(way.dataset.view) && element("look") !== null && upstream.link && upstream.link() !== null) {
      event.preventDefault();
      return go(way.dataset.view);
    }
    const button = event.target.closest("button");
    if (button && button.dataset.show) change({show: button.dataset.show});
    else if (button && button.dataset.step) step(Number(button.dataset.step));
    return undefined;
  });
  tall.addEventListener("change", () => { if (own()) ask(); });
  window.addEventListener("popstate", () => {
    if (element("look") === null) return;
    read();
    put();
    ask();
  });
})();
