package export

import (
	"fmt"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/template"
	"fonds/storage/archive"
)

// speech is how a page speaks: in one language, or in all of them side by side, of
// which a script may then hide those that nobody reads.
type speech struct {
	tags   []string
	fields []template.Field
	styles map[string]int // of marks, by label
}

// newSpeech is the speech for an archive of which self tells.
func newSpeech(self *archive.Document, tags []string) *speech {
	s := &speech{tags: tags, fields: template.Of(self).Fields, styles: map[string]int{}}
	for _, l := range self.Palette() {
		s.styles[l.Name] = l.Style
	}
	return s
}

// in is what a key says in one language.
func (s *speech) in(tag, key string, args ...any) string {
	return i18n.In(tag, "aid."+key, args...)
}

// say is HTML of what a key says.
func (s *speech) say(key string, args ...any) string {
	return s.each(func(tag string) string { return s.in(tag, key, args...) })
}

// each is HTML of words that are chosen by language; once, where all say the same.
func (s *speech) each(words func(tag string) string) string {
	said := s.said(words)
	if len(said) == 1 {
		return inPage(said[0])
	}
	var b strings.Builder
	for i, tag := range s.tags { // the style puts a space between them where both are shown
		fmt.Fprintf(&b, `<span class="w" lang="%s">%s</span>`, tag, inPage(said[i]))
	}
	return b.String()
}

// said lists the words by language; one, where all say the same.
func (s *speech) said(words func(tag string) string) []string {
	var out []string
	for _, tag := range s.tags {
		out = append(out, words(tag))
	}
	if one := slices.Compact(slices.Clone(out)); len(one) == 1 {
		return one
	}
	return out
}

// attr is an attribute of HTML with words: of all languages, and of each beside it
// for the script. The name "text" is for what an element holds.
func (s *speech) attr(name, key string, args ...any) string {
	return s.attrOf(name, func(tag string) string { return s.in(tag, key, args...) })
}

func (s *speech) attrOf(name string, words func(tag string) string) string {
	said := s.said(words)
	var b strings.Builder
	if name != "text" {
		fmt.Fprintf(&b, ` %s="%s"`, name, inPage(strings.Join(said, " ")))
	}
	if len(s.tags) < 2 {
		return b.String()
	}
	if name != "data-label" { // which the style reads itself
		fmt.Fprintf(&b, ` data-say="%s"`, name)
	}
	for i, tag := range s.tags {
		fmt.Fprintf(&b, ` data-%s="%s"`, strings.ToLower(tag), inPage(said[min(i, len(said)-1)]))
	}
	return b.String()
}

// plain is what a key says where no elements may stand.
func (s *speech) plain(key string, args ...any) string {
	return inPage(strings.Join(s.said(func(tag string) string { return s.in(tag, key, args...) }), " "))
}

// more are the fields that decide who may read, or say how much there is, which a
// template need not have.
var more = []string{AccessField, AvailableField, "dcterms:extent", "dcterms:medium"}

// field is what a field is called in a language.
func (s *speech) field(tag, id string) string {
	for _, f := range s.fields {
		if f.ID == id && f.Label[tag] != "" {
			return f.Label[tag]
		}
	}
	if slices.Contains(more, id) {
		return s.in(tag, "field."+strings.TrimPrefix(id, "dcterms:"))
	}
	return id
}

// place is where a field stands in the order of the template.
func (s *speech) place(id string) int {
	if i := slices.IndexFunc(s.fields, func(f template.Field) bool { return f.ID == id }); i >= 0 {
		return i
	}
	return len(s.fields)
}

// label is what a mark's label is called in a language.
func (s *speech) label(tag, name string) string {
	if name == archive.Furniture || slices.Contains(archive.OwnLabels(), name) {
		return i18n.In(tag, "mark."+name)
	}
	return name
}

// style is the class of a mark's look.
func (s *speech) style(label string) string {
	if label == archive.Furniture {
		return "furniture"
	}
	if n, ok := s.styles[label]; ok {
		return fmt.Sprint("s", n)
	}
	return fmt.Sprint("s", archive.Styles-2) // one that is in no palette any more
}

// status is HTML of what the status of a document is called.
func (s *speech) status(status string) string {
	return s.each(func(tag string) string { return i18n.In(tag, "docstatus."+status) })
}

// knownReasons are the reasons of corrections that have words of their own.
var knownReasons = []string{"mojibake", "ocr", "typo"}

// reason is HTML of why something was corrected or decided.
func (s *speech) reason(why string) string {
	if slices.Contains(knownReasons, why) {
		return s.each(func(tag string) string { return i18n.In(tag, "reason."+why) })
	}
	return `<bdi class="words">` + inPage(why) + "</bdi>"
}

// who is HTML of the name of whoever did something.
func (s *speech) who(by string) string {
	if by == Machine {
		return s.say("machine")
	}
	return `<bdi class="who">` + inPage(by) + "</bdi>"
}

// whoWhen is HTML of who did something and when.
func (s *speech) whoWhen(by, at string) string {
	return s.who(by) + ` <span class="quiet">` + moment(at) + "</span>"
}

// moment is HTML of a time of the log.
func moment(at string) string {
	if len(at) < len("2006-01-02T15:04") {
		return inPage(at)
	}
	return fmt.Sprintf(`<time datetime="%s">%s %s</time>`, inPage(at), inPage(at[:10]), inPage(at[11:16]))
}

// inPage is safe for words that may have carriage returns, which a reader of HTML
// takes for line feeds unless they are written out.
func inPage(s string) string { return strings.ReplaceAll(safe(s), "\r", "&#13;") }
