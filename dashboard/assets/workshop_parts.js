/* Puts new parts of a workshop's screens into place, and never disturbs what is being typed, moved or sent. */
"use strict";

(function () {
  const upstream = window.upstream;
  const asSent = new Map();            // each part as the server sent it last, without what happened to it here
  const skipped = new Set();           // parts with something in them that could not be touched yet
  const became = new WeakMap();        // when a button came to do something else: who presses twice meant the first
  let held = null;                     // what is under a finger

  const element = (id) => document.getElementById(id);
  const typable = (node) => node instanceof Element && node.matches("input, select, textarea");
  const ticked = (node) => node.matches("[type=radio], [type=checkbox]");
  const busy = (node) => node === held || node.hasAttribute("data-asked") || node.hasAttribute("data-waits")
    || (node === document.activeElement && typable(node) && !ticked(node));
  const filled = (node) => node.hasAttribute("data-given") && node.hasChildNodes();
  const key = (node) => node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || "" : "";
  const alike = (one, other) => one.nodeName === other.nodeName && key(one) === key(other);

  /* What somebody typed or chose in a form is theirs until it is sent; what is sent at once shows what holds. */
  const changed = (field) => ticked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  const theirs = (field) => {
    const form = field.matches("input, textarea") ? field.form : null;
    if (!form || form.dataset.act === undefined || field.dataset.act !== undefined) return false;
    if (field.type !== "radio") return changed(field);
    return Array.from(form.elements).some((each) => each.type === "radio" && each.name === field.name && changed(each));
  };

  const sameAttributes = (old, fresh) => {
    const keeps = theirs(old);
    for (const each of Array.from(old.attributes)) {
      if (!fresh.hasAttribute(each.name) && each.name !== "open") old.removeAttribute(each.name);
    }
    for (const each of fresh.attributes) {
      if (old.getAttribute(each.name) === each.value || each.name === "open") continue;
      old.setAttribute(each.name, each.value);
      if (each.name === "value" && "value" in old && !keeps) old.value = each.value;
    }
    if ("checked" in old && old.type !== "range" && !keeps) old.checked = fresh.hasAttribute("checked");
  };
  const become = (old, fresh) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (old.hasAttribute("data-saved") || filled(old)) return;
    if (busy(old)) {                   // never under the fingers
      skipped.add(old.closest("[data-part]").id);
      return;
    }
    if (old.nodeName === "BUTTON" && (old.dataset.act !== fresh.dataset.act || old.textContent !== fresh.textContent)) became.set(old, Date.now());
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
  const later = () => {                // what was left out while it could not be touched
    const every = Array.from(skipped);
    skipped.clear();
    for (const id of every) if (element(id) && asSent.has(id)) become(element(id), asSent.get(id));
  };
  /* Something else is asked now: what was under a finger, or on its way, belongs to what is over. */
  const letGo = () => {
    held = null;
    for (const each of document.querySelectorAll("[data-waits]")) each.removeAttribute("data-waits");
  };
  const begin = () => {
    document.addEventListener("pointerdown", (event) => { held = typable(event.target) ? event.target : null; }, true);
    for (const ends of ["pointerup", "pointercancel"]) {
      document.addEventListener(ends, () => { held = null; window.setTimeout(later, 0); }, true);
    }
    document.addEventListener("focusout", () => window.setTimeout(() => { held = null; later(); }, 0));
    for (const each of document.querySelectorAll("[data-part]")) asSent.set(each.id, each.cloneNode(true));
  };

  upstream.parts = {begin: begin, place: place, later: later, letGo: letGo, typable: typable, since: (button) => became.get(button) || 0};
})();
