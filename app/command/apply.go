package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"fonds/storage"
	"fonds/storage/archive"
)

var applyVerb = &verb{
	name: "apply", usage: "fonds apply ARCHIVE FILE.jsonl|- --as NAME [--keep-going]",
	summary: "do edits, one JSON object a line; - reads standard input",
	help:    applyHelp,
	flags: []flag{
		asFlag,
		{"keep-going", "", "do what is not refused"},
		{"json", "", "the answers are JSON Lines with or without it"},
	},
	min: 2, max: 2, run: runApply,
}

// answer is the line that answers an edit.
type answer struct {
	OK    bool       `json:"ok"`
	Op    archive.ID `json:"op,omitempty"`
	ID    archive.ID `json:"id,omitempty"` // of the value, tag, mark … made or changed
	Error string     `json:"error,omitempty"`
	Line  int        `json:"line,omitempty"` // of an error, from 1
	Code  string     `json:"code,omitempty"` // of a rule that refused it

	// Of an edit of many documents: how many it is about, in how many something
	// changes, and for how many it was refused.
	Documents *int `json:"documents,omitempty"`
	Changed   *int `json:"changed,omitempty"`
	Refused   int  `json:"refused,omitempty"`
}

func runApply(c *call) (err error) {
	in, err := c.input(c.args[1], "the edits")
	if err != nil {
		return err
	}
	defer in.Close()
	lines, err := readEdits(in)
	if err != nil {
		return usage("reading the edits from %s: %w", clip(c.args[1]), err)
	}
	who := ""
	if c.has("as") || !allNamed(lines) {
		if who, err = c.who(); err != nil {
			return err
		}
	}
	a, err := c.change()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	nameFields(c.template, lines)
	answers, err := c.apply(a, who, lines)
	failed, part := 0, false
	for _, r := range answers {
		if !r.OK {
			failed++
			part = part || r.Changed != nil && *r.Changed > 0
		}
	}
	switch {
	case part:
		c.after = "what is said to be changed is done: do not send that again"
	case failed == len(answers) && !errors.Is(err, storage.ErrUnsure):
		c.after = "nothing was changed"
	case failed == len(answers):
	case failed == 0:
		c.after = "the edits are done: do not send them again"
	default:
		c.after = fmt.Sprintf("%s done, %d refused: do not send them again", count(len(answers)-failed, "edit"), failed)
	}
	for _, r := range answers {
		if e := c.enc.Encode(r); e != nil && err == nil {
			return e
		}
	}
	if err != nil {
		return err
	}
	erased := !destroyed(lines, answers) || c.erase(a)
	switch {
	case failed == 0 && erased:
		return nil
	case failed == 0:
		return ended(exitPart)
	case failed == len(answers) && !part || !c.has("keep-going"):
		return ended(exitRefused)
	}
	return ended(exitPart)
}

// destroyed says whether one of the edits has destroyed a document.
func destroyed(lines []editLine, answers []answer) bool {
	for i, l := range lines {
		if answers[i].OK && l.edit != nil && l.edit.Do == archive.DestroyKind {
			return true
		}
	}
	return false
}

// erase takes what was destroyed out of the file's bytes. The documents are
// destroyed in any case; where bytes may still lie in the file, it says why.
func (c *call) erase(a *storage.Archive) bool {
	bar := c.bar()
	done, err := a.Erase(c.ctx, bar.step)
	bar.clear()
	if !done {
		c.say("fonds: done, but %s", clip(err.Error()))
	}
	return done
}

// input opens FILE or, for -, standard input; what is in it is said where that fails.
func (c *call) input(name, what string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(c.env.Stdin), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, usage("reading %s: %w", what, err)
	}
	return f, nil
}

func allNamed(lines []editLine) bool {
	for _, l := range lines {
		if l.edit != nil && l.edit.As == "" || l.many != nil && l.many.As == "" {
			return false
		}
	}
	return true
}

// apply does the edits and answers each line. err is for what is no line's
// fault.
func (c *call) apply(a *storage.Archive, who string, lines []editLine) ([]answer, error) {
	answers := make([]answer, len(lines))
	var edits []*archive.Edit
	var at []int // index into lines of each edit
	first := 0   // number of the first line that is refused
	for i, l := range lines {
		if l.many != nil && l.err == nil {
			some, n, err := l.many.edits(c.ctx, a)
			if err != nil && !ruled(err) {
				return answers, err
			}
			if l.err = err; err == nil {
				changed := 0
				answers[i] = answer{OK: true, Documents: &n, Changed: &changed}
				edits, at = append(edits, some...), append(at, slices.Repeat([]int{i}, len(some))...)
				continue
			}
		}
		if l.err != nil {
			answers[i] = refused(l.n, l.err)
			if first == 0 {
				first = l.n
			}
			continue
		}
		edits, at = append(edits, l.edit), append(at, i)
	}
	keep := c.has("keep-going")
	if first > 0 && !keep {
		return notApplied(answers, lines, first), nil
	}
	if len(edits) == 0 {
		return answers, nil
	}
	do := a.Apply
	if keep {
		do = a.ApplyEach
	}
	results, err := do(c.ctx, who, edits...)
	var e *storage.EditError
	switch {
	case errors.As(err, &e) && ruled(err):
		bad := at[e.Index]
		answers[bad] = refused(lines[bad].n, e.Err)
		if lines[bad].many != nil {
			answers[bad].Error += " (" + edits[e.Index].Doc + ")"
		}
		return notApplied(answers, lines, lines[bad].n), nil
	case err != nil:
		what := "not applied: "
		if errors.Is(err, storage.ErrUnsure) {
			what = "perhaps applied: "
		}
		for i := range answers {
			if answers[i].Error == "" {
				answers[i] = answer{Error: what + shorten(err.Error()), Line: lines[i].n}
			}
		}
		return answers, err
	}
	changed := map[int]map[archive.ID]bool{} // by line: documents
	for k, r := range results {
		i := at[k]
		if lines[i].many != nil {
			answers[i].count(changed, i, lines[i].n, r)
			continue
		}
		if r.Err != nil {
			answers[i] = refused(lines[i].n, r.Err)
			continue
		}
		answers[i] = answer{OK: true, Op: r.Op, ID: r.Item}
	}
	return answers, nil
}

// refused answers line n.
func refused(n int, err error) answer {
	a := answer{Error: fmt.Sprintf("line %d: %s", n, shorten(err.Error())), Line: n}
	var r *archive.Refusal
	if errors.As(err, &r) {
		a.Code = r.Code
	}
	return a
}

// notApplied answers the lines that have no answer yet: line bad was refused,
// and so nothing was done.
func notApplied(answers []answer, lines []editLine, bad int) []answer {
	for i := range answers {
		if answers[i].Error == "" {
			answers[i] = answer{Error: fmt.Sprintf("not applied: line %d was refused", bad), Line: lines[i].n}
		}
	}
	return answers
}
