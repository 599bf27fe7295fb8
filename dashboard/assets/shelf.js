/* Scenarios: keep the question as it stands, find and open what was kept, trade scenarios as files. What was typed
   stays until it is kept; what is deleted can be put back. */
"use strict";

(function () {
  const upstream = window.upstream;
  const make = upstream.make;
  const button = upstream.button;
  const say = upstream.say;
  const PAGE = 50;             // scenarios listed at a time
  const PAUSE = 250;           // milliseconds of rest in typing before it is searched
  const LARGEST = 100000;      // bytes of a file at most: the server says the exact rule of what is smaller
  const OTHER_MODEL = upstream.mark("It was kept with another version of the model, so its numbers may differ from those of that day.");
  const OTHER_DATA = upstream.mark("The numbers behind the model have changed since it was kept, so its results may differ from those of that day.");

  let sheet = null;            // the dialog, once it was opened
  let parts = {};
  let listed = [];
  let opened = null;           // the kept scenario that the page was opened from
  let asked = 0;
  let waits = 0;
  let told = "";               // a sentence for the page, with what it will say of the link

  /* ---- the question of the page ---- */

  /* Dash takes a link for news only if it is another text than before. */
  let turn = false;
  upstream.open = (link, sentence) => {
    told = sentence;
    turn = !turn;
    window.history.pushState(null, "", upstream.look.address(link));
    window.dash_clientside.set_props("search", {data: (turn ? "?" : "??") + link});
  };
  const notice = upstream.notice;
  upstream.notice = (sentences) => {
    notice(told ? [told].concat(sentences) : sentences);
    told = "";
  };

  /* ---- the list ---- */

  const failed = (problem) => sheet.say(problem.fault);
  const load = (more) => {
    const turnOf = asked += 1;
    const query = new URLSearchParams({most: PAGE, skip: more ? listed.length : 0, search: parts.search.value.slice(0, 120)});
    return upstream.send("GET", "/shelf?" + query).then(
      (found) => {
        if (turnOf !== asked) return;
        listed = more ? listed.concat(found.scenarios) : found.scenarios;
        draw(found.total);
      },
      (problem) => {
        if (turnOf !== asked) return;
        parts.list.replaceChildren();
        parts.count.textContent = problem.fault;
        parts.more.replaceChildren(button(say("Try again"), () => load()));
      },
    );
  };
  const draw = (total) => {
    const none = parts.search.value.trim() ? say("No kept scenario has these words.") : say("Nothing is kept yet.");
    const count = upstream.several("{count} scenario", "{count} scenarios", total, {count: total});
    parts.count.textContent = total === 0 ? none : count;
    parts.list.replaceChildren(...listed.map(row));
    parts.more.replaceChildren(...(listed.length < total ? [button(say("Show more"), () => load(true))] : []));
  };
  const clock = new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit"});
  const when = (text) => upstream.day(new Date(text), "short") + ", " + clock.format(new Date(text));
  const row = (kept) => {
    const place = make("li", {class: "kept", "data-number": kept.number});
    show(place, kept);
    return place;
  };
  const show = (place, kept, focus) => {
    const named = {"aria-label": say("Open {name}", {name: kept.name})};
    const small = (text, does, key) => button(text, does, {class: "text-button", "data-do": key, "aria-label": text + ": " + kept.name});
    place.replaceChildren(
      make("div", {class: "kept-head"}, make("strong", {class: "kept-name", text: kept.name}), button(say("Open"), () => open(kept), named)),
      make("p", {class: "kept-about", text: kept.about}),
      kept.note ? make("p", {class: "kept-note", text: kept.note}) : "",
      make("p", {class: "kept-when"}, say("Changed {when}", {when: when(kept.changed)}), kept.same_model ? "" : make("span", {class: "kept-other", text: say("other model version"), title: say(OTHER_MODEL)})),
      make("div", {class: "kept-ways"},
        small(say("Rename"), () => edit(place, kept), "edit"),
        small(say("Replace"), () => sure(place, kept, "replace", say("Put what is on the page in place of \u201c{name}\u201d?", {name: kept.name}), say("Replace it"), () => replace(kept))),
        small(say("Copy link"), () => upstream.copy(window.location.origin + "/?" + kept.link, sheet.say), "link"),
        small(say("Save as file"), () => upstream.fetchFile("/shelf/" + kept.number + "/scenario.yaml", sheet.say), "file"),
        small(say("Delete"), () => sure(place, kept, "delete", say("Delete \u201c{name}\u201d, for everybody who uses this dashboard?", {name: kept.name}), say("Delete it"), () => drop(kept)), "delete")),
    );
    if (focus) place.querySelector("[data-do='" + focus + "']").focus();
  };
  const sure = (place, kept, key, question, yes, does) => {
    const no = button(say("Leave it"), () => show(place, kept, key === "delete" ? "delete" : "edit"));
    place.replaceChildren(make("p", {text: question}), make("div", {class: "sheet-row"}, button(yes, does, {class: "button is-main"}), no));
    no.focus();
  };

  /* ---- what one does with a kept scenario ---- */

  const open = (kept) => upstream.send("GET", "/shelf/" + kept.number).then((now) => {
    const other = now.same_numbers ? "" : " " + say(now.same_model ? OTHER_DATA : OTHER_MODEL);
    opened = now;
    sheet.element.close();
    upstream.open(now.link, say("Opened \u201c{name}\u201d.", {name: now.name}) + other);
  }, (problem) => { failed(problem); return load(); });

  const replace = (kept) => upstream.send("PUT", "/shelf/" + kept.number, {revision: kept.revision, link: upstream.link()}).then((now) => {
    opened = now;
    sheet.say(say("\u201c{name}\u201d is now what is on the page.", {name: now.name}));
    return load();
  }, (problem) => { failed(problem); return load(); });

  const drop = (kept) => upstream.send("DELETE", "/shelf/" + kept.number + "?revision=" + kept.revision).then(() => {
    const back = button(say("Put it back"), () => putBack(kept));
    sheet.say(say("Deleted \u201c{name}\u201d.", {name: kept.name}) + " ", back);
    back.focus();
    return load();
  }, (problem) => { failed(problem); return load(); });

  /* As it was; if the server has forgotten it, as the page knows it. */
  const putBack = (kept) => upstream.send("POST", "/shelf/" + kept.number + "/back")
    .catch((problem) => problem.status === 404 ? upstream.send("POST", "/shelf", {name: kept.name, note: kept.note, link: kept.link}) : Promise.reject(problem))
    .then((now) => {
      sheet.say(say("\u201c{name}\u201d is back.", {name: now.name}));
      return load();
    }, (problem) => sheet.say(problem.fault + " ", button(say("Put it back"), () => putBack(kept))));

  const fields = (name, note) => [
    make("label", {class: "sheet-label"}, say("Name"), make("input", {name: "name", required: true, autocomplete: "off", value: name})),
    make("label", {class: "sheet-label"}, say("Note"), make("textarea", {name: "note", rows: 2, text: note})),
  ];
  const edit = (place, kept) => {
    let seen = kept;
    const submit = (event) => {
      event.preventDefault();
      const given = {revision: seen.revision, name: form.elements.name.value, note: form.elements.note.value};
      upstream.send("PUT", "/shelf/" + kept.number, given).then(
        (now) => {
          Object.assign(kept, now);
          show(place, kept, "edit");
          sheet.say(say("Changed."));
        },
        (problem) => problem.status === 409 ? look(problem) : failed(problem),
      );
    };
    /* Somebody else was quicker: what they wrote is shown, and what was typed here stays. */
    const look = (problem) => upstream.send("GET", "/shelf/" + kept.number).then((now) => {
      if (now.revision === seen.revision) return failed(problem);
      seen = now;
      return sheet.say(problem.fault + " " + say("It is now called \u201c{name}\u201d. Press Save again to put yours in its place.", {name: now.name}));
    }, failed);
    const no = button(say("Leave it"), () => show(place, kept, "edit"));
    const form = make("form", {class: "sheet-form", onsubmit: submit}, ...fields(kept.name, kept.note), make("div", {class: "sheet-row"}, make("button", {class: "button is-main", text: say("Save")}), no));
    place.replaceChildren(form);
    form.elements.name.focus();
  };

  /* ---- keep ---- */

  const keep = (event) => {
    event.preventDefault();
    const form = parts.form.elements;
    const given = {name: form.name.value, note: form.note.value, link: upstream.link()};
    upstream.send("POST", "/shelf", given).then(
      (now) => {
        form.name.value = form.note.value = "";
        opened = now;
        sheet.say(say("Kept as \u201c{name}\u201d.", {name: now.name}));
        parts.search.value = "";
        return load();
      },
      (problem) => problem.status === 409 ? taken(problem, given) : failed(problem),
    );
  };
  const plain = (name) => name.trim().replace(/\s+/g, " ").normalize("NFKC").toLowerCase();
  const taken = (problem, given) => upstream.send("GET", "/shelf?" + new URLSearchParams({search: given.name.trim()})).then((found) => {
    const kept = found.scenarios.find((each) => plain(each.name) === plain(given.name));
    if (!kept) return failed(problem);
    const instead = () => upstream.send("PUT", "/shelf/" + kept.number, {revision: kept.revision, link: given.link, note: given.note || kept.note}).then((now) => {
      parts.form.reset();
      opened = now;
      sheet.say(say("\u201c{name}\u201d is now what is on the page.", {name: now.name}));
      return load();
    }, failed);
    return sheet.say(problem.fault + " ", button(say("Put this in its place"), instead));
  }, () => failed(problem));
  /* Offered only where the page differs from what was opened. */
  const again = (link) => {
    const same = opened === null || link === undefined || link === opened.link;
    parts.again.replaceChildren(...(same ? [] : [button(say("Keep the changes in \u201c{name}\u201d", {name: opened.name}), () => replace(opened).then(() => again()))]));
  };

  /* ---- a scenario file ---- */

  const take = (file) => {
    parts.faults.replaceChildren();
    if (!file) return undefined;
    if (file.size > LARGEST) return sheet.say(say("\u201c{name}\u201d is too large to be a scenario file.", {name: file.name}));
    return file.text().then((text) => upstream.send("POST", "/shelf/open", {file: text})).then(
      (found) => {
        parts.form.elements.name.value = found.name;
        parts.form.elements.note.value = found.note;
        opened = null;
        again();
        upstream.open(found.link, say("Opened \u201c{name}\u201d from a file.", {name: found.name}));
        sheet.say(say("\u201c{name}\u201d is on the page. It is not kept yet: press Keep.", {name: found.name}));
        parts.form.querySelector("button").focus();
      },
      (problem) => {
        const line = (each) => (each.line ? say("Line {line}: {words}", {line: each.line, words: each.says}) : each.says);
        failed(problem.fault ? problem : {fault: say("\u201c{name}\u201d could not be read.", {name: file.name})});
        parts.faults.replaceChildren(...(problem.faults || []).map((each) => make("li", {text: line(each)})));
        parts.zone.scrollIntoView({block: "start"});
      },
    );
  };
  const drops = {
    dragover: (event) => { event.preventDefault(); parts.zone.classList.add("is-over"); },
    dragleave: () => parts.zone.classList.remove("is-over"),
    drop: (event) => {
      event.preventDefault();
      parts.zone.classList.remove("is-over");
      take(event.dataTransfer.files[0]);
    },
  };

  /* ---- the dialog ---- */

  const build = () => {
    sheet = upstream.dialog("shelf", say("Scenarios"));
    const search = () => { window.clearTimeout(waits); waits = window.setTimeout(load, PAUSE); };
    const file = make("input", {type: "file", accept: ".yaml,.yml,text/yaml", onchange: (event) => { take(event.target.files[0]); event.target.value = ""; }});
    parts = {
      about: make("p", {class: "kept-about"}),
      again: make("span", {}),
      search: make("input", {type: "search", maxlength: 120, oninput: search}),
      count: make("p", {class: "kept-count", role: "status"}),
      list: make("ul", {class: "kept-list"}),
      more: make("div", {}),
      faults: make("ol", {class: "kept-faults"}),
    };
    parts.form = make("form", {class: "sheet-form", onsubmit: keep}, ...fields("", ""), make("div", {class: "sheet-row"}, make("button", {class: "button is-main", text: say("Keep")}), parts.again));
    parts.zone = make("label", {class: "kept-zone"}, say("Choose a scenario file, or drop it here"), file);
    for (const name in drops) parts.zone.addEventListener(name, drops[name]);
    sheet.body.append(
      make("section", {}, make("h3", {text: say("Keep what is on the page")}), parts.about, parts.form),
      make("section", {}, make("h3", {text: say("Kept scenarios")}), make("label", {class: "sheet-label"}, say("Search names and notes"), parts.search), parts.count, parts.list, parts.more),
      make("section", {}, make("h3", {text: say("From a file")}), parts.zone, parts.faults),
    );
  };
  const begin = () => {
    if (sheet === null) build();
    again();
    parts.about.textContent = parts.count.textContent = "";
    sheet.open();
    upstream.send("GET", "/download/about?" + upstream.link()).then((about) => {
      parts.about.textContent = about.title;
      again(about.link);
    }, () => undefined);
    load();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("#scenarios") && upstream.link && upstream.link() !== null) begin();
  });
})();
