package templating

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/widgets"
)

// screen is the page in a window on an archive of Zhang's, described by a template.
type screen struct {
	*Page
	*session.Filled
	t *testing.T
	m *session.Manual
}

func opened(t *testing.T, who, name string, edits ...*archive.Edit) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual(), Filled: session.Fill(t, "one\n", "two\n")}
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"})
	if name != template.Default {
		sc.Apply("Zhang", &archive.Edit{Do: "template.set", Template: name})
	}
	for _, e := range edits {
		e.Doc = string(sc.Docs[0].ID)
		sc.Apply("Zhang", e)
	}
	sc.reopen(who)
	return sc
}

// reopen shows the archive in a window of its own.
func (sc *screen) reopen(who string) {
	s := session.New(sc.m.Config())
	s.SetActor(who)
	w := test.NewTempWindow(sc.t, nil)
	sc.Page = New(s, w.Canvas())
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(sc.t, s, sc.File)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
}

func (sc *screen) run(name string) {
	sc.t.Helper()
	sc.s.Commands.Run(Screen + "." + name)
	sc.m.Settle()
}

// chooses chooses a field by its id.
func (sc *screen) chooses(id string) {
	sc.t.Helper()
	at := slices.IndexFunc(sc.draft.Fields, func(f template.Field) bool { return f.ID == id })
	if at < 0 {
		sc.t.Fatalf("there is no field %s", id)
	}
	sc.list.SetSelected(at + 1)
	sc.choose()
	sc.m.Settle()
}

// gives types words over what stands in a part.
func (sc *screen) gives(part, words string) {
	sc.t.Helper()
	if !sc.form.FocusField(part) {
		sc.t.Fatalf("there is no part %s", part)
	}
	e := sc.on.Focused().(*widgets.Entry)
	e.SetTyped(words)
	e.Commit()
	sc.m.Settle()
}

// stored is the field of the archive's template, as a file has it.
func (sc *screen) stored(id string) *template.Field {
	sc.t.Helper()
	self, err := sc.Archive.Self(sc.t.Context())
	if err != nil {
		sc.t.Fatal(err)
	}
	t := template.Of(self)
	for i := range t.Fields {
		if t.Fields[i].ID == id {
			return &t.Fields[i]
		}
	}
	return nil
}

func value(field, text string) *archive.Edit {
	return &archive.Edit{Do: "field.set", Field: field, Values: []archive.ValueIn{{Value: text}}}
}

// What is changed is a draft until it is saved; that is one step, which undo takes back.
func TestEditAndSave(t *testing.T) {
	sc := opened(t, "Zhang", "dat18")
	sc.chooses("dat18:genre")
	sc.gives("level.item", "required")
	sc.gives("level.series", "if present")
	sc.gives("label.zh-Hans", "公文种类")
	if got := sc.stored("dat18:genre"); got.At(template.Item) != template.May || !sc.dirty() || sc.draft.ID != "dat18.own" {
		t.Fatalf("before it is saved the archive has %q of %s", got.At(template.Item), sc.draft.ID)
	}
	sc.run("save")
	got := sc.stored("dat18:genre")
	if got.At(template.Item) != template.Always || got.At(template.Series) != template.IfAny || got.At(template.File) != template.NotUsed || got.Label["zh-Hans"] != "公文种类" || sc.dirty() {
		t.Errorf("saved it is %+v", got)
	}
	sc.s.Commands.Run("undo")
	sc.m.Settle()
	if got := sc.stored("dat18:genre"); got.At(template.Item) != template.May || got.Label["zh-Hans"] != "文种" {
		t.Errorf("undone it is %+v", got)
	}
}

// Alike at every level, no level is named in the file.
func TestLevelsAlike(t *testing.T) {
	sc := opened(t, "Zhang", "dublincore")
	sc.chooses("dcterms:publisher")
	sc.gives("level.item", "必著")
	f := sc.field()
	if f.At(template.Item) != template.Always || f.At(template.Fonds) != template.May || len(f.Levels) != 4 {
		t.Errorf("of an item alone it is %+v", f)
	}
	for _, level := range []string{"level.file", "level.series", "level.fonds"} {
		sc.gives(level, "always")
	}
	if f = sc.field(); f.Levels != nil || f.Must != "always" || !f.Required {
		t.Errorf("at all levels it is %+v", f)
	}
}

// What cannot be is said beside its part, and is not saved; what was typed stays.
func TestFaultsBesideTheField(t *testing.T) {
	sc := opened(t, "Zhang", "dat18")
	for _, tt := range []struct{ field, part, typed, want string }{
		{"dat18:genre", "id", "genre", "an id is a prefix"}, {"dat18:genre", "id", "dcterms:title", "another field has the same id"},
		{"dat18:genre", "type", "song", "its type is “song”"}, {"dat18:genre", "choices", "a\na", "there twice"},
		{"dat18:genre", "level.item", "often", "It is one of"}, {"dat18:genre", "limit", "many", "A whole number"}, {"dat18:genre", "limit", "-3", "a number of characters"},
		{"dat18:class", "pattern", "(", "its pattern cannot be read"}, {"dat18:class", "compute", "dcterms:title", "never computed from another"},
		{"dat18:retention", "default", "永久", "have no default"}, {"dat18:security", "default", "秘密", "have no default"}, {"dcterms:accessRights", "default", "open", "have no default"},
		{"dat18:class", "repeatable", "perhaps", "yes or no"},
	} {
		sc.run("discard")
		sc.chooses(tt.field)
		sc.gives(tt.part, tt.typed)
		said := ""
		for _, v := range sc.views() {
			if v.ID == tt.part {
				said = v.Error
			}
		}
		if !strings.Contains(said, tt.want) {
			t.Errorf("%s %s %q: said %q, want %q", tt.field, tt.part, tt.typed, said, tt.want)
		}
		if e := sc.on.Focused().(*widgets.Entry); e.Text != tt.typed {
			t.Errorf("%s %s: %q is shown, and %q was typed", tt.field, tt.part, e.Text, tt.typed)
		}
		before := encoded(sc.s.Template())
		sc.run("save")
		if got := encoded(sc.s.Template()); got != before {
			t.Errorf("%s %s %q: it was saved", tt.field, tt.part, tt.typed)
		}
	}
}

// A value is tried against what is said of the field, at once.
func TestTry(t *testing.T) {
	sc := opened(t, "Zhang", "dat18")
	sc.chooses("dat18:repositoryCode")
	for text, want := range map[string]string{"442002": "✓ ", "44": "⚠ Unusual form", "": ""} {
		if got := sc.typed("try", text); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%q is said to be %q", text, got)
		}
	}
	if got := sc.typed("pattern", "["); !strings.Contains(got, "cannot be read") {
		t.Errorf("of a pattern that cannot be: %q", got)
	}
	if got := sc.tried("dcterms:date", "民国三十八年"); !strings.HasPrefix(got, "✓ 1949") {
		t.Errorf("in the preview: %q", got)
	}
}

// What leaves and what will be doubted is said before, and no value is lost.
func TestWhatSavingChanges(t *testing.T) {
	sc := opened(t, "Zhang", "dat18", value("dat18:class", "M33+P13"), value("dat18:genre", "通知"))
	sc.chooses("dat18:class")
	sc.run("remove")
	sc.chooses("dat18:genre")
	sc.gives("choices", "决定 | Decision | 决定\n命令")
	words, _ := sc.saidWords()
	for _, want := range []string{i18n.N("templating.leaves", 1, "field", "Class number"), i18n.N("templating.doubts", 1, "field", "Genre")} {
		if !strings.Contains(words, want) {
			t.Errorf("said is %q, want %q in it", words, want)
		}
	}
	sc.run("save")
	doc, err := sc.Archive.Document(t.Context(), sc.Docs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if v := doc.Values("dat18:class"); len(v) != 1 || v[0].Text != "M33+P13" {
		t.Errorf("the value of the field that left is %v", v)
	}
	if f := sc.stored("dat18:genre"); len(f.Choices) != 2 || f.Choices[0].Label["en"] != "Decision" || f.Choices[1].Label != nil {
		t.Errorf("the choices are %+v", f.Choices)
	}
	if sc.stored("dat18:class") != nil {
		t.Error("the field is there still")
	}
}

// A field is added, known by a property of the standards, moved, duplicated and hidden.
func TestFieldsInOrder(t *testing.T) {
	sc := opened(t, "Zhang", "dublincore")
	last := len(sc.draft.Fields) - 1
	sc.chooses(sc.draft.Fields[last].ID)
	sc.run("add")
	if !slices.Contains(sc.freeIDs(), "dat18:retention") {
		t.Error("the properties of the standards are not offered")
	}
	sc.gives("id", "dat18:retention")
	if f := sc.field(); f.Label["zh-Hans"] != "保管期限" || len(f.Choices) != 5 {
		t.Errorf("the property is not known: %+v", f)
	}
	sc.Move(-1)
	if got := sc.draft.Fields[last].ID; got != "dat18:retention" || sc.field().ID != got {
		t.Errorf("moved, %s stands there", got)
	}
	sc.run("copy")
	if f := sc.field(); f.ID == "dat18:retention" || len(f.Choices) != 5 || len(sc.draft.Fields) != last+3 {
		t.Errorf("duplicated it is %+v", f)
	}
	sc.run("hide")
	if !sc.field().Hidden {
		t.Error("it is not hidden")
	}
	sc.run("save")
	if f := sc.stored("dat18:retention"); f == nil {
		t.Error("it is not in the archive")
	}
}

// A draft is there again when the archive is opened again; a reader cannot begin one.
func TestDraftStays(t *testing.T) {
	sc := opened(t, "Zhang", "letter")
	sc.chooses("letter:recipient")
	sc.gives("label.en", "To whom")
	sc.reopen("Zhang")
	sc.chooses("letter:recipient")
	if got := sc.field().Label["en"]; got != "To whom" || !sc.dirty() {
		t.Errorf("opened again the draft says %q", got)
	}
	if sc.s.Drafts() != 0 || sc.s.NextDraft() != "" {
		t.Error("it counts as a draft on a document")
	}
	sc.run("discard")
	if got := sc.field().Label["en"]; got == "To whom" || sc.dirty() {
		t.Errorf("discarded it says %q", got)
	}
	sc.reopen("Zhang")
	if sc.dirty() {
		t.Error("what was discarded is there again")
	}
	sc.reopen("Sun")
	sc.chooses("letter:recipient")
	sc.gives("label.en", "To whom")
	sc.run("save")
	if got := sc.stored("letter:recipient").Label["en"]; got == "To whom" {
		t.Error("a reader has changed the template")
	}
}

// A template is written to a file and read from one; what is there is not written over,
// and what is no template is refused in words.
func TestFiles(t *testing.T) {
	sc := opened(t, "Zhang", "dat18")
	sc.chooses("dat18:note")
	sc.gives("label.en", "Remark")
	path := filepath.Join(t.TempDir(), "mine")
	sc.write(path)
	sc.m.Settle()
	sc.run("discard")
	sc.read(path + ".json")
	sc.m.Settle()
	sc.chooses("dat18:note")
	if got := sc.field().Label["en"]; got != "Remark" {
		t.Errorf("read again it says %q", got)
	}
	before, err := os.ReadFile(path + ".json")
	if err != nil {
		t.Fatal(err)
	}
	sc.gives("label.en", "Other")
	sc.write(path)
	sc.m.Settle()
	if after, _ := os.ReadFile(path + ".json"); string(after) != string(before) {
		t.Error("a file was written over")
	}
	bad := filepath.Join(t.TempDir(), "bad.json")
	if err := os.WriteFile(bad, []byte(`{"id":"x","label":{"en":"X"},"fields":[{"id":"a:b","label":{"en":"B"},"type":"song"}]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	sc.read(bad)
	sc.m.Settle()
	if got := sc.s.Status().Error; !strings.Contains(got, "a:b") || sc.field() == nil {
		t.Errorf("of a file with a fault is said %q", got)
	}
}

// Another template is joined for documents of a category: these have its fields too, others
// do not, and what is missing follows.
func TestJoinForACategory(t *testing.T) {
	sc := opened(t, "Zhang", "letter", value("dat13:category", "ZP"))
	photos, err := template.Read("photograph")
	if err != nil {
		t.Fatal(err)
	}
	sc.join(photos, "ZP")
	sc.run("save")
	sc.s.OpenDocument(sc.Docs[0].ID)
	sc.m.Settle()
	fields := func() string {
		var out []string
		for _, f := range sc.s.Fields(sc.s.Document()) {
			out = append(out, f.ID)
		}
		return strings.Join(out, " ")
	}
	if got := fields(); !strings.Contains(got, "photo:persons") || !strings.Contains(got, "letter:recipient") {
		t.Errorf("a photograph has %s", got)
	}
	sc.s.OpenDocument(sc.Docs[1].ID)
	sc.m.Settle()
	if got := fields(); strings.Contains(got, "photo:") || !strings.Contains(got, "dat13:category") {
		t.Errorf("a letter has %s", got)
	}
	sc.chooses("photo:number")
	sc.gives("level.item", "required")
	sc.run("save")
	_, required := sc.s.Template().FieldIDs()
	counts, err := sc.Archive.Facet(t.Context(), storage.Query{}, storage.Facet{Key: query.Missing, Name: strings.Join(required, "\n")}, 0)
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]int{}
	for _, c := range counts {
		missing[c.Value] = c.N
		if n, err := sc.Archive.Count(t.Context(), storage.Query{Search: c.Condition()}); err != nil || n != c.N {
			t.Errorf("%s has %d, %v, and %d were counted", c.Condition(), n, err, c.N)
		}
	}
	if missing["photo:number"] != 1 || missing["dcterms:title"] != 2 {
		t.Errorf("missing are %v", missing)
	}
	doc := sc.s.Template().Required(sc.s.Document().Document)
	if slices.Contains(doc, "photo:number") {
		t.Errorf("of a letter is required %v", doc)
	}
}

// What a part can be is listed below it, and taken by keys.
func TestOffersByKeys(t *testing.T) {
	sc := opened(t, "Zhang", "dat18")
	sc.chooses("dcterms:title")
	sc.form.FocusField("type")
	sc.m.Keys(t, sc.on, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if got := sc.field().Type; got == template.Text {
		t.Errorf("the second that is listed was taken, and the type is %s", got)
	}
}
