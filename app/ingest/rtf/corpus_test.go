package rtf

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// corpora lies beside the project; nothing of it is in it.
const corpora = "../../../../shared/corpora/tika-docs/"

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// What Tika's own tests assert of the words in RTF files. Markup and what is about Tika's way of writing HTML is no
// matter of a text.
func TestTika(t *testing.T) {
	table, err := os.ReadFile(corpora + "assertions.tsv")
	if err != nil {
		t.Skip("the corpora are not here: ", err)
	}
	must, mustOK, other, otherOK := 0, 0, 0, 0
	for line := range strings.SplitSeq(string(table), "\n") {
		f := strings.Split(line, "\t")
		if len(f) < 5 || !strings.HasSuffix(f[0], ".rtf") || strings.Contains(f[2], "<") {
			continue
		}
		data, err := os.ReadFile(corpora + "files/" + f[0])
		if err != nil {
			t.Fatal(err)
		}
		c, err := RTF(context.Background(), data)
		if err != nil {
			t.Errorf("%s: %v", f[0], err)
			continue
		}
		ok := strings.Contains(plain(c.Text), plain(f[2])) == (f[1] == "contains")
		if f[4] == "pass" {
			must++
			if ok {
				mustOK++
			} else {
				t.Errorf("%s: want %s %q in\n%s", f[0], f[1], f[2], c.Text)
			}
			continue
		}
		other++
		if ok {
			otherOK++
		} else {
			t.Logf("%s: not reached: %s %q", f[0], f[1], f[2])
		}
	}
	t.Logf("BENCH %-46s %d of %d (to reach: all), others %d of %d", "Tika's MUST assertions: RTF", mustOK, must, otherOK, other)
	if otherOK < 6 {
		t.Errorf("others: got %d, reached before: 6", otherOK)
	}
}

// words are what two readers must agree on: letters and figures in their order, without what is written about them.
func words(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool {
		return c <= ' ' || strings.ContainsRune("-–—_*|+=:;,.[]()\u00a0\u00ad\u2011•··<>\"'“”‘’\u200b^\\/`!?#", c)
	})
}

// missing counts the words of want that are not in got in their order.
func missing(want, got []string) (n int, first string) {
	i := 0
	for _, w := range want {
		j := i
		for j < len(got) && got[j] != w {
			j++
		}
		if j == len(got) {
			if n == 0 {
				first = w
			}
			n++
			continue
		}
		i = j + 1
	}
	return n, first
}

// Pandoc is a second opinion on every file: its words, in its order.
func TestPandoc(t *testing.T) {
	if _, err := exec.LookPath("pandoc"); err != nil {
		t.Skip("pandoc is not installed")
	}
	files, _ := filepath.Glob(corpora + "files/*.rtf")
	if len(files) == 0 {
		t.Skip("the corpora are not here")
	}
	same := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := RTF(context.Background(), data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		cmd := exec.Command("pandoc", "-f", "rtf", "-t", "plain", "--wrap=none")
		cmd.Stdin = bytes.NewReader(data)
		out, err := cmd.Output()
		if err != nil {
			t.Logf("%s: pandoc does not read it", filepath.Base(file))
			same++
			continue
		}
		if n, first := missing(words(string(out)), words(c.Text)); n == 0 {
			same++
		} else {
			t.Logf("%s: %d words of pandoc's not in order, the first %q", filepath.Base(file), n, first)
		}
	}
	t.Logf("BENCH %-46s %d of %d", "every word of pandoc's, in order: RTF", same, len(files))
	if same < reachedPandoc {
		t.Errorf("got %d, reached before: %d", same, reachedPandoc)
	}
}

// reachedPandoc: in the other nine pandoc reads every code page as Western, or style sheets of lists as text.
const reachedPandoc = 20
