package rtf

import (
	"context"
	"reflect"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// check says what is wrong with a text that a reader gave.
func check(s string) string {
	if !utf8.ValidString(s) {
		return "it is not UTF-8"
	}
	for _, c := range s {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return "it has controls"
		}
	}
	return ""
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg936` + fonts + `{\info{\title x}{\creatim\yr1998}}a\u20013 ?\f1 \'d6\'d0{\footnote x}\intbl b\cell\row}`))
	f.Add([]byte(`{\rtf1 {\field{\*\fldinst SYMBOL 183}{\fldrslt}}{\object{\*\objdata 0105000002000000}}{\shp{\*\shpinst{\shptxt x}}}}`))
	f.Add([]byte(`{\rtf1{\upr{a}{\*\ud b}}{\listtext 1\tab}{\*\annotation x}{\header y\par}\v z\bin3 abc}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		begun := time.Now()
		c, err := RTF(context.Background(), data)
		if d := time.Since(begun); d > 2*time.Second {
			t.Fatalf("took %v", d)
		}
		if err != nil {
			return
		}
		if wrong := check(c.Text); wrong != "" {
			t.Fatal(wrong, c.Text)
		}
		for _, s := range c.Said {
			if wrong := check(s.Value); wrong != "" || s.Field == "" {
				t.Fatal(wrong, s)
			}
		}
		if again, _ := RTF(context.Background(), data); !reflect.DeepEqual(c, again) {
			t.Fatal("read again it is another")
		}
	})
}
