package importing

import (
	"slices"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/session"
	"fonds/widgets"
)

// guessed is the id of the choice that the encoding is found out.
const guessed = "?"

// Choose asks for the encoding of the chosen files.
func (s *files) Choose() {
	w, which := s.p.w, s.chosen()
	if len(which) == 0 || w.running() {
		return
	}
	if !slices.ContainsFunc(which, func(i int) bool { return !w.mapped(i) }) {
		s.p.s.Say(i18n.T("importing.records.encodingthere", "key", s.p.s.Commands.Get("importing.records").Keys()))
		return
	}
	c := widgets.NewChooser(i18n.N("importing.encoding.prompt", len(which)), i18n.T("importing.encoding.none"), encodingChoices())
	c.Covers = session.Covers
	c.Start = w.rows.at(which[0]).Encoding
	c.OnPick = func(id string) {
		if id == guessed {
			id = ""
		}
		w.choose(which, id)
	}
	c.Show(s.p.on)
}

// encodingChoices are the encodings that there are, finding out first.
func encodingChoices() []widgets.Choice {
	choices := []widgets.Choice{{ID: guessed, Title: i18n.T("importing.guess"), Sub: i18n.T("importing.guess.means")}}
	for _, name := range ingest.Encodings() {
		choices = append(choices, widgets.Choice{ID: name, Title: name, Sub: session.EncodingWords(name)})
	}
	return choices
}
