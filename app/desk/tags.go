package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// tagsPane is the tab of tags: those of the document, and below them which tag
// has which key.
type tagsPane struct {
	d         *Desk
	field     *widgets.TagField
	proposals *widgets.ProposalList
	waiting   *fyne.Container // them, with room around
	keys      *widgets.List
	all       fyne.CanvasObject
}

func newTagsPane(d *Desk) *tagsPane {
	t := &tagsPane{d: d}
	t.field = widgets.NewTagField(widgets.TagWords{Prompt: i18n.T("tags.prompt"),
		New: func(tag string) string { return i18n.T("tags.new", "tag", tag) },
		By:  func(name string) string { return i18n.T("tags.by", "name", session.OneLine(name)) }})
	t.field.OnFind = func(text string) (out []widgets.TagView) {
		for _, h := range d.s.TagIndex().Find(text, 8) {
			name := cmp.Or(h.By, h.Text[strings.LastIndexByte(h.Text, '/')+1:])
			out = append(out, widgets.TagView{Tag: h.Text, Key: key(d.s.Hotkeys(), h.Text), By: h.By,
				Sure: h.Pinyin && utf8.RuneCountInString(name) == len(text)}) // each letter is one character's
		}
		return out
	}
	t.field.Covers = session.Covers
	t.field.OnAdd = func(tag string) {
		doc := d.s.Document()
		d.s.SetTagFrom(tag, true, func(err error) {
			if now := d.s.Document(); session.IsRefusal(err) && now != nil && doc != nil && now.ID == doc.ID {
				t.field.Refused(tag, session.Words(err))
			}
		})
	}
	t.field.OnRemove = func(tag string) { d.s.SetTag(tag, false) }
	t.proposals = newProposals(d, t.focus)
	t.waiting = container.New(layout.NewCustomPaddedLayout(0, look.Apart, look.Apart, look.Apart), t.proposals)
	t.keys = widgets.NewList()
	t.keys.Covers = session.Covers
	t.keys.OnActivate = t.chooseTag
	head := widget.NewLabelWithStyle(i18n.T("tags.keys"), fyne.TextAlignLeading, fyne.TextStyle{})
	head.SizeName, head.Importance, head.Wrapping = theme.SizeNameCaptionText, widget.LowImportance, fyne.TextWrapWord
	t.all = widgets.Border(container.New(layout.NewCustomPaddedVBoxLayout(0), pad(t.field), t.waiting, widget.NewSeparator(),
		container.New(layout.NewCustomPaddedLayout(look.Near, 0, look.Tight, look.Tight), head)), nil, nil, nil, t.keys)
	return t
}

func (t *tagsPane) content() fyne.CanvasObject { return t.all }

func (t *tagsPane) focus() { t.field.FocusEntry() }

// key is the digit of a tag, 0 for none.
func key(hotkeys map[string]string, tag string) int {
	for k, v := range hotkeys {
		if v == tag {
			n, _ := strconv.Atoi(k) // 1 to 9, or it is no key
			return n
		}
	}
	return 0
}

func (t *tagsPane) show() {
	doc, hotkeys := t.d.s.Document(), t.d.s.Hotkeys()
	var on []widgets.TagView
	if doc != nil {
		for _, it := range doc.Of(archive.ATag) {
			if it.InForce() {
				on = append(on, widgets.TagView{Tag: it.Key, Key: key(hotkeys, it.Key)})
			}
		}
	}
	t.field.SetReadOnly(t.d.fixed() != "")
	t.field.SetTags(on)
	open := openOf(doc, archive.ATag, "")
	t.proposals.SetProposals(t.d.views(doc, open))
	if hide := len(open) == 0; hide != t.waiting.Hidden {
		t.waiting.Hidden = hide
		t.all.Refresh()
	}
	t.field.SetKnown(t.known())
	uses := map[string]int{}
	for _, c := range t.d.s.Tags() {
		uses[c.Tag] = c.N
	}
	t.keys.SetCount(9, func(i int) widgets.Row {
		digit := fmt.Sprint(i + 1)
		tag, ok := hotkeys[digit]
		switch {
		case !ok && t.d.fixed() != "":
			return widgets.Row{Title: i18n.T("tags.free"), Badge: digit, Known: true}
		case !ok:
			return widgets.Row{Title: i18n.T("tags.free"), Sub: i18n.T("tags.give"), Badge: digit, Known: true}
		}
		return widgets.Row{Title: tag, Sub: i18n.N("tags.uses", uses[tag]), Badge: digit, Known: true}
	})
}

// known is the vocabulary: the tags with keys first, then those in use.
func (t *tagsPane) known() []widgets.TagView {
	var out []widgets.TagView
	hotkeys := t.d.s.Hotkeys()
	for n := 1; n <= 9; n++ {
		if tag, ok := hotkeys[fmt.Sprint(n)]; ok {
			out = append(out, widgets.TagView{Tag: tag, Key: n})
		}
	}
	for _, c := range t.d.s.Tags() {
		if !slices.ContainsFunc(out, func(v widgets.TagView) bool { return v.Tag == c.Tag }) {
			out = append(out, widgets.TagView{Tag: c.Tag})
		}
	}
	return out
}

// noTag is the choice that takes a key away.
const noTag = "\x00"

// chooseTag asks which tag a key is for.
func (t *tagsPane) chooseTag(i int) {
	if why := t.d.fixed(); why != "" {
		t.d.s.Say(why)
		return
	}
	now, has := t.d.s.Hotkeys()[fmt.Sprint(i+1)]
	var choices []widgets.Choice
	for _, v := range t.known() {
		badge := ""
		if v.Key > 0 {
			badge = fmt.Sprint(v.Key)
		}
		choices = append(choices, widgets.Choice{ID: v.Tag, Title: session.OneLine(v.Tag), Badge: badge})
	}
	if has {
		choices = append(choices, widgets.Choice{ID: noTag, Title: i18n.T("tags.free")})
	}
	ch := widgets.NewChooser(i18n.T("tags.choose", "key", i+1), i18n.T("tags.none"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(tag string) {
		switch {
		case tag == noTag:
			t.d.s.SetHotkey(now, 0)
		case tag != now:
			t.d.s.SetHotkey(tag, i+1)
		}
	}
	ch.Show(t.d.on)
}
