package session

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// A writing that is stopped has done nothing, and says so; a search that is
// stopped says nothing.
func TestApplyManyStops(t *testing.T) {
	s := opening(t, filled(t, three()...))
	var edits []*archive.Edit
	p := Place{Doc: s.Document().ID, Start: 0, End: 2, Words: s.Document().Text.Text().Slice(0, 2)}
	edits = append(edits, p.MarkEdit("person"))
	var got error
	stop := s.ApplyMany(edits, func(int, int) {}, func(_ []storage.Result, err error) { got = err })
	stop()
	s.m.Settle()
	if n := len(s.Document().Of(archive.AMark)); !errors.Is(got, context.Canceled) || n != 0 {
		t.Errorf("stopped: %v, %d marks", got, n)
	}
	var results []storage.Result
	s.ApplyMany(edits, func(int, int) {}, func(r []storage.Result, err error) { results, got = r, err })
	s.m.Settle()
	if got != nil || len(results) != 1 || results[0].Err != nil || len(s.Document().Of(archive.AMark)) != 1 {
		t.Errorf("done: %v, %+v", got, results)
	}
	told := false
	stop = s.EveryPlace(Every{Words: p.Words, Where: Everywhere}, nil, func(Places, error) { told = true })
	stop()
	s.m.Settle()
	if told {
		t.Error("a search that was stopped has answered")
	}
}

// Places are found in the selected documents, and in none that is not.
func TestEveryPlaceInTheSelected(t *testing.T) {
	s := opening(t, filled(t, three()...))
	find := func(w Where) (ids []archive.ID) {
		s.EveryPlace(Every{Words: "通知", Where: w}, nil, func(p Places, err error) {
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range p.All {
				ids = append(ids, x.Doc)
			}
		})
		s.m.Settle()
		return ids
	}
	if n := len(find(Everywhere)); n != 2 {
		t.Errorf("everywhere: %d places", n)
	}
	if got := find(InSelected); len(got) != 0 {
		t.Errorf("nothing is selected: %v", got)
	}
	s.Select(s.SelectedRows().Add(1, 3))
	if got := find(InSelected); len(got) != 1 || got[0] != s.Row(1).ID {
		t.Errorf("selected: %v", got)
	}
	if got := find(Here); len(got) != 1 || got[0] != s.Document().ID {
		t.Errorf("here: %v", got)
	}
}

// Places say whether a mark with a label lies on exactly their words; those of a document
// that is gone have none, and a look that is stopped says nothing.
func TestLookForMarks(t *testing.T) {
	s := opening(t, filled(t, three()...))
	first, second := s.Row(0).ID, s.Row(1).ID
	s.Apply(nil, (&Place{Doc: second, Start: 6, End: 8, Words: "会议"}).MarkEdit("event"))
	s.m.Settle()
	places := []Place{{Doc: first, Start: 3, End: 5}, {Doc: second, Start: 3, End: 5}, {Doc: second, Start: 6, End: 8}, {Doc: second, Start: 6, End: 9}, {Doc: archive.ID("gone"), Start: 6, End: 8}}
	ask := func(label string) (has []bool) {
		s.LookForMarks(places, label, func(int, int) {}, func(looked []Place, err error) {
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range looked {
				has = append(has, p.Has)
			}
		})
		s.m.Settle()
		return has
	}
	if got, want := ask("event"), []bool{false, false, true, false, false}; !slices.Equal(got, want) {
		t.Errorf("events: %v, want %v", got, want)
	}
	if got := ask("place"); slices.Contains(got, true) || places[2].Has {
		t.Errorf("places: %v, %v", got, places)
	}
	stop := s.LookForMarks(places, "event", nil, func([]Place, error) { t.Error("a look that was stopped has answered") })
	stop()
	s.m.Settle()
}
