"use strict";
// The pages say everything in every language; this hides those that the reader has
// not chosen, and remembers the choice where the browser lets it.

const language = (() => {
  const all = Object.keys(words);
  let now = "";

  function kept() {
    try { return localStorage.getItem("fonds.language"); } catch (_) { return null; }
  }

  function keep(tag) {
    try { localStorage.setItem("fonds.language", tag); } catch (_) { /* it is asked for again on the next page */ }
  }

  // match is the language that we have for one that is asked for, or "".
  function match(asked) {
    const main = String(asked || "").toLowerCase().split("-")[0];
    return all.find((tag) => tag.toLowerCase().split("-")[0] === main) || "";
  }

  function first() {
    const asked = [new URLSearchParams(location.search).get("lang"), kept(), ...(navigator.languages || []), navigator.language];
    return asked.map(match).find((tag) => tag) || all[0];
  }

  function attributes() {
    for (const e of document.querySelectorAll("[data-say]")) {
      const said = e.getAttribute("data-" + now.toLowerCase());
      if (e.dataset.say === "text") e.textContent = said;
      else e.setAttribute(e.dataset.say, said);
    }
    for (const b of document.querySelectorAll("[data-language]:not(html)")) {
      b.setAttribute("aria-pressed", String(b.dataset.language === now));
    }
  }

  function use(tag) {
    now = tag;
    document.documentElement.lang = tag;
    document.documentElement.dataset.language = tag;
    attributes();
    document.dispatchEvent(new Event("language"));
  }

  use(first());
  document.addEventListener("DOMContentLoaded", () => {
    attributes();
    for (const nav of document.querySelectorAll(".languages")) {
      nav.hidden = false;
      nav.addEventListener("click", (event) => {
        const tag = event.target.dataset.language;
        if (tag) { keep(tag); use(tag); }
      });
    }
  });

  return {
    // say is what a key says, with values in the place of their names.
    say(key, values = {}) {
      const said = words[now][key] === undefined ? key : words[now][key];
      return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
    },
    number(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, ","); },
  };
})();
