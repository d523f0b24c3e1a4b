package ingest

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"fonds/app/ingest/content"
	"fonds/app/ingest/packed"
	"fonds/storage/archive"
)

// A file can hold documents: a letter its attachments, a ZIP file its members, a mailbox its letters. Each is a document of
// its own, whose original are its own bytes. What wraps others and is no document itself (ZIP, tar, WARC, mailboxes) is like
// a folder: its members have paths below its own. What belongs to a document (an attachment) says so.

// mostDeep is how deep wrappings may lie in each other, letters in letters and ZIP files in ZIP files.
const mostDeep = 16

// An Inner is what was read of a file, or of what lies in it: a document, or why there is none; or what is to be known of
// the file, in which lie others.
type Inner struct {
	Doc    *Document
	Skip   *Skip
	Notes  []string // a sentence in English each, which begins with the path
	Inside int      // 0: the file itself; else which of what lies in it, from 1
}

// EachIn reads a file that Scan found and hands on what it makes of it, and of all that lies in it, in order: a letter, then
// its attachments. The error is that of yield or of the context.
func EachIn(ctx context.Context, f Found, opts Options, yield func(Inner) error) error {
	data, modified, err := readTwice(ctx, f, opts)
	if err != nil {
		return yieldOr(err, 0, yield)
	}
	return Each(ctx, data, f.Path, modified, opts, func(in Inner) error {
		if in.Doc != nil {
			in.Doc.Order = f.Order
		}
		return yield(in)
	})
}

// yieldOr hands on why there is no document; other errors it returns.
func yieldOr(err error, inside int, yield func(Inner) error) error {
	var skip *Skip
	if errors.As(err, &skip) {
		return yield(Inner{Skip: skip, Inside: inside})
	}
	return err
}

// Each is EachIn of the bytes of a file.
func Each(ctx context.Context, data []byte, path string, modified time.Time, opts Options, yield func(Inner) error) error {
	u := &unwrapping{ctx: ctx, opts: opts, yield: yield, budget: packed.NewBudget(int64(len(data)))}
	return u.open(data, path, modified, 0, nil, nil)
}

// An unwrapping goes through a file and what lies in it.
type unwrapping struct {
	ctx   context.Context
	opts  Options
	yield func(Inner) error
	seen  int // files, those that lie in others too
	// budget is what may be unpacked of the file, and of all in it.
	budget *packed.Budget
}

// open reads bytes that lie deep wrappings deep and belong to some documents. said is what their wrapping says of them.
func (u *unwrapping) open(data []byte, path string, modified time.Time, deep int, to []archive.Belonged, said []content.Said) error {
	inside := u.seen
	u.seen++
	if err := u.ctx.Err(); err != nil {
		return err
	}
	if kind := wrapping(data, path); kind != nil {
		if deep == mostDeep {
			return u.yield(Inner{Inside: inside, Skip: &Skip{Path: path, Reason: TooMuch, Detail: fmt.Sprintf("it lies %d wrappings deep", deep)}})
		}
		return u.unwrap(kind, data, path, modified, deep, inside, to)
	}
	doc, err := makeFor(u.ctx, data, path, u.opts.Encoding)
	if err != nil {
		return yieldOr(err, inside, u.yield)
	}
	doc.Modified, doc.Belongs = modified, to
	doc.Proposals = proposeSaid(doc.Proposals, doc.Text, said, "warc.record", 0.9)
	parts, names := doc.parts, taken{}
	doc.parts = nil
	if err := u.yield(Inner{Doc: doc, Inside: inside}); err != nil {
		return err
	}
	for i, p := range parts {
		at := names.apartFile(path + "/" + safeName(p.Name, i+1))
		if deep == mostDeep {
			err = u.yield(Inner{Inside: u.seen, Skip: &Skip{Path: at, Reason: TooMuch, Detail: fmt.Sprintf("it lies %d wrappings deep", deep)}})
			u.seen++
		} else {
			err = u.open(p.Data, at, later(p.Modified, modified), deep+1, []archive.Belonged{{SHA256: doc.SHA256, How: p.As, Rank: rankOf(i)}}, p.Said)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unwrap opens what lies in a wrapping. It belongs to what the wrapping belongs to: the papers in a ZIP file that was
// attached to a letter are attached to it.
func (u *unwrapping) unwrap(w *wrapper, data []byte, path string, modified time.Time, deep, inside int, to []archive.Belonged) error {
	names, n := taken{}, 0
	var own error // of yield or the context, which ends it all
	lost, err := w.walk(u.ctx, data, path, u.budget, func(p content.Part) error {
		n++
		own = u.open(p.Data, names.apartFile(path+"/"+safePath(p.Name, n)), later(p.Modified, modified), deep+1, belongBelow(to, n-1), p.Said)
		return own
	})
	switch {
	case own != nil:
		return own
	case err != nil:
		return yieldOr(refused(err, path), inside, u.yield)
	case n == 0 && len(lost) == 0:
		return u.yield(Inner{Inside: inside, Skip: &Skip{Path: path, Reason: Empty}})
	}
	for _, l := range lost {
		if err := u.yield(Inner{Inside: inside, Skip: &Skip{Path: path, Reason: InPart, Detail: l}}); err != nil {
			return err
		}
	}
	return nil
}

// InPart is why something that lies in a file was left out. Detail says what and why, in English.
const InPart Reason = "in-part"

func later(own, of time.Time) time.Time {
	if own.IsZero() {
		return of
	}
	return own
}

// apartFile is apart with the number before the ending, by which some files are known: report (2).html.
func (t taken) apartFile(at string) string {
	ext := path.Ext(at)
	if len(ext) > 10 || ext == path.Base(at) {
		ext = ""
	}
	stem, one := strings.TrimSuffix(at, ext), at
	for t[one] > 0 {
		t[at]++
		one = fmt.Sprintf("%s (%d)%s", stem, t[at], ext)
	}
	t[one] = 1
	return one
}

// belongBelow is what member i of a wrapping belongs to that belongs to these: its rank lies behind that of the wrapping.
func belongBelow(to []archive.Belonged, i int) (out []archive.Belonged) {
	for _, b := range to {
		b.Rank += rankOf(i)
		out = append(out, b)
	}
	return out
}

// rankOf is the place of part i, from 0, among those of its document, as archive.Belonged has it.
func rankOf(i int) string { return fmt.Sprintf("%05d1", i) }

// nameChars is how many code points a name within a file keeps.
const nameChars = 120

// safeName makes one name of what a file says that a thing in it is called: the last of a path, nothing that climbs. Where
// nothing is left it is its number.
func safeName(name string, n int) string {
	name = path.Base(safePath(name, n))
	return name
}

// safePath makes a path below its file of what that says: no .. and no root, no drive, no controls.
func safePath(name string, n int) string {
	var out []string
	for _, s := range strings.FieldsFunc(strings.ToValidUTF8(name, "\uFFFD"), func(r rune) bool { return r == '/' || r == '\\' }) {
		s = strings.TrimSpace(strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f {
				return ' '
			}
			return r
		}, s))
		if s == "" || s == "." || s == ".." || len(s) == 2 && s[1] == ':' {
			continue
		}
		if utf8.RuneCountInString(s) > nameChars {
			ext := path.Ext(s)
			if utf8.RuneCountInString(ext) > 10 {
				ext = ""
			}
			s = string([]rune(s)[:nameChars-utf8.RuneCountInString(ext)]) + ext
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return fmt.Sprintf("part %d", n)
	}
	return strings.Join(out, "/")
}
