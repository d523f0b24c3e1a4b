package intake

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"fonds/app/ingest"
	"fonds/storage"
)

const notice = "司法厅召开基层服务型党组织现场观摩学习推进会\n李振国厅长对观摩点的工作给予肯定，并提出要求。\n"

// mixed is a folder of what lies in such folders.
func mixed(t *testing.T) string {
	t.Helper()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("关于印发2015年工作要点的通知\n各市、县司法局，监狱，戒毒所：请结合实际贯彻执行。\n")
	if err != nil {
		t.Fatal(err)
	}
	big5, err := traditionalchinese.Big5.NewEncoder().String("臺灣省政府公報\n本府各廳處局，各縣市政府：希遵照辦理並轉飭所屬知照。\n")
	if err != nil {
		t.Fatal(err)
	}
	return written(t, "1 notice.txt", notice, "2 gb.txt", gb, "3 big5.txt", big5, "4 same.txt", notice,
		"5 broken.txt", "司法厅通知\n鎶婁娇鍛芥斁鍦ㄥ績涓婏紝鎶婁娇鍛芥墰鍦ㄨ偐涓婏紝鍔姏宸ヤ綔銆俓n", "6 page.html", "<html><title>页</title><p>第一段内容</p></html>",
		"7 scan.pdf", "%PDF-1.4\n", "8 empty.txt", "", ".hidden", "x", "9 set.jsonl", `{"text":"张三到了银川","label":[[0,2,"PER"]]}`+"\n"+`{"id":7,"text":"李四走了","label":[[0,2,"PER"]]}`+"\n",
		"b/1.ann", "T1\tPER 0 2\t张三\n", "b/1.txt", "张三在会上讲话。\n", "\xc4\xe3.txt", "A file with a name in another encoding.\n")
}

func surveyed(t *testing.T, a *storage.Archive, dir string, o Options) ([]Looked, Survey) {
	t.Helper()
	var all []Looked
	found := -1
	o.Found = func(n int) { found = n }
	s, err := Look(context.Background(), a, []string{dir}, o, func(l Looked) { all = append(all, l) })
	if err != nil {
		t.Fatal(err)
	}
	if found != len(all) {
		t.Errorf("%d files were announced, %d looked at", found, len(all))
	}
	return all, s
}

func byName(t *testing.T, all []Looked, name string) (int, Looked) {
	t.Helper()
	for i, l := range all {
		if l.Path == name {
			return i, l
		}
	}
	t.Fatalf("%s was not looked at", name)
	return 0, Looked{}
}

// A survey says of each file what the import then does, in the same order, and changes
// nothing.
func TestLookSaysWhatRunDoes(t *testing.T) {
	ctx := context.Background()
	a, dir := newArchive(t), mixed(t)
	if _, err := Run(ctx, a, "Li", []string{filepath.Join(dir, "6 page.html")}, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	before, err := a.Heads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	all, s := surveyed(t, a, dir, Options{Readers: 4})
	after, err := a.Heads(ctx)
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("looking changed the archive: %v", err)
	}
	if s.Beside != 1 || s.Whole {
		t.Errorf("survey: %+v", s)
	}
	_, gb := byName(t, all, "2 gb.txt")
	if gb.Encoding != "GB18030" || gb.Confidence < 0.5 || gb.Language != "zh" || !strings.HasPrefix(gb.First, "关于印发") || gb.Format != "text/plain" || gb.Chars == 0 {
		t.Errorf("GB18030: %+v", gb)
	}
	at, _ := byName(t, all, "1 notice.txt")
	if _, same := byName(t, all, "4 same.txt"); same.Earlier != at+1 || !same.Duplicate() {
		t.Errorf("the same as an earlier one: %+v", same)
	}
	if _, html := byName(t, all, "6 page.html"); html.DuplicateOf == "" || html.Format != "text/html" {
		t.Errorf("there already: %+v", html)
	}
	if _, moji := byName(t, all, "5 broken.txt"); moji.Mojibake == 0 || moji.Parts != 1 {
		t.Errorf("mojibake: %+v", moji)
	}
	if _, inside := byName(t, all, "9 set.jsonl/1"); inside.Inside != 1 || inside.First != "张三到了银川" {
		t.Errorf("of another tool: %+v", inside)
	}
	var told []string
	if _, err := Run(ctx, a, "Li", []string{dir}, Options{}, func(e Event) {
		switch f := e.File; {
		case f.Skip != nil:
			told = append(told, f.Path+" "+string(f.Skip.Reason))
		case f.DuplicateOf != "":
			told = append(told, f.Path+" there")
		default:
			told = append(told, fmt.Sprint(f.Path, " ", f.Read.Encoding, " ", f.Chars))
		}
	}); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, l := range all {
		switch {
		case l.Skip != nil:
			want = append(want, l.Path+" "+string(l.Skip.Reason))
		case l.Duplicate():
			want = append(want, l.Path+" there")
		default:
			want = append(want, fmt.Sprint(l.Path, " ", l.Encoding, " ", l.Chars))
		}
	}
	if !reflect.DeepEqual(told, want) {
		t.Errorf("the import did  %q\nthe survey said %q", told, want)
	}
	if len(all) != 13 {
		t.Errorf("%d files: %q", len(all), want)
	}
}

// Another encoding shows another text, of the survey, of the pane and of the import
// alike; what a person leaves out is left out and said to be.
func TestLookInAnotherEncoding(t *testing.T) {
	ctx := context.Background()
	a, dir := newArchive(t), mixed(t)
	all, _ := surveyed(t, a, dir, Options{})
	_, l := byName(t, all, "3 big5.txt")
	o := Options{Encodings: map[string]string{l.Name: "GB18030"}}
	wrong, err := Again(ctx, a, l, o)
	if err != nil || !wrong.Chosen || wrong.Encoding != "GB18030" || wrong.First == l.First || wrong.Confidence != 1 {
		t.Errorf("in another encoding: %+v, %v", wrong, err)
	}
	text, more, skip, err := Text(ctx, a, l, o)
	if err != nil || skip != nil || more || !strings.HasPrefix(text, wrong.First[:12]) {
		t.Errorf("its text: %q %v %v %v", text, more, skip, err)
	}
	o.Encodings[l.Name] = "Big5"
	if right, err := Again(ctx, a, wrong, o); err != nil || right.Encoding != "Big5" || !strings.HasPrefix(right.First, "臺灣省政府公報") {
		t.Errorf("back: %+v, %v", right, err)
	}
	delete(o.Encodings, l.Name)
	if plain, err := Again(ctx, a, wrong, o); err != nil || plain.Chosen || plain.Encoding != l.Encoding {
		t.Errorf("found out again: %+v, %v", plain, err)
	}
	o.Encodings[l.Name] = "no such"
	if bad, err := Again(ctx, a, l, o); err != nil || bad.Skip == nil || bad.Skip.Reason != ingest.BadEncoding {
		t.Errorf("no encoding: %+v, %v", bad, err)
	}
	for _, inside := range []string{"9 set.jsonl/7", "b/1.txt"} {
		_, in := byName(t, all, inside)
		if text, _, skip, err := Text(ctx, a, in, Options{}); err != nil || skip != nil || text == "" || !strings.HasPrefix(text, in.First) {
			t.Errorf("%s: %q, %v, %v", inside, text, skip, err)
		}
	}

	_, out := byName(t, all, "1 notice.txt")
	_, part := byName(t, all, "9 set.jsonl/7")
	o = Options{Encodings: map[string]string{l.Name: "Big5"}, LeftOut: map[string]bool{out.Key(): true, part.Key(): true}}
	r, err := Run(ctx, a, "Li", []string{dir}, o, nil)
	if err != nil || r.Reasons[LeftOut] != 2 || r.Imported+r.Duplicates+r.Skipped != r.Total {
		t.Fatalf("%+v, %v", r, err)
	}
	docs, err := a.List(ctx, storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if d.Path == "1 notice.txt" || d.Path == "9 set.jsonl/7" {
			t.Errorf("%s is in", d.Path)
		}
		if d.Path == "3 big5.txt" {
			if doc, err := a.Document(ctx, d.ID); err != nil || doc.Info.Encoding != "Big5" || doc.Info.Confidence != 1 {
				t.Errorf("%+v, %v", doc.Info, err)
			}
		}
	}
}

// Files that lie, go away or are not there while they are looked at: each is said in a
// row, and the rest goes on.
func TestLookAtBadFiles(t *testing.T) {
	ctx := context.Background()
	a := newArchive(t)
	long := strings.Repeat("会议纪要", 3000)
	dir := written(t, "a.txt", "first\n", "gone/b.txt", "second\n", "gone/c.txt", "third\n", "d.txt", long, "pdf.txt", "%PDF-1.7\n%\xe2\xe3", "cut.txt", notice[:40])
	var all []Looked
	if _, err := Look(ctx, a, []string{dir}, Options{Readers: 1, Held: 1, Found: func(int) {
		if err := os.RemoveAll(filepath.Join(dir, "gone")); err != nil {
			t.Error(err)
		}
	}}, func(l Looked) { all = append(all, l) }); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]ingest.Reason{"gone/b.txt": ingest.Vanished, "gone/c.txt": ingest.Vanished, "pdf.txt": ingest.Damaged} {
		if _, l := byName(t, all, name); l.Skip == nil || l.Skip.Reason != want {
			t.Errorf("%s: %+v", name, l)
		}
	}
	_, l := byName(t, all, "d.txt")
	if utf8.RuneCountInString(l.First) != FirstChars || l.Chars != 12000 {
		t.Errorf("a long one: %+v", l)
	}
	text, more, _, err := Text(ctx, a, l, Options{})
	if err != nil || !more || utf8.RuneCountInString(text) != PreviewChars {
		t.Errorf("its text has %d code points, more %v, %v", utf8.RuneCountInString(text), more, err)
	}
	if _, cut := byName(t, all, "cut.txt"); cut.Skip == nil && cut.Undecoded == 0 && cut.Encoding == "UTF-8" {
		t.Errorf("cut in a character: %+v", cut)
	}
	if err := os.Remove(filepath.Join(dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	_, l = byName(t, all, "a.txt")
	if _, _, skip, err := Text(ctx, a, l, Options{}); err != nil || skip == nil || skip.Reason != ingest.Vanished {
		t.Errorf("a file that is gone: %v, %v", skip, err)
	}
	if _, err := Look(ctx, a, []string{filepath.Join(dir, "nowhere")}, Options{}, func(Looked) {}); !errors.Is(err, ErrPath) {
		t.Errorf("a path that is not there: %v", err)
	}
}

// Of several paths one that is not there is listed as such, and the others come in: a
// survey knows it, and only what it did not find is passed over by the import.
func TestAPathThatIsNotThere(t *testing.T) {
	ctx := context.Background()
	a := newArchive(t)
	dir := written(t, "in/a.txt", "first\n", "b.txt", "second\n")
	paths := []string{filepath.Join(dir, "in"), filepath.Join(dir, "none.txt"), filepath.Join(dir, "b.txt")}
	var all []Looked
	s, err := Look(ctx, a, paths, Options{}, func(l Looked) { all = append(all, l) })
	if err != nil || len(all) != 3 || !maps.Equal(s.Gone, map[string]bool{paths[1]: true}) {
		t.Fatalf("the survey: %+v, %+v, %v", s, all, err)
	}
	if _, l := byName(t, all, "none.txt"); l.Skip == nil || l.Skip.Reason != ingest.NotThere {
		t.Errorf("listed as %+v", l)
	}
	later, cancel := context.WithCancelCause(ctx)
	if _, err := Run(later, a, "Li", paths, Options{Gone: s.Gone, Readers: 1, Held: 1}, func(Event) { cancel(ErrLater) }); err == nil {
		t.Fatal("it was not interrupted")
	}
	it, err := Interrupted(ctx, a)
	if err != nil || it == nil {
		t.Fatalf("interrupted: %v, %v", it, err)
	}
	kept, o, err := Kept(ctx, a, it.ID)
	if err != nil || !slices.Equal(kept, paths) {
		t.Fatalf("kept are %v, %v", kept, err)
	}
	if im, err := it.Import(); err != nil || !slices.Equal(im.Begin.From, []string{paths[0], dir}) || im.Begin.Files != 1 {
		t.Errorf("recorded as %+v, %v", im, err)
	}
	if err := os.Remove(paths[2]); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(ctx, a, "Li", kept, o, nil); !errors.Is(err, ErrPath) {
		t.Errorf("one that was there when it began, as on a disk that is not plugged in: %v", err)
	}
	if err := os.WriteFile(paths[2], []byte("second\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r, err := Run(ctx, a, "Li", kept, o, nil); err != nil || r.Imported != 2 || r.Reasons[ingest.NotThere] != 1 {
		t.Errorf("continued: %+v, %v", r, err)
	}
}

// A survey that is stopped ends with what it has.
func TestLookStops(t *testing.T) {
	a := newArchive(t)
	var files []string
	for i := range 200 {
		files = append(files, fmt.Sprintf("%03d.txt", i), fmt.Sprintf("Letter %d\n", i))
	}
	dir := written(t, files...)
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	_, err := Look(ctx, a, []string{dir}, Options{}, func(Looked) {
		if n++; n == 5 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || n < 5 || n > 50 {
		t.Errorf("after %d files: %v", n, err)
	}
}
