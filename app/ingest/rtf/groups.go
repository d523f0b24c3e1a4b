package rtf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

// A field is a place whose text was computed: what it computes, and where its result begins.
type field struct {
	inst  *sink
	out   *sink
	start int // bytes in out before the result
}

// destination takes a control word that says what the text of its group is for. It says whether name was one.
func (r *reader) destination(name string) bool {
	if r.st.dest == toText && r.st.out == nil {
		return false // in a group that is left out
	}
	if r.st.dest == toInfo {
		return r.infoGroup(name)
	}
	switch name {
	case "fonttbl":
		r.st.dest = toFonts
	case "info":
		r.st.dest = toInfo
	case "footnote", "annotation":
		r.note(name == "annotation")
	case "atnauthor":
		r.author = &sink{}
		r.aside(r.author)
	case "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf":
		r.margin(name)
	case "pict":
		r.picture()
	case "field", "fldinst":
		r.fieldGroup(name)
	case "object", "objdata", "objclass":
		r.objectGroup(name)
	case "listtext", "pntext":
		r.marker()
	case "upr":
		r.told()
	case "ud":
		if r.st.dest == toUpr {
			r.st.out, r.st.dest = r.st.outer, r.st.was
		}
	case "shpinst", "do", "moMath", "mmath":
		r.st.outer, r.st.dest = r.st.out, toShape
	case "shptxt", "dptxbxtext":
		r.box()
	case "mr":
		if r.st.dest == toShape {
			r.st.out, r.st.dest = r.st.outer, toText
		}
	default:
		if nowhere[name] {
			r.nowhere()
		}
		return nowhere[name]
	}
	return true
}

// aside sends the text of the group into a sink of its own, as if it stood outside of everything.
func (r *reader) aside(s *sink) {
	if len(r.stack) <= 1 {
		return
	}
	r.flush()
	r.st.out, r.st.dest, r.st.table, r.st.hidden, r.st.deleted = s, toText, false, false, false
}

// note marks a place of the text and sends the group into the note.
func (r *reader) note(comment bool) {
	if len(r.stack) <= 1 || r.silent(0) {
		r.nowhere()
		return
	}
	if len(r.notes)+len(r.comments) >= content.MaxParts {
		return // it stays in the text
	}
	r.flush()
	n := &note{text: &sink{line: true}}
	if comment && r.author != nil {
		n.by = r.author.String()
	}
	r.author = nil
	if comment { // its mark stands at the end of its paragraph, whose sentences stay whole
		r.comments = append(r.comments, n)
		mark := fmt.Sprintf(" [c%d]", len(r.comments))
		r.total += len(mark)
		r.st.out.asides = append(r.st.out.asides, mark...)
	} else {
		r.notes = append(r.notes, n)
		r.write(r.st.out, fmt.Sprintf("[%d]", len(r.notes)))
	}
	r.aside(n.text)
}

// margin sends the group into a header or a footer.
func (r *reader) margin(name string) {
	if len(r.stack) <= 1 {
		return
	}
	s := &sink{}
	to := &r.footers
	if strings.HasPrefix(name, "header") {
		to = &r.headers
	}
	if len(*to) < 10_000 {
		*to = append(*to, s)
	}
	r.aside(s)
	r.st.end = s.end
}

// picture leaves a picture out, and counts it where it would be seen.
func (r *reader) picture() {
	if !r.silent(0) {
		r.pictures++
	}
	r.nowhere()
}

// marker takes the number or the dot before an item of a list: a space separates it from the item, not a tab.
func (r *reader) marker() {
	if r.silent(0) || r.st.out == nil {
		return
	}
	out := r.st.out
	r.flush()
	start := len(out.b)
	r.st.end = func() {
		if start > len(out.b) {
			return
		}
		if marker := strings.TrimSpace(string(out.b[start:])); marker != "" {
			out.b = append(append(out.b[:start], marker...), ' ')
		} else {
			out.b = out.b[:start]
		}
	}
}

// box takes the text of a text box: it stands behind the paragraph it is anchored in.
func (r *reader) box() {
	anchor := r.st.outer
	if r.st.dest != toShape || anchor == nil || r.st.hidden || r.st.deleted {
		r.nowhere()
		return
	}
	s := &sink{line: anchor.line}
	r.aside(s)
	anchor.boxes = append(anchor.boxes, s)
}

// fieldGroup takes a field, and what it is computed from.
func (r *reader) fieldGroup(name string) {
	if name == "fldinst" {
		if f := r.st.field; f != nil && len(r.stack) > 1 {
			r.flush()
			r.st.out = f.inst
		} else {
			r.nowhere()
		}
		return
	}
	if r.silent(0) || len(r.stack) <= 1 {
		return
	}
	r.flush()
	f := &field{inst: &sink{line: true}, out: r.st.out, start: len(r.st.out.b)}
	r.st.field = f
	r.st.end = func() {
		if len(f.out.b) <= f.start {
			r.write(f.out, f.shown())
		}
	}
}

// Fields that are shown and often have no result: a character by its number, a reading above its word.
var (
	symbolField = regexp.MustCompile(`(?i)^\s*SYMBOL\s+(\d{1,6}|0x[0-9a-f]{1,5})\b(.*)`)
	rubyField   = regexp.MustCompile(`(?i)^\s*EQ\b.*\\o\b?\s*\\a[a-z]\s*\(\s*\\s\s*\\up\s*[\d.]*\s*\((.*)\)\s*[,;]\s*(.*)\)\s*$`)
)

// shown gives what a field without a result shows.
func (f *field) shown() string {
	inst := f.inst.String()
	if len(inst) > 4096 {
		return ""
	}
	if m := rubyField.FindStringSubmatch(inst); m != nil {
		return m[2] + "(" + m[1] + ")"
	}
	m := symbolField.FindStringSubmatch(inst)
	if m == nil {
		return ""
	}
	n, err := strconv.ParseInt(m[1], 0, 32)
	rest := strings.ToLower(m[2])
	switch {
	case err != nil:
		return ""
	case strings.Contains(rest, `\u`):
		return string(rune(n))
	case n > 0xff:
		return ""
	case strings.Contains(rest, "wingdings"), strings.Contains(rest, "webdings"):
		return string(rune(0xf000 + n))
	case strings.Contains(rest, "symbol"):
		return string(symbolRune(byte(n)))
	}
	return decoded([]byte{byte(n)}, pages[1252])
}

// told begins a group that says its text twice.
func (r *reader) told() {
	r.st.outer, r.st.was, r.st.dest = r.st.out, r.st.dest, toUpr
}
