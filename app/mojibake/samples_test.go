package mojibake

import (
	"io/fs"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"fonds/assets"
)

// sampleEncodings are those of the samples that are not UTF-8.
var sampleEncodings = map[string]encoding.Encoding{
	"papers/05-shuiku-guanli.txt":   simplifiedchinese.GB18030,
	"papers/06-shuji-tushuguan.txt": traditionalchinese.Big5,
	"papers/07-huiyi-jilu-1985.txt": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"web/01-jiangzuo-yugao.html":    simplifiedchinese.GB18030,
}

// samples gives the texts of the sample archive by name.
func samples(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(assets.Samples(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.Samples(), name)
		if err != nil {
			return err
		}
		out[name] = decoded(t, name, data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func decoded(t testing.TB, name string, data []byte) string {
	t.Helper()
	if utf8.Valid(data) {
		return string(data)
	}
	enc := sampleEncodings[name]
	if enc == nil {
		t.Fatalf("%s is in an encoding that this test does not know", name)
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
