/* What was not done as asked, in plain words: parts of a link, and what was typed into a number box. Said once, in a
   region that is read aloud; gone when somebody does something else. Enter in a box does what leaving it does. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const LONGEST = 40;
  const QUIET = ["Tab", "Shift", "Control", "Alt", "Meta"];
  let entered = null;          // the box in which Enter was pressed last, until more is typed into it

  /* Above the cards, and made here: Dash looks at every component of its own whenever anything changes. */
  const region = () => {
    const place = document.createElement("p");
    Object.assign(place, {id: "notice", className: "notice"});
    place.setAttribute("role", "status");
    document.getElementById("kpis").before(place);
    return place;
  };
  upstream.notice = (sentences) => {
    const place = document.getElementById("notice") || (document.getElementById("kpis") && region());
    if (!place) return;
    place.replaceChildren(...sentences.map((text) => {
      const line = document.createElement("span");
      line.textContent = text + " ";
      return line;
    }));
  };
  upstream.isTyping = (box) => box !== entered;

  const boxOf = (target) => target instanceof HTMLInputElement && target.closest(".lever-box, .seed-box") ? target : null;
  const quoted = (text) => "\u201c" + text.slice(0, LONGEST) + (text.length > LONGEST ? "\u2026" : "") + "\u201d";
  const refused = (text) => upstream.notice([upstream.say("{text} is not a plain number, such as 2.5 or \u22121; it is left out.", {text: quoted(text)})]);

  /* The box must still hold what was typed: this is heard before the component brings it into range. */
  const left = (box) => {
    const about = upstream.about && upstream.about(box);
    if (!about) return;
    const text = box.value.trim();
    const number = text === "" ? NaN : Number(text);
    /* At once, whatever pause the component makes while one types. */
    if (Number.isFinite(number) && about.take) about.take(Math.min(Math.max(number, about.low), about.high));
    const parts = {label: about.label, typed: quoted(text), value: about.words(about.value), most: about.words(about.high), least: about.words(about.low)};
    if (!Number.isFinite(number)) upstream.notice([upstream.say("{label} needs a number; it stays at {value}.", parts)]);
    else if (number > about.high) upstream.notice([upstream.say("{most} is the most for {label}; {typed} was typed.", parts)]);
    else if (number < about.low) upstream.notice([upstream.say("{least} is the least for {label}; {typed} was typed.", parts)]);
  };

  const nothing = () => upstream.notice([]);
  document.addEventListener("keydown", (event) => { if (!QUIET.includes(event.key)) nothing(); }, true);
  document.addEventListener("pointerdown", (event) => { if (event.target.closest(".levers, .bar")) nothing(); }, true);
  document.addEventListener("input", () => { entered = null; }, true);
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box) left(box);
    if (box && box !== entered) entered = null;
  }, true);
  document.addEventListener("keydown", (event) => {
    const box = event.key === "Enter" ? boxOf(event.target) : null;
    if (!box) return;
    entered = box;
    box.blur();
    box.focus();
    box.select();
  });

  /* A box drops signs it does not know, so that a pasted 2,5 would become 25 and 1e5 would become 15. */
  document.addEventListener("beforeinput", (event) => {
    const box = boxOf(event.target);
    const text = event.data;
    if (!box || typeof text !== "string" || text.length === 0) return;
    const plain = text.trim().replace(/\u2212/g, "-");
    const commas = plain.split(",").length - 1;
    const readable = /^[-\d.,]*$/.test(plain) && (commas === 0 || (commas === 1 && !plain.includes(".")));
    if (readable && plain === text && commas === 0) return;
    event.preventDefault();
    if (!readable) refused(text);
    else document.execCommand("insertText", false, plain.replace(",", "."));
  }, true);
})();
