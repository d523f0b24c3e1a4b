package pdf

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// shared is where the corpora lie, beside the project.
const shared = "../../../../shared/corpora/"

// What is reached: how many files are opened, and how many texts are near poppler's.
const opens, nears = 385, 217

// A verdict is how a file of the corpus was read.
type verdict struct {
	file   string
	took   time.Duration
	c      *content.Content
	err    error
	theirs string  // text of poppler
	off    float64 // how far our text is from it, as a share of it
}

// TestCorpusOfPDFJS reads all PDFs of pdf.js, and compares their texts with poppler's, whose run here is the measure.
func TestCorpusOfPDFJS(t *testing.T) {
	files, _ := filepath.Glob(shared + "pdfjs/test/pdfs/*.pdf")
	if len(files) == 0 {
		t.Skip("no corpus of pdf.js beside the project")
	}
	poppler, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext to compare with")
	}
	e := engine(t)
	whole := baseline()
	var all []verdict
	for _, f := range files {
		v := readBeside(t, e, poppler, f)
		if text, is := whole[v.file]; is && v.c != nil {
			v.off = min(v.off, apart(withoutComments(v.c.Text), text))
		}
		all = append(all, v)
	}
	report(t, all)
}

// readBeside reads a file with the engine and with poppler.
func readBeside(t *testing.T, e *Engine, poppler, file string) verdict {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	v := verdict{file: filepath.Base(file)}
	begun := time.Now()
	v.c, v.err = e.Read(context.Background(), data)
	v.took = time.Since(begun)
	switch {
	case v.took > time.Minute:
		t.Errorf("%s took %v", v.file, v.took)
	case v.took > time.Second:
		t.Logf("slow: %s took %v", v.file, v.took.Round(time.Millisecond))
	}
	var r *content.Refusal
	if v.err != nil && (!errors.As(v.err, &r) || r.Error() == "") {
		t.Errorf("%s: got the error %v, want a refusal with a reason", v.file, v.err)
	}
	if v.c != nil {
		sound(t, v.file, v.c)
	}
	out, _ := exec.Command(poppler, "-q", "-enc", "UTF-8", file, "-").Output()
	v.theirs = string(out)
	if v.c != nil {
		v.off = apart(withoutComments(v.c.Text), v.theirs)
	}
	return v
}

// withoutComments is a text without the lines of comments, which poppler does not have.
func withoutComments(s string) string {
	lines := strings.Split(s, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "[comment] ") }), "\n")
}

// apart is how many characters two texts do not have in common, as a share of the second: of all but blanks, wherever
// they stand.
func apart(ours, theirs string) float64 {
	count := map[rune]int{}
	n := 0
	for _, r := range counted(theirs) {
		count[r]++
		n++
	}
	for _, r := range counted(ours) {
		count[r]--
	}
	more, less := 0, 0
	for _, c := range count {
		more, less = more+max(c, 0), less+max(-c, 0)
	}
	return float64(max(more, less)) / float64(max(n, 1))
}

// counted are the characters of a text that are compared: not blanks, not what only says how a text runs, nor hyphens at
// the end of a line, where poppler joins the word and we leave it as it stands.
func counted(s string) []rune {
	var out []rune
	for _, r := range strings.ReplaceAll(s, "-\n", "") {
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) {
			out = append(out, r)
		}
	}
	return out
}

// baseline are the beginnings of the texts that a poppler with its tables for Chinese and Japanese made, by file, where
// the beginning is the whole.
func baseline() map[string]string {
	out := map[string]string{}
	table, _ := os.ReadFile(shared + "pdfjs/poppler-baseline.tsv")
	for line := range strings.Lines(string(table)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) == 6 && f[4] != "0" && utf8.RuneCountInString(f[5]) < 75 {
			out[f[0]] = f[5]
		}
	}
	return out
}

// report prints the figures and fails below those that were reached.
func report(t *testing.T, all []verdict) {
	t.Helper()
	opened, texts, near := 0, 0, 0
	var far []verdict
	for _, v := range all {
		if v.err == nil {
			opened++
		} else if !benching {
			t.Logf("refused: %s: %v (poppler has %d characters)", v.file, v.err, len([]rune(v.theirs)))
		}
		if strings.TrimSpace(v.theirs) == "" {
			continue
		}
		texts++
		if v.err == nil && v.off <= 0.02 {
			near++
		} else {
			far = append(far, v)
		}
	}
	slices.SortFunc(far, func(a, b verdict) int { return int(1000 * (b.off - a.off)) })
	for _, v := range all {
		if v.c != nil && len(v.c.Lost) > 0 && !benching {
			t.Logf("lost: %s: %q", v.file, v.c.Lost[:min(3, len(v.c.Lost))])
		}
	}
	for _, v := range far {
		if v.c != nil && !benching {
			t.Logf("%5.1f %% off: %s: %q, poppler %q", 100*v.off, v.file, cut(v.c.Text), cut(v.theirs))
		}
	}
	if opened < opens || near < nears {
		t.Errorf("got %d opened and %d near, want %d and %d", opened, near, opens, nears)
	}
	t.Logf("BENCH %-46s %10.1f %-12s %d of %d (to reach: 95); opened %d of %d, the others refused with a reason", "PDF files of pdf.js: text within 2 % of poppler's", 100*float64(near)/float64(texts), "%", near, texts, opened, len(all))
}

func cut(s string) string {
	if r := []rune(s); len(r) > 90 {
		return string(r[:90]) + "…"
	}
	return s
}
