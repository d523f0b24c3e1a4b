package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bep/imagemeta"

	"fonds/app/ingest/content"
)

const packet = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:e="http://ns.adobe.com/exif/1.0/"
 photoshop:City="屯溪" photoshop:Country="中国" photoshop:DateCreated="1958-03">
<dc:title><rdf:Alt><rdf:li xml:lang="en">A bridge</rdf:li><rdf:li xml:lang="x-default">老大桥</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>王</rdf:li><rdf:li>李</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>桥</rdf:li><rdf:li>河</rdf:li></rdf:Bag></dc:subject>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">公有</rdf:li></rdf:Alt></dc:rights>
<e:GPSLatitude>29,42.5N</e:GPSLatitude><e:GPSLongitude>118,19.2E</e:GPSLongitude>
</rdf:Description></rdf:RDF></x:xmpmeta>`

var packetSays = []string{"title=老大桥", "creator=王", "creator=李", "date=1958-03", "spatial=屯溪, 中国", "spatial=29.708333, 118.32", "subject=桥", "subject=河", "rights=公有"}

func exifBlock(order binary.AppendByteOrder) string {
	tags := []tag{{270, 2, "The old bridge\x00", nil}, {271, 2, "Canon\x00", nil}, {274, 3, "", []uint32{6}}, {315, 2, "Wang\x00", nil},
		{33432, 2, "W. Wang\x00The Archive\x00", nil}, {34665, 4, "", []uint32{0}}, {34853, 4, "", []uint32{0}}}
	first := len(tiffFile(order, tags))
	photo := []tag{{36867, 2, "1998:05:04 12:30:01\x00", nil}, {36881, 2, "+08:00\x00", nil}}
	gps := []tag{{1, 2, "S\x00", nil}, {2, 5, "", []uint32{29, 1, 42, 1, 30, 1}}, {3, 2, "E\x00", nil}, {4, 5, "", []uint32{118, 1, 19, 1, 12, 1}}}
	second := len(tiffFile(order, tags, photo))
	tags[5].numbers, tags[6].numbers = []uint32{uint32(first)}, []uint32{uint32(second)}
	return string(tiffFile(order, tags, photo, gps))
}

var exifSays = []string{"creator=Wang", "date=1998-05-04T12:30:01+08:00", "spatial=-29.708333, 118.32", "description=The old bridge", "rights=W. Wang", "rights=The Archive"}

func dataset(record, id byte, value string) string {
	return string([]byte{0x1C, record, id, byte(len(value) >> 8), byte(len(value))}) + value
}

func resource(iptc string) string {
	return psMark + "8BIM\x04\x04\x00\x00" + string(binary.BigEndian.AppendUint32(nil, uint32(len(iptc)))) + iptc + strings.Repeat("\x00", len(iptc)&1)
}

func TestSaid(t *testing.T) {
	plain := jpegOf(t, photo(40, 30))
	smallPNG := pngOf(t, photo(40, 30))
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write([]byte(packet))
	_ = z.Close()
	latin := dataset(2, 5, "Br\xFCcke") + dataset(2, 80, "M\xFCller")
	gbk := dataset(2, 5, "\xC0\xCF\xB4\xF3\xC7\xC5") + dataset(2, 25, "\xC7\xC5") + dataset(2, 25, "\xBA\xD3")
	utf := dataset(1, 90, "\x1B%G") + dataset(2, 5, "老大桥") + dataset(2, 55, "19580300") + dataset(2, 90, "屯溪") + dataset(2, 101, "中国") + dataset(2, 110, "新华社")
	cyrillic := dataset(1, 90, "\x1B-L") + dataset(2, 5, "\xBC\xDE\xE1\xE2")
	for _, tt := range []struct {
		name string
		data []byte
		want []string
	}{
		{"nothing", plain, nil},
		{"EXIF", withSegment(plain, 0xE1, exifMark+exifBlock(binary.LittleEndian)), exifSays},
		{"EXIF, big", withSegment(plain, 0xE1, exifMark+exifBlock(binary.BigEndian)), exifSays},
		{"XMP", withSegment(plain, 0xE1, xmpMark+packet), packetSays},
		{"IPTC, Latin", withSegment(plain, 0xED, resource(latin)), []string{"title=Brücke", "creator=Müller"}},
		{"IPTC, GB", withSegment(plain, 0xED, resource(gbk)), []string{"title=老大桥", "subject=桥", "subject=河"}},
		{"IPTC, UTF-8", withSegment(plain, 0xED, resource(utf)), []string{"title=老大桥", "date=1958-03", "spatial=屯溪, 中国", "source=新华社"}},
		{"IPTC, Cyrillic", withSegment(plain, 0xED, resource(cyrillic)), []string{"title=Мост"}},
		{"XMP and IPTC the same", withSegment(withSegment(plain, 0xED, resource(utf)), 0xE1, xmpMark+packet),
			append(slices.Clone(packetSays), "source=新华社")},
		{"PNG, eXIf", withChunk(smallPNG, "eXIf", exifBlock(binary.BigEndian)), exifSays},
		{"PNG, XMP", withChunk(smallPNG, "iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+packet), packetSays},
		{"PNG, XMP packed", withChunk(smallPNG, "iTXt", "XML:com.adobe.xmp\x00\x01\x00\x00\x00"+packed.String()), packetSays},
		{"PNG, words", withChunk(withChunk(smallPNG, "tEXt", "Title\x00A title"), "iTXt", "Author\x00\x00\x00zh\x00作者\x00王"), []string{"title=A title", "creator=王"}},
		{"WebP", riff("VP8L\x05\x00\x00\x00\x2F\x27\x40\x07\x00\x00", chunk("EXIF", exifBlock(binary.LittleEndian)), chunk("XMP ", packet)),
			nil},
		{"JP2", jp2(exifBlock(binary.LittleEndian)), exifSays},
		{"cameras' nonsense", withSegment(plain, 0xE1, exifMark+string(tiffFile(binary.LittleEndian, []tag{{270, 2, "OLYMPUS DIGITAL CAMERA         \x00", nil}}))), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "WebP" {
				c, err := Read(background, tt.data)
				if err != nil || len(c.Said) < 10 || c.Title != "老大桥" {
					t.Fatal(c, err)
				}
				return
			}
			if got := said(t, tt.data); !slices.Equal(got, tt.want) {
				t.Errorf("said\n%q, not\n%q", got, tt.want)
			}
		})
	}
	c, _ := Read(background, withSegment(withSegment(plain, 0xED, resource(utf)), 0xE1, xmpMark+packet))
	if c.Said[0].Where != "XMP dc:title" || c.Title != "老大桥" {
		t.Error(c.Said[0])
	}
}

func chunk(id, body string) string {
	return id + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body + strings.Repeat("\x00", len(body)&1)
}

func riff(chunks ...string) []byte {
	all := strings.Join(chunks, "")
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(4+len(all)))) + "WEBP" + all)
}

func jp2(exif string) []byte {
	box := func(id, body string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + id + body
	}
	return []byte("\x00\x00\x00\x0CjP  \r\n\x87\n" + box("ftyp", "jp2 ") + box("jp2h", box("ihdr", "\x00\x00\x00\x1E\x00\x00\x00\x28\x00\x03\x07\x07\x00\x00")) + box("uuid", jp2EXIF+exif))
}

func TestSizes(t *testing.T) {
	plain := jpegOf(t, photo(40, 30))
	var g bytes.Buffer
	if err := gif.Encode(&g, photo(40, 30), nil); err != nil {
		t.Fatal(err)
	}
	turned := withSegment(plain, 0xE1, exifMark+exifBlock(binary.LittleEndian))
	bmp := append([]byte("BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x28\x00\x00\x00\xE2\xFF\xFF\xFF\x01\x00\x18\x00"), make([]byte, 24)...)
	for name, data := range map[string][]byte{"jpeg": plain, "png": pngOf(t, photo(40, 30)), "gif": g.Bytes(), "jp2": jp2(""), "bmp": bmp} {
		c, err := Read(background, data)
		if err != nil || len(c.Pages) != 1 || c.Pages[0] != (content.Page{Width: 40, Height: 30}) || c.Text != "" {
			t.Errorf("%s: %v, %v", name, c, err)
		}
	}
	if c, err := Read(background, turned); err != nil || c.Pages[0] != (content.Page{Width: 30, Height: 40}) {
		t.Errorf("turned: %v, %v", c, err)
	}
	for _, text := range []string{"", "BM is short", "BM, and a text that goes on for a while, longer", "RIFF....WAVE", "%PDF-1.7", "II*"} {
		if k := Kind([]byte(text)); k != "" {
			t.Errorf("%q is taken for %s", text, k)
		}
		if _, err := Read(background, []byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	ctx, cancel := context.WithCancel(background)
	cancel()
	if _, err := Read(ctx, plain); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A head that says 65,000 x 65,000 is refused before anything is made.
func TestHugeHeads(t *testing.T) {
	p := pngOf(t, photo(4, 4))
	binary.BigEndian.PutUint32(p[16:], 65000)
	binary.BigEndian.PutUint32(p[20:], 65000)
	j := jpegOf(t, photo(4, 4))
	at := bytes.Index(j, []byte{0xFF, 0xC0})
	copy(j[at+5:], "\xFD\xE8\xFD\xE8")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, data := range [][]byte{p, j} {
		_, err := Read(background, data)
		refused(t, err, content.TooMuch)
		_, err = Open(background, data, 0, Options{})
		refused(t, err, content.TooMuch)
		_, err = Decode(background, data, 0, Options{})
		refused(t, err, content.TooMuch)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 8<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
}

// Texts of PNG that unpack to gigabytes are read to their cap.
func TestPNGBomb(t *testing.T) {
	var packed bytes.Buffer
	z, _ := zlib.NewWriterLevel(&packed, 9)
	for range 64 {
		_, _ = z.Write(make([]byte, 1<<20))
	}
	_ = z.Close()
	data := pngOf(t, photo(4, 4))
	for range 40 {
		data = withChunk(data, "zTXt", "Comment\x00\x00"+packed.String())
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	if _, err := Read(background, data); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 200<<20 || time.Since(start) > 15*time.Second {
		t.Errorf("%d bytes, %v", n, time.Since(start))
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2008:05:30 15:56:01": "2008-05-30T15:56:01", "0000:00:00 00:00:00": "", "    :  :     :  :  ": "", "2008:05:30": "2008-05-30",
		"20080530": "2008-05-30", "19580300": "1958-03", "19580000": "1958", "2008": "2008", "2008-05": "2008-05", "2008-05-30T15:56:01+02:00": "2008-05-30T15:56:01+02:00",
		"2008-05-30T15:56:01.25Z": "2008-05-30T15:56:01Z", "2008:13:40 15:56:01": "", "yesterday": "", "2002:11:18 00:00:00": "2002-11-18T00:00:00", "": "",
	} {
		if got := isoDate(in); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
}

// corpus gives the pictures of the corpus that names end with.
func corpus(t *testing.T) []string {
	const root = "../../../../shared/corpora/img-exif"
	if _, err := os.Stat(root); err != nil {
		t.Skip("../shared/corpora is absent")
	}
	var files []string
	_ = filepath.WalkDir(root, func(path string, d os.DirEntry, _ error) error {
		if !d.IsDir() && d.Name() != "SOURCE" {
			files = append(files, path)
		}
		return nil
	})
	return files
}

// Of the corpus, every date, description, artist and orientation that exiftool and imagemeta see.
func TestCorpusAgainstPeers(t *testing.T) {
	if _, err := exec.LookPath("exiftool"); err != nil {
		t.Skip("exiftool is not installed")
	}
	right, all := 0, 0
	for _, file := range corpus(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Read(background, data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		out, _ := exec.Command("exiftool", "-j", "-n", "-charset", "exif=UTF8", "-EXIF:DateTimeOriginal", "-EXIF:Artist", "-EXIF:ImageDescription",
			"-GPSLatitude", "-XMP-dc:Title", "-IPTC:ObjectName", "-IPTC:Keywords", "-ImageWidth", "-ImageHeight", "-IFD0:Orientation", file).Output()
		var says []map[string]any
		if json.Unmarshal(out, &says) != nil || len(says) != 1 {
			t.Fatalf("exiftool says %s", out)
		}
		e := says[0]
		expect := func(key, field string, as func(string) string) {
			values, many := e[key].([]any)
			if !many && e[key] != nil {
				values = []any{e[key]}
			}
			for _, v := range values {
				want := as(clean(fmt.Sprint(v)))
				if want == "" || nonsense.MatchString(want) {
					continue
				}
				all++
				if slices.ContainsFunc(c.Said, func(s content.Said) bool { return s.Field == "dcterms:"+field && strings.HasPrefix(s.Value, want) }) {
					right++
				} else {
					t.Logf("%s: %s %q is missing in %v", filepath.Base(file), key, want, c.Said)
				}
			}
		}
		same := func(s string) string { return s }
		expect("DateTimeOriginal", "date", isoDate)
		expect("Artist", "creator", same)
		expect("ImageDescription", "description", same)
		expect("Title", "title", same)
		expect("ObjectName", "title", same)
		expect("Keywords", "subject", same)
		expect("GPSLatitude", "spatial", func(s string) string { return s[:min(len(s), 6)] })
		w, h := e["ImageWidth"], e["ImageHeight"]
		if o, _ := e["Orientation"].(float64); o >= 5 && o <= 8 {
			w, h = h, w
		}
		if all++; w == float64(c.Pages[0].Width) && h == float64(c.Pages[0].Height) {
			right++
		} else {
			t.Logf("%s: %v x %v, not %v", filepath.Base(file), w, h, c.Pages[0])
		}
	}
	t.Logf("%d of %d that exiftool sees", right, all)
	if right < all {
		t.Errorf("%d of %d", right, all)
	}
}

func TestCorpusAgainstImagemeta(t *testing.T) {
	right, all := 0, 0
	for _, file := range corpus(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		format := imagemeta.JPEG
		if strings.HasSuffix(file, ".tiff") {
			format = imagemeta.TIFF
		}
		var m meta
		if kind := Kind(data); kind == TIFF {
			_, _ = tiffHeads(background, data, &m)
		} else {
			_, _ = jpegHead(data, &m)
		}
		_, _ = imagemeta.Decode(imagemeta.Options{R: bytes.NewReader(data), ImageFormat: format, Sources: imagemeta.EXIF,
			ShouldHandleTag: func(i imagemeta.TagInfo) bool {
				return i.Tag == "DateTimeOriginal" || i.Tag == "Orientation" && i.Namespace == "IFD0"
			},
			HandleTag: func(i imagemeta.TagInfo) error {
				want := fmt.Sprint(i.Value)
				if i.Tag == "DateTimeOriginal" {
					want = isoDate(want)
				}
				if want == "" {
					return nil
				}
				all++
				if i.Tag == "Orientation" && want == fmt.Sprint(m.orient) || slices.ContainsFunc(m.found, func(f found) bool { return f.said.Value == want }) {
					right++
				} else {
					t.Logf("%s: %s %q is missing", filepath.Base(file), i.Tag, want)
				}
				return nil
			}})
	}
	t.Logf("%d of %d that imagemeta sees", right, all)
	if right < all || all < 30 {
		t.Errorf("%d of %d", right, all)
	}
}

// Each picture of the corpus is opened and shown.
func TestCorpusOpens(t *testing.T) {
	files := corpus(t)
	opened := 0
	for _, file := range files {
		data, _ := os.ReadFile(file)
		s, err := Open(background, data, 0, Options{})
		if err != nil {
			t.Logf("%s: %v", filepath.Base(file), err)
			continue
		}
		w, h := s.Size()
		if _, err := s.Region(background, image.Rect(0, 0, w, h), 1); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if s.Damage() != "" {
			t.Logf("%s: %s", filepath.Base(file), s.Damage())
		}
		opened++
	}
	t.Logf("%d of %d opened", opened, len(files))
	if opened < len(files) {
		t.Errorf("%d of %d", opened, len(files))
	}
}
