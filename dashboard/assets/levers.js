/* The panel of levers, which is plain HTML: what is moved, typed or chosen there, and how it shows where it stands.

   Values are in the unit shown. `upstream.levers.begin` is told what levers there are and whom to tell of a move;
   a move is (path, value, gesture): moves of one drag, or of one stay in a number box, share a gesture. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const PAUSE = 350;          // milliseconds after the last key in a number box until it counts
  const PRESSES = 1000;       // milliseconds within which key presses on a slider are one gesture
  const KEYS = {ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10};

  const early = document.querySelector(".levers > *");   // sent with the first HTML, before Dash clears it away
  const element = (id) => document.getElementById(id);
  let known = null;           // levers by path
  let told = () => undefined;
  let value = () => undefined;
  let rows = {};
  let gesture = 0;
  let pressed = 0;
  let waiting = 0;

  const same = (a, b) => a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  const tidy = (number) => Number(number.toPrecision(10)) + 0;
  const clamped = (lever, number) => Math.min(Math.max(number, lever.low), lever.high);
  /* What is typed counts to two decimals more than are shown. */
  const taken = (lever, number) => clamped(lever, tidy(Number(number.toFixed(lever.digits + 2))));
  const share = (lever, at) => (at - lever.low) / (lever.high - lever.low);
  const rowOf = (target) => target instanceof Element ? target.closest("[data-lever]") : null;
  const is = (target, name) => target instanceof Element && target.classList.contains(name);

  const words = (path, at) => {
    const lever = known[path];
    if (typeof at === "string") return "\u201c" + lever.words[at] + "\u201d";
    const text = Number(at).toLocaleString(upstream.locale, {maximumFractionDigits: lever.digits}).replace("-", "\u2212");
    if (lever.unit.startsWith("\u00a3")) return "\u00a3" + text + lever.unit.slice(1);
    return text + (lever.unit.startsWith("%") ? "" : " ") + lever.unit;
  };

  /* ---- where a lever stands ---- */

  const typing = (box) => document.activeElement === box && upstream.isTyping(box);
  const written = (box, text) => { if (box.value !== text) box.value = text; };
  const show = (path, at) => {
    const row = rows[path];
    const lever = known[path];
    if (typeof at === "string") {
      for (const button of row.querySelectorAll("input[type=radio]")) button.checked = button.value === at;
      row.querySelector(".choice-says").textContent = lever.choices[at];
      return;
    }
    const slider = row.querySelector(".lever-slider");
    const box = row.querySelector(".lever-box");
    if (!slider.dataset.held) written(slider, String(at));
    slider.setAttribute("aria-valuetext", words(path, at));
    if (!typing(box)) written(box, String(at));
    const ends = [share(lever, lever.baseline), share(lever, at)].sort((a, b) => a - b);
    slider.closest(".lever-set").style.setProperty("--from", ends[0].toFixed(4));
    slider.closest(".lever-set").style.setProperty("--to", ends[1].toFixed(4));
  };
  /* `apart` are the paths that stand elsewhere than when nothing is done. */
  const mark = (apart) => {
    for (const path in rows) rows[path].classList.toggle("is-moved", apart.includes(path));
    for (const path of apart) {
      for (let fold = rows[path].closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
  };
  const says = (path, text) => {
    const head = rows[path] && rows[path].querySelector(".lever-head");
    if (!head) return;
    let line = rows[path].querySelector(".lever-says");
    if (!line) {
      line = document.createElement("p");
      line.className = "lever-says";
      rows[path].append(line);
    }
    line.textContent = text;
  };

  /* ---- what somebody does to it ---- */

  /* On the lines of its step; the baseline draws in what comes near. */
  const stepped = (lever, number) => {
    if (Math.abs(number - lever.baseline) < lever.step / 2) return lever.baseline;
    return clamped(lever, tidy(lever.low + Math.round((number - lever.low) / lever.step) * lever.step));
  };
  const pressedTo = (lever, at, key) => {
    if (key === "Home") return lever.low;
    if (key === "End") return lever.high;
    const lines = (at - lever.low) / lever.step;
    const by = KEYS[key];
    const line = by > 0 ? Math.floor(lines + 1e-6) + by : Math.ceil(lines - 1e-6) + by;
    return clamped(lever, tidy(lever.low + line * lever.step));
  };
  const numberIn = (text) => {
    const plain = text.trim().replace(/\u2212/g, "-");
    const number = plain === "" ? NaN : Number(plain);
    return Number.isFinite(number) ? tidy(Number(number.toPrecision(10))) : null;
  };
  const move = (path, to) => { if (!same(to, value(path))) told(path, to, path + " " + gesture); };
  const typed = (path, box) => {
    window.clearTimeout(waiting);
    const number = numberIn(box.value);
    if (number !== null) move(path, taken(known[path], number));
  };

  const held = () => document.querySelector(".lever-slider[data-held]");
  /* A drag that ends where it began is no change to the slider, and yet it ends. */
  const release = () => {
    const slider = held();
    if (!slider || !known) return;
    delete slider.dataset.held;
    show(rowOf(slider).dataset.lever, value(rowOf(slider).dataset.lever));
    gesture += 1;
    told(rowOf(slider).dataset.lever, value(rowOf(slider).dataset.lever), null);
  };
  for (const end of ["pointerup", "pointercancel", "change"]) document.addEventListener(end, release, true);
  window.addEventListener("blur", release);

  const listen = (panel) => {
    panel.addEventListener("input", (event) => {
      const row = rowOf(event.target);
      if (!row || !known) return;
      const path = row.dataset.lever;
      if (is(event.target, "lever-slider")) {
        event.target.dataset.held = "yes";
        move(path, stepped(known[path], Number(event.target.value)));
      } else if (is(event.target, "lever-box")) {
        window.clearTimeout(waiting);
        waiting = window.setTimeout(() => typed(path, event.target), PAUSE);
      }
    });
    panel.addEventListener("change", (event) => {
      const row = rowOf(event.target);
      if (!row || !known) return;
      if (event.target.type === "radio") told(row.dataset.lever, event.target.value, row.dataset.lever + " " + (gesture += 1));
    });
    panel.addEventListener("keydown", (event) => {
      if (!is(event.target, "lever-slider") || !known || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(event.key in KEYS) && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      const path = rowOf(event.target).dataset.lever;
      if (Date.now() - pressed > PRESSES) gesture += 1;
      pressed = Date.now();
      move(path, pressedTo(known[path], value(path), event.key));
    });
    panel.addEventListener("focusin", (event) => { if (is(event.target, "lever-box")) gesture += 1; });
    panel.addEventListener("focusout", (event) => {
      const row = rowOf(event.target);
      if (!row || !known || !is(event.target, "lever-box")) return;
      typed(row.dataset.lever, event.target);
      written(event.target, String(value(row.dataset.lever)));
      gesture += 1;
    });
  };

  upstream.levers = {
    /* levers: by path; now: where a lever stands; move: whom to tell */
    begin: (levers, now, move) => {
      [known, value, told] = [levers, now, move];
      const panel = element("levers");
      if (early && early.parentNode !== panel) panel.replaceChildren(early);
      if (!panel.dataset.heard) listen(panel);
      panel.dataset.heard = "yes";
      rows = {};
      for (const row of panel.querySelectorAll("[data-lever]")) rows[row.dataset.lever] = row;
    },
    /* Whether a slider is being dragged. */
    held: () => held() !== null,
    show: show,
    mark: mark,
    says: says,
    words: words,
    same: same,
    tidy: tidy,
    numberIn: numberIn,
    /* What a number box is about, for whoever must say that it was given something else. */
    about: (box) => {
      const path = rowOf(box) && rowOf(box).dataset.lever;
      if (!path || !known) return null;
      const lever = known[path];
      return {
        label: lever.label,
        low: lever.low,
        high: lever.high,
        value: value(path),
        words: (at) => words(path, at),
        take: (at) => { window.clearTimeout(waiting); move(path, taken(lever, at)); },
      };
    },
  };
})();
