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
	for _, do := range []string{archive.SetUnitKind, archive.RemoveUnitKind} {
		done = append(done, do)
		t.Run(do, func(t *testing.T) {
			a, _ := team(t, "none")
			made := mustApply(t, a, "Zhang", unitSet("", archive.AtFonds, "Z109"))[0]
			mustApply(t, a, "Li", &archive.Edit{Do: archive.SetUnitKind, Unit: ptr("Z109"), Title: ptr("某某局")})
			_, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: do, Unit: ptr("Z109"), Seen: &[]archive.ID{made.Op}})
			var r *archive.Refusal
			if !errors.As(err, &r) || !errors.Is(err, archive.ErrStale) || r.Args["who"] != "Li" || r.Args["now"] != `"Z109 某某局"` {
				t.Errorf("got %v %v", err, r)
			}
			mustVerify(t, a)
		})
	}
	return done
}
