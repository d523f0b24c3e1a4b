package command

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"fonds/app/export"
	"fonds/storage"
	"fonds/storage/archive"
)

var historyVerb = &verb{
	name: "history", usage: "fonds history ARCHIVE [DOC] [--limit N] [--json]\n" +
		"fonds history ARCHIVE [DOC] --format dat46 --out FILE.csv|FILE.xlsx [--lang LANG]",
	summary: "who did what and when, the newest first",
	help: docHelp + ` Without it, of
the whole archive.

With --json one object an operation, with what it changed: each thing before and
after, positions in the source text. Undone says that it was taken back; "of" is
the operation that an undo took back, or the undo that a redo did.

With --format dat46 the log as the business entities (业务实体) of DA/T 46-2009, the
oldest first, a row an operation: 业务标识符 机构人员标识符 机构人员名称 文件标识符 业务状态
业务行为 行为时间 行为依据 行为描述. Times are ISO 8601 in UTC; the words are in LANG. The same
log gives the same bytes; nothing is written over.`,
	flags: []flag{
		{"limit", "N", "the latest N of them"},
		{"format", "FORMAT", "dat46: a table with the names of DA/T 46"},
		{"out", "FILE", "the table to write, CSV or XLSX by its name"},
		{"lang", "LANG", "of the table: en or zh-Hans; the system's language unless given"},
		jsonFlag,
	},
	min: 1, max: 2, run: runHistory,
}

func runHistory(c *call) (err error) {
	limit, err := c.number("limit", -1)
	if err != nil {
		return err
	}
	if err := c.entitiesAsked(); err != nil {
		return err
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	var doc archive.ID
	if len(c.args) > 1 {
		if doc, err = findEver(c, a, c.args[1]); err != nil {
			return err
		}
	}
	if c.has("format") {
		return c.entities(a, doc)
	}
	if limit == 0 {
		return nil
	}
	entries, err := a.History(c.ctx, doc, max(limit, 0))
	if err != nil {
		return err
	}
	titles := map[archive.ID]string{}
	if doc == "" && !c.json() {
		docs, err := a.List(c.ctx, storage.Query{})
		if err != nil {
			return err
		}
		for _, d := range docs {
			titles[d.ID] = d.Title
		}
	}
	p := newPast(a, nil)
	if !c.json() {
		p.add(entries)
	}
	for _, e := range entries {
		if c.json() {
			err = c.enc.Encode(export.Log(e))
		} else {
			err = c.historyOne(p, e, doc == "", titles)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// findEver is Find, also of a document that was destroyed.
func findEver(c *call, a *storage.Archive, ref string) (archive.ID, error) {
	id, err := a.Find(c.ctx, ref)
	var r *archive.Refusal
	if !errors.As(err, &r) || r.Code != "doc-destroyed" {
		return id, err
	}
	all, e := a.Destroyed(c.ctx)
	for _, d := range all {
		if d.Doc.MatchesEnd(ref) {
			return d.Doc, nil
		}
	}
	return "", cmp.Or(e, err)
}

func (c *call) historyOne(p *past, e storage.Entry, all bool, titles map[archive.ID]string) error {
	op := export.Log(e)
	says := sentence(op)
	if e.Kind == archive.UndoKind || e.Kind == archive.RedoKind {
		was, known, err := p.origin(c.ctx, op)
		switch {
		case err != nil:
			return err
		case known && e.Kind == archive.UndoKind:
			says = "took back: " + sentence(was)
		case known:
			says = "brought back: " + sentence(was)
		}
	}
	switch e.Outcome {
	case archive.Destroyed:
		says = e.Kind + ": destroyed with the document"
	case archive.Lost:
		says = e.Kind + ": what it said was lost when the file was damaged"
	}
	line := c.when(e.Clock) + "  " + visible(op.By) + "  " + says
	if all && e.Subject != "" {
		line += "  [" + e.Subject.Short()
		if title := titles[e.Subject]; title != "" {
			line += " " + short(title, 30)
		}
		line += "]"
	}
	if op.Undone {
		line += "  (taken back)"
	}
	if e.Outcome == archive.Conflict {
		line += "  (conflict: it no longer fitted, and changed nothing)"
	}
	return c.printf("%s\n", line)
}

// sentence says what an operation did.
func sentence(op export.Operation) string {
	switch op.Do {
	case "document.import":
		return "brought it in"
	case archive.DestroyKind:
		return fmt.Sprintf("destroyed it, on the authority of %s: %s", short(op.Authority, 80), short(op.Reason, 80))
	case "archive.create":
		return "made the archive"
	case archive.RecoverKind:
		return "recovered the archive from a damaged file"
	case archive.UndoKind:
		return "took back " + things(op)
	case archive.RedoKind:
		return "brought back " + things(op)
	case archive.TextKind:
		return textSentence(op)
	case "field.set":
		return fieldSentence(op)
	}
	was := &export.State{}
	for _, c := range op.Changes {
		// What is made says it best; else what was left changed.
		if c.After != nil && (c.Before == nil || was.State == "") {
			was = c.After
		}
	}
	text := ""
	if was.Text != nil {
		text = short(*was.Text, 40)
	}
	switch {
	case was.What != "" && was.State == string(archive.Proposed):
		return fmt.Sprintf("proposed to take away the %s %s", was.What, words(was))
	case was.State == string(archive.Proposed) && proposes[op.Do] != "":
		return "proposed " + proposes[op.Do] + ": " + words(was)
	}
	switch op.Do {
	case "document.origin":
		return "found the same file at " + visible(was.Path) + " too"
	case "person.join":
		return "joined as " + was.Role
	case "tag.hotkey":
		return fmt.Sprintf("gave the tag “%s” the key %s", visible(was.Tag), was.Key)
	case "label.set":
		return fmt.Sprintf("gave the label “%s” the style %d%s", visible(was.Label), *was.Style, labelKey(was))
	case "label.remove":
		return fmt.Sprintf("took the label “%s” out of the palette", visible(was.Label))
	case "value.take":
		return fmt.Sprintf("took %s: %s", visible(was.Field), words(was))
	case "value.refuse":
		return fmt.Sprintf("refused %s: %s", visible(was.Field), words(was))
	case "proposal.take":
		return "took a machine's proposal: " + words(was)
	case "proposal.refuse":
		return "refused a machine's proposal: " + words(was)
	case archive.SplitKind:
		return fmt.Sprintf("made a part a document of its own: “%s”", short(was.Quote, 40))
	case archive.JoinKind:
		return fmt.Sprintf("joined a part again: “%s”", short(was.Quote, 40))
	case archive.OrderKind:
		return orderSentence(was)
	case "furniture.add":
		return fmt.Sprintf("set aside “%s” as furniture of the page", short(was.Quote, 40))
	case "furniture.remove":
		return fmt.Sprintf("said that “%s” is no furniture of the page", short(was.Quote, 40))
	case "tag.add":
		return fmt.Sprintf("put on the tag “%s”", visible(was.Tag))
	case archive.MoveTagKind:
		return movedTag(op)
	case "tag.remove":
		return fmt.Sprintf("took off the tag “%s”", visible(was.Tag))
	case "mark.add":
		return fmt.Sprintf("marked “%s” as %s", short(was.Quote, 40), visible(was.Label))
	case "mark.edit":
		return fmt.Sprintf("changed the mark on “%s”: %s", short(was.Quote, 40), visible(was.Label))
	case "mark.confirm":
		return fmt.Sprintf("looked at the mark on “%s” again", short(was.Quote, 40))
	case "mark.remove":
		return fmt.Sprintf("removed the mark on “%s”", short(was.Quote, 40))
	case "correction.propose":
		return fmt.Sprintf("corrected “%s” to “%s”", short(was.Source, 40), text)
	case "correction.withdraw":
		return fmt.Sprintf("withdrew the correction of “%s” to “%s”", short(was.Source, 40), text)
	case "note.add":
		return "noted: " + text
	case "note.edit":
		return "changed a note: " + text
	case "note.remove":
		return "removed a note: " + text
	}
	if words := workSentence(op, was); words != "" {
		return words
	}
	return decisionSentence(op, was)
}

// labelKey is the key of a label in a sentence, "" where it has none.
func labelKey(was *export.State) string {
	if was.Key == "" {
		return ""
	}
	return " and the key " + visible(was.Key)
}

// decisionSentence says what an operation of review did.
func decisionSentence(op export.Operation, was *export.State) string {
	switch op.Do {
	case "decide":
		return decided(op)
	case "proposal.withdraw":
		return "withdrew the proposal " + words(was)
	case "person.set":
		return fmt.Sprintf("made %s %s", visible(was.Name), was.Role)
	case "policy.set", "setting.set":
		return "changed the rules of the archive" + policyWords(op)
	case "document.submit":
		return "submitted it"
	case "document.recall":
		return "withdrew the submission"
	case "document.return":
		return "returned it" + because(was)
	case "document.approve":
		return "approved it" + alone(was)
	case "document.sample":
		return sampled(was)
	case "document.remove":
		return "removed it from view" + because(was)
	case "document.restore":
		return "restored it"
	}
	return op.Do + ": " + things(op)
}

// decided says what was decided on which proposal.
func decided(op export.Operation) string {
	for _, c := range op.Changes {
		if c.After == nil || c.After.Decision == nil || c.Before == nil || c.Before.State != string(archive.Proposed) {
			continue
		}
		verb := map[string]string{"approve": "approved", "reject": "rejected", "amend": "amended", "agree": "agreed to"}[c.After.Decision.Verdict]
		out := fmt.Sprintf("%s the proposal %s", verb, words(c.After))
		for _, n := range op.Changes {
			if n.Before == nil && n.After != nil {
				out += ": " + words(n.After)
			}
		}
		if r := c.After.Decision.Reason; r != "" {
			out += ", because " + short(r, 60)
		}
		return out + alone(c.After)
	}
	return op.Do + ": " + things(op)
}

// words are those by which a thing of the history is known.
func words(s *export.State) string {
	if s.NotStated {
		return notStated
	}
	text := s.Tag + s.Value
	if s.Text != nil {
		text = cmp.Or(text, *s.Text)
	}
	if s.Source != "" {
		text = s.Source + " → " + text
	}
	return "“" + short(cmp.Or(text, s.Label), 40) + "”"
}

func because(s *export.State) string {
	if s.Text == nil || *s.Text == "" {
		return ""
	}
	return ", because " + short(*s.Text, 60)
}

// sampled says what a sample found.
func sampled(s *export.State) string {
	found := "read it again, and found it sound"
	if s.Verdict == string(archive.Faulty) {
		found = "read it again, and found it faulty"
	}
	if s.Text != nil && *s.Text != "" {
		found += ": " + short(*s.Text, 60)
	}
	return found + alone(s)
}

func alone(s *export.State) string {
	if s.Decision == nil || !s.Decision.Alone {
		return ""
	}
	return " (their own work: four eyes were off)"
}

// policyWords list what the rules say from then on.
func policyWords(op export.Operation) string {
	var out []string
	for _, c := range op.Changes {
		switch {
		case c.After != nil && c.After.State == string(archive.Accepted):
			out = append(out, visible(c.After.Key+": "+c.After.Value))
		case c.After != nil:
			out = append(out, visible(c.After.Key)+" as it is by default")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return ": " + strings.Join(out, ", ")
}

// fieldSentence says what the field has now, or would have.
func fieldSentence(op export.Operation) string {
	field, values, proposed := "", []string{}, []string{}
	for _, c := range op.Changes {
		s := c.After
		if s == nil {
			s = c.Before
		}
		field = s.Field
		if c.After != nil && c.After.State == string(archive.Accepted) {
			values = append(values, inQuotes(c.After.Value, c.After.NotStated, 40))
		}
		if c.After != nil && c.Before == nil && c.After.State == string(archive.Proposed) {
			proposed = append(proposed, words(c.After))
			if s.What != "" {
				proposed[len(proposed)-1] = "to take away " + words(c.After)
			}
		}
	}
	if len(proposed) > 0 {
		return strings.TrimSpace("proposed "+visible(field)) + ": " + strings.Join(proposed, ", ")
	}
	if len(values) == 0 {
		return "took values out of " + visible(field)
	}
	return "set " + visible(field) + ": " + strings.Join(values, ", ")
}
