/* Dialogs of the browser itself, made when they are first opened, and what they share: making elements, asking the
   server, saving files. Nothing here is known to Dash. */
"use strict";

(function () {
  const upstream = window.upstream;
  const NO_REPLY = upstream.mark("No reply from the server. Nothing was changed; try again.");
  const FAILED = upstream.mark("The server could not do this. Nothing was changed; try again.");
  const AGAIN = 1500;          // milliseconds between tries while an answer is still worked out
  const MOST = 80;             // tries

  /* make("p", {class: "x", text: "words"}, child, ...): texts are only ever texts. */
  upstream.make = (tag, given, ...inside) => {
    const element = document.createElement(tag);
    for (const name in given) {
      if (name === "text") element.textContent = given.text;
      else if (name.startsWith("on")) element.addEventListener(name.slice(2), given[name]);
      else if (given[name] !== false && given[name] !== null) element.setAttribute(name, given[name] === true ? "" : given[name]);
    }
    element.append(...inside.filter((each) => each !== null));
    return element;
  };
  const make = upstream.make;
  upstream.button = (text, does, more) => make("button", Object.assign({type: "button", class: "button", text: text, onclick: does}, more));

  /* A dialog with its title, a way out, and a line that is read aloud. */
  upstream.dialog = (id, title) => {
    const status = make("p", {class: "sheet-status", role: "status"});
    const body = make("div", {class: "sheet-body"});
    const close = make("button", {type: "button", class: "text-button", text: upstream.say("Close"), onclick: () => dialog.close()});
    const heading = make("h2", {id: id + "-title", text: title});
    const dialog = make("dialog", {id: id, class: "sheet", "aria-labelledby": id + "-title"}, make("div", {class: "sheet-head"}, heading, close), status, body);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    const say = (text, ...more) => { status.replaceChildren(text, ...more); };
    return {element: dialog, body: body, say: say, open: () => { say(""); dialog.showModal(); }};
  };

  /* Promises what came; breaks with {status, fault, faults}, where the fault is a sentence. */
  upstream.send = (method, address, body) => {
    const how = {method: method, cache: "no-store"};
    if (body !== undefined) Object.assign(how, {headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
    return window.fetch(address, how).then(
      (reply) => {
        if (reply.status === 204) return {};
        const failed = () => ({fault: upstream.say(FAILED)});
        return reply.json().catch(failed).then((said) => {
          if (reply.ok && !said.fault) return said;
          return Promise.reject(Object.assign(failed(), said, {status: reply.status}));
        });
      },
      () => Promise.reject({status: 0, fault: upstream.say(NO_REPLY)}),
    );
  };

  upstream.saveAs = (address, name) => {
    const way = make("a", {href: address, download: name});
    document.body.append(way);
    way.click();
    way.remove();
  };
  /* A file from the server; while its answer is still worked out it is asked for again. `told` hears sentences. */
  upstream.fetchFile = (address, told, tries) => window.fetch(address, {cache: "no-store"}).then(
    (reply) => {
      if (reply.ok) {
        const name = /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition") || "");
        return reply.blob().then((file) => {
          const where = URL.createObjectURL(file);
          upstream.saveAs(where, name ? name[1] : "upstream");
          window.setTimeout(() => URL.revokeObjectURL(where), 60000);
          told(upstream.say("Saved as {name}.", {name: name ? name[1] : "upstream"}));
        });
      }
      return reply.json().catch(() => ({fault: upstream.say(FAILED)})).then((said) => {
        told(said.fault);
        if (reply.status !== 409 || (tries || 0) >= MOST) return undefined;
        return new Promise((go) => { window.setTimeout(go, AGAIN); }).then(() => upstream.fetchFile(address, told, (tries || 0) + 1));
      });
    },
    () => told(upstream.say(NO_REPLY)),
  );
  upstream.copy = (text, told) => {
    const no = () => told(upstream.say("The browser does not allow copying here. Mark the link and copy it by hand."));
    if (!navigator.clipboard) return no();
    return navigator.clipboard.writeText(text).then(() => told(upstream.say("Copied.")), no);
  };
})();
