package export

import (
	"archive/zip"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// This file makes ZIP files that are the same bytes every time: the parts by name,
// of one time, with nothing beside what they hold.

// zipTo makes a workbook write itself to f, part by part; what it would write
// otherwise it holds in memory first.
func zipTo(f *os.File) func(io.Writer) excelize.ZipWriter {
	return func(io.Writer) excelize.ZipWriter { return zip.NewWriter(f) }
}

// zipped writes a ZIP file below OUT: the one that write writes, put in order.
func (j *job) zipped(path string, write func(f *os.File) error) (err error) {
	tmp, err := os.CreateTemp(j.folder, ".zip-")
	if err != nil {
		return cannot(j.o.Out, err)
	}
	defer func() {
		tmp.Close()
		if e := os.Remove(tmp.Name()); err == nil && e != nil {
			err = cannot(j.o.Out, e)
		}
	}()
	if err := write(tmp); err != nil {
		return err
	}
	size, err := tmp.Seek(0, io.SeekEnd)
	if err != nil {
		return cannot(j.o.Out, err)
	}
	in, err := zip.NewReader(tmp, size)
	if err != nil {
		return err
	}
	return j.file(path, func(w io.Writer) error { return inOrder(w, in.File) })
}

// inOrder writes the parts by name. Their data is not packed anew.
func inOrder(w io.Writer, parts []*zip.File) error {
	parts = slices.Clone(parts)
	slices.SortFunc(parts, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, p := range parts {
		if p.UncompressedSize64 > math.MaxUint32 {
			return fmt.Errorf("%s would be larger than 4 GB, which the programs that are to read it cannot: choose fewer documents, or another format", p.Name)
		}
		to, err := out.CreateRaw(plainHeader(p))
		if err != nil {
			return err
		}
		from, err := p.OpenRaw()
		if err != nil {
			return err
		}
		if _, err := io.Copy(to, from); err != nil {
			return err
		}
	}
	return out.Close()
}

// plainHeader is what is said of a part: name, method, lengths and check sum. The
// time is 1980-01-01 00:00:00, the first that ZIP can say (APPNOTE.TXT 4.4.6); the
// field Modified would be written with an extra field.
func plainHeader(p *zip.File) *zip.FileHeader {
	const version = 20 // 4.4.3.2: deflate
	//lint:ignore SA1019 Modified would bring the extra field
	return &zip.FileHeader{Name: p.Name, Method: p.Method, CRC32: p.CRC32, CreatorVersion: version, ReaderVersion: version, ModifiedDate: 1<<5 | 1,
		CompressedSize64: p.CompressedSize64, UncompressedSize64: p.UncompressedSize64}
}
