package app_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// topLevel is all that the top level of the repository holds.
var topLevel = []string{
	".ci", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "FyneApp.toml", "LICENSE", "Makefile",
	"README.md", "app", "assets", "go.mod", "go.sum", "main.go", "storage", "widgets",
}

// longest is the greatest number of lines of a file of Go: one idea a file.
const longest = 400

// longFiles are those that may be longer, each with its reason.
var longFiles = map[string]string{}

func TestTopLevel(t *testing.T) {
	got := map[string]bool{}
	for _, name := range topLevelNames(t) {
		got[name] = true
		if !slices.Contains(topLevel, name) {
			t.Errorf("%s does not belong on the top level of the repository", name)
		}
	}
	for _, name := range topLevel {
		if !got[name] {
			t.Errorf("%s is missing from the top level of the repository", name)
		}
	}
}

// topLevelNames gives what git keeps on the top level; without git (a copy of the sources) what lies there.
func topLevelNames(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z")
	cmd.Dir = ".."
	if out, err := cmd.Output(); err == nil && len(out) > 0 {
		var names []string
		for file := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			name, _, _ := strings.Cut(file, "/")
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return names
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name() != "build" && e.Name() != ".git" {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestFileLength(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		file, err := filepath.Rel("..", name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if file == "build" || file != "." && strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(file) != ".go" {
			return nil
		}
		seen++
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		lines := bytes.Count(data, []byte("\n"))
		reason := longFiles[filepath.ToSlash(file)]
		if lines > longest && reason == "" {
			t.Errorf("%s has %d lines, more than %d: split it, or give a reason in app/house_test.go", file, lines, longest)
		}
		if lines <= longest && reason != "" {
			t.Errorf("%s has %d lines and needs no exception any more", file, lines)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Error("no file of Go was found")
	}
}
