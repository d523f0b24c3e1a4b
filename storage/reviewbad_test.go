package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fonds/storage/archive"
)

// waiting is an archive of Zhang's in which Wang has proposed a title and a tag, and
// the proposals in that order.
func waiting(t *testing.T) (*Archive, archive.ID, []archive.ID) {
	t.Helper()
	a, id := team(t, "everything")
	r := mustApply(t, a, "Wang", field(id, "dcterms:title", "题名"), tag("tag.add", id, "标签"))
	return a, id, []archive.ID{r[0].Item, r[1].Item}
}

// refusedAs says with which code something was refused.
func refusedAs(err error) string {
	var r *archive.Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return fmt.Sprint(err)
}

// A decision that stands in the rows and not in the log is named by verify: whatever
// of the row somebody with sqlite3 writes.
func TestForgedDecisionsAreNamed(t *testing.T) {
	for name, sql := range map[string]string{
		"an approval":           `UPDATE items SET state='accepted' WHERE id=?`,
		"who approved":          `UPDATE items SET state='accepted', decision='{"by":"Li","at":1}' WHERE id=?`,
		"a rejection":           `UPDATE items SET state='rejected', decision='{"by":"Li","at":1,"reason":"so"}' WHERE id=?`,
		"an author":             `UPDATE items SET by='Zhao' WHERE id=?`,
		"other words":           `UPDATE items SET text='改' WHERE id=?`,
		"whose the document is": `UPDATE documents SET assignee='Zhao' WHERE id=(SELECT doc FROM items WHERE id=?)`,
		"a document approved":   `UPDATE documents SET status='approved' WHERE id=(SELECT doc FROM items WHERE id=?)`,
		"a status":              `UPDATE items SET state='withdrawn' WHERE what='status' AND doc=(SELECT doc FROM items WHERE id=?)`,
		"who submitted it":      `UPDATE items SET by='Zhao', rev_by='Zhao' WHERE what='status' AND doc=(SELECT doc FROM items WHERE id=?)`,
		"which package":         `UPDATE documents SET package='' WHERE id=(SELECT doc FROM items WHERE id=?)`,
		"a question to answer":  `UPDATE documents SET asked=char(10)||'Li'||char(10) WHERE id=(SELECT doc FROM items WHERE id=?)`,
	} {
		t.Run(name, func(t *testing.T) {
			a, id, on := waiting(t)
			mustApply(t, a, "Zhang", &archive.Edit{Do: "package.set", Name: "第一批"}, &archive.Edit{Do: "package.put", Doc: string(id), Package: ptr("第一批")},
				&archive.Edit{Do: "document.submit", Doc: string(id)})
			path := a.Path()
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			db := openRaw(t, path)
			res, err := db.Exec(sql, on[0])
			if err != nil {
				t.Fatal(err)
			}
			if n, _ := res.RowsAffected(); n != 1 {
				t.Fatalf("%d rows forged", n)
			}
			db.Close()
			b, err := Open(ctx, path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			r, err := b.Verify(ctx, VerifyOptions{})
			if err != nil || r.OK || r.Bad == "" {
				t.Fatalf("verify: %+v, %v", r, err)
			}
			if r.BadID != id && !strings.Contains(r.Bad, on[0].Short()) && !strings.Contains(r.Bad, id.Short()) {
				t.Errorf("verify names neither the document nor the row: %s (%s)", r.Bad, r.BadID)
			}
		})
	}
}

// Two windows decide on one thing: the first holds, the second is refused in words,
// and what stands in the same batch as the second is not done either.
func TestDecidedTwice(t *testing.T) {
	a, id, on := waiting(t)
	b, err := Open(ctx, a.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	mustApply(t, a, "Li", decide(on[0], "approve"))
	for _, second := range []*archive.Edit{decide(on[0], "reject"), decide(on[0], "approve"), decide(on[0], "amend", "改")} {
		if _, err := b.Apply(ctx, "Zhang", decide(on[1], "approve"), second); refusedAs(err) == fmt.Sprint(err) {
			t.Errorf("%s after an approval: %v", second.Verdict, err)
		}
	}
	if d := mustDocument(t, b, id); !d.Item(on[1]).Open() || d.Item(on[0]).Decision.By != "Li" {
		t.Error("half of a refused batch was done")
	}
	mustApply(t, a, "Wang", &archive.Edit{Do: "proposal.withdraw", On: string(on[1])})
	if _, err := b.Apply(ctx, "Li", decide(on[1], "approve")); refusedAs(err) == fmt.Sprint(err) {
		t.Errorf("an approval of what was withdrawn: %v", err)
	}
	mustVerify(t, a)
}

// A sign-off that stands in the rows and not in the log is named by verify, and so
// is one whose signer is another in the rows.
func TestForgedSignOffIsNamed(t *testing.T) {
	for name, sql := range map[string]string{
		"signed":         `UPDATE items SET text=replace(text, '"scope":"甲"', '"scope":"甲","signed":true'), decision='{"by":"Li","at":1}' WHERE what='package'`,
		"by another":     `UPDATE items SET rev_by='Li' WHERE what='package'`,
		"what it signed": `UPDATE items SET detail=detail||'x' WHERE what='package'`,
		"a member goes":  `UPDATE items SET state='withdrawn' WHERE what='member'`,
	} {
		t.Run(name, func(t *testing.T) {
			a, id := team(t, "none")
			mustApply(t, a, "Zhang", &archive.Edit{Do: "package.set", Name: "第一批", Scope: ptr("甲"), Responsible: ptr("Zhang")},
				&archive.Edit{Do: "package.put", Doc: string(id), Package: ptr("第一批")})
			if name != "signed" {
				mustApply(t, a, "Zhang", &archive.Edit{Do: "document.submit", Doc: string(id)})
				mustApply(t, a, "Li", &archive.Edit{Do: "document.approve", Doc: string(id)})
				mustApply(t, a, "Zhang", &archive.Edit{Do: "package.sign", Package: ptr("第一批")})
			}
			path := a.Path()
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			db := openRaw(t, path)
			res, err := db.Exec(sql)
			if err != nil {
				t.Fatal(err)
			}
			if n, _ := res.RowsAffected(); n != 1 {
				t.Fatalf("%d rows forged", n)
			}
			db.Close()
			b, err := Open(ctx, path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			if r, err := b.Verify(ctx, VerifyOptions{}); err != nil || r.OK || r.Bad == "" {
				t.Fatalf("verify: %+v, %v", r, err)
			}
		})
	}
}

// Two windows decide on the same hundred at the same moment: each proposal is decided
// once, by one of them, and the other is told about each that it came too late for.
func TestDecidedAtTheSameMoment(t *testing.T) {
	const many = 100
	a, id, _ := waiting(t)
	b, err := Open(ctx, a.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var edits []*archive.Edit
	for i := range many {
		edits = append(edits, tag("tag.add", id, fmt.Sprint("主题", i)))
	}
	on := mustApply(t, a, "Wang", edits...)
	said := make([][]error, 2)
	var both sync.WaitGroup
	for i, who := range []string{"Li", "Zhang"} {
		h := []*Archive{a, b}[i]
		both.Go(func() {
			for j := range on {
				k := []int{j, many - 1 - j}[i] // they meet
				_, err := h.Apply(ctx, who, decide(on[k].Item, []string{"approve", "reject"}[i]))
				said[i] = append(said[i], err)
			}
		})
	}
	both.Wait()
	d := mustDocument(t, b, id)
	for j := range on {
		first, second := said[0][j], said[1][many-1-j]
		if (first == nil) == (second == nil) {
			t.Fatalf("%d: both or none: %v, %v", j, first, second)
		}
		it, late := d.Item(on[j].Item), second
		if first != nil {
			late = first
		}
		if it.Open() || (it.State == archive.Accepted) != (first == nil) || !refusal(late) {
			t.Fatalf("%d: %+v, %v", j, it, late)
		}
	}
	mustVerify(t, a)
}

// Of many that are approved at once, what somebody decided meanwhile is left as they
// decided it and named; the rest is done, and one undo takes back just that.
func TestManyDecidedMeanwhile(t *testing.T) {
	a, id, on := waiting(t)
	r := mustApply(t, a, "Wang", tag("tag.add", id, "一"), tag("tag.add", id, "二"))
	all := append(on, r[0].Item, r[1].Item)
	edits := make([]*archive.Edit, len(all))
	for i, x := range all {
		edits[i] = decide(x, "approve")
	}
	mustApply(t, a, "Zhang", decide(all[1], "reject"))
	mustApply(t, a, "Wang", &archive.Edit{Do: "proposal.withdraw", On: string(all[2])})
	res, err := a.ApplyMany(ctx, "Li", nil, edits...)
	if err != nil {
		t.Fatal(err)
	}
	for i, late := range []bool{false, true, true, false} {
		if refusal(res[i].Err) != late {
			t.Errorf("%d: %v", i, res[i].Err)
		}
	}
	d := mustDocument(t, a, id)
	if d.Item(all[1]).State != archive.Rejected || d.Item(all[1]).Decision.By != "Zhang" || d.Item(all[2]).State != archive.Withdrawn || !d.Item(all[0]).InForce() {
		t.Error("what was decided meanwhile was changed")
	}
	u, err := a.Undo(ctx, "Li", false)
	if err != nil || u.Ops != 2 {
		t.Errorf("undo: %+v, %v", u, err)
	}
	mustVerify(t, a)
}

// An approval given by a name that is another now, or by somebody who reviews no
// more, is that approval still; what either may do next follows what they are now.
func TestDecisionsStayWithWhoGaveThem(t *testing.T) {
	a, id, on := waiting(t)
	mustApply(t, a, "Li", decide(on[0], "approve"))
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.rename", Name: "Li", To: ptr("李红")}, person("李红", "reader"))
	d := mustDocument(t, a, id)
	if it := d.Item(on[0]); it.State != archive.Accepted || it.Decision == nil {
		t.Fatalf("the decision: %+v", it)
	}
	if _, err := a.Apply(ctx, "李红", decide(on[1], "approve")); refusedAs(err) == fmt.Sprint(err) {
		t.Errorf("a reader decides: %v", err)
	}
	// The old name is the person still: nobody joins under it to decide on their own.
	mustApply(t, a, "Zhang", person("李红", "reviewer"))
	r := mustApply(t, a, "李红", tag("tag.add", id, "自己的"))
	if _, err := a.Apply(ctx, "Li", decide(r[0].Item, "approve")); refusedAs(err) == fmt.Sprint(err) {
		t.Errorf("one's own, under a name of before: %v", err)
	}
	mustVerify(t, a)
}

// A clock that was set back a year: what is decided comes after what it is decided
// on all the same, and can be taken back.
func TestDecidedUnderAClockSetBack(t *testing.T) {
	a, id, on := waiting(t)
	b, err := Open(ctx, a.Path(), Options{Now: func() time.Time { return time.Now().AddDate(-1, 0, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	mustApply(t, b, "Li", decide(on[0], "approve"))
	mustApply(t, b, "Wang", &archive.Edit{Do: "document.submit", Doc: string(id)})
	d := mustDocument(t, a, id)
	if it := d.Item(on[0]); it.State != archive.Accepted || d.Status() != archive.Submitted {
		t.Fatalf("%+v, %s", it, d.Status())
	}
	if h, err := a.History(ctx, "", 2); err != nil || h[0].Kind != "document.submit" || h[1].Kind != "decide" {
		t.Errorf("the latest is not the last: %+v, %v", h, err)
	}
	if _, err := b.Undo(ctx, "Li", false); err != nil {
		t.Error(err)
	}
	if d := mustDocument(t, a, id); !d.Item(on[0]).Open() {
		t.Error("it was not taken back")
	}
	mustVerify(t, a)
}

// A decision on many that is stopped on the way has done nothing, and can be begun
// anew.
func TestDecidingOnManyStopped(t *testing.T) {
	a, id := team(t, "everything")
	var proposals, edits []*archive.Edit
	for i := range 400 {
		proposals = append(proposals, tag("tag.add", id, fmt.Sprintf("t%d", i)))
	}
	for _, r := range mustApply(t, a, "Wang", proposals...) {
		edits = append(edits, decide(r.Item, "approve"))
	}
	for n := range 4 {
		stopped, stop := context.WithCancel(ctx)
		time.AfterFunc(time.Duration(n)*2*time.Millisecond, stop)
		_, err := a.Apply(stopped, "Li", edits...)
		stop()
		open := mustDocument(t, a, id).Proposals()
		if err == nil && open != 0 || err != nil && open != len(edits) {
			t.Fatalf("after %d ms: %v, and %d wait", n*2, err, open)
		}
		if err == nil {
			if _, err := a.Undo(ctx, "Li", false); err != nil {
				t.Fatal(err)
			}
		}
	}
	mustApply(t, a, "Li", edits...)
	if n := mustDocument(t, a, id).Proposals(); n != 0 {
		t.Errorf("%d wait", n)
	}
	mustVerify(t, a)
}

// What was asked and answered is found by its words, and gone from the file with a
// document that is destroyed.
func TestWhatWasSaidIsFound(t *testing.T) {
	a, id := team(t, "none")
	r := mustApply(t, a, "Li", &archive.Edit{Do: "thread.start", Doc: string(id), Text: ptr("邮戳上的日期为何不同"), To: ptr("Wang")})
	mustApply(t, a, "Wang", &archive.Edit{Do: "thread.reply", Thread: string(r[0].Item), Text: ptr("系补盖，见背面批语")})
	for _, q := range []string{"邮戳上", "背面批语"} {
		if hits, err := a.List(ctx, Query{Search: q}); err != nil || len(hits) != 1 {
			t.Errorf("%s: %d documents, %v", q, len(hits), err)
		}
	}
	before := derivedOf(t, a)
	mustRebuild(t, a)
	equalRows(t, "built anew", derivedOf(t, a), before)
	mustApply(t, a, "Zhang", destroy(id))
	if hits, err := a.List(ctx, Query{Search: "背面批语"}); err != nil || len(hits) != 0 {
		t.Errorf("after the document was destroyed: %d, %v", len(hits), err)
	}
	mustVerify(t, a)
}

// An archive of the format before the work: what waits for somebody's consent is
// known after it was brought to this format, and its rows are those of one made now.
func TestArchiveFromBeforeTheWork(t *testing.T) {
	a, id, on := waiting(t)
	mustApply(t, a, "Li", decide(on[0], "amend", "改"))
	want := derivedOf(t, a)
	path := a.Path()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	db := openRaw(t, path)
	if _, err := db.Exec(`DROP INDEX documents_assignee; DROP INDEX documents_package; DROP INDEX documents_asked; DROP INDEX items_open; DROP INDEX documents_date; DROP INDEX documents_long; ALTER TABLE documents DROP COLUMN earliest; ALTER TABLE documents DROP COLUMN latest;
		DROP INDEX items_value; DROP INDEX items_mark; DROP INDEX items_note; DROP INDEX items_correction; DROP INDEX items_part; DROP INDEX items_whole;
		ALTER TABLE documents DROP COLUMN assignee; ALTER TABLE documents DROP COLUMN due;
		ALTER TABLE documents DROP COLUMN package; ALTER TABLE documents DROP COLUMN asked; ALTER TABLE documents DROP COLUMN has; DROP INDEX documents_unit; ALTER TABLE documents DROP COLUMN unit; ALTER TABLE documents DROP COLUMN rank; PRAGMA user_version=2`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	b, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	equalRows(t, "brought to this format", derivedOf(t, b), want)
	if docs, err := b.List(ctx, Query{Asked: "Wang"}); err != nil || len(docs) != 1 || docs[0].ID != id {
		t.Errorf("%d documents wait for Wang, %v", len(docs), err)
	}
	mustVerify(t, b)
}
