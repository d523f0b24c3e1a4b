package storage

import (
	"slices"
	"testing"
)

func TestReasons(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", noticeText(1, 40)))[0]
	for i, reason := range []string{"typo", "ocr", "", "ocr", "seal over it"} {
		e := fix(id, 2*i, 2*i+1, "source", "字")
		e.Reason = reason
		mustApply(t, a, "Zhang", e)
	}
	got, err := a.Reasons(ctx)
	if want := []string{"ocr", "seal over it", "typo"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
