package session

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"fonds/storage/archive"
)

// TestHead: a heading is bold where the bold face has its words, and all of it is drawn
// where that has not.
func TestHead(t *testing.T) {
	test.NewTempApp(t)
	l := widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	for words, heavy := range map[string]bool{"关于召开会议的通知 2015": true, "關於召開全縣檔案工作會議的通知": false, "": true} {
		Head(l, words)
		if l.Text != words || l.TextStyle.Bold != heavy {
			t.Errorf("%q: bold %v", words, l.TextStyle.Bold)
		}
	}
}

// TestOrderWords: an order of parts has words before a document is shown.
func TestOrderWords(t *testing.T) {
	var none *Doc
	if got := none.OrderWords(&archive.Item{What: archive.AnOrder, Text: "01a227e7-92ab-7152-a4ba-fad7734acad6 01a227e7-92ab-7152-a4ba-fad7734acad7"}); got == "" {
		t.Error("it says nothing")
	}
}
