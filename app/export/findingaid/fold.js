"use strict";
// What looks the same is found: texts and what is looked for are folded alike, to
// NFKC and lower case. White space is one space, and none between characters of
// scripts that put none between words, so that a line's end hides nothing.

const folding = (() => {
  const spaceless = /[\u2E80-\u2FFF\u3001-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\u{16FE0}-\u{18DFF}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFF}]/u;
  const between = new RegExp("(" + spaceless.source + ") (?=" + spaceless.source + ")", "gu");
  const space = /[\s\u0085]/;
  const spaces = /[\s\u0085]+/g;
  // Characters that may become one: conjoining jamo, and what follows its base.
  const clusters = /(?:[\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7FB]+|[^])[\p{M}\uFF9E\uFF9F]*/gu;

  const lower = (s) => s.normalize("NFKC").toLowerCase().replace(/ς/g, "σ").replace(/ß/g, "ss");

  const fold = (s) => lower(s).replace(spaces, " ").replace(between, "$1");

  // places folds and says of every unit where what it was made of begins and ends.
  function places(s) {
    const units = [];
    for (const m of s.matchAll(clusters)) {
      for (const c of lower(m[0])) units.push([c, m.index, m.index + m[0].length]);
    }
    const text = [], from = [], to = [];
    let before = "";
    for (let i = 0; i < units.length; i++) {
      let [c, start, end] = units[i];
      if (space.test(c)) {
        while (i + 1 < units.length && space.test(units[i + 1][0])) i++;
        if (i + 1 < units.length && spaceless.test(before) && spaceless.test(units[i + 1][0])) continue;
        c = " ";
        end = units[i][2];
      }
      before = c;
      text.push(c);
      for (let u = 0; u < c.length; u++) { from.push(start); to.push(end); }
    }
    return { text: text.join(""), from, to };
  }

  // hits lists where terms stand in s, as [from, to] in order and apart.
  function hits(s, terms) {
    const folded = places(s);
    const found = [];
    for (const term of terms) {
      for (let i = folded.text.indexOf(term); i >= 0; i = folded.text.indexOf(term, i + term.length)) {
        found.push([folded.from[i], folded.to[i + term.length - 1]]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const out = [];
    for (const f of found) {
      const last = out[out.length - 1];
      if (last && f[0] <= last[1]) last[1] = Math.max(last[1], f[1]);
      else out.push(f);
    }
    return out;
  }

  // terms splits what was typed by white space, but not inside "quotes".
  function terms(typed) {
    const out = [];
    typed.split(/["“”]/).forEach((part, i) => {
      for (const w of i % 2 ? [part] : part.split(spaces)) {
        const t = fold(w).trim();
        if (t && !out.includes(t)) out.push(t);
      }
    });
    return out;
  }

  return { fold, hits, terms };
})();
