package office

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKind(t *testing.T) {
	opc := func(main string) []byte {
		return zipped(t, file{"[Content_Types].xml", strings.Replace(typesOf, "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", main, 1)},
			file{"_rels/.rels", rootRels}, file{"word/document.xml", "<x/>"})
	}
	docx := zipped(t, docxFiles(p(strings.Repeat("a", 1000)))...)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"docx", docx, TypeDOCX},
		{"docx without its end", docx[:len(docx)/2], TypeDOCX},
		{"docm", opc("application/vnd.ms-word.document.macroEnabled.main+xml"), TypeDOCM},
		{"dotx", opc("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"), TypeDOTX},
		{"xlsx", opc("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), TypeXLSX},
		{"pptx", opc("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), TypePPTX},
		{"xlsx by its parts", zipped(t, file{"xl/workbook.xml", "<x/>"}), TypeXLSX},
		{"odt", zipped(t, odtFiles("", "")...), TypeODT},
		{"odt without its end", zipped(t, odtFiles("", "")...)[:200], TypeODT},
		{"ods", zipped(t, file{"mimetype", TypeODS}, file{"content.xml", "<x/>"}), TypeODS},
		{"odp by its manifest", zipped(t, file{"content.xml", "<x/>"}, file{"META-INF/manifest.xml", `<manifest:manifest` + odfSpaces + `><manifest:file-entry manifest:full-path="/" manifest:media-type="` + TypeODP + `"/></manifest:manifest>`}), TypeODP},
		{"epub", zipped(t, file{"mimetype", TypeEPUB + "\n"}, file{"META-INF/container.xml", "<x/>"}), TypeEPUB},
		{"epub by its parts", zipped(t, file{"META-INF/container.xml", "<x/>"}), TypeEPUB},
		{"a zip of files", zipped(t, file{"a.docx", "x"}, file{"mimetype", "text/plain"}), ""},
		{"text", []byte("PK is what it begins with"), ""},
		{"xml", []byte("<a/>"), ""},
		{"nothing", nil, ""},
		{"a compound file", compoundOf(stream{"WordDocument", nil}), ""},
	} {
		if got := Kind(c.data); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if !IsEncryptedOOXML(compoundOf(stream{"EncryptionInfo", nil}, stream{"EncryptedPackage", make([]byte, 900)})) {
		t.Error("an encrypted document is not known")
	}
	if IsEncryptedOOXML(compoundOf(stream{"WordDocument", nil})) || IsEncryptedOOXML(docx) {
		t.Error("a document that is not encrypted is taken for one")
	}
}

// Kinds of real files, by what their names say.
func TestKindOfCorpus(t *testing.T) {
	want := map[string]string{".docx": TypeDOCX, ".odt": TypeODT, ".xlsx": TypeXLSX, ".pptx": TypePPTX, ".ods": TypeODS, ".odp": TypeODP, ".epub": TypeEPUB, ".fodt": TypeFODT}
	other := map[string]string{ // what they are, and not what their names say
		"testODTnotaZipFile.odt": "", "testEXCEL_protected_passtika.xlsx": "encrypted", "testEXCEL_protected_passtika_2.xlsx": "encrypted", "protectedFile.xlsx": "encrypted",
	}
	names, _ := filepath.Glob(filepath.Join(corpora, "*/files/*"))
	for _, pattern := range []string{"docx-*/*/*/*", "docx-*/*/*", "docx-*/*/*/*/*"} {
		more, _ := filepath.Glob(filepath.Join(corpora, pattern))
		names = append(names, more...)
	}
	n := 0
	for _, name := range names {
		w, ok := want[filepath.Ext(name)]
		if !ok {
			continue
		}
		if o, is := other[filepath.Base(name)]; is {
			w = o
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got := Kind(data)
		if IsEncryptedOOXML(data) {
			got = "encrypted"
		}
		if n++; got != w {
			t.Errorf("%s: %q, want %q", filepath.Base(name), got, w)
		}
	}
	if n == 0 {
		t.Skip("the corpora are not here")
	}
	t.Logf("%d kinds", n)
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 7, "7"}, {"decimalZero", 7, "07"}, {"decimalZero", 10, "10"}, {"upperRoman", 1994, "MCMXCIV"}, {"lowerRoman", 4, "iv"}, {"lowerLetter", 27, "aa"}, {"upperLetter", 53, "AAA"},
		{"ordinal", 12, "12th"}, {"ordinal", 23, "23rd"}, {"cardinalText", 42, "Forty-two"}, {"ordinalText", 30, "Thirtieth"}, {"ordinalText", 21, "Twenty-first"}, {"hex", 30, "1E"}, {"numberInDash", 2, "- 2 -"},
		{"chineseCounting", 10, "十"}, {"chineseCounting", 12, "十二"}, {"chineseCounting", 20, "二十"}, {"chineseCountingThousand", 101, "一百零一"}, {"chineseCountingThousand", 110, "一百一十"},
		{"chineseCountingThousand", 1005, "一千零五"}, {"chineseCountingThousand", 10010, "一万零一十"}, {"chineseLegalSimplified", 15, "壹拾伍"}, {"ideographDigital", 1958, "一九五八"},
		{"ideographTraditional", 3, "丙"}, {"ideographTraditional", 11, "11"}, {"ideographZodiac", 12, "亥"}, {"decimalEnclosedCircle", 20, "⑳"}, {"decimalEnclosedParen", 1, "⑴"}, {"decimalFullWidth", 10, "１０"},
		{"aiueo", 2, "イ"}, {"iroha", 2, "ロ"}, {"ganada", 1, "가"}, {"none", 1, ""}, {"upperRoman", 0, "0"}, {"lowerLetter", -1, "-1"}, {"unknown", 3, "3"},
	} {
		if got := numeral(c.format, c.n); got != c.want {
			t.Errorf("numeral(%s, %d) = %q, want %q", c.format, c.n, got, c.want)
		}
	}
	if got := formatted("custom:001, 002, 003, ...", 7); got != "007" {
		t.Errorf("with zeros before it: %q", got)
	}
}
