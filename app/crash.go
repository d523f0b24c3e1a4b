package app

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"time"

	"fonds/app/settings"
)

// crashFile is where the runtime writes when the program breaks down.
const crashFile = "crash.txt"

// watchCrashes has the runtime write a report should the program break down,
// and gives the path of the report of an earlier breakdown, "" without one. The
// archive needs no rescue: what was said to be saved is in it.
func watchCrashes() string {
	dir, err := settings.Folder()
	if err != nil || os.MkdirAll(dir, 0o700) != nil {
		return "" // the program works without reports
	}
	return watchCrashesIn(dir, time.Now())
}

func watchCrashesIn(dir string, now time.Time) (before string) {
	name := filepath.Join(dir, crashFile)
	if raw, err := os.ReadFile(name); err == nil && len(raw) > 0 {
		report := withoutTexts(raw)
		before = filepath.Join(dir, "crash-"+now.Format("20060102-150405")+".txt")
		if os.WriteFile(before, report, 0o600) == nil {
			os.Remove(name)
		} else {
			before = name
			os.WriteFile(name, report, 0o600) // what cannot be put aside holds no text either
		}
	}
	// A report that could not be put aside stays, and a new one goes behind it.
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return before
	}
	defer f.Close() // the runtime has a descriptor of its own
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		os.Remove(name)
	}
	return before
}

// places are the lines of a report that the runtime writes and the program has no
// part in: which goroutine, which function with its arguments as numbers, which
// line of the source, which fault. A panic's own words are not among them: they
// may quote a document.
var places = regexp.MustCompile(`^(goroutine \d+ .*\[[a-zA-Z0-9 ,()]*\]:|[\pL\pN_./*\[\](){}%·,-]+\((0x[0-9a-f]+|\?|[{}, _.]|\.\.\.)*\)|created by [\pL\pN_./*\[\](){}%·-]+( in goroutine \d+)?|` +
	`\t\S.*:\d+( \+0x[0-9a-f]+)?|\[signal [A-Za-z0-9 :=]+\]|runtime stack:|\s*panic: runtime error: (index out of range|slice bounds out of range|invalid memory address|integer divide|makeslice|hash of|comparing)[a-z0-9 :\[\]]*( \[recovered\]| \[recovered, repanicked\])?|` +
	`fatal error: [a-z ]+|goroutine running on other thread; stack unavailable|exit status \d+|)$`)

// withoutTexts is a report of the runtime with nothing left in it that could be a
// part of a document.
func withoutTexts(report []byte) []byte {
	var out bytes.Buffer
	left := 0
	for line := range bytes.Lines(report) {
		if text := bytes.TrimRight(line, "\n"); places.Match(text) {
			out.Write(text)
			out.WriteByte('\n')
			continue
		}
		if word, rest, ok := bytes.Cut(line, []byte(": ")); ok && string(bytes.TrimSpace(word)) == "panic" {
			fmt.Fprintf(&out, "panic: (%d bytes of words left out)\n", len(bytes.TrimSpace(rest)))
			continue
		}
		left += len(line)
	}
	if left > 0 {
		fmt.Fprintf(&out, "(%d bytes of other words left out)\n", left)
	}
	return out.Bytes()
}
