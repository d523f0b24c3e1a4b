package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"fonds/app/export"
	"fonds/app/intake"
	"fonds/storage"
	"fonds/storage/archive"
)

// failure is an error that knows its exit code. One without an error ends a verb
// that has said everything already.
type failure struct {
	exit int
	err  error
}

func (f *failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit %d", f.exit)
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

// usage is a call that is wrong.
func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

// unwritten is an answer that could not be written, as on a full disk.
type unwritten struct{ err error }

func (u *unwritten) Error() string {
	why := u.err
	var path *fs.PathError
	if errors.As(why, &path) {
		why = path.Err
	}
	return fmt.Sprintf("the answer cannot be written (%v)", why)
}

func (u *unwritten) Unwrap() error { return u.err }

// silent says of how a verb ended that there is nothing to be said about it.
func silent(err error) bool {
	var f *failure
	return err == nil || errors.As(err, &f) && f.err == nil
}

// said is an error that errors.Is finds and that has said all in its own words:
// those of what it stands for would only say it once more.
type said struct {
	text string
	is   error
}

func (s *said) Error() string { return s.text }

func (s *said) Unwrap() error { return s.is }

// ended is how a verb ends that has reported everything itself.
func ended(exit int) error { return &failure{exit, nil} }

// exitOf finds the exit code of an error.
func exitOf(err error) int {
	var f *failure
	var u *unwritten
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &u):
		return exitArchive
	case errors.As(err, &f):
		return f.exit
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return exitPart
	case errors.Is(err, export.ErrChoice), errors.Is(err, export.ErrOut), errors.Is(err, intake.ErrPath):
		return exitUsage
	case ruled(err):
		return exitRefused
	}
	return exitArchive
}

// ruled says whether a rule of the archive speaks, and nothing was changed.
func ruled(err error) bool {
	for _, is := range []error{archive.ErrRefused, archive.ErrInvalid, archive.ErrNotFound, archive.ErrStale, export.ErrTaken, export.ErrMasked, export.ErrEdition} {
		if errors.Is(err, is) {
			return true
		}
	}
	return false
}

// report tells the person what went wrong and gives the exit code.
func (c *call) report(err error) int {
	exit := exitOf(err)
	if silent(err) {
		return exit
	}
	var u *unwritten
	if errors.As(err, &u) && c.after != "" {
		c.say("fonds: %s; %s", clip(err.Error()), c.after)
		return exit
	}
	if errors.Is(err, context.Canceled) {
		c.say("fonds: stopped before it was done; what was done and answered stays")
		return exit
	}
	c.say("fonds: %s", clip(err.Error()))
	switch {
	case exit != exitUsage:
	case c.verb != nil:
		c.say("usage: %s\n`fonds help %s` says more.", c.verb.usage, c.verb.name)
	default:
		c.say("`fonds help` lists the verbs.")
	}
	return exit
}

// longest is how many code points of a sentence are shown: a message may quote a
// line of 200,000.
const longest = 600

// clip makes a sentence fit to be shown: one line, no control characters, and
// its middle left out where it is too long.
func clip(s string) string {
	return shorten(visible(s))
}

// shorten leaves out the middle of a sentence that is too long.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= longest {
		return s
	}
	r := []rune(s)
	return string(r[:longest*2/3]) + " … " + string(r[len(r)-longest/3:])
}

// visible is text on one line of a terminal: control characters, with which a
// name could move the cursor or colour the screen, are written out, and so are
// those that turn the direction of what follows.
func visible(s string) string {
	if !strings.ContainsFunc(s, disturbing) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		case disturbing(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func disturbing(r rune) bool {
	return r < ' ' || 0x7f <= r && r <= 0x9f || r == 0x2028 || r == 0x2029 ||
		0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069
}

// crashed writes down what a bug left and says so: a fault of the program is no
// fault of the archive, whose transactions are whole or not there.
func crashed(env Env, args []string, v any) int {
	folder := env.CrashFolder
	if folder == "" {
		folder = os.TempDir()
	}
	report := fmt.Sprintf("Fonds %s stopped at %s\narguments: %q\n\n%v\n\n%s", env.Version,
		env.Now().UTC().Format(time.RFC3339), args, v, debug.Stack())
	name := filepath.Join(folder, "fonds-crash-"+env.Now().UTC().Format("20060102-150405")+".txt")
	where := "A report was written to " + name + "; please send it to the makers of Fonds."
	if err := os.WriteFile(name, []byte(report), 0o600); err != nil {
		where = fmt.Sprintf("No report could be written (%v). What happened: %v", err, v)
	}
	fmt.Fprintf(env.Stderr, "fonds: a fault in the program stopped it. The archive is safe: what was answered as done is in it, the rest is not.\n%s\n", where)
	return exitArchive
}

// readOnlySentence says why an archive cannot be changed, and what to do.
func readOnlySentence(path, why string) error {
	switch why {
	case "newer":
		return &said{fmt.Sprintf("archive %s: a newer Fonds has written it, and this one can only read it; update Fonds", path), storage.ErrReadOnly}
	case "full":
		return fmt.Errorf("archive %s: %w; nothing was changed: make room and try again", path, storage.ErrFull)
	case "folder":
		return &said{fmt.Sprintf("archive %s: the file or its folder cannot be written; copy it to where you may write", path), storage.ErrReadOnly}
	}
	return fmt.Errorf("archive %s: %w", path, storage.ErrReadOnly)
}
