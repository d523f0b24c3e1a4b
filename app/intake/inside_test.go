package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fonds/storage"
)

// Files in files: the members of ZIP files, letters and what is attached to them.

func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		m, err := w.Create(files[i])
		if err == nil {
			_, err = m.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// lettered is a letter with attachments, name and content in turn.
func lettered(subject string, attached ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "From: Wang <w@example.org>\nSubject: %s\nDate: Tue, 8 Mar 2022 10:00:00 +0800\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=%[1]s\n\n--%[1]s\nContent-Type: text/plain\n\nThe letter %[1]s.\n", subject)
	for i := 0; i < len(attached); i += 2 {
		fmt.Fprintf(&b, "--%s\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=%q\nContent-Transfer-Encoding: base64\n\n%s\n", subject, attached[i], base64.StdEncoding.EncodeToString([]byte(attached[i+1])))
	}
	return b.String() + "--" + subject + "--\n"
}

// packedFolder is a folder with files in files, good ones, bad ones, and the same thing in several places.
func packedFolder(t *testing.T) string {
	return written(t, "1.txt", "A letter\n",
		"2.eml", lettered("one", "a.txt", "the attachment", "z.zip", zipped(t, "b.txt", "in the zip", "c.bin", "\x7fELF\x00\x01")),
		"3.zip", zipped(t, "d.txt", "a member", "e.eml", lettered("two", "again.txt", "the attachment"), "f.txt", "A letter\n"),
		"4.zip", zipped(t), "5.zip", zipped(t, "g.txt", strings.Repeat("the text of g ", 20))[:90], "6.txt", "The last letter\n")
}

var packedEvents = []string{"1.txt in", "2.eml in", "2.eml/a.txt in", "2.eml/z.zip/b.txt in", "2.eml/z.zip/c.bin skipped no-reader",
	"3.zip/d.txt in", "3.zip/e.eml in", "3.zip/e.eml/again.txt there", "3.zip/f.txt there", "4.zip skipped empty", "5.zip/g.txt in", "5.zip skipped in-part", "6.txt in"}

// events is what an import tells, and that its counts hold at each step.
func events(t *testing.T, out *[]string) func(Event) {
	bytes, total := int64(0), 0
	return func(e Event) {
		switch f := e.File; {
		case f.Skip != nil:
			*out = append(*out, fmt.Sprint(f.Path, " skipped ", f.Skip.Reason))
		case f.DuplicateOf != "":
			*out = append(*out, f.Path+" there")
		default:
			*out = append(*out, f.Path+" in")
		}
		if e.Done != len(*out) || e.Total < e.Done || e.Total < total || e.Bytes < bytes || e.Bytes > e.Of {
			t.Errorf("event %d: %+v", len(*out), e)
		}
		bytes, total = e.Bytes, e.Total
	}
}

// TestInside: however many read at once and however little is held, the same comes in, in the same order, and each file is
// accounted for once.
func TestInside(t *testing.T) {
	ctx, dir := context.Background(), packedFolder(t)
	for _, o := range []Options{{Readers: 1}, {Readers: 2}, {Readers: 1, Held: 1}, {Readers: 5, Held: 300}} {
		a := newArchive(t)
		var got []string
		r, err := Run(ctx, a, "Li", []string{dir}, o, events(t, &got))
		if err != nil || !slices.Equal(got, packedEvents) {
			t.Fatalf("%+v: %v, got\n%s", o, err, strings.Join(got, "\n"))
		}
		if r.Total != len(got) || r.Imported+r.Duplicates+r.Skipped != r.Total || r.Imported != 8 || r.Duplicates != 2 || r.Skipped != 3 || r.Left() != 0 ||
			r.Reasons["in-part"] != 1 || r.Reasons["no-reader"] != 1 || r.Reasons["empty"] != 1 {
			t.Errorf("%+v: report %+v", o, r)
		}
		if v, err := a.Verify(ctx, storage.VerifyOptions{}); err != nil || !v.OK {
			t.Errorf("%+v: %+v, %v", o, v, err)
		}
	}
}

// partsOf are the paths of what belongs to the document of a path, in order.
func partsOf(t *testing.T, a *storage.Archive, path string) (out []string) {
	t.Helper()
	ctx := context.Background()
	id, err := a.Find(ctx, "path:"+path)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := a.Parts(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		d, err := a.Document(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, d.Info.Path+" "+p.How)
	}
	return out
}

// TestInsideBelongs: an attachment belongs to its letter, one of two letters to both, and the members of a ZIP file that
// was attached to the letter.
func TestInsideBelongs(t *testing.T) {
	a := newArchive(t)
	if _, err := Run(context.Background(), a, "Li", []string{packedFolder(t)}, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := partsOf(t, a, "2.eml"), []string{"2.eml/a.txt attachment", "2.eml/z.zip/b.txt attachment"}; !slices.Equal(got, want) {
		t.Errorf("to the first letter belong %q, not %q", got, want)
	}
	if got, want := partsOf(t, a, "3.zip/e.eml"), []string{"2.eml/a.txt attachment"}; !slices.Equal(got, want) {
		t.Errorf("to the second letter belong %q, not %q", got, want)
	}
}

// TestInsideSurvey: what a survey says is what an import makes, and its rows can be left out, read again and looked at.
func TestInsideSurvey(t *testing.T) {
	ctx, dir, a := context.Background(), packedFolder(t), newArchive(t)
	var rows []Looked
	found := 0
	if _, err := Look(ctx, a, []string{dir}, Options{Found: func(n int) { found = max(found, n) }}, func(l Looked) { rows = append(rows, l) }); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, l := range rows {
		switch {
		case l.Skip != nil:
			said = append(said, fmt.Sprint(l.Path, " skipped ", l.Skip.Reason))
		case l.Duplicate():
			said = append(said, l.Path+" there")
		default:
			said = append(said, l.Path+" in")
		}
	}
	if !slices.Equal(said, packedEvents) || found < len(rows) {
		t.Errorf("the survey (of %d) says\n%s", found, strings.Join(said, "\n"))
	}
	without := map[string]bool{}
	var want []string
	for i, l := range rows {
		again, err := Again(ctx, a, l, Options{})
		if err != nil || !reflect.DeepEqual(again, l) {
			t.Errorf("looked at again, %s is %+v, %v; it was %+v", l.Path, again, err, l)
		}
		if text, _, skip, err := Text(ctx, a, l, Options{}); err != nil || (skip == nil) != (l.Skip == nil) || skip == nil && !strings.HasPrefix(text, l.First[:min(8, len(l.First))]) {
			t.Errorf("%s reads %q, %v, %v", l.Path, text, skip, err)
		}
		if i == 2 || i == 6 || i == 10 { // an attachment, a letter in a ZIP file, its member that was cut off
			without[l.Key()] = true
			want = append(want, l.Path+" skipped left-out")
			continue
		}
		want = append(want, packedEvents[i])
	}
	want[7] = "3.zip/e.eml/again.txt in" // its like was left out
	var got []string
	r, err := Run(ctx, a, "Li", []string{dir}, Options{LeftOut: without}, events(t, &got))
	if err != nil || !slices.Equal(got, want) || r.Reasons[LeftOut] != 3 {
		t.Errorf("%v, %+v, got\n%s\nwant\n%s", err, r, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestInsideStops: stopped behind any file, what was told of is there, with what it belongs to; the import continued brings
// in the rest, and what is there then is what one import would have brought.
func TestInsideStops(t *testing.T) {
	dir := packedFolder(t)
	for stop := 1; stop < len(packedEvents); stop++ {
		a := newArchive(t)
		ctx, cancel := context.WithCancelCause(context.Background())
		var got []string
		on := events(t, &got)
		r, err := Run(ctx, a, "Li", []string{dir}, Options{Held: 1, Readers: 2}, func(e Event) {
			on(e)
			if len(got) == stop {
				cancel(ErrLater)
			}
		})
		cancel(nil)
		if err != nil && !errors.Is(err, context.Canceled) || r.Imported+r.Duplicates+r.Skipped != len(got) || r.Total < len(got) || !slices.Equal(got, packedEvents[:len(got)]) {
			t.Fatalf("stopped behind %d: %v, %+v, %q", stop, err, r, got)
		}
		if err == nil {
			continue // it was done by then
		}
		items, _ := imports(t, a)
		paths, o, err := Kept(context.Background(), a, items[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		was := len(got)
		r, err = Run(context.Background(), a, "Li", paths, o, nil)
		if err != nil || r.Total != len(packedEvents) || r.Imported != 8 || r.Duplicates != 2 || r.Skipped != 3 {
			t.Errorf("continued behind %d: %v, %+v", was, err, r)
		}
		if got, want := partsOf(t, a, "2.eml"), []string{"2.eml/a.txt attachment", "2.eml/z.zip/b.txt attachment"}; !slices.Equal(got, want) {
			t.Errorf("continued behind %d, to the first letter belong %q", was, got)
		}
		if n, err := a.Count(context.Background(), storage.Query{}); n != 8 || err != nil {
			t.Errorf("continued behind %d: %d documents, %v", was, n, err)
		}
	}
}

// TestInsideMany: more files in one file than wait at a time, with next to nothing held.
func TestInsideMany(t *testing.T) {
	var files []string
	for i := range 700 {
		files = append(files, fmt.Sprintf("%d/%d.txt", i%7, i), fmt.Sprintf("Letter %d\n", i))
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.zip"), []byte(zipped(t, files...)), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Run(context.Background(), newArchive(t), "Li", []string{dir}, Options{Held: 4096}, nil)
	if err != nil || r.Imported != 700 || r.Total != 700 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestInsideNames: what lies in a file whose reader goes by its name too is found again.
func TestInsideNames(t *testing.T) {
	ctx, a := context.Background(), newArchive(t)
	box := "From w@example.org Tue Mar  8 10:00:00 2022\n" + lettered("one", "a.txt", "attached") + "\n"
	dir := written(t, "in/box", box+strings.ReplaceAll(box, "one", "two"), "in/one.eml", box)
	var rows []Looked
	if _, err := Look(ctx, a, []string{dir}, Options{}, func(l Looked) { rows = append(rows, l) }); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, l := range rows {
		paths = append(paths, l.Path)
		if again, err := Again(ctx, a, l, Options{}); err != nil || !reflect.DeepEqual(again, l) {
			t.Errorf("looked at again, %s is %+v, %v; it was %+v", l.Path, again, err, l)
		}
	}
	if want := []string{"in/box/00001.eml", "in/box/00001.eml/a.txt", "in/box/00002.eml", "in/box/00002.eml/a.txt", "in/one.eml", "in/one.eml/a.txt"}; !slices.Equal(paths, want) {
		t.Errorf("got %q", paths)
	}
}
