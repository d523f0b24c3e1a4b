package app_test

import (
	"bytes"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSeveralHands is an archive in the hands of several people at once: Wang
// and Li in a window each, Zhao by verbs between them; a value that somebody
// changes under another's fingers; a review; a disk that is full; a program that
// is killed; a file that is damaged and recovered.
func TestSeveralHands(t *testing.T) {
	wang := newDesktop(t, `{"name":"Wang","language":"en","theme":"light","width":950,"height":800}`)
	li := newDesktop(t, `{"name":"Li","language":"zh-Hans","theme":"light","width":950,"height":800}`)
	room, small := smallDisk(t)
	archive, notice := filepath.Join(room, "county.fonds"), filepath.Join(wang.dir, "n.txt")
	const doc = "path:n.txt"
	if err := os.WriteFile(notice, []byte("县档案局召开会议\n李振国主持。\n"+strings.Repeat("会议研究了档案工作。\n", 40)), 0o666); err != nil {
		t.Fatal(err)
	}
	wang.mustVerb("new", archive, "--as", "Zhang")
	wang.mustVerb("import", archive, notice, "--as", "Zhang")
	apply := func(who string, lines ...string) {
		t.Helper()
		edits := filepath.Join(wang.dir, "edits.jsonl")
		if err := os.WriteFile(edits, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		wang.mustVerb("apply", archive, edits, "--as", who)
	}
	apply("Zhang", `{"do":"person.set","name":"Li","role":"reviewer"}`, `{"do":"person.set","name":"Wang","role":"archivist"}`)
	has := func(value string) func() bool {
		return func() bool { return wang.has(archive, doc, "dcterms:title", value) }
	}

	// A verb between two windows, while one of them is typing.
	wang.start(archive)
	wang.until("the document", func() bool { return strings.Contains(wang.title(), "n.txt") })
	li.start(archive)
	li.until("the document", func() bool { return strings.Contains(li.title(), "n.txt") })
	li.x("windowmove", "--sync", li.window, "965", "0") // beside Wang's
	wang.focus()
	wang.keys("ctrl+1", "ctrl+a")
	wang.write("Wang's words")
	wang.until("what Wang types to be kept", func() bool { return strings.HasSuffix(draftOf(t, archive, "Wang"), "Wang's words") })
	before := li.look()
	apply("Zhao", `{"do":"field.set","doc":"`+doc+`","field":"dcterms:title","values":[{"value":"Zhao's words"}]}`)
	li.until("Li's window to show it", func() bool { return !bytes.Equal(li.look(), before) })
	wang.focus()
	wang.keys("Return")
	wang.picture("stale-en")
	wang.mustVerb("verify", archive) // and time for what was typed to do harm
	if !has("Zhao's words")() {
		t.Fatal("what Wang typed has overwritten what Zhao set meanwhile")
	}
	wang.until("Wang's words, after all", func() bool {
		wang.keys("Return") // of the two, mine
		return has("Wang's words")()
	})

	// Review: what Wang types waits for Li, who decides by a key.
	apply("Zhang", `{"do":"policy.set","review":"everything"}`)
	wang.until("the rules to be known", func() bool {
		wang.focus()
		wang.keys("ctrl+1", "ctrl+a")
		wang.write("For review")
		wang.keys("Return")
		out, _ := wang.verb("review", archive, "--by", "Wang")
		return strings.Contains(out, "For review")
	})
	if !has("Wang's words")() {
		t.Fatal("a proposal is in force before anybody decided on it")
	}
	wang.picture("proposed-en")
	li.focus()
	li.until("Li to approve it", func() bool {
		li.keys("ctrl+1", "alt+a")
		return has("For review")()
	})
	li.picture("approved-zh")
	apply("Zhang", `{"do":"policy.set","review":"none"}`)

	// A full disk: what is typed stays, and is in the file when there is room.
	if small {
		wang.fullDisk(room, archive, has)
	}

	// Killed with words half typed, and the file damaged before anybody looks.
	li.focus()
	li.close()
	wang.focus()
	wang.keys("ctrl+1", "ctrl+a")
	wang.write("Half typed wor")
	wang.until("what is typed to be kept", func() bool { return strings.HasSuffix(draftOf(t, archive, "Wang"), "Half typed wor") })
	wang.kill()
	wang.mustVerb("verify", archive)
	wang.damage(archive)
	if out, exit := wang.verb("verify", archive); exit != 3 {
		t.Fatalf("verify of a damaged archive: exit %d: %s", exit, out)
	}
	sound := filepath.Join(wang.dir, "sound.fonds")
	out, exit := wang.verb("recover", archive, sound, "--as", "Zhang")
	if exit > 1 {
		t.Fatalf("recover: exit %d: %s", exit, out)
	}
	wang.mustVerb("verify", sound)
	if !wang.has(sound, doc, "dcterms:title", "For review") && !wang.has(sound, doc, "dcterms:title", "After the full disk") {
		t.Errorf("the recovered archive has another title: %+v; recover said: %s", wang.show(sound, doc), out)
	}
	if got := draftOf(t, sound, "Wang"); !strings.HasSuffix(got, "Half typed wor") {
		t.Errorf("what was half typed is not in the recovered archive: %q", got)
	}
	wang.start(sound)
	wang.until("the recovered document", func() bool { return strings.Contains(wang.title(), "n.txt") })
	wang.picture("recovered-en")
	wang.close()
}

// focus brings this window to the front and gives it the keyboard.
func (d *desktop) focus() {
	d.t.Helper()
	d.x("windowraise", d.window, "windowfocus", "--sync", d.window)
}

// look is what the window shows, as bytes to compare.
func (d *desktop) look() []byte {
	out, _ := d.shot("-depth", "8", "gray:-")
	return out
}

// rest waits until the window shows the same for a while, as a person does who reads
// before pressing the next key.
func (d *desktop) rest() {
	d.t.Helper()
	last := d.look()
	d.until("the window to come to rest", func() bool {
		time.Sleep(150 * time.Millisecond)
		now := d.look()
		same := bytes.Equal(now, last)
		last = now
		return same
	})
}

// smallDisk is a folder on a disk of 8 MB, where this system allows a test to
// make one; else any folder.
func smallDisk(t *testing.T) (dir string, small bool) {
	t.Helper()
	dir = t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m", "fonds-test", dir).Run(); err != nil {
		t.Log("no small disk can be made here: the part with the full disk is left out")
		return dir, false
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir, true
}

// fullDisk fills the disk while somebody types.
func (d *desktop) fullDisk(room, archive string, has func(string) func() bool) {
	d.t.Helper()
	filler := filepath.Join(room, "filler")
	f, err := os.Create(filler)
	if err != nil {
		d.t.Fatal(err)
	}
	d.focus()
	d.keys("ctrl+1", "ctrl+a")
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	f.Close()
	long := strings.TrimSpace(strings.Repeat("A long title. ", 60))
	before := d.look()
	d.write(long)
	d.keys("Return")
	d.until("the window to say something", func() bool { return !bytes.Equal(d.look(), before) })
	edit := filepath.Join(d.dir, "long.jsonl")
	if err := os.WriteFile(edit, []byte(`{"do":"note.add","doc":"path:n.txt","text":"`+long+`"}`), 0o666); err != nil {
		d.t.Fatal(err)
	}
	if out, exit := d.verb("apply", archive, edit, "--as", "Zhao"); exit != 3 || !strings.Contains(out, "full") {
		d.t.Fatalf("a verb on a full disk: exit %d: %s", exit, out)
	}
	d.picture("full-en")
	if has(long)() {
		d.t.Fatal("the disk was not full: this tests nothing")
	}
	if err := os.Remove(filler); err != nil {
		d.t.Fatal(err)
	}
	d.until("what was typed to be saved when there is room", func() bool {
		d.keys("ctrl+s")
		return has(long)()
	})
	d.keys("ctrl+1", "ctrl+a")
	d.write("After the full disk")
	d.keys("Return")
	d.until("the next title", has("After the full disk"))
}

// damage overwrites the page of the schema, as a bad sector would.
func (d *desktop) damage(archive string) {
	d.t.Helper()
	f, err := os.OpenFile(archive, os.O_RDWR, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	junk := make([]byte, 512)
	rand.New(rand.NewSource(1)).Read(junk)
	if _, err := f.WriteAt(junk, 100); err != nil {
		d.t.Fatal(err)
	}
}
