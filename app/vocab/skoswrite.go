package vocab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"fonds/storage/archive"
)

// This file writes SKOS: as Turtle and as JSON-LD with its context in the file, terms in
// the order of the vocabulary.

// iri is what a term is written as: its URI, else an identifier that is made one.
func (v *Vocabulary) iri(id string) string {
	if uri := v.URIs[id]; uri != "" {
		return uri
	}
	if archive.AbsoluteURI(id) {
		return id
	}
	return ownID + url.PathEscape(id)
}

// scheme is the IRI of the whole.
func (v *Vocabulary) scheme() string {
	if archive.AbsoluteURI(v.URI) {
		return v.URI
	}
	return ownNS + "vocabulary"
}

// inTurtle is s in quotation marks.
func inTurtle(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		default:
			if r < ' ' || r == 0x7F {
				fmt.Fprintf(&b, `\u%04X`, r)
			} else {
				b.WriteRune(r)
			}
		}
	}
	b.WriteByte('"')
	return b.String()
}

// ref is an IRI between < and >; what may not stand there is written by its number.
func ref(iri string) string {
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range iri {
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			fmt.Fprintf(&b, `\u%04X`, r)
		} else {
			b.WriteRune(r)
		}
	}
	b.WriteByte('>')
	return b.String()
}

func inLang(n archive.Name) string {
	if n.Lang == "" {
		return inTurtle(n.Text)
	}
	return inTurtle(n.Text) + "@" + n.Lang
}

func writeTurtle(v *Vocabulary) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "@prefix skos: <%s> .\n@prefix dct: <%s> .\n@prefix fonds: <%s> .\n", skosNS, dctNS, ownNS)
	scheme := ref(v.scheme())
	fmt.Fprintf(&b, "\n%s a skos:ConceptScheme", scheme)
	if v.Title != "" {
		fmt.Fprintf(&b, " ;\n    dct:title %s", inTurtle(v.Title))
	}
	if v.Licence != "" {
		fmt.Fprintf(&b, " ;\n    dct:license %s", licence(v.Licence))
	}
	b.WriteString(" .\n")
	for i := range v.Terms {
		t := &v.Terms[i]
		fmt.Fprintf(&b, "\n%s a skos:Concept", ref(v.iri(t.ID)))
		for _, n := range t.Names {
			fmt.Fprintf(&b, " ;\n    skos:prefLabel %s", inLang(n))
		}
		for _, n := range t.Also {
			fmt.Fprintf(&b, " ;\n    skos:altLabel %s", inLang(n))
		}
		if t.Scope != "" {
			fmt.Fprintf(&b, " ;\n    skos:scopeNote %s", inTurtle(t.Scope))
		}
		if t.Dates != "" {
			fmt.Fprintf(&b, " ;\n    dct:date %s", inTurtle(t.Dates))
		}
		if t.Colour > 0 {
			fmt.Fprintf(&b, " ;\n    fonds:colour %d", t.Colour)
		}
		if n, ok := v.Counts[t.ID]; ok {
			fmt.Fprintf(&b, " ;\n    fonds:documents %d", n)
		}
		if t.Broader != "" {
			fmt.Fprintf(&b, " ;\n    skos:broader %s", ref(v.iri(t.Broader)))
		} else {
			fmt.Fprintf(&b, " ;\n    skos:topConceptOf %s", scheme)
		}
		fmt.Fprintf(&b, " ;\n    skos:inScheme %s .\n", scheme)
	}
	return b.Bytes()
}

func licence(s string) string {
	if archive.AbsoluteURI(s) {
		return ref(s)
	}
	return inTurtle(s)
}

type (
	ldWords struct {
		Value string `json:"@value"`
		Lang  string `json:"@language,omitempty"`
	}
	ldRef struct {
		ID string `json:"@id"`
	}
	ldTerm struct {
		ID      string    `json:"@id"`
		Type    string    `json:"@type"`
		Title   string    `json:"dct:title,omitempty"`
		Licence any       `json:"dct:license,omitempty"`
		Names   []ldWords `json:"skos:prefLabel,omitempty"`
		Also    []ldWords `json:"skos:altLabel,omitempty"`
		Scope   string    `json:"skos:scopeNote,omitempty"`
		Dates   string    `json:"dct:date,omitempty"`
		Colour  int       `json:"fonds:colour,omitempty"`
		Count   *int      `json:"fonds:documents,omitempty"`
		Broader *ldRef    `json:"skos:broader,omitempty"`
		Top     *ldRef    `json:"skos:topConceptOf,omitempty"`
		Scheme  *ldRef    `json:"skos:inScheme,omitempty"`
	}
)

func ldNames(names []archive.Name) (out []ldWords) {
	for _, n := range names {
		out = append(out, ldWords{n.Text, n.Lang})
	}
	return out
}

func writeJSONLD(v *Vocabulary) ([]byte, error) {
	scheme := &ldRef{v.scheme()}
	top := ldTerm{ID: scheme.ID, Type: "skos:ConceptScheme", Title: v.Title}
	switch {
	case archive.AbsoluteURI(v.Licence):
		top.Licence = ldRef{v.Licence}
	case v.Licence != "":
		top.Licence = v.Licence
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b) // a term a line
	e.SetEscapeHTML(false)
	fmt.Fprintf(&b, "{\"@context\":{\"skos\":%q,\"dct\":%q,\"fonds\":%q},\n\"@graph\":[\n", skosNS, dctNS, ownNS)
	if err := e.Encode(top); err != nil {
		return nil, err
	}
	for i := range v.Terms {
		t := &v.Terms[i]
		l := ldTerm{ID: v.iri(t.ID), Type: "skos:Concept", Names: ldNames(t.Names), Also: ldNames(t.Also), Scope: t.Scope, Dates: t.Dates,
			Colour: t.Colour, Scheme: scheme}
		if n, ok := v.Counts[t.ID]; ok {
			l.Count = &n
		}
		if t.Broader != "" {
			l.Broader = &ldRef{v.iri(t.Broader)}
		} else {
			l.Top = scheme
		}
		b.WriteByte(',')
		if err := e.Encode(l); err != nil {
			return nil, err
		}
	}
	b.WriteString("]}\n")
	return b.Bytes(), nil
}
