package export

import (
	"fmt"
	"io"
	"strings"

	"fonds/storage/archive"
)

// Format brat: brat/<id>.txt and brat/<id>.ann in the standoff format of brat
// (brat.nlplab.org/standoff.html), and the configuration of a collection,
// annotation.conf and visual.conf. What is said here of brat is what its server
// does in server/src/annotation.py and projectconfig.py.

func init() {
	formats["brat"] = format{open: openBrat,
		positions: "code points of brat/<id>.txt; a mark over ends of lines is in fragments, one a line, and reaches from the first to the last. U+FFFD stands in the text for what no text format can hold"}
}

// bratCorrection is the type of a corrected place. A label of that name is written
// otherwise.
const bratCorrection = "Correction"

type bratWriter struct {
	j      *job
	labels map[string]bool
	counts map[string]int
}

func openBrat(j *job) (writer, error) {
	return &bratWriter{j, map[string]bool{}, map[string]int{"documents": 0, "marks": 0}}, nil
}

func (w *bratWriter) write(d *Doc) error {
	w.counts["documents"]++
	text := bratText(d.Text)
	err := w.j.file("brat/"+string(d.ID)+".txt", func(out io.Writer) error {
		_, err := io.WriteString(out, text)
		return err
	})
	if err != nil {
		return err
	}
	return w.j.file("brat/"+string(d.ID)+".ann", func(out io.Writer) error {
		a := &bratFile{out: out, text: archive.NewText(text), counts: w.counts}
		for _, p := range covering(d, w.counts) {
			w.labels[p.Label] = true
			if err := a.mark(p); err != nil {
				return err
			}
		}
		w.counts["corrections_left_out"] += proposedFixes(d)
		countRegions(w.counts, regionsLeftOut, len(d.Regions))
		for _, f := range d.Fixed() {
			if err := a.fix(f, d.reading); err != nil {
				return err
			}
		}
		return nil
	})
}

// bratFile is one .ann file. brat wants every kind of line numbered by itself.
type bratFile struct {
	out                         io.Writer
	text                        *archive.Text
	counts                      map[string]int
	entities, references, notes int
}

func (a *bratFile) mark(p Placed) error {
	id, words, err := a.entity(bratName(p.Label), p.From, p.To)
	if id == "" || err != nil {
		a.counts["left_out"]++
		return err
	}
	a.counts["marks"]++
	if p.Authority != "" && !strings.ContainsFunc(p.Authority, unseen) && strings.Contains(p.Authority, ":") {
		a.references++
		if _, err := fmt.Fprintf(a.out, "N%d\tReference %s %s\t%s\n", a.references, id, p.Authority, words); err != nil {
			return err
		}
	}
	if p.Text == "" {
		return nil
	}
	return a.note(id, p.Text)
}

// fix writes a correction: over the old words with the new in a note, or, in a
// reading text, over the new with the old.
func (a *bratFile) fix(f Fixed, reading bool) error {
	id, _, err := a.entity(bratCorrection, f.From, f.To)
	if id == "" || err != nil {
		a.counts["corrections_left_out"]++
		return err
	}
	a.counts["corrections"]++
	say := "new words: " + f.Text
	if reading {
		say = "old words: " + f.Source
	}
	if err := a.note(id, say); err != nil || f.Reason == "" {
		return err
	}
	return a.note(id, "reason: "+f.Reason)
}

// entity writes a text-bound annotation, "" where nothing of it can be: its text is
// that of its fragments with a space between, and holds no end of a line.
func (a *bratFile) entity(name string, from, to int) (id, words string, err error) {
	parts := a.fragments(from, to)
	if len(parts) == 0 {
		return "", "", nil
	}
	if parts[0].start != from || parts[len(parts)-1].end != to {
		a.counts["trimmed"]++ // of ends of lines at its borders
	}
	a.entities++
	id = fmt.Sprintf("T%d", a.entities)
	var places, quotes []string
	for _, p := range parts {
		places = append(places, fmt.Sprintf("%d %d", p.start, p.end))
		quotes = append(quotes, a.text.Slice(p.start, p.end))
	}
	words = strings.Join(quotes, " ")
	_, err = fmt.Fprintf(a.out, "%s\t%s %s\t%s\n", id, name, strings.Join(places, ";"), words)
	return id, words, err
}

func (a *bratFile) note(of, text string) error {
	a.notes++
	_, err := fmt.Fprintf(a.out, "#%d\tAnnotatorNotes %s\t%s\n", a.notes, of, oneLine(text))
	return err
}

// fragments splits a place at the ends of lines.
func (a *bratFile) fragments(from, to int) []interval {
	var out []interval
	at := from
	for i, r := range []rune(a.text.Slice(from, to) + "\n") {
		if !endsLine(r) {
			continue
		}
		if from+i > at {
			out = append(out, interval{at, from + i})
		}
		at = from + i + 1
	}
	return out
}

// endsLine says whether a line ends at a code point for brat, which reads .ann files
// by lines: older versions by those of Python's codecs, which know more than \n.
func endsLine(r rune) bool { return r == '\n' || r == 0x85 || r == 0x2028 || r == 0x2029 }

// bratText is the text as brat can hold it, code point for code point. Python reads
// \r as \n, and \r\n as one.
func bratText(s string) string { return strings.ReplaceAll(legal(s), "\r", "\uFFFD") }

// bratName is a label as the name of a type: letters of ASCII, digits, _ and -, all
// else as _u4EBA_, and so is the _ of what looks like that.
func bratName(label string) string {
	if label == bratCorrection {
		return "_u0043_orrection"
	}
	var b strings.Builder
	for i, r := range label {
		rest := label[i:]
		if !bratLetter(r) || r == '_' && len(rest) > 2 && rest[1] == 'u' && strings.IndexByte("0123456789ABCDEF", rest[2]) >= 0 {
			fmt.Fprintf(&b, "_u%04X_", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func bratLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-'
}

func (w *bratWriter) close() (map[string]int, error) {
	labels, err := w.j.labelsOf(w.labels)
	if err != nil {
		return nil, err
	}
	if err := w.j.file("brat/annotation.conf", func(out io.Writer) error { return bratAnnotationConf(out, labels) }); err != nil {
		return nil, err
	}
	return w.counts, w.j.file("brat/visual.conf", func(out io.Writer) error { return bratVisualConf(out, labels) })
}

// bratAnnotationConf writes which types there are; all four sections have to be
// there. Marks may overlap.
func bratAnnotationConf(out io.Writer, labels []string) error {
	var b strings.Builder
	b.WriteString("# Labels of the archive as names of types. _u4EBA_ stands for the character U+4EBA.\n")
	for _, l := range labels {
		if n := bratName(l); n != l {
			fmt.Fprintf(&b, "# %s = %s\n", n, oneLine(l))
		}
	}
	b.WriteString("# In notes, \\u{000A} stands for the character U+000A.\n\n[entities]\n")
	for _, l := range labels {
		b.WriteString(bratName(l) + "\n")
	}
	b.WriteString(bratCorrection + "\n\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// bratVisualConf writes what to show in the place of names that say nothing. A | would
// part the name from a shorter one.
func bratVisualConf(out io.Writer, labels []string) error {
	var b strings.Builder
	b.WriteString("[labels]\n")
	for _, l := range labels {
		if n := bratName(l); n != l && !strings.ContainsFunc(l, func(r rune) bool { return r == '|' || r != ' ' && unseen(r) }) {
			fmt.Fprintf(&b, "%s | %s\n", n, l)
		}
	}
	b.WriteString("\n[drawing]\n")
	_, err := io.WriteString(out, b.String())
	return err
}
