/* Terms of a long question: numbers are brought into their range, the address says how they stand, a button has the
   server work it out, and what it brings goes into place. Terms that change afterwards mark it as old. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const element = (id) => document.getElementById(id);
  const OLD = upstream.mark("The terms have changed since: this is about how they stood before.");

  /* A number box as the reader left it; what is wrong with it is told. */
  const settle = (box, notice) => {
    const number = Number(box.value), least = Number(box.min), most = Number(box.max);
    const parts = {label: box.getAttribute("aria-label"), typed: "\u201c" + box.value.slice(0, 40) + "\u201d", least: box.min, most: box.max, value: box.dataset.before};
    if (box.value.trim() === "" || !Number.isFinite(number)) {
      box.value = box.dataset.before;
      notice(upstream.say("{label} needs a number; it stays at {value}.", parts));
      return;
    }
    const digits = 10 ** Number(box.dataset.digits);
    const used = Math.min(Math.max(number, least), most);
    box.value = String(Math.round(used * digits) / digits);
    box.dataset.before = box.value;
    if (number > most) notice(upstream.say("{most} is the most for {label}; {typed} was typed.", parts));
    else if (number < least) notice(upstream.say("{least} is the least for {label}; {typed} was typed.", parts));
    else notice("");
  };

  /* terms(name, {link, changed, found}): elements are called NAME-ask, NAME-stop, NAME-result and so on.
     link: the terms as an address; changed: told of every change; found: whether a result stands there already. */
  upstream.terms = (name, view) => {
    const jobs = upstream.jobs();
    const part = (what) => element(name + "-" + what);
    const result = part("result");
    const area = document.querySelector("[data-link]");
    const status = (text) => { part("status").textContent = text; };
    const place = (query) => window.history.replaceState(null, "", window.location.pathname + (query ? "?" + query : ""));
    const notice = (text) => {
      const line = document.createElement("p");
      line.textContent = text;
      part("notices").replaceChildren(...(text ? [line] : []));
    };

    const changed = (event) => {
      if (event.target.dataset.number) settle(event.target, notice);
      else notice("");
      view.changed(event, notice);
      place(view.link());
      if (result.dataset.link === undefined || jobs.isUnderWay()) return;
      const old = result.dataset.link !== view.link();
      result.classList.toggle("is-old", old);
      status(old ? upstream.say(OLD) : "");
    };
    const stands = (busy, share) => {
      part("stop").disabled = !busy;
      part("ask").disabled = busy || area.dataset.idle !== undefined;
      document.body.dataset[name] = busy ? "working" : "idle";
      upstream.bar(part("bar"), busy ? share : undefined);
    };
    const told = (asked) => (reply) => {
      const busy = reply.status === "waiting" || reply.status === "running";
      stands(busy, reply.share || 0);
      status(reply.words);
      if (reply.status !== "done") return;
      const old = asked !== view.link();
      result.innerHTML = reply.html;
      result.classList.toggle("is-old", old);
      if (old) status(upstream.say(OLD));
      else place(reply.link);
      result.dataset.link = old ? asked : view.link();
    };
    const ask = () => {
      notice("");
      const asked = view.link();
      result.classList.toggle("is-old", result.dataset.link !== undefined);
      stands(true, 0);
      jobs.watch({kind: name, link: asked}, told(asked));
    };

    for (const box of document.querySelectorAll("[data-number]")) box.dataset.before = box.value;
    document.addEventListener("change", (event) => {
      if (event.target.closest("#" + name + "-terms, .stress-asking")) changed(event);
    });
    part("ask").addEventListener("click", ask);
    part("stop").addEventListener("click", () => jobs.leave());
    if (view.found(result)) result.dataset.link = view.link();
    document.body.dataset[name] = "idle";
  };
})();
