// Package records reads files of records: CSV, TSV, workbooks (XLSX, ODS), JSON Lines and JSON arrays. It says what a row
// is, which columns a table has, and what document a row makes when its columns are mapped. Package catalogue reads its
// tables through it. It imports package content, reads no file and guesses nothing that it does not say; a cell is text,
// whatever it begins with. Of a workbook that is large the library lays sheets into temporary files, which it removes.
package records

// Version is that of the rules: it goes up when the same bytes would give other records.
const Version = "1"

// Limits of a table of which documents are made; those of package content hold beside them.
const (
	MaxRows    = 100_000
	MaxColumns = 1000
	MaxCell    = 32_767 // UTF-16 units, which a cell of a workbook can have: one that has as many may have been cut
)
