package export

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// This file writes jsonl/documents.schema.json: what a line of documents.jsonl is,
// in JSON Schema 2020-12. The shape is read off the types that are written, so that
// the two cannot part; jsonlWords says what no type does.

// object is a JSON object whose keys keep their order.
type object []member

type member struct {
	key   string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, v := range []any{m.key, m.value} {
			if j > 0 {
				b.WriteByte(':')
			}
			if err := encoder(&b).Encode(v); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// jsonlSchema is the schema of a line.
func jsonlSchema() object {
	s := schemer{defs: map[string]object{}}
	lines := []object{s.of(reflect.TypeFor[jsonlDocument]()), s.of(reflect.TypeFor[jsonlClosed]())}
	defs := object{}
	for _, name := range slices.Sorted(maps.Keys(s.defs)) {
		defs = append(defs, member{name, s.defs[name]})
	}
	return object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", "A line of documents.jsonl"},
		{"description", "A document as Fonds writes it out, or the trace of one that may not be read. Positions are Unicode code points, start included, end not, in source_text; those under \"reading\" in the reading text."},
		{"oneOf", lines},
		{"$defs", defs},
	}
}

// schemer makes schemas of types; of a struct it makes a definition, once.
type schemer struct{ defs map[string]object }

// schemaNames are the names of definitions that are not those of their types.
var schemaNames = map[string]string{"jsonlDocument": "document", "jsonlClosed": "closed"}

func (s schemer) of(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[archive.ID]():
		return object{{"type", "string"}, {"pattern", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}}
	case t == reflect.TypeFor[json.RawMessage]():
		return object{} // anything: each kind of reader has its own
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Slice:
		return object{{"type", "array"}, {"items", s.of(t.Elem())}}
	case reflect.Bool:
		return object{{"type", "boolean"}}
	case reflect.Int, reflect.Int64:
		return object{{"type", "integer"}, {"minimum", 0}}
	case reflect.Float64:
		return object{{"type", "number"}, {"minimum", 0}, {"maximum", 1}}
	case reflect.Struct:
		return s.ref(t)
	}
	return object{{"type", "string"}}
}

// ref is a reference to the definition of a struct.
func (s schemer) ref(t reflect.Type) object {
	name := schemaNames[t.Name()]
	if name == "" {
		name = strings.ToLower(t.Name())
	}
	if s.defs[name] == nil {
		s.defs[name] = object{} // it is being made
		properties, required := object{}, []string{}
		s.fields(name, t, &properties, &required)
		s.defs[name] = object{{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}}
		s.defs[name] = slices.Concat(jsonlWords[name], s.defs[name])
	}
	return object{{"$ref", "#/$defs/" + name}}
}

// fields are those of a struct as encoding/json writes them: of an embedded one too.
func (s schemer) fields(name string, t reflect.Type, properties *object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			of := f.Type
			if of.Kind() == reflect.Pointer {
				of = of.Elem()
			}
			s.fields(name, of, properties, required)
			continue
		}
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := s.of(f.Type)
		if options != "omitempty" {
			*required = append(*required, key)
			if f.Type.Kind() == reflect.Pointer {
				p = object{{"anyOf", []object{p, {{"type", "null"}}}}}
			}
		}
		about := jsonlWords[name+"."+key]
		if about == nil { // the same as elsewhere
			about = jsonlWords[strings.ToLower(t.Name())+"."+key]
		}
		*properties = append(*properties, member{key, slices.Concat(about, p)})
	}
}

// enumOf is a word out of few.
func enumOf[T ~string](words ...T) object { return object{{"enum", words}} }

// says is a description, with more to it or not.
func says(text string, more ...member) object { return append(object{{"description", text}}, more...) }

var (
	momentOf   = member{"pattern", `^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`} // Time
	sumOf      = member{"pattern", "^([0-9a-f]{64})?$"}                  // "": it would tell of what is masked
	stateWords = slices.Concat(says("accepted is in force, proposed waits for a decision"), enumOf(archive.Accepted, archive.Proposed))
)
