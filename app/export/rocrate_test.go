package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// crateEntity is an entity of the graph.
type crateEntity map[string]any

func (e crateEntity) text(key string) string { s, _ := e[key].(string); return s }

// refs are what an entity refers to by a property.
func (e crateEntity) refs(key string) []string {
	list, ok := e[key].([]any)
	if !ok && e[key] != nil {
		list = []any{e[key]}
	}
	var out []string
	for _, v := range list {
		if m, ok := v.(map[string]any); ok {
			id, _ := m["@id"].(string)
			out = append(out, id)
		}
	}
	return out
}

// checkCrate says what is wrong with a crate, by RO-Crate 1.1.
func checkCrate(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, "ro-crate-metadata.json"))
	if err != nil {
		return err
	}
	var doc struct {
		Context []any         `json:"@context"`
		Graph   []crateEntity `json:"@graph"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return err
	}
	if len(doc.Context) == 0 || doc.Context[0] != "https://w3id.org/ro/crate/1.1/context" {
		return fmt.Errorf("the context %v", doc.Context)
	}
	byID, err := flatGraph(doc.Graph)
	if err != nil {
		return err
	}
	about := byID["ro-crate-metadata.json"]
	if about.text("@type") != "CreativeWork" || !slices.Equal(about.refs("conformsTo"), []string{"https://w3id.org/ro/crate/1.1"}) || !slices.Equal(about.refs("about"), []string{"./"}) {
		return fmt.Errorf("the descriptor %v", about)
	}
	root := byID["./"]
	if root.text("@type") != "Dataset" || root.text("name") == "" || root.text("description") == "" {
		return fmt.Errorf("the root %v", root)
	}
	if !regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(root.text("datePublished")) {
		return fmt.Errorf("the day %q", root.text("datePublished"))
	}
	licence := root.refs("license")
	if len(licence) != 1 || byID[licence[0]].text("name") == "" || byID[licence[0]].text("description") == "" {
		return fmt.Errorf("the licence %v", licence)
	}
	for _, id := range root.refs("author") {
		if byID[id].text("@type") != "Person" || byID[id].text("name") == "" {
			return fmt.Errorf("the author %v", byID[id])
		}
	}
	return crateFiles(dir, byID)
}

// flatGraph says what is wrong with the shape of the graph: each entity has its @id
// once and a @type, none is nested, and every reference within the crate leads somewhere.
func flatGraph(graph []crateEntity) (map[string]crateEntity, error) {
	byID := map[string]crateEntity{}
	for _, e := range graph {
		id := e.text("@id")
		if id == "" || byID[id] != nil || e.text("@type") == "" {
			return nil, fmt.Errorf("the entity %v", e)
		}
		if _, err := url.Parse(id); err != nil {
			return nil, err
		}
		byID[id] = e
	}
	for _, e := range graph {
		for key, v := range e {
			list, ok := v.([]any)
			if !ok {
				list = []any{v}
			}
			for _, v := range list {
				switch v := v.(type) {
				case string:
				case map[string]any:
					id, _ := v["@id"].(string)
					if len(v) != 1 || byID[id] == nil && key != "conformsTo" {
						return nil, fmt.Errorf("%s of %s: %v leads nowhere", key, e.text("@id"), v)
					}
				default:
					return nil, fmt.Errorf("%s of %s is %v", key, e.text("@id"), v)
				}
			}
		}
	}
	return byID, nil
}

// crateFiles says whether the files are those that are described, and as described.
func crateFiles(dir string, byID map[string]crateEntity) error {
	listed := map[string]bool{"ro-crate-metadata.json": true, "ro-crate-preview.html": true}
	for _, id := range byID["./"].refs("hasPart") {
		e := byID[id]
		if e.text("@type") != "File" {
			return fmt.Errorf("the part %v", e)
		}
		path, err := url.PathUnescape(id)
		if err != nil || listed[path] {
			return fmt.Errorf("%s: twice, or %v", id, err)
		}
		listed[path] = true
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(data); e.text("sha256") != hex.EncodeToString(sum[:]) || e.text("contentSize") != fmt.Sprint(len(data)) || e.text("encodingFormat") == "" || e.text("name") == "" {
			return fmt.Errorf("%s is not as %v", path, e)
		}
	}
	for id, e := range byID {
		if e.text("@type") == "File" && !slices.Contains(byID["./"].refs("hasPart"), id) {
			return fmt.Errorf("%s is no part", id)
		}
	}
	return filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if !listed[filepath.ToSlash(rel)] {
			return fmt.Errorf("%s is not described", rel)
		}
		return err
	})
}

// Every crate is one, whatever was chosen, and holds what was written besides.
func TestCrateIsValid(t *testing.T) {
	for seed := range int64(4) {
		a := worked(t, seed)
		if seed == 2 {
			closing(t, a)
		}
		for _, c := range []Choice{
			{Formats: []string{"ro-crate", "jsonl", "csv"}, Set: All, Title: "a\nb\x00<b>", Licence: "CC-BY-4.0"},
			{Formats: []string{"ro-crate"}, Licence: "https://example.org/a b?x=<y>", Creator: []string{"A <b>", "A <b>", "司"}},
			{Formats: []string{"ro-crate", "xlsx", "datapackage"}, Closed: ListClosed, Licence: "ask me (please)"},
			{Formats: []string{"ro-crate", "bagit", "jsonl"}, Mask: []string{"person"}, Waivers: waivers(t, a)},
		} {
			out, m := exported(t, a, c)
			dir := filepath.Join(out, "ro-crate")
			if err := checkCrate(dir); err != nil {
				t.Fatalf("seed %d, %v: %v", seed, c.Formats, err)
			}
			originalsMatch(t, a, filepath.Join(dir, "originals"), m.Set.Documents-m.Set.Masked)
			crate := tree(t, dir)
			for path, data := range tree(t, out) {
				if !strings.HasPrefix(path, "ro-crate/") && !strings.HasPrefix(path, "bagit/") && path != "manifest.json" && crate[path] != data {
					t.Errorf("%s is not in the crate", path)
				}
			}
			if page := crate["ro-crate-preview.html"]; strings.Contains(page, "<b>") || strings.Contains(page, "<script") || !strings.HasSuffix(page, "</html>\n") {
				t.Errorf("the page: %s", page)
			}
			if slices.Contains(c.Formats, "bagit") {
				if err := checkCrate(filepath.Join(out, "bagit", "data")); err != nil {
					t.Errorf("the crate in the bag: %v", err)
				}
			}
		}
	}
}

func TestPlainExt(t *testing.T) {
	for name, want := range map[string]string{"a.txt": ".txt", "a.TXT": ".TXT", "a": "", "a.": "", ".": "", "a.tar.gz": ".gz", "a.123456789": "", "a.t t": "", "a.党": "", "a.x/y": "", "a.%00": "", "a.t\n": ""} {
		if got := plainExt(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
