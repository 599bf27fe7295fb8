/* Asks the server, and sends what people do: one thing after another, nothing twice, nothing stale, nothing lost. */
"use strict";

(function () {
  const upstream = window.upstream;
  const room = document.getElementById("room");
  const PATIENCE = 12000;              // milliseconds until an act counts as unheard
  const WHOLE = 30000;                 // for the rest of a reply that has begun
  const SETS = ["Decide", "Withdraw", "Move"];    // acts of which the newest counts: they are sent again by themselves
  const ANY_ROUND = ["Join", "Move"];
  const REST = 1000, LONGEST_REST = 30000;        // before an act is sent again that the server could not take
  const NOT_SENT = upstream.mark("No connection, so it may not have been sent. Try again in a moment: nothing is done twice.");
  const ALREADY = upstream.mark("That had arrived before, so it was not done a second time.");
  const ODD = upstream.mark("The server could not do that. Try again.");

  const fetched = (address, how, patience) => {
    const gives = new AbortController();
    const timer = window.setTimeout(() => gives.abort(), patience || PATIENCE);
    return window.fetch(address, Object.assign({signal: gives.signal, cache: "no-store", credentials: "same-origin"}, how))
      .then((reply) => { window.setTimeout(() => gives.abort(), WHOLE); return reply; })
      .finally(() => window.clearTimeout(timer));
  };
  const asked = (path) => "/workshop/" + room.dataset.code + path + "?" + upstream.inLanguage("screen=" + room.dataset.screen);
  const fault = (reply) => reply.json().then((said) => said.fault || upstream.say(ODD), () => upstream.say(ODD));

  const page = upstream.name();
  let presses = 0, answers = 0;
  let line = Promise.resolve();
  let tells = {};                      // what the page does when something was heard, shown, refused or lost
  const newest = new Map();            // by what is set: the last act that sets it
  const owed = new Map();              // by what is set: what was not heard, and is sent again
  const sending = new Set();           // what is on its way: pressed meanwhile, it is the same
  const unheard = new Map();           // what may have arrived, and its press: pressed again, it is the same

  const sets = (body) => SETS.includes(body.act) ? body.path || body.act : "";
  const isStale = (act) => act.sets && newest.get(act.sets) !== act;
  const made = (path, body, from, done) => {
    const words = path + JSON.stringify(body);
    const round = ANY_ROUND.includes(body.act) || !room.dataset.round ? undefined : Number(room.dataset.round);
    const act = {path: path, from: from, done: done, words: words, sets: sets(body), tries: 0, after: 0};
    act.sent = Object.assign({}, body, {once: (!act.sets && unheard.get(words)) || page + "." + (++presses), round: round});
    return act;
  };
  const rowOf = (act) => act.sets && act.from ? act.from.closest("[data-row]") : null;
  const settled = (act) => {
    sending.delete(act.words);
    unheard.delete(act.words);
    const row = rowOf(act);
    if (row) row.removeAttribute("data-waits");
    upstream.parts.later();
  };

  const heard = (act, reply) => {
    if (reply.status === 429 || reply.status >= 500) return lost(act, reply);
    if (isStale(act)) return undefined;
    answers += 1;
    settled(act);
    tells.heard();
    if (!reply.ok) return fault(reply).then((words) => tells.refused(act.from, words));
    return reply.json().catch(() => ({})).then((said) => {
      tells.done(act.from, said.again && !act.sets ? upstream.say(ALREADY) : "");
      if (act.done) act.done(said);
      tells.show(said);
    });
  };
  const lost = (act, reply) => {
    tells.lost(reply ? reply.status : 0);
    sending.delete(act.words);
    if (isStale(act)) return undefined;
    if (act.sets) {
      act.after = reply ? Date.now() + Math.min(LONGEST_REST, REST * 2 ** act.tries) : 0;
      act.tries += 1;
      owed.set(act.sets, act);
      return tells.state(act.from, reply ? upstream.say("Not saved yet: the server is busy") : upstream.say("Not saved yet: no connection"));
    }
    unheard.set(act.words, act.sent.once);
    tells.state(act.from, "");
    return reply ? fault(reply).then(tells.notice) : tells.notice(upstream.say(NOT_SENT));
  };
  const send = (act) => fetched(asked(act.path) + "&seen=" + room.dataset.seen, {
    method: "POST",
    headers: {"Content-Type": "application/json", "X-Upstream-Form": room.dataset.form},
    body: JSON.stringify(act.sent),
  }).then((reply) => heard(act, reply), () => lost(act));
  const queue = (act) => {
    const row = rowOf(act);
    if (row) row.setAttribute("data-waits", "");
    tells.state(act.from, upstream.say("Saving …"));
    line = line.then(() => isStale(act) ? undefined : send(act));
    return line;
  };
  const post = (path, body, from, done) => {
    const act = made(path, body, from, done);
    if (sending.has(act.words)) return line;
    if (act.sets) {
      newest.set(act.sets, act);
      owed.delete(act.sets);
    } else {
      sending.add(act.words);
    }
    return queue(act);
  };
  const flush = () => {
    for (const act of Array.from(owed.values())) {
      if (Date.now() < act.after) continue;
      owed.delete(act.sets);
      queue(act);
    }
  };

  upstream.acts = {
    fetched: fetched, asked: asked, fault: fault, post: post, flush: flush, NOT_SENT: NOT_SENT, ODD: ODD,
    answers: () => answers, begin: (how) => { tells = how; },
  };
})();
