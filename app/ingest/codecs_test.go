package ingest

import (
	"errors"
	"strings"
	"testing"
)

// What no decoder of golang.org/x/text reads is read by those of this package, and what they cannot read is refused.
func TestOwnCodecs(t *testing.T) {
	for _, c := range []struct{ name, data, text string }{
		// KS C 5601-1992, annex 3: 가 is 8861, 각 8862; 、 is the first but one of the signs, 伽 the first of the hanja.
		{"Johab", "\x88\x61\x88\x62 \xD9\x32\xE0\x31a", "가각 、伽a"},
		{"Johab", "\x88\x41\x84\x61", "ㄱㅏ"},
		{"EUC-KR", "\xA4\xD4\xA4\xA8\xA4\xCE\xA4\xD4a\xB0\xA1", "뛔a가"},
		// JIS X 0213: か゚ is 1-4-87 and one code, 丂 2-1-2.
		{"EUC-JISX0213", "\xA4\xF7\xA4\xAB\x8F\xA1\xA2\x8E\xB1", "か\u309Aか丂ｱ"},
		{"Shift_JISX0213", "\x82\xF5\x82\xA9\xF0\x41\xB1", "か\u309Aか丂ｱ"},
		{"HZ-GB-2312", "a~{<:Ky2;S{#,NpJ)l6HK!#~}~~b", "a己所不欲，勿施於人。~b"},
		{"ISO-2022-KR", "\x1B$)Ca\x0E0!0\"\x0Fb\n", "a가각b\n"},
		{"x-mac-ce", "\x8B\xCAa", "č a"},
		{"IBM855", "\xE1\xE3", "рс"},
	} {
		codec := codecNamed(c.name)
		if codec == nil {
			t.Errorf("%s: no codec", c.name)
			continue
		}
		text, r, bad := codec.apply([]byte(c.data))
		if text != c.text || bad != 0 {
			t.Errorf("%s: %q is read as %q, %d bad, want %q", c.name, c.data, text, bad, c.text)
		}
		if codec.encode == nil {
			continue
		}
		if back, err := Rebuild(text, r); err != nil || string(back) != c.data {
			t.Errorf("%s: rebuilt %q, want %q (%v)", c.name, back, c.data, err)
		}
	}
}

func TestDetect(t *testing.T) {
	in := func(text, name string) string { return string(written(t, text, name)) }
	russian := "Совещание работников архивов состоится в понедельник.\n"
	for _, c := range []struct{ name, data, enc, lang string }{
		{"nothing", "", "UTF-8", ""},
		{"Chinese", notice, "UTF-8", "zh"},
		{"Chinese, old", in(notice, "gb18030"), "GB18030", "zh"},
		{"Russian", in(russian, "koi8-r"), "KOI8-R", "ru"},
		{"Russian of DOS", in(russian, "ibm855"), "IBM855", "ru"},
		{"Greek", in("Η συνάντηση των αρχειονόμων θα γίνει τη Δευτέρα.\n", "iso-8859-7"), "windows-1253", "el"},
		{"Hungarian", in("A levéltárosok értekezletét hétfőn tartják, minden intézmény küldjön képviselőt.\n", "iso-8859-2"), "windows-1250", "hu"},
		{"English", "The meeting of the archivists will be held on Monday; every institution sends somebody.\n", "UTF-8", "en"},
		{"German", "Die Besprechung der Archivare findet am Montag statt; jede Behörde schickt jemanden.\n", "UTF-8", "de"},
		{"HZ", "The next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.", "HZ-GB-2312", "zh"},
		{"too short to say", "A letter of 1921.", "UTF-8", ""},
		{"tildes", "a ~{ b ~} c ~x", "UTF-8", ""},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00", Binary, ""},
		{"NULs", "\x00\x01\x02\x03\x00\x00\x00\x00\xFF\x80\x00\x00", Binary, ""},
		{"noise", string(noise(4000)), Binary, ""},
		// Unicode has it, Go has no codec of it: Armenian in ARMSCII-8.
		{"no codec", "\xB2\xDB\xDD\xE1\xF5\xE3\xDB\xF5\xDD\xDD\xBB\xF1\xC1 \xE5\xF1\xEB\xD7\xC1 \xC7\xF7\xC1\xDB\xF3\xBB\xC9 \xBB\xDD \xB3\xE1\xB3\xE7\xE1\xF5\xC3\xE9\xE1\xF5\xDD", Unknown, ""},
	} {
		d, err := Detect([]byte(c.data))
		if err != nil || d.Encoding != c.enc || d.Language != c.lang {
			t.Errorf("%s: %+v, %v; want %s, %s", c.name, d, err, c.enc, c.lang)
		}
		if d.Confidence < 0 || d.Confidence > 1 || (d.Confidence == 0) != (d.Encoding == Unknown) {
			t.Errorf("%s: confidence %v of %s", c.name, d.Confidence, d.Encoding)
		}
	}
	var skip *Skip
	if _, err := Detect([]byte(strings.Repeat("a", MaxText+1))); !errors.As(err, &skip) || skip.Reason != TextTooLong {
		t.Errorf("a text that is too long: %v", err)
	}
}
