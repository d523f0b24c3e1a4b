package checks

import (
	"fonds/app/i18n"
	"fonds/storage/archive"
)

// Property is what a check is about (性).
type Property string

// The properties, and the comparison of the catalogue with the texts.
const (
	Authenticity Property = "authenticity" // 真实性
	Completeness Property = "completeness" // 完整性
	Usability    Property = "usability"    // 可用性
	Security     Property = "security"     // 安全性
	Agreement    Property = "agreement"    // 目录与原文比对
)

// Properties lists them in their order.
func Properties() []Property {
	return []Property{Authenticity, Completeness, Usability, Security, Agreement}
}

// Words is what a property is called.
func (p Property) Words() string { return i18n.T(propertyWords[p]) }

var propertyWords = map[Property]string{
	Authenticity: i18n.K("checks.authenticity"), Completeness: i18n.K("checks.completeness"), Usability: i18n.K("checks.usability"),
	Security: i18n.K("checks.security"), Agreement: i18n.K("checks.agreement"),
}

// Result is what came of a check.
type Result string

// The results.
const (
	Passed        Result = "passed"         // 通过: without an error; there may be warnings
	Failed        Result = "failed"         // 未通过
	NotApplicable Result = "not applicable" // 不适用: there was nothing to look at
	NotDone       Result = "not done"       // 未做: a program cannot do it here, or it was not asked for
)

// Results lists them.
func Results() []Result { return []Result{Passed, Failed, NotApplicable, NotDone} }

// Words is what a result is called.
func (r Result) Words() string { return i18n.T(resultWords[r]) }

// Sign stands before the words of a result, so that no colour is needed.
func (r Result) Sign() string {
	return map[Result]string{Passed: "✓", Failed: "×", NotApplicable: "–", NotDone: "○"}[r]
}

var resultWords = map[Result]string{
	Passed: i18n.K("checks.passed"), Failed: i18n.K("checks.failed"), NotApplicable: i18n.K("checks.notapplicable"), NotDone: i18n.K("checks.notdone"),
}

// Severity is how bad a finding is: an error fails its check, a warning is to be looked at.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Words is what a severity is called.
func (s Severity) Words() string {
	if s == Error {
		return i18n.T("checks.error")
	}
	return i18n.T("checks.warning")
}

// Kind is who does a check.
type Kind string

// The kinds.
const (
	ByProgram Kind = "program"
	ByPeople  Kind = "people" // done elsewhere: by hand, or by other programs
)

// Check is one thing that is looked at. Name, Object, Aim and Basis are keys of words.
type Check struct {
	Code     string // stable: A1 and so on
	Property Property
	Kind     Kind
	Name     string
	Object   string // 检测对象
	Aim      string // 检测目的
	Basis    string // 检测依据
}

// Outcome is what came of a check.
type Outcome struct {
	*Check
	Result   Result
	Looked   int // things that were looked at
	Failed   int // those with an error
	Warned   int // those with a warning and no error
	Found    int // findings, those that were not kept too
	Findings []Finding
	Note     string // key of words that say more of the result; "" for nothing
	NoteArgs []any  // pairs

	// Of the comparison with the texts; nil else.
	Agree *Agreed
}

// Finding is one thing that is wrong.
type Finding struct {
	Doc      archive.ID // "" for the archive itself
	Field    string     // its id, "" for none
	Severity Severity
	Code     string // stable, as sha-changed
	Args     []any  // pairs of a name and a value: what, where, how many
}

// Agreed is how far the values of a field say what their evidence says.
type Agreed struct {
	Field     string
	Threshold int // of values that agree, in hundredths
	Exact     int // to the character
	Folded    int // but for case, width, spaces, brackets, traditional or simplified characters
	SameDay   int // a date that is written otherwise
	Partly    int // those that do not agree
	Unsourced int // without evidence: not compared
	Absent    int // documents without a value in force
	NotStated int // that say that the source states none
}

// Compared is how many values have evidence.
func (a *Agreed) Compared() int { return a.Exact + a.Folded + a.SameDay + a.Partly }

// Agree is how many of them agree.
func (a *Agreed) Agree() int { return a.Exact + a.Folded + a.SameDay }

// Share is that in hundredths, rounded down, so that 100 is all; -1 where nothing was compared.
func (a *Agreed) Share() int {
	if a.Compared() == 0 {
		return -1
	}
	return a.Agree() * 100 / a.Compared()
}

// NameWords is what the check is called.
func (c *Check) NameWords() string { return i18n.T(c.Name) }

// ObjectWords is what it looks at.
func (c *Check) ObjectWords() string { return i18n.T(c.Object) }

// AimWords is what it is to find out.
func (c *Check) AimWords() string { return i18n.T(c.Aim) }

// BasisWords is where it is asked for.
func (c *Check) BasisWords() string { return i18n.T(c.Basis) }

// KindWords is who does it.
func (c *Check) KindWords() string {
	if c.Kind == ByProgram {
		return i18n.T("checks.kind.program")
	}
	return i18n.T("checks.kind.people")
}

// NoteWords says more of the result, "" for nothing.
func (o *Outcome) NoteWords() string {
	if o.Note == "" {
		return ""
	}
	return i18n.T(o.Note, o.NoteArgs...)
}
