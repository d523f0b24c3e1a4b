package importing

import "fonds/app/i18n"

// This file is what the window asks of the page about files of records.

// mapping says whether the columns of a file are asked about.
func (p *Page) mapping() bool { return p.Section() == 0 && p.w.mapping != nil }

// back goes back to the files, which are looked at anew.
func (p *Page) back() {
	p.changed()
	p.Focus()
	p.awaits = p.w.rows.len() == 0
}

// Records asks what the columns of the chosen file are, so that its rows become documents.
func (p *Page) Records() { p.files.Records() }

// CanMap says whether that can be asked.
func (p *Page) CanMap() bool { return !p.mapping() && p.files.canMap() }

// AsOne lets the file be one document again, or be left as one.
func (p *Page) AsOne() {
	if p.mapping() {
		p.files.mapper.asOne()
		return
	}
	if which := p.files.chosen(); len(which) > 0 && p.w.mapped(which[0]) {
		p.w.asOne(p.w.rows.at(which[0]).Name)
		p.back()
	}
}

// IsMapped says whether there is something for AsOne to do.
func (p *Page) IsMapped() bool {
	which := p.files.chosen()
	return p.mapping() || len(which) > 0 && p.w.mapped(which[0]) && !p.w.running()
}

// Mapping says whether the columns of a file are asked about, for the commands that are about them.
func (p *Page) Mapping() bool { return p.mapping() }

// Sheet, Head and Split ask for the sheet and the row of names, and take several values out of a cell or not.
func (p *Page) Sheet() { p.files.mapper.askSheet() }

// Head is described at Sheet.
func (p *Page) Head() { p.files.mapper.askHead() }

// Split is described at Sheet.
func (p *Page) Split() { p.files.mapper.split() }

// Records asks what the columns of the chosen file are.
func (s *files) Records() {
	if !s.canMap() {
		s.p.s.Say(i18n.T("importing.records.none"))
		return
	}
	s.p.w.beginMapping(s.chosen()[0])
	s.p.Focus()
}

// canMap says whether the rows of the chosen file may be documents: one file, as long as nothing goes on.
func (s *files) canMap() bool {
	w, which := s.p.w, s.chosen()
	return len(which) > 0 && !w.running() && w.looking == nil && w.mayMap(which[0])
}
