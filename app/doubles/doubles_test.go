package doubles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fonds/app/alike"
	"fonds/storage"
	"fonds/storage/archive"
)

// notice is an invented notice.
func notice(n int) string {
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "第%d条：%d号河段的清淤由%d组负责，于%d日前完成。\n", i+1, i*n+7, (i*i+n)%19, (i*n*3)%28+1)
	}
	return b.String()
}

// What counts is the reading text, of one moment: a correction makes two documents alike
// or unlike, and what somebody does while they are read is not seen.
func TestFind(t *testing.T) {
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "test.fonds"), storage.NewArchive{Owner: "Zhang"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	texts := []string{notice(3), notice(3) + "完", notice(11), notice(17)}
	in := make(chan *archive.Incoming, len(texts))
	for i, text := range texts {
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: fmt.Sprintf("a/%d.txt", i+1), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text,
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Order: i, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	correct := func(n, start, end int, text string) *archive.Edit {
		return &archive.Edit{Do: "correction.propose", Doc: string(ids[n]), Start: &start, End: &end, Text: &text, Reason: "typo"}
	}
	apply := func(edits ...*archive.Edit) {
		t.Helper()
		if _, err := a.Apply(ctx, "Zhang", edits...); err != nil {
			t.Fatal(err)
		}
	}
	apply(correct(1, len([]rune(texts[1]))-1, len([]rune(texts[1])), "")) // what it has more goes
	apply(correct(3, 0, len([]rune(texts[3])), texts[2]))                 // reads as the third does
	var steps []alike.Step
	groups, err := Find(ctx, a, Options{Progress: func(step alike.Step, done, total int) {
		if len(steps) == 0 {
			apply(&archive.Edit{Do: "document.remove", Doc: string(ids[3])})
		}
		if total != 4 && step == alike.Reading || done > total {
			t.Errorf("%s: %d of %d", step, done, total)
		}
		steps = append(steps, step)
	}})
	if err != nil || len(groups) != 2 {
		t.Fatalf("%v, %+v", err, groups)
	}
	for i, g := range groups {
		if !g.Exact || g.Likeness != 1 || g.Within != "" || len(g.Documents) != 2 || g.Documents[0].ID != ids[2*i] || g.Documents[1].ID != ids[2*i+1] ||
			g.Documents[1].Path != fmt.Sprintf("a/%d.txt", 2*i+2) || g.Documents[1].Status == archive.Removed {
			t.Errorf("group %d is %+v", i, g)
		}
	}
	if groups, err = Find(ctx, a, Options{}); err != nil || len(groups) != 1 {
		t.Errorf("after one was removed: %v, %+v", err, groups)
	}
}

// Scans without a text are not nearly the same; when somebody has typed them they may be.
func TestFindWithoutTexts(t *testing.T) {
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "test.fonds"), storage.NewArchive{Owner: "Zhang"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := make(chan *archive.Incoming, 3)
	for i := range 3 {
		original := fmt.Sprint("scan ", i)
		sum := sha256.Sum256([]byte(original))
		in <- &archive.Incoming{Path: fmt.Sprintf("%d.png", i), Original: []byte(original), SHA256: hex.EncodeToString(sum[:]), Format: "image/png",
			Confidence: 1, Order: i, Pages: 1, Recipe: json.RawMessage(`{"extractor":"picture","version":"1"}`)}
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	if groups, err := Find(ctx, a, Options{}); err != nil || len(groups) != 0 {
		t.Errorf("scans without a text are %+v, %v", groups, err)
	}
	for _, id := range ids[:2] {
		if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: archive.TextKind, Doc: string(id), Pages: &[]string{notice(3)}}); err != nil {
			t.Fatal(err)
		}
	}
	if groups, err := Find(ctx, a, Options{}); err != nil || len(groups) != 1 || len(groups[0].Documents) != 2 {
		t.Errorf("typed they are %+v, %v", groups, err)
	}
}
