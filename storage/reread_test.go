package storage

import (
	"encoding/json"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// otherwise is a reader that makes several texts of the same bytes: A as they are,
// B with other words, C without its first line and with another at its end, D none of
// its words, E what nobody can read.
func otherwise(original []byte, info archive.Info, recipe json.RawMessage, encoding string, article bool) (*archive.Incoming, error) {
	s := string(original)
	in := &archive.Incoming{Encoding: encoding, Confidence: 1, Recipe: json.RawMessage(`{"decoder":"` + encoding + `"}`)}
	switch encoding {
	case "A":
	case "B":
		s = strings.ReplaceAll(s, "司法", "财政")
		in.Proposals = []archive.Proposal{{Field: "dcterms:creator", Value: "财政厅", Rule: "r", Start: 0, End: min(1, len(s)), Confidence: 0.9}}
	case "C":
		_, s, _ = strings.Cut(s, "\n")
		s += "\n末行"
		in.Furniture = []archive.Zone{{Start: 0, End: 1, Kind: "label", Rule: "r"}}
	case "D":
		s = strings.Repeat("Ã¥", 2600) // longer than a passage
		in.Repairs = []archive.Repair{{Start: 0, End: 2, Text: "å", Reason: "mojibake", Rule: "r", Confidence: 0.9}}
	default:
		return nil, errors.New("no decoder reads it")
	}
	if article {
		s = strings.TrimSpace(s) + "。"
	}
	in.Text = s
	return in, nil
}

func rereadable(t testing.TB) *Archive {
	a := newArchive(t)
	a.readAgain = otherwise
	return a
}

func readAs(id archive.ID, encoding string) *archive.Edit {
	return &archive.Edit{Do: archive.TextKind, Doc: string(id), Encoding: encoding}
}

const rereadText = "旧题来源司法厅\n李振国到会\n附件甲乙丙"

// TestReadAgain: what was said of words goes with them into another source text, what
// has no words there stays with its text and comes back with it, and everything can be
// taken back.
func TestReadAgain(t *testing.T) {
	a := rereadable(t)
	d := incoming("a.txt", rereadText)
	d.Proposals = []archive.Proposal{{Field: "dcterms:title", Value: "旧题", Rule: "r", Start: 0, End: 2, Confidence: 0.9}}
	id := bring(t, a, d)[0]
	mustApply(t, a, "Wang", mark(id, 4, 7, "", "place"), mark(id, 8, 11, "", "person"), fix(id, 16, 17, "", "己"),
		&archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:source", Values: []archive.ValueIn{{Value: "司法厅", Evidence: &archive.RangeIn{Start: 4, End: 7}}}})
	start := rowsOf(t, a)

	r, err := a.Reread(ctx, "Wang", readAs(id, "B"))
	if err != nil || r.Moved != 2 || r.Left != 1 || r.Bare != 1 || r.Same || !strings.HasPrefix(r.Text, "旧题来源财政厅") {
		t.Fatalf("B would be %+v, %v", r, err)
	}
	if rowsOf(t, a) != start {
		t.Fatal("asking has changed something")
	}
	mustApply(t, a, "Wang", readAs(id, "B"))
	got := mustDocument(t, a, id)
	if got.Info.Text != 2 || got.Info.Encoding != "B" {
		t.Fatalf("it is read as %+v", got.Info)
	}
	if s := readingOf(t, a, id); s != "旧题来源财政厅\n李振国到会\n附件己乙丙" {
		t.Errorf("it reads %q", s)
	}
	reading, err := got.Reading()
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range got.Of(archive.AMark) {
		switch {
		case it.Key == "person" && (!it.InForce() || reading.Words(it.Anchor) != "李振国" || reading.LookAgain(it)):
			t.Errorf("the person: %+v", it)
		case it.Key == "place" && it.State != archive.Elsewhere:
			t.Errorf("the place: %+v", it)
		}
	}
	for _, v := range got.Of(archive.AValue) {
		switch v.Key {
		case "dcterms:source":
			if !v.InForce() || v.Anchor.Text != 1 { // its evidence stays in the text that has it
				t.Errorf("the value: %+v", v)
			}
		case "dcterms:title":
			if v.State != archive.Superseded {
				t.Errorf("what was seen in the other text: %+v", v)
			}
		case "dcterms:creator":
			if !v.Open() || v.Anchor.Text != 2 {
				t.Errorf("what is seen in this text: %+v", v)
			}
		}
	}
	list, err := a.List(ctx, Query{Search: "财政厅"})
	if err != nil || len(list) != 1 {
		t.Errorf("the new words are found %d times, %v", len(list), err)
	}
	if list, _ := a.List(ctx, Query{Search: "司法厅到"}); len(list) != 0 {
		t.Error("words are found that no text has")
	}
	mustVerify(t, a)

	mustApply(t, a, "Wang", readAs(id, "A"))
	if v := mustDocument(t, a, id).Values("dcterms:source")[0]; v.Anchor == nil || v.Anchor.Quote != "司法厅" {
		t.Errorf("back at the first text the value is %+v", v)
	}
	if got := mustDocument(t, a, id); got.Info.Text != 1 || len(got.Elsewheres()) != 0 || len(got.Of(archive.AMark)) != 2 {
		t.Errorf("back at the first text: %+v, %d elsewhere", got.Info, len(got.Elsewheres()))
	}
	mustVerify(t, a)
	for range 2 {
		if _, err := a.Undo(ctx, "Wang", false); err != nil {
			t.Fatal(err)
		}
		mustVerify(t, a)
	}
	if now := rowsOf(t, a); now != start {
		t.Errorf("taken back it is\n%s\nand was\n%s", now, start)
	}
	if _, err := a.Redo(ctx, "Wang", false); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, a)
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, a)
	ids := bring(t, a, incoming("b.txt", "后来者"))
	mustVerify(t, a)
	mustApply(t, a, "Zhang", &archive.Edit{Do: archive.DestroyKind, Doc: string(id), Authority: ptr("保管期限表"), Reason: "x"})
	mustVerify(t, a)
	if s := readingOf(t, a, ids[0]); s != "后来者" {
		t.Errorf("the next one reads %q", s)
	}
}

// TestReadAgainLonger: a text with more passages and one with fewer again are found by
// their words only.
func TestReadAgainLonger(t *testing.T) {
	a := rereadable(t)
	id := bring(t, a, incoming("a.txt", rereadText))[0]
	mustApply(t, a, "Wang", readAs(id, "D"))
	mustVerify(t, a)
	mustApply(t, a, "Wang", readAs(id, "C"), mark(id, 0, 3, "", "person")) // of the text that is read by then
	mustVerify(t, a)
	if it := last(t, a, id, archive.AMark); it.Anchor.Quote != "李振国" || it.Anchor.Text != 3 {
		t.Errorf("marked: %+v", it.Anchor)
	}
	if list, _ := a.List(ctx, Query{Search: "Ã¥"}); len(list) != 0 {
		t.Error("the words of a text that is not read are found")
	}
}

// TestReadAgainRefused: each with its words, and nothing is changed.
func TestReadAgainRefused(t *testing.T) {
	a := rereadable(t)
	ids := bring(t, a, seen("s.txt"), incoming("b.txt", rereadText))
	part := mustApply(t, a, "Wang", &archive.Edit{Do: archive.SplitKind, Doc: string(ids[0]), Start: ptr(15)})[0].Part
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "corrections"})
	mustApply(t, a, "Wang", fix(ids[1], 0, 1, "", "新"))
	before := rowsOf(t, a)
	for _, tt := range []struct {
		id       archive.ID
		encoding string
		code     string
	}{
		{part, "B", "text-part"},
		{ids[0], "B", "text-parts"},
		{ids[1], "B", "text-open"},
		{ids[1], "E", "text-cannot"},
		{ids[1], "A", "text-open"},
	} {
		_, err := a.Apply(ctx, "Zhang", readAs(tt.id, tt.encoding))
		var r *archive.Refusal
		if !errors.As(err, &r) || r.Code != tt.code {
			t.Errorf("%s: %v, want %s", tt.encoding, err, tt.code)
		}
	}
	if _, err := a.Apply(ctx, "Wang", readAs(ids[1], "B")); !errors.Is(err, archive.ErrRefused) || !strings.Contains(err.Error(), "reviewer") {
		t.Errorf("by an archivist where corrections are reviewed: %v", err)
	}
	a.readAgain = nil
	if _, err := a.Apply(ctx, "Zhang", readAs(ids[1], "B")); !errors.Is(err, archive.ErrRefused) {
		t.Errorf("without a reader: %v", err)
	}
	if rowsOf(t, a) != before {
		t.Error("something was changed")
	}
	mustVerify(t, a)
}

// TestReadAgainForged: verify finds a later text that is gone, another, or too many.
func TestReadAgainForged(t *testing.T) {
	for _, tt := range []struct{ name, sql, want string }{
		{"gone", "DELETE FROM texts WHERE n=2", "lost its source text 2"},
		{"another", "UPDATE texts SET text=CAST('x' AS BLOB) WHERE n=2", "is not that of its text"},
		{"its recipe", "UPDATE texts SET recipe='{}' WHERE n=2", "recipe of source text 2"},
		{"too many", "INSERT INTO texts(id,doc,n,sha256,recipe,text) SELECT -9,doc,7,sha256,recipe,text FROM texts WHERE n=2", "source texts"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := rereadable(t)
			id := bring(t, a, incoming("a.txt", rereadText))[0]
			mustApply(t, a, "Wang", readAs(id, "C"))
			if _, err := a.w.Exec(tt.sql); err != nil {
				t.Fatal(err)
			}
			rep, err := a.Verify(ctx, VerifyOptions{})
			if err != nil || rep.OK || !strings.Contains(rep.Bad, tt.want) {
				t.Errorf("%q, %v", rep.Bad, err)
			}
		})
	}
}

// TestReadAgainRecovered: what is recovered from a file has the later texts too.
func TestReadAgainRecovered(t *testing.T) {
	a := rereadable(t)
	ids := bring(t, a, incoming("a.txt", rereadText), incoming("b.txt", "又一"))
	mustApply(t, a, "Wang", readAs(ids[0], "C"), readAs(ids[1], "D"))
	out, want := filepath.Join(t.TempDir(), "out.fonds"), []string{readingOf(t, a, ids[0]), readingOf(t, a, ids[1])}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Recover(ctx, a.path, out, "Zhang", RecoverOptions{}); err != nil {
		t.Fatal(err)
	}
	b, err := Open(ctx, out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	mustVerify(t, b)
	for i, id := range ids {
		if got := readingOf(t, b, id); got != want[i] {
			t.Errorf("recovered it reads %q, and read %q", got, want[i])
		}
	}
}

// TestReadAgainDamaged: whatever is damaged of an archive with further texts, what is
// recovered is whole.
func TestReadAgainDamaged(t *testing.T) {
	a := rereadable(t)
	ids := bring(t, a, incoming("a.txt", rereadText), incoming("b.txt", rereadText+"又"))
	for i, encoding := range []string{"B", "C", "A", "D", "C", "B"} {
		id := ids[i%2]
		mustApply(t, a, "Wang", mark(id, i, i+1, "", "person"), readAs(id, encoding))
		if i%3 == 2 {
			if _, err := a.Undo(ctx, "Wang", false); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := a.Path()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	recovered := 0
	for seed := range rounds(30, 1000) {
		rng, dir := rand.New(rand.NewSource(int64(seed))), t.TempDir()
		data := slices.Clone(sound)
		for range 1 + rng.Intn(40) {
			data[100+rng.Intn(len(data)-100)] ^= byte(1 + rng.Intn(255))
		}
		bad, out := filepath.Join(dir, "bad.fonds"), filepath.Join(dir, "out.fonds")
		if err := os.WriteFile(bad, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Recover(ctx, bad, out, "Zhang", RecoverOptions{}); err != nil {
			continue // there is too little left
		}
		recovered++
		b, err := Open(ctx, out, Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		rep, err := b.Verify(ctx, VerifyOptions{})
		b.Close()
		if err != nil || !rep.OK {
			t.Errorf("seed %d: %s, %v", seed, rep.Bad, err)
		}
	}
	if recovered < 10 {
		t.Errorf("only %d were recovered", recovered)
	}
}

// TestReadAgainDecided: what somebody has decided on in a text is not asked again when
// that text is read once more.
func TestReadAgainDecided(t *testing.T) {
	a := rereadable(t)
	id := bring(t, a, incoming("a.txt", rereadText))[0]
	mustApply(t, a, "Wang", readAs(id, "D"))
	machine := func(state archive.State) (n int) {
		for _, it := range mustDocument(t, a, id).Items {
			if it.What == archive.ACorrection && it.State == state {
				n++
			}
		}
		return n
	}
	mustApply(t, a, "Wang", &archive.Edit{Do: "proposal.refuse", On: string(last(t, a, id, archive.ACorrection).ID)}, readAs(id, "A"), readAs(id, "D"))
	if machine(archive.Proposed) != 0 {
		t.Error("what was refused is proposed again")
	}
	if _, err := a.Undo(ctx, "Wang", false); err != nil {
		t.Fatal(err)
	}
	mustApply(t, a, "Wang", &archive.Edit{Do: "proposal.take", On: string(last(t, a, id, archive.ACorrection).ID)}, readAs(id, "A"), readAs(id, "D"))
	if machine(archive.Accepted) != 1 || machine(archive.Proposed) != 0 {
		t.Errorf("what was taken: %d in force, %d proposed", machine(archive.Accepted), machine(archive.Proposed))
	}
	mustApply(t, a, "Wang", readAs(id, "C"), &archive.Edit{Do: "furniture.remove", Doc: string(id)}, readAs(id, "A"), readAs(id, "C"))
	for _, it := range mustDocument(t, a, id).Of(archive.AFurniture) {
		if it.InForce() {
			t.Error("what was said to be the document's is furniture again")
		}
	}
	mustVerify(t, a)
}
