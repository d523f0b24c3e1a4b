package finding

import (
	"strconv"
	"strings"

	"fonds/app/bulk"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/widgets"
)

// This file asks what is to be done to the documents that are selected, or to all of the
// list.

// cleared is the value of a Set that leaves a field empty.
const cleared = "\x00"

// clearing and words are asked for beside the things that package bulk does.
const (
	clearing = "clear"
	everyone = "words"
)

// asks are the things in the order in which they are offered.
var asks = []string{string(bulk.Tag), string(bulk.Untag), string(bulk.Retag), string(bulk.Set), string(bulk.Add), string(bulk.Replace), clearing, string(bulk.Take),
	string(bulk.Assign), string(bulk.Package), string(bulk.Submit), everyone}

// ask asks what is to be done.
func (p *Page) ask() {
	if ro, _ := p.s.ReadOnly(); ro {
		p.s.Fail(storage.ErrReadOnly)
		return
	}
	if rules := p.s.Rules(); rules != nil && rules.Role(p.s.Actor()) == archive.Reader {
		p.s.Say(i18n.T("change.reader"))
		return
	}
	of := p.subjects()
	n := of.Count()
	if n == 0 {
		p.s.Say(i18n.T("change.none"))
		return
	}
	selected := p.s.Selected()
	prompt := i18n.N("change.ask.all", n)
	if selected.Count() > 0 {
		prompt = i18n.N("change.ask.selected", n)
	}
	var choices []widgets.Choice
	for _, id := range asks {
		choices = append(choices, widgets.Choice{ID: id, Title: i18n.T("change.ask." + id), Also: strings.ReplaceAll(id, ".", " ")})
	}
	p.choose(prompt, choices, "", p.asked)
}

func (p *Page) asked(id string) {
	switch do := bulk.Do(id); do {
	case bulk.Tag, bulk.Submit:
		p.openChange(bulk.Work{Do: do})
	case bulk.Untag:
		p.askTag()
	case bulk.Retag:
		p.askRename()
	case bulk.Assign:
		p.askPerson()
	case bulk.Package:
		p.askPackage()
	case bulk.Take:
		p.askField(do, []widgets.Choice{{ID: "", Title: i18n.T("change.allfields")}})
	case everyone:
		p.OnWords()
	default:
		p.askField(do, nil)
	}
}

// askField asks which field it is about.
func (p *Page) askField(do bulk.Do, choices []widgets.Choice) {
	for _, f := range p.s.Template().Fields {
		if do == bulk.Add && !f.Repeatable {
			continue
		}
		choices = append(choices, widgets.Choice{ID: f.ID, Title: f.LabelWords(), Also: f.ID})
	}
	p.choose(i18n.T("change.field"), choices, "", func(id string) {
		w := bulk.Work{Do: do, Field: id}
		if do == clearing {
			w = bulk.Work{Do: bulk.Set, Field: id, Value: cleared}
		}
		p.openChange(w)
	})
}

// askTag asks which of the tags of the list is to be taken off.
func (p *Page) askTag() {
	p.facets.counter.Count(storage.Facet{Key: query.Tag}, func(found []storage.FacetCount) {
		var choices []widgets.Choice
		for _, v := range found {
			choices = append(choices, widgets.Choice{ID: v.Value, Title: session.OneLine(v.Value), Badge: i18n.Number(int64(v.N))})
		}
		if len(choices) == 0 {
			p.s.Say(i18n.T("facet.none", "what", i18n.T("facet.tag")))
			return
		}
		p.choose(i18n.T("change.ask.tag.remove"), choices, "", func(id string) { p.openChange(bulk.Work{Do: bulk.Untag, Value: id}) })
	})
}

// askRename asks which tag of the archive is to be called otherwise.
func (p *Page) askRename() {
	p.facets.counter.CountAll(storage.Facet{Key: query.Tag}, func(found []storage.FacetCount) {
		var choices []widgets.Choice
		for i, v := range found {
			choices = append(choices, widgets.Choice{ID: strconv.Itoa(i), Title: session.OneLine(v.Value), Badge: i18n.Number(int64(v.N))})
		}
		if len(choices) == 0 {
			p.s.Say(i18n.T("facet.none", "what", i18n.T("facet.tag")))
			return
		}
		p.choose(i18n.T("change.ask.tag.rename"), choices, "", func(id string) {
			if i, err := strconv.Atoi(id); err == nil {
				p.openChangeOf(bulk.Work{Do: bulk.Retag, Find: found[i].Value}, p.s.Matching(found[i].Condition(), found[i].N))
			}
		})
	})
}

func (p *Page) askPerson() {
	var choices []widgets.Choice
	for _, who := range p.s.Workers() {
		choices = append(choices, widgets.Choice{ID: who, Title: session.OneLine(who)})
	}
	choices = append(choices, widgets.Choice{ID: "", Title: i18n.T("assign.nobody")})
	p.choose(i18n.T("change.ask.assign"), choices, "", func(id string) { p.openChange(bulk.Work{Do: bulk.Assign, Value: id}) })
}

func (p *Page) askPackage() {
	choices := []widgets.Choice{{ID: "", Title: i18n.T("change.nopackage")}}
	for _, it := range p.s.Self().Of(archive.APackage) {
		if it.InForce() {
			choices = append(choices, widgets.Choice{ID: string(it.ID), Title: session.OneLine(it.Key), Sub: session.OneLine(it.Text)})
		}
	}
	p.choose(i18n.T("change.ask.package.put"), choices, "", func(id string) { p.openChange(bulk.Work{Do: bulk.Package, Value: id}) })
}

// title says what is to be done.
func (c *change) title() string {
	w := c.work
	field := c.p.s.Field(w.Field)
	label := field.LabelWords()
	if w.Do == bulk.Take && w.Field == "" {
		label = i18n.T("change.allfields")
	}
	value := session.OneLine(w.Value)
	switch w.Do {
	case bulk.Retag:
		value = session.OneLine(w.Find)
	case bulk.Package:
		value = c.p.s.PackageName(archive.ID(w.Value))
	case bulk.Set:
		if c.given() {
			return i18n.T("change.title.clear", "field", label)
		}
	}
	if value == "" {
		value = "–"
	}
	return strings.TrimSpace(i18n.T("change.title."+string(w.Do), "field", label, "value", value))
}
