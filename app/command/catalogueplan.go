package command

import (
	"slices"
	"strings"

	"fonds/app/catalogue"
	"fonds/app/template"
)

// This file reads what the flags of catalogue say of columns and fields.

// list is the value of a flag that is several, apart by commas.
func (c *call) list(flag string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(c.flags[flag], func(r rune) bool { return r == ',' || r == '，' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// planned makes the plan of the names of the columns and of the flags.
func (k *cataloguing) planned() error {
	k.plan = catalogue.Guess(k.table, k.fields)
	for _, pair := range k.list("map") {
		at := strings.LastIndexByte(pair, '=')
		if at < 0 {
			return usage("--map wants COLUMN=FIELD, not %q", clip(pair))
		}
		column, err := k.column(pair[:at])
		if err != nil {
			return err
		}
		if strings.TrimSpace(pair[at+1:]) == "" {
			k.plan.Set(column, nil)
			continue
		}
		f, err := k.field(pair[at+1:])
		if err != nil {
			return err
		}
		k.plan.Set(column, f)
	}
	if err := k.severally("split", func(c *catalogue.Column, on bool) {
		c.Split = ""
		if on {
			c.Split = catalogue.Separators
		}
	}); err != nil {
		return err
	}
	if err := k.severally("beside", func(c *catalogue.Column, on bool) { c.Beside = on }); err != nil {
		return err
	}
	if text, given := k.flags["match"]; given {
		if err := k.matched(text); err != nil {
			return err
		}
	}
	if k.plan.Match.Column < 0 {
		return usage("no column of %s is known to say which document a row is about: name it by --match COLUMN, for file names, or --match COLUMN=FIELD; the columns are %s",
			visible(k.table.Name), visible(strings.Join(k.table.Head, ", ")))
	}
	return nil
}

// severally does something to the columns of the fields that a flag names, and its
// contrary to the others; nothing where it is not given.
func (k *cataloguing) severally(flag string, do func(c *catalogue.Column, on bool)) error {
	if !k.has(flag) {
		return nil
	}
	var ids []string
	for _, name := range k.list(flag) {
		f, err := k.field(name)
		if err != nil {
			return err
		}
		if !f.Repeatable {
			return usage("--%s: %s holds one value", flag, f.ID)
		}
		ids = append(ids, f.ID)
	}
	for i := range k.plan.Columns {
		do(&k.plan.Columns[i], slices.Contains(ids, k.plan.Columns[i].Field))
	}
	return nil
}

// matched reads --match.
func (k *cataloguing) matched(text string) error {
	name, field, has := text, "", false
	if column, err := k.column(text); err == nil { // a name may have a = in it
		id := catalogue.FieldOf(k.table.Head[column], k.fields)
		k.plan.Match = catalogue.Match{Column: column, Field: id}
		return nil
	}
	if at := strings.LastIndexByte(text, '='); at >= 0 {
		name, field, has = text[:at], text[at+1:], true
	}
	column, err := k.column(name)
	if err != nil {
		return err
	}
	k.plan.Match = catalogue.Match{Column: column}
	if has && strings.TrimSpace(field) != "" {
		f, err := k.field(field)
		if err != nil {
			return err
		}
		k.plan.Match.Field = f.ID
	}
	return nil
}

func (k *cataloguing) column(name string) (int, error) {
	if at := k.table.ColumnOf(name); at >= 0 {
		return at, nil
	}
	return 0, usage("there is no column %q; the columns are %s", clip(name), visible(strings.Join(k.table.Head, ", ")))
}

func (k *cataloguing) field(name string) (*template.Field, error) { return fieldNamed(k.fields, name) }

// fieldNamed is the field of an id, a label or a usual name.
func fieldNamed(fields []template.Field, name string) (*template.Field, error) {
	id := catalogue.FieldOf(name, fields)
	var ids []string
	for i := range fields {
		if fields[i].ID == id {
			return &fields[i], nil
		}
		ids = append(ids, fields[i].ID)
	}
	return nil, usage("there is no field %q; the fields are %s", clip(name), strings.Join(ids, ", "))
}
