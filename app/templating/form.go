package templating

import (
	"fmt"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/template"
	"fonds/widgets"
)

// This file shows what is said of the chosen field, and the form as it will be.

// showForm shows the parts of what is chosen.
func (p *Page) showForm() {
	p.form.SetReadOnly(p.s.Fixed() != "")
	f := p.field()
	if f == nil {
		p.formOf.SetText(i18n.T("templating.of.itself"), widgets.Plain)
		p.form.SetDocument("template")
		p.form.SetFields(p.wholeViews())
		return
	}
	p.formOf.SetText(i18n.T("templating.of.field", "field", f.LabelWords()), widgets.Plain)
	p.form.SetDocument(fmt.Sprint("field ", p.at))
	p.form.SetFields(p.views())
}

// views are the parts of the chosen field.
func (p *Page) views() []widgets.FieldView {
	f, faults := p.field(), p.draft.Faults(p.at)
	var views []widgets.FieldView
	for _, part := range fieldParts {
		v := widgets.FieldView{ID: part, Label: partWords(part), Help: i18n.T("templating.help." + partKey(part)), LongText: longPart(part), Repeatable: part == "takes" || part == "for"}
		for i, text := range values(f, part) {
			v.Values = append(v.Values, widgets.ValueView{ID: fmt.Sprint(part, i), Text: text})
		}
		for _, fault := range faults {
			if v.Error == "" && placeOf(fault.Part) == part {
				v.Error = fault.Words
			}
		}
		if w, ok := p.wrong[part]; ok {
			v.Typed, v.Error = w.texts, w.why
		}
		v.Required = part == "id" || part == "label.en" && len(f.Label) == 0
		views = append(views, v)
	}
	return views
}

// placeOf is the part that a fault is said beside.
func placeOf(part string) string {
	switch part {
	case "label", "help":
		return part + ".en"
	case "levels":
		return "level.item"
	case "map":
		return "map.dc"
	}
	return part
}

// partKey is how the help of a part is called: of a language, a level and a standard alike.
func partKey(part string) string {
	kind, _, _ := strings.Cut(part, ".")
	return kind
}

// partWords is what a part is called.
func partWords(part string) string {
	kind, of, _ := strings.Cut(part, ".")
	switch kind {
	case "level":
		return i18n.T("templating.part.level", "level", template.LevelWords(of))
	case "map":
		return i18n.T("templating.part.map", "standard", i18n.T("templating.standard."+of))
	case "label", "help", "use":
		return i18n.T("templating.part.language", "part", i18n.T("templating.part."+kind), "language", i18n.T("templating.language."+of))
	}
	return i18n.T("templating.part." + kind)
}

func (p *Page) wholeViews() []widgets.FieldView {
	var views []widgets.FieldView
	for _, part := range wholeParts {
		v := widgets.FieldView{ID: part, Label: partWords(part), Help: i18n.T("templating.whole." + partKey(part)), LongText: longPart(part)}
		for _, text := range wholeValues(p.draft, part) {
			v.Values = append(v.Values, widgets.ValueView{ID: part, Text: text})
		}
		v.Required = part == "name" || part == "label.en" && len(p.draft.Label) == 0
		views = append(views, v)
	}
	return views
}

// set puts what was typed in a part into the draft.
func (p *Page) set(part string, texts []string) {
	f := p.field()
	switch {
	case part == "try":
		return
	case f == nil:
		putWhole(p.draft, part, texts)
	default:
		before := f.ID
		if why := put(f, part, texts); why != "" {
			p.wrong[part] = wrong{texts, why}
			p.showForm()
			return
		}
		delete(p.wrong, part)
		if part == "id" && before != f.ID && strings.HasPrefix(before, "local:field") {
			p.known(f)
		}
	}
	p.form.Answered(part)
	p.changed()
}

// known gives a new field what the program's templates say of its id.
func (p *Page) known(f *template.Field) {
	for _, id := range template.IDs() {
		t, err := template.Read(id)
		if err != nil {
			continue
		}
		for _, k := range t.Fields {
			if k.ID == f.ID {
				*f = k
				return
			}
		}
	}
}

// typed says at once whether a value that is tried meets what is said of the field.
func (p *Page) typed(part, text string) string {
	f := p.field()
	if f == nil {
		return ""
	}
	try := *f
	switch part {
	case "try":
		return p.readings(f, text)
	case "pattern":
		try.Pattern = strings.TrimSpace(text)
	default:
		return ""
	}
	t := template.Template{Fields: []template.Field{try}}
	for _, fault := range t.Faults(0) {
		if fault.Part == "pattern" {
			return fault.Words
		}
	}
	return ""
}

// readings says what a value reads, or that nothing is wrong with it.
func (p *Page) readings(f *template.Field, text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	if doubt := f.Doubt(text, 0); doubt != "" {
		return "⚠ " + doubt
	}
	if reading := f.Reads(text, 0); reading != "" {
		return "✓ " + reading
	}
	return "✓ " + i18n.T("templating.meets")
}

// offers lists what a part can be.
func (p *Page) offers(part string) {
	kind, of, _ := strings.Cut(part, ".")
	var out []string
	switch kind {
	case "id":
		out = p.freeIDs()
	case "type":
		for _, t := range template.Types() {
			out = append(out, typeWords(t))
		}
	case "compute":
		for _, c := range template.Computes() {
			out = append(out, computeWords(c))
		}
	case "level":
		for _, f := range []template.Force{template.Always, template.IfAny, template.May, template.NotUsed} {
			out = append(out, f.Words())
		}
	case "repeatable", "hidden", "inherit":
		out = []string{yesNo(true), yesNo(false)}
	case "default", "try":
		if f := p.field(); f != nil {
			out = f.Chosen("")
		}
	case "map":
		out = mapped(of)
	case "for":
		for _, c := range p.draft.Categories() {
			out = append(out, c.Value)
		}
	case "category":
		for i := range p.draft.Fields {
			out = append(out, p.draft.Fields[i].ID)
		}
	}
	p.form.SetOffers(part, out)
}

// freeIDs are ids of the program's templates that the draft has not.
func (p *Page) freeIDs() (out []string) {
	for _, id := range template.IDs() {
		t, err := template.Read(id)
		if err != nil {
			continue
		}
		for _, f := range t.Fields {
			if !slices.Contains(out, f.ID) && !slices.ContainsFunc(p.draft.Fields, func(o template.Field) bool { return o.ID == f.ID }) {
				out = append(out, f.ID)
			}
		}
	}
	slices.Sort(out)
	return out
}

// mapped are the elements of a standard that the program's templates name.
func mapped(standard string) (out []string) {
	for _, id := range template.IDs() {
		t, err := template.Read(id)
		if err != nil {
			continue
		}
		for _, f := range t.Fields {
			if name := f.Map[standard]; name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// showPreview shows the form as documents of the level will have it.
func (p *Page) showPreview() {
	levels := slices.ContainsFunc(p.draft.Fields, func(f template.Field) bool { return f.Levels != nil })
	p.levels.Hidden = !levels
	if !levels {
		p.level = template.Item
	}
	var choices []widgets.Choice
	for _, l := range template.Levels() {
		choices = append(choices, widgets.Choice{ID: l, Title: template.LevelWords(l)})
	}
	p.levels.SetChoices(choices, p.level)
	p.showCategories()
	widgets.Relay(p.body)
	var views []widgets.FieldView
	for i := range p.draft.Fields {
		f := &p.draft.Fields[i]
		force := f.At(p.level)
		if f.Hidden || force == template.NotUsed || p.category != anyCategory && len(f.For) > 0 && !slices.Contains(f.For, p.category) || slices.ContainsFunc(views, func(v widgets.FieldView) bool { return v.ID == f.ID }) {
			continue
		}
		p.draft.Faults(i) // makes it ready
		v := widgets.FieldView{ID: f.ID, Label: f.LabelWords(), Help: f.HelpWords(), Required: force == template.Always && f.Compute == "", Repeatable: f.Repeatable, LongText: f.Long()}
		switch {
		case f.Compute != "":
			v.Computed, v.Badges = true, []string{i18n.T("form.computed")}
			v.Values = []widgets.ValueView{{Text: computeWords(f.Compute)}}
		case force != template.May || p.draft.Constrains():
			v.Badges = []string{force.Words()}
		}
		if f.Default != "" {
			v.Help = i18n.T("form.offer.default", "key", p.s.Commands.Get("field.offered").FirstKeys(), "value", f.Default)
		}
		views = append(views, v)
	}
	p.preview.SetFields(views)
}

// anyCategory shows the fields of every category.
const anyCategory = ""

// showCategories shows the categories that fields are for, to choose one of.
func (p *Page) showCategories() {
	choices := []widgets.Choice{{ID: anyCategory, Title: i18n.T("templating.every")}}
	for _, c := range p.draft.Categories() {
		if slices.ContainsFunc(p.draft.Fields, func(f template.Field) bool { return slices.Contains(f.For, c.Value) }) {
			choices = append(choices, widgets.Choice{ID: c.Value, Title: c.Words()})
		}
	}
	if !slices.ContainsFunc(choices, func(c widgets.Choice) bool { return c.ID == p.category }) {
		p.category = anyCategory
	}
	p.categories.Hidden = len(choices) == 1
	p.categories.SetChoices(choices, p.category)
}

// fieldOf is the field of the draft by its id, nil for none.
func (p *Page) fieldOf(id string) *template.Field {
	for i := range p.draft.Fields {
		if p.draft.Fields[i].ID == id {
			return &p.draft.Fields[i]
		}
	}
	return nil
}

// idWords is what an id that is offered is called in the program's templates.
func (p *Page) idWords(part, value string) string {
	switch part {
	case "id":
		for _, id := range template.IDs() {
			if t, err := template.Read(id); err == nil {
				if at := slices.IndexFunc(t.Fields, func(f template.Field) bool { return f.ID == value }); at >= 0 {
					return t.Fields[at].LabelWords()
				}
			}
		}
	case "for":
		for _, c := range p.draft.Categories() {
			if c.Value == value {
				return c.Words()
			}
		}
	case "category":
		if f := p.fieldOf(value); f != nil {
			return f.LabelWords()
		}
	}
	return ""
}

// tried says what a value that is typed in the preview would be understood as.
func (p *Page) tried(id, text string) string {
	if f := p.fieldOf(id); f != nil {
		return p.readings(f, text)
	}
	return ""
}

func (p *Page) offersTried(id string) {
	if f := p.fieldOf(id); f != nil {
		p.preview.SetOffers(id, f.Chosen(""))
	}
}
