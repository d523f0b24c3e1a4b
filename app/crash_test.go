package app

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// secret stands in the document that is open when the program breaks down.
const secret = "绝密文件第七号LETTER-OF-MARQUE"

// crashKinds are ways to break down with a text in hand.
var crashKinds = map[string]func(text string){
	"words":  func(text string) { panic(fmt.Errorf("laying out %q:\n%s", text, text)) },
	"string": func(text string) { panic(text + "\n\t" + text + "\n" + text + "()") },
	"minute": func(text string) { panic("minutes\n" + strings.TrimSpace(text) + ":12\n" + secret + ":5 +0x1f") },
	"index":  func(text string) { _ = []rune(text)[len(text)] },
	"nil":    func(text string) { var p *string; *p = text },
	"map":    func(text string) { m := map[any]int{}; m[[]string{text}] = 1 },
	"cast":   func(text string) { _ = any(text).(fmt.Stringer) },
}

// TestCrashHelper is the program that breaks down; see TestCrashReportHoldsNoText.
func TestCrashHelper(t *testing.T) {
	kind := os.Getenv("FONDS_TEST_CRASH")
	if kind == "" {
		t.Skip("is run by TestCrashReportHoldsNoText")
	}
	b := newBench(t, zhang, Options{})
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "s.txt"), []byte(secret+"，"+secret+"。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.createArchive(filepath.Join(dir, "a.fonds"))
	b.m.Settle()
	b.importPaths([]string{filepath.Join(dir, "s.txt")})
	b.m.Settle()
	b.run("doc.next")
	text := b.s.Document().Text.Text().String()
	if !strings.Contains(text, secret) {
		t.Fatalf("the document is %q", text)
	}
	watchCrashesIn(os.Getenv("FONDS_TEST_CRASH_IN"), time.Now())
	crashKinds[kind](text)
}

// However the program breaks down, the report that the window names holds nothing
// of the document that was open, and says where in the program it was.
func TestCrashReportHoldsNoText(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program")
	}
	quoted := false // by the runtime, or nothing would be tested
	for kind := range crashKinds {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run", "^TestCrashHelper$")
		cmd.Env = append(os.Environ(), "FONDS_TEST_CRASH="+kind, "FONDS_TEST_CRASH_IN="+dir)
		if out, err := cmd.CombinedOutput(); err == nil || strings.Contains(string(out), "FAIL: TestCrashHelper") && !strings.Contains(string(out), "panic") {
			t.Fatalf("%s: it did not break down: %s", kind, out)
		}
		raw, _ := os.ReadFile(filepath.Join(dir, crashFile))
		if len(raw) == 0 {
			t.Errorf("%s: there is no report", kind)
			continue
		}
		quoted = quoted || strings.Contains(string(raw), "MARQUE")
		kept := watchCrashesIn(dir, time.Now())
		data, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{"绝密", "第七号", "MARQUE"} {
			if strings.Contains(string(data), part) {
				t.Errorf("%s: the report holds %q:\n%s", kind, part, data)
			}
		}
		if !strings.Contains(string(data), "fonds/app.") || !strings.Contains(string(data), "crash_test.go:") || !strings.Contains(string(data), "goroutine ") {
			t.Errorf("%s: the report does not say where:\n%s\nit was:\n%s", kind, data, raw)
		}
		if left, err := os.ReadFile(filepath.Join(dir, crashFile)); err == nil && len(left) > 0 {
			t.Errorf("%s: what the runtime wrote still lies there", kind)
		}
	}
	if !quoted {
		t.Error("no report of the runtime quoted the document")
	}
}
