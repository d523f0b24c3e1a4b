package legacy

import (
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzSaid reads any bytes as a compound file and as a stream of properties.
func FuzzSaid(f *testing.F) {
	f.Add(makeCompound(file{"WordDocument", nil}, summary))
	f.Add(summary.data)
	f.Fuzz(func(t *testing.T, data []byte) {
		begun := time.Now()
		kindOf(data, "")
		list := values(data, propertySets[0])
		if c, err := openCompound(data); err == nil {
			list = append(list, said(c)...)
			for name := range c.streams {
				if n := len(c.read(name, 1<<30)); n > len(data)+4096 {
					t.Fatalf("a stream of %d bytes in %d", n, len(data))
				}
			}
			filePass(c)
		}
		for _, s := range list {
			if !utf8.ValidString(s.Value) || s.Field == "" {
				t.Fatalf("%q", s)
			}
		}
		if d := time.Since(begun); d > 2*time.Second {
			t.Fatalf("took %v", d)
		}
	})
}
