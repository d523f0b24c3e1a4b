package rtf

import (
	"context"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// A dest is what the text of a group is for.
type dest byte

const (
	toText  dest = iota // the sink of the state; nowhere where that is nil
	toFonts             // names of fonts
	toInfo              // the group of properties: its own text is nothing
	toTime              // a property that is a time: numbers only
	toHex               // bytes written as hexadecimal digits
	toShape             // a shape, a formula: only certain groups in it have text
	toUpr               // text told twice, of which the second, \ud, is taken
)

// A state is what holds in a group and is inherited by the groups in it.
type state struct {
	dest    dest
	out     *sink // where text goes; nil: nowhere
	uc      int   // how many characters stand for one \u
	font    int
	hidden  bool
	deleted bool
	table   bool  // the paragraph is in a table
	asked   bool  // \* was seen, the next word says what it is about
	outer   *sink // what out was where dest is toShape or toUpr
	was     dest  // what dest was where it is toUpr
	field   *field
	object  *object
	end     func() // what is to be done when this group is closed
}

// A note is a footnote, an endnote or a comment.
type note struct {
	by   string
	text *sink
}

// A reader walks through a file once.
type reader struct {
	ctx  context.Context
	data []byte
	pos  int

	st    state
	stack []state

	fonts   map[int]*font
	inFont  int // which font the table of fonts is at
	ansi    int // the code page of the file
	deff    int
	skip    int  // how many characters of the stand-in for a \u are still to come
	high    rune // the first half of a pair of \u, 0 where there is none
	pending []byte
	page    int   // the code page of pending
	sink    *sink // where pending goes

	pageNow, pageOf int  // the code page of a font, and of which
	pageKnown       bool // it is so

	lead  bool // pending ends with the first of two bytes
	raw   bool // and it was written as itself
	total int  // bytes of text so far

	body     *sink
	notes    []*note
	comments []*note
	headers  []*sink
	footers  []*sink
	author   *sink // of the next comment
	info     []property
	parts    []content.Part
	unknown  []int
	hidden   int
	deleted  int
	pictures int
	objects  int
	behind   int

	isUnknown map[int]bool
}

func newReader(ctx context.Context, data []byte) *reader {
	body := &sink{}
	return &reader{ctx: ctx, data: data, fonts: map[int]*font{}, ansi: 1252, body: body, isUnknown: map[int]bool{},
		st: state{out: body, uc: 1, font: -1}}
}

// run reads the file to the end of its outermost group.
func (r *reader) run() error {
	for n := 0; ; n++ {
		if n%4096 == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
		}
		if r.total > content.MaxText {
			return content.Refuse(content.TooMuch, "text %d > %d", r.total, content.MaxText)
		}
		if r.run1() {
			continue
		}
		t := r.next(r.lead && r.raw && r.st.out != nil)
		switch t.kind {
		case atEnd:
			r.finish()
			return nil
		case open:
			if len(r.stack) >= content.MaxNesting {
				return content.Refuse(content.TooMuch, "groups in groups %d > %d", len(r.stack)+1, content.MaxNesting)
			}
			r.push()
		case closing:
			if r.pop(); len(r.stack) == 0 {
				r.finish()
				r.behind = remains(r.data[r.pos:])
				return nil
			}
		case char:
			r.char(t.b, t.escaped)
		case symbol:
			r.symbol(t.name)
		case word:
			r.word1(t)
		}
	}
}

// remains counts the bytes behind the end that are more than padding.
func remains(rest []byte) int {
	n := 0
	for _, b := range rest {
		if b != 0 && b != '\r' && b != '\n' && b != ' ' && b != '\t' && b != 0x1a {
			n++
		}
	}
	return n
}

func (r *reader) push() {
	r.skip = 0
	r.stack = append(r.stack, r.st)
	r.st.end, r.st.asked = nil, false
}

func (r *reader) pop() {
	r.skip = 0
	if len(r.stack) == 0 {
		return
	}
	if r.st.end != nil {
		r.flush()
		r.st.end()
	}
	r.st = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
}

// finish does at the end of the file what open groups would have done at their own.
func (r *reader) finish() {
	r.flush()
	for i := len(r.stack) - 1; i >= 0; i-- {
		if r.st.end != nil {
			r.st.end()
			r.flush()
		}
		r.st = r.stack[i]
	}
	r.body.end()
}

// silent says whether text of this place is left out, and counts what is hidden or deleted.
func (r *reader) silent(n int) bool {
	switch {
	case r.st.dest != toText || r.st.out == nil:
		return true
	case r.st.deleted:
		r.deleted += n
		return true
	case r.st.hidden:
		r.hidden += n
		return true
	}
	return false
}

// char takes one byte of text, in the code page of the font.
func (r *reader) char(b byte, escaped bool) {
	if r.skip > 0 {
		r.skip--
		return
	}
	switch r.st.dest {
	case toFonts:
		if f := r.fonts[r.inFont]; f != nil && len(f.name) < 100 && b != ';' {
			f.name += string(rune(b))
			r.pageKnown = false
		}
		return
	case toHex:
		if !escaped {
			r.st.object.digit(b)
		}
		return
	}
	if r.silent(1) {
		return
	}
	page := r.wait()
	r.pending = append(r.pending, b)
	r.raw = !escaped && page != 949 && page != 10003 // in Korean no brace is the second of two
	r.lead = !r.lead && isLead(page, b)
	if n := len(r.pending); n > 4096 && b < '0' && !r.lead || n > 1<<16 {
		r.flush()
	}
}

// run1 takes the letters up to the next byte that may be more than itself, most of a file. It says whether there were any.
func (r *reader) run1() bool {
	if r.lead || r.skip > 0 || r.st.dest != toText {
		return false
	}
	end := r.pos
	for most := min(len(r.data), r.pos+4096); end < most; end++ {
		if b := r.data[end]; b < ' ' || b >= utf8.RuneSelf || b == '\\' || b == '{' || b == '}' {
			break
		}
	}
	run := r.data[r.pos:end]
	if r.pos = end; len(run) == 0 {
		return false
	}
	if !r.silent(len(run)) {
		r.wait()
		if r.pending = append(r.pending, run...); len(r.pending) > 4096 {
			r.flush()
		}
	}
	return true
}

// wait makes ready for bytes that wait in the code page of the font, which it gives.
func (r *reader) wait() int {
	r.flushHigh()
	if !r.pageKnown || r.pageOf != r.st.font {
		r.pageNow, r.pageOf, r.pageKnown = r.fontPage(r.st.font), r.st.font, true
	}
	if len(r.pending) > 0 && (r.page != r.pageNow || r.sink != r.st.out) {
		r.flush()
	}
	r.page, r.sink = r.pageNow, r.st.out
	return r.pageNow
}

// flush decodes the bytes that wait.
func (r *reader) flush() {
	r.flushHigh()
	if len(r.pending) == 0 {
		return
	}
	s := r.decode(r.pending, r.page)
	r.pending, r.lead = r.pending[:0], false
	r.write(r.sink, s)
}

// flushHigh writes half a pair that stayed alone.
func (r *reader) flushHigh() {
	if r.high != 0 {
		r.high = 0
		r.write(r.st.out, string(utf8.RuneError))
	}
}

// write puts text into a sink, without controls.
func (r *reader) write(to *sink, s string) {
	if to == nil {
		return
	}
	for _, c := range s {
		if unicode.IsControl(c) {
			if c != '\t' {
				continue
			}
		}
		to.rune(c)
		r.total += utf8.RuneLen(c)
	}
}

// put writes one character that is not a byte of a code page.
func (r *reader) put(c rune) {
	if r.skip > 0 {
		r.skip--
		return
	}
	if r.silent(1) {
		return
	}
	r.flush()
	r.write(r.st.out, string(c))
}

// unicode takes a \u. What stands for it in older readers is skipped.
func (r *reader) unicode(n int) {
	if n < 0 {
		n += 0x10000
	}
	c := rune(n)
	r.skip = r.st.uc
	if r.silent(1) {
		return
	}
	if r.high != 0 && 0xdc00 <= c && c < 0xe000 {
		high := r.high
		r.high = 0
		r.write(r.st.out, string(utf16.DecodeRune(high, c)))
		return
	}
	r.flush()
	switch {
	case 0xd800 <= c && c < 0xdc00:
		r.high = c
	case 0xf020 <= c && c <= 0xf0ff && r.fontPage(r.st.font) == symbolPage:
		r.write(r.st.out, string(symbolRune(byte(c&0xff))))
	case c < 0 || !utf8.ValidRune(c):
		r.write(r.st.out, string(utf8.RuneError))
	default:
		r.write(r.st.out, string(c))
	}
}
