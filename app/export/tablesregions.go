package export

var regionColumns = columnsOf(idColumns, []column{
	{"page", aWhole, "the page that it is on, from 1"},
	{"region", aText, "where on it, as a media fragment with the page before it: page=1&xywh=pixel:left,top,width,height, or page=1&polygon=x,y x,y x,y"},
	{"left", aWhole, "the left side of the least rectangle around it, in pixels"},
	{"top", aWhole, "the upper side of that"},
	{"width", aWhole, "how wide that is"},
	{"height", aWhole, "how high that is"},
	{"label", aText, "the label"},
	{"comment", aText, "what was written beside it"},
	{"authority", aText, "the address of what it shows, in a file of authorities"},
}, stateColumns)

func regionRows(d *Doc) [][]string {
	var out [][]string
	for _, r := range d.Regions {
		x, y, w, h := shapeOf(r.Region).Box()
		out = append(out, []string{string(r.ID), string(d.ID), digits(r.Page), r.Region, digits(x), digits(y), digits(w), digits(h),
			r.Label, r.Text, r.Authority, r.State, r.By, r.At, idList(r.Replaces), string(r.Amends)})
	}
	return out
}
