package epub

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// corpora lies beside the project; nothing of it is in it.
const corpora = "../../../../shared/corpora/"

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// What Tika's own tests assert of the words in publications.
func TestTika(t *testing.T) {
	table, err := os.ReadFile(corpora + "tika-docs/assertions.tsv")
	if err != nil {
		t.Skip("the corpora are not here: ", err)
	}
	must, ok := 0, 0
	for line := range strings.SplitSeq(string(table), "\n") {
		f := strings.Split(line, "\t")
		if len(f) < 5 || !strings.HasSuffix(f[0], ".epub") || f[4] != "pass" {
			continue
		}
		data, err := os.ReadFile(corpora + "tika-docs/files/" + f[0])
		if err != nil {
			t.Fatal(err)
		}
		must++
		if c, err := EPUB(context.Background(), data); err != nil {
			t.Errorf("%s: %v", f[0], err)
		} else if strings.Contains(plain(c.Text), plain(f[2])) != (f[1] == "contains") {
			t.Errorf("%s: want %s %q in\n%s", f[0], f[1], f[2], c.Text)
		} else {
			ok++
		}
	}
	t.Logf("BENCH %-46s %d of %d (to reach: all)", "Tika's MUST assertions: EPUB", ok, must)
	if must == 0 {
		t.Error("there is no assertion about publications")
	}
}

// words are what two readers must agree on: runs of letters and figures.
func words(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) })
}

// missing gives the words of want that are not in got in their order.
func missing(want, got []string) (lost []string) {
	i := 0
	for _, w := range want {
		j := i
		for j < len(got) && got[j] != w {
			j++
		}
		if j == len(got) {
			lost = append(lost, w)
			continue
		}
		i = j + 1
	}
	return lost
}

var formula = regexp.MustCompile(`(?s)<((?:m:)?math)\b.*?</(?:m:)?math>`)

// withoutFormulas gives a publication without its formulas: pandoc writes them as TeX, whose words are not those of the
// file.
func withoutFormulas(t *testing.T, data []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		member, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := member.Write(formula.ReplaceAll(b, nil)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Every word of pandoc's plain text, in its order.
func TestPandoc(t *testing.T) {
	if _, err := exec.LookPath("pandoc"); err != nil {
		t.Skip("pandoc is not installed")
	}
	files, _ := filepath.Glob(corpora + "docx-pandoc/test/epub/*.epub")
	more, _ := filepath.Glob(corpora + "tika-docs/files/*.epub")
	if files = append(files, more...); len(files) == 0 {
		t.Skip("the corpora are not here")
	}
	same := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data = withoutFormulas(t, data)
		c, err := EPUB(context.Background(), data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		cmd := exec.Command("pandoc", "-f", "epub", "-t", "plain", "--wrap=none")
		cmd.Stdin = bytes.NewReader(data)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: pandoc does not read it: %v", file, err)
		}
		if lost := missing(words(string(out)), words(c.Text)); len(lost) > 0 {
			t.Errorf("%s: %d words of pandoc's are not there in order: %.200q", filepath.Base(file), len(lost), lost)
		} else {
			same++
		}
	}
	t.Logf("BENCH %-46s %d of %d (to reach: all)", "every word of pandoc's, in order: EPUB", same, len(files))
}
