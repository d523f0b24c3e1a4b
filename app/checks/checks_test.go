package checks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.FixedZone("", 8*3600))
)

// paperOfTest is a document as a test brings it in.
type paperOfTest struct {
	text   string
	values map[string][]string // by field; a value that stands in the text has its evidence
	change func(*archive.Incoming)
	after  func(t *testing.T, a *storage.Archive, id archive.ID)
}

// checked brings documents into an archive with a template and checks it.
func checked(t *testing.T, template string, papers ...paperOfTest) (*Report, *storage.Archive) {
	t.Helper()
	i18n.Use("en")
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "t.fonds"), storage.NewArchive{Owner: "Zhang", Template: template},
		storage.Options{Now: func() time.Time { return now.Add(-time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	for i, p := range papers {
		id := bring(t, a, i, p)
		for field, values := range p.values {
			e := &archive.Edit{Do: "field.set", Doc: string(id), Field: field}
			for _, v := range values {
				in := archive.ValueIn{Value: v}
				v, evidence, _ := strings.Cut(v, "@")
				if at := strings.Index(p.text, evidence); evidence != "" && at >= 0 {
					start := len([]rune(p.text[:at]))
					in.Evidence = &archive.RangeIn{Start: start, End: start + len([]rune(evidence))}
				}
				in.Value = v
				e.Values = append(e.Values, in)
			}
			if _, err := a.Apply(ctx, "Zhang", e); err != nil {
				t.Fatal(err)
			}
		}
		if p.after != nil {
			p.after(t, a, id)
		}
	}
	return reported(t, a), a
}

func bring(t *testing.T, a *storage.Archive, i int, p paperOfTest) (id archive.ID) {
	t.Helper()
	if i > 0 { // the same bytes are one document
		p.text += fmt.Sprintf("第%d件\n", i+1)
	}
	sum := sha256.Sum256([]byte(p.text))
	d := &archive.Incoming{Path: fmt.Sprintf("in/%d.txt", i+1), Order: i, Original: []byte(p.text), SHA256: hex.EncodeToString(sum[:]), Text: p.text,
		Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Recipe: json.RawMessage(`{"decoder":"UTF-8","extractor":"plain","version":"3"}`)}
	if p.change != nil {
		p.change(d)
	}
	in := make(chan *archive.Incoming, 1)
	in <- d
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		id = r.ID
	}); err != nil {
		t.Fatal(err)
	}
	return id
}

func reported(t *testing.T, a *storage.Archive) *Report {
	t.Helper()
	r, err := Run(ctx, a, Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// codesOf are the codes of the findings of a check.
func codesOf(o *Outcome) string {
	var out []string
	for _, f := range o.Findings {
		out = append(out, f.Code)
	}
	return strings.Join(out, " ")
}

// TestSlots: each check has a place of its own, which its code finds.
func TestSlots(t *testing.T) {
	if len(All) > mostChecks {
		t.Fatalf("%d checks, and room for %d", len(All), mostChecks)
	}
	for i, c := range All {
		if slotOf(c.Code) != i {
			t.Errorf("%s has place %d, not %d", c.Code, slotOf(c.Code), i)
		}
	}
}

// TestCharacters: what is counted in a text by its bytes is what its code points are.
func TestCharacters(t *testing.T) {
	text := "报告\r\n\t甲\u0007\u0085\ue000\ufffd\ufdd0\uffff\u4dff\u4e00\u9fff\ua000\uf900，。Ａ\U00100000\U0001fffe𠀀e\u0301\u202ed" + "\x00"
	want := map[string]int{}
	for _, r := range text {
		if what := odd(r); what != "" && what != aHidden && !suspect(r) {
			want[what]++
		}
	}
	s := &subject{one: &one{}, text: text, d: &storage.Whole{Document: &archive.Document{}}}
	got := map[string]int{}
	for _, f := range s.characters() {
		got[f.Args[1].(string)] = f.Args[3].(int)
	}
	if !maps.Equal(got, want) || want[aControl] == 0 || want[aPrivate] == 0 || want[aReplacement] == 0 || want[noCharacter] == 0 {
		t.Errorf("found %v, and there are %v", got, want)
	}
}
