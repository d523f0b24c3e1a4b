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
	where := map[string]map[string]bool{} // files by words
	forms := map[string]string{}          // as written → the words
	for _, words := range slices.Concat(j.mask.words, j.mask.waived) {
		for _, form := range written(words) {
			forms[form] = words
		}
	}
	wide := 0
	for form := range forms {
		wide = max(wide, 4*len(form)+256) // with what folds away between its letters
	}
	find := newFinder(slices.Collect(maps.Keys(forms)))
	look := func(path, s string) {
		find.each(s, func(_, _ int, w string) {
			words := forms[w]
			if where[words] == nil {
				where[words] = map[string]bool{}
			}
			where[words][path] = true
		})
	}
	for i, f := range j.files {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		look(f.Path, f.Path)
		if err := j.searchFile(f.Path, wide, func(s string) { look(f.Path, s) }); err != nil {
			return err
		}
		j.tell(stepSearch, i+1, len(j.files))
	}
	for _, w := range j.o.Waivers {
		m.Masking.Waivers = append(m.Masking.Waivers, Waived{w, slices.AppendSeq([]string{}, maps.Keys(where[w.Words]))})
		slices.Sort(m.Masking.Waivers[len(m.Masking.Waivers)-1].Files)
		delete(where, w.Words)
	}
	// What the manifest itself is going to say.
	head := *m
	head.Filter.Waivers, head.Masking = nil, nil
	look("manifest.json", fmt.Sprint(head.Title, head.Creators, head.Filter.Query, head.Licence))
	for _, w := range j.o.Waivers {
		delete(where, w.Words)
	}
	if len(where) == 0 {
		return nil
	}
	return &masksLeft{where}
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
