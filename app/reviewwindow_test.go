package app_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// apply makes edits by a verb, as somebody.
func (d *desktop) apply(archive, who string, lines ...string) {
	d.t.Helper()
	cmd := exec.CommandContext(d.t.Context(), d.bin, "apply", archive, "-", "--as", who)
	cmd.Env, cmd.Stdin = d.env, strings.NewReader(strings.Join(lines, "\n"))
	if out, err := cmd.CombinedOutput(); err != nil {
		d.t.Fatalf("apply as %s: %v\n%s", who, err, out)
	}
}

// TestReviewInTheWindow: what somebody proposes by a verb is approved in the real
// window, the document submitted and withdrawn, and the rules changed on the page
// of the archive, all by keys.
func TestReviewInTheWindow(t *testing.T) {
	d := newDesktop(t, `{"language":"en","theme":"light","width":1024,"height":700,"name":"Zhang"}`)
	archive, text := filepath.Join(d.dir, "team.fonds"), filepath.Join(d.dir, "n.txt")
	if err := os.WriteFile(text, []byte("a notice without anything that could be a title, and so on and on, in one long line that ends nowhere near\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	d.mustVerb("new", archive, "--as", "Zhang")
	d.mustVerb("import", archive, text, "--as", "Zhang")
	const doc = "path:n.txt"
	for _, f := range proposals(d, archive, doc) {
		d.apply(archive, "Zhang", `{"do":"value.refuse","value":"`+f+`"}`)
	}
	d.apply(archive, "Zhang", `{"do":"person.set","name":"Wang","role":"archivist"}`, `{"do":"policy.set","review":"everything"}`)
	d.apply(archive, "Wang", `{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"Wang's title"}]}`)

	d.start(archive)
	d.until("the document", func() bool { return strings.Contains(d.title(), "n.txt") })
	d.picture("review")
	d.keys("ctrl+1", "alt+a")
	d.until("the approved title", func() bool { return d.has(archive, doc, "dcterms:title", "Wang's title") })
	d.keys("ctrl+Return", "shift+Tab", "Return") // though required fields are empty
	d.until("the submission", func() bool { return d.show(archive, doc).Status == "submitted" })
	d.keys("alt+shift+b")
	d.until("its withdrawal", func() bool { return d.show(archive, doc).Status == "in progress" })

	d.keys("ctrl+shift+p", "Down", "Right", "Home", "space")
	d.until("the policy", func() bool {
		out, _ := d.verb("history", archive, "--json")
		return strings.Count(out, `"policy.set"`) == 2
	})
	d.picture("people")
	d.keys("Escape", "Escape")
	d.close()
	if out, exit := d.verb("verify", archive); exit != 0 {
		t.Errorf("verify: exit %d: %s", exit, out)
	}
}

// proposals are the ids of the open proposals for fields of a document.
func proposals(d *desktop, archive, doc string) []string {
	d.t.Helper()
	out, _ := d.verb("show", archive, doc, "--json")
	var s struct {
		Fields []struct{ ID, State string }
	}
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		d.t.Fatal(err)
	}
	var ids []string
	for _, f := range s.Fields {
		if f.State == "proposed" {
			ids = append(ids, f.ID)
		}
	}
	return ids
}
