package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/session"
	"fonds/app/vocab"
	"fonds/widgets"
	"fonds/widgets/look"
)

// What a picker is for.
type pickKind int

const (
	pickArchive    pickKind = iota // an archive that is there
	pickNew                        // the name of one that is not
	pickFiles                      // a file, or a folder with all that is in it
	pickTable                      // a catalogue
	pickTemplate                   // a template of fields
	pickVocabulary                 // terms in SKOS or in a table
	pickOut                        // the name of a file that is not there, and no archive
)

// picker asks for a file by its path: typed, or found in the list of the folder
// that the typed path lies in. Folders are read on a worker. (Fyne's own dialog
// stands still in a folder of a few hundred folders, and wants a mouse.)
type picker struct {
	w     *window
	m     *modal
	kind  pickKind
	path  *widgets.Entry
	list  *widgets.List
	said  *widget.Label
	dir   string   // that the list shows
	all   []choice // of dir
	shown []choice
	gen   int
	moved bool // a row was chosen by the person
	done  func(path string)
}

// choice is one row.
type choice struct {
	path, name string
	folder     bool
	whole      bool // take the folder with all that is in it
}

// pick asks for a file.
func (w *window) pick(kind pickKind, title, text, do string, done func(path string)) {
	p := &picker{w: w, kind: kind, done: done}
	p.path = widgets.NewEntry()
	p.path.OnType = func(string) { p.typed() }
	p.path.OnKey = p.key
	p.list = widgets.NewList()
	p.list.Covers = session.Covers
	p.list.OnSelect = func(int) { p.moved = true }
	p.list.OnActivate = func(i int) { p.take(p.shown[i]) }
	p.list.OnKey = func(k *fyne.KeyEvent) bool { return p.m.escape(k) }
	p.said = widget.NewLabel("")
	p.said.Wrapping = fyne.TextWrapBreak
	p.said.Importance = widget.DangerImportance
	room := canvas.NewRectangle(look.Current().Paper)
	room.SetMinSize(fyne.NewSize(0, min(7*look.TwoRowHeight, w.win.Canvas().Size().Height-12*look.Edge)))
	cancel := widgets.NewButton(i18n.T("button.cancel"), func() { p.m.close() })
	yes := widgets.NewPrimaryButton(do, p.accept)
	for _, b := range []*widgets.Button{cancel, yes} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return p.m.escape(k) }
	}
	p.m = w.open(title, container.NewBorder(
		container.New(layout.NewCustomPaddedVBoxLayout(look.Near), paragraph(text), p.path), container.NewVBox(p.said, buttons(cancel, yes)),
		nil, nil, container.NewStack(room, p.list)), 640, func() {}, p.path)
	w.picker = p
	p.goInto(w.startFolder())
}

// new says whether a name is asked for that nothing has.
func (p *picker) new() bool { return p.kind == pickNew || p.kind == pickOut }

// tryAgain begins with a path that did not do, and says why.
func (p *picker) tryAgain(path, why string) {
	p.path.SetText(path)
	p.path.CaretToEnd()
	p.typed()
	p.say(why)
}

// goInto shows another folder.
func (p *picker) goInto(dir string) {
	if !strings.HasSuffix(dir, string(filepath.Separator)) {
		dir += string(filepath.Separator)
	}
	p.path.SetText(dir)
	p.path.CursorColumn = len([]rune(dir))
	p.path.Refresh()
	p.typed()
}

// typed follows the path that is typed.
func (p *picker) typed() {
	p.moved = false
	p.say("")
	dir, _ := filepath.Split(p.path.Text)
	if dir == p.dir {
		p.narrow()
		return
	}
	p.dir, p.all = dir, nil
	p.narrow()
	if dir == "" {
		return
	}
	p.gen++
	gen, cfg, kind := p.gen, p.w.s.Config(), p.kind
	cfg.Go(func() {
		all, err := readFolder(dir, kind)
		cfg.Do(func() {
			if gen != p.gen {
				return
			}
			if err != nil {
				p.say(session.Words(err))
			}
			p.all = all
			p.narrow()
		})
	})
}

// readFolder lists a folder: the folders first. Of files, those that can be
// chosen.
func readFolder(dir string, kind pickKind) ([]choice, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var folders, files []choice
	is := func(name string) bool {
		return strings.EqualFold(filepath.Ext(name), extension) && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
	}
	for _, e := range entries {
		if kind == pickFiles && ingest.OfArchive(e.Name(), e.IsDir(), is) {
			continue
		}
		c := choice{path: filepath.Join(dir, e.Name()), name: e.Name(), folder: isFolder(dir, e)}
		switch {
		case c.folder:
			folders = append(folders, c)
		case kind == pickTable && isTable(e.Name()), kind == pickVocabulary && isVocabulary(e.Name()), kind == pickTemplate && strings.EqualFold(filepath.Ext(e.Name()), ".json"), kind == pickFiles && !strings.EqualFold(filepath.Ext(e.Name()), extension),
			(kind == pickArchive || kind == pickNew) && strings.EqualFold(filepath.Ext(e.Name()), extension):
			files = append(files, c)
		}
	}
	return slices.Concat(folders, files), nil
}

// isTable says whether a file may be a catalogue, by its name.
func isTable(name string) bool {
	return slices.Contains([]string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm"}, strings.ToLower(filepath.Ext(name)))
}

// isVocabulary says whether a file may be one, by its name.
func isVocabulary(name string) bool {
	_, err := vocab.FormatOf(name)
	return err == nil
}

func isFolder(dir string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.IsDir()
	}
	st, err := os.Stat(filepath.Join(dir, e.Name()))
	return err == nil && st.IsDir()
}

// narrow lists what fits the end of the typed path.
func (p *picker) narrow() {
	_, tail := filepath.Split(p.path.Text)
	p.shown = nil
	if p.dir != "" {
		if tail == "" && p.kind == pickFiles {
			p.shown = append(p.shown, choice{path: p.dir, name: i18n.T("pick.whole"), folder: true, whole: true})
		}
		if parent := filepath.Dir(filepath.Clean(p.dir)); tail == "" && parent != filepath.Clean(p.dir) {
			p.shown = append(p.shown, choice{path: parent, name: i18n.T("pick.parent"), folder: true})
		}
	}
	for _, c := range p.all {
		hidden := strings.HasPrefix(c.name, ".") && !strings.HasPrefix(tail, ".")
		if !hidden && strings.Contains(strings.ToLower(c.name), strings.ToLower(tail)) {
			p.shown = append(p.shown, c)
		}
	}
	p.list.SetCount(len(p.shown), func(i int) widgets.Row {
		c := p.shown[i]
		r := widgets.Row{Title: c.name, Sub: c.path, Known: true}
		if c.folder && !c.whole {
			r.Badge = i18n.T("pick.folder")
		}
		return r
	})
	p.list.SetSelected(-1)
	p.list.EnsureVisible(0)
}

// key moves in the list from the entry.
func (p *picker) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		p.list.TypedKey(k)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.accept()
	default:
		return p.m.escape(k)
	}
	return true
}

// accept takes the row that was chosen, else the path that was typed.
func (p *picker) accept() {
	if at := p.list.Selected(); p.moved && at >= 0 {
		p.take(p.shown[at])
		return
	}
	path, cfg := p.path.Text, p.w.s.Config()
	if strings.TrimSpace(path) == "" {
		return
	}
	cfg.Go(func() {
		st, err := os.Stat(path)
		wrong := ""
		if p.new() && err != nil {
			wrong = newWrong(path)
		}
		cfg.Do(func() {
			switch {
			case p.path.Text != path:
			case wrong != "":
				p.say(wrong)
			case err == nil && st.IsDir():
				p.goInto(path)
				if p.kind == pickFiles && strings.HasSuffix(path, string(filepath.Separator)) {
					p.say(i18n.T("pick.choose"))
				}
			case err != nil && !p.new():
				p.say(session.Words(err))
			default:
				p.finish(path)
			}
		})
	})
}

// newWrong is why no file can be made at path, as far as can be told before it is
// tried; "" where it can.
func newWrong(path string) string {
	dir := filepath.Dir(path)
	st, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return i18n.T("pick.nofolder", "folder", session.OneLine(dir))
	case err != nil:
		return session.Words(err)
	case !st.IsDir():
		return i18n.T("pick.notfolder", "folder", session.OneLine(dir))
	}
	probe, err := os.CreateTemp(dir, ".fonds-probe-*")
	if err != nil {
		return session.Words(err)
	}
	probe.Close()
	os.Remove(probe.Name())
	return ""
}

func (p *picker) take(c choice) {
	switch {
	case c.folder && !c.whole:
		p.goInto(c.path)
		p.w.win.Canvas().Focus(p.path)
	case p.new():
		p.path.SetText(c.path)
		p.typed()
	default:
		p.finish(c.path)
	}
}

func (p *picker) finish(path string) {
	p.gen++
	p.m.close()
	p.done(path)
}

func (p *picker) say(words string) {
	if p.said.Text != words {
		p.said.SetText(words)
	}
}
