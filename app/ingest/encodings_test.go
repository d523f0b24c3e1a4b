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
