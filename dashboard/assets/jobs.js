/* Long jobs on the server: begin one, look how far it has come, leave it. A page has at most one; whoever stops
   looking gives it up. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const LOOK = 400;            // milliseconds between looks
  const TRIES = 6;             // looks in a row without a reply before the job counts as lost
  const LOST = upstream.mark("No reply from the server. Try again.");
  const FORGOTTEN = upstream.mark("This work was lost: the server was started again, or had not heard from this page for a while. It can begin again.");

  /* watch(question, told): `told` is called with every reply; the last one is neither waiting nor running. */
  upstream.jobs = () => {
    const who = upstream.name();
    let current = null;

    const post = (body) => window.fetch("/job", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify(Object.assign({who: who}, body)),
      keepalive: body.do === "leave",
    }).then((reply) => reply.ok ? reply.json() : Promise.reject(reply.status));

    const ends = (reply) => reply.status !== "waiting" && reply.status !== "running";
    const ask = (mine, question, body, misses) => {
      post(Object.assign({}, question, body)).then(
        (reply) => {
          if (current !== mine) return;
          if (ends(reply)) current = null;
          /* Who stops it here asks no more; the server stops what it does not know. */
          mine.told(reply.status === "stopped" ? {status: "failed", words: upstream.say(FORGOTTEN), share: null} : reply);
          if (current === mine) mine.next = window.setTimeout(ask, LOOK, mine, question, {do: "look", name: reply.name}, 0);
        },
        (problem) => {
          if (current !== mine) return;
          if (misses + 1 < TRIES && typeof problem !== "number") {
            mine.next = window.setTimeout(ask, LOOK * 2 ** misses, mine, question, body, misses + 1);
            return;
          }
          current = null;
          mine.told({status: "failed", words: upstream.say(LOST), share: null});
        },
      );
    };
    const leave = () => {
      const mine = current;
      if (!mine) return;
      window.clearTimeout(mine.next);
      current = null;
      post({do: "leave", kind: mine.kind}).catch(() => undefined);
      mine.told({status: "stopped", words: upstream.say("Stopped"), share: null});
    };
    const watch = (question, told) => {
      if (current) window.clearTimeout(current.next);
      current = {told: told, kind: question.kind, next: 0};
      ask(current, question, {do: "begin"}, 0);
    };
    window.addEventListener("pagehide", leave);
    return {watch: watch, leave: leave, isUnderWay: () => current !== null};
  };

  /* A bar that fills; of a width that is not known yet it shows nothing. */
  upstream.bar = (element, share) => {
    element.hidden = share === undefined;
    element.firstElementChild.style.width = 100 * (share || 0) + "%";
  };
})();
