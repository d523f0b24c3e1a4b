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

// family sorts the labels of the corpus into what is promised, what is read besides, and what is not read.
func family(label string) string {
	switch l := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(label)); {
	case strings.HasPrefix(l, "utf") || l == "ascii":
		return "Unicode"
	case strings.HasPrefix(l, "gb"):
		return "GB"
	case strings.HasPrefix(l, "big5"):
		return "Big5"
	case l == "eucjp", l == "shiftjis", l == "euckr", l == "cp932", l == "cp949":
		return "Japanese, Korean"
	case l == "iso88591", l == "windows1252", l == "cp1252", l == "iso885915":
		return "Latin"
	}
	return "not read"
}

func TestCorpusEncodings(t *testing.T) {
	manifest := shared(t, "corpora/enc-manifest.tsv")
	right, refused, all := map[string]int{}, map[string]int{}, map[string]int{}
	for _, row := range readTSV(t, manifest) {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(manifest), filepath.FromSlash(row["path"])))
		if err != nil {
			t.Fatal(err)
		}
		text, enc, conf, r, err := Decode(data, "")
		fam := family(row["label"])
		all[fam]++
		if err != nil {
			refused[fam]++
			if fam != "not read" {
				t.Logf("%-60s %-12s refused: %v", row["path"], row["label"], err)
			}
			continue
		}
		if codecNamed(enc).encode != nil { // no state
			back, err := Rebuild(text, r)
			if err != nil || string(back) != string(data) {
				t.Errorf("%s: rebuilt from its text as %s it is not the same (%v)", row["path"], enc, err)
			}
		}
		// The manifest's texts have the line ends of the file.
		full := withLineEnds(t, text, r)
		if h := row["sha256_16_of_utf8_text_without_bom"]; hashOf(full) == h || hashOf(oldTables[fam].Replace(full)) == h {
			right[fam]++
			continue
		}
		if fam != "not read" {
			t.Logf("%-60s %-12s read as %s, %.2f, %d undecoded", row["path"], row["label"], enc, conf, len(r.Undecoded))
		}
	}
	floors := map[string]int{"Unicode": 34, "GB": 18, "Big5": 12, "Japanese, Korean": 65, "Latin": 11}
	for fam, n := range all {
		t.Logf("%-18s %3d of %3d right, %3d refused, %3d wrong", fam, right[fam], n, refused[fam], n-right[fam]-refused[fam])
		if right[fam] < floors[fam] {
			t.Errorf("%s: %d of %d right, want %d or more", fam, right[fam], n, floors[fam])
		}
		if wrong := n - right[fam] - refused[fam]; wrong > 2 {
			t.Errorf("%s: %d are read wrongly; what is not known is to be refused", fam, wrong)
		}
	}
}

// oldTables turns the characters that the WHATWG standard chose into those of the tables that the corpus was read with:
// the same bytes, an older opinion of what they mean.
var oldTables = map[string]*strings.Replacer{
	"GB":               strings.NewReplacer("—", "―", "·", "・"),
	"Big5":             strings.NewReplacer("～", "∼", "￡", "£"),
	"Japanese, Korean": strings.NewReplacer("～", "〜", "－", "−", "∥", "‖", "￠", "¢", "￡", "£", "￢", "¬"),
	"Unicode":          strings.NewReplacer(),
	"Latin":            strings.NewReplacer(),
	"Thai":             strings.NewReplacer("•", "\u0095"), // TIS-620 has only controls there
	"not read":         strings.NewReplacer(),
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
		if strings.Contains(doc.Text, "<div") || strings.Contains(doc.Text, "function(") || len(doc.Text) < 500 {
			t.Errorf("%s: its text has tags or scripts in it, or is too short: %.80q", row["file"], doc.Text)
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
