package archive

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// What a caller may want to decide on, with errors.Is.
var (
	ErrNotFound = errors.New("not found")         // something named is not there
	ErrInvalid  = errors.New("not valid")         // the edit itself is wrong
	ErrRefused  = errors.New("refused by a rule") // the edit is right, a rule of the archive forbids it
	ErrStale    = errors.New("changed meanwhile") // made on a value that somebody has changed since
)

// Refusal is an error made for people: a code that a screen translates, the
// things it names, and the English sentence.
type Refusal struct {
	Code     string
	Args     map[string]string
	Sentinel error
}

// Error is the English sentence.
func (r *Refusal) Error() string { return Fill(refusals[r.Code].text, r.Args) }

// Unwrap lets errors.Is find the sentinel.
func (r *Refusal) Unwrap() error { return r.Sentinel }

// Fill puts args in the place of {name} in text.
func Fill(text string, args map[string]string) string {
	for k, v := range args {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	return text
}

// RefusalCodes lists every code, sorted, so that a test can ask for a
// translation of each.
func RefusalCodes() []string {
	codes := make([]string, 0, len(refusals))
	for c := range refusals {
		codes = append(codes, c)
	}
	sort.Strings(codes)
	return codes
}

// Refuse makes a Refusal; args come in pairs of name and value.
func Refuse(code string, args ...any) error {
	r, ok := refusals[code]
	if !ok {
		panic("archive: no refusal " + code)
	}
	m := make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = fmt.Sprint(args[i+1])
	}
	return &Refusal{Code: code, Args: m, Sentinel: r.is}
}

var refusals = map[string]struct {
	is   error
	text string
}{
	"no-kind":             {ErrInvalid, "there is no edit {do}; the edits are: {known}"},
	"not-json":            {ErrInvalid, "this line is no edit in JSON: {why}"},
	"no-key":              {ErrInvalid, "{do} has no {key}: beside do and as it takes {known}"},
	"key-twice":           {ErrInvalid, "{key} is said twice in one line"},
	"wrong-type":          {ErrInvalid, "{key} wants {want}"},
	"value-empty":         {ErrInvalid, "a value needs words: to clear a field use field.set with \"values\":[]"},
	"not-stated-words":    {ErrInvalid, "\"not_stated\" stands in the place of a value: give neither value nor detail with it"},
	"not-stated-alone":    {ErrInvalid, "what the source does not state has no value beside it: give \"not_stated\" alone, or the values without it"},
	"name":                {ErrInvalid, "{name} is no name of a person: give up to 100 characters that can be seen, and not the word machine"},
	"no-doc":              {ErrInvalid, "{do} needs the document it is about: give \"doc\""},
	"selection-moved":     {ErrStale, "the documents that are selected, such as {doc}, were numbered anew meanwhile: select them again"},
	"doc-not-found":       {ErrNotFound, "no document {doc}: give its id, at least the last 8 digits of it, or path:NAME"},
	"doc-ambiguous":       {ErrNotFound, "{doc} could be several documents: name one by its id, as {ids}"},
	"doc-removed":         {ErrRefused, "document {doc} was taken out of the archive: restore it first"},
	"doc-destroyed":       {ErrRefused, "document {doc} was destroyed by {who} on {when}, on the authority of {authority}: nothing of it is left"},
	"destroy-part":        {ErrRefused, "document {doc} is a part of {whole}, where its words stand too: destroy that, and its parts go with it"},
	"join-parts":          {ErrRefused, "parts of {doc} are documents of their own: join these first"},
	"restore-joined":      {ErrRefused, "{doc} was joined with {whole} again: undo that, or make it a document of its own anew"},
	"undo-destroyed":      {ErrRefused, "the last thing {who} did was to destroy a document, and that cannot be undone"},
	"undo-part":           {ErrRefused, "this cannot be undone: {n} of its changes were destroyed with their documents; what else the step did can still be taken back"},
	"missing":             {ErrInvalid, "{do} needs \"{key}\""},
	"no-actor":            {ErrInvalid, "nobody is named as the one who does this: give a name"},
	"range-backwards":     {ErrInvalid, "{start} to {end} runs backwards: start must not be after end"},
	"range-outside":       {ErrInvalid, "{start} to {end} is outside the text, which has {length} code points"},
	"range-empty":         {ErrInvalid, "{start} to {end} holds no words: a mark needs at least one code point"},
	"range-in":            {ErrInvalid, "\"in\" says {in}: it can be \"reading\" or \"source\""},
	"package-unknown":     {ErrNotFound, "there is no work package {name} in this archive"},
	"check-twice":         {ErrInvalid, "the checklist has the line {text} twice: say it once"},
	"item-not-found":      {ErrNotFound, "there is no {what} {id} here: give its id, or at least the last 8 digits of it"},
	"item-gone":           {ErrRefused, "the {what} {id} is {state} and can no longer be changed"},
	"tag-there":           {ErrRefused, "the tag {tag} is on this document already"},
	"tag-absent":          {ErrNotFound, "the tag {tag} is not on this document"},
	"tag-name":            {ErrInvalid, "{tag} is no tag: it needs up to 200 characters that can be seen, no space at its ends and no empty level"},
	"authority":           {ErrInvalid, "{uri} is no URI: give a whole one, as https://viaf.org/viaf/12345, or nothing"},
	"label-name":          {ErrInvalid, "{label} is no label: it needs up to 40 characters that can be seen, and no space at its ends"},
	"label-own":           {ErrRefused, "the label {label} is the program's own: it stands in every palette as it is"},
	"label-style":         {ErrInvalid, "a label's style is a number from 0 to {most}, not {style}"},
	"label-key":           {ErrInvalid, "a label's key is one letter, no digit: {key}"},
	"label-key-taken":     {ErrRefused, "the key {key} belongs to the label {label}"},
	"label-absent":        {ErrNotFound, "there is no label {label} in the palette"},
	"search-name":         {ErrInvalid, "{name} is no name of a saved search: it needs up to {most} characters that can be seen, on one line"},
	"search-query":        {ErrInvalid, "this query cannot be saved: {why}"},
	"search-absent":       {ErrNotFound, "there is no saved search {name} in this archive"},
	"searches-full":       {ErrRefused, "an archive keeps up to {most} saved searches: remove one first"},
	"term-name":           {ErrInvalid, "{name} is no name: it needs up to {most} characters that can be seen, on one line"},
	"term-lang":           {ErrInvalid, "{lang} names no language: write it as en, zh-Hans or la (BCP 47)"},
	"term-there":          {ErrRefused, "{name} was added to the list {list} already"},
	"terms-full":          {ErrRefused, "an archive keeps up to {most} terms that people have added: write them into a file and import that in the place of the list"},
	"concept-absent":      {ErrNotFound, "nothing is said of the tag {tag}"},
	"concept-colour":      {ErrInvalid, "a tag's colour is a number from 1 to {most}, or 0 for none, not {colour}"},
	"concepts-full":       {ErrRefused, "an archive describes up to {most} tags: remove what is said of some first"},
	"list-name":           {ErrInvalid, "{name} is no name of a list: it needs up to {most} characters that can be seen, on one line"},
	"list-kind":           {ErrInvalid, "a list is one of {known}, not {kind}"},
	"list-absent":         {ErrNotFound, "there is no list {name} in this archive"},
	"list-there":          {ErrRefused, "there is a list {name} already: take another name, or import in its place"},
	"list-empty":          {ErrInvalid, "a list begins with a file of terms: fonds vocabulary ARCHIVE --import FILE --list NAME"},
	"list-terms":          {ErrInvalid, "the list has {n} terms, and at most {most} fit: divide it"},
	"list-large":          {ErrInvalid, "the list is too large: at most {most} MB fit; divide it"},
	"lists-full":          {ErrRefused, "an archive keeps up to {most} lists: remove one first"},
	"vocab-none":          {ErrInvalid, "there is no term in this file: SKOS has skos:Concept or skos:prefLabel, a table a head with label or path"},
	"vocab-format":        {ErrInvalid, "{name}: a vocabulary is a file .ttl (SKOS Turtle), .jsonld (SKOS JSON-LD), .csv or .tsv"},
	"vocab-turtle":        {ErrInvalid, "line {line}, column {column}: {want} was expected, and there is {got}; nothing of the file was taken"},
	"vocab-json":          {ErrInvalid, "line {line}, column {column}: this is no JSON ({why}); nothing of the file was taken"},
	"vocab-jsonld":        {ErrInvalid, "this is no JSON-LD that can be read: {why}; nothing of the file was taken"},
	"vocab-context":       {ErrInvalid, "the file names the context {uri}, which is not in it, and nothing is fetched from the network: put the context itself into the file"},
	"vocab-encoding":      {ErrInvalid, "the table is neither UTF-8 nor GB 18030: save it as CSV UTF-8"},
	"vocab-head":          {ErrInvalid, "the first line names no column label or path: {head}"},
	"vocab-table":         {ErrInvalid, "line {line}, column {column}: the table is broken ({why}); nothing of it was taken"},
	"vocab-path":          {ErrInvalid, "in line {line} of the table the path {path} has a level without a name"},
	"vocab-row":           {ErrInvalid, "line {line}: the term has no name; nothing of the table was taken"},
	"vocab-row-twice":     {ErrInvalid, "line {line}: {id} stands in a row before already; nothing of the table was taken"},
	"vocab-twice":         {ErrInvalid, "two terms are called {id}: give each an identifier of its own"},
	"vocab-loop":          {ErrInvalid, "the broader terms go round in a loop, and nothing of the file was taken: {names}"},
	"vocab-broader":       {ErrInvalid, "the broader term of {name}, {broader}, is not in the file: it stands at the top"},
	"vocab-same":          {ErrInvalid, "two terms under one are both called {name}: {id} and {other}"},
	"vocab-unnamed":       {ErrInvalid, "{id} has no preferred name: the end of its identifier stands for it"},
	"vocab-several":       {ErrInvalid, "{name} has {n} broader terms: the first, {broader}, counts"},
	"vocab-preferred":     {ErrInvalid, "{id} has a second preferred name of one language: {name} is another name of it"},
	"label-words":         {ErrInvalid, "what a label is for is said on one line, in up to 200 characters that can be seen"},
	"hotkey":              {ErrInvalid, "a tag's key is a digit from 1 to 9, or 0 for none: {key}"},
	"value-not-open":      {ErrRefused, "{value} is {state}: only an open proposal can be taken or refused; field.set changes the field"},
	"stale":               {ErrStale, "{who} has changed this meanwhile: it now says {now}, and you were changing {seen}"},
	"moved":               {ErrStale, "{who} has changed this {what} meanwhile: look at it, and do it again if it is still right"},
	"stale-gone":          {ErrStale, "{who} has changed this meanwhile: the {what} {seen} is {state} now"},
	"correction-same":     {ErrInvalid, "the correction changes nothing: the words already read {text}"},
	"correction-overlaps": {ErrRefused, "the correction {id} by {who} stands over these words: name it in \"replaces\" to put yours in its place"},
	"correction-stands":   {ErrRefused, "the correction {id} by {who} stands over these words now: reject this one, or have the other withdrawn first"},
	"correction-apart":    {ErrInvalid, "the correction {id} named in \"replaces\" does not stand over these words, or is not in force"},
	"undo-nothing":        {ErrRefused, "{who} has nothing to undo"},
	"redo-nothing":        {ErrRefused, "{who} has nothing to redo"},
	"undo-changed":        {ErrRefused, "this cannot be undone: {by} has changed it since ({what} {now}); what else the step did can still be taken back"},
	"unchanged":           {ErrRefused, "this changes nothing: it already says so"},
	"note-empty":          {ErrInvalid, "{do} needs words that can be seen: give \"text\""},
	"role":                {ErrRefused, "{who} is {role}, and this takes a role of {needs} or more: {can} can do it"},
	"role-nobody":         {ErrRefused, "{who} is {role}, and this takes a role of {needs} or more, which nobody else has: {can} can give it to somebody"},
	"closed":              {ErrRefused, "{who} is not one of the people of this archive, and it is closed to new ones: {can} can add a name"},
	"four-eyes":           {ErrRefused, "{who} wrote some of this, and nobody approves their own work: {can} can"},
	"four-eyes-nobody":    {ErrRefused, "{who} wrote some of this, and nobody approves their own work; nobody else is a reviewer: {can} can make somebody one, or switch four eyes off"},
	"not-yours":           {ErrRefused, "this {what} is a proposal of {by}, and only {by} can take it back; {can} can reject it"},
	"not-amended":         {ErrRefused, "only the first author agrees to an amendment, and of this {what} that is not you"},
	"machines":            {ErrRefused, "this {what} is a machine's proposal: take it or refuse it (proposal.take, proposal.refuse)"},
	"take-text":           {ErrInvalid, "a {what} is taken as it is: only values and corrections can be taken in other words"},
	"split-take":          {ErrInvalid, "that another document begins at {id} is taken by document.split, which makes it one"},
	"part-gone":           {ErrRefused, "{part} is no part of this document, or was joined with it again: look at the parts that it has now"},
	"part-twice":          {ErrInvalid, "{part} is named twice: an order has each part once"},
	"parts-left":          {ErrInvalid, "the order leaves out {parts}: name each part once, or none for the order of their places"},
	"part-empty":          {ErrInvalid, "{start} to {end} holds nothing that can be seen: give words"},
	"text-part":           {ErrRefused, "this is a part of document {whole} and is read as that is: join it with its whole and read that"},
	"text-parts":          {ErrRefused, "{n} parts of this document are documents of their own, made of the words it has now: join them first"},
	"text-open":           {ErrRefused, "what {who} proposes of this text, {what} {now}, waits for a decision: decide on it first"},
	"text-moved":          {ErrRefused, "source text {n} is the one that is read by now: somebody has changed that meanwhile"},
	"text-none":           {ErrRefused, "this program has no reader that would read the original again"},
	"text-pages":          {ErrInvalid, "it was typed of {n} pages, and the document has {pages}: give each page its text, \"\" for none"},
	"text-typed":          {ErrRefused, "only what has pages that are pictures can be typed from them"},
	"text-there":          {ErrRefused, "it has a text of {n} characters already: --replace reads its pages all the same, and that text stays beside"},
	"text-none-seen":      {ErrRefused, "no word was seen on its pages: nothing was changed"},
	"text-none-typed":     {ErrInvalid, "nothing was typed"},
	"text-cannot":         {ErrRefused, "the original cannot be read so: {why}"},
	"part-whole":          {ErrInvalid, "the whole text is this document: a part is less than that"},
	"part-there":          {ErrRefused, "{start} to {end} is a document of its own already: join it again first"},
	"part-border":         {ErrRefused, "{start} to {end} is a document of its own: correct what is before it, in it or behind it, and not over its border"},
	"part-through":        {ErrRefused, "{at} lies inside the correction {id} by {who}: cut before or behind it, or withdraw it first"},
	"persons":             {ErrRefused, "this {what} is a proposal of {by}, no machine's: a reviewer decides on it"},
	"not-open":            {ErrRefused, "the {what} {id} is {state}: only an open proposal can be decided on or taken back; make a new one, or take the decision back by undo"},
	"proposed-there":      {ErrRefused, "{by} has proposed this already; it waits for a decision"},
	"reason-needed":       {ErrInvalid, "{do} needs a reason that can be read: give \"reason\", so that the author knows what to do"},
	"verdict":             {ErrInvalid, "{verdict} is no verdict: give approve, reject, amend or agree"},
	"sample-verdict":      {ErrInvalid, "{verdict} is not what a sample finds: give sound, or faulty with a text that says how"},
	"amend-removal":       {ErrInvalid, "that something be taken away cannot be amended: approve or reject it"},
	"doc-status":          {ErrRefused, "the document is {now}, and this can be done to one that is {from}"},
	"doc-open":            {ErrRefused, "what waits for a decision on this document: {n}; decide on that first"},
	"policy":              {ErrInvalid, "{review} is no policy: review can be none, corrections or everything"},
	"role-name":           {ErrInvalid, "{role} is no role: give owner, reviewer, archivist or reader"},
	"last-owner":          {ErrRefused, "the archive would have no owner: make somebody else owner first"},
	"undo-reviewed":       {ErrRefused, "this archive now asks for review, so what is in force ({what} {now}) is not changed by undoing: put the value back, which proposes it"},
	"setting-key":         {ErrInvalid, "there is no setting {key}; the settings are: {known}"},
	"setting-copies":      {ErrInvalid, "the number of daily copies is from 0 to {most}, not {value}"},
	"person-unknown":      {ErrInvalid, "{name} is not one of the people of this archive; they are: {known}"},
	"person-reads":        {ErrRefused, "{name} is a reader, and work goes to an archivist: {can}"},
	"person-alike":        {ErrRefused, "{name} looks like {known}, who is in this archive: write the name as that, or one that differs from it"},
	"person-there":        {ErrRefused, "{name} is the name of somebody else in this archive"},
	"day":                 {ErrInvalid, "{key} is a day, as 2026-11-30, not {day}"},
	"too-long":            {ErrInvalid, "{key} has {n}, and at most {most} fit: say it shorter"},
	"check-words":         {ErrInvalid, "a line of a checklist needs up to {most} characters that can be seen"},
	"package-name":        {ErrInvalid, "{name} is no name of a work package: give up to {most} characters that can be seen, on one line"},
	"edition-taken":       {ErrStale, "somebody has recorded the edition {n} meanwhile: write the set out again"},
	"import-ended":        {ErrStale, "{who} has ended this import already"},
	"package-there":       {ErrRefused, "there is a work package {name} already: name it in \"package\" to change it"},
	"package-nobody":      {ErrInvalid, "a work package has one person who is responsible: give \"responsible\""},
	"package-days":        {ErrInvalid, "the work package would end before it begins: from {from} until {until}"},
	"package-empty":       {ErrRefused, "the work package {name} has no documents: put some into it first"},
	"package-open":        {ErrRefused, "{n} of the {all} documents of {name} are not approved: it can be signed off when all are"},
	"package-unticked":    {ErrRefused, "on the checklist of {name} {n} of the lines are not ticked: it can be signed off when all are"},
	"package-signed":      {ErrRefused, "{name} was signed off by {who}: open it again first"},
	"package-unsigned":    {ErrRefused, "{name} is not signed off"},
	"package-not-yours":   {ErrRefused, "{who} is responsible for {name} and signs it off"},
	"unit-unknown":        {ErrRefused, "there is no unit {unit} in the arrangement: name it by its id, or by its codes from the top, apart by /"},
	"unit-level":          {ErrInvalid, "{level} is no level of description: give fonds, series or file"},
	"unit-nameless":       {ErrInvalid, "a unit needs a code or a title"},
	"unit-code":           {ErrInvalid, "{code} is no part of a reference code: up to {most} characters that can be seen, on one line and without /"},
	"unit-title":          {ErrInvalid, "{title} is no title of a unit: up to {most} characters that can be seen, on one line"},
	"unit-there":          {ErrRefused, "there is a unit {unit} in the same place: give it another code"},
	"unit-under":          {ErrRefused, "{unit} is a {level} and cannot lie under a {over}: a series lies in a fonds or a series, a file in any of them, a fonds at the top"},
	"unit-in-itself":      {ErrRefused, "{unit} would lie in itself: move it elsewhere"},
	"unit-full":           {ErrRefused, "{n} documents lie in {unit}: move them elsewhere first"},
	"unit-units":          {ErrRefused, "{n} units lie in {unit}: move or remove them first"},
	"units-many":          {ErrRefused, "an arrangement has at most {most} units"},
	"units-deep":          {ErrRefused, "an arrangement is at most {most} levels deep"},
	"belong-how":          {ErrInvalid, "a document belongs to another as attachment, inline, enclosure, page, front, back, part, copy or translation, and not as {how}"},
	"belongs-not":         {ErrNotFound, "it does not belong to {whole}"},
	"belongs-round":       {ErrRefused, "{whole} belongs to it already, or is it: neither of two can belong to the other"},
	"belongs-many":        {ErrRefused, "it belongs to {most} documents, and not to more"},
	"region":              {ErrInvalid, "{region} is no part of a picture: write page=1&xywh=pixel:10,20,300,40 or page=1&polygon=1,2 30,4 5,60, in pixels"},
	"region-none":         {ErrRefused, "the document has no pages that are pictures"},
	"region-page":         {ErrInvalid, "there is no page {page}: the document has {pages}"},
	"region-outside":      {ErrInvalid, "it reaches beyond the picture: page {page} has {w} x {h} pixels"},
	"region-words":        {ErrInvalid, "a mark lies in words or on a picture: give start and end, or region"},
	"rank":                {ErrInvalid, "{rank} is no place among neighbours: digits and small letters, not ending in 0, and of a document only within a unit"},
	"rule-part":           {ErrInvalid, "{part} is no part of a rule for reference codes: write one as {example}"},
	"rule-brace":          {ErrInvalid, "in this rule a brace is open: {rule}"},
	"rule-item":           {ErrInvalid, "this rule would give the same code to all documents of a unit: it needs the number of the item once, as {example}: {rule}"},
	"order-twice":         {ErrInvalid, "{class} stands twice in this order"},
	"order-classes":       {ErrInvalid, "an order names from 1 to {most} classes: year, or fields, apart by commas"},
	"unit-field":          {ErrInvalid, "{field} is no id of a field, as dcterms:creator"},
	"no-text":             {ErrRefused, "document {doc} has no text {n}"},
	"not-of-many":         {ErrInvalid, "{do} is about one document at a time: with a query there are {known}"},
	"query-one":           {ErrInvalid, "{do} of many documents says no {key}"},
	"query-or-doc":        {ErrInvalid, "{do} says which documents, by a query or a doc, and not by both"},
	"query-wrong":         {ErrInvalid, "{why}"},
	"paper-none":          {ErrRefused, "no document is found by {query}, so there is nothing to list: look for it with fonds list, or leave the query out"},
	"paper-empty":         {ErrRefused, "there is no document to be listed: import some with fonds import"},
	"paper-unit":          {ErrRefused, "no document lies in {unit} or under it: put some into it (fonds help arrange), or list another unit"},
	"paper-files":         {ErrRefused, "there is no file (案卷) here to be listed: make files in the arrangement and put documents into them (fonds help arrange), or print the list filed"},
	"paper-contents":      {ErrRefused, "no document lies in a file (案卷) here: put documents into files (fonds help arrange), or print the list filed"},
	"no-field":            {ErrInvalid, "there is no field {field}: give its label, or its id, as dcterms:creator"},
	"template-id":         {ErrInvalid, "a template is not called {id}: letters, digits, dots and hyphens, 40 at most"},
	"template-json":       {ErrInvalid, "this is no template: {why}"},
	"template-large":      {ErrInvalid, "a template has at most {most} bytes, and this one has {n}"},
	"template-field":      {ErrInvalid, "in this template {field}: {what}"},
	"no-column":           {ErrInvalid, "there is no column {column} to sort by: there are {known}"},
	"pattern":             {ErrInvalid, "this pattern cannot be read: {why}"},
}
