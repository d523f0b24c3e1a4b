package vocab

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fonds/storage/archive"
)

// This file makes terms of triples that say SKOS (w3.org/TR/skos-reference): concepts with
// preferred, alternative and hidden labels, notes, and the broader concept; of the scheme
// its title and licence. Where one concept has several broader ones, the first counts and
// the others are told. What else a file says is not kept.

// ownNS begins what SKOS has no word for: identifiers that are no URI, colours, counts.
const (
	ownNS = "urn:x-fonds:"
	ownID = ownNS + "id:"
)

// gathered is what a file says of one subject.
type gathered struct {
	term    archive.Term
	broader []string
	labels  []archive.Name // rdfs:label, foaf:name, schema:name: where no label is preferred
	scope   [3][]string    // scope notes, definitions, notes
	concept bool
	scheme  bool
	title   string
	licence string
}

// skos gathers triples.
type skos struct {
	of       map[string]*gathered
	order    []string
	narrower [][2]string
	blanks   map[string]string
}

func newSKOS() *skos { return &skos{of: map[string]*gathered{}, blanks: map[string]string{}} }

// key is what a subject is known by: its IRI, or the identifier that was written as one.
func (s *skos) key(n node) string {
	if n.kind == 'b' {
		if s.blanks[n.text] == "" {
			s.blanks[n.text] = "_" + strconv.Itoa(len(s.blanks)+1)
		}
		return s.blanks[n.text]
	}
	if id, ours := strings.CutPrefix(n.text, ownID); ours {
		if plain, err := url.PathUnescape(id); err == nil {
			return plain
		}
	}
	return n.text
}

func (s *skos) subject(n node) *gathered {
	id := s.key(n)
	g := s.of[id]
	if g == nil {
		g = &gathered{}
		g.term.ID = id
		s.of[id] = g
		s.order = append(s.order, id)
	}
	return g
}

func (s *skos) put(t triple) {
	local, ofSKOS := strings.CutPrefix(t.p.text, skosNS)
	if !ofSKOS {
		s.other(t)
		return
	}
	words := t.o.kind == 'l'
	switch g := s.subject(t.s); local {
	case "prefLabel":
		if n := (archive.Name{Text: t.o.text, Lang: t.o.lang}); words && !slices.Contains(g.term.Names, n) {
			g.concept, g.term.Names = true, append(g.term.Names, n)
		}
	case "altLabel", "hiddenLabel":
		if words {
			g.term.Also = append(g.term.Also, archive.Name{Text: t.o.text, Lang: t.o.lang})
		}
	case "scopeNote", "definition", "note":
		if at := slices.Index([]string{"scopeNote", "definition", "note"}, local); words && !slices.Contains(g.scope[at], t.o.text) {
			g.scope[at] = append(g.scope[at], t.o.text)
		}
	case "broader", "broaderGeneric", "broaderPartitive", "broaderInstantial":
		if !words {
			g.broader = append(g.broader, s.key(t.o))
		}
	case "narrower", "narrowerGeneric", "narrowerPartitive", "narrowerInstantial":
		if !words {
			s.narrower = append(s.narrower, [2]string{s.key(t.o), g.term.ID})
		}
	case "hasTopConcept":
		g.scheme = true
	}
}

// other takes what is said in other words than those of SKOS.
func (s *skos) other(t triple) {
	switch t.p.text {
	case rdfNS + "type":
		switch t.o.text {
		case skosNS + "Concept":
			s.subject(t.s).concept = true
		case skosNS + "ConceptScheme":
			s.subject(t.s).scheme = true
		}
	case "http://www.w3.org/2000/01/rdf-schema#label", "http://xmlns.com/foaf/0.1/name", "http://schema.org/name", "https://schema.org/name":
		g := s.subject(t.s)
		g.labels = append(g.labels, archive.Name{Text: t.o.text, Lang: t.o.lang})
	case dctNS + "title", "http://purl.org/dc/elements/1.1/title":
		g := s.subject(t.s)
		g.title = cmp.Or(g.title, t.o.text)
	case dctNS + "license", dctNS + "rights", "http://purl.org/dc/elements/1.1/rights":
		g := s.subject(t.s)
		g.licence = cmp.Or(g.licence, t.o.text)
	case dctNS + "date", dctNS + "temporal":
		g := s.subject(t.s)
		g.term.Dates = cmp.Or(g.term.Dates, t.o.text)
	case ownNS + "colour":
		if n, err := strconv.Atoi(t.o.text); err == nil && n > 0 && n <= archive.Styles {
			s.subject(t.s).term.Colour = n
		}
	}
}

// vocabulary is what was gathered.
func (s *skos) vocabulary() *Vocabulary {
	v := &Vocabulary{}
	for _, n := range s.narrower {
		if g := s.of[n[0]]; g != nil && !slices.Contains(g.broader, n[1]) {
			g.broader = append(g.broader, n[1])
		}
	}
	for _, id := range s.order {
		g := s.of[id]
		switch {
		case g.scheme:
			if v.URI == "" && v.Title == "" {
				v.URI, v.Licence = id, g.licence
				v.Title = cmp.Or(g.title, g.term.Name(""))
				if v.Title == id && len(g.labels) > 0 {
					v.Title = g.labels[0].Text
				}
			}
			continue
		case !g.concept:
			continue
		}
		t := g.term
		if len(t.Names) == 0 {
			t.Names = g.labels
		}
		for _, notes := range g.scope {
			if t.Scope == "" {
				t.Scope = strings.Join(notes, "\n")
			}
		}
		if len(g.broader) > 0 {
			t.Broader = g.broader[0]
			if n := len(g.broader); n > 1 {
				v.problem("vocab-several", "name", quoted(t.Name("")), "n", n, "broader", quoted(t.Broader))
			}
		}
		v.Terms = append(v.Terms, t)
	}
	return v
}

func readTurtle(data []byte) (*Vocabulary, error) {
	s := newSKOS()
	if err := parseTurtle(data, s.put); err != nil {
		return nil, err
	}
	return s.vocabulary(), nil
}
