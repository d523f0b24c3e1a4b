package export

import "fonds/storage/archive"

// Assignment is whose the work on a document is.
type Assignment struct {
	To  string `json:"to"`
	Due string `json:"due,omitempty"` // a day, as 2026-11-30
	By  string `json:"by"`            // who gave it to them
	At  string `json:"at"`
}

// Thread is a question or a remark, with what was said to it.
type Thread struct {
	ID       archive.ID `json:"id"`
	On       archive.ID `json:"on,omitempty"` // what it is about; left out: the document
	Text     string     `json:"text"`
	By       string     `json:"by"`
	At       string     `json:"at"`
	To       string     `json:"to,omitempty"`     // who was asked
	Awaits   string     `json:"awaits,omitempty"` // whose answer it waits for
	Resolved bool       `json:"resolved"`
	Replies  []Reply    `json:"replies"`
}

// Reply is what was said to a thread.
type Reply struct {
	ID   archive.ID `json:"id"`
	Text string     `json:"text,omitempty"`
	Act  string     `json:"act,omitempty"` // resolved, reopened
	By   string     `json:"by"`
	At   string     `json:"at"`
}

func assignment(d *archive.Document) *Assignment {
	it := d.Assignment()
	if it == nil {
		return nil
	}
	return &Assignment{it.Key, it.Detail, by(it.By), Time(it.At)}
}

func membership(d *archive.Document) archive.ID {
	if it := d.Membership(); it != nil {
		return archive.ID(it.Key)
	}
	return ""
}

func threads(d *archive.Document) []Thread {
	var out []Thread
	for _, t := range d.AllThreads() {
		th := Thread{ID: t.ID, On: archive.ID(t.Key), Text: t.Text, By: by(t.By), At: Time(t.At), To: t.Source, Awaits: t.Detail,
			Resolved: t.Resolved(), Replies: []Reply{}}
		for _, r := range t.Replies {
			th.Replies = append(th.Replies, Reply{r.ID, r.Text, r.Detail, by(r.By), Time(r.At)})
		}
		out = append(out, th)
	}
	return out
}

// Package is a work package as `fonds packages` prints it.
type Package struct {
	ID          archive.ID `json:"id"`
	Name        string     `json:"name"`
	Scope       string     `json:"scope,omitempty"`
	Responsible string     `json:"responsible"`
	From        string     `json:"from,omitempty"`
	Until       string     `json:"until,omitempty"`
	Checks      []Check    `json:"checks"`
	Documents   int        `json:"documents"`
	Approved    int        `json:"approved"`
	Signed      *Signed    `json:"signed,omitempty"`
}

// Check is a line of a package's checklist.
type Check struct {
	ID   archive.ID `json:"id"`
	Text string     `json:"text"`
	Done bool       `json:"done"`
	By   string     `json:"by,omitempty"` // who ticked it
	At   string     `json:"at,omitempty"`
}

// Signed is the sign-off of a package. Holds says whether its documents are still
// those that were signed off, as they were approved then.
type Signed struct {
	By        string `json:"by"`
	At        string `json:"at"`
	Text      string `json:"text,omitempty"`
	Documents int    `json:"documents"`
	Hash      string `json:"hash"`
	Holds     bool   `json:"holds"`
}

// PackageOf is a package with what its documents have come to.
func PackageOf(self *archive.Document, it *archive.Item, now archive.PackageState) Package {
	from, until := it.PackageDays()
	p := Package{ID: it.ID, Name: it.Key, Scope: it.Text, Responsible: it.Detail, From: from, Until: until, Checks: []Check{},
		Documents: now.Documents, Approved: now.Approved}
	for _, c := range self.Checks(it.ID) {
		check := Check{ID: c.ID, Text: c.Text, Done: c.Decision != nil}
		if c.Decision != nil {
			check.By, check.At = c.Decision.By, Time(c.Decision.At)
		}
		p.Checks = append(p.Checks, check)
	}
	if d := it.Decision; d != nil {
		st := it.SignedState()
		p.Signed = &Signed{d.By, Time(d.At), d.Reason, st.Documents, st.Hash, st.Hash == now.Hash}
	}
	return p
}

// workState is state of what says who works on what, and what was asked.
func workState(s *State, it *archive.Item) {
	text := func() {
		if it.Text != "" {
			s.Text = &it.Text
		}
	}
	switch it.What {
	case archive.AThread:
		s.On, s.Text, s.To, s.Awaits, s.Resolved = archive.ID(it.Key), &it.Text, it.Source, it.Detail, it.Resolved()
	case archive.AReply:
		s.On, s.Act = archive.ID(it.Key), it.Detail
		text()
	case archive.AnAssignment:
		s.To, s.Due = it.Key, it.Detail
	case archive.AMember:
		s.On = archive.ID(it.Key)
	case archive.ABelonging:
		s.On, s.Key, s.Rank = archive.ID(it.Text), it.Key, it.Source
	case archive.APlace:
		s.On, s.Rank = archive.ID(it.Key), it.Source
	case archive.AUnit:
		u := archive.UnitItem(it)
		s.On, s.Rank, s.Level, s.Key, s.Name, s.Values = archive.ID(it.Key), it.Source, u.Level, u.Code, u.Title, u.Values
	case archive.APackage:
		s.Name, s.Responsible = it.Key, it.Detail
		s.From, s.Until = it.PackageDays()
		s.Hash = it.SignedState().Hash
		text()
	case archive.AnEdition:
		s.Key, s.Name, s.Hash = it.Key, it.Text, it.Source
	case archive.AnImport:
		if im, err := it.Import(); err == nil {
			line := ImportOf(it, &im, nil)
			s.Import = &line
		}
	case archive.ACheck:
		s.On, s.Text, s.Order = archive.ID(it.Key), &it.Text, it.Pos
	}
}
