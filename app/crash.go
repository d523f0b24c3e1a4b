package app

import (
	"os"
	"path/filepath"
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
	if st, err := os.Stat(name); err == nil && st.Size() > 0 {
		kept := filepath.Join(dir, "crash-"+now.Format("20060102-150405")+".txt")
		if os.Rename(name, kept) == nil {
			before = kept
		} else {
			before = name
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
