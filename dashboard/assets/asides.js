/* What lies beside the results and is opened when wanted: levers in a drawer on small screens, evidence in a dialog. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const element = (id) => document.getElementById(id);
  const isOpen = () => document.body.classList.contains("levers-open");

  const drawer = (open) => {
    document.body.classList.toggle("levers-open", open);
    element("levers-button").setAttribute("aria-expanded", String(open));
    if (open) element("levers").querySelector("button:not(:disabled), summary, input").focus();
  };

  const fetched = (name, content) => {
    content.textContent = upstream.say("Looking it up\u2026");
    const lost = upstream.say("The evidence could not be fetched. Close this and try again.");
    window.fetch("/evidence-of?lever=" + encodeURIComponent(name))
      .then((reply) => reply.ok ? reply.text() : Promise.reject(reply.status))
      .then((text) => { content.innerHTML = text; }, () => { content.textContent = lost; })
      .then(() => beside(element("evidence"), element("evidence").dataset.top));
  };
  /* Level with what it is about, as far as the window has room. */
  const beside = (dialog, top) => {
    const below = window.innerHeight - dialog.offsetHeight - 12;
    dialog.dataset.top = top;
    dialog.style.top = Math.max(12, Math.min(Number(top) - 12, below)) + "px";
  };
  const evidence = (button) => {
    const dialog = element("evidence");
    const content = element("evidence-content");
    if (button.closest("#doubts")) content.innerHTML = upstream.witness[button.dataset.evidence];
    else fetched(button.dataset.evidence, content);
    dialog.showModal();
    beside(dialog, button.getBoundingClientRect().top);
  };

  document.addEventListener("click", (event) => {
    if (event.target.id === "evidence") return event.target.close();
    const button = event.target.closest("button");
    if (!button || !element("levers")) return undefined;
    if (button.dataset.evidence && element("evidence")) evidence(button);
    else if (button.dataset.close) element(button.dataset.close).close();
    else if (button.id === "levers-button") drawer(!isOpen());
    return undefined;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && !element("evidence").open) {
      drawer(false);
      element("levers-button").focus();
    }
  });
})();
