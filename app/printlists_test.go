package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/arranging"
	"fonds/app/settings"
)

// TestListsByKeys: which list, how, and into which file is asked by keys; one that is there
// stays, and where there is nothing to list a sentence says what to do.
func TestListsByKeys(t *testing.T) {
	b := newBench(t, settings.Settings{Name: "Zhang", Language: "zh-Hans"}, Options{Sample: true})
	dir := t.TempDir()
	ask := func(list, how, path string) {
		t.Helper()
		b.types(list)
		b.keys(fyne.KeyReturn)
		b.m.Settle()
		b.types(how)
		b.keys(fyne.KeyReturn)
		b.m.Settle()
		b.replace(path)
		b.keys(fyne.KeyReturn)
		b.m.Settle()
	}
	b.run("print.list")
	ask("filed", "xlsx", filepath.Join(dir, "目录"))
	book, err := os.ReadFile(filepath.Join(dir, "目录.xlsx"))
	if err != nil || !strings.HasPrefix(string(book), "PK") {
		t.Fatalf("no workbook: %v", err)
	}
	b.run("print.list")
	ask("归档文件", "html", filepath.Join(dir, "目录.html"))
	page, err := os.ReadFile(filepath.Join(dir, "目录.html"))
	if err != nil || !strings.Contains(string(page), "归档文件目录") {
		t.Fatalf("no page: %v", err)
	}
	b.run("print.list")
	ask("filed", "html", filepath.Join(dir, "目录.html"))
	if b.modal == nil {
		t.Fatal("nothing says that the page is there already")
	}
	b.keys(fyne.KeyEscape)
	if now, _ := os.ReadFile(filepath.Join(dir, "目录.html")); string(now) != string(page) {
		t.Error("the page was written over")
	}
	b.run("print.list")
	ask("contents", "html", filepath.Join(dir, "卷内"))
	if _, err := os.Stat(filepath.Join(dir, "卷内.html")); err == nil || b.modal == nil {
		t.Error("without files something was written, or nothing said")
	}
	b.keys(fyne.KeyEscape)
}

// TestAUnitOnPaper: the list of the unit that is chosen in the arrangement, by one key.
func TestAUnitOnPaper(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	press := func(all ...fyne.KeyName) { t.Helper(); b.m.Keys(t, b.win.Canvas(), all...) }
	b.run("arranging.open")
	b.m.Settle()
	press("n")
	b.types("Z109")
	press(fyne.KeyReturn)
	b.m.Settle()
	press(fyne.KeyHome)
	b.m.Settle()
	if b.showing != arranging.Screen {
		t.Fatal("the page is not shown")
	}
	press("p")
	b.types("isad")
	press(fyne.KeyReturn)
	b.m.Settle()
	b.types("html")
	press(fyne.KeyReturn)
	b.m.Settle()
	path := filepath.Join(t.TempDir(), "levels.html")
	b.replace(path)
	press(fyne.KeyReturn)
	b.m.Settle()
	page, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(page), `<span class="named">`) || strings.Count(string(page), "<h2>") != 1 {
		t.Errorf("%v: %.300s", err, page)
	}
}
