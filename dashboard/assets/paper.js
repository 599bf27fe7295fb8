/* Charts as wide as the paper while it is printed: the chart library draws for the size of the window, which a printer
   would cut. Sizes are those of A4 landscape with the margins of page.css. Curves are drawn anew at once; streams take
   a moment to be drawn, so that a browser which prints at once gets them made smaller instead. */
"use strict";

(function () {
  const upstream = window.upstream;
  const ONE_OF_TWO = {width: 480, height: 148};
  const ALONE = {width: 990, height: 316};
  const DRAWN = 800;           // milliseconds after which streams stand

  const plots = () => Array.from(document.querySelectorAll(".js-plotly-plot")).filter((plot) => plot.getClientRects().length > 0);
  const isCurve = (plot) => plot.closest(".charts") !== null;
  const redraw = (plot, size) => window.Plotly.relayout(plot, Object.assign({autosize: size.width === null}, size));
  const fits = (plot) => plot.layout && plot.layout.width === ALONE.width;
  const smaller = (plot) => {
    const box = plot.getBoundingClientRect();
    const by = Math.min(1, ALONE.width / box.width, ALONE.height / box.height);
    plot.style.transformOrigin = "0 0";
    plot.style.transform = "scale(" + by + ")";
  };

  window.addEventListener("beforeprint", () => {
    for (const plot of plots()) {
      if (isCurve(plot)) redraw(plot, ONE_OF_TWO);
      else if (!fits(plot)) smaller(plot);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const plot of plots()) {
      plot.style.transform = "";
      redraw(plot, {width: null, height: null});
    }
  });
  /* Printed from the page itself there is time to draw streams anew. */
  upstream.print = () => {
    const streams = plots().filter((plot) => !isCurve(plot));
    for (const plot of streams) redraw(plot, ALONE);
    window.setTimeout(() => window.print(), streams.length > 0 ? DRAWN : 0);
  };
})();
