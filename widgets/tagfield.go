package widgets

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/cases"
)

// TagView is a tag with the digit that toggles it on the text.
type TagView struct {
	Tag  string
	Key  int    // 1 to 9; 0 has none
	By   string // of a tag that was found: the other name that was typed
	Sure bool   // it is what was typed, as by all its initials: no new tag is meant
}

// TagWords are the words of a TagField in the person's language.
type TagWords struct {
	Prompt string                   // shown in the empty entry, "add a tag"
	New    func(tag string) string  // says that a tag is not in the vocabulary yet
	By     func(name string) string // says by which other name a tag was found
}

// TagField shows the tags of a document as chips and takes new ones in an entry
// behind them, with the vocabulary that matches listed right below. The list is
// no overlay: that would take the focus from the entry.
//
// Tab and the arrows go to the chips, Delete takes a chip away. Backspace in
// the empty entry goes to the last chip and takes nothing away. In the list, Up
// and Down choose and Enter adds; without a choice Enter adds what was typed.
type TagField struct {
	widget.BaseWidget

	// OnAdd takes a tag that the person added, trimmed, in the vocabulary's
	// spelling where it has one. It is not shown until SetTags brings it.
	OnAdd func(tag string)
	// OnRemove takes a tag that the person took away.
	OnRemove func(tag string)
	// OnFocus is told when the entry or a chip gets the focus.
	OnFocus func()
	// OnShortcut is asked before the entry acts on a shortcut.
	OnShortcut func(s fyne.Shortcut) bool
	// Covers says which runes the font has.
	Covers CoversFunc
	// OnFind gives the tags that something typed could mean: by another name, which By
	// says, or by how it is pronounced. Without it tags are found by their own letters.
	OnFind func(text string) []TagView

	fixed  bool
	said   *paragraph // why what was typed was not taken
	wrong  string
	words  TagWords
	tags   []TagView
	known  []TagView
	folded []string // known, case folded
	chips  []*chip
	entry  *Entry
	list   *completion
	height float32      // as last laid out
	drawn  *tagRenderer // nil while not on a canvas
}

// completions is how many matches are listed at once.
const completions = 8

// NewTagField makes an empty field.
func NewTagField(words TagWords) *TagField {
	f := &TagField{words: words, entry: NewEntry(), said: newParagraph(4)}
	f.list = newCompletion()
	f.list.left, f.list.resized, f.list.aside = f.complete, f.relayout, f.aside
	f.list.covers = func() CoversFunc { return f.Covers }
	f.list.pick = func(tag string) {
		focus(f, f.entry)
		f.add(tag)
	}
	f.entry.SetPlaceHolder(words.Prompt)
	f.entry.OnType = func(string) {
		f.say("")
		f.complete()
	}
	f.entry.OnKey = f.entryKey
	f.entry.OnFocus = f.entryFocus
	f.entry.OnShortcut = func(s fyne.Shortcut) bool { return f.OnShortcut != nil && f.OnShortcut(s) }
	f.ExtendBaseWidget(f)
	return f
}

// SetTags shows the tags of a document, in this order. Chips whose tags stay
// keep the focus.
func (f *TagField) SetTags(tags []TagView) {
	if slices.Equal(tags, f.tags) {
		return
	}
	old := map[string]*chip{}
	at := -1 // the chip with the focus
	for i, c := range f.chips {
		old[c.view.Tag] = c
		if c.focused {
			at = i
		}
	}
	f.tags = slices.Clone(tags)
	chips := make([]*chip, len(tags))
	for i, t := range tags {
		if chips[i] = old[t.Tag]; chips[i] == nil {
			chips[i] = newChip(f)
		}
		delete(old, t.Tag)
		chips[i].setView(t)
	}
	var lost *chip
	if at >= 0 && !slices.Contains(chips, f.chips[at]) {
		lost = f.chips[at]
	}
	f.chips = chips
	if lost != nil {
		f.focusChip(min(at, len(chips)-1))
	}
	f.complete()
	f.relayout()
}

// SetKnown gives the vocabulary, in the order in which it is listed.
func (f *TagField) SetKnown(known []TagView) {
	f.known = slices.Clone(known)
	f.folded = make([]string, len(known))
	fold := cases.Fold()
	for i, t := range known {
		f.folded[i] = fold.String(t.Tag)
	}
	f.complete()
}

// SetReadOnly lets tags be seen and not be changed.
func (f *TagField) SetReadOnly(on bool) {
	if f.fixed == on {
		return
	}
	f.fixed = on
	f.entry.SetReadOnly(on)
	f.entry.SetPlaceHolder(f.words.Prompt)
	if on {
		f.entry.SetPlaceHolder("")
	}
	f.list.set(nil)
	for _, c := range f.chips {
		c.Refresh()
	}
	f.relayout()
}

// Refused puts a tag back that OnAdd was told of and that was not taken, to be
// mended, and says why. Where something else is typed by now, that stays.
func (f *TagField) Refused(tag, why string) {
	if f.entry.Text == "" {
		f.entry.SetTyped(tag)
		if f.entry.focused {
			f.entry.CaretToEnd()
		}
	}
	f.say(why)
}

func (f *TagField) say(words string) {
	if f.wrong != words {
		f.wrong = words
		f.entry.SetBad(words != "")
		f.relayout()
	}
}

// FocusedTag is the tag whose chip has the focus, or "".
func (f *TagField) FocusedTag() string {
	for _, c := range f.chips {
		if c.focused {
			return c.view.Tag
		}
	}
	return ""
}

// Typing is what is typed and not added, and whether its entry has the focus.
func (f *TagField) Typing() (text string, focused bool) { return f.entry.Text, f.entry.focused }

// SetTyping puts words where tags are typed, as though the person had typed them.
func (f *TagField) SetTyping(text string) { f.entry.SetTyped(text) }

// FocusEntry puts the caret where tags are typed.
func (f *TagField) FocusEntry() { focus(f, f.entry) }

// complete lists what matches the typed text: the tags of which a level begins
// with it, a row for the text itself where the vocabulary does not have it, then
// the tags that contain it. So half a word takes the tag that is there, and makes
// no other beside it.
func (f *TagField) complete() {
	text := strings.TrimSpace(f.entry.Text)
	if text == "" || !f.entry.focused && !f.list.hovered {
		f.list.set(nil)
		return
	}
	typed := cases.Fold().String(text)
	var exact, begins, contains []suggestion
	for i, folded := range f.folded {
		s := suggestion{f.known[i], false}
		switch at := strings.Index(folded, typed); {
		case at < 0 || f.has(s.Tag):
		case folded == typed:
			exact = append(exact, s)
		case at == 0, strings.Contains(folded, "/"+typed):
			begins = append(begins, s)
		default:
			contains = append(contains, s)
		}
	}
	if len(exact) == 0 {
		exact = []suggestion{{TagView{Tag: text}, true}}
	}
	synonyms, sounds := f.find(text)
	begins = slices.Concat(synonyms, begins)
	begins = begins[:min(len(begins), completions-1)] // a new tag can always be made
	all := slices.Concat(begins, exact, contains, sounds)
	if len(exact) > 0 && !exact[0].isNew {
		all = slices.Concat(exact, begins, contains, sounds)
	}
	all = onceEach(all)
	f.list.set(all[:min(len(all), completions)])
}

// aside is what stands at the right of a row: that it is new, or its key.
func (f *TagField) aside(s suggestion) string {
	switch {
	case s.isNew && f.words.New != nil:
		return f.words.New(s.Tag)
	case s.By != "" && f.words.By != nil:
		return f.words.By(s.By)
	case s.Key > 0:
		return fmt.Sprint(s.Key)
	}
	return ""
}

func (f *TagField) has(tag string) bool {
	return slices.ContainsFunc(f.tags, func(t TagView) bool { return t.Tag == tag })
}

// add hands a tag over and makes room for the next.
func (f *TagField) add(tag string) {
	f.entry.SetText("")
	f.say("")
	f.list.set(nil)
	f.relayout()
	if tag != "" && !f.has(tag) && f.OnAdd != nil {
		f.OnAdd(tag)
	}
}

func (f *TagField) remove(tag string) {
	if f.OnRemove != nil && !f.fixed {
		f.OnRemove(tag)
	}
}

// entryKey takes the keys of the list and the way to the chips.
func (f *TagField) entryKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyDown:
		f.list.move(1)
	case fyne.KeyUp:
		f.list.move(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if tag, ok := f.list.text(); ok {
			f.add(tag)
		}
	case fyne.KeyEscape:
		if f.entry.Text == "" {
			return false
		}
		f.add("")
	case fyne.KeyBackspace, fyne.KeyLeft:
		if f.entry.Text != "" || len(f.chips) == 0 {
			return false
		}
		f.focusChip(len(f.chips) - 1)
	default:
		return false
	}
	return true
}

func (f *TagField) entryFocus(on bool) {
	f.complete()
	if on && f.OnFocus != nil {
		f.OnFocus()
	}
}

// focusChip gives the focus to a chip; beyond the chips lies the entry.
func (f *TagField) focusChip(i int) {
	if i < 0 || i >= len(f.chips) {
		focus(f, f.entry)
		return
	}
	focus(f, f.chips[i])
}

// chip is one tag.
type chip struct {
	press
	field *TagField
	view  TagView
	guard imeGuard
}

var (
	_ fyne.Focusable  = (*chip)(nil)
	_ desktop.Keyable = (*chip)(nil)
)

func newChip(f *TagField) *chip {
	c := &chip{field: f}
	c.small = true
	c.onTap = func() { focus(f, c) }
	c.ExtendBaseWidget(c)
	return c
}

func (c *chip) setView(v TagView) {
	if c.view != v {
		c.view = v
		c.Refresh()
	}
}

// FocusGained shows the ring.
func (c *chip) FocusGained() {
	c.guard.focus(c, true)
	c.focused = true
	c.Refresh()
	if c.field.OnFocus != nil {
		c.field.OnFocus()
	}
}

// FocusLost hides the ring.
func (c *chip) FocusLost() {
	c.guard.focus(c, false)
	c.focused = false
	c.Refresh()
}

// KeyDown notes a key press before anything acts on it.
func (c *chip) KeyDown(k *fyne.KeyEvent) { c.guard.keyDown(k.Name) }

// KeyUp notes that a key was let go.
func (c *chip) KeyUp(k *fyne.KeyEvent) { c.guard.keyUp(k.Name) }

// TypedRune goes on typing in the entry.
func (c *chip) TypedRune(r rune) {
	focus(c.field, c.field.entry)
	c.field.entry.TypedRune(r)
}

// TypedKey moves among the chips and takes this one away.
func (c *chip) TypedKey(k *fyne.KeyEvent) {
	if c.guard.swallow(k.Name) || functionKey(k) {
		return
	}
	at := slices.Index(c.field.chips, c)
	switch k.Name {
	case fyne.KeyLeft:
		c.field.focusChip(max(at-1, 0))
	case fyne.KeyRight:
		c.field.focusChip(at + 1)
	case fyne.KeyHome:
		c.field.focusChip(0)
	case fyne.KeyEnd, fyne.KeyEscape:
		c.field.focusChip(len(c.field.chips))
	case fyne.KeyDelete:
		c.field.remove(c.view.Tag)
	}
}
