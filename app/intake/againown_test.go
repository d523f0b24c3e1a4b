package intake

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// cameIn brings one file into an archive that can read again, and gives its document.
func cameIn(t *testing.T, name string, data []byte) (*storage.Archive, archive.ID) {
	t.Helper()
	ctx := context.Background()
	dir := written(t, name, string(data))
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, Opened(storage.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if _, err := Run(ctx, a, "Zhang", []string{dir}, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	list, err := a.List(ctx, storage.Query{})
	if err != nil || len(list) == 0 {
		t.Fatalf("%s did not come in: %v", name, err)
	}
	return a, list[0].ID
}

// again has a document read again, and gives the text that it has then.
func again(t *testing.T, a *storage.Archive, id archive.ID, e archive.Edit) (string, error) {
	t.Helper()
	e.Do, e.Doc = archive.TextKind, string(id)
	_, failed := a.Apply(context.Background(), "Zhang", &e)
	d, err := a.Document(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Reading()
	if err != nil {
		t.Fatal(err)
	}
	if v, err := a.Verify(context.Background(), storage.VerifyOptions{}); err != nil || !v.OK {
		t.Errorf("the archive is not whole: %+v, %v", v, err)
	}
	return r.Text().String(), failed
}

// TestRereadOwn: what has a reader of its own is read by it, whatever its text was made of since; an encoding is refused.
func TestRereadOwn(t *testing.T) {
	var scan bytes.Buffer
	if err := png.Encode(&scan, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	a, id := cameIn(t, "scan.png", scan.Bytes())
	if text, err := again(t, a, id, archive.Edit{}); err == nil || text != "" {
		t.Errorf("a scan read again is %q, %v", text, err)
	}
	if text, err := again(t, a, id, archive.Edit{Pages: &[]string{"what is typed"}}); err != nil || text != "what is typed" {
		t.Errorf("typed it is %q, %v", text, err)
	}
	for _, e := range []archive.Edit{{Encoding: "GB18030"}, {Article: true}} {
		if text, err := again(t, a, id, e); err == nil || text != "what is typed" || strings.Contains(err.Error(), "another tool") {
			t.Errorf("%+v: %q, %v", e, text, err)
		}
	}
	if text, err := again(t, a, id, archive.Edit{}); err != nil || text != "" {
		t.Errorf("gone back to what the file says it is %q, %v", text, err)
	}
	if text, err := again(t, a, id, archive.Edit{Pages: &[]string{"what is typed"}}); err != nil || text != "what is typed" {
		t.Errorf("and back again it is %q, %v", text, err)
	}

	a, id = cameIn(t, "letter.eml", []byte(lettered("one", "a.txt", "attached")))
	if text, err := again(t, a, id, archive.Edit{Encoding: FoundOut}); err == nil || !strings.Contains(text, "The letter one.") {
		t.Errorf("a letter read again is %q, %v", text, err)
	}
}

// TestRereadLegacy: a Word file that came in where LibreOffice was not gets its text when it is.
func TestRereadLegacy(t *testing.T) {
	dir, path := t.TempDir(), os.Getenv("PATH")
	if err := os.WriteFile(filepath.Join(dir, "a.rtf"), []byte(`{\rtf1\ansi The text of an old file\par}`), 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip(err)
	}
	cmd := exec.Command(program, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "doc:MS Word 97", "--outdir", dir, filepath.Join(dir, "a.rtf"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("LibreOffice makes no old file: %v %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "a.doc"))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	a, id := cameIn(t, "old.doc", data)
	if d, err := a.Document(context.Background(), id); err != nil || d.Info.Chars > 0 {
		t.Skipf("LibreOffice is found though it is not on the PATH (%v)", err)
	}
	if text, err := again(t, a, id, archive.Edit{}); err == nil || text != "" || !strings.Contains(err.Error(), "LibreOffice must be installed") {
		t.Errorf("without LibreOffice it is %q, %v", text, err)
	}
	t.Setenv("PATH", path)
	if text, err := again(t, a, id, archive.Edit{}); err != nil || text != "The text of an old file" {
		t.Errorf("with LibreOffice it is %q, %v", text, err)
	}
	if text, err := again(t, a, id, archive.Edit{}); err == nil || text != "The text of an old file" {
		t.Errorf("once more it is %q, %v", text, err)
	}
}
