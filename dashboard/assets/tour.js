/* A guided tour of the first screen: one thing after the other is ringed and explained. It begins only when asked for,
   Escape leaves it, and the page stays usable all the while. */
"use strict";

(function () {
  const upstream = window.upstream = window.upstream || {};
  const LOOK = 200;            // milliseconds between looks whether the page is there yet
  const LONGEST = 20000;

  const steps = () => [
    [["#place", ".bar-place"], upstream.say("Choose your place"), upstream.say("One of the 44 areas of England that wrote a plan in 2016, or England. Everything on the page is about the place chosen here.")],
    [["#plan", ".bar-plan"], upstream.say("Begin with a plan"), upstream.say("A plan sets the levers for you. “Do nothing” is what every plan is compared with.")],
    [["#levers", "#levers-button"], upstream.say("Move the levers"), upstream.say("Slide, or type a number. A lever that was moved is marked, and can be put back. The dot beside it opens its evidence: fuller dots are better known numbers.")],
    [["#kpis"], upstream.say("Read the five headlines"), upstream.say("Each is the last year of the run, with the change against doing nothing and the range that chance alone would give. “No detectable difference” means what it says.")],
    [["#story"], upstream.say("Ask what happened, and why"), upstream.say("This sentence is made from the answer itself: who came, where people waited, and where the money went.")],
    [[".charts"], upstream.say("Follow the years"), upstream.say("The line is the average of the runs, the bands are where single runs lie, and the dashed line is doing nothing with the same people.")],
    [["#doubts-ask"], upstream.say("Doubt the numbers"), upstream.say("Many numbers are uncertain and some are guesses. This asks the same question again with other numbers, and says which of them matter.")],
    [["#views"], upstream.say("Look from another side"), upstream.say("People and pounds on their way, the map of what is full, people moving day by day, the evidence for every number, and published cases that prove the engine. Your question goes along.")],
    [["#help"], upstream.say("Come back to help"), upstream.say("The glossary, how it works, and this tour are here whenever you want them.")],
  ];
  const found = (names) => names.map((name) => document.querySelector(name)).find((each) => {
    if (!each) return false;
    const box = each.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && window.getComputedStyle(each).visibility !== "hidden";
  });
  const made = (tag, className, text) => {
    const part = document.createElement(tag);
    part.className = className;
    if (text) part.textContent = text;
    return part;
  };

  let going = null;

  const leave = () => {
    if (!going) return;
    const back = going.back;
    going.card.remove();
    going.ring.remove();
    going = null;
    if (back && back.isConnected) back.focus();
  };
  const place = () => {
    if (!going) return;
    const box = going.target.getBoundingClientRect();
    const top = Math.max(box.top, 2), bottom = Math.min(box.bottom, window.innerHeight - 2);
    Object.assign(going.ring.style, {left: box.left - 4 + "px", top: top - 4 + "px", width: box.width + 8 + "px", height: Math.max(bottom - top, 0) + 8 + "px"});
    const card = going.card, gap = 12;
    const width = card.offsetWidth, height = card.offsetHeight;
    const spots = [
      [box.left, bottom + gap], [box.left, top - height - gap], [box.right + gap, top], [box.left - width - gap, top],
    ];
    const fits = ([x, y]) => y >= 4 && y + height <= window.innerHeight - 4 && x + width > 8 && x >= 4 - width / 2 && (x <= window.innerWidth - width - 4 || y >= bottom || y + height <= top);
    const [x, y] = spots.find(fits) || [window.innerWidth - width - 16, window.innerHeight - height - 16];
    card.style.left = Math.max(8, Math.min(x, window.innerWidth - width - 8)) + "px";
    card.style.top = Math.max(8, Math.min(y, window.innerHeight - height - 8)) + "px";
  };
  const show = (number) => {
    const all = going.steps;
    going.number = number;
    const [names, title, text] = all[number];
    going.target = found(names);
    if (!going.target) return leave();
    going.title.textContent = title;
    going.text.textContent = text;
    going.count.textContent = upstream.say("{number} of {all}", {number: number + 1, all: all.length});
    going.before.disabled = number === 0;
    going.next.textContent = number === all.length - 1 ? upstream.say("Done") : upstream.say("Next");
    if (going.target.getBoundingClientRect().height < window.innerHeight) going.target.scrollIntoView({block: "nearest"});
    place();
    return going.card.focus();
  };
  const begin = (back) => {
    leave();
    upstream.helpSeen();
    upstream.helpHint();
    const shown = steps().filter(([names]) => found(names));
    if (shown.length === 0) return;
    const card = made("section", "tour-card");
    card.id = "tour";
    card.tabIndex = -1;
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-labelledby", "tour-title");
    card.setAttribute("aria-describedby", "tour-text");
    const title = made("h2", "tour-title"), text = made("p", "tour-text"), count = made("p", "tour-count");
    title.id = "tour-title";
    text.id = "tour-text";
    const button = (words, className, does) => {
      const one = made("button", className, words);
      one.type = "button";
      one.addEventListener("click", does);
      return one;
    };
    const before = button(upstream.say("Back"), "button", () => show(going.number - 1));
    const next = button("", "button is-main", () => going.number === shown.length - 1 ? leave() : show(going.number + 1));
    const row = made("div", "tour-row");
    row.append(count, button(upstream.say("Leave the tour"), "text-button", leave), before, next);
    card.append(title, text, row);
    const ring = made("div", "tour-ring");
    ring.setAttribute("aria-hidden", "true");
    document.body.append(ring, card);
    going = {card: card, ring: ring, title: title, text: text, count: count, before: before, next: next, steps: shown, back: back, number: 0};
    show(0);
  };

  document.addEventListener("keydown", (event) => {
    if (!going || event.key !== "Escape") return;
    event.preventDefault();
    leave();
  });
  window.addEventListener("resize", place);
  document.addEventListener("scroll", place, true);

  const isPossible = () => found(["#kpis"]) !== undefined;
  upstream.tour = {begin: begin, isPossible: isPossible, isUnderWay: () => going !== null};

  /* Somebody came here for the tour from another page. */
  const came = (since) => {
    if (isPossible() && found(["#help"])) {
      window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
      begin(document.getElementById("help"));
    } else if (Date.now() - since < LONGEST) window.setTimeout(came, LOOK, since);
  };
  if (window.location.hash === "#tour") came(Date.now());
})();
