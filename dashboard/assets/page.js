/* The page between the controls and the server.

   The model of the page is one small object, `now`: place, plan, years, detail, seed, and every lever in the
   unit shown. Whatever moves changes `now`, then the link, the marks, and at last the question. Only one
   question is in flight; when its answer is back, only the latest question follows. */
"use strict";

(function () {
  const PAUSE = 180;          // milliseconds a control must rest before a question is asked
  const AGAIN = 350;          // milliseconds before asking again how far the model has come
  const LOST = 20000;         // milliseconds after which a question without a reply counts as lost
  const LONGEST = 8000;       // milliseconds between tries at most, when the server does not answer
  const SETTLED = 700;        // milliseconds of rest before a result is spoken
  const RESERVED = ["place", "plan", "years", "detail", "seed"];

  let known = null;           // levers, plans and defaults, from the server
  let now = null;             // what the page asks
  let asked = {n: 0, link: null, at: 0};
  let inFlight = false;
  let answered = null;        // link of the answer on show
  let settled = "";           // and its name, as the server calls it
  let pause = 0;
  let speech = 0;
  let lost = 0;
  let misses = 0;

  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const element = (id) => document.getElementById(id);
  const none = () => window.dash_clientside.no_update;
  const cause = () => window.dash_clientside.callback_context.triggered.map((each) => each.prop_id).join(" ");

  /* ---- what is asked ---- */

  const standing = (plan) => {
    const values = {};
    for (const path in known.levers) values[path] = known.levers[path].baseline;
    return Object.assign(values, known.plans[plan].settings);
  };
  const same = (a, b) => a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  const stored = (path, shown) => {
    const lever = known.levers[path];
    return typeof shown === "string" ? shown : String(Number((shown / lever.scale).toPrecision(10)));
  };
  const link = () => {
    const query = new URLSearchParams();
    for (const name of RESERVED) {
      if (String(now[name]) !== String(known.defaults[name])) query.set(name, now[name]);
    }
    const plan = standing(now.plan);
    for (const path of Object.keys(known.levers).sort()) {
      if (!same(now.shown[path], plan[path])) query.set(path, stored(path, now.shown[path]));
    }
    return query.toString();
  };
  const changed = () => {
    const text = link();
    document.body.dataset.settled = "no";
    window.history.replaceState(null, "", text ? "?" + text : window.location.pathname);
    mark();
    window.clearTimeout(pause);
    pause = window.setTimeout(pump, PAUSE);
    return text;
  };

  /* ---- one question in flight, the latest wins ---- */

  const pump = () => {
    if (!now || inFlight) return;
    const text = link();
    if (text === answered) return rest();
    inFlight = true;
    asked = {n: asked.n + 1, link: text, at: Date.now()};
    set("asked", {data: {n: asked.n, link: text}});
    window.clearTimeout(lost);
    lost = window.setTimeout(miss, LOST, asked.n);
    window.setTimeout(() => { if (inFlight) status("Working\u2026"); }, AGAIN);
  };
  const miss = (n) => {
    if (!inFlight || asked.n !== n) return;
    inFlight = false;
    misses += 1;
    status("No reply from the model. The last result stays; trying again\u2026");
    window.setTimeout(pump, Math.min(AGAIN * 2 ** misses, LONGEST));
  };
  const status = (text) => {
    set("status", {children: text});
    document.body.classList.toggle("is-working", text !== "");
  };
  const rest = () => {
    status("");
    document.body.dataset.settled = settled;
  };
  const progress = (run) => {
    if (run.status === "busy") return "The model is busy with other questions. The last result stays; trying again\u2026";
    if (run.status === "failed") return "The model could not answer this. The last result stays.";
    return "Working: " + run.done + " of " + run.of + " runs done";
  };

  /* ---- marks on the levers ---- */

  const words = (path, value) => {
    const lever = known.levers[path];
    if (typeof value === "string") return "\u201c" + value + "\u201d";
    const text = Number(value).toLocaleString("en-GB", {maximumFractionDigits: lever.digits}).replace("-", "\u2212");
    if (lever.unit.startsWith("\u00a3")) return "\u00a3" + text + lever.unit.slice(1);
    return text + (lever.unit.startsWith("%") ? "" : " ") + lever.unit;
  };
  const share = (lever, value) => 100 * (value - lever.low) / (lever.high - lever.low);
  const mark = () => {
    const moved = [];
    for (const path in known.levers) {
      const lever = known.levers[path];
      const value = now.shown[path];
      const stays = same(value, lever.baseline);
      if (!stays) moved.push(path);
      const props = {className: stays ? "lever" : "lever is-moved"};
      if (typeof value === "number") {
        const ends = [share(lever, lever.baseline), share(lever, value)].sort((a, b) => a - b);
        props.style = {"--from": ends[0] + "%", "--to": ends[1] + "%"};
      }
      if (typeof value === "string") set({type: "says", path: path}, {children: lever.choices[value]});
      if (marked[path] !== JSON.stringify(props)) {
        marked[path] = JSON.stringify(props);
        set({type: "row", path: path}, props);
      }
    }
    list(moved);
    for (const row of document.querySelectorAll("details.more .lever")) {
      if (moved.some((path) => row.id.includes('"' + path + '"'))) row.closest("details").open = true;
    }
  };
  const marked = {};
  const item = (text) => ({type: "Li", namespace: "dash_html_components", props: {children: text}});
  const list = (moved) => {
    const plan = known.plans[now.plan];
    const count = moved.length === 0 ? "No lever moved" : moved.length === 1 ? "1 lever moved" : moved.length + " levers moved";
    const lines = moved.map((path) => known.levers[path].label + ": " + words(path, now.shown[path])
      + " (was " + words(path, known.levers[path].baseline) + ")");
    set("moved-count", {children: count});
    set("moved", {children: lines.concat(plan.also).map(item)});
    set("plan-why", {children: plan.why});
    set("reset-all", {disabled: moved.length === 0 && now.plan === known.defaults.plan});
    set("levers-button", {children: "Levers (" + (moved.length || "none") + " moved)"});
  };
  const typing = (path) => {
    const row = document.activeElement.closest(".lever");
    return document.activeElement.tagName === "INPUT" && row !== null && row.id.includes('"' + path + '"');
  };
  /* What the slider writes into the box comes back as if it were typed, perhaps late; it must not push the slider. */
  const written = {};
  const intoBox = (path, value, standing) => {
    if (typeof standing !== "number" || !same(value, standing)) (written[path] = written[path] || []).push(value);
    return value;
  };
  const isEcho = (path, value) => {
    const at = (written[path] || []).findIndex((each) => same(each, value));
    if (at >= 0) written[path].splice(0, at + 1);
    return at >= 0;
  };
  const put = (path, value) => {
    now.shown[path] = value;
    set({type: typeof known.levers[path].baseline === "string" ? "choice" : "lever", path: path}, {value: value});
  };
  const putAll = (values) => { for (const path in values) put(path, values[path]); };

  /* ---- what Dash calls ---- */

  const calls = {
    begin: (data) => {
      known = data;
      theme(remembered());
      return window.location.search || "?";
    },
    apply: (state) => {
      if (!state) return none();
      now = {place: state.place, plan: state.plan, years: state.years, detail: state.detail, seed: state.seed, shown: {}};
      for (const name of RESERVED) set(name, {value: now[name]});
      putAll(state.shown);
      const text = changed();
      pump();
      return text;
    },
    lever: (slider, typed, blurred, id) => {
      if (!now) return [none(), none()];
      const path = id.path;
      const lever = known.levers[path];
      if (cause().includes('"box"')) {
        if (isEcho(path, typed)) return [none(), none()];
        if (typeof typed !== "number") return [none(), typing(path) ? none() : intoBox(path, now.shown[path], typed)];
        const value = Math.min(Math.max(typed, lever.low), lever.high);
        if (same(value, now.shown[path])) return [none(), none()];
        now.shown[path] = value;
        changed();
        return [value, none()];
      }
      if (!same(slider, now.shown[path])) {
        now.shown[path] = slider;
        changed();
      }
      return [none(), intoBox(path, slider, typed)];
    },
    choice: (value, id) => {
      if (now && value !== null && now.shown[id.path] !== value) {
        now.shown[id.path] = value;
        changed();
      }
      return none();
    },
    control: (place, plan, years, detail, seed) => {
      if (!now) return none();
      const given = {place: place, years: years, detail: detail, seed: seed};
      for (const name in given) {
        if (given[name] !== null && given[name] !== undefined && given[name] !== "") now[name] = given[name];
      }
      if (plan && plan !== now.plan) {
        now.plan = plan;
        putAll(standing(plan));
      }
      return changed();
    },
    settle: (run) => {
      if (!run || run.n !== asked.n) return none();
      inFlight = false;
      misses = 0;
      window.clearTimeout(lost);
      if (run.status === "ready") {
        answered = asked.link;
        settled = run.name;
        pump();
        return run.name;
      }
      status(progress(run));
      if (run.status !== "failed") window.setTimeout(pump, AGAIN);
      else if (link() !== asked.link) pump();
      return none();
    },
    returned: (busy) => {
      if (!busy) window.setTimeout(miss, AGAIN, asked.n);
      return none();
    },
    say: (result) => {
      if (!result) return none();
      document.body.dataset.shown = result.name;
      window.clearTimeout(speech);
      speech = window.setTimeout(() => { if (!inFlight) set("live", {children: result.text}); }, SETTLED);
      return none();
    },
  };
  window.dash_clientside = Object.assign(window.dash_clientside || {}, {upstream: calls});

  /* ---- small tools of the bar ---- */

  const remembered = () => {
    try {
      const kept = window.localStorage.getItem("upstream-theme");
      if (kept === "light" || kept === "dark") return kept;
    } catch (error) { /* storage may be switched off; the system's choice then holds */ }
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  };
  const theme = (name) => {
    document.documentElement.setAttribute("data-mantine-color-scheme", name);
    set("theme-provider", {forceColorScheme: name});
    set("theme", {data: name});
    set("theme-button", {children: name === "dark" ? "Light" : "Dark"});
  };
  const otherTheme = () => {
    const name = document.documentElement.getAttribute("data-mantine-color-scheme") === "dark" ? "light" : "dark";
    try { window.localStorage.setItem("upstream-theme", name); } catch (error) { /* as above */ }
    theme(name);
  };
  const copyLink = () => {
    const told = (text) => {
      set("share", {children: text});
      window.setTimeout(() => set("share", {children: "Copy link"}), 2000);
    };
    if (!navigator.clipboard) return told("Copy the address bar");
    return navigator.clipboard.writeText(window.location.href).then(() => told("Copied"), () => told("Copy the address bar"));
  };
  const drawer = (open) => {
    document.body.classList.toggle("levers-open", open);
    element("levers-button").setAttribute("aria-expanded", String(open));
    if (open) element("levers").querySelector("input, button, [tabindex='0']").focus();
  };

  const evidence = (button) => {
    const dialog = element("evidence");
    const card = button.parentElement.querySelector("template");
    element("evidence-content").replaceChildren(...Array.from(card.childNodes, (node) => node.cloneNode(true)));
    dialog.showModal();
    const below = window.innerHeight - dialog.offsetHeight - 12;
    dialog.style.top = Math.max(12, Math.min(button.getBoundingClientRect().top - 12, below)) + "px";
  };

  document.addEventListener("click", (event) => {
    if (event.target.id === "evidence") return event.target.close();
    const button = event.target.closest("button");
    if (!button || !known || !now) return undefined;
    if (button.dataset.evidence) evidence(button);
    else if (button.dataset.close) element(button.dataset.close).close();
    else if (button.dataset.reset) {
      put(button.dataset.reset, known.levers[button.dataset.reset].baseline);
      changed();
    } else if (button.id === "reset-all") {
      now.plan = known.defaults.plan;
      set("plan", {value: now.plan});
      putAll(standing(now.plan));
      changed();
    } else if (button.id === "theme-button") otherTheme();
    else if (button.id === "share") copyLink();
    else if (button.id === "levers-button") drawer(!document.body.classList.contains("levers-open"));
    return undefined;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !element("evidence").open && document.body.classList.contains("levers-open")) {
      drawer(false);
      element("levers-button").focus();
    }
  });
  window.addEventListener("popstate", () => set("search", {data: window.location.search || "?"}));
})();
