/* Prove it: run one published case, or one after another; every result goes into its place as it comes. */
"use strict";

(function () {
  const upstream = window.upstream;
  const element = (id) => document.getElementById(id);
  const WORDS = {
    pass: (count) => upstream.say("{count} pass", {count: count}),
    differs: (count) => upstream.several("{count} differs with a reason", "{count} differ with a reason", count, {count: count}),
    fail: (count) => upstream.say("{count} fail", {count: count}),
  };

  const jobs = upstream.jobs();
  const cases = Array.from(document.querySelectorAll("[data-run]"), (button) => button.dataset.run);
  const part = (name, id) => document.querySelector("[" + name + "=\"" + CSS.escape(id) + "\"]");
  const say = (text) => { element("prove-status").textContent = text; };

  let queue = [];
  let wanted = 0;

  const tally = () => {
    const found = Array.from(document.querySelectorAll(".case[data-pass]"));
    if (found.length === 0) return;
    const counts = Object.keys(WORDS).map((name) => {
      const count = found.reduce((sum, each) => sum + Number(each.getAttribute("data-" + name)), 0);
      const word = document.createElement("span");
      word.className = "tally-" + name + (count > 0 ? " is-any" : "");
      word.textContent = WORDS[name](count);
      return word;
    });
    const where = document.createElement("span");
    where.textContent = upstream.say("in {count} of {all} cases", {count: found.length, all: cases.length});
    element("tally").replaceChildren(...counts, where);
  };
  const idle = () => {
    queue = [];
    element("stop").disabled = true;
    element("run-all").disabled = false;
    upstream.bar(element("prove-bar"), undefined);
    document.querySelectorAll(".case.is-running").forEach((each) => each.classList.remove("is-running"));
  };
  const next = () => {
    if (queue.length === 0) {
      idle();
      say(wanted > 1 ? upstream.say("All cases have been run.") : upstream.say("Done."));
      return;
    }
    const id = queue[0];
    const section = part("data-case", id);
    section.classList.add("is-running");
    jobs.watch({kind: "case", case: id, again: section.hasAttribute("data-pass")}, (reply) => told(id, section, reply));
  };
  const told = (id, section, reply) => {
    const title = section.querySelector("h3").textContent;
    const state = part("data-state", id);
    if (reply.status === "waiting" || reply.status === "running") {
      const done = wanted - queue.length;
      const about = {number: done + 1, all: wanted, title: title, words: reply.words};
      say(wanted > 1 ? upstream.say("Case {number} of {all}, {title}: {words}", about) : title + ": " + reply.words);
      upstream.bar(element("prove-bar"), (done + (reply.share || 0)) / wanted);
      return;
    }
    section.classList.remove("is-running");
    if (reply.status === "done") {
      for (const name in reply.counts) section.setAttribute("data-" + name, reply.counts[name]);
      part("data-result", id).innerHTML = reply.html;
      state.textContent = reply.summary;
      part("data-run", id).textContent = upstream.say("Run again");
      tally();
      queue.shift();
      next();
      return;
    }
    idle();
    if (reply.status === "failed") state.textContent = reply.words;
    say(reply.status === "stopped" ? upstream.say("Stopped. What was finished stays.") : reply.words);
  };
  const run = (ids) => {
    jobs.leave();
    queue = ids.slice();
    wanted = ids.length;
    element("stop").disabled = false;
    element("run-all").disabled = true;
    next();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.run) run([button.dataset.run]);
    else if (button.id === "run-all") run(cases);
    else if (button.id === "stop") jobs.leave();
  });
  tally();
})();
