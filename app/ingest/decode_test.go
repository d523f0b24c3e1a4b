package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/rand"
	"os"
	"strings"
	"testing"
	"time"
)

const notice = "关于召开年度档案工作会议的通知\n各有关单位:\n为认真贯彻落实上级要求,进一步做好档案工作,定于2015年11月22日召开会议。\n"
const noticeHant = "關於召開年度檔案工作會議的通知\n各有關單位：\n為認真貫徹上級要求，進一步做好檔案工作，請各單位派員參加會議。\n"

// written is text in an encoding.
func written(t testing.TB, text, name string) []byte {
	t.Helper()
	b, err := mustCodec(name).encode(text)
	if err != nil {
		t.Fatalf("%s cannot write %q: %v", name, text, err)
	}
	return b
}

func TestDecode(t *testing.T) {
	in := func(text, name string) string { return string(written(t, text, name)) }
	for _, c := range []struct{ name, data, forced, text, enc, why string }{
		{"ASCII", "abc\n", "", "abc\n", "UTF-8", ""},
		{"UTF-8", notice, "", notice, "UTF-8", ""},
		{"UTF-8 with a mark", "\xEF\xBB\xBF" + notice, "", notice, "UTF-8", ""},
		{"UTF-8 cut off", "会议的通知"[:14], "", "会议的通\uFFFD", "UTF-8", ""},
		{"UTF-8 with a stray byte", notice + "\xFF" + notice, "", notice + "\uFFFD" + notice, "UTF-8", ""},
		{"UTF-16LE with a mark", "\xFF\xFE" + in(notice, "utf-16le"), "", notice, "UTF-16LE", ""},
		{"UTF-16BE with a mark", "\xFE\xFF" + in(notice, "utf-16be"), "", notice, "UTF-16BE", ""},
		{"UTF-16LE", in(notice, "utf-16le"), "", notice, "UTF-16LE", ""},
		{"UTF-16BE", in(notice, "utf-16be"), "", notice, "UTF-16BE", ""},
		{"UTF-16BE, English", in("A letter.\n", "utf-16be"), "", "A letter.\n", "UTF-16BE", ""},
		{"UTF-16LE, odd", "\xFF\xFE" + in(notice, "utf-16le") + "A", "", notice + "\uFFFD", "UTF-16LE", ""},
		{"UTF-32LE", in(notice, "utf-32le"), "", notice, "UTF-32LE", ""},
		{"UTF-32BE with a mark", "\x00\x00\xFE\xFF" + in(notice, "utf-32be"), "", notice, "UTF-32BE", ""},
		{"GB18030", in(notice, "gb18030"), "", notice, "GB18030", ""},
		{"GB18030 with a mark", "\x84\x31\x95\x33" + in(notice, "gb18030"), "", notice, "GB18030", ""},
		{"GB18030, traditional", in(noticeHant, "gb18030"), "", noticeHant, "GB18030", ""},
		{"GB18030, a word", in("会议通知", "gb18030"), "", "会议通知", "GB18030", ""},
		{"GB18030 cut off", in(notice, "gb18030") + "\xD6", "", notice + "\uFFFD", "GB18030", ""},
		{"Big5", in(noticeHant, "big5"), "", noticeHant, "Big5", ""},
		{"Shift_JIS", in("会議の通知をお送りします。\n", "shift_jis"), "", "会議の通知をお送りします。\n", "Shift_JIS", ""},
		{"EUC-KR", in("회의를 알려 드립니다. 이 문서는 기록이다.\n", "euc-kr"), "", "회의를 알려 드립니다. 이 문서는 기록이다.\n", "EUC-KR", ""},
		{"windows-1252", in("Müller schrieb über die Größe der Räume – „schön“.\n", "windows-1252"), "", "Müller schrieb über die Größe der Räume – „schön“.\n", "windows-1252", ""},
		{"NUL in a short text", "abc\x00def\n", "", "abc\x00def\n", "UTF-8", ""},
		{"NUL in a text", notice + "\x00" + notice, "", notice + "\x00" + notice, "UTF-8", ""},
		{"declared, and true", "<html><meta charset=gb2312><p>" + in("鑫淼焱垚", "gb18030"), "", "<html><meta charset=gb2312><p>鑫淼焱垚", "GB18030", ""},
		{"declared behind 1,024 bytes", "<html>" + strings.Repeat(" ", 2000) + "<meta http-equiv=x content='text/html; charset = gb2312'>" + in("鑫淼", "gb18030"), "",
			"<html>" + strings.Repeat(" ", 2000) + "<meta http-equiv=x content='text/html; charset = gb2312'>鑫淼", "GB18030", ""},
		{"declared, and a lie: UTF-8", "<html><meta charset=gb2312><p>" + notice, "", "<html><meta charset=gb2312><p>" + notice, "UTF-8", ""},
		{"declared, and a lie: Big5", "<html><meta charset=gb2312><p>" + in(noticeHant, "big5"), "", "<html><meta charset=gb2312><p>" + noticeHant, "Big5", ""},
		{"declared, and a lie: no Latin", "<html><meta charset=iso-8859-1><p>" + in(notice, "gb18030"), "", "<html><meta charset=iso-8859-1><p>" + notice, "GB18030", ""},
		{"declared twice", "<meta charset=nonsense><meta charset=windows-1251>" + in("Привет, дорогой друг", "windows-1251"), "",
			"<meta charset=nonsense><meta charset=windows-1251>Привет, дорогой друг", "windows-1251", ""},
		{"XML", "<?xml version='1.0' encoding='Big5'?>" + in(noticeHant, "big5"), "", "<?xml version='1.0' encoding='Big5'?>" + noticeHant, "Big5", ""},
		{"forced", "\xB1\xBE\xB1\xBE", "gb2312", "本本", "GB18030", ""},
		{"forced, and wrong", "\xFF\xFF本", "utf8", "\uFFFD\uFFFD本", "UTF-8", ""},
		{"forced UTF-16, big end first", "\xFE\xFF\x67\x2C", "UTF-16", "本", "UTF-16BE", ""},
		{"forced, no name of one", "abc", "klingon", "", "", `there is no encoding named "klingon"`},
		{"Russian, nothing says so", in("Привет, дорогой друг, как дела сегодня у тебя\n", "windows-1251"), "", "Привет, дорогой друг, как дела сегодня у тебя\n", "windows-1251", ""},
		{"Polish, nothing says so", in("Zażółć gęślą jaźń, więc książę łąki\n", "windows-1250"), "", "Zażółć gęślą jaźń, więc książę łąki\n", "windows-1250", ""},
		{"binary", "\x00\x01\x02\x03\x00\x00\x00\x00\xFF\x80\x00\x00", "", "", "", "not a document: no reader for application/octet-stream"},
		{"binary, forced", "\x00\x01\x02\x03\x00\x00\x00\x00\xFF\x80\x00\x00", "gbk", "", "", "not a document"},
		{"noise", string(noise(4000)), "", "", "", "no"},
	} {
		text, enc, conf, r, err := Decode([]byte(c.data), c.forced)
		if c.why != "" {
			var skip *Skip
			if !errors.As(err, &skip) || !strings.Contains(err.Error(), c.why) {
				t.Errorf("%s: read as %s (%.40q), error %v; want %q", c.name, enc, text, err, c.why)
			}
			continue
		}
		if err != nil || text != c.text || enc != c.enc {
			t.Errorf("%s: read as %s, error %v\n got %.60q\nwant %.60q as %s", c.name, enc, err, text, c.text, c.enc)
			continue
		}
		if conf <= 0 || conf > 1 {
			t.Errorf("%s: confidence %v", c.name, conf)
		}
		if back, err := Rebuild(text, r); err != nil || string(back) != c.data {
			t.Errorf("%s: rebuilt %.60q, error %v", c.name, back, err)
		}
	}
}

func noise(n int) []byte {
	b := make([]byte, n)
	rand.New(rand.NewSource(7)).Read(b)
	return b
}

func TestUndecodedIsRecorded(t *testing.T) {
	for _, c := range []struct {
		name, data, enc, text string
		want                  []Undecoded
	}{
		// Maximal subparts: E4 B8 is the beginning of a character, C0 and 80 are nothing.
		{"UTF-8", "a\xE4\xB8b\xC0\x80\r\nc\xFF", "utf-8", "a\uFFFDb\uFFFD\uFFFD\nc\uFFFD",
			[]Undecoded{{1, 1, "e4b8"}, {4, 3, "c0"}, {5, 4, "80"}, {9, 7, "ff"}}},
		{"UTF-8 behind a mark", "\xEF\xBB\xBF\xFFa", "utf-8", "\uFFFDa", []Undecoded{{3, 0, "ff"}}},
		{"GB18030 keeps the ASCII behind a lead byte", "\xB1\xBE\xFF<\x81\r\n\xFE", "gb18030", "本\uFFFD<\uFFFD\n\uFFFD",
			[]Undecoded{{2, 1, "ff"}, {4, 3, "81"}, {7, 5, "fe"}}},
		{"UTF-16", "\x00\xD8a\x00b", "utf-16le", "\uFFFDa\uFFFD", []Undecoded{{0, 0, "00d8"}, {4, 2, "62"}}},
		{"UTF-32", "\x00\x00\x11\x00a\x00\x00\x00b", "utf-32le", "\uFFFDa\uFFFD", []Undecoded{{0, 0, "00001100"}, {8, 2, "62"}}},
		{"U+FFFD of the file itself is no loss", "\xEF\xBF\xBD\xFF", "utf-8", "\uFFFD\uFFFD", []Undecoded{{3, 1, "ff"}}},
		{"U+FFFD written in GB18030", "\x84\x31\xA4\x37\xFF", "gb18030", "\uFFFD\uFFFD", []Undecoded{{4, 1, "ff"}}},
	} {
		text, r, _ := mustCodec(c.enc).apply([]byte(c.data))
		if text != c.text || len(r.Undecoded) != len(c.want) {
			t.Errorf("%s: got %q, %+v, want %q, %+v", c.name, text, r.Undecoded, c.text, c.want)
			continue
		}
		for i := range c.want {
			if r.Undecoded[i] != c.want[i] {
				t.Errorf("%s: got %+v, want %+v", c.name, r.Undecoded[i], c.want[i])
			}
		}
		if back, err := Rebuild(text, r); err != nil || string(back) != c.data {
			t.Errorf("%s: rebuilt %q, error %v", c.name, back, err)
		}
	}
}

func TestSpellings(t *testing.T) {
	// 80 is the euro sign to Code Page 936 and to the WHATWG standard, whose encoder writes A2E3; Big5 has ═ twice.
	for enc, data := range map[string]string{"gb18030": "a\x80\r\nb\x80", "big5": "\xF9\xF9\n\xA2\xA4"} {
		text, r, bad := mustCodec(enc).apply([]byte(data))
		if bad != 0 || len(r.Spellings) == 0 {
			t.Errorf("%s: %q has no second spelling in the recipe: %+v", enc, text, r)
		}
		if back, err := Rebuild(text, r); err != nil || string(back) != data {
			t.Errorf("%s: rebuilt %q, error %v", enc, back, err)
		}
	}
}

// TestTablesAreAsRecorded pins what every pair of bytes means. Where it fails after an update of golang.org/x/text the
// same bytes give another text: raise Version, so that recipes of before are known to be of before.
func TestTablesAreAsRecorded(t *testing.T) {
	want := map[string]string{
		"GB18030": "10e01219aecb2829", "Big5": "47bcb2cc3ea05750", "Shift_JIS": "5e8df19a3b12b930", "EUC-JP": "8b79f1ad86252323", "EUC-KR": "066ddaeeb420c9da",
		"Johab": "02954e1d6617911a", "EUC-JISX0213": "98c42427afc4568f", "Shift_JISX0213": "50f11826461e433d",
	}
	for _, c := range append(candidates, johabCandidate, extended["EUC-JP"], extended["Shift_JIS"]) {
		h := sha256.New()
		for hi := 0x80; hi < 0x100; hi++ {
			for lo := range 0x100 {
				out, err := c.decode([]byte{byte(hi), byte(lo)})
				if err != nil {
					out = []byte(err.Error())
				}
				h.Write([]byte(string(out) + "\n"))
			}
		}
		if got := hex.EncodeToString(h.Sum(nil)[:8]); got != want[c.name] {
			t.Errorf("%s: the table has the sum %s, recorded is %s", c.name, got, want[c.name])
		}
	}
}

// TestRebuildProperty: whatever the text, the encoding, the line ends and the damage, text and recipe give the bytes.
func TestRebuildProperty(t *testing.T) {
	seed, rounds := int64(1), 400
	if os.Getenv("FONDS_LONG") != "" {
		seed, rounds = time.Now().UnixNano(), 200000
	}
	rnd := rand.New(rand.NewSource(seed))
	names := []string{"utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-1252", "koi8-r", "johab", "euc-jisx0213", "shift_jisx0213", "ibm855", "x-mac-ce"}
	pieces := []string{"\n", "\r\n", "\r", "\r\r\n", "a", " ", "\x00", "本", "本来源", "國", "é", "か", "한", "😀", "e\u0301", "\u2028", "Привет", "か\u309A", "\u309A", "ㅤㄱㅏㅤ", "똠", "\uFEFF", "\uFFFD", "\u20AC"}
	for round := range rounds {
		c := mustCodec(names[rnd.Intn(len(names))])
		var data []byte
		if c.bom != "" && rnd.Intn(2) == 0 {
			data = append(data, c.bom...)
		}
		for range rnd.Intn(40) {
			if rnd.Intn(8) == 0 {
				data = append(data, byte(rnd.Intn(256)))
			} else if b, err := c.encode(pieces[rnd.Intn(len(pieces))]); err == nil {
				data = append(data, b...)
			}
		}
		text, _, _, r, err := Decode(data, c.name)
		if err != nil {
			continue // many NULs
		}
		if strings.Contains(text, "\r") {
			t.Fatalf("seed %d, round %d: %s of %x has a carriage return", seed, round, c.name, data)
		}
		back, err := Rebuild(text, r)
		if err != nil || !bytes.Equal(back, data) {
			t.Fatalf("seed %d, round %d: %s of %x gives %q and back %x, error %v", seed, round, c.name, data, text, back, err)
		}
		if again, err := Remake(data, r); err != nil || again != text {
			t.Fatalf("seed %d, round %d: %s of %x made again gives %q, not %q, error %v", seed, round, c.name, data, again, text, err)
		}
	}
}

func TestLineEnds(t *testing.T) {
	for data, want := range map[string]string{
		"a\nb\n": "", "a": "", "a\r\nb\r\n": "w2", "a\rb\rc": "r2", "a\nb\r\nc\r\nd\re\n": "n1w2r1", "\r\r\n\n": "r1w1",
	} {
		text, runs, _ := unifyLineEnds(data, true)
		if runs != want || strings.Contains(text, "\r") {
			t.Errorf("%q gives %q and %q, want %q", data, text, runs, want)
		}
	}
	for _, runs := range []string{"x3", "w", "w0", "w-1", "3", "w99999999999999999999"} {
		if back, err := Rebuild("a\nb", Recipe{Decoder: "UTF-8", Extractor: "plain", Version: Version, LineEnds: runs}); err == nil {
			t.Errorf("line ends %q are taken and give %q", runs, back)
		}
	}
}

func TestForcedNames(t *testing.T) {
	for label, want := range map[string]string{
		"GB18030": "GB18030", "gbk": "GB18030", "GB2312": "GB18030", "big5-hkscs": "Big5", "latin1": "windows-1252", "UTF-8": "UTF-8",
		"utf8": "UTF-8", "utf-16": "UTF-16LE", " koi8-r ": "KOI8-R", "unicode": "UTF-16LE", "iso-2022-kr": "ISO-2022-KR", "hz-gb-2312": "HZ-GB-2312", "cp855": "IBM855", "johab": "Johab", "iso-2022-cn": "", "x-user-defined": "", "": "", "klingon": "",
	} {
		got := ""
		if c := codecNamed(label); c != nil {
			got = c.name
		}
		if got != want {
			t.Errorf("%q is %q, want %q", label, got, want)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for text, want := range map[string]string{
		notice: "zh", noticeHant: "zh", "A letter of 1921.": "", "会議の通知をお送りします。": "ja", "회의를 알려 드립니다.": "ko", "": "", "Il dit 本.": "",
	} {
		if got := LanguageOf(text); got != want {
			t.Errorf("%.20q is %q, want %q", text, got, want)
		}
	}
}

func TestLongInput(t *testing.T) {
	if testing.Short() {
		t.Skip("tens of megabytes")
	}
	long := bytes.Repeat([]byte("a"), MaxText+1)
	var skip *Skip
	if _, _, _, _, err := Decode(long, ""); !errors.As(err, &skip) || skip.Reason != TextTooLong {
		t.Errorf("a text of %d bytes: %v", len(long), err)
	}
	line := strings.Repeat("档案", 100_000)
	doc, err := Make([]byte(line), "line.txt", "")
	if err != nil || doc.Text != line || len(doc.Proposals) != 0 {
		t.Errorf("a line of 200,000 characters: %v", err)
	}
}
