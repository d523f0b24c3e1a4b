package checks

import (
	"regexp"
	"strings"

	"fonds/app/codes"
	"fonds/app/template"
	"fonds/storage/archive"
)

// The fields that the program's own templates share.
const (
	creatorField    = "dcterms:creator"
	referenceField  = "dcterms:identifier"
	numberField     = "dat18:documentNumber"
	issuedField     = "dcterms:issued"
	retentionField  = "dat18:retention"
	attachmentField = "dat18:attachment"
)

// roles says which fields of a template are the title, the date and so on; "" where it has none.
type roles struct {
	title, date, creator, number, reference, issued, retention, attachment string

	coded  bool // the reference code has a field of its own kind, which holds nothing else
	fields map[string]*template.Field
	list   []template.Field
}

// rolesOf finds them by the ids that templates share, else by what a field is mapped to
// in Dublin Core, or by its type.
func rolesOf(t *template.Template) *roles {
	r := &roles{fields: map[string]*template.Field{}, list: t.Fields}
	for i := range t.Fields {
		r.fields[t.Fields[i].ID] = &t.Fields[i]
	}
	r.title = r.first(archive.TitleField, "title", "")
	r.date = r.first(archive.DateField, "date", "date")
	r.creator = r.first(creatorField, "creator", "")
	r.number = r.first(numberField, "", "number")
	r.reference = r.first(referenceField, "", "reference")
	r.issued = r.first(issuedField, "issued", "-")
	r.retention = r.first(retentionField, "", "-")
	r.attachment = r.first(attachmentField, "", "-")
	if f := r.fields[r.reference]; f != nil {
		r.coded = f.Type == "reference"
	}
	return r
}

// first is the id of the field with an id, else the first that is mapped to an element of
// Dublin Core, else the first of a type; "" or - asks for none.
func (r *roles) first(id, dc, kind string) string {
	if r.fields[id] != nil {
		return id
	}
	for _, f := range r.list {
		if dc != "" && f.Map["dc"] == dc {
			return f.ID
		}
	}
	for _, f := range r.list {
		if f.Type == kind {
			return f.ID
		}
	}
	return ""
}

// ownNumber is a document's own number (文号) among identifiers of any kind.
var ownNumber = regexp.MustCompile(`[〔\[［（(【]\s*[0-9０-９]{4}\s*[〕\]］）)】].*[号號]|第?[0-9]+[号號]$`)

// numbered are the values of a document that are its numbers, and those that are reference
// codes. A field of identifiers may hold both, as Dublin Core has it.
func (r *roles) numbered(d *archive.Document) (refs, numbers []*archive.Item) {
	numbers = stated(d, r.number)
	for _, it := range stated(d, r.reference) {
		text := strings.TrimSpace(it.Text)
		if _, is := codes.ParseNumber(text); !r.coded && (is || ownNumber.MatchString(text)) {
			numbers = append(numbers, it)
			continue
		}
		refs = append(refs, it)
	}
	return refs, numbers
}

// stated are the values of a field in force that say something.
func stated(d *archive.Document, field string) (out []*archive.Item) {
	if field == "" {
		return nil
	}
	for _, it := range d.Values(field) {
		if !it.NotStated() {
			out = append(out, it)
		}
	}
	return out
}
