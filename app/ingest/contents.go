package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Files of other tools, and of Fonds' own export, hold texts with what was said about them. They are recognised by what
// is in them; the name only says which are worth a look. Each text becomes a document: its original is the bytes that it
// stands in (a line of JSON Lines, a task, a TEI file), or the file of the text where the annotations lie beside it.

// Extractors of this file, as recipes name them.
const (
	fromTEI         = "tei"
	fromDoccano     = "doccano"
	fromLabelStudio = "label-studio"
	fromFonds       = "fonds-jsonl"
)

// Contents are the documents that a file of another tool holds.
type Contents struct {
	Docs    []*Document
	Used    []string // paths of files beside it that were read with it, and are no documents of their own
	Dropped []string // what could not be taken, a sentence each
	AsText  bool     // it looks like such a file and is none: Dropped says why, and it is a text like any other
}

// Beside gives the bytes of a file by its path (Found.Path), and false where it was not found.
type Beside func(path string) ([]byte, bool)

// worthALook says whether a file of that name may be one of another tool.
func worthALook(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jsonl", ".ndjson", ".json", ".jsonld", ".ann", ".xml", ".tei":
		return true
	}
	return false
}

// Look reads a file that Scan found for documents of another tool; nil where it is none of those. Files over 256 MB, or
// that cannot be read, are left to Read, which says why.
func Look(ctx context.Context, f Found, opts Options, beside Beside) (*Contents, error) {
	if !worthALook(f.Path) || f.Size > opts.maxBytes() {
		return nil, nil
	}
	data, _, _, err := readWhole(ctx, f, opts)
	if err != nil {
		return nil, ctx.Err()
	}
	c := open(data, f.Path, beside)
	for _, d := range c.docs() {
		d.Order, d.Modified = f.Order, f.Modified
	}
	return c, nil
}

func (c *Contents) docs() []*Document {
	if c == nil {
		return nil
	}
	return c.Docs
}

// open reads the bytes of a file; nil where it is none of another tool's.
func open(data []byte, name string, beside Beside) *Contents {
	switch strings.ToLower(path.Ext(name)) {
	case ".ann":
		return openBrat(data, name, beside)
	case ".xml", ".tei":
		return openTEI(data, name, beside)
	}
	if !utf8.Valid(data) {
		return nil
	}
	switch {
	case isFonds(data):
		return openEach(data, name, fromFonds, beside)
	case isWebAnnotation(data):
		return openWebAnnotation(data, name, beside)
	case isDoccano(data):
		return openEach(data, name, fromDoccano, beside)
	case isLabelStudio(data):
		return openEach(data, name, fromLabelStudio, beside)
	}
	return nearly(data, name)
}

// made is the document of a text that an extractor found in bytes.
func made(data []byte, name, extractor, format string, a Annotated) *Document {
	sum := sha256.Sum256(data)
	d := &Document{Path: name, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]), Original: data, Format: format, Encoding: "UTF-8",
		Confidence: 1, Text: a.Text, Recipe: Recipe{Decoder: "UTF-8", Extractor: extractor, Version: Version}, Language: LanguageOf(a.Text), Said: &a}
	if len(a.Fields)+len(a.Not) == 0 {
		d.Proposals = propose(a.Text, headings{})
		d.look()
	}
	return d
}

// openTEI reads a TEI file of one text or more.
func openTEI(data []byte, name string, beside Beside) *Contents {
	docs, err := readTEI(data)
	if err != nil || len(docs) == 0 {
		if err != nil && !errors.Is(err, errNoTEI) && teiRoot.Match(data[:min(len(data), headBytes)]) {
			return asText(name, "TEI", err)
		}
		return nil // a text like any other
	}
	c, paths, pictures := &Contents{}, taken{}, newPictures(name, beside)
	for i, a := range docs {
		at := name
		if len(docs) > 1 {
			at = paths.apart(inside(name, a.Name, i, len(docs)))
		}
		text := func(a Annotated) *Document {
			if len(docs) > 1 { // the bytes are those of all: of each, the archive needs its own
				return part(a, at)
			}
			return made(data, at, fromTEI, "application/tei+xml", a)
		}
		if len(a.drawn)+len(a.pictures) == 0 {
			c.Docs = append(c.Docs, text(a))
			continue
		}
		pictures.together(a, text, c, name)
	}
	return c
}

// teiRoot is how a TEI file begins that may not be well-formed further on.
var teiRoot = regexp.MustCompile(`<(\w+:)?(TEI|TEI\.2|teiCorpus)[\s>]`)

// asText says that a file which looks like one of another tool is read as a text.
func asText(name, what string, err error) *Contents {
	return &Contents{AsText: true, Dropped: []string{fmt.Sprintf("%s looks like %s and cannot be read as that (%v): it was read as a text; mend the file and import it again", name, what, err)}}
}

// nearly says why a file of JSON Lines of which the first is a text of another tool is
// none; nil where the first is not either.
func nearly(data []byte, name string) *Contents {
	line, rest, _ := bytes.Cut(data, []byte("\n"))
	what := ""
	switch {
	case len(rest) == 0:
		return nil
	case isDoccano(line):
		what = "doccano's"
	case isFonds(line):
		what = "our documents.jsonl"
	default:
		return nil
	}
	for n := 2; len(rest) > 0; n++ {
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		if len(bytes.TrimSpace(line)) > 0 && !isDoccano(line) && !isFonds(line) {
			return asText(name, what, fmt.Errorf("line %d is none", n))
		}
	}
	return nil
}

// part is a text that has no bytes of its own in a file: its original is the text.
func part(a Annotated, name string) *Document {
	d := made([]byte(a.Text), name, "plain", "text/plain", a)
	return d
}

// inside is the path of a text within a file.
func inside(name, own string, i, all int) string {
	if own == "" || strings.ContainsAny(own, "/\\\x00") || utf8.RuneCountInString(own) > 80 {
		own = fmt.Sprintf("%0*d", len(fmt.Sprint(all)), i+1)
	}
	return name + "/" + EscapeName(own)
}

// taken counts the texts of a file that would have the same path, by path.
type taken map[string]int

// apart is the path of a text that no other of its file has: of those that are named alike all but the first get a number.
func (t taken) apart(at string) string {
	one := at
	for t[one] > 0 {
		t[at]++
		one = fmt.Sprintf("%s (%d)", at, t[at])
	}
	t[one] = 1
	return one
}

// openEach reads a file of JSON values, or of one array of them, each of which is a text.
func openEach(data []byte, name, extractor string, beside Beside) *Contents {
	values, err := rawValues(data)
	if err != nil {
		return nil
	}
	c, paths, pictures := &Contents{}, taken{}, newPictures(name, beside)
	for i, raw := range values {
		a, dropped, err := readOne(raw, extractor, i+1)
		for _, d := range dropped {
			c.Dropped = append(c.Dropped, fmt.Sprintf("%s, text %d: %s", name, i+1, d))
		}
		switch {
		case errors.Is(err, errClosed):
			continue
		case err != nil:
			c.Dropped = append(c.Dropped, fmt.Sprintf("%s, text %d: %v", name, i+1, err))
			continue
		case extractor == fromFonds && pictures.ours(raw, a, c, fmt.Sprintf("%s, text %d", name, i+1)):
			continue
		case a.Text == "" && len(a.pictures) == 0:
			c.Dropped = append(c.Dropped, fmt.Sprintf("%s, text %d: there is nothing in it", name, i+1))
			continue
		}
		a.Regions, a.Shown = nil, nil // of a line of ours whose picture is not there
		pictures.together(a, func(a Annotated) *Document {
			return made(raw, paths.apart(inside(name, a.Name, i, len(values))), extractor, "application/json", a)
		}, c, fmt.Sprintf("%s, text %d", name, i+1))
	}
	return c
}

// readOne reads one text of a file of many, the nth from 1.
func readOne(raw []byte, extractor string, n int) (a Annotated, dropped []string, err error) {
	var docs []Annotated
	switch extractor {
	case fromDoccano:
		docs, dropped, err = readDoccano(raw, n)
	case fromLabelStudio:
		docs, dropped, err = readLabelStudio(append(append([]byte("["), raw...), ']'), n)
	case fromFonds:
		a, err = readFonds(raw)
		return a, nil, err
	case fromTEI:
		docs, err = readTEI(raw)
	}
	if err == nil && len(docs) != 1 {
		err = fmt.Errorf("it holds %d texts, not one", len(docs))
	}
	if err != nil {
		return a, dropped, err
	}
	return docs[0], dropped, nil
}

// rawValues are the bytes of each JSON value of a file, or of each in its one array.
func rawValues(data []byte) (out []json.RawMessage, err error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '[' {
		return out, json.Unmarshal(trimmed, &out)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, err
		}
		out = append(out, raw)
	}
	return out, nil
}

// openBrat reads the annotations of the text that lies beside them under the same name.
func openBrat(data []byte, name string, beside Beside) *Contents {
	at := strings.TrimSuffix(name, path.Ext(name)) + ".txt"
	txt, ok := beside(at)
	if !ok || !utf8.Valid(data) || !utf8.Valid(txt) {
		return nil
	}
	a, dropped, err := readBrat(txt, data)
	if err != nil || a.Text == "" {
		return nil
	}
	c := &Contents{Docs: []*Document{withText(txt, at, a)}, Used: []string{at}}
	for _, d := range dropped {
		c.Dropped = append(c.Dropped, name+": "+d)
	}
	for _, conf := range []string{"annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf"} {
		c.Used = append(c.Used, path.Join(path.Dir(name), conf))
	}
	return c
}

// withText is the document of a text file, with what was said of it.
func withText(txt []byte, name string, a Annotated) *Document {
	d, err := Make(txt, name, "UTF-8")
	if err != nil || d.Text != a.Text {
		return part(a, name)
	}
	d.Said = &a
	if len(a.Fields)+len(a.Not) > 0 {
		d.Proposals = nil
	}
	return d
}

// openWebAnnotation reads annotations of texts and pictures that lie beside them.
func openWebAnnotation(data []byte, name string, beside Beside) *Contents {
	c, pictures := &Contents{}, newPictures(name, beside)
	texts := map[string][]byte{}
	paths := map[string]string{}
	docs, dropped, err := readWebAnnotation(data, func(source string) (string, bool) {
		for _, at := range places(source, path.Dir(name)) {
			txt, ok := beside(at)
			if ok && formatOf(txt, at) != nil && pictures.at(source) != nil {
				break // a PDF may be all ASCII
			}
			if ok && utf8.Valid(txt) {
				texts[source], paths[source] = txt, at
				c.Used = append(c.Used, at)
				return strings.ReplaceAll(string(txt), "\r\n", "\n"), true
			}
		}
		if d := pictures.at(source); d != nil {
			return d.Text, true
		}
		return "", false
	})
	if err != nil {
		return nil
	}
	for _, d := range dropped {
		c.Dropped = append(c.Dropped, name+": "+d)
	}
	for i, a := range docs {
		at := paths[a.source]
		if at == "" {
			at = inside(name, "", i, len(docs))
			a.pictures = append(a.pictures, a.source) // there is no text of its own
		}
		pictures.together(a, func(a Annotated) *Document { return withText(texts[a.source], at, a) }, c, name)
	}
	if len(c.Docs) == 0 && len(c.Dropped) == 0 {
		return nil
	}
	return c
}

// places are the paths at which the text of an address may lie, from the folder of its annotations.
func places(source, dir string) []string {
	id, isURN := strings.CutPrefix(source, "urn:uuid:")
	if isURN {
		id = below(id)
		return []string{path.Join(dir, "text", id+".txt"), path.Join(dir, id+".txt")}
	}
	if strings.Contains(source, "://") {
		return nil
	}
	return []string{path.Join(dir, below(source))}
}

// below is a path without what would climb above where it begins: /.. is / (path.Clean).
func below(p string) string { return path.Clean("/" + p)[1:] }
