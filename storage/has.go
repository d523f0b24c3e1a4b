package storage

import "fonds/storage/archive"

// hasBits are what the column has of documents says: a bit for each of query.Things but
// look-again, which depends on how the text reads. A bit never means something else: the
// files remember it.
var hasBits = map[string]int64{
	"proposal": 1 << 0, "question": 1 << 1, "note": 1 << 2, "mark": 1 << 3, "correction": 1 << 4, "tag": 1 << 5, "evidence": 1 << 6, "part": 1 << 7,
	"furniture": 1 << 8, "mojibake": 1 << 9, "elsewhere": 1 << 10, "not-stated": 1 << 11, "no-evidence": 1 << 12,
	"unit": 1 << 13, "whole": 1 << 14, "picture": 1 << 15, "region": 1 << 16, "no-text": 1 << 17,
}

// ofWhat are the bits of items in force.
var ofWhat = map[archive.What]int64{archive.ANote: hasBits["note"], archive.AMark: hasBits["mark"], archive.ACorrection: hasBits["correction"],
	archive.ATag: hasBits["tag"], archive.ASplit: hasBits["part"], archive.AFurniture: hasBits["furniture"], archive.APlace: hasBits["unit"], archive.ABelonging: hasBits["whole"]}

// hasOf is what a document has.
func hasOf(d *archive.Document) (has int64) {
	if d.Proposals() > 0 {
		has |= hasBits["proposal"]
	}
	if len(d.Asked()) > 0 {
		has |= hasBits["question"]
	}
	if d.Info.Pages > 0 {
		has |= hasBits["picture"]
	}
	if d.Info.Chars == 0 {
		has |= hasBits["no-text"]
	}
	for _, it := range d.Items {
		if it.What == archive.AMark && it.InForce() && it.Anchor.Region != "" {
			has |= hasBits["region"]
		}
		switch {
		case it.State == archive.Elsewhere:
			has |= hasBits["elsewhere"]
		case it.State == archive.Proposed && it.What == archive.ACorrection && it.Reason == "mojibake":
			has |= hasBits["mojibake"]
		case it.State != archive.Accepted:
		case it.What != archive.AValue:
			has |= ofWhat[it.What]
		case it.Anchor == nil && it.Text != "":
			has |= hasBits["no-evidence"]
		case it.Anchor.OnPicture() || it.Anchor != nil && it.Anchor.Text == d.Info.Text:
			has |= hasBits["evidence"]
		}
		if it.What == archive.AValue && it.State == archive.Accepted && it.Text == "" { // wherever it was looked for
			has |= hasBits["not-stated"]
		}
	}
	return has
}
