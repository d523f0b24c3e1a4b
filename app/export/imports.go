package export

import (
	"fonds/storage/archive"
)

// Import is an import as `fonds imports` prints it.
type Import struct {
	ID        archive.ID     `json:"id"`
	By        string         `json:"by"`
	At        string         `json:"at"`
	From      []string       `json:"from"`                // folders
	Files     int            `json:"files,omitempty"`     // that were named one by one
	Encoding  string         `json:"encoding,omitempty"`  // of all files
	Encodings map[string]int `json:"encodings,omitempty"` // chosen file by file
	LeftOut   int            `json:"left_out,omitempty"`  // by the person
	Plain     bool           `json:"plain,omitempty"`
	End       *ImportEnd     `json:"end,omitempty"` // absent where it was interrupted, or goes on
}

// ImportEnd is how it ended.
type ImportEnd struct {
	How        string         `json:"how"` // finished, stopped, failed, given-up
	By         string         `json:"by"`
	At         string         `json:"at"`
	Continued  bool           `json:"continued,omitempty"`
	Imported   int            `json:"imported"`
	Before     int            `json:"before,omitempty"` // of them, before the interruption
	Duplicates int            `json:"duplicates"`
	Skipped    int            `json:"skipped"`
	Left       int            `json:"left,omitempty"`
	Beside     int            `json:"beside,omitempty"`
	Reasons    map[string]int `json:"reasons,omitempty"`
	Skips      []ImportSkip   `json:"skips,omitempty"` // the first of them, at most archive.MostSkips
	Dropped    []string       `json:"dropped,omitempty"`
	Lost       bool           `json:"lost,omitempty"` // damage took the list
}

// ImportSkip is a file that was left out, and why.
type ImportSkip struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

// ImportOf is an item of the archive that is an import, as im reads it. end is how it ended, with the
// list of what was left out, nil for what the item itself says.
func ImportOf(it *archive.Item, im *archive.Import, end *archive.ImportEnd) Import {
	b := &im.Begin
	out := Import{ID: it.ID, By: it.By, At: Time(it.At), From: b.From, Files: b.Files, Encoding: b.Encoding, Encodings: b.Encodings, LeftOut: b.LeftOut, Plain: b.Plain}
	if im.End == nil {
		return out
	}
	if end == nil {
		end = im.End
	}
	out.End = &ImportEnd{How: end.How, By: it.RevBy, At: Time(im.At), Continued: end.Continued, Imported: end.Imported, Before: end.Before, Duplicates: end.Duplicates,
		Skipped: end.Skipped, Left: end.Left, Beside: end.Beside, Reasons: end.Reasons, Dropped: end.Dropped}
	for _, s := range end.Skips {
		out.End.Skips = append(out.End.Skips, ImportSkip(s))
	}
	return out
}
