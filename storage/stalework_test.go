package storage

import (
	"context"
	"errors"
	"testing"

	"fonds/storage/archive"
)

// staleOthers tries the edits of threads and packages that say what they have
// seen, and lists them: what is refused names who was there meanwhile.
func staleOthers(t *testing.T) []string {
	ctx := context.Background()
	stale := func(t *testing.T, a *Archive, actor string, e *archive.Edit) {
		t.Helper()
		_, err := a.Apply(ctx, actor, e)
		var r *archive.Refusal
		if !errors.As(err, &r) || r.Code != "moved" || !errors.Is(err, archive.ErrStale) {
			t.Errorf("%s: got %v, want that it has changed meanwhile", e.Do, err)
		}
	}
	done := []string{}
	for _, do := range []string{"thread.reply", "thread.resolve", "thread.reopen"} {
		done = append(done, do)
		t.Run(do, func(t *testing.T) {
			a, id := team(t, "none")
			start := mustApply(t, a, "Li", &archive.Edit{Do: "thread.start", Doc: string(id), Text: ptr("日期对吗？"), To: ptr("Wang")})[0]
			seen := &[]archive.ID{start.Op}
			mustApply(t, a, "Wang", &archive.Edit{Do: "thread.reply", Thread: string(start.Item), Text: ptr("对")})
			stale(t, a, "Li", &archive.Edit{Do: do, Thread: string(start.Item), Text: ptr("好"), Seen: seen})
			mustVerify(t, a)
		})
	}
	for _, do := range []string{"package.set", "package.sign", "package.reopen", "package.remove"} {
		done = append(done, do)
		t.Run(do, func(t *testing.T) {
			a, _ := team(t, "none")
			made := mustApply(t, a, "Zhang", &archive.Edit{Do: "package.set", Name: "批一"})[0]
			mustApply(t, a, "Zhang", &archive.Edit{Do: "package.set", Package: ptr("批一"), Scope: ptr("二〇一五年通知")})
			stale(t, a, "Zhang", &archive.Edit{Do: do, Package: ptr("批一"), Scope: ptr("别的"), Seen: &[]archive.ID{made.Op}})
			mustVerify(t, a)
		})
	}
	for _, of := range []struct {
		first, then, late *archive.Edit
		kinds             []string
	}{
		{unitSet("", archive.AtFonds, "Z109"), &archive.Edit{Do: archive.SetUnitKind, Unit: ptr("Z109"), Title: ptr("某某局")},
			&archive.Edit{Unit: ptr("Z109")}, []string{archive.SetUnitKind, archive.RemoveUnitKind}},
		{&archive.Edit{Do: archive.SetConceptKind, Tag: "党建", Scope: ptr("一")}, &archive.Edit{Do: archive.SetConceptKind, Tag: "党建", Scope: ptr("二")},
			&archive.Edit{Tag: "党建", Scope: ptr("三")}, []string{archive.SetConceptKind, archive.RemoveConceptKind}},
		{&archive.Edit{Do: archive.SetListKind, Name: "机构", Kind: "organisations", Content: listOf(t, "司法厅")}, &archive.Edit{Do: archive.SetListKind, List: "机构", URI: ptr("https://example.org/")},
			&archive.Edit{List: "机构", Licence: ptr("CC0")}, []string{archive.SetListKind, archive.RemoveListKind}},
	} {
		for _, do := range of.kinds {
			done = append(done, do)
			t.Run(do, func(t *testing.T) {
				a, _ := team(t, "none")
				made := mustApply(t, a, "Zhang", of.first)[0]
				mustApply(t, a, "Li", of.then)
				e := *of.late
				e.Do, e.Seen = do, &[]archive.ID{made.Op}
				_, err := a.Apply(ctx, "Zhang", &e)
				var r *archive.Refusal
				if !errors.As(err, &r) || !errors.Is(err, archive.ErrStale) || r.Args["who"] != "Li" {
					t.Errorf("got %v %v", err, r)
				}
				mustVerify(t, a)
			})
		}
	}
	return done
}

// listOf is the content of a list of terms.
func listOf(t *testing.T, names ...string) *archive.ListContent {
	t.Helper()
	var terms []archive.Term
	for _, n := range names {
		terms = append(terms, archive.Term{ID: n, Names: []archive.Name{{Text: n}}})
	}
	content, err := archive.PackTerms(terms)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
