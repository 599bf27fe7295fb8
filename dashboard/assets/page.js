/* The page between the controls and the server.

   The model of the page is one small object, `now`: place, plan, years, replications, seed, and every lever in
   the unit shown. Whatever moves changes `now`, then the link, the marks, and at once the question, so that the
   server gives up the old one. The first answer replaces the old, which looks stale until then; better answers
   to the same question follow, and nothing else changes. */
"use strict";

(function () {
  const PAUSE = 150;          // milliseconds between questions at least, while a control moves
  const OFTEN = 6;            // questions of one drag until the pause between them grows
  const LONGEST_PAUSE = 1500;
  const STILL = 400;          // milliseconds a slider must be held still until its answer is refined
  const SLOW = 300;           // milliseconds after which it is said that the model is at work
  const AGAIN = 400;          // milliseconds before asking again when there was no room or no reply
  const LOST = 20000;         // milliseconds after which a question without a reply counts as lost
  const LONGEST = 8000;       // milliseconds between tries at most, when the server does not answer
  const REST = 500;           // milliseconds a result must stand before it is spoken
  const RESERVED = ["place", "plan", "years", "replications", "seed"];
  const GROWTH = "demand.admissions_growth";

  const upstream = window.upstream;
  const who = upstream.name();
  let known = null;           // levers, plans and defaults, from the server
  let now = null;             // what the page asks
  let shown = {link: null, look: "", done: 0, settled: false, words: "", colours: ""};
  let flight = null;          // the question on its way: at most one
  let lastAsked = 0;
  let dragged = 0;            // questions during the drag under way
  let next = 0;
  let speech = 0;
  let misses = 0;

  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const element = (id) => document.getElementById(id);
  /* Past Dash, which looks at every component again whenever it is told of a change. */
  const write = (id, text) => { element(id).textContent = text; };
  const none = () => window.dash_clientside.no_update;
  const colours = upstream.theme.name;
  const {same, tidy, words} = upstream.levers;

  /* ---- what is asked ---- */

  const standing = (plan) => {
    const values = {};
    for (const path in known.levers) values[path] = known.levers[path].baseline;
    return Object.assign(values, known.plans[plan].settings);
  };
  /* Where a lever stands unless it is moved by itself: where its plan puts it, or with the lever it follows. */
  const usual = (path, question, plan) => {
    const leader = known.levers[path].follows;
    return leader && !same(question.shown[leader], plan[leader]) ? question.shown[leader] : plan[path];
  };
  const stored = (path, shown) => typeof shown === "string" ? shown : String(tidy(shown / known.levers[path].scale));
  const link = () => {
    const query = new URLSearchParams();
    for (const name of RESERVED) {
      if (String(now[name]) !== String(known.defaults[name])) query.set(name, now[name]);
    }
    const plan = standing(now.plan);
    for (const path of Object.keys(known.levers).sort()) {
      if (!same(now.shown[path], usual(path, now, plan))) query.set(path, stored(path, now.shown[path]));
    }
    return query.toString();
  };
  /* A link of our own, back to what is asked. */
  const read = (text) => {
    const query = new URLSearchParams(text);
    const question = {};
    for (const name of RESERVED) question[name] = query.get(name) ?? known.defaults[name];
    question.seed = Number(question.seed);
    const plan = standing(question.plan);
    question.shown = Object.assign({}, plan);
    const own = (path) => {
      const value = query.get(path);
      const lever = known.levers[path];
      question.shown[path] = value === null ? usual(path, question, plan) : lever.words ? value : tidy(Number(value) * lever.scale);
    };
    const paths = Object.keys(known.levers);
    for (const path of paths.filter((each) => !known.levers[each].follows)) own(path);
    for (const path of paths.filter((each) => known.levers[each].follows)) own(path);
    return question;
  };
  /* `gesture` names what of several changes belongs together as one step; null is a step by itself. */
  const changed = (gesture) => {
    const text = link();
    window.history.replaceState(null, "", upstream.look.address(text));
    mark();
    upstream.steps.note(text, gesture ?? null);
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
  /* A long drag is asked about less and less often; the last of it, when the slider is let go, at once. */
  const pause = () => {
    if (!upstream.levers.held()) dragged = 0;
    return Math.min(PAUSE * 2 ** Math.max(0, (dragged - OFTEN) / 3), LONGEST_PAUSE);
  };
  const soon = () => ask(Math.max(0, lastAsked + pause() - Date.now()));
  const send = () => {
    const text = link();
    const look = upstream.look.key();
    const fresh = text === shown.link && look === shown.look && colours() === shown.colours;
    const question = Object.assign({who: who, link: text, have: fresh ? shown.done : 0, theme: colours()}, JSON.parse(look));
    if (flight) flight.abort();
    const mine = flight = new AbortController();
    lastAsked = Date.now();
    dragged += 1;
    const slow = window.setTimeout(() => { if (text !== shown.link) status(upstream.say("Working\u2026")); }, SLOW);
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
      if (!reply.settled || question.theme !== colours()) ask(upstream.levers.held() ? STILL : 0);
      return stands(reply.settled ? "settled" : "refining");
    }
    if (reply.status === "ready") return undefined;
    if (reply.status === "failed") return status(upstream.say("The model could not answer this. The last result stays."));
    if (reply.status === "busy") status(upstream.say("The model is busy with other questions. The last result stays; trying again\u2026"));
    return ask(Math.max(0, lastAsked + AGAIN - Date.now()));
  };
  const miss = () => {
    misses += 1;
    status(upstream.say("No reply from the model. The last result stays; trying again\u2026"));
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

  /* ---- what differs, in marks and words ---- */

  /* What merely goes with the lever it follows is not counted besides. */
  const apart = () => Object.keys(known.levers).filter((path) => {
    const lever = known.levers[path];
    return !same(now.shown[path], lever.follows ? now.shown[lever.follows] : lever.baseline);
  });
  const before = (path) => {
    const lever = known.levers[path];
    return lever.follows ? now.shown[lever.follows] : lever.baseline;
  };
  const mark = () => {
    const moved = apart();
    upstream.levers.mark(moved);
    ageing();
    list(moved);
  };
  const ageing = () => {
    const here = known.ageing[now.place];
    const all = now.shown[GROWTH];
    if (typeof here !== "number" || typeof all !== "number") return;
    const parts = {ageing: words(GROWTH, Number(here.toFixed(1))), rest: words(GROWTH, Number((all - here).toFixed(1)))};
    upstream.levers.says(GROWTH, upstream.say("More and older people account for {ageing} here, the rest is {rest}.", parts));
  };
  const item = (text) => {
    const line = document.createElement("li");
    line.textContent = text;
    return line;
  };
  const way = (path) => {
    const label = known.levers[path].label;
    const text = upstream.say("{lever}: {now} (was {before})", {
      lever: label, now: words(path, now.shown[path]), before: words(path, before(path)),
    });
    const line = item(text + " ");
    const button = document.createElement("button");
    Object.assign(button, {type: "button", className: "text-button", textContent: upstream.say("Put back")});
    button.setAttribute("aria-label", upstream.say("Put back {lever}", {lever: label}));
    button.dataset.reset = path;
    line.append(button);
    return line;
  };
  const list = (moved) => {
    const plan = known.plans[now.plan];
    const held = document.activeElement instanceof Element && document.activeElement.closest("#moved");
    write("moved-count", moved.length === 0 ? upstream.say("No lever moved")
      : upstream.several("{count} lever moved", "{count} levers moved", moved.length, {count: moved.length}));
    element("moved").replaceChildren(...moved.map(way), ...plan.also.map(item));
    if (held) (element("moved").querySelector("button") || element("undo")).focus();
    const untouched = now.plan !== known.defaults.plan || moved.length === 0;
    write("plan-why", untouched ? plan.why
      : upstream.say("Begins with \u201c{plan}\u201d, and changes what is moved here.", {plan: plan.title}));
    element("reset-all").disabled = moved.length === 0 && now.plan === known.defaults.plan;
    write("levers-button", moved.length === 0 ? upstream.say("Levers (none moved)")
      : upstream.several("Levers ({count} moved)", "Levers ({count} moved)", moved.length, {count: moved.length}));
  };

  /* ---- what somebody moves ---- */

  const put = (path, value) => {
    now.shown[path] = value;
    upstream.levers.show(path, value);
  };
  const putAll = (values) => { for (const path in values) put(path, values[path]); };
  /* Whatever followed goes on following. */
  const move = (path, value, gesture) => {
    if (!now) return;
    const plan = standing(now.plan);
    const led = Object.keys(known.levers).filter((each) => known.levers[each].follows === path
      && same(now.shown[each], usual(each, now, plan)));
    put(path, value);
    for (const each of led) put(each, usual(each, now, plan));
    changed(gesture);
  };
  const back = (path) => move(path, known.levers[path].follows ? before(path) : known.levers[path].baseline, null);
  const choosePlan = (plan) => {
    now.plan = plan;
    putAll(standing(plan));
  };
  /* Every control as a question has it. */
  const stand = (question) => {
    now = question;
    for (const name of ["place", "plan"]) set(name, {value: now[name]});
    for (const name of ["years", "replications", "seed"]) element(name).value = now[name];
    putAll(now.shown);
  };
  const seedIn = (box) => {
    const number = upstream.levers.numberIn(box.value);
    if (number !== null) now.seed = Math.min(Math.max(Math.trunc(number), 0), known.largest_seed);
  };
  const listen = () => {
    for (const name of ["years", "replications"]) {
      element(name).addEventListener("change", (event) => { if (now) { now[name] = event.target.value; changed(null); } });
    }
    element("seed").addEventListener("focusout", (event) => {
      if (!now) return;
      seedIn(event.target);
      event.target.value = now.seed;
      changed(null);
    });
  };
  /* What a number box is about, for whoever must say that it was given something else. */
  upstream.about = (box) => {
    if (!known || !now) return null;
    const plain = (value) => String(value);
    if (box.id === "seed") return {label: upstream.say("the seed"), low: 0, high: known.largest_seed, value: now.seed, words: plain};
    return upstream.levers.about(box);
  };

  /* ---- what Dash calls ---- */

  const calls = {
    begin: (data) => {
      known = data;
      element("views").innerHTML = data.views;
      upstream.levers.begin(known.levers, (path) => now ? now.shown[path] : known.levers[path].baseline, move);
      listen();
      upstream.theme.begin();
      upstream.look.begin(() => { if (now) ask(0); });
      return window.location.search || "?";
    },
    apply: (state) => {
      if (!state) return none();
      const first = now === null;
      const question = {shown: state.shown};
      for (const name of RESERVED) question[name] = state[name];
      stand(question);
      upstream.notice(state.notices);
      if (first) upstream.steps.begin(link(), (text) => { stand(read(text)); upstream.notice([]); changed(null); });
      return changed(null);
    },
    control: (place, plan) => {
      if (!now) return none();
      if (place) now.place = place;
      if (plan && plan !== now.plan) choosePlan(plan);
      return changed(null);
    },
  };
  upstream.link = () => now ? link() : null;
  upstream.theme.told((name) => {
    if (!known) return;
    set("theme-provider", {forceColorScheme: name});
    if (shown.link !== null) ask(0);
  });
  window.dash_clientside = Object.assign(window.dash_clientside || {}, {upstream: calls});

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !known || !now) return;
    if (button.dataset.reset) back(button.dataset.reset);
    else if (button.id === "reset-all") {
      choosePlan(known.defaults.plan);
      set("plan", {value: now.plan});
      changed(null);
    }
  });
  window.addEventListener("popstate", () => set("search", {data: window.location.search || "?"}));
})();
