package checks

import (
	"encoding/json"
	"path"
	"slices"
	"strings"

	"fonds/app/ingest"
	"fonds/storage/archive"
)

// This file checks the original of a document against what was recorded of it.

// original looks at the bytes of the original. A text of one encoding and
// no markup is made again of its original; pages and files of other tools take longer, and
// only their encoding and what was not decoded is looked at.
func (s *subject) original() {
	info := s.d.Info
	if s.own == nil || s.own.Err != nil || s.own.Now == "" {
		s.thing("A1", err1("original-lost"))
		return
	}
	if info.Part == nil { // a part shares the original of the whole
		s.bytes = s.own.Size
	}
	if s.own.Now != info.SHA256 {
		s.thing("A1", err1("sha-changed", "recorded", info.SHA256, "now", s.own.Now))
	} else {
		s.thing("A1")
	}
	var all []Finding
	if s.own.Size != info.Size {
		all = append(all, err1("size-changed", "recorded", info.Size, "now", s.own.Size))
	}
	if path.Base(info.Path) != info.Name {
		all = append(all, err1("name-changed", "recorded", info.Name, "now", path.Base(info.Path)))
	}
	var recipe ingest.Recipe
	if len(s.d.Recipe) == 0 || json.Unmarshal(s.d.Recipe, &recipe) != nil {
		recipe = ingest.Recipe{}
	}
	ofReader := recipe.OfReader() || info.Encoding == "" && isOfPages(recipe.Extractor)
	if is, known := ingest.Signature(s.own.Head); known && is != info.Format && !(ofReader && ingest.Signed(s.own.Head, info.Format)) {
		all = append(all, err1("format-changed", "recorded", info.Format, "now", is))
	}
	s.thing("A2", all...)
	s.recipe = recipe
	if ofReader {
		s.thing("U1")
	} else {
		s.thing("U1", s.formats()...)
	}
	if info.Part == nil { // the text of a part is a range of one that is looked at
		s.thing("U2", s.readable()...)
	}
}

// isOfPages says whether a text was made of pages and not of the original's bytes: typed, or by a program.
func isOfPages(extractor string) bool {
	return extractor == archive.Typed || extractor == archive.Seen
}

func (s *subject) formats() (out []Finding) {
	if f := s.d.Info.Format; !slices.Contains(ingest.Formats(), f) {
		out = append(out, warn("format-unknown", "format", f))
	}
	if e := s.d.Info.Encoding; !ingest.HasDecoder(e) {
		out = append(out, err1("encoding-unknown", "encoding", e))
	}
	return out
}

// readable looks whether the original reads as it is recorded to read.
func (s *subject) readable() (out []Finding) {
	recipe := s.recipe
	switch {
	case recipe.OldReader():
		return []Finding{warn("recipe-old", "version", recipe.Version)}
	case recipe.OfReader(), isOfPages(recipe.Extractor):
		return nil
	case recipe.Decoder == "":
		return []Finding{warn("recipe-unknown")}
	}
	if n := len(recipe.Undecoded); n > 0 {
		out = append(out, warn("undecoded", "n", n, "encoding", recipe.Decoder))
	}
	if recipe.Extractor != "plain" || s.own.Whole == nil || s.own.Now != s.d.Info.SHA256 {
		return out
	}
	text, err := ingest.Remake(s.own.Whole, recipe)
	switch {
	case err != nil && strings.Contains(err.Error(), "version"):
		out = append(out, warn("recipe-old", "version", recipe.Version))
	case err != nil:
		out = append(out, err1("unread", "encoding", recipe.Decoder))
	case text != s.reading.Source().String():
		out = append(out, err1("reads-otherwise", "encoding", recipe.Decoder))
	}
	return out
}
