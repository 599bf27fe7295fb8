/* The report: print it. Everything else of it needs no script. */
"use strict";

(function () {
  document.addEventListener("click", (event) => {
    if (event.target.closest("#print")) window.print();
  });
  window.upstream.theme.begin();
})();
