package export

import (
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
)

// Format ro-crate: ro-crate/, a Research Object Crate
// (https://w3id.org/ro/crate/1.1) of what the other formats wrote and of the
// originals that may be given out: ro-crate-metadata.json says what each file is,
// ro-crate-preview.html says it to people. "must" below is what the specification
// says, "Root Data Entity" and "Data Entities".

const (
	crateFolder   = "ro-crate/"
	crateMetadata = "ro-crate-metadata.json"
	cratePreview  = "ro-crate-preview.html"
	crateSpec     = "https://w3id.org/ro/crate/1.1"
)

func init() { formats["ro-crate"] = format{around: crated, last: 1} }

// entity refers to an entity of the graph.
type entity struct {
	ID string `json:"@id"`
}

// cratePart is a file of the crate.
type cratePart struct {
	path, name, about, format string
	File
}

func crated(j *job, m *Manifest) (map[string]int, error) {
	parts, counts := []cratePart{}, map[string]int{}
	for _, f := range j.carried() {
		got, err := j.copied(f, crateFolder+f.Path)
		if err != nil {
			return nil, err
		}
		parts = append(parts, cratePart{f.Path, f.Path, partAbout(f.Path), mediaType(f.Path), got})
	}
	originals, err := j.originals(crateFolder, func(string) io.Writer { return io.Discard })
	if err != nil {
		return nil, err
	}
	for _, o := range originals {
		parts = append(parts, cratePart{strings.TrimPrefix(o.Path, crateFolder), legal(o.name), "The original of the document urn:uuid:" + string(o.id) + ".", legal(o.format), o.File})
	}
	counts["documents"], counts["files"], counts["originals"] = m.Set.Documents, len(parts), len(originals)
	if err := j.preview(m, parts); err != nil {
		return nil, err
	}
	return counts, j.jsonFile(crateFolder+crateMetadata, m.crate(parts))
}

// partWords say what a file is, of those that go with every set.
var partWords = map[string]string{
	"CITATION.cff":                 "How to cite the set: Citation File Format 1.2.0.",
	"about.html":                   "What is in the set and how it was made, for people.",
	"arrangement.json":             "The units of description (fonds, series, files) that the documents lie in.",
	"template.json":                "The fields by which the documents were described.",
	"vocabulary.json":              "The labels of the marks and the tags of the set.",
	"jsonl/documents.jsonl":        "The documents with all there is to say of each, one a line.",
	"jsonl/documents.schema.json":  "JSON Schema of a line of documents.jsonl.",
	"jsonl/people.jsonl":           "Who worked on the documents, one a line.",
	"xlsx/documents.xlsx":          "The documents and what was said of them, as a workbook.",
	"datapackage/datapackage.json": "What the tables are in which the set is written: a Data Package.",
}

func partAbout(p string) string {
	for _, t := range tables {
		if path.Base(p) == t.name+".csv" {
			return t.about
		}
	}
	return partWords[p]
}

// crate is ro-crate-metadata.json: JSON-LD in the flat form that the specification
// asks for. sha256 is no word of its context.
func (m *Manifest) crate(parts []cratePart) object {
	graph := []object{
		{{"@id", crateMetadata}, {"@type", "CreativeWork"}, {"conformsTo", entity{crateSpec}}, {"about", entity{"./"}}},
		m.root(parts),
		{{"@id", cratePreview}, {"@type", "CreativeWork"}, {"name", "The crate for people"}, {"encodingFormat", "text/html"}, {"about", entity{"./"}}},
		m.licence(),
	}
	for i, who := range m.Creators {
		graph = append(graph, object{{"@id", creatorID(i)}, {"@type", "Person"}, {"name", legal(who)}})
	}
	for _, p := range parts {
		f := object{{"@id", partID(p.path)}, {"@type", "File"}, {"name", p.name}, {"contentSize", fmt.Sprint(p.Bytes)}, {"sha256", p.SHA256}}
		if p.about != "" {
			f = append(f, member{"description", p.about})
		}
		if p.format != "" {
			f = append(f, member{"encodingFormat", p.format})
		}
		graph = append(graph, f)
	}
	return object{
		{"@context", []any{crateSpec + "/context", object{{"sha256", "http://schema.org/sha256"}}}},
		{"@graph", graph},
	}
}

// root is the crate itself. It must have a name, a description, the day on which it
// was published and a licence.
func (m *Manifest) root(parts []cratePart) object {
	out := object{{"@id", "./"}, {"@type", "Dataset"}, {"name", legal(m.Title)}, {"description", m.described()}, {"datePublished", m.day()},
		{"license", entity{m.licenceID()}}}
	if m.Edition > 0 {
		out = append(out, member{"version", digits(m.Edition)})
	}
	var authors, files []entity
	for i := range m.Creators {
		authors = append(authors, entity{creatorID(i)})
	}
	for _, p := range parts {
		files = append(files, entity{partID(p.path)})
	}
	if authors != nil {
		out = append(out, member{"author", authors})
	}
	return append(out, member{"hasPart", files})
}

// day is that of the last operation in the set.
func (m *Manifest) day() string {
	if day, _, ok := strings.Cut(m.AsOf, "T"); ok {
		return day
	}
	return m.Filter.Day
}

func creatorID(i int) string { return "#creator-" + digits(i+1) }

// licenceID is the address of the licence, where it has one.
func (m *Manifest) licenceID() string {
	switch {
	case licencePath.MatchString(m.Licence):
		return licenceURI(m.Licence)
	case licenceName.MatchString(m.Licence):
		return "https://spdx.org/licenses/" + m.Licence
	}
	return "#licence"
}

func (m *Manifest) licence() object {
	name, about := legal(m.Licence), "The licence under which the set is given out."
	if m.Licence == "" {
		name, about = "No licence", "No licence was stated: ask whom the set is from before you give it on."
	}
	return object{{"@id", m.licenceID()}, {"@type", "CreativeWork"}, {"name", name}, {"description", about}}
}

// licenceURI is an address as RFC 3986 lets it be written.
func licenceURI(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return "#licence"
	}
	return u.String()
}

// partID is a path as a reference (RFC 3986): each of its names escaped.
func partID(p string) string {
	names := strings.Split(p, "/")
	for i, n := range names {
		names[i] = url.PathEscape(n)
	}
	return path.Join(names...)
}

// preview writes the page for people.
func (j *job) preview(m *Manifest, parts []cratePart) error {
	return j.file(crateFolder+cratePreview, func(w io.Writer) error {
		p := &page{}
		p.head(m.Title)
		p.put("<h1>%s</h1>\n", safe(m.Title))
		for line := range strings.SplitSeq(m.described(), "\n\n") {
			p.put("<p>%s</p>\n", safe(line))
		}
		p.put("<table>\n<tr><th>Date</th><td>%s</td></tr>\n", m.day())
		for _, who := range m.Creators {
			p.put("<tr><th>Author</th><td>%s</td></tr>\n", safe(who))
		}
		p.put("</table>\n<h2>Files</h2>\n<table>\n<tr><th>File</th><th>What it is</th><th>Type</th><th>Bytes</th></tr>\n")
		for _, f := range parts {
			p.put("<tr><td><a href=\"%s\">%s</a></td><td>%s</td><td>%s</td><td>%d</td></tr>\n", safe(partID(f.path)), safe(f.name), safe(f.about), safe(f.format), f.Bytes)
		}
		p.put("</table>\n</body>\n</html>\n")
		_, err := io.WriteString(w, p.String())
		return err
	})
}
