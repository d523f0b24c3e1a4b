package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fonds/storage/archive"
)

var backupVerb = &verb{
	name: "backup", usage: "fonds backup ARCHIVE OUT [--json]",
	summary: "copy the archive to OUT, checked, while others work in it",
	help: `OUT is a file that is not there yet. It gets its name only when it is whole, on
the disk and verified; where that fails, or is stopped, nothing is left. The
copy is one file that opens anywhere; who works in it, or puts it back in the
place of the archive, begins a chain of operations of its own.
Keep the heads that it prints in another place than the copy: who writes the
whole file anew can be found out against them and in no other way.`,
	flags: []flag{jsonFlag},
	min:   2, max: 2, run: runBackup,
}

// copied is the answer of backup --json.
type copied struct {
	OK         bool                        `json:"ok"`
	Copy       string                      `json:"copy"`
	Bytes      int64                       `json:"bytes"`
	Operations int                         `json:"operations"`
	Documents  int                         `json:"documents"`
	Destroyed  int                         `json:"destroyed"`
	Conflicts  int                         `json:"conflicts"`
	Heads      map[archive.ID]archive.Hash `json:"heads"`
}

func runBackup(c *call) (err error) {
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	out := c.args[1]
	bar := c.bar()
	r, err := a.Backup(c.ctx, out, bar.step)
	bar.clear()
	if err != nil {
		return copyFault(err)
	}
	c.after = "the copy is made"
	v := copied{true, out, 0, r.Operations, r.Documents, r.Destroyed, r.Conflicts, r.Heads}
	if st, err := os.Stat(out); err == nil {
		v.Bytes = st.Size()
	}
	if c.json() {
		return c.enc.Encode(v)
	}
	err = c.printf("Copied %s to %s and checked it: %s, %s, %s.\n", visible(c.args[0]), visible(out),
		count(v.Operations, "operation"), count(v.Documents, "document"), megabytes(v.Bytes))
	for _, replica := range sortedKeys(v.Heads) {
		err = c.printf("Head of %s: %s\n", replica, v.Heads[replica])
	}
	return err
}

// copyFault gives a copy that was not made its exit code.
func copyFault(err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return &failure{exitPart, &said{"stopped: no copy was made, and nothing was left", nil}}
	case errors.Is(err, fs.ErrExist):
		return &failure{exitRefused, err}
	}
	return &failure{exitArchive, err}
}

var compactVerb = &verb{
	name: "compact", usage: "fonds compact ARCHIVE [--json]",
	summary: "give back the room that the archive no longer needs",
	help: `The search index is merged and the file written anew without its holes.
Meanwhile nobody else can write, and there must be room for two more files of
its size: beside it, and in the system's folder for temporary files. Where it
fails or is stopped the archive is as it was.`,
	flags: []flag{jsonFlag},
	min:   1, max: 1, run: runCompact,
}

func runCompact(c *call) (err error) {
	a, err := c.change()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	bar := c.bar()
	won, err := a.Compact(c.ctx, bar.step)
	bar.clear()
	switch {
	case errors.Is(err, context.Canceled):
		return &failure{exitPart, &said{"stopped: the archive is as it was", nil}}
	case err != nil:
		return &failure{exitArchive, err}
	}
	c.after = "the archive is compacted"
	var size int64
	if st, err := os.Stat(c.args[0]); err == nil {
		size = st.Size()
	}
	if c.json() {
		return c.enc.Encode(struct {
			OK    bool  `json:"ok"`
			Won   int64 `json:"won"`
			Bytes int64 `json:"bytes"`
		}{true, won, size})
	}
	return c.printf("Compacted %s: %s won, %s left.\n", visible(c.args[0]), megabytes(won), megabytes(size))
}

// megabytes is a size for people.
func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%s KB", thousands(int((n+1023)/1024)))
	}
	return fmt.Sprintf("%s.%d MB", thousands(int(n>>20)), n%(1<<20)*10>>20)
}
