package intake

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fonds/app/ingest"
	"fonds/storage/archive"
)

// This file looks into files of other tools, and makes edits of what they say: done
// with the import, by whoever imports.

// insides are what was found in the files of other tools.
type insides struct {
	of      map[int][]*ingest.Document // by the file's number
	used    map[int]bool               // read with another
	beside  int
	dropped []string
}

// lookInside reads the files of other tools among those that were found.
func lookInside(ctx context.Context, found []ingest.Found, opts ingest.Options, o *Options) (insides, error) {
	in := insides{of: map[int][]*ingest.Document{}, used: map[int]bool{}}
	if o.Plain {
		return in, nil
	}
	at := map[string]int{}
	for i, f := range found {
		at[f.Path] = i
	}
	beside := func(p string) ([]byte, bool) {
		i, ok := at[p]
		if !ok {
			return nil, false
		}
		data, err := os.ReadFile(found[i].Name)
		return data, err == nil
	}
	in.sets(found)
	mapped := func(i int) bool { _, ok := o.Records[found[i].Name]; return ok }
	for i, f := range found {
		if in.used[i] || mapped(i) {
			continue
		}
		c, err := ingest.Look(ctx, f, opts, beside)
		if err != nil {
			return in, err
		}
		if c == nil {
			continue
		}
		in.dropped = append(in.dropped, c.Dropped...)
		if c.AsText {
			continue
		}
		in.of[i] = c.Docs
		if len(c.Docs) == 0 {
			in.used[i] = true // what was dropped says why
		}
		for _, p := range c.Used {
			if k, ok := at[p]; ok && !in.used[k] {
				in.used[k] = true
				in.beside++
			}
		}
	}
	in.companions(found)
	for i := range in.used {
		if mapped(i) {
			delete(in.used, i) // somebody has said what it is
			in.beside--
		}
	}
	return in, nil
}

// companion says whether an empty file is the annotations of a text beside it, of which
// there are none, or lies in a set of ours.
func (in *insides) companion(found []ingest.Found, name string) bool {
	txt := strings.TrimSuffix(name, path.Ext(name)) + ".txt"
	for i, f := range found {
		if f.Path == txt && path.Ext(name) == ".ann" || in.used[i] && path.Dir(f.Path) == path.Dir(name) {
			in.beside++
			return true
		}
	}
	return false
}

// comesBack are the formats that are read, the one that says most first.
var comesBack = []string{"jsonl", "tei", "webannotation", "labelstudio", "doccano", "brat"}

// sets finds the folders of sets that Fonds has written, by their manifests: of each
// one format is read, and the rest of the folder says the same or is no document.
func (in *insides) sets(found []ingest.Found) {
	for _, f := range found {
		if path.Base(f.Path) != "manifest.json" {
			continue
		}
		var m struct {
			Program string   `json:"program"`
			Formats []string `json:"formats"`
		}
		data, err := os.ReadFile(f.Name)
		if err != nil || json.Unmarshal(data, &m) != nil || m.Program != "Fonds" {
			continue
		}
		format := ""
		for _, b := range slices.Backward(comesBack) {
			if slices.Contains(m.Formats, b) {
				format = b
			}
		}
		dir := path.Dir(f.Path)
		for i, x := range found {
			below := dir == "." || strings.HasPrefix(x.Path, dir+"/")
			paper := path.Dir(x.Path) == dir
			if below && !in.used[i] && (paper || format != "" && !strings.HasPrefix(x.Path, path.Join(dir, format)+"/")) {
				in.used[i] = true
				in.beside++
			}
		}
	}
}

// companions are files that an export of ours writes beside those that were read, and
// that are no documents.
func (in *insides) companions(found []ingest.Found) {
	for i, f := range found {
		dir := path.Dir(f.Path)
		switch path.Base(f.Path) {
		case "documents.schema.json", "people.jsonl", "labels.jsonl", "heads.json", "texts.jsonl", logName, "config.xml":
		default:
			if path.Base(dir) != "originals" {
				continue
			}
			dir = path.Dir(dir)
		}
		for k := range in.of {
			if !in.used[i] && in.of[i] == nil && path.Dir(found[k].Path) == dir {
				in.used[i] = true
				in.beside++
			}
		}
	}
}

// edits are what is said of a text, in the order in which it is done: a mark is made
// before what corrects its words.
func edits(a *ingest.Annotated) []*archive.Edit {
	if a == nil {
		return nil
	}
	var out []*archive.Edit
	for _, field := range slices.Sorted(maps.Keys(a.Fields)) {
		e := &archive.Edit{Do: "field.set", Field: field}
		for _, v := range a.Fields[field] {
			in := archive.ValueIn{Value: v}
			if i := slices.IndexFunc(a.Shown, func(s ingest.Shown) bool { return s.Field == field && s.Value == v }); i >= 0 {
				in.Evidence = &archive.RangeIn{Region: a.Shown[i].String()}
			}
			e.Values = append(e.Values, in)
		}
		out = append(out, e)
	}
	for _, field := range a.Not {
		if len(a.Fields[field]) == 0 {
			out = append(out, &archive.Edit{Do: "field.set", Field: field, Values: []archive.ValueIn{{NotStated: true}}})
		}
	}
	for _, t := range a.Tags {
		out = append(out, &archive.Edit{Do: "tag.add", Tag: t})
	}
	for _, n := range a.Notes {
		out = append(out, &archive.Edit{Do: "note.add", Text: &n})
	}
	for _, m := range a.Marks {
		e := &archive.Edit{Do: "mark.add", Start: &m.Start, End: &m.End, Label: m.Label}
		if m.Comment != "" {
			e.Text = &m.Comment
		}
		if m.Authority != "" {
			e.Authority = &m.Authority
		}
		out = append(out, e)
	}
	for _, r := range a.Regions {
		e := &archive.Edit{Do: "mark.add", Region: r.String(), Label: r.Label}
		if r.Comment != "" {
			e.Text = &r.Comment
		}
		if r.Authority != "" {
			e.Authority = &r.Authority
		}
		out = append(out, e)
	}
	for _, f := range a.Fixes {
		out = append(out, &archive.Edit{Do: "correction.propose", Start: &f.Start, End: &f.End, Text: &f.Text, Reason: f.Reason})
	}
	return out
}

// within reads document n, from 1, of a file of another tool; f has the path of that
// document.
func within(ctx context.Context, f ingest.Found, n int, opts ingest.Options) (*ingest.Document, error) {
	dir, base := filepath.Dir(f.Name), ingest.EscapeName(filepath.Base(f.Name))
	// The path of a document inside begins with that of its file, or it lies beside, be it in another folder.
	whole, elsewhere := f, false
	for whole.Path != "." && path.Base(whole.Path) != base {
		whole.Path = path.Dir(whole.Path)
	}
	if whole.Path == "." {
		whole.Path, elsewhere = base, true
	}
	root := path.Dir(whole.Path)
	c, err := ingest.Look(ctx, whole, opts, func(p string) ([]byte, bool) {
		rel := ingest.UnescapeName(strings.TrimPrefix(p, root+"/"))
		// The originals of a set lie beside the folder of a format; nothing else outside is read.
		if below := strings.TrimPrefix(rel, "../"); strings.Count(rel, "/") != strings.Count(strings.TrimPrefix(p, root+"/"), "/") || !filepath.IsLocal(filepath.FromSlash(below)) {
			return nil, false
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(rel)))
		return data, err == nil
	})
	if err != nil {
		return nil, err
	}
	if c != nil && n <= len(c.Docs) {
		if d := c.Docs[n-1]; d.Path == f.Path || elsewhere && path.Base(d.Path) == path.Base(f.Path) {
			d.Path = f.Path
			return d, nil
		}
	}
	return nil, &ingest.Skip{Path: f.Path, Reason: ingest.Changed}
}
