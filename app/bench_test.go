package app_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestBenchMemory compares the resident memory of Fonds with the sample archive
// open to that of an empty Fyne window of the same size.
func TestBenchMemory(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	bare := newDesktop(t, "")
	bare.bin = build(t, "fonds/app/testdata/bare")
	bare.start()
	floor := settled(t, bare)
	bare.kill()
	d := newDesktop(t, `{"name":"Zhang","language":"zh-Hans","width":1280,"height":800}`)
	d.start("--sample")
	d.until("the sample archive", func() bool { return strings.Contains(d.title(), "sample.fonds") })
	got := settled(t, d)
	t.Logf("BENCH %-46s %10.1f %-12s floor %10.1f   difference %.1f (to reach: at most 80)", "memory, sample archive open", got, "MB", floor, got-floor)
}

// TestBenchSeed times the seed document in a real window: model ready, and
// painted for the first time, in the median of ten.
func TestBenchSeed(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	needDesktop(t)
	seeds, _ := filepath.Glob("../../shared/seed/*.txt")
	if len(seeds) == 0 {
		t.Skip("the seed document is not here")
	}
	out, err := exec.Command(build(t, "fonds/app/testdata/seedgl"), seeds[0]).Output()
	if err != nil {
		t.Fatal(err)
	}
	var ready, painted []float64
	for _, line := range strings.Fields(strings.ReplaceAll(string(out), "\n", " \n ")) {
		v, err := strconv.ParseFloat(line, 64)
		if err != nil {
			t.Fatalf("seedgl says %q", out)
		}
		if len(ready) == len(painted) {
			ready = append(ready, v)
		} else {
			painted = append(painted, v)
		}
	}
	slices.Sort(ready)
	slices.Sort(painted)
	if len(painted) < 5 {
		t.Fatalf("seedgl says %q", out)
	}
	t.Logf("BENCH %-46s %10.2f %-12s (to reach: at most 5), slowest %.2f", "the seed, model ready", ready[len(ready)/2], "ms", ready[len(ready)-1])
	t.Logf("BENCH %-46s %10.2f %-12s (to reach: at most 100), slowest %.2f", "the seed, painted", painted[len(painted)/2], "ms", painted[len(painted)-1])
}

// settled is the resident memory in MB once it has been within 1 MB for three
// seconds.
func settled(t *testing.T, d *desktop) float64 {
	t.Helper()
	last, since := 0.0, time.Now()
	for end := time.Now().Add(time.Minute); time.Now().Before(end) && time.Since(since) < 3*time.Second; time.Sleep(100 * time.Millisecond) {
		if now := resident(t, d.cmd.Process.Pid); now > last+1 || now < last-1 {
			last, since = now, time.Now()
		}
	}
	return last
}

func resident(t *testing.T, pid int) float64 {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skipf("wants /proc: %v", err)
	}
	var kb float64
	for _, line := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(line, "VmRSS:") {
			fmt.Sscanf(line, "VmRSS: %f kB", &kb)
		}
	}
	return kb / 1024
}
