package export

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/app/template"
	"fonds/storage/archive"
)

// masker puts a mark in the place of what is restricted: the words under marks of
// certain labels, the values of certain fields with the words they were read from,
// and the same words wherever else they stand in the set, unless that was waived.
type masker struct {
	labels, fields map[string]bool
	mark           string
	words          []string // those that are masked everywhere, sorted
	waived         []string // those that are masked only where they were marked, sorted
	everywhere     *finder  // of words
}

// newMasker reads the set for what is restricted in it; nil where nothing was
// chosen.
func newMasker(j *job) (*masker, error) {
	if !j.o.masks() {
		return nil, nil
	}
	m := &masker{labels: map[string]bool{}, fields: map[string]bool{}, mark: j.o.Mark}
	for _, l := range j.o.Mask {
		m.labels[l] = true
	}
	for _, f := range j.o.Hide {
		m.fields[f] = true
	}
	if err := j.maskable(); err != nil {
		return nil, err
	}
	found := map[string]bool{}
	if err := j.bearing(m, found); err != nil {
		return nil, err
	}
	for _, w := range j.o.also {
		found[w] = true
	}
	waived := map[string]bool{}
	for _, w := range j.o.Waivers {
		waived[fold(w.Words).text] = true
	}
	for w := range found {
		if waived[fold(w).text] {
			m.waived = append(m.waived, w)
		} else {
			m.words = append(m.words, w)
		}
	}
	slices.Sort(m.words)
	slices.Sort(m.waived)
	m.everywhere = newFinder(m.words)
	if len(m.everywhere.all(m.mark)) > 0 {
		return nil, fmt.Errorf("%w: the mark %q for what is masked holds words that are to be masked; choose another", ErrChoice, m.mark)
	}
	return m, nil
}

// maskable refuses labels and fields that the archive does not have: a slip of the pen
// would mask nothing.
func (j *job) maskable() error {
	self, err := j.a.Self(j.ctx)
	if err != nil {
		return err
	}
	var labels []string
	for _, l := range self.Palette() {
		labels = append(labels, l.Name)
	}
	var fields []string
	for _, f := range template.Of(self).Fields {
		fields = append(fields, f.ID)
	}
	for _, l := range j.o.Mask {
		if used, err := j.a.Bearing(j.ctx, []string{l}, nil); err != nil || len(used) == 0 && !slices.Contains(labels, l) {
			return cmp.Or(err, fmt.Errorf("%w: the label %q; the archive has: %s", ErrChoice, l, strings.Join(labels, ", ")))
		}
	}
	for _, f := range j.o.Hide {
		if used, err := j.a.Bearing(j.ctx, nil, []string{f}); err != nil || len(used) == 0 && !slices.Contains(fields, f) {
			return cmp.Or(err, fmt.Errorf("%w: the field %q; the archive has: %s", ErrChoice, f, strings.Join(fields, ", ")))
		}
	}
	return nil
}

// bearing reads every document of the archive in which something is restricted,
// whether it is in the set or not: two sets of one archive are read side by side.
func (j *job) bearing(m *masker, found map[string]bool) error {
	ids, err := j.a.Bearing(j.ctx, j.o.Mask, j.o.Hide)
	if err != nil {
		return err
	}
	for at := 0; at < len(ids); at += batchDocs {
		docs, err := j.a.Wholes(j.ctx, ids[at:min(at+batchDocs, len(ids))], false)
		if err != nil {
			return err
		}
		for _, d := range docs {
			if err := m.collect(d.Document, found); err != nil {
				return fmt.Errorf("document %s (%s): %w", d.ID.Short(), d.Info.Name, err)
			}
		}
		j.tell(stepLook, min(at+batchDocs, len(ids)), len(ids))
	}
	return nil
}

// restricted says whether an item's words are masked.
func (m *masker) restricted(it *archive.Item) bool {
	return it.What == archive.AMark && m.labels[it.Key] || it.What == archive.AValue && m.fields[it.Key]
}

// collect finds the words of a document that are to be masked, also of what was
// refused or taken back: the history tells of it.
func (m *masker) collect(d *archive.Document, found map[string]bool) error {
	r, err := d.Reading()
	if err != nil {
		return err
	}
	add := func(words string) {
		if words = strings.TrimSpace(words); words != "" { // the space around them is masked where they are marked
			found[words] = true
		}
	}
	for _, it := range d.Items {
		if !m.restricted(it) {
			continue
		}
		if it.What == archive.AValue {
			add(it.Text)
		}
		if a := it.Anchor; a != nil {
			add(a.Quote)
			if a.Text == d.Info.Text {
				p := r.Place(a)
				add(r.Text().Slice(p.Start, p.End))
				i := inSource(r, interval{p.Start, p.End})
				add(r.Source().Slice(i.start, i.end))
			}
		}
	}
	return nil
}

// ErrUnmasked is met where what is to be masked cannot be found.
var ErrUnmasked = errors.New("it cannot be masked")

// string is s with the words masked that are masked everywhere.
func (m *masker) string(s string) string {
	out, _ := replaced(s, m.everywhere.all(s), m.mark)
	return out
}

// doc masks a document.
func (m *masker) doc(out *Doc, d *archive.Document, r *archive.Reading) error {
	for _, it := range d.Elsewheres() {
		if m.restricted(it) {
			return fmt.Errorf("document %s: the mark %q on %q stayed with source text %d, and where its words stand in the text that is read nobody has said: "+
				"mark them there and take that mark away (read that text again for it), or leave the document out: %w",
				d.ID.Short(), it.Key, it.Anchor.Quote, it.Anchor.Text, ErrUnmasked)
		}
	}
	text := points(r.Text().String(), m.everywhere.all(r.Text().String()))
	source := points(r.Source().String(), m.everywhere.all(r.Source().String()))
	shown := 0 // on pictures, where nothing can be masked
	for _, it := range d.Items {
		if it.Anchor.OnPicture() && m.restricted(it) && (it.InForce() || it.Open()) {
			shown++
		}
		if it.What == archive.ACorrection && it.Anchor.Text == d.Info.Text && m.reads(it.Text) {
			source = append(source, interval{it.Anchor.Start.At, it.Anchor.End.At}) // a name read in a wrong encoding is one
		}
		if it.Anchor == nil || it.Anchor.Text != d.Info.Text || !m.restricted(it) || !it.InForce() && !it.Open() {
			continue
		}
		p := r.Place(it.Anchor)
		text = append(text, interval{p.Start, p.End})
	}
	// Where one text is masked the other is at the same words, corrected or not.
	both := append(slices.Clone(source), each(text, func(i interval) interval { return inSource(r, i) })...)
	text = merge(append(text, each(source, func(i interval) interval { return inReading(r, i) })...))
	source = merge(both)
	v := &masked{m: m, several: slices.ContainsFunc(out.History, readsAgain)}
	reading, source2 := "", ""
	reading, v.reading = replaced(r.Text().String(), each(text, bytesOf(r.Text())), m.mark)
	source2, v.source = replaced(r.Source().String(), each(source, bytesOf(r.Source())), m.mark)
	if out.reading {
		out.Text = reading
	} else {
		out.Text = source2
	}
	out.SourceText, out.Masked = source2, len(source)+shown
	if out.Masked > 0 {
		out.unprovable(source2)
	}
	v.text = archive.NewText(reading)
	v.document(out.Document)
	for i := range out.History {
		v.operation(&out.History[i])
	}
	out.Recipe = json.RawMessage(m.string(string(out.Recipe)))
	m.walk(reflect.ValueOf(out.Document))
	m.walk(reflect.ValueOf(out.History))
	return nil
}

// masked is one document whose places are being moved.
type masked struct {
	m               *masker
	reading, source shift
	text            *archive.Text // the reading text, masked
	several         bool          // the history has places of several source texts
}

func (v *masked) document(d *Document) {
	for i := range d.Fields {
		f := &d.Fields[i]
		if v.m.fields[f.Field] {
			f.Value, f.Detail, f.NotStated = v.m.mark, "", false // nor is told that there is nothing
		}
		if f.Evidence != nil {
			v.rangeOf(f.Evidence)
		}
	}
	for i := range d.Marks {
		k := &d.Marks[i]
		v.rangeOf(&k.Range)
		if v.m.labels[k.Label] { // who it names, and what was said of them
			k.Text, k.Authority = maskIf(k.Text, v.m.mark), ""
		}
	}
	for i := range d.Regions {
		if k := &d.Regions[i]; v.m.labels[k.Label] {
			k.Text, k.Authority = maskIf(k.Text, v.m.mark), ""
		}
	}
	for i := range d.Corrections {
		c := &d.Corrections[i]
		hit := v.source.touches(c.Start, c.End)
		if c.Reading != nil {
			hit = hit || v.reading.touches(c.Reading.Start, c.Reading.End)
			c.Reading.Start, c.Reading.End = v.reading.place(c.Reading.Start, c.Reading.End)
		}
		c.Start, c.End = v.source.place(c.Start, c.End)
		if hit {
			c.Source, c.Text, c.Lacunae = v.m.mark, v.m.mark, nil
		}
	}
	for i := range d.Parts {
		p := &d.Parts[i]
		p.Start, p.End = v.source.place(p.Start, p.End)
		p.Or = nil
	}
	for i := range d.Furniture {
		f := &d.Furniture[i]
		f.Start, f.End = v.source.place(f.Start, f.End)
	}
	d.PartOf = nil // its places are those of another document, masked or not
}

// rangeOf moves a range and takes its words anew from the masked text.
func (v *masked) rangeOf(r *Range) {
	if v.source.touches(r.Start, r.End) || v.reading.touches(r.Reading.Start, r.Reading.End) {
		r.StartIn, r.EndIn, r.Made = nil, nil, ""
	}
	r.Start, r.End = v.source.place(r.Start, r.End)
	r.Reading.Start, r.Reading.End = v.reading.place(r.Reading.Start, r.Reading.End)
	r.Quote = v.text.Slice(r.Reading.Start, r.Reading.End)
}

// operation masks the words that an operation left or found at places.
func (v *masked) operation(o *Operation) {
	for _, c := range o.Changes {
		for _, s := range []*State{c.Before, c.After} {
			if s == nil {
				continue
			}
			mark := v.m.mark
			if v.m.fields[s.Field] && s.Field != "" {
				s.Value, s.Detail, s.Quote, s.NotStated = mark, "", maskIf(s.Quote, mark), false
			}
			if v.m.labels[s.Label] && c.What == string(archive.AMark) {
				s.Quote, s.Authority = maskIf(s.Quote, mark), ""
				if s.Text != nil {
					s.Text = &mark
				}
			}
			in := s.StartIn != nil || s.EndIn != nil // within a correction's words: which, masked or not, is not told
			in = in || v.several && s.Start != nil   // nor is in which text
			if s.Start != nil && s.End != nil {
				in = in || v.source.touches(*s.Start, *s.End)
				start, end := v.source.place(*s.Start, *s.End)
				s.Start, s.End = &start, &end
			}
			if in {
				s.Quote, s.Source = maskIf(s.Quote, mark), maskIf(s.Source, mark)
				if c.What == string(archive.ACorrection) {
					s.Text = &mark
				}
			}
		}
	}
}

// unprovable takes out of a document what would let somebody who guesses a masked
// word see that they are right: hashes of the original and of contents, lengths, and
// bytes of the recipe.
func (d *Doc) unprovable(text string) {
	d.SHA256, d.Size, d.Chars, d.Undecoded = "", 0, utf8.RuneCountInString(text), 0
	if d.Approval != nil {
		d.Approval.Hash = ""
	}
	if d.Sample != nil {
		d.Sample.Hash = ""
	}
	for _, o := range d.History {
		for _, c := range o.Changes {
			for _, s := range []*State{c.Before, c.After} {
				if s != nil {
					s.Hash = ""
				}
			}
		}
	}
	var r struct {
		Decoder   string `json:"decoder,omitempty"`
		Extractor string `json:"extractor,omitempty"`
		Version   string `json:"version,omitempty"`

		Sizes [][2]int `json:"sizes,omitempty"` // of pages: a region means nothing without them, and they say nothing of words
	}
	if json.Unmarshal(d.Recipe, &r) == nil {
		d.Recipe, _ = json.Marshal(r) // strings and numbers only
	}
}

func maskIf(s, mark string) string {
	if s == "" {
		return ""
	}
	return mark
}

// plain are the fields of what is written out that the program makes and no
// person: a word to be masked cannot be told from them, and is found afterwards.
var plain = map[string]bool{"SHA256": true, "Format": true, "Encoding": true, "Modified": true, "Added": true, "Status": true,
	"State": true, "At": true, "Do": true, "What": true, "Outcome": true, "Verdict": true, "Hash": true, "Due": true, "Act": true, "Role": true}

// walk masks the words in every string that people have written.
func (m *masker) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			m.walk(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			m.walk(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !plain[f.Name] {
				m.walk(v.Field(i))
			}
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.CanSet() {
			v.SetString(m.string(v.String()))
		}
	}
}
