package export

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compiled is a JSON Schema ready to judge.
func compiled(t testing.TB, file string) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(patterns)
	if err := c.AddResource("mem:///schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("mem:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// judged is what a schema says of a JSON text.
func judged(t testing.TB, s *jsonschema.Schema, text string) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

// patterns are those of Go, and those of the profiles for a path, which look ahead.
func patterns(s string) (jsonschema.Regexp, error) {
	if s == pathOf1 || s == pathOf2 {
		return profilePath(s), nil
	}
	return regexp.Compile(s)
}

// The patterns for a path of the two versions.
const (
	pathOf1 = `^(?=^[^./~])(^((?!\.{2}).)*$).*$`
	pathOf2 = `^((?=[^./~])(?!file:)((?!\/\.\.\/)(?!\\)(?!:\/\/).)*|(http|ftp)s?:\/\/.*)$`
)

type profilePath string

var webAddress = regexp.MustCompile(`^(http|ftp)s?://.*$`)

func (p profilePath) String() string { return string(p) }

func (p profilePath) MatchString(s string) bool {
	if p == pathOf1 {
		return s != "" && !strings.ContainsAny(s[:1], "./~") && !strings.Contains(s, "..") && !strings.Contains(s, "\n")
	}
	if webAddress.MatchString(s) {
		return true
	}
	for _, no := range []string{"/../", `\`, "://", "\n"} {
		if strings.Contains(s, no) {
			return false
		}
	}
	return s != "" && !strings.ContainsAny(s[:1], "./~") && !strings.HasPrefix(s, "file:")
}

// The package is valid by the profiles of both versions, whatever was chosen, and
// says of each file what it is.
func TestDataPackageIsValid(t *testing.T) {
	dir := corpora(t, "frictionless-specs/profiles/target")
	profiles := map[string]*jsonschema.Schema{}
	for _, v := range []string{"1.0", "2.0"} {
		for _, of := range []string{"datapackage", "dataresource", "tableschema", "tabledialect"} {
			profiles[v+" "+of] = compiled(t, filepath.Join(dir, v, of+".json"))
		}
	}
	n := 0
	for seed := range int64(4) {
		a := worked(t, seed)
		for _, c := range []Choice{{Set: All, Licence: "CC-BY-4.0", Title: "t\x00 \"x\""}, {Licence: "https://example.org/l?a=1", Closed: ListClosed}, {Licence: "mine, not yours", Creator: []string{"A", "B"}},
			{Query: "nothing finds this at all"}} {
			c.Formats = []string{"datapackage"}
			out, m := exported(t, a, c)
			data, err := os.ReadFile(filepath.Join(out, "datapackage", "datapackage.json"))
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range []string{"1.0", "2.0"} {
				if err := judged(t, profiles[v+" datapackage"], string(data)); err != nil {
					t.Errorf("version %s: %v", v, err)
				}
				n++
				if judged(t, profiles[v+" datapackage"], strings.ReplaceAll(string(data), `"path"`, `"no path"`)) == nil {
					t.Errorf("version %s: a package without paths is valid", v)
				}
			}
			n += resourcesValid(t, profiles, out, data, &m)
		}
	}
	t.Logf("%d judgements, all valid", n)
}

// resourcesValid checks each resource by the profiles, and against its file.
func resourcesValid(t *testing.T, profiles map[string]*jsonschema.Schema, out string, data []byte, m *Manifest) (n int) {
	t.Helper()
	var p struct{ Resources []json.RawMessage }
	if err := json.Unmarshal(data, &p); err != nil || len(p.Resources) != len(tables) {
		t.Fatalf("%d resources, %v", len(p.Resources), err)
	}
	files := map[string]File{}
	for _, f := range m.Files {
		files[f.Path] = f
	}
	for _, raw := range p.Resources {
		var r packageResource
		var parts struct{ Schema, Dialect json.RawMessage }
		if json.Unmarshal(raw, &r) != nil || json.Unmarshal(raw, &parts) != nil {
			t.Fatalf("%s", raw)
		}
		for of, text := range map[string]string{"dataresource": string(raw), "tableschema": string(parts.Schema), "tabledialect": string(parts.Dialect)} {
			for _, v := range []string{"1.0", "2.0"} {
				if err := judged(t, profiles[v+" "+of], text); err != nil {
					t.Errorf("%s, version %s: %v", of, v, err)
				}
				n++
			}
		}
		if f := files["datapackage/"+r.Path]; f.Bytes != r.Bytes || "sha256:"+f.SHA256 != r.Hash || r.Bytes == 0 {
			t.Errorf("%s: %d bytes, %s; the manifest says %+v", r.Path, r.Bytes, r.Hash, f)
		}
		text, err := os.ReadFile(filepath.Join(out, "datapackage", filepath.FromSlash(r.Path)))
		if err != nil {
			t.Fatal(err)
		}
		typed(t, &r, strictCSV(t, string(text)))
	}
	return n
}

// lexical is what a cell of a type may look like (Table Schema, "Field types").
var lexical = map[string]*regexp.Regexp{
	"string": regexp.MustCompile(`(?s)^.*$`), "integer": regexp.MustCompile(`^\d+$`), "number": regexp.MustCompile(`^\d+(\.\d+)?$`),
	"boolean": regexp.MustCompile(`^(true|false)$`), "datetime": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`),
	"uuid": regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
}

func typed(t *testing.T, r *packageResource, rows [][]string) {
	t.Helper()
	for k, f := range r.Schema.Fields {
		if rows[0][k] != f.Name {
			t.Fatalf("%s: column %q, want %q", r.Name, rows[0][k], f.Name)
		}
		of := f.Type
		if f.Format != "" {
			of = f.Format
		}
		for _, row := range rows[1:] {
			if row[k] == "" && !f.Constraints["required"] {
				continue
			}
			if !lexical[of].MatchString(row[k]) {
				t.Errorf("%s: %s: %q is no %s", r.Name, f.Name, row[k], of)
			}
		}
	}
}
