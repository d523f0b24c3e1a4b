package mail

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"fonds/app/ingest/content"
)

func mbox(t *testing.T, s string) *content.Content {
	t.Helper()
	c, err := MBOX(context.Background(), []byte(s))
	if err != nil {
		t.Fatalf("MBOX: %v", err)
	}
	return c
}

const fromLine = "From a@b.c Mon Jan  1 12:34:56 2001\n"

func TestMailbox(t *testing.T) {
	for _, tt := range []struct {
		name, box string
		want      []string
		variety   string
	}{
		{"two", fromLine + "Subject: a\n\none\n\n" + fromLine + "Subject: b\n\ntwo\n\n", []string{"Subject: a\n\none\n", "Subject: b\n\ntwo\n"}, ""},
		{"CRLF", "From a@b.c Mon Jan  1 12:34:56 2001\r\nSubject: a\r\n\r\none\r\n\r\nFrom a@b.c Mon Jan 01 12:34:56 2001 +0100\r\nTo: b\r\n\r\n",
			[]string{"Subject: a\r\n\r\none\r\n", "To: b\r\n"}, ""},
		{"no end", fromLine + "Subject: a\n\none", []string{"Subject: a\n\none"}, ""},
		{"From in the text", fromLine + "Subject: a\n\nFrom here on\n\nFrom Monday to Friday\n\n" + fromLine + "no head\n", []string{"Subject: a\n\nFrom here on\n\nFrom Monday to Friday\n\n" + fromLine + "no head\n"}, ""},
		{"quoted once", fromLine + "Subject: a\n\n>From here\n", []string{"Subject: a\n\n>From here\n"}, "mboxo or mboxrd"},
		{"quoted twice", fromLine + "Subject: a\n\n>From here\n>>From there\n", []string{"Subject: a\n\n>From here\n>>From there\n"}, "mboxrd"},
		{"counted", fromLine + "Subject: a\nContent-Length: 52\n\n\n" + fromLine + "Subject: in\n\n1\n\n" + fromLine + "Subject: b\n\ntwo\n",
			[]string{"Subject: a\nContent-Length: 52\n\n\n" + fromLine + "Subject: in\n\n1\n", "Subject: b\n\ntwo\n"}, "mboxcl2"},
		{"counted wrong", fromLine + "Subject: a\nContent-Length: 5\n\nfar more than five\n\n" + fromLine + "Subject: b\n\ntwo\n",
			[]string{"Subject: a\nContent-Length: 5\n\nfar more than five\n", "Subject: b\n\ntwo\n"}, ""},
		{"no empty line between", fromLine + "Subject: a\n\none\n" + fromLine + "Subject: b\n\ntwo\n", []string{"Subject: a\n\none\n", "Subject: b\n\ntwo\n"}, ""},
		{"something before", "lost words\n\n" + fromLine + "Subject: a\n\none\n", []string{"lost words\n\n", "Subject: a\n\none\n"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := mbox(t, tt.box)
			var got []string
			for _, p := range c.Parts {
				got = append(got, string(p.Data))
				if p.As != content.Member || p.Name == "" {
					t.Errorf("part %q belongs as %q", p.Name, p.As)
				}
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") || len(got) != len(tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			variety := ""
			for _, s := range c.Said {
				variety = s.Value
			}
			if variety != tt.variety {
				t.Errorf("variety %q, want %q", variety, tt.variety)
			}
		})
	}
	if _, err := MBOX(context.Background(), []byte("Subject: a\n\none\n")); refused(err) != content.NotIt {
		t.Errorf("no mailbox: %v", err)
	}
	if p := mbox(t, fromLine+"Subject: a\n\n").Parts[0]; p.Modified.Format("2006-01-02 15:04:05") != "2001-01-01 12:34:56" || p.Said[0].Value != "a@b.c Mon Jan 1 12:34:56 2001" && p.Said[0].Value != "a@b.c Mon Jan  1 12:34:56 2001" {
		t.Errorf("%v %v", p.Modified, p.Said)
	}
}

// All bytes of a mailbox are in its messages, its lines From and the empty lines between.
func TestMailboxLosesNothing(t *testing.T) {
	box := "\n\nbefore\n" + strings.Repeat(fromLine+"Subject: a\n\none\n\n>From x\n\n"+fromLine+"\n\n\n", 20) + fromLine + "To: x\n\ncut of"
	size := 0
	c := mbox(t, box)
	for _, p := range c.Parts {
		size += len(p.Data)
	}
	messages := len(c.Parts) - 1
	if left := len(box) - size - messages*len(fromLine); left < 0 || left > messages {
		t.Errorf("%d bytes are in no part of %d", left, len(box))
	}
}

func TestRecognisers(t *testing.T) {
	letter := "Date: Mon, 1 Jan 2001 12:34:56 +0100\nFrom: Anna <a@b.c>\nTo: x@y.z\nSubject: x\n\nHello\n"
	mht := "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.y/\nSubject: x\nDate: Mon, 1 Jan 2001 12:34:56 -0000\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"x\"\n\n\n--x\nContent-Type: text/html\nContent-Location: https://x.y/\n\n<p>\n--x--\n"
	for _, tt := range []struct {
		name, file      string
		eml, mbox, mhtm bool
	}{
		{"a letter", letter, true, false, false},
		{"CRLF", strings.ReplaceAll(letter, "\n", "\r\n"), true, false, false},
		{"old Macintosh", strings.ReplaceAll(letter, "\n", "\r"), true, false, false},
		{"cut in the head", letter[:60], true, false, false},
		{"a mark first", "\xEF\xBB\xBF" + letter, true, false, false},
		{"a long head", "Received: x\nSubject: x\nX-Long: " + strings.Repeat("x", 5000), true, false, false},
		{"a mailbox", fromLine + letter, true, true, false},
		{"a mailbox of two", fromLine + letter + "\n" + fromLine + letter, true, true, false},
		{"saved by Blink", mht, true, false, true},
		{"saved without a head", "MIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>", false, false, true},
		{"a letter with pictures", strings.Replace(letter, "\n\n", "\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=x\n\n--x\nContent-Type: text/html\nContent-Location: x\n\n<p>", 1), true, false, false},
		{"a memorandum", "From: The director\nTo: All staff\nDate: 3 May 1998\nSubject: Parking\n\nFrom Monday on…\n", false, false, false},
		{"a notice", "From: The committee\nDate: Monday\n\nDear all,\n", false, false, false},
		{"an address book", "From: Anna\nAnna: 12\n", false, false, false},
		{"a diary", "From Monday to Friday 12:00 we worked.\n\nThen: rest.\n", false, false, false},
		{"Chinese", "发件人：张三\n主题：函\n日期：2001年1月1日\n\n正文\n", false, false, false},
		{"YAML", "subject: x\ndate: 2001-01-01\nfrom: here\n", false, false, false},
		{"binary", "From: \x00\x01\nSubject: x\nDate: y\nMessage-ID: <x@y>\n\n", false, false, false},
		{"nothing", "", false, false, false},
		{"words before a head", "Hello\n" + letter, false, false, false},
	} {
		head := []byte(tt.file[:min(len(tt.file), 4096)])
		if e, b, m := IsEML(head), IsMBOX(head), IsMHTML(head); e != tt.eml || b != tt.mbox || m != tt.mhtm {
			t.Errorf("%s: EML %v, MBOX %v, MHTML %v; want %v, %v, %v", tt.name, e, b, m, tt.eml, tt.mbox, tt.mhtm)
		}
	}
}

func TestSavedPage(t *testing.T) {
	file := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.y/z\r\nSubject: =?utf-8?Q?=E4=B8=AD=E6=96=87?=\r\n" +
		"Date: Mon, 1 Jan 2001 12:34:56 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=x\r\n\r\n" +
		"--x\r\nContent-Type: text/css\r\nContent-Location: cid:1\r\n\r\np {}\r\n" +
		"--x\r\nContent-Type: text/html; charset=GBK\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://x.y/a\r\n\r\n<p>=D6=D0</p>\r\n" +
		"--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n" +
		"--x\r\nContent-Type: text/html\r\n\r\n<p>a frame\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--x--\r\n"
	p, parts, err := MHTMLPage([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if string(p.HTML) != "<p>\xD6\xD0</p>" || p.Charset != "gbk" || p.Location != "https://x.y/z" || p.Subject != "中文" || p.Date != "2001-01-01T12:34:56Z" {
		t.Errorf("%q %+v", p.HTML, p)
	}
	if len(parts) != 1 || parts[0].Name != "a.pdf" || string(parts[0].Data) != "%PDF" {
		t.Errorf("parts %+v", parts)
	}
	if _, _, err := MHTMLPage([]byte("Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n")); refused(err) != content.NotIt {
		t.Errorf("no page: %v", err)
	}
}

// What Tika's testers have of mailboxes and pages that were saved.
func TestTikaFiles(t *testing.T) {
	root := corpus(t, "tika-docs/files/")
	file := func(name string) []byte {
		data, err := os.ReadFile(root + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for name, want := range map[string]int{"complex.mbox": 3, "single_mail.mbox": 1, "quoted.mbox": 1} {
		data := file(name)
		c, err := MBOX(context.Background(), data)
		if err != nil || len(c.Parts) != want {
			t.Errorf("%s: %v, %d messages, want %d", name, err, len(c.Parts), want)
		}
		if name != "quoted.mbox" && !IsMBOX(data[:min(len(data), 4096)]) {
			t.Errorf("%s is not recognised", name)
		}
	}
	for name, words := range map[string]string{"testMHTMLFirefox.mhtml": "a Java framework for getting data", "testUserDefinedCharset.mhtml": ""} { // the latter is a page without a word
		data := file(name)
		p, _, err := MHTMLPage(data)
		if err != nil || !bytes.Contains(bytes.ToLower(p.HTML), []byte(strings.ToLower(words))) || words == "" && len(p.HTML) > 0 || p.Charset != "" || !IsMHTML(data[:min(len(data), 4096)]) {
			t.Errorf("%s: %v, %+v", name, err, p)
		}
	}
	for _, tt := range []struct{ name, words string }{
		{"testEmailWithPNGAtt.eml", "This email has a PNG attachment included in it"},
		{"testGroupWiseEml.eml", "test"},
		{"testRFC822_multipart_attachments.eml", "This is test email for EML1"},
		{"testLotusEml.eml", "Message body"},
		{"testRFC822_dkim.eml", "We lost the game."},
		{"testEML_embedded_xhtml_and_img.eml", "This is a test"},
	} {
		c, err := EML(context.Background(), file(tt.name), Options{HTML: pageText})
		if err != nil || !strings.Contains(c.Text, tt.words) || strings.Contains(c.Text, "This is Test TXT") {
			t.Errorf("%s: %v, %q", tt.name, err, c.Text)
		}
		if data := file(tt.name); !IsEML(data[:min(len(data), 4096)]) {
			t.Errorf("%s is not recognised", tt.name)
		}
	}
	m := mbox(t, string(file("complex.mbox"))).Parts
	c, err := EML(context.Background(), m[len(m)-1].Data, Options{})
	if err != nil || !strings.Contains(c.Text, "When a Mapper completes") || c.Title != "Re: question about when shuffle/sort start working" ||
		!strings.Contains(saidOf(c, "dcterms:creator"), "Jothi Padmanabhan <jothipn@yahoo-inc.com>") || !strings.Contains(saidOf(c, "dcterms:contributor"), "core-user@hadoop.apache.org") {
		t.Errorf("the last message of complex.mbox: %v, %q, %v", err, c.Title, c.Said)
	}
	t.Log("11 of 11 files of Tika as asserted")
}

// attribute is one of TNEF, with its checksum.
func attribute(id uint32, v []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte{byte(1)}, id)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(v)))
	sum := uint16(0)
	for _, c := range v {
		sum += uint16(c)
	}
	return binary.LittleEndian.AppendUint16(append(b, v...), sum)
}

// winmail is a file of Outlook's with a text and two attachments, one of which has a long name.
func winmail() []byte {
	b := binary.LittleEndian.AppendUint32(nil, tnefSignature)
	b = append(b, 1, 0)
	b = append(b, attribute(attCodePage, []byte{0xA8, 3, 0, 0, 0, 0, 0, 0})...)
	b = append(b, attribute(attBody, []byte(gbk("正文")+"\x00"))...)
	b = append(b, attribute(attRendering, make([]byte, 14))...)
	b = append(b, attribute(attTitle, []byte(gbk("附件")+".doc\x00"))...)
	b = append(b, attribute(attData, []byte("hello"))...)
	b = append(b, attribute(attRendering, make([]byte, 14))...)
	b = append(b, attribute(attTitle, []byte("LONG~1.TXT\x00"))...)
	b = append(b, attribute(attData, []byte("world!"))...)
	name := []byte{}
	for _, u := range utf16.Encode([]rune("long name.txt\x00")) {
		name = binary.LittleEndian.AppendUint16(name, u)
	}
	props := binary.LittleEndian.AppendUint32(nil, 2)
	props = binary.LittleEndian.AppendUint32(props, 0x0E200003)
	props = binary.LittleEndian.AppendUint32(props, 6)
	props = binary.LittleEndian.AppendUint32(props, propLongName<<16|0x1F)
	props = binary.LittleEndian.AppendUint32(props, 1)
	props = binary.LittleEndian.AppendUint32(props, uint32(len(name)))
	return append(b, attribute(attAttachment, append(props, name...))...)
}

func TestWinmail(t *testing.T) {
	head := "From: a@b.c\nContent-Type: application/ms-tnef; name=winmail.dat\n\n"
	c := eml(t, head+string(winmail()))
	if !strings.HasSuffix(c.Text, "\n\n正文") || partsOf(c) != "附件.doc  attachment 5; long name.txt  attachment 6" || len(c.Lost) != 0 {
		t.Errorf("text %q, parts %q, lost %q", c.Text, partsOf(c), c.Lost)
	}
	whole := winmail()
	for i := range whole {
		c := eml(t, head+string(whole[:i])+" ")
		if i > 0 && (len(c.Lost) == 0 || len(c.Parts) == 0) {
			t.Fatalf("cut at %d: parts %q, lost %q", i, partsOf(c), c.Lost)
		}
	}
	c = eml(t, "From: a@b.c\n"+multi("mixed", "x", plainPart, "Content-Type: application/ms-tnef; name=winmail.dat\n\n"+string(whole)))
	if !strings.HasSuffix(c.Text, "\n\nPlain words.") || len(c.Parts) != 2 {
		t.Errorf("beside a text: %q, parts %q", c.Text, partsOf(c))
	}
}
