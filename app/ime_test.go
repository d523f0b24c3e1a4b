package app_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// inputMethod is a fcitx5 with pinyin of the test's own, for the programs that
// have its environment.
type inputMethod struct {
	d   *desktop
	env []string
}

// pinyinProfile makes pinyin the input method that Ctrl+Space turns on.
const pinyinProfile = `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
[Groups/0/Items/1]
Name=pinyin
[GroupOrder]
0=Default
`

// quietBus is a session bus that starts nothing by itself: else the first
// question to a fcitx5 that is still loading starts a second one.
const quietBus = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`

// newInputMethod starts one for the programs of a desktop, or skips the test
// where there is none to be had.
func newInputMethod(t *testing.T, d *desktop) *inputMethod {
	t.Helper()
	for _, tool := range []string{"fcitx5", "fcitx5-remote", "dbus-run-session"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("wants %s, an input method for Chinese: on Debian install fcitx5 and fcitx5-pinyin", tool)
		}
	}
	if _, err := os.Stat("/usr/share/fcitx5/inputmethod/pinyin.conf"); err != nil {
		t.Skip("wants pinyin for fcitx5: on Debian install fcitx5-pinyin")
	}
	config, run := filepath.Join(d.dir, "xdg", "fcitx5"), filepath.Join(d.dir, "run")
	for _, dir := range []string{config, run} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	bus := filepath.Join(run, "bus.conf")
	for name, data := range map[string]string{filepath.Join(config, "profile"): pinyinProfile, bus: quietBus} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.env = append(d.env, "LC_ALL=C.UTF-8", "XMODIFIERS=@im=fcitx", "XDG_RUNTIME_DIR="+run)
	cmd := exec.Command("dbus-run-session", "--config-file="+bus, "--", "sh", "-c", `echo "$DBUS_SESSION_BUS_ADDRESS"; exec fcitx5 -D --disable=wayland,waylandim`)
	cmd.Env = d.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	log := &bytes.Buffer{}
	cmd.Stderr = log
	says, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) // the bus and fcitx5 too
		_ = cmd.Wait()                                      // until nobody holds its standard error any more
		if t.Failed() {
			t.Logf("fcitx5 says: %s", log)
		}
	})
	address, err := bufio.NewReader(says).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS="+strings.TrimSpace(address))
	m := &inputMethod{d: d, env: d.env}
	d.until("fcitx5 to answer", func() bool { return m.remote() != "" })
	return m
}

// remote asks fcitx5 for its state: "2" is on, "1" off, "" no answer.
func (m *inputMethod) remote(args ...string) string {
	cmd := exec.Command("fcitx5-remote", args...)
	cmd.Env = m.env
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// on turns pinyin on for what has the focus.
func (m *inputMethod) on() {
	m.d.t.Helper()
	m.d.until("pinyin to be on", func() bool { m.remote("-o"); return m.remote() == "2" })
}

// compose types as a person does: slower than a key can be on its way.
func (m *inputMethod) compose(keys ...string) {
	m.d.t.Helper()
	m.d.x(append([]string{"key", "--delay", "60"}, keys...)...)
}

// TestPinyin types Chinese by a real input method into the real window: one title
// and the keys of the text, all there is with FONDS_LONG.
func TestPinyin(t *testing.T) {
	d := newDesktop(t, `{"name":"Zhang","language":"zh-Hans","theme":"light","width":1280,"height":800}`)
	m := newInputMethod(t, d)
	archive := filepath.Join(d.dir, "data", "sample.fonds")
	const doc, name = "path:notices/07-shizi-wenhuajie.txt", "07-shizi-wenhuajie.txt"
	d.start("--sample")
	d.until("the sample archive", func() bool { return strings.Contains(d.title(), "sample.fonds") })
	d.until("the list", func() bool { d.keys("ctrl+l", "Home", "Down"); return strings.Contains(d.title(), "02-") })
	d.keys("Down", "Down", "Down", "Down", "Down")
	d.until("the document", func() bool { return strings.Contains(d.title(), name) })
	m.on()
	long := os.Getenv("FONDS_LONG") != ""

	t.Run("field", func(t *testing.T) {
		d.t = t
		// Return until it is done: on a slow machine it can come before what was composed.
		// The digit in front tells one title from the one before.
		becomes := func(what, want string) {
			d.t.Helper()
			d.until(what+": the title "+want, func() bool { d.keys("Return"); return d.has(archive, doc, "dcterms:title", want) })
		}
		for i, tc := range []struct {
			what, keys, want string
		}{
			{"a word", "n i h a o space", "你好"},
			{"keys of a composition", "n i h a o space =你好 z h o n g BackSpace BackSpace Left Right Home End Escape", "你好"},
			{"letters as they stand", "n i h a o space =你好 z h o n g Return", "你好zhong"},
			{"cancelled, then Backspace", "n i h a o space =你好 x x Escape BackSpace", "你"},
			{"committed, then Backspace", "z h o n g space =中 n i h a o space =中你好 BackSpace", "中你"},
			{"all letters taken back, then one more", "n i h a o space =你好 x x BackSpace BackSpace BackSpace", "你"},
			{"pages of candidates", "n i h a o space =你好 n i equal equal minus BackSpace BackSpace BackSpace", "你"},
			{"a candidate by its digit", "n i h a o 2", "你号"},
			{"Shift goes over to English", "n i h a o space =你好 w o Shift_L =你好wo x y Shift_L n i h a o space", "你好woxy你好"},
			{"Tab is the input method's", "n i h a o Tab Tab Escape z h o n g space", "中"},
		} {
			if !long && tc.what != "keys of a composition" {
				continue
			}
			d.keys("ctrl+1", "ctrl+a", "BackSpace", fmt.Sprint(i))
			var keys []string
			for _, key := range strings.Fields(tc.keys) {
				// What is committed comes some time after its key. A person sees it before
				// going on; here the draft tells.
				if seen, ok := strings.CutPrefix(key, "="); ok {
					m.compose(keys...)
					keys = nil
					d.until(tc.what+": "+seen, func() bool { return draftOf(t, archive, "Zhang") == fmt.Sprint(i, seen) })
					continue
				}
				keys = append(keys, key)
			}
			m.compose(keys...)
			if tc.what == "pages of candidates" {
				d.picture("pinyin")
			}
			becomes(tc.what, fmt.Sprint(i, tc.want))
		}
		if !long {
			return
		}
		// A letter held down goes into the composition each time: the keyboard's
		// repetition is that of the server.
		d.keys("ctrl+1", "ctrl+a", "BackSpace")
		m.compose("n", "i", "h", "a", "o", "space")
		d.until("the draft", func() bool { return draftOf(t, archive, "Zhang") == "你好" })
		d.x("keydown", "a", "sleep", "0.9", "keyup", "a")
		m.compose("BackSpace", "BackSpace", "BackSpace", "Escape")
		becomes("a letter held down", "你好")
	})

	// What is half composed goes where the focus goes, and takes nothing there.
	t.Run("elsewhere", func(t *testing.T) {
		if !long {
			t.Skip("FONDS_LONG is not set")
		}
		d.t = t
		d.keys("ctrl+1", "ctrl+a")
		d.write("110")
		d.until("the title", func() bool { d.keys("Return"); return d.has(archive, doc, "dcterms:title", "110") })
		d.keys("ctrl+t")
		m.compose("x", "x")
		d.keys("ctrl+1")
		m.compose("BackSpace", "BackSpace", "End")
		d.write("9")
		d.until("a digit in the title", func() bool { d.keys("Return"); return d.has(archive, doc, "dcterms:title", "1109") })
		m.compose("n", "i")
		d.click(600, 560) // into the text
		m.compose("h", "a", "o", "space", "p", "Escape")
		d.keys("alt+5")
		d.until("the tag of Alt+5", func() bool { return len(d.show(archive, doc).Tags) == 1 })
		if got := d.show(archive, doc); got.field("dcterms:title") != "1109" || len(got.Marks) > 0 || len(got.Corrections) > 0 {
			t.Errorf("begun in the title, ended in the text: %+v", got)
		}
		d.keys("alt+5")
		d.until("the tag gone", func() bool { return len(d.show(archive, doc).Tags) == 0 })
	})

	t.Run("text", func(t *testing.T) {
		d.t = t
		tags := func() int { return len(d.show(archive, doc).Tags) }
		before := d.show(archive, doc)
		d.choose(1, 3)
		m.on()                                               // the Shift of choosing can have turned it off
		m.compose(strings.Fields("p o 1")...)                // digits choose
		m.compose(strings.Fields("n Return")...)             // one letter as it stands: no note
		m.compose(strings.Fields("n Shift_L Shift_L")...)    // the same by Shift
		m.compose(strings.Fields("h e l l o Return")...)     // e, o
		m.compose(strings.Fields("j i u space k Escape")...) // j, k
		d.keys("alt+2")
		d.until("the tag of Alt+2", func() bool { return tags() == len(before.Tags)+1 })
		got := d.show(archive, doc)
		if len(got.Marks) != len(before.Marks) || len(got.Corrections) != len(before.Corrections) || !strings.Contains(d.title(), name) {
			t.Errorf("composed letters are commands: %+v, %s", got, d.title())
		}
		m.on()
		if !long {
			return
		}
		// Digits that nothing is composed with go through, typed as fast as can be.
		d.x("key", "--delay", "0", "1", "3", "4")
		d.until("the tags of three keys", func() bool { return tags() == len(before.Tags)+4 })
		d.keys("alt+1", "alt+2", "alt+3", "alt+4")
		d.until("the tags gone", func() bool { return tags() == len(before.Tags) })
	})

	t.Run("list", func(t *testing.T) {
		if !long {
			t.Skip("FONDS_LONG is not set")
		}
		d.t = t
		d.keys("ctrl+l")
		m.on()
		m.compose(strings.Fields("j Return k Shift_L Shift_L j i u space")...)
		m.compose("j", "Escape", "Down")
		d.until("the next document", func() bool { return strings.Contains(d.title(), "08-") })
		d.click(140, 50) // the search
		m.on()
		m.compose(strings.Fields("r e n m i n space")...)
		d.until("the search to be done", func() bool { d.keys("Return"); return strings.Contains(d.title(), "01-tiaojie") })
	})
	d.t = t
	d.close()
}

// field is the value in force of a field, or "".
func (s shown) field(id string) string {
	for _, f := range s.Fields {
		if f.Field == id && f.State == "accepted" {
			return f.Value
		}
	}
	return ""
}

// click clicks at a point of the window, in pixels from its corner.
func (d *desktop) click(x, y int) {
	d.t.Helper()
	d.x("mousemove", "--window", d.window, fmt.Sprint(x), fmt.Sprint(y), "click", "1")
}
