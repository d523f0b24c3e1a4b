package vocab

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/piprate/json-gold/ld"

	"fonds/storage/archive"
)

// This file reads SKOS in JSON-LD (w3.org/TR/json-ld11). A context that is named and not
// in the file is refused: nothing is fetched.

// offline loads no document, and remembers what it was asked for.
type offline struct{ asked string }

// LoadDocument is called by json-gold.
func (o *offline) LoadDocument(u string) (*ld.RemoteDocument, error) {
	o.asked = u
	return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, "it is not in the file")
}

func readJSONLD(data []byte) (*Vocabulary, error) {
	if !utf8.Valid(data) {
		return nil, archive.Refuse("vocab-jsonld", "why", "it is no UTF-8")
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if err := shallow(data); err != nil {
		return nil, err
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, jsonError(data, err)
	}
	load := &offline{}
	o := ld.NewJsonLdOptions("")
	o.DocumentLoader = load
	all, err := expand(doc, o)
	if err != nil {
		if load.asked != "" {
			return nil, archive.Refuse("vocab-context", "uri", quoted(load.asked))
		}
		return nil, archive.Refuse("vocab-jsonld", "why", quoted(err.Error()))
	}
	x := &expanded{skos: newSKOS()}
	for _, o := range all {
		x.node(o)
	}
	return x.skos.vocabulary(), nil
}

// expand is json-gold's; on some documents that are no JSON-LD it panics.
func expand(doc any, o *ld.JsonLdOptions) (all []any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return ld.NewJsonLdProcessor().Expand(doc, o)
}

// shallow refuses what lies too deep for those that read it by calling themselves.
func shallow(data []byte) error {
	depth := 0
	for d := json.NewDecoder(bytes.NewReader(data)); ; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return jsonError(data, err)
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > deepest {
				return archive.Refuse("vocab-jsonld", "why", "200 { [")
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

// jsonError says where JSON is broken.
func jsonError(data []byte, err error) error {
	at := len(data)
	var s *json.SyntaxError
	if errors.As(err, &s) {
		at = min(int(s.Offset), len(data))
		if at > 0 && at < len(data) {
			at--
		}
	}
	before := data[:at]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return archive.Refuse("vocab-json", "line", line, "column", column, "why", strings.TrimPrefix(err.Error(), "json: "))
}

// expanded makes triples of a document in its expanded form.
type expanded struct {
	skos *skos
	n    int
}

// node takes an object of the document and gives what it is known by.
func (x *expanded) node(o any) (n node, ok bool) {
	m, isMap := o.(map[string]any)
	if !isMap {
		return node{}, false
	}
	if v, has := m["@value"]; has {
		text, isText := v.(string)
		if !isText {
			raw, err := json.Marshal(v)
			if err != nil {
				return node{}, false
			}
			text = string(raw)
		}
		lang, _ := m["@language"].(string)
		return node{kind: 'l', text: text, lang: lang}, true
	}
	if list, has := m["@list"].([]any); has {
		for _, e := range list {
			x.node(e)
		}
		return node{}, false
	}
	id, _ := m["@id"].(string)
	n = node{kind: 'i', text: id}
	switch {
	case id == "":
		x.n++
		n = node{kind: 'b', text: "[" + itoa(x.n)}
	case strings.HasPrefix(id, "_:"):
		n = node{kind: 'b', text: id}
	}
	if types, has := m["@type"].([]any); has {
		for _, t := range types {
			if s, isText := t.(string); isText {
				x.skos.put(triple{n, node{kind: 'i', text: rdfNS + "type"}, node{kind: 'i', text: s}})
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		values, isList := m[key].([]any)
		switch {
		case key == "@reverse":
			x.reverse(n, m[key])
		case key == "@graph" || key == "@included":
			for _, o := range values {
				x.node(o)
			}
		case isList && !strings.HasPrefix(key, "@"):
			for _, o := range values {
				if object, ok := x.node(o); ok {
					x.skos.put(triple{n, node{kind: 'i', text: key}, object})
				}
			}
		}
	}
	return n, true
}

// reverse takes what is said of n as an object.
func (x *expanded) reverse(n node, o any) {
	m, _ := o.(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(m)) {
		values, _ := m[key].([]any)
		for _, o := range values {
			if s, ok := x.node(o); ok && s.kind != 'l' {
				x.skos.put(triple{s, node{kind: 'i', text: key}, n})
			}
		}
	}
}
