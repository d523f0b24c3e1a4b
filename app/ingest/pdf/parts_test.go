package pdf

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

// withFiles is a file of one page in which others lie, each said to be so named.
func withFiles(names, files []string) []byte {
	m, _ := document(latin(50, 700, "see the attachments"))
	list := ""
	for i, name := range names {
		f := m.stream("/Type /EmbeddedFile /Subtype /text#2Fplain /Params << /ModDate (D:20151122103000+08'00') >>", files[i])
		s := m.add("<< /Type /Filespec /F (%s) /UF (%s) /EF << /F %d 0 R >> >>", name, name, f)
		list += fmt.Sprintf("(%d) %d 0 R ", i, s)
	}
	m.objects[0] = fmt.Sprintf("<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [%s] >> >> >>", list)
	return m.bytes("")
}

// TestAttachments finds the files that lie in a document, with their names as they are.
func TestAttachments(t *testing.T) {
	c, err := engine(t).Read(context.Background(), withFiles([]string{"a.txt", "../../x"}, []string{"one", "two"}))
	if err != nil {
		t.Fatal(err)
	}
	day, _ := time.Parse(time.RFC3339, "2015-11-22T10:30:00+08:00")
	var got []content.Part
	for _, p := range c.Parts {
		if !p.Modified.Equal(day) {
			t.Errorf("%s: modified %v, want %v", p.Name, p.Modified, day)
		}
		p.Modified = time.Time{}
		got = append(got, p)
	}
	want := []content.Part{
		{Name: "a.txt", Type: "text/plain", As: content.AnAttachment, Data: []byte("one")},
		{Name: "../../x", Type: "text/plain", As: content.AnAttachment, Data: []byte("two")},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestNotes reads comments after the text of their page, and what is typed on it; what is hidden is not read.
func TestNotes(t *testing.T) {
	m, _ := document(latin(50, 700, "the page"), latin(50, 700, "the next"))
	look := m.stream("/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources 8 0 R", latin(2, 5, "1958-03-12"))
	m.objects[9] = fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Resources 8 0 R /Contents 9 0 R /MediaBox [0 0 595 842] /Annots ["+
		"<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /T (Wang) /Contents (why\nthis?) >>"+
		"<< /Type /Annot /Subtype /Highlight /F 2 /Rect [10 10 30 30] /Contents (hidden) >>"+
		"<< /Type /Annot /Subtype /FreeText /Rect [10 100 300 130] /Contents (typed here) >>"+
		"<< /Type /Annot /Subtype /Widget /FT /Tx /T (date) /V (other) /F 4 /Rect [50 600 250 620] /AP << /N %d 0 R >> >>] >>", look)
	got := read(t, m.bytes(""))
	if want := "the page\ntyped here\n1958-03-12\n[comment] Wang: why this?\nthe next"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestInfo reads what the Info dictionary says, its date as EDTF.
func TestInfo(t *testing.T) {
	m, _ := document("")
	n := m.add("<< /Title <FEFF62A5544A> /Author (Li\\nMing) /CreationDate (D:20151122103000+08'00') /Keywords ( ) >>")
	c, err := engine(t).Read(context.Background(), m.bytes(fmt.Sprintf("/Info %d 0 R", n)))
	if err != nil {
		t.Fatal(err)
	}
	want := []content.Said{
		{Field: "dcterms:title", Value: "报告", Where: "Info Title"}, {Field: "creator", Value: "Li Ming", Where: "Info Author"},
		{Field: "date", Value: "2015-11-22T10:30:00+08:00", Where: "Info CreationDate"},
	}
	if !reflect.DeepEqual(c.Said, want) || c.Title != "报告" || c.Text != "" || len(c.Pages) != 1 {
		t.Errorf("got %+v, want %+v", c, want)
	}
}

// TestDates reads dates as PDF files have them.
func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"D:2015": "2015", "D:201511": "2015-11", "20151122": "2015-11-22", "D:20151122103000Z": "2015-11-22T10:30:00Z",
		"D:20151122103000+00'00'": "2015-11-22T10:30:00Z", "D:201511221030": "2015-11-22T10:30:00", "D:20151122103000-05": "2015-11-22T10:30:00-05:00",
		"D:20150230": "", "D:20151322": "", "D:20151122306000Z": "2015-11-22", "yesterday": "", "": "", "D:00000000": "",
	} {
		if got := pdfDate(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"2015-11-22": "2015-11-22", "2015": "2015", "2015-11-22T10:30+08:00": "2015-11-22T10:30:00+08:00",
		"2015-11-22T10:30:00.125Z": "2015-11-22T10:30:00Z", "2015-11-22T10:30": "2015-11-22T10:30:00", "22.11.2015": "",
	} {
		if got := isoDate(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestPages gives each page its place and its size as it is looked at.
func TestPages(t *testing.T) {
	m, _ := document(latin(50, 700, "one"), "", latin(50, 700, "three"), "")
	m.objects[11] = "<< /Type /Page /Parent 2 0 R /Rotate 90 /MediaBox [0 0 595 842] >>"
	c, err := engine(t).Read(context.Background(), m.bytes(""))
	if err != nil {
		t.Fatal(err)
	}
	want := []content.Page{{Start: 0, Width: 595, Height: 842}, {Start: 3, Width: 842, Height: 595}, {Start: 4, Width: 595, Height: 842}, {Start: 9, Width: 595, Height: 842}}
	if c.Text != "one\nthree" || !reflect.DeepEqual(c.Pages, want) {
		t.Errorf("got %q, %+v, want %+v", c.Text, c.Pages, want)
	}
}

// TestPinned finds a file that is pinned to a page, and gets over one that does not fit into memory.
func TestPinned(t *testing.T) {
	m, _ := document(latin(50, 700, "the page"))
	f := m.stream("/Type /EmbeddedFile", "the file")
	m.objects[9] = fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Resources 8 0 R /Contents 9 0 R /MediaBox [0 0 595 842] /Annots ["+
		"<< /Type /Annot /Subtype /FileAttachment /Rect [10 10 30 30] /FS << /Type /Filespec /F (a.txt) /EF << /F %d 0 R >> >> >>] >>", f)
	b := m.stream("/Type /EmbeddedFile /Filter /FlateDecode", packed(400<<20, 1))
	m.objects[0] = fmt.Sprintf("<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(b) << /Type /Filespec /F (b) /EF << /F %d 0 R >> >>] >> >> >>", b)
	c, err := engine(t).Read(context.Background(), m.bytes(""))
	if err != nil || c.Text != "the page" || len(c.Parts) != 1 || string(c.Parts[0].Data) != "the file" || c.Parts[0].Name != "a.txt" || len(c.Lost) != 1 {
		t.Errorf("got %+v, %v", c, err)
	}
}
