package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"fonds/app/ingest"
	"fonds/app/ingest/records"
	"fonds/app/intake"
	"fonds/app/template"
	"fonds/storage"
)

var recordsVerb = &verb{
	name: "records", usage: "fonds records FILE [--sheet NAME] [--head ROW] [--encoding NAME] [--json]",
	summary: "the columns of a table whose rows can be documents, and what they would be",
	help: `Looks at a file of records without an archive: CSV, TSV, XLSX, ODS, JSON Lines, or an
array of JSON objects. It prints the columns, what each would be of a document, an
example, and how many rows there are. With --json it prints that as one object, whose
"mapping" can be changed and handed to "fonds import --records":

  fonds records list.csv --json > list.json
  fonds import a.fonds list.csv --records list.json

A mapping names columns: "text" (of the document), "title", "name" (of its file),
"fields" (column: id of a field, as dcterms:date), "tags" (a list of columns), "split"
(the characters between several values in a cell), "sheet", "head_row" (the row that
names the columns, from 1; 0 finds out; -1: none does, and columns are called by their
numbers). A column that it does not name stays in the original alone.`,
	flags: []flag{
		{"sheet", "NAME", "which sheet of a workbook; else the first with rows"},
		{"head", "ROW", "the row that names the columns, from 1; -1: none does; else it is found out"},
		{"encoding", "NAME", "of all but workbooks; else it is found out"},
		jsonFlag,
	},
	min: 1, max: 1, run: runRecords,
}

// recordsShown is the line of records --json.
type recordsShown struct {
	File     string            `json:"file"`
	Format   string            `json:"format"`
	Encoding string            `json:"encoding,omitempty"`
	Sheets   []string          `json:"sheets,omitempty"`
	Rows     int               `json:"rows"`
	HeadRow  int               `json:"head_row"` // the row that names the columns, 0 for none
	Columns  []recordsColumn   `json:"columns"`
	Sample   []json.RawMessage `json:"sample"` // the first rows, as the originals of their documents would be
	Notes    []string          `json:"notes,omitempty"`
	Mapping  records.Plan      `json:"mapping"`
}

type recordsColumn struct {
	Name    string `json:"name"`
	Is      string `json:"is,omitempty"` // text, title, name, tag, the id of a field; "" for nothing
	Example string `json:"example,omitempty"`
}

// recordsSample is how many rows are printed.
const recordsSample = 3

func runRecords(c *call) error {
	o := intake.TableOptions{Encoding: c.flags["encoding"], Sheet: c.flags["sheet"], Keep: 200, All: true}
	if c.has("encoding") && (o.Encoding == "" || !intake.KnownEncoding(o.Encoding)) {
		return usage("there is no encoding %q; names are those of the WHATWG Encoding Standard, as GB18030, Big5, UTF-16LE", clip(o.Encoding))
	}
	if c.has("head") {
		n, err := strconv.Atoi(c.flags["head"])
		if err != nil || n < records.NoHead {
			return usage("--head is the number of a row, from 1, or -1 for none; not %q", clip(c.flags["head"]))
		}
		o.HeadRow = n
	}
	t, err := c.tableOf(c.args[0], o)
	if err != nil {
		return err
	}
	shown := recordsShown{File: c.args[0], Format: t.Format, Encoding: t.Encoding, Sheets: t.Sheets, Rows: t.Count, HeadRow: t.HeadRow, Notes: t.Notes, Mapping: t.Plan,
		Columns: []recordsColumn{}, Sample: []json.RawMessage{}}
	for i, name := range t.Columns {
		col := recordsColumn{Name: name, Is: t.Plan.Is(name)}
		for _, r := range t.Rows {
			if col.Example == "" {
				col.Example = clip(strings.Join(strings.Fields(r.Cell(i)), " "))
			}
		}
		shown.Columns = append(shown.Columns, col)
	}
	for _, r := range t.Rows[:min(len(t.Rows), recordsSample)] {
		shown.Sample = append(shown.Sample, t.Document(t.Plan.Mapping, r).Original)
	}
	if c.json() {
		c.enc.SetIndent("", "  ") // it is to be changed by people
		return c.enc.Encode(shown)
	}
	return c.printRecords(&shown)
}

// tableOf reads a file of records; an error is one of usage.
func (c *call) tableOf(path string, o intake.TableOptions) (*intake.Table, error) {
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, usage("%s: there is no file of this name", visible(path))
	case err == nil && st.IsDir():
		return nil, usage("%s: it is a folder: name the files of records in it", visible(path))
	}
	t, err := intake.TableOf(c.ctx, path, o)
	var skip *ingest.Skip
	if errors.As(err, &skip) {
		return nil, usage("%s: %s", visible(path), visible(skip.String()))
	}
	return t, err
}

func (c *call) printRecords(s *recordsShown) error {
	line := s.Format
	if s.Encoding != "" {
		line += ", " + s.Encoding
	}
	if len(s.Sheets) > 1 {
		line += fmt.Sprintf(", sheet %s of %s", visible(s.Mapping.Sheet), visible(strings.Join(s.Sheets, ", ")))
	}
	named := "no row names the columns"
	if s.HeadRow > 0 {
		named = fmt.Sprintf("row %d names the columns", s.HeadRow)
	}
	c.printf("%s: %s; %s; %s\n", visible(s.File), line, count(s.Rows, "record"), named)
	for _, col := range s.Columns {
		is := col.Is
		if is == "" {
			is = "–"
		}
		c.printf("  %s → %s", visible(col.Name), visible(is))
		if col.Example != "" {
			c.printf("   %s", visible(col.Example))
		}
		c.printf("\n")
	}
	for _, n := range s.Notes {
		c.printf("note: %s\n", visible(n))
	}
	return nil
}

// autoRecords is the value of --records that finds out what the columns are.
const autoRecords = "auto"

// records are the plans of --records for the files that were named, by their names for intake.
func (c *call) records(a *storage.Archive, encoding string) (map[string]records.Plan, error) {
	if !c.has("records") {
		return nil, nil
	}
	self, err := a.Self(c.ctx)
	if err != nil {
		return nil, err
	}
	fields := template.Of(self).Fields
	var given records.Plan
	how := c.flags["records"]
	if how != autoRecords {
		data, err := c.wholeFile(how)
		if err == nil {
			given, err = records.ReadPlan(data)
		}
		if err != nil {
			return nil, usage("%s: %v", visible(how), err)
		}
	}
	out := map[string]records.Plan{}
	for _, path := range c.args[1:] {
		o := intake.TableOptions{Encoding: encoding, Sheet: given.Sheet, HeadRow: given.HeadRow, Fields: fields, Keep: 200}
		t, err := c.tableOf(path, o)
		if err != nil {
			return nil, err
		}
		p := t.Plan
		if how == autoRecords {
			c.say("%s: %s", visible(path), visible(mappingWords(&p)))
		} else if p = given; len(t.Missing(p.Mapping)) > 0 {
			return nil, usage("%s: it does not have all the columns that the mapping says: %s", visible(path), visible(strings.Join(t.Missing(p.Mapping), ", ")))
		}
		for _, id := range p.FieldIDs() {
			if !slices.ContainsFunc(fields, func(f template.Field) bool { return f.ID == id }) {
				c.say("%s: %s is no field of this archive's template: values are kept, and no form shows them", visible(path), visible(id))
			}
		}
		name, err := intake.NameOf(path)
		if err != nil {
			return nil, usage("%s: %v", visible(path), err)
		}
		out[name] = p
	}
	return out, nil
}

// mappingWords says a mapping on one line.
func mappingWords(p *records.Plan) string {
	line := "every column stays in the original alone"
	if words := p.Mapping.String(); words != "" {
		line = words
	}
	if p.Sheet != "" {
		line = "sheet " + p.Sheet + ": " + line
	}
	return line
}
