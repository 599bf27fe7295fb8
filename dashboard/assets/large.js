/* One chart as large as the window, for a projector: a button on every chart, Escape or the button again to go back. */
"use strict";

(function () {
  const upstream = window.upstream;
  const LARGE = "is-large";
  const button = (card) => card.querySelector(".enlarge");

  const shown = (card, large) => {
    card.classList.toggle(LARGE, large);
    document.body.classList.toggle("has-large", large);
    button(card).setAttribute("aria-pressed", String(large));
    button(card).firstChild.data = large ? upstream.say("Smaller") : upstream.say("Larger");
  };
  const back = () => {
    const card = document.querySelector("." + LARGE);
    if (!card) return false;
    shown(card, false);
    button(card).focus();
    return true;
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(".enlarge");
    if (!pressed) return;
    const card = pressed.closest(".chart-card");
    if (!back()) shown(card, true);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !document.querySelector("dialog[open]")) back(); });
})();
