package arrange

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fonds/app/codes"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// CodeField is the field of reference codes of a template; "" where it has none.
func CodeField(t *template.Template) string {
	for _, f := range t.Fields {
		if f.Type == "reference" {
			return f.ID
		}
	}
	if slices.ContainsFunc(t.Fields, func(f template.Field) bool { return f.ID == "dcterms:identifier" }) {
		return "dcterms:identifier"
	}
	return ""
}

// Coded is a document that is given a reference code.
type Coded struct {
	Doc  archive.ID
	Name string // its title, or the name of its file
	Unit *archive.Unit
	Code string
}

// Codes are those that a rule gives.
type Codes struct {
	Given []Coded
	Kept  int            // documents that have one: it stays
	Twice map[string]int // codes that several documents have already, with how many
	Edits []*archive.Edit
}

// mostCodes is how many codes are given at once.
const mostCodes = 200_000

// PlanCodes gives a code to every document of the units that has none, in the order of the
// archive: the number after the highest that is there under the same code, whichever unit
// it lies in. A code that a document has, however it is written, stays. field is where
// codes are kept. Without units it is all of them.
func PlanCodes(ctx context.Context, a *storage.Archive, rule *Rule, field string, units []archive.ID) (*Codes, error) {
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	tree := self.Units()
	if len(units) == 0 {
		for _, u := range tree.All() {
			units = append(units, u.ID())
		}
	}
	out := &Codes{Twice: map[string]int{}}
	if len(units) == 0 {
		return out, nil
	}
	items, err := a.UnitItems(ctx, units, []string{field}, 0)
	if err != nil {
		return nil, err
	}
	used, err := usedCodes(ctx, a, field, out)
	if err != nil {
		return nil, err
	}
	next := map[string]int{}
	for i := range items {
		it := &items[i]
		if it.Coded {
			out.Kept++
			continue
		}
		if len(out.Given) == mostCodes {
			return nil, fmt.Errorf("more than %d documents have no reference code: give them unit by unit", mostCodes)
		}
		u := tree.Unit(it.Unit)
		before, behind, width := rule.Around(u)
		key := before + "\x00" + behind
		if _, known := next[key]; !known {
			next[key] = used.highest(form(before), form(behind))
		}
		next[key]++
		c := Coded{Doc: it.ID, Name: it.Called(), Unit: u, Code: before + fmt.Sprintf("%0*d", width, next[key]) + behind}
		out.Given = append(out.Given, c)
		out.Edits = append(out.Edits, &archive.Edit{Do: "field.set", Doc: string(c.Doc), Field: field, Values: []archive.ValueIn{{Value: c.Code}}, Seen: &[]archive.ID{}})
	}
	return out, nil
}

// inUse are the codes that documents have, in the form for comparing, sorted.
type inUse []string

func usedCodes(ctx context.Context, a *storage.Archive, field string, out *Codes) (inUse, error) {
	counts, err := a.Facet(ctx, storage.Query{}, storage.Facet{Key: query.Field, Name: field}, 0)
	if err != nil {
		return nil, err
	}
	var all inUse
	for _, c := range counts {
		if all = append(all, form(c.Value)); c.N > 1 {
			out.Twice[c.Value] = c.N
		}
	}
	slices.Sort(all)
	return all, nil
}

// form is a code, or the beginning of one, for comparing.
func form(s string) string { return strings.ToUpper(codes.ParseReference(s).Form) }

// highest is the highest number that stands between before and behind.
func (all inUse) highest(before, behind string) (most int) {
	at, _ := slices.BinarySearch(all, before)
	for _, c := range all[at:] {
		rest, ok := strings.CutPrefix(c, before)
		if !ok {
			break
		}
		if rest, ok = strings.CutSuffix(rest, behind); !ok {
			continue
		}
		if n, err := strconv.Atoi(rest); err == nil && n >= 0 && len(rest) <= mostWidth {
			most = max(most, n)
		}
	}
	return most
}
