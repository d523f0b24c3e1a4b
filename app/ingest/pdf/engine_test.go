package pdf

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// compiledIn is where tests keep compiled PDFium, so that not each run compiles it.
func compiledIn() string { return filepath.Join(os.TempDir(), "fonds-test-pdfium") }

var shareOne = sync.OnceValues(func() (*Engine, error) { return Open(Options{CacheDir: compiledIn(), Font: font()}) })

// engine is an engine that tests share.
func engine(t testing.TB) *Engine {
	t.Helper()
	e, err := shareOne()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// font is the font of the program, read from where it lies: this package may not import it.
func font() []byte {
	data, _ := os.ReadFile("../../../assets/fonts/NotoSansSC-Regular.otf")
	return data
}

// sound checks what holds of every content.
func sound(t testing.TB, name string, c *content.Content) {
	t.Helper()
	if !utf8.ValidString(c.Text) {
		t.Errorf("%s: the text is no UTF-8", name)
	}
	for _, r := range c.Text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			t.Errorf("%s: the text has the control %U", name, r)
			break
		}
	}
	n, last := utf8.RuneCountInString(c.Text), 0
	for i, p := range c.Pages {
		if p.Start < last || p.Start > n || p.Width < 1 || p.Height < 1 {
			t.Errorf("%s: page %d is %+v in a text of %d", name, i+1, p, n)
		}
		last = p.Start
	}
	for _, s := range c.Said {
		if s.Value == "" || s.Field == "" || s.Where == "" || !utf8.ValidString(s.Value) {
			t.Errorf("%s: it says %+v", name, s)
		}
	}
}
