/* A chart of the page as a picture with its title, the plan, the day and the version in it: by the chart's own library,
   or, of a drawing of ours, with the colours it has on the page written into it. Nothing leaves the browser. */
"use strict";

(function () {
  const upstream = window.upstream;
  const WIDTH = 960;
  const HEIGHT = 600;
  const ABOVE = 74;            // room for the title and what is asked
  const BELOW = 34;            // room for the day and the version
  const EDGE = 26;             // room at the sides at least
  const SHARP = 2;             // dots of a PNG for each unit of the drawing
  const FONT = "Arial, 'DejaVu Sans', sans-serif";
  const NS = "http://www.w3.org/2000/svg";
  const WRITTEN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap",
    "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline", "display", "visibility"];

  const colour = (name) => window.getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const plain = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const copied = (thing) => JSON.parse(JSON.stringify(thing));

  /* By the library: the same data in a layout of a fixed size. */
  const ofLibrary = (plot, words, format) => {
    const layout = copied(plot.layout);
    const given = layout.margin || {};
    const margin = Object.assign({}, given, {l: Math.max(given.l || 0, EDGE), r: Math.max(given.r || 0, EDGE)});
    const soft = colour("--ink-soft");
    const text = (at) => Object.assign({xref: "paper", yref: "paper", xanchor: "left", showarrow: false, align: "left"}, at);
    const left = -(margin.l - EDGE) / (WIDTH - margin.l - margin.r);
    const lines = [
      text({x: left, y: 1, yshift: ABOVE - 14, yanchor: "top", text: "<b>" + plain(words.title) + "</b>", font: {size: 18}}),
      text({x: left, y: 1, yshift: ABOVE - 40, yanchor: "top", text: plain(words.plan), font: {size: 14, color: soft}}),
      text({x: left, y: 0, yshift: -(margin.b || 0) - 4, yanchor: "top", text: plain(words.foot), font: {size: 12, color: soft}}),
    ];
    Object.assign(layout, {
      autosize: false, width: WIDTH, height: HEIGHT, paper_bgcolor: colour("--sheet"), plot_bgcolor: colour("--sheet"),
      margin: Object.assign({}, margin, {t: (margin.t || 0) + ABOVE, b: (margin.b || 0) + BELOW}),
      annotations: (layout.annotations || []).concat(lines),
    });
    const size = {format: format, width: WIDTH, height: HEIGHT, scale: format === "png" ? SHARP : 1};
    return window.Plotly.toImage({data: copied(plot.data), layout: layout, config: {staticPlot: true}}, size);
  };

  /* Of ours: a copy that needs no style sheet. */
  const standalone = (drawing) => {
    const copy = drawing.cloneNode(true);
    const from = [drawing, ...drawing.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((each, at) => {
      const style = window.getComputedStyle(from[at]);
      each.setAttribute("style", WRITTEN.map((name) => name + ":" + style.getPropertyValue(name)).join(";"));
      for (const name of ["class", "tabindex"]) each.removeAttribute(name);
    });
    return copy;
  };
  const line = (text, y, size, fill, weight) => {
    const made = document.createElementNS(NS, "text");
    const look = {x: 16, y: y, "font-size": size, fill: fill, "font-family": FONT, "font-weight": weight || "normal"};
    for (const name in look) made.setAttribute(name, look[name]);
    made.textContent = text;
    return made;
  };
  const framed = (drawing, words) => {
    const box = drawing.getBoundingClientRect();
    const svg = document.createElementNS(NS, "svg");
    const height = box.height + ABOVE + BELOW;
    const size = {xmlns: NS, width: box.width, height: height, viewBox: "0 0 " + box.width + " " + height};
    for (const name in size) svg.setAttribute(name, size[name]);
    const ground = document.createElementNS(NS, "rect");
    for (const [name, value] of [["width", box.width], ["height", height], ["fill", colour("--sheet")]]) ground.setAttribute(name, value);
    const inside = standalone(drawing);
    for (const [name, value] of [["x", 0], ["y", ABOVE], ["width", box.width], ["height", box.height]]) inside.setAttribute(name, value);
    svg.append(ground, line(words.title, 28, 18, colour("--ink"), "bold"), line(words.plan, 52, 14, colour("--ink-soft")), inside, line(words.foot, height - 12, 12, colour("--ink-soft")));
    return {text: new XMLSerializer().serializeToString(svg), width: box.width, height: height};
  };
  const dots = (picture) => new Promise((go, fail) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = picture.width * SHARP;
      canvas.height = picture.height * SHARP;
      const pen = canvas.getContext("2d");
      pen.scale(SHARP, SHARP);
      pen.drawImage(image, 0, 0, picture.width, picture.height);
      go(canvas.toDataURL("image/png"));
    };
    image.onerror = fail;
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text);
  });
  const ofOurs = (drawing, words, format) => {
    const picture = framed(drawing, words);
    return format === "png" ? dots(picture) : Promise.resolve("data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text));
  };

  /* picture(chart, {title, plan, foot}, "png" or "svg"): the address of the picture's data. */
  upstream.picture = (chart, words, format) => {
    try {
      return chart.classList.contains("js-plotly-plot") ? ofLibrary(chart, words, format) : ofOurs(chart, words, format);
    } catch (problem) {
      return Promise.reject(problem);
    }
  };
})();
