/* Texts of the scripts in the language of the page. English is its own key; the page brings every other language's
   words for them with it. Must run before the other scripts. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const block = document.getElementById("words");
  const words = block ? JSON.parse(block.textContent) : {texts: {}, plurals: ["one", "other"]};
  const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (part, name) => parts && name in parts ? String(parts[name]) : part);

  upstream.locale = document.documentElement.lang || "en-GB";
  const plural = new Intl.PluralRules(upstream.locale);
  const own = upstream.locale.slice(0, 2) === "en" ? "" : upstream.locale;

  /* say("Case {number} of {all}", {number: 1, all: 7}) */
  upstream.say = (message, parts) => fill(words.texts[message] || message, parts);
  /* several("{count} case", "{count} cases", count, {count: count}) */
  upstream.several = (one, many, number, parts) => {
    const forms = words.texts[one] || [one, many];
    return fill(forms[words.plurals.indexOf(plural.select(number))] || forms[forms.length - 1], parts);
  };
  /* A constant that is a text: it goes through `say` where it is shown. */
  upstream.mark = (message) => message;

  /* Months and days: browsers do not bring the names of every language with them. `width` is long or short. */
  upstream.month = (number, width) => words.months ? words.months[width][number]
    : new Intl.DateTimeFormat(upstream.locale, {month: width}).format(new Date(2001, number, 1));
  upstream.day = (date, width) => date.getDate() + " " + upstream.month(date.getMonth(), width) + " " + date.getFullYear();

  /* A query with the language in it, so that a link brings whoever follows it to the same words. */
  upstream.inLanguage = (query) => own ? (query ? query + "&" : "") + "language=" + own : query;

  /* The server words its replies in the language of the page that asks. */
  if (own) {
    const fetch = window.fetch.bind(window);
    window.fetch = (address, how) => {
      const ours = typeof address === "string" && address.startsWith("/");
      return fetch(ours ? address + (address.includes("?") ? "&" : "?") + upstream.inLanguage("") : address, how);
    };
  }

  /* The same page in another language: the address as it stands now, not as it was when the way was drawn. */
  document.addEventListener("click", (event) => {
    const way = event.target.closest("a[data-language]");
    if (!way) return;
    const address = new URL(window.location.href);
    address.searchParams.delete("language");
    if (way.dataset.language !== "en") address.searchParams.set("language", way.dataset.language);
    way.href = address.pathname + address.search + address.hash;
  }, true);
})();
