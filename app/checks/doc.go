// Package checks looks through an archive as Chinese archives check what is filed,
// handed over and kept (四性检测, DA/T 70-2018): authenticity, completeness, usability,
// security, and whether the catalogue says what the texts say. What came of it is a
// report: checks with their results, findings with the place of each, as one page of
// HTML, as a workbook, and for the window.
//
// It may use storage, the template, codes, mojibake, ingest's signatures, report's page
// and export's workbook. It only reads, holds a few hundred texts at a time, and must
// never know Fyne, a screen or SQL.
package checks
