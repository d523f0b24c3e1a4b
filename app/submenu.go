package app

import (
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
)

// subMenus are the menus within menus, by how the ids of their commands begin. Of
// the filters, themes and languages one is chosen, and has a tick; the decisions
// are those that the screen of the review has, and so are the acts on duplicates.
var subMenus = map[string]string{
	"filter.":   i18n.K("menu.filters"),
	"theme.":    i18n.K("menu.theme"),
	"language.": i18n.K("menu.language"),
	"review.":   i18n.K("menu.decisions"),

	"duplicates.":  i18n.K("menu.duplicates"),
	"catalogue.":   i18n.K("menu.catalogue"),
	"finding.":     i18n.K("menu.finding"),
	"concordance.": i18n.K("menu.concordance"),
	"clustering.":  i18n.K("menu.clustering"),
	"arranging.":   i18n.K("menu.arranging"),
	"templating.":  i18n.K("menu.templating"),
	"checks.":      i18n.K("menu.checks"),
	"sample.":      i18n.K("menu.sample"),
	"vocabulary.":  i18n.K("menu.vocabulary"),
}

// sub is how the ids of a command's submenu begin, "" where it stands in the menu
// itself.
func sub(c *session.Command) string {
	for begin := range subMenus {
		if strings.HasPrefix(c.ID, begin) && c.ID != begin+"open" && c.ID != "finding.many" {
			return begin
		}
	}
	return ""
}

// sayTicks puts the ticks where they belong now. Fyne reads them when a menu is
// shown.
func (w *window) sayTicks() {
	for id, item := range w.ticks {
		item.Checked = w.ticked(id)
	}
}

func (w *window) ticked(id string) bool {
	switch begin, name, _ := strings.Cut(id, "."); begin {
	case "theme":
		return name == w.set.Theme || name == "system" && w.set.Theme == ""
	case "language":
		return map[string]string{"system": "", "en": "en", "zh": "zh-Hans"}[name] == w.set.Language
	}
	f, ok := session.FilterOf(id)
	return ok && w.s.Open() && w.s.Query().Filter == f
}
