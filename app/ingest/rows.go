package ingest

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/ingest/content"
	"fonds/app/ingest/records"
)

// A file of records can come in as a document for each of its rows. The file itself is like a folder then: the rows have
// paths below its own, and the original of each is its own bytes, which is the row as a JSON object. That is done where
// somebody has said what the columns are (records.Plan), and by itself never.

// fromRecord is the extractor of a row, as recipes name it: its text is a member of its original.
const fromRecord = "record"

// Reasons why the rows of a file cannot be documents as it was said.
const (
	NoSheet  Reason = "no-sheet"  // the sheet that it does not have
	NoColumn Reason = "no-column" // the columns that it does not have, by commas
	NoRows   Reason = "no-rows"   // it is no file of records: why, where there is more to say
)

// A Tabular is a file of records that is open, to be closed.
type Tabular struct {
	*records.File
	Encoding   string  // of all but workbooks
	Confidence float64 // of Encoding
	Undecoded  int     // runs of bytes that are no character in the encoding
}

// OpenRecords opens a file of records that Scan found. err is a *Skip, or that of the context.
func OpenRecords(ctx context.Context, f Found, opts Options, o records.Options) (*Tabular, error) {
	data, _, err := readTwice(ctx, f, opts)
	if err != nil {
		return nil, err
	}
	return openRecords(ctx, data, f, opts.Encoding, o)
}

func openRecords(ctx context.Context, data []byte, f Found, encoding string, o records.Options) (*Tabular, error) {
	at := f.Path
	t, s := &Tabular{}, records.Source{Name: EscapeName(filepath.Base(f.Name)), Data: data}
	if len(data) == 0 {
		return nil, &Skip{Path: at, Reason: Empty}
	}
	if formatOf(data, at) == nil && !isRead(data[:min(len(data), headBytes)]) {
		text, enc, conf, recipe, err := Decode(data, encoding)
		if err != nil {
			var skip *Skip
			if errors.As(err, &skip) {
				skip.Path = at
			}
			return nil, err
		}
		s.Data, s.Text = nil, text
		t.Encoding, t.Confidence, t.Undecoded = enc, conf, len(recipe.Undecoded)
	}
	file, err := records.Open(ctx, s, o)
	var r *content.Refusal
	switch {
	case errors.As(err, &r) && r.Reason == content.NotIt:
		return nil, &Skip{Path: at, Reason: NoRows, Detail: r.Detail}
	case err != nil:
		return nil, refused(err, at)
	}
	t.File = file
	return t, nil
}

// EachRow reads a file of records that Scan found and hands on the document of each of its rows, in order, as something
// that lies in it; then, where there is something, what is to be known of the file (Inner.Notes). Of only, from 1, the
// document of that row alone is made, 0 for all. The error is that of yield or of the context.
func EachRow(ctx context.Context, f Found, opts Options, p records.Plan, only int, yield func(Inner) error) error {
	data, modified, err := readTwice(ctx, f, opts)
	if err != nil {
		return yieldOr(err, 0, yield)
	}
	file, err := openRecords(ctx, data, f, opts.Encoding, records.Options{HeadRow: p.HeadRow})
	if err != nil {
		return yieldOr(err, 0, yield)
	}
	defer file.Close()
	t := file.Table(p.Sheet)
	if t == nil {
		return yield(Inner{Skip: &Skip{Path: f.Path, Reason: NoSheet, Detail: p.Sheet}})
	}
	if missing := t.Missing(p.Mapping); len(missing) > 0 {
		return yield(Inner{Skip: &Skip{Path: f.Path, Reason: NoColumn, Detail: strings.Join(missing, ", ")}})
	}
	n, names, failed := 0, taken{}, false
	for r, err := range records.Documents(t, p.Mapping) {
		if err != nil {
			skip := refused(err, f.Path)
			if n > 0 {
				skip = inPart(skip, n)
			}
			if err := yieldOr(skip, n, yield); err != nil {
				return err
			}
			failed = true
			break
		}
		n++
		at := names.apart(f.Path + "/" + EscapeName(safePath(r.Name, r.Row)))
		if only > 0 && n != only {
			continue
		}
		in := Inner{Inside: n}
		if in.Doc, in.Skip = ofRecord(r, at, &p.Mapping); in.Doc != nil {
			in.Doc.Order, in.Doc.Modified = f.Order, modified
		}
		if err := yield(in); err != nil {
			return err
		}
	}
	if n == 0 && !failed {
		return yield(Inner{Skip: &Skip{Path: f.Path, Reason: Empty}})
	}
	return notesOf(file, t, p, f.Path, yield)
}

// inPart says of a file that it was read up to a row.
func inPart(err error, n int) error {
	var skip *Skip
	if errors.As(err, &skip) {
		return &Skip{Path: skip.Path, Reason: InPart, Detail: fmt.Sprintf("the rows after the first %d were not read: %s", n, skip.String())}
	}
	return err
}

// notesOf hands on what is to be known of a table that was read, and of those that were not.
func notesOf(file *Tabular, t *records.Table, p records.Plan, at string, yield func(Inner) error) error {
	notes := t.Notes()
	if others := slices.DeleteFunc(file.Sheets(), func(s string) bool { return s == t.Sheet }); len(others) > 0 {
		notes = append(notes, "Other sheets were not read: "+strings.Join(others, ", ")+".")
	}
	if file.Undecoded > 0 {
		notes = append(notes, fmt.Sprintf("%d runs of bytes are no character in %s.", file.Undecoded, file.Encoding))
	}
	if len(notes) == 0 {
		return nil
	}
	for i := range notes {
		notes[i] = at + ": " + notes[i]
	}
	return yield(Inner{Notes: notes})
}

// ofRecord is the document of a row, or why there is none.
func ofRecord(r *records.Record, at string, m *records.Mapping) (*Document, *Skip) {
	if len(r.Text) > MaxText {
		skip := tooLong(len(r.Text))
		skip.Path = at
		return nil, skip
	}
	a := &Annotated{Name: r.Name, Text: r.Text, Tags: r.Tags}
	for _, s := range r.Fields {
		if notStated(s.Value) { // beside a value that is there it says nothing
			a.Not = append(a.Not, s.Field)
			continue
		}
		if a.Fields == nil {
			a.Fields = map[string][]string{}
		}
		if !slices.Contains(a.Fields[s.Field], s.Value) {
			a.Fields[s.Field] = append(a.Fields[s.Field], s.Value)
		}
	}
	d := &Document{Path: at, Size: int64(len(r.Original)), SHA256: sumOf(r.Original), Original: r.Original, Format: records.FormatJSON, Encoding: "UTF-8",
		Confidence: 1, Title: r.Title, Text: r.Text, Said: a, Recipe: Recipe{Decoder: "UTF-8", Extractor: fromRecord, Version: records.Version, Member: r.Key}}
	if r.Text == "" {
		return d, nil
	}
	d.Language = LanguageOf(r.Text)
	if m.Title == "" && len(m.Fields) == 0 { // else somebody has described it, and better
		d.Proposals = propose(r.Text, headings{})
	}
	d.look()
	return d, nil
}

// notStated says whether a cell says, in a language of the program, that the source does not state what the column is about.
func notStated(value string) bool {
	plain := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	return slices.ContainsFunc(i18n.Everywhere("value.notstated"), func(words string) bool { return plain(words) == plain(value) })
}

// remakeRecord makes the text of a row again.
func remakeRecord(original []byte, r Recipe) (string, error) {
	if r.Version != records.Version {
		return "", fmt.Errorf("making a text again: the recipe is of version %q of the reader %s and this program has %q", r.Version, fromRecord, records.Version)
	}
	text, err := records.Member(original, r.Member)
	if err != nil {
		return "", fmt.Errorf("making a text again: %w", err)
	}
	return text, nil
}

// CountRows says how many rows of a document could be documents of their own, where it is a file of records: 0 where it is
// none, one more than records.MaxRows where those are too many. The error is that of the context.
func CountRows(ctx context.Context, d *Document, name string) (int, error) {
	s := records.Source{Name: name, Text: d.Text}
	switch d.Recipe.Extractor {
	case "plain":
	case formatSheets.extractor:
		s = records.Source{Name: name, Data: d.Original}
	default:
		return 0, nil
	}
	if records.Format(s) == "" {
		return 0, nil
	}
	n, err := countRows(ctx, s)
	var r *content.Refusal
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case errors.As(err, &r) && r.Reason == content.TooMuch:
		return records.MaxRows + 1, nil
	case err != nil:
		return 0, nil
	}
	return n, nil
}

func countRows(ctx context.Context, s records.Source) (n int, err error) {
	f, err := records.Open(ctx, s, records.Options{})
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for _, err := range f.Tables[0].Rows() {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// MayHaveRows says of a file of another tool whether it can be one of records too, by its name.
func MayHaveRows(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jsonl", ".ndjson", ".json":
		return true
	}
	return false
}
