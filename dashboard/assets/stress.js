/* Stress test: the terms as they stand go into the address; a button has the server try them; results go into place.
   Terms that change afterwards mark the result as old. */
"use strict";

(function () {
  const upstream = window.upstream;
  const element = (id) => document.getElementById(id);
  const all = (what) => Array.from(document.querySelectorAll(what));
  const OLD = upstream.mark("The terms have changed since: this is about how they stood before.");

  const jobs = upstream.jobs();
  const terms = element("stress-terms");
  const result = element("stress-result");
  const status = (text) => { element("stress-status").textContent = text; };
  const notice = (text) => {
    const line = document.createElement("p");
    line.textContent = text;
    element("stress-notices").replaceChildren(...(text ? [line] : []));
  };

  /* ---- the terms as an address ---- */

  const link = () => {
    const parts = new URLSearchParams(document.querySelector("[data-link]").dataset.link);
    const plans = all("[data-with]:checked").map((box) => box.dataset.with);
    for (const name of plans.length ? plans : [""]) parts.append("with", name);
    const shocks = all("[data-shock]");
    const ticked = shocks.filter((box) => box.checked).map((box) => box.dataset.shock);
    if (ticked.length < shocks.length) parts.set("shocks", ticked.join(",") || "none");
    for (const box of all("[data-number]")) {
      if (box.value !== box.dataset.usual) parts.set(box.dataset.number, box.value);
    }
    if (element("stress-futures").value !== "usual") parts.set("futures", element("stress-futures").value);
    if (element("stress-when").value !== "every") parts.set("when", element("stress-when").value);
    return parts.toString();
  };
  const place = (query) => window.history.replaceState(null, "", window.location.pathname + (query ? "?" + query : ""));

  /* ---- what may be chosen ---- */

  const settle = (box) => {
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
  const few = () => {
    const boxes = all("[data-with]");
    const full = boxes.filter((box) => box.checked).length >= Number(terms.dataset.most);
    for (const box of boxes) box.disabled = full && !box.checked;
    for (const box of all("[data-shock]")) {
      for (const number of box.closest(".stress-row").querySelectorAll("[data-number]")) number.disabled = !box.checked;
    }
  };
  const changed = (event) => {
    if (event.target.dataset.number) settle(event.target);
    else notice("");
    few();
    place(link());
    if (result.dataset.link === undefined || jobs.isUnderWay()) return;
    const old = result.dataset.link !== link();
    result.classList.toggle("is-old", old);
    status(old ? upstream.say(OLD) : "");
  };

  /* ---- asking ---- */

  const stands = (busy, share) => {
    element("stress-stop").disabled = !busy;
    element("stress-ask").disabled = busy;
    document.body.dataset.stress = busy ? "working" : "idle";
    upstream.bar(element("stress-bar"), busy ? share : undefined);
  };
  const told = (asked) => (reply) => {
    const busy = reply.status === "waiting" || reply.status === "running";
    stands(busy, reply.share || 0);
    status(reply.words);
    if (reply.status !== "done") return;
    result.innerHTML = reply.html;
    result.dataset.link = asked;
    const old = asked !== link();
    result.classList.toggle("is-old", old);
    if (old) status(upstream.say(OLD));
    else place(reply.link);
  };
  const ask = () => {
    notice("");
    const asked = link();
    result.classList.toggle("is-old", result.dataset.link !== undefined);
    stands(true, 0);
    jobs.watch({kind: "stress", link: asked}, told(asked));
  };

  for (const box of all("[data-number]")) box.dataset.before = box.value;
  document.addEventListener("change", (event) => { if (event.target.closest("#stress-terms, .stress-asking")) changed(event); });
  element("stress-ask").addEventListener("click", ask);
  element("stress-stop").addEventListener("click", () => jobs.leave());
  few();
  if (result.querySelector(".stress-says")) result.dataset.link = link();
  document.body.dataset.stress = "idle";
})();
