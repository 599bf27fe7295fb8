/* Cards beside the boxes of a drawing: a box shows its card while it has the focus or the pointer, or once it is
   tapped; Escape puts it away. An answer that comes in meanwhile leaves the card and the focus where they were. */
"use strict";

(function () {
  const GAP = 8;               // pixels between a box and its card
  let chosen = null;           // the box whose card is shown
  let focused = null;          // the box that has the focus

  const frameOf = (box) => box.closest(".map-frame");
  const boxOf = (target) => target instanceof Element ? target.closest("[data-place][role=button]") : null;
  const find = (frame, name, kind) => Array.from(frame.querySelectorAll("[data-" + kind + "]")).find((each) => each.dataset[kind] === name);

  /* Beside the box, where there is room: on the right, else on the left; beyond the frame only below, where it is taller. */
  const place = (frame, box, card) => {
    const inside = frame.getBoundingClientRect();
    const at = box.getBoundingClientRect();
    const right = at.right - inside.left + GAP;
    const left = at.left - inside.left - card.offsetWidth - GAP;
    const most = frame.clientWidth - card.offsetWidth;
    const x = right <= most ? right : left >= 0 ? left : Math.max(0, most);
    const y = Math.min(at.top - inside.top, frame.clientHeight - card.offsetHeight);
    card.style.left = x + "px";
    card.style.top = Math.max(0, y) + "px";
  };
  const close = () => {
    chosen = null;
    for (const card of document.querySelectorAll(".place-card.is-open")) card.classList.remove("is-open");
    for (const box of document.querySelectorAll("[data-place][aria-expanded=true]")) box.setAttribute("aria-expanded", "false");
  };
  const open = (box) => {
    const frame = frameOf(box);
    const card = frame && find(frame, box.dataset.place, "card");
    if (!card) return;
    close();
    chosen = box.dataset.place;
    card.classList.add("is-open");
    box.setAttribute("aria-expanded", "true");
    place(frame, box, card);
  };

  document.addEventListener("focusin", (event) => {
    const box = boxOf(event.target);
    focused = box ? box.dataset.place : null;
    if (box && box.matches(":focus-visible")) open(box);
  });
  document.addEventListener("focusout", (event) => { if (boxOf(event.target) && event.target.isConnected) close(); });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const box = boxOf(event.target);
    if (box) open(box);
    else if (chosen !== null && chosen !== focused && !(event.target instanceof Element && event.target.closest(".place-card"))) close();
  });
  document.addEventListener("click", (event) => {
    const box = boxOf(event.target);
    if (box) open(box);
    else if (chosen !== null && !event.target.closest(".place-card")) close();
  });
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (event.key === "Escape" && chosen !== null) close();
    if (!box || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    if (box.getAttribute("aria-expanded") === "true") close();
    else open(box);
  });

  /* The server's HTML takes the place of what stood there. */
  const again = () => {
    const view = document.getElementById("view-map");
    if (!view) return;
    new MutationObserver(() => {
      const name = chosen;
      if (focused !== null && document.activeElement === document.body) {
        const box = find(view, focused, "place");
        if (box) box.focus({preventScroll: true});
      }
      const box = name !== null ? find(view, name, "place") : null;
      if (box) open(box);
    }).observe(view, {childList: true});
  };
  const begin = () => {
    if (document.getElementById("view-map")) return again();
    return window.setTimeout(begin, 200);
  };
  begin();
})();
