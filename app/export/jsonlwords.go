package export

import "fonds/storage/archive"

// jsonlWords says of the definitions of the schema of a line, and of their
// properties, what their types do not say.
var jsonlWords = map[string]object{
	"document":             says("a document, with all there is to say of it"),
	"document.name":        says("last element of the path"),
	"document.path":        says("where the file was when it was imported"),
	"document.title":       says("the value of dcterms:title, or the name"),
	"document.sha256":      says("of the original, hexadecimal", sumOf),
	"document.size":        says("of the original, bytes"),
	"document.format":      says("media type of the original"),
	"document.encoding":    says("of the original"),
	"document.confidence":  says("of the encoding"),
	"document.language":    says("of the text, BCP 47"),
	"document.modified":    says("when the file was changed last, RFC 3339"),
	"document.added":       says("when it was imported", momentOf),
	"document.status":      enumOf(archive.Statuses()...),
	"document.chars":       says("length of source_text in code points"),
	"document.undecoded":   says("runs of bytes that the decoder could not read; U+FFFD stands for each"),
	"document.proposals":   says("how many proposals wait for a decision"),
	"document.package":     says("the work package that it belongs to"),
	"document.text":        says("the reading text, or the source text where that was asked for"),
	"document.source_text": says("as the recipe made it of the original"),
	"document.recipe":      says("how the source text was made of the original"),
	"document.history":     says("the operations on the document, the oldest first"),

	"closed":            says("a document that may not be read: that it is there, and why it is closed"),
	"closure.condition": says("the value of dcterms:accessRights, as written"),
	"closure.until":     says("the value of dcterms:available, as written"),

	"value":            says("a value of a field"),
	"value.detail":     says("what the evidence says beyond the value, as a time of day"),
	"value.state":      stateWords,
	"value.at":         object{momentOf},
	"value.rule":       says("of the machine that read it"),
	"value.confidence": says("of that rule"),
	"value.evidence":   says("the words that it was read in"),

	"tag.tag":   says("/ stands between its levels"),
	"tag.state": stateWords,
	"tag.at":    object{momentOf},

	"mark.text":       says("what was written beside it"),
	"mark.state":      stateWords,
	"mark.at":         object{momentOf},
	"mark.look_again": says("the words have changed since somebody looked"),
	"mark.authority":  says("a URI of what the words name"),

	"correction.source":  says("the words that it replaces"),
	"correction.text":    says("the words that it puts there"),
	"correction.state":   stateWords,
	"correction.at":      object{momentOf},
	"correction.recipe":  says("how the new words were come by"),
	"correction.reading": says("where the new words stand, of a correction in force"),

	"correction.rule":       says("of the machine that proposes it"),
	"correction.confidence": says("of that rule"),
	"lacuna":                says("a character of the new words that lost bytes"),
	"lacuna.at":             says("code point of the new words"),
	"lacuna.bytes":          says("what is left of them, hexadecimal; ?? for a byte that is lost"),
	"lacuna.candidates":     says("characters that the bytes allow, the likeliest first"),

	"document.folded": says("half-width marks of a text whose punctuation was folded as a whole: one damage"),
	"document.aside":  says("places of the text that were left out: furniture and parts; positions are those of what is left"),

	"part":            says("a range [start,end) of the source text, in code points, that is another document; proposed, where one may begin"),
	"part.or":         says("other places where it may begin"),
	"part.doc":        says("the document that it is"),
	"part.state":      enumOf(archive.Accepted, archive.Proposed),
	"part.at":         object{momentOf},
	"part.rule":       says("of the machine that proposes it"),
	"part.confidence": says("of that rule"),
	"partof":          says("the range of another document's source text that this document is"),
	"furniture":       says("a range [start,end) of the source text, in code points, that is of the page and not of the document"),

	"note.at": object{momentOf},

	"origin":          says("another place where the same bytes were found"),
	"origin.modified": says("RFC 3339"),
	"origin.at":       object{momentOf},

	"removal":       says("a proposal that something in force be taken away"),
	"removal.what":  enumOf(archive.AValue, archive.ATag, archive.AMark, archive.ACorrection),
	"removal.state": enumOf(archive.Proposed),
	"removal.at":    object{momentOf},

	"range":         says("[start,end) of the source text, in code points"),
	"range.quote":   says("the words there now"),
	"range.made_on": says("the words there when it was made, where they were others"),
	"range.reading": says("the same words in the reading text"),
	"span":          says("[start,end) of the reading text, in code points"),
	"in":            says("a place in the new words of a correction"),
	"in.offset":     says("code points"),

	"approval":       says("the latest approval that nobody has gone back from"),
	"approval.at":    object{momentOf},
	"approval.hash":  says("of the content that was approved"),
	"approval.holds": says("the content is still that"),
	"approval.alone": says("by one of its authors"),

	"sample":         says("what a reviewer found who has read the document again"),
	"sample.verdict": enumOf(archive.Sound, archive.Faulty),
	"sample.at":      object{momentOf},
	"sample.hash":    says("of the content"),

	"assignment":     says("whose the work on the document is"),
	"assignment.due": says("a day, as 2026-11-30"),
	"assignment.at":  object{momentOf},

	"thread":        says("a question or a remark, with what was said to it"),
	"thread.on":     says("what it is about; left out: the document"),
	"thread.to":     says("who was asked"),
	"thread.awaits": says("whose answer it waits for"),
	"thread.at":     object{momentOf},
	"reply.act":     says("what became of the thread, as resolved and reopened"),
	"reply.at":      object{momentOf},

	"decision.verdict": says("as approve, reject, amend, agree, done, sound, faulty"),
	"decision.at":      object{momentOf},
	"decision.alone":   says("by the author: four eyes were off"),

	"operation":           says("an operation of the log"),
	"operation.at":        object{momentOf},
	"operation.do":        says("its kind, as mark.add"),
	"operation.doc":       says("what it is about"),
	"operation.batch":     says("operations of one batch are undone together"),
	"operation.outcome":   says("what became of it, as applied"),
	"operation.undone":    says("it was taken back"),
	"operation.undone_by": says("the operation that took it back"),
	"operation.of":        says("of an undo or redo: the operation that it took back"),

	"change":        says("what an operation did to one thing"),
	"change.before": says("null where there was nothing"),
	"change.after":  says("null where there is nothing"),

	"state":       says("a thing as it stood at one moment; positions are those of the source text"),
	"state.state": enumOf(archive.Accepted, archive.Proposed, archive.Rejected, archive.Withdrawn, archive.Superseded),
	"state.hash":  says("of the content that was approved"),
	"state.what":  says("of a removal: what it takes away"),
	"state.on":    says("of a thread what it is about, of a reply the thread, of a member and a check the package"),
}
