package session

import "fonds/storage/archive"

// Event says what has changed. Screens are told of all of them and refresh the
// part that they show.
type Event interface{ event() }

// The events.
type (
	// ArchiveChanged: another archive is open, or none.
	ArchiveChanged struct{}
	// PersonChanged: another person is working.
	PersonChanged struct{}
	// ListChanged: the rows of the list are others, or more of them. From is the
	// first that changed; Reset says that it is the answer to another query.
	ListChanged struct {
		From  int
		Reset bool
	}
	// RowsChanged: the rows From ≤ i < To have come, and say something else.
	RowsChanged struct{ From, To int }
	// SelectionChanged: other documents are selected in the list.
	SelectionChanged struct{}
	// RowChanged: one row of the list says something else.
	RowChanged struct{ Row int }
	// CountsChanged: the counts beside the filters are others.
	CountsChanged struct{}
	// SavedChanged: there are other saved searches, or they find another number of
	// documents, or another one is shown.
	SavedChanged struct{}
	// RowChosen: the document that is being opened stands in another row, or in
	// none. Its contents come later, by DocumentOpened.
	RowChosen struct{}
	// DocumentOpened: another document is shown, or none.
	DocumentOpened struct{}
	// DocumentChanged: the document that is shown has other contents.
	DocumentChanged struct{ ID archive.ID }
	// SelfChanged: keys of tags, people or settings of the archive are others.
	SelfChanged struct{}
	// KeysChanged: a person has given commands other keys.
	KeysChanged struct{}
	// TagsChanged: the tags in use are others.
	TagsChanged struct{}
	// DraftsChanged: there are other drafts to be offered again.
	DraftsChanged struct{}
	// NoticesChanged: there is something else to know about the archive.
	NoticesChanged struct{}
	// UnsavedChanged: something else was typed and is not in the file, or is there
	// by now.
	UnsavedChanged struct{}
	// StatusChanged: the status bar has something else to say.
	StatusChanged struct{}
	// TurnsChanged: undo or redo would be about something else.
	TurnsChanged struct{}
	// TextSizeChanged: documents are read in letters of another size.
	TextSizeChanged struct{}
	// ReviewChanged: the queue of proposals has other rows, or they say something
	// else, or its counts are others.
	ReviewChanged struct{}
	// ReviewOpened: another proposal of the queue is shown, or none, or its document
	// has other contents.
	ReviewOpened struct{}
	// Reveal: the text is to be shown at [Start,End) of the reading text of the
	// document that is shown, and to flash there.
	Reveal struct{ Start, End int }
)

func (ArchiveChanged) event()   {}
func (PersonChanged) event()    {}
func (ListChanged) event()      {}
func (RowsChanged) event()      {}
func (SelectionChanged) event() {}
func (RowChanged) event()       {}
func (CountsChanged) event()    {}
func (SavedChanged) event()     {}
func (RowChosen) event()        {}
func (DocumentOpened) event()   {}
func (DocumentChanged) event()  {}
func (SelfChanged) event()      {}
func (KeysChanged) event()      {}
func (TagsChanged) event()      {}
func (DraftsChanged) event()    {}
func (NoticesChanged) event()   {}
func (UnsavedChanged) event()   {}
func (StatusChanged) event()    {}
func (TurnsChanged) event()     {}
func (TextSizeChanged) event()  {}
func (ReviewChanged) event()    {}
func (ReviewOpened) event()     {}
func (Reveal) event()           {}
