package storage

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// typed is what somebody typed, or a program saw, of the pictures of a document's
// pages, as a text of it that comes in.
func (a *Archive) typed(info *archive.Info, recipe json.RawMessage, e *archive.Edit) (*archive.Incoming, error) {
	pages := *e.Pages
	switch {
	case info.Pages == 0:
		return nil, archive.Refuse("text-typed")
	case len(pages) != info.Pages:
		return nil, archive.Refuse("text-pages", "n", len(pages), "pages", info.Pages)
	}
	text, starts := archive.Joined(pages)
	if strings.TrimSpace(text) == "" {
		return nil, archive.Refuse("text-none-typed")
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, archive.Refuse("text-cannot", "why", "it is no UTF-8, or holds U+0000")
	}
	made := archive.PageRecipe{Extractor: archive.Typed, Version: "1", Pages: starts, Sizes: archive.ParsePages(recipe).Sizes}
	if e.Seeing != nil {
		made.Extractor, made.Seeing = archive.Seen, e.Seeing
	}
	in := &archive.Incoming{Path: info.Path, Order: info.Order, Modified: info.Modified, SHA256: info.SHA256, Size: info.Size, Format: info.Format,
		Pages: info.Pages, Text: text, Confidence: 1}
	if a.readPart != nil {
		seen := a.readPart(text)
		in.Language, in.Proposals = seen.Language, seen.Proposals
	}
	var err error
	in.Recipe, err = json.Marshal(made)
	return in, err
}
