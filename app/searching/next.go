package searching

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"golang.org/x/text/cases"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/query"
	"fonds/widgets"
)

// next is what could be typed next: keys that begin so, or values of a key.
type next struct {
	b      *Box
	offers *widgets.Offers
	puts   []string // what each offer puts in the place of the word at the caret
	from   int      // where that word begins, code points

	facet   storage.Facet // of which the values are known
	known   []storage.FacetCount
	asked   bool // they are being read, or there
	counter *session.FacetCounter
	away    bool // the person wants to see nothing of it until the next word
}

func newNext(b *Box) *next {
	n := &next{b: b, offers: widgets.NewOffers(), counter: b.s.NewFacetCounter()}
	n.offers.Covers = session.Covers
	n.offers.OnPick = func(i int) {
		if c := fyne.CurrentApp().Driver().CanvasForObject(b.Entry); c != nil {
			c.Focus(b.Entry)
		}
		n.take(i)
	}
	n.offers.OnResize = b.resized
	return n
}

func (n *next) forget() {
	n.facet, n.known, n.asked, n.away = storage.Facet{}, nil, false, false
	n.show(nil, nil)
}

func (n *next) hide() { n.show(nil, nil) }

func (n *next) show(offers []widgets.Offer, puts []string) {
	n.puts = puts
	n.offers.Set(offers)
}

// key is asked first about keys of the entry.
func (n *next) key(k *fyne.KeyEvent) bool {
	if !n.offers.Shown() {
		return false
	}
	switch k.Name {
	case fyne.KeyDown:
		n.offers.Move(1)
	case fyne.KeyUp:
		n.offers.Move(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if n.offers.Chosen() < 0 {
			n.hide()
			return false
		}
		n.take(n.offers.Chosen())
	case fyne.KeyEscape:
		n.away = true
		n.hide()
	default:
		return false
	}
	return true
}

// take puts an offer into the entry.
func (n *next) take(i int) {
	text, put := []rune(n.b.Entry.Text), n.puts[i]
	from := min(n.from, len(text))
	rest := string(text[min(n.b.Entry.CursorColumn, len(text)):])
	complete := !strings.HasSuffix(put, ":")
	if complete && rest == "" {
		rest = " "
	}
	n.hide()
	n.b.typed(string(text[:from]) + put + rest)
	if complete {
		n.b.Now()
	}
}

// word is the word before the caret, and where it begins; "" within quotation marks.
func (n *next) word() (word string, from int) {
	text := []rune(n.b.Entry.Text)
	caret := min(n.b.Entry.CursorColumn, len(text))
	quoted := false
	for i, r := range text[:caret] {
		switch {
		case r == '"' || r == '“' || r == '”':
			quoted = !quoted
		case quoted:
		case unicode.IsSpace(r), strings.ContainsRune("(（|", r), (r == '-' || r == '=') && i == from:
			from = i + 1
		}
	}
	if quoted || caret < len(text) && !unicode.IsSpace(text[caret]) {
		return "", caret
	}
	return string(text[from:caret]), from
}

// follow offers what belongs to what is typed now.
func (n *next) follow() {
	var word string
	word, n.from = n.word()
	if word == "" {
		n.away = false
	}
	if word == "" || n.away {
		n.hide()
		return
	}
	at := strings.IndexAny(word, ":：")
	if at < 0 {
		n.keys(word)
		return
	}
	key, typed, _ := strings.Cut(strings.Replace(word, "：", ":", 1), ":")
	n.values(key, strings.TrimLeft(typed, "="))
}

// keys offers the keys, and fields as keys, that begin with a word.
func (n *next) keys(word string) {
	var offers []widgets.Offer
	var puts []string
	fold := cases.Fold()
	begin := fold.String(word)
	add := func(name, says string) {
		if strings.HasPrefix(fold.String(name), begin) && !slices.Contains(puts, name+":") {
			offers, puts = append(offers, widgets.Offer{Text: name + ":", Aside: says}), append(puts, name+":")
		}
	}
	for _, k := range query.Keys() {
		name := strings.ReplaceAll(i18n.T("query.key."+string(k)), " ", "-")
		says := i18n.T("facet." + string(k))
		add(name, says)
		add(string(k), says)
	}
	for _, f := range n.b.s.Template().Fields {
		add(strings.ReplaceAll(f.LabelWords(), " ", "-"), i18n.T("facet.field"))
	}
	n.show(offers, puts)
}

// values offers the values of a key that there are in the archive, and that have what is
// typed of one in them.
func (n *next) values(key, typed string) {
	f, ok := n.b.s.FacetOf(key)
	if k, _, is := n.b.s.Template().Names().Key(key); is && k == query.Saved {
		f, ok = storage.Facet{Key: k}, true
		n.facet, n.known, n.asked = f, n.saved(), true
	}
	if !ok {
		n.hide()
		return
	}
	if f != n.facet || !n.asked {
		n.facet, n.known, n.asked = f, nil, true
		n.counter.CountAll(f, func(found []storage.FacetCount) {
			n.known = found
			n.follow()
		})
	}
	var offers []widgets.Offer
	var puts []string
	fold := cases.Fold()
	part := fold.String(strings.Trim(typed, `"“”`))
	if f.Key == query.Date {
		part = strings.TrimPrefix(part, "=")
	}
	for _, v := range n.known {
		words := n.b.s.FacetValue(v)
		put := v.Condition()
		if !strings.Contains(fold.String(words), part) && !strings.Contains(fold.String(v.Value), part) ||
			slices.ContainsFunc(offers, func(o widgets.Offer) bool { return o.Text == words }) {
			continue
		}
		aside := ""
		if v.N >= 0 {
			aside = i18n.Number(int64(v.N))
		}
		offers, puts = append(offers, widgets.Offer{Text: words, Aside: aside}), append(puts, put)
	}
	if len(offers) == 1 && typed != "" && strings.HasSuffix(puts[0], typed) { // it stands there already
		offers, puts = nil, nil
	}
	n.show(offers, puts)
}

// saved are the saved searches as values of their key; N is -1 where it is not known how
// many documents one finds.
func (n *next) saved() (out []storage.FacetCount) {
	for _, q := range n.b.s.Saved() {
		v := storage.FacetCount{Facet: storage.Facet{Key: query.Saved}, Value: q.Name, N: -1}
		if q.Known {
			v.N = q.Count
		}
		out = append(out, v)
	}
	return out
}
