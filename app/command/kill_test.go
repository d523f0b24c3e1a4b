package command

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// killedChild, in the environment, makes the test binary a program that works on
// the archive it names until somebody kills it.
const killedChild = "FONDS_TEST_KILLED_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(killedChild); path != "" {
		workUntilKilled(path)
		return
	}
	if path := os.Getenv(killedDestroyer); path != "" {
		destroyUntilKilled(path)
		return
	}
	if args := os.Getenv(importingChild); args != "" {
		importAsChild(args)
	}
	os.Exit(m.Run())
}

// workUntilKilled applies one edit after another and prints each answer when it
// has it; now and then it undoes, and imports.
func workUntilKilled(path string) {
	env := System("test")
	env.Login, env.SettingsName = "Zhang", func() string { return "" }
	rng := rand.New(rand.NewSource(time.Now().UnixNano()))
	for i := 0; ; i++ {
		lines := ""
		for n := 1 + rng.Intn(3); n > 0; n-- {
			lines += []string{
				fmt.Sprintf(`{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"题名%d-%d"}]}`, i, rng.Int()),
				fmt.Sprintf(`{"do":"tag.add","doc":"path:n.txt","tag":"标签/%d"}`, rng.Int()),
				`{"do":"mark.add","doc":"path:n.txt","start":1,"end":4,"label":"person"}`,
				fmt.Sprintf(`{"do":"note.add","doc":"path:n.txt","text":"%d"}`, rng.Int()),
			}[rng.Intn(4)] + "\n"
		}
		env.Stdin = strings.NewReader(lines)
		Run(context.Background(), []string{"apply", path, "-", "--as", "Zhang", "--json"}, env)
	}
}

// TestKilled kills the program at random moments: whatever it answered with ok is
// in the archive, and the archive is whole.
func TestKilled(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 10
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "a.fonds")
	if err := os.WriteFile(filepath.Join(dir, "n.txt"), []byte("自治区司法厅召开会议\n李振国讲话。\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	env := Env{Stdout: &out, Stderr: &out, Login: "Zhang", SettingsName: func() string { return "" }, Now: time.Now, NewID: archive.NewID}
	for _, args := range [][]string{{"new", path}, {"import", path, filepath.Join(dir, "n.txt")}} {
		if exit := Run(t.Context(), args, env); exit != exitDone {
			t.Fatalf("%v: exit %d: %s", args, exit, out.String())
		}
	}
	rng := rand.New(rand.NewSource(1))
	answered := 0
	for i := 0; i < rounds; i++ {
		said := killOne(t, path, time.Duration(rng.Intn(60))*time.Millisecond)
		answered += len(said)
		checkKilled(t, path, said)
	}
	if answered < rounds {
		t.Errorf("only %d edits were answered in %d rounds: the kills came too early to show anything", answered, rounds)
	}
	t.Logf("%d rounds, %d edits answered with ok", rounds, answered)
}

// killOne starts the program, waits for its first answer and then for after, and
// kills it. It gives the operations that were answered with ok.
func killOne(t *testing.T, path string, after time.Duration) []archive.ID {
	t.Helper()
	return killChild(t, osexec.Command(os.Args[0]), killedChild+"="+path, after)
}

func killChild(t *testing.T, child *osexec.Cmd, env string, after time.Duration) []archive.ID {
	t.Helper()
	child.Env = append(os.Environ(), env)
	pipe, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var said []archive.ID
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		var a struct {
			OK bool       `json:"ok"`
			Op archive.ID `json:"op"`
		}
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			break // the line on which it died
		}
		if !a.OK {
			t.Fatalf("refused: %s", lines.Text())
		}
		if len(said) == 0 {
			time.AfterFunc(after, func() { child.Process.Kill() })
		}
		said = append(said, a.Op)
	}
	child.Process.Kill()
	child.Wait()
	return said
}

func checkKilled(t *testing.T, path string, said []archive.ID) {
	t.Helper()
	a, err := storage.Open(t.Context(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	r, err := a.Verify(t.Context(), storage.VerifyOptions{})
	if err != nil || !r.OK {
		t.Fatalf("after a kill: %v %s", err, r.Bad)
	}
	log, err := a.History(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	there := map[archive.ID]bool{}
	for _, e := range log {
		there[e.ID] = true
	}
	for _, id := range said {
		if !there[id] {
			t.Errorf("operation %s was answered with ok and is not in the log", id)
		}
	}
}
