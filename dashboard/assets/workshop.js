/* A workshop's screens: looks every second at what is new, tells faults and lost connections, and turns presses into acts.
   workshop_parts.js puts into place what is new, workshop_fields.js reads fields, workshop_acts.js sends what they hold,
   workshop_drafts.js keeps what is typed. */
"use strict";

(function () {
  const upstream = window.upstream;
  const parts = upstream.parts, fields = upstream.fields, acts = upstream.acts, drafts = upstream.drafts;
  const room = document.getElementById("room");
  const SEEN = 1000, HIDDEN = 5000;    // milliseconds between looks, of a page that is seen and of one that is not
  const JOINING = 4000;                // of the page on which a seat is taken
  const JITTER = 300;
  const LONGEST = 8000;                // between looks while nobody answers
  const PATIENCE = 4000;               // until a look counts as lost
  const SURE = 5000;                   // for which a button waits to be pressed again
  const TWICE = 1000;                  // within which the second press of a double one is a slip
  const MISSES = 2;                    // looks in a row without a reply before it is said
  const LAST_MINUTE = 60;
  const SAID = "upstream-workshop-said";
  const LOST = upstream.mark("No connection. Still trying; nothing is lost.");
  const BUSY = upstream.mark("The server is busy. Still trying; nothing is lost.");

  const element = (id) => document.getElementById(id);
  const put = (id, words) => { const where = element(id); if (where && where.textContent !== words) where.textContent = words; };
  const notice = (words) => put("room-notice", words);
  const announce = (words) => put("room-status", words);
  const kept = (words) => { try { window.sessionStorage.setItem(SAID, words); } catch (error) { /* then it is not said */ } };
  const takeKept = () => {
    try {
      const words = window.sessionStorage.getItem(SAID);
      window.sessionStorage.removeItem(SAID);
      return words || "";
    } catch (error) { return ""; }
  };

  /* ---- the clock ---- */

  const clocks = () => Array.from(document.querySelectorAll("[data-left]"));
  const inWords = (left) => Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
  let ends = null, stood = 0;          // when time is up, in milliseconds; what was left when it was told
  let warned = false;
  const setClock = (left) => {
    stood = typeof left === "number" ? 1000 * left : 0;
    ends = typeof left === "number" ? Date.now() + stood : null;
    tick();
  };
  const tick = () => {
    for (const clock of clocks()) {
      if (ends === null) continue;
      const left = Math.max(0, Math.ceil((clock.dataset.stands === undefined ? ends - Date.now() : stood) / 1000));
      if (clock.textContent !== inWords(left)) clock.textContent = inWords(left);
      clock.classList.toggle("is-short", left <= LAST_MINUTE);
      if (left <= LAST_MINUTE && left > 0 && !warned) { warned = true; announce(upstream.say("Less than a minute is left.")); }
      if (left > LAST_MINUTE) warned = false;
    }
  };

  /* ---- what is new ---- */

  const joins = room !== null && room.dataset.screen === "join";
  let misses = 0, timer = 0, stopped = false;

  const connected = () => {
    misses = 0;
    const banner = element("room-lost");
    if (banner) banner.hidden = true;
  };
  const say = (status) => {
    const banner = element("room-lost");
    if (!banner) return;
    banner.textContent = upstream.say(status ? BUSY : LOST);
    banner.hidden = false;
  };
  /* status   of a reply that is no answer; 0 where there was none */
  const lost = (status) => {
    misses += 1;
    if (misses >= MISSES) say(status);
  };
  const isNew = (reply) => reply.phase !== room.dataset.phase || String(reply.round) !== room.dataset.round;
  const changedPhase = (reply) => {
    if (!isNew(reply)) return;
    room.dataset.phase = reply.phase;
    room.dataset.round = reply.round;
    const title = room.querySelector("[data-title]");
    notice("");
    for (const each of document.querySelectorAll("[data-saved]")) each.textContent = "";
    if (title) announce(title.textContent);
    if (joins) return;
    window.scrollTo(0, 0);
    const focused = document.activeElement;
    if (title && (!focused || focused === document.body)) title.focus({preventScroll: true});
  };
  const show = (reply) => {
    if (!reply || reply.seen === undefined) return;
    const isOver = isNew(reply) && !joins;
    if (isOver && parts.typable(document.activeElement)) document.activeElement.blur();
    if (isOver) parts.letGo();
    parts.place(reply.parts || {});
    room.dataset.seen = reply.seen;
    setClock(reply.left);
    changedPhase(reply);
    document.dispatchEvent(new CustomEvent("workshop:shown", {detail: reply}));
  };
  /* The seat is gone, or the session: the page by itself says which. */
  const gone = (reply) => acts.fault(reply).then((words) => {
    stopped = true;
    kept(words);
    window.location.reload();
  });
  /* What was asked before the newest look, or before the last act was answered, may be older than what is shown. */
  let looks = 0;
  const look = (everything) => {
    window.clearTimeout(timer);
    if (stopped) return;
    const mine = ++looks, answered = acts.answers();
    const isOld = () => mine !== looks || answered !== acts.answers();
    acts.fetched(acts.asked("/look") + "&seen=" + (everything ? 0 : encodeURIComponent(room.dataset.seen)), {}, PATIENCE)
      .then((reply) => {
        if ([401, 403, 404, 410].includes(reply.status)) return gone(reply);
        if (!reply.ok) return mine === looks ? lost(reply.status) : undefined;
        connected();
        acts.flush();
        return reply.status === 204 ? undefined : reply.json().then((said) => { if (!isOld()) show(said); });
      })
      .catch(() => { if (mine === looks) lost(0); })
      .finally(() => { if (mine === looks) again(); });
  };
  const again = () => {
    const rest = document.hidden ? HIDDEN : joins ? JOINING : SEEN;
    const slower = misses > MISSES ? Math.min(LONGEST, rest * 2 ** (misses - MISSES)) : rest;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => look(), slower + JITTER * Math.random());
  };
  const offline = () => {
    misses = Math.max(misses, MISSES);
    say(0);
  };

  /* ---- what people do ---- */

  const state = (from, words) => {
    const row = from && from.closest("[data-row]");
    const where = row && row.querySelector("[data-saved]");
    if (where) where.textContent = words;
  };
  const finished = (form) => () => {
    drafts.drop(form);
    if (form.dataset.then === "reload") { stopped = true; window.scrollTo(0, 0); window.location.reload(); return; }
    form.reset();
    const open = form.closest("details[data-closes]");
    if (open) open.open = false;
  };

  const sure = (button) => {
    if (button.dataset.sure === undefined) return true;
    if (button.dataset.asked !== undefined) { delete button.dataset.asked; return true; }
    const words = button.textContent;
    button.dataset.asked = "";
    button.textContent = button.dataset.sure;
    announce(button.dataset.sure);
    window.setTimeout(() => { delete button.dataset.asked; if (button.isConnected && button.textContent === button.dataset.sure) button.textContent = words; }, SURE);
    return false;
  };
  /* The second press of a double one means the first, whatever the button has come to do meanwhile. */
  const pressed = new WeakMap();
  const slips = (button, event) => {
    const since = Date.now() - Math.max(pressed.get(button) || 0, parts.since(button));
    return event.detail > 1 && since >= 0 && since < TWICE;
  };
  const press = (button, event) => {
    if (slips(button, event)) return;
    pressed.set(button, Date.now());
    const into = button.dataset.into ? element(button.dataset.into) : null;
    if (into && into.hasChildNodes()) { into.replaceChildren(); return; }   // what is shown goes with the next press
    if (!sure(button)) return;
    const then = button.dataset.then;
    const done = (said) => {
      if (then) { stopped = true; window.location.assign(then); }
      if (into && said.shown) into.innerHTML = said.shown;
    };
    if (button.dataset.post !== undefined) acts.post("/" + button.dataset.post, fields.given(button, "body"), button, done);
    else acts.post("/act", fields.given(button, "act"), button, done);
  };
  /* Where the browser lets no script copy, the link is marked, to be copied by hand. */
  const copy = (button) => {
    const words = button.parentElement.querySelector("code");
    const mark = () => window.getSelection().selectAllChildren(words);
    if (!navigator.clipboard) return mark();
    return navigator.clipboard.writeText(button.dataset.copy).then(() => announce(upstream.say("Copied.")), mark);
  };

  const decided = (field) => {
    if (!fields.within(field, notice)) return;
    const row = field.closest("[data-row]");
    if (row) row.classList.remove("is-moving");
    const said = element("room-notice") ? element("room-notice").textContent : "";
    acts.post("/act", Object.assign(fields.given(field, "act"), {value: fields.valueOf(field)}), field).then(() => { if (said) notice(said); });
  };

  /* ---- forms of pages that have no room yet: to a page the server names, or a sentence ---- */

  const submit = (form) => {
    const body = new URLSearchParams(new FormData(form));
    const where = form.querySelector("[role=alert]") || element("room-notice");
    if (where) where.textContent = "";
    acts.fetched(form.dataset.send, {method: "POST", body: body, headers: {"X-Upstream-Form": form.dataset.form || ""}}).then(
      (reply) => {
        if (reply.ok) {
          drafts.drop(form);
          return window.location.assign(reply.redirected ? reply.url : form.dataset.next || window.location.href);
        }
        const isJson = (reply.headers.get("Content-Type") || "").includes("json");
        if (isJson) return acts.fault(reply).then((words) => { if (where) where.textContent = words; });
        return reply.text().then((text) => {
          const page = new DOMParser().parseFromString(text, "text/html").getElementById("room-notice");
          if (where) where.textContent = (page && page.textContent) || upstream.say(acts.ODD);
        });
      },
      () => { if (where) where.textContent = upstream.say(acts.NOT_SENT); },
    );
  };

  /* ---- listening ---- */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.send === undefined && form.dataset.act === undefined) return;
    event.preventDefault();
    if (form.dataset.send !== undefined) submit(form);
    else acts.post("/act", fields.filled(form), form, finished(form));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act], button[data-post]");
    if (button && button.getAttribute("aria-disabled") !== "true") press(button, event);
    if (event.target.closest("button[data-print]")) window.print();
    if (event.target.closest("button[data-copy]")) copy(event.target.closest("button[data-copy]"));
  });
  document.addEventListener("input", (event) => { if (event.target.matches("[data-row] input[type=range]")) fields.follow(event.target); });
  document.addEventListener("change", (event) => { if (event.target.matches("input[data-act], select[data-act]")) decided(event.target); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=number][data-act]")) event.target.blur();
    if (event.key === "Enter" && event.repeat && event.target.matches("button")) event.preventDefault();   // a key held down
  });
  /* "Another team": typing its name chooses it. */
  document.addEventListener("input", (event) => {
    const choice = event.target.id ? document.querySelector("input[data-instead=\"" + CSS.escape(event.target.id) + "\"]") : null;
    if (choice) choice.checked = true;
  });

  if (upstream.theme) upstream.theme.begin();
  const before = takeKept();
  if (before) notice(before);
  if (!room || !room.dataset.screen) return;

  parts.begin();
  acts.begin({
    heard: connected, lost: lost, show: show, notice: notice, state: state,
    done: (from, words) => { notice(words); state(from, upstream.say("Saved")); },
    refused: (from, words) => { state(from, ""); fields.back(from); notice(words); },
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(true); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(true); });
  window.addEventListener("online", () => look(true));
  window.addEventListener("offline", offline);
  const first = clocks()[0];
  setClock(first && first.dataset.left !== "" ? Number(first.dataset.left) : null);
  window.setInterval(tick, 500);
  again();
})();
