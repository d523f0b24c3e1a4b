package storage

import (
	"context"
	"sync"

	"fonds/storage/archive"
)

// fieldsOf puts what machines propose into the fields of the archive's template.
type fieldsOf struct {
	of func(id, json string) func(field, rule string) string // see Options.Fields

	mu       sync.Mutex
	id, json string
	goes     func(field, rule string) string
}

// goesTo is the way that proposals of a document that comes in now take.
func (a *Archive) goesTo(ctx context.Context) (func(field, rule string) string, error) {
	stays := func(field, _ string) string { return field }
	f := &a.fields
	if f.of == nil {
		return stays, nil
	}
	rows, err := a.r.QueryContext(ctx, "SELECT key, text FROM items WHERE doc='' AND what='setting' AND state='accepted' AND key IN (?,?)", archive.TemplateSetting, archive.TemplateJSON)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	said := map[string]string{}
	for rows.Next() {
		var key, text string
		if err := rows.Scan(&key, &text); err != nil {
			return nil, err
		}
		said[key] = text
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if id, json := said[archive.TemplateSetting], said[archive.TemplateJSON]; f.goes == nil || f.id != id || f.json != json {
		f.id, f.json, f.goes = id, json, f.of(id, json)
	}
	if f.goes == nil {
		return stays, nil
	}
	return f.goes, nil
}
