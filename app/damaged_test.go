package app

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fonds/app/i18n"
	"fonds/app/settings"
	"fonds/widgets"
)

// Whatever page of an archive is damaged, the window says so in words of its own,
// when it opens the archive or later, when it reads what lies there.
func TestDamageIsSaidInWords(t *testing.T) {
	dir := t.TempDir()
	sound := filepath.Join(dir, "sound.fonds")
	if err := makeSample(sound, ""); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(sound)
	if err != nil {
		t.Fatal(err)
	}
	sqlite := regexp.MustCompile(`(?i)malformed|sqlite|database|SQL |disk image|constraint|no such`)
	const page = 4096
	rnd := rand.New(rand.NewSource(7))
	b := newBench(t, settings.Settings{Name: "Zhang"}, Options{})
	said := func() string {
		var all []string
		for _, s := range b.status.Segments() {
			if s.Tone == widgets.Bad {
				all = append(all, s.Text)
			}
		}
		if b.modal != nil {
			all = append(all, labelsIn(b.modal.popup)...)
		}
		return strings.Join(all, "\n")
	}
	atOnce, later := 0, 0
	for round := range 10 {
		bad := bytes.Clone(data)
		for range 2 { // pages of random bytes; the first ones open the archive
			at := (20 + rnd.Intn(len(bad)/page-20)) * page
			rnd.Read(bad[at : at+page])
		}
		path := filepath.Join(dir, fmt.Sprintf("bad%d.fonds", round))
		if err := os.WriteFile(path, bad, 0o666); err != nil {
			t.Fatal(err)
		}
		b.openArchive(path)
		b.m.Settle()
		met := &later
		for range 34 {
			words := said()
			if sqlite.MatchString(words) {
				t.Errorf("round %d: it says %s", round, words)
				break
			}
			if b.modal != nil {
				met = &atOnce
				b.modal.close()
			}
			if strings.Contains(words, i18n.T("error.damaged")) {
				*met++
				break
			}
			b.run("doc.next")
		}
		b.s.CloseArchive(nil)
		b.m.Settle()
	}
	t.Logf("damage was met %d times on opening, %d times later", atOnce, later)
	if later == 0 {
		t.Error("no damage was met after opening: the test damages the wrong pages")
	}
}
