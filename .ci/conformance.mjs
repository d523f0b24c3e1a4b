// The steps of .ci/conformance that compare what comes back of a tool with what was written: conformance.mjs STEP. It prints the
// figure, and of a step that fails the first thing that is wrong; everything wrong goes to standard error.
//
// FONDS is the program, WORK the folder with NAME.fonds and sets/NAME, SHARED the corpora, MODULES where node_modules lies.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { FONDS, WORK, SHARED, MODULES } = process.env;
const require = createRequire(path.join(MODULES, "package.json"));
const sets = fs.readdirSync(path.join(WORK, "sets")).sort();
const file = (...parts) => path.join(WORK, "sets", ...parts);
const read = (...parts) => fs.readFileSync(file(...parts), "utf8");
const json = (...parts) => JSON.parse(read(...parts));
const lines = (...parts) => read(...parts).split("\n").filter(Boolean);
const most = 1 << 29; // bytes that a program may say

let wrong = [];
function check(ok, ...what) {
  if (ok) return true;
  wrong.push(what.map((w) => (typeof w === "string" ? w : JSON.stringify(w))).join(" ").slice(0, 2000));
  console.error(wrong.at(-1));
  return false;
}

// run is what a program says; where it fails, or says anything on standard error that is not let, that is wrong.
function run(program, args, { input, env, let: allowed = /^$/ } = {}) {
  const r = spawnSync(program, args, { input, env: { ...process.env, ...env }, maxBuffer: most, timeout: 300_000, encoding: "utf8" });
  const said = (r.stderr ?? "").split("\n").filter((l) => l && !allowed.test(l));
  check(r.status === 0 && said.length === 0, program, args.at(-1), r.error ? String(r.error) : `ends with ${r.status}`, said.join("; "));
  return r.stdout ?? "";
}

// The documents of a set that are not closed, as the JSON Lines have them.
const documents = (set) => lines(set, "jsonl", "documents.jsonl").map((l) => JSON.parse(l)).filter((d) => !d.closed);

const text = (set, id, ...flags) => execFileSync(FONDS, ["text", path.join(WORK, set + ".fonds"), id, ...flags], { maxBuffer: most, encoding: "utf8" });

// squeezed is a text without what a page or XML cannot hold or does not keep: space, control characters, characters that are
// none, and those that stand for what cannot be read.
const squeezed = (s) => s.replace(/[\s\p{Cc}\p{Noncharacter_Code_Point}\uFFFD\u25AF\u200B]/gu, "");

// CSV by RFC 4180.
function csv(s) {
  const rows = [];
  let row = [], at = 0;
  while (at < s.length) {
    let cell = "";
    if (s[at] === '"') {
      for (at++; ; at += 2) {
        const to = s.indexOf('"', at);
        if (to < 0) throw new Error("a quote is not closed");
        cell += s.slice(at, to);
        at = to;
        if (s[at + 1] !== '"') break;
        cell += '"';
      }
      at++;
    } else {
      const to = s.slice(at).search(/[,\r\n]/);
      cell = to < 0 ? s.slice(at) : s.slice(at, at + to);
      at += cell.length;
    }
    row.push(cell);
    if (s[at] === ",") {
      at++;
      if (at === s.length || /[\r\n]/.test(s[at])) row.push("");
      else continue;
    }
    at += s[at] === "\r" ? 2 : 1;
    rows.push(row);
    row = [];
  }
  return rows;
}

// armed is a text of a cell without the ' that keeps a spreadsheet from running it.
const armed = (s) => (/^'+([\t\r\n]|[\s\p{Cf}\u0085]*[=+\-@＝＋－＠])/u.test(s) ? s.slice(1) : s);

const tables = ["documents", "values", "tags", "marks", "corrections", "notes", "decisions"];

// table is a table as the data package describes and the CSV holds it.
function table(set, name) {
  const fields = json(set, "datapackage", "datapackage.json").resources.find((r) => r.name === name).schema.fields;
  const [head, ...rows] = csv(read(set, "csv", name + ".csv"));
  check(fields.every((f, i) => f.name === head[i]), set, name, "has other columns");
  return { fields, head, rows };
}

const onlyLF = (s) => s.replaceAll("\r\n", "\n");

function chromium(...args) {
  const root = process.getuid() === 0 ? ["--no-sandbox"] : [];
  return run("chromium", ["--headless", ...root, "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--user-data-dir=" + path.join(WORK, "chromium"), "--virtual-time-budget=20000", ...args], { let: /./ });
}

// pandoc takes U+0085 for what Windows had there.
const forPandoc = (s) => squeezed(s.replaceAll("\u0085", "…"));

const plain = (html) => run("pandoc", ["-f", "html", "-t", "plain", "--wrap=none"], { input: html });

const steps = {
  // TEI in the browser by CETEIcean, of that the text of each document to pandoc; both readings: the text and its source.
  tei() {
    const script = fs.readFileSync(path.join(MODULES, "node_modules", "CETEIcean", "dist", "CETEI.js"), "utf8").replaceAll("</script", "<\\/script");
    let n = 0, letters = 0;
    for (const set of sets) {
      const docs = documents(set), page = path.join(WORK, set + "-tei.html");
      const given = Object.fromEntries(docs.map((d) => [d.id, read(set, "tei", d.id + ".xml")]));
      fs.writeFileSync(page, `<!DOCTYPE html><meta charset="utf-8"><body><script>${script}</script><script>
        const out = {};
        for (const [id, xml] of Object.entries(${JSON.stringify(given).replaceAll("<", "\\u003c")})) {
          const whole = new CETEI({ ignoreFragmentId: true }).makeHTML5(xml), ab = whole.querySelectorAll("tei-ab");
          const without = (name) => { const copy = ab[0].cloneNode(true); copy.querySelectorAll(name + ", tei-gap, tei-note").forEach((e) => e.remove()); return copy.outerHTML; };
          out[id] = { ab: ab.length, reading: without("tei-sic"), source: without("tei-corr") };
        }
        document.body.replaceChildren(Object.assign(document.createElement("pre"), { textContent: btoa(Array.from(new TextEncoder().encode(JSON.stringify(out)), (b) => String.fromCharCode(b)).join("")) }));
      </script>`);
      const got = /<pre>([^<]*)<\/pre>/.exec(chromium("--dump-dom", pathToFileURL(page).href));
      if (!check(got, set, "CETEIcean gave nothing")) continue;
      const out = JSON.parse(Buffer.from(got[1], "base64").toString());
      for (const d of docs) {
        check(out[d.id]?.ab === 1, set, d.id, "has not one text");
        for (const [side, flags] of [["reading", []], ["source", ["--source"]]]) {
          const want = forPandoc(text(set, d.id, ...flags)), is = squeezed(plain(out[d.id][side]));
          check(is === want, set, d.id, side, differ(is, want));
          letters += [...want].length;
        }
        n++;
      }
    }
    return `${n} documents, ${letters} characters of text and source in order`;
  },

  pages() {
    let n = 0, letters = 0;
    for (const set of sets) {
      for (const d of documents(set)) {
        const want = forPandoc(text(set, d.id)), is = squeezed(plain(read(set, "findingaid", "documents", d.id + ".html")));
        check(is.includes(want), set, d.id, "lacks its text", is.slice(0, 500), want.slice(0, 500));
        n++;
        letters += [...want].length;
      }
    }
    return `${n} pages, ${letters} characters in order`;
  },

  xlsx() {
    let sheets = 0, cells = 0;
    for (const set of sets) {
      const out = path.join(WORK, "xlsx", set);
      run("soffice", ["-env:UserInstallation=" + pathToFileURL(path.join(WORK, "office")).href, "--headless", "--norestore", "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1", "--outdir", out, file(set, "xlsx", "documents.xlsx")], { let: /./ });
      for (const name of tables) {
        const { fields, rows } = table(set, name), got = [];
        const [head, ...parts] = csv(fs.readFileSync(path.join(out, `documents-${name}.csv`), "utf8"));
        check(head.at(-1) === "part" && fields.every((f, i) => f.name === head[i]), set, name, "has the columns", head);
        for (const part of parts) {
          if (part.at(-1) === "1") got.push(part.slice(0, -1));
          else fields.forEach((f, i) => { if (!["id", "document", "operation", "item"].includes(f.name)) got.at(-1)[i] += part[i]; });
        }
        check(got.length === rows.length, set, name, `has ${got.length} rows, not ${rows.length}`);
        rows.forEach((row, r) => row.forEach((cell, i) => {
          let want = cell, is = got[r]?.[i];
          if (fields[i].type === "string") want = armed(want);
          if (fields[i].type === "boolean") is = is?.toLowerCase();
          check(is !== undefined && onlyLF(is) === onlyLF(want), set, name, fields[i].name, { want, is });
          cells++;
        }));
        sheets++;
      }
    }
    return `${sheets} sheets, ${cells} cells equal`;
  },

  "sqlite-csv"() {
    let rows = 0, cells = 0;
    for (const set of sets) {
      for (const name of tables) {
        const t = table(set, name);
        if (t.rows.length === 0) continue; // of an empty table the shell makes none
        const got = run("sqlite3", [":memory:", `.import --csv '${file(set, "csv", name + ".csv")}' t`,
          `SELECT json_array(${t.head.map((h) => `hex("${h}")`).join(", ")}) FROM t;`]).split("\n").filter(Boolean).map((l) => JSON.parse(l));
        check(got.length === t.rows.length && got.length === count(set, "csv", name), set, name, `has ${got.length} rows, not ${t.rows.length}`);
        t.rows.forEach((row, r) => row.forEach((cell, i) => check(Buffer.from(got[r]?.[i] ?? "", "hex").toString() === cell, set, name, t.head[i], cell) && cells++));
        rows += got.length;
      }
    }
    return `${rows} rows, ${cells} cells equal`;
  },

  // A string of SQLite's JSON ends with a U+0000 (sqlite.org/json1.html), whatever follows.
  "sqlite-jsonl"() {
    let n = 0, marks = 0, cut = 0;
    const untilNUL = (s) => Buffer.from((s ?? "").split("\0")[0]).toString("hex").toUpperCase();
    for (const set of sets) {
      const want = lines(set, "jsonl", "documents.jsonl").map((l) => JSON.parse(l));
      const got = run("sqlite3", [":memory:", "CREATE TABLE l (j TEXT);", ".mode ascii", '.separator "\\037" "\\n"', `.import '${file(set, "jsonl", "documents.jsonl")}' l`, ".mode list", '.separator "|" "\\n"',
        "SELECT json_array(json_valid(j), j->>'id', hex(j->>'text'), hex(j->>'title'), json_array_length(j, '$.marks'), (SELECT group_concat(value->>'label', '|') FROM json_each(j, '$.marks'))) FROM l;"])
        .split("\n").filter(Boolean).map((l) => JSON.parse(l));
      check(got.length === want.length, set, `${got.length} lines, not ${want.length}`);
      want.forEach((d, i) => {
        const [valid, id, hex, title, m, labels] = got[i] ?? [];
        check(valid === 1 && id === d.id && hex === untilNUL(d.text) && title === untilNUL(d.title) && (m ?? 0) === (d.marks?.length ?? 0) && (labels ?? "") === (d.marks ?? []).map((x) => x.label).join("|"),
          set, d.id, { got: got[i], text: untilNUL(d.text) });
        cut += (d.text ?? "").includes("\0") ? 1 : 0;
        n++;
        marks += m ?? 0;
      });
    }
    return `${n} lines, ${marks} marks, texts equal, of ${cut} as far as their U+0000`;
  },

  async "duckdb-csv"() {
    const db = await duckdb();
    let rows = 0, cells = 0;
    for (const set of sets) {
      for (const name of tables) {
        const t = table(set, name);
        const got = await db(`SELECT * FROM read_csv('${file(set, "csv", name + ".csv")}', header = true, delim = ',', quote = '"', escape = '"', all_varchar = true, max_line_size = 100000000)`);
        check(got.length === t.rows.length, set, name, `has ${got.length} rows, not ${t.rows.length}`);
        t.rows.forEach((row, r) => row.forEach((cell, i) => check((got[r]?.[t.head[i]] ?? "") === cell, set, name, t.head[i], { want: cell, is: got[r]?.[t.head[i]] }) && cells++));
        rows += got.length;
      }
    }
    return `${rows} rows, ${cells} cells equal`;
  },

  async "duckdb-jsonl"() {
    const db = await duckdb();
    let n = 0, marks = 0;
    for (const set of sets) {
      const want = lines(set, "jsonl", "documents.jsonl").map((l) => JSON.parse(l));
      const got = await db(`SELECT id, text, len(text) AS chars, len(marks) AS marks FROM read_json('${file(set, "jsonl", "documents.jsonl")}', format = 'newline_delimited', maximum_object_size = 100000000)`);
      check(got.length === want.length, set, `${got.length} lines, not ${want.length}`);
      want.forEach((d, i) => {
        check(String(got[i]?.id) === d.id && (got[i].text ?? "") === (d.text ?? "") && Number(got[i].marks ?? 0) === (d.marks?.length ?? 0), set, d.id, { want: d.text, is: got[i]?.text, marks: String(got[i]?.marks) });
        n++;
        marks += Number(got[i]?.marks ?? 0);
      });
    }
    return `${n} lines, ${marks} marks, texts equal`;
  },

  // Words of some documents of each set are looked for, from the disk; each is found with the document that it is of.
  search() {
    let found = 0, none = 0;
    const look = (set, q) => {
      const at = pathToFileURL(file(set, "findingaid", "index.html"));
      at.searchParams.set("q", q);
      at.searchParams.set("lang", "en");
      return chromium("--dump-dom", at.href);
    };
    for (const set of sets) {
      for (const d of documents(set).filter((_, i) => i % 8 === 0)) {
        const word = /\p{Script=Han}{2,4}|\p{L}{4,}/u.exec(d.text.slice(d.text.length / 2))?.[0];
        if (!word) continue;
        const page = look(set, word), results = page.slice(page.indexOf('id="results"'));
        check(results.includes(`documents/${d.id}.html`) && /class="hit"/.test(results), set, "does not find", word, "in", d.id);
        found++;
      }
      check(!/class="hit"/.test(look(set, "qqzzxxqq")), set, "finds what is not there");
      none++;
    }
    return `${found} words found, ${none} not there and not found`;
  },

  // What is printed has the Chinese characters of the text in order, with what is said of marks between; of other signs the machine
  // may have no font.
  pdf() {
    let files = 0, pages = 0, letters = 0;
    const han = (s) => s.replace(/[^\u4E00-\u9FFF]/g, "");
    for (const set of sets) {
      for (const d of [null, ...documents(set).slice(0, 3)]) {
        const page = d ? `documents/${d.id}.html` : "index.html", out = path.join(WORK, `${set}-${path.basename(page)}.pdf`);
        chromium("--no-pdf-header-footer", "--print-to-pdf=" + out, pathToFileURL(file(set, "findingaid", page)).href);
        if (!check(fs.existsSync(out) && fs.readFileSync(out, "latin1").startsWith("%PDF"), set, page, "was not printed")) continue;
        const said = run("pdftotext", [out, "-"], { let: /./ }), want = d ? han(d.text) : "";
        check(squeezed(said).length > 0 && inOrder(want, han(said)), set, page, "lacks words", { want, is: han(said) });
        files++;
        pages += said.split("\f").length - 1;
        letters += want.length;
      }
    }
    return `${files} files, ${pages} pages, ${letters} Chinese characters in order`;
  },

  async jsonld() {
    const jsonld = require("jsonld");
    const context = JSON.parse(fs.readFileSync(path.join(SHARED, "w3c-wa-spec", "jsonld", "anno.jsonld"), "utf8"));
    const documentLoader = async (url) => {
      if (url !== "http://www.w3.org/ns/anno.jsonld") throw new Error("it asks for " + url);
      return { contextUrl: null, documentUrl: url, document: context };
    };
    let n = 0, annotations = 0;
    for (const set of sets) {
      for (const name of fs.readdirSync(file(set, "webannotation")).filter((f) => f.endsWith(".jsonld"))) {
        const given = json(set, "webannotation", name);
        try {
          const out = await jsonld.expand(given, { documentLoader, safe: true });
          const seen = JSON.stringify(out).split('"http://www.w3.org/ns/oa#Annotation"').length - 1;
          check(seen === given.total, set, name, `${seen} annotations, not ${given.total}`);
          annotations += seen;
        } catch (e) {
          check(false, set, name, String(e), e.details);
        }
        n++;
      }
    }
    return `${n} collections, ${annotations} annotations`;
  },

  ajv() {
    const Ajv = require("ajv/dist/2020").default, formats = require("ajv-formats").default;
    let n = 0;
    for (const set of sets) {
      const ajv = new Ajv({ strict: true, allErrors: true });
      formats(ajv);
      const schema = json(set, "jsonl", "documents.schema.json");
      check(ajv.validateSchema(schema), set, "the schema", ajv.errors);
      const valid = ajv.compile(schema);
      for (const line of lines(set, "jsonl", "documents.jsonl")) {
        check(valid(JSON.parse(line)), set, line.slice(0, 60), valid.errors);
        check(!valid({ ...JSON.parse(line), nothing: 1 }), set, "the schema lets everything");
        n++;
      }
    }
    return `${n} lines valid, and not with a key more`;
  },

  async datapackage() {
    const { Package } = require("datapackage");
    let rows = 0, related = 0;
    for (const set of sets) {
      const p = await Package.load(file(set, "datapackage", "datapackage.json"), { basePath: file(set, "datapackage"), strict: true });
      check(p.valid, set, p.errors.map(String));
      for (const r of p.resources) {
        try {
          const got = await r.read({ keyed: true });
          check(got.length === count(set, "datapackage", r.name), set, r.name, `has ${got.length} rows`);
          rows += got.length;
          if (r.schema.foreignKeys.length === 0) continue;
          check(await r.checkRelations(), set, r.name, "a relation is broken");
          for (const row of await r.read({ keyed: true, relations: true })) check(row.document?.id, set, r.name, "has no document") && related++;
        } catch (e) {
          check(false, set, r.name, String(e), (e.errors ?? []).map(String));
        }
      }
    }
    return `${sets.length} packages, ${rows} rows, ${related} of them with their document`;
  },
};

// count is how many rows of a table the manifest says there are.
function count(set, format, name) {
  const counts = json(set, "manifest.json").counts[format];
  return (counts[name] ?? 0) + (name === "documents" ? (counts.closed ?? 0) : 0);
}

// inOrder says whether each character of one text stands in another, in its order.
function inOrder(want, is) {
  let at = 0;
  for (const c of is) if (c === want[at]) at++;
  return at === want.length;
}

// differ shows where two texts part.
function differ(is, want) {
  let at = 0;
  while (at < is.length && is[at] === want[at]) at++;
  return { at, is: is.slice(at, at + 40), want: want.slice(at, at + 40) };
}

async function duckdb() {
  const { DuckDBInstance } = require("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  return async (sql) => (await connection.runAndReadAll(sql)).getRowObjects();
}

try {
  const figure = await steps[process.argv[2]]();
  console.log(wrong.length === 0 ? figure : `${wrong.length} wrong, first: ${wrong[0].replace(/\s+/g, " ").slice(0, 300)}`);
} catch (e) {
  console.error(e);
  console.log(String(e).split("\n")[0]);
  wrong.push(e);
}
process.exit(wrong.length === 0 ? 0 : 1);
