package export

import (
	"github.com/google/uuid"

	"fonds/app/template"
	"fonds/storage/archive"
)

// computedRule begins the rules of values that nobody gave: the program knows them of the
// document itself, by the template (template.Field.Compute).
const computedRule = "computed."

// Computed says whether a value is one that the program knows of the document itself, by
// the rule that it bears.
func Computed(rule string) bool {
	return len(rule) > len(computedRule) && rule[:len(computedRule)] == computedRule
}

// compute puts what is computed of a document among its values. Each has the same id in
// every set of the same document.
func (j *job) compute(view *Document, d *archive.Document) error {
	if !j.self {
		self, err := j.a.Self(j.ctx)
		if err != nil {
			return err
		}
		for _, f := range template.Of(self).Fields {
			if f.Compute != "" {
				j.computed = append(j.computed, f)
			}
		}
		j.self = true
	}
	for i := range j.computed {
		f := &j.computed[i]
		for n, value := range f.Computed(d) {
			id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(string(d.ID)+" "+f.ID+" "+string(rune('0'+n))))
			view.Fields = append(view.Fields, Value{ID: archive.ID(id.String()), Field: f.ID, Value: value, State: string(archive.Accepted),
				By: Machine, At: view.Added, Rule: computedRule + f.Compute, Confidence: 1})
		}
	}
	return nil
}
