package app_test

// The floors, the lowest first; of the floors that a package is named on the first holds.
var floors = []floor{
	{ // What is embedded in the program, and ways to it: a leaf.
		packages: []string{"assets"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{ // What holds in an archive. No file, no clock of the system's, no network, no SQL.
		packages: []string{"storage/archive"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{ // SQLite's pages, read without SQLite: it is handed what to read from.
		packages: []string{"storage/pages"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{ // What words are when they are looked for, what a person types to look for documents, in which order texts stand.
		packages: []string{"storage/words", "storage/query", "storage/sorting"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{ // What a date is, as EDTF has it and as people write it.
		packages: []string{"storage/dates"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{ // The program that makes the tables of dates; nothing imports it.
		packages: []string{"storage/dates/internal/maketable"},
		may:      nil,
		noFyne:   true,
	},
	{
		packages: []string{"storage"},
		may:      []string{"storage/archive", "storage/pages", "storage/words", "storage/query", "storage/sorting", "storage/dates"},
		noFyne:   true,
	},
	{ // A bad disk for tests, and nothing else.
		packages: []string{testDisk},
		may:      nil,
		noFyne:   true,
	},
	{
		packages: []string{"widgets/textlayout"},
		may:      nil,
		noFyne:   true,
	},
	{
		packages: []string{"widgets/textpaint"},
		may:      []string{"widgets/textlayout"},
		noFyne:   true,
	},
	{
		packages: []string{"widgets/..."},
		may:      []string{"widgets/...", "assets"},
	},
	{ // What a person chose on this machine, and the fonts that the machine has.
		packages: []string{"app/settings", "app/fonts"},
		may:      nil,
		noFyne:   true,
	},
	{
		packages: []string{"app/i18n"},
		may:      []string{"assets"},
		noFyne:   true,
	},
	{ // What Chinese archives call documents by.
		packages: []string{"app/codes"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{ // The sets of fields that documents are described with.
		packages: []string{"app/template"},
		may:      []string{"assets", "storage/archive", "storage/query", "storage/dates", "app/i18n", "app/codes"},
		noFyne:   true,
		never:    outside,
	},
	{
		packages: []string{"app/export"},
		may:      []string{"storage/...", "assets", "app/i18n", "app/template", "app/mojibake", "app/zones", "app/codes", "app/vocab", "app/arrange"}, noFyne: true,
	},
	{packages: []string{"app/ingest/content"}, may: nil, noFyne: true, never: outside},
	{ // The readers of formats, a family each: bytes in, what they say out. They know no file, no archive, not each other.
		packages: []string{"app/ingest/office", "app/ingest/rtf", "app/ingest/epub", "app/ingest/mail", "app/ingest/packed", "app/ingest/records"},
		may:      []string{"app/ingest/content"},
		noFyne:   true,
		never:    outside,
	},
	{ // JPEG by rectangles and at an eighth: bytes in, pixels out.
		packages: []string{"app/ingest/picture/jpegdc"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{ // PDFium keeps what it compiled.
		packages: []string{"app/ingest/pdf", "app/ingest/picture"},
		may:      []string{"app/ingest/content", "app/ingest/picture/jpegdc"},
		noFyne:   true,
	},
	{ // LibreOffice is another program: it makes Rich Text of a binary document, which is read here.
		packages: []string{"app/ingest/legacy"},
		may:      []string{"app/ingest/content", "app/ingest/rtf"},
		noFyne:   true,
	},
	{ // Pictures of pages at the sizes a window wants: decoded in levels, within a stated memory.
		packages: []string{"widgets/pyramid"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{packages: []string{"app/ingest"}, may: []string{"storage/...", "assets", "app/i18n", "app/template", "app/mojibake", "app/zones", "app/codes", "app/vocab", "app/ingest/..."}, noFyne: true},
	{ // Another program that reads pictures: it is started, and what it says is read.
		packages: []string{"app/ocr"},
		may:      []string{"storage/archive"},
		noFyne:   true,
	},
	{ // The pictures of a document's pages, out of its original.
		packages: []string{"app/pictures"},
		may:      []string{"storage/archive", "app/ingest", "app/ingest/...", "widgets/pyramid"},
		noFyne:   true,
	},
	{packages: []string{"app/report"}, may: []string{"storage/...", "assets", "app/i18n", "app/template", "app/mojibake", "app/zones", "app/codes", "app/vocab"}, noFyne: true},
	{ // Files into an archive: what the verbs and the window share.
		packages: []string{"app/intake"},
		may:      []string{"storage/...", "app/ingest", "app/ingest/records", "app/zones", "app/template"},
		noFyne:   true,
	},
	{
		packages: []string{"app/sample"},
		may:      []string{"storage/...", "assets", "app/intake", "app/template"},
		noFyne:   true,
	},
	{
		packages: []string{"app/command"},
		may: []string{"storage/...", "assets", "app/i18n", "app/settings", "app/ingest", "app/ingest/records", "app/intake", "app/sample",
			"app/export", "app/report", "app/mojibake", "app/template", "app/alike", "app/doubles", "app/catalogue", "app/concord", "app/bulk",
			"app/cluster", "app/merging", "app/arrange", "app/checks", "app/vocab", "app/pictures", "app/ocr", "app/ingest/content"},
		noFyne: true,
	},
	{ // Which units documents go into, and which codes they get.
		packages: []string{"app/arrange"},
		may:      []string{"storage/...", "app/codes", "app/template"},
		noFyne:   true,
	},
	{ // What the four properties ask of an archive (四性检测), and the report on it.
		packages: []string{"app/checks"},
		may:      []string{"storage/...", "app/i18n", "app/template", "app/codes", "app/mojibake", "app/ingest", "app/report", "app/export"},
		noFyne:   true,
	},
	{ // A catalogue beside the documents of an archive.
		packages: []string{"app/catalogue"},
		may:      []string{"storage/...", "assets", "app/i18n", "app/template", "app/ingest", "app/ingest/content", "app/ingest/records"},
		noFyne:   true,
	},
	{ // Every place of words in an archive, in lines.
		packages: []string{"app/concord"},
		may:      []string{"storage/..."},
		noFyne:   true,
	},
	{ // A change of many documents, before it is made.
		packages: []string{"app/bulk"},
		may:      []string{"storage/..."},
		noFyne:   true,
	},
	{ // Which documents of an archive are nearly the same.
		packages: []string{"app/doubles"},
		may:      []string{"storage/...", "app/alike"},
		noFyne:   true,
	},
	{ // Values of a field that are nearly the same.
		packages: []string{"app/cluster"},
		may:      []string{"storage/words", "assets"},
		noFyne:   true,
		never:    outside,
	},
	{ // Vocabularies in and out, and their terms found.
		packages: []string{"app/vocab"},
		may:      []string{"storage/archive", "storage/words"},
		noFyne:   true,
	},
	{ // What of an archive merging such values would change.
		packages: []string{"app/merging"},
		may:      []string{"storage/...", "app/cluster", "app/template"},
		noFyne:   true,
	},
	{ // What is in texts that are nothing but text.
		packages: []string{"app/outline", "app/mojibake", "app/zones", "app/alike"},
		may:      nil,
		noFyne:   true,
		never:    outside,
	},
	{
		packages: []string{"app/session"},
		may: []string{"storage/...", "widgets/...", "assets", "app/i18n", "app/settings", "app/ingest", "app/intake",
			"app/sample", "app/export", "app/template", "app/vocab", "app/pictures", "app/ocr", "app/ingest/content"},
	},
	{ // The entry of a search, which several screens have.
		packages: []string{"app/searching"},
		may:      []string{"storage/...", "widgets/...", "app/i18n", "app/session"},
	},
	{ // The screens: they know the session, never each other, never the window that shows them.
		packages: []string{"app/library", "app/desk", "app/owner", "app/prefs", "app/review", "app/oversight", "app/publish", "app/duplicates", "app/cataloguing", "app/finding", "app/concordance", "app/clustering", "app/arranging", "app/templating", "app/checking", "app/vocabulary"},
		may: []string{"storage/...", "widgets/...", "assets", "app/i18n", "app/settings", "app/session", "app/outline", "app/report", "app/export",
			"app/template", "app/alike", "app/doubles", "app/catalogue", "app/searching", "app/bulk", "app/concord", "app/cluster", "app/merging", "app/arrange", "app/checks", "app/vocab", "app/ocr"},
	},
	{ // The screen of imports, which looks at files as an import does.
		packages: []string{"app/importing"},
		may:      []string{"storage/...", "widgets/...", "assets", "app/i18n", "app/session", "app/ingest", "app/ingest/records", "app/intake", "app/report", "app/export", "app/template"},
	},
	{
		packages: []string{"app"},
		may:      []string{"storage/...", "widgets/...", "assets", "app/..."},
	},
	{
		packages: []string{"."},
		may:      []string{"app", "app/command", "app/i18n", "app/settings", "app/session", "storage/...", "assets"},
	},
}
