/* Fields of a workshop's screens: what they hold as it is sent, slider and number box together, and the way back. */
"use strict";

(function () {
  const upstream = window.upstream;

  const given = (node, name) => JSON.parse(node.dataset[name] || "{}");
  const stored = (field, number) => Number((number / Number(field.dataset.scale || 1)).toPrecision(10));
  const valueOf = (field) => field.matches("[type=range], [type=number], [data-number]") ? stored(field, Number(field.value))
    : field.matches("[type=checkbox], [data-truth]") ? (field.type === "checkbox" ? field.checked : field.value === "true") : field.value;
  const filled = (form) => {
    const found = given(form, "act");
    for (const field of form.elements) {
      if (!field.name || ((field.type === "radio") && !field.checked)) continue;
      const other = field.dataset.instead ? document.getElementById(field.dataset.instead) : null;   // "another", whose words stand beside
      found[field.name] = other ? other.value.trim() : valueOf(field);
    }
    return found;
  };
  const back = (from) => {             // what was refused goes back to what holds
    const row = from && upstream.parts.typable(from) ? from.closest("[data-row]") || from.parentElement : null;
    if (!row) return;
    for (const each of row.querySelectorAll("input, select")) {
      if (each.type === "radio" || each.type === "checkbox") each.checked = each.defaultChecked;
      else if (each.nodeName === "SELECT") for (const one of each.options) one.selected = one.defaultSelected;
      else each.value = each.defaultValue;
    }
    for (const each of row.querySelectorAll("output")) each.textContent = each.defaultValue;
  };
  /* Slider and number box say the same; a number beyond the ends goes to the end, and it is said. */
  const follow = (field) => {
    const row = field.closest("[data-row]");
    if (!row) return;
    for (const each of row.querySelectorAll("input[type=range], input[type=number]")) if (each !== field) each.value = field.value;
    for (const each of row.querySelectorAll("output")) each.textContent = field.value;
    row.classList.add("is-moving");
  };
  const within = (field, notice) => {
    if (!field.matches("[type=number]")) return true;
    const number = field.value.trim() === "" ? NaN : Number(field.value);
    if (!Number.isFinite(number)) { back(field); notice(upstream.say("Type a number.")); return false; }
    const ends = [field.min, field.max].map((each) => each === "" ? null : Number(each));
    if (ends[0] !== null && number < ends[0]) { field.value = field.min; notice(upstream.say("The least is {least}.", {least: field.min})); }
    else if (ends[1] !== null && number > ends[1]) { field.value = field.max; notice(upstream.say("The most is {most}.", {most: field.max})); }
    else notice("");
    follow(field);
    return true;
  };

  upstream.fields = {given: given, valueOf: valueOf, filled: filled, back: back, follow: follow, within: within};
})();
