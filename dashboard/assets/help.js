/* Help on every page: the menu, the keys, and cards on words that want explaining. Nothing opens by itself. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const element = (id) => document.getElementById(id);
  const kept = (name) => { try { return window.localStorage.getItem(name); } catch (error) { return "yes"; } };
  const keep = (name) => { try { window.localStorage.setItem(name, "yes"); } catch (error) { /* then it is asked again */ } };
  const SEEN = "upstream-help-seen";
  upstream.helpSeen = () => keep(SEEN);

  const made = (tag, given, ...inside) => {
    const part = document.createElement(tag);
    for (const name in given) part.setAttribute(name, given[name]);
    part.append(...inside);
    return part;
  };

  /* ---- the menu ---- */

  const here = () => window.location.search;
  const entries = () => [
    [upstream.say("Take the tour"), "/" + here() + "#tour", "tour"],
    [upstream.say("Learn, one idea at a time"), "/learn" + here(), ""],
    [upstream.say("Workshop: a room decides together"), "/workshop" + here(), ""],
    [upstream.say("How it works"), "/how-it-works" + here(), ""],
    [upstream.say("Glossary"), "/glossary" + here(), ""],
    [upstream.say("Where the numbers come from"), "/evidence" + here(), ""],
    [upstream.say("Keys"), "#keys", "keys"],
  ];
  const button = () => element("help");
  const isOpen = () => element("help-menu") !== null;
  const close = (back) => {
    if (!isOpen()) return;
    element("help-menu").remove();
    button().setAttribute("aria-expanded", "false");
    if (back) button().focus();
  };
  const open = () => {
    keep(SEEN);
    hint();
    const list = made("ul", {});
    for (const [words, address, does] of entries()) {
      const way = made("a", {href: address, "data-help": does}, words);
      list.append(made("li", {}, way));
    }
    const menu = made("nav", {id: "help-menu", class: "help-menu", "aria-label": upstream.say("Help")}, list);
    const at = button().getBoundingClientRect();
    document.body.append(menu);
    menu.style.top = at.bottom + 4 + "px";
    menu.style.left = Math.max(8, Math.min(at.left, window.innerWidth - menu.offsetWidth - 8)) + "px";
    button().setAttribute("aria-expanded", "true");
    list.querySelector("a").focus();
  };
  const walk = (by) => {
    const ways = Array.from(element("help-menu").querySelectorAll("a"));
    ways[(ways.indexOf(document.activeElement) + by + ways.length) % ways.length].focus();
  };
  const hint = () => {
    if (!button()) return;
    const fresh = kept(SEEN) === null;
    button().classList.toggle("is-new", fresh);
    button().title = fresh ? upstream.say("New here? A tour of two minutes is under Help.") : "";
  };
  upstream.helpHint = hint;

  /* ---- the keys ---- */

  const keys = () => [
    ["Tab", upstream.say("from one control to the next; the first stop jumps to the results")],
    ["← → ↑ ↓", upstream.say("move a lever that has the focus by one step; Home and End go to its ends")],
    ["Enter", upstream.say("take over a number typed beside a lever")],
    ["Esc", upstream.say("close a card, a menu, a dialog or the tour")],
    [upstream.say("Space"), upstream.say("on Watch: play and pause; arrows go a day back and on")],
  ];
  const showKeys = () => {
    const rows = keys().map(([key, says]) => made("div", {}, made("dt", {}, made("kbd", {}, key)), made("dd", {}, says)));
    const shut = made("button", {type: "button", class: "text-button"}, upstream.say("Close"));
    const dialog = made("dialog", {class: "keys-dialog", id: "keys-dialog", "aria-labelledby": "keys-title"},
      made("h2", {id: "keys-title"}, upstream.say("Keys")), made("dl", {}, ...rows), shut);
    shut.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); button().focus(); });
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("#help")) return isOpen() ? close(true) : open();
    const way = event.target.closest("[data-help]");
    if (way && way.dataset.help === "keys") {
      event.preventDefault();
      close(false);
      return showKeys();
    }
    if (way && way.dataset.help === "tour" && upstream.tour && upstream.tour.isPossible()) {
      event.preventDefault();
      close(false);
      return upstream.tour.begin(button());
    }
    if (isOpen() && !event.target.closest("#help-menu")) close(false);
    return undefined;
  });
  document.addEventListener("keydown", (event) => {
    if (!isOpen()) return;
    if (event.key === "Escape") close(true);
    else if (event.key === "ArrowDown") { event.preventDefault(); walk(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); walk(-1); }
  });
  document.addEventListener("focusin", (event) => {
    if (isOpen() && !event.target.closest("#help-menu, #help")) close(false);
  });

  /* ---- cards on words ---- */

  const LINGER = 250;          // milliseconds in which the pointer may go from the word to its card
  let words = null;            // promise of the glossary in the language spoken
  let shown = null;
  let leaving = 0;
  const meaning = (of) => {
    if (of.dataset.says) return Promise.resolve([of.textContent, of.dataset.says]);
    words = words || window.fetch("/glossary/words").then((reply) => reply.ok ? reply.json() : Promise.reject(reply.status));
    return words.then((all) => all[of.dataset.term], () => { words = null; return undefined; });
  };
  const hide = () => {
    window.clearTimeout(leaving);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    const card = element("term-card");
    if (card) card.remove();
  };
  const place = (card, of) => {
    const at = of.getBoundingClientRect();
    const below = at.bottom + 6 + card.offsetHeight < window.innerHeight;
    card.style.top = (below ? at.bottom + 4 : Math.max(4, at.top - card.offsetHeight - 4)) + "px";
    card.style.left = Math.max(8, Math.min(at.left, window.innerWidth - card.offsetWidth - 8)) + "px";
  };
  const show = (of) => {
    window.clearTimeout(leaving);
    if (shown === of) return;
    hide();
    shown = of;
    meaning(of).then((found) => {
      if (shown !== of || !found) return;
      const card = made("div", Object.assign({id: "term-card", class: "term-card", role: "tooltip"}, found[2] ? {lang: found[2]} : {}), made("strong", {}, found[0]), made("p", {}, found[1]));
      (of.closest("main") || document.body).append(card);
      of.setAttribute("aria-describedby", "term-card");
      place(card, of);
    });
  };
  const wordAt = (target) => target instanceof Element ? target.closest(".term") : null;
  const isCard = (target) => target instanceof Element && target.closest("#term-card") !== null;
  document.addEventListener("pointerover", (event) => {
    const of = wordAt(event.target);
    if (of && event.pointerType !== "touch") show(of);
    else if (isCard(event.target)) window.clearTimeout(leaving);
  });
  document.addEventListener("pointerout", (event) => {
    const from = wordAt(event.target) || (isCard(event.target) ? shown : null);
    if (!from || from === document.activeElement || wordAt(event.relatedTarget) === from || isCard(event.relatedTarget)) return;
    window.clearTimeout(leaving);
    leaving = window.setTimeout(hide, LINGER);
  });
  document.addEventListener("focusin", (event) => {
    const of = wordAt(event.target);
    if (of) show(of);
    else if (shown) hide();
  });
  document.addEventListener("click", (event) => {
    const of = wordAt(event.target);
    if (of) show(of);
    else if (shown && !isCard(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    const of = wordAt(event.target);
    if (event.key === "Escape" && shown) {
      hide();
      event.stopPropagation();
    } else if (of && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      show(of);
    }
  }, true);
  window.addEventListener("scroll", () => { if (shown && element("term-card")) place(element("term-card"), shown); }, true);

  /* Results are put in place anew as they come: who reads a card keeps the focus on the same word. */
  let at = null;
  document.addEventListener("focusin", (event) => {
    const of = wordAt(event.target);
    at = of ? {where: of.closest("[id]") && of.closest("[id]").id, text: of.textContent} : null;
  });
  const again = () => {
    if (shown && !shown.isConnected) {
      const before = at;
      hide();
      const where = before && before.where && element(before.where);
      const same = where && Array.from(where.querySelectorAll(".term")).find((each) => each.textContent === before.text);
      if (same && document.activeElement === document.body) same.focus({preventScroll: true});
    }
  };
  new MutationObserver(again).observe(document.documentElement, {childList: true, subtree: true});

  const ready = () => {
    if (!button()) return window.setTimeout(ready, 200);
    button().setAttribute("aria-expanded", "false");
    return hint();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
