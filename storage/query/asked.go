package query

import "strings"

// Asked says of which documents a field is asked for: of all that meet every condition.
type Asked struct {
	Field string
	By    []AskedBy
}

// AskedBy is a condition: that another field has one of some values, where Only is set; else
// that it has none of them.
type AskedBy struct {
	Field  string
	Values []string
	Only   bool
}

// How Asked is written in a line: what stands between conditions, and within them.
const (
	askedNext = "\t"
	askedIn   = "\x1f"
)

// String is the line of it in the name of a facet of what is missing. A value that could be
// read as another one is left out.
func (k Asked) String() string {
	line := k.Field
	for _, by := range k.By {
		sign := "-"
		if by.Only {
			sign = "+"
		}
		line += askedNext + sign + by.Field
		for _, v := range by.Values {
			if !strings.ContainsAny(v, askedNext+askedIn+"\n") {
				line += askedIn + v
			}
		}
	}
	return line
}

// ReadAsked reads what String wrote.
func ReadAsked(line string) Asked {
	parts := strings.Split(line, askedNext)
	k := Asked{Field: parts[0]}
	for _, part := range parts[1:] {
		if words := strings.Split(part, askedIn); len(words[0]) > 1 {
			k.By = append(k.By, AskedBy{Field: words[0][1:], Values: words[1:], Only: words[0][0] == '+'})
		}
	}
	return k
}

// Narrow puts beside a condition that the field is asked for.
func (k Asked) Narrow(n *Node) *Node {
	kids := []*Node{n}
	for _, by := range k.By {
		var some []*Node
		for _, v := range by.Values {
			some = append(some, &Node{Key: Field, Name: by.Field, Value: v, Exact: true})
		}
		switch {
		case by.Only && len(some) > 1:
			kids = append(kids, &Node{Op: Or, Kids: some})
		case by.Only:
			kids = append(kids, some...)
		default:
			for _, s := range some {
				kids = append(kids, &Node{Op: Not, Kids: []*Node{s}})
			}
		}
	}
	if len(kids) == 1 {
		return n
	}
	return &Node{Op: And, Kids: kids}
}
