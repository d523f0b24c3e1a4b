package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/app/ingest/content"
	"fonds/app/ingest/legacy"
	"fonds/storage/archive"
)

// What is no plain text and no page has a reader of its own, a package under this one each (content.Content is what all of
// them give). This file chooses it by what the bytes are, and makes a document of what it says.

// A format is read by one reader.
type format struct {
	extractor string // as recipes name it
	reader    string // the library that does it, with its version; "" where it is our own
	version   string // of the reader's rules: the same bytes give the same text under one
	rule      string // by which what the file says of itself is proposed
	// conf is how far that is to be believed: an office file's title is often that of the one it was copied from.
	conf float64
	mute bool // its text is not looked through for proposals: the file itself says more, and better
	read func(ctx context.Context, data []byte, name string) (*content.Content, error)
}

// Reasons by which a reader refuses.
const (
	Encrypted Reason = "encrypted"
	Damaged   Reason = "damaged"  // what is wrong
	TooMuch   Reason = "too-much" // which limit
	Needs     Reason = "needs"    // the program that is not installed
)

// refused is why a reader does not take a file, as a Skip; the error of a context stays one.
func refused(err error, path string) error {
	var r *content.Refusal
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case !errors.As(err, &r):
		return &Skip{Path: path, Reason: Damaged, Detail: err.Error()}
	case r.Reason == content.NotIt:
		return &Skip{Path: path, Reason: NoReader, Detail: r.Detail}
	}
	return &Skip{Path: path, Reason: Reason(r.Reason), Detail: r.Detail}
}

// AsSkip is why a reader under this package does not take a file, as a *Skip; the error of a context stays one.
func AsSkip(err error, path string) error { return refused(err, path) }

// document makes a document of what the reader of a format says of bytes.
func (f *format) document(ctx context.Context, data []byte, path string) (*Document, error) {
	c, err := f.read(ctx, data, path)
	needs := ""
	if r := (*content.Refusal)(nil); errors.As(err, &r) && r.Reason == content.Needs && c != nil {
		needs, err = r.Detail, nil // it is kept, with what it says of itself
	}
	if err != nil {
		return nil, refused(err, path)
	}
	puid, _, _, err := legacy.Identify(ctx, data, path)
	if err != nil {
		return nil, err
	}
	if len(c.Text) > MaxText {
		skip := tooLong(len(c.Text))
		skip.Path = path
		return nil, skip
	}
	d := &Document{Path: path, Size: int64(len(data)), SHA256: sumOf(data), Original: data, Format: c.Format, Title: c.Title, Confidence: 1, Pronom: puid,
		Text: c.Text, Pages: c.Pages, Language: LanguageOf(c.Text), Lost: c.Lost, parts: c.Parts,
		Recipe: Recipe{Extractor: f.extractor, Reader: f.reader, Version: f.version, Needs: needs, Pages: starts(c.Pages), Sizes: sizesOf(c)}}
	if !f.mute {
		d.Proposals = propose(d.Text, headings{})
	}
	d.Proposals = proposeSaid(d.Proposals, d.Text, c.Said, f.rule, f.conf)
	d.look()
	return d, nil
}

// remake is Remake of a text that the reader of a format made.
func (f *format) remake(original []byte, r Recipe) (string, error) {
	if r.Version != f.version {
		return "", fmt.Errorf("making a text again: the recipe is of version %q of the reader %s and this program has %q", r.Version, f.extractor, f.version)
	}
	c, err := f.read(context.Background(), original, "")
	if err != nil {
		return "", fmt.Errorf("making a text again: %w", err)
	}
	return c.Text, nil
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// starts are the places in the text at which pages begin; nil where there is no text, or one page.
func starts(pages []content.Page) (out []int) {
	for _, p := range pages {
		out = append(out, p.Start)
	}
	if len(out) == 0 || out[len(out)-1] == 0 {
		return nil
	}
	return out
}

// sizesOf are the sizes of pages in the pixels in which regions on them are counted.
func sizesOf(c *content.Content) (out [][2]int) {
	for _, p := range c.Pages {
		w, h := p.Width, p.Height
		if c.Format == "application/pdf" { // its are points
			w, h = Pixels(float64(w)), Pixels(float64(h))
		}
		out = append(out, [2]int{w, h})
	}
	if len(slices.Compact(slices.Clone(out))) == 1 {
		return out[:1]
	}
	return out
}

// Pixels is a length on a page of a PDF, in points, in the pixels in which regions are counted there.
func Pixels(points float64) int {
	return int(math.Round(math.Round(points) * archive.DotsPerInch / 72))
}

// proposeSaid adds what a file says of itself outside its text, in the order in which it says it.
func proposeSaid(proposals []Proposal, text string, said []content.Said, rule string, conf float64) []Proposal {
	p := proposer{out: proposals, count: map[string]int{}}
	for _, s := range said {
		value := cleanValue(s.Value)
		if !strings.Contains(s.Field, ":") {
			s.Field = "dcterms:" + s.Field
		}
		if weak[rule] && s.Field == "dcterms:date" {
			// When the file was made: its document has a day of its own, or at least no second.
			if value, _, _ = strings.Cut(value, "T"); p.has("dcterms:date", issuedField) {
				continue
			}
		}
		if s.Field == "dcterms:language" && len(value) < 2 || value == "" || utf8.RuneCountInString(value) > saidChars || holds(p.out, Proposal{Field: s.Field, Value: value}) || p.count[s.Field] >= mostTold {
			continue
		}
		start, end := -1, -1
		if s.Field == "dcterms:title" {
			start, end = wordsIn(text, value)
		}
		p.add(s.Field, value, s.Where, rule, start, end-start, conf)
	}
	return p.out
}

// weak are the rules of files whose properties are those of the file, and often of the one that it was copied from.
var weak = map[string]bool{"office.properties": true, "pdf.info": true}

const (
	saidChars = 2000 // code points of one value of what a file says of itself
	mostTold  = 200  // values of one field: the people to whom a letter goes
)
