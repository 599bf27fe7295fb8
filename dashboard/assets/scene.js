/* People of one locality as dots: which place each holds, where it is drawn at a time, and the drawing itself. Shape and
   colour of a mark say the same: circle in a place, ring waiting, square held by a full place, triangle held for other
   reasons, diamond somebody whom the plan spares. */
"use strict";

(function () {
  const upstream = window.upstream;
  const WAITS = 0, STAYS = 1, DELAYED = 2, BLOCKED = 3, LEFT = 4;
  const HOSPITAL = "acute";
  const WIDE = 760;            // pixels from which on everything stands in one row
  const GONE = 0.5;            // days for which somebody who left is still seen going
  const SMALL = 2.6;           // radius in pixels below which a shape cannot be told
  const HASTE = 9;             // how fast dots move to where they belong, each second

  /* Places of a kind by number: the lowest free one is taken. */
  const numbered = () => {
    const free = [];
    let used = 0;
    return {
      take: () => {
        if (free.length === 0) return used++;
        let lowest = 0;
        for (let each = 1; each < free.length; each += 1) if (free[each] < free[lowest]) lowest = each;
        return free.splice(lowest, 1)[0];
      },
      giveUp: (place) => free.push(place),
      most: () => used,
    };
  };

  /* The people of one world, with the number of every place they hold. */
  upstream.peopleOf = (data, world) => {
    const people = data.ways.filter((way) => way[1] & (1 << world)).map((way) => {
      const person = {spared: way[2] === 1, times: [], what: [], at: [], slot: [], now: -1, x: NaN, y: NaN};
      for (let part = 3; part < way.length; part += 2) {
        const code = way[part + 1];
        person.times.push(way[part] / 100);
        person.what.push(code & 7);
        person.at.push(data.places[(code >> 3) & 31]);
        person.slot.push(-1);
      }
      return person;
    });
    const holds = (what) => what === STAYS || what === DELAYED || what === BLOCKED;
    const moves = [];
    for (const person of people) {
      for (let step = 0; step < person.times.length; step += 1) {
        const had = step > 0 && holds(person.what[step - 1]);
        const has = holds(person.what[step]);
        const same = had && has && person.at[step] === person.at[step - 1];
        if (had && !same) moves.push([person.times[step], 0, person, step]);
        if (has && !same) moves.push([person.times[step], 1, person, step]);
      }
    }
    moves.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const stations = {};
    const station = (name) => stations[name] = stations[name] || numbered();
    for (const [, takes, person, step] of moves) {
      if (takes === 0) {
        let held = step - 1;
        while (person.slot[held] < 0) held -= 1;
        station(person.at[held]).giveUp(person.slot[held]);
      } else person.slot[step] = station(person.at[step]).take();
    }
    for (const person of people) {
      for (let step = 1; step < person.times.length; step += 1) {
        if (person.slot[step] < 0 && holds(person.what[step])) person.slot[step] = person.slot[step - 1];
      }
    }
    const most = {};
    for (const name in stations) most[name] = stations[name].most();
    return {people: people, most: most};
  };

  /* ---- where things stand ---- */

  const cellsFor = (box, count) => {
    box.w = Math.max(box.w, 8);
    box.h = Math.max(box.h, 8);
    let size = Math.min(16, Math.floor(Math.sqrt(box.w * box.h / Math.max(count, 1))));
    while (size > 2 && Math.floor(box.w / size) * Math.floor(box.h / size) < count) size -= 0.5;
    const columns = Math.max(1, Math.floor(box.w / size));
    return {size: size, columns: columns, at: (slot) => [box.x + (slot % columns + 0.5) * size, box.y + (Math.floor(slot / columns) + 0.5) * size],
      room: columns * Math.max(1, Math.floor(box.h / size))};
  };

  /* Room for those in place and for those who wait: below one another, or side by side where that would be too low. */
  const besides = (box) => {
    if (box.h < 60) return [{...box, w: box.w * 0.62}, {...box, x: box.x + box.w * 0.68, w: box.w * 0.32}];
    const strip = Math.min(box.h * 0.28, 40);
    return [{...box, h: box.h - strip}, {...box, y: box.y + box.h - strip + 6, h: strip - 6}];
  };

  const layOut = (width, needs) => {
    const wide = width >= WIDE;
    const gap = 14, head = 34, largest = 16;
    const bedsTall = head + Math.ceil((needs.places[HOSPITAL] || 0) / Math.max(1, Math.floor((0.72 * width - gap) / largest))) * largest;
    const first = Math.max(150, Math.min(210, bedsTall));   // narrow: no taller than the beds in it need
    const row = wide ? Math.max(176, Math.min(320, (window.innerHeight - 430) / 2)) : 210;
    const boxes = {};
    const put = (names, x, y, w, h) => {
      const each = h / names.length;
      names.forEach((name, index) => { boxes[name] = {x: x, y: y + index * each, w: w - gap, h: each - 4}; });
    };
    const part = (share) => share * (width + gap);
    if (wide) {
      put(["door", "spared"], 0, 0, part(0.13), row);
      put([HOSPITAL], part(0.13), 0, part(0.3), row);
      put(["p1", "p2", "p3"], part(0.43), 0, part(0.17), row);
      put(["home_care"], part(0.6), 0, part(0.21), row);
      put(["care_home"], part(0.81), 0, part(0.19), row);
    } else {
      put(["door", "spared"], 0, 0, part(0.28), first);
      put([HOSPITAL], part(0.28), 0, part(0.72), first);
      put(["p1", "p2", "p3"], 0, first, part(0.34), row);
      put(["home_care"], part(0.34), first, part(0.35), row);
      put(["care_home"], part(0.69), first, part(0.31), row);
    }
    const regions = {};
    for (const name in boxes) {
      const box = boxes[name];
      const inside = {x: box.x, y: box.y + head, w: box.w, h: Math.max(box.h - head, 12)};
      const queued = needs.waiting[name] || 0;
      const [held, line] = name !== HOSPITAL && needs.places[name] !== undefined && queued ? besides(inside) : [inside, null];
      const cells = cellsFor(held, needs.places[name] || needs.waiting[name] || 1);
      regions[name] = {box: box, cells: cells, line: line ? cellsFor(line, queued) : null};
    }
    return {regions: regions, height: (wide ? row : first + row) + 6};
  };

  /* ---- the drawing ---- */

  const colours = () => {
    const style = window.getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue("--watch-" + name).trim();
    return {stays: of("stays"), blocked: of("blocked"), delayed: of("delayed"), spared: of("spared"), waits: of("waits"), free: of("free"),
      ink: style.getPropertyValue("--ink").trim(), soft: style.getPropertyValue("--ink-soft").trim()};
  };

  const MARKS = {
    stays: (pen, x, y, r) => { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 2 * Math.PI); },
    waits: (pen, x, y, r) => { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 2 * Math.PI); },
    blocked: (pen, x, y, r) => pen.rect(x - r, y - r, 2 * r, 2 * r),
    delayed: (pen, x, y, r) => { pen.moveTo(x, y - 1.15 * r); pen.lineTo(x + 1.15 * r, y + r); pen.lineTo(x - 1.15 * r, y + r); pen.closePath(); },
    spared: (pen, x, y, r) => { pen.moveTo(x, y - 1.4 * r); pen.lineTo(x + 1.4 * r, y); pen.lineTo(x, y + 1.4 * r); pen.lineTo(x - 1.4 * r, y); pen.closePath(); },
    unborn: (pen, x, y, r) => MARKS.spared(pen, x, y, r),
    free: (pen, x, y, r) => pen.fillRect(x - r / 3, y - r / 3, r / 1.5, r / 1.5),
  };

  /* How many dots each part must have room for, in whichever world it is fullest: both are laid out alike. */
  const needsOf = (data) => {
    const most = (read) => Math.ceil(Math.max(...data.worlds.map((world) => Math.max(...world.days.map((day) => read(day) || 0)))) / data.oneIn * 1.25);
    const needs = {places: {}, waiting: {door: most((day) => day.waiting[HOSPITAL]), spared: Math.max(data.spared / data.oneIn, 12)}};
    for (const name in data.labels) {
      const open = Math.max(...data.worlds.map((world) => Math.max(...world.places[name]))) / data.oneIn;
      needs.places[name] = Math.max(most((day) => day.occupied[name]) / 1.25, Math.ceil(open)) * (data.oneIn > 1 ? 1.25 : 1);
      if (name !== HOSPITAL) needs.waiting[name] = most((day) => day.waiting[name]);
    }
    return needs;
  };

  /* Marks of one kind: small ones as rectangles, which some thousands of can be drawn many times a second. */
  const paint = (pen, kind, marks, ink) => {
    const outline = kind === "waits" || kind === "unborn";
    pen.fillStyle = pen.strokeStyle = ink;
    pen.lineWidth = 1.3;
    pen.beginPath();
    for (const [x, y, r] of marks) {
      if (r >= SMALL || kind === "free") MARKS[kind](pen, x, y, outline ? r - 0.4 : r);
      else if (outline) pen.fillRect(x - r / 1.5, y - r / 1.5, r * 4 / 3, r * 4 / 3);
      else pen.fillRect(x - r, y - r, 2 * r, 2 * r);
    }
    if (outline) pen.stroke();
    else pen.fill();
  };

  /* scene(data, world, canvas): draw(time, seconds since the last drawing, whether to jump). */
  upstream.scene = (data, world, canvas) => {
    const made = upstream.peopleOf(data, world);
    const days = data.worlds[world].days;
    const places = data.worlds[world].places;
    const share = data.oneIn;
    const needs = needsOf(data);
    const missing = data.ways.filter((way) => way[2] === 1).map((way) => way[3] / 100).sort((one, other) => one - other);
    let laid = null;
    let colour = colours();

    const size = () => {
      const width = canvas.clientWidth || canvas.parentElement.clientWidth;
      laid = layOut(width, needs);
      const ratio = window.devicePixelRatio || 1;
      canvas.style.height = laid.height + "px";
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(laid.height * ratio);
      canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    };

    const stepAt = (person, time) => {
      let now = person.now;
      if (now >= person.times.length || (now >= 0 && person.times[now] > time)) now = -1;
      while (now + 1 < person.times.length && person.times[now + 1] <= time) now += 1;
      person.now = now;
      return now;
    };
    const queuePlace = (name, rank) => {
      const region = name === HOSPITAL ? laid.regions.door.cells : laid.regions[name].line || laid.regions[name].cells;
      return rank < region.room ? [...region.at(rank), region.size] : null;
    };
    const exit = (box, how) => how === "died" || how === "gave_up" ? [box.x + box.w / 2, box.y + box.h + 12, 6] : [box.x + box.w + 6, box.y + 10, 6];

    /* Who is where, by kind of mark: [x, y, radius]. */
    const gather = (time, seconds, jump) => {
      const drawn = {free: [], stays: [], waits: [], blocked: [], delayed: [], spared: [], unborn: []};
      const lines = {};
      const ease = jump ? 1 : 1 - Math.exp(-HASTE * seconds);
      const go = (person, kind, target) => {
        if (!target) { person.x = NaN; return; }
        if (Number.isNaN(person.x) || jump) [person.x, person.y] = target;
        person.x += (target[0] - person.x) * ease;
        person.y += (target[1] - person.y) * ease;
        drawn[kind].push([person.x, person.y, Math.max(target[2] * 0.4, 1.2)]);
      };
      const taken = {};
      for (const person of made.people) {
        const step = stepAt(person, time);
        if (step < 0) { person.x = NaN; continue; }
        const what = person.what[step], name = person.at[step];
        if (what === WAITS) {
          (lines[name] = lines[name] || []).push(person);
        } else if (what === LEFT) {
          const from = laid.regions[step > 0 ? person.at[step - 1] : HOSPITAL];
          if (time - person.times[step] > GONE || jump) person.x = NaN;
          else go(person, person.spared ? "spared" : "stays", exit((from || laid.regions[HOSPITAL]).box, name));
        } else {
          const cells = laid.regions[name].cells;
          (taken[name] = taken[name] || new Set()).add(person.slot[step]);
          const kind = person.spared ? "spared" : what === STAYS ? "stays" : what === BLOCKED ? "blocked" : "delayed";
          go(person, kind, [...cells.at(person.slot[step]), cells.size]);
        }
      }
      for (const name in lines) {
        lines[name].sort((one, other) => one.times[one.now] - other.times[other.now]);
        lines[name].forEach((person, rank) => {
          if (Number.isNaN(person.x) && !jump) [person.x, person.y] = [0, laid.regions.door.box.y + 20];
          go(person, person.spared ? "spared" : "waits", queuePlace(name, rank));
        });
      }
      const day = Math.min(Math.floor(time), days.length - 1);
      for (const name in places) {
        const cells = laid.regions[name].cells, held = taken[name];
        for (let slot = 0; slot < places[name][day] / share; slot += 1) {
          if (!held || !held.has(slot)) drawn.free.push([...cells.at(slot), Math.max(cells.size * 0.4, 1.2)]);
        }
      }
      if (world === 1) {
        missing.filter((came) => came <= time).forEach((_, rank) => {
          const cells = laid.regions.spared.cells;
          if (rank < cells.room) drawn.unborn.push([...cells.at(rank), Math.max(Math.min(cells.size, 12) * 0.36, 2)]);
        });
      }
      return drawn;
    };

    const write = (pen, text, box, line, font, ink) => {
      pen.font = font + " Arial, 'DejaVu Sans', sans-serif";
      pen.fillStyle = ink;
      let shown = text;
      while (shown.length > 4 && pen.measureText(shown).width > box.w) shown = shown.slice(0, -2).trimEnd() + "…";
      pen.fillText(shown, box.x, box.y + line);
    };
    const label = (pen, time) => {
      const day = days[Math.min(Math.floor(time), days.length - 1)];
      const at = Math.min(Math.floor(time), days.length - 1);
      for (const name in places) {
        const box = laid.regions[name].box;
        write(pen, data.labels[name], box, 13, "bold 12px", colour.ink);
        const waits = name === HOSPITAL ? 0 : day.waiting[name] || 0;
        const held = name === HOSPITAL ? 0 : (day.blocked[name] || 0);
        const numbers = upstream.say("{used} of {places}", {used: day.occupied[name] || 0, places: places[name][at]});
        const more = (waits ? ", " + upstream.say("{count} wait", {count: waits}) : "") + (held ? ", ■ " + upstream.say("{count} in hospital", {count: held}) : "");
        write(pen, numbers + more, box, 27, "11.5px", held ? colour.blocked : colour.soft);
      }
      write(pen, upstream.say("Waiting for a bed"), laid.regions.door.box, 13, "bold 12px", colour.ink);
      write(pen, String(day.waiting[HOSPITAL] || 0), laid.regions.door.box, 27, "11.5px", colour.soft);
      if (world === 1) {
        write(pen, upstream.say("Did not come"), laid.regions.spared.box, 13, "bold 12px", colour.ink);
        const so = missing.filter((came) => came <= time).length;
        write(pen, upstream.say("{count} so far", {count: so}), laid.regions.spared.box, 27, "11.5px", colour.soft);
      }
    };

    const draw = (time, seconds, jump) => {
      if (!laid) size();
      const pen = canvas.getContext("2d");
      pen.clearRect(0, 0, canvas.clientWidth, laid.height);
      const drawn = gather(time, seconds, jump);
      for (const kind in drawn) paint(pen, kind, drawn[kind], colour[kind === "unborn" ? "spared" : kind]);
      label(pen, time);
      return {drawn: drawn};
    };
    return {draw: draw, resize: () => { laid = null; }, recolour: () => { colour = colours(); }, people: made.people};
  };
})();
