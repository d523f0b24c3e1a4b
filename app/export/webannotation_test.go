package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"fonds/storage"
	"fonds/storage/archive"
)

// corpus is material of others, beside the repository or below FONDS_SHARED.
func corpus(t testing.TB, path string) string {
	t.Helper()
	dir := os.Getenv("FONDS_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	name := filepath.Join(dir, "corpora", filepath.FromSlash(path))
	if _, err := os.Stat(name); err != nil {
		t.Skipf("%s is not on this machine; FONDS_SHARED says where such things are", name)
	}
	return name
}

// musts are the schemas of a test of the W3C, each with what it expects.
func musts(t *testing.T, list string) map[string]func(any) error {
	t.Helper()
	dir := corpus(t, "w3c-wa-tests")
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	c.AssertFormat()
	// They name one another by their names alone.
	add := func(name string) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err == nil {
			err = c.AddResource("http://schemas.example/"+filepath.Base(name), doc)
		}
		if err != nil {
			t.Fatal(name, err)
		}
	}
	definitions, err := filepath.Glob(filepath.Join(dir, "definitions", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range definitions {
		add(name)
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(list)))
	if err != nil {
		t.Fatal(err)
	}
	var test struct{ Assertions []string }
	if err := json.Unmarshal(data, &test); err != nil {
		t.Fatal(err)
	}
	out := map[string]func(any) error{}
	for _, a := range test.Assertions {
		name := filepath.Join(dir, filepath.FromSlash(a))
		add(name)
		schema, err := c.Compile("http://schemas.example/" + path.Base(a))
		if err != nil {
			t.Fatal(a, err)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var about struct{ ExpectedResult string }
		if err := json.Unmarshal(data, &about); err != nil {
			t.Fatal(err)
		}
		out[a] = func(v any) error {
			err := schema.Validate(v)
			if about.ExpectedResult == "invalid" {
				if err == nil {
					return fmt.Errorf("valid, and should not be")
				}
				return nil
			}
			return err
		}
	}
	return out
}

// withAuthority is an archive in which a mark names something.
func withAuthority(t *testing.T) *storage.Archive {
	a, id := filled(t)
	uri, text, start, end := "https://viaf.org/viaf/12345/人", "a comment\nin two lines", 0, 3
	if _, err := a.Apply(t.Context(), "Li", &archive.Edit{Do: "mark.add", Doc: string(id), Start: &start, End: &end, Label: "organisation", Text: &text, Authority: &uri}); err != nil {
		t.Fatal(err)
	}
	return a
}

// Every annotation and every collection passes what the W3C's tests say that it must, and nothing is lost in expansion:
// it is done in the mode that refuses to drop, every key is a known term, and as many values come out as went in.
func TestWebAnnotation(t *testing.T) {
	one, whole := musts(t, "annotations/annotationMusts.test"), musts(t, "collections/collectionMusts.test")
	n, all := 0, 0
	check := func(schemas map[string]func(any) error, what string, v any) {
		all++
		for name, ok := range schemas {
			n++
			if err := ok(v); err != nil {
				t.Errorf("%s: %s: %v", what, name, err)
			}
		}
	}
	expands := expander(t)
	eachCollection(t, func(name string, data []byte) {
		var c map[string]any
		if err := json.Unmarshal(data, &c); err != nil {
			t.Fatal(err)
		}
		expands(name, c)
		check(whole, name, c)
		first, _ := c["first"].(map[string]any)
		items, _ := first["items"].([]any)
		if len(items) != int(c["total"].(float64)) {
			t.Errorf("%s: %v items of %v", name, len(items), c["total"])
		}
		for _, item := range items {
			item.(map[string]any)["@context"] = c["@context"]
			check(one, name, item)
		}
	})
	failed := 0
	for _, ok := range one {
		if ok(map[string]any{"id": "none", "created": "yesterday", "target": 1.0}) != nil {
			failed++
		}
	}
	if failed < 5 {
		t.Errorf("what is no annotation fails only %d of the schemas", failed)
	}
	t.Logf("%d collections and annotations, %d checks by %d and %d schemas", all, n, len(one), len(whole))
}

// eachCollection exports archives in every way, and hands on what was written.
func eachCollection(t *testing.T, do func(name string, data []byte)) {
	t.Helper()
	archives := []*storage.Archive{withAuthority(t)}
	for seed := range int64(seeds() / 4) {
		archives = append(archives, randomArchive(t, seed))
	}
	for i, a := range archives {
		for _, c := range []Choice{{Set: All}, {Text: Source}, {Mask: []string{"person"}, Waivers: waivers(t, a)}} {
			c.Formats = []string{"webannotation"}
			out, m := exported(t, a, c)
			for _, f := range m.Files {
				if strings.HasSuffix(f.Path, ".jsonld") {
					do(fmt.Sprintf("archive %d: %s", i, f.Path), []byte(read(t, out, filepath.FromSlash(f.Path))))
				}
			}
		}
	}
}

// seeds is how many random archives a property is tried on.
func seeds() int {
	if os.Getenv("FONDS_LONG") != "" {
		return 200
	}
	return 40
}

// expander expands collections, with no context but the standard's.
func expander(t *testing.T) func(name string, c map[string]any) {
	t.Helper()
	var context any
	if err := json.Unmarshal([]byte(read(t, corpus(t, "w3c-wa-spec/jsonld/anno.jsonld"))), &context); err != nil {
		t.Fatal(err)
	}
	terms := context.(map[string]any)["@context"].(map[string]any)
	loader := ld.NewCachingDocumentLoader(nothing{})
	loader.AddDocument("http://www.w3.org/ns/anno.jsonld", context)
	return func(name string, c map[string]any) {
		options := ld.NewJsonLdOptions("")
		options.DocumentLoader, options.SafeMode, options.ProcessingMode = loader, true, ld.JsonLd_1_1
		out, err := ld.NewJsonLdProcessor().Expand(c, options)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		inner := maps.Clone(c)
		delete(inner, "@context")
		if in, got := scalars(t, terms, inner), expandedScalars(out); in != got {
			t.Errorf("%s: %d values went in, %d came out", name, in, got)
		}
	}
}

// nothing is a loader that reaches no network.
type nothing struct{}

// LoadDocument refuses.
func (nothing) LoadDocument(u string) (*ld.RemoteDocument, error) {
	return nil, fmt.Errorf("%s was asked for", u)
}

// scalars counts the values of what is to be expanded, and knows every key.
func scalars(t *testing.T, terms map[string]any, v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if _, ok := terms[key]; !ok && !strings.HasPrefix(key, "fonds:") {
				t.Errorf("%s is no term", key)
			}
			n += scalars(t, terms, value)
		}
	case []any:
		for _, one := range v {
			n += scalars(t, terms, one)
		}
	default:
		n = 1
	}
	return n
}

// expandedScalars counts those of what was expanded; types of literals were not there before.
func expandedScalars(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		_, literal := v["@value"]
		for key, value := range v {
			if !literal || key != "@type" {
				n += expandedScalars(value)
			}
		}
	case []any:
		for _, one := range v {
			n += expandedScalars(one)
		}
	default:
		n = 1
	}
	return n
}
