package session

import (
	"cmp"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// Apparatus is the words [start,end) of the reading text with what was done to
// them: corrections in force as [old → new], marks as ‹words · label›; and below
// it where the words stand, in the person's language.
func (d *Doc) Apparatus(start, end int, name string) string {
	text := d.Text.Text()
	type sign struct {
		at, order int
		words     string
	}
	var signs []sign
	put := func(at, order int, words string) { signs = append(signs, sign{at, order, words}) }
	for _, it := range d.Of(archive.AMark) {
		from, to, ok := d.Span(it)
		if !ok || !it.InForce() || it.Key == archive.Furniture || to <= start || from >= end || from == to {
			continue
		}
		put(max(from, start), 1, "‹")
		label := LabelWords(it.Key)
		if it.Text != "" {
			label += ": " + it.Text
		}
		put(min(to, end), -1, " · "+OneLine(label)+"›")
	}
	type fix struct {
		from, to int
		old      string
	}
	var fixes []fix
	for _, f := range d.Text.Spans() {
		if f.Start <= end && f.End >= start && (f.Start < end && f.End > start || f.Start == f.End && f.Start > start && f.Start < end) {
			fixes = append(fixes, fix{max(f.Start, start), min(f.End, end), f.Fix.Source})
		}
	}
	for _, f := range fixes {
		old := f.old
		if f.from == f.to {
			put(f.from, 0, "["+old+" → "+i18n.T("text.deleted")+"]")
			continue
		}
		if old == "" {
			old = i18n.T("correct.inserted")
		}
		put(f.from, 2, "["+old+" → ")
		put(f.to, -2, "]")
	}
	slices.SortStableFunc(signs, func(a, b sign) int { return cmp.Or(a.at-b.at, a.order-b.order) })
	var b strings.Builder
	at := start
	for _, s := range signs {
		b.WriteString(text.Slice(at, s.at))
		b.WriteString(s.words)
		at = s.at
	}
	b.WriteString(text.Slice(at, end))
	args := []any{"title", OneLine(d.Title()), "date", OneLine(d.Date()), "archive", OneLine(name), "document", d.ID.Short(), "start", start, "end", end}
	if d.Date() == "" {
		return b.String() + "\n\n" + i18n.T("copy.cite.undated", args...)
	}
	return b.String() + "\n\n" + i18n.T("copy.cite", args...)
}
