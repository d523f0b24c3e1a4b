package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand"
	"runtime"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

// refuses fails where bytes are not refused for the reason, in time.
func refuses(t *testing.T, data []byte, reason content.Reason, says string) {
	t.Helper()
	began := time.Now()
	c, err := read(context.Background(), data)
	var r *content.Refusal
	if !errors.As(err, &r) {
		n := 0
		if c != nil {
			n = len(c.Text)
		}
		t.Fatalf("it is read (%d bytes of text, %v); want it refused as %s", n, err, reason)
	}
	if r.Reason != reason || !strings.Contains(r.Detail, says) {
		t.Errorf("refused as %s: %q; want %s: … %q …", r.Reason, r.Detail, reason, says)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestDamagedFiles(t *testing.T) {
	whole := zipped(t, docxFiles(p("a"))...)
	refuses(t, whole[:len(whole)-30], content.Damaged, "the list of its parts")
	refuses(t, whole[:len(whole)/2], content.Damaged, "the list of its parts")
	refuses(t, nil, content.Damaged, "")
	refuses(t, []byte("PK\x03\x04"), content.Damaged, "")
	refuses(t, zipped(t, file{"a.txt", "a"}), content.NotIt, "no document")
	refuses(t, zipped(t, file{"[Content_Types].xml", typesOf}), content.Damaged, "no part that is the document")
	refuses(t, zipped(t, docxFiles("<w:p>")...), content.Damaged, "word/document.xml, line 1")
	refuses(t, zipped(t, file{"mimetype", TypeODT}), content.Damaged, "content.xml")
	refuses(t, zipped(t, odtFiles("", "<text:p>")...), content.Damaged, "content.xml, line 1")
	refuses(t, zipped(t, file{"mimetype", TypeODT}, file{"content.xml", ""}), content.Damaged, "ends early")
	if _, err := ODT(context.Background(), []byte("no zip file")); err == nil || !strings.Contains(err.Error(), "neither") {
		t.Errorf("no document at all: %v", err)
	}
	// what the text can do without is told of
	c := reads(t, zipped(t, append(docxFiles(p("a")), file{"docProps/core.xml", "<broken"})...), "a")
	if c != nil && (len(c.Lost) != 1 || !strings.Contains(c.Lost[0], "its properties")) {
		t.Errorf("lost %q", c.Lost)
	}
}

// A part whose bytes are not those that were written is read, and said to be so.
func TestWrongChecksum(t *testing.T) {
	if c := reads(t, miscounted(t, docxFiles(p("the text"))), "the text"); c != nil && (len(c.Lost) == 0 || !strings.Contains(strings.Join(c.Lost, " "), "checksum of its part word/document.xml")) {
		t.Errorf("lost %q", c.Lost)
	}
	files := docxFiles(p("the text"))
	files[2].text = files[2].text[:len(files[2].text)-20]
	refuses(t, miscounted(t, files), content.Damaged, "ends early")
}

// miscounted makes a ZIP file in which every checksum is wrong.
func miscounted(t *testing.T, files []file) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Store, UncompressedSize64: uint64(len(f.text)), CompressedSize64: uint64(len(f.text)), CRC32: 1}
		if part, err := w.CreateRaw(h); err != nil {
			t.Fatal(err)
		} else if _, err = part.Write([]byte(f.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEncryptedFiles(t *testing.T) {
	refuses(t, compoundOf(stream{"EncryptionInfo", nil}, stream{"EncryptedPackage", make([]byte, 900)}), content.Encrypted, "")
	refuses(t, zipped(t, odtFiles("", "", file{"META-INF/manifest.xml", `<manifest:manifest` + odfSpaces + `><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`})...), content.Encrypted, "")
	sealed := zipped(t, docxFiles(p("a"))...)
	for at := 0; ; at++ { // the flag of encryption, in every entry of the directory
		i := bytes.Index(sealed[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		at += i
		sealed[at+8] |= 1
	}
	refuses(t, sealed, content.Encrypted, "")
}

func TestBombs(t *testing.T) {
	a := strings.Repeat("a", 1<<20)
	many := strings.Repeat(`<w:p><w:r><w:t>`+a[:1000]+`</w:t></w:r></w:p>`, 60_000)
	refuses(t, zipped(t, docxFiles(many)...), content.TooMuch, "for each packed one")
	refuses(t, zipped(t, docxFiles(`<w:p><w:r><w:t>`+strings.Repeat(a, 24)+`</w:t></w:r></w:p>`)...), content.TooMuch, "one element")
	refuses(t, zipped(t, docxFiles(strings.Repeat("<w:sdt>", 1000)+strings.Repeat("</w:sdt>", 1000))...), content.TooMuch, "elements within elements")
	refuses(t, zipped(t, odtFiles("", strings.Repeat("<text:section>", 100_000))...), content.TooMuch, "elements within elements")
	row := `<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="%d"><text:p>abc</text:p></table:table-cell></table:table-row></table:table>`
	refuses(t, zipped(t, odtFiles("", fmt.Sprintf(row, 1))...), content.TooMuch, "bytes of text")
	refuses(t, zipped(t, odtFiles("", fmt.Sprintf(row, 1000000000))...), content.TooMuch, "bytes of text")
	refuses(t, zipped(t, odtFiles("", `<text:p>a<text:s text:c="1000000000"/></text:p>`)...), content.TooMuch, "bytes of text")
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>`
	for _, e := range []string{"c", "d"} {
		files := docxFiles(p("&" + e + ";"))
		files[2].text = bomb + files[2].text
		refuses(t, zipped(t, files...), content.Damaged, "invalid character entity")
	}
}

// Text that does not pack well reaches the other limits, and memory stays what it may be.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes 100 MB")
	}
	random := rand.New(rand.NewSource(1))
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('a' + random.Intn(26))
		}
		return string(b)
	}
	long := word(1 << 20)
	for _, c := range []struct {
		name, body, says string
	}{
		{"text", strings.Repeat(p(long), 70), "bytes of text"},
		{"one run of characters", p(strings.Repeat(long, 9)), "bytes of one element"},
		{"one tag", `<w:p ` + strings.Repeat(long[:2000]+`="" `, 6000) + `/>`, "bytes of one element"},
		{"cells", `<w:tbl><w:tr>` + strings.Repeat(`<w:tc>`+p(long)+`</w:tc>`, 70) + `</w:tr></w:tbl>`, "bytes of text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := zippedBy(t, zip.Store, docxFiles(c.body)...)
			c.body = ""
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			stop, peak := make(chan bool), make(chan uint64)
			go func() {
				var most uint64
				for {
					select {
					case <-stop:
						peak <- most
						return
					case <-time.After(20 * time.Millisecond):
						runtime.ReadMemStats(&after)
						most = max(most, after.HeapAlloc)
					}
				}
			}()
			refuses(t, data, content.TooMuch, c.says)
			close(stop)
			if got := (int64(<-peak) - int64(before.HeapAlloc)) >> 20; got > 400 {
				t.Errorf("%d MB of memory", got)
			} else {
				t.Logf("%d MB of memory", got)
			}
		})
	}
}

// Names that climb and relationships that lead out of the file or back to it lead nowhere.
func TestPathsAndCircles(t *testing.T) {
	files := docxFiles(p("a")+`<w:p><w:r><w:object><o:OLEObject r:id="away"/></w:object><c:chart r:id="self"/></w:r></w:p>`, file{"../../word/embeddings/../../../x.bin", "x"})
	files[3].text = strings.Replace(files[3].text, "</Rel", `<Relationship Id="away" Type="http://x/oleObject" Target="../../../../etc/passwd"/><Relationship Id="self" Type="http://x/chart" Target="document.xml"/></Rel`, 1)
	c := reads(t, zipped(t, files...), "a")
	if c != nil && (len(c.Parts) > 0 || len(c.Lost) != 1 || !strings.Contains(c.Lost[0], "does not lie in the file")) {
		t.Errorf("parts %+v, lost %q", c.Parts, c.Lost)
	}
	inner := `<office:document-content` + odfSpaces + `><office:body><office:chart><draw:frame><draw:object xlink:href="Object 1"/></draw:frame><text:p>c</text:p></office:chart></office:body></office:document-content>`
	reads(t, zipped(t, odtFiles("", `<text:p><draw:frame><draw:object xlink:href="Object 1"/></draw:frame></text:p><text:p><draw:frame><draw:object xlink:href="./"/></draw:frame>b</text:p>`, file{"Object 1/content.xml", inner})...), "c\nb")
	styles := `<w:styles` + spaces + `><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>`
	reads(t, zipped(t, docxFiles(p("a"), file{"word/styles.xml", styles})...), "a")
}

// The work ends soon after its context does.
func TestContextEnds(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	var b strings.Builder
	for b.Len() < 30<<20 {
		fmt.Fprintf(&b, `<w:p><w:r><w:t>%x</w:t></w:r></w:p>`, random.Uint64())
	}
	data := zippedBy(t, zip.Store, docxFiles(b.String())...)
	ctx, cancel := context.WithCancel(context.Background())
	var ended time.Time
	time.AfterFunc(50*time.Millisecond, func() { ended = time.Now(); cancel() })
	_, err := DOCX(ctx, data)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, want %v", err, context.Canceled)
	}
	if late := time.Since(ended); late > time.Second {
		t.Errorf("it went on for %v", late)
	}
}
