/* Drivers: what the view is made of is fetched when it is first looked at. Two jobs, each asked for, watched, stopped, and
   marked when the levers have moved since; another measure or year of a result that is there costs no run. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const element = (id) => document.getElementById(id);
  const isHere = () => document.body.dataset.look === "drivers";
  const value = (id) => element(id).value;
  let begun = false;

  /* The script of the charts comes with Dash, perhaps later than an answer. */
  const draw = (frame, reply, tries) => {
    if (!reply.figure) {
      if (window.Plotly) window.Plotly.purge(frame);
      frame.style.height = "0";
    } else if (window.Plotly) {
      frame.style.height = reply.figure.layout.height + "px";
      window.Plotly.react(frame, reply.figure.data, reply.figure.layout, reply.config);
    } else if (tries < 100) window.setTimeout(draw, 100, frame, reply, tries + 1);
  };
  const put = (name, reply) => {
    element(name + "-result").hidden = false;
    element(name + "-words").textContent = reply.says;
    element(name + "-table").innerHTML = reply.html;
    draw(element(name + "-chart"), reply, 0);
  };

  /* One job of the page: its question is the link it was asked about, with what is looked at of the result. */
  const study = (name, question) => {
    let jobs = null;
    let asked = null;          // the link of the job under way, or of the result that is shown
    let own = {};              // what else the job was asked about
    let shows = false;

    const say = (text) => { element(name + "-status").textContent = text; };
    const look = () => {
      const busy = jobs !== null && jobs.isUnderWay();
      const old = shows && asked !== upstream.link();
      element(name + "-stop").hidden = !busy;
      element(name + "-begin").hidden = busy;
      element(name + "-begin").closest(".drivers-card").classList.toggle("is-old", old);
      if (shows && !busy) say(old ? upstream.say("The levers have moved since: this is about how they stood before.") : "");
    };
    const told = (reply) => {
      const under = reply.status === "waiting" || reply.status === "running";
      upstream.bar(element(name + "-bar"), under ? reply.share || 0 : undefined);
      say(reply.status === "stopped" ? upstream.say("Stopped") : reply.words);
      if (reply.status === "done") {
        shows = true;
        put(name, reply);
      }
      look();
    };
    const watch = () => jobs.watch(Object.assign({kind: name, link: asked, theme: upstream.theme.name()}, own, question.looked()), told);
    const begin = () => {
      jobs = jobs || upstream.jobs();
      asked = upstream.link();
      own = question.own();
      shows = false;
      watch();
      say(upstream.say("Beginning\u2026"));
      upstream.bar(element(name + "-bar"), 0);
      look();
      element(name + "-stop").focus();
    };
    return {
      begin: begin,
      stop: () => { if (jobs) jobs.leave(); element(name + "-begin").focus(); },
      /* The same result, looked at otherwise. */
      again: () => { if (shows && !jobs.isUnderWay()) watch(); return shows; },
      forget: () => { shows = false; asked = null; look(); say(""); },
      moved: () => {
        if (asked === null) return;
        if (jobs.isUnderWay() && asked !== upstream.link()) {
          jobs.leave();
          if (!shows) say(upstream.say("Stopped, since the levers moved."));
        }
        look();
      },
    };
  };

  const year = () => JSON.parse(upstream.look.key()).year;
  const split = study("split", {
    own: () => ({by: value("split-by")}),
    looked: () => ({measure: value("split-measure"), year: year()}),
  });
  const lean = study("lean", {
    own: () => ({}),
    looked: () => ({measure: value("lean-measure"), side: value("lean-side")}),
  });

  /* What is stored, while nothing was worked out for the place itself. */
  const stored = () => {
    const query = new URLSearchParams({measure: value("lean-measure"), side: value("lean-side"), theme: upstream.theme.name()});
    window.fetch("/drivers/stored?" + query).then((reply) => reply.ok ? reply.json() : Promise.reject(reply.status)).then((reply) => {
      element("lean-stored").hidden = true;
      put("lean", reply);
    }, () => { element("lean-status").textContent = upstream.say("No reply from the server. Try again."); });
  };
  const leanAgain = () => { if (!lean.again()) stored(); };

  const begin = () => {
    begun = true;
    window.fetch("/drivers/frame").then((reply) => reply.ok ? reply.text() : Promise.reject(reply.status)).then((text) => {
      element("frame-drivers").innerHTML = text;
      ready();
      stored();
    }, () => { begun = false; });
  };
  let yearShown = null;
  const ready = () => {
    if (!element("split-begin") || !upstream.link || upstream.link() === null) return;
    const nothing = element("look-year") !== null && document.querySelector("[data-show='plan']:disabled") !== null;
    element("split-begin").disabled = nothing;
    if (yearShown !== year()) {
      yearShown = year();
      split.again();
    }
  };
  new MutationObserver(() => {
    if (!isHere()) return;
    if (!begun && upstream.link && upstream.link() !== null) begin();
    ready();
  }).observe(document.documentElement, {subtree: true, attributes: true, attributeFilter: ["data-look", "data-answer"]});

  const before = upstream.moved || (() => undefined);
  upstream.moved = (link) => {
    before(link);
    if (element("split-begin") === null) return;
    split.moved();
    lean.moved();
  };
  upstream.theme.told(() => {
    if (element("split-begin") === null) return;
    split.again();
    leanAgain();
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "split-measure") split.again();
    else if (event.target.id === "lean-measure" || event.target.id === "lean-side") leanAgain();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "split-begin") split.begin();
    else if (button.id === "split-stop") split.stop();
    else if (button.id === "lean-begin") {
      element("lean-stored").hidden = false;
      lean.begin();
    } else if (button.id === "lean-stop") lean.stop();
    else if (button.id === "lean-stored") {
      lean.forget();
      stored();
    }
  });
})();
