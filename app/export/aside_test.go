package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// TestWithoutAside: what is set aside is in no format, and what is said of the rest
// stands at its words.
func TestWithoutAside(t *testing.T) {
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	text := "推进会通知\n来源: 某网站台\n李振国厅长讲话。\n打印本页\n别处文字混入"
	at := func(words string) int { return archive.NewText(text).Index(words, 0) }
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "a.txt", Original: []byte(text), SHA256: "aa", Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text,
		Furniture: []archive.Zone{{Start: at("来源"), End: at("\n李"), Kind: "label"}, {Start: at("打印"), End: at("\n别"), Kind: "button"}}}
	close(in)
	var doc archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { doc = r.ID }); err != nil {
		t.Fatal(err)
	}
	span := func(e *archive.Edit, words string) *archive.Edit {
		start, end := at(words), at(words)+len([]rune(words))
		e.Doc, e.Start, e.End = string(doc), &start, &end
		return e
	}
	fixed := "局长"
	if _, err := a.Apply(ctx, "Zhang", span(&archive.Edit{Do: "mark.add", Label: "person"}, "李振国"), span(&archive.Edit{Do: "mark.add", Label: "place"}, "某网站台"),
		span(&archive.Edit{Do: "correction.propose", Text: &fixed}, "厅长"), span(&archive.Edit{Do: archive.SplitKind}, "别处文字混入")); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		aside string
		want  string
		marks int
	}{{"", "推进会通知\n来源: 某网站台\n李振国局长讲话。\n打印本页", 3}, {LeaveOut, "推进会通知\n李振国局长讲话。", 2}} {
		out := filepath.Join(t.TempDir(), "out")
		if _, err := Write(ctx, a, Options{Out: out, Choice: Choice{Formats: []string{"jsonl", "tei", "csv", "brat", "webannotation", "findingaid"}, Aside: tt.aside, Docs: []archive.ID{doc}}}); err != nil {
			t.Fatal(err)
		}
		if got := readBrat(t, out); got != tt.want {
			t.Errorf("%q: the text is %q", tt.aside, got)
		}
		err := filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			for _, words := range []string{"某网站台", "打印本页", "别处文字混入"} {
				if tt.aside == LeaveOut && strings.Contains(string(data), words) {
					t.Errorf("%s has %s", name, words)
				}
			}
			if strings.HasSuffix(name, ".ann") {
				if n := strings.Count(string(data), "\nT") + 1; n != tt.marks || !strings.Contains(string(data), "李振国") {
					t.Errorf("%q: %s", tt.aside, data)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// readBrat is the text of the one document of a set in brat's form.
func readBrat(t *testing.T, out string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(out, "brat", "*.txt"))
	if err != nil || len(names) != 1 {
		t.Fatalf("%v, %v", names, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimRight(string(data), "\n")
}

// TestClosedParts: neither the words nor the original of a closed document are given
// out with another that is a part of it, or of which it is a part.
func TestClosedParts(t *testing.T) {
	ctx := context.Background()
	text := "推进会通知\n李振国厅长讲话。\n别处文字混入"
	for _, tt := range []struct {
		name   string
		closed bool // the whole; else the part
		gone   bool // removed, not closed
		words  string
	}{{"a closed whole", true, false, "厅长讲话"}, {"a closed part", false, false, "别处文字混入"}, {"a removed whole", true, true, "厅长讲话"}, {"a removed part", false, true, "别处文字混入"}} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			in := make(chan *archive.Incoming, 1)
			in <- &archive.Incoming{Path: "a.txt", Original: []byte(text), SHA256: sha(text), Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text}
			close(in)
			var doc archive.ID
			if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { doc = r.ID }); err != nil {
				t.Fatal(err)
			}
			start := archive.NewText(text).Index("别处", 0)
			res, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: archive.SplitKind, Doc: string(doc), Start: &start})
			if err != nil {
				t.Fatal(err)
			}
			on := res[0].Part
			if tt.closed {
				on = doc
			}
			e := &archive.Edit{Do: "field.set", Doc: string(on), Field: AccessField, Values: []archive.ValueIn{{Value: "closed"}}}
			if tt.gone {
				e = &archive.Edit{Do: "document.remove", Doc: string(on)}
			}
			if _, err := a.Apply(ctx, "Zhang", e); err != nil {
				t.Fatal(err)
			}
			out := filepath.Join(t.TempDir(), "out")
			if _, err := Write(ctx, a, Options{Out: out, Choice: Choice{Formats: Formats(), Set: map[bool]string{true: Approved, false: All}[tt.gone]}}); err != nil {
				t.Fatal(err)
			}
			err = filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				data, err := os.ReadFile(name)
				if strings.Contains(string(data), tt.words) {
					t.Errorf("%s has the words", name)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func sha(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// TestMaskedMojibake: a masked name that was read in a wrong encoding is masked where
// it stands, also where a character of it was lost.
func TestMaskedMojibake(t *testing.T) {
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	text := "赵志强主持会议。\n璧靛織寮\n璧靛織"
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "a.txt", Original: []byte(text), SHA256: sha(text), Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text,
		Repairs: []archive.Repair{{Start: 9, End: 13, Text: "赵志强", Recipe: "utf-8 read as gbk", Rule: "mojibake", Confidence: 0.9},
			{Start: 14, End: 17, Text: "赵志▯", Recipe: "utf-8 read as gbk", Detail: "2 e5bc?? 强 弱", Rule: "mojibake", Confidence: 0.9}}}
	close(in)
	var doc archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { doc = r.ID }); err != nil {
		t.Fatal(err)
	}
	start, end := 0, 3
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "mark.add", Doc: string(doc), Start: &start, End: &end, Label: "person"}); err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{Approved, All} {
		out := filepath.Join(t.TempDir(), "out")
		if _, err := Write(ctx, a, Options{Out: out, Choice: Choice{Formats: []string{"jsonl", "csv", "tei", "findingaid"}, Set: set, Mask: []string{"person"}}}); err != nil {
			t.Fatal(err)
		}
		err = filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			for _, words := range []string{"赵志", "璧靛"} {
				if strings.Contains(string(data), words) {
					t.Errorf("%s: %s has %s", set, name, words)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestClosedPartInHistory: what was said of the words of a part before it was one, over
// its border too, is not told with its whole.
func TestClosedPartInHistory(t *testing.T) {
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	text := "推进会通知\n李振国厅长讲话。\n秘密文字混入其中"
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "a.txt", Original: []byte(text), SHA256: sha(text), Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text}
	close(in)
	var doc archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { doc = r.ID }); err != nil {
		t.Fatal(err)
	}
	at := func(words string) int { return archive.NewText(text).Index(words, 0) }
	span := func(e *archive.Edit, start, end int) *archive.Edit {
		e.Doc, e.Start, e.End = string(doc), &start, &end
		return e
	}
	fixed, remark := "隐语", "此人即密探"
	secret := at("秘密")
	if _, err := a.Apply(ctx, "Zhang", span(&archive.Edit{Do: "mark.add", Label: "person"}, at("讲话"), secret+4),
		span(&archive.Edit{Do: "mark.add", Label: "place"}, at("李振国"), at("厅长")),
		span(&archive.Edit{Do: "mark.add", Label: "place", Text: &remark}, secret+4, secret+6),
		span(&archive.Edit{Do: "correction.propose", Text: &fixed}, secret, secret+2)); err != nil {
		t.Fatal(err)
	}
	res, err := a.Apply(ctx, "Zhang", span(&archive.Edit{Do: archive.SplitKind}, secret, archive.NewText(text).Len()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(res[0].Part), Field: AccessField, Values: []archive.ValueIn{{Value: "closed"}}}); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	if _, err := Write(ctx, a, Options{Out: out, Choice: Choice{Formats: Formats(), Set: All}}); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		for _, words := range []string{"秘密", "文字混入", fixed, remark} {
			if strings.Contains(string(data), words) {
				t.Errorf("%s has %s", strings.TrimPrefix(name, out), words)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
