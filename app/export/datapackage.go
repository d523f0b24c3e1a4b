package export

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Format datapackage: a Data Package of the tables (tables.go), as
// https://datapackage.org describes it in version 2 and specs.frictionlessdata.io in
// version 1: datapackage/datapackage.json, and datapackage/data/<table>.csv, which
// are as those of the format csv. The profiles of both versions hold it for valid.

const packageFolder = "datapackage/"

func init() {
	formats["datapackage"] = format{open: openPackage, around: packaged, history: true, closed: true, positions: formats["csv"].positions}
}

func openPackage(j *job) (writer, error) { return openTables(j, packageFolder+"data/", false) }

// dataPackage is datapackage.json.
type dataPackage struct {
	Schema       string               `json:"$schema"`
	Profile      string               `json:"profile"` // of version 1
	Name         string               `json:"name"`
	ID           string               `json:"id,omitempty"`
	Title        string               `json:"title"`
	Description  string               `json:"description"`
	Version      string               `json:"version,omitempty"`
	Created      string               `json:"created,omitempty"`
	Keywords     []string             `json:"keywords"`
	Contributors []packageContributor `json:"contributors,omitempty"`
	Licenses     []packageLicence     `json:"licenses,omitempty"`
	Sources      []packageSource      `json:"sources,omitempty"`
	Resources    []packageResource    `json:"resources"`
}

type packageContributor struct {
	Title string   `json:"title"`
	Role  string   `json:"role"`  // version 1
	Roles []string `json:"roles"` // version 2
}

type packageLicence struct {
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

type packageSource struct {
	Title   string `json:"title"`
	Version string `json:"version,omitempty"`
}

type packageResource struct {
	Name        string         `json:"name"`
	Type        string         `json:"type"`    // version 2
	Profile     string         `json:"profile"` // version 1
	Path        string         `json:"path"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Format      string         `json:"format"`
	MediaType   string         `json:"mediatype"`
	Encoding    string         `json:"encoding"`
	Bytes       int64          `json:"bytes"`
	Hash        string         `json:"hash"`
	Dialect     packageDialect `json:"dialect"`
	Schema      packageSchema  `json:"schema"`
}

type packageDialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type packageSchema struct {
	Fields        []packageField `json:"fields"`
	PrimaryKey    []string       `json:"primaryKey"`
	ForeignKeys   []packageKey   `json:"foreignKeys,omitempty"`
	MissingValues []string       `json:"missingValues"`
}

type packageField struct {
	Name        string          `json:"name"`
	Type        string          `json:"type"`
	Format      string          `json:"format,omitempty"`
	Description string          `json:"description"`
	Constraints map[string]bool `json:"constraints,omitempty"`
}

type packageKey struct {
	Fields    []string         `json:"fields"`
	Reference packageReference `json:"reference"`
}

type packageReference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// packaged writes datapackage.json once the tables are there.
func packaged(j *job, m *Manifest) (map[string]int, error) {
	p := dataPackage{Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Profile: "tabular-data-package", Name: "fonds-documents",
		Title: legal(m.Title), Description: m.described() + "\n\n" + defusedRule, Created: m.AsOf, Keywords: []string{"archives", "documents", "description"},
		Licenses: packageLicences(m.Licence), Sources: m.sources()}
	if m.Edition > 0 {
		p.Version = digits(m.Edition)
	}
	for _, who := range m.Creators {
		p.Contributors = append(p.Contributors, packageContributor{legal(who), "author", []string{"creator"}})
	}
	for i := range tables {
		p.Resources = append(p.Resources, j.resource(&tables[i]))
	}
	return m.Counts["datapackage"], j.jsonFile(packageFolder+"datapackage.json", p)
}

// described says in words what the set is: CommonMark.
func (m *Manifest) described() string {
	set := []string{fmt.Sprintf("%d documents, described with Fonds %s: the documents, and what people and machines have said of them.", m.Set.Documents, m.Version)}
	if m.Set.Listed > 0 {
		set = append(set, fmt.Sprintf("Of %d more documents, which may not be read on %s, there is only that they exist.", m.Set.Listed, m.Filter.Day))
	}
	if m.Set.LeftOut > 0 {
		set = append(set, fmt.Sprintf("%d documents that may not be read on %s were left out.", m.Set.LeftOut, m.Filter.Day))
	}
	if m.Licence != "" {
		set = append(set, "Licence: "+legal(m.Licence)+".")
	}
	return strings.Join(append(set, m.Notes...), "\n\n")
}

// sources are the copies of the archive, each with the head of its log.
func (m *Manifest) sources() []packageSource {
	var out []packageSource
	for _, replica := range slices.Sorted(maps.Keys(m.Heads)) {
		out = append(out, packageSource{fmt.Sprintf("An archive of Fonds, copy %s, head of its log %s", replica, m.Heads[replica]), m.Heads[replica].String()})
	}
	return out
}

// What the profiles take for the name and the path of a licence.
var (
	licenceName = regexp.MustCompile(`^[-a-zA-Z0-9._]+$`)
	licencePath = regexp.MustCompile(`^(http|ftp)s?://[^\s]*$`)
)

// packageLicences is the licence in a form that the profiles know; else none, and
// the description says it.
func packageLicences(licence string) []packageLicence {
	switch {
	case licenceName.MatchString(licence):
		return []packageLicence{{Name: licence}}
	case licencePath.MatchString(licence):
		return []packageLicence{{Path: legal(licence)}}
	}
	return nil
}

// resource describes a table and its file.
func (j *job) resource(t *table) packageResource {
	r := packageResource{Name: t.name, Type: "table", Profile: "tabular-data-resource", Path: "data/" + t.name + ".csv", Title: strings.ToUpper(t.name[:1]) + t.name[1:],
		Description: t.about, Format: "csv", MediaType: "text/csv", Encoding: "utf-8", Dialect: packageDialect{",", "\r\n", `"`, true, true},
		Schema: packageSchema{PrimaryKey: t.key, MissingValues: []string{""}}}
	if i := slices.IndexFunc(j.files, func(f File) bool { return f.Path == packageFolder+r.Path }); i >= 0 {
		r.Bytes, r.Hash = j.files[i].Bytes, "sha256:"+j.files[i].SHA256
	}
	for _, c := range t.columns {
		f := packageField{Name: c.name, Type: c.kind, Description: c.about}
		switch {
		case slices.Contains(t.key, c.name):
			f.Format, f.Constraints = "uuid", map[string]bool{"required": true}
			if len(t.key) == 1 {
				f.Constraints["unique"] = true
			}
		case c.name == belongs:
			f.Format, f.Constraints = "uuid", map[string]bool{"required": true}
			r.Schema.ForeignKeys = []packageKey{{[]string{belongs}, packageReference{"documents", []string{"id"}}}}
		}
		r.Schema.Fields = append(r.Schema.Fields, f)
	}
	return r
}
