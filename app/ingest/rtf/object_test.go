package rtf

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"testing"
	"unicode/utf16"
)

// packageObject makes the bytes of \objdata of an embedded file.
func packageObject(label, wide, data string) string {
	u32 := func(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }
	counted := func(s string) string { return u32(len(s)) + s }
	units := func(s string) string {
		u := utf16.Encode([]rune(s))
		b := u32(len(u))
		for _, c := range u {
			b += string([]byte{byte(c), byte(c >> 8)})
		}
		return b
	}
	native := "\x02\x00" + label + "\x00" + `C:\x\` + label + "\x00" + "\x00\x00\x03\x00" + counted(`C:\x\`+label+"\x00") + counted(data)
	if wide != "" {
		native += units(`C:\x\`+wide) + units(wide) + units(`C:\x\`+wide)
	}
	return u32(0x501) + u32(2) + counted("Package\x00") + u32(0) + u32(0) + counted(native)
}

func TestPackages(t *testing.T) {
	for _, tt := range []struct{ name, label, wide, want string }{
		{"by the code page", "\xd6\xd0.txt", "", "中.txt"},
		{"by the wide name", "?.txt", "文書.txt", "文書.txt"},
	} {
		object := packageObject(tt.label, tt.wide, "hello")
		c, err := RTF(context.Background(), []byte(`{\rtf1\ansi\ansicpg936 a{\object\objemb{\*\objclass Package}{\*\objdata `+
			hex.EncodeToString([]byte(object))+"\n}{\\result shown}}b}"))
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Parts) != 1 || c.Parts[0].Name != tt.want || string(c.Parts[0].Data) != "hello" {
			t.Errorf("%s: got %+v", tt.name, c.Parts)
		}
		if c.Text != "ashownb" || len(c.Lost) != 0 {
			t.Errorf("%s: got %q and %q", tt.name, c.Text, c.Lost)
		}
		for n := range len(object) { // cut off anywhere
			if _, _, ok := newReader(context.Background(), nil).packaged([]byte(object[:n])); ok {
				t.Fatalf("%s: cut off at %d of %d it was taken", tt.name, n, len(object))
			}
		}
	}
}
