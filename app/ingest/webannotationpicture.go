package ingest

import (
	"fmt"
	"strings"
)

// Annotations of places on pictures: FragmentSelector (4.2.1), SvgSelector (4.2.7), fragments of addresses.

// annoShown reads where on a picture a target lies: by the fragment of its address, which it gives without that, or by its
// selectors. nil is a target that lies on none; the error is why one that does cannot be taken.
func annoShown(address string, selector any) (string, *drawn, error) {
	out := drawn{page: 1}
	at, fragment, ok := strings.Cut(address, "#")
	inAddress := false
	if n, s, known := mediaFragment(fragment); ok && known {
		address, out.page = at, max(n, 1)
		if s != nil {
			out.shape, inAddress = *s, true
		}
	}
	all := jsonList(selector)
	var why error
	for i := 0; i < len(all); i++ {
		o := jsonObject(all[i])
		kind, value := strings.Join(jsonWords(o["type"]), " "), jsonWord(o["value"])
		var s *shape
		switch kind {
		case "FragmentSelector":
			n, got, known := mediaFragment(value)
			if !known {
				continue
			}
			if s = got; n > 0 {
				out.page = n
			}
			if s == nil && o["refinedBy"] != nil {
				all = append(all, jsonList(o["refinedBy"])...)
			}
		case "SvgSelector":
			got, err := svgShape(value)
			if err != nil {
				why = err
				continue
			}
			s = &got
		}
		if s == nil {
			continue
		}
		if o["refinedBy"] != nil {
			return address, nil, fmt.Errorf("its place is within a part of the picture")
		}
		out.shape = *s
		return address, &out, nil
	}
	if inAddress && selector == nil {
		return address, &out, nil
	}
	return address, nil, why
}

// shown takes what is said of a place on a picture: a mark for each label, or the evidence of a value.
func (s *annoSource) shown(d drawn, said annoSaid, field string) {
	if field != "" {
		if said.value != nil {
			d.field, d.said.Comment = field, *said.value
			s.drawn = append(s.drawn, d)
		}
		return
	}
	if said.edit != nil {
		said.comments = append(said.comments, *said.edit)
	}
	d.said.Comment, d.said.Authority = strings.Join(said.comments, "\n"), said.authority
	if len(said.labels) == 0 {
		said.labels = []string{""}
	}
	for _, l := range said.labels {
		d.said.Label = l
		s.drawn = append(s.drawn, d)
	}
}
