package query

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// mostKnown is how many names of saved searches an error tells.
const mostKnown = 12

// Asks says whether a query asks for a key anywhere.
func (n *Node) Asks(k Key) (yes bool) {
	n.Leaves(func(l *Node, _ bool) { yes = yes || l.Key == k })
	return yes
}

// Resolve is a query with the queries in the place of the saved searches that it
// names (saved:NAME); the query itself is not changed. saved are the queries by
// their names. An error is an *Error at the place in n.
func (n *Node) Resolve(saved map[string]string) (*Node, error) {
	if !n.Asks(Saved) {
		return n, nil
	}
	r := &resolver{saved: saved}
	return r.resolve(n, nil, nil)
}

type resolver struct {
	saved map[string]string
	nodes int
}

// resolve is a node with what it names; at is the leaf in the query that was typed,
// nil in that itself, and within are the saved searches that lead here.
func (r *resolver) resolve(n, at *Node, within []string) (*Node, error) {
	place := at
	if place == nil {
		place = n
	}
	fail := func(code string, args map[string]string) error {
		return &Error{Code: code, Start: place.Start, End: place.End, Args: args}
	}
	if r.nodes++; r.nodes > mostNodes {
		return nil, fail("too-many", map[string]string{"most": strconv.Itoa(mostNodes)})
	}
	if n.Op != Is {
		c := *n
		c.Kids = make([]*Node, len(n.Kids))
		for i, k := range n.Kids {
			var err error
			if c.Kids[i], err = r.resolve(k, at, within); err != nil {
				return nil, err
			}
		}
		return &c, nil
	}
	if n.Key != Saved {
		return n, nil
	}
	text, there := r.saved[n.Value]
	switch {
	case !there && len(r.saved) == 0:
		return nil, fail("saved-none", map[string]string{"value": n.Value})
	case !there:
		return nil, fail("saved", map[string]string{"value": n.Value, "known": r.known()})
	case slices.Contains(within, n.Value):
		return nil, fail("saved-loop", map[string]string{"value": n.Value})
	}
	kid, err := Parse(text, Names{})
	if e, ok := err.(*Error); ok { // of a newer program
		return nil, fail(e.Code, e.Args)
	}
	if kid == nil {
		return nil, fail("nothing", nil)
	}
	return r.resolve(kid, place, append(slices.Clone(within), n.Value))
}

// known are the names that there are, of many the first.
func (r *resolver) known() string {
	names := slices.Sorted(maps.Keys(r.saved))
	more := ""
	if len(names) > mostKnown {
		names, more = names[:mostKnown], " …"
	}
	return strings.Join(names, ", ") + more
}

// Renamed is a query that names the saved search from by its name to.
func (n *Node) Renamed(from, to string) *Node {
	if n == nil {
		return nil
	}
	c := *n
	if n.Key == Saved && n.Value == from {
		c.Value = to
	}
	c.Kids = slices.Clone(n.Kids)
	for i, k := range c.Kids {
		c.Kids[i] = k.Renamed(from, to)
	}
	return &c
}
