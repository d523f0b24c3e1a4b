package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDestroyInTheWindow ends a document's life in the real program, by keyboard
// throughout: removed, restored, destroyed, and nothing of it left in the file.
// Where pictures are wanted it is done light and dark.
func TestDestroyInTheWindow(t *testing.T) {
	looks := []string{"light"}
	if os.Getenv("FONDS_PICTURES") != "" {
		looks = []string{"light", "dark"}
	}
	for _, look := range looks {
		t.Run(look, func(t *testing.T) { destroyInTheWindow(t, look) })
	}
}

func destroyInTheWindow(t *testing.T, theme string) {
	d := newDesktop(t, fmt.Sprintf(`{"name":"Zhang","language":"en","theme":%q,"width":1280,"height":800}`, theme))
	archive := filepath.Join(d.dir, "a.fonds")
	for name, text := range map[string]string{"1-persimmon.txt": "关于柿子节的通知\nThe persimmon fair of Zyzzyva.", "2-other.txt": "另一份通知\nAnother notice."} {
		if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"new", archive}, {"import", archive, filepath.Join(d.dir, "1-persimmon.txt"), filepath.Join(d.dir, "2-other.txt")}} {
		if out, exit := d.verb(args...); exit != 0 {
			t.Fatalf("%v: exit %d: %s", args, exit, out)
		}
	}
	const doc = "path:1-persimmon.txt"
	id := d.show(archive, doc).ID
	says := func(words string) func() bool {
		return func() bool {
			out, _ := d.verb("history", archive, "--json")
			return strings.Contains(out, words)
		}
	}
	command := func(words string) { // by the palette
		d.t.Helper()
		d.keys("ctrl+k")
		d.write(words)
		d.keys("Return")
	}
	d.start(archive)
	d.until("the document", func() bool { return strings.Contains(d.title(), "1-persimmon") })
	command("Remove from view")
	d.until("it is removed", says(`"do":"document.remove"`))
	d.keys("ctrl+shift+8")
	d.picture("removed-" + theme)
	command("Restore")
	d.until("it is restored", says(`"do":"document.restore"`))
	d.keys("ctrl+shift+1")
	command("Destroy")
	d.picture("destroy-" + theme)
	d.write("Retention schedule 7.2")
	d.keys("Return")
	d.write("its term has ended")
	d.keys("Return")
	d.picture("confirm-" + theme)
	d.write(id[len(id)-8:])
	d.keys("Return")
	d.until("it is destroyed", says("Retention schedule 7.2"))
	d.until("the other document", func() bool { return strings.Contains(d.title(), "2-other") })
	d.picture("destroyed-" + theme)
	d.close()
	if out, exit := d.verb("verify", archive); exit != 0 || !strings.Contains(out, "1 destroyed, under Retention schedule 7.2.") || strings.Contains(out, "compact") {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Zyzzyva", "zyzzyva", "persimmon", "柿子节"} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("%s stands in the file", word)
		}
	}
}
