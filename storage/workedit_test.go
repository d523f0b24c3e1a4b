package storage

import (
	"fmt"
	"math/rand"

	"fonds/storage/archive"
)

// workEdit is something that somebody might do about the work on a document: ask or
// answer, give it to somebody, put it in a work package, plan one, sign one off,
// assess a sample, rename who does it. It may well be refused.
func workEdit(rng *rand.Rand, d *archive.Document, names []string) *archive.Edit {
	id := string(d.ID)
	who := func() *string { return ptr(append([]string{""}, names...)[rng.Intn(len(names)+1)]) }
	pick := func(w archive.What) string {
		if items := d.Of(w); len(items) > 0 {
			return string(items[rng.Intn(len(items))].ID)
		}
		return "ffffffff"
	}
	text, pkg := ptr(fmt.Sprintf("问%d", rng.Intn(9))), ptr(fmt.Sprintf("批次%d", rng.Intn(3)))
	switch rng.Intn(14) {
	case 0, 1:
		e := &archive.Edit{Do: "thread.start", Doc: id, Text: text, To: who(), Done: ptr(rng.Intn(4) == 0)}
		if rng.Intn(2) == 0 {
			e.On = pick([]archive.What{archive.AValue, archive.AMark, archive.ACorrection, archive.ANote}[rng.Intn(4)])
		}
		return e
	case 2, 3:
		return &archive.Edit{Do: "thread.reply", Thread: pick(archive.AThread), Text: text}
	case 4:
		return &archive.Edit{Do: []string{"thread.resolve", "thread.reopen"}[rng.Intn(2)], Thread: pick(archive.AThread), Text: text}
	case 5, 6:
		return &archive.Edit{Do: "assign", Doc: id, To: who(), Due: ptr([]string{"", "2026-12-31", "2027-01-31"}[rng.Intn(3)])}
	case 7:
		e := &archive.Edit{Do: "package.set", Name: *pkg, Scope: text, Responsible: who()}
		if rng.Intn(2) == 0 {
			e.Checks = &[]string{"一", "二"}
		}
		if rng.Intn(2) == 0 {
			e.Package = pkg
			e.Name = ""
		}
		return e
	case 8, 9:
		return &archive.Edit{Do: "package.put", Doc: id, Package: []*string{pkg, pkg, ptr("")}[rng.Intn(3)]}
	case 10:
		return &archive.Edit{Do: "package.check", Package: pkg, Check: []string{"一", "二"}[rng.Intn(2)], Done: ptr(rng.Intn(3) > 0)}
	case 11:
		if rng.Intn(3) == 0 {
			return &archive.Edit{Do: []string{"package.reopen", "package.remove"}[rng.Intn(2)], Package: pkg}
		}
		return &archive.Edit{Do: "package.sign", Package: pkg}
	}
	if rng.Intn(4) == 0 {
		return &archive.Edit{Do: "person.rename", Name: names[rng.Intn(len(names))], To: ptr(names[rng.Intn(len(names))] + []string{"", "二", "三"}[rng.Intn(3)])}
	}
	e := &archive.Edit{Do: "document.sample", Doc: id, Verdict: []string{"sound", "faulty"}[rng.Intn(2)]}
	if e.Verdict == "faulty" {
		e.Text = text
	}
	return e
}
