package export

import (
	"context"
	"fmt"
	"html"
	"io"

	"fonds/storage"
	"fonds/storage/archive"
)

// This file writes pages for the printer of a browser, in one language each and
// whole in themselves: a document with its apparatus, and a list of documents.

// Print writes a document as a page to be printed: everything that there is to say
// of it, with its state, and its reading text.
func Print(ctx context.Context, a *storage.Archive, id archive.ID, lang string, w io.Writer) error {
	snap, err := a.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer snap.Close()
	j := &job{ctx: ctx, a: snap, o: Options{Choice: Choice{Set: All, Text: Reading}}, history: true}
	s, err := printSpeech(ctx, snap, lang)
	if err != nil {
		return err
	}
	d, err := j.entire(id)
	if err != nil {
		return fmt.Errorf("printing the document %s: %w", id.Short(), err)
	}
	asOf, err := j.asOf()
	if err != nil {
		return err
	}
	return printDocument(w, d, s, asOf)
}

// entire reads a document whether it is closed or not: for those who work in its
// archive.
func (j *job) entire(id archive.ID) (*Doc, error) {
	if _, err := j.a.Document(j.ctx, id); err != nil {
		return nil, err // which says why, where there is none
	}
	whole, err := j.a.Wholes(j.ctx, []archive.ID{id}, j.history)
	if err != nil || len(whole) == 0 {
		return nil, err
	}
	return j.open(1, &whole[0])
}

// printSpeech is a speech in one language.
func printSpeech(ctx context.Context, a *storage.Archive, lang string) (*speech, error) {
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	return newSpeech(self, []string{lang}), nil
}

// printDocument writes the page of a document.
func printDocument(w io.Writer, d *Doc, s *speech, asOf string) error {
	p := &sheet{speech: s, d: d, inside: true}
	title := named(d.Title)
	p.printHead(s, title, "size: A4; margin: 18mm 17mm 20mm", "")
	p.put("<h1 dir=\"auto\">%s</h1>\n", inPage(title))
	p.description()
	p.text()
	p.apparatus()
	p.printFoot(s, asOf)
	_, err := io.WriteString(w, p.String())
	return err
}

// printHead begins a page to be printed; paper is what its style says of the paper.
func (p *page) printHead(s *speech, title, paper, class string) {
	style, err := aidFiles.ReadFile("findingaid/print.css")
	if err != nil {
		panic("export: " + err.Error()) // built in, and read by every test
	}
	p.put("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<style>\n"+
		"@page { %s; @bottom-center { content: counter(page) \" / \" counter(pages); font-size: 8pt; } }\n%s</style>\n</head>\n<body class=\"%s\">\n",
		html.EscapeString(s.tags[0]), inPage(title), paper, style, class)
}

func (p *page) printFoot(s *speech, asOf string) {
	p.put("<p class=\"foot\">%s</p>\n</body>\n</html>\n", s.say("printed", "when", said(asOf)))
}

// flush writes what there is of the page, and forgets it.
func (p *page) flush(w io.Writer) error {
	_, err := io.WriteString(w, p.String())
	p.Reset()
	return err
}
