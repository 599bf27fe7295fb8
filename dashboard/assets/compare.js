/* Compare: which scenarios stand in the address; the server says what each is and how far they have come; this puts it
   in place. Charts are drawn when the library is there. */
"use strict";

(function () {
  const upstream = window.upstream;
  const element = (id) => document.getElementById(id);
  const LIBRARY = "/_dash-component-suites/plotly/package_data/plotly.min.js";
  const AGAIN = 600;           // milliseconds between looks when there was no news
  const LONGEST = 8000;        // milliseconds between tries at most, when the server does not answer
  const who = upstream.name();

  let link = window.location.search.slice(1);
  let known = 0;               // replications that are shown of what is asked now
  let turn = 0;                // counts questions, so that late replies to old ones are dropped
  let misses = 0;
  let next = 0;
  let spoken = "";
  let library = null;
  let figures = {};
  let config = {};

  const fetched = () => {
    library = library || new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = LIBRARY;
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });
    return library;
  };
  const draw = () => {
    fetched().then(() => {
      for (const frame of document.querySelectorAll("[data-compare]")) {
        const figure = figures[frame.dataset.compare];
        if (figure) window.Plotly.react(frame, figure.data, figure.layout, config);
      }
    }).catch(() => status(upstream.say("The charts could not be drawn. Their numbers are in the table.")));
  };

  /* ---- what is asked ---- */

  const status = (text) => { element("compare-status").textContent = text; };
  const stands = (name) => {
    document.body.dataset.answer = name;
    const busy = name === "working";
    element("compare-stop").hidden = !busy;
    element("compare-again").hidden = name !== "stopped";
    if (!busy) upstream.bar(element("compare-bar"), undefined);
  };
  const query = () => new URLSearchParams(link);
  const shared = () => {
    const own = query();
    for (const name of ["with", "against", "year"]) own.delete(name);
    return own;
  };
  const items = () => query().getAll("with").filter((each) => each !== "");
  const put = (list, against, year) => {
    const made = shared();
    for (const each of list) made.append("with", each);
    if (list.length === 0) made.append("with", "");
    if (against) made.set("against", against);
    if (year) made.set("year", year);
    ask(made.toString());
  };
  const ask = (text) => {
    link = text;
    known = 0;
    turn += 1;
    spoken = "";
    stands("working");
    look("begin");
  };
  const look = (how) => {
    const mine = turn;
    window.clearTimeout(next);
    const body = {who: who, do: how, link: link, have: known, theme: upstream.theme.name()};
    window.fetch("/compare/ask", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify(body),
    })
      .then((reply) => reply.ok ? reply.json() : Promise.reject(reply.status))
      .then((reply) => { if (mine === turn) receive(reply, how); }, () => { if (mine === turn) miss(); });
  };
  const soon = (after) => { next = window.setTimeout(look, after, "look"); };
  const miss = () => {
    misses += 1;
    status(upstream.say("No reply from the model. Trying again…"));
    soon(Math.min(AGAIN * 2 ** misses, LONGEST));
  };

  /* ---- what came ---- */

  const receive = (reply, how) => {
    misses = 0;
    settle(reply, how);
    if (reply.figures) {
      known = reply.done;
      figures = reply.figures;
      config = reply.config;
      for (const name in reply.texts) element("compare-text-" + name).textContent = reply.texts[name];
      draw();
    }
    if (reply.settled) {
      status(reply.standing);
      stands("settled");
      if (spoken !== reply.spoken) element("compare-live").textContent = spoken = reply.spoken;
      return;
    }
    status(reply.figures ? reply.standing : reply.words);
    if (reply.status === "failed") return stands("failed");
    upstream.bar(element("compare-bar"), reply.share || 0);
    soon(reply.figures ? 0 : AGAIN / 4 + (reply.status === "working" ? 0 : AGAIN));
  };
  /* The address, the list and the controls as the server understood them; notices stay until something else is asked. */
  const settle = (reply, how) => {
    link = reply.link;
    const address = "/compare?" + upstream.inLanguage(link);
    window.history.replaceState(null, "", address);
    for (const kind of ["csv", "xlsx"]) element("compare-" + kind).href = "/compare/" + kind + "?" + upstream.inLanguage(link);
    if (reply.notices.length > 0) {
      element("compare-notices").replaceChildren(...reply.notices.map((text) => {
        const line = document.createElement("p");
        line.textContent = text;
        return line;
      }));
    }
    if (how === "begin") fill(reply);
    for (const id in reply.html) {
      if (id !== "compare-chosen") element(id).innerHTML = reply.html[id];
    }
  };
  const fill = (reply) => {
    const held = document.activeElement && document.activeElement.closest("#compare-chosen") !== null;
    element("compare-chosen").innerHTML = reply.html["compare-chosen"];
    options("compare-against", reply.choices.against, reply.choices.against_now);
    options("compare-year", reply.choices.years, reply.choices.year_now);
    for (const id of ["compare-add", "compare-add-link"]) element(id).disabled = reply.choices.full;
    if (held) element("compare-pick").focus();
  };
  const options = (id, list, now) => {
    element(id).replaceChildren(...list.map(([value, text]) => new Option(text, value)));
    element(id).value = now;
  };

  /* ---- what the reader does ---- */

  const against = () => element("compare-against").value;
  const add = (item) => {
    if (item.trim() === "") return;
    element("compare-notices").replaceChildren();
    put(items().concat([item]), against(), element("compare-year").value);
  };
  const leave = (place) => {
    const list = items();
    list.splice(place, 1);
    const held = Number(against());
    const moved = held === place + 1 ? "" : held > place + 1 ? String(held - 1) : against();
    element("compare-notices").replaceChildren();
    put(list, moved, element("compare-year").value);
    element("compare-pick").focus();
  };
  const stop = () => {
    turn += 1;
    window.clearTimeout(next);
    window.fetch("/compare/ask", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({who: who, do: "leave", link: link}),
      keepalive: true,
    }).catch(() => undefined);
    status(upstream.say("Stopped. What was finished stays."));
    stands("stopped");
    element("compare-again").focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "compare-add") add(element("compare-pick").value);
    else if (button.id === "compare-add-link") {
      add(element("compare-paste").value);
      element("compare-paste").value = "";
    } else if (button.id === "compare-stop") stop();
    else if (button.id === "compare-again") {
      stands("working");
      look("begin");
    } else if (button.dataset.leave) leave(Number(button.dataset.leave));
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "compare-against" || event.target.id === "compare-year") {
      put(items(), against(), element("compare-year").value);
    }
  });
  element("compare-paste").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    element("compare-add-link").click();
  });
  window.addEventListener("pagehide", () => { if (document.body.dataset.answer === "working") stop(); });

  /* Scenarios that somebody kept, to be chosen from; without a shelf the list is without them. */
  window.fetch("/shelf").then((reply) => reply.ok ? reply.json() : {scenarios: []}).then((reply) => {
    const group = element("compare-kept");
    group.replaceChildren(...reply.scenarios.map((each) => {
      const small = new URLSearchParams(each.link);
      for (const name of ["years", "seed", "replications"]) small.delete(name);
      small.set("name", each.name);
      return new Option(each.name, small.toString());
    }));
    group.hidden = reply.scenarios.length === 0;
  }, () => undefined);

  upstream.theme.told(() => { if (known > 0) { known = 0; turn += 1; look("begin"); } });
  ask(link);
})();
