package ingest

import (
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// What the detection of encodings reaches on real files of others (../shared/corpora), counted in texts that come out
// right, whatever the name of the encoding.

// A coded is a file whose encoding somebody has said.
type coded struct {
	path, label, family string
	sum                 string // of the text; "" where nobody could read it
	data                []byte
}

func codedFiles(t testing.TB) []coded {
	manifest := shared(t, "corpora/enc-manifest.tsv")
	var out []coded
	for _, row := range readTSV(t, manifest) {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(manifest), filepath.FromSlash(row["path"])))
		if err != nil {
			t.Fatal(err)
		}
		f := coded{path: row["path"], label: row["label"], family: row["family"], data: data}
		if row["chars"] != "-1" {
			f.sum = row["sha256_16_of_utf8_text_without_bom"]
		}
		out = append(out, f)
	}
	return out
}

// isText says whether what was decoded is the text of the file.
func (f coded) isText(t testing.TB, text string, r Recipe) bool {
	full := withLineEnds(t, text, r)
	if hashOf(full) == f.sum {
		return true
	}
	for _, table := range oldTables {
		if hashOf(table.Replace(full)) == f.sum {
			return true
		}
	}
	return false
}

// A piece is a part of such a file.
type piece struct {
	label, text string
	data        []byte
}

// pieces cuts the text of each file of a family into pieces of min to max characters, as want holds of them without a
// gap, at most some a file.
func pieces(files []coded, family string, min, max, most int, want func(rune) bool) []piece {
	var out []piece
	rnd := rand.New(rand.NewSource(1))
	for _, f := range files {
		c := codecNamed(pieceLabel(f.label))
		if f.family != family || f.sum == "" || c == nil || c.encode == nil {
			continue
		}
		text, _ := c.decode(f.data)
		var runs [][]rune
		for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !want(r) }) {
			for all := []rune(run); len(all) >= min; {
				n := min + rnd.Intn(max-min+1)
				if n > len(all) {
					n = len(all)
				}
				runs = append(runs, all[:n])
				all = all[n:]
			}
		}
		rnd.Shuffle(len(runs), func(i, k int) { runs[i], runs[k] = runs[k], runs[i] })
		for i, run := range runs {
			if i == most {
				break
			}
			if data, err := c.encode(string(run)); err == nil && !utf8.Valid(data) {
				out = append(out, piece{f.label, string(run), data})
			}
		}
	}
	return out
}

// pieceLabel puts labels of Python into those of the standard.
func pieceLabel(label string) string {
	switch l := strings.ToLower(label); l {
	case "cp932":
		return "shift_jis"
	case "cp949", "euc_kr":
		return "euc-kr"
	case "euc_jp":
		return "euc-jp"
	case "maccyrillic", "mac_cyrillic":
		return "x-mac-cyrillic"
	default:
		return l
	}
}

func isEastAsian(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x3000 && r < 0x3100 || r >= 0xFF00 && r < 0xFFE0
}

// count detects pieces and says how many texts come out right, and how many are refused.
func count(pieces []piece, wrong func(p piece, enc string, conf float64)) (right, refused int) {
	for _, p := range pieces {
		text, enc, conf, _, err := Decode(p.data, "")
		switch {
		case err != nil:
			refused++
			wrong(p, "refused", 0)
		case text == p.text:
			right++
		default:
			wrong(p, enc, conf)
		}
	}
	return right, refused
}

// cleanUTF8 is how many files of the corpora are UTF-8 and not ASCII, and which are taken for something else.
func cleanUTF8(t testing.TB) (n int, mistaken []string) {
	root := shared(t, "corpora")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil || !utf8.Valid(data) || utf8.RuneCount(data) == len(data) {
			return err
		}
		n++
		if _, enc, _, _, err := Decode(data, ""); err != nil || enc != "UTF-8" {
			mistaken = append(mistaken, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n, mistaken
}

// Reached is what is reached of what there is, beside what a rival reaches.
type reached struct {
	what       string
	right, all int
	floor      float64 // in a hundred
	rival      string
}

func (f reached) share() float64 { return 100 * float64(f.right) / float64(max(1, f.all)) }

// encodingFigures measures all that TestEncodings holds and TestBenchEncodings prints.
func encodingFigures(t testing.TB) []reached {
	files := codedFiles(t)
	rivals := map[string]string{"CJK": "chardet 5.1: 165 of 171, 96 %", "UTF": "chardet 5.1: 56 of 58, 97 %", "single-byte": "chardet 5.1: 217 of 279, 78 %"}
	floors := map[string]float64{"CJK": 99, "UTF": 100, "single-byte": 98, "ascii": 100}
	var out []reached
	for _, family := range []string{"CJK", "UTF", "single-byte", "ascii"} {
		fig := reached{what: "whole files, " + family, floor: floors[family], rival: rivals[family]}
		for _, f := range files {
			if f.family != family || f.sum == "" {
				continue
			}
			fig.all++
			text, enc, conf, r, err := Decode(f.data, "")
			switch {
			case err != nil:
				t.Logf("%s, %s: %v", f.path, f.label, err)
			case f.isText(t, text, r):
				fig.right++
			default:
				t.Logf("%s, %s: read as %s, %.2f", f.path, f.label, enc, conf)
			}
		}
		out = append(out, fig)
	}
	said := reached{what: "no codec, and said so", floor: 100, rival: "-"}
	for _, f := range files {
		if f.sum == "" {
			said.all++
			if _, _, _, _, err := Decode(f.data, ""); err != nil {
				said.right++
			}
		}
	}
	log := func(p piece, enc string, conf float64) { t.Logf("%s, %q: %s, %.2f", p.label, p.text, enc, conf) }
	runs := pieces(files, "CJK", 8, 40, 60, isEastAsian)
	right, _ := count(runs, log)
	n, mistaken := cleanUTF8(t)
	for _, name := range mistaken {
		t.Logf("clean UTF-8 taken as something else: %s", name)
	}
	return append(out, said, reached{"runs of 8 to 40 CJK characters", right, len(runs), 98, "-"},
		reached{"clean UTF-8 taken as UTF-8", n - len(mistaken), n, 100, "-"})
}

func TestEncodings(t *testing.T) {
	for _, f := range encodingFigures(t) {
		if f.all == 0 || f.share() < f.floor {
			t.Errorf("%s: %d of %d right, %.1f %%, want %.0f %%", f.what, f.right, f.all, f.share(), f.floor)
		}
	}
}

// TestBenchEncodings prints the same table, with the rival's figures (corpora/README.md) for the whole set, of which the
// files here are a half.
func TestBenchEncodings(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	for _, f := range encodingFigures(t) {
		t.Logf("BENCH %-46s %10.4g %-12s floor %10.4g   (%d of %d; %s)", f.what, f.share(), "% right", f.floor, f.right, f.all, f.rival)
		if f.share() < f.floor {
			t.Errorf("%s: below the floor", f.what)
		}
	}
}

// TestConfidence: of the pieces that are read with a confidence in a bucket, as many are right as the bucket says.
func TestConfidence(t *testing.T) {
	files := codedFiles(t)
	line := func(r rune) bool { return r >= ' ' && r != '<' && r != '>' }
	var all []piece
	for _, n := range []int{2, 4, 8, 16, 40} {
		all = append(all, pieces(files, "CJK", n, 2*n, 20, isEastAsian)...)
		all = append(all, pieces(files, "single-byte", n, 2*n, 20, line)...)
	}
	type bucket struct {
		low, high  float64
		right, all int
		said       float64
	}
	buckets := []*bucket{{low: 0, high: 0.5}, {low: 0.5, high: 0.7}, {low: 0.7, high: 0.85}, {low: 0.85, high: 0.95}, {low: 0.95, high: 1.01}}
	for _, p := range all {
		text, _, conf, _, err := Decode(p.data, "")
		if err != nil {
			continue
		}
		for _, b := range buckets {
			if b.low <= conf && conf < b.high {
				b.all++
				b.said += conf
				if text == p.text {
					b.right++
				}
			}
		}
	}
	for _, b := range buckets {
		if b.all == 0 {
			continue
		}
		got, said := float64(b.right)/float64(b.all), b.said/float64(b.all)
		t.Logf("confidence %.2f to %.2f: %4d of %4d right, %.3f; said %.3f", b.low, b.high, b.right, b.all, got, said)
		if b.all >= 30 && got < said-0.06 {
			t.Errorf("of those said to be %.2f only %.2f are right (%d of %d)", said, got, b.right, b.all)
		}
	}
}
