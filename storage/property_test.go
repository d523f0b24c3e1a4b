package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
	"fonds/storage/words"
)

var people = []string{"Zhang", "王雪梅", "Li"}

// randomEdit is something that somebody might do to a document; it may well be
// refused.
func randomEdit(rng *rand.Rand, d *archive.Document) *archive.Edit {
	id := d.ID
	r, err := d.Reading()
	if err != nil {
		panic(err)
	}
	n := r.Text().Len()
	start := rng.Intn(n + 1)
	end := min(n, start+rng.Intn(6))
	in := []string{"reading", "source", ""}[rng.Intn(3)]
	text := strings.Repeat(string("司法厅既李A é"[0:3]), rng.Intn(3)) + fmt.Sprint(rng.Intn(5))
	pick := func(w archive.What) string {
		items := d.Of(w)
		if len(items) == 0 {
			return ""
		}
		return string(items[rng.Intn(len(items))].ID)
	}
	if d.Info.Pages > 0 && rng.Intn(3) > 0 {
		return pageEdit(rng, d)
	}
	switch rng.Intn(23) {
	case 22:
		e := readAs(id, []string{"A", "B", "C", "D"}[rng.Intn(4)])
		e.Article = rng.Intn(4) == 0
		return e
	case 18, 19:
		return &archive.Edit{Do: []string{"proposal.take", "proposal.refuse"}[rng.Intn(2)],
			On: pick([]archive.What{archive.ACorrection, archive.AValue, archive.ASplit}[rng.Intn(3)]), Text: []*string{nil, &text}[rng.Intn(2)]}
	case 20:
		return []*archive.Edit{{Do: "document.split", On: pick(archive.ASplit)}, {Do: "document.join", On: pick(archive.ASplit)},
			{Do: "document.split", Doc: string(id), Start: &start, End: &end}, {Do: "document.split", Doc: string(id), Start: &start}, randomOrder(rng, d)}[rng.Intn(5)]
	case 21:
		return []*archive.Edit{{Do: "furniture.remove", Doc: string(id)}, {Do: "furniture.remove", On: pick(archive.AFurniture)},
			{Do: "furniture.add", Doc: string(id), Start: &start, End: &end, In: in}}[rng.Intn(3)]
	case 14, 15, 16, 17:
		return workEdit(rng, d, people)
	case 0, 1:
		e := field(id, []string{"dcterms:title", "dcterms:date"}[rng.Intn(2)], text, fmt.Sprint(rng.Intn(3)))
		if rng.Intn(4) == 0 {
			e.Values = []archive.ValueIn{archive.ValueOf("")}
		}
		return e
	case 2:
		return tag("tag.add", id, fmt.Sprintf("t/%d", rng.Intn(4)))
	case 3:
		if rng.Intn(2) == 0 {
			e := tag("tag.move", id, fmt.Sprintf("t/%d", rng.Intn(4)))
			e.To = ptr(fmt.Sprintf("t/%d", rng.Intn(4)))
			return e
		}
		return tag("tag.remove", id, fmt.Sprintf("t/%d", rng.Intn(4)))
	case 4, 5:
		e := mark(id, start, end, in, "person")
		if rng.Intn(3) == 0 {
			e.Authority = ptr("https://viaf.org/viaf/" + fmt.Sprint(rng.Intn(9)))
		}
		return e
	case 6:
		e := &archive.Edit{Do: "mark.edit", Mark: pick(archive.AMark), Start: &start, End: &end, In: in, Text: &text}
		if rng.Intn(3) == 0 {
			e.Authority = ptr([]string{"", "urn:x:1"}[rng.Intn(2)])
		}
		return e
	case 7:
		return &archive.Edit{Do: "mark.confirm", Mark: pick(archive.AMark)}
	case 8:
		return &archive.Edit{Do: "mark.remove", Mark: pick(archive.AMark)}
	case 9, 10:
		return fix(id, start, end, in, text)
	case 11:
		return &archive.Edit{Do: "correction.withdraw", Correction: pick(archive.ACorrection)}
	case 12:
		do := []string{"value.take", "value.refuse"}[rng.Intn(2)]
		return &archive.Edit{Do: do, Value: pick(archive.AValue), Replace: rng.Intn(2) == 0}
	}
	switch rng.Intn(5) {
	case 4:
		return &archive.Edit{Do: []string{archive.SaveSearchKind, archive.SaveSearchKind, archive.RemoveSearchKind}[rng.Intn(3)],
			Name: fmt.Sprintf("检%d", rng.Intn(3)), Query: []string{"司法厅", "has:note  saved:检1", "(", "题名"}[rng.Intn(4)]}
	case 0, 1:
		return &archive.Edit{Do: "note.add", Doc: string(id), Text: &text}
	case 2:
		do := []string{"label.set", "label.set", "label.remove"}[rng.Intn(3)]
		return &archive.Edit{Do: do, Label: fmt.Sprintf("l%d", rng.Intn(3)), Style: ptr(rng.Intn(10)), Letter: ptr([]string{"", "q", "y"}[rng.Intn(3)])}
	}
	return &archive.Edit{Do: "tag.hotkey", Tag: fmt.Sprintf("t/%d", rng.Intn(4)), Key: ptr(rng.Intn(10))}
}

// randomOrder is an order of the parts of a document, now and then of some of them, or
// that of their places.
func randomOrder(rng *rand.Rand, d *archive.Document) *archive.Edit {
	parts := []string{}
	for _, it := range d.Parts() {
		if rng.Intn(10) > 0 {
			parts = append(parts, it.Text)
		}
	}
	rng.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return &archive.Edit{Do: archive.OrderKind, Doc: string(d.ID), Parts: &parts}
}

// rowsOf is everything that screens read, as text.
func rowsOf(t *testing.T, a *Archive) string {
	t.Helper()
	var b strings.Builder
	for _, q := range []string{
		"SELECT id, title, date, status, proposals, info FROM documents ORDER BY id",
		"SELECT " + itemColumns + " FROM items WHERE what<>'person' ORDER BY doc, id",
		"SELECT p.id, hex(hash) FROM passages p ORDER BY p.id"} {
		rows, err := a.pool.Query(q)
		if err != nil {
			t.Fatal(err)
		}
		cols, _ := rows.Columns()
		for rows.Next() {
			vals := make([]sql.NullString, len(cols))
			ptrs := make([]any, len(cols))
			for i := range vals {
				ptrs[i] = &vals[i]
			}
			if err := rows.Scan(ptrs...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&b, vals)
		}
		rows.Close()
	}
	return b.String()
}

// TestRandomWork: whatever several people do, the log applied from empty gives
// the rows that are there, search finds what a plain scan finds, and undoing all
// of it gives the rows of the start.
func TestRandomWork(t *testing.T) {
	for seed := int64(0); seed < int64(rounds(16, 1500)); seed++ {
		rng := rand.New(rand.NewSource(seed))
		a := rereadable(t)
		var docs []*archive.Incoming
		for i := 0; i < 3; i++ {
			text := noticeText(int(seed)*10+i, 40+rng.Intn(60)) + "שלום 👨‍👩‍👧 e\u0301 𠀀"
			doc := incoming(fmt.Sprintf("%d.txt", i), text,
				archive.Proposal{Field: "dcterms:title", Value: "第" + fmt.Sprint(i), Start: 0, End: 2, Rule: "r", Confidence: 0.9},
				archive.Proposal{Field: "dcterms:creator", Value: "谁", Start: -1, End: -1, Rule: "r", Confidence: 0.9})
			doc.Repairs = []archive.Repair{{Start: 5, End: 7, Text: "机改▯", Reason: "mojibake", Detail: "2 e4b8?? 上", Rule: "r", Confidence: 0.9}}
			doc.Furniture = []archive.Zone{{Start: 3, End: 5, Kind: "label", Rule: "r"}, {Start: 20, End: 30, Kind: "repeat", Rule: "r"}}
			doc.Borders = []archive.Beginning{{At: 15, Or: []int{18}, Rule: "r", Confidence: 0.9}}
			docs = append(docs, doc)
		}
		docs = append(docs, scanIn("scan.png", 2))
		ids := bring(t, a, docs...)
		start := rowsOf(t, a)
		done := 0
		for i := 0; i < 60; i++ {
			actor := people[rng.Intn(len(people))]
			d := mustDocument(t, a, ids[rng.Intn(len(ids))])
			var err error
			turns := 8
			if seed%2 == 0 {
				turns = 3 // no undo and redo on the way, so that all can be taken back after
			}
			switch 8 - 1 - rng.Intn(turns) {
			case 0:
				if lastKind(t, a, actor) == "document.import" {
					continue // the documents stay, for the others to work on
				}
				_, err = a.Undo(ctx, actor, rng.Intn(3) == 0)
			case 1:
				_, err = a.Redo(ctx, actor, rng.Intn(3) == 0)
			case 2:
				_, err = a.ApplyEach(ctx, actor, randomEdit(rng, d), randomEdit(rng, d), randomEdit(rng, d))
			default:
				_, err = a.Apply(ctx, actor, randomEdit(rng, d))
			}
			if err != nil && !refusal(err) {
				t.Fatalf("seed %d, step %d: %v", seed, i, err)
			}
			if err == nil {
				done++
			}
		}
		if done < 10 {
			t.Fatalf("seed %d: only %d of 60 steps did anything", seed, done)
		}
		mustVerify(t, a)
		scan(t, a, ids, rng)
		if seed%2 == 0 {
			undoAll(t, a, seed)
			if got := rowsOf(t, a); got != start {
				t.Fatalf("seed %d: after undoing everything the rows are not those of the start:\n%s\nwant\n%s", seed, got, start)
			}
			mustVerify(t, a)
		}
	}
}

// undoAll takes back everybody's work but the import, the latest first: each
// person theirs.
func undoAll(t *testing.T, a *Archive, seed int64) {
	t.Helper()
	for {
		var who, kind string
		err := a.pool.QueryRow(`SELECT actor, iif(json_extract(body, '$.info.part') IS NULL, kind, 'part') FROM log l JOIN outcomes o USING(n)
			JOIN bodies USING(n) WHERE o.undone_by IS NULL
			AND kind NOT IN ('undo','redo','archive.create','person.join') ORDER BY clock DESC LIMIT 1`).Scan(&who, &kind)
		if err != nil {
			t.Fatal(err)
		}
		if kind == "document.import" {
			return
		}
		if _, err := a.Undo(ctx, who, false); err != nil {
			t.Fatalf("seed %d: undoing %s of %s: %v", seed, kind, who, err)
		}
	}
}

func lastKind(t *testing.T, a *Archive, who string) (kind string) {
	t.Helper()
	self := mustDocument(t, a, "")
	it := self.Person(who)
	if it == nil {
		return ""
	}
	err := a.pool.QueryRow(`SELECT kind FROM log l JOIN outcomes o USING(n) WHERE actor IN (SELECT value FROM json_each(?)) AND o.undone_by IS NULL
		AND kind NOT IN ('undo','redo','archive.create','person.join') ORDER BY clock DESC LIMIT 1`, namesOf(it)).Scan(&kind)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		t.Fatal(err)
	}
	return kind
}

// scan compares the index with a plain look at every text.
func scan(t *testing.T, a *Archive, ids []archive.ID, rng *rand.Rand) {
	t.Helper()
	ids = slices.Clone(ids)
	if err := a.Each(ctx, Query{}, func(s Summary) error {
		if !slices.Contains(ids, s.ID) { // a part
			ids = append(ids, s.ID)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 30; i++ {
		d := mustDocument(t, a, ids[rng.Intn(len(ids))])
		r, err := d.Reading()
		if err != nil {
			t.Fatal(err)
		}
		if r.Text().Len() == 0 {
			continue
		}
		s := rng.Intn(r.Text().Len())
		q := r.Text().Slice(s, s+1+rng.Intn(8))
		if strings.Contains(q, `"`) || words.Phrase(q) == "" {
			continue
		}
		want := map[archive.ID]bool{}
		for _, id := range ids {
			d := mustDocument(t, a, id)
			r, err := d.Reading()
			if err != nil {
				t.Fatal(err)
			}
			if hasWords(ownWords(d, r), q) || hasWords(fieldWords(d), q) {
				want[id] = true
			}
		}
		hits, err := a.List(ctx, Query{Search: `"` + q + `"`})
		if err != nil {
			t.Fatalf("searching %q: %v", q, err)
		}
		if len(hits) != len(want) {
			t.Fatalf("searching %q: found %d documents, a scan finds %d", q, len(hits), len(want))
		}
		for _, h := range hits {
			if !want[h.ID] {
				t.Fatalf("searching %q: found %s, which has no such words", q, h.Name)
			}
		}
	}
}

// ownWords is the reading text without what is a document of its own.
func ownWords(d *archive.Document, r *archive.Reading) string {
	at, out := 0, ""
	for _, it := range d.Parts() {
		out += r.Text().Slice(at, r.ToReading(it.Anchor.Start.At)) + apart
		at = r.ToReading(it.Anchor.End.At)
	}
	return out + r.Text().Slice(at, r.Text().Len())
}

// TestSearch is what an archivist types.
func TestSearch(t *testing.T) {
	a := newArchive(t)
	long := noticeText(7, passageLen-3) + "石嘴山监狱开展交流汇报" + noticeText(8, 3000) // across a border of passages
	ids := bring(t, a, incoming("1.txt", long), incoming("2.txt", "Report on the Prison, Ｆｕｌｌ Ｗｉｄｔｈ, 94周年 (1932)\nCafé"), incoming("3.txt", "\"quoted\" OR NOT NEAR * ^ - 〔2015〕47号"))
	mustApply(t, a, "Z", tag("tag.add", ids[1], "外事/报告"))
	tests := []struct {
		q    string
		want int
	}{
		{"石嘴山监狱开展交流汇报", 1}, {"嘴", 1}, {"report", 1}, {"rep", 1}, {"eport", 0}, {"full width", 1}, {"FULL", 1},
		{"94周年", 1}, {"café", 1}, {"cafe\u0301", 1}, {"外事/报告", 1}, {"2.txt", 1}, {`"on the prison"`, 1}, {`"the on prison"`, 0},
		{`"OR"`, 1}, {"〔2015〕47号", 1}, {"*", 1}, {"^", 1}, {"NEAR(", 0}, {"prison 周年", 1}, {"prison 石嘴山", 0}, {"", 3}, {"   ", 3}, {"\xff", 0},
	}
	for _, tt := range tests {
		hits, err := a.List(ctx, Query{Search: tt.q})
		if err != nil || len(hits) != tt.want {
			t.Errorf("%q: got %d hits, want %d (%v)", tt.q, len(hits), tt.want, err)
		}
		if n, err := a.Count(ctx, Query{Search: tt.q}); err != nil || n != tt.want {
			t.Errorf("%q: count %d, want %d (%v)", tt.q, n, tt.want, err)
		}
	}
}
