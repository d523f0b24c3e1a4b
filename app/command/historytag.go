package command

import (
	"fmt"

	"fonds/app/export"
	"fonds/storage/archive"
)

// movedTag says what a tag is now that it was given another name.
func movedTag(op export.Operation) string {
	for _, c := range op.Changes {
		switch {
		case c.Before == nil || c.After == nil:
		case c.After.Tag != c.Before.Tag:
			return fmt.Sprintf("changed the tag “%s” to “%s”", visible(c.Before.Tag), visible(c.After.Tag))
		case c.After.State != c.Before.State:
			return fmt.Sprintf("merged the tag “%s” into another", visible(c.Before.Tag))
		}
	}
	return "changed a tag"
}

// proposes says what an edit proposes where the policy asks for review.
var proposes = map[string]string{"tag.add": "a tag", archive.MoveTagKind: "another tag in the place of one", "mark.add": "a mark", "mark.edit": "a change of a mark",
	"correction.propose": "a correction", "value.take": "a value", "proposal.take": "what a machine had proposed"}
