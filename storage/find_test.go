package storage

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
	"fonds/storage/query"
)

// shelf is an archive with documents of every kind that a query can tell apart.
func shelf(t *testing.T, rng *rand.Rand, n int) (*Archive, []archive.ID) {
	t.Helper()
	a := newArchive(t)
	texts := []string{"司法厅召开会议", "司法廳 meeting 2015", "财政厅\n通知全文", "财政厅通\n知", "Report on the Prison 会议", "国发〔2015〕3号 会议"}
	var in []*archive.Incoming
	for i := range n {
		d := incoming(fmt.Sprintf("box%d/%d.txt", i%3, i), texts[rng.Intn(len(texts))]+" 第"+fmt.Sprint(i)+"件")
		d.Encoding = []string{"UTF-8", "GB18030"}[i%2]
		d.Language = []string{"zh", "zh-Hant", "en", ""}[i%4]
		d.Format = []string{"text/plain", "text/html"}[i%5/4]
		if rng.Intn(3) == 0 {
			d.Furniture = []archive.Zone{{Start: 0, End: 1 + rng.Intn(7), Kind: "label", Rule: "r"}}
		}
		if rng.Intn(3) == 0 {
			d.Proposals = []archive.Proposal{{Field: "dcterms:title", Value: "提", Rule: "r", Start: 0, End: 1, Confidence: 0.9}}
		}
		in = append(in, d)
	}
	ids := bring(t, a, in...)
	people := []string{"Wang", "Li"}
	for _, who := range people {
		mustApply(t, a, "Zhang", &archive.Edit{Do: "person.set", Name: who, Role: "archivist"})
	}
	mustApply(t, a, "Zhang", &archive.Edit{Do: "package.set", Name: "一期", Scope: ptr("x"), Responsible: ptr("Zhang")})
	mustApply(t, a, "Zhang", saves("待核", "has:proposal OR has:note"), saves("two words", "saved:待核 会议"))
	for _, id := range ids {
		who := people[rng.Intn(2)]
		var edits []*archive.Edit
		if rng.Intn(2) == 0 {
			edits = append(edits, tag("tag.add", id, []string{"党建", "党建/会议", "党建2", "外事"}[rng.Intn(4)]))
		}
		if rng.Intn(2) == 0 {
			edits = append(edits, &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:creator",
				Values: []archive.ValueIn{{Value: []string{"司法厅", "司法廳", "财政厅 Office"}[rng.Intn(3)]}}})
		}
		if rng.Intn(4) == 0 {
			edits = append(edits, &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:source", Values: []archive.ValueIn{{NotStated: true}}})
		}
		if rng.Intn(2) == 0 {
			edits = append(edits, field(id, "dcterms:date", writtenDates[rng.Intn(len(writtenDates))]))
		}
		if rng.Intn(3) == 0 {
			edits = append(edits, mark(id, 0, 3, "", []string{"person", "organisation"}[rng.Intn(2)]))
		}
		if rng.Intn(3) == 0 {
			edits = append(edits, fix(id, 0, 1, "", []string{"公", "司"}[rng.Intn(2)]+"正"))
		}
		if rng.Intn(4) == 0 {
			edits = append(edits, &archive.Edit{Do: "note.add", Doc: string(id), Text: ptr([]string{"复核 Check", "会议"}[rng.Intn(2)])})
		}
		if rng.Intn(4) == 0 {
			edits = append(edits, &archive.Edit{Do: "assign", As: "Zhang", Doc: string(id), To: ptr(people[rng.Intn(2)])})
		}
		if rng.Intn(6) == 0 {
			edits = append(edits, &archive.Edit{Do: "package.put", As: "Zhang", Doc: string(id), Package: ptr("一期")})
		}
		if rng.Intn(9) == 0 {
			edits = append(edits, &archive.Edit{Do: "document.remove", As: "Zhang", Doc: string(id)})
		}
		if len(edits) > 0 {
			mustApply(t, a, who, edits...)
		}
	}
	return a, ids
}

// randomQuery is something that somebody might type.
func randomQuery(rng *rand.Rand, depth int) string {
	leaves := []string{"司法厅", "会议", "=司法廳", "=司法厅", "=通知", "通知", "=财政厅通", `="厅召"`, "meet", "=Report", "=report", "=eport", "=01", `"the prison"`, "第7件", "〔2015〕", "tag:党建", "tag:党建/会议", "field:dcterms:creator",
		"field:dcterms:creator=司法", "field:dcterms:creator==司法厅", "date:2015", "date:2010..2015-11", "date:..1999", "date:194x", "date:18xx", "date:1945-08-15", "date:>1949", "date:<=1949-10", "date:>=2015-11-22", "date:<0001", "date:=1945", "date:=189X", "date:=19XX", "date:=..", "date:=?", "date:-0600..-0400", "status:new", "status:in-progress",
		"status:removed", "by:Wang", "by:Nobody", "assigned:Li", "mark:person", "mark:person=司", "has:proposal", "has:note", "has:tag", "has:correction", "has:evidence", "has:not-stated", "field:dcterms:source",
		"has:mark", "text:会议", "text:司法厅", "text:正", "name:box1", "note:check", "format:html", "encoding:gb18030", "lang:zh", "package:一期", "件",
		"saved:待核", `saved:"two words"`, "missing:dcterms:creator", "missing:dcterms:source", "has:no-evidence", "has:look-again"}
	if depth > 2 || rng.Intn(3) > 0 {
		return leaves[rng.Intn(len(leaves))]
	}
	a, b := randomQuery(rng, depth+1), randomQuery(rng, depth+1)
	switch rng.Intn(4) {
	case 0:
		return "(" + a + " OR " + b + ")"
	case 1:
		return "-(" + a + ")"
	}
	return "(" + a + " " + b + ")"
}

// meets is what a query means, document by document.
func meets(t *testing.T, self, d *archive.Document, log []Entry, n *query.Node) bool {
	r, err := d.Reading()
	if err != nil {
		t.Fatal(err)
	}
	some := func(w archive.What, f func(*archive.Item) bool) bool {
		return slices.ContainsFunc(d.Items, func(it *archive.Item) bool { return it.What == w && it.InForce() && f(it) })
	}
	any := func(*archive.Item) bool { return true }
	stands := func(text, s string) bool { return hasWords(text, s) }
	switch n.Op {
	case query.Not:
		return !meets(t, self, d, log, n.Kids[0])
	case query.And:
		return !slices.ContainsFunc(n.Kids, func(k *query.Node) bool { return !meets(t, self, d, log, k) })
	case query.Or:
		return slices.ContainsFunc(n.Kids, func(k *query.Node) bool { return meets(t, self, d, log, k) })
	}
	switch n.Key {
	case query.Words:
		all := []string{r.Text().String(), d.Info.Name}
		for _, it := range d.Items {
			if it.InForce() && slices.Contains([]archive.What{archive.AValue, archive.ANote, archive.AMark}, it.What) {
				all = append(all, it.Text)
			}
			if it.InForce() && it.What == archive.ATag {
				all = append(all, it.Key)
			}
			if it.InForce() && it.What == archive.ACorrection {
				all = append(all, it.Source)
			}
		}
		return slices.ContainsFunc(all, func(s string) bool {
			return !n.Exact && stands(s, n.Value) || n.Exact && strings.Contains(s, n.Value)
		})
	case query.Tag:
		return some(archive.ATag, func(it *archive.Item) bool { return it.Key == n.Value || strings.HasPrefix(it.Key, n.Value+"/") })
	case query.Field:
		return some(archive.AValue, func(it *archive.Item) bool {
			return it.Key == n.Name && (n.Value == "" && it.Text != "" || n.Exact && it.Text == n.Value || !n.Exact && stands(it.Text, n.Value))
		})
	case query.Mark:
		return some(archive.AMark, func(it *archive.Item) bool {
			return it.Key == n.Name && (n.Value == "" || stands(it.Anchor.Quote, n.Value))
		})
	case query.Date:
		return meetsDate(d.Date(), n)
	case query.Status:
		return string(d.Status()) == n.Value
	case query.By:
		return slices.ContainsFunc(log, func(e Entry) bool { return e.Subject == d.ID && e.Actor == n.Value && e.Kind != "document.import" })
	case query.Assigned:
		it := d.Assignment()
		return it != nil && it.Key == n.Value
	case query.Text:
		return standsOutside(r.Text().String(), readAside(d, r), n.Value)
	case query.Name:
		return strings.Contains(d.Info.Path, n.Value)
	case query.Note:
		return some(archive.ANote, func(it *archive.Item) bool { return stands(it.Text, n.Value) })
	case query.Format:
		return strings.HasSuffix(d.Info.Format, n.Value)
	case query.Encoding:
		return strings.EqualFold(d.Info.Encoding, n.Value)
	case query.Language:
		return d.Info.Language == n.Value || strings.HasPrefix(d.Info.Language, n.Value+"-")
	case query.Package:
		m := d.Membership()
		return m != nil && self.Item(archive.ID(m.Key)).Key == n.Value
	case query.Missing:
		return !some(archive.AValue, func(it *archive.Item) bool { return it.Key == n.Value })
	case query.Has:
		switch n.Value {
		case "no-evidence":
			return some(archive.AValue, func(it *archive.Item) bool { return it.Anchor == nil && it.Text != "" })
		case "look-again":
			return some(archive.AMark, r.LookAgain)
		case "proposal":
			return d.Proposals() > 0
		case "not-stated":
			return some(archive.AValue, (*archive.Item).NotStated)
		case "evidence":
			return some(archive.AValue, func(it *archive.Item) bool { return it.Anchor != nil })
		}
		return some(archive.What(n.Value), any)
	}
	t.Fatalf("what is %s?", n.Key)
	return false
}

// TestFind: every query has the documents that meet it, however it is asked: all at
// once, page by page from either end, by number, or counted.
func TestFind(t *testing.T) {
	was := partLen
	partLen = 24
	defer func() { partLen = was }()
	for seed := range int64(rounds(2, 30)) {
		rng := rand.New(rand.NewSource(seed))
		a, ids := shelf(t, rng, 60)
		log, err := a.History(ctx, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		var docs []*archive.Document
		for _, id := range ids {
			docs = append(docs, mustDocument(t, a, id))
		}
		self, err := a.Self(ctx)
		if err != nil {
			t.Fatal(err)
		}
		met := 0
		for range rounds(250, 2000) {
			s := randomQuery(rng, 0)
			n, err := Resolved(s, self.Searches())
			if err != nil {
				t.Fatalf("%s: %v", s, err)
			}
			removed := strings.Contains(s, "status:removed")
			var want []archive.ID
			for _, d := range docs {
				if (removed || d.Status() != archive.Removed) && meets(t, self, d, log, n) {
					want = append(want, d.ID)
				}
			}
			met += len(want)
			list, err := a.List(ctx, Query{Search: s})
			if err != nil {
				t.Fatalf("%s: %v", s, err)
			}
			if got := listedIDs(list); !slices.Equal(got, want) {
				t.Fatalf("seed %d: %s (%s) has %v, want %v", seed, s, n, short8(got), short8(want))
			}
			if n, err := a.Count(ctx, Query{Search: s}); err != nil || n != len(want) {
				t.Fatalf("%s: %d are counted, want %d, %v", s, n, len(want), err)
			}
			if got, err := a.Numbers(ctx, Query{Search: s}); err != nil || len(got) != len(want) {
				t.Fatalf("%s: %d numbers, want %d, %v", s, len(got), len(want), err)
			}
			var paged []archive.ID
			for q := (Query{Search: s, Limit: 7}); ; {
				page, err := a.List(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				if len(page) == 0 {
					break
				}
				paged = append(paged, listedIDs(page)...)
				q.After = page[len(page)-1].N
			}
			if !slices.Equal(paged, want) {
				t.Fatalf("seed %d: %s in pages has %v, want %v", seed, s, short8(paged), short8(want))
			}
			page, err := a.List(ctx, Query{Search: s, Limit: 5, Before: 1 << 40})
			if tail := want[max(0, len(want)-5):]; err != nil || !slices.Equal(listedIDs(page), tail) {
				t.Fatalf("seed %d: the end of %s is %v, want %v, %v", seed, s, short8(listedIDs(page)), short8(tail), err)
			}
		}
		if met < 1000 {
			t.Errorf("only %d documents met the queries", met)
		}
	}
}

func listedIDs(list []Summary) (out []archive.ID) {
	for _, s := range list {
		out = append(out, s.ID)
	}
	return out
}

func short8(ids []archive.ID) (out []string) {
	for _, id := range ids {
		out = append(out, id.Short())
	}
	return out
}

// TestFindWrong: what cannot be read is an error with its place, however it is asked.
func TestFindWrong(t *testing.T) {
	a := newArchive(t)
	bring(t, a, incoming("a.txt", "x"))
	for _, s := range []string{"(", "OR", "tag:", "titel:x", "date:soon"} {
		_, listed := a.List(ctx, Query{Search: s})
		_, counted := a.Count(ctx, Query{Search: s})
		_, numbered := a.Numbers(ctx, Query{Search: s})
		_, counts := a.Counts(ctx, s)
		for _, err := range []error{listed, counted, numbered, counts} {
			if _, ok := err.(*query.Error); !ok {
				t.Errorf("%q: %v", s, err)
			}
		}
	}
}
