package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Format conll: conll/<id>.conll, a code point a line with its tags after it, in
// columns parted by tabs, as the shared tasks of CoNLL have had them since 2002.
// Tags are IOB2 (Ramshaw and Marcus 1995; Tjong Kim Sang and Veenstra 1999): the
// first code point of a mark is B-label, those after it I-label, all others O.
//
//	# id = …        what begins with # and a space, and has no tab, is a comment
//	李\tB-person    each code point, a mark's columns after it
//	               each \n of the text is an empty line: a sentence ends there
//
// An empty line more ends the file. White space that is no \n, and what has no shape
// of its own, is \u0020 or \U000E0001: tools split lines at spaces. A \ alone is
// one. So the text can be had back, code point by code point.
//
// Marks that overlap are in as many columns as they need, the longest in the first.
// A file has as many columns in all its lines; a document without marks has one.
// Where a mark goes over the end of a line it begins again in the next, for every
// sentence stands for itself: such marks are counted as split.

func init() {
	formats["conll"] = format{open: openCoNLL,
		positions: "none: a line a code point, an empty line for each end of a line; IOB2 tags, in further columns where marks overlap"}
}

type conllWriter struct {
	j      *job
	counts map[string]int
}

func openCoNLL(j *job) (writer, error) {
	return &conllWriter{j, map[string]int{"documents": 0, "marks": 0}}, nil
}

func (w *conllWriter) close() (map[string]int, error) { return w.counts, nil }

func (w *conllWriter) write(d *Doc) error {
	w.counts["documents"]++
	w.counts["corrections_left_out"] += len(d.Corrections)
	countRegions(w.counts, regionsLeftOut, len(d.Regions))
	return w.j.file("conll/"+string(d.ID)+".conll", func(out io.Writer) error {
		runes := []rune(d.Text)
		columns := w.columns(d, runes)
		b := bufio.NewWriter(out)
		fmt.Fprintf(b, "# id = %s\n# title = %s\n# columns = character", d.ID, oneLine(d.Title))
		for range columns {
			b.WriteString(", tag")
		}
		b.WriteByte('\n')
		for i, r := range runes {
			if r != '\n' {
				b.WriteString(conllWord(string(r)))
				for _, c := range columns {
					b.WriteByte('\t')
					b.WriteString(c[i])
				}
			}
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
		return b.Flush()
	})
}

// columns are the tags of every code point, a column each layer.
func (w *conllWriter) columns(d *Doc, runes []rune) [][]string {
	marks := covering(d, w.counts)
	kept := marks[:0]
	for _, p := range marks {
		lines := strings.Trim(string(runes[p.From:p.To]), "\n")
		if lines == "" {
			w.counts["left_out"]++ // there is no line to tag
			continue
		}
		if strings.Contains(lines, "\n") {
			w.counts["split"]++
		}
		w.counts["marks"]++
		kept = append(kept, p)
	}
	of := layers(kept)
	if len(of) == 0 {
		of = [][]Placed{nil}
	}
	var out [][]string
	for _, layer := range of {
		column := make([]string, len(runes))
		for i := range column {
			column[i] = "O"
		}
		for _, p := range layer {
			label, begins := conllWord(p.Label), true
			for i := p.From; i < p.To; i++ {
				switch {
				case runes[i] == '\n':
					begins = true
				case begins:
					column[i], begins = "B-"+label, false
				default:
					column[i] = "I-" + label
				}
			}
		}
		out = append(out, column)
	}
	return out
}

// conllWord is s without anything that would part a line: what is not seen is as Go
// and Python write it, and so is the \ of what looks like that.
func conllWord(s string) string {
	var b strings.Builder
	for i, r := range s {
		like := r == '\\' && (strings.HasPrefix(s[i:], `\u`) || strings.HasPrefix(s[i:], `\U`))
		switch {
		case !like && !unseen(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	return b.String()
}
