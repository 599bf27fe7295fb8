/* What was asked before, to go back to and forward again: undo and redo. A step is a link, so that it takes back a plan, a
   place or the years as well as a lever. One drag, or one stay in a number box, is one step. Steps are kept for as long
   as the tab is open, through a reload too. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const MOST = 200;
  const KEPT = "upstream-steps";
  const element = (id) => document.getElementById(id);
  let steps = {back: [], here: null, on: []};
  let last = null;            // the gesture that made the step we are at
  let go = () => undefined;

  const remember = () => {
    try { window.sessionStorage.setItem(KEPT, JSON.stringify(steps)); } catch (error) { /* then a reload forgets */ }
  };
  const recalled = () => {
    try {
      const kept = JSON.parse(window.sessionStorage.getItem(KEPT));
      const texts = (list) => Array.isArray(list) && list.every((each) => typeof each === "string");
      if (kept && texts(kept.back) && texts(kept.on) && typeof kept.here === "string") return kept;
    } catch (error) { /* as above, or not ours */ }
    return null;
  };
  const put = () => {
    for (const [id, list] of [["undo", steps.back], ["redo", steps.on]]) {
      const button = element(id);
      if (!button) continue;
      const was = document.activeElement === button;
      button.disabled = list.length === 0;
      if (was && button.disabled) (element(id === "undo" ? "redo" : "undo")).focus();
    }
  };
  const note = (link, gesture) => {
    if (link === steps.here) return;
    if (gesture === null || gesture !== last) {
      if (steps.here !== null) steps.back = steps.back.concat(steps.here).slice(-MOST);
    }
    [steps.here, steps.on, last] = [link, [], gesture];
    remember();
    put();
  };
  const walk = (from, to) => {
    if (from.length === 0) return;
    to.push(steps.here);
    [steps.here, last] = [from.pop(), null];
    remember();
    put();
    go(steps.here);
  };

  upstream.steps = {
    /* here: the link the page opened with; walkTo: whom to tell of a step */
    begin: (here, walkTo) => {
      go = walkTo;
      const kept = steps.here === null ? recalled() : null;
      if (kept) steps = kept;
      note(here, null);
      put();
    },
    note: note,
    undo: () => walk(steps.back, steps.on),
    redo: () => walk(steps.on, steps.back),
  };

  const writes = (target) => target instanceof Element
    && (target.isContentEditable || target.matches("textarea, select, input:not([type=range], [type=radio], [type=checkbox])"));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || writes(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") event.preventDefault();
    if (key === "z" && !event.shiftKey) upstream.steps.undo();
    else if (key === "y" || key === "z") upstream.steps.redo();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#undo, #redo");
    if (button) upstream.steps[button.id]();
  });
})();
