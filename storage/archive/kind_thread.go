package archive

import "strings"

// A thread is a question or a remark on a document, or on a value, tag, mark,
// correction or proposal of one, with what was said to it. It changes nothing of
// the content: no approval lapses by it.

// What a reply did beside saying something.
const (
	ThreadResolved = "resolved"
	ThreadReopened = "reopened"
)

// ThreadBody begins a thread. On is the item that it is about, "" the document;
// To is who is to answer, "" nobody in particular. Done says that nothing is asked:
// the thread is resolved from the start.
type ThreadBody struct {
	ID   ID     `json:"id"`
	On   ID     `json:"on,omitempty"`
	Text string `json:"text"`
	To   string `json:"to,omitempty"`
	Done bool   `json:"done,omitempty"`
}

// ReplyBody says something in a thread, and may resolve it or open it again.
type ReplyBody struct {
	ID     ID     `json:"id"`
	Thread ID     `json:"thread"`
	Text   string `json:"text,omitempty"`
	Act    string `json:"act,omitempty"`  // ThreadResolved, ThreadReopened, or ""
	Seen   ID     `json:"seen,omitempty"` // the Rev that the thread had, where it was said
}

func init() {
	register(kind{name: "thread.start", keys: "doc on text to done", version: 1}, prepareThread, applyThread)
	for name, act := range map[string]string{"thread.reply": "", "thread.resolve": ThreadResolved, "thread.reopen": ThreadReopened} {
		register(kind{name: name, keys: "doc thread text seen", version: 1},
			func(c *Ctx, e *Edit) (*ReplyBody, error) { return prepareReply(c, e, act) }, applyReply)
	}
}

func prepareThread(c *Ctx, e *Edit) (*ThreadBody, error) {
	text, err := noteText(e)
	if err != nil {
		return nil, err
	}
	b := &ThreadBody{ID: c.NewID(), Text: text}
	if e.On != "" {
		it, err := c.topic(e.On)
		if err != nil {
			return nil, err
		}
		b.On = it.ID
	}
	switch b.Done = e.Done != nil && *e.Done; {
	case e.To != nil:
		b.To = strings.TrimSpace(*e.To)
	case !b.Done:
		b.To = c.Doc.answers(b.On, c.Actor)
	}
	return b, nil
}

// topic is the item that a reference names and that can be talked about.
func (c *Ctx) topic(ref string) (*Item, error) {
	for _, it := range c.Doc.Items {
		if (it.ID == ID(ref) || it.ID.MatchesEnd(ref)) && it.discussable() {
			return it, nil
		}
	}
	return nil, Refuse("item-not-found", "what", "thing", "id", ref)
}

// discussable says whether a thread can be about the item.
func (it *Item) discussable() bool { return it.decidable() || it.What == ANote }

// answers is who is to answer a question of actor on an item, or on the document
// where on is "": whoever made it, or took the document's last step; "" where
// that is nobody else.
func (d *Document) answers(on ID, actor string) string {
	who := ""
	if it := d.Item(on); it != nil {
		who = it.By
	} else if it := d.standingStatus(); on == "" && it != nil {
		who = it.By
	}
	if who == actor {
		return ""
	}
	return who
}

func applyThread(d *Document, op *Op, b *ThreadBody) error {
	if it := d.Item(b.On); b.On != "" && (it == nil || !it.discussable()) {
		return Refuse("item-not-found", "what", "thing", "id", b.On.Short())
	}
	if err := d.rulesFor(op).member(b.To); err != nil {
		return err
	}
	it := Item{ID: b.ID, What: AThread, Key: string(b.On), Text: b.Text, Detail: b.To, Source: b.To}
	if b.Done {
		it.Pos, it.Detail = 1, ""
	}
	d.add(op, it)
	return nil
}

func prepareReply(c *Ctx, e *Edit, act string) (*ReplyBody, error) {
	if err := needString(e, "thread", e.Thread); err != nil {
		return nil, err
	}
	it, err := c.live(e, AThread, e.Thread)
	if err != nil {
		return nil, err
	}
	b := &ReplyBody{ID: c.NewID(), Thread: it.ID, Act: act}
	if e.Seen != nil {
		b.Seen = it.Rev
	}
	if act == "" || e.Text != nil && strings.TrimSpace(*e.Text) != "" {
		b.Text, err = noteText(e)
	}
	return b, err
}

// applyReply notes what was said, and whose turn it is then: a reply to a thread
// that was resolved opens it again.
func applyReply(d *Document, op *Op, b *ReplyBody) error {
	it := d.Item(b.Thread)
	switch {
	case it == nil || it.What != AThread:
		return Refuse("item-not-found", "what", AThread, "id", b.Thread.Short())
	case !it.InForce():
		return Refuse("item-gone", "what", AThread, "id", it.ID.Short(), "state", it.State)
	case b.Seen != "" && it.Rev != b.Seen:
		return d.staleItem(it, b.Seen)
	case it.Resolved() == (b.Act == ThreadResolved) && b.Act != "":
		return Refuse("unchanged")
	}
	d.add(op, Item{ID: b.ID, What: AReply, Key: string(it.ID), Text: b.Text, Detail: b.Act})
	d.edit(op, it, func(it *Item) {
		it.Pos, it.Detail = 0, d.turn(d.rulesFor(op), it, op.Actor)
		if b.Act == ThreadResolved {
			it.Pos, it.Detail = 1, ""
		}
	})
	return nil
}

// turn is whose answer a thread waits for after actor has spoken: that of who
// began it, or, where that was actor, of who was asked, or has answered last.
func (d *Document) turn(r *Rules, it *Item, actor string) string {
	if !r.Same(it.By, actor) {
		return it.By
	}
	last := it.Source
	for _, reply := range d.living(AReply) {
		if reply.Key == string(it.ID) && !r.Same(reply.By, actor) {
			last = reply.By
		}
	}
	return last
}

// Resolved says whether a thread is settled.
func (it *Item) Resolved() bool { return it.Pos == 1 }

// Thread is a thread with what was said to it.
type Thread struct {
	*Item
	Replies []*Item // in the order in which they were made
}

// Threads lists the threads about an item, those about the document itself where
// on is "", in the order in which they were begun.
func (d *Document) Threads(on ID) []Thread {
	var out []Thread
	for _, it := range d.AllThreads() {
		if it.Key == string(on) {
			out = append(out, it)
		}
	}
	return out
}

// AllThreads lists every thread of the document.
func (d *Document) AllThreads() []Thread {
	var out []Thread
	place := map[string]int{}
	for _, it := range d.Of(AThread) {
		if it.InForce() {
			place[string(it.ID)] = len(out)
			out = append(out, Thread{Item: it})
		}
	}
	for _, it := range d.Items {
		if i, ok := place[it.Key]; ok && it.What == AReply && it.InForce() {
			out[i].Replies = append(out[i].Replies, it)
		}
	}
	return out
}

// Asked lists who has to answer or agree to something on the document, each once
// and sorted: a thread waits for them, or what became of a proposal of theirs.
func (d *Document) Asked() []string {
	var out []string
	for _, it := range d.living(AThread) {
		if it.InForce() && !it.Resolved() && it.Detail != "" {
			out = append(out, it.Detail)
		}
	}
	for _, w := range []What{AValue, ATag, AMark, ACorrection} {
		d.living(w)
		for _, it := range d.open.of(w) {
			if it.First != "" && it.First != it.By {
				out = append(out, it.First)
			}
		}
	}
	return sortedOnce(out)
}
