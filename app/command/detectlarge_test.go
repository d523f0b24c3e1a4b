package command

import (
	"os"
	"strings"
	"testing"
)

// TestDetectTooLarge: a file that is too large is refused without being read.
func TestDetectTooLarge(t *testing.T) {
	b := newBench(t)
	path := b.write("big.txt", "x")
	if err := os.Truncate(path, 2<<30); err != nil {
		t.Skip("no such file can be made here: ", err)
	}
	if b.run("detect", "@big.txt"); b.exit == 0 || !strings.Contains(b.stdout+b.stderr, "larger than 256 MB") {
		t.Errorf("exit %d: %s%s", b.exit, b.stdout, b.stderr)
	}
}
