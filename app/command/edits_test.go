package command

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// The help of apply lists every kind of edit with every key that it takes, and
// says of every key what it is.
func TestApplyHelpIsWhole(t *testing.T) {
	keys, explained, _ := strings.Cut(applyVerb.help, "\nWhat they say")
	listed := map[string][]string{}
	for line := range strings.Lines(keys) {
		if words := strings.Fields(line); strings.HasPrefix(line, "  ") && len(words) > 1 {
			listed[words[0]] = words[1:]
		}
	}
	for _, kind := range archive.EditKinds() {
		_, err := archive.ParseEdit([]byte(`{"do":"` + kind + `","no such key":1}`))
		var r *archive.Refusal
		if !errors.As(err, &r) || r.Args["known"] == "" {
			t.Fatalf("%s: %v", kind, err)
		}
		want := strings.ReplaceAll(r.Args["known"], ",", "")
		same(t, "the keys of "+kind, strings.Join(listed[kind], " "), want)
		for key := range strings.FieldsSeq(want) {
			if !strings.Contains(explained, "\n  "+key+" ") && !strings.Contains(explained, "\n  "+key+",") && !strings.Contains(explained, ", "+key+" ") &&
				!strings.Contains(explained, ", "+key+",") {
				t.Errorf("nothing says what %q is", key)
			}
		}
	}
	for _, key := range []string{"evidence", "detail", "as"} {
		if !strings.Contains(explained, key) {
			t.Errorf("nothing says what %q is", key)
		}
	}
}

// A name is looked for only where it is needed.
func TestWhoIsNotAskedInVain(t *testing.T) {
	b := noticeBench(t)
	asked := func(e *Env) { e.SettingsName = func() string { t.Error("the settings were read"); return "" } }
	b.stdin = `{"do":"tag.add","doc":"path:n.txt","tag":"x","as":"Li"}`
	for _, args := range []string{"list @a.fonds", "show @a.fonds path:n.txt", "text @a.fonds path:n.txt", "history @a.fonds", "verify @a.fonds", "help",
		"version", "export @a.fonds --format jsonl --out @out", "apply @a.fonds -", "undo @a.fonds --as Li", "import @a.fonds @n.txt --as Li", "new @b.fonds --as Li"} {
		if b.runWith(context.Background(), asked, strings.Fields(args)...); b.exit != 0 {
			t.Errorf("%s: exit %d: %s", args, b.exit, b.stderr)
		}
	}
	b.stdin = "nonsense\n" + `{"do":"tag.add","doc":"path:n.txt","tag":"y","as":"Li"}`
	if b.runWith(context.Background(), asked, "apply", "@a.fonds", "-", "--keep-going"); b.exit != 1 {
		t.Errorf("exit %d: %s", b.exit, b.stderr)
	}
}
