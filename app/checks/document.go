package checks

import (
	"context"
	"strings"

	"fonds/app/export"
	"fonds/app/ingest"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file checks one document.

// subject is a document that is being checked.
type subject struct {
	*one
	r       *runner
	d       *storage.Whole
	values  []*archive.Item // in force that say something
	date    span            // of the document
	reading *archive.Reading
	text    string // the reading text
	own     *storage.OriginalSum
	recipe  ingest.Recipe // of its text, where it can be read
}

// checkAll checks some documents, in their order. It looks at nothing that another hand
// changes.
func (r *runner) checkAll(ctx context.Context, a *storage.Archive, ids []archive.ID) ([]*one, error) {
	wholes, err := a.Wholes(ctx, ids, false)
	if err != nil {
		return nil, err
	}
	sums := map[string]*storage.OriginalSum{}
	if err := a.Originals(ctx, ids, func(s storage.OriginalSum) error {
		sums[s.SHA256] = &s
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	byID := make(map[archive.ID]*storage.Whole, len(wholes))
	for i := range wholes {
		byID[wholes[i].ID] = &wholes[i]
	}
	out := make([]*one, 0, len(ids))
	for _, id := range ids {
		x := &one{row: row{id: id}}
		out = append(out, x)
		d := byID[id]
		if d == nil || d.Info == nil {
			x.thing("U5", err1("unreadable"))
			continue
		}
		s := &subject{one: x, r: r, d: d, own: sums[d.Info.SHA256]}
		s.check()
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func err1(code string, args ...any) Finding { return Finding{Severity: Error, Code: code, Args: args} }

func warn(code string, args ...any) Finding {
	return Finding{Severity: Warning, Code: code, Args: args}
}

// of says of which field a finding is.
func (f Finding) of(field string) Finding {
	f.Field = field
	return f
}

func (s *subject) check() {
	d := s.d
	for _, it := range d.Items {
		if it.What == archive.AValue && it.InForce() && !it.NotStated() {
			s.values = append(s.values, it)
		}
	}
	if of := stated(d.Document, s.r.roles.date); len(of) > 0 {
		s.date = readSpan(of[0].Text, 0)
	}
	s.year = s.date.year()
	refs, numbers := s.r.roles.numbered(d.Document)
	for _, it := range refs {
		s.refs = append(s.refs, it.Text)
	}
	for _, it := range numbers {
		s.numbers = append(s.numbers, it.Text)
		s.numberKeys = append(s.numberKeys, folded(it.Text))
	}
	if of := stated(d.Document, s.r.roles.title); len(of) > 0 {
		s.titled, s.titleKey = of[0].Text, folded(of[0].Text)
	}
	reading, err := d.Reading()
	if err != nil {
		s.thing("U5", err1("unreadable"))
		return
	}
	s.thing("U5")
	s.reading, s.text = reading, reading.Text().String()
	if len(d.Parts()) > 0 {
		s.text = s.ownText()
	}
	s.original()
	for _, it := range s.values {
		s.value(it, s.r.roles.fields[it.Key])
	}
	s.evidence()
	s.references(refs)
	s.required()
	s.secret()
	s.texts()
	s.official(numbers)
	s.work()
	s.agree(refs, numbers)
	for _, it := range d.Parts() {
		s.parts = append(s.parts, archive.ID(it.Text))
	}
	if d.Info.Part != nil {
		s.of = d.Info.Part.Doc
	}
}

// ownText is the reading text without the words of parts, which are documents of their own.
func (s *subject) ownText() string {
	own, _, err := s.d.Without(false)
	if err != nil {
		return s.text
	}
	r, err := own.Reading()
	if err != nil {
		return s.text
	}
	return r.Text().String()
}

// required looks whether what the template asks for at the document's level is there, in it
// or in a unit that it lies in.
func (s *subject) required() {
	var missing []Finding
	for i := range s.r.roles.list {
		f := &s.r.roles.list[i]
		if f.Compute != "" {
			continue
		}
		n := len(s.d.Values(f.ID))
		switch s.r.form.Force(f, s.d.Document) {
		case template.Always:
			if values, _ := f.Inherited(s.d.Document, s.r.units); n+len(values) == 0 {
				missing = append(missing, err1("missing").of(f.ID))
			}
		case template.IfAny:
			if n > 0 {
				s.ifany++
			}
		}
	}
	s.thing("C2", missing...)
}

// secret looks whether what has a security class is open to everybody.
func (s *subject) secret() {
	f := s.r.roles.fields["dat18:security"]
	if f == nil {
		return
	}
	class := ""
	for _, it := range stated(s.d.Document, f.ID) {
		for _, word := range []string{"绝密", "机密", "秘密"} {
			if strings.HasPrefix(strings.TrimSpace(it.Text), word) {
				class = it.Text
			}
		}
	}
	if class == "" {
		return
	}
	var found []Finding
	if export.Closed(s.d.Document, s.r.units, s.r.report.Day) == nil {
		found = append(found, err1("secret-open", "class", class).of(f.ID))
	}
	s.thing("A6", found...)
}

// work looks at how far the work on the document is.
func (s *subject) work() {
	if st, holds := s.d.Approval(); st != nil {
		var all []Finding
		if !holds {
			all = append(all, err1("approval-stale", "by", st.By))
		} else if st.Decision != nil && st.Decision.Alone {
			all = append(all, warn("approval-alone", "by", st.By))
		}
		s.thing("S2", all...)
	}
	var open []Finding
	if n := s.d.Proposals(); n > 0 {
		open = append(open, warn("proposals", "n", n))
	}
	s.thing("S3", open...)
}
