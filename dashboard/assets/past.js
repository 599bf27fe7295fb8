/* Prove it, the past: charts are fetched and drawn when the reader comes near them, and anew in another theme. Text and
   tables are on the page already. */
"use strict";

(function () {
  const upstream = window.upstream;
  const LIBRARY = "/_dash-component-suites/plotly/package_data/plotly.min.js";
  const frames = Array.from(document.querySelectorAll("[data-past]"));
  let begun = false;
  let library = null;

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
  const charts = (theme) => fetch("/prove-it/past?theme=" + theme).then((reply) => {
    if (!reply.ok) throw new Error(String(reply.status));
    return reply.json();
  });
  const say = () => {
    for (const frame of frames) {
      if (!frame.classList.contains("js-plotly-plot")) frame.textContent = upstream.say("The chart could not be drawn. Its numbers are below.");
    }
  };
  const draw = () => {
    begun = true;
    const theme = upstream.theme.name();
    Promise.all([charts(theme), fetched()]).then(([reply]) => {
      if (theme !== upstream.theme.name()) return;
      for (const frame of frames) {
        const figure = reply.figures[frame.dataset.past];
        if (figure) window.Plotly.react(frame, figure.data, figure.layout, reply.config);
      }
    }).catch(say);
  };

  if (frames.length === 0) return;
  const watch = new IntersectionObserver((seen) => {
    if (begun || !seen.some((each) => each.isIntersecting)) return;
    watch.disconnect();
    draw();
  }, {rootMargin: "600px"});
  for (const frame of frames) watch.observe(frame);
  upstream.theme.told(() => { if (begun) draw(); });
})();
