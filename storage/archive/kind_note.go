package archive

// NoteBody adds a note to a document.
type NoteBody struct {
	ID   ID     `json:"id"`
	Text string `json:"text"`
}

// NoteEditBody changes a note's words.
type NoteEditBody struct {
	Note ID     `json:"note"`
	Text string `json:"text"`
	Seen ID     `json:"seen"`
}

func init() {
	register(kind{name: "note.add", keys: "doc text", version: 1},
		func(c *Ctx, e *Edit) (*NoteBody, error) {
			text, err := noteText(e)
			if err != nil {
				return nil, err
			}
			return &NoteBody{c.NewID(), text}, nil
		},
		func(d *Document, op *Op, b *NoteBody) error {
			d.add(op, Item{ID: b.ID, What: ANote, Text: b.Text})
			return nil
		})
	register(kind{name: "note.edit", keys: "doc note text seen", version: 1},
		func(c *Ctx, e *Edit) (*NoteEditBody, error) {
			it, err := liveNote(c, e)
			if err != nil {
				return nil, err
			}
			text, err := noteText(e)
			if err != nil {
				return nil, err
			}
			if text == it.Text {
				return nil, Refuse("unchanged")
			}
			return &NoteEditBody{it.ID, text, it.Rev}, nil
		},
		func(d *Document, op *Op, b *NoteEditBody) error {
			it, err := d.unchangedSince(b.Note, ANote, b.Seen)
			if err != nil {
				return err
			}
			d.edit(op, it, func(it *Item) { it.Text = b.Text })
			return nil
		})
	register(kind{name: "note.remove", keys: "doc note seen", version: 1},
		func(c *Ctx, e *Edit) (*ItemBody, error) {
			it, err := liveNote(c, e)
			if err != nil {
				return nil, err
			}
			return &ItemBody{it.ID}, nil
		},
		func(d *Document, op *Op, b *ItemBody) error { return d.withdraw(op, b.Item, ANote) })
}

func liveNote(c *Ctx, e *Edit) (*Item, error) {
	if err := needString(e, "note", e.Note); err != nil {
		return nil, err
	}
	return c.live(e, ANote, e.Note)
}

func noteText(e *Edit) (string, error) {
	text, err := need(e, "text", e.Text)
	if err != nil {
		return "", err
	}
	if spoken(text) == "" {
		return "", Refuse("note-empty", "do", e.Do)
	}
	return text, nil
}
