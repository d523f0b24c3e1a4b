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

  // places folds and says of every unit where it was; the last is the end.
  function places(s) {
    const units = [];
    for (const m of s.matchAll(clusters)) {
      for (const c of lower(m[0])) units.push([c, m.index]);
    }
    let text = "";
    const at = [];
    let before = "";
    for (let i = 0; i < units.length; i++) {
      let c = units[i][0];
      if (space.test(c)) {
        let k = i;
        while (k + 1 < units.length && space.test(units[k + 1][0])) k++;
        const after = k + 1 < units.length ? units[k + 1][0] : "";
        const from = units[i][1];
        i = k;
        if (spaceless.test(before) && spaceless.test(after)) continue;
        c = " ";
        text += c;
        at.push(from);
      } else {
        text += c;
        for (let u = 0; u < c.length; u++) at.push(units[i][1]);
      }
      before = c;
    }
    at.push(s.length);
    return { text, at };
  }

  // hits lists where terms stand in s, as [from, to] in order and apart.
  function hits(s, terms) {
    const folded = places(s);
    const found = [];
    for (const term of terms) {
      for (let i = folded.text.indexOf(term); i >= 0; i = folded.text.indexOf(term, i + term.length)) {
        let end = i + term.length;
        while (end < folded.at.length - 1 && folded.at[end] === folded.at[end - 1]) end++;
        found.push([folded.at[i], folded.at[end]]);
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
