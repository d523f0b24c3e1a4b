package export

import (
	"fmt"
	"strings"
)

// regions lists what was marked on the pictures of pages.
func (p *sheet) regions() {
	if len(p.d.Regions) == 0 {
		return
	}
	p.table("regions", "regions", "label", "page-number", "region", "comment", "by")
	for i := range p.d.Regions {
		r := &p.d.Regions[i]
		m := &Mark{Label: r.Label, Text: r.Text, State: r.State, Authority: r.Authority} // it says the same
		_, place, _ := strings.Cut(r.Region, "&")
		p.row(p.labelCell(m), fmt.Sprint(r.Page), inPage(place), p.comment(m), p.whoWhen(r.By, r.At))
	}
	p.end()
}

// regionWords is HTML of what is said where a mark on a picture is named.
func (p *sheet) regionWords(r *Region) string {
	return fmt.Sprintf("%s %s %s %d", p.what("mark"), p.each(func(tag string) string { return p.label(tag, r.Label) }), p.say("page-number"), r.Page)
}
