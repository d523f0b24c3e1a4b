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
	return nil
}
