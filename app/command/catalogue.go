package command

import (
	"errors"
	"fmt"
	"strings"

	"fonds/app/catalogue"
	"fonds/app/intake"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

var catalogueVerb = &verb{
	name: "catalogue", usage: "fonds catalogue ARCHIVE FILE [--match COLUMN[=FIELD]] [--map COLUMN=FIELD,…] [--split FIELD,…]\n  [--beside FIELD,…] [--sheet NAME] [--encoding NAME] [--apply] [--as NAME] [--json]",
	summary: "fields out of a catalogue (CSV, TSV, XLSX), by file name or reference code",
	help: `Says what taking FILE would change: the documents that its rows are about, field by
field, then the rows without a document and why. With --apply it is done, as one step
to undo. Where the archive asks for review, it is proposed.

A row is matched by a column of file names: the whole path, else the name, else the
name without its ending; or, with =FIELD, by a value that a document has in that field
or that is proposed for it, without case, width and spaces, brackets 〔〕【】[] alike.
A row that could be of several documents is none's, and so are two rows of one.

Columns go into the fields that they are named after, by id, by label in English or
Chinese, or by a usual name (Dublin Core, ISAD(G), DA/T 18). COLUMN is a name or a
number from 1, FIELD an id, a label or such a name; COLUMN= leaves one out. An empty
cell changes nothing. A cell is text, whatever it begins with. Cells of creators,
contributors and subjects are split at ; and ；, those of --split at | too. Values
take the place of those there; a reference code comes beside them.`,
	flags: []flag{
		{"match", "COLUMN[=FIELD]", "what a row finds its document by; else a column of file names, else one of reference codes"},
		{"map", "COLUMN=FIELD,…", "into which fields columns go that are named otherwise"},
		{"split", "FIELD,…", `fields that hold several values, whose cells are split at ; ； and |; "" for none`},
		{"beside", "FIELD,…", `fields whose values come beside those there; "" for none`},
		{"sheet", "NAME", "which sheet of a workbook; else the first"},
		{"encoding", "NAME", "of a CSV; else it is found out"},
		{"apply", "", "make the changes"},
		asFlag, jsonFlag,
	},
	min: 2, max: 2, run: runCatalogue,
}

// The lines of catalogue --json: documents, rows without one, findings, a summary.
type (
	catalogued struct {
		ID      archive.ID         `json:"id"`
		Path    string             `json:"path"`
		Row     int                `json:"row"`
		By      string             `json:"by"` // path, name, stem or field
		Changes []cataloguedChange `json:"changes"`
	}
	cataloguedChange struct {
		Field    string   `json:"field"`
		Old      []string `json:"old"`
		New      []string `json:"new"`
		OldNot   bool     `json:"old_not_stated,omitempty"` // the source does not state it
		NewNot   bool     `json:"new_not_stated,omitempty"`
		Proposed bool     `json:"proposed,omitempty"` // it waits for a decision, or would
		Error    string   `json:"error,omitempty"`    // why it was refused
		Code     string   `json:"code,omitempty"`
	}
	unmatched struct {
		Row        int          `json:"row"`
		Cell       string       `json:"cell"`
		NotMatched string       `json:"not_matched"` // empty, none, several or twice
		Of         []archive.ID `json:"of,omitempty"`
	}
	catalogueFinding struct {
		Row     int    `json:"row,omitempty"`
		Finding string `json:"finding"`
		Detail  string `json:"detail,omitempty"`
	}
	catalogueDone struct {
		Rows       int               `json:"rows"`
		Matched    int               `json:"matched"`
		Documents  int               `json:"documents"` // with a change
		Changes    int               `json:"changes"`
		Same       int               `json:"same"`
		Waiting    int               `json:"waiting,omitempty"` // proposed already
		NotMatched int               `json:"not_matched"`
		WithoutRow int               `json:"without_row"`
		Applied    int               `json:"applied"`
		Refused    int               `json:"refused,omitempty"`
		Match      string            `json:"match"` // a column, and =FIELD
		Columns    []catalogueColumn `json:"columns"`
	}
	catalogueColumn struct {
		Column string `json:"column"`
		Field  string `json:"field,omitempty"`
	}
)

// cataloguing is one call.
type cataloguing struct {
	*call
	table  *catalogue.Table
	fields []template.Field
	plan   catalogue.Plan
	survey *catalogue.Survey
	done   catalogueDone
	why    error // of what was refused, the first
}

func runCatalogue(c *call) (err error) {
	who := ""
	if c.has("apply") {
		if who, err = c.who(); err != nil {
			return err
		}
	}
	if enc := c.flags["encoding"]; c.has("encoding") && (enc == "" || !intake.KnownEncoding(enc)) {
		return usage("there is no encoding %q; names are those of the WHATWG Encoding Standard, as GB18030, Big5, UTF-16LE", clip(enc))
	}
	k := &cataloguing{call: c}
	if k.table, err = catalogue.Read(c.ctx, c.args[1], catalogue.Options{Sheet: c.flags["sheet"], Encoding: c.flags["encoding"]}); err != nil {
		if c.ctx.Err() != nil {
			return err
		}
		return usage("%s: %w", visible(c.args[1]), err)
	}
	open := c.read
	if c.has("apply") {
		open = c.change
	}
	a, err := open()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	k.fields = template.Of(self).Fields
	if err := k.planned(); err != nil {
		return err
	}
	bar := c.bar()
	k.survey, err = catalogue.Look(c.ctx, a, k.table, k.plan, k.fields, func(done, total int) { bar.step("reading", done, total) })
	bar.clear()
	if err != nil {
		return err
	}
	var results []storage.Result
	if edits := k.survey.Edits(nil); c.has("apply") && len(edits) > 0 {
		results, err = a.ApplyMany(c.ctx, who, func(n int) { bar.step("writing", n, len(edits)) }, edits...)
		bar.clear()
		if err != nil {
			return err
		}
		c.after = "the catalogue is taken: do not take it again"
	}
	return k.report(results)
}

// report prints what would change, or did, and what did not.
func (k *cataloguing) report(results []storage.Result) error {
	k.done = catalogueDone{Rows: len(k.table.Rows), Matched: len(k.survey.Docs), WithoutRow: len(k.survey.Without),
		Match: k.table.Head[k.plan.Match.Column], Columns: []catalogueColumn{}}
	if k.plan.Match.Field != "" {
		k.done.Match += "=" + k.plan.Match.Field
	}
	for i, h := range k.table.Head {
		c := catalogueColumn{Column: h}
		if col := k.plan.Column(i); col != nil {
			c.Field = col.Field
		}
		k.done.Columns = append(k.done.Columns, c)
	}
	for i := range k.survey.Docs {
		var err error
		if results, err = k.document(&k.survey.Docs[i], results); err != nil {
			return err
		}
	}
	for _, o := range k.survey.Rows {
		if o.Doc < 0 {
			k.done.NotMatched++
			if err := k.unmatched(o); err != nil {
				return err
			}
		}
	}
	if k.json() {
		for _, f := range k.table.Findings {
			if err := k.enc.Encode(catalogueFinding{f.Row, f.Code, f.Detail}); err != nil {
				return err
			}
		}
		if err := k.enc.Encode(k.done); err != nil {
			return err
		}
	} else if err := k.inWords(); err != nil {
		return err
	}
	switch {
	case k.done.Refused > 0 && k.done.Applied == 0:
		return k.why
	case k.has("apply") && k.done.Refused+k.done.NotMatched > 0:
		return ended(exitPart)
	}
	return nil
}

// document prints one with its changes, and gives the results of those after it.
func (k *cataloguing) document(d *catalogue.Doc, results []storage.Result) ([]storage.Result, error) {
	line := catalogued{ID: d.ID, Path: d.Path, Row: k.table.Rows[d.Row].N, By: d.How}
	for _, c := range d.Changes {
		switch {
		case c.Same:
			k.done.Same++
			continue
		case c.Waits:
			k.done.Waiting++
			continue
		}
		k.done.Changes++
		ch := cataloguedChange{Field: c.Field, Proposed: c.Reviews}
		ch.Old, ch.OldNot = stated(c.Old)
		ch.New, ch.NewNot = stated(c.New)
		if len(results) > 0 {
			if err := results[0].Err; err != nil {
				k.done.Refused++
				ch.Error = shorten(err.Error())
				var r *archive.Refusal
				if errors.As(err, &r) {
					ch.Code = r.Code
				}
				if k.why == nil {
					k.why = err
				}
			} else {
				k.done.Applied++
			}
			results = results[1:]
		}
		line.Changes = append(line.Changes, ch)
	}
	if len(line.Changes) == 0 {
		return results, nil
	}
	k.done.Documents++
	if k.json() {
		return results, k.enc.Encode(line)
	}
	if err := k.printf("%s  row %d  %s\n", d.ID.Short(), line.Row, visible(d.Path)); err != nil {
		return results, err
	}
	for _, c := range line.Changes {
		after := ""
		switch {
		case c.Error != "":
			after = "  refused: " + c.Error
		case c.Proposed:
			after = "  (for review)"
		}
		if err := k.printf("    %-20s  %s → %s%s\n", c.Field, inList(c.Old, c.OldNot), inList(c.New, c.NewNot), after); err != nil {
			return results, err
		}
	}
	return results, nil
}

// stated are values without the empty one that says that the source states none, and
// whether it does.
func stated(values []string) (words []string, not bool) {
	words = []string{}
	for _, v := range values {
		if v == "" {
			not = true
			continue
		}
		words = append(words, v)
	}
	return words, not
}

// inList is values on one line.
func inList(values []string, not bool) string {
	switch {
	case not:
		return notStated
	case len(values) == 0:
		return "–"
	}
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = short(v, 60)
	}
	return strings.Join(words, "; ")
}

func (k *cataloguing) unmatched(o catalogue.Outcome) error {
	row := &k.table.Rows[o.Row]
	cell := row.Cell(k.plan.Match.Column)
	if k.json() {
		return k.enc.Encode(unmatched{row.N, cell, o.Why, o.Of})
	}
	words := map[string]string{catalogue.NoCell: "names no document", catalogue.None: "no document is so named",
		catalogue.Several: "several documents are so named", catalogue.Twice: "another row is about the same document"}[o.Why]
	return k.printf("row %d  %s  %s\n", row.N, words, short(cell, 60))
}

// inWords prints the summary for people, on standard error: what was asked for is above.
func (k *cataloguing) inWords() error {
	for _, f := range k.table.Findings {
		where := ""
		if f.Row > 0 {
			where = fmt.Sprintf("row %d: ", f.Row)
		}
		k.say("%s%s", where, findingWords(f))
	}
	d := k.done
	k.say("%s, %s matched by %s; %s without a row.", count(d.Rows, "row"), thousands(d.Matched), visible(d.Match), count(d.WithoutRow, "document"))
	switch {
	case k.has("apply"):
		k.say("%s made in %s, %s refused.", count(d.Applied, "change"), count(d.Documents, "document"), thousands(d.Refused))
	case d.Changes == 0:
		k.say("Nothing would change.")
	default:
		k.say("%s in %s; --apply makes them.", count(d.Changes, "change"), count(d.Documents, "document"))
	}
	return nil
}

func findingWords(f catalogue.Finding) string {
	switch f.Code {
	case catalogue.AboveHead:
		return "above the head, left out"
	case catalogue.HeadAgain:
		return "the head again, left out"
	case catalogue.OtherCells:
		return "it has " + f.Detail + " cells, not as many as the head"
	case catalogue.Quotes:
		return "a quotation mark stands where CSV has none; look whether the cells are right"
	case catalogue.Undecoded:
		return f.Detail + " places hold bytes that are no character"
	}
	return "two columns have the name " + visible(f.Detail)
}
