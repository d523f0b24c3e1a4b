package session

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// Labels are the program's own, in their order: the styles of the look are by the
// same numbers. Session.Palette has the archive's own behind them.
var Labels = archive.OwnLabels()

// LabelWords is a mark's label in the person's language; a label of one's own is
// what it is.
func LabelWords(label string) string {
	if i18n.Has("mark." + label) {
		return i18n.T("mark." + label)
	}
	return label
}

// Palette is what marks are made from: the program's labels and the archive's
// own.
func (s *Session) Palette() []archive.Label {
	if s.self == nil {
		return new(archive.Document).Palette()
	}
	return s.self.Palette()
}

// LabelStyle is the number of a label's style in the look.
func (s *Session) LabelStyle(label string) int { return s.LabelStyles()(label) }

// LabelStyles gives the number of a label's style in the look, as the palette is
// now; any goroutine may ask it. A label that stands in no palette, as when it was
// taken out, has one of the free styles, always the same.
func (s *Session) LabelStyles() func(label string) int {
	styles := s.styles // made anew where it changes
	return func(label string) int {
		if n, ok := styles[label]; ok {
			return n
		}
		sum := 0
		for _, r := range label {
			sum += int(r)
		}
		return len(Labels) + sum%(archive.Styles-len(Labels))
	}
}

// SetLabel puts a label into the palette, or changes the one of that name; done
// is told what came of it.
func (s *Session) SetLabel(l archive.Label, done func(error)) {
	s.Apply(func(_ []storage.Result, err error) { done(err) },
		&archive.Edit{Do: "label.set", Label: l.Name, Text: &l.Text, Style: &l.Style, Letter: &l.Key})
}

// RemoveLabel takes a label out of the palette; marks with it stay. done is told
// what came of it.
func (s *Session) RemoveLabel(label string, done func(error)) {
	s.Apply(func(_ []storage.Result, err error) { done(err) }, &archive.Edit{Do: "label.remove", Label: label})
}

// ownLabel begins the ids of the commands of the archive's own labels.
const ownLabel = "label:"

// setLabels follows the palette: its styles, and a command for each of the
// archive's own labels, behind those of the program's.
func (s *Session) setLabels() {
	palette := s.Palette()
	styles := map[string]int{}
	var own []*Command
	c := s.Commands
	c.all = slices.DeleteFunc(c.all, func(k *Command) bool { return strings.HasPrefix(k.ID, ownLabel) })
	for _, l := range palette {
		styles[l.Name] = l.Style
		if l.Own {
			own = append(own, c.labelCommand(l))
		}
	}
	s.styles = styles
	at := slices.IndexFunc(c.all, func(k *Command) bool { return k.ID == "mark."+Labels[len(Labels)-1] }) + 1
	c.all = slices.Insert(c.all, at, own...)
}

// labelCommand marks with a label of the archive's own: by its key where no
// command of the program has it, and by Alt with it, or Alt+Shift, where that is
// free.
func (c *Commands) labelCommand(l archive.Label) *Command {
	k := &Command{ID: ownLabel + l.Name, Label: i18n.K("cmd.mark.own"), Menu: MarkMenu, Document: true,
		words: func() string { return i18n.T("cmd.mark.own", "label", OneLine(l.Name)) },
		run:   func() { c.s.Mark(l.Name) }, enabled: c.onDoc}
	r, _ := utf8.DecodeRuneInString(l.Key)
	if l.Key == "" || c.KeyOf(r) != nil {
		return k
	}
	k.Rune = r
	if r < 'a' || r > 'z' {
		return k
	}
	name := fyne.KeyName(unicode.ToUpper(r))
	for _, sh := range []desktop.CustomShortcut{alt(name), altShift(name)} {
		if c.ByShortcut(&sh) == nil {
			k.Shortcuts = keys(sh)
			break
		}
	}
	return k
}

// KeyOf is the command of the program that has a single key, or nil: no label can
// have that.
func (c *Commands) KeyOf(r rune) *Command {
	if k := c.ByRune(r); k != nil && !strings.HasPrefix(k.ID, ownLabel) {
		return k
	}
	return nil
}

// onDoc says whether the document that is shown can be changed.
func (c *Commands) onDoc() bool {
	ro, _ := c.s.ReadOnly()
	return !ro && c.s.actor != "" && c.s.doc != nil
}
