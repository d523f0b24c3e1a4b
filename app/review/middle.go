package review

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// middle is the proposal that is chosen: before and after, what it stands on, what
// can be done with it, and its place in the text.
type middle struct {
	p       *Page
	title   *widget.Label
	said    *widgets.Note // by whom and when, of which document
	diff    *widgets.DiffView
	stands  *widgets.Note // evidence, bytes, reason
	past    *widgets.Note // what stood there before
	acts    *fyne.Container
	why     *widgets.Note // why not, and who could; why the last act was refused
	text    *widgets.TextView
	picture *picture
	box     *widgets.SmallBox
	over    *fyne.Container // for the box
	inner   fyne.CanvasObject
	head    *container.Scroll
	content *fyne.Container
}

func newMiddle(p *Page) *middle {
	m := &middle{p: p, diff: widgets.NewDiffView(), box: widgets.NewSmallBox(), over: container.NewWithoutLayout()}
	m.diff.Covers, m.box.Covers = session.Covers, session.Covers
	m.said, m.stands, m.past, m.why = session.NewNote(3), session.NewNote(8), session.NewNote(8), session.NewNote(4)
	m.title = widgets.NewTitle("")
	m.acts = container.New(layout.NewRowWrapLayoutWithCustomPadding(look.Tight, look.Tight))
	m.text, m.picture = newText(p), newPicture(p)
	inset := theme.InnerPadding()
	pad := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(0, 0, inset, inset), o)
	}
	m.head = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), m.title, pad(m.said), pad(m.diff), pad(m.stands), pad(m.why), pad(m.acts), pad(m.past))))
	m.inner = container.New(widgets.HeadOver{Least: fyne.NewSize(240, 240)}, m.head, widget.NewSeparator(), container.NewStack(m.text, m.picture.all))
	m.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), m.inner, m.over)
	return m
}

// newText makes the view of the document: to read, and to find one's way.
func newText(p *Page) *widgets.TextView {
	v := p.s.TextView()
	v.OnRune, v.OnKey = p.rune, p.escape
	return v
}

// hide hides everything where nothing waits.
func (m *middle) hide(on bool) {
	if on == m.inner.Visible() {
		if on {
			m.inner.Hide()
		} else {
			m.inner.Show()
			widgets.Relay(m.content)
		}
	}
}

// showProposal shows the proposal that is chosen.
func (p *Page) showProposal() {
	m := p.middle
	d, it := p.r.Shown()
	switch n, known := p.r.Rows(); {
	case it != nil:
	case d != nil:
		p.showSettled(d)
		return
	case known && n == 0:
		p.of = ""
		p.talk.threads.SetThreads(nil, true)
		return
	default:
		return // what is shown stays until the next has come
	}
	if it.ID != p.of {
		p.of, p.refuse = it.ID, nil
		m.box.Close()
		m.head.ScrollToTop()
	}
	session.Head(m.title, p.heading(it))
	said := []string{i18n.T("review.in", "title", session.OneLine(d.Title())), whose(it.By), p.ago(it.At.Time())}
	if was := d.Item(it.Amends); was != nil {
		said = append(said, i18n.T("review.amends", "who", was.By))
	}
	m.said.SetText(strings.Join(said, " · "), widgets.Plain)
	m.diff.SetSides(p.sides(d, it)...)
	m.stands.SetText(strings.Join(p.standsOn(d, it), "\n"), widgets.Plain)
	m.past.SetText(strings.Join(p.pastOf(d, it), "\n"), widgets.Plain)
	shown, _ := d.Made.(widgets.Shown)
	m.text.SetShown(shown)
	p.showPlace(d, it)
	p.showActs()
	p.talk.show(d, it)
}

// showSettled shows a document whose proposals are all decided on.
func (p *Page) showSettled(d *session.Doc) {
	m := p.middle
	if p.of != archive.ID(d.ID) {
		p.of, p.refuse = d.ID, nil
		m.box.Close()
		m.head.ScrollToTop()
	}
	m.hide(false) // the queue behind it may be empty
	m.title.SetText(i18n.T("review.settled"))
	m.said.SetText(session.OneLine(d.Title()), widgets.Plain)
	m.diff.SetSides()
	m.stands.SetText(i18n.T("review.settled.text"), widgets.Plain)
	m.past.SetText("", widgets.Plain)
	shown, _ := d.Made.(widgets.Shown)
	m.text.SetShown(shown)
	m.text.SetHits(nil, -1)
	m.picture.show(d, nil)
	p.showActs()
	p.talk.show(d, nil)
}

// heading says what is proposed.
func (p *Page) heading(it *archive.Item) string {
	switch it.What {
	case archive.AValue:
		f := p.s.Field(it.Key)
		return f.LabelWords()
	case archive.AMark:
		return i18n.T("review.mark", "label", session.LabelWords(it.Key))
	case archive.ARemoval:
		return i18n.T("proposal.remove", "what", i18n.T("what."+it.Key))
	}
	return i18n.T("what." + string(it.What))
}

// showPlace shows in the text what the proposal is about.
func (p *Page) showPlace(d *session.Doc, it *archive.Item) {
	about := session.About(d, it)
	p.middle.picture.show(d, about)
	span, ok := session.SpanOf(d, about)
	if !ok {
		p.middle.text.SetHits(nil, -1)
		return
	}
	p.middle.text.SetHits([]widgets.Span{span}, 0)
	p.middle.text.ScrollTo(span.Start)
}

// sides are before and after.
func (p *Page) sides(d *session.Doc, it *archive.Item) []widgets.DiffSide {
	before := widgets.DiffSide{Caption: i18n.T("review.before"), None: i18n.T("review.before.none"), Gone: true}
	after := widgets.DiffSide{Caption: i18n.T("review.after"), None: i18n.T("review.after.none")}
	shift := 0
	switch it.What {
	case archive.ACorrection:
		near, behind := lastLine(it.Anchor.Before), firstLine(it.Anchor.After)
		before.Text, after.Text = near+it.Source+behind, near+it.Text+behind
		shift = len([]rune(near))
		before.Changed, after.Changed = session.Changed(it.Source, it.Text, shift)
		return []widgets.DiffSide{before, after}
	case archive.ARemoval:
		before.Text = session.ProposedWords(it)
	case archive.ASplit:
		after.Text = session.SplitWords(it)
	case archive.ATag:
		before.Text, after.Text = strings.Join(d.ReplacedWords(it), "\n"), it.Key
	case archive.AMark:
		before.Text = strings.Join(d.ReplacedWords(it), "\n")
		after.Text = strings.TrimSpace(session.LabelWords(it.Key) + " · " + session.QuoteWords(it.Anchor) + "\n" + session.Remark(it))
	default:
		old := d.ReplacedWords(it)
		if it.By == "" { // a machine's does not say what it would replace: it stands beside it
			for _, v := range d.Values(it.Key) {
				old = append(old, session.ValueWords(v.Text))
			}
		}
		before.Text, after.Text = strings.Join(old, "\n"), session.ProposedWords(it)
		if it.Detail != "" && !it.NotStated() {
			after.Text += "\n" + it.Detail
		}
	}
	if before.Text != "" && after.Text != "" {
		before.Changed, after.Changed = session.Changed(before.Text, after.Text, 0)
	}
	return []widgets.DiffSide{before, after}
}

func lastLine(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// standsOn says what a proposal stands on: its evidence, its reason, the bytes of
// what it repairs.
func (p *Page) standsOn(d *session.Doc, it *archive.Item) (out []string) {
	if it.What == archive.AValue {
		if a := it.Anchor; a.OnPicture() {
			out = append(out, i18n.T("review.evidence", "words", session.RegionWords(a.Region)))
		} else if a != nil && a.Quote != "" {
			out = append(out, i18n.T("review.evidence", "words", session.OneLine(lastLine(a.Before)+"【"+a.Quote+"】"+firstLine(a.After))))
		} else if !it.NotStated() { // which nothing in the text says
			out = append(out, "⚠ "+i18n.T("review.evidence.none"))
		}
	}
	if rule := session.RuleWord(it.Rule); rule != "" && it.By == "" {
		out = append(out, i18n.T("review.rule", "rule", rule, "n", int(it.Confidence*100+0.5)))
	}
	if it.Reason != "" {
		out = append(out, i18n.T("review.reason", "reason", session.ReasonWords(it.Reason)))
	}
	if it.Recipe != "" {
		out = append(out, i18n.T("review.recipe", "recipe", session.RecipeWords(it.Recipe)))
	}
	if it.What == archive.ACorrection && (it.Recipe != "" || strings.Contains(it.Source, "\uFFFD")) {
		if name, bytes := session.SourceBytes(d, it); len(bytes) > 0 {
			out = append(out, i18n.T("review.bytes", "encoding", name, "bytes", fmt.Sprintf("% X", bytes)))
		}
	}
	return out
}

// mostPast is how many steps of what stood there before are shown.
const mostPast = 6

// pastOf says what stood in the place of a proposal before, the latest first: what
// was proposed there, by whom, and what became of it.
func (p *Page) pastOf(d *session.Doc, it *archive.Item) (out []string) {
	for i := len(d.Items) - 1; i >= 0; i-- {
		o := d.Items[i]
		if o.ID == it.ID || o.What != it.What || !sameThing(o, it) || o.At > it.At {
			continue
		}
		if len(out) == mostPast {
			return append(out, "…")
		}
		line := i18n.T("review.past", "when", i18n.Moment(o.At.Time().Local()), "who", whose(o.By), "words", session.OneLine(session.ProposedWords(o)),
			"state", i18n.T("state."+string(o.State)))
		if o.Decision != nil && o.Decision.By != "" {
			line += " · " + i18n.T("review.past.by", "who", o.Decision.By)
			if o.Decision.Reason != "" {
				line += i18n.T("review.past.reason", "reason", session.OneLine(o.Decision.Reason))
			}
		}
		out = append(out, line)
	}
	if len(out) > 0 {
		out = append([]string{i18n.T("review.pasthead")}, out...)
	}
	return out
}

// sameThing says whether two items are about one field, tag, or words.
func sameThing(a, b *archive.Item) bool {
	switch a.What {
	case archive.AValue, archive.ATag:
		return a.Key == b.Key
	}
	return a.Anchor != nil && b.Anchor != nil && a.Anchor.Start.At < b.Anchor.End.At && b.Anchor.Start.At < a.Anchor.End.At
}
