package export

import (
	"archive/zip"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// This file searches everything that was written for words that are masked: what
// comes out is what counts, not what was meant to.

// search refuses an export in which masked words stand anywhere, in names of files
// too, unless that was waived; a waiver is written down with where they stand.
func (j *job) search(m *Manifest) error {
	if j.mask == nil {
		return nil
	}
	m.Masking.Waivers = []Waived{}
	f := j.forms()
	where := map[string]map[string]bool{} // files by words, folded
	look := func(path, s string) {
		f.find.each(s, func(_, _ int, form string) {
			words := f.of[form]
			if where[words] == nil {
				where[words] = map[string]bool{}
			}
			where[words][path] = true
		})
	}
	for i, file := range j.files {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		look(file.Path, file.Path)
		if err := j.searchFile(file.Path, f.wide, func(s string) { look(file.Path, s) }); err != nil {
			return err
		}
		j.tell(stepSearch, i+1, len(j.files))
	}
	for _, w := range j.o.Waivers {
		m.Masking.Waivers = append(m.Masking.Waivers, Waived{w, slices.AppendSeq([]string{}, maps.Keys(where[fold(w.Words).text]))})
		slices.Sort(m.Masking.Waivers[len(m.Masking.Waivers)-1].Files)
	}
	// What the manifest itself is going to say.
	head := *m
	head.Filter.Waivers, head.Masking = nil, nil
	look("manifest.json", fmt.Sprint(head.Title, head.Creators, head.Filter.Query, head.Licence))
	for _, w := range j.o.Waivers {
		delete(where, fold(w.Words).text)
	}
	if len(where) == 0 {
		return nil
	}
	left := &masksLeft{map[string]map[string]bool{}}
	for words, files := range where {
		left.where[f.said[words]] = files
	}
	return left
}

// forms are the ways in which masked words may stand in a file.
type forms struct {
	find *finder
	of   map[string]string // the words, folded, by their forms
	said map[string]string // how words are written, the first in order, by the words folded
	wide int               // how long a form may be in a file, bytes, with what folds away between its letters
}

// forms lists them for all words that are masked or waived. What is a form of both counts as masked.
func (j *job) forms() *forms {
	f := &forms{of: map[string]string{}, said: map[string]string{}}
	var list []string
	seen := map[string]bool{}
	for _, words := range slices.Concat(j.mask.words, j.mask.waived) {
		key := fold(words).text
		if f.said[key] == "" {
			f.said[key] = words
		}
		for _, form := range written(words) {
			f.wide = max(f.wide, 4*len(form)+256)
			if k := fold(form).text; !seen[k] {
				seen[k], f.of[form] = true, key
				list = append(list, form)
			}
		}
	}
	f.find = newFinder(list)
	return f
}

// masksLeft is an ErrMasked that knows which words stand where.
type masksLeft struct{ where map[string]map[string]bool }

func (m *masksLeft) Error() string {
	return fmt.Sprintf("%v: %s; waive each with a reason if it may stand there, or choose otherwise", ErrMasked, strings.Join(MaskedWords(m), "; "))
}

func (m *masksLeft) Unwrap() error { return ErrMasked }

// MaskedWords says of an ErrMasked which words stand in how many files, and in which
// for example, a line each.
func MaskedWords(err error) []string {
	var m *masksLeft
	if !errors.As(err, &m) {
		return nil
	}
	var out []string
	for _, words := range slices.Sorted(maps.Keys(m.where)) {
		files := slices.Sorted(maps.Keys(m.where[words]))
		line := fmt.Sprintf("%q in %s", words, files[0])
		if len(files) > 1 {
			line += fmt.Sprintf(" (+%d)", len(files)-1)
		}
		if out = append(out, line); len(out) == mostMasked {
			return append(out, fmt.Sprintf("… %d", len(m.where)-mostMasked))
		}
	}
	return out
}

// mostMasked is how many words an error names.
const mostMasked = 5

// searchStep is how much of a file is looked at in one piece, bytes.
const searchStep = 4 << 20

// searchFile hands the text of a file on, of a ZIP file that of its parts, in pieces
// that overlap by wide bytes.
func (j *job) searchFile(path string, wide int, look func(string)) error {
	f, err := os.Open(filepath.Join(j.folder, filepath.FromSlash(path)))
	if err != nil {
		return cannot(j.o.Out, err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return cannot(j.o.Out, err)
	}
	z, err := zip.NewReader(f, st.Size())
	if err != nil { // it is none
		return pieces(f, wide, look)
	}
	for _, part := range z.File {
		look(part.Name)
		r, err := part.Open()
		if err != nil {
			return err
		}
		err = pieces(r, wide, look)
		r.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func pieces(r io.Reader, wide int, look func(string)) error {
	buf := make([]byte, 0, searchStep+wide)
	for {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		look(string(buf))
		switch err {
		case nil:
			keep := copy(buf, buf[len(buf)-min(len(buf), wide):])
			buf = buf[:keep]
		case io.EOF, io.ErrUnexpectedEOF:
			return nil
		default:
			return err
		}
	}
}

// written are the ways in which words may stand in a file: as they are, as in JSON,
// HTML and XML, and as in an address.
func written(words string) []string {
	q := quoteJSON(words)
	out := []string{words, q[1 : len(q)-1], html.EscapeString(words), url.PathEscape(words), url.QueryEscape(words), strings.ReplaceAll(words, "\"", "\"\"")}
	slices.Sort(out)
	return slices.Compact(out)
}
