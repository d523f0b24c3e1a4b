package storage

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// The program that is killed: the test binary, started again with this in its
// environment. It reads the path of an archive, a seed and a name from its
// standard input, works on the archive as that person until somebody kills it,
// and says each thing that it is about to do, and each that was answered as done:
//
//	doing WHAT
//	made
//	done ID…          operations, batches or documents
//	draft NUMBER DOCUMENT
//	copy PATH
//	failed WHY        and it ends: nothing may fail
const killedChild = "FONDS_TEST_KILLED_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(killedChild) != "" {
		v := &victim{}
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err == nil {
			err = v.read(line)
		}
		if err == nil {
			err = v.live()
		}
		fmt.Println("failed", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// patient waits for the other as long as a machine may take that has much to do.
var patient = Options{Busy: time.Minute}

type victim struct {
	path, name string
	next       bool // it is a later program, of the next format
	rng        *rand.Rand
	a          *Archive
	docs       []archive.ID
}

// order is the line that read reads.
func order(path string, seed int64, name string, next bool) string {
	return fmt.Sprintf("%s\t%d\t%s\t%v\n", path, seed, name, next)
}

func (v *victim) read(line string) error {
	f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	if len(f) != 4 {
		return fmt.Errorf("the order %q", line)
	}
	seed, err := strconv.ParseInt(f[1], 10, 64)
	v.path, v.name, v.rng = f[0], f[2], rand.New(rand.NewSource(seed))
	if v.next = f[3] == "true"; v.next {
		steps = nextSteps("CREATE TABLE extra(x INTEGER PRIMARY KEY) STRICT;")
	}
	return err
}

// live works without an end; what it gives is a fault.
func (v *victim) live() error {
	for {
		if err := v.begin(); err != nil {
			return err
		}
		for n := v.rng.Intn(20); n > 0; n-- {
			if err := v.something(); err != nil && !refusal(err) {
				return err
			}
		}
		fmt.Println("doing closing")
		if err := v.a.Close(); err != nil {
			return err
		}
	}
}

func (v *victim) begin() (err error) {
	if _, err := os.Lstat(v.path); errors.Is(err, fs.ErrNotExist) {
		fmt.Println("doing making")
		if v.a, err = Create(ctx, v.path, NewArchive{Owner: v.name, Template: "dublincore"}, patient); !errors.Is(err, fs.ErrExist) {
			fmt.Println("made")
			return err
		}
	}
	fmt.Println("doing opening")
	v.a, err = Open(ctx, v.path, patient)
	for errors.Is(err, ErrInUse) && v.next { // the other brings it to the new format
		v.a, err = Open(ctx, v.path, patient)
	}
	if err != nil {
		return err
	}
	v.docs = nil
	docs, err := v.a.List(ctx, Query{Limit: 20})
	for _, d := range docs {
		v.docs = append(v.docs, d.ID)
	}
	return err
}

// something is anything that a person may do with an archive. A refusal is an
// error too.
func (v *victim) something() error {
	if len(v.docs) == 0 {
		return v.bring()
	}
	doc := v.docs[v.rng.Intn(len(v.docs))]
	text := fmt.Sprintf("%d", v.rng.Int())
	switch n := v.rng.Intn(100); {
	case n < 25: // three of a batch
		var edits []*archive.Edit
		for range 3 {
			edits = append(edits, &archive.Edit{Do: "note.add", Doc: string(doc), Text: &text})
		}
		return v.apply(edits...)
	case n < 45:
		return v.apply(field(doc, "dcterms:title", "题名"+text))
	case n < 55:
		return v.apply(tag("tag.add", doc, "标签/"+text[:2]))
	case n < 60:
		return v.apply(tag("tag.remove", doc, "标签/"+text[:2]))
	case n < 65:
		return v.apply(mark(doc, 0, 1+v.rng.Intn(5), "", "person"), fix(doc, 6, 8, "", text))
	case n < 73:
		return v.turn(v.a.Undo)
	case n < 78:
		return v.turn(v.a.Redo)
	case n < 88:
		now := time.Now()
		number := now.UnixNano()
		err := v.a.SaveDraft(ctx, Draft{Doc: doc, Slot: "note", Actor: v.name, Text: strconv.FormatInt(number, 10), At: now})
		if err == nil {
			fmt.Println("draft", number, doc)
		}
		return err
	case n < 94:
		return v.bring()
	case n < 96:
		return v.copy()
	case n < 97:
		fmt.Println("doing compacting")
		_, err := v.a.Compact(ctx, nil)
		return err
	case n < 99:
		fmt.Println("doing destroying")
		if err := v.apply(destroy(doc)); err != nil {
			return err
		}
		_, err := v.a.Erase(ctx, nil)
		if errors.Is(err, ErrInUse) { // the other reads what was there before: it is erased later
			return nil
		}
		return err
	}
	_, err := v.a.Verify(ctx, VerifyOptions{Quick: true})
	return err
}

func (v *victim) apply(edits ...*archive.Edit) error {
	res, err := v.a.Apply(ctx, v.name, edits...)
	if err == nil {
		line := "done"
		for _, r := range res {
			line += " " + string(r.Op)
		}
		fmt.Println(line)
	}
	return err
}

func (v *victim) turn(do func(context.Context, string, bool) (Undone, error)) error {
	u, err := do(ctx, v.name, false)
	if err == nil {
		fmt.Println("done", u.Batch)
	}
	return err
}

// bring imports one to three documents, some of them long.
func (v *victim) bring() error {
	in := make(chan *archive.Incoming, 3)
	for range 1 + v.rng.Intn(3) {
		name := fmt.Sprintf("%d.txt", v.rng.Int())
		in <- incoming(name, name+strings.Repeat("自治区司法厅召开会议。", v.rng.Intn(400)))
	}
	close(in)
	fmt.Println("doing importing")
	var failed error
	err := v.a.Import(ctx, v.name, in, func(r Imported) {
		if r.Err != nil {
			failed = r.Err
			return
		}
		v.docs = append(v.docs, r.ID)
		fmt.Println("done", r.ID)
	})
	return errors.Join(err, failed)
}

func (v *victim) copy() error {
	fmt.Println("doing copying")
	if v.rng.Intn(2) == 0 {
		path, made, err := v.a.DailyCopy(ctx, time.Now(), nil)
		if made {
			fmt.Println("copy", path)
		}
		return err
	}
	path := filepath.Join(filepath.Dir(v.path), fmt.Sprintf("copy %d.fonds", v.rng.Intn(5)))
	_, err := v.a.Backup(ctx, path, nil)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err == nil {
		fmt.Println("copy", path)
	}
	return err
}
