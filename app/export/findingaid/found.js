"use strict";
// Shows on the page of a document the words by which it was found.

(() => {
  const terms = folding.terms(new URLSearchParams(location.search).get("q") || "");
  if (!terms.length || !window.Highlight || !CSS.highlights) return;
  const all = [];
  let first = null;
  for (const part of document.querySelectorAll("h1, .fields dd, .text")) {
    const nodes = [];
    let text = "";
    const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      nodes.push([text.length, walk.currentNode]);
      text += walk.currentNode.data;
    }
    const node = (at) => {
      let low = 0, high = nodes.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (nodes[middle][0] <= at) low = middle; else high = middle;
      }
      return nodes[low];
    };
    for (const [from, to] of folding.hits(text, terms)) {
      const range = new Range();
      const a = node(from), b = node(to - 1);
      range.setStart(a[1], from - a[0]);
      range.setEnd(b[1], to - b[0]);
      all.push(range);
      if (!first && part.classList.contains("text")) first = a[1].parentElement;
    }
  }
  CSS.highlights.set("found", new Highlight(...all));
  if (first && !location.hash) {
    const y = all.find((r) => first.contains(r.startContainer)).getBoundingClientRect().top;
    if (y > innerHeight * 0.8) scrollTo(0, scrollY + y - innerHeight / 3);
  }
})();
