package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fonds/app/ingest"
	"fonds/storage"
	"fonds/storage/archive"
)

var recoverVerb = &verb{
	name: "recover", usage: "fonds recover DAMAGED OUT [--found DIR] [--as NAME] [--json]",
	summary: "take what can be read of a damaged archive into a new one",
	help: `DAMAGED is read and never changed; OUT is a file that is not there yet. What is
taken is proven by hashes; tables and index are made anew. A text that is lost
is made of its original again where that is there, and the other way round.

What is missing is said here, document by document, and written into the new
archive as an operation of its own, so that it stays known: operations that are
lost for good, and documents that are lost or have lost something. Of a lost
document its original or text may still be there: --found DIR, a folder that is
not there yet, takes out what there is of them, and found.jsonl, all words that
were read and belong to nothing any more.

It ends with 0 where nothing is missing, with 1 where something is, and with 3
where nothing could be recovered.`,
	flags: []flag{{"found", "DIR", "put there what is left of lost documents"}, asFlag, jsonFlag},
	min:   2, max: 2, run: runRecover,
}

// salvaged is the answer of recover --json.
type salvaged struct {
	OK         bool                `json:"ok"` // nothing is missing
	Archive    string              `json:"archive"`
	Operations int                 `json:"operations"`
	Documents  int                 `json:"documents"`
	Drafts     int                 `json:"drafts"`
	Remade     int                 `json:"remade"`
	Pages      int                 `json:"pages"`
	Unreadable int                 `json:"unreadable"` // pages that the disk would not give
	Lost       archive.RecoverBody `json:"lost"`
	Found      string              `json:"found,omitempty"`
}

func runRecover(c *call) (err error) {
	who, err := c.who()
	if err != nil {
		return err
	}
	damaged, out, dir := c.args[0], c.args[1], c.flags["found"]
	if _, given := c.flags["found"]; given {
		if _, err := os.Lstat(dir); err == nil {
			return &failure{exitRefused, fmt.Errorf("%s is there already; name a folder that is not", visible(dir))}
		}
	}
	bar := c.bar()
	r, err := storage.Recover(c.ctx, damaged, out, who, storage.RecoverOptions{
		Options: storage.Options{Now: c.env.Now, NewID: c.env.NewID, Busy: c.env.Busy},
		Remake:  ingest.RemakeBy, Rebuild: ingest.RebuildBy,
		Progress: func(what string, done, total int) { bar.draw("recovering "+what, done, total, "") }})
	bar.clear()
	if err != nil {
		return recoverFault(damaged, err)
	}
	c.after = "the new archive is made"
	v := salvaged{r.Whole(), out, r.Operations, r.Documents, r.Drafts, r.Remade, r.Pages, r.Refused, r.Lost, ""}
	if dir != "" && len(r.Lost.Kept) > 0 {
		if err := c.takeOut(out, dir, &r.Lost); err != nil {
			return &failure{exitPart, fmt.Errorf("the new archive %s is made, but what was found of lost documents cannot be put into %s: %w", visible(out), visible(dir), err)}
		}
		v.Found = dir
	}
	if c.json() {
		err = c.enc.Encode(v)
	} else {
		err = c.recoverPeople(v)
	}
	if err == nil && !v.OK {
		err = ended(exitPart)
	}
	return err
}

// recoverFault gives a recovery that came to nothing its exit code.
func recoverFault(damaged string, err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return &failure{exitPart, &said{"stopped: no archive was made, and nothing was left", nil}}
	case errors.Is(err, fs.ErrExist):
		return &failure{exitRefused, err}
	case errors.Is(err, fs.ErrNotExist):
		if _, e := os.Stat(damaged); errors.Is(e, fs.ErrNotExist) {
			return &failure{exitArchive, fmt.Errorf("no archive %s", visible(damaged))}
		}
	case ruled(err):
		return err
	}
	return &failure{exitArchive, err}
}

func (c *call) recoverPeople(v salvaged) error {
	c.printf("Recovered %s, %s and %s from %s to %s.\n", count(v.Documents, "document"), count(v.Operations, "operation"),
		count(v.Drafts, "draft"), visible(c.args[0]), visible(v.Archive))
	if v.Remade > 0 {
		c.printf("%s made again, a text of its original or an original of its text.\n", count(v.Remade, "piece"))
	}
	if v.Unreadable > 0 {
		c.printf("The disk refused %s of %s: copy the file to another disk while it can be read.\n", count(v.Unreadable, "page"), thousands(v.Pages))
	}
	if v.OK {
		return c.printf("Nothing is missing.\n")
	}
	if n := v.Lost.Lost(); n > 0 {
		c.printf("MISSING: %s.\n", count(n, "operation"))
		if v.Lost.Unplaced > 0 {
			c.printf("Of %d of them nothing is known: any document may miss a change.\n", v.Lost.Unplaced)
		}
	}
	for _, whole := range []bool{true, false} {
		for _, d := range v.Lost.Documents {
			if d.Whole() == whole {
				c.printf("%s\n", missingLine(&d))
			}
		}
	}
	switch {
	case v.Found != "":
		c.printf("What is left of the lost lies in %s.\n", visible(v.Found))
	case len(v.Lost.Kept) > 0:
		c.printf("Something is left of the lost (%s): recover once more with --found DIR to have it.\n", count(len(v.Lost.Kept), "piece"))
	}
	return c.printf("Keep %s: what cannot be read today may be read by other means.\n", visible(c.args[0]))
}

// missingLine says what of a document is missing.
func missingLine(d *archive.LostDocument) string {
	line := "IN PART"
	if d.Whole() {
		line = "LOST   "
	}
	line += "  " + visible(d.ID.Short())
	for _, s := range []string{d.Path, d.Title} {
		if s != "" && !strings.Contains(line, visible(s)) {
			line += "  " + visible(s)
		}
	}
	var what []string
	for _, m := range d.Missing {
		switch m {
		case archive.LostOperations:
			what = append(what, "changes")
		case archive.LostImport:
			what = append(what, "how it came in")
		default:
			what = append(what, m)
		}
	}
	line += "  (missing: " + strings.Join(what, ", ")
	if d.Whole() && d.Original != "" {
		line += "; its original is kept"
	}
	if d.Whole() && d.Text != "" {
		line += "; its text is kept"
	}
	return line + ")"
}

// takeOut writes what the new archive keeps of lost documents into a folder.
func (c *call) takeOut(path, dir string, lost *archive.RecoverBody) (err error) {
	a, err := storage.Open(c.ctx, path, storage.Options{Now: c.env.Now, NewID: c.env.NewID, Busy: c.env.Busy})
	if err != nil {
		return err
	}
	defer finish(a, &err)
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	names := map[string]string{lost.Found: "found.jsonl"}
	for _, d := range lost.Documents {
		name := strings.Trim(d.ID.Short()+" "+safeName(d.Name), " ")
		if d.Original != "" {
			names[d.Original] = name
		}
		if d.Text != "" {
			names[d.Text] = name + ".text.txt"
		}
	}
	for _, sha := range lost.Kept {
		name := names[sha]
		if name == "" {
			name = sha
		}
		if err := writeOut(c.ctx, a, sha, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// safeName is the name of a file that can be made in a folder of any system.
func safeName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
}

func writeOut(ctx context.Context, a *storage.Archive, sha, path string) error {
	in, err := a.Blob(ctx, sha)
	if err != nil {
		return err
	}
	defer in.Close()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) { // two documents of one name
		f, err = os.OpenFile(path+" "+sha[:8], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(f, in)
	return errors.Join(err, f.Close())
}
