/* The glossary: search as one types. */
"use strict";

(function () {
  const upstream = window.upstream;
  const search = document.createElement("input");
  search.type = "search";
  search.id = "search";
  search.autocomplete = "off";
  document.getElementById("search-here").replaceChildren(search);
  const words = Array.from(document.querySelectorAll(".word"), (each) => [each, each.textContent.toLowerCase()]);
  const look = () => {
    const wanted = search.value.trim().toLowerCase();
    let shown = 0;
    for (const [element, text] of words) {
      element.hidden = !text.includes(wanted);
      if (!element.hidden) shown += 1;
    }
    document.getElementById("shown").textContent = upstream.several("{count} word", "{count} words", shown, {count: shown});
  };
  search.addEventListener("input", look);
  look();
})();
