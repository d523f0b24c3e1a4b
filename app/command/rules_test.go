package command

import (
	"os"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// Every step of the tables has words, and the README holds the tables as the code
// has them. FONDS_UPDATE writes them into it.
func TestRulesAreInTheReadme(t *testing.T) {
	for _, s := range append(append([]archive.Step{}, archive.ItemSteps...), archive.DocumentSteps...) {
		if actWords[s.Act] == "" {
			t.Errorf("no words for the act %q", s.Act)
		}
		if _, ok := noteWords[s.Note]; !ok {
			t.Errorf("no words for the note %q", s.Note)
		}
		if _, ok := whoseWords[s.Whose]; !ok {
			t.Errorf("no words for whose %q", s.Whose)
		}
	}
	for _, k := range workKinds {
		if archive.Least(k.kind) == "" {
			t.Errorf("no role for %q", k.kind)
		}
	}
	const name, begin, end = "../../README.md", "<!-- rules -->\n", "<!-- /rules -->\n"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), begin)
	have, tail, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("README.md has no %s … %s", begin, end)
	}
	want := "\n" + RulesTable()
	if have == want {
		return
	}
	if os.Getenv("FONDS_UPDATE") == "" {
		t.Fatal("the tables in README.md are not those of the code: FONDS_UPDATE=1 writes them")
	}
	if err := os.WriteFile(name, []byte(head+begin+want+end+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}
