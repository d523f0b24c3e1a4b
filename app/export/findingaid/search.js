"use strict";
// The search of the list. What is searched comes in pieces, as scripts that call
// aid.take: a page from a disk may load scripts, and may not fetch files.

const aid = (() => {
  const taken = new Map();
  return {
    take(name, n, items) { taken.set(name + n, items); },
    // load is a promise of the items of a piece.
    load(name, n) {
      return new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = "search/" + name + "-" + n + ".js";
        script.onload = () => {
          const items = taken.get(name + n);
          taken.delete(name + n);
          script.remove();
          if (items) done(items); else failed(new Error(script.src));
        };
        script.onerror = () => { script.remove(); failed(new Error(script.src)); };
        document.head.append(script);
      });
    },
  };
})();

(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("find"), box = form.q, results = $("results"), hitList = $("hits"), count = $("count"), more = $("more");
  const step = 50, most = 500; // how many are shown at once, and in all
  const keepUnits = 40e6; // of texts that are held; others are read again each time
  let documents = null; // a promise of a map by number
  const texts = []; // pieces that are held, by number
  let held = 0;
  let run = 0; // of the search that counts
  let hits = [], total = 0, shown = 0, terms = [], message = null;

  async function readList() {
    const out = new Map();
    for (let n = 1; n <= Number(form.dataset.list); n++) {
      for (const [number, id, ref, title, date, creator, tags, status, years, fields] of await aid.load("list", n)) {
        const words = [title, ref, date, creator, ...tags, ...fields.map((f) => f[1])];
        out.set(number, { id, ref, title, date, creator, tags, status, years, fields, folded: words.map(folding.fold).join("\n") });
      }
    }
    return out;
  }

  function list() {
    if (!documents) {
      documents = readList();
      documents.catch(() => { documents = null; });
    }
    return documents;
  }

  async function piece(n) {
    if (texts[n]) return texts[n];
    const items = (await aid.load("text", n)).map(([number, text]) => ({ number, text, folded: folding.fold(text) }));
    const size = items.reduce((sum, i) => sum + i.text.length, 0);
    if (held + size <= keepUnits) {
      texts[n] = items;
      held += size;
    }
    return items;
  }

  function wanted(doc, tag, year) {
    return (!tag || doc.tags.some((t) => t === tag || t.startsWith(tag + "/"))) && (!year || doc.years.includes(Number(year)));
  }

  async function search() {
    const mine = ++run;
    const typed = box.value.trim(), tag = form.tag.value, year = form.year.value;
    remember(typed, tag, year);
    terms = folding.terms(typed);
    hits = []; total = 0; shown = step;
    const active = terms.length > 0 || tag !== "" || year !== "";
    results.hidden = !active;
    for (const id of ["list", "pager"]) if ($(id)) $(id).hidden = active;
    if (!active) { render(); return; }
    tell("searching");
    try {
      await look(mine, tag, year);
    } catch (_) {
      if (mine === run) tell("failed");
    }
  }

  async function look(mine, tag, year) {
    const all = await list();
    if (mine !== run) return;
    if (terms.length === 0) {
      for (const doc of all.values()) if (wanted(doc, tag, year)) hit(doc, "");
    }
    for (let n = 1; terms.length > 0 && n <= Number(form.dataset.text); n++) {
      const items = await piece(n);
      if (mine !== run) return;
      for (const { number, text, folded } of items) {
        const doc = all.get(number);
        if (doc && wanted(doc, tag, year) && terms.every((t) => doc.folded.includes(t) || folded.includes(t))) hit(doc, text);
      }
      if (n === 1 || hitList.children.length < Math.min(shown, hits.length)) render();
    }
    tell(total === 0 ? "hits-none" : total === 1 ? "hits-one" : "hits");
    render();
  }

  function hit(doc, text) {
    total++;
    if (hits.length < most) hits.push({ doc, text });
  }

  function tell(key) { message = key; say(); }

  function say() {
    count.textContent = message === null ? "" : language.say(message, { n: language.number(total) }) +
      (message === "hits" && total > most ? " " + language.say("hits-more", { n: most }) : "");
    more.textContent = language.say("hits-show", { n: Math.min(step, hits.length - shown) });
  }

  function render() {
    hitList.replaceChildren(...hits.slice(0, shown).map(item));
    more.hidden = hits.length <= shown;
    say();
  }

  function element(name, className, ...children) {
    const e = document.createElement(name);
    if (className) e.className = className;
    e.append(...children);
    return e;
  }

  // lit is text with what was found in it shown.
  function lit(text, found = folding.hits(text, terms), from = 0, to = text.length) {
    const out = element("bdi", "");
    let at = from;
    for (const [a, b] of found) {
      if (b <= from || a >= to) continue;
      out.append(text.slice(at, Math.max(a, at)), element("mark", "hit", text.slice(Math.max(a, at), Math.min(b, to))));
      at = Math.min(b, to);
    }
    out.append(text.slice(at, to));
    return out;
  }

  // excerpt is the words around the first place where something was found.
  function excerpt(text) {
    const found = folding.hits(text, terms);
    if (found.length === 0) return null;
    let from = Math.max(0, found[0][0] - 40), to = Math.min(text.length, Math.max(found[0][1], found[0][0] + 100));
    const low = (i) => i > 0 && i < text.length && text.charCodeAt(i) >= 0xDC00 && text.charCodeAt(i) < 0xE000;
    if (low(from)) from--;
    if (low(to)) to++;
    return element("p", "excerpt", from > 0 ? "…" : "", lit(text, found, from, to), to < text.length ? "…" : "");
  }

  function item({ doc, text }) {
    const link = element("a", "", lit(doc.title.trim() || "–"));
    link.href = "documents/" + doc.id + ".html" + (terms.length ? "?q=" + encodeURIComponent(box.value.trim()) : "");
    const facts = element("p", "quiet");
    for (const fact of [doc.ref, doc.date, doc.creator]) if (fact) facts.append(facts.hasChildNodes() ? " · " : "", lit(fact));
    facts.append(facts.hasChildNodes() ? " · " : "", language.say("docstatus." + doc.status));
    for (const t of doc.tags) facts.append(" ", element("span", "tag", lit(t)));
    const out = element("li", "", link, facts);
    if (terms.length === 0) return out;
    const around = excerpt(text);
    if (around) out.append(around);
    for (const [id, value] of doc.fields) {
      const found = folding.hits(value, terms);
      if (found.length) out.append(element("p", "excerpt", element("span", "quiet", language.say(id), " "), lit(value, found)));
    }
    return out;
  }

  function remember(typed, tag, year) {
    const params = new URLSearchParams(location.search);
    for (const [name, value] of [["q", typed], ["tag", tag], ["year", year]]) {
      if (value) params.set(name, value); else params.delete(name);
    }
    const asked = params.toString();
    try { history.replaceState(null, "", location.pathname + (asked ? "?" + asked : "") + location.hash); } catch (_) { /* the address stays as it is */ }
  }

  let waiting = 0;
  function soon() { clearTimeout(waiting); waiting = setTimeout(search, 150); }

  box.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  box.addEventListener("compositionend", soon);
  box.addEventListener("focus", () => { list().catch(() => {}); });
  form.tag.addEventListener("change", search);
  form.year.addEventListener("change", search);
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); search(); });
  more.addEventListener("click", () => {
    const at = shown;
    shown += step;
    render();
    const next = hitList.children[at];
    if (next) next.querySelector("a").focus();
  });
  document.addEventListener("language", render);

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const links = [...hitList.querySelectorAll("li > a")], at = links.indexOf(document.activeElement);
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) box.focus();
    else if (event.key === "Escape" && (document.activeElement === box || at >= 0)) { box.value = ""; box.focus(); search(); }
    else if (event.key === "ArrowDown" && (document.activeElement === box || at >= 0) && links.length) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (at === 0 ? box : links[at - 1]).focus();
    else return;
    event.preventDefault();
  });

  const asked = new URLSearchParams(location.search);
  box.value = asked.get("q") || "";
  form.tag.value = asked.get("tag") || "";
  form.year.value = asked.get("year") || "";
  for (const s of [form.tag, form.year]) if (s.selectedIndex < 0) s.value = "";
  form.hidden = false;
  if (box.value || form.tag.value || form.year.value) search();
})();
