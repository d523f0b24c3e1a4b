package export

import (
	"io"

	"fonds/app/vocab"
	"fonds/storage/archive"
)

// Format skos: skos/tags.ttl, the tags of the set as a vocabulary in SKOS (Turtle): each
// with those above it, what is said of it, and how many documents of the set bear it.
// Tags that no document of the set bears are written where the set is the whole archive
// with nothing held back. Fields and texts have no place in it.

func init() {
	formats["skos"] = format{open: func(j *job) (writer, error) { return &skosWriter{j, map[string]int{}}, nil }}
}

type skosWriter struct {
	j    *job
	tags map[string]int // documents by tags, masked as the documents are
}

func (w *skosWriter) write(d *Doc) error {
	for _, t := range d.Tags {
		if inForce(t.State) {
			w.tags[t.Tag]++
		}
	}
	return nil
}

func (w *skosWriter) close() (map[string]int, error) {
	self, err := w.j.a.Self(w.j.ctx)
	if err != nil {
		return nil, err
	}
	all, err := w.j.wholeArchive()
	if err != nil {
		return nil, err
	}
	said := map[string]archive.Concept{}
	above := vocab.OfTags(w.tags, nil).Counts
	for tag, c := range self.Concepts() {
		tag = w.j.masked(tag)
		if _, used := above[tag]; all || used {
			said[tag] = w.masked(c)
		}
	}
	v := vocab.OfTags(w.tags, said)
	v.Title, v.Licence = w.j.o.Title, w.j.o.Licence
	out, err := vocab.Write(v, vocab.Turtle)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, docs := range w.tags {
		n += docs
	}
	return map[string]int{"tags": len(v.Terms), "described": len(said), "uses": n}, w.j.file("skos/tags.ttl", func(f io.Writer) error {
		_, err := f.Write(out)
		return err
	})
}

// masked is what is said of a tag as it may be given out.
func (w *skosWriter) masked(c archive.Concept) archive.Concept {
	j := w.j
	out := archive.Concept{Tag: j.masked(c.Tag), Scope: j.masked(c.Scope), URI: j.masked(c.URI), Colour: c.Colour, Names: map[string]string{}}
	for _, n := range c.UsedFor {
		out.UsedFor = append(out.UsedFor, j.masked(n))
	}
	for lang, n := range c.Names {
		out.Names[lang] = j.masked(n)
	}
	return out
}
