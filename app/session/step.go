package session

import (
	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// edits of the steps that a document takes, by the act of the archive's table.
var stepEdits = map[string]string{archive.ActSubmit: "document.submit", archive.ActRecall: "document.recall",
	archive.ActReturn: "document.return", archive.ActApprove: "document.approve",
	archive.ActRemove: "document.remove", archive.ActRestore: "document.restore"}

// Step takes the document that is shown a step further: one of ActSubmit,
// ActRecall, ActReturn, ActApprove, ActRemove and ActRestore. Typing under way is written first; where
// that is refused the step is not taken. done (nil is allowed) is told when it is
// in the file, or why not. Commands on the document wait meanwhile, so that keys
// typed ahead act on what is shown then.
func (s *Session) Step(act, reason string, done func(error)) {
	end := func(err error) {
		if done != nil {
			done(err)
		}
	}
	if s.doc == nil {
		return
	}
	if err := s.MayDocument(act); err != nil && act != archive.ActApprove { // what is typed may be what is missing
		s.Fail(err)
		end(err)
		return
	}
	id := s.doc.ID
	s.Flush()
	s.stepping++
	over := func(err error) {
		s.stepping--
		end(err)
		s.proceed()
	}
	s.written(func() {
		switch {
		case s.doc == nil || s.doc.ID != id:
			over(nil)
			return
		case s.status.Error != "": // what was typed is not in the file
			over(nil)
			return
		}
		e := s.docEdit(stepEdits[act])
		e.Reason = reason
		s.Apply(func(_ []storage.Result, err error) { over(err) }, e)
	})
}

// written runs f on the UI goroutine when everything that was to be written by
// now is, or was refused, and the screens were told: at once where nothing is.
func (s *Session) written(f func()) {
	o := s.open
	if o == nil || s.status.Saving == 0 {
		s.status.Error = ""
		f()
		return
	}
	o.writes.add(func() { s.back(o, f) })
}

// Submit submits the document that is shown and goes to the next one to do.
func (s *Session) Submit(done func(error)) {
	s.Step(archive.ActSubmit, "", func(err error) {
		if done != nil {
			done(err)
		}
		if err != nil || s.doc == nil || s.doc.Status() != archive.Submitted {
			return
		}
		title := OneLine(s.doc.Title())
		s.nextToDo(func(next storage.Summary) {
			if next.ID == "" {
				s.Say(i18n.T("submit.last", "title", title))
				return
			}
			s.list.seen[next.ID] = seenDoc{next.N, next.Title}
			s.OpenDocument(next.ID)
			s.Say(i18n.T("submit.next", "title", title))
		})
	})
}

// Signs of the statuses: with the words, and never in their place.
var signs = map[archive.Status]string{archive.New: "○", archive.InProgress: "◐", archive.Submitted: "→",
	archive.Returned: "△", archive.Approved: "✓", archive.Removed: "×"}

// StaleSign is a broken ring: an approval that does not hold any more.
const StaleSign = "◌"

// Signed says a status with its sign before it.
func Signed(st archive.Status) string { return signs[st] + " " + StatusWords(st) }
