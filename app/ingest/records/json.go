package records

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"fonds/app/ingest/content"
)

// isJSONLines says whether the first two lines that have something are an object each; by the ending of the file, whether
// one of the first ten is.
func isJSONLines(ext, text string) bool {
	named := ext == ".jsonl" || ext == ".ndjson"
	good, n := 0, 0
	for l := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if l[0] == '{' && l[len(l)-1] == '}' && json.Valid([]byte(l)) {
			good++
		} else if !named {
			return false
		}
		if n++; n == 10 || good == 2 || named && good == 1 {
			break
		}
	}
	return good == 2 || named && good == 1
}

// isJSONArray says whether a text begins as an array of objects.
func isJSONArray(text string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimPrefix(text, "\uFEFF")), "[")
	return ok && strings.HasPrefix(strings.TrimSpace(rest), "{")
}

// json reads JSON Lines or an array of objects: once for the columns, which are all names in the order in which they come.
func (f *File) json(ctx context.Context, text string) error {
	text = strings.TrimPrefix(text, "\uFEFF")
	t := &Table{file: f, ctx: ctx}
	objects := jsonLines
	if f.Format == FormatJSON {
		objects = jsonArray
	}
	column, n := map[string]int{}, 0
	err := objects(ctx, text, nil, func(_ int, object []byte) error {
		if n++; n > MaxRows {
			return content.Refuse(content.TooMuch, "rows %d > %d", n, MaxRows)
		}
		return members(object, func(name string, _ json.RawMessage) error {
			if _, has := column[name]; !has {
				if len(column) == MaxColumns {
					return content.Refuse(content.TooMuch, "columns %d > %d", len(column)+1, MaxColumns)
				}
				column[name] = len(column)
				t.keys = append(t.keys, name)
				t.Columns = append(t.Columns, tidy(name))
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	if n == 0 || len(column) == 0 {
		return content.Refuse(content.NotIt, "it has no object in it")
	}
	t.Columns = unlike(t.Columns)
	t.each = func(take func(*Row) error) error {
		return objects(ctx, text, &t.lost, func(n int, object []byte) error {
			r := &Row{N: n, Cells: make([]string, 0, len(column)), Original: object}
			err := members(object, func(name string, v json.RawMessage) error {
				r.set(column[name], v)
				return nil
			})
			if err != nil {
				return err
			}
			if len(r.Cells) == 0 {
				t.lost.count("%d objects have nothing in them", n)
			}
			return take(r)
		})
	}
	f.Tables = append(f.Tables, t)
	return nil
}

// jsonLines hands on the objects of the lines with their number; what is none is counted.
func jsonLines(ctx context.Context, text string, lost *notes, take func(n int, object []byte) error) error {
	n := 0
	for l := range strings.Lines(text) {
		if n++; n%100 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if l[0] != '{' || !json.Valid([]byte(l)) {
			if lost != nil {
				lost.count("%d lines are no JSON object", n)
			}
			continue
		}
		if err := take(n, []byte(l)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// jsonArray hands on the objects of an array with their number, up to where it is damaged.
func jsonArray(ctx context.Context, text string, lost *notes, take func(n int, object []byte) error) error {
	d := json.NewDecoder(stopping{ctx, strings.NewReader(text)})
	if _, err := d.Token(); err != nil {
		return damaged(ctx, err)
	}
	for n := 1; d.More(); n++ {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			if ctx.Err() != nil || n == 1 {
				return damaged(ctx, err)
			}
			if lost != nil {
				lost.count("%d places are damaged, and what follows is missing, after object", n-1)
			}
			return nil
		}
		if raw[0] != '{' {
			if lost != nil {
				lost.count("%d members of the array are no objects", n)
			}
			continue
		}
		if err := take(n, bytes.Clone(raw)); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil && lost != nil {
		lost.count("%d places where the array does not end", 0)
	}
	return ctx.Err()
}

func damaged(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return content.Refuse(content.Damaged, "%v", err)
}

// members hands on what an object has, in its order.
func members(object []byte, take func(name string, value json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(object))
	if _, err := d.Token(); err != nil {
		return content.Refuse(content.Damaged, "%v", err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return content.Refuse(content.Damaged, "%v", err)
		}
		key, ok := name.(string)
		var v json.RawMessage
		if err := d.Decode(&v); err != nil || !ok {
			return content.Refuse(content.Damaged, "%v", errors.Join(err, io.ErrUnexpectedEOF))
		}
		if err := take(key, v); err != nil {
			return err
		}
	}
	return nil
}

// set puts a value into a cell: of two of one name the last one counts.
func (r *Row) set(column int, v json.RawMessage) {
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, "")
	}
	delete(r.Many, column)
	delete(r.nested, column)
	var list []json.RawMessage
	deep := v[0] == '{' || v[0] == '[' && json.Unmarshal(v, &list) == nil && slices.ContainsFunc(list, func(i json.RawMessage) bool { return i[0] == '{' || i[0] == '[' })
	if deep {
		if r.nested == nil {
			r.nested = map[int]bool{}
		}
		r.nested[column] = true
	} else if v[0] == '[' {
		var many []string
		for _, item := range list {
			if s := scalar(item); s != "" {
				many = append(many, s)
			}
		}
		if r.Many == nil {
			r.Many = map[int][]string{}
		}
		r.Many[column] = many
		r.Cells[column] = strings.Join(many, "; ")
		return
	}
	r.Cells[column] = scalar(v)
}

// scalar is a value as a cell has it: a text as it reads, null as nothing, all others as they are written.
func scalar(v json.RawMessage) string {
	var s string
	switch {
	case v[0] == '"' && json.Unmarshal(v, &s) == nil:
		return tidy(s)
	case string(v) == "null":
		return ""
	case v[0] == '{' || v[0] == '[':
		var b bytes.Buffer
		if json.Compact(&b, v) == nil {
			return tidy(b.String())
		}
	}
	return tidy(string(v))
}
