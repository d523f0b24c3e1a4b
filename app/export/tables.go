package export

import (
	"strconv"
	"strings"

	"fonds/storage/archive"
)

// This file says what there is in a set as tables: which there are, what their
// columns mean, and the rows that a document gives. The formats csv, xlsx and
// datapackage write the same tables.

// table is one of them. A row has a cell for each column.
type table struct {
	name, about string
	columns     []column
	key         []string // the columns that tell its rows apart
	rows        func(d *Doc) [][]string
}

// column is one column of a table.
type column struct {
	name, kind, about string
}

// belongs is the column that holds the id of a document.
const belongs = "document"

// The kinds of columns: the type names of Table Schema
// (https://datapackage.org/standard/table-schema/#field-types). A cell of any kind
// is empty where there is nothing to say.
const (
	aText   = "string"
	aWhole  = "integer"
	aNumber = "number"
	aTruth  = "boolean"
	aMoment = "datetime" // RFC 3339, UTC
)

// tableFormats are the formats that write them.
var tableFormats = []string{"csv", "datapackage", "xlsx"}

// tables are the tables, in the order in which they are written.
var tables = []table{
	{"documents", "The documents of the set, one a row, in the order of their import. A closed document has its id, \"closed\", and what closes it, and nothing else.",
		documentColumns, []string{"id"}, documentRows},
	{"values", "The values that the fields of the documents have, one a row.", valueColumns, []string{"id"}, valueRows},
	{"tags", "The tags of the documents, one a row.", tagColumns, []string{"id"}, tagRows},
	{"marks", "The marks in the texts of the documents, one a row.", markColumns, []string{"id"}, markRows},
	{"corrections", "The corrections of the texts, one a row.", correctionColumns, []string{"id"}, correctionRows},
	{"notes", "The notes on the documents, one a row.", noteColumns, []string{"id"}, noteRows},
	{"decisions", "What was decided on the documents of the set, one decision on one thing a row, the oldest of a document first; also on what is not in force any more.",
		decisionColumns, []string{"operation", "item"}, decisionRows},
	{"regions", "The marks on the pictures of pages, one a row; " + regionPositions + ".", regionColumns, []string{"id"}, regionRows},
}

// idColumns begin every table but that of documents.
var idColumns = []column{
	{"id", aText, "the identifier of what the row is about (UUID)"},
	{"document", aText, "the document that it belongs to"},
}

// stateColumns say how far a thing is and who made it.
var stateColumns = []column{
	{"state", aText, "accepted: in force; proposed: waits for a decision"},
	{"by", aText, "who made it; \"machine\" where nobody did"},
	{"at", aMoment, "when it was made"},
	{"replaces", aText, "identifiers of what it took, or is to take, the place of, with a space between"},
	{"amends", aText, "the proposal of which it is a reviewer's amendment"},
}

// placeColumns say where words stand.
var placeColumns = []column{
	{"start", aWhole, "where the words begin in the source text, in code points from 0"},
	{"end", aWhole, "where they end in the source text; what stands there is not part of them"},
	{"reading_start", aWhole, "where the same words begin in the reading text"},
	{"reading_end", aWhole, "where they end in the reading text"},
	{"quote", aText, "the words there in the reading text"},
}

var documentColumns = []column{
	{"id", aText, "the identifier of the document (UUID)"},
	{"n", aWhole, "its place in the export, from 1"},
	{"title", aText, "its title; its name where it has none"},
	{"name", aText, "the name of its file"},
	{"path", aText, "where its file was when it was imported"},
	{"status", aText, "how far the work on it is"},
	{"language", aText, "the language of its text (BCP 47)"},
	{"chars", aWhole, "length of the source text in code points"},
	{"proposals", aWhole, "how many proposals on it wait for a decision"},
	{"masked", aWhole, "how many places in it were masked"},
	{"format", aText, "media type of the original"},
	{"encoding", aText, "encoding of the original"},
	{"encoding_confidence", aNumber, "how sure the encoding is, 0 to 1"},
	{"undecoded", aWhole, "how many runs of bytes of the original are no characters in that encoding"},
	{"size", aWhole, "length of the original in bytes"},
	{"sha256", aText, "SHA-256 of the original, hexadecimal"},
	{"modified", aText, "when the file was changed last, as its system said (RFC 3339)"},
	{"added", aMoment, "when it was imported"},
	{"approved_by", aText, "who gave the latest approval that was not gone back from"},
	{"approved_at", aMoment, "when"},
	{"approval_holds", aTruth, "whether the document is still what was approved"},
	{"approval_alone", aTruth, "whether somebody approved their own work"},
	{"approval_hash", aText, "SHA-256 of the content that was approved, hexadecimal"},
	{"assigned_to", aText, "whose work it is"},
	{"due", aText, "the day by which it is to be done"},
	{"package", aText, "the identifier of the work package that it belongs to"},
	{"closed", aTruth, "whether it may not be read yet; then hardly anything is said of it"},
	{"condition", aText, "of a closed document: the condition of access, as written"},
	{"until", aText, "of a closed document: the time to which it is closed, as written"},
	{"text", aText, "its text: the reading text, with the corrections in force, or the source text where that was chosen"},
}

var valueColumns = columnsOf(idColumns, []column{
	{"field", aText, "the field of the template that it is a value of"},
	{"value", aText, "the value; where there is none, that the source does not state it, in words"},
	{"not_stated", aTruth, "whether that is so: somebody has looked, and the source does not state it"},
	{"detail", aText, "what the evidence says beyond the value, as a time of day"},
}, stateColumns, []column{
	{"rule", aText, "the rule by which a machine read it"},
	{"confidence", aNumber, "how sure that rule is, 0 to 1"},
}, evidence(placeColumns), []column{
	{"evidence_region", aText, "where the evidence is on the picture of a page: the region, as the table of regions has it"},
})

var tagColumns = columnsOf(idColumns, []column{{"tag", aText, "the tag; / stands between its levels"}}, stateColumns)

var markColumns = columnsOf(idColumns, []column{
	{"label", aText, "the label"},
	{"comment", aText, "what was written beside the mark"},
	{"authority", aText, "the address of what the words name, in a file of authorities"},
}, stateColumns, placeColumns, []column{
	{"made_on", aText, "the words on which the mark was made, where they are others now"},
	{"look_again", aTruth, "whether the words have changed since somebody looked at the mark"},
})

var correctionColumns = columnsOf(idColumns, []column{
	{"source", aText, "the words of the source text that it replaces"},
	{"text", aText, "the words that it puts there"},
	{"reason", aText, "why, as ocr, mojibake or typo"},
	{"recipe", aText, "how the new words were come by"},
}, stateColumns, placeColumns[:4])

var noteColumns = columnsOf(idColumns, []column{
	{"text", aText, "the note"},
	{"by", aText, "who wrote it"},
	{"at", aMoment, "when"},
})

var decisionColumns = []column{
	{"operation", aText, "the operation of the log by which it was decided (UUID)"},
	{"item", aText, "the identifier of what it was decided on (UUID)"},
	{"document", aText, "the document that it belongs to"},
	{"what", aText, "what it was decided on: value, tag, mark, correction, removal; document, where somebody approved or returned it; sample, where somebody read it again"},
	{"words", aText, "the words of what it was decided on"},
	{"verdict", aText, "what was decided, as approve, reject, amend, agree, return, sound, faulty"},
	{"by", aText, "who decided"},
	{"at", aMoment, "when"},
	{"reason", aText, "why"},
	{"alone", aTruth, "whether somebody decided on their own work"},
	{"undone", aTruth, "whether the decision was taken back"},
}

func columnsOf(lists ...[]column) []column {
	var out []column
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// evidence is the columns of a place as those of what a value was read in.
func evidence(columns []column) []column {
	out := make([]column, len(columns))
	for i, c := range columns {
		c.name = "evidence_" + c.name
		c.about = "of the words that it was read in: " + c.about
		out[i] = c
	}
	return out
}

func documentRows(d *Doc) [][]string {
	if d.Closed != nil {
		row := make([]string, len(documentColumns))
		for i, c := range documentColumns {
			switch c.name {
			case "id":
				row[i] = string(d.ID)
			case "n":
				row[i] = digits(d.N)
			case "closed":
				row[i] = "true"
			case "condition":
				row[i] = d.Closed.Condition
			case "until":
				row[i] = d.Closed.Until
			}
		}
		return [][]string{row}
	}
	row := []string{string(d.ID), digits(d.N), d.Title, d.Name, d.Path, d.Status, d.Language, digits(d.Chars), digits(d.Proposals), digits(d.Masked),
		d.Format, d.Encoding, decimal(d.Confidence), digits(d.Undecoded), strconv.FormatInt(d.Size, 10), d.SHA256, d.Modified, d.Added}
	if a := d.Approval; a != nil {
		row = append(row, a.By, a.At, truth(a.Holds), truth(a.Alone), a.Hash)
	} else {
		row = append(row, "", "", "", "", "")
	}
	if a := d.Assignment; a != nil {
		row = append(row, a.To, a.Due)
	} else {
		row = append(row, "", "")
	}
	return [][]string{append(row, string(d.Package), "false", "", "", d.Text)}
}

func valueRows(d *Doc) [][]string {
	var out [][]string
	for _, v := range d.Fields {
		row := []string{string(v.ID), string(d.ID), v.Field, d.said(&v), truth(v.NotStated), v.Detail, v.State, v.By, v.At, idList(v.Replaces), string(v.Amends), v.Rule, ""}
		if v.Rule != "" {
			row[len(row)-1] = decimal(v.Confidence)
		}
		if e := v.Evidence; e != nil {
			row = append(row, placeCells(e)...)
		} else {
			row = append(row, "", "", "", "", "")
		}
		out = append(out, append(row, v.Region))
	}
	return out
}

func tagRows(d *Doc) [][]string {
	var out [][]string
	for _, t := range d.Tags {
		out = append(out, []string{string(t.ID), string(d.ID), t.Tag, t.State, t.By, t.At, idList(t.Replaces), string(t.Amends)})
	}
	return out
}

func markRows(d *Doc) [][]string {
	var out [][]string
	for _, m := range d.Marks {
		row := append([]string{string(m.ID), string(d.ID), m.Label, m.Text, m.Authority, m.State, m.By, m.At, idList(m.Replaces), string(m.Amends)}, placeCells(&m.Range)...)
		out = append(out, append(row, m.Made, truth(m.LookAgain)))
	}
	return out
}

func correctionRows(d *Doc) [][]string {
	var out [][]string
	for _, c := range d.Corrections {
		row := []string{string(c.ID), string(d.ID), c.Source, c.Text, c.Reason, c.Recipe, c.State, c.By, c.At, idList(c.Replaces), string(c.Amends), digits(c.Start), digits(c.End), "", ""}
		if c.Reading != nil {
			row[len(row)-2], row[len(row)-1] = digits(c.Reading.Start), digits(c.Reading.End)
		}
		out = append(out, row)
	}
	return out
}

func noteRows(d *Doc) [][]string {
	var out [][]string
	for _, n := range d.Notes {
		out = append(out, []string{string(n.ID), string(d.ID), n.Text, n.By, n.At})
	}
	return out
}

// decisionRows takes the decisions from the history: what was refused is nowhere
// else.
func decisionRows(d *Doc) [][]string {
	var out [][]string
	for _, op := range d.History {
		if op.Do == archive.UndoKind || op.Do == archive.RedoKind {
			continue // the decision that they bring back has its row
		}
		for _, c := range op.Changes {
			if v, ok := decided(&op, &c); ok {
				out = append(out, []string{string(op.Op), string(c.ID), string(d.ID), decidedOn(c.What), d.wordsOf(c.After), v.Verdict, v.By, v.At, v.Reason, truth(v.Alone), truth(op.Undone)})
			}
		}
	}
	return out
}

// decided is the decision that an operation was on a thing.
func decided(op *Operation, c *Change) (Decision, bool) {
	switch now := c.After; {
	case now == nil:
		return Decision{}, false
	case now.Decision != nil && (c.Before == nil || c.Before.Decision == nil || *c.Before.Decision != *now.Decision):
		v := *now.Decision
		if now.Status+now.Verdict != "" && now.Text != nil {
			v.Reason = *now.Text
		}
		return v, true
	case c.What == string(archive.AStatus) && c.Before == nil && now.Status == string(archive.Returned):
		v := Decision{Verdict: archive.ActReturn, By: op.By, At: op.At}
		if now.Text != nil {
			v.Reason = *now.Text
		}
		return v, true
	}
	return Decision{}, false
}

func decidedOn(what string) string {
	if what == string(archive.AStatus) {
		return "document"
	}
	return what
}

// wordsOf are those by which people know what a state is of, as Words.
func (d *Doc) wordsOf(s *State) string {
	text := ""
	if s.Text != nil {
		text = *s.Text
	}
	switch {
	case s.NotStated:
		return NotStated(d.lang)
	case s.Field != "":
		return s.Value
	case s.Tag != "":
		return s.Tag
	case s.Label != "":
		return strings.TrimSpace(s.Label + " " + s.Quote)
	case s.Source != "":
		return s.Source + " → " + text
	case s.Status != "", s.Verdict != "":
		return ""
	}
	return text
}

// cells are the rows of a document, with nothing in them that no text may hold.
func (t *table) cells(d *Doc) [][]string {
	rows := t.rows(d)
	for _, row := range rows {
		for i, c := range t.columns {
			if c.kind == aText {
				row[i] = legal(row[i])
			}
		}
	}
	return rows
}

func placeCells(r *Range) []string {
	return []string{digits(r.Start), digits(r.End), digits(r.Reading.Start), digits(r.Reading.End), r.Quote}
}

func idList(list []archive.ID) string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = string(id)
	}
	return strings.Join(out, " ")
}

func digits(n int) string      { return strconv.Itoa(n) }
func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
func truth(b bool) string      { return strconv.FormatBool(b) }
