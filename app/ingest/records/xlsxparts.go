package records

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"fonds/app/ingest/content"
)

// Of a workbook: from which size on a sheet is unpacked into a file instead of memory, how much of it is in memory at
// most, how many parts it may have, and how many merges of cells are kept.
const (
	inMemory   = 16 << 20
	allMemory  = 64 << 20
	mostParts  = 20_000
	mostMerges = 100_000
)

// book is a workbook without what is no table: pictures, charts, caches, which can be most of it.
type book struct {
	data     []byte
	inMemory int64 // the size from which on a sheet is unpacked into a file
	parts    map[string]*zip.File
}

// lean leaves the parts of a workbook that are no table, and refuses it where the others are too much. What they claim to
// have unpacked holds: package zip unpacks no more.
func lean(data []byte) (*book, error) {
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > mostParts {
		return nil, content.Refuse(content.TooMuch, "parts of a workbook %d > %d", n, mostParts)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && z == nil {
		return nil, content.Refuse(content.Damaged, "%v", err)
	}
	b := &book{inMemory: inMemory, parts: map[string]*zip.File{}}
	var keep []*zip.File
	sheets, others := uint64(0), uint64(0)
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/"))
		if !isTablePart(name) {
			continue
		}
		size := f.UncompressedSize64
		switch {
		case size > content.MaxUnpacked:
			return nil, content.Refuse(content.TooMuch, "unpacked %d > %d", size, content.MaxUnpacked)
		case strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml":
			sheets += size
		default:
			others += size
		}
		b.parts[strings.TrimPrefix(name, "/")] = f
		keep = append(keep, f)
	}
	all := sheets + others
	switch {
	case all > content.MaxUnpacked:
		return nil, content.Refuse(content.TooMuch, "unpacked %d > %d", all, content.MaxUnpacked)
	case others > allMemory:
		return nil, content.Refuse(content.TooMuch, "unpacked beside the sheets %d > %d", others, allMemory)
	case all > inMemory && all/content.MaxRatio > uint64(len(data)):
		return nil, content.Refuse(content.TooMuch, "unpacked %d > %d for each byte of %d", all, content.MaxRatio, len(data))
	case sheets > allMemory:
		b.inMemory = 256 << 10
	}
	if len(keep) == len(z.File) {
		b.data = data
		return b, nil
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range keep {
		if err := w.Copy(f); err != nil {
			return nil, content.Refuse(content.Damaged, "%v", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, content.Refuse(content.Damaged, "%v", err)
	}
	b.data = out.Bytes()
	return b, nil
}

// isTablePart says whether a part of a workbook is needed to read its sheets.
func isTablePart(name string) bool {
	if ext := path.Ext(name); ext != ".xml" && ext != ".rels" {
		return false
	}
	for _, no := range []string{"/media/", "/drawings/", "/charts/", "/chartsheets/", "/embeddings/", "/pivotcache/", "/pivottables/", "/diagrams/", "/printersettings/", "/worksheets/_rels/", "/comments", "/customxml/", "calcchain.xml"} {
		if strings.Contains("/"+name, no) {
			return false
		}
	}
	return true
}

// merge is a range of cells that are one; rows and columns from 1.
type merge struct{ column, top, bottom int }

// merges finds the ranges that go over several rows, by the name of their sheet.
func (b *book) merges(ctx context.Context) map[string][]merge {
	var wb struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Rels []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if b.decode("xl/workbook.xml", &wb) != nil || b.decode("xl/_rels/workbook.xml.rels", &rels) != nil {
		return nil
	}
	out, most := map[string][]merge{}, mostMerges
	for _, s := range wb.Sheets {
		for _, r := range rels.Rels {
			if r.ID != s.ID || ctx.Err() != nil {
				continue
			}
			name := strings.ToLower(path.Join("xl", r.Target))
			if strings.HasPrefix(r.Target, "/") {
				name = strings.ToLower(r.Target[1:])
			}
			if f := b.parts[name]; f != nil {
				out[s.Name] = merged(ctx, f, &most)
			}
		}
	}
	return out
}

func (b *book) decode(name string, v any) error {
	f := b.parts[name]
	if f == nil {
		return io.EOF
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(r).Decode(v)
}

// merged reads the ranges of one sheet, which stand behind its cells: no other "<" stands before their name.
func merged(ctx context.Context, f *zip.File, most *int) (out []merge) {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	s := bufio.NewReaderSize(r, 64<<10)
	for n := 0; ; n++ {
		tag, err := s.ReadSlice('>')
		if err != nil && err != bufio.ErrBufferFull || n%10_000 == 0 && ctx.Err() != nil {
			return out
		}
		i := bytes.LastIndexByte(tag, '<')
		if i < 0 || !bytes.Contains(tag[i:], []byte("mergeCell ")) {
			continue
		}
		_, ref, _ := bytes.Cut(tag[i:], []byte(`ref="`))
		ref, _, _ = bytes.Cut(ref, []byte(`"`))
		from, to, ok := strings.Cut(string(ref), ":")
		column, top, err := excelize.CellNameToCoordinates(from)
		_, bottom, err2 := excelize.CellNameToCoordinates(to)
		if !ok || err != nil || err2 != nil || bottom <= top {
			continue
		}
		if *most--; *most < 0 {
			return out
		}
		out = append(out, merge{column, top, bottom})
	}
}
