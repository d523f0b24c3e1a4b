package desk

import (
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// bindSample says what the commands do by which a reviewer says what reading a
// document again has found.
func (d *Desk) bindSample(writable func() bool) {
	d.s.Commands.Bind("sample.sound", func() { d.sample(archive.Sound, "", func(error) {}) }, writable)
	d.s.Commands.Bind("sample.faulty", func() {
		d.stepped(nil)
		d.ask(nil, "sample", widgets.SmallBoxAsk{Title: i18n.T("sample.title"), Prompt: i18n.T("sample.prompt"), Hint: boxHint(true), Lines: true},
			func(text string, done func(error)) { d.sample(archive.Faulty, text, done) })
	}, writable)
}

// sample says what was found in the document that is shown. done is told why not,
// or nil.
func (d *Desk) sample(found archive.Verdict, text string, done func(error)) {
	doc := d.s.Document()
	if doc == nil {
		return
	}
	d.s.Flush()
	d.s.Apply(func(_ []storage.Result, err error) {
		done(err)
		d.stepped(err)
	}, &archive.Edit{Do: "document.sample", Doc: string(doc.ID), Verdict: string(found), Text: &text})
}

// sampleWords are what the latest sample of a document found, where it holds; ""
// where there is none.
func sampleWords(doc *session.Doc) string {
	it, holds := doc.Sample()
	switch {
	case !holds:
		return ""
	case it.Key == string(archive.Sound):
		return " · " + i18n.T("sample.sound", "who", session.OneLine(it.By))
	}
	return " · ⚠ " + i18n.T("sample.faulty", "who", session.OneLine(it.By), "text", session.OneLine(it.Text))
}

// sampled is what a sample found.
func sampled(it *archive.Item) string {
	words := i18n.T("say.sound")
	if it.Key == string(archive.Faulty) {
		words = i18n.T("say.faulty")
	}
	if it.Text != "" {
		words += " · " + it.Text
	}
	return words
}
