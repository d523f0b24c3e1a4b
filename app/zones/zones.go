package zones

// Kind is what a line of furniture is.
type Kind string

const (
	Label     Kind = "label"     // it says something about the document: a source, a date, a number of readers. Evidence
	Button    Kind = "button"    // something to press: print, close, back
	Frame     Kind = "frame"     // breadcrumb, menu, footer, licence
	Repeat    Kind = "repeat"    // it says again what stands near the beginning
	Stray     Kind = "stray"     // one code point between furniture: what is left of a tab or a button
	Recurring Kind = "recurring" // it recurs in the documents of a set
)

var kinds = [...]Kind{labelKind: Label, buttonKind: Button, frameKind: Frame, repeatKind: Repeat, strayKind: Stray, recurringKind: Recurring}

// A Zone is one line that belongs to the page and not to the document.
type Zone struct {
	Start, End int // code points of the text: the whole line without its line end
	Kind       Kind
	Rule       string // which rule found it, such as "label.sure"
}

// Merge puts together what was found in a text in two ways, such as by Furniture and by Recurrent.Mark, in order. Where
// both name a line the first counts.
func Merge(first, second []Zone) []Zone {
	out := make([]Zone, 0, len(first)+len(second))
	for len(first) > 0 || len(second) > 0 {
		switch {
		case len(second) == 0 || len(first) > 0 && first[0].Start < second[0].Start:
			out, first = append(out, first[0]), first[1:]
		case len(first) > 0 && first[0].Start == second[0].Start:
			second = second[1:]
		default:
			out, second = append(out, second[0]), second[1:]
		}
	}
	return out
}

// A Range is a stretch of a text in code points, half-open.
type Range struct{ Start, End int }

// rule is the name of a rule in one byte.
type rule uint8

const (
	noRule rule = iota
	labelSure
	labelNear
	labelEnd
	labelDate
	buttonSure
	buttonNear
	frameCrumb
	frameMenu
	frameFooter
	frameNear
	repeatKnown
	repeatEnds
	strayBetween
	recurs
)

var rules = [...]string{
	labelSure:    "label.sure",     // a label that no sentence begins with
	labelNear:    "label.near",     // a label that some do, next to furniture
	labelEnd:     "label.end",      // near an end of the text
	labelDate:    "label.date",     // a line that is nothing but a date, next to a label
	buttonSure:   "button.sure",    // several buttons, or one that is nothing else
	buttonNear:   "button.near",    // a word that may be one, next to furniture
	frameCrumb:   "frame.crumb",    // 当前位置：首页 > …
	frameMenu:    "frame.menu",     // 首页 | 新闻 | …
	frameFooter:  "frame.footer",   // licence, registration, rights
	frameNear:    "frame.near",     // 主办单位 and its like, in one row with a footer
	repeatKnown:  "repeat.known",   // furniture of the head, again
	repeatEnds:   "repeat.ends",    // a short line near both ends, next to furniture
	strayBetween: "stray.between",  // one code point, between furniture or behind what closes a page
	recurs:       "recurring.line", // see Counter
}
