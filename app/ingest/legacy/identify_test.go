package legacy

import (
	"archive/zip"
	"bytes"
	"context"
	"testing"
)

// Files that are cut off or mean harm are identified by what they begin with.
func TestIdentifyHostile(t *testing.T) {
	var bomb bytes.Buffer
	w := zip.NewWriter(&bomb)
	f, err := w.CreateRaw(&zip.FileHeader{Name: "[Content_Types].xml", Method: zip.Deflate, UncompressedSize64: 1 << 40, CompressedSize64: 4})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("\x00\x01\x02\x03")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if puid, _, mime, err := Identify(context.Background(), bomb.Bytes(), "a.docx"); puid != "x-fmt/263" {
		t.Errorf("a bomb: got %q %q %v, want x-fmt/263", puid, mime, err)
	}
	if len(seen(bomb.Bytes())) > headBytes {
		t.Error("it would be looked into")
	}
	whole := makeCompound(file{"WordDocument", nil}, summary)
	for n := 0; n < len(whole); n += 97 {
		if _, _, _, err := Identify(context.Background(), whole[:n], ""); err != nil {
			t.Fatalf("cut off at %d: %v", n, err)
		}
	}
	if puid, _, _, _ := Identify(context.Background(), whole[:600], ""); puid != "fmt/111" {
		t.Errorf("cut off: got %q, want fmt/111", puid)
	}
	deep := bytes.Clone(whole)
	for i := 512; i < 1024; i++ {
		deep[i] = 1 // every sector is followed by one far away
	}
	if _, _, _, err := Identify(context.Background(), deep, "a.doc"); err != nil {
		t.Error(err)
	}
}
