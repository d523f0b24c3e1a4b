package session

import (
	"strings"
	"sync"

	"fonds/assets"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets/textlayout"
)

// common are the words that every archive has.
var common = sync.OnceValue(func() *textlayout.Lexicon {
	var words []string
	for line := range strings.Lines(assets.Words()) {
		if !strings.HasPrefix(line, "#") {
			words = append(words, strings.Fields(line)...)
		}
	}
	return textlayout.NewLexicon(words)
})

// named are the fields whose values are names: of people, bodies and places.
var named = map[string]bool{
	"dcterms:creator": true, "dcterms:contributor": true, "dcterms:publisher": true, "dcterms:coverage": true,
	"dcterms:spatial": true, "dcterms:subject": true, "dcterms:source": true,
}

// vocabularyMost bounds what is taken from one document.
const vocabularyMost = 4000

// Lexicon is what tells the words of a document apart: common words, the tags
// of the archive, and of the document the names in its fields and the words
// that were marked in it.
func (s *Session) Lexicon(doc *Doc) *textlayout.Lexicon { return lexicon(s.Tags(), doc) }

func lexicon(tags []storage.TagCount, doc *Doc) *textlayout.Lexicon {
	if doc == nil {
		return common()
	}
	seen := map[string]bool{}
	var words []string
	add := func(w string) {
		if w != "" && !seen[w] && len(words) < vocabularyMost {
			seen[w] = true
			words = append(words, w)
		}
	}
	for _, t := range tags {
		add(t.Tag)
	}
	for _, it := range doc.Of(archive.AValue) {
		if it.InForce() && named[it.Key] {
			add(it.Text)
		}
	}
	for _, it := range doc.Of(archive.AMark) {
		if it.InForce() && it.Key != archive.Furniture && it.Anchor != nil {
			if len(words) == vocabularyMost {
				break
			}
			start, end, _ := doc.Span(it)
			add(doc.Text.Text().Slice(start, end))
		}
	}
	return common().With(words)
}
