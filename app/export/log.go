package export

import (
	"encoding/json"
	"slices"

	"fonds/storage"
	"fonds/storage/archive"
)

// Operation is one operation of the log as scripts see it. The order of the keys
// is a contract.
type Operation struct {
	Op       archive.ID `json:"op"`
	At       string     `json:"at"`
	By       string     `json:"by"`
	Do       string     `json:"do"`
	Doc      archive.ID `json:"doc,omitempty"` // left out where it is about the archive itself
	Batch    archive.ID `json:"batch"`
	Outcome  string     `json:"outcome"`
	Undone   bool       `json:"undone"`
	UndoneBy archive.ID `json:"undone_by,omitempty"`
	Of       archive.ID `json:"of,omitempty"` // of an undo or redo: the operation that it took back
	Changes  []Change   `json:"changes"`

	Authority string `json:"authority,omitempty"` // of a document.destroy
	Reason    string `json:"reason,omitempty"`
}

// Change is what an operation did to one thing; nil where there was, or is,
// nothing.
type Change struct {
	What   string     `json:"what"`
	ID     archive.ID `json:"id"`
	Before *State     `json:"before"`
	After  *State     `json:"after"`
}

// State is a thing as it stood at one moment. Positions are those of the source
// text, code points; what a kind of thing does not have is left out.
type State struct {
	State      string       `json:"state"`
	Field      string       `json:"field,omitempty"`
	Value      string       `json:"value,omitempty"`
	NotStated  bool         `json:"not_stated,omitempty"` // of a value: the source does not state it
	Detail     string       `json:"detail,omitempty"`
	Tag        string       `json:"tag,omitempty"`
	Label      string       `json:"label,omitempty"`
	Key        string       `json:"key,omitempty"`
	Name       string       `json:"name,omitempty"`
	Role       string       `json:"role,omitempty"`
	Path       string       `json:"path,omitempty"`
	Encoding   string       `json:"encoding,omitempty"`    // in which the original is read
	SourceText int          `json:"source_text,omitempty"` // number of the source text that is read
	Region     string       `json:"region,omitempty"`      // on the picture of a page, in the place of start and end
	Start      *int         `json:"start,omitempty"`
	End        *int         `json:"end,omitempty"`
	StartIn    *In          `json:"start_in,omitempty"` // then start counts nothing and is left out
	EndIn      *In          `json:"end_in,omitempty"`
	Quote      string       `json:"quote,omitempty"`
	Source     string       `json:"source,omitempty"`
	Text       *string      `json:"text,omitempty"`
	Reason     string       `json:"reason,omitempty"`
	Recipe     string       `json:"recipe,omitempty"`
	Replaces   []archive.ID `json:"replaces,omitempty"`
	Confirmed  string       `json:"confirmed,omitempty"`
	Order      int          `json:"order,omitempty"`
	By         string       `json:"by,omitempty"`
	What       string       `json:"what,omitempty"`   // of a removal: what it takes away
	Status     string       `json:"status,omitempty"` // that a document was given
	Hash       string       `json:"hash,omitempty"`   // of the content that was approved
	Amends     archive.ID   `json:"amends,omitempty"`
	Decision   *Decision    `json:"decision,omitempty"`
	Authority  string       `json:"authority,omitempty"` // of a mark, a URI
	Style      *int         `json:"style,omitempty"`     // of a label of the palette
	Verdict    string       `json:"verdict,omitempty"`   // of a sample: sound or faulty

	On          archive.ID          `json:"on,omitempty"`     // of a thread what it is about, of a reply the thread, of a member and a check the package, of a unit the one above, of a document's place the unit, of a part its document
	To          string              `json:"to,omitempty"`     // who is asked, or has the work
	Awaits      string              `json:"awaits,omitempty"` // whose answer a thread waits for
	Resolved    bool                `json:"resolved,omitempty"`
	Act         string              `json:"act,omitempty"` // of a reply: resolved, reopened
	Due         string              `json:"due,omitempty"`
	Responsible string              `json:"responsible,omitempty"`
	From        string              `json:"from,omitempty"`
	Until       string              `json:"until,omitempty"`
	Rank        string              `json:"rank,omitempty"` // of a unit or a document in one: where among its neighbours
	Level       archive.Level       `json:"level,omitempty"`
	Values      map[string][]string `json:"values,omitempty"`       // of a unit, by fields
	Before      []string            `json:"names_before,omitempty"` // of a person
	Import      *Import             `json:"import,omitempty"`

	Parts []archive.ID `json:"parts,omitempty"` // in the order that they were given
	Query string       `json:"query,omitempty"` // of a saved search
}

// cut moves the places of an operation to what is left of a text; words that are
// not left are not told.
func (o *Operation) cut(c archive.Cut) {
	if len(c) == 0 {
		return
	}
	for _, x := range o.Changes {
		for _, s := range []*State{x.Before, x.After} {
			if s == nil {
				continue
			}
			if s.Start != nil && s.End != nil && c.Reaches(*s.Start, *s.End) {
				s.Quote, s.Source, s.Text = "", "", nil
			}
			for _, at := range []**int{&s.Start, &s.End} {
				if *at != nil {
					now := c.Place(**at)
					*at = &now
				}
			}
		}
	}
}

// Log is an entry of the history as scripts see it.
func Log(e storage.Entry) Operation {
	out := Operation{Op: e.ID, At: Time(e.Clock), By: by(e.Actor), Do: e.Kind, Doc: e.Subject, Batch: e.Batch,
		Outcome: string(e.Outcome), Undone: e.UndoneBy != "", UndoneBy: e.UndoneBy, Changes: []Change{}}
	if e.Kind == archive.UndoKind || e.Kind == archive.RedoKind {
		var body archive.UndoBody
		if json.Unmarshal(e.Body, &body) == nil { // verify is who says that a body is damaged
			out.Of = body.Op
		}
	}
	if e.Kind == archive.DestroyKind {
		if d, err := archive.DestructionOf(&e.Op); err == nil {
			out.Authority, out.Reason = d.Authority, d.Reason
		}
	}
	for _, c := range e.Changes {
		if c.Before == nil && c.After == nil {
			x := Change{"document", e.Subject, info(c.InfoBefore), info(c.InfoAfter)}
			if x.Before != nil && x.After != nil { // it reads another of its source texts
				x.What = "text"
				x.Before.SourceText, x.Before.Encoding = c.InfoBefore.Text, c.InfoBefore.Encoding
				x.After.SourceText, x.After.Encoding = c.InfoAfter.Text, c.InfoAfter.Encoding
			}
			out.Changes = append(out.Changes, x)
			continue
		}
		it := c.After
		if it == nil {
			it = c.Before
		}
		out.Changes = append(out.Changes, Change{string(it.What), it.ID, state(c.Before), state(c.After)})
	}
	return out
}

// readsAgain says whether an operation has another source text read, or takes that back.
func readsAgain(o Operation) bool {
	return slices.ContainsFunc(o.Changes, func(c Change) bool { return c.What == "text" })
}

func info(i *archive.Info) *State {
	if i == nil {
		return nil
	}
	return &State{State: string(archive.Accepted), Name: i.Name, Path: i.Path}
}

func state(it *archive.Item) *State {
	if it == nil {
		return nil
	}
	s := &State{State: string(it.State), Reason: it.Reason, By: by(it.By), Amends: it.Amends,
		Decision: decision(it.Decision), Replaces: it.Replaces}
	if a := it.Anchor; a.OnPicture() {
		s.Region = a.Region
	} else if a != nil {
		s.Start, s.StartIn = borderOf(a.Start)
		s.End, s.EndIn = borderOf(a.End)
		s.Quote = a.Quote
	}
	s.NotStated = it.NotStated()
	switch it.What {
	case archive.AValue:
		s.Field, s.Value, s.Order = it.Key, it.Text, it.Pos
		if !s.NotStated {
			s.Detail = it.Detail
		}
	case archive.ATag:
		s.Tag = it.Key
	case archive.AMark:
		s.Label, s.Confirmed, s.Authority = it.Key, it.Confirmed, it.Detail
		if it.Text != "" {
			s.Text = &it.Text
		}
	case archive.ACorrection:
		// The source words are the quote.
		s.Text, s.Source, s.Quote, s.Recipe = &it.Text, it.Source, "", it.Recipe
	case archive.AFurniture:
		s.Key = it.Key
	case archive.ASplit:
		s.On = archive.ID(it.Text)
	case archive.AnOrder:
		s.Parts = it.Ordered()
	case archive.ANote:
		s.Text = &it.Text
	case archive.AnOrigin:
		s.Path = it.Key
	case archive.APerson:
		s.Name, s.Role, s.Before = it.Key, it.Text, it.NamesBefore()
	case archive.AHotkey:
		s.Key, s.Tag = it.Key, it.Text
	case archive.ALabel:
		s.Label, s.Key, s.Style = it.Key, it.Detail, &it.Pos
		if it.Text != "" {
			s.Text = &it.Text
		}
	case archive.ASearch:
		s.Name, s.Query = it.Key, it.Text
	case archive.AConcept:
		s.Tag, s.Detail, s.Style = it.Key, it.Detail, &it.Pos
		if it.Text != "" {
			s.Text = &it.Text
		}
	case archive.AList:
		s.Name, s.Detail = it.Key, it.Detail
	case archive.ATerm:
		s.On, s.Name, s.Detail = archive.ID(it.Key), it.Text, it.Detail
	case archive.ASetting:
		s.Key, s.Value = it.Key, it.Text
	case archive.ARemoval:
		s.What, s.Text = it.Key, &it.Text
	case archive.ASample:
		s.Verdict, s.Hash = it.Key, it.Source
		if it.Text != "" {
			s.Text = &it.Text
		}
	case archive.AStatus:
		s.Status, s.Hash = it.Key, it.Source
		if it.Text != "" {
			s.Text = &it.Text
		}
	default:
		workState(s, it)
	}
	return s
}

func borderOf(b archive.Border) (*int, *In) {
	if b.In != "" {
		return nil, &In{b.In, b.At}
	}
	return &b.At, nil
}
