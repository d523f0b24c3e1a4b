package desk

import (
	"strconv"
	"strings"

	"fonds/app/i18n"
	"fonds/app/outline"
	"fonds/app/session"
	"fonds/widgets"
)

// outline asks to which heading of the text to go. The headings are looked for on
// a worker.
func (d *Desk) outline() {
	view := d.facing()
	body := d.textOf(view)
	if d.headed == body && d.headings != nil {
		d.chooseHeading(view)
		return
	}
	d.outlineGen++
	mine, cfg := d.outlineGen, d.s.Config()
	cfg.Go(func() {
		all := outline.Of(body, nil)
		cfg.Do(func() {
			if d.outlineGen == mine && d.textOf(view) == body {
				d.headed, d.headings = body, all
				d.chooseHeading(view)
			}
		})
	})
}

func (d *Desk) chooseHeading(view *widgets.TextView) {
	if len(d.headings) == 0 {
		d.s.Say(i18n.T("outline.none"))
		return
	}
	here := view.Caret()
	if top, _ := view.Top(); !d.TextFocused() || here < top {
		here = top
	}
	start := ""
	choices := make([]widgets.Choice, len(d.headings))
	for i := range d.headings {
		h := &d.headings[i]
		id := strconv.Itoa(i)
		choices[i] = widgets.Choice{ID: id, Title: strings.Repeat("　", h.Level-1) + session.OneLine(h.Title), Sub: i18n.T("outline.line", "n", h.Line)}
		if h.Start <= here {
			start = id
		}
	}
	ch := widgets.NewChooser(i18n.N("outline.prompt", len(choices)), i18n.T("chooser.nothing"), choices)
	ch.Covers, ch.Start = session.Covers, start
	ch.OnPick = func(id string) {
		i, err := strconv.Atoi(id)
		if err == nil && i < len(d.headings) {
			view.Jump(widgets.Span{Start: d.headings[i].Start, End: d.headings[i].End})
			d.on.Focus(view)
		}
	}
	ch.Show(d.on)
}
