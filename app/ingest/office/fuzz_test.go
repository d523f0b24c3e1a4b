package office

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

// tried reads bytes and fails where what comes of them is not sound, or where it takes long.
func tried(t *testing.T, data []byte, reader func(context.Context, []byte) (*content.Content, error)) {
	t.Helper()
	began := time.Now()
	c, err := reader(context.Background(), data)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	var r *content.Refusal
	switch {
	case err == nil:
		sound(t, c)
	case !errors.As(err, &r):
		t.Errorf("an error that is no refusal: %v", err)
	}
}

// FuzzDOCX gives bodies and other parts of a document, and whole files.
func FuzzDOCX(f *testing.F) {
	f.Add([]byte(p("a")), []byte(`<w:numbering`+spaces+`/>`), []byte(`<w:footnotes`+spaces+`/>`))
	f.Add([]byte(`<w:tbl><w:tr><w:tc>`+p("a")+`</w:tc></w:tr></w:tbl><w:p><w:r><w:ruby><w:rt/><w:rubyBase><w:p/></w:rubyBase></w:ruby><w:txbxContent/></w:r></w:p>`), []byte{}, []byte{})
	for _, name := range []string{"tika-docs/files/testWORD_2006ml.docx", "tika-docs/files/testWORD_override_list_numbering.docx"} {
		if data, err := os.ReadFile(filepath.Join(corpora, name)); err == nil {
			if z, err := openPack(context.Background(), data); err == nil {
				body, _ := z.whole("word/document.xml", 1<<20)
				nums, _ := z.whole("word/numbering.xml", 1<<20)
				notes, _ := z.whole("word/footnotes.xml", 1<<20)
				f.Add(body, nums, notes)
			}
		}
	}
	f.Fuzz(func(t *testing.T, body, nums, notes []byte) {
		files := docxFiles(string(body), file{"word/numbering.xml", string(nums)}, file{"word/footnotes.xml", string(notes)},
			file{"word/header1.xml", string(notes)}, file{"word/chart1.xml", string(body)}, file{"word/embeddings/oleObject1.bin", string(nums)})
		if len(body) > 6 && string(body[:5]) == "<?xml" {
			files[2].text = string(body)
		}
		tried(t, zipped(t, files...), DOCX)
		tried(t, body, DOCX)
	})
}

// FuzzODT gives bodies and styles of a document, and whole files.
func FuzzODT(f *testing.F) {
	f.Add([]byte(`<text:p>a</text:p>`), []byte(`<text:list-style style:name="L"/>`))
	f.Add([]byte(`<text:list text:style-name="L"><text:list-item><text:p><draw:frame><draw:object xlink:href="Object 1"/></draw:frame></text:p></text:list-item></text:list>`),
		[]byte(`<text:list-style style:name="L"><text:list-level-style-number text:level="10" style:num-format="1"/></text:list-style>`))
	for _, name := range []string{"tika-docs/files/testODTStyles2.odt", "docx-pandoc/test/odt/odt/tableWithSpans.odt"} {
		if data, err := os.ReadFile(filepath.Join(corpora, name)); err == nil {
			if z, err := openPack(context.Background(), data); err == nil {
				body, _ := z.whole("content.xml", 1<<20)
				f.Add(body, []byte{})
			}
		}
	}
	f.Fuzz(func(t *testing.T, body, styles []byte) {
		files := odtFiles(string(styles), string(body), file{"Object 1/content.xml", string(body)}, file{"styles.xml", string(styles)})
		if len(body) > 6 && string(body[:5]) == "<?xml" {
			files[1].text = string(body)
		}
		tried(t, zipped(t, files...), ODT)
		tried(t, body, ODT)
		tried(t, body, func(context.Context, []byte) (*content.Content, error) {
			Kind(body)
			return &content.Content{}, nil
		})
	})
}

// FuzzCompound gives compound files of OLE.
func FuzzCompound(f *testing.F) {
	f.Add(compoundOf(stream{"\x01Ole10Native", packageOf("a.txt", []byte("abc"))}, stream{"EncryptedPackage", nil}))
	f.Fuzz(func(t *testing.T, data []byte) {
		began := time.Now()
		IsEncryptedOOXML(data)
		if c, err := openCompound(data); err == nil {
			if b, _, _ := c.object(1 << 20); len(b) > 1<<20 {
				t.Errorf("%d bytes, more than asked for", len(b))
			}
		}
		native(data)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}
