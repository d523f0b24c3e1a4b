package session

import (
	"context"
	"errors"
	"time"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// Notice is something about the open archive that holds on, and that whoever
// works in it should know.
type Notice struct {
	Text  string
	Grave bool   // work is in danger
	Do    string // id of the command that helps, or ""
	Also  string // id of another one, or ""
}

// alerts are what notices are made of. They belong to one open archive.
type alerts struct {
	place   storage.Danger
	ahead   int   // days by which the archive's time is ahead of this machine's
	copied  error // why the daily copy was not made, or an old one not deleted
	damaged bool  // reading it has come upon damage
	erasing int   // documents that are destroyed, and of which bytes may still lie in the file

	interrupted *archive.Item // import that can be continued here, or nil
}

// Notices lists what there is to know, the gravest first.
func (s *Session) Notices() []Notice {
	o := s.open
	if o == nil {
		return nil
	}
	var out []Notice
	al := &o.alerts
	switch {
	case s.Returned():
		out = append(out, Notice{i18n.T("notice.back"), true, "archive.reopen", ""})
	case o.gone:
		out = append(out, Notice{i18n.T("error.gone"), true, "", ""})
	}
	if al.damaged {
		out = append(out, Notice{i18n.T("notice.damaged"), true, "archive.recover", ""})
	}
	if ro, why := s.ReadOnly(); ro && !o.gone {
		out = append(out, readOnlyNotice(why))
	}
	if al.erasing > 0 {
		out = append(out, Notice{i18n.N("notice.erasing", al.erasing), false, "archive.erase", ""})
	}
	if it := al.interrupted; it != nil && s.Fixed() == "" {
		out = append(out, Notice{i18n.T("notice.import", "who", OneLine(it.By), "when", i18n.Moment(it.At.Time().Local()), "from", importedFrom(it)),
			false, "importing.continue", "importing.leave"})
	}
	switch al.place.Kind {
	case "network":
		out = append(out, Notice{i18n.T("notice.network", "what", al.place.What), false, "", ""})
	case "sync":
		out = append(out, Notice{i18n.T("notice.sync", "what", al.place.What), false, "", ""})
	}
	if al.copied != nil {
		out = append(out, Notice{i18n.T("notice.copy", "why", FileWords(al.copied)), false, "archive.backup", ""})
	}
	if al.ahead > 0 {
		out = append(out, Notice{i18n.N("clock.ahead", al.ahead), false, "", ""})
	}
	return out
}

// readOnlyNotice says why nothing can be changed, and what helps.
func readOnlyNotice(why string) Notice {
	switch why {
	case "folder":
		return Notice{i18n.T("notice.folder"), false, "archive.backup", ""}
	case "newer":
		return Notice{i18n.T("notice.newer"), false, "", ""}
	case "full":
		return Notice{i18n.T("notice.full"), false, "", ""}
	}
	return Notice{i18n.T("notice.asked"), false, "", ""}
}

// alert changes what notices are made of, and tells the screens.
func (s *Session) alert(change func(*alerts)) {
	if s.open != nil {
		change(&s.open.alerts)
		s.emit(NoticesChanged{})
	}
}

// lookAround finds out, when an archive was opened, what there is to know of it.
func (s *Session) lookAround() {
	path, place := s.Path(), s.cfg.Place
	if place == nil {
		place = storage.PlaceOf
	}
	Read(s, nil, func(context.Context, *storage.Archive) (storage.Danger, error) {
		return place(path), nil
	}, func(d storage.Danger, _ error) {
		if d.Kind != "" {
			s.alert(func(al *alerts) { al.place = d })
		}
	})
	s.LookAtErasing()
	Read(s, nil, func(ctx context.Context, a *storage.Archive) (time.Duration, error) {
		return a.ClockAhead(ctx)
	}, func(by time.Duration, err error) {
		s.LookAtImports() // when what is seen first is on its way
		if err == nil && by > 0 {
			s.alert(func(al *alerts) { al.ahead = int(by / (24 * time.Hour)) })
		}
	})
}

// LookAtErasing finds out whether the bytes of what is destroyed are all erased.
// Call it after destroying or erasing something.
func (s *Session) LookAtErasing() {
	o := s.open
	Read(s, nil, func(ctx context.Context, a *storage.Archive) (int, error) {
		return a.EraseDue(ctx)
	}, func(n int, err error) {
		if err == nil && n != o.alerts.erasing {
			s.alert(func(al *alerts) { al.erasing = n })
		}
	})
}

// Erasing is how many documents are destroyed and not erased from the file yet,
// as LookAtErasing has found.
func (s *Session) Erasing() int {
	if s.open == nil {
		return 0
	}
	return s.open.alerts.erasing
}

// DailyCopy makes the copy of the day where it is due, on a worker, and notes
// where that failed.
func (s *Session) DailyCopy() {
	o, now := s.open, s.Now()
	if o == nil {
		return
	}
	s.Background(func(ctx context.Context, a *storage.Archive) {
		_, made, err := a.DailyCopy(ctx, now, nil)
		s.back(o, func() {
			if errors.Is(err, context.Canceled) {
				return
			}
			s.noteGone(o, err)
			if made && err == nil && s.status.Notice == "" && s.status.Error == "" {
				s.Say(i18n.T("copy.made"))
			}
			if errors.Is(err, storage.ErrGone) {
				return
			}
			if made || err != nil || o.alerts.copied != nil {
				s.alert(func(al *alerts) { al.copied = err })
			}
		})
	})
}
