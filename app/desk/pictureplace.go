package desk

import "fyne.io/fyne/v2"

// pagePlace is where a person is with the pictures of a document.
type pagePlace struct {
	mode            pictureMode
	page            int
	drawn           string
	typing, focused bool
}

func (p *picturing) here() pagePlace {
	return pagePlace{mode: p.mode, page: p.view.Page(), drawn: p.drawn, typing: p.typed.on, focused: p.d.on.Focused() == fyne.Focusable(p.view)}
}

// goBack goes back to a place in the same document, when its pictures are there.
func (p *picturing) goBack(to pagePlace) {
	if p.mode = to.mode; p.open == nil {
		p.back = &to
		p.arrange()
		return
	}
	p.back = nil
	p.view.SetPage(to.page)
	if to.drawn != "" {
		p.drawn = to.drawn
		p.showShapes()
		p.view.Select(drawnShape)
	}
	if p.arrange(); to.typing {
		p.typed.begin()
	}
}

// textSeen says whether the text is on the screen.
func (p *picturing) textSeen() bool { return !p.d.texts.Hidden && p.all.Objects[0] != p.pane }

// focusInstead gives the keyboard to what stands in the place of the text, and says whether anything does. Where the picture
// stands alone the text comes back beside it.
func (p *picturing) focusInstead() bool {
	if p.d.s.Document() == nil {
		return false
	}
	if !p.d.texts.Hidden {
		if !p.textSeen() {
			p.mode = pictureBeside
			p.arrange()
		}
		return false
	}
	switch {
	case p.typed.on:
		p.d.on.Focus(p.typed.entry)
	case p.all.Objects[0] == p.pane:
		p.focus()
	case !p.typed.empty.Focus():
		p.d.FocusInspector()
	}
	return true
}
