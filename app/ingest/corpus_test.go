package ingest

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// These tests run on real files of others (../shared/corpora) and skip where they are absent.

func readTSV(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, key := range rows[0] {
			m[key] = row[i]
		}
		out = append(out, m)
	}
	return out
}

// TestCorpusEncodings makes of the text of each file the file again; how many texts are right, TestEncodings counts.
func TestCorpusEncodings(t *testing.T) {
	for _, f := range codedFiles(t) {
		text, enc, _, r, err := Decode(f.data, "")
		if err != nil || codecNamed(enc).encode == nil { // refused, or with state
			continue
		}
		if back, err := Rebuild(text, r); err != nil || string(back) != string(f.data) {
			t.Errorf("%s: rebuilt from its text as %s it is not the same (%v)", f.path, enc, err)
		}
		if again, err := Remake(f.data, r); err != nil || again != text {
			t.Errorf("%s: made again as %s it is another text (%v)", f.path, enc, err)
		}
	}
}

// oldTables turns the characters that the WHATWG standard chose into those of the tables that the corpus was read with:
// the same bytes, an older opinion of what they mean.
var oldTables = map[string]*strings.Replacer{
	"GB":               strings.NewReplacer("—", "―", "·", "・"),
	"Big5":             strings.NewReplacer("～", "∼", "￡", "£"),
	"Japanese, Korean": strings.NewReplacer("～", "〜", "－", "−", "∥", "‖", "￠", "¢", "￡", "£", "￢", "¬"),
	"Thai":             strings.NewReplacer("•", "\u0095"), // TIS-620 has only controls there
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// withLineEnds puts the line ends back that a recipe records.
func withLineEnds(t testing.TB, text string, r Recipe) string {
	t.Helper()
	r.Decoder, r.BOM, r.Undecoded, r.Spellings = "UTF-8", false, nil, nil
	back, err := Rebuild(text, r)
	if err != nil {
		t.Fatal(err)
	}
	return string(back)
}

// TestCorpusPages reads real pages whose declaration lies, or that have a few stray bytes.
func TestCorpusPages(t *testing.T) {
	index := shared(t, "corpora/html-hard/INDEX.tsv")
	for _, row := range readTSV(t, index) {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(index), row["file"]))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Make(data, row["file"], "")
		if err != nil {
			t.Errorf("%s: %v", row["file"], err)
			continue
		}
		want := "windows-1252"
		switch {
		case row["valid_utf8"] == "True" || row["file"] == "maescot.de.schafskunde.html": // one stray byte, 75 good characters
			want = "UTF-8"
		case strings.HasPrefix(row["declared"], "iso-8859-15"):
			want = "ISO-8859-15"
		}
		if doc.Encoding != want || doc.Format != "text/html" {
			t.Errorf("%s: read as %s, %s; want %s, text/html", row["file"], doc.Encoding, doc.Format, want)
		}
		if n := len(doc.Recipe.Undecoded); want == "UTF-8" && row["non_utf8_runs"] == "0" && n > 0 || n > 3 {
			t.Errorf("%s: %d runs of bytes undecoded", row["file"], n)
		}
		full := doc.Text
		if len(doc.Others) > 0 {
			full = doc.Others[0].Text
		}
		if strings.Contains(full, "<div") || strings.Contains(full, "function(") || len(full) < 500 {
			t.Errorf("%s: its text has tags or scripts in it, or is too short: %.80q", row["file"], full)
		}
		checkDocument(t, doc)
	}
}

// TestCorpusOdd reads every code point there is, and strings known to make trouble.
func TestCorpusOdd(t *testing.T) {
	var names []string
	for _, dir := range []string{"corpora/utf8-bits", "corpora/blns"} {
		err := filepath.WalkDir(shared(t, dir), func(name string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				names = append(names, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(names) < 20 {
		t.Fatalf("only %d files", len(names))
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Make(data, filepath.Base(name), "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if doc.Encoding != "UTF-8" || len(doc.Recipe.Undecoded) > 0 {
			t.Errorf("%s: read as %s with %d undecoded", name, doc.Encoding, len(doc.Recipe.Undecoded))
		}
		checkDocument(t, doc)
	}
}
