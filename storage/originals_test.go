package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math/rand"
	"testing"

	"fonds/storage/archive"
)

// Originals of every length around a piece are read whole or hashed piece by piece, each once
// however many documents share it; one that is damaged or gone is said to be so, and the
// others are read.
func TestOriginals(t *testing.T) {
	a := newArchive(t)
	rng := rand.New(rand.NewSource(1))
	sizes := []int{1, 100, HeadBytes, HeadBytes + 1, chunkSize - 1, chunkSize, chunkSize + 1, 2*chunkSize + 7}
	var ids []archive.ID
	want := map[string][]byte{}
	for i, n := range sizes {
		in := incoming(string(rune('a'+i))+".bin", string(rune('一'+i)))
		in.Original = make([]byte, n)
		rng.Read(in.Original)
		if i%2 == 0 { // what can be packed
			for k := range in.Original {
				in.Original[k] = byte(i + k%3)
			}
		}
		in.SHA256 = hexOf(in.Original)
		ids = append(ids, bring(t, a, in)...)
		want[in.SHA256] = in.Original
	}
	read := func() map[string]OriginalSum {
		t.Helper()
		got := map[string]OriginalSum{}
		if err := a.Originals(ctx, append(ids, ids[0]), func(s OriginalSum) error {
			if _, twice := got[s.SHA256]; twice {
				t.Errorf("%s is read twice", s.SHA256[:8])
			}
			got[s.SHA256] = s
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return got
	}
	got := read()
	if len(got) != len(want) {
		t.Fatalf("%d originals, want %d", len(got), len(want))
	}
	for sha, data := range want {
		s := got[sha]
		if s.Err != nil || s.Now != sha || s.Size != int64(len(data)) || !bytes.Equal(s.Head, data[:min(len(data), HeadBytes)]) {
			t.Errorf("of %d bytes: %d, %v", len(data), s.Size, s.Err)
		}
		if whole := len(data) < chunkSize; whole != (s.Whole != nil) || whole && !bytes.Equal(s.Whole, data) {
			t.Errorf("of %d bytes: whole %v", len(data), s.Whole != nil)
		}
	}
	shaOf := func(i int) (sha string) {
		if err := a.r.QueryRowContext(ctx, "SELECT sha256 FROM documents WHERE id=?", ids[i]).Scan(&sha); err != nil {
			t.Fatal(err)
		}
		return sha
	}
	for i, sql := range []string{"DELETE FROM chunks WHERE id>>20=(SELECT id FROM blobs WHERE sha256=?)", "UPDATE chunks SET packed=1 WHERE id>>20=(SELECT id FROM blobs WHERE sha256=?)",
		"UPDATE chunks SET packed=0, data=x'00' WHERE id>>20=(SELECT id FROM blobs WHERE sha256=?)"} {
		if _, err := a.w.ExecContext(ctx, sql, shaOf([]int{0, 1, 2}[i])); err != nil {
			t.Fatal(err)
		}
	}
	got = read()
	for i := range sizes {
		s := got[shaOf(i)]
		switch {
		case i < 2 && (s.Err == nil || s.Now != ""), i == 2 && (s.Err != nil || s.Now == s.SHA256), i > 2 && (s.Err != nil || s.Now != s.SHA256):
			t.Errorf("number %d: %v, now %.8s of %.8s", i, s.Err, s.Now, s.SHA256)
		}
	}
}

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
