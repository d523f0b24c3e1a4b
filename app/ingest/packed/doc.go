// Package packed unpacks files that are no more than the wrapping of others: ZIP, tar, gzip, bzip2, WARC and ARC. It hands
// on one member after the other and holds one of them at a time. It imports package content and reads no file, writes
// none, and knows no format of what is inside.
package packed

import (
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"io"

	"fonds/app/ingest/content"
)

// Version is that of the rules: it goes up when the same bytes would give other members.
const Version = "1"

// The kinds of wrapping. Those of the second group are known and not read.
const (
	Zip      = "zip"
	Tar      = "tar"
	Gzip     = "gzip" // of one file
	TarGzip  = "tar.gz"
	Bzip2    = "bzip2" // of one file
	TarBzip2 = "tar.bz2"
	Warc     = "warc"
	WarcGzip = "warc.gz"
	Arc      = "arc"
	ArcGzip  = "arc.gz"

	XZ       = "xz"
	Zstd     = "zstd"
	SevenZip = "7z"
	Rar      = "rar"
	LZ4      = "lz4"
	Compress = "compress" // .Z
)

// starts are the first bytes of the kinds that have some.
var starts = []struct{ bytes, kind string }{
	{"PK\x03\x04", Zip}, {"PK\x05\x06", Zip}, {"PK\x07\x08PK\x03\x04", Zip},
	{"\x1F\x8B\x08", Gzip}, {"BZh", Bzip2}, {"WARC/", Warc}, {"filedesc://", Arc},
	{"\xFD7zXZ\x00", XZ}, {"\x28\xB5\x2F\xFD", Zstd}, {"7z\xBC\xAF\x27\x1C", SevenZip}, {"Rar!\x1A\x07", Rar},
	{"\x04\x22\x4D\x18", LZ4}, {"\x1F\x9D", Compress},
}

// Kind says by the first bytes of a file, 4 KB or more of them, how it is packed; "" for a file that is not. An office
// document in a ZIP file is "zip" too: ask for those first. A tar file in bzip2 is known by all of the file only, and is
// Bzip2 by less; Walk finds out.
func Kind(head []byte) string {
	for _, s := range starts {
		if !bytes.HasPrefix(head, []byte(s.bytes)) {
			continue
		}
		if s.kind == Bzip2 && (len(head) < 10 || head[3] < '1' || head[3] > '9' || string(head[4:10]) != "1AY&SY" && string(head[4:10]) != "\x17\x72\x45\x38\x50\x90") {
			return ""
		}
		return inside(s.kind, head)
	}
	if isTar(head) {
		return Tar
	}
	return ""
}

// inside says what is in a file of gzip or bzip2, by its beginning.
func inside(kind string, data []byte) string {
	var r io.Reader
	switch kind {
	case Gzip:
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return kind
		}
		r = z
	case Bzip2:
		r = bzip2.NewReader(bytes.NewReader(data))
	default:
		return kind
	}
	head := make([]byte, 512)
	n, _ := io.ReadFull(r, head)
	head = head[:n]
	switch {
	case isTar(head) && kind == Gzip:
		return TarGzip
	case isTar(head):
		return TarBzip2
	case bytes.HasPrefix(head, []byte("WARC/")) && kind == Gzip:
		return WarcGzip
	case bytes.HasPrefix(head, []byte("filedesc://")) && kind == Gzip:
		return ArcGzip
	}
	return kind
}

// Options is what Walk is to know of a file.
type Options struct {
	Name   string                        // of the file: its member is called so, without .gz
	Names  func(names [][]byte) []string // decodes all names of a file that do not say how they are encoded, one for each; nil: UTF-8, else code page 437
	Budget *Budget                       // what this file and all in it may unpack; nil: one of its own
}

// Walk hands the members of a file to yield, in their order, one at a time: Data is yield's to read until it returns,
// and may be a part of data. Directories are none. kind is what Kind said; "" asks it. lost says in English what was not
// taken; all else is good. err is what yield returned, a *content.Refusal, or that of ctx; members may have been handed on
// before it. Walk may be called for a member within yield, with the same budget.
func Walk(ctx context.Context, data []byte, kind string, o Options, yield func(content.Part) error) (lost []string, err error) {
	if kind == "" {
		kind = Kind(data)
	}
	if kind == Bzip2 {
		kind = inside(kind, data)
	}
	if o.Budget == nil {
		o.Budget = NewBudget(int64(len(data)))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := o.Budget.enter(); err != nil {
		return nil, err
	}
	defer o.Budget.leave()
	w := &walk{ctx: ctx, data: data, o: o, budget: o.Budget, yield: yield}
	switch kind {
	case Zip:
		err = w.zip()
	case Tar:
		err = w.tar()
	case TarGzip, TarBzip2:
		err = w.tarStream(kind)
	case Gzip, Bzip2:
		err = w.single(kind)
	case Warc, WarcGzip:
		err = w.warc(kind == WarcGzip)
	case Arc, ArcGzip:
		err = w.arc(kind == ArcGzip)
	case "":
		err = content.Refuse(content.NotIt, "it is not packed in a way that is known")
	default:
		err = content.Refuse(content.NotIt, "it is packed as %s, which is not read: unpack it, and import what was in it", kind)
	}
	return w.lost.sentences(), err
}

// walk is one file that is unpacked.
type walk struct {
	ctx    context.Context
	data   []byte
	o      Options
	budget *Budget
	yield  func(content.Part) error
	lost   notes
}

// give hands a member on. What yield says ends the walk.
func (w *walk) give(p content.Part) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if err := w.budget.part(); err != nil {
		return err
	}
	p.As = content.Member
	return w.yield(p)
}

// hold hands a member on that is no part of the file, but was unpacked into memory of its own.
func (w *walk) hold(p content.Part) error {
	n := int64(len(p.Data))
	w.budget.held += n
	defer func() { w.budget.held -= n }()
	return w.give(p)
}

// ends says whether an error ends the walk, and not only a member: one of ctx, or a limit.
func ends(err error) bool {
	var r *content.Refusal
	return errors.As(err, &r) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
