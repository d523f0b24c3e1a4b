package legacy

import (
	"bytes"
	"context"
	"testing"
)

// BenchmarkIdentify shows what a file of 16 MB that no signature fits costs, and the first question of a program.
func BenchmarkIdentify(b *testing.B) {
	data := bytes.Repeat([]byte("what is this? "), 16<<20/14)
	if _, _, _, err := Identify(context.Background(), data[:1], ""); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, _, _, err := Identify(context.Background(), data, "a.bin"); err != nil {
			b.Fatal(err)
		}
	}
}
