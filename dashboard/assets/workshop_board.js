/* The board shows one panel at a time: chosen by its buttons, by arrow keys or a presenter's clicker, and kept in the
   address, so that a page that is loaded again stands where it stood. */
"use strict";

(function () {
  const panels = () => Array.from(document.querySelectorAll("[data-show]"));
  const named = () => window.location.hash.slice(1);
  const STEPS = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1};

  const show = () => {
    const every = panels();
    const chosen = every.find((panel) => panel.dataset.show === named()) || every[0];
    for (const panel of every) panel.hidden = panel !== chosen;
    for (const way of document.querySelectorAll("[data-go]")) {
      const pressed = Boolean(chosen) && way.dataset.go === chosen.dataset.show;
      way.setAttribute("aria-pressed", String(pressed));
      if (pressed) way.scrollIntoView({block: "nearest", inline: "nearest"});
    }
  };
  const go = (name) => {
    window.history.replaceState(null, "", "#" + name);
    show();
  };
  const step = (by) => {
    const every = panels();
    const at = every.findIndex((panel) => !panel.hidden);
    const next = every[Math.min(Math.max(at + by, 0), every.length - 1)];
    if (next) go(next.dataset.show);
  };

  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-go]");
    if (way) go(way.dataset.go);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
    if (event.key in STEPS) { event.preventDefault(); step(STEPS[event.key]); }
    if (event.key === "Home" || event.key === "End") { event.preventDefault(); step(event.key === "Home" ? -Infinity : Infinity); }
  });
  window.addEventListener("hashchange", show);
  let phase = "";
  document.addEventListener("workshop:shown", (event) => {
    const now = event.detail.phase;
    if (phase && now !== phase) window.history.replaceState(null, "", window.location.pathname + window.location.search);   // a new phase begins with its first panel
    phase = now || phase;
    show();
  });
  const room = document.getElementById("room");
  if (room) phase = room.dataset.phase || "";
  show();
})();
