/* Evidence: search and filters over every number; groups open where something was found. */
"use strict";

(function () {
  const upstream = window.upstream;
  const element = (id) => document.getElementById(id);
  const search = document.createElement("input");
  search.type = "search";
  search.id = "search";
  search.autocomplete = "off";
  element("search-here").replaceChildren(search);

  const groups = Array.from(document.querySelectorAll("#all-numbers .numbers-group"));
  const numbers = Array.from(document.querySelectorAll(".number"), (each) => ({
    element: each, group: each.parentElement, text: (each.parentElement.querySelector(".group-name").textContent + " " + each.textContent).toLowerCase(),
  }));
  const pressed = (id) => element(id).getAttribute("aria-pressed") === "true";
  const press = (id, is) => element(id).setAttribute("aria-pressed", is ? "true" : "false");

  const look = () => {
    const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const sure = element("filter-sure").value, witness = element("filter-witness").value;
    const group = element("filter-group").value;
    const moved = pressed("only-moved"), guesses = pressed("only-guesses");
    const isAny = wanted.length > 0 || sure || witness || moved || guesses;
    const found = new Map(groups.map((each) => [each, 0]));
    let shown = 0;
    for (const each of numbers) {
      const facts = each.element.dataset;
      const fits = wanted.every((word) => each.text.includes(word)) && (!sure || facts.sure === sure) && (!witness || facts.witness === witness)
        && (!moved || facts.moved === "yes") && (!guesses || facts.witness === "guess") && (!group || each.group.dataset.group === group);
      each.element.hidden = !fits;
      if (fits) { shown += 1; found.set(each.group, found.get(each.group) + 1); }
    }
    for (const [each, count] of found) {
      each.hidden = count === 0;
      each.open = Boolean(isAny) && count > 0;
    }
    element("shown").textContent = upstream.say("{shown} of {all} numbers shown", {shown: shown, all: numbers.length});
  };

  let soon = 0;
  search.addEventListener("input", () => { window.clearTimeout(soon); soon = window.setTimeout(look, 120); });
  for (const name of ["group", "sure", "witness"]) element("filter-" + name).addEventListener("change", look);
  for (const id of ["only-moved", "only-guesses"]) element(id).addEventListener("click", () => { press(id, !pressed(id)); look(); });
  element("show-all").addEventListener("click", () => {
    search.value = "";
    for (const name of ["group", "sure", "witness"]) element("filter-" + name).value = "";
    for (const id of ["only-moved", "only-guesses"]) press(id, false);
    look();
    search.focus();
  });

  /* A link to one number opens it, wherever it is. */
  const goTo = () => {
    const wanted = element(decodeURIComponent(window.location.hash.slice(1)));
    if (!wanted || wanted.tagName !== "DETAILS") return;
    if (wanted.hidden) element("show-all").click();
    if (wanted.parentElement.tagName === "DETAILS") wanted.parentElement.open = true;
    wanted.open = true;
    wanted.scrollIntoView({block: "center"});
    wanted.querySelector("summary").focus({preventScroll: true});
  };
  window.addEventListener("hashchange", goTo);
  look();
  goTo();
})();
