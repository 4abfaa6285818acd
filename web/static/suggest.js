// Suggestions below the search box: an ARIA combobox with a list of its own (WAI-ARIA Authoring Practices, «list autocomplete with
// manual selection»). The page works without it; all its words come from the server.
"use strict";

(() => {
  const input = document.getElementById("q");
  const address = input && input.dataset.suggest;
  if (!address) return;

  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "spoken";
  said.setAttribute("role", "status");
  input.after(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  const wait = 120; // milliseconds of rest before the server is asked
  let timer = 0, asking = null, found = [], at = -1;

  const shut = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    at = -1;
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (i) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = i;
    const one = list.children[at];
    if (!one) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    one.setAttribute("aria-selected", "true");
    one.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", one.id);
  };

  const choose = (i) => {
    const one = found[i];
    shut();
    if (one.kind === "word") {
      input.value = one.q;
      input.form.requestSubmit();
    } else {
      location.assign(one.url);
    }
  };

  const draw = (answer) => {
    found = answer.suggestions;
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map((one, i) => {
      const option = document.createElement("li");
      option.id = "suggestion-" + i;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const label = document.createElement("b");
      label.textContent = one.label;
      if (one.lang) label.lang = one.lang;
      const about = document.createElement("small");
      about.textContent = one.said;
      option.append(label, " ", about);
      option.addEventListener("mousedown", (e) => e.preventDefault()); // the box keeps the focus
      option.addEventListener("click", () => choose(i));
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = answer.said;
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const r = await fetch(address + "?" + new URLSearchParams({ q: input.value, hl: document.documentElement.lang }), { signal: asking.signal });
      if (r.ok) draw(await r.json());
    } catch {
      // The reader typed on, or the server is away: the box is a box.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) {
      shut();
      return;
    }
    timer = setTimeout(ask, wait);
  });

  input.addEventListener("keydown", (e) => {
    const n = found.length;
    if (e.isComposing || list.hidden || n === 0) return;
    const to = { ArrowDown: at + 1 >= n ? -1 : at + 1, ArrowUp: at < 0 ? n - 1 : at - 1 }[e.key];
    if (to !== undefined) {
      mark(to);
    } else if (e.key === "Escape") {
      shut();
    } else {
      return;
    }
    e.preventDefault();
  });

  input.form.addEventListener("submit", (e) => {
    if (at < 0) return;
    e.preventDefault();
    choose(at);
  });

  input.addEventListener("blur", shut);
})();
