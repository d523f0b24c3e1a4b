package intake

import (
	"fonds/app/ingest"
	"fonds/storage/archive"
)

// Part is what a reader sees in a text that becomes a document of its own: its
// language, and what it proposes for the fields.
func Part(text string) *archive.Incoming {
	d := ingest.OfText(text)
	return &archive.Incoming{Language: d.Language, Proposals: proposals(d)}
}
