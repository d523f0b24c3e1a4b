package intake

import (
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"fonds/app/ingest"
	"fonds/storage/archive"
)

func encoded(t *testing.T, e interface{ String(string) (string, error) }, text string) []byte {
	t.Helper()
	s, err := e.String(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(s)
}

// TestSamples: the encoding that the bytes are in reads them, those that cannot come
// last, and a cut through a character is no fault.
func TestSamples(t *testing.T) {
	text := "No. 1\n宁夏回族自治区司法厅召开推进会。\n" + strings.Repeat("正文", 9000)
	for _, tt := range []struct {
		name  string
		bytes []byte
	}{
		{"UTF-8", []byte(text)},
		{"GB18030", encoded(t, simplifiedchinese.GB18030.NewEncoder(), text)},
		{"GB18030", append([]byte("x"), encoded(t, simplifiedchinese.GB18030.NewEncoder(), text)...)},
		{"Big5", encoded(t, traditionalchinese.Big5.NewEncoder(), "No. 1\n司法局召開會議\n"+strings.Repeat("正文", 9000))},
		{"UTF-16LE", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), text)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bad := false
			for _, s := range Samples(tt.bytes) {
				if bad && s.Bad == 0 {
					t.Errorf("%s reads it and comes behind one that does not", s.Encoding)
				}
				bad = bad || s.Bad > 0
				if s.Encoding == tt.name && (s.Bad > 0 || !strings.Contains(s.Words, "司法") || len([]rune(s.Words)) != SampleChars) {
					t.Errorf("it reads %q, with %d bad", s.Words, s.Bad)
				}
			}
			if !bad && tt.name != "UTF-8" {
				t.Error("every encoding reads it")
			}
		})
	}
	if s := Samples([]byte("plain")); len(s) == 0 || s[0].Words != "" {
		t.Errorf("of ASCII: %+v", s)
	}
}

// TestReread: the same encoding makes the same text, another one another, and a file
// of another tool is not read so.
func TestReread(t *testing.T) {
	data := encoded(t, traditionalchinese.Big5.NewEncoder(), "吳忠市司法局\n召開會議")
	wrong, err := ingest.Make(data, "a.txt", "windows-1252")
	if err != nil {
		t.Fatal(err)
	}
	recipe, _ := json.Marshal(wrong.Recipe)
	info := archive.Info{Path: "a.txt", Confidence: 0.5}
	for _, tt := range []struct {
		encoding, text, want string
		article              bool
		refused              string
	}{
		{encoding: "", text: wrong.Text, want: "windows-1252"},
		{encoding: "Big5", text: "吳忠市司法局\n召開會議", want: "Big5"},
		{encoding: FoundOut, text: "吳忠市司法局\n召開會議", want: "Big5"},
		{encoding: "Klingon", refused: "no encoding named"},
		{encoding: "UTF-16LE", text: "", want: "UTF-16LE"},
		{encoding: "Big5", article: true, refused: "no page with an article"},
	} {
		in, err := Reread(data, info, recipe, tt.encoding, tt.article)
		switch {
		case tt.refused != "":
			if err == nil || !strings.Contains(err.Error(), tt.refused) {
				t.Errorf("%q: %v", tt.encoding, err)
			}
		case err != nil:
			t.Errorf("%q: %v", tt.encoding, err)
		case in.Encoding != tt.want || tt.text != "" && in.Text != tt.text:
			t.Errorf("%q: %s, %q", tt.encoding, in.Encoding, in.Text)
		case tt.encoding == "" && in.Confidence != 0.5:
			t.Errorf("how sure it was is %v now", in.Confidence)
		}
	}
	if _, err := Reread(data, info, json.RawMessage(`{"extractor":"tei"}`), "Big5", false); err == nil {
		t.Error("a file of another tool is read as a text")
	}
}
