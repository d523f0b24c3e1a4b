package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Ctrl+P hands a page of the document that is shown to the system's browser.
func TestPrintTheDocument(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"zh-Hans","theme":"light","width":1000,"height":700}`)
	tools, temp := filepath.Join(d.dir, "tools"), filepath.Join(d.dir, "temp")
	for _, dir := range []string{tools, temp} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	opened := filepath.Join(d.dir, "opened")
	if err := os.WriteFile(filepath.Join(tools, "xdg-open"), []byte("#!/bin/sh\nprintf '%s' \"$1\" >'"+opened+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.env = append(d.env, "PATH="+tools+string(filepath.ListSeparator)+os.Getenv("PATH"), "TMPDIR="+temp)
	archive := filepath.Join(d.dir, "a.fonds")
	notice := filepath.Join(d.dir, "n.txt")
	if err := os.WriteFile(notice, []byte("关于召开会议的通知\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	d.mustVerb("new", archive, "--as", "Zhang")
	d.mustVerb("import", archive, notice, "--as", "Zhang")
	d.start(archive)
	d.until("the document", func() bool { return strings.Contains(d.title(), "通知") || strings.Contains(d.title(), "n.txt") })
	d.rest()
	d.keys("ctrl+p")
	var address string
	d.until("the browser", func() bool {
		data, _ := os.ReadFile(opened)
		address = string(data)
		return address != ""
	})
	page, err := os.ReadFile(strings.TrimPrefix(address, "file://"))
	if err != nil || !strings.Contains(string(page), "关于召开会议的通知") || !strings.Contains(string(page), `lang="zh-Hans"`) {
		t.Errorf("%s: %v", address, err)
	}
}
