/* The bar of every page: the theme, remembered in the browser, and the ways to other views, which take the question
   along. Whoever must know of another theme is told. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const root = document.documentElement;
  const listeners = [];

  const remembered = () => {
    try {
      const kept = window.localStorage.getItem("upstream-theme");
      if (kept === "light" || kept === "dark") return kept;
    } catch (error) { /* storage may be switched off; the system's choice then holds */ }
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  };
  const name = () => root.getAttribute("data-mantine-color-scheme");
  const put = (theme) => {
    root.setAttribute("data-mantine-color-scheme", theme);
    const button = document.getElementById("theme-button");
    if (button) button.textContent = theme === "dark" ? upstream.say("Light") : upstream.say("Dark");
    for (const listener of listeners) listener(theme);
  };
  const other = () => {
    const theme = name() === "dark" ? "light" : "dark";
    try { window.localStorage.setItem("upstream-theme", theme); } catch (error) { /* as above */ }
    put(theme);
  };

  upstream.theme = {name: name, begin: () => put(remembered()), other: other, told: (listener) => listeners.push(listener)};

  /* The question as it stands, in every way to another view. */
  upstream.takeAlong = (link) => {
    const query = upstream.inLanguage(link);
    for (const way of document.querySelectorAll("[data-view]")) way.search = query ? "?" + query : "";
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.id === "theme-button") other();
  });

  upstream.name = () => Array.from(window.crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
  root.setAttribute("data-mantine-color-scheme", remembered());
  document.addEventListener("DOMContentLoaded", () => put(remembered()));
})();
