package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// bench is a desk for tests: a folder, a clock that stands, and what a call
// answered last.
type bench struct {
	t              *testing.T
	dir            string
	stdin          string
	exit           int
	stdout, stderr string
}

var clock = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func newBench(t *testing.T) *bench {
	t.Helper()
	return &bench{t: t, dir: t.TempDir()}
}

func (b *bench) env(stdout, stderr *bytes.Buffer) Env {
	return Env{Stdin: strings.NewReader(b.stdin), Stdout: stdout, Stderr: stderr, Login: "login", Version: "1.2.3",
		SettingsName: func() string { return "Zhang" }, Now: func() time.Time { return clock }, Busy: 50 * time.Millisecond,
		CrashFolder: b.dir}
}

// file is a path in the folder of the bench.
func (b *bench) file(name string) string { return filepath.Join(b.dir, filepath.FromSlash(name)) }

func (b *bench) write(name, content string) string {
	b.t.Helper()
	path := b.file(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// run does one call. "@name" among the arguments is a file of the bench.
func (b *bench) run(args ...string) int {
	b.t.Helper()
	return b.runWith(context.Background(), nil, args...)
}

func (b *bench) runWith(ctx context.Context, change func(*Env), args ...string) int {
	b.t.Helper()
	args = append([]string(nil), args...)
	for i, a := range args {
		if name, ok := strings.CutPrefix(a, "@"); ok {
			args[i] = b.file(name)
		}
	}
	var stdout, stderr bytes.Buffer
	env := b.env(&stdout, &stderr)
	if change != nil {
		change(&env)
	}
	b.exit = Run(ctx, args, env)
	b.stdout, b.stderr = stdout.String(), stderr.String()
	return b.exit
}

// must is run for what prepares a test.
func (b *bench) must(args ...string) string {
	b.t.Helper()
	if b.run(args...) != 0 {
		b.t.Fatalf("fonds %q: exit %d\n%s%s", args, b.exit, b.stdout, b.stderr)
	}
	return b.stdout
}

// apply does edits and gives the answers.
func (b *bench) apply(lines ...string) []answer {
	b.t.Helper()
	b.stdin = strings.Join(lines, "\n") + "\n"
	b.run("apply", "@a.fonds", "-")
	b.stdin = ""
	return objects[answer](b.t, b.stdout)
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// plain makes an answer comparable: each id is its number in the order in which
// they come, and so are the short ones of known ids.
func plain(s string) string {
	names := map[string]string{}
	return uuids.ReplaceAllStringFunc(s, func(id string) string {
		if names[id] == "" {
			names[id] = fmt.Sprintf("#%d", len(names)+1)
		}
		return names[id]
	})
}

func objects[T any](t *testing.T, lines string) []T {
	t.Helper()
	var out []T
	for line := range strings.Lines(lines) {
		var v T
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("no JSON: %v\n%s", err, line)
		}
		out = append(out, v)
	}
	return out
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\ngot  %s\nwant %s", what, got, want)
	}
}

const notice = "司法厅召开推进会\n22.11.2015 13:35\n本文来源: 司法厅\n会议由李振国主持。\n"

// noticeBench has an archive with one document, path:n.txt.
func noticeBench(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.must("new", "@a.fonds")
	b.write("n.txt", notice)
	b.must("import", "@a.fonds", "@n.txt")
	return b
}

func TestCalls(t *testing.T) {
	b := noticeBench(t)
	b.write("not.fonds", "this is no archive")
	b.must("new", "@empty.fonds")
	b.write("folder/x", "x")
	for _, tt := range []struct {
		args   string
		exit   int
		stdout string // has to hold this; "" is nothing at all
		stderr string
	}{
		{"", 2, "", "no verb was given"},
		{"open a.fonds", 2, "", `there is no verb "open"; the verbs are: new, template, import`},
		{"help", 0, "fonds help VERB", ""},
		{"--help", 0, "fonds help VERB", ""},
		{"help list", 0, "usage: fonds list ARCHIVE", ""},
		{"list --help", 0, "usage: fonds list ARCHIVE", ""},
		{"list -h", 0, "usage: fonds list ARCHIVE", ""},
		{"help nothing", 2, "", `there is no verb "nothing"`},
		{"version", 0, "fonds 1.2.3 (go", ""},
		{"--version", 0, "fonds 1.2.3 (go", ""},
		{"version --json", 0, `{"version":"1.2.3","go":`, ""},
		{"version more", 2, "", `version does not know what to do with "more"`},
		{"list", 2, "", "list wants ARCHIVE\nusage: fonds list ARCHIVE"},
		{"list @a.fonds @b", 2, "", "does not know what to do with"},
		{"list @a.fonds --jsno", 2, "", `list has no flag "--jsno"; --json was meant?`},
		{"list @a.fonds --xyzzyxyzzy", 2, "", "list has no flag \"--xyzzyxyzzy\"\n"},
		{"list @a.fonds --json=yes", 2, "", "--json stands alone"},
		{"list @a.fonds --query", 2, "", "--query wants Q behind it"},
		{"list @a.fonds --query a --query b", 2, "", "--query is given twice"},
		{"list @a.fonds --limit many", 2, "", `--limit wants a number from 0 up, not "many"`},
		{"list @a.fonds --limit -1", 2, "", `--limit wants a number from 0 up, not "-1"`},
		{"list @a.fonds --status old", 2, "", `--status can be "new", "in progress", "submitted", "returned", "approved", "removed", not "old"`},
		{"--json list @a.fonds", 2, "", `there is no verb "--json"`},
		{"list --json @a.fonds", 0, `"name":"n.txt"`, ""},
		{"list @a.fonds --json", 0, `"name":"n.txt"`, ""},
		{"list --limit=0 @a.fonds --json", 0, "", ""},
		{"list -- @a.fonds", 0, "司法厅召开推进会", ""},
		{"list @a.fonds --query 李振国 --json", 0, `"name":"n.txt"`, ""},
		{"list @a.fonds --query 张三 --json", 0, "", ""},
		{"list @a.fonds --query 张三", 0, "", "There is no such document in"},
		{"list @a.fonds --limit 0", 0, "", ""},
		{"list @empty.fonds", 0, "", "empty.fonds is empty: `fonds import "},
		{"list @empty.fonds --status new", 0, "", "empty.fonds is empty: `fonds import "},
		{"list @empty.fonds --limit 0", 0, "", ""},
		{"list @empty.fonds --json", 0, "", ""},
		{"list @a.fonds --status new --json", 0, `"status":"new"`, ""},
		{"list @none.fonds", 3, "", "none.fonds` makes one\n"},
		{"list @not.fonds", 3, "", "not a Fonds archive"},
		{"list @folder", 3, "", "it is a folder"},
		{"verify @not.fonds --json", 3, `{"ok":false,`, "not a Fonds archive"},
		{"new @a.fonds", 4, "", "a file of that name exists; choose another name\n"},
		{"new @none/b.fonds", 3, "", "none is not there; make it first, or name another place\n"},
		{"new @n.txt/b.fonds", 3, "", "b.fonds: its folder "},
		{"new /dev/full/b.fonds", 3, "", "/dev/full is not there; make it first, or name another place\n"},
		{"new /proc/b.fonds", 3, "", "making archive /proc/b.fonds: "},
		{"new @b.fonds --template nothing", 2, "", `there is no template "nothing"; there is: dat18, dublincore`},
		{"new @b.fonds --as=", 2, "", "--as wants a name"},
		{"show @a.fonds path:no.txt", 4, "", `no document "path:no.txt"`},
		{"show @a.fonds 1234", 4, "", `no document "1234"`},
		{"show @a.fonds", 2, "", "show wants DOC behind ARCHIVE\n"},
		{"show", 2, "", "show wants ARCHIVE and DOC\n"},
		{"import @a.fonds", 2, "", "import wants PATH... behind ARCHIVE\n"},
		{"apply @a.fonds", 2, "", "apply wants FILE.jsonl|- behind ARCHIVE\n"},
		{"text @a.fonds path:n.txt", 0, notice, ""},
		{"text @a.fonds path:n.txt --source", 0, notice, ""},
		{"text @a.fonds path:n.txt --json", 2, "", `text has no flag "--json"`},
		{"import @a.fonds @none.txt", 2, "", "there is no file or folder of this name"},
		{"import @a.fonds @n.txt --encoding klingon", 2, "", `there is no encoding "klingon"`},
		{"import @a.fonds @n.txt --encoding=", 2, "", `there is no encoding ""`},
		{"apply @a.fonds @none.jsonl", 2, "", "reading the edits"},
		{"apply @a.fonds @folder", 2, "", "reading the edits"},
		{"undo @a.fonds --as Nobody", 4, "", "Nobody has nothing to undo"},
		{"redo @a.fonds --as Zhang", 4, "", "Zhang has nothing to redo"},
		{"export @a.fonds --out @x", 2, "", "name a format: "},
		{"export @a.fonds --format jsonl", 2, "", "export wants --out DIR"},
		{"export @a.fonds --format jsonl,xyz --out @x", 2, "", `the format "xyz"`},
		{"export @a.fonds --format jsonl --out @x --set some", 2, "", "--set can be approved, all"},
		{"export @a.fonds --format jsonl --out @folder", 4, "", "is not empty"},
		{"export @a.fonds --format jsonl --out @n.txt", 2, "", "the folder for the export cannot be used"},
		{"history @a.fonds path:no", 4, "", "no document"},
		{"history @a.fonds --limit 0", 0, "", ""},
		{"verify @a.fonds --quick --json", 0, `"checked":["chain"]`, ""},
	} {
		t.Run(tt.args, func(t *testing.T) {
			b.t = t
			b.run(strings.Fields(tt.args)...)
			if b.exit != tt.exit {
				t.Errorf("exit %d, want %d", b.exit, tt.exit)
			}
			if !strings.Contains(b.stdout, tt.stdout) || tt.stdout == "" && b.stdout != "" {
				t.Errorf("stdout %q, want %q in it", b.stdout, tt.stdout)
			}
			if !strings.Contains(b.stderr, tt.stderr) || tt.stderr == "" && b.stderr != "" {
				t.Errorf("stderr %q, want %q in it", b.stderr, tt.stderr)
			}
			if b.exit == 2 && !strings.Contains(b.stderr, "fonds help") && !strings.Contains(b.stderr, "usage: ") {
				t.Errorf("stderr %q says nothing of how to call it", b.stderr)
			}
		})
	}
	if _, err := os.Stat(b.file("b.fonds")); err == nil {
		t.Error("a call that was wrong has made an archive")
	}
	b.t = t
	b.must("verify", "@a.fonds")
	for _, end := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(b.file("a.fonds") + end); err == nil {
			t.Errorf("a.fonds%s was left behind", end)
		}
	}
}

func TestIsVerb(t *testing.T) {
	for name, want := range map[string]bool{"import": true, "help": true, "--version": true, "a.fonds": false, "--sample": false, "": false} {
		if got := IsVerb(name); got != want {
			t.Errorf("IsVerb(%q) = %v", name, got)
		}
	}
}

// Every verb says what it is, every flag too, and no line is broken by a
// terminal of 120 columns.
func TestHelp(t *testing.T) {
	b := newBench(t)
	all := b.must("help")
	for _, name := range Verbs() {
		if !strings.Contains(all, "\n  "+name+" ") {
			t.Errorf("`fonds help` does not name %s", name)
		}
		text := b.must("help", name)
		if !strings.HasPrefix(text, "usage: fonds "+name+" ") && name != "version" {
			t.Errorf("%s begins %q", name, text[:40])
		}
		v := verbs.find(name)
		for _, f := range v.flags {
			if f.help == "" || !strings.Contains(v.usage, "--"+f.name) && f.name != "json" {
				t.Errorf("%s: the flag --%s is not explained, or not in the usage", name, f.name)
			}
		}
		if v.help == "" {
			t.Errorf("%s has no help", name)
		}
		all += text
	}
	for line := range strings.Lines(all) {
		if len([]rune(line)) > 121 {
			t.Errorf("a line of %d: %s", len([]rune(line)), line)
		}
	}
}

// Who does it: --as, else the settings, else the account.
func TestWho(t *testing.T) {
	for _, tt := range []struct {
		name, settings, login, want string
		args                        []string
	}{
		{"as", "S", "L", "A", []string{"--as", "A"}},
		{"settings", "S", "L", "S", nil},
		{"account", " ", "L", "L", nil},
		{"nobody", "", "", "", nil},
		{"line break", "", "", "", []string{"--as", "a\nb"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.runWith(context.Background(), func(e *Env) {
				e.SettingsName, e.Login = func() string { return tt.settings }, tt.login
			}, append([]string{"new", "@a.fonds", "--json"}, tt.args...)...)
			if tt.want == "" {
				if b.exit != 2 {
					t.Errorf("exit %d, want 2: %s", b.exit, b.stderr)
				}
				return
			}
			same(t, "owner", b.stdout, fmt.Sprintf(`{"archive":%q,"owner":%q,"template":"dublincore"}`+"\n", b.file("a.fonds"), tt.want))
		})
	}
}

// A fault of the program is said in a sentence, written down, and ends with 3.
func TestCrash(t *testing.T) {
	b := newBench(t)
	exit := b.runWith(context.Background(), func(e *Env) {
		e.SettingsName = func() string { panic("a bug, made up") }
	}, "new", "@a.fonds")
	if exit != 3 || !strings.Contains(b.stderr, "The archive is safe") || strings.Contains(b.stderr, "goroutine") {
		t.Errorf("exit %d: %s", exit, b.stderr)
	}
	reports, err := filepath.Glob(b.file("fonds-crash-*.txt"))
	if err != nil || len(reports) != 1 {
		t.Fatalf("reports: %v, %v", reports, err)
	}
	data, err := os.ReadFile(reports[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Fonds 1.2.3", "a bug, made up", "TestCrash", `"new"`} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("the report lacks %q:\n%s", want, data)
		}
	}
}

// failing is an output that is full.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, fmt.Errorf("no space left") }

func TestOutputFull(t *testing.T) {
	b := noticeBench(t)
	b.write("long.txt", strings.Repeat("Dear Sir\n", 10_000))
	b.must("import", "@a.fonds", "@long.txt")
	b.write("m.txt", "Letter\nDear Madam\n")
	b.stdin = `{"do":"tag.add","doc":"path:n.txt","tag":"x"}`
	for _, tt := range []struct{ args, after string }{
		{"list @a.fonds", ""}, {"text @a.fonds path:n.txt", ""}, {"text @a.fonds path:long.txt", ""}, {"help", ""}, {"verify @a.fonds --json", ""},
		{"history @a.fonds", ""}, {"show @a.fonds path:n.txt", ""}, {"export @a.fonds --format jsonl --out @out", "the export is there, whole"},
		{"apply @a.fonds -", "the edits are done: do not send them again"}, {"apply @a.fonds -", "nothing was changed"},
		{"undo @a.fonds", "it is taken back"}, {"redo @a.fonds", "it is brought back"},
		{"import @a.fonds @m.txt --json", "1 document came in and stays in the archive"}, {"new @b.fonds", "the archive is made"},
	} {
		args := strings.Fields(tt.args)
		exit := b.runWith(context.Background(), func(e *Env) { e.Stdout = failing{} }, args...)
		want := "fonds: the answer cannot be written (no space left)"
		if tt.after != "" {
			want += "; " + tt.after
		}
		if exit != 3 || b.stderr != want+"\n" {
			t.Errorf("%v: exit %d: %s\nwant %s", args, exit, b.stderr, want)
		}
	}
}
