/* The page between the controls and the server.

   The model of the page is one small object, `now`: place, plan, years, replications, seed, and every lever in
   the unit shown. Whatever moves changes `now`, then the link, the marks, and at once the question, so that the
   server gives up the old one. The first answer replaces the old, which looks stale until then; better answers
   to the same question follow, and nothing else changes. */
"use strict";

(function () {
  const PAUSE = 150;          // milliseconds between questions at least, while a control moves
  const SLOW = 300;           // milliseconds after which it is said that the model is at work
  const AGAIN = 400;          // milliseconds before asking again when there was no room or no reply
  const LOST = 20000;         // milliseconds after which a question without a reply counts as lost
  const LONGEST = 8000;       // milliseconds between tries at most, when the server does not answer
  const REST = 500;           // milliseconds a result must stand before it is spoken
  const RESERVED = ["place", "plan", "years", "replications", "seed"];

  const upstream = window.upstream;
  const who = upstream.name();
  let known = null;           // levers, plans and defaults, from the server
  let now = null;             // what the page asks
  let shown = {link: null, look: "", done: 0, settled: false, words: "", colours: ""};
  let flight = null;          // the question on its way: at most one
  let lastAsked = 0;
  let next = 0;
  let speech = 0;
  let misses = 0;

  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const element = (id) => document.getElementById(id);
  const part = (type, path) => element(JSON.stringify({path: path, type: type}));
  /* Past Dash, which looks at every component again whenever it is told of a change. */
  const write = (id, text) => { element(id).textContent = text; };
  const none = () => window.dash_clientside.no_update;
  const colours = upstream.theme.name;
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
    window.history.replaceState(null, "", upstream.look.address(text));
    mark();
    upstream.takeAlong(text);
    upstream.moved(text);
    if (text === shown.link && shown.settled) rest();
    if (text !== shown.link || !shown.settled || flight) soon();
    return text;
  };

  /* ---- one question in flight: the latest ---- */

  const stands = (name) => { document.body.dataset.answer = name; };
  const ask = (after) => {
    if (link() !== shown.link || upstream.look.key() !== shown.look) stands("stale");
    window.clearTimeout(next);
    if (upstream.look.waits()) return;
    next = window.setTimeout(send, after);
  };
  const soon = () => ask(Math.max(0, lastAsked + PAUSE - Date.now()));
  const send = () => {
    const text = link();
    const look = upstream.look.key();
    const fresh = text === shown.link && look === shown.look && colours() === shown.colours;
    const question = Object.assign({who: who, link: text, have: fresh ? shown.done : 0, theme: colours()}, JSON.parse(look));
    if (flight) flight.abort();
    const mine = flight = new AbortController();
    lastAsked = Date.now();
    const slow = window.setTimeout(() => { if (text !== shown.link) status("Working\u2026"); }, SLOW);
    const lost = window.setTimeout(() => mine.abort(), LOST);
    window.fetch("/ask", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify(question),
      signal: mine.signal,
    })
      .then((reply) => reply.ok ? reply.json() : Promise.reject(reply.status))
      .then((reply) => ({reply: reply}), () => ({}))
      .then((result) => {
        window.clearTimeout(slow);
        window.clearTimeout(lost);
        if (flight !== mine) return;
        flight = null;
        if (result.reply) receive(text, look, question, result.reply);
        else miss();
      });
  };
  const receive = (text, look, question, reply) => {
    misses = 0;
    if (reply.status === "ready" && reply.html) {
      show(reply);
      shown = {link: text, look: look, done: reply.done, settled: reply.settled, words: reply.standing, colours: question.theme};
      if (text !== link() || look !== upstream.look.key()) return soon();
      if (!reply.settled || question.theme !== colours()) ask(0);
      return stands(reply.settled ? "settled" : "refining");
    }
    if (reply.status === "ready") return undefined;
    if (reply.status === "failed") return status("The model could not answer this. The last result stays.");
    if (reply.status === "busy") status("The model is busy with other questions. The last result stays; trying again\u2026");
    return ask(Math.max(0, lastAsked + AGAIN - Date.now()));
  };
  const miss = () => {
    misses += 1;
    status("No reply from the model. The last result stays; trying again\u2026");
    ask(Math.min(AGAIN * 2 ** misses, LONGEST));
  };
  const show = (reply) => {
    for (const id in reply.html) element(id).innerHTML = reply.html[id];
    status(reply.standing);
    upstream.look.told(reply.look);
    for (const id in reply.figures) set(id, {figure: reply.figures[id]});
    speak(reply);
  };
  const speak = (reply) => {
    window.clearTimeout(speech);
    if (reply.settled) speech = window.setTimeout(() => write("live", reply.spoken), REST);
  };
  const status = (text) => write("status", text);
  /* What is shown is what is asked. A question still under way is replaced by this one, so that it is given up. */
  const rest = () => {
    window.clearTimeout(next);
    status(shown.words);
    stands("settled");
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
      const row = part("row", path);
      row.classList.toggle("is-moved", !stays);
      if (typeof value === "string") {
        part("says", path).textContent = lever.choices[value];
      } else {
        const ends = [share(lever, lever.baseline), share(lever, value)].sort((a, b) => a - b);
        row.style.setProperty("--from", ends[0] + "%");
        row.style.setProperty("--to", ends[1] + "%");
      }
    }
    list(moved);
    for (const row of document.querySelectorAll("details.more .lever")) {
      if (moved.some((path) => row.id.includes('"' + path + '"'))) row.closest("details").open = true;
    }
  };
  const item = (text) => {
    const line = document.createElement("li");
    line.textContent = text;
    return line;
  };
  const list = (moved) => {
    const plan = known.plans[now.plan];
    const count = moved.length === 0 ? "No lever moved" : moved.length === 1 ? "1 lever moved" : moved.length + " levers moved";
    const lines = moved.map((path) => known.levers[path].label + ": " + words(path, now.shown[path])
      + " (was " + words(path, known.levers[path].baseline) + ")");
    write("moved-count", count);
    element("moved").replaceChildren(...lines.concat(plan.also).map(item));
    const untouched = now.plan !== known.defaults.plan || moved.length === 0;
    write("plan-why", untouched ? plan.why : "Begins with \u201c" + plan.title + "\u201d, and changes what is moved here.");
    element("reset-all").disabled = moved.length === 0 && now.plan === known.defaults.plan;
    write("levers-button", "Levers (" + (moved.length || "none") + " moved)");
  };
  const typing = (path) => {
    const row = document.activeElement.closest(".lever");
    return upstream.isTyping(document.activeElement) && document.activeElement.tagName === "INPUT" && row !== null && row.id.includes('"' + path + '"');
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
  /* A box gives a number too long for it as text. */
  const numberIn = (typed) => {
    const number = typeof typed === "string" && typed.trim() === "" ? NaN : Number(typed ?? NaN);
    return Number.isFinite(number) ? number : null;
  };
  const seedIn = (typed) => {
    const number = numberIn(typed);
    const seed = number === null ? now.seed : Math.min(Math.max(Math.trunc(number), 0), known.largest_seed);
    const box = element("seed");
    if (typeof typed !== "number" && (document.activeElement !== box || !upstream.isTyping(box))) set("seed", {value: seed});
    return seed;
  };
  /* What a number box is about, for whoever must say that it was given something else. */
  upstream.about = (box) => {
    if (!known || !now) return null;
    const plain = (value) => String(value);
    if (box.id === "seed") return {label: "the seed", low: 0, high: known.largest_seed, value: now.seed, words: plain};
    const row = box.closest(".lever");
    const path = row && Object.keys(known.levers).find((each) => row.id.includes('"' + each + '"'));
    if (!path) return null;
    const lever = known.levers[path];
    const take = (value) => {
      if (same(value, now.shown[path])) return;
      put(path, value);
      changed();
    };
    return {label: lever.label, low: lever.low, high: lever.high, value: now.shown[path], words: (value) => words(path, value), take: take};
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
      element("views").innerHTML = data.views;
      upstream.theme.begin();
      upstream.look.begin(() => { if (now) ask(0); });
      return window.location.search || "?";
    },
    apply: (state) => {
      if (!state) return none();
      now = {place: state.place, plan: state.plan, years: state.years, replications: state.replications, seed: state.seed, shown: {}};
      for (const name of RESERVED) set(name, {value: now[name]});
      putAll(state.shown);
      upstream.notice(state.notices);
      return changed();
    },
    lever: (slider, typed, blurred, id) => {
      if (!now) return [none(), none()];
      const path = id.path;
      const lever = known.levers[path];
      if (cause().includes('"box"')) {
        if (isEcho(path, typed)) return [none(), none()];
        const number = numberIn(typed);
        const value = number === null ? now.shown[path] : Math.min(Math.max(number, lever.low), lever.high);
        /* A number out of range the box itself brings back; what is no number, or too long to be one, it leaves. */
        const back = typeof typed !== "number" && !typing(path) ? intoBox(path, value, typed) : none();
        if (same(value, now.shown[path])) return [none(), back];
        now.shown[path] = value;
        changed();
        return [value, back];
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
    control: (place, plan, years, replications, seed) => {
      if (!now) return none();
      const given = {place: place, years: years, replications: replications, seed: seedIn(seed)};
      for (const name in given) {
        if (given[name] !== null && given[name] !== undefined && given[name] !== "") now[name] = given[name];
      }
      if (plan && plan !== now.plan) {
        now.plan = plan;
        putAll(standing(plan));
      }
      return changed();
    },
  };
  upstream.link = () => now ? link() : null;
  upstream.theme.told((name) => {
    if (!known) return;
    set("theme-provider", {forceColorScheme: name});
    if (shown.link !== null) ask(0);
  });
  window.dash_clientside = Object.assign(window.dash_clientside || {}, {upstream: calls});

  /* ---- levers in a drawer, evidence in a dialog ---- */

  const drawer = (open) => {
    document.body.classList.toggle("levers-open", open);
    element("levers-button").setAttribute("aria-expanded", String(open));
    if (open) element("levers").querySelector("input, button, [tabindex='0']").focus();
  };

  const evidence = (button) => {
    const dialog = element("evidence");
    const name = button.dataset.evidence;
    element("evidence-content").innerHTML = button.closest("#doubts") ? upstream.witness[name] : known.levers[name].evidence;
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
    } else if (button.id === "levers-button") drawer(!document.body.classList.contains("levers-open"));
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
