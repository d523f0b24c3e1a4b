package intake

import (
	"context"
	"testing"
)

// An archive that holds documents receives no whole archive, also where people came to
// it and did nothing since: what is in the folder is read as files.
func TestPeopleMakeNoArchiveEmpty(t *testing.T) {
	ctx := context.Background()
	a := newArchive(t)
	dir := written(t, "a.txt", "a letter")
	o := told{t: t}
	if _, err := Run(ctx, a, "Zhang", []string{dir}, Options{}, o.on); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"Li", "Wang", "Sun"} { // each brings what is there already
		o := told{t: t}
		if r, err := Run(ctx, a, who, []string{dir}, Options{}, o.on); err != nil || r.Imported != 0 {
			t.Fatalf("%s: %+v, %v", who, r, err)
		}
	}
	w := written(t, "log.jsonl", "{}\n", "b.txt", "another letter")
	o = told{t: t}
	r, err := Run(ctx, a, "Zhang", []string{w}, Options{}, o.on)
	if err != nil || r.Received || r.Imported == 0 {
		t.Errorf("got %+v, %v", r, err)
	}
}
