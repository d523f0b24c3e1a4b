package command

import (
	"fmt"
	"strings"

	"fonds/app/export"
	"fonds/storage/archive"
)

// workSentence says what an operation did about who works on what, and what was
// asked; "" for any other.
func workSentence(op export.Operation, was *export.State) string {
	text := ""
	if was.Text != nil {
		text = short(*was.Text, 60)
	}
	switch op.Do {
	case "thread.start":
		if was.To != "" {
			return fmt.Sprintf("asked %s: %s", visible(was.To), text)
		}
		return "remarked: " + text
	case "thread.reply", "thread.resolve", "thread.reopen":
		verb := map[string]string{"thread.reply": "answered", "thread.resolve": "resolved the question", "thread.reopen": "opened the question again"}[op.Do]
		for _, c := range op.Changes {
			if c.What == string(archive.AReply) && c.After != nil && c.After.Text != nil {
				return verb + ": " + short(*c.After.Text, 60)
			}
		}
		return verb
	case "assign":
		for _, c := range op.Changes {
			if c.Before == nil && c.After != nil {
				if c.After.Due != "" {
					return fmt.Sprintf("gave it to %s, due on %s", visible(c.After.To), c.After.Due)
				}
				return "gave it to " + visible(c.After.To)
			}
		}
		return "took it from " + visible(was.To)
	case archive.SetUnitKind:
		return fmt.Sprintf("arranged: %s", visible(strings.TrimSpace(was.Key+" "+was.Name)))
	case archive.RemoveUnitKind:
		return fmt.Sprintf("removed the unit %s", visible(strings.TrimSpace(was.Key+" "+was.Name)))
	case archive.PlaceKind:
		if was.State == string(archive.Withdrawn) {
			return "took it out of the arrangement"
		}
		return "put it into the unit " + was.On.Short()
	case "package.set":
		for _, c := range op.Changes {
			if c.What == string(archive.APackage) && c.After != nil {
				return fmt.Sprintf("planned the work package “%s”, %s is responsible", visible(c.After.Name), visible(c.After.Responsible))
			}
		}
	case "package.check":
		if was.Decision == nil {
			return "took the tick from: " + text
		}
		return "ticked: " + text
	case archive.RecordKind:
		return "recorded the edition " + visible(strings.TrimSpace(was.Key+" "+was.Name))
	case archive.ImportBeginKind:
		if was.Import != nil {
			return "began an import " + importedFrom(was.Import)
		}
	case archive.ImportEndKind:
		for _, c := range op.Changes {
			if c.After != nil && c.After.Import != nil && c.After.Import.End != nil {
				e := c.After.Import.End
				return fmt.Sprintf("ended the import %s: %s, %s", importedFrom(c.After.Import), e.How, count(e.Imported, "document"))
			}
		}
	case archive.SaveSearchKind:
		return fmt.Sprintf("saved the search “%s”: %s", visible(was.Name), short(was.Query, 60))
	case archive.RemoveSearchKind:
		return fmt.Sprintf("removed the saved search “%s”", visible(was.Name))
	case archive.SetConceptKind:
		if was.Text != nil {
			return fmt.Sprintf("described the tag %s: %s", visible(was.Tag), text)
		}
		return "described the tag " + visible(was.Tag)
	case archive.RemoveConceptKind:
		return "took away what was said of the tag " + visible(was.Tag)
	case archive.SetListKind:
		return fmt.Sprintf("set the list “%s”", visible(was.Name))
	case archive.RemoveListKind:
		return fmt.Sprintf("removed the list “%s”", visible(was.Name))
	case archive.AddTermKind:
		return fmt.Sprintf("added “%s” to a list", visible(was.Name))
	case archive.DropTermKind:
		return fmt.Sprintf("took “%s” out of a list", visible(was.Name))
	case "package.sign":
		return fmt.Sprintf("signed off the work package “%s”", visible(was.Name))
	case "package.reopen":
		return fmt.Sprintf("opened the work package “%s” again", visible(was.Name))
	case "package.remove":
		return fmt.Sprintf("removed the work package “%s”", visible(was.Name))
	case "package.put":
		for _, c := range op.Changes {
			if c.Before == nil && c.After != nil {
				return "put it into the work package " + c.After.On.Short()
			}
		}
		return "took it out of the work package " + was.On.Short()
	case "person.rename":
		return fmt.Sprintf("%s is called %s now", visible(lastOf(was.Before)), visible(was.Name))
	}
	return ""
}

func lastOf(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

// textSentence says how the original is read from then on.
func textSentence(op export.Operation) string {
	for _, c := range op.Changes {
		if c.What == "text" {
			return fmt.Sprintf("read the original as %s, source text %d; before as %s, source text %d",
				c.After.Encoding, c.After.SourceText, c.Before.Encoding, c.Before.SourceText)
		}
	}
	return "read the original again"
}

// things counts what an operation changed: 2 values, 1 tag.
func things(op export.Operation) string {
	counts := map[string]int{}
	for _, c := range op.Changes {
		counts[c.What]++
	}
	var out []string
	for _, what := range sortedKeys(counts) {
		out = append(out, count(counts[what], what))
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, ", ")
}

// orderSentence says in which order the parts are.
func orderSentence(was *export.State) string {
	if was.State != string(archive.Accepted) {
		return "put the parts in the order of their places"
	}
	short := make([]string, len(was.Parts))
	for i, id := range was.Parts {
		short[i] = id.Short()
	}
	return "put the parts in the order " + strings.Join(short, ", ")
}
