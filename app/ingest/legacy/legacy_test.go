package legacy

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

func reason(err error) content.Reason {
	var refusal *content.Refusal
	if errors.As(err, &refusal) {
		return refusal.Reason
	}
	return ""
}

var summary = file{"\x05SummaryInformation", properties(936, map[uint32]any{2: "\xd6\xd0\xb9\xfa", 4: "Wang", 12: uint64(125911584000000000), 13: uint64(5)}, 2, 4, 12, 13)}

// Without LibreOffice a file says what it says of itself, and what would be needed.
func TestWithoutLibreOffice(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if Installed() {
		t.Skip("LibreOffice is where it usually is")
	}
	data := makeCompound(file{"WordDocument", nil}, summary)
	c, err := Office(context.Background(), data, "")
	if reason(err) != content.Needs || err.Error() != "to read it, LibreOffice must be installed on this machine" {
		t.Errorf("got %v", err)
	}
	want := []content.Said{
		{Field: "dcterms:title", Value: "中国", Where: "SummaryInformation Title"}, {Field: "dcterms:creator", Value: "Wang", Where: "SummaryInformation Author"},
		{Field: "dcterms:date", Value: "2000-01-01T00:00:00Z", Where: "SummaryInformation CreateTime"},
	}
	if c == nil || c.Title != "中国" || !slices.Equal(c.Said, want) || c.Text != "" || c.Format != "application/msword" {
		t.Errorf("got %+v\nwant %+v", c, want)
	}
	if _, err := Office(context.Background(), makeCompound(file{"Workbook", []byte("\x09\x08\x00\x00\x2f\x00\x00\x00")}), ""); reason(err) != content.Encrypted {
		t.Errorf("a workbook with a password: got %v", err)
	}
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		name string
		data []byte
		want content.Reason
	}{
		{"nothing", nil, content.NotIt},
		{"a letter of Outlook", makeCompound(file{"__properties_version1.0", nil}), content.NotIt},
		{"a document with a password", makeCompound(file{"WordDocument", []byte("\xec\xa5\xc1\x00\x00\x00\x00\x00\x00\x00\x00\x01")}, summary), content.Encrypted},
		{"a new document with a password", makeCompound(file{"EncryptedPackage", nil}), content.Encrypted},
		{"slides with a password", makeCompound(file{"PowerPoint Document", nil}, file{"Current User", []byte("\x00\x00\xf6\x0f\x14\x00\x00\x00\x14\x00\x00\x00\xdf\xc4\xd1\xf3")}), content.Encrypted},
	} {
		if _, err := Office(context.Background(), tt.data, "application/msword"); reason(err) != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
}

// fake puts a program in the place of LibreOffice.
func fake(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "soffice"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// A program that does not end is ended with what it has started, and its folder is gone.
func TestHanging(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("it is a script of a shell")
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	alive := filepath.Join(t.TempDir(), "alive")
	fake(t, `(sleep 3; touch "`+alive+`") & wait`)
	old := timeLimit
	timeLimit = 300 * time.Millisecond
	defer func() { timeLimit = old }()
	begun := time.Now()
	if _, err := Office(context.Background(), makeCompound(file{"WordDocument", nil}), ""); reason(err) != content.TooMuch {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := Office(ctx, makeCompound(file{"WordDocument", nil}), ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if d := time.Since(begun); d > 2500*time.Millisecond {
		t.Skipf("the machine is too busy to tell: %v", d)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	time.Sleep(time.Until(begun.Add(4 * time.Second)))
	if _, err := os.Stat(alive); err == nil {
		t.Error("what it had started lived on")
	}
}

// A program that writes without end is ended.
func TestFlood(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("it is a script of a shell")
	}
	fake(t, `exec yes > flood`)
	old := maxOutput
	maxOutput = 1 << 20
	defer func() { maxOutput = old }()
	if _, err := Office(context.Background(), makeCompound(file{"Workbook", nil}), ""); reason(err) != content.TooMuch {
		t.Errorf("got %v", err)
	}
}

// made has LibreOffice make a binary document of a text.
func made(t *testing.T, ext, text, to string) []byte {
	t.Helper()
	if !Installed() {
		t.Skip("LibreOffice is not installed")
	}
	data, err := run(context.Background(), []byte(text), &family{ext: ext, to: to})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const slides = `<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
	`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
	`xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" ` +
	`office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>` +
	`<draw:page draw:name="p1"><draw:frame svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>First 中国</text:p></draw:text-box></draw:frame>` +
	`<presentation:notes><draw:frame presentation:class="notes" svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>Spoken</text:p></draw:text-box></draw:frame></presentation:notes>` +
	`</draw:page><draw:page draw:name="p2"><draw:frame svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>Second</text:p></draw:text-box></draw:frame></draw:page>` +
	`</office:presentation></office:body></office:document>`

const list = `{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc0\levelstartat1{\leveltext\'02\'00.;}{\levelnumbers\'01;}\fi-360\li720}\listid1}}` +
	`{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}`

// What LibreOffice makes of a text comes back out of the binary document, with what it says of itself.
func TestOffice(t *testing.T) {
	for _, tt := range []struct{ name, ext, text, to, want, puid string }{
		{"doc", "rtf", `{\rtf1\ansi\ansicpg936` + list + `{\info{\title \'d6\'d0\'b9\'fa}}\'d6\'d0\'b9\'fa one{\super\chftn}{\footnote\pard{\super\chftn} a note}\par ` +
			`{\listtext 1.\tab}\ls1 item\par {\listtext 2.\tab}\ls1 second\par\pard\ls0\trowd\cellx2000\cellx4000\pard\intbl a\cell b\cell\row\pard end\par}`,
			"doc:MS Word 97", "中国 one[1]\n1. item\n2. second\na\tb\nend\n[1] a note", "fmt/40"},
		{"xls", "csv", "Name,N\n\"Wang, Li\",3\n,4\n", "xls:MS Excel 97", "Name\tN\nWang, Li\t3\n\t4", "fmt/61"},
		{"ppt", "fodp", slides, "ppt:MS PowerPoint 97", "First 中国\nSpoken\nSecond", "fmt/126"},
	} {
		data := made(t, tt.ext, tt.text, tt.to)
		begun := time.Now()
		c, err := Office(context.Background(), data, "")
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		t.Logf("%s: %d bytes in %v", tt.name, len(data), time.Since(begun))
		if c.Text != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, c.Text, tt.want)
		}
		if tt.name == "doc" && c.Title != "中国" {
			t.Errorf("%s: said %q", tt.name, c.Said)
		}
		if puid, format, mime, _ := Identify(context.Background(), data, "a."+tt.name); puid != tt.puid || format == "" || !strings.Contains(mime, "application/") {
			t.Errorf("%s: identified as %q %q %q, want %s", tt.name, puid, format, mime, tt.puid)
		}
	}
}

func TestIdentify(t *testing.T) {
	small := func(s string) []byte { return []byte(s + strings.Repeat(" ", 64)) }
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		data []byte
		want string
	}{
		{"a.pdf", []byte("%PDF-1.4\n1 0 obj\n%%EOF\n"), "fmt/18"},
		{"a.png", picture.Bytes(), "fmt/11"},
		{"", small("{\\rtf1\\ansi hello}"), "fmt/45"},
		{"a.txt", []byte("hello\n"), "x-fmt/111"},
		{"a", []byte{}, ""},
		{"", []byte("\x00\x01\x02\x03"), ""},
		{"a.doc", makeCompound(file{"WordDocument", nil}), "fmt/609"},
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for _, tt := range cases {
				puid, format, mime, err := Identify(context.Background(), tt.data, tt.name)
				if err != nil || puid != tt.want {
					t.Errorf("%s: got %q %q %q %v, want %q", tt.name, puid, format, mime, err, tt.want)
				}
			}
		})
	}
	wait.Wait()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, _, err := Identify(ctx, []byte("x"), ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
