package export

import (
	"fmt"
	"io"
)

// This file writes what the search of a finding aid reads: scripts that hand lists
// to it, cut into pieces so that no browser has to hold all at once.

// How many bytes a piece may have before the next begins.
const (
	listChunk = 1 << 20
	textChunk = 2 << 20
)

// chunks is a list that is being written into files name-1.js, name-2.js …
type chunks struct {
	j    *job
	name string
	most int64
	f    *file
	n    int // files begun
}

// put adds a value to the list.
func (c *chunks) put(v any) error {
	if c.f != nil && c.f.n >= c.most {
		if err := c.close(); err != nil {
			return err
		}
	}
	sep := ",\n"
	if c.f == nil {
		c.n++
		var err error
		if c.f, err = c.j.create(fmt.Sprintf("findingaid/search/%s-%d.js", c.name, c.n)); err != nil {
			return err
		}
		sep = fmt.Sprintf("\"use strict\";\naid.take(\"%s\", %d, [\n", c.name, c.n)
	}
	if _, err := io.WriteString(c.f, sep); err != nil {
		return err
	}
	return encoder(c.f).Encode(v)
}

// close ends the piece that is being written, if one is.
func (c *chunks) close() error {
	if c.f == nil {
		return nil
	}
	f := c.f
	c.f = nil
	if _, err := io.WriteString(f, "]);\n"); err != nil {
		f.f.Close()
		return err
	}
	return c.j.done(f)
}

// index hands a document to the search: its row, its years, the fields that are not
// in the row, and its text.
func (w *aidWriter) index(r *aidRow, d *Doc) error {
	inRow := map[string]bool{"dcterms:identifier": true, "dcterms:title": true, "dcterms:date": true, "dcterms:creator": true}
	tags, fields, when := []string{}, [][2]string{}, []int{}
	for _, t := range r.tags {
		tags = append(tags, legal(t))
	}
	for _, f := range d.Fields {
		if f.NotStated {
			continue // there are no words to find
		}
		if !inRow[f.Field] || f.Field == "dcterms:title" && f.Value != r.title {
			fields = append(fields, [2]string{legal(f.Field), legal(f.Value)})
		}
	}
	for _, v := range d.Values("dcterms:date") {
		when = append(when, years(v)...)
	}
	err := w.list.put([]any{r.n, r.id, legal(r.ref), legal(r.title), legal(r.date), legal(r.creator), tags, r.status, when, fields})
	if err != nil {
		return err
	}
	return w.text.put([]any{r.n, legal(d.Text)})
}
