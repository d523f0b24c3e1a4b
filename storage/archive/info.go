package archive

import "encoding/json"

// Status of a document in the work.
type Status string

// The statuses (DocumentSteps says how one follows on another).
const (
	New        Status = "new"
	InProgress Status = "in progress"
	Submitted  Status = "submitted"
	Returned   Status = "returned"
	Approved   Status = "approved"
	Removed    Status = "removed" // out of sight; nothing of it is gone
)

// Statuses lists them, in the order of the work.
func Statuses() []Status { return []Status{New, InProgress, Submitted, Returned, Approved, Removed} }

// Info is what a document is, apart from what people attached to it: where it
// came from, what it was recognised as, how far the work is.
type Info struct {
	ID         ID      `json:"id,omitempty"`         // the subject of the import
	Name       string  `json:"name"`                 // last element of Path
	Path       string  `json:"path"`                 // as imported, / between folders
	Order      int     `json:"order"`                // among the files of its import
	SHA256     string  `json:"sha256"`               // of the original bytes, hex
	Size       int64   `json:"size"`                 // of the original, bytes
	Modified   string  `json:"modified,omitempty"`   // RFC 3339, "" where unknown
	Format     string  `json:"format"`               // media type
	Pronom     string  `json:"pronom,omitempty"`     // what PRONOM, the registry of formats, calls the format: fmt/40
	Encoding   string  `json:"encoding"`             // WHATWG name
	Confidence float64 `json:"confidence,omitempty"` // of the encoding, 0 to 1
	Language   string  `json:"language,omitempty"`   // BCP 47
	Text       int     `json:"text"`                 // number of the source text people read
	Chars      int     `json:"chars"`                // code points of that source text
	Pages      int     `json:"pages,omitempty"`      // that can be shown as pictures: of a PDF, a scan
	Folded     int     `json:"folded,omitempty"`     // half-width marks of a text whose punctuation was folded as a whole: one damage
	Part       *PartOf `json:"part,omitempty"`       // of which document it is a part
	Added      Clock   `json:"added,omitempty"`      // when it came in: the clock of the import
}

// Incoming is a document that a reader of files made, ready to be imported: the
// original bytes, the one text they were read as, how, and what it proposes.
type Incoming struct {
	Path, Modified   string
	Order            int
	Original         []byte
	SHA256           string // of Original, hex
	Size             int64  // of a part: of the original that it shares
	Part             *PartOf
	Format, Encoding string
	Pronom           string // as in Info
	Confidence       float64
	Language         string
	Folded           int
	Pages            int        // as in Info
	Belongs          []Belonged // to which documents, by the bytes of these
	Text             string
	Recipe           json.RawMessage // how Text was made of Original
	Proposals        []Proposal
	Repairs          []Repair
	Furniture        []Zone
	Borders          []Beginning
	Edits            []*Edit // what it says of itself, of another tool or archive: done by whoever brings it in
}

// Belonged says that a document belongs to the one with these original bytes, where the
// archive has it.
type Belonged struct {
	SHA256, How, Rank string
}

// Proposal is a value that a machine read in the text at [Start,End).
type Proposal struct {
	Field, Value, Detail, Rule string
	Start, End                 int
	Confidence                 float64
}

// Repair is a correction that a machine proposes of the words at [Start,End).
type Repair struct {
	Start, End             int
	Text                   string
	Reason, Recipe, Detail string // Detail as Lacunae reads it
	Rule                   string
	Confidence             float64
}

// Zone is a range [Start,End) of a text that is furniture of its page.
type Zone struct {
	Start, End int
	Kind, Rule string
	Confidence float64
}

// Beginning is a place where another document may begin, and other places for it.
type Beginning struct {
	At         int
	Or         []int
	Rule       string
	Confidence float64
}
