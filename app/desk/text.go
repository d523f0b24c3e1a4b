package desk

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// newText makes the view of the document.
func newText(d *Desk) *widgets.TextView {
	s := d.s
	v := s.TextView()
	s.AskSelection(d.selection)
	v.OnFocus = func(on bool) {
		d.inSource = d.inSource && !on
		if on {
			d.pic.left()
		}
	}
	v.OnScroll = func() {
		d.follow(d.text)
		d.pic.follow()
	}
	v.OnRune = func(r rune) bool {
		d.kept = nil
		c := s.Commands.ByRune(r)
		if c != nil {
			s.Commands.Run(c.ID)
		}
		return c != nil
	}
	v.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape && (d.escape() || d.finder.leave()) {
			return true
		}
		d.kept = nil
		c := s.Commands.ByKey(k.Name)
		if c != nil {
			s.Commands.Run(c.ID)
		}
		return c != nil
	}
	v.OnMark = func(id string) {
		if doc := s.Document(); doc != nil {
			if it := doc.Item(archive.ID(id)); it != nil {
				d.inspector.showMark(session.About(doc, it).ID)
				d.activate(it.ID)
			}
		}
	}
	v.OnSelect = func(s widgets.Span, _ bool) {
		d.deactivate(s)
		d.pic.atCaret()
	}
	v.OnBorders = func(id string, s widgets.Span) { d.setBorders(archive.ID(id), s, 0) }
	v.OnMenu = d.contextMenu
	v.OnLayout = func(done float32) {
		if done < 1 {
			s.Hint(i18n.T("text.laying", "n", int(done*100)))
		} else {
			s.Hint("")
		}
	}
	return v
}

// made is what the worker that reads a document makes of it for the view: of ten
// thousand marks that takes longer than a window may stand still.
type made struct {
	shown  widgets.Shown
	styles int // see Desk.styles
}

// maker makes it, with the labels of now.
func (d *Desk) maker() func(*session.Doc) any {
	style, styles := d.s.LabelStyles(), d.styles
	return func(doc *session.Doc) any { return &made{session.Shown(doc, style), styles} }
}

// learn gathers the words of a document on a worker: nobody waits for them.
func (d *Desk) learn(doc *session.Doc) {
	d.lexiconGen++
	gen, words, cfg := d.lexiconGen, d.s.Lexicons(), d.s.Config()
	cfg.Go(func() {
		x := words(doc)
		cfg.Do(func() {
			if gen == d.lexiconGen {
				d.text.Lexicon, d.source.Lexicon = x, x
			}
		})
	})
}

// madeOf is what was made of a document, in the styles that labels have now.
func (d *Desk) madeOf(doc *session.Doc) *made {
	m, ok := doc.Made.(*made)
	if !ok {
		m = d.maker()(doc).(*made)
		doc.Made = m
	}
	if m.styles != d.styles {
		style := d.s.LabelStyles()
		now := *m
		now.styles, now.shown.Marks = d.styles, slices.Clone(m.shown.Marks)
		for i := range now.shown.Marks {
			if it := doc.Item(archive.ID(now.shown.Marks[i].ID)); it != nil && !now.shown.Marks[i].Change {
				now.shown.Marks[i].Style = style(it.Key)
			}
		}
		m = &now
		doc.Made = m
	}
	return m
}

func (d *Desk) showText() {
	doc := d.s.Document()
	if doc == nil {
		d.shown = widgets.Shown{}
		d.text.SetShown(d.shown)
		d.showSource(nil)
		return
	}
	d.learn(doc)
	d.shown = d.madeOf(doc).shown
	if d.mode == beside {
		d.shown.New = fresh(doc)
	} else if doubtful := d.pic.doubtful(doc); len(doubtful) > 0 {
		d.shown.New = doubtful
	}
	d.showEdge()
	d.showSource(doc)
}

// contextMenu offers what can be done with the words under the pointer.
func (d *Desk) contextMenu(at fyne.Position) {
	if d.s.Document() == nil {
		return
	}
	var lines []session.MenuLine
	group, menu := 0, session.Menu("")
	for _, k := range d.s.Commands.All() {
		if !k.Document || k.Menu == session.TagMenu || strings.HasPrefix(k.ID, "doc.") {
			continue
		}
		if len(lines) > 0 && (k.Group != group || k.Menu != menu) {
			lines = append(lines, session.LineBetween())
		}
		group, menu = k.Group, k.Menu
		line := d.s.Commands.Line(k)
		line.Item.Disabled = !d.s.Commands.Enabled(k)
		lines = append(lines, line)
	}
	session.ShowMenu(d.on, at, lines)
}
