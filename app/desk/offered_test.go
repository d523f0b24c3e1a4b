package desk

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// described opens an archive that is described by a template of the program.
func described(t *testing.T, template string) *screen {
	t.Helper()
	sc := opened(t)
	sc.apply("Zhang", &archive.Edit{Do: "template.set", Template: template})
	return sc
}

// badges are what stands behind the label of a field.
func (sc *screen) badges(field string) string {
	sc.t.Helper()
	for _, f := range sc.s.Fields(sc.s.Document()) {
		if f.ID == field {
			v := sc.inspector.fields.view(sc.s.Document(), &f)
			return strings.Join(v.Badges, ",")
		}
	}
	return "not shown"
}

// What is missing follows the template as soon as that is known, and the level.
func TestMissingFollowsTemplateAndLevel(t *testing.T) {
	i18n.Use("en")
	sc := described(t, "dat18")
	if got := sc.status.Text(); !strings.Contains(got, i18n.N("desk.missing", 7)) {
		t.Errorf("an item by DA/T 18 is said to be %q", got)
	}
	for field, want := range map[string]string{"dat18:level": "required", "dat18:documentNumber": "if present", "dat18:repositoryCode": "optional", "dat18:history": "not shown", "dat18:fileSize": "computed"} {
		if got := sc.badges(field); got != want {
			t.Errorf("%s has the badges %q, want %q", field, got, want)
		}
	}
	sc.FocusField("dat18:level")
	sc.types("全宗级")
	sc.keys("Return")
	if got := sc.status.Text(); !strings.Contains(got, i18n.N("desk.missing", 6)) { // with the repository's code and the custodial history, without retention and opening
		t.Errorf("a fonds is said to be %q", got)
	}
	for field, want := range map[string]string{"dat18:repositoryCode": "required", "dat18:history": "optional", "dat18:documentNumber": "not shown"} {
		if got := sc.badges(field); got != want {
			t.Errorf("of a fonds %s has the badges %q, want %q", field, got, want)
		}
	}
	sc.apply("Zhang", &archive.Edit{Do: "template.set", Template: "letter"})
	if got := sc.badges("dat18:level"); got != "not in the template" {
		t.Errorf("what the template has not is %q", got)
	}
	if f := sc.s.Field("dat18:level"); f.LabelWords() != "Level of description" {
		t.Errorf("what the template has not is called %q", f.LabelWords())
	}
}

// A pinned field is offered its value in the next document, and filled by a key alone; the
// default of the template likewise.
func TestPinsAndDefaults(t *testing.T) {
	i18n.Use("en")
	sc := described(t, "dat18")
	sc.FocusField("dcterms:creator")
	sc.types("司法厅")
	sc.keys("Return")
	sc.s.Commands.Run("field.pin")
	sc.m.Settle()
	if got := sc.badges("dcterms:creator"); got != "required,pinned" {
		t.Errorf("pinned, its badges are %q", got)
	}
	first := sc.s.Document().ID
	sc.s.Commands.Run("doc.next")
	sc.m.Settle()
	if sc.s.Document().ID == first {
		t.Fatal("there is no next document")
	}
	sc.FocusField("dcterms:creator")
	if got := sc.entry().PlaceHolder; got != i18n.T("form.offer.pinned", "key", "Alt+I", "value", "司法厅") || sc.stands("dcterms:creator") != "" {
		t.Errorf("the field shows %q and has %q", got, sc.stands("dcterms:creator"))
	}
	sc.keys("Alt+I")
	if got := sc.stands("dcterms:creator"); got != "司法厅" {
		t.Errorf("taken, it has %q", got)
	}
	sc.s.Commands.Run("field.offeredall")
	sc.m.Settle()
	if got := sc.stands("dat18:level"); got != "文件级" {
		t.Errorf("the usual level taken, it is %q", got)
	}
	if got := sc.stands("dat18:retention") + sc.stands("dcterms:accessRights"); got != "" {
		t.Errorf("retention or opening was filled in: %q", got)
	}
	sc.s.Commands.Run("undo")
	sc.m.Settle()
	if got := sc.stands("dat18:level"); got != "" || sc.stands("dcterms:creator") != "司法厅" {
		t.Errorf("undone, the level is %q", got)
	}
	sc.FocusField("dcterms:creator")
	sc.s.Commands.Run("field.pin")
	sc.m.Settle()
	if sc.s.Pinned("dcterms:creator") {
		t.Error("it is pinned still")
	}
	// What was entered last in this sitting is offered first.
	sc.FocusField("dat18:class")
	sc.types("M33")
	sc.keys("Return")
	sc.s.Commands.Run("doc.previous")
	sc.m.Settle()
	sc.FocusField("dat18:class")
	sc.keys(string(fyne.KeyDown), string(fyne.KeyReturn))
	if got := sc.stands("dat18:class"); got != "M33" {
		t.Errorf("the last value taken, the class is %q", got)
	}
}

// A computed value is shown and cannot be typed over; given by somebody, it is theirs.
func TestComputedOnTheDesk(t *testing.T) {
	i18n.Use("en")
	sc := described(t, "dat18")
	f := sc.s.Field("dat18:fileFormat")
	v := sc.inspector.fields.view(sc.s.Document(), &f)
	if !v.Computed || len(v.Values) != 1 || v.Values[0].Text != "txt" {
		t.Fatalf("it is shown as %+v", v)
	}
	sc.FocusField("dat18:fileFormat")
	before := sc.entry().Text
	sc.types("pdf")
	sc.keys("Return")
	if got := sc.stands("dat18:fileFormat"); got != "" || sc.entry().Text != before {
		t.Errorf("typed over, it is %q, and shows %q", got, sc.entry().Text)
	}
	sc.apply("Zhang", &archive.Edit{Do: "field.set", Doc: string(sc.s.Document().ID), Field: "dat18:fileFormat", Values: []archive.ValueIn{{Value: "OFD"}}})
	if v = sc.inspector.fields.view(sc.s.Document(), &f); v.Computed || v.Values[0].Text != "OFD" {
		t.Errorf("given, it is shown as %+v", v)
	}
}

// TestInherited: what a unit says holds for a document in it that says nothing: it stands
// below the field and is not missing, until the document says something itself.
func TestInherited(t *testing.T) {
	i18n.Use("en")
	sc := described(t, "dat18")
	unit, code, parent := "Z109", "Z109", ""
	sc.apply("Zhang", &archive.Edit{Do: archive.SetUnitKind, Parent: &parent, Level: "fonds", Code: &code, Describe: map[string][]string{"dcterms:creator": {"某某局"}, "dcterms:title": {"no item's"}}},
		&archive.Edit{Do: archive.PlaceKind, Doc: string(sc.s.Document().ID), Unit: &unit})
	hint := func(field string) string {
		f := sc.s.Field(field)
		return sc.inspector.fields.view(sc.s.Document(), &f).Hint
	}
	if got := hint("dcterms:creator"); got != "From Z109: 某某局" {
		t.Errorf("below the creator: %q", got)
	}
	if f := sc.s.Field("dcterms:creator"); sc.inspector.fields.view(sc.s.Document(), &f).Required {
		t.Error("it is asked for all the same")
	}
	if got := hint("dcterms:title"); got != "" {
		t.Errorf("a title is not handed down: %q", got)
	}
	if got := sc.status.Text(); !strings.Contains(got, i18n.N("desk.missing", 6)) {
		t.Errorf("missing: %q", got)
	}
	sc.FocusField("dcterms:creator")
	sc.types("司法厅")
	sc.keys("Return")
	if got := hint("dcterms:creator"); got != "" {
		t.Errorf("beside its own: %q", got)
	}
}

// TestCodeInAFile: a code that could be read in two ways is doubted, but not where the
// document lies in a file: then the number is the file's.
func TestCodeInAFile(t *testing.T) {
	i18n.Use("en")
	sc := described(t, "dat18")
	parent, code, id := "", "001", string(sc.s.Document().ID)
	hint := func() string {
		f := sc.s.Field("dcterms:identifier")
		return sc.inspector.fields.view(sc.s.Document(), &f).Hint
	}
	sc.apply("Zhang", &archive.Edit{Do: "field.set", Doc: id, Field: "dcterms:identifier", Values: []archive.ValueIn{{Value: "A002-RS-001-002"}}})
	if !strings.Contains(hint(), "001") {
		t.Errorf("not doubted: %q", hint())
	}
	sc.apply("Zhang", &archive.Edit{Do: archive.SetUnitKind, Parent: &parent, Level: "file", Code: &code}, &archive.Edit{Do: archive.PlaceKind, Doc: id, Unit: &code})
	if hint() != "" {
		t.Errorf("in a file: %q", hint())
	}
}
