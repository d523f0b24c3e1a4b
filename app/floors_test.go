package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// An arrow points down only: a package imports packages of the floors under its own. This file holds the table of the
// floors, reads what every package of the project imports, and fails with each arrow that points up. ARCHITECTURE.md
// says why the house stands like this.

// module is the path before every package of the project; the package in the root of the repository is main.
const module = "fonds"

// A floor says what some packages may import. Names are relative to the module; "widgets/..." is widgets and all under
// it; "." is the root of the repository.
type floor struct {
	packages []string // whom it is about; the first floor that names a package decides
	may      []string // which packages of the project they may import
	noFyne   bool     // Fyne is not even behind what they import
	never    []string // packages of others which they do not import
}

// outside is what reaches out of the process: files, processes, the network, databases.
var outside = []string{"os/...", "io/ioutil", "path/filepath", "net/...", "syscall", "database/..."}

// testDisk is for tests, of whatever floor, and for nothing else.
const testDisk = "storage/baddisk"

// sqlPackages are imported by storage and by nobody else: it is the only place with SQL.
var sqlPackages = []string{"database/...", "github.com/mattn/go-sqlite3"}

// pkg is what `go list -json` says of one package.
type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string // everything behind Imports
}

// matches says whether name is one of patterns.
func matches(name string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		under, all := strings.CutSuffix(p, "/...")
		return name == under || all && strings.HasPrefix(name, under+"/")
	})
}

// local gives the name of a package of the project relative to the module, and whether it is one.
func local(importPath string) (string, bool) {
	if importPath == module {
		return ".", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

func isFyne(importPath string) bool { return strings.HasPrefix(importPath, "fyne.io/") }

// check gives one sentence for each arrow that points up, in the order of the packages.
//
// Tests keep to the floors too, save that they may import what their own package may not touch outside the project:
// a test of storage/archive reads files, a test of the verbs damages an archive by SQL. A test of a package without
// Fyne has no Fyne either. Any test may use assets and the bad disk.
func check(pkgs []pkg) []string {
	var wrong []string
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for _, p := range pkgs {
		name, ours := local(p.ImportPath)
		if !ours {
			continue
		}
		i := slices.IndexFunc(floors, func(f floor) bool { return matches(name, f.packages) })
		if i < 0 {
			complain("%s is on no floor: add it to the table in app/floors_test.go and to ARCHITECTURE.md", name)
			continue
		}
		f := floors[i]
		for _, imported := range p.Imports {
			used, ours := local(imported)
			switch {
			case ours && (!matches(used, f.may) || used == testDisk):
				complain("%s imports %s, which is not below it", name, used)
			case !ours && matches(imported, f.never):
				complain("%s imports %s", name, imported)
			case matches(imported, sqlPackages) && name != "storage":
				complain("%s imports %s: SQL is in storage and nowhere else", name, imported)
			}
		}
		if f.noFyne {
			if j := slices.IndexFunc(p.Deps, isFyne); j >= 0 {
				complain("%s has Fyne behind it, by %s", name, p.Deps[j])
			}
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			used, ours := local(imported)
			switch {
			case ours && used != name && used != "assets" && used != testDisk && !matches(used, f.may):
				complain("a test of %s imports %s, which is not below it", name, used)
			case f.noFyne && isFyne(imported):
				complain("a test of %s imports %s", name, imported)
			}
		}
	}
	return wrong
}

// tags are the build tags of the program, as the Makefile has them.
func tags() string {
	if runtime.GOOS == "linux" {
		return "migrated_fynedo,sqlite_fts5,x11"
	}
	return "migrated_fynedo,sqlite_fts5"
}

// listPackages asks Go for every package of the project.
func listPackages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags", tags(),
		"-json=ImportPath,Imports,TestImports,XTestImports,Deps", "./...")
	cmd.Dir = ".."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("listing the packages: %v\n%s", err, stderr.String())
	}
	var pkgs []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatalf("reading what go list said: %v", err)
		}
		pkgs = append(pkgs, p)
	}
}

func TestFloors(t *testing.T) {
	pkgs := listPackages(t)
	for _, want := range []string{".", "app", "assets", "storage", "storage/archive", "widgets"} {
		if !slices.ContainsFunc(pkgs, func(p pkg) bool { return p.ImportPath == path.Join(module, want) }) {
			t.Errorf("there is no package %s: the table of floors is not the one of this house", want)
		}
	}
	for _, sentence := range check(pkgs) {
		t.Error(sentence)
	}
}

// The checker itself: arrows that point up, made up, each of which must be seen.
func TestFloorsAreChecked(t *testing.T) {
	for _, tt := range []struct {
		name string
		pkg  pkg
		want string // the one sentence, "" for none
	}{
		{"down", pkg{ImportPath: "fonds/storage", Imports: []string{"fonds/storage/archive", "database/sql"}}, ""},
		{"rules know nothing of the project", pkg{ImportPath: "fonds/storage/archive", Imports: []string{"fonds/assets"}},
			"storage/archive imports assets, which is not below it"},
		{"rules read no file", pkg{ImportPath: "fonds/storage/archive", Imports: []string{"os"}},
			"storage/archive imports os"},
		{"rules know no SQL", pkg{ImportPath: "fonds/storage/archive", Imports: []string{"database/sql"}},
			"storage/archive imports database/sql"},
		{"storage does not import", pkg{ImportPath: "fonds/storage", Imports: []string{"fonds/app/ingest"}},
			"storage imports app/ingest, which is not below it"},
		{"widgets know no archive", pkg{ImportPath: "fonds/widgets", Imports: []string{"fonds/storage/archive"}},
			"widgets imports storage/archive, which is not below it"},
		{"nor do those under them", pkg{ImportPath: "fonds/widgets/look", Imports: []string{"fonds/app/i18n"}},
			"widgets/look imports app/i18n, which is not below it"},
		{"layout knows no painting", pkg{ImportPath: "fonds/widgets/textlayout", Imports: []string{"fonds/widgets/textpaint"}},
			"widgets/textlayout imports widgets/textpaint, which is not below it"},
		{"painting has no Fyne", pkg{ImportPath: "fonds/widgets/textpaint", Deps: []string{"image", "fyne.io/fyne/v2"}},
			"widgets/textpaint has Fyne behind it, by fyne.io/fyne/v2"},
		{"verbs have no Fyne", pkg{ImportPath: "fonds/app/command", Deps: []string{"fyne.io/fyne/v2/storage"}},
			"app/command has Fyne behind it, by fyne.io/fyne/v2/storage"},
		{"nor have their tests", pkg{ImportPath: "fonds/app/ingest", XTestImports: []string{"fyne.io/fyne/v2/test"}},
			"a test of app/ingest imports fyne.io/fyne/v2/test"},
		{"screens do not know each other", pkg{ImportPath: "fonds/app/desk", Imports: []string{"fonds/app/library"}},
			"app/desk imports app/library, which is not below it"},
		{"nor the window", pkg{ImportPath: "fonds/app/library", Imports: []string{"fonds/app"}},
			"app/library imports app, which is not below it"},
		{"the session knows no screen", pkg{ImportPath: "fonds/app/session", Imports: []string{"fonds/app/desk"}},
			"app/session imports app/desk, which is not below it"},
		{"a test is no way around", pkg{ImportPath: "fonds/widgets", TestImports: []string{"fonds/app/session"}},
			"a test of widgets imports app/session, which is not below it"},
		{"a test may use its package and assets", pkg{ImportPath: "fonds/widgets/textpaint",
			XTestImports: []string{"fonds/widgets/textpaint", "fonds/assets"}}, ""},
		{"and the bad disk", pkg{ImportPath: "fonds/app/settings", TestImports: []string{"fonds/storage/baddisk"}}, ""},
		{"which the program may not", pkg{ImportPath: "fonds/app/command", Imports: []string{"fonds/storage/baddisk"}},
			"app/command imports storage/baddisk, which is not below it"},
		{"assets are a leaf", pkg{ImportPath: "fonds/assets", Imports: []string{"embed", "os"}},
			"assets imports os"},
		{"SQL in one place", pkg{ImportPath: "fonds/app/command", Imports: []string{"github.com/mattn/go-sqlite3"}},
			"app/command imports github.com/mattn/go-sqlite3: SQL is in storage and nowhere else"},
		{"a new package wants a floor", pkg{ImportPath: "fonds/app/gadgets"},
			"app/gadgets is on no floor: add it to the table in app/floors_test.go and to ARCHITECTURE.md"},
		{"others are none of ours", pkg{ImportPath: "fonds.org/storage", Imports: []string{"fonds/app"}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(check([]pkg{tt.pkg}), "; "); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
