/* Watch: asks for sixty days, then plays them. Play, pause, a day back and on, scrub, speed; with less motion asked
   for, stills of each day. What is settled is also said in words. */
"use strict";

(function () {
  const upstream = window.upstream;
  const element = (id) => document.getElementById(id);
  
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const SETTLED = 450;         // milliseconds without another step before the day is read aloud
  const NAMES = ["nothing", "plan"];

  const JANUARY = 9;           // months are counted from April, with the financial year

  const jobs = upstream.jobs();
  const status = (text) => { element("watch-status").textContent = text; };
  let data = null;
  let scenes = [];
  let time = 0;
  let playing = false;
  let before = 0;
  let speaking = 0;

  const range = document.createElement("input");
  range.type = "range";
  range.min = "0";
  range.step = "1";
  range.id = "watch-scrub";
  range.setAttribute("aria-label", upstream.say("Day"));
  element("watch-range").replaceChildren(range);
  element("watch-month").replaceChildren(...Array.from({length: 12}, (_, month) => new Option(
    upstream.month((3 + month) % 12, "long"), String(month), month === JANUARY, month === JANUARY)));
  const last = () => data.dates.length - 1;

  /* ---- words ---- */

  const held = (day) => Object.keys(day.blocked).filter((name) => day.blocked[name] > 0).map((name) => upstream.say("{count} for {place}", {count: day.blocked[name], place: data.said[name]}));
  const sum = (counts) => Object.values(counts).reduce((whole, each) => whole + each, 0);
  const nowWords = (world) => {
    const number = Math.min(Math.floor(time), last());
    const day = data.worlds[world].days[number];
    const open = data.worlds[world].places.acute[number];
    const full = sum(day.blocked), other = sum(day.delayed);
    const parts = [
      upstream.say("{used} in hospital beds ({open} core beds)", {used: day.occupied.acute || 0, open: open}),
      upstream.say("{count} waiting for one", {count: day.waiting.acute || 0}),
      full ? upstream.say("■ {count} ready to leave and held by a full place ({where})", {count: full, where: held(day).join(", ")}) : upstream.say("■ nobody held by a full place"),
      upstream.say("▲ {count} ready, held for other reasons", {count: other}),
    ];
    return parts.join(" · ");
  };
  const words = () => {
    const day = data.dates[Math.min(Math.floor(time), last())];
    element("watch-day").textContent = day;
    if (range.value !== String(Math.floor(time))) range.value = String(Math.floor(time));
    range.setAttribute("aria-valuetext", day);
    scenes.forEach((_, world) => {
      const where = element("watch-" + NAMES[world] + "-now");
      const text = nowWords(world);
      if (where.textContent !== text) where.textContent = text;
    });
  };
  const aloud = () => {
    window.clearTimeout(speaking);
    speaking = window.setTimeout(() => {
      const titles = scenes.map((_, world) => element("watch-" + NAMES[world] + "-title").textContent + ": " + nowWords(world).replace(/[■▲] /g, "") + ".");
      element("watch-live").textContent = element("watch-day").textContent + ". " + titles.join(" ");
    }, SETTLED);
  };

  /* ---- playing ---- */

  const drawn = (seconds, jump) => {
    const found = scenes.map((scene) => scene.draw(time, seconds, jump));
    words();
    return found;
  };
  const frame = (now) => {
    if (!playing) return;
    const seconds = Math.max(0, Math.min((now - before) / 1000, 0.1));
    before = now;
    time = Math.min(time + seconds * Number(element("watch-speed").value), last());
    drawn(seconds, false);
    if (time >= last()) pause();
    else window.requestAnimationFrame(frame);
  };
  const showPlaying = () => {
    element("watch-play").textContent = playing ? upstream.say("Pause") : upstream.say("Play");
    element("player").dataset.playing = playing ? "yes" : "no";
  };
  const play = () => {
    if (still.matches || !data) return;
    if (time >= last()) { time = 0; drawn(0, true); }
    playing = true;
    before = window.performance.now();
    showPlaying();
    window.requestAnimationFrame(frame);
  };
  const pause = () => {
    playing = false;
    showPlaying();
    drawn(0, true);
    aloud();
  };
  const toggle = () => (playing ? pause() : play());
  const goTo = (day) => {
    if (!data) return;
    if (playing) pause();
    time = Math.max(0, Math.min(day, last()));
    drawn(0, true);
    aloud();
  };
  const calm = () => {
    element("watch-still").hidden = !still.matches;
    element("watch-play").hidden = still.matches;
    element("watch-speeds").hidden = still.matches;
    if (still.matches && playing) pause();
  };

  /* ---- asking ---- */

  const ended = () => {
    element("watch-stop").disabled = true;
    element("watch-ask").disabled = false;
    upstream.bar(element("watch-bar"), undefined);
  };
  const show = (reply) => {
    data = reply.watch;
    element("player").hidden = false;
    element("watch-plan").hidden = data.worlds.length < 2;
    scenes = data.worlds.map((_, world) => upstream.scene(data, world, element("watch-" + NAMES[world] + "-drawing")));
    element("watch-says").innerHTML = reply.html;
    element("watch-table").innerHTML = reply.table;
    range.max = String(last());
    time = 0;
    playing = false;
    showPlaying();
    drawn(0, true);
    element("player").dataset.days = String(last());
  };
  const told = (reply) => {
    if (reply.status === "waiting" || reply.status === "running") {
      status(reply.words);
      upstream.bar(element("watch-bar"), reply.share || 0);
      return;
    }
    ended();
    status(reply.words);
    if (reply.status === "done") show(reply);
  };
  const ask = () => {
    if (playing) pause();
    const month = 12 * Number(element("watch-year").value) + Number(element("watch-month").value);
    element("watch-stop").disabled = false;
    element("watch-ask").disabled = true;
    jobs.watch({kind: "watch", link: document.querySelector("[data-link]").dataset.link, month: month}, told);
  };

  element("watch-ask").addEventListener("click", ask);
  element("watch-stop").addEventListener("click", () => jobs.leave());
  element("watch-play").addEventListener("click", toggle);
  element("watch-back").addEventListener("click", () => goTo(Math.ceil(time) - 1));
  element("watch-on").addEventListener("click", () => goTo(Math.floor(time) + 1));
  range.addEventListener("input", () => goTo(Number(range.value)));
  element("player").addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || target.tagName === "SELECT" || target.closest(".term")) return;
    const own = target === range;
    const does = {
      " ": target.tagName === "BUTTON" ? null : toggle,
      ArrowRight: own ? null : () => goTo(Math.floor(time) + 1),
      ArrowLeft: own ? null : () => goTo(Math.ceil(time) - 1),
      Home: own ? null : () => goTo(0),
      End: own ? null : () => goTo(last()),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
  still.addEventListener("change", calm);
  upstream.theme.told(() => { scenes.forEach((scene) => scene.recolour()); if (data) drawn(0, true); });
  window.addEventListener("resize", () => { scenes.forEach((scene) => scene.resize()); if (data) drawn(0, true); });
  calm();
  ask();
})();
