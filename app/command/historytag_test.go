package command

import (
	"strings"
	"testing"
)

// TestHistoryOfTags: the history says what a tag was and is, or that it was merged.
func TestHistoryOfTags(t *testing.T) {
	b := newBench(t)
	b.write("in/n.txt", "会议")
	b.must("new", "@t.fonds")
	b.must("import", "@t.fonds", "@in")
	b.stdin = `{"do":"tag.add","doc":"path:n.txt","tag":"党建"}
{"do":"tag.add","doc":"path:n.txt","tag":"外事"}
{"do":"tag.move","doc":"path:n.txt","tag":"党建","to":"党务"}
{"do":"tag.move","doc":"path:n.txt","tag":"外事","to":"党务"}
`
	b.must("apply", "@t.fonds", "-", "--as", "Wang")
	b.stdin = ""
	b.run("history", "@t.fonds")
	for _, want := range []string{"changed the tag “党建” to “党务”", "merged the tag “外事” into another"} {
		if !strings.Contains(b.stdout, want) {
			t.Errorf("the history does not say %q:\n%s", want, b.stdout)
		}
	}
}
