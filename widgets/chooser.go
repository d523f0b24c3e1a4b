package widgets

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/cases"

	"fonds/widgets/look"
)

// Choice is one thing to choose.
type Choice struct {
	ID    string
	Title string
	Sub   string // second line, quiet
	Badge string // at the right, as the key that does the same
	Also  string // by which it is found too, and which is not shown
}

// Chooser asks for one of several things by its name: what is typed narrows the
// list to those that contain every word of it, Up and Down move, Enter chooses,
// Escape leaves. While it is shown it has the keyboard; afterwards whoever had it
// before gets it back.
type Chooser struct {
	// OnPick takes the id of what was chosen, when the chooser is gone and the
	// focus is back.
	OnPick func(id string)
	// Covers says which runes the font has.
	Covers CoversFunc
	// Start is the id of what is chosen before anything is typed; "" is the first.
	Start string
	// Find gives the ids of the choices that something typed could mean besides, the
	// likeliest first: they follow those that contain it.
	Find func(text string) []string
	// Quick lets a badge that is typed into the empty entry choose at once.
	Quick bool

	choices []Choice
	folded  []string
	found   []int // indices of choices
	entry   *Entry
	list    *List
	nothing *widget.Label
	popup   *Veil
	before  fyne.Focusable
	shownOn fyne.Canvas
}

// NewChooser makes a chooser. prompt is shown in the empty entry, nothing where
// no choice is left.
func NewChooser(prompt, nothing string, choices []Choice) *Chooser {
	c := &Chooser{choices: choices}
	fold := cases.Fold()
	for _, ch := range choices {
		c.folded = append(c.folded, fold.String(ch.Title+"\n"+ch.Sub+"\n"+ch.Also))
	}
	c.entry = NewEntry()
	c.entry.SetPlaceHolder(prompt)
	c.entry.OnType = c.typed
	c.entry.OnKey = c.key
	c.list = NewList()
	c.list.OnActivate = func(int) { c.pick() }
	c.nothing = widget.NewLabel(nothing)
	c.nothing.Importance = widget.LowImportance
	return c
}

// Size of the chooser on a window that has room for it, in Fyne pixels.
const (
	chooserWidth = 480
	chooserRows  = 9
)

// Show puts the chooser on a window.
func (c *Chooser) Show(on fyne.Canvas) {
	c.list.Covers = c.Covers
	c.shownOn, c.before = on, on.Focused()
	height := float32(min(max(len(c.choices), 2), chooserRows)) * look.TwoRowHeight * textScale()
	room := canvas.NewRectangle(color.Transparent) // the veil's frame is filled already
	room.SetMinSize(fyne.NewSize(min(chooserWidth, on.Size().Width-2*look.Edge), min(height, on.Size().Height-6*look.Edge)))
	body := container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, look.Near, 0, 0), c.entry), nil, nil, nil,
		container.NewStack(room, c.list, c.nothing))
	c.popup = NewVeil(container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near), body), on)
	c.popup.Show()
	c.narrow()
	if at := slices.IndexFunc(c.choices, func(ch Choice) bool { return ch.ID == c.Start }); at > 0 {
		c.list.SetSelected(at) // nothing is typed: all of them stand in their order
		c.list.EnsureVisible(at)
	}
	on.Focus(c.entry)
}

func (c *Chooser) typed(text string) {
	if at := slices.IndexFunc(c.choices, func(ch Choice) bool { return ch.Badge == text }); c.Quick && at >= 0 {
		c.found = []int{at}
		c.list.SetSelected(0)
		c.pick()
		return
	}
	c.narrow()
}

// Close takes the chooser away without a choice.
func (c *Chooser) Close() {
	if c.popup == nil {
		return
	}
	c.popup.Hide()
	c.popup = nil
	if c.before != nil {
		c.shownOn.Focus(c.before)
	}
}

// Shown says whether the chooser is on a window.
func (c *Chooser) Shown() bool { return c.popup != nil }

// narrow lists the choices that contain every word that is typed; those that
// begin with what is typed come first.
func (c *Chooser) narrow() {
	typed := cases.Fold().String(strings.TrimSpace(c.entry.Text))
	words := strings.Fields(typed)
	c.found = c.found[:0]
	var others []int
next:
	for i, text := range c.folded {
		for _, w := range words {
			if !strings.Contains(text, w) {
				continue next
			}
		}
		if strings.HasPrefix(text, typed) {
			c.found = append(c.found, i)
		} else {
			others = append(others, i)
		}
	}
	c.found = append(c.found, others...)
	if c.Find != nil && typed != "" {
		for _, id := range c.Find(typed) {
			at := slices.IndexFunc(c.choices, func(ch Choice) bool { return ch.ID == id })
			if at >= 0 && !slices.Contains(c.found, at) {
				c.found = append(c.found, at)
			}
		}
	}
	c.list.SetCount(len(c.found), func(i int) Row {
		ch := c.choices[c.found[i]]
		return Row{Title: ch.Title, Sub: ch.Sub, Badge: ch.Badge, Known: true}
	})
	c.list.SetSelected(0)
	c.list.EnsureVisible(0)
	c.nothing.Hidden = len(c.found) > 0
	c.nothing.Refresh()
}

func (c *Chooser) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		c.list.TypedKey(k)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.pick()
	case fyne.KeyEscape:
		c.Close()
	default:
		return false
	}
	return true
}

func (c *Chooser) pick() {
	at := c.list.Selected()
	if at < 0 || at >= len(c.found) {
		return
	}
	id := c.choices[c.found[at]].ID
	c.Close()
	if c.OnPick != nil {
		c.OnPick(id)
	}
}
