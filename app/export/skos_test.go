package export

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fonds/app/vocab"
	"fonds/storage"
)

// TestSKOS: the tags of any archive, masked and closed as chosen, are a vocabulary that
// can be read again and writes the same bytes.
func TestSKOS(t *testing.T) {
	everyArchive(t, []string{"skos"}, func(seed int64, a *storage.Archive, c Choice, dir string) {
		data, err := os.ReadFile(filepath.Join(dir, "skos", "tags.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		v, err := vocab.Read(data, vocab.Turtle)
		if err != nil {
			if bytes.Contains(data, []byte("skos:Concept ;")) {
				t.Errorf("seed %d: %v\n%s", seed, err, data)
			}
			return
		}
		if v.Wrong > 0 {
			t.Errorf("seed %d: %v\n%s", seed, v.Problems, data)
		}
	})
}
