package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"fonds/app/bulk"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
)

// manyEdit is a line about the documents of a query, or a change that an archive has no
// kind of operation for: it is planned, and becomes edits of those.
type manyEdit struct {
	Do      string  `json:"do"`
	As      string  `json:"as"`
	Query   *string `json:"query"`
	Doc     string  `json:"doc"`
	Field   string  `json:"field"`
	Value   string  `json:"value"`
	Find    string  `json:"find"`
	Pattern bool    `json:"pattern"`
	Words   string  `json:"words"`
	Exact   bool    `json:"exact"`
	Label   string  `json:"label"`
	Text    string  `json:"text"`
	Reason  string  `json:"reason"`
	Tag     string  `json:"tag"`
	To      string  `json:"to"`

	template *template.Template // of the archive
	one      *archive.Edit      // of a kind that the archive has: what is said of every document
}

// planned are the changes that become edits of other kinds, with their keys.
var planned = map[string]string{
	"field.add":     "field value",
	"field.replace": "field find value pattern",
	"field.clear":   "field",
	"field.take":    "field",
	"tag.rename":    "tag to",
	"tag.delete":    "tag",
	"mark.every":    "words label exact",
	"correct.every": "words text reason exact",
}

// ofMany are the kinds that can be said of many documents at once.
var ofMany = []string{"tag.add", "tag.remove", "field.set", "note.add", "assign", "package.put", "document.submit", "document.recall", "document.return",
	"document.approve", "document.remove", "document.restore"}

// parseMany reads such a line; nil is any other.
func parseMany(line []byte) (*manyEdit, error) {
	var is struct {
		Do    string
		Query *json.RawMessage
	}
	if json.Unmarshal(line, &is) != nil || is.Query == nil && planned[is.Do] == "" || is.Do == archive.SaveSearchKind {
		return nil, nil
	}
	keys, ours := planned[is.Do]
	switch {
	case !ours && slices.Contains(archive.EditKinds(), is.Do) && !slices.Contains(ofMany, is.Do):
		return nil, archive.Refuse("not-of-many", "do", is.Do, "known", strings.Join(ofMany, ", "))
	case !ours:
		return parseOfMany(line)
	}
	var m manyEdit
	var said map[string]json.RawMessage
	if err := json.Unmarshal(line, &said); err != nil {
		return nil, nil // parseEdit says what is wrong
	}
	for key := range said {
		if !slices.Contains(append(strings.Fields(keys), "do", "as", "query", "doc"), key) {
			return nil, archive.Refuse("no-key", "do", is.Do, "key", `"`+clip(key)+`"`, "known", keys)
		}
	}
	if badUTF8(line) >= 0 || loneSurrogate(line) >= 0 || bytes.Contains(line, []byte(`\u0000`)) {
		_, err := parseEdit(line)
		return nil, err
	}
	if err := json.Unmarshal(line, &m); err != nil {
		return nil, archive.Refuse("not-json", "why", strings.TrimPrefix(err.Error(), "json: "))
	}
	if (m.Do == string(bulk.Retag) || m.Do == string(bulk.Delete)) && m.Query == nil && m.Doc == "" {
		all := "" // a tag is renamed wherever it is
		m.Query = &all
	}
	if (m.Query == nil) == (m.Doc == "") {
		return nil, archive.Refuse("query-or-doc", "do", m.Do)
	}
	return &m, nil
}

// parseOfMany reads an edit of a kind that the archive has, with a query in the place of
// a document.
func parseOfMany(line []byte) (*manyEdit, error) {
	var said map[string]json.RawMessage
	if err := json.Unmarshal(line, &said); err != nil {
		return nil, nil
	}
	m := &manyEdit{}
	if err := json.Unmarshal(said["query"], &m.Query); err != nil || m.Query == nil {
		return nil, archive.Refuse("wrong-type", "key", "query", "want", "words in quotation marks")
	}
	delete(said, "query")
	rest, err := json.Marshal(said)
	if err != nil {
		return nil, err
	}
	e, err := parseEdit(rest)
	if err != nil {
		return nil, err
	}
	for _, v := range e.Values {
		if v.Evidence != nil || v.NotStated && len(e.Values) > 1 {
			return nil, archive.Refuse("query-one", "do", e.Do, "key", "evidence")
		}
	}
	if e.Doc != "" || e.Seen != nil {
		return nil, archive.Refuse("query-one", "do", e.Do, "key", map[bool]string{true: "doc", false: "seen"}[e.Doc != ""])
	}
	m.Do, m.As, m.one = e.Do, e.As, e
	return m, nil
}

// edits are those that the line comes to, and of how many documents it is.
func (m *manyEdit) edits(ctx context.Context, a *storage.Archive) ([]*archive.Edit, int, error) {
	ids, err := m.documents(ctx, a)
	if err != nil {
		return nil, 0, err
	}
	w, ok := m.work()
	if !ok {
		var out []*archive.Edit
		for _, id := range ids {
			e := *m.one
			e.Doc = string(id)
			out = append(out, &e)
		}
		return out, len(ids), nil
	}
	self, err := a.Self(ctx)
	if err != nil {
		return nil, 0, err
	}
	several := false
	for _, f := range template.Of(self).Fields {
		several = several || f.ID == w.Field && f.Repeatable
	}
	plan, err := w.Plan(ctx, a, ids, several, nil)
	if errors.Is(err, bulk.ErrNothing) {
		return nil, 0, archive.Refuse("missing", "do", m.Do, "key", m.lacks())
	}
	out := bulk.All(plan.Changes)
	for _, e := range out {
		if e.As = m.As; w.Do == bulk.Set {
			e.Seen = nil // whatever stands there by then
		}
	}
	return out, len(ids), err
}

// lacks is the first key that says too little for anything to be done.
func (m *manyEdit) lacks() string {
	if m.one != nil {
		return "tag"
	}
	said := map[string]string{"field": m.Field, "value": m.Value, "find": m.Find, "words": m.Words, "label": m.Label, "text": m.Text, "tag": m.Tag, "to": m.To}
	for key := range strings.FieldsSeq(planned[m.Do]) {
		if v, ok := said[key]; ok && strings.TrimSpace(v) == "" && !(key == "value" && m.Do == "field.replace") {
			return key
		}
	}
	return "other words than those that stand there"
}

// documents are those that the line is about.
func (m *manyEdit) documents(ctx context.Context, a *storage.Archive) ([]archive.ID, error) {
	if m.Query == nil {
		id, err := a.Find(ctx, m.Doc)
		return []archive.ID{id}, err
	}
	search, err := m.template.Search(*m.Query)
	if err != nil {
		return nil, archive.Refuse("query-wrong", "why", err.Error())
	}
	ns, err := a.Numbers(ctx, storage.Query{Search: search})
	if err != nil {
		return nil, err
	}
	return a.IDs(ctx, ns)
}

// work is the line as package bulk plans it; ok is false for kinds that it does not know.
func (m *manyEdit) work() (w bulk.Work, ok bool) {
	w = bulk.Work{Do: bulk.Do(m.Do), Field: m.Field, Value: m.Value, Find: m.Find, Pattern: m.Pattern, Exact: m.Exact, Label: m.Label, Reason: m.Reason}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	switch m.Do {
	case "field.clear":
		w.Do = bulk.Set
	case "tag.delete":
		w.Find = m.Tag
	case "tag.rename":
		w.Find, w.Value = m.Tag, m.To
	case "mark.every", "correct.every":
		w.Find, w.Value = m.Words, m.Text
	case "tag.add", "tag.remove":
		w.Value = m.one.Tag
	case "package.put":
		w.Value = text(m.one.Package)
	case "document.submit":
		return w, m.one.Reason == ""
	case "assign":
		w.Value = text(m.one.To)
		return w, m.one.Due == nil
	case "field.set":
		w.Field = m.one.Field
		for _, v := range m.one.Values {
			if v.Detail != "" || v.NotStated {
				return w, false
			}
			w.Values = append(w.Values, v.Value)
		}
	}
	return w, planned[m.Do] != "" || slices.Contains([]string{"tag.add", "tag.remove", "package.put", "field.set"}, m.Do)
}

// count adds one of a line's results to its answer.
func (r *answer) count(changed map[int]map[archive.ID]bool, line, n int, res storage.Result) {
	var rule *archive.Refusal
	switch {
	case res.Err == nil:
		if changed[line] == nil {
			changed[line] = map[archive.ID]bool{}
		}
		changed[line][res.Doc] = true
		*r.Changed = len(changed[line])
	case errors.As(res.Err, &rule) && rule.Code == "unchanged":
	default:
		if r.Refused++; r.Refused == 1 {
			why := refused(n, res.Err)
			r.OK, r.Error, r.Line, r.Code = false, why.Error, n, why.Code
		}
	}
}

// nameFields reads what lines say in the names of the archive's template: the ids of fields
// stand in the place of their names then. A word that is neither makes its line wrong.
func nameFields(t *template.Template, lines []editLine) {
	names := t.Names()
	for i := range lines {
		l := &lines[i]
		if l.edit != nil && l.err == nil {
			l.err = readSaved(t, l.edit)
		}
		if l.many != nil {
			l.many.template = t
		}
		var fields []*string
		if l.edit != nil {
			fields = append(fields, &l.edit.Field)
		}
		if l.many != nil {
			fields = append(fields, &l.many.Field)
			if l.many.one != nil {
				fields = append(fields, &l.many.one.Field)
			}
		}
		for _, f := range fields {
			if *f == "" || strings.Contains(*f, ":") {
				continue
			}
			if key, id, ok := names.Key(*f); ok && key == query.Field {
				*f = id
			} else {
				l.err = archive.Refuse("no-field", "field", `"`+clip(*f)+`"`)
			}
		}
	}
}
