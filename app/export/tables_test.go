package export

import (
	"encoding/csv"
	"encoding/json"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpora is a folder of others beside the repository, or below FONDS_SHARED, that
// tests use and the project does not hold.
func corpora(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("FONDS_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(dir, "corpora", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not on this machine; FONDS_SHARED says where such things are", path)
	}
	return path
}

// strictCSV reads CSV by RFC 4180 to the letter, and says where it is none.
func strictCSV(t testing.TB, s string) [][]string {
	t.Helper()
	var rows [][]string
	for s != "" {
		var row []string
		for end := false; !end; {
			var cell string
			if strings.HasPrefix(s, `"`) {
				s = s[1:]
				for {
					i := strings.IndexByte(s, '"')
					if i < 0 {
						t.Fatal("a quote is not closed")
					}
					cell, s = cell+s[:i], s[i+1:]
					if !strings.HasPrefix(s, `"`) {
						break
					}
					cell, s = cell+`"`, s[1:]
				}
			} else if i := strings.IndexAny(s, ",\r\n\""); i >= 0 {
				cell, s = s[:i], s[i:]
			}
			row = append(row, cell)
			switch {
			case strings.HasPrefix(s, ","):
				s = s[1:]
			case strings.HasPrefix(s, "\r\n"):
				s, end = s[2:], true
			default:
				t.Fatalf("after the cell %q stands %.10q", cell, s)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// armed is the text that was defused.
func armed(s string) string {
	if strings.HasPrefix(s, "'") && dangerous(s) {
		return s[1:]
	}
	return s
}

// everything is the rows of the tables of an archive, made of documents.jsonl: that
// the tables say what it says. Closed documents are not in it.
func everything(t testing.TB, a string) map[string][][]string {
	t.Helper()
	out := map[string][][]string{}
	data, err := os.ReadFile(filepath.Join(a, "jsonl", "documents.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var d jsonlDocument
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatal(err)
		}
		for i := range tables {
			out[tables[i].name] = append(out[tables[i].name], tables[i].cells(&Doc{Document: d.Document, N: n + 1, Text: d.Text, History: d.History})...)
		}
	}
	return out
}

// unmasked is rows without what JSON does not tell: the count of masked places.
func unmasked(table string, rows [][]string) [][]string {
	if table != "documents" {
		return rows
	}
	at := slices.IndexFunc(documentColumns, func(c column) bool { return c.name == "masked" })
	out := make([][]string, len(rows))
	for i, row := range rows {
		out[i] = slices.Clone(row)
		out[i][at] = "0"
	}
	return out
}

func TestTablesAreSound(t *testing.T) {
	for seed := range int64(6) {
		out, _ := exported(t, worked(t, seed), Choice{Formats: []string{"jsonl"}, Set: All})
		rows := everything(t, out)
		documents := map[string]bool{}
		for _, row := range rows["documents"] {
			documents[row[0]] = true
		}
		for i := range tables {
			tab := &tables[i]
			names, seen := map[string]int{}, map[string]bool{}
			for n, c := range tab.columns {
				if _, twice := names[c.name]; twice || c.about == "" || c.kind == "" {
					t.Fatalf("%s: column %q", tab.name, c.name)
				}
				names[c.name] = n
			}
			for _, row := range rows[tab.name] {
				if len(row) != len(tab.columns) {
					t.Fatalf("%s: %d cells for %d columns", tab.name, len(row), len(tab.columns))
				}
				key := ""
				for _, k := range tab.key {
					key += row[names[k]] + " "
				}
				if seen[key] {
					t.Errorf("%s: %s twice", tab.name, key)
				}
				seen[key] = true
				if at, ok := names[belongs]; ok && !documents[row[at]] {
					t.Errorf("%s: the document %q is not there", tab.name, row[at])
				}
			}
		}
		if seed == 0 && (len(rows["marks"]) == 0 || len(rows["values"]) == 0 || len(rows["decisions"]) == 0) {
			t.Errorf("there is too little in it: %d marks, %d values, %d decisions", len(rows["marks"]), len(rows["values"]), len(rows["decisions"]))
		}
	}
}

// What is read from the CSV is what was written, by the letter of the RFC and by
// another reader; with ' taken away it is what the documents say.
func TestCSVReadsBack(t *testing.T) {
	for seed := range int64(5) {
		a := worked(t, seed)
		for _, c := range []Choice{{Set: All}, {Text: Source, Excel: true}, {Mask: []string{"person"}, Hide: []string{"dcterms:creator"}, Waivers: waivers(t, a)}} {
			c.Formats = []string{"csv", "jsonl", "datapackage"}
			out, m := exported(t, a, c)
			want := everything(t, out)
			for i := range tables {
				data, err := os.ReadFile(filepath.Join(out, "csv", tables[i].name+".csv"))
				if err != nil {
					t.Fatal(err)
				}
				text, excel := strings.CutPrefix(string(data), "\uFEFF")
				if excel != c.Excel {
					t.Errorf("U+FEFF: %v", excel)
				}
				rows := strictCSV(t, text)
				other, err := csv.NewReader(strings.NewReader(text)).ReadAll()
				if err != nil || len(other) != len(rows) || m.Counts["csv"][tables[i].name] != len(rows)-1 {
					t.Fatalf("%s: %d rows and %d, %v, %v", tables[i].name, len(rows), len(other), m.Counts["csv"], err)
				}
				for r := range rows {
					for k := range rows[r] {
						if strings.ReplaceAll(rows[r][k], "\r\n", "\n") != other[r][k] { // encoding/csv makes it so
							t.Errorf("%q and %q", rows[r][k], other[r][k])
						}
						if r > 0 && tables[i].columns[k].kind == aText {
							rows[r][k] = armed(rows[r][k])
						}
					}
				}
				if got, want := unmasked(tables[i].name, rows[1:]), unmasked(tables[i].name, want[tables[i].name]); !slices.EqualFunc(got, want, slices.Equal) {
					t.Errorf("seed %d: %s:\n got %q\nwant %q", seed, tables[i].name, got, want)
				}
				same, err := os.ReadFile(filepath.Join(out, "datapackage", "data", tables[i].name+".csv"))
				if err != nil || string(same) != text {
					t.Errorf("%s of the data package is another: %v", tables[i].name, err)
				}
			}
		}
	}
}

// No cell begins like a formula, whatever the text; and every text comes back.
func TestDefused(t *testing.T) {
	for _, s := range []string{"=1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "　=1", "＝1", "＋1", "－1", "＠a", "\u00a0-1", "\u200b=1", "\uFEFF=1", "'=1", "''  @x", "'\t", "-"} {
		if defused(s) != "'"+s || armed(defused(s)) != s {
			t.Errorf("%q → %q → %q", s, defused(s), armed(defused(s)))
		}
	}
	for _, s := range []string{"", "a", "1", "a=1", "'", "'a", "党", " ", "(=1)", "/x"} {
		if defused(s) != s || armed(s) != s {
			t.Errorf("%q → %q → %q", s, defused(s), armed(s))
		}
	}
	rng := rand.New(rand.NewSource(1))
	for range 20000 {
		s := words(rng, rng.Intn(4))
		if rng.Intn(3) == 0 {
			s = strings.Repeat("'", rng.Intn(3)) + s
		}
		if got := defused(s); armed(got) != s || dangerous(got) && !strings.HasPrefix(got, "'") {
			t.Fatalf("%q → %q → %q", s, got, armed(got))
		}
	}
}

func TestCSVInjectionCorpus(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(corpora(t, "csv-injection"), "Intruder", "csv-payload.txt"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		row := strictCSV(t, csvRow(&table{columns: []column{{kind: aText}, {kind: aText}}}, []string{line, " " + line}))
		for _, cell := range row[0] {
			if first := strings.TrimSpace(cell); strings.ContainsAny(first[:1], "=+-@") {
				t.Errorf("%q would run", cell)
			}
		}
		n++
	}
	t.Logf("%d payloads, none runs", n)
}

// What is in the files of csv-spectrum comes back from CSV of ours.
func TestCSVSpectrumCorpus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpora(t, "csv-spectrum"), "json", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 0 && data[0] == '{' {
			data = slices.Concat([]byte("["), data, []byte("]"))
		}
		var rows []map[string]string
		if err := json.Unmarshal(data, &rows); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, r := range rows {
			tab, cells := &table{}, []string{}
			for _, key := range slices.Sorted(func(yield func(string) bool) {
				for k := range r {
					if !yield(k) {
						return
					}
				}
			}) {
				tab.columns, cells = append(tab.columns, column{name: key, kind: aText}), append(cells, r[key])
			}
			got := strictCSV(t, csvRow(tab, cells))
			for i := range got[0] {
				got[0][i] = armed(got[0][i])
			}
			if len(got) != 1 || !slices.Equal(got[0], cells) {
				t.Errorf("%s: %q → %q", filepath.Base(name), cells, got)
			}
		}
	}
	t.Logf("%d files", len(files))
}

// The shell of SQLite reads every table.
func TestCSVInSQLite(t *testing.T) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("sqlite3 is not on this machine")
	}
	for seed := range int64(3) {
		out, m := exported(t, worked(t, seed), Choice{Formats: []string{"csv"}, Set: All})
		for i := range tables {
			file := filepath.Join(out, "csv", tables[i].name+".csv")
			last := tables[i].columns[len(tables[i].columns)-1].name
			cmd := exec.Command(shell, ":memory:", ".import --csv '"+file+"' t", "SELECT count(*), count(\""+last+"\") FROM t;", "SELECT hex(\""+last+"\") FROM t;")
			got, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, got)
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			n := m.Counts["csv"][tables[i].name]
			want := digits(n) + "|" + digits(n) + "\n"
			for _, row := range strictCSV(t, string(data))[1:] {
				want += hexOf(row[len(row)-1]) + "\n"
			}
			if n > 0 && string(got) != want {
				t.Errorf("%s: %s\nwant %s", tables[i].name, got, want)
			}
		}
	}
}
