/* Share: the link, the report, tables, the scenario file, and the charts on the page as pictures. */
"use strict";

(function () {
  const upstream = window.upstream;
  const make = upstream.make;
  const say = upstream.say;

  let sheet = null;
  let parts = {};
  let about = null;            // what the question is called, from the server

  const query = () => upstream.inLanguage(upstream.link());
  /* The whole question, nothing left to defaults, as it is looked at now. */
  const fullLink = (link) => window.location.origin + upstream.look.address(link);

  /* ---- the charts in sight ---- */

  const visible = (element) => element.getClientRects().length > 0 && element.getBoundingClientRect().width > 150;
  const nameOf = (element) => {
    const card = element.closest("section, figure, .chart-card");
    const heading = card && card.querySelector("h2, h3, figcaption, .chart-title");
    return heading ? heading.textContent.trim() : say("Chart");
  };
  const charts = () => {
    const results = document.getElementById("results");
    const drawn = Array.from(results.querySelectorAll(".js-plotly-plot")).filter(visible);
    const own = Array.from(results.querySelectorAll("svg")).filter((each) => visible(each) && !each.closest(".js-plotly-plot, button") && !each.parentElement.closest("svg"));
    return drawn.concat(own).map((element) => ({element: element, name: nameOf(element)}));
  };
  const slug = (text) => text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40);
  const save = (chart, format) => {
    const today = upstream.day(new Date(), "long");
    const version = about.model.split(" ")[0];
    const words = {title: chart.name, plan: about.title, foot: say("Made on {day} with Upstream {version}", {day: today, version: version})};
    const name = about.file + "-" + slug(chart.name) + "." + format;
    return upstream.picture(chart.element, words, format).then(
      (address) => { upstream.saveAs(address, name); sheet.say(say("Saved as {name}.", {name: name})); },
      () => sheet.say(say("This picture could not be made.")),
    );
  };
  const list = () => charts().map((chart) => make("li", {class: "share-chart"}, make("span", {text: chart.name}),
    ...["png", "svg"].map((format) => upstream.button(format.toUpperCase(), () => save(chart, format), {"aria-label": format.toUpperCase() + ": " + chart.name}))));

  /* ---- the event log: a job, watched here, and given up when the dialog is closed ---- */

  let jobs = null;
  const logging = () => {
    jobs = jobs || upstream.jobs();
    const link = upstream.link();
    jobs.watch({kind: "log", link: link}, (reply) => {
      upstream.bar(parts.bar, reply.status === "running" || reply.status === "waiting" ? reply.share || 0 : undefined);
      parts.stop.hidden = !jobs.isUnderWay();
      sheet.say(reply.words);
      if (reply.status === "done") upstream.fetchFile("/download/events?" + upstream.inLanguage(link), sheet.say);
    });
    parts.stop.hidden = false;
  };
  const leave = () => { if (jobs) jobs.leave(); };

  /* ---- the dialog ---- */

  const file = (kind, words) => upstream.button(words, () => upstream.fetchFile("/download/" + kind + "?" + query(), sheet.say), {"data-file": kind});
  const section = (title, says, ...inside) => make("section", {}, make("h3", {text: title}), says ? make("p", {class: "sheet-says", text: says}) : "", ...inside);
  const row = (...inside) => make("div", {class: "sheet-row"}, ...inside);
  const build = () => {
    sheet = upstream.dialog("share-sheet", say("Share"));
    parts = {
      about: make("p", {class: "kept-about"}),
      link: make("input", {type: "text", readonly: true, "aria-label": say("Link"), onfocus: (event) => event.target.select()}),
      charts: make("ul", {class: "share-charts"}),
      bar: make("div", {class: "job-bar", hidden: true}, make("div", {class: "job-bar-fill"})),
      stop: upstream.button(say("Stop"), leave, {hidden: true}),
      report: make("a", {class: "button is-main", target: "_blank", rel: "noopener", text: say("Open the report")}),
    };
    const copy = upstream.button(say("Copy link"), () => upstream.copy(parts.link.value, sheet.say), {class: "button is-main"});
    const print = upstream.button(say("Print this page"), () => { sheet.element.close(); upstream.print(); });
    sheet.body.append(
      parts.about,
      section(say("Link"), say("Whoever opens it sees the same page. With the same version of Upstream the numbers are the same, to the last digit."), row(parts.link, copy)),
      section(say("Report"), say("What was asked, what follows, what it rests on and how it was worked out, to print or to send."), row(parts.report, file("docx", say("Save for Word")), file("html", say("Save as one web page")), print)),
      section(say("Tables"), say("Every number in full, with the evidence behind it."), row(file("xlsx", say("Excel")), file("csv", say("CSV")))),
      section(say("Scenario file"), say("The question as a file for the command line, or for another dashboard."), row(file("yaml", say("YAML")))),
      section(say("Pictures of this page"), "", parts.charts),
      section(say("Event log"), say("Every event of every person in January and February of the last year: one locality, first replication, in the format that vidigi draws animations from."), row(upstream.button(say("Make the event log"), logging, {"data-do": "log"}), parts.stop, parts.bar)),
    );
    sheet.element.addEventListener("close", leave);
  };
  const begin = () => {
    if (sheet === null) build();
    const mine = upstream.link();
    parts.about.textContent = "";
    parts.link.value = window.location.href;
    parts.report.href = "/report?" + query();
    parts.charts.replaceChildren();
    sheet.open();
    upstream.send("GET", "/download/about?" + query()).then(
      (found) => {
        if (upstream.link() !== mine) return;
        about = found;
        parts.about.textContent = found.title;
        parts.link.value = fullLink(found.link);
        parts.charts.replaceChildren(...list());
      },
      (problem) => sheet.say(problem.fault),
    );
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("#share") && upstream.link && upstream.link() !== null) begin();
  });
})();
