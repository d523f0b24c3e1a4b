package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"fonds/storage/archive"
)

var ctx = context.Background()

// long says whether the long forms of the property tests are wanted.
var long = os.Getenv("FONDS_LONG") != ""

// rounds is how often a property test goes round: few, or many where long.
func rounds(few, many int) int {
	if long {
		return many
	}
	return few
}

// newArchive makes an archive in a folder of the test's own.
func newArchive(t testing.TB) *Archive {
	t.Helper()
	a, err := Create(ctx, filepath.Join(t.TempDir(), "test.fonds"), NewArchive{Owner: "Zhang", Template: "dublincore"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// incoming is a document as a reader would make it.
func incoming(path, text string, props ...archive.Proposal) *archive.Incoming {
	sum := sha256.Sum256([]byte(text))
	return &archive.Incoming{Path: path, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text,
		Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Recipe: json.RawMessage(`{"decoder":"utf-8"}`), Proposals: props}
}

// bring imports documents and gives their ids in order.
func bring(t testing.TB, a *Archive, docs ...*archive.Incoming) []archive.ID {
	t.Helper()
	in := make(chan *archive.Incoming, len(docs))
	for _, d := range docs {
		in <- d
	}
	close(in)
	var ids []archive.ID
	err := a.Import(ctx, "Zhang", in, func(r Imported) {
		if r.Err != nil {
			t.Errorf("importing %s: %v", r.Path, r.Err)
		}
		ids = append(ids, r.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func mustApply(t testing.TB, a *Archive, actor string, edits ...*archive.Edit) []Result {
	t.Helper()
	r, err := a.Apply(ctx, actor, edits...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustVerify(t testing.TB, a *Archive) Report {
	t.Helper()
	r, err := a.Verify(ctx, VerifyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK {
		t.Fatalf("verify: %s", r.Bad)
	}
	return r
}

func mustDocument(t testing.TB, a *Archive, id archive.ID) *archive.Document {
	t.Helper()
	d, err := a.Document(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ptr[T any](v T) *T { return &v }

func field(doc archive.ID, name string, values ...string) *archive.Edit {
	e := &archive.Edit{Do: "field.set", Doc: string(doc), Field: name}
	for _, v := range values {
		e.Values = append(e.Values, archive.ValueIn{Value: v})
	}
	return e
}

func tag(do string, doc archive.ID, name string) *archive.Edit {
	return &archive.Edit{Do: do, Doc: string(doc), Tag: name}
}

func mark(doc archive.ID, start, end int, in, label string) *archive.Edit {
	return &archive.Edit{Do: "mark.add", Doc: string(doc), Start: &start, End: &end, In: in, Label: label}
}

func fix(doc archive.ID, start, end int, in, text string) *archive.Edit {
	return &archive.Edit{Do: "correction.propose", Doc: string(doc), Start: &start, End: &end, In: in, Text: &text, Reason: "typo"}
}

// shaOf is the SHA-256 of data, in hex.
func shaOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// seen is a document in which a machine has seen a run to repair, furniture and
// another document's beginning.
func seen(path string) *archive.Incoming {
	d := incoming(path, "旧题来源司法厅\n正文甲乙丙丁\n另一题\n另文甲乙")
	d.Repairs = []archive.Repair{{Start: 0, End: 2, Text: "机改", Reason: "mojibake", Recipe: "utf-8 read as gbk", Rule: "r", Confidence: 0.9}}
	d.Furniture = []archive.Zone{{Start: 2, End: 7, Kind: "label", Rule: "r"}}
	d.Borders = []archive.Beginning{{At: 15, Or: []int{19}, Rule: "r", Confidence: 0.8}}
	return d
}

// last is the latest item of a kind that a document has.
func last(t testing.TB, a *Archive, id archive.ID, w archive.What) *archive.Item {
	t.Helper()
	var it *archive.Item
	for _, o := range mustDocument(t, a, id).Items {
		if o.What == w {
			it = o
		}
	}
	if it == nil {
		t.Fatalf("the document has no %s", w)
	}
	return it
}

// readingOf is the reading text of a document.
func readingOf(t testing.TB, a *Archive, id archive.ID) string {
	t.Helper()
	r, err := mustDocument(t, a, id).Reading()
	if err != nil {
		t.Fatal(err)
	}
	return r.Text().String()
}
