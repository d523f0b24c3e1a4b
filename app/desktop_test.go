package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// needDesktop skips a test that wants a screen where there is none.
func needDesktop(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts the program")
	}
	if os.Getenv("DISPLAY") == "" {
		t.Skip("wants a screen: run it by make test, or under .ci/display")
	}
	for _, tool := range []string{"xdotool", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("wants %s: make test installs it", tool)
		}
	}
}

// build builds a program of this module once for each test run.
func build(t *testing.T, pkg string) string {
	t.Helper()
	once, _ := builds.LoadOrStore(pkg, sync.OnceValues(func() (string, error) {
		dir, err := os.MkdirTemp("", "fonds-journey-")
		if err != nil {
			return "", err
		}
		bin := filepath.Join(dir, "program")
		out, err := exec.Command("go", "build", "-buildvcs=false", "-tags", tags(), "-o", bin, pkg).CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("building %s: %w\n%s", pkg, err, out)
		}
		return bin, nil
	}))
	bin, err := once.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

var builds sync.Map

// desktop is the program in a real window, driven by keys and mouse.
type desktop struct {
	t      *testing.T
	bin    string
	dir    string // settings, data and archives of this test
	env    []string
	cmd    *exec.Cmd
	stderr *bytes.Buffer
	window string // X's id
}

// newDesktop prepares a program with settings of its own.
func newDesktop(t *testing.T, settings string) *desktop {
	t.Helper()
	needDesktop(t)
	d := &desktop{t: t, bin: build(t, "fonds"), dir: t.TempDir()}
	config := filepath.Join(d.dir, "config")
	for _, dir := range []string{config, filepath.Join(d.dir, ".cache"), filepath.Join(d.dir, "xdg")} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if settings != "" {
		if err := os.WriteFile(filepath.Join(config, "settings.json"), []byte(settings), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	d.env = append(os.Environ(), "FONDS_CONFIG="+config, "FONDS_DATA="+filepath.Join(d.dir, "data"),
		"HOME="+d.dir, "XDG_CONFIG_HOME="+filepath.Join(d.dir, "xdg"), "LANG=C.UTF-8", "FYNE_SCALE=1")
	t.Cleanup(d.kill)
	return d
}

// start opens the window and waits until it can be seen and has the focus.
func (d *desktop) start(args ...string) {
	d.t.Helper()
	d.stderr = &bytes.Buffer{}
	d.cmd = exec.Command(d.bin, args...)
	d.cmd.Env, d.cmd.Stderr = d.env, d.stderr
	if err := d.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.until("a window", func() bool {
		out, _ := exec.Command("xdotool", "search", "--onlyvisible", "--pid", fmt.Sprint(d.cmd.Process.Pid)).Output()
		ids := strings.Fields(string(out))
		if len(ids) == 0 {
			return false
		}
		d.window = ids[0]
		return true
	})
	d.x("windowfocus", "--sync", d.window)
	d.until("the window to be painted", func() bool {
		out, _ := d.shot("-resize", "1x1!", "txt:-")
		return !bytes.Contains(out, []byte("#000000")) && len(out) > 0
	})
}

// until waits for something to come true: the program answers when it can, and
// the test looks again every 20 ms, for half a minute at the most.
func (d *desktop) until(what string, is func() bool) {
	d.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	d.picture("failed")
	d.t.Fatalf("waited for %s in vain; the title is %q, standard error says: %s", what, d.title(), d.stderr)
}

func (d *desktop) x(args ...string) string {
	d.t.Helper()
	out, err := exec.Command("xdotool", args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// keys presses keys one after another, by X's names: "ctrl+k", "Return".
func (d *desktop) keys(names ...string) {
	d.t.Helper()
	d.x(append([]string{"key", "--delay", "20"}, names...)...)
}

// write types text, of the keys that a keyboard has: others xdotool types by
// changing the keyboard under the program, which is a race.
func (d *desktop) write(text string) {
	d.t.Helper()
	d.x("type", "--delay", "15", text)
}

// title is the window's, which names the document that is shown.
func (d *desktop) title() string {
	out, _ := exec.Command("xdotool", "getwindowname", d.window).Output()
	return strings.TrimSpace(string(out))
}

// shot takes what the window shows, as import is told to write it. Import is
// known to wait for ever now and then.
func (d *desktop) shot(args ...string) ([]byte, error) {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	return exec.CommandContext(ctx, "import", append([]string{"-window", d.window}, args...)...).Output()
}

// picture keeps what the window shows once it has come to rest, where
// FONDS_PICTURES names a folder.
func (d *desktop) picture(name string) {
	d.t.Helper()
	dir := os.Getenv("FONDS_PICTURES")
	if dir == "" || d.window == "" {
		return
	}
	var last []byte
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		out, err := d.shot("-strip", "-depth", "8", "-define", "png:exclude-chunks=date,time", "-define", "png:compression-level=9", "png:-")
		if err != nil {
			d.t.Errorf("taking a picture: %v", err)
			return
		}
		if bytes.Equal(out, last) {
			break
		}
		last = out
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), last, 0o666); err != nil {
		d.t.Error(err)
	}
}

// close closes the window as a person does and waits for the program to end.
func (d *desktop) close() {
	d.t.Helper()
	d.keys("ctrl+q")
	done := make(chan error, 1)
	go func() { done <- d.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			d.t.Fatalf("closing: %v\n%s", err, d.stderr)
		}
	case <-time.After(20 * time.Second):
		d.picture("failed")
		d.t.Fatal("the program did not end")
	}
	d.cmd = nil
}

func (d *desktop) kill() {
	if d.cmd != nil && d.cmd.Process != nil {
		d.cmd.Process.Kill()
		d.cmd.Wait()
		d.cmd = nil
	}
}

// verb runs a verb of the same program and gives what it says.
func (d *desktop) verb(args ...string) (string, int) {
	d.t.Helper()
	ctx, stop := context.WithTimeout(d.t.Context(), time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, d.bin, args...)
	cmd.Env = d.env
	out, err := cmd.Output()
	if err != nil {
		if cmd.ProcessState == nil {
			d.t.Fatal(err)
		}
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// shown is what fonds show says of a document, as far as the tests ask.
type shown struct {
	ID     string
	Status string
	Fields []struct{ Field, Value, State, By string }
	Tags   []struct{ Tag, State, By string }
	Marks  []struct {
		Quote, Label, State, By string
	}
	Corrections []struct{ Source, Text, State, By string }
}

func (d *desktop) show(archive, doc string) shown {
	d.t.Helper()
	out, exit := d.verb("show", archive, doc, "--json")
	var s shown
	if err := json.Unmarshal([]byte(out), &s); err != nil || exit != 0 {
		d.t.Fatalf("show %s: exit %d, %v: %s", doc, exit, err, out)
	}
	return s
}
