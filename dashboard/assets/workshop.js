/* A workshop's screens: looks once a second at what is new, puts it into place without disturbing what is being typed or
   moved, and sends what people decide. Faults and lost connections are told; nothing typed is lost. */
"use strict";

(function () {
  const upstream = window.upstream;
  const room = document.getElementById("room");
  const SEEN = 1000, HIDDEN = 5000;    // milliseconds between looks, of a page that is seen and of one that is not
  const JITTER = 300;
  const LONGEST = 8000;                // between looks while nobody answers
  const PATIENCE = 12000;              // until a look or an act counts as lost
  const SURE = 5000;                   // for which a button waits to be pressed again
  const TWICE = 1000;                  // within which the second press of a double one is a slip
  const MISSES = 2;                    // looks in a row without a reply before it is said
  const AGAIN = ["Decide", "Withdraw", "Move"];   // acts that may safely be sent twice
  const LAST_MINUTE = 60;
  const SAID = "upstream-workshop-said";
  const LOST = upstream.mark("No connection. Still trying; nothing is lost.");
  const NOT_SENT = upstream.mark("No connection, so this was not sent. Try again in a moment.");
  const ODD = upstream.mark("The server could not do that. Try again.");

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

  /* ---- asking the server ---- */

  const fetched = (address, how) => {
    const gives = new AbortController();
    const timer = window.setTimeout(() => gives.abort(), PATIENCE);
    return window.fetch(address, Object.assign({signal: gives.signal, cache: "no-store", credentials: "same-origin"}, how))
      .finally(() => window.clearTimeout(timer));
  };
  const under = (path) => "/workshop/" + room.dataset.code + path;
  const asked = (path) => under(path) + "?" + upstream.inLanguage("screen=" + room.dataset.screen);
  const send = (path, body) => fetched(asked(path), {
    method: "POST",
    headers: {"Content-Type": "application/json", "X-Upstream-Form": room.dataset.form},
    body: JSON.stringify(body),
  });
  const fault = (reply) => reply.json().then((said) => said.fault || upstream.say(ODD), () => upstream.say(ODD));

  /* ---- putting new parts into place ---- */

  const asSent = new Map();            // each part as the server sent it last, without what happened to it here
  let held = null;                     // what is under a finger
  let phase = room ? room.dataset.phase : "";

  const typable = (node) => node instanceof Element && node.matches("input, select, textarea");
  const became = new WeakMap();        // when a button came to do something else: who presses twice meant the first
  const skipped = new Set();           // parts with something in them that could not be touched yet
  const busy = (node) => node === held || node.hasAttribute("data-asked")
    || (node === document.activeElement && typable(node) && !node.matches("[type=radio], [type=checkbox]"));
  const key = (node) => node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || "" : "";
  const alike = (one, other) => one.nodeName === other.nodeName && key(one) === key(other);

  const sameAttributes = (old, fresh) => {
    for (const each of Array.from(old.attributes)) {
      if (!fresh.hasAttribute(each.name) && each.name !== "open") old.removeAttribute(each.name);
    }
    for (const each of fresh.attributes) {
      if (old.getAttribute(each.name) === each.value || each.name === "open") continue;
      old.setAttribute(each.name, each.value);
      if (each.name === "value" && "value" in old) old.value = each.value;
    }
    if ("checked" in old && old.type !== "range") old.checked = fresh.hasAttribute("checked");
  };
  const become = (old, fresh) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (old.hasAttribute("data-saved")) return;
    if (busy(old)) {                   // never under the fingers
      skipped.add(old.closest("[data-part]").id);
      return;
    }
    if (old.nodeName === "BUTTON" && old.dataset.act !== fresh.dataset.act) became.set(old, performance.now());
    const chosen = old.nodeName === "SELECT" ? Array.from(fresh.options).find((each) => each.defaultSelected) : null;
    sameAttributes(old, fresh);
    let place = old.firstChild;
    for (const next of Array.from(fresh.childNodes)) {
      let found = place;
      if (key(next)) found = Array.from(old.childNodes).find((each) => alike(each, next)) || null;
      if (found && alike(found, next)) {
        if (found !== place) old.insertBefore(found, place); else place = place.nextSibling;
        become(found, next);
      } else {
        old.insertBefore(next.cloneNode(true), place);
      }
    }
    while (place) { const gone = place; place = place.nextSibling; gone.remove(); }
    if (chosen) old.value = chosen.value;
  };
  const place = (parts) => {
    for (const [id, html] of Object.entries(parts)) {
      const old = element(id);
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const fresh = holder.content.firstElementChild;
      if (!old || !fresh || (asSent.has(id) && asSent.get(id).isEqualNode(fresh))) continue;
      asSent.set(id, fresh.cloneNode(true));
      become(old, fresh);
    }
  };
  const later = () => {                // what was left out while it was under the fingers
    const every = Array.from(skipped);
    skipped.clear();
    for (const id of every) if (element(id) && asSent.has(id)) become(element(id), asSent.get(id));
  };

  /* ---- the clock ---- */

  const clocks = () => Array.from(document.querySelectorAll("[data-left]"));
  const inWords = (left) => Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
  let ends = null, stood = 0;          // when time is up, in milliseconds of this page; what was left when it was told
  let warned = false;
  const setClock = (left) => {
    stood = typeof left === "number" ? 1000 * left : 0;
    ends = typeof left === "number" ? performance.now() + stood : null;
    tick();
  };
  const tick = () => {
    for (const clock of clocks()) {
      if (ends === null) continue;
      const left = Math.max(0, Math.ceil((clock.dataset.stands === undefined ? ends - performance.now() : stood) / 1000));
      if (clock.textContent !== inWords(left)) clock.textContent = inWords(left);
      clock.classList.toggle("is-short", left <= LAST_MINUTE);
      if (left <= LAST_MINUTE && left > 0 && !warned) { warned = true; announce(upstream.say("Less than a minute is left.")); }
      if (left > LAST_MINUTE) warned = false;
    }
  };

  /* ---- what is new ---- */

  let misses = 0, timer = 0, stopped = false;

  const connected = () => {
    misses = 0;
    const banner = element("room-lost");
    if (banner) banner.hidden = true;
  };
  const lost = () => {
    misses += 1;
    const banner = element("room-lost");
    if (misses < MISSES || !banner) return;
    banner.textContent = upstream.say(LOST);
    banner.hidden = false;
  };
  const changedPhase = (now) => {
    if (now === phase) return;
    phase = now;
    room.dataset.phase = now;
    const title = room.querySelector("[data-title]");
    notice("");
    for (const each of document.querySelectorAll("[data-saved]")) each.textContent = "";
    if (title) announce(title.textContent);
    window.scrollTo(0, 0);
    const focused = document.activeElement;
    if (title && (!focused || focused === document.body)) title.focus({preventScroll: true});
  };
  const show = (reply) => {
    if (!reply || reply.seen === undefined) return;
    if (reply.phase !== phase && document.activeElement && typable(document.activeElement)) document.activeElement.blur();
    if (reply.phase !== phase) held = null;
    place(reply.parts || {});
    room.dataset.seen = reply.seen;
    setClock(reply.left);
    changedPhase(reply.phase);
    document.dispatchEvent(new CustomEvent("workshop:shown", {detail: reply}));
  };
  /* The seat is gone, or the session: the page by itself says which. */
  const gone = (reply) => fault(reply).then((words) => {
    stopped = true;
    kept(words);
    window.location.reload();
  });
  const look = () => {
    window.clearTimeout(timer);
    if (stopped) return;
    fetched(asked("/look") + "&seen=" + encodeURIComponent(room.dataset.seen))
      .then((reply) => {
        if ([401, 403, 404, 410].includes(reply.status)) return gone(reply);
        if (!reply.ok) throw new Error(String(reply.status));
        connected();
        flush();
        return reply.status === 204 ? undefined : reply.json().then(show);
      })
      .catch(lost)
      .finally(again);
  };
  const again = () => {
    const rest = document.hidden ? HIDDEN : SEEN;
    const slower = misses > MISSES ? Math.min(LONGEST, rest * 2 ** (misses - MISSES)) : rest;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, slower + JITTER * Math.random());
  };

  /* ---- acts: one after another, in the order in which they were made ---- */

  let line = Promise.resolve();
  const owed = new Map();              // what could not be sent and may be sent again, the newest of each kind

  const state = (from, words) => {
    const row = from && from.closest("[data-row]");
    const where = row && row.querySelector("[data-saved]");
    if (where) where.textContent = words;
  };
  const back = (from) => {             // what was refused goes back to what holds
    const row = from && typable(from) ? from.closest("[data-row]") || from.parentElement : null;
    if (!row) return;
    for (const each of row.querySelectorAll("input, select")) {
      if (each.type === "radio" || each.type === "checkbox") each.checked = each.defaultChecked;
      else if (each.nodeName === "SELECT") for (const one of each.options) one.selected = one.defaultSelected;
      else each.value = each.defaultValue;
    }
    for (const each of row.querySelectorAll("output")) each.textContent = each.defaultValue;
  };
  const post = (path, body, from, done) => {
    state(from, upstream.say("Saving …"));
    line = line.then(() => send(path, body).then(
      (reply) => {
        connected();
        if (!reply.ok) return fault(reply).then((words) => { state(from, ""); back(from); notice(words); });
        notice("");
        return reply.json().catch(() => ({})).then((said) => {
          state(from, upstream.say("Saved"));
          if (done) done(said);
          show(said);
        });
      },
      () => {
        lost();
        if (AGAIN.includes(body.act)) {
          owed.set(body.act + (body.path || ""), {path: path, body: body, from: from});
          state(from, upstream.say("Not saved yet: no connection"));
        } else {
          state(from, "");
          notice(upstream.say(NOT_SENT));
        }
      },
    ));
    return line;
  };
  const flush = () => {
    const every = Array.from(owed.values());
    owed.clear();
    for (const each of every) post(each.path, each.body, each.from);
  };
  const given = (node, name) => JSON.parse(node.dataset[name] || "{}");
  const stored = (field, number) => Number((number / Number(field.dataset.scale || 1)).toPrecision(10));
  const valueOf = (field) => field.matches("[type=range], [type=number], [data-number]") ? stored(field, Number(field.value))
    : field.matches("[type=checkbox], [data-truth]") ? (field.type === "checkbox" ? field.checked : field.value === "true") : field.value;
  const filled = (form) => {
    const found = given(form, "act");
    for (const field of form.elements) {
      if (!field.name || ((field.type === "radio") && !field.checked)) continue;
      const other = field.dataset.instead ? element(field.dataset.instead) : null;   // "another", whose words stand beside
      found[field.name] = other ? other.value.trim() : valueOf(field);
    }
    return found;
  };
  const finished = (form) => () => {
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
  const press = (button, event) => {
    const slip = event.detail > 1 && performance.now() - (became.get(button) || -TWICE) < TWICE;
    if (slip || !sure(button)) return;
    const then = button.dataset.then;
    const done = (said) => {
      if (then) { stopped = true; window.location.assign(then); }
      if (button.dataset.into && said.link) put(button.dataset.into, said.link);
    };
    if (button.dataset.post !== undefined) post("/" + button.dataset.post, given(button, "body"), button, done);
    else post("/act", given(button, "act"), button, done);
  };

  /* Slider and number box say the same; a number beyond the ends goes to the end, and it is said. */
  const follow = (field) => {
    const row = field.closest("[data-row]");
    if (!row) return;
    for (const each of row.querySelectorAll("input[type=range], input[type=number]")) if (each !== field) each.value = field.value;
    for (const each of row.querySelectorAll("output")) each.textContent = field.value;
    row.classList.add("is-moving");
  };
  const within = (field) => {
    if (!field.matches("[type=number]")) return true;
    const number = field.value.trim() === "" ? NaN : Number(field.value);
    if (!Number.isFinite(number)) { back(field); notice(upstream.say("Type a number.")); return false; }
    const ends = [field.min, field.max].map((each) => each === "" ? null : Number(each));
    if (ends[0] !== null && number < ends[0]) { field.value = field.min; notice(upstream.say("The least is {least}.", {least: field.min})); }
    else if (ends[1] !== null && number > ends[1]) { field.value = field.max; notice(upstream.say("The most is {most}.", {most: field.max})); }
    else notice("");
    follow(field);
    return true;
  };
  const decided = (field) => {
    if (!within(field)) return;
    const row = field.closest("[data-row]");
    if (row) row.classList.remove("is-moving");
    const said = element("room-notice") ? element("room-notice").textContent : "";
    post("/act", Object.assign(given(field, "act"), {value: valueOf(field)}), field).then(() => { if (said) notice(said); });
  };

  /* ---- forms of pages that have no room yet: to a page the server names, or a sentence ---- */

  const submit = (form) => {
    const body = new URLSearchParams(new FormData(form));
    const where = form.querySelector("[role=alert]") || element("room-notice");
    if (where) where.textContent = "";
    fetched(form.dataset.send, {method: "POST", body: body, headers: {"X-Upstream-Form": form.dataset.form || ""}}).then(
      (reply) => {
        if (reply.ok) return window.location.assign(reply.redirected ? reply.url : form.dataset.next || window.location.href);
        const isJson = (reply.headers.get("Content-Type") || "").includes("json");
        if (isJson) return fault(reply).then((words) => { if (where) where.textContent = words; });
        return reply.text().then((text) => {
          const page = new DOMParser().parseFromString(text, "text/html").getElementById("room-notice");
          if (where) where.textContent = (page && page.textContent) || upstream.say(ODD);
        });
      },
      () => { if (where) where.textContent = upstream.say(NOT_SENT); },
    );
  };

  /* ---- listening ---- */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.send === undefined && form.dataset.act === undefined) return;
    event.preventDefault();
    if (form.dataset.send !== undefined) submit(form);
    else post("/act", filled(form), form, finished(form));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act], button[data-post]");
    if (button && button.getAttribute("aria-disabled") !== "true") press(button, event);
    if (event.target.closest("button[data-print]")) window.print();
  });
  document.addEventListener("input", (event) => { if (event.target.matches("[data-row] input[type=range]")) follow(event.target); });
  document.addEventListener("change", (event) => { if (event.target.matches("input[data-act], select[data-act]")) decided(event.target); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=number][data-act]")) event.target.blur();
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

  document.addEventListener("pointerdown", (event) => { held = typable(event.target) ? event.target : null; }, true);
  for (const ends of ["pointerup", "pointercancel"]) document.addEventListener(ends, () => { held = null; window.setTimeout(later, 0); }, true);
  document.addEventListener("focusout", () => window.setTimeout(() => { held = null; later(); }, 0));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  window.addEventListener("online", look);
  for (const each of document.querySelectorAll("[data-part]")) asSent.set(each.id, each.cloneNode(true));
  const first = clocks()[0];
  setClock(first && first.dataset.left !== "" ? Number(first.dataset.left) : null);
  window.setInterval(tick, 500);
  again();
})();
