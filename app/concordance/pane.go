package concordance

import (
	"context"
	"strings"
	"unicode/utf8"

	"fonds/app/concord"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file shows the paragraph around the chosen place.

// Of a text is shown what stands around the words: whole lines, at least paneLeast code
// points on either side where there are as many, at most paneMost.
const (
	paneLeast = 120
	paneMost  = 2000
)

// pane shows a piece of a text, one reading on its way at a time.
type pane struct {
	text    *widgets.TextView
	of      passage
	reading bool
	stale   bool // another line was chosen meanwhile
}

// passage is a piece of a reading text around a place in it.
type passage struct {
	doc        archive.ID
	start, end int // of the place, code points of the reading text
	from       int // where the piece begins
	line       int // its first line, from 1
	text       string
	moved      bool // other words stand at the place by now
}

// passageOf cuts it out of a text.
func passageOf(l *concord.Line, t *archive.Text) passage {
	p := passage{doc: l.Doc, start: l.Start, end: min(l.End, t.Len())}
	p.moved = l.End > t.Len() || t.Slice(l.Start, l.End) != l.Quote
	if p.moved {
		p.start, p.end = min(p.start, t.Len()), min(p.start, t.Len())
	}
	before := t.Slice(max(0, p.start-paneMost), p.start)
	if n := utf8.RuneCountInString(before); n > paneLeast {
		near := t.Slice(p.start-paneLeast, p.start)
		if at := strings.LastIndexByte(before[:len(before)-len(near)], '\n'); at >= 0 {
			before = before[at+1:]
		}
	}
	after := t.Slice(p.end, min(t.Len(), p.end+paneMost))
	if n := utf8.RuneCountInString(after); n > paneLeast {
		near := t.Slice(p.end, p.end+paneLeast)
		if at := strings.IndexByte(after[len(near):], '\n'); at >= 0 {
			after = after[:len(near)+at]
		}
	}
	p.from = p.start - utf8.RuneCountInString(before)
	p.line = 1 + strings.Count(t.Slice(0, p.from), "\n")
	p.text = strings.Clone(before + t.Slice(p.start, p.end) + after)
	return p
}

// preview shows the paragraph of the chosen line: read on a worker, and what comes too
// late is dropped.
func (p *Page) preview() {
	l := p.chosen()
	p.tellChosen()
	switch {
	case l == nil:
		p.pane.of = passage{}
		p.pane.text.SetShown(widgets.Shown{})
		return
	case p.pane.reading:
		p.pane.stale = true
		return
	}
	p.pane.reading = true
	asked := *l
	session.Read(p.s, nil, func(ctx context.Context, a *storage.Archive) (passage, error) {
		d, err := a.Document(ctx, asked.Doc)
		if err != nil {
			return passage{}, err
		}
		r, err := d.Reading()
		if err != nil {
			return passage{}, err
		}
		return passageOf(&asked, r.Text()), nil
	}, func(now passage, err error) {
		p.pane.reading = false
		if p.pane.stale {
			p.pane.stale = false
			p.preview()
			return
		}
		if l := p.chosen(); l == nil || *l != asked {
			return
		}
		if err != nil { // somebody may have destroyed it
			p.pane.of = passage{}
			p.pane.text.SetShown(widgets.Shown{})
			p.about.SetText("⚠ "+session.Words(err), widgets.Bad)
			return
		}
		p.showPassage(now)
	})
}

// showPassage shows a piece of a text with the words of the place framed.
func (p *Page) showPassage(now passage) {
	if now == p.pane.of {
		return
	}
	p.pane.of = now
	v := p.pane.text
	v.SetShown(widgets.Shown{Key: string(now.doc) + " " + i18n.Number(int64(now.start)), Text: now.text, Line: now.line})
	if now.moved {
		v.SetHits(nil, -1)
		p.tellChosen()
		return
	}
	words := widgets.Span{Start: now.start - now.from, End: now.end - now.from}
	v.SetHits([]widgets.Span{words}, 0)
	v.ScrollTo(min(words.End+paneLeast/2, utf8.RuneCountInString(now.text))) // with what comes after
	v.ScrollTo(words.End)                                                    // all of it, or else its beginning
	v.ScrollTo(words.Start)
}

// tellChosen says of which document the chosen line is, or why it was refused.
func (p *Page) tellChosen() {
	l := p.chosen()
	if l == nil {
		p.about.SetText("", widgets.Plain)
		return
	}
	words, tone := session.OneLine(l.Title), widgets.Plain
	if l.Path != "" && l.Path != l.Title {
		words += " · " + session.OneLine(l.Path)
	}
	if at := &p.pane.of; at.moved && at.doc == l.Doc {
		words, tone = i18n.T("concordance.moved")+" "+words, widgets.Warn
	}
	if err := p.why[p.keyAt(p.rows[p.list.Selected()])]; err != nil {
		words, tone = "⚠ "+session.Words(err)+" "+words, widgets.Bad
	}
	p.about.SetText(words, tone)
}
