package export

import "fonds/storage/archive"

// Region is a mark on the picture of a page.
type Region struct {
	ID        archive.ID `json:"id"`
	Page      int        `json:"page"`   // from 1
	Region    string     `json:"region"` // where on it, as archive.ParseRegion reads it: pixels of the picture upright
	Label     string     `json:"label"`
	Text      string     `json:"text,omitempty"`
	State     string     `json:"state"`
	By        string     `json:"by"`
	At        string     `json:"at"`
	Authority string     `json:"authority,omitempty"` // a URI
	Review
}

// Belonging says to which document this one belongs, and how: one of archive.Belongings.
type Belonging struct {
	Doc archive.ID `json:"doc"`
	How string     `json:"how"`
	By  string     `json:"by"`
	At  string     `json:"at"`
}

// regionOf is a mark on the picture of a page.
func regionOf(it *archive.Item) Region {
	r, _ := archive.ParseRegion(it.Anchor.Region) // as it was checked when it was made
	return Region{ID: it.ID, Page: r.Page, Region: it.Anchor.Region, Label: it.Key, Text: it.Text, State: string(it.State), By: by(it.By), At: Time(it.At),
		Authority: it.Detail, Review: review(it)}
}
