package session

import (
	"context"
	"errors"

	"fonds/app/intake"
	"fonds/storage"
)

// ErrAnother says that another archive has the name of the one that was open.
var ErrAnother = errors.New("another archive has its name")

// noteGone looks whether an error says that the open archive is gone, and tells
// the screens.
func (s *Session) noteGone(o *opened, err error) {
	if errors.Is(err, storage.ErrGone) {
		s.setGone(o, o.back)
	}
}

// setGone notes that nothing can be written to the open archive until it is opened
// again, and whether a file has its name.
func (s *Session) setGone(o *opened, back bool) {
	if s.open != o || o.gone && o.back == back {
		return
	}
	o.gone, o.back = true, back
	s.emit(NoticesChanged{})
	s.emit(StatusChanged{})
}

// Returned says of an archive that is gone that a file has its name again: Reopen
// can be tried.
func (s *Session) Returned() bool { return s.open != nil && s.open.gone && s.open.back }

// Reopen opens again the archive that was gone. What was typed meanwhile stays
// where it is and is written then. done is told what came of it; ErrAnother is
// said of a file that is another archive.
func (s *Session) Reopen(done func(error)) {
	o := s.open
	if o == nil || !o.gone || o.paused {
		return
	}
	o.paused = true // no more is read from what is being closed
	// On the worker of writes: what is to be written waits for it.
	o.writes.add(func() {
		err := o.reopen()
		s.back(o, func() {
			o.paused = false
			resumed := o.resumed
			o.resumed = nil
			for _, read := range resumed {
				read()
			}
			if err != nil {
				done(err)
				return
			}
			o.gone, o.back = false, false
			s.status.Error = ""
			s.emit(NoticesChanged{})
			s.emit(StatusChanged{})
			s.Refresh()
			s.loadDrafts()
			s.SaveAgain(nil)
			done(nil)
		})
	})
}

// reopen puts a new hold on the file in the place of the old one, which is let go
// first: two holds in one program would share what they remember of the file. On
// the worker of writes.
func (o *opened) reopen() error {
	o.reads.Wait()
	old := o.a()
	err := old.Close()
	if err != nil {
		return err
	}
	a, err := storage.Open(o.ctx, old.Path(), intake.Opened(storage.Options{}))
	if err != nil {
		return err
	}
	if origin, err := a.Origin(o.ctx); err != nil || origin != o.origin {
		return errors.Join(err, a.Close(), ErrAnother)
	}
	o.known.Store(0)
	o.file.Store(a)
	return nil
}

// look is what Poll finds.
type look struct {
	version    int64
	gone, back bool
}

// lookAt looks how an archive is: gone says whether that is known already. On a
// worker.
func lookAt(ctx context.Context, a *storage.Archive, gone bool) (look, error) {
	if gone || a.Missing() != nil {
		if !gone {
			// What was answered goes where the file is now. Where that fails, nothing
			// more can be done than not to write.
			_ = a.Settle(ctx)
		}
		return look{gone: true, back: a.Returned()}, nil
	}
	v, err := a.Version(ctx)
	if errors.Is(err, storage.ErrDisk) { // the disk was put in again: the old hold on the file is dead
		return look{gone: true, back: a.Returned()}, nil
	}
	return look{version: v}, err
}
