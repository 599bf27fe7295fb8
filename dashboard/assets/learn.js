/* Learn: a slider moved runs the lesson's network on the server; charts, numbers and tables go into place. An answer is
   marked by the server and remembered in this browser alone. */
"use strict";

(function () {
  const upstream = window.upstream;
  const element = (id) => document.getElementById(id);
  const all = (what) => Array.from(document.querySelectorAll(what));
  const LIBRARY = "/_dash-component-suites/plotly/package_data/plotly.min.js";
  const KEPT = "upstream-learn";
  const REST = 120;            // milliseconds without another move before the network runs
  const BUSY = 503;
  const AGAIN = 400;           // milliseconds at least before a busy server is asked again
  const MOST_TRIES = 40;
  const LOST = upstream.mark("No reply from the server. Try again.");

  /* ---- what this browser remembers ---- */

  const kept = () => {
    try {
      const found = JSON.parse(window.localStorage.getItem(KEPT));
      return found && typeof found === "object" ? found : {};
    } catch (error) { return {}; }
  };
  const keep = (name, answer, right) => {
    const every = kept();
    every[name] = {answer: answer, right: right || (every[name] || {}).right === true};
    try { window.localStorage.setItem(KEPT, JSON.stringify(every)); } catch (error) { /* then it is forgotten */ }
  };
  const stands = (found) => {
    if (!found) return "";
    return found.right === true ? "✓ " + upstream.say("answered right") : upstream.say("tried");
  };
  const showDone = () => {
    const every = kept();
    for (const each of all("[data-done]")) each.textContent = stands(every[each.dataset.done]);
  };

  /* ---- the network ---- */

  const live = element("learn-live");
  const sliders = all("input[type=range][data-slider]");
  const box = (slider) => slider.parentElement.querySelector("input[type=number]");
  let library = null;
  let under = null;
  let resting = 0;

  const fetched = () => {
    library = library || new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = LIBRARY;
      script.addEventListener("load", done);
      script.addEventListener("error", () => { library = null; failed(new Error("library")); });
      document.head.append(script);
    });
    return library;
  };
  /* A server with too much to do says so, and is asked again a little later, not by all at the same moment. */
  const brought = (address, signal, tries) => window.fetch(address, {signal: signal}).then((reply) => {
    if (reply.ok) return reply.json();
    if (reply.status !== BUSY || (tries || 0) >= MOST_TRIES) throw new Error(String(reply.status));
    return new Promise((done) => window.setTimeout(done, AGAIN * (1 + Math.random())))
      .then(() => brought(address, signal, (tries || 0) + 1));
  });
  const state = (words) => { document.body.dataset.learn = words; };
  const draw = (reply) => {
    element("learn-numbers").innerHTML = reply.html;
    const tables = document.createElement("template");
    tables.innerHTML = reply.tables.html;
    const each = Array.from(tables.content.children);
    all("[data-table]").forEach((where) => where.replaceChildren(each[Number(where.dataset.table)]));
    return fetched().then(() => Promise.all(all("[data-chart]").map((frame) => {
      const figure = reply.figures[Number(frame.dataset.chart)];
      frame.style.height = figure.layout.height + "px";
      return window.Plotly.react(frame, figure.data, figure.layout, reply.config);
    })));
  };
  const asked = () => {
    const parts = new URLSearchParams({theme: upstream.theme.name()});
    for (const slider of sliders) parts.set(slider.dataset.slider, slider.value);
    return "/learn/" + live.dataset.lesson + "/run?" + parts.toString();
  };
  const run = () => {
    if (under) under.abort();
    const mine = under = new AbortController();
    state("working");
    live.classList.add("is-old");
    brought(asked(), mine.signal)
      .then((reply) => mine.signal.aborted ? undefined : draw(reply).then(() => {
        if (mine.signal.aborted) return;
        element("learn-status").textContent = "";
        live.classList.remove("is-old");
        state("settled");
      }))
      .catch(() => {
        if (mine.signal.aborted) return;
        element("learn-status").textContent = upstream.say(LOST);
        state("failed");
      });
  };
  const soon = () => {
    window.clearTimeout(resting);
    state("working");
    resting = window.setTimeout(run, REST);
  };
  const typed = (slider) => {
    const field = box(slider), number = Number(field.value);
    if (field.value.trim() !== "" && Number.isFinite(number)) slider.value = String(number);
    field.value = slider.value;
    soon();
  };

  /* ---- the question ---- */

  const answer = () => {
    const chosen = document.querySelector("input[name=answer]:checked");
    const field = element("learn-answer");
    return field ? field.value : chosen ? chosen.value : "";
  };
  const restore = () => {
    const before = kept()[live.dataset.lesson];
    if (!before || typeof before.answer !== "string") return;
    const field = element("learn-answer");
    const choice = document.querySelector("input[name=answer][value=\"" + CSS.escape(before.answer) + "\"]");
    if (field) field.value = before.answer;
    if (choice) choice.checked = true;
    element("learn-verdict").textContent = before.right === true ? upstream.say("You have answered this right before.") : upstream.say("You have tried this before.");
  };
  const check = () => {
    const given = answer(), where = element("learn-verdict");
    where.className = "learn-verdict";
    where.textContent = upstream.say("Working it out …");
    brought("/learn/" + live.dataset.lesson + "/check?answer=" + encodeURIComponent(given))
      .then((reply) => {
        where.innerHTML = reply.html;
        if (reply.right === null) return;
        where.classList.add(reply.right ? "is-right" : "is-wrong");
        keep(live.dataset.lesson, given, reply.right);
      })
      .catch(() => { where.textContent = upstream.say(LOST); });
  };

  upstream.theme.begin();
  showDone();
  if (!live) return;
  for (const slider of sliders) {
    slider.addEventListener("input", () => { box(slider).value = slider.value; soon(); });
    box(slider).addEventListener("change", () => typed(slider));
  }
  element("learn-check").addEventListener("click", check);
  if (element("learn-answer")) element("learn-answer").addEventListener("keydown", (event) => { if (event.key === "Enter") check(); });
  upstream.theme.told(run);
  restore();
  run();
})();
