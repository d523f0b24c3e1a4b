package template

import (
	"bytes"
	"testing"

	"fonds/app/i18n"
)

// TestBuiltIn: every template that the program brings is read, written and read again as
// the same; its fields say what they are in both languages.
func TestBuiltIn(t *testing.T) {
	if len(IDs()) < 7 {
		t.Errorf("there are only %v", IDs())
	}
	for _, id := range IDs() {
		a, err := Read(id)
		if err != nil {
			t.Fatal(err)
		}
		first, err := a.JSON()
		if err != nil {
			t.Fatal(err)
		}
		b, err := Parse(first)
		if err != nil {
			t.Fatalf("%s, written by itself: %v", id, err)
		}
		if again, err := b.JSON(); err != nil || !bytes.Equal(first, again) {
			t.Errorf("%s: written twice it differs, %v", id, err)
		}
	}
}

// TestDoubt: a value is doubted where it is not in the list, has an unusual form or is no
// language; what is usual is not.
func TestDoubt(t *testing.T) {
	i18n.Use("en")
	tpl, err := Read("dat18")
	if err != nil {
		t.Fatal(err)
	}
	field := func(id string) *Field {
		for i := range tpl.Fields {
			if tpl.Fields[i].ID == id {
				return &tpl.Fields[i]
			}
		}
		t.Fatalf("no field %s", id)
		return nil
	}
	for _, tt := range []struct {
		field, value string
		doubted      bool
	}{
		{"dat18:retention", "永久", false}, {"dat18:retention", "很久", true}, {"dat18:retention", "", false},
		{"dat18:documentNumber", "中发〔1980〕16号", false}, {"dat18:documentNumber", "国办发[2015]3号", false}, {"dat18:documentNumber", "没有文号", true},
		{"dat18:repositoryCode", "442002", false}, {"dat18:repositoryCode", "44200", true},
		{"dcterms:language", "zh-Hans", false}, {"dcterms:language", "Chinese!", true},
		{"dcterms:title", "什么都行", false},
	} {
		if got := field(tt.field).Doubt(tt.value); (got != "") != tt.doubted {
			t.Errorf("%s of %q: %q", tt.field, tt.value, got)
		}
	}
	if got := field("dat18:security").Chosen("se"); len(got) != 1 || got[0] != "机密" {
		t.Errorf("what begins with se is %v", got) // Secret
	}
}

func FuzzParse(f *testing.F) {
	for _, id := range IDs() {
		data, err := Bytes(id)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Parse(data)
		if err != nil {
			return
		}
		first, err := a.JSON()
		if err != nil {
			t.Fatal(err)
		}
		b, err := Parse(first)
		if err != nil {
			t.Fatalf("%s: %v", first, err)
		}
		if again, err := b.JSON(); err != nil || !bytes.Equal(first, again) {
			t.Errorf("it differs: %s, %s", first, again)
		}
	})
}
