package command

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"
	"time"

	"fonds/app/settings"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// Env is what a call has around it. Tests hand in their own.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	IsTerminal     bool          // Stderr is one: progress may be drawn on it
	Login          string        // the name of the account
	SettingsName   func() string // the name in the settings, or ""
	Version        string
	Now            func() time.Time // its zone is that of times shown to people
	NewID          func() archive.ID
	Busy           time.Duration                    // how long another writer is waited for; 0 is storage's own, 5 seconds
	Place          func(path string) storage.Danger // says where an archive lies; nil is storage.PlaceOf
	CrashFolder    string                           // where a crash is reported; "" is the system's for temporary files
}

// System is the Env of this process.
func System(version string) Env {
	e := Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, IsTerminal: isTerminal(os.Stderr),
		Version: version, Now: time.Now, NewID: archive.NewID}
	if u, err := user.Current(); err == nil {
		e.Login = u.Username
	}
	e.SettingsName = func() string {
		s, err := settings.Load()
		if err != nil {
			fmt.Fprintf(e.Stderr, "fonds: %v\n", err)
		}
		return s.Name
	}
	return e
}

// isTerminal says whether a person may be looking at f: a device of characters
// other than the one that swallows everything.
func isTerminal(f *os.File) bool {
	st, err := f.Stat()
	if err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(st, null)
}

// Exit codes (VERBS.md, "Exit").
const (
	exitDone    = 0
	exitPart    = 1
	exitUsage   = 2
	exitArchive = 3
	exitRefused = 4
)

// call is one verb being done.
type call struct {
	ctx   context.Context
	env   Env
	verb  *verb
	args  []string          // positional
	flags map[string]string // by name without dashes; "" for a flag without a value
	out   *bufio.Writer     // standard output
	after string            // what was done and stays, where the answer cannot be written
	enc   *json.Encoder     // onto out, a line each

	template *template.Template // of the archive, once it is open
}

// Run does one call. args are those behind the program's name, the verb first.
// It returns the exit code and never panics.
func Run(ctx context.Context, args []string, env Env) (exit int) {
	env.fill()
	out := bufio.NewWriter(output{env.Stdout})
	defer func() {
		if v := recover(); v != nil {
			out.Flush() // what was printed before a fault counts, and goes out
			exit = crashed(env, args, v)
		}
	}()
	c := &call{ctx: ctx, env: env, out: out, enc: json.NewEncoder(out)}
	c.enc.SetEscapeHTML(false)
	err := c.run(args)
	// The answer is out before what there is to say about it.
	if e := out.Flush(); e != nil && silent(err) {
		err = e
	}
	return c.report(err)
}

// output is where answers go; all of its errors are unwritten.
type output struct{ w io.Writer }

func (o output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil {
		err = &unwritten{err}
	}
	return n, err
}

func (e *Env) fill() {
	if e.Stdin == nil {
		e.Stdin = strings.NewReader("")
	}
	if e.Stdout == nil {
		e.Stdout = io.Discard
	}
	if e.Stderr == nil {
		e.Stderr = io.Discard
	}
	if e.SettingsName == nil {
		e.SettingsName = func() string { return "" }
	}
	if e.Now == nil {
		e.Now = time.Now
	}
	if e.NewID == nil {
		e.NewID = archive.NewID
	}
	if e.Place == nil {
		e.Place = storage.PlaceOf
	}
	if e.Version == "" {
		e.Version = "dev"
	}
}

func (c *call) run(args []string) error {
	if len(args) == 0 {
		return usage("no verb was given")
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return c.help(args[1:])
	case "--version":
		args = []string{"version"}
	}
	c.verb = verbs.find(args[0])
	if c.verb == nil {
		return usage("there is no verb %q; the verbs are: %s", clip(args[0]), strings.Join(verbs.names(), ", "))
	}
	if err := c.parse(args[1:]); err != nil {
		return err
	}
	if c.has("help") {
		return c.help([]string{c.verb.name})
	}
	return badQuery("--query", c.flags["query"], c.verb.run(c)) // where it names what the archive has not
}

func (c *call) has(flag string) bool { _, ok := c.flags[flag]; return ok }

func (c *call) json() bool { return c.has("json") }

// who is the person that does this: --as, else the name in the settings, else
// that of the account.
func (c *call) who() (string, error) {
	if name, given := c.flags["as"]; given {
		if strings.TrimSpace(name) == "" {
			return "", usage("--as wants a name")
		}
		return checkName(name)
	}
	for _, name := range []string{c.env.SettingsName(), c.env.Login} {
		if strings.TrimSpace(name) != "" {
			return checkName(name)
		}
	}
	return "", usage("nobody is named as the one who does this: give --as NAME")
}

func checkName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", usage("the name %q holds a line break or another control character", clip(name))
	}
	return name, nil
}

// say tells the person something, on standard error.
func (c *call) say(format string, args ...any) {
	c.out.Flush() // its error comes again at the end
	fmt.Fprintf(c.env.Stderr, format+"\n", args...)
}
