package review

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
)

// onScans is the page with two scans on which Wang has proposed regions, one as the evidence of a title.
func onScans(t *testing.T, damaged bool) *screen {
	t.Helper()
	test.NewTempApp(t)
	i18n.Use("en")
	sc := &screen{t: t, m: session.NewManual(), Filled: session.Fill(t, "words that are no picture\n")}
	sc.Apply("Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "reviewer"}, &archive.Edit{Do: "person.set", Name: "Wang", Role: "archivist"},
		&archive.Edit{Do: "policy.set", Review: "everything"})
	in := make(chan *archive.Incoming, 2)
	for i, name := range []string{"a.png", "b.png"} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1200, 900+i))); err != nil {
			t.Fatal(err)
		}
		data := b.Bytes()
		if damaged {
			data = data[:30+i]
		}
		sum := sha256.Sum256(data)
		in <- &archive.Incoming{Path: name, Order: i + 1, Original: data, SHA256: hex.EncodeToString(sum[:]), Format: "image/png", Confidence: 1, Pages: 1,
			Recipe: []byte(`{"extractor":"none","sizes":[[1200,900]]}`)}
	}
	close(in)
	var ids []string
	if err := sc.Archive.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, string(r.ID)) }); err != nil {
		t.Fatal(err)
	}
	region := "page=1&xywh=pixel:100,100,60,40"
	sc.Apply("Wang", &archive.Edit{Do: "mark.add", Doc: ids[0], Label: "person", Region: region},
		&archive.Edit{Do: "mark.add", Doc: ids[0], Label: "person", Region: "page=1&xywh=pixel:800,500,60,40"},
		&archive.Edit{Do: "field.set", Doc: ids[1], Field: archive.TitleField, Values: []archive.ValueIn{{Value: "A plan", Evidence: &archive.RangeIn{Region: region}}}},
		&archive.Edit{Do: "tag.add", Doc: string(sc.Docs[0].ID), Tag: "会议"})
	s := session.New(sc.m.Config())
	s.SetActor("Li")
	w := test.NewTempWindow(t, nil)
	sc.Page = New(s, w.Canvas())
	w.SetContent(sc.Content())
	w.Resize(fyne.NewSize(1280, 760))
	sc.m.Open(t, s, sc.File)
	sc.Show()
	sc.m.Settle()
	sc.Focus()
	return sc
}

// chooses chooses the first proposal whose row says so.
func (sc *screen) chooses(words string) {
	sc.t.Helper()
	for i := range 4 {
		sc.r.Choose(i)
		sc.m.Settle()
		if w, ok := sc.r.Row(i); ok && strings.Contains(sc.says(&w), words) {
			return
		}
	}
	sc.t.Fatalf("nothing says %q", words)
}

// TestRegionInItsPlace: the picture stands where the text would, large at the region; the text comes back with words.
func TestRegionInItsPlace(t *testing.T) {
	sc := onScans(t, false)
	m := sc.middle
	sc.chooses("person · Page 1, part of 60 × 40")
	_, it := sc.r.Shown()
	v := m.picture.view
	if !m.picture.all.Visible() || m.text.Visible() || v.Selected() != string(it.ID) {
		t.Fatalf("picture %v, text %v, selected %q", m.picture.all.Visible(), m.text.Visible(), v.Selected())
	}
	first := v.Status()
	if first.Size != image.Pt(1200, 900) || first.Zoom < 1.5 {
		t.Errorf("it is shown so: %+v", first)
	}
	sc.keys("j") // the other one, on the same picture
	if _, other := sc.r.Shown(); other.ID == it.ID || v.Selected() != string(other.ID) || v.Status().Zoom != first.Zoom {
		t.Errorf("selected %q at %+v", v.Selected(), v.Status())
	}
	sc.NextPane()
	if sc.on.Focused() != fyne.Focusable(v) {
		t.Error("the picture does not get the keyboard")
	}
	sc.keys("a") // is a key there too
	if strings.Count(sc.waits(), "mark") != 1 {
		t.Errorf("there waits %s", sc.waits())
	}
	sc.chooses("A plan")
	if got := m.stands.Text(); !strings.Contains(got, "part of 60 × 40") || strings.Contains(got, "No evidence") {
		t.Errorf("it stands on %q", got)
	}
	if _, it := sc.r.Shown(); v.Selected() != string(it.ID) || sc.middle.picture.of == "" {
		t.Errorf("the evidence is not shown: %q", v.Selected())
	}
	sc.chooses("会议")
	if m.picture.all.Visible() || !m.text.Visible() || m.picture.open != nil {
		t.Error("a picture stands in the place of a text")
	}
	sc.chooses("A plan")
	open := m.picture.open
	sc.Hide()
	sc.m.Settle()
	if _, err := open.Page(t.Context(), 1); err == nil || m.picture.open != nil {
		t.Error("hidden, it holds the original")
	}
}

// TestRegionLate: a picture that comes when another proposal is shown is not shown.
func TestRegionLate(t *testing.T) {
	sc := onScans(t, false)
	sc.chooses("person")
	sc.chooses("会议")
	d, it := sc.r.Shown()
	sc.chooses("A plan")
	scan, value := sc.r.Shown()
	sc.middle.picture.show(nil, nil)
	sc.middle.picture.show(scan, value) // and before it is there:
	sc.middle.picture.show(d, it)
	sc.m.Settle()
	if sc.middle.picture.open != nil || sc.middle.picture.all.Visible() || sc.middle.picture.view.Status().Pages != 0 {
		t.Error("it came too late and is shown")
	}
}

// TestRegionOnADamagedPicture: a proposal can be decided on though its picture cannot be shown.
func TestRegionOnADamagedPicture(t *testing.T) {
	sc := onScans(t, true)
	sc.chooses("person")
	sc.on.Capture()
	sc.keys("a", "a")
	if strings.Contains(sc.waits(), "mark") {
		t.Errorf("there waits %s", sc.waits())
	}
}
