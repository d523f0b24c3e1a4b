package storage

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fonds/storage/archive"
)

// life is an archive that lives through many kills, and what was promised of it.
type life struct {
	path   string
	made   bool
	ids    []string
	drafts map[string]draft // the latest, by person
	copies []string
	doing  map[string]int // what it was killed at
}

type draft struct{ number, doc string }

// child is a program that waits for its order.
type child struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Scanner
	name string
}

func newChild(t *testing.T, name string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(os.Args[0]), name: name}
	c.cmd.Env = append(os.Environ(), killedChild+"=1")
	c.cmd.Stderr = os.Stderr
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.out = bufio.NewScanner(out)
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// run sends a child to work and kills it: after some lines and some time, or in
// the middle of something of a kind. It gives what it said. young: there is no
// archive yet.
func (c *child) run(t *testing.T, order string, young bool, rng *rand.Rand) (said []string) {
	after, at := rng.Intn(10), ""
	if rng.Intn(2) == 0 {
		at = "doing " + []string{"making", "opening", "opening", "closing", "closing", "importing", "copying", "compacting", "destroying"}[rng.Intn(9)]
		after = rng.Intn(4)
	}
	if young && rng.Intn(2) == 0 {
		after, at = 0, "doing making"
	}
	delay := time.Duration(rng.Int63n(int64(time.Millisecond) << rng.Intn(6)))
	io.WriteString(c.in, order)
	var once sync.Once
	kill := func() { once.Do(func() { time.AfterFunc(delay, func() { c.cmd.Process.Kill() }) }) }
	for c.out.Scan() {
		line := c.out.Text()
		if why, ok := strings.CutPrefix(line, "failed "); ok {
			t.Errorf("%s, %q: %s", c.name, order, why)
		}
		said = append(said, line)
		// What it waits for may never come: then it goes by the number of lines.
		if len(said) > after && (at == "" || line == at || len(said) > 16) {
			kill()
		}
	}
	c.cmd.Process.Kill()
	c.cmd.Wait()
	return said
}

// hear takes down what a child has said.
func (l *life) hear(name string, said []string) {
	last := "starting"
	for _, line := range said {
		what, rest, _ := strings.Cut(line, " ")
		switch what {
		case "doing":
			last = rest
			continue
		case "made":
			l.made = true
		case "done":
			l.ids = append(l.ids, strings.Fields(rest)...)
		case "draft":
			if number, doc, ok := strings.Cut(rest, " "); ok && len(doc) == 36 {
				l.drafts[name] = draft{number, doc}
			}
		case "copy":
			l.copies = append(l.copies, rest)
		}
		last = "between two things"
	}
	l.doing[last]++
}

// check says what of the promises is broken; whole asks for verify too, over for
// the copies.
func (l *life) check(whole, over bool) error {
	if _, err := os.Lstat(l.path); errors.Is(err, fs.ErrNotExist) && !l.made {
		return nil
	}
	a, err := Open(ctx, l.path, Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	rows, err := a.pool.QueryContext(ctx, "SELECT id, batch, subject FROM log")
	if err != nil {
		return err
	}
	defer rows.Close()
	there := map[string]bool{}
	for rows.Next() {
		var id, batch, subject string
		if err := rows.Scan(&id, &batch, &subject); err != nil {
			return err
		}
		there[id], there[batch], there[subject] = true, true, true
	}
	for _, id := range l.ids {
		if !there[id] {
			return fmt.Errorf("%s was answered as done and is not in the log", id)
		}
	}
	var batch string
	err = a.pool.QueryRowContext(ctx, "SELECT ifnull(min(batch), '') FROM (SELECT batch FROM log WHERE kind='note.add' GROUP BY batch HAVING count(*)<>3)").Scan(&batch)
	if err != nil || batch != "" {
		return fmt.Errorf("batch %s has not its three notes (%v)", batch, err)
	}
	for name, n := range l.drafts {
		var gone bool
		if err := a.pool.QueryRowContext(ctx, "SELECT EXISTS(SELECT 1 FROM log WHERE kind='document.destroy' AND subject=?)", n.doc).Scan(&gone); err != nil {
			return err
		}
		if gone {
			continue
		}
		ds, err := a.Drafts(ctx, name)
		if err != nil {
			return err
		}
		latest := ""
		for _, d := range ds {
			latest = max(latest, d.Text)
		}
		if latest < n.number {
			return fmt.Errorf("the draft %s of %s is lost", n.number, name)
		}
	}
	if !whole {
		return rows.Err()
	}
	for i := 0; over && i < len(l.copies); i++ {
		path := l.copies[i]
		if err := opens(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the copy %s: %w", path, err)
		}
	}
	rep, err := a.Verify(ctx, VerifyOptions{})
	if err == nil && !rep.OK {
		err = &unwhole{rep.Bad}
	}
	return err
}

// lane goes through rounds of kills, one after another: an archive lives through
// one of them, or up to longest. begin gives it its archive.
func lane(t *testing.T, rounds, longest int, seed int64, next bool, begin func(path string)) (kills int, doing map[string]int) {
	rng := rand.New(rand.NewSource(seed))
	doing = map[string]int{}
	names := []string{"Zhang", "Li"}
	waiting := newChild(t, "Zhang")
	defer func() { waiting.cmd.Process.Kill(); waiting.cmd.Wait() }()
	var dir string
	var l *life
	for round, age, lifetime := 0, 0, 0; round < rounds && !t.Failed(); round++ {
		if l == nil || age == lifetime {
			age, lifetime = 0, 1
			if rng.Intn(2) == 0 {
				lifetime += rng.Intn(longest)
			}
			os.RemoveAll(dir)
			var err error
			if dir, err = os.MkdirTemp(t.TempDir(), "life-*"); err != nil {
				t.Fatal(err)
			}
			l = &life{path: filepath.Join(dir, "a.fonds"), drafts: map[string]draft{}, doing: doing}
			begin(l.path)
		}
		children := []*child{waiting}
		if rng.Intn(4) == 0 {
			children = append(children, newChild(t, names[1]))
		}
		waiting = newChild(t, names[0]) // it gets ready while the others work
		said := make([][]string, len(children))
		var wg sync.WaitGroup
		for i, c := range children {
			own := rand.New(rand.NewSource(rng.Int63()))
			line := order(l.path, rng.Int63(), c.name, next)
			young := !l.made && !next
			wg.Go(func() { said[i] = c.run(t, line, young, own) })
		}
		wg.Wait()
		kills += len(children)
		for i, c := range children {
			l.hear(c.name, said[i])
		}
		age++
		if err := l.check(age%10 == 0 || age == lifetime, age == lifetime); err != nil {
			t.Errorf("seed %d, round %d: %v", seed, round, err)
		}
	}
	return kills, doing
}

// TestKilled kills a program that works on an archive, or two that work on the
// same, at random moments and in the middle of making, opening, importing,
// copying, compacting, closing it and destroying a document: 500 rounds, 10,000 under FONDS_LONG.
// Whatever was answered as done is there, whatever was not is there wholly or not
// at all, and the archive is whole.
func TestKilled(t *testing.T) {
	lanes(t, rounds(440, 9000), 60, false, func(string) {})
}

// TestKilledMigrating kills it while it brings an archive to a newer format.
func TestKilledMigrating(t *testing.T) {
	a := newArchive(t)
	bring(t, a, incoming("a.txt", strings.Repeat("自治区司法厅召开会议。", 500)))
	mustApply(t, a, "Zhang", field(mustFind(t, a, "path:a.txt"), "dcterms:title", "题名"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	nextFormat(t, "CREATE TABLE extra(x INTEGER PRIMARY KEY) STRICT;")
	lanes(t, rounds(60, 1000), 2, true, func(path string) {
		if err := os.WriteFile(path, file, 0o666); err != nil {
			t.Error(err)
		}
	})
}

// lanes shares rounds out to two lanes.
func lanes(t *testing.T, n, longest int, next bool, begin func(path string)) {
	if _, err := exec.LookPath(os.Args[0]); err != nil {
		t.Skipf("the test cannot start itself: %v", err)
	}
	seed := time.Now().UnixNano()
	var kills [2]int
	var doing [2]map[string]int
	var wg sync.WaitGroup
	for i := range kills {
		wg.Go(func() { kills[i], doing[i] = lane(t, n/2, longest, seed+int64(i), next, begin) })
	}
	wg.Wait()
	for what, k := range doing[1] {
		doing[0][what] += k
	}
	t.Logf("seed %d: %d rounds, %d kills, of which at %v", seed, n, kills[0]+kills[1], doing[0])
	if !t.Failed() && doing[0]["between two things"] == 0 {
		t.Error("nothing was ever answered: the kills came too early to show anything")
	}
}

func mustFind(t *testing.T, a *Archive, ref string) archive.ID {
	t.Helper()
	id, err := a.Find(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
