package packed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"fonds/app/ingest/content"
)

// Limits beside those of package content.
const (
	MaxMember = 192 << 20 // bytes of one member, and of those that are held at a time: a member of a member of a file
	MaxDepth  = 16        // files in files that are unpacked
	freely    = 16 << 20  // bytes that are unpacked whatever the ratio

	usualRatio = 20 // bytes that a byte of a packed text has, at most, unless it is very even
)

// A Budget is what a file may unpack, with all that is packed in it. It is for one goroutine.
type Budget struct {
	packed   int64 // bytes of the outermost file
	unpacked int64 // bytes that were decompressed
	held     int64 // bytes of members that are held
	parts    int
	depth    int
}

// NewBudget is the budget of a file of so many bytes.
func NewBudget(packed int64) *Budget { return &Budget{packed: max(packed, 1)} }

// Unpacked is how many bytes were decompressed, and how many parts were handed on.
func (b *Budget) Unpacked() (bytes int64, parts int) { return b.unpacked, b.parts }

// Count takes n bytes that were unpacked; the error is a refusal where they are too many.
func (b *Budget) Count(n int64) error {
	b.unpacked += n
	if b.unpacked > content.MaxUnpacked {
		return content.Refuse(content.TooMuch, "unpacked %d > %d", b.unpacked, int64(content.MaxUnpacked))
	}
	if b.unpacked > freely && b.unpacked/content.MaxRatio > b.packed {
		return content.Refuse(content.TooMuch, "unpacked %d > %d for each byte of %d", b.unpacked, content.MaxRatio, b.packed)
	}
	return nil
}

func (b *Budget) part() error {
	if b.parts++; b.parts > content.MaxParts {
		return content.Refuse(content.TooMuch, "documents %d > %d", b.parts, content.MaxParts)
	}
	return nil
}

func (b *Budget) enter() error {
	if b.depth == MaxDepth {
		return content.Refuse(content.TooMuch, "files packed in files %d > %d", b.depth+1, MaxDepth)
	}
	b.depth++
	return nil
}

func (b *Budget) leave() { b.depth-- }

// room is how many bytes a member may have now.
func (b *Budget) room() int64 { return max(MaxMember-b.held, 0) }

// counted counts what is read of r, and stops with ctx.
type counted struct {
	ctx    context.Context
	r      io.Reader
	budget *Budget // nil for what is counted elsewhere
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	if len(p) > 256<<10 { // so that ctx is asked often
		p = p[:256<<10]
	}
	n, err := c.r.Read(p)
	if c.budget == nil {
		return n, err
	}
	if over := c.budget.Count(int64(n)); over != nil {
		return n, over
	}
	return n, err
}

// errLarge is that a member is larger than may be held.
var errLarge = errors.New("larger than may be held")

// gather reads all of r, of which it is said that it has size bytes (-1: it is not said) and that is packed in so many: no
// more than most are held. What came before an error is returned with it.
func gather(r io.Reader, size, packed, most int64) ([]byte, error) {
	// What a file says of itself is believed as far as files usually are packed.
	out := make([]byte, 0, max(min(size, packed*usualRatio, most), 0)+512)
	for {
		if len(out) == cap(out) {
			grown := make([]byte, len(out), min(int64(cap(out))*3/2, most+512))
			copy(grown, out)
			out = grown
		}
		n, err := r.Read(out[len(out):cap(out)])
		out = out[:len(out)+n]
		if int64(len(out)) > most {
			return nil, errLarge
		}
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
	}
}

// notes are what was not taken: sentences of their own, and those of which there are many with their count.
type notes struct {
	own    []string
	kinds  []string
	counts map[string]int
	names  map[string][]string
}

// mostOwn is how many sentences of their own are kept, and mostNames how many names with a count.
const (
	mostOwn   = 50
	mostNames = 5
)

// say keeps a sentence.
func (n *notes) say(format string, args ...any) {
	if len(n.own) == mostOwn {
		n.many("and %d more of the kind", "")
		return
	}
	n.own = append(n.own, readable(fmt.Sprintf(format, args...)))
}

// many counts something; sentence has %d for how many. Some of the names follow it.
func (n *notes) many(sentence, name string) {
	if n.counts == nil {
		n.counts, n.names = map[string]int{}, map[string][]string{}
	}
	if n.counts[sentence] == 0 {
		n.kinds = append(n.kinds, sentence)
	}
	n.counts[sentence]++
	if name != "" && len(n.names[sentence]) < mostNames {
		n.names[sentence] = append(n.names[sentence], readable(name))
	}
}

func (n *notes) sentences() []string {
	out := n.own
	for _, k := range n.kinds {
		s := fmt.Sprintf(k, n.counts[k])
		if names := n.names[k]; len(names) > 0 {
			s += ": " + strings.Join(names, ", ")
			if len(names) < n.counts[k] {
				s += " …"
			}
		}
		out = append(out, s)
	}
	return out
}

// readable is a sentence or a name without what a screen cannot show, and not too long.
func readable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7F {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if n := 0; len(s) > 300 {
		for at := range s {
			if n++; n > 300 {
				return s[:at] + "…"
			}
		}
	}
	return s
}
