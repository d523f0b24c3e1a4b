package command

import (
	"bytes"
	"context"
	"fmt"
	"math/rand"
	"os"
	osexec "os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fonds/storage"
)

const destroyLine = `{"do":"document.destroy","doc":"%s","authority":"保管期限表 第7条","reason":"期满"}`

// What the verbs say of a document that was destroyed.
func TestDestroyVerbs(t *testing.T) {
	b := noticeBench(t)
	b.apply(`{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"甲"}]}`)
	id := objects[map[string]any](t, b.must("list", "@a.fonds", "--json"))[0]["id"].(string)
	b.write("m.txt", "another document\n")
	b.must("import", "@a.fonds", "@m.txt")
	for want, line := range map[string]string{"authority": `{"do":"document.destroy","doc":"path:n.txt","reason":"x"}`,
		"reason": `{"do":"document.destroy","doc":"path:n.txt","authority":"x"}`, "archivist": `{"do":"document.destroy","doc":"path:n.txt","authority":"x","reason":"y","as":"Wang"}`} {
		if a := b.apply(line); a[0].OK || b.exit != 4 || !strings.Contains(a[0].Error, want) {
			t.Errorf("%s: exit %d, %+v", line, b.exit, a)
		}
	}
	if a := b.apply(fmt.Sprintf(destroyLine, "path:n.txt")); !a[0].OK || b.exit != 0 || b.stderr != "" {
		t.Fatalf("exit %d, %+v %s", b.exit, a, b.stderr)
	}
	for _, args := range []string{"show @a.fonds ", "text @a.fonds "} {
		if b.run(append(strings.Fields(args), id)...); b.exit != 4 || !strings.Contains(b.stderr, "was destroyed by Zhang on 2026-11-23, on the authority of 保管期限表 第7条") {
			t.Errorf("%s: exit %d: %s", args, b.exit, b.stderr)
		}
	}
	if a := b.apply(`{"do":"tag.add","doc":"` + id + `","tag":"x"}`); a[0].Code != "doc-destroyed" || b.exit != 4 {
		t.Errorf("tagging it: exit %d, %+v", b.exit, a)
	}
	if b.run("undo", "@a.fonds"); b.exit != 4 || !strings.Contains(b.stderr, "cannot be undone") {
		t.Errorf("undo: exit %d: %s", b.exit, b.stderr)
	}
	history := b.must("history", "@a.fonds", id)
	for _, want := range []string{"destroyed it, on the authority of 保管期限表 第7条: 期满", "field.set: destroyed with the document", "document.import: destroyed with"} {
		if !strings.Contains(history, want) {
			t.Errorf("the history does not say %q:\n%s", want, history)
		}
	}
	lines := strings.Split(plain(b.must("history", "@a.fonds", id, "--json")), "\n")
	same(t, "the end in the history", lines[0], `{"op":"#1","at":"2026-11-23T10:00:00Z","by":"Zhang","do":"document.destroy","doc":"#2","batch":"#3","outcome":"applied","undone":false,"changes":[],"authority":"保管期限表 第7条","reason":"期满"}`)
	same(t, "what came before", lines[1], `{"op":"#4","at":"2026-11-23T10:00:00Z","by":"Zhang","do":"field.set","doc":"#2","batch":"#5","outcome":"destroyed","undone":false,"changes":[]}`)
	if !strings.Contains(b.must("history", "@a.fonds"), "destroyed it") {
		t.Error("the history of the archive does not say it")
	}
	if got := b.must("list", "@a.fonds"); strings.Contains(got, id[28:]) {
		t.Errorf("it is still listed: %s", got)
	}
	if got := b.must("verify", "@a.fonds"); !strings.Contains(got, "1 document, 1 destroyed, under 保管期限表 第7条.") {
		t.Errorf("verify: %s", got)
	}
	got := plain(b.must("verify", "@a.fonds", "--json"))
	if !strings.Contains(got, `"documents":1,"destroyed":1,"conflicts":0,`) ||
		!strings.HasSuffix(got, `"destructions":[{"doc":"#2","by":"Zhang","at":"2026-11-23T10:00:00Z","authority":"保管期限表 第7条","reason":"期满"}]}`+"\n") {
		t.Errorf("verify: %s", got)
	}
	b.must("export", "@a.fonds", "--format", "jsonl", "--set", "all", "--out", "@out")
	b.must("import", "@a.fonds", "@n.txt")
	if b.stdout != "Imported 1 document.\n" {
		t.Errorf("importing the same bytes again: %s", b.stdout)
	}
}

// While another program reads what was there before, the verb says what is not
// finished, others say it again, and compact finishes it.
func TestDestroyBesideReader(t *testing.T) {
	b := noticeBench(t)
	c := rawSQL(t, b.file("a.fonds"))
	exec(t, c, "BEGIN; SELECT * FROM documents")
	if a := b.apply(fmt.Sprintf(destroyLine, "path:n.txt")); !a[0].OK || b.exit != 1 || !strings.Contains(b.stderr, "done, but what is destroyed may still have bytes") || !strings.Contains(b.stderr, "still reads") {
		t.Fatalf("exit %d, %+v %s", b.exit, a, b.stderr)
	}
	exec(t, c, "ROLLBACK")
	if got := b.must("verify", "@a.fonds"); !strings.Contains(got, "Bytes of 1 destroyed document may still lie in the file") {
		t.Errorf("verify: %s", got)
	}
	if !strings.Contains(b.must("verify", "@a.fonds", "--json"), `,"erasing":1}`) {
		t.Errorf("verify --json: %s", b.stdout)
	}
	b.write("m.txt", "another document\n")
	if b.must("import", "@a.fonds", "@m.txt"); !strings.Contains(b.stderr, "fonds compact") {
		t.Errorf("importing: %s", b.stderr)
	}
	b.must("compact", "@a.fonds")
	if b.must("verify", "@a.fonds"); strings.Contains(b.stdout, "Bytes") {
		t.Errorf("verify: %s", b.stdout)
	}
}

// killedDestroyer is killedChild for a program that brings documents in and
// destroys them.
const killedDestroyer = "FONDS_TEST_KILLED_DESTROYER"

func destroyUntilKilled(path string) {
	env := System("test")
	env.Login, env.SettingsName, env.Stderr = "Zhang", func() string { return "" }, nil
	for i := 0; ; i++ {
		n := rand.Int63()
		file := filepath.Join(filepath.Dir(path), fmt.Sprintf("s%d.txt", n))
		if err := os.WriteFile(file, fmt.Appendf(nil, "第%d号 Secret%dword，%s", n, n, strings.Repeat(fmt.Sprintf("词%d句。", n), 300)), 0o666); err != nil {
			panic(err)
		}
		var quiet bytes.Buffer
		env.Stdout, env.Stderr = &quiet, &quiet
		Run(context.Background(), []string{"import", path, file}, env)
		os.Remove(file)
		env.Stdout = os.Stdout
		env.Stdin = strings.NewReader(fmt.Sprintf(destroyLine, "path:"+filepath.Base(file)))
		Run(context.Background(), []string{"apply", path, "-", "--as", "Zhang", "--json"}, env)
	}
}

// TestKilledDestroying kills the program while it destroys documents: the archive
// is whole, and no byte is left of what is destroyed, once what it knows to be
// unfinished is finished.
func TestKilledDestroying(t *testing.T) {
	rounds := 10
	if os.Getenv("FONDS_LONG") != "" {
		rounds = 300
	}
	b := noticeBench(t)
	path := b.file("a.fonds")
	secret := regexp.MustCompile(`Secret([0-9]+)word`)
	rng := rand.New(rand.NewSource(1))
	unfinished, answered := 0, 0
	for i := 0; i < rounds; i++ {
		answered += len(killChild(t, osexec.Command(os.Args[0]), killedDestroyer+"="+path, time.Duration(rng.Intn(150))*time.Millisecond))
		a, err := storage.Open(t.Context(), path, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Verify(t.Context(), storage.VerifyOptions{})
		if err != nil || !r.OK {
			t.Fatalf("after a kill: %v %s", err, r.Bad)
		}
		if r.Erasing > 0 {
			unfinished++
			if done, err := a.Erase(t.Context(), nil); !done {
				t.Fatal(err)
			}
		}
		docs, err := a.List(t.Context(), storage.Query{})
		if err != nil {
			t.Fatal(err)
		}
		there := map[string]bool{}
		for _, d := range docs {
			there[strings.TrimSuffix(strings.TrimPrefix(d.Name, "s"), ".txt")] = true
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range secret.FindAllSubmatch(data, -1) {
			if !there[string(m[1])] {
				t.Fatalf("round %d: %s is destroyed and stands in the file", i, m[0])
			}
		}
	}
	if answered < rounds || unfinished == 0 && rounds > 10 {
		t.Errorf("%d destroyed and %d unfinished in %d rounds: the kills showed nothing", answered, unfinished, rounds)
	}
	t.Logf("%d rounds, %d documents destroyed, %d times unfinished", rounds, answered, unfinished)
}
