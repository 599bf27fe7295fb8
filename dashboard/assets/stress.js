/* Stress test: plans, limits and shocks as they stand go into the address; at most so many plans, and the numbers of a
   shock that is not ticked rest. */
"use strict";

(function () {
  const element = (id) => document.getElementById(id);
  const all = (what) => Array.from(document.querySelectorAll(what));

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
  const few = () => {
    const boxes = all("[data-with]");
    const full = boxes.filter((box) => box.checked).length >= Number(element("stress-terms").dataset.most);
    for (const box of boxes) box.disabled = full && !box.checked;
    for (const box of all("[data-shock]")) {
      for (const number of box.closest(".stress-row").querySelectorAll("[data-number]")) number.disabled = !box.checked;
    }
  };

  few();
  window.upstream.terms("stress", {
    link: link,
    changed: few,
    found: (result) => result.querySelector(".stress-says") !== null,
  });
})();
