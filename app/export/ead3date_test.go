package export

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// TestDatesForMachines: every date goes out as it was written, and with the days it can mean where these are known.
func TestDatesForMachines(t *testing.T) {
	for _, tt := range []struct{ written, ead, dc string }{
		{"2015-11-22", `<unitdatestructured datechar="creation"><datesingle standarddate="2015-11-22">2015-11-22</datesingle></unitdatestructured>`, "2015-11-22"},
		{"20151122", `<unitdate datechar="creation" normal="2015-11-22">20151122</unitdate>`, "2015-11-22"},
		{"[19450815]", `<unitdate datechar="creation" normal="1945-08-15">[19450815]</unitdate>`, "1945-08-15|[19450815]"},
		{"[194?]", `<unitdate datechar="creation" certainty="uncertain" normal="1940/1949">[194?]</unitdate>`, "[194?]"},
		{"1958年2月", `<unitdate datechar="creation" normal="1958-02">1958年2月</unitdate>`, "1958-02"},
		{"1958年春", `<unitdate datechar="creation" normal="1958-03/1958-05">1958年春</unitdate>`, "1958年春"},
		{"民国三十八年", `<unitdate datechar="creation" normal="1949">民国三十八年</unitdate>`, "1949|民国三十八年"},
		{"before 1912", `<unitdatestructured datechar="creation"><datesingle notafter="1911-12-31">before 1912</datesingle></unitdatestructured>`, "before 1912"},
		{"05/06/1990", `<unitdatestructured datechar="creation"><datesingle notbefore="1990-05-06" notafter="1990-06-05">05/06/1990</datesingle></unitdatestructured>`, "05/06/1990"},
		{"-0500", `<unitdate datechar="creation">-0500</unitdate>`, "-0500"},
		{"soon", `<unitdate datechar="creation">soon</unitdate>`, "soon"},
	} {
		var b bytes.Buffer
		w := &eadWriter{x: startXML(&b)}
		w.x.open("did")
		w.date(tt.written, "creation")
		w.x.close()
		if got := strings.ReplaceAll(strings.Join(strings.Fields(b.String()), " "), "> <", "><"); !strings.Contains(got, tt.ead) {
			t.Errorf("%s goes out as %s, want %s", tt.written, got, tt.ead)
		}
		if got := strings.Join(w3cDates(tt.written), "|"); got != tt.dc {
			t.Errorf("%s is %s in Dublin Core, want %s", tt.written, got, tt.dc)
		}
	}
	if !slices.Equal(w3cDates("22.11.2015 13:35"), []string{"2015-11-22", "22.11.2015 13:35"}) {
		t.Errorf("a time of day: %q", w3cDates("22.11.2015 13:35"))
	}
}
