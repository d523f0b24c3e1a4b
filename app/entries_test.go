package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/widgets"
)

// Fyne's own text fields lose committed text to the keys of input methods, so
// that widgets.Entry is the only one: nothing else of the program may make one.
func TestEveryTextFieldIsTheEntry(t *testing.T) {
	const fyneWidgets, itself = `"fyne.io/fyne/v2/widget"`, "widgets/entry.go"
	fields := []string{"Entry", "NewEntry", "NewEntryWithData", "NewMultiLineEntry", "NewPasswordEntry",
		"SelectEntry", "NewSelectEntry", "DateEntry", "NewDateEntry", "NumericalEntry"}
	used := false
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != ".." && (d.Name() == "build" || strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			return err
		}
		pkg := ""
		for _, i := range f.Imports {
			if i.Path.Value == fyneWidgets {
				if pkg = "widget"; i.Name != nil {
					pkg = i.Name.Name
				}
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok || !slices.Contains(fields, s.Sel.Name) {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && pkg != "" && x.Name == pkg {
				if strings.HasSuffix(filepath.ToSlash(name), itself) {
					used = true
				} else {
					t.Errorf("%s: %s.%s is Fyne's own text field; take widgets.NewEntry", set.Position(s.Pos()), pkg, s.Sel.Name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !used {
		t.Error("not even the entry itself was found: this test looks at nothing")
	}
}

func TestStatusSaysWhenAnInputMethodComposes(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	t.Cleanup(func() { widgets.Composing = nil })
	says := func() bool {
		return slices.ContainsFunc(b.segments(), func(s widgets.Segment) bool { return strings.HasPrefix(s.Text, "Input method") })
	}
	if says() {
		t.Error("it is said while nothing is composed")
	}
	widgets.Composing(true)
	if !says() {
		t.Error("it is not said while something is composed")
	}
	widgets.Composing(false)
	if says() {
		t.Error("it is still said afterwards")
	}
}

// A caret that fades would have the window painted all the time.
func TestNothingMovesByItself(t *testing.T) {
	b := newBench(t, zhang, Options{})
	if !b.app.Settings().ShowAnimations() {
		t.Skip("Fyne's test app has no animations by itself")
	}
	var a fyne.App = still{b.app}
	if a.Settings().ShowAnimations() {
		t.Error("Fyne is told that it may animate")
	}
	if a.Settings().Theme() != b.app.Settings().Theme() {
		t.Error("the other settings are not those of the app")
	}
}
