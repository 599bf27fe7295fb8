/* Keeps what is typed into forms over a reload of the page, in this tab alone, until it is sent. */
"use strict";

(function () {
  const upstream = window.upstream;
  const restored = new WeakSet();
  const FORMS = "form[data-act], form[data-send]";

  const named = (form) => form.dataset.act ? JSON.parse(form.dataset.act).act : form.dataset.send;
  const key = (form) => "upstream-draft " + window.location.pathname + " " + named(form);
  const fields = (form) => Array.from(form.elements).filter((each) => each.matches("input:not([type=hidden]), select, textarea"));
  const ticked = (field) => field.matches("[type=radio], [type=checkbox]");
  const name = (field) => (field.name || field.id) + (ticked(field) ? " " + field.value : "");
  const isChanged = (field) => field.nodeName === "SELECT" ? Array.from(field.options).some((each) => each.selected !== each.defaultSelected)
    : ticked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;

  const keep = (form) => {
    const found = fields(form).filter(isChanged).map((each) => [name(each), ticked(each) ? each.checked : each.value]);
    try {
      if (found.length) window.sessionStorage.setItem(key(form), JSON.stringify(Object.fromEntries(found)));
      else window.sessionStorage.removeItem(key(form));
    } catch (error) { /* storage may be switched off or full; then a reload forgets */ }
  };
  const drop = (form) => { try { window.sessionStorage.removeItem(key(form)); } catch (error) { /* as above */ } };
  const kept = (form) => {
    try { return JSON.parse(window.sessionStorage.getItem(key(form)) || "{}"); } catch (error) { return {}; }
  };
  const restore = (form) => {
    const found = kept(form);
    for (const each of fields(form)) {
      if (!(name(each) in found)) continue;
      if (ticked(each)) each.checked = found[name(each)]; else each.value = found[name(each)];
      const closed = each.closest("details");
      if (closed) closed.open = true;
    }
  };
  const restoreAll = () => {
    for (const form of document.querySelectorAll(FORMS)) {
      if (!restored.has(form)) restore(form);
      restored.add(form);
    }
  };
  const changed = (event) => { if (event.target.form && event.target.form.matches(FORMS)) keep(event.target.form); };

  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("workshop:shown", restoreAll);
  upstream.drafts = {drop: drop};
  restoreAll();
})();
