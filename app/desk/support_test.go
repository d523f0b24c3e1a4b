package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// screen is the desk in a window, with an archive of two documents open.
type screen struct {
	*Desk
	t     *testing.T
	m     *session.Manual
	path  string
	times int // it was opened
	actor string
}

const (
	firstText  = "第一件通知\n李振国厅长讲话。\n会议在银川召开。"
	secondText = "第二件通知\n正文。"
)

func opened(t *testing.T) *screen {
	t.Helper()
	test.NewTempApp(t)
	sc := &screen{t: t, path: filled(t)}
	sc.open()
	return sc
}

// open shows the archive in a window of its own, as a program that starts does.
func (sc *screen) open() {
	sc.t.Helper()
	sc.m = session.NewManual()
	sc.m.Pass(time.Duration(sc.times) * time.Hour)
	sc.times++
	s := session.New(sc.m.Config())
	if sc.actor == "" {
		sc.actor = "Zhang"
	}
	s.SetActor(sc.actor)
	w := test.NewTempWindow(sc.t, nil)
	sc.Desk = New(s, w.Canvas())
	w.SetContent(container.NewGridWithColumns(2, sc.Reader(), sc.Inspector()))
	w.Resize(fyne.NewSize(1280, 800))
	sc.m.Open(sc.t, s, sc.path)
}

func filled(t *testing.T) string {
	t.Helper()
	return filledWith(t, firstText, secondText)
}

// filledWith makes an archive of Zhang's with documents of those texts, each with
// a proposal of its title, and gives its path.
func filledWith(t *testing.T, texts ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.fonds")
	ctx := context.Background()
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: template.Default}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := make(chan *archive.Incoming, len(texts))
	for i, text := range texts {
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: string(rune('a'+i)) + ".txt", Order: i, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text,
			Proposals: []archive.Proposal{{Field: archive.TitleField, Value: string([]rune(text)[:5]), Rule: "title.first-line", Start: 0, End: 5, Confidence: 0.9}}}
	}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	return path
}

// keys presses keys on what has the focus: single characters are typed, longer
// names are keys, "Alt+a" is a shortcut as the menu would hand it to the table.
func (sc *screen) keys(all ...string) {
	sc.t.Helper()
	for _, k := range all {
		f := sc.on.Focused()
		if f == nil {
			sc.t.Fatalf("%s: nothing has the focus", k)
		}
		mod, name, combined := strings.Cut(k, "+")
		switch {
		case combined && mod == "Alt":
			c := sc.s.Commands.ByShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyName(name), Modifier: fyne.KeyModifierAlt})
			if c == nil {
				sc.t.Fatalf("%s is no shortcut", k)
			}
			sc.s.Commands.Run(c.ID)
		case combined:
			f.(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyName(name), Modifier: fyne.KeyModifierShortcutDefault})
		case len([]rune(k)) == 1:
			f.TypedRune([]rune(k)[0])
		default:
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(k)})
		}
		sc.m.Settle()
	}
}

// types types words into what has the focus, and leaves timers alone.
func (sc *screen) types(words string) {
	sc.t.Helper()
	for _, r := range words {
		sc.on.Focused().TypedRune(r)
	}
	sc.m.Settle()
}

// replace selects all that is in the focused entry and types over it.
func (sc *screen) replace(words string) {
	sc.t.Helper()
	sc.on.Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	sc.types(words)
}

// selects selects words of the text, with the text focused.
func (sc *screen) selects(words string) {
	sc.t.Helper()
	at := sc.s.Document().Text.Text().Index(words, 0)
	if at < 0 {
		sc.t.Fatalf("the text does not have %q", words)
	}
	sc.FocusText()
	sc.text.Select(widgets.Span{Start: at, End: at + len([]rune(words))})
	sc.m.Settle()
}

func (sc *screen) title() string {
	if v := sc.s.Document().Values(archive.TitleField); len(v) == 1 {
		return v[0].Text
	}
	return ""
}

func (sc *screen) wellSaved() {
	sc.t.Helper()
	if st := sc.s.Status(); st.Error != "" || st.Saving != 0 {
		sc.t.Errorf("the status bar says %q, %d on their way", st.Error, st.Saving)
	}
}

func altKey(name fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierAlt}
}
