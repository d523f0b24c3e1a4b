package command

import (
	"fmt"
	"strings"

	"fonds/storage/archive"
)

// rulesTopic is what `fonds help rules` prints: the tables of states from which
// the code itself goes (archive.ItemSteps, archive.DocumentSteps), in words.
const rulesTopic = "rules"

const rulesHelp = `Who may do what. Roles, each with all that stands before it: reader, archivist,
reviewer, owner. Whoever makes an archive owns it; a name not yet known joins as
archivist, unless the owner has closed the archive to new people. A policy may
ask for review: of corrections, of everything, or of named fields. Without one,
what a person does is in force at once. With four eyes, which are on unless the
owner switches them off, nobody approves what they wrote; an approval given with
four eyes off to one's own work says so. An approval of a document holds for
exactly the content it was given to.
`

// acts, whose and notes are the words for what the tables hold.
var (
	actWords = map[string]string{
		archive.ActImport: "import", archive.ActMake: "make it", archive.ActTake: "take it", archive.ActRefuse: "refuse it",
		archive.ActEdit: "edit it", archive.ActReplace: "another takes its place", archive.ActWithdraw: "withdraw it",
		archive.ActApprove: "approve", archive.ActAgree: "agree", archive.ActReject: "reject", archive.ActAmend: "amend",
		archive.ActChange: "change its content", archive.ActRevive: "change its content back", archive.ActSubmit: "submit",
		archive.ActRecall: "withdraw the submission", archive.ActReturn: "return", archive.ActRemove: "remove from view",
		archive.ActRestore: "restore", archive.ActDestroy: "destroy",
	}
	whoseWords = map[archive.Whose]string{
		archive.Anyones: "", archive.Machines: "of a machine", archive.Own: "one's own", archive.Others: "of another",
		archive.FirstAuthor: "one's own, amended",
	}
	noteWords = map[string]string{
		"":                     "",
		"old-stays":            "what it would replace stays in force until the decision",
		"taker-authors":        "whoever takes it becomes its author",
		"editor-authors":       "whoever edits it becomes its author",
		"replacement-proposed": "a replacement is proposed; it stays until that is decided",
		"removal-proposed":     "that it goes is proposed; it stays until that is decided",
		"replaced-superseded":  "what it replaces is superseded",
		"reason":               "with a reason",
		"amender-authors":      "the reviewer's own proposal stands in its place, and another person agrees",
		"by-in-force":          "when that comes into force",
		"by-own":               "when its author proposes something else there",
		"same-words":           "when somebody puts the same words there",
		"nothing-open":         "no open proposals; not who wrote any of it; for exactly that content",
		"stale":                "the approval is stale",
		"revived":              "the approval counts again",
		"hidden":               "nothing is gone",
		"erased":               "under an authority, for a reason; cannot be undone",
	}
)

// stepTables are the tables of states, with what each is about.
var stepTables = []struct {
	title string
	steps []archive.Step
}{{"A value, tag, mark or correction", archive.ItemSteps}, {"A document", archive.DocumentSteps}}

// workKinds are the operations about the work on documents, in words; who may do
// them is what the register of kinds says (archive.Least), and the note what is asked
// beyond the role.
var workKinds = []struct{ kind, words, note string }{
	{"thread.start", "ask, or remark on something", "also on an approved document: it changes no content"},
	{"thread.reply", "answer", ""},
	{"thread.resolve", "say that it is resolved", "thread.reopen opens it again"},
	{"assign", "take a document that nobody has, give back one's own", "to others a reviewer gives it"},
	{"package.set", "plan a work package", "package.remove takes it away"},
	{"package.put", "put a document in a work package", ""},
	{"package.check", "tick a line of its checklist", "not while it is signed off"},
	{"package.sign", "sign a work package off", "the responsible person, or an owner; all of it approved and ticked; for exactly that content"},
	{"package.reopen", "take a sign-off back", ""},
	{"unit.set", "make, describe or move a unit of the arrangement", "unit.remove takes an empty one away"},
	{"document.place", "put a document in a unit", ""},
	{"document.belong", "say that a document belongs to another", "document.apart says that it does not; not both ways"},
	{"document.sample", "find a sampled document sound or faulty", "for exactly that content"},
	{"person.set", "name a person, give a role", "there is always an owner"},
	{"person.rename", "give a person another name", "what was done under the old one stays theirs"},
	{"policy.set", "say what waits for a decision", ""},
}

// RulesTable is the tables of states as Markdown, as the README has them.
func RulesTable() string {
	var b strings.Builder
	for _, part := range stepTables {
		fmt.Fprintf(&b, "| %s | from | to | whose | policy | role | |\n|---|---|---|---|---|---|---|\n", part.title)
		for _, s := range part.steps {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", actWords[s.Act], strings.Join(s.From, ", "), s.To,
				whoseWords[s.Whose], s.When, s.Least, noteWords[s.Note])
		}
		b.WriteString("\n")
	}
	b.WriteString("| The work on documents | operation | role | |\n|---|---|---|---|\n")
	for _, k := range workKinds {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", k.words, k.kind, archive.Least(k.kind), k.note)
	}
	b.WriteString("\n")
	return b.String()
}

// helpRules prints the tables for a terminal.
func (c *call) helpRules() error {
	c.printf("%s\n", rulesHelp)
	for _, part := range stepTables {
		c.printf("%s:\n\n", part.title)
		for _, s := range part.steps {
			from := strings.Join(s.From, ", ")
			if len(s.From) > 3 {
				from = "any"
			}
			if from != "" {
				from += " "
			}
			line := fmt.Sprintf("  %-24s %s→ %s", actWords[s.Act], from, s.To)
			more := []string{string(s.Least)}
			for _, w := range []string{whoseWords[s.Whose], string(s.When), noteWords[s.Note]} {
				if w != "" {
					more = append(more, w)
				}
			}
			c.printf("%s\n%26s %s\n", line, "", strings.Join(more, "; "))
		}
		c.printf("\n")
	}
	c.printf("The work on documents:\n\n")
	for _, k := range workKinds {
		c.printf("  %-24s %s\n%26s %s\n", k.kind, k.words, "", strings.Trim(string(archive.Least(k.kind))+"; "+k.note, "; "))
	}
	return nil
}
