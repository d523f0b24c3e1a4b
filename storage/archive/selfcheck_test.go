package archive

import (
	"fmt"
	"strings"
	"testing"
)

// checked is what the self-check finds, a line each.
func checked(t *testing.T, d *Document, who string) string {
	t.Helper()
	found, err := d.Check(&Rules{}, who, []string{"title", "date"})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range found {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s%s %d-%d", f.Kind, f.Field, f.Item, f.Start, f.End)))
	}
	return strings.ReplaceAll(strings.Join(out, "\n"), " 0-0", "")
}

func TestSelfCheck(t *testing.T) {
	text := NewText("司法厅\uFFFD\uFFFD召开会议")
	anchor := &Anchor{Text: 1, Start: Border{At: 0}, End: Border{At: 3}, Quote: "司法厅"}
	good := func() []*Item {
		return []*Item{
			{ID: "1", What: AValue, State: Accepted, Key: "title", Text: "会议", By: "Wang", Anchor: anchor},
			{ID: "2", What: AValue, State: Accepted, Key: "date", Text: "2015", By: "Wang", Anchor: anchor},
			{ID: "3", What: ACorrection, State: Accepted, Text: "昨日", By: "Wang", Source: "\uFFFD\uFFFD", Anchor: &Anchor{Text: 1, Start: Border{At: 3}, End: Border{At: 5}}},
		}
	}
	rejected := &Decision{By: "Li", Verdict: Reject, Reason: "why"}
	tests := []struct {
		name string
		edit func([]*Item) []*Item
		want string
	}{
		{"nothing", func(its []*Item) []*Item { return its }, ""},
		{"a required field", func(its []*Item) []*Item { return its[1:] }, "missing title"},
		{"characters nobody could read", func(its []*Item) []*Item { return its[:2] }, "unread  3-5"},
		{"no evidence", func(its []*Item) []*Item { its[0].Anchor = nil; return its }, "unsourced title1"},
		{"in doubt by its words", func(its []*Item) []*Item { its[1].Text = "[1945?]"; return its }, "doubtful date2"},
		{"in doubt in Chinese", func(its []*Item) []*Item { its[1].Text = "1945年（存疑）"; return its }, "doubtful date2"},
		{"a rule that was not sure", func(its []*Item) []*Item { its[1].Confidence = 0.5; return its }, "doubtful date2"},
		{"a rule that was", func(its []*Item) []*Item { its[1].Confidence = 0.9; return its }, ""},
		{"a machine's proposal", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: AValue, State: Proposed, Key: "title", Text: "x"})
		}, "undecided title4"},
		{"a person's proposal waits for others", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: AValue, State: Proposed, Key: "title", Text: "x", By: "Zhao"})
		}, ""},
		{"a question", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: AThread, State: Accepted, Text: "?"})
		}, "asked 4"},
		{"a question that is resolved", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: AThread, State: Accepted, Text: "?", Pos: 1})
		}, ""},
		{"turned down", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: ATag, State: Rejected, Key: "t", By: "Wang", Decision: rejected})
		}, "turned 4"},
		{"turned down, of another", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: ATag, State: Rejected, Key: "t", By: "Zhao", Decision: rejected})
		}, ""},
		{"turned down and taken up", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: ATag, State: Rejected, Key: "t", By: "Wang", Decision: rejected},
				&Item{ID: "5", What: ATag, State: Proposed, Key: "t", By: "Wang"})
		}, ""},
		{"turned down, and another is there", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: ATag, State: Rejected, Key: "t", By: "Wang", Decision: rejected},
				&Item{ID: "5", What: ATag, State: Proposed, Key: "u", By: "Wang"})
		}, "turned 4"},
		{"turned down and talked out", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: ATag, State: Rejected, Key: "t", By: "Wang", Decision: rejected},
				&Item{ID: "5", What: AThread, State: Accepted, Key: "4", Text: "?", Pos: 1, By: "Wang"})
		}, ""},
		{"amended and then turned down", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: ATag, State: Rejected, Key: "t", By: "Zhao", First: "Wang", Decision: rejected})
		}, "turned 4"},
		{"a mark whose words are others", func(its []*Item) []*Item {
			return append(its, &Item{ID: "4", What: AMark, State: Accepted, Key: "person", By: "Wang",
				Anchor: &Anchor{Text: 1, Start: Border{At: 3}, End: Border{At: 5}, Quote: "\uFFFD\uFFFD"}})
		}, "again 4"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &Document{ID: "d", Info: &Info{Text: 1}, Items: tt.edit(good()), Source: func(int) (*Text, error) { return text, nil }}
			if got := checked(t, d, "Wang"); got != tt.want {
				t.Errorf("found\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
