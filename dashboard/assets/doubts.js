/* And if the numbers themselves are wrong? A panel under the cards: asked for, watched, stopped, and marked when the
   levers have moved since. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const element = (id) => document.getElementById(id);
  const OLD = upstream.mark("The levers have moved since: this is about how they stood before.");

  let jobs = null;
  let asked = null;            // the link of the job under way, or of the result that is shown
  let draws = "usual";
  let shows = false;
  let ended = "";

  const say = (text) => { element("doubts-status").textContent = text; };
  const look = (link) => {
    const old = asked !== null && asked !== link;
    const busy = jobs !== null && jobs.isUnderWay();
    const panel = element("doubts");
    panel.classList.toggle("is-old", old && shows);
    element("doubts-stop").hidden = !busy;
    element("doubts-again").hidden = busy || (shows && !old);
    if (shows && !busy) say(old ? upstream.say(OLD) : ended);
  };
  const open = (is) => {
    element("doubts").hidden = !is;
    element("doubts-ask").setAttribute("aria-expanded", String(is));
  };
  const begin = (link, many) => {
    jobs = jobs || upstream.jobs();
    asked = link;
    draws = many;
    shows = false;
    open(true);
    element("doubts-result").replaceChildren();
    jobs.watch({kind: "doubt", link: link, draws: many}, told);
    say(upstream.say("Beginning\u2026"));
    upstream.bar(element("doubts-bar"), 0);
    look(link);
  };
  const told = (reply) => {
    const under = reply.status === "waiting" || reply.status === "running";
    upstream.bar(element("doubts-bar"), under ? reply.share || 0 : undefined);
    say(reply.words);
    if (reply.status === "done") {
      element("doubts-result").innerHTML = reply.html;
      upstream.witness = reply.evidence;
      shows = true;
      ended = reply.words;
    }
    look(upstream.link());
  };

  /* Called whenever the question of the page changes: what is under way is about another one, and is given up. */
  upstream.moved = (link) => {
    if (asked === null || element("doubts") === null) return;
    if (jobs.isUnderWay() && asked !== link) {
      jobs.leave();
      say(upstream.say("Stopped, since the levers moved."));
    }
    look(link);
  };

  const close = () => {
    if (jobs) jobs.leave();
    asked = null;
    shows = false;
    open(false);
    element("doubts-ask").focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !upstream.link || upstream.link() === null) return;
    if (button.id === "doubts-ask") {
      if (element("doubts").hidden) begin(upstream.link(), "usual");
      else close();
    } else if (button.id === "doubts-again") begin(upstream.link(), draws);
    else if (button.id === "doubts-stop") jobs.leave();
    else if (button.id === "doubts-close") close();
    else if (button.dataset.draws) begin(upstream.link(), button.dataset.draws);
  });
})();
